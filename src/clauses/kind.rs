//! What a kind of clause is: which lines it takes, and what its lines ask of the world.
//! Each kind fills this in, in a file of its own; nothing else knows kinds by name.

use super::slot::{ActForm, Slot};
use crate::diagnostics::Sink;
use crate::model::clause::{Edge, Lines, Strength, Window, Wording};
use crate::plan::NormTest;

/// A kind of clause.
pub struct Kind {
    /// The word that begins such a clause, and the name of its production in the grammar.
    pub name: &'static str,
    /// What it is for, in one sentence of the reference.
    pub summary: &'static str,
    /// A whole clause of this kind, as the reference shows it.
    pub example: &'static str,
    /// Whether its head says `of RECORD`.
    pub of: OfRecord,
    /// Which lines it takes, in the order in which they are written.
    pub slots: &'static [SlotRule],
    /// Lines that it takes like many others.
    pub also: &'static [Slot],
    /// What its `shall` may be.
    pub strengths: &'static [Strength],
    /// What its bearer can be told to do.
    pub acts: &'static [ActForm],
    /// What the lines must be besides.
    pub check: fn(&Reading, &mut Sink),
    /// What one reading demands; `None` where a line is missing, which is a finding.
    pub demand: fn(&Reading) -> Option<Demand>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfRecord {
    Needed,
    Allowed,
    Refused,
}

/// A line of a kind of clause.
pub struct SlotRule {
    pub slot: Slot,
    pub need: Need,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Needed,
    /// Exactly one of the lines that are marked so.
    OneOf,
    Optional,
}

/// A clause as one reading of the text has it. A clause without readings is its own only one.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The clause's name.
    pub clause: &'a str,
    pub wording: &'a Wording,
    /// The reading's own name, where there are several.
    pub name: Option<&'a str>,
    pub lines: &'a Lines,
}

/// What one reading of a clause demands.
pub struct Demand {
    pub strength: Strength,
    pub window: Window,
    pub test: NormTest,
}

pub const fn needed(slot: Slot) -> SlotRule {
    SlotRule { slot, need: Need::Needed }
}

pub const fn one_of(slot: Slot) -> SlotRule {
    SlotRule { slot, need: Need::OneOf }
}

pub const fn optional(slot: Slot) -> SlotRule {
    SlotRule { slot, need: Need::Optional }
}

/// For a kind whose lines say all there is to be asked of them.
pub fn nothing_more(_: &Reading, _: &mut Sink) {}

impl Kind {
    pub fn takes(&self, slot: &Slot) -> bool {
        self.slots.iter().any(|rule| rule.slot == *slot) || self.also.contains(slot)
    }
}

impl Reading<'_> {
    /// The window that is written, or an open one: the end of the period, if there is a cycle.
    pub fn window(&self) -> Window {
        let written = self.lines.window.as_ref().map(|window| window.it.clone());
        written.unwrap_or(Window { first: None, last: Edge::Open, numbered: false, stated: false })
    }

    /// The strength that is written, or what the kind says of itself.
    pub fn strength_or(&self, own: Strength) -> Strength {
        self.lines.strength.as_ref().map_or(own, |strength| strength.it)
    }
}
