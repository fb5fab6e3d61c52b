//! Whether a condition holds on the day that is asked about: yes, no, open, or for a person.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::model::DefinitionBody;
use crate::model::expr::Row as RowOf;
use crate::model::expr::{Asks, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, Sense, Test};
use crate::model::schema::{Need, RecordId};
use crate::value::Day;
use crate::verdict::{Mark, Said};

use super::ask::{Ask, Found, for_reasons};
use super::definitions::of_row;
use super::form::{Form, asked, form, is_straight};
use super::leaning::leaning;
use super::mentioned::fields_of_test;
use super::sets::{nobody_belongs, same_set};
use crate::evaluate::knowledge::known::{Bounds, DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::{GHOST, happened, same_for_all};
use crate::evaluate::trace::{Trace, mark_of, reason};

/// How many different open tests of one condition are tried out both ways. Beyond it three-valued logic answers alone.
const TRIED_OUT: usize = 10;

/// So many ways of setting them are tried.
const MOST_WAYS: usize = 1_024;

/// An imprecise day of no more days than this is asked about day by day.
const DAY_BY_DAY: i32 = 31;

impl<'w, T: Trace> Ask<'w, T> {
    /// Whether a condition holds. When it is open and asks the same more than once, its open tests are tried out both
    /// ways: what comes out the same every time is the answer.
    pub fn holds(&mut self, condition: &'w Cond) -> Truth {
        let mark = self.trace.mark();
        let mut truth = self.weigh(condition, Sense::Straight);
        if truth == Truth::Open && asks_twice(condition) {
            truth = try_out(self, condition);
        }
        if truth != Truth::Open {
            self.trace.forget(mark);
        }
        truth
    }

    /// The same, straight or the other way round, as three-valued logic answers it.
    pub fn weigh(&mut self, condition: &'w Cond, sense: Sense) -> Truth {
        let unsure = self.unsure;
        let truth = self.weighed(condition, sense);
        // What was decided rests on nothing unsure, however much of it was looked at.
        if truth != Truth::Open {
            self.unsure = unsure;
        }
        truth
    }

    fn weighed(&mut self, condition: &'w Cond, sense: Sense) -> Truth {
        match form(condition, sense) {
            Form::Fixed(holds) => Truth::of(holds),
            Form::All(parts, sense) => joint(self, condition, parts, (sense, true)),
            Form::Any(parts, sense) => joint(self, condition, parts, (sense, false)),
            Form::Turned(inner, sense) => turned_round(self, condition, inner, sense),
            // That there is a bearer goes without saying.
            Form::Test(test, sense) if test.same_as == Test::OF_A_BEARER => {
                match self.quietly(|ask| tested(ask, &test.asks, sense)) {
                    Truth::Yes => Truth::Yes,
                    Truth::No => {
                        if let Asks::Given(field) = &test.asks {
                            self.field(field);
                            self.trace.say(|| reason(Said::NoDay(field.record, field.field), Mark::No, condition.span));
                        }
                        Truth::No
                    }
                    Truth::Open | Truth::Person => step(self, condition, |ask| tested(ask, &test.asks, sense)),
                }
            }
            Form::Test(test, sense) => step(self, condition, |ask| tested(ask, &test.asks, sense)),
            Form::Each { of, test, sense } => {
                let all = step(self, condition, |ask| all_have(ask, of, test));
                if is_straight(sense) { all } else { all.opposite() }
            }
            Form::Some(of, sense) => {
                let some = step(self, condition, |ask| some(ask, of));
                if is_straight(sense) { some } else { some.opposite() }
            }
            Form::Defined { definition, row, sense } => {
                step(self, condition, |ask| defined(ask, definition, row, sense))
            }
            Form::OnDay { of, day, sense } => step(self, condition, |ask| {
                let changes = |ask: &mut Self, first, last| ask.changes_of(of, first, last);
                let truths = ask.on_the_day(day, changes, |ask| ask.weigh(of, sense));
                truths.map_or(Truth::No, |truths| same_for_all(truths.into_iter()))
            }),
            Form::Judged(words) => {
                self.trace.say(|| reason(Said::Weigh(words.to_owned()), mark_of(Truth::Person), condition.span));
                Truth::Person
            }
        }
    }
}

fn step<'w, T: Trace>(ask: &mut Ask<'w, T>, condition: &'w Cond, look: impl FnOnce(&mut Ask<'w, T>) -> Truth) -> Truth {
    ask.trace.open();
    let mark = ask.trace.mark();
    let truth = look(ask);
    if truth != Truth::Open {
        ask.trace.forget(mark);
    }
    ask.trace.close(|| reason(Said::Condition, mark_of(truth), condition.span));
    truth
}

