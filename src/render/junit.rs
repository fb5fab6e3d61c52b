//! What every report shares that is made of test cases, in the XML that build servers read: places of cases, and no time.
//! Judging takes no time that would be the same twice, so every case took none.

use std::fmt::{self, Write};

use super::escape::markup;
use super::repository;

/// The beginning of a case, up to the end of its attributes.
pub(super) fn case(class: &str, name: &str, place: Option<(&str, usize)>, out: &mut dyn Write) -> fmt::Result {
    write!(out, "    <testcase classname=\"{}\" name=\"{}\"", markup(class), markup(name))?;
    if let Some((file, line)) = place {
        write!(out, " file=\"{}\" line=\"{line}\"", markup(&repository::path(file)))?;
    }
    out.write_str(" time=\"0\"")
}

/// A suite of what could not even be begun: one case that is an error, with the reason and where it stands.
pub(super) fn not_done(
    (name, policy): (&str, &str),
    (file, at): (&str, Option<(usize, usize)>),
    (message, why): (&str, &str),
    out: &mut dyn Write,
) -> fmt::Result {
    let suite = markup(name);
    writeln!(out, "  <testsuite name=\"{suite}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"0\">")?;
    case(name, policy, Some((file, at.map_or(1, |(line, _)| line))), out)?;
    writeln!(out, "><error message=\"{}\">{}</error></testcase>", markup(message), markup(why))?;
    writeln!(out, "  </testsuite>")
}
