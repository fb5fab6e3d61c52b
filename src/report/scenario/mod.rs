//! Scenarios: what an author expects of some facts, held against the verdicts.
//! The facts come in ready: which files they are from and what the scenario adds to them is for the door to bring together.

mod details;

use super::instances::Matching;
use super::names::{Names, Naming};
use super::sentences;
use super::steps::Extent;
use super::why::{Why, why};
use crate::diagnostics::nearest;
use crate::evaluate::{self, Limits};
use crate::facts::Facts;
use crate::model::amendment::AmendmentId;
use crate::plan::Plan;
use crate::source::{Sources, Span};
use crate::syntax::tree::{Expectation, Name, Scenario};
use crate::value::Day;
use crate::verdict::{Called, Cut, Verdict};

/// How a scenario went.
#[derive(Clone, Debug)]
pub struct Trial {
    pub title: String,
    pub place: Span,
    pub as_of: Day,
    pub expectations: usize,
    pub failures: Vec<Failure>,
}

/// An expectation that does not hold.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Where it stands, and its own words.
    pub place: Span,
    pub expected: String,
    /// What is the case instead, a line each.
    pub came: Vec<String>,
    pub help: Option<String>,
    /// The reasons, when it speaks of one instance.
    pub why: Option<Box<Why>>,
}

/// What a scenario is run with.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    pub plan: &'a Plan,
    pub sources: &'a Sources,
    /// The facts of its files, with what it gives itself.
    pub facts: &'a Facts,
    pub as_of: Day,
    pub limits: &'a Limits,
}

/// The plan with the amendments that the scenario takes to be adopted, and without those that it takes not to be.
fn supposed(plan: &Plan, scenario: &Scenario) -> Option<Plan> {
    let found = |names: &[Name]| -> Vec<AmendmentId> {
        names.iter().filter_map(|name| plan.find_amendment(&name.it)).collect()
    };
    let (with, without) = (found(&scenario.with), found(&scenario.without));
    (!with.is_empty() || !without.is_empty()).then(|| plan.supposing(&with, &without))
}

/// Judges the facts and compares each expectation with what comes out; nothing where a limit was reached.
pub fn run(scenario: &Scenario, stage: Stage) -> Result<Trial, Cut> {
    let Stage { plan, sources, facts, as_of, limits } = stage;
    let supposed = supposed(plan, scenario);
    let plan = supposed.as_ref().unwrap_or(plan);
    let names = Names { plan, facts, sources, naming: Naming::Real };
    let verdicts = evaluate::evaluate(plan, facts, as_of, limits);
    if let Some(cut) = verdicts.cut_at {
        return Err(cut);
    }
    let mut matching = Matching::new(&names, &verdicts);
    let failures = scenario.expectations.iter().filter_map(|one| failure(&names, as_of, &mut matching, one));
    Ok(Trial {
        title: scenario.title.it.clone(),
        place: scenario.title.span,
        as_of,
        expectations: scenario.expectations.len(),
        failures: failures.collect(),
    })
}

/// So many instances are listed when a failure speaks of several.
const MOST_LISTED: usize = 8;

fn failure(names: &Names, as_of: Day, matching: &mut Matching, expectation: &Expectation) -> Option<Failure> {
    let failed = |came: Vec<String>, help: Option<String>, why: Option<Why>| {
        let expected = names.words(expectation.span);
        Some(Failure { place: expectation.span, expected, came, help, why: why.map(Box::new) })
    };
    let Some(clause) = names.plan.find_clause(&expectation.clause.it) else {
        let all = names.plan.clauses.iter().map(|clause| clause.name.as_str());
        let help = nearest(&expectation.clause.it, all);
        return failed(vec![format!("there is no clause `{}`", expectation.clause.it)], help, None);
    };
    let keys: Vec<String> = expectation.keys.iter().map(|key| key.it.clone()).collect();
    let met = matching.of(clause, &keys);
    let wrong = wrong(names, as_of, expectation, &met);
    match (met.as_slice(), wrong.as_slice()) {
        ([], _) => {
            let all = matching.of(clause, &[]);
            let mut came = vec!["no instance of the clause matches".to_string()];
            came.extend(list(names, as_of, &all));
            failed(came, None, None)
        }
        (_, []) => None,
        ([one], wrong) => {
            let why = why(names, as_of, &one.instance, Extent::BRIEF);
            let mut came = vec![describe(names, as_of, one)];
            came.extend(wrong.iter().flat_map(|(_, details)| details.iter().cloned()));
            failed(came, None, Some(why))
        }
        (several, wrong) => {
            let mut came = vec![format!("{} instances match, with these verdicts", several.len())];
            came.extend(list(names, as_of, several));
            came.extend(wrong.iter().flat_map(|(_, details)| details.iter().cloned()).take(MOST_LISTED));
            failed(came, Some("add `for` to say which one is meant".to_string()), None)
        }
    }
}

/// The instances for which the expectation does not hold, with the details that differ.
fn wrong(names: &Names, as_of: Day, expectation: &Expectation, met: &[Verdict]) -> Vec<(Verdict, Vec<String>)> {
    let mut wrong = Vec::new();
    for verdict in met {
        let called = verdict.called(names.strength(&verdict.instance));
        if role(called) != expectation.verdict.it {
            wrong.push((*verdict, Vec::new()));
            continue;
        }
        if expectation.details.is_empty() {
            continue;
        }
        let judged = evaluate::explain(names.plan, names.facts, as_of, &verdict.instance);
        let differ: Vec<String> =
            expectation.details.iter().filter_map(|detail| details::differs(names, &judged, detail)).collect();
        if !differ.is_empty() {
            wrong.push((*verdict, differ));
        }
    }
    wrong
}

fn list(names: &Names, as_of: Day, verdicts: &[Verdict]) -> Vec<String> {
    let mut lines: Vec<String> =
        verdicts.iter().take(MOST_LISTED).map(|verdict| format!("  {}", describe(names, as_of, verdict))).collect();
    let more = verdicts.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
    lines
}

/// `summons for annual_2015: late, summons sent 2014-12-23, 1 day after 2014-12-22`.
pub fn describe(names: &Names, as_of: Day, verdict: &Verdict) -> String {
    let instance = &verdict.instance;
    let clause = names.norm(instance).map_or("", |norm| names.clause_name(norm.clause));
    let keys: Vec<String> =
        [names.subject(instance), names.bearer(instance), names.period(instance)].into_iter().flatten().collect();
    let of = if keys.is_empty() { clause.to_string() } else { format!("{clause} for {}", keys.join(", ")) };
    let judged = evaluate::explain(names.plan, names.facts, as_of, instance);
    let called = verdict.called(names.strength(instance)).words();
    match sentences::detail(names, &judged) {
        detail if detail.is_empty() => format!("{of}: {called}"),
        detail => format!("{of}: {called}, {detail}"),
    }
}

/// The role of a verdict's keyword.
fn role(called: Called) -> &'static str {
    match called {
        Called::Satisfied => "satisfied",
        Called::Late => "late",
        Called::Violated => "violated",
        Called::NotFollowed => "not_followed",
        Called::Differs => "differs",
        Called::Pending => "pending",
        Called::Open => "open",
        Called::Used => "used",
        Called::NotUsed => "not_used",
        Called::Exceeded => "exceeded",
        Called::Carried => "carried",
        Called::NotCarried => "not_carried",
        Called::WithoutEffect => "without_effect",
        Called::NotApplicable => "not_applicable",
        Called::Unknown => "unknown",
        Called::NeedsJudgement => "needs_judgement",
    }
}
