//! From the bytes of a file to a text, and what the ending of a file's name says.

use std::path::{Path, PathBuf};

use super::encoding::{self, Encoding};
use super::limits::Limit;
use crate::diagnostics::{Sink, codes};
use crate::load;
use crate::source::{FileId, Sources, Span, lines, unmarked};

/// The ending of a policy's name.
pub const POLICY: &str = "overens";
/// The folder beside a policy in which its amendments stand.
pub const AMENDMENTS: &str = "amendments";
/// The endings of fact files that say themselves what they hold.
pub const FACTS: [&str; 6] = ["json", "jsonl", "ron", "toml", "yaml", "yml"];
/// The ending of a snapshot's name.
pub const SNAPSHOT: &str = "snap";
/// What stands for a file whose bytes are those of a spreadsheet; what it is stands behind it.
pub const PACKED: &str = "PK\u{3}\u{4}";
/// The word that a policy begins with; a file without it is only imported by others.
pub const AGREEMENT: &str = "agreement";

/// Takes in what a file holds. What is not UTF-8 becomes a finding in `problems`; its text is taken in all the same, with a mark for
/// each byte that could not be read. What comes from standard input is a table where it is `wanted` as one.
pub fn take_in(name: String, (bytes, wanted): (Vec<u8>, Limit), sources: &mut Sources, problems: &mut Sink) -> FileId {
    if load::spreadsheet::is_one(&bytes) {
        // No text: that it is one is told by who wanted a text.
        return sources.take_in(name, format!("{PACKED}{}", load::spreadsheet::named(&bytes)));
    }
    let table = encoding::is_table(Path::new(&name)) || (name == "-" && wanted == Limit::TableBytes);
    let (text, encoding) = encoding::decode_as(table, bytes);
    let marks = text.len().saturating_sub(unmarked(&text).len());
    // What is no text at all is told by who wanted one.
    let is_text = !load::is_of_another_format(&text);
    let file = sources.take_in(name, text);
    match encoding {
        Encoding::Utf8 => {}
        Encoding::Windows1252 if !is_text => {}
        Encoding::Windows1252 => problems.push(load::no_utf_8(file)),
        Encoding::Unknown { at, help } => {
            // Byte order marks were dropped on entry, so what follows them moved to the front.
            let at = at.saturating_sub(marks);
            let letter = sources.get(file).and_then(|source| source.text.get(at..)?.chars().next());
            let span = Span::new(file, at, at.saturating_add(letter.map_or(0, char::len_utf8)));
            problems.push(codes::NOT_UTF_8.at(span).say("this byte is not valid UTF-8").help(help));
        }
    }
    file
}

/// Which limit is that of a file, by the ending of its name, or else by what it is wanted for. What comes from standard input is asked when it is known what it is.
pub fn limit_of(path: &Path, otherwise: Limit) -> Limit {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some(SNAPSHOT) => Limit::TableBytes,
        Some(_) if encoding::is_table(path) => Limit::TableBytes,
        Some(ending) if load::spreadsheet::is_ending(ending) => Limit::FactBytes,
        None if path == Path::new("-") => Limit::TableBytes,
        Some(ending) if FACTS.contains(&ending) || ending == "ndjson" => Limit::FactBytes,
        Some(_) | None => otherwise,
    }
}

/// Whether the first word of a file, after comments, is `agreement`.
pub fn begins_with_agreement(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let code = lines(unmarked(&text)).map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with("//"));
    code.and_then(|line| line.split_whitespace().next()) == Some(AGREEMENT)
}

/// Files that need one another in a circle: `` `a` imports `b` imports `a` ``; nothing when it is one file and itself.
pub fn circle(files: &[PathBuf], needs: &str) -> Option<String> {
    let name = |path: &PathBuf| path.file_name().map_or_else(String::new, |name| format!("`{}`", name.display()));
    let mut way: Vec<String> = files.iter().map(name).collect();
    way.extend(way.first().cloned());
    (files.len() > 1).then(|| way.join(&format!(" {needs} ")))
}