/// A condition turned round. It is told with its own answer, and what it turns as it stands: its words speak of that.
fn turned_round<'w, T: Trace>(ask: &mut Ask<'w, T>, condition: &'w Cond, inner: &'w Cond, sense: Sense) -> Truth {
    if !T::ON {
        return ask.weigh(inner, sense);
    }
    ask.trace.open();
    let truth = ask.weigh(inner, sense);
    ask.trace.discard();
    ask.trace.open();
    let mark = ask.trace.mark();
    for_reasons(ask, |ask| ask.weigh(inner, Sense::Straight));
    ask.trace.forget(mark);
    ask.trace.close(|| reason(Said::Condition, mark_of(truth), condition.span));
    truth
}

fn joint<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    condition: &'w Cond,
    parts: &'w [Cond],
    (sense, all): (Sense, bool),
) -> Truth {
    ask.trace.open();
    let mark = ask.trace.mark();
    let mut truth = if all { Truth::Yes } else { Truth::No };
    let mut parts = parts.iter();
    for part in parts.by_ref() {
        let one = ask.weigh(part, sense);
        truth = if all { truth.and(one) } else { truth.or(one) };
        let decided = if all { truth.is_no() } else { truth.is_yes() };
        if decided {
            break;
        }
    }
    if T::ON {
        for_reasons(ask, |ask| {
            for part in parts {
                ask.weigh(part, sense);
            }
        });
    }
    if truth != Truth::Open {
        ask.trace.forget(mark);
    }
    ask.trace.close(|| reason(Said::Joint, mark_of(truth), condition.span));
    truth
}

/// A test, asked straight or the other way round. An absent value makes both false.
fn tested<'w, T: Trace>(ask: &mut Ask<'w, T>, asks: &'w Asks, sense: Sense) -> Truth {
    let turn = |truth: Truth| if is_straight(sense) { truth } else { truth.opposite() };
    match asks {
        Asks::Given(field) => {
            // What is said of whom an event names, and of the agreement, is known by the event's day.
            let own = matches!(field.row, RowOf::Var(_));
            let by = if own { ask.by } else { ask.come_by.unwrap_or(ask.by) };
            let value = ask.field(field);
            if T::ON && value.day_bounds().is_some_and(|day| day.first > by && by < ask.world.as_of) {
                ask.trace.say(|| reason(Said::NotCome { by }, Mark::Plain, None));
            }
            turn(given(&value, by))
        }
        Asks::Before(a, b) => {
            let (a, b) = (figure(ask, a), figure(ask, b));
            compare(&a, &b, sense, &|a, b| match (a.day_bounds(), b.day_bounds()) {
                (Some(a), Some(b)) => a.before(b),
                (_, _) => Truth::Open,
            })
        }
        Asks::Less(a, b) => {
            let (a, b) = (figure(ask, a), figure(ask, b));
            compare(&a, &b, sense, &|a, b| a.bounds().less(&b.bounds()))
        }
        Asks::OneOf(a, options) => {
            let left = figure(ask, a);
            let options: Vec<Val<'w>> = options.iter().map(|option| figure(ask, option)).collect();
            one_of(ask, &left, &options, sense)
        }
        Asks::About { amount, least, most } => {
            let amount = figure(ask, amount);
            if matches!(amount, Val::Absent) {
                return Truth::No;
            }
            let (least, most) = (ask.value(least).bounds(), ask.value(most).bounds());
            turn(within_tolerance(&amount.bounds(), &least, &most))
        }
        Asks::Holds(set, items) => {
            let truths: Vec<Option<Truth>> = items.iter().map(|item| ask.set_holds(set, item)).collect();
            all_of(truths).map_or(Truth::No, turn)
        }
        Asks::HoldsOnly(set, items) => ask.holds_only(set, items).map_or(Truth::No, turn),
        Asks::SameSet(one, other) => {
            let (one, other) = (ask.field(one), ask.field(other));
            compare(&one, &other, sense, &same_set)
        }
        Asks::HoldsEach { set, least, options } => {
            // A set holds each of its members once: more than one of each can never be held.
            if *least > 1 {
                return turn(Truth::No);
            }
            let truths: Vec<Option<Truth>> = options.iter().map(|item| ask.set_holds(set, item)).collect();
            all_of(truths).map_or(Truth::No, turn)
        }
        Asks::In { row, set, on } => match ask.belongs(row, set, on).map_or(Truth::No, turn) {
            // Whoever it is, and if it is none.
            Truth::Open if is_straight(sense) && nobody_belongs(ask, row, set, on) => Truth::No,
            truth => truth,
        },
    }
}

