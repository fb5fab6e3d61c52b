//! Columns that line up, counted as a terminal shows characters: wide ones take two places, accents none.
//! The last column is a sentence and is broken at blanks where the terminal ends.

use unicode_width::UnicodeWidthStr;

use super::{Colour, visible};

/// A row: cells that line up, a sentence, and something short that ends the line (a place in a file).
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// Blanks before the sentence, for what stands below something.
    pub indent: usize,
    pub sentence: String,
    pub tail: String,
}

/// A cell and how it is coloured.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub tint: Tint,
}

/// How much a word is to stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tint {
    #[default]
    Plain,
    Strong,
    Faint,
    Good,
    Warning,
    Bad,
    Person,
}

impl Cell {
    pub fn plain(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), tint: Tint::Plain }
    }

    pub fn tinted(text: impl Into<String>, tint: Tint) -> Cell {
        Cell { text: text.into(), tint }
    }
}

/// Blanks between columns.
const GAP: usize = 2;
/// A sentence that has less room than this begins on a line of its own.
const LEAST_ROOM: usize = 44;
/// Where such a line begins.
const OWN_LINE: usize = 6;
/// A column is no wider than this part of the line; a longer cell pushes what follows it.
const WIDEST_PART: usize = 4;

/// The rows, each line indented by so many blanks and ended by a line break.
pub fn lay(rows: &[Row], indent: usize, width: usize, colour: Colour) -> String {
    lay_each(std::slice::from_ref(&rows), indent, width, colour).concat()
}

/// Several tables whose columns line up with one another.
pub fn lay_each(tables: &[impl AsRef<[Row]>], indent: usize, width: usize, colour: Colour) -> Vec<String> {
    let width = width.max(40);
    let widths = widths(tables.iter().flat_map(AsRef::as_ref), width);
    let lay = |rows: &[Row]| {
        let mut text = String::new();
        rows.iter().for_each(|row| lay_row(row, &widths, indent, width, colour, &mut text));
        text
    };
    tables.iter().map(|rows| lay(rows.as_ref())).collect()
}

/// How wide a text is shown.
pub fn wide(text: &str) -> usize {
    text.width()
}

/// A text in a colour.
pub fn tinted(text: &str, tint: Tint, colour: Colour) -> String {
    let code = match (tint, colour) {
        (Tint::Plain, _) | (_, Colour::Off) => return text.to_string(),
        (Tint::Strong, Colour::On) => "1",
        (Tint::Faint, Colour::On) => "2",
        (Tint::Good, Colour::On) => "32",
        (Tint::Warning, Colour::On) => "33",
        (Tint::Bad, Colour::On) => "31;1",
        (Tint::Person, Colour::On) => "36",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

/// A text in lines no wider than `room`, broken at blanks. A word that is wider stands alone.
pub fn broken(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if wide(line).saturating_add(wide(word)) < room => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_string()),
        }
    }
    lines
}

fn widths<'a>(rows: impl IntoIterator<Item = &'a Row>, width: usize) -> Vec<usize> {
    let most = width.checked_div(WIDEST_PART).unwrap_or(width);
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (at, cell) in row.cells.iter().enumerate() {
            let shown = wide(&visible::line(&cell.text)).min(most);
            match widths.get_mut(at) {
                Some(known) => *known = (*known).max(shown),
                None => widths.push(shown),
            }
        }
    }
    widths
}

fn lay_row(row: &Row, widths: &[usize], indent: usize, width: usize, colour: Colour, text: &mut String) {
    let mut line = " ".repeat(indent);
    let mut at = indent;
    let mut owed = 0usize;
    for (cell, column) in row.cells.iter().zip(widths) {
        if *column == 0 {
            continue;
        }
        let words = visible::line(&cell.text);
        if words.is_empty() {
            owed = owed.saturating_add(*column).saturating_add(GAP);
            continue;
        }
        line.push_str(&" ".repeat(owed));
        line.push_str(&tinted(&words, cell.tint, colour));
        at = at.saturating_add(owed).saturating_add(wide(&words));
        owed = column.saturating_sub(wide(&words)).saturating_add(GAP);
    }
    let begin = at.saturating_add(owed).saturating_add(row.indent);
    sentence(row, line, (at, begin), width, colour, text);
}

/// Adds sentence and tail to a line that has `at` columns; the sentence is to begin at column `begin`.
fn sentence(row: &Row, line: String, (at, begin): (usize, usize), width: usize, colour: Colour, text: &mut String) {
    let words = visible::line(&row.sentence);
    let tail_width = wide(&visible::line(&row.tail));
    let whole = wide(&words).saturating_add(if tail_width > 0 { tail_width.saturating_add(GAP) } else { 0 });
    let cramped = width.saturating_sub(begin) < LEAST_ROOM.min(whole) && !words.is_empty();
    let (mut line, mut at, begin) = if cramped {
        text.push_str(line.trim_end());
        text.push('\n');
        (String::new(), 0, OWN_LINE)
    } else {
        (line, at, begin)
    };
    // Without cells the sentence begins with a mark, and what follows hangs behind it.
    let hanging = if row.cells.is_empty() { begin.saturating_add(2) } else { begin };
    for (number, part) in broken(&words, width.saturating_sub(hanging)).into_iter().enumerate() {
        let from = if number == 0 { begin } else { hanging };
        if number > 0 {
            text.push_str(line.trim_end());
            text.push('\n');
            (line, at) = (String::new(), 0);
        }
        line.push_str(&" ".repeat(from.saturating_sub(at)));
        line.push_str(&part);
        at = from.saturating_add(wide(&part));
    }
    tail(row, line, at, hanging, width, colour, text);
}

fn tail(row: &Row, mut line: String, at: usize, hanging: usize, width: usize, colour: Colour, text: &mut String) {
    let words = visible::line(&row.tail);
    if !words.is_empty() {
        if at.saturating_add(GAP).saturating_add(wide(&words)) <= width {
            line.push_str("  ");
        } else {
            text.push_str(line.trim_end());
            text.push('\n');
            line = " ".repeat(hanging.min(width.saturating_sub(wide(&words))));
        }
        line.push_str(&tinted(&words, Tint::Faint, colour));
    }
    text.push_str(line.trim_end());
    text.push('\n');
}
