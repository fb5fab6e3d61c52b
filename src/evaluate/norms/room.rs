//! Whether some of several rights that each may be used so often let an act be done. The text does not say which of them an act uses:
//! every way is tried in which the acts, in the order of their days and names, each use one that still has room.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{CellId, Row};
use crate::model::clause::Bearer;
use crate::model::expr::ClauseId;
use crate::model::schema::RecordId;
use crate::plan::Norm;
use crate::source::Span;
use crate::value::{Day, Stretch};

use super::case::events_of;
use super::taken::{goes_before, is_taken, speaks_of};
use crate::evaluate::expr::ask::{Allowed, Ask, Excepted, MayUse};
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::{Trace, reason};
use crate::verdict::{Mark, Said};

/// More ways than these are not tried.
const MOST_WAYS: usize = 512;

/// A right, with the subject under which it is looked at.
pub type Right = (ClauseId, Option<(RecordId, Row)>);

/// A right and one of its periods.
type Whose = (usize, Stretch);

/// One way in which acts may have used rights: how often each was used.
type Way = BTreeMap<Whose, usize>;

/// What one of several rights is to an act.
#[derive(PartialEq, Eq)]
enum Room {
    /// It lets the act be done however often it was used.
    Endless,
    /// So often in this period.
    UpTo(Whose, usize),
}

/// Whether another clause goes before this one on a day: for an act, where it speaks of such acts; without one, where it speaks of
/// all.
pub fn excepted_on<'w, T: Trace>(ask: &mut Ask<'w, T>, day: Day, act: Option<(RecordId, Row)>) -> Truth {
    let all = ask.excepted.clone();
    let any = is_taken(ask, &all, day, act);
    let whose = act.filter(|_| any.is_no()).and_then(|act| right_of_another(ask, &all, (day, act)));
    if let Some(place) = whose {
        let words = "the text does not say for whom an act was done, and each right allows only so many";
        ask.trace.say(|| reason(Said::Words(words), Mark::Person, Some(place)));
        return Truth::Person;
    }
    match act {
        Some((record, row)) if any.is_no() && all.len() > 1 => {
            let room = is_room_for(ask, &all, (day, record, row));
            let hangs_on_it = match room {
                Some(room) => room == Truth::Person,
                None => may_be_made_room_for(ask, &all, (day, record, row)),
            };
            if hangs_on_it {
                let words = "two rights cover an act, and the text does not say which one it uses";
                let place = all.iter().find_map(|one| one.acts.as_ref()).map(|acts| acts.of.span);
                ask.trace.say(|| reason(Said::Words(words), Mark::Person, place));
                return Truth::Person;
            }
            room.unwrap_or(any)
        }
        _ => any,
    }
}

