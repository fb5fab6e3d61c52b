//! The trace of a judgement. The fast path runs without one and pays nothing for it; the same code with a recorder leaves
//! the reasons behind. There is no second meaning.

use crate::facts::Row;
use crate::model::schema::RecordId;
use crate::source::Span;
use crate::value::Day;
use crate::verdict::{LastDay, Mark, Missing, Reason, Said, Share};

use super::knowledge::truth::Truth;

/// What listens while an instance is judged.
pub trait Trace {
    /// Whether anybody listens; what only serves the reasons is skipped otherwise.
    const ON: bool;

    /// A step begins; what is said until [`Trace::close`] leads to it.
    fn open(&mut self);
    /// The step that began last ends with this.
    fn close(&mut self, reason: impl FnOnce() -> Reason);
    /// The step that began last was none: what was said within it stands by itself.
    fn dissolve(&mut self);
    /// The step that began last is not worth telling, nor what was said within it.
    fn discard(&mut self);
    fn missing(&mut self, missing: impl FnOnce() -> Missing);
    /// How much is missing so far, for [`Trace::forget`].
    fn mark(&self) -> usize;
    /// What turned out missing since the mark.
    fn missing_since(&self, mark: usize) -> Vec<Missing>;
    /// Sets aside what is missing so far, so that what turns out missing next is told apart from it.
    fn missing_aside(&mut self) -> Vec<Missing>;
    /// Puts that back, and gives what has turned out missing in the meantime.
    fn missing_back(&mut self, before: Vec<Missing>) -> Vec<Missing>;
    /// What turned out missing since the mark decides nothing after all.
    fn forget(&mut self, mark: usize);
    /// How far everything was written down, for [`Trace::back_to`].
    fn place(&self) -> Written;
    /// What was written down since then is taken back.
    fn back_to(&mut self, place: Written);
    fn evidence(&mut self, record: RecordId, row: Row);
    fn share(&mut self, share: impl FnOnce() -> Share);
    /// Shares that were told since then are none, or told already.
    fn unshare(&mut self, place: Written);

    /// Of the window that was told last, only these days are lived.
    fn live(&mut self, first: Option<Day>, last: Option<Day>);

    /// Until [`Trace::speak`] nothing is written down. May be nested.
    fn hush(&mut self);
    fn speak(&mut self);
    /// Whether what is said now is kept.
    fn listens(&self) -> bool;
    /// Whether a step that rests on some of these words has been told.
    fn tells(&self, words: Span) -> bool;

    /// A step without steps of its own.
    fn say(&mut self, reason: impl FnOnce() -> Reason) {
        self.open();
        self.close(reason);
    }
}

/// How much was written down: steps, what is missing, evidence, shares.
#[derive(Clone, Copy, Default)]
pub struct Written {
    said: usize,
    missing: usize,
    evidence: usize,
    shares: usize,
}

/// Nobody listens.
pub struct Silent;

impl Trace for Silent {
    const ON: bool = false;
    fn open(&mut self) {}
    fn close(&mut self, _: impl FnOnce() -> Reason) {}
    fn dissolve(&mut self) {}
    fn discard(&mut self) {}
    fn missing(&mut self, _: impl FnOnce() -> Missing) {}
    fn mark(&self) -> usize {
        0
    }
    fn missing_since(&self, _: usize) -> Vec<Missing> {
        Vec::new()
    }
    fn missing_aside(&mut self) -> Vec<Missing> {
        Vec::new()
    }
    fn missing_back(&mut self, _: Vec<Missing>) -> Vec<Missing> {
        Vec::new()
    }
    fn forget(&mut self, _: usize) {}
    fn place(&self) -> Written {
        Written::default()
    }
    fn back_to(&mut self, _: Written) {}
    fn evidence(&mut self, _: RecordId, _: Row) {}
    fn share(&mut self, _: impl FnOnce() -> Share) {}
    fn unshare(&mut self, _: Written) {}
    fn live(&mut self, _: Option<Day>, _: Option<Day>) {}
    fn hush(&mut self) {}
    fn speak(&mut self) {}
    fn listens(&self) -> bool {
        false
    }
    fn tells(&self, _: Span) -> bool {
        false
    }
}

/// Everything is written down.
#[derive(Default)]
pub struct Recorder {
    stack: Vec<Vec<Reason>>,
    hushed: u32,
    pub said: Vec<Reason>,
    pub missing: Vec<Missing>,
    pub evidence: Vec<(RecordId, Row)>,
    pub shares: Vec<Share>,
}

impl Recorder {
    fn put(&mut self, reason: Reason) {
        match self.stack.last_mut() {
            Some(step) => step.push(reason),
            None => self.said.push(reason),
        }
    }
}

impl Trace for Recorder {
    const ON: bool = true;

    fn open(&mut self) {
        if self.hushed == 0 {
            self.stack.push(Vec::new());
        }
    }

