//! Clauses and their dated wordings: which words hold on which days, their requirements and readings.

use crate::diagnostics::codes;
use crate::model::amendment::{AmendmentId, Cut};
use crate::model::clause::{Clause, Lines, Place, Requirement, Wording};
use crate::model::expr::{Cond, CondKind};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Slot, SlotKind};
use crate::value::Stretch;

use super::amendments::{Does, touches};
use super::header::force_of;
use super::lines::Head;
use super::names::{Declared, Names, Part};
use super::order::{once, rank};
use super::scope::{Place as Bound, Scope};

impl<'t> Names<'t> {
    /// All clauses in order.
    pub fn all_clauses(&self) -> Vec<Clause> {
        let clauses = self.clauses.iter().filter(|clause| clause.part == Part::Clause);
        clauses.map(|clause| self.whole(clause)).collect()
    }

    fn whole(&self, declared: &Declared<'t>) -> Clause {
        let all = declared.wordings.iter().zip(&declared.by);
        let mut wordings: Vec<Wording> = all.map(|(one, by)| self.wording(declared, one, *by)).collect();
        self.follow_one_another(declared, &wordings);
        self.cut(declared, &mut wordings);
        Clause { kind: declared.kind, name: declared.name.to_string(), wordings }
    }

    /// Where amendments end wordings: each those that were there before it.
    fn cut(&self, declared: &Declared<'t>, wordings: &mut [Wording]) {
        for touch in touches(&self.drafts).into_iter().filter(|touch| touch.clause.it == declared.name) {
            let Some(draft) = self.drafts.get(usize::from(touch.by.0)) else { continue };
            let earlier = wordings.iter_mut().filter(|wording| wording.by.is_none_or(|by| by < touch.by));
            match touch.does {
                Does::Repeals | Does::Replaces => {
                    let cut = Cut { by: touch.by, on: draft.effective, began: draft.began };
                    earlier.for_each(|wording| wording.cuts.push(cut));
                }
                Does::Adds | Does::Renumbers => {}
            }
        }
    }

    fn wording(&self, declared: &Declared<'t>, clause: &'t tree::Clause, by: Option<AmendmentId>) -> Wording {
        let id = self.find_clause(declared.name).map_or(crate::model::expr::ClauseId(u16::MAX), |(id, _)| id);
        let of = clause.of.as_ref().and_then(|of| Some((self.record(of)?, of.it.as_str())));
        let head = Head { id, of, names_a_record: clause.of.is_some(), span: clause.name.span };
        self.well_ordered(&clause.slots);
        let common = if clause.readings.is_empty() {
            self.lines(&head, &in_rank(clause.slots.iter()))
        } else {
            self.quietly(|| self.lines(&head, &in_rank(clause.slots.iter())))
        };
        let readings = clause.readings.iter().map(|reading| {
            self.well_ordered(&reading.slots);
            let lines = self.lines(&head, &overlaid(&clause.slots, &reading.slots));
            (Spanned::new(reading.name.it.clone(), reading.name.span), lines)
        });
        let mut wording = Wording {
            name_span: clause.name.span,
            span: clause.span,
            place: clause.place.as_ref().map(place),
            title: clause.title.as_ref().map(|title| title.it.clone()),
            force: self.force(clause, by),
            first_day_stated: self.settings.first_day_stated || by.is_some() || in_force(clause).is_some(),
            by,
            cuts: Vec::new(),
            of: head.of.map(|(record, _)| record),
            common,
            requirements: clause.requirements.iter().map(|one| self.requirement(&head, one)).collect(),
            readings: readings.collect(),
            statements: Vec::new(),
            principles: Vec::new(),
            notes: Vec::new(),
            restates: None,
        };
        let of_readings = clause.readings.iter().flat_map(|reading| &reading.slots);
        for slot in clause.slots.iter().chain(of_readings) {
            self.remark(slot, &mut wording);
        }
        wording
    }

