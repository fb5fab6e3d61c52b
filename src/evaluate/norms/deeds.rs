//! What is looked for as evidence, and what a row is worth as such.

use std::collections::BTreeSet;

use crate::facts::column::Data;
use crate::facts::{CellId, Row};
use crate::model::clause::{Count, Limit};
use crate::model::expr::{Collection, Cond, CondKind, FieldOf};
use crate::model::schema::{FieldId, RecordId, Shape};
use crate::plan::NormTest;
use crate::value::{CyclePeriod, Day, Number};

use super::case::{Case, bearer_of};
use super::room::excepted_on;
use super::taken::says;
use super::tally::{Deed, Field};
use crate::evaluate::expr::ask::{Ask, Excepted, Found};
use crate::evaluate::expr::formality::formal;
use crate::evaluate::expr::sets::candidates_within;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::trace::Trace;
use crate::verdict::Said;

/// Events that are looked for, and how.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    pub events: &'w Collection,
    /// The field that says which period an event is for.
    pub counted_for: Option<FieldId>,
    /// Only events that have this option in this field.
    pub option: Option<(FieldId, &'w str)>,
    /// Only events of which this field says that this actor did them.
    pub by: Option<(FieldId, &'w str)>,
    pub conditions: Conditions,
}

/// What is said of a day after the as-of day: it is planned, or, where none is given, a complete list would have it if it had come.
pub fn still_ahead<'w, T: Trace>(ask: &mut Ask<'w, T>, field: &'w FieldOf, day: Day) -> Said {
    match ask.quietly(|ask| ask.row(&field.row, field.record)) {
        Found::Row(record, row) => {
            let cell = CellId { record, row, field: field.field };
            match ask.world.is_on_file(cell) {
                true => Said::Planned { day },
                false => Said::NotGiven { cell, by: day.preceding() },
            }
        }
        Found::None | Found::Unknown => Said::Planned { day },
    }
}

/// On which day the conditions of the clause are asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Conditions {
    /// Once, when the instance began.
    AtTheBeginning,
    /// On the day of each act: of a ban, a permission.
    OnTheDayOfTheAct,
}

impl<'w> Wanted<'w> {
    pub fn of(events: &'w Collection) -> Wanted<'w> {
        let conditions = Conditions::AtTheBeginning;
        Wanted { events, counted_for: None, option: None, by: None, conditions }
    }
}

/// The rows that can count, or be told as evidence that does not: of those with a plain day only those whose day lies where
/// deeds are looked for, of those that say which period they are for only those of this one.
pub fn worth_a_look<'w, T: Trace>(ask: &mut Ask<'w, T>, wanted: Wanted<'w>, field: &Field) -> Vec<Row> {
    let events = wanted.events;
    if let (false, Some(told), Some(period)) = (T::ON, wanted.counted_for, ask.period)
        && let Some(range) = values_of(ask, (events.record, told), period)
    {
        return candidates_within(ask, events, (told, true), range.as_slice());
    }
    let Some(day) = ask.world.day_field(events.record) else {
        return ask.candidates(events).all(ask.world.facts, events.record);
    };
    let (first, last) = field.reach();
    // What came before the days that are looked at, and what is planned, is told.
    let first = if T::ON { field.period.map_or(Day::MIN, |(period, _)| period.min(first)) } else { first };
    let planned = T::ON.then(|| (i64::from(ask.world.as_of.0).saturating_add(1), i64::from(Day::MAX.0)));
    let ranges = [Some((i64::from(first.0), i64::from(last.0))), planned];
    let ranges: Vec<(i64, i64)> = ranges.into_iter().flatten().collect();
    candidates_within(ask, events, (day, false), &ranges)
}

/// The plain values by which a field says that a row is for a period, if there is such a value; nothing where that cannot be told.
fn values_of<'w, T: Trace>(
    ask: &Ask<'w, T>,
    (record, field): (RecordId, FieldId),
    period: CyclePeriod,
) -> Option<Option<(i64, i64)>> {
    let facts = ask.world.facts;
    match &facts.column(record, field)?.data {
        Data::Days(_) => Some(Some((i64::from(period.first().0), i64::from(period.last().0)))),
        Data::Numbers(_) => Some(Some((i64::from(period.first().year()), i64::from(period.first().year())))),
        Data::Words(_) => {
            let word = facts.words.find(&period.label.to_string());
            Some(word.map(|word| (i64::from(word.0), i64::from(word.0))))
        }
        Data::Rows(_) | Data::Money { .. } | Data::YesNo(_) | Data::Sets { .. } | Data::OverTime { .. } => None,
    }
}

