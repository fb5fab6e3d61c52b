//! What several questions say of one value together: that it lies in a range, or is one of a few words. Where nothing is left, they
//! never hold at once. Only what is plain to see is found: plain numbers, amounts, days and words, and what is held against itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{of_question, of_value};
use crate::model::expr::{Asks, Cond, CondKind, Expr, ExprKind, Row, Sense, Ty};
use crate::model::schema::{InTime, Need, Schema, Type};
use crate::source::Span;
use crate::value::{Currency, Number};

/// Questions that never hold at once: one, and the earlier one that excludes it, if it is not impossible by itself.
#[derive(Clone, Copy, Debug)]
pub struct Excluded {
    pub at: Span,
    pub by: Option<Span>,
}

/// Whether questions, each told straight or the other way round, exclude one another.
pub fn excluded<'c>(all: impl IntoIterator<Item = (&'c Cond, Sense)>, schema: &Schema) -> Option<Excluded> {
    let mut left: Vec<(&Cond, Sense)> = all.into_iter().collect();
    left.reverse();
    let mut found = Found { schema, senses: BTreeMap::new(), values: BTreeMap::new() };
    while let Some((condition, sense)) = left.pop() {
        match (&condition.kind, sense) {
            (CondKind::And(parts), Sense::Straight) | (CondKind::Or(parts), Sense::Opposite) => {
                left.extend(parts.iter().rev().map(|part| (part, sense)));
            }
            (CondKind::Not(inner), _) => left.push((inner, turned(sense))),
            (CondKind::Test(test), _) => {
                let sense = if test.sense == sense { Sense::Straight } else { Sense::Opposite };
                if let Some(excluded) = found.test(&test.asks, sense, condition.span) {
                    return Some(excluded);
                }
            }
            (CondKind::And(_) | CondKind::Or(_) | CondKind::Always | CondKind::Judged { .. }, _) => {}
            (CondKind::All { .. } | CondKind::Some(_) | CondKind::Defined { .. } | CondKind::OnDay { .. }, _) => {}
        }
    }
    None
}

fn turned(sense: Sense) -> Sense {
    match sense {
        Sense::Straight => Sense::Opposite,
        Sense::Opposite => Sense::Straight,
    }
}

/// A value, and the currency in which it is compared.
type Of<'e> = (&'e Expr, Option<Currency>);

struct Found<'s> {
    schema: &'s Schema,
    /// In which senses each question was asked.
    senses: BTreeMap<String, (Sense, Span)>,
    values: BTreeMap<(String, Option<Currency>), Left>,
}

/// What a value can still be.
#[derive(Default)]
struct Left {
    least: Option<End>,
    most: Option<End>,
    /// One of these, by the question that says so, or by the type of the value.
    one_of: Option<(BTreeSet<Plain>, Option<Span>)>,
    none_of: BTreeMap<Plain, Span>,
}

/// An end of a range: whether the number itself belongs, and the question that says so.
#[derive(Clone)]
struct End {
    at: Number,
    taken_in: bool,
    by: Option<Span>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Plain {
    Number(Number),
    Word(String),
}

impl Found<'_> {
    fn test(&mut self, asks: &Asks, sense: Sense, span: Span) -> Option<Excluded> {
        let before = self.senses.entry(of_question(asks)).or_insert((sense, span));
        if before.0 != sense {
            return Some(Excluded { at: span, by: Some(before.1) });
        }
        let straight = sense == Sense::Straight;
        if self.answer(asks).is_some_and(|answer| answer != straight) {
            return Some(Excluded { at: span, by: None });
        }
        match asks {
            Asks::Less(a, b) | Asks::Before(a, b) => match (number(a), number(b)) {
                // a < b, or a >= b.
                (None, Some(b)) if straight => self.most(a, b.but_not_itself(), span),
                (None, Some(b)) => self.least(a, b, span),
                (Some(a), None) if straight => self.least(b, a.but_not_itself(), span),
                (Some(a), None) => self.most(b, a, span),
                (Some(_), Some(_)) | (None, None) => None,
            },
            Asks::OneOf(value, options) => {
                let plain: Option<BTreeSet<Plain>> = options.iter().map(plain).collect();
                let plain = plain?;
                if number(value).is_some() {
                    return None;
                }
                let of = (value, options.first().and_then(number).and_then(|limit| limit.currency));
                if straight { self.one_of(of, plain, span) } else { self.none_of(of, plain, span) }
            }
            Asks::Given(_) | Asks::About { .. } | Asks::Holds(..) | Asks::HoldsOnly(..) | Asks::SameSet(..) => None,
            Asks::HoldsEach { .. } | Asks::In { .. } => None,
        }
    }

