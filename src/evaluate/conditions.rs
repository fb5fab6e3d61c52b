//! Whether a condition holds: yes, no, open, or for a person.

use std::collections::BTreeMap;

use crate::facts::Row;
use crate::model::DefinitionBody;
use crate::model::expr::Row as RowOf;
use crate::model::expr::{Asks, Collection, Cond, CondKind, DefinitionId, Expr, Sense, Test};
use crate::model::schema::RecordId;
use crate::verdict::Said;

use super::judge::{Found, Judge};
use super::known::{Bounds, Val};
use super::sets::same_set;
use super::trace::{Trace, mark_of, reason};
use super::truth::Truth;
use super::world::{happened, same_for_all};

/// How many different open tests of one condition are tried out both ways. Beyond it three-valued logic answers alone.
pub const TRIED_OUT: usize = 10;

impl<'w, T: Trace> Judge<'w, T> {
    /// Whether a condition holds. When it is open and asks the same more than once, its open tests are tried out both
    /// ways: what comes out the same every time is the answer (`x or not x` holds).
    pub fn holds(&mut self, condition: &'w Cond) -> Truth {
        let mark = self.trace.mark();
        let mut truth = self.weigh(condition, Sense::Straight);
        if truth == Truth::Open && asks_twice(condition) {
            truth = self.try_out(condition);
        }
        if truth != Truth::Open {
            self.trace.forget(mark);
        }
        truth
    }

    fn weigh(&mut self, condition: &'w Cond, sense: Sense) -> Truth {
        match &condition.kind {
            CondKind::Always => {
                if sense == Sense::Straight {
                    Truth::Yes
                } else {
                    Truth::No
                }
            }
            CondKind::And(parts) => self.joint(condition, parts, sense, is_straight(sense)),
            CondKind::Or(parts) => self.joint(condition, parts, sense, !is_straight(sense)),
            CondKind::Not(inner) => self.weigh(inner, turned(sense)),
            CondKind::Test(test) => self.step(condition, |judge| judge.test(test, sense)),
            CondKind::All { of, test } => {
                let all = self.step(condition, |judge| judge.all_have(of, test));
                if is_straight(sense) { all } else { all.opposite() }
            }
            CondKind::Some(of) => {
                let some = self.step(condition, |judge| judge.some(of));
                if is_straight(sense) { some } else { some.opposite() }
            }
            CondKind::Defined { definition, row } => {
                self.step(condition, |judge| judge.defined(*definition, row, sense))
            }
            CondKind::OnDay { of, day } => {
                self.step(condition, |judge| judge.on_day(day, |judge| judge.weigh(of, sense)).unwrap_or(Truth::Open))
            }
            CondKind::Judged { words, .. } => {
                self.trace.say(|| reason(Said::Weigh(words.clone()), mark_of(Truth::Person), condition.span));
                Truth::Person
            }
        }
    }

    fn step(&mut self, condition: &'w Cond, look: impl FnOnce(&mut Self) -> Truth) -> Truth {
        self.trace.open();
        let mark = self.trace.mark();
        let truth = look(self);
        if truth != Truth::Open {
            self.trace.forget(mark);
        }
        self.trace.close(|| reason(Said::Condition, mark_of(truth), condition.span));
        truth
    }

    fn joint(&mut self, condition: &'w Cond, parts: &'w [Cond], sense: Sense, all: bool) -> Truth {
        self.trace.open();
        let mark = self.trace.mark();
        let mut truth = if all { Truth::Yes } else { Truth::No };
        for part in parts {
            let one = self.weigh(part, sense);
            truth = if all { truth.and(one) } else { truth.or(one) };
            let decided = if all { truth.is_no() } else { truth.is_yes() };
            if decided && !T::ON {
                break;
            }
        }
        if truth != Truth::Open {
            self.trace.forget(mark);
        }
        self.trace.close(|| reason(Said::Joint, mark_of(truth), condition.span));
        truth
    }

