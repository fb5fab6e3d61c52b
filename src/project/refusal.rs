//! Why something that was asked for is not done at all.

use std::error::Error;
use std::fmt;

/// Why something that was asked for is not done at all: what is wrong, and the way out. What is wrong *in* a text is a finding, and
/// no refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, in one line.
    pub message: String,
    /// The way out, where there is one.
    pub help: Option<String>,
    /// What sort of thing is wrong.
    pub cause: Cause,
}

/// What sort of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A file is not there, or cannot be read.
    Unreadable,
    /// What was named is something else than is needed: a folder for a file, or one of several.
    Misnamed,
    /// A file lies where the text that names it may not look.
    Outside,
    /// A limit is reached.
    Limit,
}

impl Refusal {
    /// A refusal that knows no way out.
    pub fn new(cause: Cause, message: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), help: None, cause }
    }

    /// The same with a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<String>>) -> Refusal {
        self.help = help.into();
        self
    }

    /// There is no such file.
    pub fn no_file(name: impl fmt::Display) -> Refusal {
        Refusal::new(Cause::Unreadable, format!("there is no file `{name}`"))
    }

    /// Whether a file is not there, or cannot be read, such as a folder in its place.
    pub(crate) fn is_of_a_file(&self) -> bool {
        matches!(self.cause, Cause::Unreadable | Cause::Misnamed)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl Error for Refusal {}
