//! Items of sets in cells: what separates them, and columns of texts in which something else than that seems to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::Dialect,
    source::{FileId, Span},
};

use super::{
    node::{Node, NodeKind, Style},
    wording::{clip, folded},
};

/// What separates items unless the file's entry says something else.
const BETWEEN_ITEMS: char = '|';

/// What may be said to separate them, as the entry names it.
pub(super) const SEPARATORS: [(&str, char); 5] = [("|", '|'), (";", ';'), (",", ','), ("/", '/'), ("line break", '\n')];

impl Dialect {
    /// What separates the items of a set.
    pub(super) fn between_items(&self) -> char {
        self.items.unwrap_or(BETWEEN_ITEMS)
    }
}

/// What seems to separate the items in a text, if it is not what does.
pub(super) fn another(text: &str) -> Option<char> {
    // Most texts are short and have none of these signs.
    if !text.bytes().any(|byte| matches!(byte, b';' | b',' | b'\n' | b'/')) {
        return None;
    }
    let (mut signs, mut found) = (text.char_indices(), None);
    while let (Some((at, sign)), None) = (signs.next(), found) {
        let is_apart = || text.get(..at).is_some_and(|before| before.ends_with(' '));
        found = match sign {
            ';' | ',' | '\n' => Some(sign),
            '/' if is_apart() && text.get(at.saturating_add(1)..).is_some_and(|rest| rest.starts_with(' ')) => {
                Some('/')
            }
            _ => None,
        };
    }
    found
}

/// What to say in the file's entry so that a sign separates items.
pub(super) fn said(sign: char) -> String {
    let name = SEPARATORS.iter().find(|(_, one)| *one == sign).map_or("…", |(name, _)| name);
    format!("items: \"{name}\"")
}

/// The way out for a cell of a set that holds no item but seems to hold several.
pub(super) fn way_out(text: &str) -> Option<String> {
    let sign = another(text).or_else(|| text.contains('/').then_some('/'));
    let Some(sign) = sign else {
        return text.contains(['&', '+']).then(|| format!("separate the items of a set with `{BETWEEN_ITEMS}`"));
    };
    Some(format!(
        "separate the items of a set with `{BETWEEN_ITEMS}`, or set what separates them in the file's `files` entry: `{}`",
        said(sign)
    ))
}

/// The items of a set in a cell, each at the place of the whole. Where `words` says that the whole means several, these.
pub(super) fn in_cell(text: &str, dialect: &Arc<Dialect>, span: Span) -> Vec<Node> {
    let whole = folded(text);
    let meant = dialect.words.iter().find(|(word, meant)| *word == whole && meant.contains(dialect.between_items()));
    let text = meant.map_or(text, |(_, meant)| meant);
    let items = text.split(dialect.between_items()).map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| Node { span, kind: NodeKind::Plain(item.to_owned(), Style::Cell(Arc::clone(dialect))) }).collect()
}

/// What a column of sets shows of what separates its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Between<P> {
    /// Whether some cell has several items.
    pub parted: bool,
    /// The first cell that seems to have several items and is read as one.
    pub whole: Option<P>,
}

impl<P> Default for Between<P> {
    fn default() -> Self {
        Between { parted: false, whole: None }
    }
}

/// Columns of sets of texts, by file and field.
#[derive(Default)]
pub(super) struct Columns(BTreeMap<(FileId, String), Between<(Span, String)>>);

impl Columns {
    pub fn add(&mut self, (file, name): (FileId, &str), parted: bool, whole: Option<(Span, &str)>) {
        let column = self.0.entry((file, name.to_owned())).or_default();
        column.parted |= parted;
        if let Some((at, text)) = whole
            && column.whole.as_ref().is_none_or(|(first, _)| at < *first)
        {
            column.whole = Some((at, text.to_owned()));
        }
    }

    /// Tells of columns whose cells seem to have several items that are read as one.
    pub fn told(self) -> Vec<Diagnostic> {
        let tell = |((_, name), column): ((FileId, String), Between<(Span, String)>)| {
            let (at, text) = column.whole?;
            // A text may well have a comma, but hardly a semicolon.
            let sign = another(&text).filter(|sign| !column.parted || matches!(sign, ';' | '\n'))?;
            let message = format!("`{}` is read as one item of `{name}`, here and in the whole column", clip(&text));
            let help = format!(
                "if it is several items, set what separates them in the file's `files` entry, `{}`; if it is one, set `{}`",
                said(sign),
                said(BETWEEN_ITEMS)
            );
            Some(codes::CSV_GUESSED.at(at).say(message).help(help))
        };
        self.0.into_iter().filter_map(tell).collect()
    }
}