    fn test(&mut self, test: &'w Test, sense: Sense) -> Truth {
        let sense = if sense == test.sense { Sense::Straight } else { Sense::Opposite };
        let turn = |truth: Truth| if is_straight(sense) { truth } else { truth.opposite() };
        match &test.asks {
            Asks::Given(field) => {
                let as_of = self.world.as_of;
                let value = self.field(field);
                turn(given(&value, as_of))
            }
            Asks::Before(a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                compare(&a, &b, &|a, b| match (a.day_bounds(), b.day_bounds()) {
                    (Some(a), Some(b)) => a.before(b),
                    (_, _) => Truth::Open,
                })
                .map_or(Truth::No, turn)
            }
            Asks::Less(a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                compare(&a, &b, &|a, b| a.bounds().less(&b.bounds())).map_or(Truth::No, turn)
            }
            Asks::OneOf(a, options) => self.one_of(a, options).map_or(Truth::No, turn),
            Asks::About { amount, least, most } => self.about(amount, least, most).map_or(Truth::No, turn),
            Asks::Holds(set, items) => {
                let truths: Vec<Option<Truth>> = items.iter().map(|item| self.set_holds(set, item)).collect();
                let all = truths.into_iter().try_fold(Truth::Yes, |all, one| Some(all.and(one?)));
                all.map_or(Truth::No, turn)
            }
            Asks::HoldsOnly(set, items) => self.holds_only(set, items).map_or(Truth::No, turn),
            Asks::SameSet(one, other) => {
                let (one, other) = (self.field(one), self.field(other));
                compare(&one, &other, &same_set).map_or(Truth::No, turn)
            }
            Asks::HoldsEach { set, least, options } => {
                // A set holds each of its members once: more than one of each can never be held.
                if *least > 1 {
                    return turn(Truth::No);
                }
                let truths: Vec<Option<Truth>> = options.iter().map(|item| self.set_holds(set, item)).collect();
                let all = truths.into_iter().try_fold(Truth::Yes, |all, one| Some(all.and(one?)));
                all.map_or(Truth::No, turn)
            }
            Asks::In { row, set, on } => self.belongs(row, set, on).map_or(Truth::No, turn),
        }
    }

    /// `None`: a side is absent, so neither the test nor its opposite holds.
    fn one_of(&mut self, left: &'w Expr, options: &'w [Expr]) -> Option<Truth> {
        let left = self.value(left);
        if matches!(left, Val::Absent) {
            return None;
        }
        let mut any = Truth::No;
        for option in options {
            let option = self.value(option);
            // An option that is absent is no value that the left side could be.
            any = any.or(compare(&left, &option, &|a, b| self.same(a, b)).unwrap_or(Truth::No));
        }
        Some(any)
    }

    fn same(&self, a: &Val<'w>, b: &Val<'w>) -> Truth {
        match (a, b) {
            (Val::Day(a), Val::Day(b)) => a.same(*b),
            (Val::Number(_) | Val::Money(_, _), Val::Number(_) | Val::Money(_, _)) => a.bounds().same(&b.bounds()),
            (Val::Text(a), Val::Text(b)) => Truth::of(a == b),
            (Val::YesNo(a), Val::YesNo(b)) => Truth::of(a == b),
            (Val::Row(a, x), Val::Row(b, y)) => Truth::of(a == b && x == y),
            (Val::Actor(a), Val::Actor(b)) => Truth::of(a == b),
            (Val::Actor(actor), Val::Text(text)) | (Val::Text(text), Val::Actor(actor)) => {
                Truth::of(self.world.plan.schema.actor(*actor).is_some_and(|actor| actor.name == **text))
            }
            // A record that no fact names is none of those that there are.
            (Val::Row(record, row), Val::Text(id)) | (Val::Text(id), Val::Row(record, row)) => {
                Truth::of(self.world.facts.id(*record, *row) == *id)
            }
            (Val::Unknown, _) | (_, Val::Unknown) => Truth::Open,
            (_, _) => Truth::No,
        }
    }

