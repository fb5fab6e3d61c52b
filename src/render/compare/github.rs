//! A comparison as commands of a GitHub run: what differs becomes annotations, errors where that makes the run fail.

use std::fmt::{self, Write};

use super::Compared;
use super::page::{self, Item};
use super::words::Arrow;
use crate::render::github::{Annotation, Annotations, Chosen};
use crate::render::report::level::Level;
use crate::render::sarif::said;
use crate::render::visible;

pub(super) fn write(compared: &Compared, out: &mut dyn Write) -> fmt::Result {
    let mut annotations = Annotations::default();
    for section in page::sections(compared.of, Arrow("becomes")) {
        let level = if compared.fails() && section.counts { Level::Error } else { Level::Notice };
        for item in &section.items {
            let place = compared.at(item.place).map(|(name, line, column)| (name, Some((line, column))));
            let message = said(&Item::sentence(item), item.place, compared.sources);
            let title = section.title.clone();
            annotations.add(&Annotation { level, place, title, message }, out)?;
        }
    }
    writeln!(out, "{}: {}", visible::line(&compared.of.new.agreement), page::sum(compared.of))?;
    annotations.end(Chosen::First, "`--format csv` lists all that differs", out)
}
