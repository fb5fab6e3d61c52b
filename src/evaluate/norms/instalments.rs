//! An amount that is paid in instalments: how much is to be paid by which day, and what the whole comes to.

use crate::model::clause::RestOn;
use crate::plan::InParts;
use crate::value::{Currency, Day, Number};
use crate::verdict::{Breach, LastDay, Mark, Said, Status};

use super::amounts::exact_of;
use super::case::Case;
use crate::evaluate::expr::edges::last_that_comes;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::instance::people::waiver_of;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{Bounds, DayBounds};
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// By the last day of each instalment payments have to come to all instalments so far. `come_to` tells what they come to by a last day.
/// An extension gives more time for each that was to be paid by an earlier day.
pub fn in_instalments<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    parts: &'w InParts,
    (whole, currency): (&Bounds, Option<Currency>),
    mut come_to: impl FnMut(&mut Judge<'w, T>, EdgeDay, &Bounds) -> Outcome,
) -> Outcome {
    let unit = match exact_of(&mut judge.ask, parts.unit.as_ref()) {
        Ok(Some(unit)) if unit <= Number::ZERO => return Outcome::of(Status::NeedsJudgement),
        Ok(Some(unit)) => Some(unit),
        Ok(None) => currency.map(|currency| currency.unit()),
        Err(_) => return Outcome::of(Status::Unknown),
    };
    let extended = waiver_of(&mut judge.ask, case.norm, &case.instance).and_then(|(_, waiver)| waiver.until);
    let many = parts.each.len();
    let as_of = judge.ask.world.as_of;
    let mut all: Vec<One> = Vec::with_capacity(many);
    let mut before = Bounds::exactly(Number::ZERO);
    let own = judge.ask.law.chosen(case.norm).from;
    let taken_over = if case.life.began < own && case.norm.by.is_some() { own } else { Day::MIN };
    for (at, part) in (1..).zip(&parts.each) {
        judge.ask.trace.open();
        let last = last_that_comes(&mut judge.ask, part).moved_on(extended);
        // What falls due only after the end is not asked for any more.
        if is_over(case, last, as_of) {
            judge.ask.trace.discard();
            continue;
        }
        let needed = so_far((at, many), whole, (unit.as_ref(), parts.rest));
        // Nor is what fell due before the clause, or whoever owes it, was there.
        if matches!(last, EdgeDay::On(last) if last.last < case.life.begins) {
            judge.ask.trace.discard();
            before = needed;
            continue;
        }
        // What fell due by a wording before that was in force nobody could have paid; it is paid with the next one.
        if matches!(last, EdgeDay::On(last) if last.last < taken_over) {
            judge.ask.trace.discard();
            continue;
        }
        let needed = needed.plus(&before.negate());
        let outcome = come_to(judge, last, &needed);
        let now = EdgeDay::On(DayBounds::exactly(as_of));
        let open = outcome.status == Status::Unknown;
        judge.ask.trace.hush();
        let paid_by_now = open && come_to(judge, now, &needed).status == Status::Satisfied;
        judge.ask.trace.speak();
        let ahead = matches!(last, EdgeDay::On(last) if last.first >= as_of);
        // Of those that are still to come, the next one is worth telling.
        if outcome.status == Status::Pending && all.iter().any(|one: &One| one.outcome.status == Status::Pending) {
            judge.ask.trace.discard();
        } else {
            let said = || Said::Instalment {
                at,
                many,
                comes_to: needed.exact().cloned(),
                currency,
                last: outcome.last,
                late: outcome.days.filter(|_| outcome.status == Status::Late),
            };
            judge.ask.trace.close(|| reason(said(), mark(outcome.status), Some(parts.span)));
        }
        all.push(One { outcome, paid_by_now, ahead });
    }
    if all.is_empty() {
        let day = case.life.ends;
        judge.ask.trace.say(|| reason(Said::EndedOn { day }, Mark::Plain, case.norm.span));
    }
    as_a_whole(&all)
}

/// Whether an instalment falls due only after whoever owes it, or the clause, has come to an end, and is not owed all the same.
fn is_over(case: &Case, last: EdgeDay, as_of: Day) -> bool {
    let after = matches!(last, EdgeDay::On(last) if last.first > case.life.ends);
    after && case.life.ended(as_of) && !case.lay_in_force()
}

