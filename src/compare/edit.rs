//! Edits: what one change makes of the old side. They are carried out on trees, so that a mixture of two wordings is
//! checked and judged like any other text.

use std::collections::BTreeSet;

use crate::check::sort_lines;
use crate::source::Span;
use crate::syntax::tree::{
    self, Alteration, AlterationKind, Bearer, Clause, Does, Expr, Header, HeaderLine, Item, Modal, Name, Requirement,
    Tree,
};

use super::act::Act;
use super::change::Within;
use super::facts::FactEdit;

/// What is put in the place of what. Places are those of the old side's declarations.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Nothing is taken away: nobody needs what is no longer used.
    Nothing,
    AsOf,
    Name(Name),
    Header {
        out: Vec<Span>,
        put: Vec<HeaderLine>,
    },
    Items {
        out: Vec<Span>,
        put: Vec<Item>,
    },
    InClause {
        clause: Span,
        within: Within,
        edit: LineEdit,
    },
    /// What amendments do: some of it no longer, and some of it now.
    Acts {
        out: Vec<Act>,
        put: Vec<Act>,
    },
    /// An edit within a clause that an amendment replaces by: one that still reads as before is put there first.
    Replaced {
        by: Box<Act>,
        edit: Box<Edit>,
    },
    Facts(Vec<FactEdit>),
}

/// An edit within one declaration of a clause.
#[derive(Clone, Debug)]
pub enum LineEdit {
    Lines {
        out: Vec<Span>,
        put: Vec<tree::Slot>,
    },
    /// One part of the line that says who does what.
    Does {
        line: Span,
        part: DoesPart,
    },
    Requires(Box<Expr>),
    Requirements {
        out: Vec<Span>,
        put: Vec<Requirement>,
    },
    Readings {
        out: Vec<Span>,
        put: Vec<tree::Reading>,
    },
}

#[derive(Clone, Debug)]
pub enum DoesPart {
    Bearer(Bearer),
    Modal(crate::source::Spanned<Modal>),
    Act(Box<tree::Act>),
}

/// One tree of an agreement and its imports, without scenarios: what is compared and mixed.
pub fn whole(trees: &[Tree]) -> Option<Tree> {
    let first = trees.first()?;
    let items = trees.iter().flat_map(|tree| &tree.items).filter(|item| !matters_not(item)).cloned().collect();
    let comments = trees.iter().flat_map(|tree| &tree.comments).copied().collect();
    Some(Tree { file: first.file, agreement: first.agreement.clone(), items, comments, lost: Vec::new() })
}

/// Imports are read already; scenarios prove an agreement and are no part of it.
fn matters_not(item: &Item) -> bool {
    match item {
        Item::Import(_) | Item::Scenario(_) => true,
        Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) | Item::Define(_) => false,
        Item::Value(_) | Item::Clause(_) | Item::Amendment(_) => false,
    }
}

/// Carries out edits on a tree, in their order. Those of facts and of the day are not for trees.
pub fn edited<'e>(tree: &Tree, edits: impl Iterator<Item = &'e Edit>) -> Tree {
    let mut tree = tree.clone();
    for edit in edits {
        match edit {
            Edit::Nothing | Edit::AsOf | Edit::Facts(_) => {}
            Edit::Acts { out, put } => {
                out.iter().for_each(|act| act.take_out(&mut tree));
                put.iter().for_each(|act| act.put_in(&mut tree));
            }
            Edit::Replaced { by, edit } => {
                if !by.is_in(&tree) {
                    by.put_in(&mut tree);
                }
                tree = edited(&tree, std::iter::once(&**edit));
            }
            Edit::Name(name) => tree.agreement.iter_mut().for_each(|header| header.name = name.clone()),
            Edit::Header { out, put } => tree.agreement.iter_mut().for_each(|header| header_lines(header, out, put)),
            Edit::Items { out, put } => items(&mut tree.items, out, put),
            Edit::InClause { clause, within, edit } => {
                for one in all_clauses(&mut tree).filter(|one| one.span == *clause) {
                    within_clause(one, within, edit);
                }
            }
        }
    }
    tree
}

