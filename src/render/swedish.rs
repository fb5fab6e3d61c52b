//! Comma-separated values as a Swedish spreadsheet opens them: a mark that says that it is UTF-8, `;` between the cells, and a
//! comma before decimals. What passes is recoded cell by cell; texts in quotes stay as they are, but those that would become a number or
//! a day stand there as a formula that gives the text, and so do numbers with more digits than a spreadsheet keeps.

use std::fmt::{self, Write};

use super::mistaken::{is_kept, is_mistaken};

/// Recodes what is written to it.
pub struct Swedish<'w> {
    out: &'w mut dyn Write,
    /// The cell that is being written, while it may be a number.
    cell: String,
    state: State,
}

/// No text in a formula is longer, in bytes.
const LONGEST_TEXT: usize = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Outside of quotes.
    Bare,
    Quoted,
}

impl<'w> Swedish<'w> {
    /// Begins with the mark.
    pub fn new(out: &'w mut dyn Write) -> Result<Self, fmt::Error> {
        out.write_char('\u{feff}')?;
        Ok(Swedish { out, cell: String::new(), state: State::Bare })
    }

    /// Writes what is left.
    pub fn end(mut self) -> fmt::Result {
        self.cell()
    }

    fn cell(&mut self) -> fmt::Result {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = self.cell.strip_prefix('-').unwrap_or(&self.cell);
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        if digits(whole) && digits(decimals) {
            let number = self.cell.replace('.', ",");
            // Of more digits than a spreadsheet keeps, the last would be lost without a word.
            self.cell = if is_kept(&self.cell) { number } else { format!("\"=\"\"{number}\"\"\"") };
            self.out.write_str(&self.cell)?;
            self.cell.clear();
            return Ok(());
        }
        let words = self.cell.strip_prefix('"').and_then(|words| words.strip_suffix('"'));
        // What would be a formula stands behind a `'`, which a formula that gives the text can do without.
        let formula = words.unwrap_or(&self.cell).strip_prefix('\'').filter(|words| {
            words.starts_with(['=', '+', '-', '@']) && words.len() <= LONGEST_TEXT && !words.contains(char::is_control)
        });
        if let Some(words) = words.filter(|words| is_mistaken(words)).or(formula) {
            self.cell = format!("\"=\"\"{}\"\"\"", words.replace("\"\"", "\"\"\"\""));
        }
        self.out.write_str(&self.cell)?;
        self.cell.clear();
        Ok(())
    }
}

impl Write for Swedish<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for sign in text.chars() {
            match (self.state, sign) {
                (State::Bare, ',') => {
                    self.cell()?;
                    self.out.write_char(';')?;
                }
                (State::Bare, '\n') => {
                    self.cell()?;
                    self.out.write_char('\n')?;
                }
                (State::Bare, '"') => {
                    self.state = State::Quoted;
                    self.cell.push('"');
                }
                (State::Quoted, '"') => {
                    self.state = State::Bare;
                    self.cell.push('"');
                }
                (State::Bare | State::Quoted, sign) => self.cell.push(sign),
            }
        }
        Ok(())
    }
}
