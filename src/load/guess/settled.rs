//! What the entry says of words, empty cells and empty rows without being asked, as a person reads it.

use crate::{
    facts::sheet::Dialect,
    model::schema::{Record, Type},
};

use super::{Cell, Guess, folded, given, read};

/// The words of the file that are options of a field in another case, and these.
pub(super) fn options(guess: &Guess, body: &[&Vec<String>], record: &Record) -> Vec<(String, String)> {
    // There a word of the file's own would become another text.
    if given(guess, body, record).any(|(_, ty, _)| matches!(ty, Type::SetOf(item) if **item == Type::Text)) {
        return Vec::new();
    }
    let untold = Dialect::untold(guess.delimiter);
    let between = guess.items.unwrap_or(untold.between_items());
    let mut found: Vec<(String, String)> = Vec::new();
    for (_, ty, cells) in given(guess, body, record) {
        let Type::OneOf(options) = ty.item().unwrap_or(ty) else { continue };
        for cell in cells {
            let parts: Vec<&str> =
                if ty.item().is_some() { cell.split(between).collect() } else { vec![cell.as_str()] };
            for word in parts.into_iter().map(str::trim).filter(|word| !options.iter().any(|option| option == word)) {
                let is_known = guess.words.iter().chain(&found).any(|(known, _)| folded(known) == folded(word));
                if let (Some((option, false)), false) = (read::option(word, options, &untold), is_known) {
                    found.push((word.to_owned(), option.clone()));
                }
            }
        }
    }
    found
}

/// More words than these are rather values of another field.
const MOST_WORDS: usize = 20;

/// The words under each heading of which nobody knows whether they mean yes or no, or which option.
pub(super) fn unknown_words(guess: &Guess, body: &[&Vec<String>], record: &Record) -> Vec<String> {
    let untold = Dialect::untold(guess.delimiter);
    let between = guess.items.unwrap_or(untold.between_items());
    let is_known = |word: &str| guess.words.iter().any(|(known, _)| folded(known) == folded(word));
    let mut open = Vec::new();
    for (column, ty, cells) in given(guess, body, record) {
        let item = ty.item().unwrap_or(ty);
        let means = |word: &str| match item {
            Type::YesNo => read::answer(word, &untold) != Cell::Not,
            Type::OneOf(options) => read::option(word, options, &untold).is_some(),
            _ => true,
        };
        let mut words: Vec<&str> = Vec::new();
        for cell in cells {
            let parts: Vec<&str> =
                if ty.item().is_some() { cell.split(between).collect() } else { vec![cell.as_str()] };
            for word in parts.into_iter().map(str::trim) {
                let is_none = word.is_empty() || guess.empty.iter().any(|empty| empty == word) || is_known(word);
                // Errors of a spreadsheet are no words for anything.
                let is_word = read::error(word).is_none();
                if is_word && !is_none && !means(word) && !words.iter().any(|one| folded(one) == folded(word)) {
                    words.push(word);
                }
            }
        }
        // Among words a number is rather a mistake; where all are numbers they may be the file's words.
        let is_number = |word: &&str| word.starts_with(|sign: char| sign.is_ascii_digit());
        if !words.iter().all(is_number) {
            words.retain(|word| !is_number(word));
        }
        if words.is_empty() || words.len() > MOST_WORDS {
            continue;
        }
        let meanings: Vec<String> = match item {
            Type::OneOf(options) => options.iter().map(|option| format!("`{option}`")).collect(),
            _ => vec!["`yes`".to_owned(), "`no`".to_owned()],
        };
        let quoted = |word: &&str| format!("\"{}\": \"…\"", word.replace('\\', "\\\\").replace('"', "\\\""));
        let entry: Vec<String> = words.iter().map(quoted).collect();
        open.push(format!(
            "what {} in `{}` mean{}: add `words: {{ {} }}`, each with its meaning ({}) instead of `…`",
            all(words.iter().map(|word| format!("`{word}`")).collect(), "and"),
            column.heading,
            if words.len() == 1 { "s" } else { "" },
            entry.join(", "),
            all(meanings, "or"),
        ));
    }
    open
}

/// `a`, `b` and `c`.
fn all(words: Vec<String>, and: &str) -> String {
    match words.split_last() {
        Some((last, first @ [_, ..])) => format!("{} {and} {last}", first.join(", ")),
        Some(_) | None => words.join(", "),
    }
}

impl Guess {
    /// Says what the file's own words are taken to mean.
    pub(super) fn tell_settled(&mut self) {
        if !self.words.is_empty() {
            let words: Vec<String> = self.words.iter().map(|(word, meant)| format!("`{word}` is {meant}")).collect();
            self.settled.push(format!("{}, as set in `words`", words.join(", ")));
        }
        if let Some(sign) = self.items {
            let sign = if sign == '\n' { "a line break".to_owned() } else { format!("`{sign}`") };
            self.settled.push(format!("{sign} separates several items in a cell, so `items` is set"));
        }
        if !self.empty.is_empty() {
            let words: Vec<String> = self.empty.iter().map(|word| format!("`{word}`")).collect();
            let mean = if words.len() == 1 { "means" } else { "mean" };
            self.settled.push(format!("{} {mean} an empty cell, as set in `empty`", words.join(", ")));
        }
        match self.empty_rows {
            0 => {}
            1 => self.settled.push("1 row with only empty cells is skipped, as set in `skip`".to_owned()),
            many => self.settled.push(format!("{many} rows with only empty cells are skipped, as set in `skip`")),
        }
    }
}
