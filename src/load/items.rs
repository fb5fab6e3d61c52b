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
    another_than(text, None)
}

/// The same where the file's entry says what does.
pub(super) fn another_than(text: &str, said: Option<char>) -> Option<char> {
    // Most texts are short and have none of these signs.
    if !text.bytes().any(|byte| matches!(byte, b';' | b',' | b'\n' | b'/')) {
        return None;
    }
    let (mut signs, mut found) = (text.char_indices(), None);
    while let (Some((at, sign)), None) = (signs.next(), found) {
        let is_apart = || text.get(..at).is_some_and(|before| before.ends_with(' '));
        found = match sign {
            sign if Some(sign) == said => None,
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

/// Whether a cell may have several items that what is said to separate them does not. Where `|` is said, the others mean nothing.
pub(super) fn is_whole(text: &str, dialect: &Dialect) -> bool {
    match dialect.items {
        None => another(text).is_some(),
        Some(BETWEEN_ITEMS) => false,
        said => another_than(text, said).is_some(),
    }
}

/// What an item of a set of texts means by the file's own words. What means yes or no there is a text like any other here.
pub(super) fn meant<'t>(text: &'t str, dialect: &'t Dialect) -> &'t str {
    if dialect.words.is_empty() {
        return text;
    }
    let word = folded(text);
    let is_answer = |meant: &str| matches!(folded(meant).as_str(), "yes" | "no" | "true" | "false");
    let own = dialect.words.iter().find(|(own, meant)| *own == word && !is_answer(meant));
    own.map_or(text, |(_, meant)| meant)
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
pub(super) struct Columns(BTreeMap<(FileId, String), Column>);

/// What a column shows, and what the file's entry says that separates its items.
#[derive(Default)]
struct Column {
    between: Between<(Span, String)>,
    said: Option<char>,
}

impl Columns {
    /// Adds what a cell shows, or several; with what the file's entry says that separates items.
    pub fn add(
        &mut self,
        (file, name): (FileId, &str),
        (parted, said): (bool, Option<char>),
        whole: Option<(Span, &str)>,
    ) {
        let of_field = self.0.entry((file, name.to_owned())).or_default();
        of_field.said = said;
        let column = &mut of_field.between;
        column.parted |= parted;
        if let Some((at, text)) = whole
            && column.whole.as_ref().is_none_or(|(first, _)| at < *first)
        {
            column.whole = Some((at, text.to_owned()));
        }
    }

    /// Tells of columns whose cells seem to have several items that are read as one.
    pub fn told(self) -> Vec<Diagnostic> {
        let tell = |((_, name), Column { between: column, said: by }): ((FileId, String), Column)| {
            let (at, text) = column.whole?;
            // A text may well have a comma, but hardly a semicolon.
            let is_hardly_text = |sign: &char| !column.parted || matches!(sign, ';' | '\n');
            let sign = another_than(&text, by).filter(is_hardly_text).or_else(|| {
                // A comma before it means nothing.
                [';', '\n'].into_iter().find(|sign| text.contains(*sign) && Some(*sign) != by)
            })?;
            let message = format!("`{}` is read as one item of `{name}`, here and in the whole column", clip(&text));
            if let Some(by) = by {
                let by = SEPARATORS.iter().find(|(_, one)| *one == by).map_or("|", |(name, _)| name);
                let by = if by == "line break" { "a line break".to_owned() } else { format!("`{by}`") };
                let message =
                    format!("a part of `{}` is read as one item of `{name}`: {by} separates items", clip(&text));
                let help = format!(
                    "if it is several items, write {by} between them in this cell too; if it is one, nothing need be done"
                );
                return Some(codes::CSV_GUESSED.at(at).say(message).help(help));
            }
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