/// What a row is worth as evidence. What is asked about it is asked on its own day.
pub fn deed<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, wanted: Wanted<'w>, row: Row) -> Deed {
    let (record, as_of) = (wanted.events.record, ask.world.as_of);
    let no = Deed { right: Truth::No, day: None, on_file: false };
    let cancelled = ask.world.cancelled(record, row);
    if cancelled.is_yes() {
        return no;
    }
    if cancelled == Truth::Open {
        ask.tell_cancelled(record, row, wanted.events.span);
    }
    let own = ask.world.day_of(record, row);
    if own == Some(Val::Absent) {
        // Known not to have happened.
        return no;
    }
    ask.bind(wanted.events.var, row);
    (ask.unsure, ask.lacking) = (cancelled == Truth::Open, false);
    let day = own.and_then(|day| day.day_bounds());
    let on = day.and_then(DayBounds::exact).unwrap_or(ask.on);
    let mut right = cancelled.opposite().and(ask.asked(on, as_of, |ask| ask.passes(wanted.events, row)));
    if let (false, Some(clause)) = (right.is_no(), wanted.events.members_of) {
        right = right.and(ask.member(clause, row, on));
    }
    for (field, option) in [wanted.option, wanted.by].into_iter().flatten() {
        if !right.is_no() {
            right = right.and(says(ask, CellId { record, row, field }, option, wanted.events));
        }
    }
    if let (false, Some(field)) = (right.is_no(), wanted.counted_for) {
        right = right.and(is_for_period(ask, case, CellId { record, row, field }, wanted.events));
    }
    if !right.is_no() {
        right = right.and(formal(ask, &case.body.form, record, row));
    }
    if !right.is_no() && is_while_nobody_belongs(ask, case, on) {
        return no;
    }
    let may_have_ended = case.life.may_end.is_some_and(|end| day.is_none_or(|day| day.last > end));
    if !right.is_no() && may_have_ended && !is_owed_after_the_end(case) {
        right = right.and(of_a_member(ask, case, on));
    }
    let on_its_day = wanted.conditions == Conditions::OnTheDayOfTheAct;
    let binds = match (right.is_no(), on_its_day) {
        (true, _) => Truth::Yes,
        (false, true) => binds_on(ask, case, day, Some((record, row))),
        (false, false) => is_excused(ask, case, day, (record, row)).opposite(),
    };
    right = right.and(binds);
    if right.is_no() {
        return no;
    }
    let day = match ask.world.day_field(record) {
        Some(field) => ask.cell(CellId { record, row, field }, wanted.events.span).day_bounds(),
        None => None,
    };
    // What it was, or whose, may still be told before the last day; a right that it may have used is not open meanwhile.
    let undated = ask.world.day_field(record).is_some() && day.and_then(DayBounds::exact).is_none();
    let lacking = on_its_day && (ask.lacking || right == Truth::Open);
    Deed { right, day, on_file: ask.unsure || undated || lacking }
}

/// Whether the membership of the bearer, or of the subject, was not in force on a day between two of its wordings.
fn is_while_nobody_belongs<'w, T: Trace>(ask: &Ask<'w, T>, case: &Case<'w>, on: Day) -> bool {
    let bearer = bearer_of(case.norm, &case.instance).map(|(of, ..)| of);
    let all = bearer.into_iter().chain(case.subject().map(|(of, _)| of));
    all.filter_map(|of| of.members_of).any(|clause| ask.law.is_in_a_gap(clause, on))
}

/// Whether who did it, or for whom it may not be done, was a member then, or there at all, where it is not known on which day that
/// ended.
fn of_a_member<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, on: Day) -> Truth {
    let bearer = bearer_of(case.norm, &case.instance).map(|(of, _, row)| (of, row));
    let subject = case.subject();
    let mut member = Truth::Yes;
    for (of, row) in bearer.into_iter().chain(subject) {
        member = member.and(is_there(ask, of, row, on));
    }
    member
}

/// Whether somebody is a member, or lasts, on a day.
pub fn is_there<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection, row: Row, on: Day) -> Truth {
    match of.members_of {
        Some(clause) => ask.member(clause, row, on),
        None => lasts(ask, of, row, on),
    }
}

/// Whether what is done after the end counts all the same: a duty that is owed still, and no limit on what is done.
fn is_owed_after_the_end(case: &Case) -> bool {
    let is_at_least = match &case.body.test {
        NormTest::Happens { count: Count::Times { limit, .. } | Count::About { limit, .. }, .. } => {
            matches!(limit, Limit::AtLeast | Limit::MoreThan)
        }
        NormTest::Happens { .. } => true,
        _ => false,
    };
    is_at_least && case.can_be_done_after_the_end().is_yes()
}

/// Whether a record that lasts lasts on a day; where that is open, its last day is missing.
fn lasts<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &Collection, row: Row, on: Day) -> Truth {
    let Shape::Lasts { to, .. } = ask.world.shape(of.record) else { return Truth::Yes };
    let truth = ask.world.lasts_on(of.record, row, on);
    if truth == Truth::Open {
        ask.cell(CellId { record: of.record, row, field: to }, of.span);
    }
    truth
}

/// Whether a ban or a permission binds on the day of an act.
pub fn binds_on<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    day: Option<DayBounds>,
    act: Option<(RecordId, Row)>,
) -> Truth {
    let conditions = &case.body.conditions;
    if conditions.is_empty() && ask.excepted.is_empty() {
        return Truth::Yes;
    }
    let day = day.unwrap_or(DayBounds::within(case.life.since, ask.world.as_of));
    let days = days_that_bind(ask, case, (day.first, day.last));
    let truths: Vec<Truth> = days.into_iter().map(|day| binds(ask, case, day, act)).collect();
    same_for_all(truths.into_iter())
}

