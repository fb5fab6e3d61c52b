//! What does not hold as commands of a GitHub run: each becomes an annotation at its line of the policy. The log ends with a line
//! for each agreement.

use std::fmt::{self, Write};

use super::Tried;
use super::cases::cases;
use crate::render::report::github::{data, property};
use crate::render::visible;

pub(super) fn write(tried: &Tried, out: &mut dyn Write) -> fmt::Result {
    for trials in tried.all {
        for case in cases(trials) {
            for wrong in &case.wrong {
                let (file, at) = wrong.place.map_or((case.name, None), |span| {
                    let (file, at) = tried.sources.at(span);
                    (file, Some(at))
                });
                write!(out, "::error file={}", property(file))?;
                if let Some(at) = at {
                    write!(out, ",line={},col={}", at.line, at.column)?;
                }
                let words: Vec<&str> = wrong.words.iter().map(|line| line.trim()).collect();
                writeln!(out, ",title={}::{}", property(case.name), data(&words.join("; ")))?;
            }
        }
    }
    for policy in tried.not_tested {
        writeln!(out, "::error file={}::{} could not be tested", property(policy), data(policy))?;
    }
    tried.all.iter().try_for_each(|trials| writeln!(out, "{}", visible::line(&trials.summary())))
}
