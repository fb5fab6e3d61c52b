//! Comparands: what stands on the right of a comparison, read in the light of what stands on the left. An option of a field
//! or the id of a record is known only there.

use crate::diagnostics::{article, codes};
use crate::model::expr::{Asks, Cond, Expr, ExprKind, FieldOf, Row, Sense, Ty};
use crate::model::schema::{RecordId, Type};
use crate::source::Span;
use crate::syntax::tree::{self, ExprKind as Tree, Name, PeriodText};
use crate::value::{Kind, Number, OfDay, Weekday};

use super::definitions::plain_number;
use super::scope::{Found, Scope};

impl tree::Expr {
    /// Whether it is the word `none`.
    pub(super) fn kind_is_none(&self) -> bool {
        matches!(self.kind, Tree::None_)
    }
}

/// The row that an expression gives, with its record.
pub fn row_of(expr: &Expr) -> Option<(Row, RecordId)> {
    let Ty::Row(record) = expr.ty else { return None };
    match &expr.kind {
        ExprKind::Row(row) => Some((row.clone(), record)),
        ExprKind::Field(field) => Some((Row::Follow(Box::new(field.clone())), record)),
        _ => None,
    }
}

impl Scope<'_, '_> {
    /// A value to compare the left side with; it has the left side's sort.
    pub fn against(&self, left: &Expr, right: &tree::Expr) -> Option<Expr> {
        let is_it = matches!(right.kind, Tree::It);
        let right = match (&right.kind, &left.ty) {
            (Tree::Name(name), _) => self.named_against(left, name, right)?,
            (Tree::Text(text), Ty::Row(record)) => id(*record, text, right.span),
            (Tree::Text(text), Ty::Text) => self.option_text(left, text, right.span)?,
            (Tree::Period(period), _) => self.period_against(left, period)?,
            (Tree::Told(told), _) => self.told_against(left, told)?,
            (Tree::NotStated, _) => Expr { kind: ExprKind::NotStated, ty: left.ty.clone(), span: right.span },
            (Tree::OnDay { of, day, .. }, _) => {
                let of = self.against(left, of);
                return self.value_on(of, day, right.span);
            }
            (_, _) => self.value(right)?,
        };
        let right = if left.ty == Ty::Day { self.expect(right, &Ty::Day)? } else { right };
        if is_it
            && let (Ty::Row(wanted), Ty::Row(meant)) = (&left.ty, &right.ty)
            && wanted != meant
        {
            self.it_is_another(*wanted, *meant, right.span);
            return None;
        }
        self.same_type(left, &right)?;
        Some(right)
    }

    /// `it` in a `where` within a `where`: the row of the outer one, not of the clause.
    fn it_is_another(&self, wanted: RecordId, meant: RecordId, span: Span) {
        let name = |record| self.names.schema.record(record).map_or("", |record| record.name.as_str());
        let (wanted_name, meant_name) = (name(wanted), name(meant));
        let way_out = match self.name_outside(wanted, span) {
            Some(called) => format!("write `{called}` for the outer `{wanted_name}`"),
            None if !self.is_outside(wanted) => {
                format!("name the `{wanted_name}` that is meant, or compare a field that names a `{meant_name}`")
            }
            None => format!(
                "the outer `{wanted_name}` has no name to use here: move the condition to a `define … of {meant_name}`"
            ),
        };
        self.names.found(
            codes::WRONG_TYPE
                .at(span)
                .say(format!("expected {} `{wanted_name}`, but `it` is {} `{meant_name}` here: inside a `where`, `it` is the row just outside it", article(wanted_name), article(meant_name)))
                .help(way_out),
        );
    }

    fn named_against(&self, left: &Expr, name: &str, right: &tree::Expr) -> Option<Expr> {
        let found = self.find(name, right.span);
        if let Some(options) = self.options_of(left) {
            // A word that is an option here means the option; a field of that name is told by `its` or `of`.
            let is_option = options.iter().any(|option| option == name);
            let compares = matches!(&found, Some(Found::Field(field)) if self.is_text(field));
            if is_option || !compares {
                return self.option(name, &options, right.span);
            }
        }
        if let Ty::Row(record) = left.ty {
            return self.record_against(record, name, found, right.span);
        }
        match found {
            Some(found) => self.value_of(found, right.span),
            None => {
                self.unknown(name, right.span);
                None
            }
        }
    }