/// Whether rights let an act be done on its day: each way says so, or none does, or it takes a person to say which way is meant. Open where
/// an act may have been done before or after another. Nothing where no right is limited, there is none beside it, or the ways are too many.
fn is_room_for<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    all: &[Excepted<'w>],
    (day, record, row): (Day, RecordId, Row),
) -> Option<Truth> {
    let mut rights = Vec::new();
    for one in all {
        if !rights.contains(&one.of) {
            rights.push(one.of);
        }
    }
    let allowed: Vec<&Allowed> = all.iter().filter_map(|one| one.acts.as_ref()?.allowed.as_deref()).collect();
    if rights.len() < 2 || !all.iter().any(is_limited) {
        return None;
    }
    let facts = ask.world.facts;
    let mut acts: BTreeSet<(Day, &str, Row)> =
        allowed.iter().flat_map(|one| &one.sure).map(|(on, row)| (*on, facts.id(record, *row), *row)).collect();
    let perhaps: BTreeMap<Row, MayUse> =
        allowed.iter().flat_map(|one| &one.perhaps).map(|one| (one.row, *one)).collect();
    let last = (day, facts.id(record, row), row);
    // The act itself is asked about on each of its days.
    if perhaps.get(&row).is_some_and(|own| own.used.is_yes()) {
        acts.insert(last);
    }
    for one in perhaps.values().filter(|one| one.row != row) {
        // On whichever of its days it was done, it stands between the same others.
        let meets = |other: DayBounds| other.last >= one.day.first && other.first <= one.day.last;
        let alone = !acts.iter().any(|(on, _, row)| *row != one.row && meets(DayBounds::exactly(*on)))
            && !perhaps.values().any(|other| other.row != one.row && meets(other.day));
        let [early, late] =
            [one.day.first, one.day.last].map(|on| rooms_for(ask, (all, &rights), (on, record, one.row)));
        let placed = one.used.is_yes() && alone && early.is_some() && early == late;
        if placed {
            acts.insert((one.day.first, facts.id(record, one.row), one.row));
        } else if one.used == Truth::Person {
            return Some(Truth::Person);
        } else {
            if let Some(field) = ask.world.day_field(record) {
                ask.cell(
                    CellId { record, row: one.row, field },
                    all.iter().find_map(|one| one.acts.as_ref()).map(|acts| acts.of.span)?,
                );
            }
            return Some(Truth::Open);
        }
    }
    let mut ways = BTreeSet::from([Way::new()]);
    let mut lets = Vec::new();
    for (on, _, act) in acts.range(..=last) {
        let rooms = rooms_for(ask, (all, &rights), (*on, record, *act))?;
        let mut next = BTreeSet::new();
        lets.clear();
        for mut way in ways {
            way.retain(|(_, period), _| period.contains(*on));
            let mut used = Vec::new();
            for room in &rooms {
                match room {
                    Room::Endless => used.push(way.clone()),
                    Room::UpTo(whose, most) if way.get(whose).copied().unwrap_or(0) < *most => {
                        let mut more = way.clone();
                        let times = more.entry(*whose).or_insert(0);
                        *times = times.saturating_add(1);
                        used.push(more);
                    }
                    Room::UpTo(..) => {}
                }
            }
            lets.push(Truth::of(!used.is_empty()));
            if used.is_empty() {
                used.push(way);
            }
            next.extend(used);
        }
        if next.len() > MOST_WAYS {
            return None;
        }
        ways = next;
    }
    if !acts.contains(&last) {
        return None;
    }
    Some(match (lets.iter().any(|one| one.is_yes()), lets.iter().any(|one| one.is_no())) {
        (true, true) => Truth::Person,
        (true, false) if may_lack_one(ask, all, (day, record)) => Truth::Open,
        (yes, _) => Truth::of(yes),
    })
}

/// Whether a right that an act exceeds was used before by one that another right covers as well: the text does not say which of the two
/// that one used up.
fn may_be_made_room_for<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    all: &[Excepted<'w>],
    (day, record, row): (Day, RecordId, Row),
) -> bool {
    for one in all.iter().filter(|one| !goes_before(one, day).is_no()) {
        let Some(acts) = one.acts.as_ref().filter(|acts| acts.of.record == record) else { continue };
        let Some(allowed) = acts.allowed.clone().filter(|_| !speaks_of(ask, acts, row).is_no()) else { continue };
        let period = allowed.times.iter().find(|(days, _)| days.contains(day)).map(|(days, _)| *days);
        let in_period = |on: Day| on <= day && period.is_none_or(|days| days.contains(on));
        let perhaps = allowed.perhaps.iter().map(|one| (one.day.first, one.row));
        for (on, other) in
            allowed.sure.iter().copied().chain(perhaps).filter(|(on, other)| in_period(*on) && *other != row)
        {
            // What one wording of a right lets be done is no other right.
            for another in all.iter().filter(|another| another.of != one.of) {
                let covers = match &another.acts {
                    None => true,
                    Some(acts) => acts.of.record == record && !speaks_of(ask, acts, other).is_no(),
                };
                if covers && !goes_before(another, on).is_no() {
                    return true;
                }
            }
        }
    }
    false
}

