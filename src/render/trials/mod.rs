//! How scenarios and snapshots went: one line when all hold, else each that does not, with the reasons.

mod cases;
mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod rows;
mod sarif;

use std::fmt::{self, Write};

use super::not_done::NotDone;
use super::report::form::Form;
use super::report::place;
use super::table::{Tint, tinted};
use super::{Colour, Look, many, snapshots, visible, why};
use crate::report::scenario::{Failure, Trial};
use crate::report::snapshot::Held;
use crate::source::Sources;

/// What a run of scenarios and snapshots came to.
#[derive(Clone, Copy)]
pub struct Tried<'a> {
    pub all: &'a [Trials],
    /// Policies that could not be tested.
    pub not_tested: &'a [NotDone],
    pub sources: &'a Sources,
}

impl Tried<'_> {
    fn holds(&self) -> bool {
        self.not_tested.is_empty() && self.all.iter().all(Trials::holds)
    }
}

/// Writes what came of it in a form.
pub fn write(form: Form, tried: &Tried, look: Look, out: &mut dyn Write) -> fmt::Result {
    let text = match form {
        Form::Pretty => pretty(tried.all, tried.sources, look) + &not_tested(tried.not_tested, look.colour),
        Form::Plain => plain(tried.all, tried.sources) + &not_tested(tried.not_tested, Colour::Off),
        Form::Summary => summaries(tried.all) + &not_tested(tried.not_tested, Colour::Off),
        Form::Json => json::show(tried),
        Form::Jsonl => return rows::lines(tried, out),
        Form::Csv => return rows::values(tried, out),
        Form::Markdown => return markdown::write(tried, out),
        Form::Html => return html::write(tried, out),
        Form::Junit => return junit::write(tried, out),
        Form::Sarif => sarif::show(tried),
        Form::Github => return github::write(tried, out),
    };
    out.write_str(&text)
}

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

/// Drawn for a terminal.
fn pretty(all: &[Trials], sources: &Sources, look: Look) -> String {
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
fn plain(all: &[Trials], sources: &Sources) -> String {
    let mut text = String::new();
    each_failure(all, |trial, failure| {
        text.push_str(&format!("{}: {}\n", place(failure.place, sources), visible::line(&trial.title)));
        text.push_str(&told(failure, ""));
        if let Some(why) = &failure.why {
            text.push_str(&why::plain::show(why, sources));
        }
    });
    all.iter().for_each(|one| text.push_str(&snapshots::plain(&one.snapshots, &one.policy)));
    text + &summaries(all)
}

/// How each agreement's scenarios and snapshots came out, a line each.
fn summaries(all: &[Trials]) -> String {
    all.iter().map(|trials| format!("{}\n", visible::line(&trials.summary()))).collect()
}

/// What could not be tested, a line each.
fn not_tested(all: &[NotDone], colour: Colour) -> String {
    let line = |one: &NotDone| tinted(&visible::line(&one.because("tested")), Tint::Bad, colour);
    all.iter().map(|one| format!("{}\n", line(one))).collect()
}

fn each_failure(all: &[Trials], mut tell: impl FnMut(&Trial, &Failure)) {
    for trial in all.iter().flat_map(|trials| &trials.trials) {
        trial.failures.iter().for_each(|failure| tell(trial, failure));
    }
}

fn told(failure: &Failure, indent: &str) -> String {
    said(failure).iter().map(|line| format!("{indent}{}\n", visible::line(line))).collect()
}

/// What was expected and what came instead, a line each.
fn said(failure: &Failure) -> Vec<String> {
    let mut lines = vec![format!("expected: {}", failure.expected)];
    let mut came = failure.came.iter();
    lines.extend(came.next().map(|first| format!("came: {first}")));
    lines.extend(came.map(|line| format!("      {line}")));
    lines.extend(failure.help.as_ref().map(|help| format!("help: {help}")));
    lines
}