    /// `famna`: a row that is spoken of, or the id of a record.
    fn record_against(&self, record: RecordId, name: &str, found: Option<Found>, span: Span) -> Option<Expr> {
        match found {
            Some(found @ (Found::Field(_) | Found::Row(_, _))) => self.value_of(found, span),
            Some(Found::Defined(_, _) | Found::Value(_) | Found::Actor(_)) | None
                if !self.names.is_collection(name) =>
            {
                Some(id(record, name, span))
            }
            Some(Found::Defined(_, _) | Found::Value(_) | Found::Actor(_)) | None => {
                self.names.found(
                    codes::WRONG_TYPE
                        .at(span)
                        .say(format!("`{name}` is a set of records, not a single record"))
                        .help(format!("use `is in {name}`")),
                );
                None
            }
        }
    }

    fn is_text(&self, field: &FieldOf) -> bool {
        match self.type_of(field) {
            Some(Type::Text | Type::OneOf(_)) => true,
            Some(
                Type::YesNo | Type::Number | Type::Money | Type::Date | Type::Time | Type::Ref(_) | Type::SetOf(_),
            )
            | None => false,
        }
    }

    /// The options of a field that has such, and of a weekday.
    fn options_of(&self, left: &Expr) -> Option<Vec<String>> {
        if let ExprKind::OfDay(OfDay::Weekday, _) = &left.kind {
            return Some(Weekday::ALL.iter().map(|day| day.name().to_string()).collect());
        }
        if let ExprKind::OnDay { of, .. } = &left.kind {
            return self.options_of(of);
        }
        let ExprKind::Field(field) = &left.kind else { return None };
        let options = self.type_of(field)?.options();
        (!options.is_empty()).then(|| options.to_vec())
    }

    fn option(&self, name: &str, options: &[String], span: Span) -> Option<Expr> {
        if options.iter().any(|option| option == name) {
            return Some(Expr { kind: ExprKind::Text(name.to_string()), ty: Ty::Text, span });
        }
        self.no_option(name, options, span);
        None
    }

    fn option_text(&self, left: &Expr, text: &str, span: Span) -> Option<Expr> {
        match self.options_of(left) {
            Some(options) => self.option(text, &options, span),
            None => Some(Expr { kind: ExprKind::Text(text.to_string()), ty: Ty::Text, span }),
        }
    }

    /// `days from A to B is at most payment_days days`: the number itself, once one of its units fits.
    fn told_against(&self, left: &Expr, told: &tree::Told) -> Option<Expr> {
        let one = crate::source::Spanned::new("1".to_string(), told.span);
        let unit = self.period_against(left, &PeriodText { parts: vec![(one, told.unit)], span: told.span })?;
        let number = self.expect(self.value(&told.number)?, &Ty::Number)?;
        let times = ExprKind::Times(Box::new(number), Box::new(unit));
        Some(Expr { kind: times, ty: Ty::Number, span: told.span })
    }

    /// `days from A to B is at least 30 days`; months are never compared with days.
    fn period_against(&self, left: &Expr, text: &PeriodText) -> Option<Expr> {
        let period = self.names.period(text)?;
        let number = match (&left.kind, period.kind()) {
            (ExprKind::DaysBetween(_, _), Kind::Days | Kind::Nothing) => period.days,
            (ExprKind::WholeMonthsBetween(_, _), Kind::Months | Kind::Nothing) => period.months,
            (ExprKind::WorkingDaysBetween(_, _), Kind::WorkingDays | Kind::Nothing) => period.working_days,
            (ExprKind::DaysBetween(_, _), Kind::Months | Kind::WorkingDays | Kind::Mixed)
            | (ExprKind::WholeMonthsBetween(_, _), Kind::Days | Kind::WorkingDays | Kind::Mixed) => {
                self.names.found(
                    codes::MONTHS_AND_DAYS
                        .at(text.span)
                        .say("days cannot be compared with months, since months vary in length")
                        .also(left.span, "counted here")
                        .help("count both in days, or both in months with `whole months from A to B`".to_string()),
                );
                return None;
            }
            (_, _) => {
                self.names.found(
                    codes::WRONG_TYPE
                        .at(text.span)
                        .say("this cannot be compared with a length of time")
                        .help("count the time first: `days from A to B` or `whole months from A to B`".to_string()),
                );
                return None;
            }
        };
        Some(plain_number(Number::from(i64::from(number)), text.span))
    }

    // ---- sets ------------------------------------------------------------------------------------------------------

    /// `topics has budget and election`.
    pub fn has(&self, left: &tree::Expr, what: &[tree::Expr], span: Span) -> Option<Cond> {
        let (set, inner) = self.set_field(left)?;
        let held: Vec<Option<Expr>> = what.iter().map(|one| self.element(&inner, one)).collect();
        let held = held.into_iter().collect::<Option<Vec<Expr>>>()?;
        Some(self.test(Asks::Holds(set, held), Sense::Straight, span))
    }

