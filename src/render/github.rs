//! What every report shares that is made of commands of a GitHub run: annotations, of which a run shows ten of each kind, and how
//! many more there are.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::report::level::Level;
use super::repository;
use super::visible;

/// So many annotations of each kind a run shows; more of them would push out others.
pub(super) const SHOWN: usize = 10;

/// A command that becomes an annotation.
pub(super) struct Annotation<'a> {
    pub level: Level,
    /// File, line and column; without the last two, the file as a whole.
    pub place: Option<(&'a str, Option<(usize, usize)>)>,
    pub title: String,
    pub message: String,
}

/// Which of very many are shown.
#[derive(Clone, Copy)]
pub(super) enum Chosen {
    MostUrgent,
    First,
}

/// Annotations as they come. Those beyond the ten of their kind are counted.
#[derive(Default)]
pub(super) struct Annotations {
    met: BTreeMap<Level, usize>,
}

impl Annotations {
    pub fn add(&mut self, one: &Annotation, out: &mut dyn Write) -> fmt::Result {
        let met = self.met.entry(one.level).or_default();
        *met = met.saturating_add(1);
        if *met > SHOWN {
            return Ok(());
        }
        write!(out, "::{} ", word(one.level))?;
        if let Some((name, at)) = one.place {
            write!(out, "file={},", property(&repository::path(name)))?;
            at.map_or(Ok(()), |(line, column)| write!(out, "line={line},col={column},"))?;
        }
        writeln!(out, "title={}::{}", property(&one.title), data(&one.message))
    }

    /// Some of a kind that are not told one by one.
    pub fn count(&mut self, level: Level, many: usize) {
        let met = self.met.entry(level).or_default();
        *met = met.saturating_add(many);
    }

    /// Says how many there are of each kind where not all are shown.
    pub fn end(self, chosen: Chosen, elsewhere: &str, out: &mut dyn Write) -> fmt::Result {
        if self.met.values().all(|met| *met <= SHOWN) {
            return Ok(());
        }
        let shown = match chosen {
            Chosen::MostUrgent => format!("the {SHOWN} most urgent"),
            Chosen::First => format!("the first {SHOWN}"),
        };
        let words = |(level, met): (&Level, &usize)| match *met {
            1 => format!("1 {}", word(*level)),
            met if met > SHOWN => format!("{met} {}s, of which {shown} are shown", word(*level)),
            met => format!("{met} {}s", word(*level)),
        };
        let told: Vec<String> = self.met.iter().filter(|(_, met)| **met > 0).map(words).collect();
        writeln!(out, "{}", visible::line(&format!("{}; {elsewhere}", told.join("; "))))
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    }
}

/// A message as the runner reads it.
fn data(words: &str) -> String {
    visible::line(words).replace('%', "%25")
}

/// A value among others as the runner reads it.
fn property(words: &str) -> String {
    data(words).replace(':', "%3A").replace(',', "%2C")
}
