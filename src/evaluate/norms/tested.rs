//! What a norm's test finds in a case.

use crate::plan::{Body, NormTest};
use crate::verdict::{Mark, Nuance, Said, Status};

use super::case::{Case, is_daily, share_bearer};
use super::deeds::Wanted;
use super::{composition, costs, dated, events, rights, standing, state, votes};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::REASONABLE;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::judge::Judge;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

pub fn tested<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>) -> Outcome {
    let plan = judge.ask.world.plan;
    let on = match case.instance.span {
        Some((first, _)) if is_daily(case.norm) => first,
        // Of a wording that another followed, on its last day.
        Some((_, last)) => last,
        None => state::day_of_event(&judge.ask, case).unwrap_or(state::standing_day(&judge.ask, case)),
    };
    let outcome = match &case.body.test {
        NormTest::Numbers { numbered, .. } => {
            let outcome = composition::numbers(&mut judge.ask, numbered, on);
            return while_watched(&mut judge.ask, case, outcome);
        }
        NormTest::Limit { limited, .. } => {
            let outcome = composition::limit(&mut judge.ask, limited, on);
            return while_watched(&mut judge.ask, case, outcome);
        }
        NormTest::HoldsDaily(condition) => {
            let outcome = state::on_a_day(&mut judge.ask, condition, on);
            return while_watched(&mut judge.ask, case, outcome);
        }
        NormTest::Member(_) => return standing::is_member(&mut judge.ask, case.norm),
        NormTest::AtJoining { membership, condition } => {
            return standing::at_joining(&mut judge.ask, *membership, condition);
        }
        NormTest::States(condition) => return standing::states(&mut judge.ask, case, condition),
        NormTest::Shared { sharing, billed } => return costs::cost(judge, case, (sharing, billed.as_deref())),
        NormTest::Term(term) => return standing::term(&mut judge.ask, case.norm, case.body, term),
        NormTest::Vote { carried, quorum } => {
            return votes::vote(&mut judge.ask, case, (carried, quorum.as_ref()));
        }
        NormTest::Happens { events, count, counted_for } => {
            let wanted = Wanted { counted_for: *counted_for, by: case.doer(plan), ..Wanted::of(events) };
            events::happens(judge, case, wanted, count)
        }
        NormTest::Never(events) => {
            let wanted = Wanted { by: case.doer(plan), ..Wanted::of(events) };
            events::never(judge, case, wanted)
        }
        NormTest::Dated(field) => dated::dated(judge, case, field),
        NormTest::InOrder(fields) => dated::in_order(judge, case, fields),
        NormTest::Holds(condition) => state::holds(judge, case, condition),
        NormTest::PaysShare(cost) => match share_bearer(&mut judge.ask, case.norm, &case.instance) {
            Some(bearer) => costs::pays_share(judge, case, *cost, bearer),
            None => Outcome::of(Status::Unknown),
        },
        NormTest::May { .. } => rights::may(judge, case),
        NormTest::ForPerson(words) => standing::for_person(&mut judge.ask, case, words),
    };
    left_blank(&mut judge.ask, outcome, case.frame.last, case.body)
}

/// Kept so far, as long as it is watched.
fn while_watched<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, outcome: Outcome) -> Outcome {
    let as_of = ask.world.as_of;
    let through = case.instance.span.map_or(as_of, |(_, last)| last);
    if outcome.status == Status::Satisfied && through >= as_of && !case.life.ended(as_of) {
        return outcome.nuanced(Nuance::SoFar);
    }
    outcome
}

/// A window whose end the text leaves open: silence makes the answer unknown, "reasonable" gives it to a person.
fn left_blank<'w, T: Trace>(ask: &mut Ask<'w, T>, outcome: Outcome, last: EdgeDay, body: &'w Body) -> Outcome {
    let judged_anyway = matches!(outcome.status, Status::NotApplicable | Status::Unknown);
    match last {
        _ if judged_anyway => outcome,
        EdgeDay::Reasonable => {
            ask.trace.say(|| reason(Said::Weigh(REASONABLE.to_string()), Mark::Person, body.span));
            outcome.with(Status::NeedsJudgement)
        }
        EdgeDay::Blank => outcome.with(Status::Unknown),
        EdgeDay::On(_) | EdgeDay::NotYet | EdgeDay::Unknown | EdgeDay::None => outcome,
        EdgeDay::NoDay | EdgeDay::NoSuchDay => outcome,
    }
}
