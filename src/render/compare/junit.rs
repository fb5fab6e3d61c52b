//! A comparison as test cases, for build servers: a case for each item, which fails where what differs makes the run fail.

use std::fmt::{self, Write};

use super::Compared;
use super::page::{self, Item};
use super::words::Arrow;
use crate::render::escape::markup;
use crate::render::junit;

pub(super) fn write(compared: &Compared, out: &mut dyn Write) -> fmt::Result {
    let sections = page::sections(compared.of, Arrow("becomes"));
    let fails = |counts: bool| compared.fails() && counts;
    let tests: usize = sections.iter().map(|section| section.items.len()).sum();
    let failing = sections.iter().filter(|section| fails(section.counts));
    let failed: usize = failing.map(|section| section.items.len()).sum();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    write!(out, "<testsuites name=\"overens\" tests=\"{tests}\" failures=\"{failed}\"")?;
    writeln!(out, " errors=\"0\" skipped=\"0\" time=\"0\">")?;
    let agreement = &compared.of.new.agreement;
    for section in &sections {
        let (count, title) = (section.items.len(), markup(&section.title));
        let failures = if fails(section.counts) { count } else { 0 };
        let name = markup(agreement);
        write!(out, "  <testsuite name=\"{name}: {title}\" tests=\"{count}\" failures=\"{failures}\"")?;
        writeln!(out, " errors=\"0\" skipped=\"0\" time=\"0\">")?;
        for item in &section.items {
            let (file, line, _) = compared.somewhere(item.place);
            junit::case(&format!("{agreement}.diff"), &Item::sentence(item), Some((file, line)), out)?;
            match fails(section.counts) {
                true => writeln!(out, "><failure type=\"differs\" message=\"{title}\"/></testcase>")?,
                false => writeln!(out, "/>")?,
            }
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}
