//! Lines of policies and fact files with words underlined.
//! Only lines that hold one of the places are shown; a long line is cut to what surrounds its places.

use std::collections::BTreeMap;

use super::table::{Tint, tinted, wide};
use super::{Look, Marks, visible};
use crate::source::{FileId, Source, Sources, Span};

/// A place of more lines is shown by its first ones.
const MOST_LINES: usize = 6;
/// Characters shown before the first place of a line that is cut.
const BEFORE: usize = 16;

/// The lines of these places, file by file in the order in which the files come up first.
pub fn excerpts(places: &[Span], sources: &Sources, look: Look) -> String {
    let mut order: Vec<FileId> = Vec::new();
    let mut files: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for place in places {
        if !order.contains(&place.file) {
            order.push(place.file);
        }
        files.entry(place.file).or_default().push(*place);
    }
    let mut text = String::new();
    for file in order {
        if let (Some(source), Some(spans)) = (sources.get(file), files.get(&file)) {
            one_file(source, spans, look, &mut text);
        }
    }
    text
}

/// Columns to underline, by line: from (counted from 0) and up to.
type Underlined = BTreeMap<usize, Vec<(usize, usize)>>;

fn one_file(source: &Source, spans: &[Span], look: Look, text: &mut String) {
    let mut lines = Underlined::new();
    for span in spans {
        underline(source, *span, &mut lines);
    }
    text.push_str(&format!("  {}\n", tinted(&visible::line(&source.name), Tint::Faint, look.colour)));
    let gutter = lines.keys().next_back().map_or(1, |line| line.to_string().len());
    for (number, marks) in &lines {
        one_line(source.line(*number), *number, marks, gutter, look, text);
    }
}

fn underline(source: &Source, span: Span, lines: &mut Underlined) {
    let (start, end) = (source.line_column(span.start), source.line_column(span.end));
    let last = end.line.min(start.line.saturating_add(MOST_LINES.saturating_sub(1)));
    for line in start.line..=last {
        let marks = lines.entry(line).or_default();
        // A place of several lines is all that is shown of them; only within one line there is something to point out.
        if start.line == end.line {
            let from = start.column.saturating_sub(1);
            marks.push((from, end.column.saturating_sub(1).max(from.saturating_add(1))));
        }
    }
}

fn one_line(line: &str, number: usize, marks: &[(usize, usize)], gutter: usize, look: Look, text: &mut String) {
    let (bar, arrow) = match look.marks {
        Marks::Unicode => ('│', '─'),
        Marks::Ascii => ('|', '^'),
    };
    let room = look.width.saturating_sub(gutter).saturating_sub(6).max(20);
    let first = marks.iter().map(|(from, _)| *from).min().unwrap_or(0);
    let skipped = if line.chars().count() > room { first.saturating_sub(BEFORE) } else { 0 };
    let (mut shown, mut under) = (String::new(), String::new());
    if skipped > 0 {
        shown.push_str("… ");
        under.push_str("  ");
    }
    for (at, c) in line.chars().enumerate().skip(skipped) {
        let piece = if c == '\t' { " ".to_string() } else { visible::line(&c.to_string()) };
        if wide(&shown).saturating_add(wide(&piece)) > room {
            shown.push_str(" …");
            break;
        }
        let marked = marks.iter().any(|(from, up_to)| (*from..*up_to).contains(&at));
        let below = if marked { arrow } else { ' ' };
        under.extend(std::iter::repeat_n(below, wide(&piece)));
        shown.push_str(&piece);
    }
    let edge = tinted(&format!("{number:>gutter$} {bar}"), Tint::Faint, look.colour);
    text.push_str(&format!("  {edge} {}\n", shown.trim_end()));
    let blank = tinted(&format!("{:>gutter$} {bar}", ""), Tint::Faint, look.colour);
    let under = under.trim_end();
    if !under.is_empty() {
        text.push_str(&format!("  {blank} {}\n", tinted(under, Tint::Warning, look.colour)));
    }
}