    /// Lines that speak of the wording, not of what is demanded.
    fn remark(&self, slot: &Slot, wording: &mut Wording) {
        match &slot.kind {
            SlotKind::Principles(names) => wording.principles.extend(names.iter().map(|name| name.it.clone())),
            SlotKind::Note(words) => wording.notes.push(words.it.clone()),
            SlotKind::Statements(ids) => wording.statements.extend(ids.iter().map(|id| self.statement(&id.it))),
            SlotKind::Restates { agreement, place: at } => {
                wording.restates = Some((agreement.it.clone(), at.as_ref().map(place)));
            }
            _ => {}
        }
    }

    /// `4.6` is `samverkan-4.6`.
    fn statement(&self, id: &str) -> String {
        if self.settings.name.is_empty() { id.to_string() } else { format!("{}-{id}", self.settings.name) }
    }

    fn requirement(&self, head: &Head<'t>, requirement: &'t tree::Requirement) -> Requirement {
        let mut scope = Scope::empty(self);
        match head.of {
            Some((record, name)) => scope = scope.with(record, name, Bound::Outside),
            None => scope = scope.with_something_unknown(),
        }
        let nothing = || Cond { kind: CondKind::Always, span: requirement.condition.span };
        let condition = scope.condition(&requirement.condition).unwrap_or_else(nothing);
        self.well_ordered(&requirement.slots);
        let lines = self.lines(head, &in_rank(requirement.slots.iter()));
        let (mut statements, mut notes) = (Vec::new(), Vec::new());
        for slot in &requirement.slots {
            match &slot.kind {
                SlotKind::Statements(ids) => statements.extend(ids.iter().map(|id| self.statement(&id.it))),
                SlotKind::Note(words) => notes.push(words.it.clone()),
                _ => {}
            }
        }
        Requirement {
            name: Spanned::new(requirement.name.it.clone(), requirement.name.span),
            place: requirement.place.as_ref().map(place),
            title: requirement.title.as_ref().map(|title| title.it.clone()),
            condition,
            lines,
            statements,
            notes,
            span: requirement.span,
        }
    }

    /// What is told about the common lines is told again, and better, with each reading's own.
    fn quietly(&self, resolve: impl FnOnce() -> Lines) -> Lines {
        let before = self.problems.borrow().clone();
        let lines = resolve();
        *self.problems.borrow_mut() = before;
        lines
    }

    /// The agreement's days, as long as any amendment makes them.
    fn longest_force(&self) -> Stretch {
        let own = self.settings.force;
        let until = self.drafts.iter().filter_map(|draft| draft.force_until).max();
        Stretch::new(own.from, until.map_or(own.until, |until| until.max(own.until)))
    }

    // ---- in force ----------------------------------------------------------------------------------------------------

    fn force(&self, clause: &tree::Clause, by: Option<AmendmentId>) -> Stretch {
        let draft = by.and_then(|by| self.drafts.get(usize::from(by.0)));
        let from = draft.map_or(Stretch::ALWAYS.from, |draft| draft.effective);
        let agreed = self.longest_force().intersect(Stretch::new(from, Stretch::ALWAYS.until));
        let Some((text, span)) = in_force(clause) else { return agreed };
        let own = force_of(text, &mut self.problems.borrow_mut());
        let both = own.intersect(agreed);
        if !both.is_empty() {
            return both;
        }
        self.found(
            codes::NEVER_IN_FORCE
                .at(span)
                .say(format!(
                    "`{}` is never in force: {} {}",
                    clause.name.it,
                    if draft.is_some() { "its amendment is in effect" } else { "the agreement itself is in force" },
                    days(agreed)
                ))
                .help("check the days here and in the header".to_string()),
        );
        both
    }

