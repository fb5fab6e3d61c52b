//! A first or last period of which only a part lies in the time that binds: how it counts, and what is made of it.

use crate::facts::CellId;
use crate::model::clause::{CutCounts, Edge};
use crate::model::expr::{Expr, ExprKind};
use crate::model::schema::Shape;
use crate::plan::{Norm, NormTest};
use crate::value::{CyclePeriod, Day, PeriodLabel};
use crate::verdict::{Decider, Instance, Mark, Reason, Said, Status};

use super::ruling::Ruling;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::cut::over_with_what_binds;
use crate::evaluate::expr::frame::{EdgeDay, Frame};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{Case, Life, bearer_of};
use crate::evaluate::norms::counted::cut_at_both_ends;
use crate::evaluate::norms::in_the_period::{Speaks, speaks_of_the_period};
use crate::evaluate::norms::state::has_last_day;
use crate::evaluate::trace::{Trace, reason};

/// The window of a last period that is cut short and counts: it is over with the last day that binds.
pub fn as_cut(norm: &Norm, instance: &Instance, frame: Frame, life: &Life) -> Frame {
    over_with_what_binds(norm, instance.period, frame, life.ends)
}

/// A first or last period of which only a part lies in the time that binds. One whose window lies wholly in it is judged as any
/// other.
pub fn cut_short<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, ruling: Ruling) -> Ruling {
    let (Some(_), Some(period)) = (&case.norm.cycle, case.instance.period) else { return ruling };
    let as_of = ask.world.as_of;
    // A renewal that begins to count anew cuts the period short that its own first one falls into.
    let renewed = is_cut_by_a_renewal(period);
    let life = Life { ends: if renewed { case.life.ends.min(period.last()) } else { case.life.ends }, ..case.life };
    let first = period.first() < life.begins;
    let last = renewed || period.last() > life.ends;
    if !first && !last {
        if may_be_cut_short(case, &ruling) {
            tell_end(ask, case, period.last());
            return Ruling::of(Status::Unknown);
        }
        return ruling;
    }
    let counts = how_it_counts(case.norm, period, &case.life);
    let deed = matches!(case.body.test, NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_));
    // A state that there are enough rows in the period looks over all of it.
    let looks_over = match &case.body.test {
        NormTest::Holds(state) => speaks_of_the_period(state, true) == Speaks::Otherwise,
        _ => false,
    };
    let counted = deed || has_last_day(case) || looks_over;
    // What was done more often than it may in a part of the period was so however the period counts.
    let exceeded = ruling.outcome.status == Status::Violated
        && ruling.outcome.progress.as_ref().is_some_and(|(done, most)| done > most);
    // Whether it was late or was not done at all: it was not kept.
    let status = if ruling.outcome.not_in_time { Status::Violated } else { ruling.outcome.status };
    match (counts, status) {
        (Some(CutCounts::NotAtAll), _) => {
            ask.trace.say(|| reason(Said::CountsNotAtAll, Mark::No, case.norm.span));
            return Ruling::of(Status::NotApplicable);
        }
        (Some(CutCounts::Whole | CutCounts::InProportion), _) if last && case.frame.first_bounds().0 > life.ends => {
            ask.trace.say(|| reason(Said::EndedOn { day: life.ends }, Mark::No, case.norm.span));
            return Ruling::of(Status::NotApplicable);
        }
        (Some(CutCounts::Whole | CutCounts::InProportion), _) => return ruling,
        (None, Status::Violated) if exceeded => return ruling,
        // The end of force is still to come.
        (None, Status::Late | Status::Violated) if !first && !life.ended(as_of) => return ruling,
        (None, Status::Late | Status::Violated) if counted => {}
        // The end has come before the window did.
        (None, Status::Pending) if counted && last && life.ended(as_of) => {}
        // Done in full all the same, or not decided yet: how the short period counts makes no difference.
        (None, _) => return ruling,
    }
    // What was broken by the end of a last period stays so, however the period counts.
    let by_the_period = renewed && ends_with_the_period(&case.body.window.last);
    let within = if by_the_period || looks_over { Truth::No } else { lies_within(&case.frame, &life) };
    if within.is_yes() {
        ask.trace.say(|| reason(Said::Words(WHOLE_WINDOW), Mark::Plain, case.norm.span));
    }
    if within.is_yes() || (ruling.outcome.for_good && !first) {
        return ruling;
    }
    if within == Truth::Open {
        return Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody };
    }
    let binds = Said::BindsOnly {
        first: first.then_some(life.begins),
        last: (last && life.ends < Day::MAX).then_some(life.ends),
    };
    ask.trace.say(|| Reason {
        because: vec![reason(binds, Mark::Plain, None)],
        ..reason(Said::CutShort, Mark::Person, case.norm.span)
    });
    let role = case.norm.bodies.iter().find_map(|body| body.judged_by.clone());
    let decider = role.map_or(Decider::Unnamed, Decider::Role);
    Ruling { outcome: ruling.outcome.with(Status::NeedsJudgement), decider }
}

