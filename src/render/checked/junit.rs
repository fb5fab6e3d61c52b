//! Checked policies as test cases, for build servers: one fails with all that was found in it when something there is an error.

use std::fmt::{self, Write};

use super::{Checked, Policy};
use crate::diagnostics::Severity;
use crate::render::diagnostics::plain;
use crate::render::escape::{markup, markup_lines};
use crate::render::junit;
use crate::source::Sources;

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    let failed = checked.policies.iter().filter(|policy| policy.counts().0 > 0 || policy.nothing).count();
    let errors = checked.not_checked.len();
    let tests = checked.policies.len().saturating_add(errors);
    let counts = format!("tests=\"{tests}\" failures=\"{failed}\" errors=\"{errors}\" skipped=\"0\" time=\"0\"");
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"overens\" {counts}>")?;
    writeln!(out, "  <testsuite name=\"check\" {counts}>")?;
    checked.policies.iter().try_for_each(|policy| test_case(policy, checked.sources, out))?;
    for one in checked.not_checked {
        let (file, at) = one.place();
        junit::case(&format!("{}.check", one.name), &one.file, Some((file, at.map_or(1, |(line, _)| line))), out)?;
        writeln!(out, "><error message=\"could not be checked\">{}</error></testcase>", markup(&one.why))?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn test_case(policy: &Policy, sources: &Sources, out: &mut dyn Write) -> fmt::Result {
    let error = policy.findings.iter().find(|one| one.severity == Severity::Error);
    let place = error.map(|one| sources.at(one.place.span)).map(|(file, at)| (file, at.line));
    junit::case(&format!("{}.check", policy.name), &policy.file, place.or(Some((&policy.file, 1))), out)?;
    if policy.nothing && policy.counts().0 == 0 {
        let holds = markup(&policy.holds);
        return writeln!(out, "><failure type=\"nothing-to-do\" message=\"{holds}\"/></testcase>");
    }
    let Some(first) = error else {
        return writeln!(out, "/>");
    };
    let all: Vec<String> = policy.findings.iter().map(|one| plain::finding(one, sources)).collect();
    writeln!(out, ">")?;
    write!(out, "      <failure type=\"{}\" message=\"{}\">", first.code.name, markup(&first.message))?;
    writeln!(out, "{}</failure>\n    </testcase>", markup_lines(&all.join("\n")))
}
