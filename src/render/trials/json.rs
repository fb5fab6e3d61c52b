//! What came of scenarios and snapshots, for a program: `overens-test` version 1, described in docs/report-schema.md.

use serde::Serialize;

use super::{Trials, Tried};
use crate::render::diagnostics::json::written;
use crate::render::not_done::NotDone;
use crate::render::snapshots;
use crate::report::scenario::{Failure, Trial};
use crate::source::Sources;

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'a str,
    agreements: Vec<Agreement<'a>>,
    not_tested: Vec<&'a str>,
    not_tested_because: Vec<Untested<'a>>,
}

/// Why a policy could not be tested.
#[derive(Serialize)]
struct Untested<'a> {
    agreement: &'a str,
    policy: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct Agreement<'a> {
    agreement: &'a str,
    scenarios: Vec<Scenario<'a>>,
    snapshots: Vec<snapshots::Wire<'a>>,
}

#[derive(Serialize)]
struct Scenario<'a> {
    title: &'a str,
    as_of: String,
    expectations: usize,
    failures: Vec<Failed<'a>>,
}

#[derive(Serialize)]
pub(super) struct Failed<'a> {
    file: &'a str,
    line: usize,
    expected: &'a str,
    came: &'a [String],
}

pub(super) fn show(tried: &Tried) -> String {
    let agreements = tried.all.iter().map(|one| agreement(one, tried.sources)).collect();
    let not_tested = tried.not_tested.iter().map(|one| one.file.as_str()).collect();
    let reasons = tried.not_tested.iter().map(untested).collect();
    written(&Wire { schema: "overens-test/1", agreements, not_tested, not_tested_because: reasons })
}

fn untested(one: &NotDone) -> Untested<'_> {
    Untested { agreement: &one.name, policy: &one.file, why: &one.why }
}

fn agreement<'a>(trials: &'a Trials, sources: &'a Sources) -> Agreement<'a> {
    let scenario = |trial: &'a Trial| Scenario {
        title: &trial.title,
        as_of: trial.as_of.to_string(),
        expectations: trial.expectations,
        failures: failures(&trial.failures, sources),
    };
    Agreement {
        agreement: &trials.agreement,
        scenarios: trials.trials.iter().map(scenario).collect(),
        snapshots: trials.snapshots.iter().map(snapshots::wire).collect(),
    }
}

pub(super) fn failures<'a>(all: &'a [Failure], sources: &'a Sources) -> Vec<Failed<'a>> {
    let failed = |failure: &'a Failure| {
        let (file, at) = sources.at(failure.place);
        Failed { file, line: at.line, expected: &failure.expected, came: &failure.came }
    };
    all.iter().map(failed).collect()
}