/// A value, told with what it came to where it was counted or worked out.
fn figure<'w, T: Trace>(ask: &mut Ask<'w, T>, expr: &'w Expr) -> Val<'w> {
    let worked_out = matches!(
        expr.kind,
        ExprKind::Count(_)
            | ExprKind::CountDifferent(..)
            | ExprKind::Sum(..)
            | ExprKind::DaysBetween(..)
            | ExprKind::WholeMonthsBetween(..)
            | ExprKind::WorkingDaysBetween(..)
            | ExprKind::Plus(..)
            | ExprKind::Minus(..)
            | ExprKind::Times(..)
            | ExprKind::DividedBy(..)
            | ExprKind::Per { .. }
            | ExprKind::Rounded { .. }
            | ExprKind::Held(_)
            | ExprKind::Defined { .. }
            | ExprKind::EarliestOf(_)
            | ExprKind::LatestOf(_)
            | ExprKind::Earliest(..)
            | ExprKind::Latest(..)
            | ExprKind::Shift { .. }
    );
    if !T::ON || !worked_out {
        return ask.value(expr);
    }
    ask.trace.open();
    let value = ask.value(expr);
    let (bounds, currency) = (value.bounds(), value.currency());
    if matches!(value, Val::Number(_) | Val::Money(..)) {
        let said = Said::Figure { least: bounds.least, most: bounds.most, currency };
        ask.trace.close(|| reason(said, Mark::Plain, expr.span));
    } else if let Some(day) = value.day_bounds().and_then(DayBounds::exact) {
        ask.trace.close(|| reason(Said::Day { day }, Mark::Plain, expr.span));
    } else {
        ask.trace.dissolve();
    }
    value
}

fn all_of(truths: Vec<Option<Truth>>) -> Option<Truth> {
    truths.into_iter().try_fold(Truth::Yes, |all, one| Some(all.and(one?)))
}

/// Whether a value is one of several; the other way round: whether it is none of them. One that is absent is none that it
/// could be, nor any that it could be said not to be.
fn one_of<'w, T: Trace>(ask: &Ask<'w, T>, left: &Val<'w>, options: &[Val<'w>], sense: Sense) -> Truth {
    if let Val::OneOf(values) = left {
        return same_for_all(values.iter().map(|value| one_of(ask, value, options, sense)));
    }
    if let Val::Day(day) = left
        && day.exact().is_none()
        && options.len() > 1
        && day.first.days_until(day.last) < DAY_BY_DAY
    {
        let days = (0..=day.first.days_until(day.last)).map(|more| day.first.plus_days(more));
        let days = days.filter(|one| !day.rules_out(*one));
        return same_for_all(days.map(|day| one_of(ask, &Val::day(day), options, sense)));
    }
    let same = |a: &Val<'w>, b: &Val<'w>| same(ask, a, b);
    let mut all = options.iter().map(|option| compare(left, option, sense, &same));
    match sense {
        Sense::Straight => all.fold(Truth::No, Truth::or),
        Sense::Opposite => all
            .try_fold(Truth::Yes, |all, one| if one.is_no() { None } else { Some(all.and(one)) })
            .unwrap_or(Truth::No),
    }
}

fn same<'w, T: Trace>(ask: &Ask<'w, T>, a: &Val<'w>, b: &Val<'w>) -> Truth {
    match (a, b) {
        (Val::Day(a), Val::Day(b)) => a.same(*b),
        (Val::Number(_) | Val::Money(_, _), Val::Number(_) | Val::Money(_, _)) => a.bounds().same(&b.bounds()),
        (Val::Text(a), Val::Text(b)) => Truth::of(a == b),
        (Val::YesNo(a), Val::YesNo(b)) => Truth::of(a == b),
        // What nobody has written down is none of those on file.
        (Val::Row(_, x), Val::Row(_, y)) if *x == GHOST && *y == GHOST => Truth::Open,
        (Val::Row(a, x), Val::Row(b, y)) => Truth::of(a == b && x == y),
        (Val::Actor(a), Val::Actor(b)) => Truth::of(a == b),
        (Val::Actor(actor), Val::Text(text)) | (Val::Text(text), Val::Actor(actor)) => {
            Truth::of(ask.world.plan.schema.actor(*actor).is_some_and(|actor| actor.name == **text))
        }
        // A record that no fact names is none of those that there are.
        (Val::Row(record, row), Val::Text(id)) | (Val::Text(id), Val::Row(record, row)) => {
            ask.world.called(*record, *row, id)
        }
        (_, _) => Truth::No,
    }
}