    /// `principles has only openness, dialogue`; or `principles has only its principles`: the same as another set field.
    pub fn has_only(&self, left: &tree::Expr, what: &[tree::Expr], span: Span) -> Option<Cond> {
        let (set, inner) = self.set_field(left)?;
        if let [one] = what
            && self.names_a_set(&inner, one)
        {
            let (other, other_inner) = self.set_field(one)?;
            if !alike(&inner, &other_inner) {
                let say = "these sets hold different types, so they are never equal";
                self.names.found(codes::WRONG_TYPE.at(one.span).say(say));
                return None;
            }
            return Some(self.test(Asks::SameSet(set, other), Sense::Straight, span));
        }
        let held: Vec<Option<Expr>> = what.iter().map(|one| self.element(&inner, one)).collect();
        let held = held.into_iter().collect::<Option<Vec<Expr>>>()?;
        Some(self.test(Asks::HoldsOnly(set, held), Sense::Straight, span))
    }

    /// Whether a set field is named, not something that a set may hold.
    fn names_a_set(&self, inner: &Type, what: &tree::Expr) -> bool {
        match &what.kind {
            // A word that is an option here means the option.
            Tree::Name(name) if inner.options().contains(name) => false,
            Tree::Name(name) => match self.find(name, what.span) {
                Some(Found::Field(field)) => matches!(self.type_of(&field), Some(Type::SetOf(_))),
                Some(Found::Row(_, _) | Found::Defined(_, _) | Found::Value(_) | Found::Actor(_)) | None => false,
            },
            Tree::Its(_) | Tree::Of(_, _) => true,
            _ => false,
        }
    }

    pub fn has_of_each(&self, left: &tree::Expr, least: &str, options: &[Name], span: Span) -> Option<Cond> {
        let (set, inner) = self.set_field(left)?;
        let least = self.names.small(least, span)?;
        if least > 1 {
            self.names.found(
                codes::NEVER_TRUE
                    .at(span)
                    .say(format!("a set holds each value at most once, never {least} times"))
                    .help("write `at least 1 of each`".to_string()),
            );
        }
        let options: Vec<Option<Expr>> = options
            .iter()
            .map(|name| self.element(&inner, &tree::Expr { kind: Tree::Name(name.it.clone()), span: name.span }))
            .collect();
        let options = options.into_iter().collect::<Option<Vec<Expr>>>()?;
        Some(self.test(Asks::HoldsEach { set, least, options }, Sense::Straight, span))
    }

    fn set_field(&self, left: &tree::Expr) -> Option<(FieldOf, Type)> {
        let field = self.field(left)?;
        if let Some(Type::SetOf(inner)) = self.type_of(&field) {
            return Some((field, (**inner).clone()));
        }
        self.names.found(
            codes::WRONG_TYPE
                .at(left.span)
                .say("this is a single value, not a set")
                .help("compare it with `is`, or declare the field as `set of …`".to_string()),
        );
        None
    }

    /// One thing that a set may hold.
    fn element(&self, inner: &Type, what: &tree::Expr) -> Option<Expr> {
        let ty = match inner {
            Type::Text | Type::OneOf(_) | Type::SetOf(_) => Ty::Text,
            Type::YesNo => Ty::YesNo,
            Type::Number => Ty::Number,
            Type::Money => Ty::Money,
            Type::Date => Ty::Day,
            Type::Time => Ty::Time,
            Type::Ref(record) => Ty::Row(*record),
        };
        let word = match &what.kind {
            Tree::Name(name) | Tree::Text(name) => Some(name),
            _ => None,
        };
        match (inner, word) {
            (Type::Text | Type::SetOf(_), Some(word)) => {
                Some(Expr { kind: ExprKind::Text(word.clone()), ty, span: what.span })
            }
            (Type::OneOf(options), Some(word)) => self.option(word, options, what.span),
            (Type::Ref(record), Some(word)) => {
                let found = self.find(word, what.span);
                let value = self.record_against(*record, word, found, what.span)?;
                self.expect(value, &ty)
            }
            (Type::YesNo | Type::Number | Type::Money | Type::Date | Type::Time, _) | (_, None) => {
                let value = self.value(what)?;
                self.expect(value, &ty)
            }
        }
    }
}

/// Whether two sets can hold the same things.
fn alike(one: &Type, other: &Type) -> bool {
    match (one, other) {
        (Type::OneOf(_) | Type::Text, Type::OneOf(_) | Type::Text) => true,
        (one, other) => one == other,
    }
}

fn id(record: RecordId, name: &str, span: Span) -> Expr {
    Expr { kind: ExprKind::Id(record, name.to_string()), ty: Ty::Row(record), span }
}
