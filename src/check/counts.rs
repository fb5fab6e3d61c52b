//! How many, how often: numbers of rows, counts of events, cycles.

use crate::diagnostics::codes;
use crate::model::clause::{Count, CycleOf, Instalments, Limit, Limited, Numbered, NumberedPart, RestOn};
use crate::model::expr::{Collection, Cond, CondKind, Expr, ExprKind, FieldOf, Row, Ty};
use crate::model::schema::{FieldId, RecordId, Type};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, CycleText, Name};
use crate::value::{Cycle, Number};

use super::definitions::plain_number;
use super::lines::{Filling, strength};

/// So many instalments of one amount there are at the most.
const MOST_INSTALMENTS: u32 = 400;

impl Filling<'_, '_> {
    pub(super) fn numbered(
        &mut self,
        of: &tree::Collection,
        modal: &Spanned<tree::Modal>,
        parts: &[tree::NumberedPart],
        span: Span,
    ) {
        self.lines.strength = Some(Spanned::new(strength(modal.it), modal.span));
        let parts: Vec<Option<NumberedPart>> = parts.iter().map(|part| self.numbered_part(of, part)).collect();
        if let Some(parts) = parts.into_iter().collect() {
            self.lines.numbered = Some(Spanned::new(Numbered { parts }, span));
        }
    }

    fn numbered_part(&self, of: &tree::Collection, part: &tree::NumberedPart) -> Option<NumberedPart> {
        let (whole, inner) = self.scope.collection_and_scope(of)?;
        let written = part.filter.as_ref().or(of.filter.as_deref());
        let of = match &part.filter {
            Some(filter) => both(whole, inner.condition(filter)?, part.span),
            None => whole,
        };
        self.scope.whose_rows(&of, written);
        let least = self.count_of(&part.least)?;
        let most = match &part.most {
            Some(most) => self.count_of(most)?,
            None => least.clone(),
        };
        let tolerance = match &part.tolerance {
            Some((least, most)) => Some((self.count_of(least)?, self.count_of(most)?)),
            None => None,
        };
        self.in_order(&least, &most);
        Some(NumberedPart { of, least, most, tolerance, span: part.span })
    }

    /// `7 to 5` is met by no number.
    fn in_order(&self, least: &crate::model::expr::Expr, most: &crate::model::expr::Expr) {
        use crate::model::expr::ExprKind::Number as Plain;
        if let (Plain(low), Plain(high)) = (&least.kind, &most.kind)
            && low > high
        {
            self.names().found(
                codes::WRONG_NUMBER
                    .at(most.span)
                    .say(format!("the range {low} to {high} is empty"))
                    .help("write the smaller number first".to_string()),
            );
        }
    }

    pub(super) fn limited(
        &mut self,
        of: &tree::Collection,
        modal: &Spanned<tree::Modal>,
        limit: tree::Limit,
        amount: &tree::Expr,
        span: Span,
    ) {
        self.lines.strength = Some(Spanned::new(strength(modal.it), modal.span));
        let written = of.filter.as_deref();
        let (of, amount) = (self.scope.collection(of), self.scope.amount_or_count(amount));
        if let (Some(of), Some(amount)) = (of, amount) {
            self.scope.whose_rows(&of, written);
            self.lines.limited = Some(Spanned::new(Limited { of, limit: limit_of(limit), amount }, span));
        }
    }

    pub(super) fn count(&self, count: &tree::Count, span: Span) -> Option<Count> {
        match count {
            tree::Count::Once => Some(Count::Times { limit: Limit::Exactly, times: plain_number(Number::ONE, span) }),
            tree::Count::Times { tolerance: Some((least, most)), times, limit, floor } => {
                let limit = limit.map_or(Limit::Exactly, limit_of);
                self.count_of(times)?;
                let (least, most) = (self.count_of(least)?, self.count_of(most)?);
                self.in_order(&least, &most);
                let floor = match floor {
                    Some(floor) => Some(self.count_of(floor)?),
                    None => None,
                };
                if let Some(floor) = &floor {
                    self.in_order(floor, &least);
                    if limit == Limit::AtMost {
                        self.names().found(
                            codes::CLASHING_LINES
                                .at(floor.span)
                                .say("an `at most` count cannot have a minimum")
                                .help("remove the minimum, or write the number without `at most`".to_string()),
                        );
                        return None;
                    }
                }
                Some(Count::About { limit, least, most, floor })
            }
            tree::Count::Times { limit, times, tolerance: None, .. } => {
                let limit = limit.map_or(Limit::Exactly, limit_of);
                Some(Count::Times { limit, times: self.count_of(times)? })
            }
            tree::Count::OfEach { least, options } => {
                let least = self.names().small(least, span)?;
                let field = self.field_with(options, span)?;
                let options = options.iter().map(|option| option.it.clone()).collect();
                Some(Count::OfEach { least, field, options })
            }
        }
    }

    /// So much that the amounts in a field of the events are to come to, of the same sort as they are.
    pub(super) fn amount_paid(&self, events: RecordId, counts: &Name, amount: &tree::Expr) -> Option<Count> {
        let field = self.field_of(events, counts);
        let amount = self.at_the_beginning().amount(amount);
        let (field, amount) = (field?, amount?);
        self.is_amount(events, field, counts.span)?;
        let own = FieldOf { row: Row::Agreement, record: events, field, span: counts.span };
        let ty = self.names().schema.field(events, field).map_or(Ty::Number, |field| match field.ty {
            Type::Money => Ty::Money,
            _ => Ty::Number,
        });
        self.scope.same_type(&amount, &Expr { kind: ExprKind::Field(own), ty, span: counts.span })?;
        Some(Count::Amount { field, amount })
    }