    /// Dated wordings of one clause: each day has one wording.
    fn follow_one_another(&self, declared: &Declared<'t>, wordings: &[Wording]) {
        let mut dated: Vec<(Stretch, Span)> = Vec::new();
        let agreed = declared.wordings.iter().zip(wordings).filter(|(_, wording)| wording.by.is_none());
        let agreed: Vec<(&&tree::Clause, &Wording)> = agreed.collect();
        for (clause, wording) in &agreed {
            match in_force(clause) {
                Some((_, span)) => dated.push((wording.force, span)),
                None if agreed.len() > 1 => return self.twice(declared),
                None => {}
            }
        }
        dated.retain(|(force, _)| !force.is_empty());
        dated.sort();
        for pair in dated.windows(2) {
            let [(first, first_span), (next, next_span)] = pair else { continue };
            if next.from < first.until {
                let both = days(first.intersect(*next));
                self.found(
                    codes::OVERLAPPING_WORDINGS
                        .at(*next_span)
                        .say(format!("two wordings of `{}` are in force {both}", declared.name))
                        .also(*first_span, "the other wording")
                        .help("end one where the other begins: `in force from D until D`".to_string()),
                );
            } else if first.until < next.from {
                let gap = Stretch::new(first.until, next.from);
                self.found(
                    codes::GAP_IN_FORCE
                        .at(*next_span)
                        .say(format!("no wording of `{}` is in force on {gap}", declared.name))
                        .also(*first_span, "the wording before")
                        .help("begin one where the other ends, unless the gap is intended".to_string()),
                );
            }
        }
    }

    fn twice(&self, declared: &Declared<'t>) {
        let agreed = declared.wordings.iter().zip(&declared.by).filter(|(_, by)| by.is_none());
        let agreed: Vec<&&tree::Clause> = agreed.map(|(clause, _)| clause).collect();
        let [first, others @ ..] = agreed.as_slice() else { return };
        for other in others {
            self.found(
                codes::DUPLICATE_CLAUSE
                    .at(other.name.span)
                    .say(format!("the clause `{}` is declared twice", declared.name))
                    .also(first.name.span, "first declared here")
                    .help("rename one, or date both wordings with `in force from D until D`".to_string()),
            );
        }
    }
}

fn in_force(clause: &tree::Clause) -> Option<(&tree::ForceText, Span)> {
    clause.slots.iter().find_map(|slot| match &slot.kind {
        SlotKind::InForce(text) => Some((text, slot.span)),
        _ => None,
    })
}

/// Slots in the order in which they can be resolved, whatever the order they were written in.
fn in_rank<'t>(slots: impl Iterator<Item = &'t Slot>) -> Vec<&'t Slot> {
    let mut slots: Vec<&Slot> = slots.collect();
    slots.sort_by_key(|slot| rank(&slot.kind));
    slots
}

/// The common lines, with those of a reading in the place of their like.
fn overlaid<'t>(common: &'t [Slot], own: &'t [Slot]) -> Vec<&'t Slot> {
    let replaced = |slot: &&Slot| {
        let what = once(&slot.kind);
        what.is_some() && own.iter().any(|own| once(&own.kind) == what)
    };
    in_rank(common.iter().filter(|slot| !replaced(slot)).chain(own))
}

/// `§ 4.3, 4.5`.
pub fn place(place: &tree::Place) -> Place {
    let part = |part: &String| {
        let plain = part.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_'));
        if plain { part.clone() } else { format!("\"{part}\"") }
    };
    let parts: Vec<String> = place.parts.iter().map(part).collect();
    Place { words: format!("§ {}", parts.join(", ")), span: place.span }
}

/// `on 2016-01-01`, `from 2016-01-01 through 2016-03-31`, `from 2016-01-01 on`.
fn days(stretch: Stretch) -> String {
    if stretch.until >= Stretch::ALWAYS.until {
        return format!("from {} onwards", stretch.first());
    }
    match (stretch.first(), stretch.last()) {
        (first, last) if first == last => format!("on {first}"),
        (first, last) => format!("from {first} through {last}"),
    }
}
