//! What came of scenarios and snapshots for a wiki or a pull request: a table of agreements, then what does not hold.

use std::fmt::{self, Write};

use super::cases::{Sort, cases};
use super::{Trials, Tried};
use crate::render::escape::{code, markdown, sentence};
use crate::render::report::place;

pub(super) fn write(tried: &Tried, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "**{}**\n", if tried.holds() { "Everything holds." } else { "Not everything holds." })?;
    writeln!(out, "| agreement | scenarios | expectations | snapshots | do not hold |\n|---|--:|--:|--:|--:|")?;
    for trials in tried.all {
        let Counts { scenarios, expectations, snapshots, wrong } = Counts::of(trials);
        let name = markdown(&trials.agreement);
        writeln!(out, "| {name} | {scenarios} | {expectations} | {snapshots} | {wrong} |")?;
    }
    for one in tried.not_tested {
        writeln!(out, "| {} | could not be tested | | | |", markdown(&one.name))?;
    }
    if !tried.not_tested.is_empty() {
        writeln!(out)?;
    }
    for one in tried.not_tested {
        writeln!(
            out,
            "- **{}** could not be tested ({}): {}",
            markdown(&one.name),
            code(&one.file),
            sentence(&one.why)
        )?;
    }
    for trials in tried.all.iter().filter(|trials| !trials.holds()) {
        writeln!(out, "\n### {}\n", markdown(&trials.agreement))?;
        for case in cases(trials) {
            for wrong in &case.wrong {
                let at =
                    wrong.place.map_or_else(String::new, |span| format!(" ({})", code(&place(span, tried.sources))));
                let name = match case.sort {
                    Sort::Scenario => format!("**{}**", markdown(case.name)),
                    Sort::Snapshot => code(case.name),
                };
                writeln!(out, "- {name}{at}")?;
                wrong.words.iter().try_for_each(|line| writeln!(out, "  - {}", sentence(line.trim())))?;
            }
        }
    }
    Ok(())
}

/// How many there are of each.
pub(super) struct Counts {
    pub scenarios: usize,
    pub expectations: usize,
    pub snapshots: usize,
    /// Expectations and snapshots that do not hold.
    pub wrong: usize,
}

impl Counts {
    pub fn of(trials: &Trials) -> Counts {
        Counts {
            scenarios: trials.trials.len(),
            expectations: trials.trials.iter().map(|trial| trial.expectations).sum(),
            snapshots: trials.snapshots.len(),
            wrong: cases(trials).map(|case| case.wrong.len()).sum(),
        }
    }
}