/// All clauses, those in amendments too.
fn all_clauses(tree: &mut Tree) -> impl Iterator<Item = &mut Clause> {
    tree.items.iter_mut().flat_map(|item| match item {
        Item::Clause(clause) => vec![clause],
        Item::Amendment(amendment) => amendment.alterations.iter_mut().filter_map(clause_of).collect(),
        Item::Import(_) | Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) | Item::Define(_) => {
            Vec::new()
        }
        Item::Value(_) | Item::Scenario(_) => Vec::new(),
    })
}

fn clause_of(alteration: &mut Alteration) -> Option<&mut Clause> {
    match &mut alteration.kind {
        AlterationKind::Replace { by, .. } => Some(by),
        AlterationKind::Add(clause) => Some(clause),
        AlterationKind::Repeal(_) | AlterationKind::Revalue { .. } | AlterationKind::Renumber { .. } => None,
        AlterationKind::Force(_) | AlterationKind::Currency(_) => None,
    }
}

fn header_lines(header: &mut Header, out: &[Span], put: &[HeaderLine]) {
    header.lines.retain(|line| !out.contains(&line.span));
    header.lines.extend_from_slice(put);
}

/// What is put stands where the first of what it replaces stood, else at the end.
fn items(items: &mut Vec<Item>, out: &[Span], put: &[Item]) {
    let gone = |item: &Item| out.iter().any(|span| span_of(item) == Some(*span));
    let at = items.iter().position(gone).unwrap_or(items.len());
    items.retain(|item| !gone(item));
    let at = at.min(items.len());
    items.splice(at..at, put.iter().cloned());
}

/// Where a declaration stands. A list of actors has no place of its own, and is never replaced.
pub fn span_of(item: &Item) -> Option<Span> {
    match item {
        Item::Import(_) | Item::Actors(_) => None,
        Item::Calendar(calendar) => Some(calendar.span),
        Item::Record(record) => Some(record.span),
        Item::Fact(fact) => Some(fact.span),
        Item::Define(define) => Some(define.span),
        Item::Value(value) => Some(value.span),
        Item::Clause(clause) => Some(clause.span),
        Item::Amendment(amendment) => Some(amendment.span),
        Item::Scenario(scenario) => Some(scenario.span),
    }
}

fn within_clause(clause: &mut Clause, within: &Within, edit: &LineEdit) {
    match edit {
        LineEdit::Requirements { out, put } => {
            clause.requirements.retain(|one| !out.contains(&one.span));
            clause.requirements.extend_from_slice(put);
        }
        LineEdit::Readings { out, put } => {
            clause.readings.retain(|one| !out.contains(&one.span));
            clause.readings.extend_from_slice(put);
        }
        LineEdit::Requires(condition) => {
            for one in clause.requirements.iter_mut().filter(|one| is_named(within, &one.name)) {
                one.condition = (**condition).clone();
            }
        }
        LineEdit::Lines { out, put } => {
            slots(clause, within, |slots| {
                let out: BTreeSet<&Span> = out.iter().collect();
                slots.retain(|slot| !out.contains(&slot.span));
                slots.extend_from_slice(put);
                sort_lines(slots);
            });
        }
        LineEdit::Does { line, part } => slots(clause, within, |slots| {
            for slot in slots.iter_mut().filter(|slot| slot.span == *line) {
                if let tree::SlotKind::Does(does) = &mut slot.kind {
                    does_part(does, part);
                }
            }
        }),
    }
}

fn does_part(does: &mut Does, part: &DoesPart) {
    match part {
        DoesPart::Bearer(bearer) => does.bearer = bearer.clone(),
        DoesPart::Modal(modal) => does.modal = modal.clone(),
        DoesPart::Act(act) => does.act = (**act).clone(),
    }
}

/// The lines of a part of a clause.
fn slots(clause: &mut Clause, within: &Within, change: impl FnOnce(&mut Vec<tree::Slot>)) {
    let found = match within {
        Within::Clause => Some(&mut clause.slots),
        Within::Reading(_) => {
            clause.readings.iter_mut().find(|one| is_named(within, &one.name)).map(|one| &mut one.slots)
        }
        Within::Requirement(_) => {
            clause.requirements.iter_mut().find(|one| is_named(within, &one.name)).map(|one| &mut one.slots)
        }
    };
    if let Some(slots) = found {
        change(slots);
    }
}

fn is_named(within: &Within, name: &Name) -> bool {
    match within {
        Within::Clause => false,
        Within::Reading(own) | Within::Requirement(own) => *own == name.it,
    }
}
