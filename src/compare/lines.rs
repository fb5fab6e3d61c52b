//! The lines of one part of a clause, each with its words and with what it means, and how they differ between two wordings.

use std::collections::BTreeMap;

use crate::model::clause::{Lines, When};
use crate::model::meaning::{Called, Part, meaning_of};
use crate::source::Span;
use crate::syntax::tree::{self, CutPeriod, SlotKind};

use super::change::{Said, Slot, Way};
use super::edit::{DoesPart, LineEdit};
use super::rules::Texts;

/// A line that can be changed by itself.
struct Line {
    slot: Slot,
    said: Said,
    meaning: String,
    written: tree::Slot,
}

/// How lines differ.
#[derive(Default)]
pub(super) struct Difference {
    pub changed: Vec<Changed>,
    pub reworded: Vec<Way>,
}

pub(super) struct Changed {
    pub slot: Slot,
    pub old: Option<Said>,
    pub new: Option<Said>,
    pub edit: LineEdit,
}

/// One side: the lines as written and as resolved.
pub(super) struct Side<'a> {
    pub slots: &'a [tree::Slot],
    pub lines: &'a Lines,
    pub called: &'a Called<'a>,
}

pub(super) fn difference(texts: &Texts, old: &Side, new: &Side) -> Difference {
    let mut found = Difference::default();
    let mut before = by_slot(lines(texts, old));
    let mut after = by_slot(lines(texts, new));
    let slots: std::collections::BTreeSet<Slot> = before.keys().chain(after.keys()).copied().collect();
    for slot in slots {
        pair(before.remove(&slot).unwrap_or_default(), after.remove(&slot).unwrap_or_default(), &mut found);
    }
    remarks(texts, old.slots, new.slots, &mut found.reworded);
    found
}

fn by_slot(lines: Vec<Line>) -> BTreeMap<Slot, Vec<Line>> {
    let mut found: BTreeMap<Slot, Vec<Line>> = BTreeMap::new();
    for line in lines {
        found.entry(line.slot).or_default().push(line);
    }
    found
}

/// What reads the same is the same (if it means something else, something else has changed), and so is what means the
/// same; what is left is changed, one for one in their order.
fn pair(mut old: Vec<Line>, mut new: Vec<Line>, found: &mut Difference) {
    take_pairs(&mut old, &mut new, |one, other| one.said.words == other.said.words);
    for (one, other) in take_pairs(&mut old, &mut new, |one, other| one.meaning == other.meaning) {
        found.reworded.push(Way::Written { old: one.said.words, new: other.said.words });
    }
    let (mut old, mut new) = (old.into_iter(), new.into_iter());
    loop {
        match (old.next(), new.next()) {
            (None, None) => return,
            (one, other) => found.changed.extend(changed(one, other)),
        }
    }
}

fn take_pairs(old: &mut Vec<Line>, new: &mut Vec<Line>, same: impl Fn(&Line, &Line) -> bool) -> Vec<(Line, Line)> {
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for one in old.drain(..) {
        match new.iter().position(|other| same(&one, other)) {
            Some(at) => pairs.push((one, new.remove(at))),
            None => left.push(one),
        }
    }
    *old = left;
    pairs
}

fn changed(old: Option<Line>, new: Option<Line>) -> Option<Changed> {
    let slot = old.as_ref().or(new.as_ref())?.slot;
    let edit = match (&old, &new) {
        (Some(old), Some(new)) => part_of_does(slot, old, new),
        (Some(_), None) | (None, Some(_)) | (None, None) => None,
    };
    let whole = || {
        // Who does what is one line with three parts: the one that stands for all of it is what is done.
        let whole = |line: &&Line| !matches!(line.slot, Slot::Part(Part::Bearer | Part::Strength));
        let out = old.iter().filter(whole).map(|line| line.written.span).collect();
        let put = new.iter().filter(whole).map(|line| line.written.clone()).collect();
        LineEdit::Lines { out, put }
    };
    let edit = edit.unwrap_or_else(whole);
    Some(Changed { slot, old: old.map(|line| line.said), new: new.map(|line| line.said), edit })
}

