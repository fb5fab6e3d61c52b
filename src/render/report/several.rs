//! The reports on several agreements as one: each below its title, then how many verdicts there are in all.
//! As JSON it is `overens-reports` version 1, described in docs/report-schema.md.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use serde::Serialize;

use super::{counted, json, plain, pretty};
use crate::render::diagnostics::json::write as as_json;
use crate::render::table::{Tint, broken, tinted};
use crate::render::{Look, visible};
use crate::report::{Report, Rows};
use crate::source::Sources;
use crate::verdict::Called;

/// The name and version of the form; a change that a reader could trip over gets a new number.
const SCHEMA: &str = "overens-reports/1";

/// Agreements that were judged in one run.
pub struct Several<'a> {
    pub reports: Vec<Among<'a>>,
    pub not_judged: &'a [NotJudged],
    /// The code that the run ends with.
    pub exit: i32,
    pub number: Number,
    /// The verdicts that make the run fail.
    pub failing: &'a [Called],
    /// What tables of rows are about.
    pub table: Table,
    /// The command that made it, as in `overens eval`.
    pub command: &'static str,
}

/// What the rows of a table are, as comma-separated values and as lines of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    Verdicts,
    /// Who bears how much of which cost.
    Shares,
}

/// For how many agreements a run was asked. One that was asked for by itself stands alone in its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    One,
    Several,
}

/// One of them, with the code that a run over it alone would end with.
pub struct Among<'a> {
    pub report: &'a Report,
    /// All its verdicts, for forms that tell of each.
    pub rows: Rows<'a>,
    pub exit: i32,
}

impl<'a> Among<'a> {
    pub fn sources(&self) -> &'a Sources {
        self.rows.names.sources
    }
}

/// An agreement that could not be judged.
#[derive(Clone, Debug, Serialize)]
pub struct NotJudged {
    pub agreement: String,
    pub policy: String,
    pub exit: i32,
    /// The first thing that is wrong; the messages have told all.
    pub why: String,
    /// Where that stands, if it stands somewhere: file, line and column.
    #[serde(skip)]
    pub at: Option<(String, usize, usize)>,
}

impl Several<'_> {
    pub(super) fn counts(&self) -> BTreeMap<Called, usize> {
        let mut all: BTreeMap<Called, usize> = BTreeMap::new();
        for (called, count) in self.reports.iter().flat_map(|one| &one.report.counts) {
            let sum = all.entry(*called).or_default();
            *sum = sum.saturating_add(*count);
        }
        all
    }

    /// `4 agreements`.
    pub(super) fn agreements(&self) -> String {
        match self.reports.len() {
            1 => "1 agreement".to_string(),
            many => format!("{many} agreements"),
        }
    }
}

impl NotJudged {
    pub(super) fn words(&self) -> String {
        format!("{} could not be judged ({})", self.agreement, self.policy)
    }

    /// Where to look: where the first thing stands that is wrong, else the policy as a whole.
    pub(super) fn place(&self) -> (&str, Option<(usize, usize)>) {
        let at = self.at.as_ref();
        at.map_or((self.policy.as_str(), None), |(file, line, column)| (file.as_str(), Some((*line, *column))))
    }

    /// Why, in words that are never empty.
    pub(in crate::render) fn reason(&self) -> &str {
        if self.why.is_empty() { "could not be judged" } else { &self.why }
    }

    /// The same with the reason.
    pub(in crate::render) fn because(&self) -> String {
        if self.why.is_empty() { self.words() } else { format!("{}: {}", self.words(), self.why) }
    }
}

/// Drawn for a terminal.
pub fn pretty(all: &Several, look: Look) -> String {
    let mut text = String::new();
    for one in &all.reports {
        let (report, sources) = (one.report, one.sources());
        for line in broken(&visible::line(&report.head.title), look.width) {
            text.push_str(&format!("{}\n", tinted(&line, Tint::Strong, look.colour)));
        }
        text.push_str(&pretty::body(report, sources, look));
        text.push_str(&format!("\n{}", pretty::stopped(report)));
        text.push_str(&pretty::end(&report.counts, look, &report.head.agreement));
        text.push_str("\n\n");
    }
    for one in all.not_judged {
        text.push_str(&format!("{}\n", tinted(&visible::line(&one.because()), Tint::Bad, look.colour)));
    }
    let counts = format!("{}: {}", all.agreements(), counted(&all.counts(), pretty::dot(look)));
    text.push_str(&pretty::both_ends(&counts, Tint::Strong, &format!("exit {}", all.exit), look));
    text
}

/// In plain lines, made one at a time.
pub fn plain(all: &Several, out: &mut dyn Write) -> fmt::Result {
    for one in &all.reports {
        plain::say(&one.report.head.title, out)?;
        plain::body(one, out)?;
        writeln!(out)?;
    }
    all.not_judged.iter().try_for_each(|one| plain::say(&one.because(), out))?;
    plain::say(&format!("{}: {}", all.agreements(), counted(&all.counts(), ", ")), out)?;
    writeln!(out, "exit {}", all.exit)
}

/// For a program.
pub fn json(all: &Several, out: &mut dyn Write) -> fmt::Result {
    let counts = all.counts();
    let wire = Wire {
        schema: SCHEMA,
        reports: all.reports.iter().map(json::wire).collect(),
        not_judged: all.not_judged,
        counts: json::counts(&counts),
        exit: all.exit,
    };
    as_json(&wire, out)
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'a str,
    reports: Vec<json::Wire<'a>>,
    not_judged: &'a [NotJudged],
    counts: BTreeMap<&'a str, usize>,
    exit: i32,
}
