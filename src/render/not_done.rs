//! What could not even be begun: a policy that cannot be tested or checked, with the first reason. Every form of a report names it
//! and says why, since who reads a report does not see the messages of the run.

/// A policy with which nothing could be done.
#[derive(Clone, Debug)]
pub struct NotDone {
    /// The agreement's name; the path that was given where it is not known.
    pub name: String,
    /// The policy's file as the user named it.
    pub file: String,
    /// The first thing that is wrong; the messages have told all.
    pub why: String,
    /// Where that stands, if it stands somewhere: file, line and column.
    pub at: Option<(String, usize, usize)>,
}

impl NotDone {
    /// A path of which nothing else is known.
    pub fn path(path: String, why: String) -> NotDone {
        NotDone { name: path.clone(), file: path, why, at: None }
    }

    /// `club could not be tested (club/club.overens): there is no file `facts.ron``; `done` is what was to be done with it.
    pub fn because(&self, done: &str) -> String {
        let file = if self.file == self.name { String::new() } else { format!(" ({})", self.file) };
        let why = if self.why.is_empty() { String::new() } else { format!(": {}", self.why) };
        format!("{} could not be {done}{file}{why}", self.name)
    }

    /// Where to look: where the first thing stands that is wrong, else the policy as a whole.
    pub fn place(&self) -> (&str, Option<(usize, usize)>) {
        let at = self.at.as_ref();
        at.map_or((self.file.as_str(), None), |(file, line, column)| (file.as_str(), Some((*line, *column))))
    }
}