/// Both sides say who does what in one line: only its part is changed.
fn part_of_does(slot: Slot, old: &Line, new: &Line) -> Option<LineEdit> {
    let SlotKind::Does(does) = &new.written.kind else { return None };
    if !matches!(old.written.kind, SlotKind::Does(_)) {
        return None;
    }
    let Slot::Part(part) = slot else { return None };
    let part = if part == Part::Bearer {
        DoesPart::Bearer(does.bearer.clone())
    } else if part == Part::Strength {
        DoesPart::Modal(does.modal.clone())
    } else {
        DoesPart::Act(Box::new(does.act.clone()))
    };
    Some(LineEdit::Does { line: old.written.span, part })
}

// ---- the lines of one side ----

fn lines(texts: &Texts, side: &Side) -> Vec<Line> {
    let meaning = meaning_of(side.lines, side.called);
    let mut found = Vec::new();
    for written in side.slots {
        let mut line = |slot: Slot, span: Span, meaning: String| {
            let said = Said { words: texts.words(span), span };
            found.push(Line { slot, said, meaning, written: written.clone() });
        };
        match (&written.kind, slot_of(&written.kind)) {
            (SlotKind::Does(does), _) => {
                let modal = does.modal.span;
                let bearer = Span { end: modal.start, ..written.span };
                line(Slot::Part(Part::Bearer), bearer, joined(&meaning, &[Part::Bearer]));
                line(Slot::Part(Part::Strength), modal, joined(&meaning, &[Part::Strength]));
                let act = Span { start: modal.end, ..written.span };
                line(Slot::Part(Part::Act), act, joined(&meaning, &[Part::Act]));
            }
            (_, Some(slot)) => line(slot, written.span, of_slot(slot, written.span, &meaning, side)),
            (_, None) => {}
        }
    }
    found
}

fn joined(meaning: &BTreeMap<Part, Vec<String>>, parts: &[Part]) -> String {
    let found = parts.iter().filter_map(|part| meaning.get(part));
    found.map(|texts| texts.join(";")).collect::<Vec<_>>().join(";")
}

fn of_slot(slot: Slot, span: Span, meaning: &BTreeMap<Part, Vec<String>>, side: &Side) -> String {
    let within = |inner: &Span| inner.file == span.file && span.start <= inner.start && inner.end <= span.end;
    let nth = |part: Part, at: Option<usize>| {
        let texts = meaning.get(&part);
        at.and_then(|at| texts?.get(at).cloned()).unwrap_or_default()
    };
    match slot {
        Slot::Part(part @ Part::Subjects) => {
            nth(part, side.lines.subjects.iter().position(|subject| within(&subject.span)))
        }
        Slot::Part(part @ Part::Conditions) => {
            let at = side.lines.conditions.iter().position(|condition| match condition {
                When::If(condition) | When::Unless(condition) => within(&condition.span),
            });
            nth(part, at)
        }
        Slot::Part(part @ (Part::Numbered | Part::Limited)) => joined(meaning, &[part, Part::Strength]),
        Slot::Part(part) => joined(meaning, &[part]),
        Slot::Starts | Slot::Ends | Slot::Renewal | Slot::SameDaysAs => joined(meaning, &[Part::Term]),
        // The days of force stand with the clause, not with its lines, and are compared there.
        Slot::Whole | Slot::Requires | Slot::InForce => String::new(),
    }
}