fn is_cut_by_a_renewal(period: CyclePeriod) -> bool {
    matches!(period.label, PeriodLabel::Days(_, last) if last > period.last())
}

/// What the clause says of how a period counts of which only a part lies in the time that binds.
fn how_it_counts(norm: &Norm, period: CyclePeriod, life: &Life) -> Option<CutCounts> {
    let renewed = is_cut_by_a_renewal(period);
    let (first, last) = (period.first() < life.begins, period.last() > life.ends);
    match (first, last) {
        (true, true) if !renewed => cut_at_both_ends(norm.first_period, norm.last_period),
        (true, _) => norm.first_period,
        (false, true) => norm.last_period,
        (false, false) => None,
    }
}

/// Whether the period of an instance is one that the clause does not count at all, since only a part of it lies in the time that binds.
pub fn counts_not_at_all(norm: &Norm, instance: &Instance, life: &Life) -> Truth {
    let Some(period) = instance.period.filter(|_| norm.cycle.is_some()) else { return Truth::No };
    if how_it_counts(norm, period, life) == Some(CutCounts::NotAtAll) {
        return Truth::Yes;
    }
    let may_end = norm.last_period == Some(CutCounts::NotAtAll) && life.may_end.is_some_and(|end| end < period.last());
    if may_end { Truth::Open } else { Truth::No }
}

/// Tells why nothing is asked in a period whose window lies outside the time in which whom it is for was there.
pub fn tell_not_there<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, life: &Life) {
    if instance.period.is_none() {
        return;
    }
    let begins = life.since.max(life.bearer_since);
    let said = match how_it_counts_since(norm, instance, &Life { begins, ..*life }) {
        Some(CutCounts::NotAtAll) => Said::CountsNotAtAll,
        _ => Said::Words(NOT_THERE),
    };
    ask.trace.say(|| reason(said, Mark::No, norm.span));
}

fn how_it_counts_since(norm: &Norm, instance: &Instance, life: &Life) -> Option<CutCounts> {
    how_it_counts(norm, instance.period.filter(|_| norm.cycle.is_some())?, life)
}

const NOT_THERE: &str = "it asks for nothing: whoever it is for was not there on the days that count in this period";

/// Why a period that is cut short is judged as any other.
const WHOLE_WINDOW: &str =
    "the period is cut short, but its whole window is in the time in which the clause binds, so it counts as usual";

/// Whether the last day of a window is told by that of the period.
fn ends_with_the_period(edge: &Edge) -> bool {
    fn is_end(day: &Expr) -> bool {
        match &day.kind {
            ExprKind::PeriodEnd => true,
            ExprKind::Shift { day, .. } => is_end(day),
            _ => false,
        }
    }
    match edge {
        Edge::Open => true,
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => is_end(day),
        Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => is_end(day),
        Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => false,
    }
}

/// Whether a last period may be cut short that comes to something else then: its subject or its bearer may have ended in it.
fn may_be_cut_short(case: &Case, ruling: &Ruling) -> bool {
    let (Some(end), Some(period)) = (case.life.may_end, case.instance.period) else { return false };
    // Where a part does not count, it hangs on that end whether anything is asked.
    if case.norm.last_period == Some(CutCounts::NotAtAll) {
        return end < period.last() && ruling.outcome.status != Status::NotApplicable;
    }
    let counts = matches!(case.norm.last_period, Some(CutCounts::Whole | CutCounts::InProportion));
    if counts && end < period.last() && case.frame.first_bounds().0 > end {
        return ruling.outcome.status != Status::NotApplicable;
    }
    let counted = matches!(case.body.test, NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_));
    let failed = matches!(ruling.outcome.status, Status::Late | Status::Violated);
    let within = lies_within(&case.frame, &Life { ends: end, ..case.life }).is_yes();
    end < period.last() && counted && failed && !counts && !within && !ruling.outcome.for_good
}

/// Names the end of the subject and the bearer, which is not given.
fn tell_end<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, on: Day) {
    let subject = case.subject();
    let bearer = bearer_of(case.norm, &case.instance).map(|(of, _, row)| (of, row));
    for (of, row) in subject.into_iter().chain(bearer) {
        if let Some(clause) = of.members_of {
            ask.member(clause, row, on);
        } else if let Shape::Lasts { to, .. } = ask.world.shape(of.record) {
            ask.cell(CellId { record: of.record, row, field: to }, of.span);
        }
    }
}

/// Whether a window lies wholly in the time that binds.
fn lies_within(frame: &Frame, life: &Life) -> Truth {
    let is_day = |edge: EdgeDay| matches!(edge, EdgeDay::On(_) | EdgeDay::Unknown);
    if !is_day(frame.first) || !is_day(frame.last) {
        return Truth::No;
    }
    let (first, last) = (frame.first_bounds(), frame.last_bounds());
    if first.0 >= life.begins && last.1 <= life.ends {
        return Truth::Yes;
    }
    if first.1 < life.begins || last.0 > life.ends { Truth::No } else { Truth::Open }
}
