//! What the entry says of words, empty cells and empty rows without being asked, as a person reads it.

use crate::{
    facts::sheet::Dialect,
    model::schema::{Record, Type},
};

use super::{Guess, folded, given, read};

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
