//! What nobody has written down takes its place among the evidence, too: a deed of a day over which the list is not complete may serve
//! an instance, and leave what serves it now for another one.

use super::claims::{Claim, Done};
use crate::evaluate::judge::{Assigned, Judge};
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::deeds::Wanted;
use crate::evaluate::norms::tally::{Counts, Deed};
use crate::evaluate::trace::Trace;
use crate::value::Day;

/// So many claims and events are held against each other; of more, every event of a later day may be displaced.
const MOST_HELD: usize = 1 << 16;

/// Notes the events that such a deed may displace: one of no later day that may serve the same instance, or another event that it
/// displaced itself and that may.
pub fn note_displaced<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    (wanted, since): (Wanted<'w>, Day),
    (claims, events): (&[&Claim], &[&Done]),
    assigned: &mut Assigned,
) {
    if claims.len() < 2 {
        return;
    }
    // A list need be complete from the first window's first day; from the first day of force, where none has any.
    let opens = claims.iter().map(|claim| claim.first).filter(|first| *first > Day::MIN);
    let from = opens.fold(judge.ask.since, Day::min).max(since);
    let gaps: Vec<(Day, Day)> = judge
        .ask
        .world
        .gaps(wanted.events.record, from, judge.ask.world.as_of)
        .into_iter()
        .filter(|(first, last)| !judge.ask.ghost_passes(wanted.events, DayBounds::within(*first, *last)).is_no())
        .collect();
    let serves = |event: &Done, claim: &Claim| {
        let ways = assigned.serves.get(&event.row);
        ways.is_some_and(|ways| ways.contains(&Some(claim.serves)))
    };
    let may = |claim: &Claim, (first, last): (Day, Day)| {
        let deed = Deed { right: Truth::Open, day: Some(DayBounds::within(first, last)), on_file: false };
        first <= last && !matches!(claim.field.counts(deed), Counts::Not | Counts::TooEarly)
    };
    let Some(first) = gaps.first().copied() else { return };
    if claims.len().saturating_mul(events.len()) > MOST_HELD {
        let later = events.iter().filter(|event| event.day().is_none_or(|day| day >= first.0));
        assigned.displaced = later.map(|event| (event.row, first)).collect();
        return;
    }
    // The days that the first of what may come in an event's place may have.
    let mut found: Vec<Option<(Day, Day)>> = vec![None; events.len()];
    let mut again = true;
    while again {
        again = false;
        for (at, event) in events.iter().enumerate() {
            let (None, Some(day)) = (found.get(at).copied().flatten(), event.day()) else { continue };
            let of_it = || claims.iter().filter(|claim| serves(event, claim));
            let unwritten = gaps.iter().find(|(first, last)| of_it().any(|claim| may(claim, (*first, day.min(*last)))));
            let other = || {
                let before = events.iter().zip(&found).filter(|(other, _)| other.day().is_some_and(|on| on <= day));
                let mut freed = before.filter_map(|(other, gap)| Some((other, (*gap)?)));
                freed.find(|(other, _)| {
                    of_it().any(|claim| !matches!(claim.counts(other, false), Counts::Not | Counts::TooEarly))
                })
            };
            let gap = unwritten.copied().or_else(|| other().map(|(_, gap)| gap));
            if let (Some(gap), Some(slot)) = (gap, found.get_mut(at)) {
                *slot = Some(gap);
                again = true;
            }
        }
    }
    let rows = events.iter().map(|event| event.row).zip(found);
    let displaced = rows.filter_map(|(row, gap)| Some((row, gap?))).collect();
    assigned.displaced = displaced;
}