fn mark(status: Status) -> Mark {
    match status {
        Status::Satisfied => Mark::Yes,
        Status::Late | Status::Violated => Mark::No,
        Status::Unknown => Mark::Open,
        Status::NeedsJudgement => Mark::Person,
        Status::Pending | Status::NotApplicable => Mark::Plain,
    }
}

/// What is to be paid by the last day of an instalment: equal parts, rounded down to the unit, but for the one that takes the rest.
fn so_far((at, many): (usize, usize), whole: &Bounds, (unit, rest): (Option<&Number>, RestOn)) -> Bounds {
    let (at, many) = (Number::count(at), Number::count(many));
    if at == many {
        return whole.clone();
    }
    let each = |whole: &Number| {
        let part = whole.divided_by(&many).unwrap_or_default();
        match unit.and_then(|unit| part.divided_by(unit).map(|units| units.floor().times(unit))) {
            Some(rounded) => rounded,
            None => part,
        }
    };
    let after = many.minus(&at);
    let with_rest = |whole: &Number| match rest {
        RestOn::Last => each(whole).times(&at),
        RestOn::First => whole.minus(&each(whole).times(&after)),
    };
    match whole.exact() {
        Some(whole) => Bounds::exactly(with_rest(whole)),
        // The first takes no less than the others, and no more than all.
        None => Bounds {
            least: whole.least.as_ref().map(|least| each(least).times(&at)),
            most: match rest {
                RestOn::Last => whole.most.as_ref().map(|most| each(most).times(&at)),
                RestOn::First => whole.most.clone(),
            },
        },
    }
}

/// What an instalment comes to by its last day.
struct One {
    outcome: Outcome,
    /// Where that is not known: it has certainly been paid by now, in time or late.
    paid_by_now: bool,
    /// Its last day has not passed.
    ahead: bool,
}

/// The whole is broken while an instalment is missing, pending while others are still to come, and then late if one was paid late. Of
/// several that decide it is the first, whose last day is told.
fn as_a_whole(all: &[One]) -> Outcome {
    let first = |status: Status| all.iter().find(|one| one.outcome.status == status).map(|one| one.outcome.clone());
    // By the day of the first that is missing, others may have been due as well, where more time was given for them.
    let violated = first(Status::Violated).and_then(|first| {
        let alike = |one: &&One| one.outcome.status == Status::Violated && one.outcome.last == first.last;
        all.iter().rfind(alike).map(|one| one.outcome.clone())
    });
    let open = |one: &&One| one.outcome.status == Status::Unknown;
    let harmless = |one: &One| one.paid_by_now || one.ahead;
    let decides = all.iter().filter(open).find(|one| !harmless(one)).map(|one| one.outcome.clone());
    if let Some(decides) = violated.or(decides).or(first(Status::NeedsJudgement)) {
        return decides;
    }
    let missed = missed(all);
    if let Some(next) = first(Status::Pending) {
        return Outcome { broken: missed.into_iter().collect(), ..next };
    }
    if let Some(late) = first(Status::Late) {
        // Whether an earlier one was late, too, is not known.
        let last = match missed {
            Some(Breach { first, last, .. }) if first < last => LastDay::Within(first, last),
            _ => late.last,
        };
        let progress = all.last().and_then(|one| one.outcome.progress.clone());
        return Outcome { days: late.days.filter(|_| last == late.last), last, progress, ..late };
    }
    let open = all.iter().find(open).map(|one| one.outcome.clone());
    let last = all.last().map(|one| one.outcome.clone());
    open.or(last).unwrap_or_else(|| Outcome::of(Status::NotApplicable))
}

/// The last day of the first instalment that was paid too late, as far as that is known.
fn missed(all: &[One]) -> Option<Breach> {
    let mut perhaps: Option<(Day, Day)> = None;
    for one in all {
        let (first, last) = match one.outcome.last {
            LastDay::On(day) => (day, day),
            LastDay::Within(first, last) => (first, last),
            LastDay::NotYet | LastDay::Unknown | LastDay::None => continue,
        };
        let (first, last) = perhaps.map_or((first, last), |(from, through)| (from.min(first), through.max(last)));
        match one.outcome.status {
            Status::Late => return Some(Breach { first, last, sure: true }),
            Status::Unknown if one.paid_by_now => perhaps = Some((first, last)),
            _ => {}
        }
    }
    perhaps.map(|(first, last)| Breach { first, last, sure: false })
}
