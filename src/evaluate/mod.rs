//! Evaluation: a plan and facts, as of a day, give verdicts. Total: no error, no clock, no file; and it knows neither the
//! policy's text nor the kinds of clauses.
//!
//! Verdicts come first and are small. The reasons of one are made by judging that instance again with a recorder; both
//! ways run the same code (see `trace`).

mod amendments;
mod expr;
mod instance;
mod judge;
mod knowledge;
mod new_judge;
mod norms;
mod outcome;
mod run;
mod supposing;
mod trace;
mod when;

use crate::facts::Facts;
use crate::model::expr::ClauseId;
use crate::plan::{Norm, NormTest, Plan};
use crate::value::Day;
use crate::verdict::{Adoption, Cut, Fit, Gist, Instance, Judged, Mark, Missing, Reason, Said, Status, Verdicts};

use amendments::ways::judge_instance;
use instance::instances::{Wanted, instances_of};
use instance::watched::starts_of;
use judge::{Judge, Tells};
pub use knowledge::world::Sizes;
use knowledge::world::World;
use new_judge::new_judge;
pub use norms::case::has_window;
use norms::case::is_daily;
pub use norms::many::Many;
use norms::many::shared_by_many;
pub use run::Limits;
pub use supposing::{Supposing, Turns};
use trace::{Recorder, Silent, Trace, add_missing, missing_through};
pub use when::{Windowed, window_if};

/// Judges every instance of every clause.
pub fn evaluate(plan: &Plan, facts: &Facts, as_of: Day, limits: &Limits) -> Verdicts {
    run::run(World { sizes: limits.sizes, ..World::new(plan, facts, as_of) }, limits, |_| true)
}

/// The verdicts on the instances of some clauses. What these rest on is judged with them, but not told.
pub fn evaluate_some(
    plan: &Plan,
    facts: &Facts,
    as_of: Day,
    limits: &Limits,
    wanted: impl Fn(ClauseId) -> bool,
) -> Verdicts {
    run::run(World::new(plan, facts, as_of), limits, wanted)
}

/// Judges one instance with its reasons.
pub fn explain(plan: &Plan, facts: &Facts, as_of: Day, instance: &Instance) -> Judged {
    Explainer::new(plan, facts, as_of).explain(instance)
}

/// Judges instances with their reasons, one after another. What is the same for all of them is worked out once.
pub struct Explainer<'w> {
    judge: Judge<'w, Recorder>,
}

impl<'w> Explainer<'w> {
    pub fn new(plan: &'w Plan, facts: &'w Facts, as_of: Day) -> Self {
        let mut judge = new_judge(World::new(plan, facts, as_of), Recorder::default());
        judge.tells = Tells::Days;
        Explainer { judge }
    }

    /// One who need not try again what was tried for the verdicts.
    pub fn after(mut self, verdicts: &'w Verdicts) -> Self {
        self.judge.known = Some(&verdicts.agreed);
        self
    }

    /// One who takes rows together from so many on.
    pub fn sized(mut self, sizes: Sizes) -> Self {
        self.judge.ask.world.sizes = sizes;
        self
    }

    pub fn explain(&mut self, instance: &Instance) -> Judged {
        self.judge.ask.trace = Recorder::default();
        self.judge.ask.known.forget();
        let ruling = judge_instance(&mut self.judge, instance);
        let mut trace = std::mem::take(&mut self.judge.ask.trace);
        if ruling.outcome.status == Status::Unknown {
            trace.missing = over_its_days(&mut self.judge, instance, std::mem::take(&mut trace.missing));
            if self.judge.ask.world.plan.norm(instance.norm).is_some_and(is_of_many_days) {
                widen(&mut trace.said, &trace.missing);
            }
        }
        let plan = self.judge.ask.world.plan;
        let place = plan.norm(instance.norm).and_then(|norm| plan.clause(norm.clause)).map(|clause| clause.name_span);
        let outcome = &ruling.outcome;
        let reason = Reason {
            said: Said::Verdict(outcome.status, outcome.nuance),
            mark: mark(outcome.status),
            policy: place,
            fact: None,
            because: settled(trace.said, outcome.status),
        };
        Judged {
            verdict: ruling.verdict_on(*instance),
            first_day: outcome.first,
            last_day: outcome.last,
            progress: outcome.progress.clone(),
            part: outcome.part.clone(),
            reason,
            missing: if outcome.status == Status::Unknown { trace.missing } else { Vec::new() },
            decider: ruling.decider,
            shares: trace.shares,
            evidence: trace.evidence,
            cut_at: cut_of(&self.judge),
        }
    }
}

/// Whether a state, or a number, is asked on more days than one.
fn is_of_many_days(norm: &Norm) -> bool {
    is_daily(norm) || norm.bodies.iter().any(|body| matches!(body.test, NormTest::Holds(_)))
}

