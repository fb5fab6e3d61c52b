//! What checking came to for a wiki or a pull request: a table of policies, then what was found.

use std::fmt::{self, Write};

use super::Checked;
use crate::render::diagnostics::severity;
use crate::render::escape::{code, markdown, sentence};
use crate::render::report::place;

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "**{}**\n\n| policy | errors | warnings |\n|---|--:|--:|", checked.answer())?;
    for policy in checked.policies {
        let (errors, warnings) = policy.counts();
        writeln!(out, "| {} ({}) | {errors} | {warnings} |", markdown(&policy.name), code(&policy.file))?;
    }
    for one in checked.not_checked {
        writeln!(out, "| {} ({}) | could not be checked | |", markdown(&one.name), code(&one.file))?;
    }
    if !checked.findings.is_empty() || !checked.not_checked.is_empty() {
        writeln!(out)?;
    }
    for one in checked.not_checked {
        writeln!(out, "- **{}** could not be checked: {}", markdown(&one.name), sentence(&one.why))?;
    }
    for one in checked.findings {
        let (what, message) = (severity(one.severity), sentence(&one.message));
        let at = code(&place(one.place.span, checked.sources));
        writeln!(out, "- {at}: {what} {}: {message}", code(one.code.name))?;
        for other in one.others.iter().filter(|other| !other.words.is_empty()) {
            writeln!(out, "  - {}: {}", code(&place(other.span, checked.sources)), sentence(&other.words))?;
        }
        if let Some(help) = &one.help {
            writeln!(out, "  - {}", sentence(&help.replace('\n', " ")))?;
        }
    }
    Ok(())
}