    /// What a question comes to whatever the facts are, where both its sides are plain or the same.
    fn answer(&self, asks: &Asks) -> Option<bool> {
        match asks {
            Asks::Less(a, b) | Asks::Before(a, b) => match (number(a), number(b)) {
                (Some(a), Some(b)) => (a.currency == b.currency).then(|| a.at < b.at),
                (_, _) => is_same(a, b).then_some(false),
            },
            Asks::OneOf(value, options) => {
                if options.iter().any(|option| is_same(value, option)) {
                    return Some(true);
                }
                let (value, options) = (constant(value)?, options.iter().map(constant).collect::<Option<Vec<_>>>()?);
                Some(options.contains(&value))
            }
            // What has to be given is; a day that has not come is not given yet.
            Asks::Given(of) => {
                let field = self.schema.field(of.record, of.field)?;
                let always = field.need == Need::Required && field.time == InTime::Once && field.ty != Type::Date;
                // A record that another names may not be there itself.
                (always && matches!(of.row, Row::Var(_) | Row::Agreement)).then_some(true)
            }
            Asks::About { .. } | Asks::Holds(..) | Asks::HoldsOnly(..) | Asks::SameSet(..) => None,
            Asks::HoldsEach { .. } | Asks::In { .. } => None,
        }
    }

    /// What the value can still be, counted in a currency or in none.
    fn value(&mut self, value: &Expr, currency: Option<Currency>) -> &mut Left {
        let (least, most) = bounds(value, self.schema);
        let one_of = words(value, self.schema).map(|words| (words, None));
        self.values.entry((of_value(value), currency)).or_insert_with(|| {
            let end = |at: Number| End { at, taken_in: true, by: None };
            Left { least: least.map(end), most: most.map(end), one_of, ..Left::default() }
        })
    }

    fn least(&mut self, value: &Expr, mut to: Limit, span: Span) -> Option<Excluded> {
        // The next whole number above, where there are no others.
        if !to.taken_in && is_whole(value) && to.at.is_integer() {
            to = Limit { at: to.at.plus(&Number::ONE), taken_in: true, ..to };
        }
        let left = self.value(value, to.currency);
        let tighter = left.least.as_ref().is_none_or(|old| to.at > old.at || (to.at == old.at && !to.taken_in));
        if tighter {
            left.least = Some(End { at: to.at, taken_in: to.taken_in, by: Some(span) });
        }
        left.check(span)
    }

    fn most(&mut self, value: &Expr, mut to: Limit, span: Span) -> Option<Excluded> {
        if !to.taken_in && is_whole(value) && to.at.is_integer() {
            to = Limit { at: to.at.minus(&Number::ONE), taken_in: true, ..to };
        }
        let left = self.value(value, to.currency);
        let tighter = left.most.as_ref().is_none_or(|old| to.at < old.at || (to.at == old.at && !to.taken_in));
        if tighter {
            left.most = Some(End { at: to.at, taken_in: to.taken_in, by: Some(span) });
        }
        left.check(span)
    }

    fn one_of(&mut self, (value, currency): Of, options: BTreeSet<Plain>, span: Span) -> Option<Excluded> {
        let left = self.value(value, currency);
        left.one_of = Some(match left.one_of.take() {
            None => (options, Some(span)),
            Some((old, by)) => {
                let both: BTreeSet<Plain> = options.into_iter().filter(|option| old.contains(option)).collect();
                if both.is_empty() {
                    return Some(Excluded { at: span, by });
                }
                (both, Some(span))
            }
        });
        left.check(span)
    }

    fn none_of(&mut self, (value, currency): Of, options: BTreeSet<Plain>, span: Span) -> Option<Excluded> {
        let left = self.value(value, currency);
        left.none_of.extend(options.into_iter().map(|option| (option, span)));
        left.check(span)
    }
}

