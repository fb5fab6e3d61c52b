//! Fact files: from their text to facts that the agreement's records can hold.
//! Each notation has its own file; all of them end in the same tree. Files are opened at the door, not here.

mod around_table;
mod biff;
mod biff_runs;
mod bind;
mod causes;
mod cells;
mod clock_times;
mod columns;
mod compound;
mod csv;
mod day;
mod decisions;
mod error_cells;
mod exponent;
mod far_days;
mod files;
mod finer;
mod for_good;
mod format;
mod given;
mod grow;
mod guarded;
pub mod guess;
mod harmless;
mod head;
mod heads;
mod hidden;
mod indented;
mod items;
pub mod json;
mod json_lines;
mod list_form;
mod lists;
mod marks;
mod meant;
mod merged;
mod mistakes;
mod nearly;
pub mod node;
mod notation;
mod number_format;
mod odd;
mod ods_formats;
mod others;
mod over_columns;
mod packed;
mod percents;
mod plain;
mod reading;
mod recorded_check;
pub mod ron;
mod row_marks;
mod rows;
mod runs;
mod scan;
mod sheet_text;
mod shown;
pub mod spreadsheet;
mod swapped;
mod text_formulas;
mod toml;
mod totals;
mod units;
mod unseen;
mod value;
mod wording;
mod wrong_cells;
mod yaml;

pub use bind::{Whose, bind};
pub use csv::{leaves_out_a_record, longest_cell, no_table, no_utf_8, seem_to_end_at, spread, without_rows_of_others};
pub use day::day_of;
pub use far_days::check_far_days;
pub use files::{How, Named, Rows, Said, as_of, files, known_on, without_as_of};
pub use given::apply_given;
pub use guarded::is_guarded;
pub use others::{Doubt, Other, Others, agreements, others};
pub use recorded_check::check_recorded;
pub use totals::sums_in;
pub use wording::many;

use crate::{
    diagnostics::{Sink, codes},
    source::{FINISH_THE_MERGE, FileId, Span, Text, looks_like_a_line_end, merge_mark, named, turns, with_line_feeds},
};
use node::Node;
use notation::MOST_FINDINGS;
use wording::clip;

/// Reads a fact file in the notation that the ending of its name stands for. Nothing comes back when it cannot be read.
pub fn read(file: FileId, name: &str, text: &str, problems: &mut Sink) -> Option<Node> {
    read_as(file, (name, &Text::from(text)), &How::default(), problems)
}

/// The same, told how. What comes from a pipe (`-`) is RON, the notation that facts are meant for, or CSV where the record is
/// said, unless another ending is given.
pub fn read_as(file: FileId, (name, text): (&str, &Text), how: &How, problems: &mut Sink) -> Option<Node> {
    let told = match (name, &how.ending, &how.record) {
        (_, Some(ending), _) => Some(ending.as_str()),
        ("-", None, Some(_)) => Some("csv"),
        ("-", None, None) => Some("ron"),
        (_, None, _) => None,
    };
    let ending = told.unwrap_or_else(|| name.rsplit_once('.').map_or("", |(_, ending)| ending)).to_lowercase();
    if text.resting().is_none()
        && let Some(mark) = merge_mark(text)
    {
        let message = "this file has unresolved merge conflicts";
        let place = Span::new(file, mark.start, mark.end);
        problems.push(codes::UNFINISHED_MERGE.at(place).say(message).help(FINISH_THE_MERGE.to_owned()));
        return None;
    }
    if let Some(how) = of_table(&ending, how, text.head()) {
        return csv::read(file, text, &how, problems);
    }
    // The parsers of these notations each know line ends of their own; here they see one.
    let text = &*with_line_feeds(text);
    let mark = if ending == "ron" { "//" } else { "#" };
    if matches!(ending.as_str(), "ron" | "toml" | "yaml" | "yml") && has_hidden_line_ends(file, text, mark, problems) {
        return None;
    }
    let says_itself = matches!(ending.as_str(), "json" | "ron" | "toml" | "yaml" | "yml");
    if let Some((record, place)) = how.record.as_ref().filter(|_| says_itself) {
        let message = format!("this file names its own records, but was given with the record `{}`", clip(record));
        let help = "give it without a record; only tables and JSON Lines need one";
        let place = place.unwrap_or(Span::new(file, 0, 0));
        problems.push(codes::RECORD_SAID_TWICE.at(place).say(message).help(help.to_owned()));
        return None;
    }
    match ending.as_str() {
        "json" => json::read_within(file, text, how.deepest(), problems),
        "jsonl" | "ndjson" => json_lines::read(file, text, how, problems),
        "ron" => ron::read_within(file, text, how.deepest(), problems),
        "toml" => toml::read(file, text, how.deepest(), problems),
        "yaml" | "yml" => yaml::read(file, text, how.deepest(), problems),
        _ => {
            let message = format!("cannot determine the format of `{}` from its name", clip(name));
            let help =
                "the name of a fact file must end in `.ron`, `.json`, `.jsonl`, `.yaml`, `.toml`, `.csv`, `.tsv`, `.txt`, `.xlsx`, `.xlsm`, `.xls` or `.ods`"
                    .to_owned();
            problems.push(codes::UNKNOWN_ENDING.at(Span::new(file, 0, 0)).say(message).help(help));
            None
        }
    }
}

/// Whether a text shows by its first signs that it is no table, as a PDF does.
pub fn is_of_another_format(text: &str) -> bool {
    format::named(text.as_bytes()).is_some()
}

/// What is said of how a file is read; of one that is no table nothing, since it says itself what it holds.
pub fn said(ending: &str, how: &How) -> Said {
    of_table(&ending.to_lowercase(), how, "").map_or_else(Said::default, |_| how.said())
}

/// How a table is read in a file of this ending; nothing where the file holds none.
fn of_table(ending: &str, how: &How, head: &str) -> Option<How> {
    match ending {
        "csv" | "txt" => Some(how.clone()),
        "tab" | "tsv" => {
            let tab = Some(b'\t').filter(|_| !csv::is_separated_otherwise(head));
            Some(How { delimiter: how.delimiter.or(tab), ..how.clone() })
        }
        ending if spreadsheet::is_ending(ending) => {
            Some(How { delimiter: Some(spreadsheet::DELIMITER), typed: true, ..how.clone() })
        }
        _ => None,
    }
}

/// Tells characters that some programs show as a line break and others do not: what an author sees as the line behind a comment
/// would be a part of it. So it is with what turns the writing round within a comment, which begins with `mark`.
fn has_hidden_line_ends(file: FileId, text: &str, mark: &str, problems: &mut Sink) -> bool {
    let in_a_comment = |at: usize| {
        let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        line.match_indices(mark)
            .any(|(begins, _)| line.get(..begins).is_some_and(|code| code.matches('"').count().is_multiple_of(2)))
    };
    let hidden =
        text.char_indices().filter(|(at, sign)| looks_like_a_line_end(*sign) || (turns(*sign) && in_a_comment(*at)));
    let mut found = false;
    for (at, sign) in hidden.take(MOST_FINDINGS) {
        let span = Span::new(file, at, at.saturating_add(sign.len_utf8()));
        let help = "use an ordinary line break, or remove the character";
        problems.push(
            codes::STRANGE_CHARACTER.at(span).say(format!("{} is not allowed here", named(sign))).help(help.to_owned()),
        );
        found = true;
    }
    found
}
