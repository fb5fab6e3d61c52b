//! What was worked out once, with what left it open, for whoever asks again.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{CellId, Row};
use crate::model::expr::{ClauseId, DefinitionId, Sense};
use crate::plan::BodyKey;
use crate::source::Span;
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::{Holder, Missing};

use super::frame::MemberDays;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;

/// What definitions came to for rows and days that were asked about, and which instances are due of what becomes due only `otherwise`:
/// each is worked out once.
#[derive(Default)]
pub struct Known<'w> {
    values: BTreeMap<Key, Kept<Val<'w>>>,
    truths: BTreeMap<(Key, bool), Kept<Truth>>,
    renewals: BTreeMap<RenewalOf, Kept<Truth>>,
    /// From when until when rows are members.
    members: BTreeMap<MemberOf, KeptDays>,
    /// The same while others are being worked out on which they rest, with the first of these.
    meanwhile: BTreeMap<MemberOf, (KeptDays, usize)>,
    /// Before which day of joining those of a membership were worked out in order.
    in_order: BTreeMap<(ClauseId, bool, Option<Day>), Day>,
    due: BTreeMap<CaseOf, Kept<Due>>,
    looked_up: BTreeSet<CaseOf>,
    /// Whether it was looked up which rights are due that become so only `otherwise`.
    uses_looked_up: bool,
}

/// Whether a case is due of what becomes due only `otherwise`.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub now: Truth,
    /// The first and the last day on which the breach may have come that it answers to.
    pub broken: Option<(Day, Day)>,
    /// It is not due, and will not be: what it would answer to was done, and cannot be broken any more.
    pub no_more: bool,
}

/// A clause, and the subject, the bearer and the period that it is asked of.
pub type CaseOf = (ClauseId, Option<Row>, Holder, Option<CyclePeriod>);

/// An answer, and what left it open.
#[derive(Clone)]
pub struct Kept<A> {
    pub answer: A,
    pub unsure: bool,
    pub lacking: bool,
    pub planned: bool,
    pub open: Vec<CellId>,
    pub missing: Vec<Missing>,
    pub told: Told,
}

/// Whether the steps that led to an answer were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Yes,
    /// It was worked out while nobody listened.
    Hushed,
    /// There are none.
    Nothing,
}

impl<A> Kept<A> {
    /// Whether it need not be worked out again: nobody listens, or what led to it stands above.
    pub fn will_do<T: Trace>(&self, trace: &T, words: Span) -> bool {
        !trace.listens() || self.told == Told::Nothing || (self.told == Told::Yes && trace.tells(words))
    }

    /// Whether it has steps that are told.
    pub fn has_steps(&self) -> bool {
        self.told != Told::Nothing
    }

    /// It was worked out from these words.
    pub fn worked_out_of<T: Trace>(mut self, trace: &T, words: Span) -> Kept<A> {
        if self.told == Told::Yes && !trace.tells(words) {
            self.told = Told::Nothing;
        }
        self
    }
}

/// A definition, its row, the term that is asked about, the day asked about, the day on which it is asked, and the days from which and by
/// which events count.
pub type Key = (DefinitionId, Option<Row>, Option<(ClauseId, Stretch)>, Day, Day, Day, Option<Day>);

/// A term, the reading that says whether it is renewed, its first day and the day after its last, and the day by which events count.
pub type RenewalOf = (ClauseId, BodyKey, Day, Day, Option<Day>);

/// From when until when a row is a member, and the clause that has readings of which that may hang on one.
pub type KeptDays = Kept<(Option<MemberDays>, Option<ClauseId>)>;

/// A membership and a row, whether it is looked at as the text has it, and the day by which events count.
pub type MemberOf = (ClauseId, Row, bool, Option<Day>);

impl<'w> Known<'w> {
    pub fn forget(&mut self) {
        self.begin_again();
        self.due.clear();
        self.looked_up.clear();
        self.uses_looked_up = false;
    }

    /// Forgets all but which cases are due.
    pub fn begin_again(&mut self) {
        self.values.clear();
        self.truths.clear();
        self.renewals.clear();
        self.members.clear();
        self.meanwhile.clear();
        self.in_order.clear();
    }

