//! A comparison as commands of a GitHub run: what differs becomes annotations, errors where that makes the run fail.

use std::fmt::{self, Write};

use super::Compared;
use super::page::{self, Item};
use super::words::Arrow;
use crate::render::report::github::{data, property};
use crate::render::visible;

pub(super) fn write(compared: &Compared, out: &mut dyn Write) -> fmt::Result {
    for section in page::sections(compared.of, Arrow("becomes")) {
        for item in &section.items {
            let level = if compared.fails() && section.counts { "error" } else { "notice" };
            write!(out, "::{level} ")?;
            if let Some((file, line, column)) = compared.at(item.place) {
                write!(out, "file={},line={line},col={column},", property(file))?;
            }
            writeln!(out, "title={}::{}", property(&section.title), data(&Item::sentence(item)))?;
        }
    }
    writeln!(out, "{}: {}", visible::line(&compared.of.new.agreement), page::sum(compared.of))
}