/// Whether an act that nobody has written down may have used a right in one of its periods that hold a day.
fn may_lack_one<'w, T: Trace>(ask: &mut Ask<'w, T>, all: &[Excepted<'w>], (day, record): (Day, RecordId)) -> bool {
    for acts in all.iter().filter_map(|one| one.acts.as_ref()) {
        let Some(allowed) = &acts.allowed else { continue };
        for (days, _) in allowed.times.iter().filter(|(days, _)| days.contains(day)) {
            for (from, through) in ask.world.gaps(record, days.first().max(ask.since), day) {
                if !ask.ghost_passes(acts.of, DayBounds::within(from, through)).is_no() {
                    ask.incomplete_over(record, from, through);
                    return true;
                }
            }
        }
    }
    false
}

/// Where a right that an act exceeds is a right for each of some subjects, and nothing tells which of them the act was done for: it may as
/// well use up the right of another, as long as all of them together let so much be done.
fn right_of_another<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    all: &[Excepted<'w>],
    (day, (record, row)): (Day, (RecordId, Row)),
) -> Option<Span> {
    let plan = ask.world.plan;
    for one in all.iter().filter(|one| one.of.1.is_none() && !goes_before(one, day).is_no()) {
        let Some(acts) = one.acts.as_ref().filter(|acts| acts.right && acts.of.record == record) else { continue };
        let (of, Some(allowed)) = (acts.of, acts.allowed.clone()) else { continue };
        let speaks = |norm: &&Norm| {
            norm.bodies.iter().filter_map(|body| events_of(&body.test)).any(|events| std::ptr::eq(events, of))
        };
        let norm = plan.norms_of(one.of.0).map(|(_, norm)| norm).find(speaks);
        let whose = norm.filter(|norm| !matches!(norm.bearer, Some(Bearer::Field(_))));
        let Some(subject) = whose.and_then(|norm| norm.subjects.first()) else { continue };
        if of.filter.mentions(subject.var) || speaks_of(ask, acts, row).is_no() {
            continue;
        }
        let Some((days, Some(most))) = allowed.times.iter().find(|(days, _)| days.contains(day)) else { continue };
        let used = allowed.sure.iter().filter(|(on, other)| days.contains(*on) && *on <= day && *other != row).count();
        let all_together = most.saturating_mul(ask.world.facts.rows(subject.record).count());
        if used < all_together && !is_taken(ask, &one.but, day, Some((record, row))).is_yes() {
            return Some(of.span);
        }
    }
    None
}

fn is_limited(one: &Excepted) -> bool {
    one.acts.as_ref().is_some_and(|acts| acts.allowed.is_some())
}

/// What each of some rights is to an act; nothing where that is not known for one of them.
fn rooms_for<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (all, rights): (&[Excepted<'w>], &[Right]),
    (on, record, row): (Day, RecordId, Row),
) -> Option<Vec<Room>> {
    let mut rooms = Vec::new();
    for one in all {
        let mut goes = goes_before(one, on);
        if let (false, Some(acts)) = (goes.is_no(), &one.acts) {
            goes = match (acts.of.record == record, acts.right) {
                (true, _) => goes.and(speaks_of(ask, acts, row)),
                (false, right) => goes.and(Truth::of(!right)),
            };
        }
        if !goes.is_no() && !one.but.is_empty() {
            goes = goes.and(is_taken(ask, &one.but, on, Some((record, row))).opposite());
        }
        match goes {
            Truth::No => continue,
            Truth::Yes => {}
            Truth::Open | Truth::Person => return None,
        }
        let period = one.acts.as_ref().and_then(|acts| acts.allowed.as_deref());
        let period = period.and_then(|allowed| allowed.times.iter().find(|(days, _)| days.contains(on)));
        let at = rights.iter().position(|of| *of == one.of)?;
        rooms.push(match period {
            None => Room::Endless,
            Some((days, most)) => Room::UpTo((at, *days), (*most)?),
        });
    }
    Some(rooms)
}