    fn close(&mut self, reason: impl FnOnce() -> Reason) {
        if self.hushed > 0 {
            return;
        }
        let because = self.stack.pop().unwrap_or_default();
        let mut reason = reason();
        reason.because.extend(because);
        self.put(reason);
    }

    fn dissolve(&mut self) {
        if self.hushed > 0 {
            return;
        }
        for reason in self.stack.pop().unwrap_or_default() {
            self.put(reason);
        }
    }

    fn discard(&mut self) {
        if self.hushed == 0 {
            self.stack.pop();
        }
    }

    fn missing(&mut self, missing: impl FnOnce() -> Missing) {
        let missing = missing();
        if self.hushed == 0 && !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }

    fn mark(&self) -> usize {
        self.missing.len()
    }

    fn missing_since(&self, mark: usize) -> Vec<Missing> {
        self.missing.get(mark..).unwrap_or(&[]).to_vec()
    }

    fn missing_aside(&mut self) -> Vec<Missing> {
        std::mem::take(&mut self.missing)
    }

    fn missing_back(&mut self, before: Vec<Missing>) -> Vec<Missing> {
        let found = std::mem::replace(&mut self.missing, before);
        for one in &found {
            if !self.missing.contains(one) {
                self.missing.push(one.clone());
            }
        }
        found
    }

    fn forget(&mut self, mark: usize) {
        self.missing.truncate(mark);
    }

    fn place(&self) -> Written {
        let said = self.stack.last().unwrap_or(&self.said).len();
        let (missing, evidence, shares) = (self.missing.len(), self.evidence.len(), self.shares.len());
        Written { said, missing, evidence, shares }
    }

    fn back_to(&mut self, place: Written) {
        self.stack.last_mut().unwrap_or(&mut self.said).truncate(place.said);
        self.missing.truncate(place.missing);
        self.evidence.truncate(place.evidence);
        self.shares.truncate(place.shares);
    }

    fn evidence(&mut self, record: RecordId, row: Row) {
        if self.hushed == 0 && !self.evidence.contains(&(record, row)) {
            self.evidence.push((record, row));
        }
    }

    fn share(&mut self, share: impl FnOnce() -> Share) {
        if self.hushed == 0 {
            self.shares.push(share());
        }
    }

    fn unshare(&mut self, place: Written) {
        self.shares.truncate(place.shares);
    }

    fn live(&mut self, since: Option<Day>, until: Option<Day>) {
        if self.hushed > 0 {
            return;
        }
        let told = self.stack.last_mut().unwrap_or(&mut self.said).iter_mut().rev();
        for reason in told {
            if let Said::Window { first, last } = &mut reason.said {
                *first = (*first).max(since);
                if let (LastDay::On(day), Some(until)) = (&mut *last, until) {
                    *day = (*day).min(until);
                }
                return;
            }
        }
    }

    fn hush(&mut self) {
        self.hushed = self.hushed.saturating_add(1);
    }

    fn speak(&mut self) {
        self.hushed = self.hushed.saturating_sub(1);
    }

    fn listens(&self) -> bool {
        self.hushed == 0
    }

    fn tells(&self, words: Span) -> bool {
        let mut left: Vec<&Reason> = self.stack.iter().flatten().chain(&self.said).collect();
        while let Some(one) = left.pop() {
            let rests =
                one.policy.is_some_and(|of| of.file == words.file && words.start <= of.start && of.end <= words.end);
            if rests && !matches!(one.said, Said::Defined(_)) {
                return true;
            }
            left.extend(&one.because);
        }
        false
    }
}

/// What is missing of a list on the first of some days with one answer is missing through the last of them.
pub fn missing_through(missing: Missing, (start, end): (Day, Day)) -> Missing {
    match missing {
        Missing::Complete { record, from, through } if through == start => {
            Missing::Complete { record, from, through: end }
        }
        other => other,
    }
}

/// Days of a list that touch are one span.
pub fn add_missing(all: &mut Vec<Missing>, one: Missing) {
    if let Missing::Complete { record, from, through } = one {
        for known in all.iter_mut() {
            if let Missing::Complete { record: of, from: first, through: last } = known
                && *of == record
                && from <= last.following()
                && *first <= through.following()
            {
                (*first, *last) = ((*first).min(from), (*last).max(through));
                return;
            }
        }
    }
    if !all.contains(&one) {
        all.push(one);
    }
}

/// A step that rests on words of the policy.
pub fn reason(said: Said, mark: Mark, policy: impl Into<Option<Span>>) -> Reason {
    Reason { said, mark, policy: policy.into(), fact: None, because: Vec::new() }
}

pub fn mark_of(truth: Truth) -> Mark {
    match truth {
        Truth::No => Mark::No,
        Truth::Open => Mark::Open,
        Truth::Person => Mark::Person,
        Truth::Yes => Mark::Yes,
    }
}