impl Left {
    fn check(&self, span: Span) -> Option<Excluded> {
        let by = |other: Option<Span>| Some(Excluded { at: span, by: other.filter(|other| *other != span) });
        if let (Some(least), Some(most)) = (&self.least, &self.most) {
            let touch = least.at == most.at && least.taken_in && most.taken_in;
            if least.at > most.at || (least.at == most.at && !touch) {
                return by(if most.by == Some(span) { least.by } else { most.by });
            }
        }
        let (options, told) = self.one_of.as_ref()?;
        let mut last = None;
        for option in options {
            match self.rules_out(option) {
                None => return None,
                Some(ruled) => last = ruled.filter(|ruled| *ruled != span).or(last),
            }
        }
        by(if told.is_none_or(|told| told == span) { last } else { *told })
    }

    /// Whether a value is ruled out, and by which question, if by one.
    fn rules_out(&self, option: &Plain) -> Option<Option<Span>> {
        if let Some(span) = self.none_of.get(option) {
            return Some(Some(*span));
        }
        let Plain::Number(number) = option else { return None };
        let too_low = self.least.as_ref().filter(|end| *number < end.at || (*number == end.at && !end.taken_in));
        let too_high = self.most.as_ref().filter(|end| *number > end.at || (*number == end.at && !end.taken_in));
        too_low.or(too_high).map(|end| end.by)
    }
}

/// A plain number, amount or day that a value is compared with.
struct Limit {
    at: Number,
    currency: Option<Currency>,
    /// Whether the value may be the limit itself.
    taken_in: bool,
}

impl Limit {
    fn but_not_itself(self) -> Limit {
        Limit { taken_in: false, ..self }
    }
}

fn number(value: &Expr) -> Option<Limit> {
    let (at, currency) = match &value.kind {
        ExprKind::Number(number) => (number.clone(), None),
        ExprKind::Money(money) => (money.amount.clone(), Some(money.currency)),
        ExprKind::Day(day) => (Number::from(i64::from(day.0)), None),
        _ => return None,
    };
    Some(Limit { at, currency, taken_in: true })
}

fn plain(value: &Expr) -> Option<Plain> {
    match &value.kind {
        ExprKind::Text(text) | ExprKind::Id(_, text) => Some(Plain::Word(text.clone())),
        ExprKind::YesNo(answer) => Some(Plain::Word(answer.to_string())),
        ExprKind::Actor(actor) => Some(Plain::Word(format!("{actor:?}"))),
        _ => number(value).map(|limit| Plain::Number(limit.at)),
    }
}

/// A plain value with its currency.
fn constant(value: &Expr) -> Option<(Plain, Option<Currency>)> {
    plain(value).map(|plain| (plain, number(value).and_then(|limit| limit.currency)))
}

/// Whether two sides are one value, which is read from the facts.
fn is_same(a: &Expr, b: &Expr) -> bool {
    constant(a).is_none() && constant(b).is_none() && of_value(a) == of_value(b)
}

/// The words that a value can be.
fn words(value: &Expr, schema: &Schema) -> Option<BTreeSet<Plain>> {
    let ExprKind::Field(field) = &value.kind else { return None };
    match &schema.field(field.record, field.field)?.ty {
        Type::OneOf(options) => Some(options.iter().cloned().map(Plain::Word).collect()),
        Type::YesNo => Some([true, false].iter().map(|answer| Plain::Word(answer.to_string())).collect()),
        Type::Text | Type::Number | Type::Money | Type::Date | Type::Time | Type::Ref(_) | Type::SetOf(_) => None,
    }
}

/// Whether a value is always a whole number.
fn is_whole(value: &Expr) -> bool {
    let counted = matches!(value.kind, ExprKind::Count(_) | ExprKind::CountDifferent(..) | ExprKind::Held(_));
    counted || value.ty == Ty::Day
}

/// What can be counted at all.
fn bounds(value: &Expr, schema: &Schema) -> (Option<Number>, Option<Number>) {
    let options = |ty: Option<&Type>| {
        let options = ty.map_or(&[][..], Type::options);
        (!options.is_empty()).then(|| Number::count(options.len()))
    };
    match &value.kind {
        ExprKind::Count(_) => (Some(Number::ZERO), None),
        ExprKind::CountDifferent(what, _) => {
            let ExprKind::Field(field) = &what.kind else { return (Some(Number::ZERO), None) };
            (Some(Number::ZERO), options(schema.field(field.record, field.field).map(|field| &field.ty)))
        }
        ExprKind::Held(field) => {
            let ty = schema.field(field.record, field.field).and_then(|field| field.ty.item());
            (Some(Number::ZERO), options(ty))
        }
        _ => (None, None),
    }
}
