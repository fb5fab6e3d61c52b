//! An amount that is paid in instalments: how much is to be paid by which day, and what the whole comes to.

use crate::model::clause::RestOn;
use crate::plan::InParts;
use crate::value::{Currency, Day, Number};
use crate::verdict::{Mark, Said, Status};

use super::amounts::exact_of;
use super::case::Case;
use crate::evaluate::expr::edges::last_that_comes;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::instance::people::waiver_of;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::Bounds;
use crate::evaluate::outcome::{Outcome, worst};
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
    let mut outcomes = Vec::with_capacity(many);
    for (at, part) in (1..).zip(&parts.each) {
        judge.ask.trace.open();
        let last = last_that_comes(&mut judge.ask, part).moved_on(extended);
        // What falls due only after the end is not asked for any more.
        if is_over(case, last, judge.ask.world.as_of) {
            judge.ask.trace.discard();
            continue;
        }
        let needed = so_far((at, many), whole, (unit.as_ref(), parts.rest));
        let outcome = come_to(judge, last, &needed);
        // Of those that are still to come, the next one is worth telling.
        if outcome.status == Status::Pending && outcomes.iter().any(|one: &Outcome| one.status == Status::Pending) {
            judge.ask.trace.discard();
            outcomes.push(outcome);
            continue;
        }
        let said = || Said::Instalment { at, many, comes_to: needed.exact().cloned(), currency, last: outcome.last };
        judge.ask.trace.close(|| reason(said(), mark(outcome.status), Some(parts.span)));
        outcomes.push(outcome);
    }
    if outcomes.is_empty() {
        let day = case.life.ends;
        judge.ask.trace.say(|| reason(Said::EndedOn { day }, Mark::Plain, case.norm.span));
    }
    as_a_whole(outcomes)
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

/// The whole comes out as its worst instalment: of those that come out so, the first, whose last day is told.
fn as_a_whole(outcomes: Vec<Outcome>) -> Outcome {
    let status = worst(outcomes.iter().map(|one| one.status)).unwrap_or(Status::NotApplicable);
    let all_done = status == Status::Satisfied;
    let decisive = match all_done {
        true => outcomes.into_iter().next_back(),
        false => outcomes.into_iter().find(|one| one.status == status),
    };
    decisive.unwrap_or_else(|| Outcome::of(status))
}
