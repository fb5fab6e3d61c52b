//! When overens itself fails: an apology, and what to send so that it can be mended.
//! The contents of files are never part of it.

use std::io::Write;

use super::Exit;
use crate::render::visible;

/// The apology for a failure, with what `message` says of it and the words of the command line.
pub fn apology(message: &str, words: impl IntoIterator<Item = String>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| visible::line(&word)).collect();
    format!(
        "sorry: this is a bug in overens, not a mistake in your agreement or your facts\n\n\
         please send these lines to the maintainers of overens, and say what you were doing:\n\n  \
         version: {}\n  command: {}\n  failure: {}\n",
        env!("CARGO_PKG_VERSION"),
        words.join(" "),
        visible::text(message).text.replace('\n', "\n           "),
    )
}

/// Prints the apology. A terminal that is gone cannot be told anything.
pub fn apologise(message: &str) {
    let words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    let _ = std::io::stderr().write_all(apology(message, words).as_bytes());
}

/// The computer has no room for the thread that does the work.
pub fn no_room(error: &std::io::Error) -> Exit {
    let _ = std::io::stderr().write_all(format!("error: not enough memory to start: {error}\n").as_bytes());
    Exit::Limit
}
