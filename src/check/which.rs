//! Which rows a name stands for behind `some`, `all`, `no`, `count of` and the like: those of the period that is judged, or those of
//! another day. Both are brought to what there is already: a comparison of the rows' own day, and a question asked on a day.

use crate::diagnostics::codes;
use crate::model::expr::{Asks, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, Row, Sense, Ty};
use crate::model::schema::{FieldId, Shape};
use crate::source::Span;
use crate::syntax::tree::{self, Name, Which};

use super::on_day::OnDay;
use super::scope::{InPeriod, Scope};

impl Scope<'_, '_> {
    /// The field with the own day of rows that `in the period` is said of, and where it is said; findings where there is no period, or
    /// no such day.
    pub fn own_day_of(&self, name: &Name, at: Span) -> Option<Option<(FieldId, Span)>> {
        self.in_a_cycle(at)?;
        let record = self.names.schema.record(self.named(name)?.record)?;
        let help = match &record.shape {
            Shape::Event { on } => return Some(Some((*on, at))),
            Shape::Lasts { from, .. } => record.fields.get(usize::from(from.0)).map_or(String::new(), |from| {
                format!(
                    "to speak of those that began in it, write `where {} is between the start of the period and the end of the period`",
                    from.name
                )
            }),
            Shape::Plain => "only events have a day of their own: `event NAME on DAY`".to_string(),
        };
        let say = format!("`{}` has no day of its own that could lie in the period", name.it);
        self.names.found(codes::WRONG_TYPE.at(name.span).say(say).help(help));
        None
    }

    /// Only those rows belong whose own day lies in the period.
    pub fn in_the_period(&self, rows: &mut Collection, field: FieldId, at: Span) {
        let day = FieldOf { row: Row::Var(rows.var), record: rows.record, field, span: at };
        let day = || Expr { kind: ExprKind::Field(day.clone()), ty: Ty::Day, span: at };
        let end = |kind| Expr { kind, ty: Ty::Day, span: at };
        let from = Asks::Before(day(), end(ExprKind::BindsFrom));
        let through = Asks::Before(end(ExprKind::BindsThrough), day());
        let mut parts: Vec<Cond> = [from, through].map(|asks| self.test(asks, Sense::Opposite, at)).into();
        let filter = std::mem::replace(&mut *rows.filter, Cond { kind: CondKind::Always, span: at });
        if !matches!(filter.kind, CondKind::Always) {
            parts.push(filter);
        }
        *rows.filter = Cond { kind: CondKind::And(parts), span: rows.span };
    }

    /// `some X`, of the rows that are meant.
    pub fn some_of_which(&self, rows: &tree::Collection, span: Span) -> Option<Cond> {
        let some = Cond { kind: CondKind::Some(self.looked_at(rows)?.0), span };
        self.condition_of_which(rows, some)
    }

    /// `all X have C`, of the rows that are meant. On another day the rows are looked up and C is asked alike, so C must be the same on
    /// all days.
    pub fn all_of_which(&self, rows: &tree::Collection, of: Collection, test: Box<Cond>, span: Span) -> Option<Cond> {
        if let Which::OnDay(..) = rows.which {
            self.names.note_on_day(OnDay::Same(test.as_ref().clone()));
        }
        self.condition_of_which(rows, Cond { kind: CondKind::All { of, test }, span })
    }

    fn condition_of_which(&self, rows: &tree::Collection, of: Cond) -> Option<Cond> {
        let span = of.span;
        match &rows.which {
            Which::OnDay(day, _) => self.condition_on(Some(of), day, span),
            Which::InThePeriod(at) if self.in_period == InPeriod::Whole => {
                let day = Box::new(Expr { kind: ExprKind::PeriodEnd, ty: Ty::Day, span: *at });
                Some(Cond { kind: CondKind::OnDay { of: Box::new(of), day }, span })
            }
            Which::InThePeriod(_) | Which::Any => Some(of),
        }
    }

    /// A count, sum or day over rows, of those that are meant.
    pub fn amount_of_which(&self, rows: &tree::Collection, of: Expr) -> Option<Expr> {
        let span = of.span;
        match &rows.which {
            Which::OnDay(day, _) => self.value_on(Some(of), day, span),
            Which::InThePeriod(at) if self.in_period == InPeriod::Whole => {
                let day = Box::new(Expr { kind: ExprKind::PeriodEnd, ty: Ty::Day, span: *at });
                Some(Expr { ty: of.ty.clone(), kind: ExprKind::OnDay { of: Box::new(of), day }, span })
            }
            Which::InThePeriod(_) | Which::Any => Some(of),
        }
    }
}
