//! Snapshots that do not hold: what differs, the first few verdicts of each, and the way out.

use std::path::Path;

use serde::Serialize;

use super::table::{Tint, tinted};
use super::{Look, visible};
use crate::report::entry::{Difference, Entry, Key};
use crate::report::snapshot::{Held, State};

/// So many verdicts of a snapshot are told; the others are counted.
const TOLD: usize = 8;

/// Drawn for a terminal.
pub fn pretty(all: &[Held], policy: &str, look: Look) -> String {
    let told = all.iter().filter_map(|one| Some((one, wrong(one, policy)?)));
    let one = |(held, wrong): (&Held, Wrong)| {
        let head = tinted(&visible::line(&held.snapshot), Tint::Strong, look.colour);
        format!("{head}  {}\n{}\n", wrong.words, below(&wrong))
    };
    told.map(one).collect()
}

/// In plain lines.
pub fn plain(all: &[Held], policy: &str) -> String {
    let told = all.iter().filter_map(|one| Some((one, wrong(one, policy)?)));
    let one = |(held, wrong): (&Held, Wrong)| {
        format!("{}: {}\n{}", visible::line(&held.snapshot), wrong.words, below(&wrong))
    };
    told.map(one).collect()
}

/// What is wrong with a snapshot, a line each; nothing when it holds.
pub fn told(held: &Held, policy: &str) -> Option<Vec<String>> {
    if let State::Damaged = held.state {
        return Some(vec!["it was changed by hand, or it cannot be read".to_string()]);
    }
    let wrong = wrong(held, policy)?;
    Some(std::iter::once(wrong.words.clone()).chain(lines(&wrong)).collect())
}

/// What is wrong with a snapshot, which verdicts show it, and the way out.
struct Wrong<'h> {
    words: String,
    differences: &'h [Difference],
    help: String,
}

fn wrong<'h>(held: &'h Held, policy: &str) -> Option<Wrong<'h>> {
    let wrong = |words: String, differences, help| Some(Wrong { words, differences, help });
    let policy = visible::word(Path::new(policy));
    match &held.state {
        // What is wrong with a damaged one, the finding said.
        State::Holds(_) | State::Damaged => None,
        State::Differs { verdicts, differences } => {
            let verb = if differences.len() == 1 { "differs" } else { "differ" };
            let words = format!("{} of {} {verb}", differences.len(), many(*verdicts));
            wrong(words, differences, format!("`overens review {policy}` shows why, and accepts what is right"))
        }
        State::New(all) => {
            let words = format!("new: {} not accepted yet", many(all.len()));
            wrong(words, &[], format!("`overens review {policy}` shows and accepts them"))
        }
        State::FactsGone(facts) => {
            let words = format!("its facts `{}` no longer exist", visible::line(facts));
            wrong(words, &[], "restore the fact file, or delete the snapshot".to_string())
        }
    }
}

fn below(wrong: &Wrong) -> String {
    lines(wrong).iter().map(|line| format!("  {}\n", visible::line(line))).collect()
}

fn lines(wrong: &Wrong) -> Vec<String> {
    let mut lines: Vec<String> = wrong.differences.iter().take(TOLD).map(Difference::to_string).collect();
    let more = wrong.differences.len().saturating_sub(TOLD);
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines.push(format!("help: {}", wrong.help));
    lines
}

/// `1 verdict`, `60 verdicts`.
pub fn many(verdicts: usize) -> String {
    if verdicts == 1 { "1 verdict".to_string() } else { format!("{verdicts} verdicts") }
}

// ---- for a program ----

#[derive(Serialize)]
pub struct Wire<'a> {
    snapshot: &'a str,
    state: &'static str,
    differences: Vec<Differs<'a>>,
}

#[derive(Serialize)]
pub struct Differs<'a> {
    clause: &'a str,
    subject: Option<&'a str>,
    bearer: Option<&'a str>,
    period: Option<&'a str>,
    was: Option<Answer>,
    is: Option<Answer>,
}

#[derive(Serialize)]
struct Answer {
    verdict: &'static str,
    /// The whole answer as the snapshot has it.
    words: String,
}

pub fn wire(held: &Held) -> Wire<'_> {
    let state = match &held.state {
        State::Holds(_) => "holds",
        State::Differs { .. } => "differs",
        State::New(_) => "new",
        State::FactsGone(_) => "facts_gone",
        State::Damaged => "damaged",
    };
    Wire { snapshot: &held.snapshot, state, differences: held.differences().iter().map(differs).collect() }
}

pub fn differs(difference: &Difference) -> Differs<'_> {
    let Key { clause, subject, bearer, period } = &difference.key;
    let answer = |entry: &Entry| Answer { verdict: entry.called.words(), words: entry.answer() };
    Differs {
        clause,
        subject: subject.as_deref(),
        bearer: bearer.as_deref(),
        period: period.as_deref(),
        was: difference.old.as_ref().map(answer),
        is: difference.new.as_ref().map(answer),
    }
}