/// What is missing on all days of a span that is watched, of which the first one was judged.
fn over_its_days(judge: &mut Judge<Recorder>, instance: &Instance, first: Vec<Missing>) -> Vec<Missing> {
    let plan = judge.ask.world.plan;
    let days = plan.norm(instance.norm).filter(|norm| is_daily(norm)).zip(instance.span);
    let Some((norm, (from, through))) = days.filter(|(_, (from, through))| from < through) else { return first };
    judge.ask.known.forget();
    let starts = starts_of(judge, norm, instance, (from, through));
    let ends = starts.iter().skip(1).map(|day| day.preceding()).chain([through]);
    let mut all: Vec<Missing> = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let missing = if start == from {
            first.clone()
        } else {
            judge.ask.known.forget();
            let ruling = judge_instance(judge, &Instance { span: Some((start, end)), ..*instance });
            let missing = std::mem::take(&mut judge.ask.trace).missing;
            if ruling.outcome.status == Status::Unknown { missing } else { Vec::new() }
        };
        for one in missing {
            add_missing(&mut all, missing_through(one, (start, end)));
        }
    }
    all
}

/// Steps that say of a list that it is not complete say it of all the days for which it is asked.
fn widen(reasons: &mut [Reason], missing: &[Missing]) {
    for one in reasons {
        if let Said::Completeness { record, from, through } = &mut one.said {
            let wider = missing.iter().find_map(|lacks| match lacks {
                Missing::Complete { record: of, from: first, through: last }
                    if *of == *record && *first <= *from && *through <= *last =>
                {
                    Some((*first, *last))
                }
                _ => None,
            });
            (*from, *through) = wider.unwrap_or((*from, *through));
        }
        widen(&mut one.because, missing);
    }
}

/// Reasons that bear on a verdict: once it was given, lists that are not complete left nothing open; once it was done, what
/// could not serve is no matter.
fn settled(mut reasons: Vec<Reason>, status: Status) -> Vec<Reason> {
    let given = status != Status::Unknown;
    let done = matches!(status, Status::Satisfied | Status::Late | Status::NotApplicable);
    reasons.retain(|one| match one.said {
        Said::Completeness { .. } => !given,
        Said::Evidence { fit: Fit::PassedOver | Fit::Cancelled | Fit::WrongForm, .. } => !done,
        _ => true,
    });
    for one in &mut reasons {
        one.because = settled(std::mem::take(&mut one.because), status);
    }
    reasons
}

/// What a verdict leaves out that is known without its reasons: see [`Gist`].
pub struct Brief<'w> {
    judge: Judge<'w, Silent>,
}

impl<'w> Brief<'w> {
    pub fn new(plan: &'w Plan, facts: &'w Facts, as_of: Day) -> Self {
        let mut judge = new_judge(World::new(plan, facts, as_of), Silent);
        judge.tells = Tells::Days;
        Brief { judge }
    }

    /// One who need not try again what was tried for the verdicts.
    pub fn after(mut self, verdicts: &'w Verdicts) -> Self {
        self.judge.known = Some(&verdicts.agreed);
        self
    }

    pub fn tell(&mut self, instance: &Instance) -> Gist {
        let ruling = judge_instance(&mut self.judge, instance);
        Gist { last_day: ruling.outcome.last, progress: ruling.outcome.progress, decider: ruling.decider }
    }
}

/// The shares of a cost among very many, in whole units; nothing for another clause, where they are few, or where its terms ask
/// for more than that: then [`explain`] tells them.
pub fn shares(plan: &Plan, facts: &Facts, as_of: Day, instance: &Instance) -> Option<Many> {
    let norm = plan.norm(instance.norm)?;
    let sharing = norm.bodies.iter().find_map(|body| match &body.test {
        NormTest::Shared { sharing, billed: None } => Some(sharing),
        _ => None,
    })?;
    let mut judge = new_judge(World::new(plan, facts, as_of), Silent);
    let satisfied = judge_instance(&mut judge, instance).outcome.status == Status::Satisfied;
    // What was judged last is bound as the judge left it.
    if satisfied { shared_by_many(&mut judge.ask, sharing) } else { None }
}

/// Of each amendment whether it is adopted, as of a day.
pub fn adoptions(plan: &Plan, facts: &Facts, as_of: Day) -> Result<Vec<Adoption>, Cut> {
    let judge = new_judge(World::new(plan, facts, as_of), Silent);
    cut_of(&judge).map_or_else(|| Ok(judge.ask.law.standings.adoptions.clone()), Err)
}

/// The instances of one clause that fit, in order.
pub fn instances(
    (plan, facts): (&Plan, &Facts),
    as_of: Day,
    clause: ClauseId,
    limits: &Limits,
    fits: impl Fn(&Instance) -> bool,
) -> Result<Vec<Instance>, Cut> {
    let mut judge = new_judge(World::new(plan, facts, as_of), Silent);
    let found = instances_of(&mut judge, clause, Wanted { most: limits.instances.saturating_add(1), fits: &fits });
    match cut_of(&judge) {
        None if found.len() > limits.instances => Err(Cut::Instances(limits.instances)),
        None => Ok(found),
        Some(cut) => Err(cut),
    }
}

/// The limit at which a judge stopped.
fn cut_of<T: Trace>(judge: &Judge<T>) -> Option<Cut> {
    judge.ask.cut
}

fn mark(status: Status) -> Mark {
    match status {
        Status::Satisfied => Mark::Yes,
        Status::Late | Status::Violated => Mark::No,
        Status::Pending | Status::NotApplicable => Mark::Plain,
        Status::Unknown => Mark::Open,
        Status::NeedsJudgement => Mark::Person,
    }
}
