//! Which acts another clause lets be done, or takes out, that goes before the one that is judged.

use crate::facts::{CellId, Row, Words};
use crate::model::expr::Collection;
use crate::model::schema::RecordId;
use crate::value::Day;

use crate::evaluate::expr::ask::{Acts, Allowed, Ask, Excepted, MayUse};
use crate::evaluate::expr::formality::formal;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::trace::Trace;

/// Whether one of several clauses goes before another on a day, for an act or for all, and nothing goes before that one for it.
pub fn is_taken<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    all: &[Excepted<'w>],
    day: Day,
    act: Option<(RecordId, Row)>,
) -> Truth {
    let mut any = Truth::No;
    for one in all {
        let goes = goes_before(one, day);
        if goes.is_no() {
            continue;
        }
        let mut covers = match (&one.acts, act) {
            (None, _) => Truth::Yes,
            (Some(_), None) => Truth::No,
            (Some(acts), Some((record, row))) if acts.of.record == record => {
                let speaks = speaks_of(ask, acts, row);
                match &acts.allowed {
                    Some(allowed) if !speaks.is_no() => {
                        speaks.and(is_allowed(ask, (acts.of, allowed), goes, (day, row)))
                    }
                    _ => speaks,
                }
            }
            (Some(acts), Some(_)) => Truth::of(!acts.right),
        };
        if !covers.is_no() && !one.but.is_empty() {
            let taken = match act {
                Some(_) => is_taken(ask, &one.but, day, act),
                // What goes before it for some acts leaves it less than all.
                None => one.but.iter().fold(Truth::No, |any, but| any.or(goes_before(but, day))),
            };
            covers = covers.and(taken.opposite());
        }
        any = any.or(goes.and(covers));
    }
    any
}

/// Whether a clause goes before another on a day.
pub fn goes_before(one: &Excepted, day: Day) -> Truth {
    let begun = one.days.partition_point(|(from, _)| *from <= day);
    begun.checked_sub(1).and_then(|at| one.days.get(at)).map_or(Truth::No, |(_, truth)| *truth)
}

/// Whether a clause that goes before another speaks of an act: what is asked about it is asked on its own day, as of now.
pub fn speaks_of<'w, T: Trace>(ask: &mut Ask<'w, T>, acts: &Acts<'w>, row: Row) -> Truth {
    let as_of = ask.world.as_of;
    let on = ask.own_day(acts.of.record, row).and_then(DayBounds::exact).unwrap_or(ask.on);
    let passes = ask.aside(&acts.rows, |ask| {
        ask.bind(acts.of.var, row);
        let mut passes = ask.asked(on, as_of, |ask| ask.passes(acts.of, row));
        if let (false, Some((field, option))) = (passes.is_no(), acts.by) {
            passes = passes.and(says(ask, CellId { record: acts.of.record, row, field }, option, acts.of));
        }
        if !passes.is_no() && !acts.form.is_empty() {
            passes = passes.and(formal(ask, acts.form, acts.of.record, row));
        }
        passes
    });
    passes.unwrap_or(Truth::Open)
}

/// Whether an act lies within the number of times that a right lets something be done: acts use it up in the order of their days,
/// those of one day in the order of their names.
fn is_allowed<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (of, allowed): (&'w Collection, &Allowed),
    goes: Truth,
    (day, row): (Day, Row),
) -> Truth {
    let Some((days, most)) = allowed.times.iter().find(|(days, _)| days.contains(day)) else { return Truth::Yes };
    let Some(most) = most else { return Truth::Open };
    let facts = ask.world.facts;
    let begun = allowed.sure.partition_point(|(other, _)| *other < days.from);
    let used = allowed.sure.get(begun..).unwrap_or(&[]).iter();
    let name = facts.id(of.record, row);
    let before = |on: Day, other: Row| on < day || (on == day && facts.id(of.record, other) < name);
    let used = used.take_while(|(on, other)| before(*on, *other)).count();
    // It is asked what the right allows if it applies.
    let did = |one: &MayUse| {
        let uses = one.used.is_yes() || (one.used == Truth::Person && goes == Truth::Person);
        uses && days.contains(one.day.first) && before(one.day.last, one.row)
    };
    let used = used.saturating_add(allowed.perhaps.iter().filter(|one| one.row != row && did(one)).count());
    if used >= *most {
        return Truth::No;
    }
    let may = |one: &&MayUse| one.row != row && !did(one) && one.day.may_lie_in(days.first(), day);
    let perhaps = allowed.perhaps.iter().filter(may).count();
    if used.saturating_add(perhaps) >= *most {
        return Truth::Open;
    }
    // One that nobody has written down may have used it up.
    let missing = ask.world.gaps(of.record, days.first().max(ask.since), day);
    match missing.first().copied() {
        Some((from, through)) if !ask.ghost_passes(of, DayBounds::within(from, through)).is_no() => {
            ask.incomplete_over(of.record, from, through);
            Truth::Open
        }
        _ => Truth::Yes,
    }
}

/// Whether a field of a row has an option.
pub fn says<'w, T: Trace>(ask: &mut Ask<'w, T>, cell: CellId, option: &str, events: &Collection) -> Truth {
    fn is(value: &Val, option: &str, words: &Words) -> Truth {
        match value {
            Val::Text(text) => Truth::of(*text == option),
            Val::Set(items) => Truth::of(words.find(option).is_some_and(|word| items.contains(&word.0))),
            Val::Absent => Truth::No,
            Val::OneOf(values) => same_for_all(values.iter().map(|one| is(one, option, words))),
            _ => Truth::Open,
        }
    }
    is(&ask.cell(cell, events.span), option, &ask.world.facts.words)
}
