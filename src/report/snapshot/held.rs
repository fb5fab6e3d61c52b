//! How a snapshot stands to what is judged now.

use crate::report::entry::Difference;

/// One snapshot that is expected.
#[derive(Clone, Debug)]
pub struct Held {
    /// The snapshot's file, as it is told to a reader.
    pub snapshot: String,
    pub state: State,
}

#[derive(Clone, Debug)]
pub enum State {
    /// So many verdicts are what was accepted.
    Holds(usize),
    /// Of so many verdicts these differ.
    Differs { verdicts: usize, differences: Vec<Difference> },
    /// Nothing was accepted yet: all verdicts are new.
    New(Vec<Difference>),
    /// This fact file is not there any more.
    FactsGone(String),
    /// Somebody changed it by hand, or it cannot be read; that was told as a finding.
    Damaged,
}

impl Held {
    pub fn holds(&self) -> bool {
        match self.state {
            State::Holds(_) => true,
            State::Differs { .. } | State::New(_) | State::FactsGone(_) | State::Damaged => false,
        }
    }

    /// What somebody may accept.
    pub fn differences(&self) -> &[Difference] {
        match &self.state {
            State::Differs { differences, .. } | State::New(differences) => differences,
            State::Holds(_) | State::FactsGone(_) | State::Damaged => &[],
        }
    }
}