    fn about(&mut self, amount: &'w Expr, least: &'w Expr, most: &'w Expr) -> Option<Truth> {
        let amount = self.value(amount);
        if matches!(amount, Val::Absent) {
            return None;
        }
        let (least, most) = (self.value(least).bounds(), self.value(most).bounds());
        Some(within_tolerance(&amount.bounds(), &least, &most))
    }

    fn all_have(&mut self, of: &'w Collection, test: &'w Cond) -> Truth {
        let mut truth = Truth::Yes;
        let then = self.then;
        self.each_row(of, then, |judge, _, belongs| {
            if belongs.is_no() || (truth.is_no() && !T::ON) {
                return;
            }
            let has = judge.weigh(test, Sense::Straight);
            truth = truth.and(belongs.opposite().or(has));
        });
        if truth.is_no() || self.closed(of, then) { truth } else { truth.and(Truth::Open) }
    }

    fn some(&mut self, of: &'w Collection) -> Truth {
        let mut truth = Truth::No;
        let then = self.then;
        self.each_row(of, then, |_, _, belongs| truth = truth.or(belongs));
        // One is enough: what else there may be makes no difference.
        if truth.is_yes() || self.closed(of, then) { truth } else { truth.or(Truth::Open) }
    }

    fn defined(&mut self, id: DefinitionId, row: &'w RowOf, sense: Sense) -> Truth {
        let Some(definition) = self.world.plan.definition(id) else { return Truth::Open };
        let (record, row) = match self.row(row, RecordId(0)) {
            Found::Row(record, row) => (record, row),
            Found::None => return Truth::No,
            Found::Unknown => return Truth::Open,
        };
        match &definition.body {
            DefinitionBody::Condition(condition) => {
                self.aside(&[row], |judge| judge.weigh(condition, sense)).unwrap_or(Truth::Open)
            }
            DefinitionBody::Listed(ids) => {
                let listed = Truth::of(ids.iter().any(|id| self.world.facts.id(record, row) == id));
                if is_straight(sense) { listed } else { listed.opposite() }
            }
            DefinitionBody::Amount { .. } => Truth::Open,
        }
    }

    /// Open tests that are asked more than once are set both ways; the answer is what always comes out.
    fn try_out(&mut self, condition: &'w Cond) -> Truth {
        let mut open = BTreeMap::new();
        self.open_tests(condition, &mut open);
        let asked: Vec<u32> = open.into_keys().collect();
        if asked.is_empty() || asked.len() > TRIED_OUT {
            return Truth::Open;
        }
        let ways = 1_u32.checked_shl(u32::try_from(asked.len()).unwrap_or(0)).unwrap_or(0);
        let outcomes = (0..ways).map(|way| {
            let taken = |number: u32| {
                let at = asked.iter().position(|one| *one == number)?;
                Some(way.checked_shr(u32::try_from(at).ok()?).unwrap_or(0) & 1 == 1)
            };
            self.supposing(condition, &taken, Sense::Straight)
        });
        let outcomes: Vec<Truth> = outcomes.collect();
        same_for_all(outcomes.into_iter())
    }

    /// The numbers of the tests that are open as things stand.
    fn open_tests(&mut self, condition: &'w Cond, open: &mut BTreeMap<u32, ()>) {
        match &condition.kind {
            CondKind::And(parts) | CondKind::Or(parts) => {
                parts.iter().for_each(|part| self.open_tests(part, open));
            }
            CondKind::Not(inner) => self.open_tests(inner, open),
            CondKind::Test(test) => {
                if self.quietly(|judge| judge.test(test, Sense::Straight)) == Truth::Open {
                    open.insert(test.same_as, ());
                }
            }
            CondKind::Always | CondKind::All { .. } | CondKind::Some(_) => {}
            CondKind::Defined { .. } | CondKind::Judged { .. } | CondKind::OnDay { .. } => {}
        }
    }