/// Whether a right lets an act be done that a maximum would count otherwise.
fn is_excused<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    day: Option<DayBounds>,
    act: (RecordId, Row),
) -> Truth {
    if ask.excepted.is_empty() {
        return Truth::No;
    }
    let day = day.unwrap_or(DayBounds::within(case.life.since, ask.world.as_of));
    let mut days = BTreeSet::from([day.first]);
    ask.excepted.iter().for_each(|one| changes_of(one, (day.first, day.last), &mut days));
    let days = days.into_iter().filter(|on| day.first <= *on && *on <= day.last);
    same_for_all(days.map(|on| excepted_on(ask, on, Some(act))).collect::<Vec<_>>().into_iter())
}

/// The days of a span on which it can change whether a ban or a right binds.
pub fn days_that_bind<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, (first, last): (Day, Day)) -> Vec<Day> {
    let mut excepted = BTreeSet::new();
    for one in &ask.excepted {
        changes_of(one, (first, last), &mut excepted);
    }
    ask.changes(first, last, |walk, ask| {
        walk.conditions(ask, &case.body.conditions);
        excepted.into_iter().for_each(|day| walk.add(day));
    })
}

/// The days of a span on which it can change whether another clause goes before one: it begins or ceases to, or a use of it may be its last.
fn changes_of(one: &Excepted, (first, last): (Day, Day), days: &mut BTreeSet<Day>) {
    days.extend(one.days.iter().map(|(day, _)| *day));
    if let Some(allowed) = one.acts.as_ref().and_then(|acts| acts.allowed.as_ref()) {
        days.extend(allowed.times.iter().flat_map(|(period, _)| [period.from, period.until]));
        let begun = allowed.sure.partition_point(|(on, _)| *on < first);
        let within = allowed.sure.get(begun..).unwrap_or(&[]).iter().take_while(|(on, _)| *on <= last);
        days.extend(within.flat_map(|(on, _)| [*on, on.following()]));
        days.extend(allowed.perhaps.iter().flat_map(|one| [one.day.first, one.day.last, one.day.last.following()]));
    }
    one.but.iter().for_each(|but| changes_of(but, (first, last), days));
}

/// Whether a ban or a right binds on a day: its conditions hold, and no other clause goes before it.
pub fn binds<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, day: Day, act: Option<(RecordId, Row)>) -> Truth {
    let applies = ask.asked_on(day, |ask| ask.applies(&case.body.conditions));
    applies.and(excepted_on(ask, day, act).opposite())
}

fn is_for_period<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, cell: CellId, events: &Collection) -> Truth {
    let Some(period) = ask.period else { return Truth::Yes };
    let (told, first) = match (ask.cell(cell, events.span), ask.world.day_field(cell.record)) {
        // Where the facts say that it names no period, its day says which it is for, and that it counts at all.
        (Val::Absent, Some(field)) => {
            (ask.cell(CellId { field, ..cell }, events.span), period.first().max(case.life.since))
        }
        (told, _) => (told, period.first()),
    };
    fn is(told: &Val, period: CyclePeriod, first: Day) -> Truth {
        match told {
            Val::Text(text) => Truth::of(*text == period.label.to_string()),
            Val::Number(bounds) => match bounds.exact().and_then(Number::to_i64) {
                Some(year) => Truth::of(year == i64::from(period.first().year())),
                None => Truth::Open,
            },
            Val::Day(day) if day.lies_in(first, period.last()) => Truth::Yes,
            Val::Day(day) if !day.may_lie_in(first, period.last()) => Truth::No,
            Val::OneOf(values) => same_for_all(values.iter().map(|one| is(one, period, first))),
            Val::Absent => Truth::No,
            _ => Truth::Open,
        }
    }
    is(&told, period, first)
}

/// Whether a bound row, on its own day, is plainly another's: not of those whose events are looked for.
pub fn is_anothers<'w, T: Trace>(ask: &mut Ask<'w, T>, events: &'w Collection, on: Day) -> bool {
    let (links, as_of) = (links(&events.filter, events), ask.world.as_of);
    ask.asked(on, as_of, |ask| links.iter().any(|link| ask.holds(link).is_no()))
}

/// The parts of a filter that the policy does not write out: whose the events are.
fn links<'w>(filter: &'w Cond, events: &Collection) -> Vec<&'w Cond> {
    match &filter.kind {
        CondKind::And(parts) => parts.iter().flat_map(|part| links(part, events)).collect(),
        CondKind::Test(_) if filter.span == events.span => vec![filter],
        CondKind::Test(_) | CondKind::Always | CondKind::Or(_) | CondKind::Not(_) | CondKind::OnDay { .. } => {
            Vec::new()
        }
        CondKind::All { .. } | CondKind::Some(_) | CondKind::Defined { .. } | CondKind::Judged { .. } => Vec::new(),
    }
}
