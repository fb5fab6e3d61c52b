//! Talking with somebody at a terminal, in plain lines.

use std::io::{self, BufRead, IsTerminal};

use crate::cli::output::{Output, To};
use crate::cli::writing::allowed;

/// Whether somebody can be asked: both ends are a terminal, and files may be written.
pub fn is_possible(output: &Output) -> bool {
    io::stdin().is_terminal() && output.is_terminal(To::Messages) && allowed().is_ok()
}

/// The next line that somebody writes; nothing when they are gone.
pub fn line(output: &Output, prompt: &str) -> Option<String> {
    // What cannot be shown ends the interview with the next answer.
    let _ = output.write(To::Messages, prompt);
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim().to_string())
}

/// A text as JSON has it.
pub fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