/// Which line it is; none for a remark, and for the days of force, which are the clause's.
fn slot_of(kind: &SlotKind) -> Option<Slot> {
    let part = match kind {
        SlotKind::Length { .. } | SlotKind::Ends(_) => return Some(Slot::Ends),
        SlotKind::Starts(_) => return Some(Slot::Starts),
        SlotKind::Renewal { .. } => return Some(Slot::Renewal),
        SlotKind::SameDaysAs(_) => return Some(Slot::SameDaysAs),
        SlotKind::InForce(_) | SlotKind::Principles(_) | SlotKind::Note(_) => return None,
        SlotKind::Restates { .. } | SlotKind::Statements(_) | SlotKind::Formerly(_) => return None,
        SlotKind::ForEach { .. } | SlotKind::AlsoFor { .. } => Part::Subjects,
        SlotKind::Does(_) => Part::Act,
        SlotKind::Numbered { .. } => Part::Numbered,
        SlotKind::Limited { .. } => Part::Limited,
        SlotKind::OnEveryDay => Part::OnEveryDay,
        SlotKind::Count(_) => Part::Count,
        SlotKind::Cycle(_) => Part::Cycle,
        SlotKind::CutShort { which: CutPeriod::First, .. } => Part::FirstPeriod,
        SlotKind::CutShort { which: CutPeriod::Last, .. } => Part::LastPeriod,
        SlotKind::Timing(_) => Part::Window,
        SlotKind::Lasting { .. } => Part::Lasting,
        SlotKind::Exercised(_) => Part::Exercised,
        SlotKind::Effect { .. } => Part::Effect,
        SlotKind::Inside { .. } => Part::Inside,
        SlotKind::States(_) => Part::States,
        SlotKind::Carried(_) => Part::Carried,
        SlotKind::Quorum(_) => Part::Quorum,
        SlotKind::Shared(_) | SlotKind::BorneBy { .. } => Part::Sharing,
        SlotKind::Billed(_) => Part::Billed,
        SlotKind::If(_) | SlotKind::Unless(_) | SlotKind::IfJudged { .. } => Part::Conditions,
        SlotKind::ExceptionTo(_) => Part::ExceptionTo,
        SlotKind::Otherwise(_) => Part::Otherwise,
        SlotKind::GivesWayTo(_) => Part::GivesWayTo,
        SlotKind::OwedTo(_) => Part::OwedTo,
        SlotKind::InWriting => Part::InWriting,
        SlotKind::To(_) => Part::AddressedTo,
        SlotKind::Moved(_) => Part::Moved,
        SlotKind::AsFarAsPossible => Part::AsFarAsPossible,
        SlotKind::LayBefore { .. } => Part::LayBefore,
        SlotKind::JudgedBy(_) => Part::JudgedBy,
        SlotKind::AttestedBy(_) => Part::AttestedBy,
        SlotKind::CountedFor(_) => Part::CountedFor,
    };
    Some(Slot::Part(part))
}

// ---- what decides nothing ----

/// Lines that are never judged by.
fn remarks(texts: &Texts, old: &[tree::Slot], new: &[tree::Slot], found: &mut Vec<Way>) {
    for part in ["note", "statement", "principle", "what it restates"] {
        let said = |slots: &[tree::Slot]| -> Option<String> {
            let words = |slot| remark(texts, slot).filter(|(own, _)| *own == part).map(|(_, words)| words);
            let all: Vec<String> = slots.iter().filter_map(words).collect();
            (!all.is_empty()).then(|| all.join(" / "))
        };
        let (old, new) = (said(old), said(new));
        if old != new {
            found.push(Way::Remark { part, old, new });
        }
    }
}

/// What a line that is never judged by says, and which sort of remark it is.
fn remark(texts: &Texts, slot: &tree::Slot) -> Option<(&'static str, String)> {
    let listed = |names: &[tree::Name]| names.iter().map(|name| name.it.clone()).collect::<Vec<_>>().join(", ");
    match &slot.kind {
        SlotKind::Note(words) => Some(("note", words.it.clone())),
        SlotKind::Statements(names) => Some(("statement", listed(names))),
        SlotKind::Principles(names) => Some(("principle", listed(names))),
        SlotKind::Restates { .. } => Some(("what it restates", texts.words(slot.span))),
        _ => None,
    }
}