    fn supposing(&mut self, condition: &'w Cond, taken: &impl Fn(u32) -> Option<bool>, sense: Sense) -> Truth {
        let all = |judge: &mut Self, parts: &'w [Cond]| {
            parts.iter().fold(Truth::Yes, |truth, part| truth.and(judge.supposing(part, taken, sense)))
        };
        let any = |judge: &mut Self, parts: &'w [Cond]| {
            parts.iter().fold(Truth::No, |truth, part| truth.or(judge.supposing(part, taken, sense)))
        };
        match (&condition.kind, is_straight(sense)) {
            (CondKind::And(parts), true) | (CondKind::Or(parts), false) => all(self, parts),
            (CondKind::Or(parts), true) | (CondKind::And(parts), false) => any(self, parts),
            (CondKind::Not(inner), _) => self.supposing(inner, taken, turned(sense)),
            (CondKind::Test(test), _) => match taken(test.same_as) {
                Some(answer) => Truth::of(answer == (sense == test.sense)),
                None => self.quietly(|judge| judge.test(test, sense)),
            },
            (_, _) => self.quietly(|judge| judge.weigh(condition, sense)),
        }
    }

    /// Looks without leaving steps behind.
    fn quietly<R>(&mut self, look: impl FnOnce(&mut Self) -> R) -> R {
        self.trace.hush();
        let found = look(self);
        self.trace.speak();
        found
    }

    pub fn rows_equal(&self, record: RecordId, row: Row, id: &str) -> bool {
        self.world.facts.id(record, row) == id
    }
}

/// Whether a value is given. A day that lies after the as-of day is not given yet.
fn given(value: &Val, as_of: crate::value::Day) -> Truth {
    match value {
        Val::Unknown => Truth::Open,
        Val::Absent => Truth::No,
        Val::Day(_) => happened(value, as_of),
        Val::OneOf(values) => same_for_all(values.iter().map(|one| given(one, as_of))),
        Val::Number(_) | Val::Money(_, _) | Val::Text(_) | Val::YesNo(_) => Truth::Yes,
        Val::Row(_, _) | Val::Actor(_) | Val::Set(_) => Truth::Yes,
    }
}

/// Compares two values, each of whatever sources say; `None` when one is absent.
pub fn compare<'w>(a: &Val<'w>, b: &Val<'w>, how: &impl Fn(&Val<'w>, &Val<'w>) -> Truth) -> Option<Truth> {
    match (a, b) {
        (Val::Absent, _) | (_, Val::Absent) => None,
        (Val::OneOf(values), _) => Some(same_for_all(values.iter().map(|a| compare(a, b, how).unwrap_or(Truth::No)))),
        (_, Val::OneOf(values)) => Some(same_for_all(values.iter().map(|b| compare(a, b, how).unwrap_or(Truth::No)))),
        (Val::Unknown, _) | (_, Val::Unknown) => Some(Truth::Open),
        (a, b) => Some(how(a, b)),
    }
}

/// Inside the tolerance it holds, outside a person judges.
pub fn within_tolerance(amount: &Bounds, least: &Bounds, most: &Bounds) -> Truth {
    let inside = amount.less(least).opposite().and(most.less(amount).opposite());
    if inside.is_no() { Truth::Person } else { inside }
}

/// Whether a condition asks one thing more than once, straight or turned round.
fn asks_twice(condition: &Cond) -> bool {
    fn walk(condition: &Cond, seen: &mut Vec<u32>) -> bool {
        match &condition.kind {
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(|part| walk(part, seen)),
            CondKind::Not(inner) => walk(inner, seen),
            CondKind::Test(test) => {
                let again = seen.contains(&test.same_as);
                seen.push(test.same_as);
                again
            }
            CondKind::Always | CondKind::All { .. } | CondKind::Some(_) => false,
            CondKind::Defined { .. } | CondKind::Judged { .. } | CondKind::OnDay { .. } => false,
        }
    }
    walk(condition, &mut Vec::new())
}

fn is_straight(sense: Sense) -> bool {
    sense == Sense::Straight
}

fn turned(sense: Sense) -> Sense {
    match sense {
        Sense::Straight => Sense::Opposite,
        Sense::Opposite => Sense::Straight,
    }
}
