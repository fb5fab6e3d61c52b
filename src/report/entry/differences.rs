//! What differs between entries of two judgings of the same questions.

use std::cmp::Ordering;
use std::fmt;

use super::{Entry, Key};

/// A question whose answer differs. At least one of the two answers is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub key: Key,
    /// Nothing when the question was not asked before.
    pub old: Option<Entry>,
    /// Nothing when the question is not asked any more.
    pub new: Option<Entry>,
}

/// The differences, by key. Both lists are sorted by key.
pub fn differences(old: &[Entry], new: &[Entry]) -> Vec<Difference> {
    let mut all = Vec::new();
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let side = match (old.peek(), new.peek()) {
            (None, None) => return all,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(was), Some(is)) => was.key.cmp(&is.key),
        };
        let was = if side == Ordering::Greater { None } else { old.next() };
        let is = if side == Ordering::Less { None } else { new.next() };
        if let Some(key) = was.or(is).map(|entry| entry.key.clone())
            && was != is
        {
            all.push(Difference { key, old: was.cloned(), new: is.cloned() });
        }
    }
}

/// `summons for annual_2015: late, 1 day over → satisfied`, `… : new: satisfied`, `… : gone, was late`.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.turn())
    }
}

impl Difference {
    /// How the answer turned, without the question.
    pub fn turn(&self) -> String {
        match (&self.old, &self.new) {
            (Some(was), Some(is)) => format!("{} → {}", was.answer(), is.answer()),
            (None, Some(is)) => format!("new: {}", is.answer()),
            (Some(was), None) => format!("gone, was {}", was.answer()),
            (None, None) => String::new(),
        }
    }
}
