//! Fact files: from their text to facts that the agreement's records can hold.
//! Each notation has its own file; all of them end in the same tree. Files are opened at the door, not here.

mod bind;
mod causes;
mod cells;
mod columns;
mod csv;
mod decisions;
mod files;
mod given;
mod grow;
pub mod guess;
mod head;
mod hidden;
pub mod json;
mod json_lines;
mod lists;
mod mistakes;
pub mod node;
mod notation;
mod others;
mod plain;
mod reading;
mod recorded_check;
pub mod ron;
mod rows;
mod scan;
pub mod spreadsheet;
mod toml;
mod value;
mod wording;
mod yaml;

pub use bind::{Whose, bind};
pub use csv::{no_utf_8, spread};
pub use files::{How, Named, Rows, as_of, files, without_as_of};
pub use given::apply_given;
pub use others::{Doubt, Other, Others, agreements, others};
pub use recorded_check::check_recorded;

use crate::{
    diagnostics::{Sink, codes},
    source::{FileId, Span, Text},
};
use node::Node;

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
    match ending.as_str() {
        "csv" | "txt" => csv::read(file, text, how, problems),
        ending if spreadsheet::is_ending(ending) => {
            let how = How { delimiter: Some(spreadsheet::DELIMITER), typed: true, ..how.clone() };
            csv::read(file, text, &how, problems)
        }
        "tab" | "tsv" => {
            let delimiter = how.delimiter.or(Some(b'\t'));
            csv::read(file, text, &How { delimiter, ..how.clone() }, problems)
        }
        "json" => json::read(file, text, problems),
        "jsonl" | "ndjson" => json_lines::read(file, text, how, problems),
        "ron" => ron::read(file, text, problems),
        "toml" => toml::read(file, text, problems),
        "yaml" | "yml" => yaml::read(file, text, problems),
        _ => {
            let message =
                format!("how the facts in `{}` are written cannot be told from its name", wording::clip(name));
            let help =
                "the name of a fact file ends in `.ron`, `.json`, `.jsonl`, `.yaml`, `.toml`, `.csv`, `.tsv`, `.xlsx`, `.xls` or `.ods`"
                    .to_owned();
            problems.push(codes::UNKNOWN_ENDING.at(Span::new(file, 0, 0)).say(message).help(help));
            None
        }
    }
}