    /// Sets aside what definitions came to, while something is taken to be otherwise.
    pub fn set_aside(&mut self) -> Known<'w> {
        Known {
            values: std::mem::take(&mut self.values),
            truths: std::mem::take(&mut self.truths),
            renewals: std::mem::take(&mut self.renewals),
            ..Known::default()
        }
    }

    pub fn take_back(&mut self, before: Known<'w>) {
        (self.values, self.truths, self.renewals) = (before.values, before.truths, before.renewals);
    }

    /// Whether it is to be looked up which of the instances that go together are due: once.
    pub fn looks_up(&mut self, of: CaseOf) -> bool {
        self.looked_up.insert(of)
    }

    /// Whether it is to be looked up which rights are due that become so only `otherwise`: once.
    pub fn looks_up_uses(&mut self) -> bool {
        !std::mem::replace(&mut self.uses_looked_up, true)
    }

    pub fn keep_due(&mut self, of: CaseOf, due: Kept<Due>) {
        self.due.insert(of, due);
    }

    /// The first and the last day on which the breach that a case answers to may have been.
    pub fn broken_on(&self, of: &CaseOf) -> Option<(Day, Day)> {
        self.due.get(of).and_then(|due| due.answer.broken)
    }

    /// The days of the breaches that cases of a clause answer to.
    pub fn breaches(&self, clause: ClauseId) -> Vec<Day> {
        let of_it = self.due.iter().filter(|((of, ..), _)| *of == clause).filter_map(|(_, due)| due.answer.broken);
        of_it.flat_map(|(first, last)| [first, last]).collect()
    }

    /// Whether it was due on a day: not before the breach that it answers to was there.
    pub fn is_due_on(&self, of: &CaseOf, day: Day) -> Truth {
        let Some(Kept { answer: due, .. }) = self.due.get(of) else { return Truth::Open };
        match due.broken {
            Some((_, last)) if day > last || due.now.is_no() => due.now,
            Some((first, _)) if day > first => Truth::Open,
            Some(_) => Truth::No,
            None => due.now,
        }
    }

    /// Whether it is known that a case will never be due.
    pub fn is_due_no_more(&self, of: &CaseOf) -> bool {
        self.due.get(of).is_some_and(|due| due.answer.no_more)
    }

    /// Whether an instance of what becomes due only `otherwise` is due; open where nobody looked it up.
    pub fn is_due(&self, of: &CaseOf) -> Truth {
        self.noted(of).unwrap_or(Truth::Open)
    }

    /// The same, where it was looked up.
    pub fn noted(&self, of: &CaseOf) -> Option<Truth> {
        self.due.get(of).map(|due| due.answer.now)
    }

    /// What left open whether a case is due.
    pub fn why_due_is_open(&self, of: &CaseOf) -> Option<Kept<()>> {
        let kept = self.due.get(of).filter(|due| !matches!(due.answer.now, Truth::Yes | Truth::No))?;
        let Kept { unsure, lacking, planned, told, .. } = *kept;
        Some(Kept {
            answer: (),
            unsure,
            lacking,
            planned,
            told,
            open: kept.open.clone(),
            missing: kept.missing.clone(),
        })
    }

    pub fn value(&self, key: &Key) -> Option<Kept<Val<'w>>> {
        self.values.get(key).cloned()
    }

    pub fn keep_value(&mut self, key: Key, value: Kept<Val<'w>>) {
        self.values.insert(key, value);
    }

    pub fn truth(&self, key: &Key, sense: Sense) -> Option<Kept<Truth>> {
        self.truths.get(&(*key, sense == Sense::Straight)).cloned()
    }

    pub fn renewal(&self, of: &RenewalOf) -> Option<Kept<Truth>> {
        self.renewals.get(of).cloned()
    }

    pub fn keep_renewal(&mut self, of: RenewalOf, truth: Kept<Truth>) {
        self.renewals.insert(of, truth);
    }

    pub fn member(&self, of: &MemberOf) -> Option<KeptDays> {
        self.members.get(of).cloned()
    }

    pub fn keep_member(&mut self, of: MemberOf, days: KeptDays) {
        self.members.insert(of, days);
    }

    pub fn member_meanwhile(&self, of: &MemberOf) -> Option<(KeptDays, usize)> {
        self.meanwhile.get(of).cloned()
    }

    /// Whether those of a membership that joined before a day are still to be worked out in order: told once.
    pub fn is_to_order(&mut self, of: (ClauseId, bool, Option<Day>), before: Day) -> bool {
        let through = self.in_order.entry(of).or_insert(Day::MIN);
        let more = *through < before;
        *through = before.max(*through);
        more
    }

    pub fn keep_member_meanwhile(&mut self, of: MemberOf, days: KeptDays, leans_on: usize) {
        self.meanwhile.insert(of, (days, leans_on));
    }

    /// Lets go of the answers that rest on what was being worked out at a place, or after it.
    pub fn let_go(&mut self, at: usize) {
        if !self.meanwhile.is_empty() {
            self.meanwhile.retain(|_, (_, leans_on)| *leans_on < at);
        }
    }

    pub fn keep_truth(&mut self, key: Key, sense: Sense, truth: Kept<Truth>) {
        self.truths.insert((key, sense == Sense::Straight), truth);
    }
}
