//! Scenarios and snapshots as test cases, for build servers: a suite for each agreement. A case fails with all that does not
//! hold in it.

use std::fmt::{self, Write};

use super::cases::{Case, cases};
use super::{Trials, Tried};
use crate::render::escape::{markup, markup_lines};
use crate::render::junit;
use crate::render::report::place;
use crate::source::Sources;

pub(super) fn write(tried: &Tried, out: &mut dyn Write) -> fmt::Result {
    let errors = tried.not_tested.len();
    let all = tried
        .all
        .iter()
        .map(count)
        .fold((errors, 0), |sum: (usize, usize), one| (sum.0.saturating_add(one.0), sum.1.saturating_add(one.1)));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    write!(out, "<testsuites name=\"overens\" tests=\"{}\" failures=\"{}\"", all.0, all.1)?;
    writeln!(out, " errors=\"{errors}\" skipped=\"0\" time=\"0\">")?;
    tried.all.iter().try_for_each(|one| suite(one, tried.sources, out))?;
    tried.not_tested.iter().try_for_each(|one| {
        junit::not_done((&one.name, &one.file), one.place(), ("could not be tested", &one.why), out)
    })?;
    writeln!(out, "</testsuites>")
}

/// How many cases there are, and how many of them fail.
fn count(trials: &Trials) -> (usize, usize) {
    (cases(trials).count(), cases(trials).filter(|case| !case.wrong.is_empty()).count())
}

fn suite(trials: &Trials, sources: &Sources, out: &mut dyn Write) -> fmt::Result {
    let (tests, failed) = count(trials);
    write!(out, "  <testsuite name=\"{}\" tests=\"{tests}\"", markup(&trials.agreement))?;
    writeln!(out, " failures=\"{failed}\" errors=\"0\" skipped=\"0\" time=\"0\">")?;
    cases(trials).try_for_each(|case| test_case(&trials.agreement, &case, sources, out))?;
    writeln!(out, "  </testsuite>")
}

fn test_case(agreement: &str, case: &Case, sources: &Sources, out: &mut dyn Write) -> fmt::Result {
    let first = case.wrong.iter().find_map(|wrong| wrong.place).or(case.place);
    let at = first.map(|span| sources.at(span)).map_or((case.name, 1), |(file, at)| (file, at.line));
    junit::case(&format!("{agreement}.{}", case.sort.word()), case.name, Some(at), out)?;
    let Some(first) = case.wrong.first() else { return writeln!(out, "/>") };
    let mut lines: Vec<String> = Vec::new();
    for wrong in &case.wrong {
        lines.extend(wrong.place.map(|span| format!("{}:", place(span, sources))));
        lines.extend(wrong.words.iter().cloned());
    }
    let message = first.words.iter().take(2).map(|line| line.trim()).collect::<Vec<_>>().join("; ");
    writeln!(out, ">")?;
    write!(out, "      <failure type=\"{}\" message=\"{}\">", case.sort.word(), markup(&message))?;
    writeln!(out, "{}</failure>\n    </testcase>", markup_lines(&lines.join("\n")))
}