fn all_have<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection, test: &'w Cond) -> Truth {
    let mut truth = Truth::Yes;
    // Where the test is one comparison, the rows that pass it need no look.
    let passed = if matches!(test.kind, CondKind::Test(_)) { ask.bounded(test, of) } else { None };
    let rows = match passed {
        Some(passed) => passed.ordered.outside(passed.range),
        None => ask.worth_a_look(of),
    };
    ask.each_of(rows, of, |ask, _, belongs| {
        if !belongs.is_no() {
            let has = ask.weigh(test, Sense::Straight);
            truth = truth.and(belongs.opposite().or(has));
        }
        if truth.is_no() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if truth.is_no() || ask.closed(of) { truth } else { truth.and(Truth::Open) }
}

/// Whether there is one of a collection.
pub fn some<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection) -> Truth {
    let mut truth = Truth::No;
    let rows = ask.worth_a_look(of);
    // One is enough: what else there may be makes no difference.
    ask.each_of(rows, of, |_, _, belongs| {
        truth = truth.or(belongs);
        if truth.is_yes() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if truth.is_yes() || ask.closed(of) { truth } else { truth.or(Truth::Open) }
}

fn defined<'w, T: Trace>(ask: &mut Ask<'w, T>, id: DefinitionId, row: &'w RowOf, sense: Sense) -> Truth {
    let Some(definition) = ask.world.plan.definition(id) else { return Truth::Open };
    let (record, row) = match ask.row(row, RecordId(0)) {
        Found::Row(record, row) => (record, row),
        Found::None => return Truth::No,
        Found::Unknown => return Truth::Open,
    };
    match &definition.body {
        DefinitionBody::Condition(condition) => {
            let key = (id, Some(row), ask.term, ask.on, ask.by, ask.since, ask.come_by);
            let known = ask.known.truth(&key, sense).filter(|_| row != GHOST);
            if let Some(known) = known.filter(|known| known.will_do(&ask.trace, definition.span)) {
                if known.has_steps() {
                    ask.trace.say(|| reason(Said::Defined(id), mark_of(known.answer), definition.span));
                }
                return ask.taken(known);
            }
            let (found, leans_on) = leaning(ask, |ask| {
                ask.worked_out(|ask| {
                    let truth = of_row(ask, definition, Some(row), |ask| {
                        ask.aside(&[row], |ask| {
                            if sense == Sense::Straight { ask.holds(condition) } else { ask.weigh(condition, sense) }
                        })
                    });
                    truth.unwrap_or(Truth::Open)
                })
            });
            let found = found.worked_out_of(&ask.trace, definition.span);
            let truth = found.answer;
            if row != GHOST && leans_on.is_none() {
                ask.known.keep_truth(key, sense, found);
            }
            truth
        }
        DefinitionBody::Listed(ids) => {
            let listed = ids.iter().fold(Truth::No, |any, id| any.or(ask.world.called(record, row, id)));
            if is_straight(sense) { listed } else { listed.opposite() }
        }
        DefinitionBody::Amount { .. } => Truth::Open,
    }
}

/// Open tests that are asked more than once are set both ways; the answer is what always comes out. A value that may be none
/// makes a test and its opposite false, so a test of one is not set.
fn try_out<'w, T: Trace>(ask: &mut Ask<'w, T>, condition: &'w Cond) -> Truth {
    let mut open = BTreeMap::new();
    open_tests(ask, condition, &mut open);
    let asked: Vec<(u32, bool)> = open.into_iter().collect();
    if asked.is_empty() || asked.len() > TRIED_OUT {
        return Truth::Open;
    }
    // A test is set straight, or turned; one of a value that may be none also false in both senses.
    let mut ways: Vec<BTreeMap<u32, Set>> = vec![BTreeMap::new()];
    for (number, may_be_none) in asked {
        let set: &[Set] = if may_be_none { &[Set::Yes, Set::No, Set::Neither] } else { &[Set::Yes, Set::No] };
        let with = |way: &BTreeMap<u32, Set>| {
            let mut all = Vec::with_capacity(set.len());
            for one in set {
                let mut way = way.clone();
                way.insert(number, *one);
                all.push(way);
            }
            all
        };
        ways = ways.iter().flat_map(with).collect();
        if ways.len() > MOST_WAYS {
            return Truth::Open;
        }
    }
    let outcomes: Vec<Truth> = ways
        .iter()
        .map(|way| supposing(ask, condition, &|number| way.get(&number).copied(), Sense::Straight))
        .collect();
    same_for_all(outcomes.into_iter())
}

