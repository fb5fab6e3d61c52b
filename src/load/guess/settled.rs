//! What the entry says of words and empty cells without being asked, as a person reads it.

use super::Guess;

impl Guess {
    /// Says what the file's own words are taken to mean.
    pub(super) fn tell_settled(&mut self) {
        if !self.words.is_empty() {
            let meant = |(word, answer): &(String, bool)| format!("`{word}` is {}", if *answer { "yes" } else { "no" });
            let words: Vec<String> = self.words.iter().map(meant).collect();
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
    }
}
