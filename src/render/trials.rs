//! How scenarios and snapshots went: one line when all hold, else each that does not, with the reasons.

use serde::Serialize;

use super::diagnostics::json::written;
use super::report::place;
use super::table::{Tint, tinted};
use super::{Look, snapshots, visible, why};
use crate::report::scenario::{Failure, Trial};
use crate::report::snapshot::Held;
use crate::source::Sources;

/// The scenarios and snapshots of one agreement.
#[derive(Clone, Debug)]
pub struct Trials {
    pub agreement: String,
    /// The policy's file as the user named it.
    pub policy: String,
    pub trials: Vec<Trial>,
    pub snapshots: Vec<Held>,
}

impl Trials {
    pub fn is_empty(&self) -> bool {
        self.trials.is_empty() && self.snapshots.is_empty()
    }

    pub fn holds(&self) -> bool {
        self.trials.iter().all(|trial| trial.failures.is_empty()) && self.snapshots.iter().all(Held::holds)
    }

    /// `samverkan: 46 expectations in 14 scenarios hold; 2 snapshots hold`.
    fn summary(&self) -> String {
        let scenarios = (!self.trials.is_empty()).then(|| self.of_scenarios());
        let snapshots = (!self.snapshots.is_empty()).then(|| self.of_snapshots());
        let parts: Vec<String> = scenarios.into_iter().chain(snapshots).collect();
        format!("{}: {}", self.agreement, parts.join("; "))
    }

    fn of_scenarios(&self) -> String {
        let all: usize = self.trials.iter().map(|trial| trial.expectations).sum();
        let failed: usize = self.trials.iter().map(|trial| trial.failures.len()).sum();
        let scenarios = many(self.trials.len(), "scenario");
        let all_in = format!("{} in {scenarios}", many(all, "expectation"));
        held(&all_in, all, failed)
    }

    fn of_snapshots(&self) -> String {
        let failed = self.snapshots.iter().filter(|one| !one.holds()).count();
        held(&many(self.snapshots.len(), "snapshot"), self.snapshots.len(), failed)
    }
}

/// `3 snapshots hold`, `1 of 3 snapshots does not hold`.
fn held(words: &str, all: usize, failed: usize) -> String {
    match (all, failed) {
        (1, 0) => format!("{words} holds"),
        (_, 0) => format!("{words} hold"),
        (_, failed) => format!("{failed} of {words} {} not hold", does(failed)),
    }
}

fn does(count: usize) -> &'static str {
    if count == 1 { "does" } else { "do" }
}

fn many(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// Drawn for a terminal.
pub fn pretty(all: &[Trials], sources: &Sources, look: Look) -> String {
    let mut text = String::new();
    each_failure(all, |trial, failure| {
        let title = tinted(&visible::line(&trial.title), Tint::Strong, look.colour);
        text.push_str(&format!("{title}  {}\n", place(failure.place, sources)));
        text.push_str(&told(failure, "  "));
        if let Some(why) = &failure.why {
            text.push_str(&why::pretty::tree(&why.tree, sources, look));
        }
        text.push('\n');
    });
    for one in all {
        text.push_str(&snapshots::pretty(&one.snapshots, &one.policy, look));
    }
    for trials in all {
        let tint = if trials.holds() { Tint::Plain } else { Tint::Bad };
        text.push_str(&format!("{}\n", tinted(&visible::line(&trials.summary()), tint, look.colour)));
    }
    text
}

/// In plain lines.
pub fn plain(all: &[Trials], sources: &Sources) -> String {
    let mut text = String::new();
    each_failure(all, |trial, failure| {
        text.push_str(&format!("{}: {}\n", place(failure.place, sources), visible::line(&trial.title)));
        text.push_str(&told(failure, ""));
        if let Some(why) = &failure.why {
            text.push_str(&why::plain::show(why, sources));
        }
    });
    all.iter().for_each(|one| text.push_str(&snapshots::plain(&one.snapshots, &one.policy)));
    all.iter().for_each(|trials| text.push_str(&format!("{}\n", visible::line(&trials.summary()))));
    text
}

fn each_failure(all: &[Trials], mut tell: impl FnMut(&Trial, &Failure)) {
    for trial in all.iter().flat_map(|trials| &trials.trials) {
        trial.failures.iter().for_each(|failure| tell(trial, failure));
    }
}

fn told(failure: &Failure, indent: &str) -> String {
    let mut lines = vec![format!("expected: {}", failure.expected)];
    let mut came = failure.came.iter();
    lines.extend(came.next().map(|first| format!("came: {first}")));
    lines.extend(came.map(|line| format!("      {line}")));
    lines.extend(failure.help.as_ref().map(|help| format!("help: {help}")));
    lines.iter().map(|line| format!("{indent}{}\n", visible::line(line))).collect()
}

// ---- for a program ----

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'a str,
    agreements: Vec<Agreement<'a>>,
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
struct Failed<'a> {
    file: &'a str,
    line: usize,
    expected: &'a str,
    came: &'a [String],
}

/// As JSON: `overens-test` version 1, described in docs/report-schema.md.
pub fn json(all: &[Trials], sources: &Sources) -> String {
    written(&Wire { schema: "overens-test/1", agreements: all.iter().map(|one| agreement(one, sources)).collect() })
}

fn agreement<'a>(trials: &'a Trials, sources: &'a Sources) -> Agreement<'a> {
    let failed = |failure: &'a Failure| {
        let (file, at) = sources.at(failure.place);
        Failed { file, line: at.line, expected: &failure.expected, came: &failure.came }
    };
    let scenario = |trial: &'a Trial| Scenario {
        title: &trial.title,
        as_of: trial.as_of.to_string(),
        expectations: trial.expectations,
        failures: trial.failures.iter().map(failed).collect(),
    };
    Agreement {
        agreement: &trials.agreement,
        scenarios: trials.trials.iter().map(scenario).collect(),
        snapshots: trials.snapshots.iter().map(snapshots::wire).collect(),
    }
}