/// How an open test is set while it is tried out.
#[derive(Clone, Copy)]
enum Set {
    Yes,
    No,
    /// The value is none: neither the test nor its opposite holds.
    Neither,
}

/// The numbers of the tests that are open as things stand, and whether a value that they ask about may be none.
fn open_tests<'w, T: Trace>(ask: &mut Ask<'w, T>, condition: &'w Cond, open: &mut BTreeMap<u32, bool>) {
    match &condition.kind {
        CondKind::And(parts) | CondKind::Or(parts) => {
            parts.iter().for_each(|part| open_tests(ask, part, open));
        }
        CondKind::Not(inner) => open_tests(ask, inner, open),
        CondKind::Test(test) => {
            if ask.quietly(|ask| tested(ask, &test.asks, asked(test, Sense::Straight))) == Truth::Open {
                let given = matches!(test.asks, Asks::Given(_));
                let may_be_none = !given && fields_of_test(test).into_iter().any(|field| may_be_none(ask, field));
                open.insert(test.same_as, may_be_none);
            }
        }
        CondKind::Always | CondKind::All { .. } | CondKind::Some(_) | CondKind::OnDay { .. } => {}
        CondKind::Defined { .. } | CondKind::Judged { .. } => {}
    }
}

fn may_be_none<'w, T: Trace>(ask: &mut Ask<'w, T>, field: &'w crate::model::expr::FieldOf) -> bool {
    let need = ask.world.plan.schema.field(field.record, field.field).map(|field| field.need);
    need != Some(Need::Required) && matches!(ask.quietly(|ask| ask.field(field)), Val::Unknown)
}

fn supposing<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    condition: &'w Cond,
    taken: &impl Fn(u32) -> Option<Set>,
    sense: Sense,
) -> Truth {
    let mut parts = |parts: &'w [Cond], sense: Sense, all: bool| {
        let start = if all { Truth::Yes } else { Truth::No };
        parts.iter().fold(start, |truth, part| {
            let one = supposing(ask, part, taken, sense);
            if all { truth.and(one) } else { truth.or(one) }
        })
    };
    match form(condition, sense) {
        Form::All(all, sense) => parts(all, sense, true),
        Form::Any(all, sense) => parts(all, sense, false),
        Form::Turned(inner, sense) => supposing(ask, inner, taken, sense),
        Form::Test(test, sense) => match taken(test.same_as) {
            Some(Set::Yes) => Truth::of(is_straight(sense)),
            Some(Set::No) => Truth::of(!is_straight(sense)),
            Some(Set::Neither) => Truth::No,
            None => ask.quietly(|ask| tested(ask, &test.asks, sense)),
        },
        _ => ask.quietly(|ask| ask.weigh(condition, sense)),
    }
}

/// Whether a value is given. A day that lies after the day of the question is not given yet.
fn given(value: &Val, by: Day) -> Truth {
    match value {
        Val::Unknown => Truth::Open,
        Val::Absent => Truth::No,
        Val::Day(_) => happened(value, by),
        Val::OneOf(values) => same_for_all(values.iter().map(|one| given(one, by))),
        Val::Number(_) | Val::Money(_, _) | Val::Text(_) | Val::YesNo(_) => Truth::Yes,
        Val::Row(_, _) | Val::Actor(_) | Val::Set(_) | Val::NoSuchDay => Truth::Yes,
    }
}

/// Compares two values, each of whatever sources say. An absent one makes the question and its opposite false; a day that does
/// not exist, and amounts in different currencies, are for a person.
fn compare<'w>(a: &Val<'w>, b: &Val<'w>, sense: Sense, how: &impl Fn(&Val<'w>, &Val<'w>) -> Truth) -> Truth {
    match (a, b) {
        (Val::Absent, _) | (_, Val::Absent) => Truth::No,
        (Val::OneOf(values), _) => same_for_all(values.iter().map(|a| compare(a, b, sense, how))),
        (_, Val::OneOf(values)) => same_for_all(values.iter().map(|b| compare(a, b, sense, how))),
        (Val::NoSuchDay, _) | (_, Val::NoSuchDay) => Truth::Person,
        (Val::Unknown, _) | (_, Val::Unknown) => Truth::Open,
        (Val::Money(_, one), Val::Money(_, other)) if one != other => Truth::Person,
        (a, b) => {
            let truth = how(a, b);
            if is_straight(sense) { truth } else { truth.opposite() }
        }
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
            CondKind::Always | CondKind::All { .. } | CondKind::Some(_) | CondKind::OnDay { .. } => false,
            CondKind::Defined { .. } | CondKind::Judged { .. } => false,
        }
    }
    walk(condition, &mut Vec::new())
}