    /// In how many parts an amount is paid, and how far apart they are.
    pub(super) fn instalments(&self, text: &tree::InstalmentsText) -> Option<Instalments> {
        let (many, every) = (self.names().small(&text.many.it, text.many.span), self.names().lapse(&text.every));
        let (many, every) = (many?, every?);
        if !(2..=MOST_INSTALMENTS).contains(&many) {
            self.names().found(
                codes::WRONG_NUMBER
                    .at(text.many.span)
                    .say(format!("expected 2 to {MOST_INSTALMENTS} instalments, found {many}"))
                    .help("correct the number, or remove the instalments".to_string()),
            );
            return None;
        }
        if every.is_zero() {
            self.names().found(codes::WRONG_NUMBER.at(text.every.span).say("instalments cannot be zero days apart"));
            return None;
        }
        let unit = match &text.unit {
            Some(unit) => {
                let unit = self.at_the_beginning().amount(unit)?;
                if let Some(Count::Amount { amount, .. }) = self.lines.count.as_ref().map(|count| &count.it) {
                    self.scope.same_type(amount, &unit)?;
                }
                self.scope.more_than_nothing(&unit)?;
                Some(unit)
            }
            None => None,
        };
        let rest = match text.rest {
            tree::RestOn::First => RestOn::First,
            tree::RestOn::Last => RestOn::Last,
        };
        Some(Instalments { many, every, unit, rest })
    }

    /// The one field of the event that has all these options.
    fn field_with(&self, options: &[Name], span: Span) -> Option<FieldId> {
        let Some(record) = self.events.and_then(|events| self.names().schema.record(events)) else {
            let say = "`of each` needs an event with options, and this clause names no event";
            self.names().found(codes::WRONG_TYPE.at(span).say(say));
            return None;
        };
        // An event may be of several kinds at once.
        let options_of = |ty: &'_ Type| ty.item().map_or_else(|| ty.options().to_vec(), |item| item.options().to_vec());
        let has_all = |ty: &Type| options.iter().all(|option| options_of(ty).contains(&option.it));
        let fitting: Vec<usize> =
            record.fields.iter().enumerate().filter(|(_, field)| has_all(&field.ty)).map(|(at, _)| at).collect();
        if let [only] = fitting.as_slice() {
            return u16::try_from(*only).ok().map(FieldId);
        }
        let all: Vec<String> = record.fields.iter().flat_map(|field| options_of(&field.ty)).collect();
        match options.iter().find(|option| !all.contains(&option.it)) {
            Some(unknown) => self.scope.no_option(&unknown.it, &all, unknown.span),
            None => {
                let say = format!("no single field of `{}` has all these options", record.name);
                self.names().found(codes::UNKNOWN_OPTION.at(span).say(say));
            }
        }
        None
    }

    pub(super) fn cycle(&self, cycle: &CycleText, span: Span) -> Option<CycleOf> {
        let calendar = |cycle| Some(CycleOf::Calendar(cycle));
        match cycle {
            CycleText::CalendarYear => calendar(Cycle::CalendarYear),
            CycleText::HalfYear => calendar(Cycle::HalfYear),
            CycleText::FourMonths => calendar(Cycle::FourMonths),
            CycleText::Quarter => calendar(Cycle::Quarter),
            CycleText::Month => calendar(Cycle::Month),
            CycleText::Week => calendar(Cycle::Week),
            CycleText::FiscalYear => match self.names().settings.fiscal_year {
                Some(year) => calendar(year),
                None => {
                    self.names().found(
                        codes::NO_FISCAL_YEAR
                            .at(span)
                            .say("the agreement does not say when its fiscal year begins")
                            .help("add `fiscal year from 1 July` to the header".to_string()),
                    );
                    None
                }
            },
            CycleText::YearOfTerm(name) => {
                let term = self.names().term(name)?;
                self.days().needs_days_of(term, name.span);
                Some(CycleOf::YearOfTerm(term))
            }
            CycleText::Counted { period, from } => {
                let every = self.names().lapse(period);
                // A cycle cannot be counted from a day within it.
                let from = self.days().in_cycle(super::scope::InCycle::No).a_day(from);
                let (every, from) = (every?, from?);
                if every.is_zero() {
                    let say = "a period cannot have length zero";
                    self.names().found(codes::WRONG_NUMBER.at(period.span).say(say));
                    return None;
                }
                Some(CycleOf::Counted { every, from })
            }
        }
    }
}

/// The rows that pass one more condition.
fn both(of: Collection, also: Cond, span: Span) -> Collection {
    let filter = match of.filter.kind {
        CondKind::Always => also,
        _ => Cond { span, kind: CondKind::And(vec![*of.filter, also]) },
    };
    Collection { filter: Box::new(filter), ..of }
}

fn limit_of(limit: tree::Limit) -> Limit {
    match limit {
        tree::Limit::AtLeast => Limit::AtLeast,
        tree::Limit::AtMost => Limit::AtMost,
        tree::Limit::Exactly => Limit::Exactly,
        tree::Limit::MoreThan => Limit::MoreThan,
        tree::Limit::LessThan => Limit::LessThan,
    }
}
