//! Clauses of two wordings of an agreement: which are added, repealed, changed in a line, or only reworded or moved.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{in_slots, names_before};
use crate::model::clause::{Requirement, Wording};
use crate::model::meaning::Called;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, AlterationKind, Item, SlotKind};

use super::change::{Change, Line, Reworded, Role, Said, Slot, Way, What, Within};
use super::edit::{Edit, LineEdit};
use super::lines::{self, Changed, Side};
use super::order::moved;
use super::rules::{Rules, Texts};
use super::supposed::amendments;

/// Changes, and what is only reworded.
#[derive(Default)]
pub(super) struct Found {
    pub changes: Vec<Change>,
    pub reworded: Vec<Reworded>,
}

/// A declaration of a clause, as written and as resolved.
#[derive(Clone, Copy)]
pub(super) struct Worded<'a> {
    pub tree: &'a tree::Clause,
    pub model: &'a Wording,
}

impl Worded<'_> {
    /// Its kind, and the record that it is of.
    pub fn head(&self) -> (String, Option<String>) {
        (self.tree.kind.it.clone(), self.tree.of.as_ref().map(|of| of.it.clone()))
    }
}

pub(super) fn clauses(texts: &Texts, old: &Rules, new: &Rules, found: &mut Found) {
    let (before, after) = (by_name(old), by_name(new));
    let (old_called, new_called) = (Called::new(&old.agreement), Called::new(&new.agreement));
    let moved = moved(&names(old), &names(new));
    let renamed = &old.renamed;
    for name in each_once(names(old).into_iter().chain(names(new))) {
        match (before.get(name), after.get(name)) {
            (Some(old), Some(new)) => {
                let called = [&old_called, &new_called];
                let mut both = Both::new(texts, name, called);
                both.names(renamed, old, new);
                both.clause(old, new);
                both.remarks(old, new);
                let mut ways = both.ways;
                ways.extend(moved.contains(name).then_some(Way::Order));
                if ways.is_empty() && both.changes.is_empty() && raw(texts, old) != raw(texts, new) {
                    ways.push(Way::Layout);
                }
                found.changes.append(&mut both.changes);
                if let (false, Some(first)) = (ways.is_empty(), new.first()) {
                    found.reworded.push(Reworded { what: name.to_string(), ways, place: first.tree.name.span });
                }
            }
            (old, new) => found.changes.push(whole(texts, name, old, new)),
        }
    }
}

fn by_name(rules: &Rules) -> BTreeMap<&str, Vec<Worded<'_>>> {
    let resolved = rules.agreement.clauses.iter().flat_map(|clause| &clause.wordings);
    let resolved: BTreeMap<Span, &Wording> = resolved.map(|wording| (wording.span, wording)).collect();
    let mut found: BTreeMap<&str, Vec<Worded>> = BTreeMap::new();
    for clause in written(rules) {
        if let Some(model) = resolved.get(&clause.span) {
            found.entry(&clause.name.it).or_default().push(Worded { tree: clause, model });
        }
    }
    found
}

/// The wording that is declared here, in the policy or in an amendment.
pub(super) fn by_span(rules: &Rules, span: Span) -> Option<Worded<'_>> {
    let model = rules.agreement.clauses.iter().flat_map(|clause| &clause.wordings).find(|one| one.span == span)?;
    let amending = amendments(&rules.tree).flat_map(|one| &one.alterations).filter_map(|one| match &one.kind {
        AlterationKind::Replace { by: clause, .. } | AlterationKind::Add(clause) => Some(&**clause),
        AlterationKind::Repeal(_) | AlterationKind::Revalue { .. } | AlterationKind::Renumber { .. } => None,
        AlterationKind::Force(_) | AlterationKind::Currency(_) => None,
    });
    let tree = written(rules).chain(amending).find(|one| one.span == span)?;
    Some(Worded { tree, model })
}

fn written(rules: &Rules) -> impl Iterator<Item = &tree::Clause> {
    rules.tree.items.iter().filter_map(|item| if let Item::Clause(clause) = item { Some(clause) } else { None })
}

fn names(rules: &Rules) -> Vec<&str> {
    each_once(written(rules).map(|clause| clause.name.it.as_str()))
}

fn each_once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

fn raw<'a>(texts: &Texts<'a>, wordings: &[Worded]) -> Vec<&'a str> {
    wordings.iter().map(|one| texts.raw(one.tree.span)).collect()
}

fn whole(texts: &Texts, name: &str, old: Option<&Vec<Worded>>, new: Option<&Vec<Worded>>) -> Change {
    let said = |side: Option<&Vec<Worded>>| Some(said(texts, side?.first()?.tree.span));
    let trees = |side: Option<&Vec<Worded>>| -> Vec<tree::Clause> {
        side.into_iter().flatten().map(|one| one.tree.clone()).collect()
    };
    let out = trees(old).iter().map(|clause| clause.span).collect();
    let put = trees(new).into_iter().map(Item::Clause).collect();
    Change {
        what: What::Clause(name.to_string()),
        old: said(old),
        new: said(new),
        edit: Edit::Items { out, put },
        role: Role::Cause,
    }
}

pub(super) fn said(texts: &Texts, span: Span) -> Said {
    Said { words: texts.words(span), span }
}

/// A clause that both sides have.
pub(super) struct Both<'a> {
    texts: &'a Texts<'a>,
    name: &'a str,
    called: [&'a Called<'a>; 2],
    changes: Vec<Change>,
    ways: Vec<Way>,
}

/// What of a clause is looked at: its own lines, or those of a reading or requirement.
struct Place<'a> {
    clause: Span,
    wording: Option<&'a str>,
    within: Within,
}

impl<'a> Both<'a> {
    pub fn new(texts: &'a Texts<'a>, name: &'a str, called: [&'a Called<'a>; 2]) -> Self {
        Both { texts, name, called, changes: Vec::new(), ways: Vec::new() }
    }

    /// What was found.
    pub fn found(self) -> (Vec<Change>, Vec<Way>) {
        (self.changes, self.ways)
    }

    pub fn clause(&mut self, old: &[Worded], new: &[Worded]) {
        let heads = |side: &[Worded]| -> BTreeSet<_> { side.iter().map(Worded::head).collect() };
        if heads(old) != heads(new) {
            self.changes.push(whole(self.texts, self.name, Some(&old.to_vec()), Some(&new.to_vec())));
            return;
        }
        let several = old.len() > 1 || new.len() > 1;
        for (old, new) in paired(old, new) {
            let label = |one: &Worded| several.then(|| one.model.force.to_string());
            match (old, new) {
                (Some(old), Some(new)) => self.wording(label(&old).as_deref(), old, new),
                (one, other) => {
                    let wording = one.or(other).as_ref().and_then(label);
                    self.whole_wording(wording, one.map(|one| one.tree), other.map(|one| one.tree));
                }
            }
        }
    }

    fn whole_wording(&mut self, wording: Option<String>, old: Option<&tree::Clause>, new: Option<&tree::Clause>) {
        let line = Line { clause: self.name.to_string(), wording, within: Within::Clause, slot: Slot::Whole };
        let edit = Edit::Items {
            out: old.iter().map(|clause| clause.span).collect(),
            put: new.iter().map(|clause| Item::Clause((*clause).clone())).collect(),
        };
        let said = |side: Option<&tree::Clause>| side.map(|clause| said(self.texts, clause.span));
        self.changes.push(Change { what: What::Line(line), old: said(old), new: said(new), edit, role: Role::Cause });
    }

    fn wording(&mut self, label: Option<&str>, old: Worded, new: Worded) {
        let place = |within| Place { clause: old.tree.span, wording: label, within };
        self.force(&place(Within::Clause), old, new);
        self.part(&place(Within::Clause), (&old.tree.slots, &old.model.common), (&new.tree.slots, &new.model.common));
        self.readings(&place, old, new);
        self.requirements(&place, old, new);
    }

    /// The lines of a part of the clause.
    fn part(
        &mut self,
        place: &Place,
        (old, old_lines): (&[tree::Slot], &crate::model::clause::Lines),
        (new, new_lines): (&[tree::Slot], &crate::model::clause::Lines),
    ) {
        let [old_called, new_called] = self.called;
        let old = Side { slots: old, lines: old_lines, called: old_called };
        let new = Side { slots: new, lines: new_lines, called: new_called };
        let difference = lines::difference(self.texts, &old, &new);
        self.ways.extend(difference.reworded);
        for Changed { slot, old, new, edit } in difference.changed {
            self.push(place, slot, (old, new), edit);
        }
    }

    fn push(&mut self, place: &Place, slot: Slot, (old, new): (Option<Said>, Option<Said>), edit: LineEdit) {
        let line = Line {
            clause: self.name.to_string(),
            wording: place.wording.map(str::to_owned),
            within: place.within.clone(),
            slot,
        };
        let edit = Edit::InClause { clause: place.clause, within: place.within.clone(), edit };
        self.changes.push(Change { what: What::Line(line), old, new, edit, role: Role::Cause });
    }

    fn force(&mut self, place: &Place, old: Worded, new: Worded) {
        let (before, after) = (force_slot(old.tree), force_slot(new.tree));
        let said = |slot: Option<&tree::Slot>| slot.map(|slot| said(self.texts, slot.span));
        let (said_old, said_new) = (said(before), said(after));
        let words = |said: &Option<Said>| said.as_ref().map(|said| said.words.clone());
        if words(&said_old) == words(&said_new) {
            return;
        }
        if old.model.force == new.model.force {
            let (old, new) = (words(&said_old), words(&said_new));
            return self.ways.push(Way::Remark { part: "in force", old, new });
        }
        let out = before.iter().map(|slot| slot.span).collect();
        let put = after.into_iter().cloned().collect();
        self.push(place, Slot::InForce, (said_old, said_new), LineEdit::Lines { out, put });
    }

    fn readings<'p>(&mut self, place: &impl Fn(Within) -> Place<'p>, old: Worded, new: Worded) {
        let named = by(&old.tree.readings, &new.tree.readings, |reading| reading.name.it.as_str());
        for (name, before, after) in named {
            let within = Within::Reading(name.to_string());
            match (before, after) {
                (Some(before), Some(after)) => {
                    let lines = |side: Worded<'_>| reading_lines(side.model, name).cloned().unwrap_or_default();
                    self.part(&place(within), (&before.slots, &lines(old)), (&after.slots, &lines(new)));
                }
                (before, after) => {
                    let out = before.iter().map(|one| one.span).collect();
                    let put = after.into_iter().cloned().collect();
                    let said = |one: Option<&tree::Reading>| one.map(|one| said(self.texts, one.span));
                    let said = (said(before), said(after));
                    self.push(&place(within), Slot::Whole, said, LineEdit::Readings { out, put });
                }
            }
        }
    }

    fn requirements<'p>(&mut self, place: &impl Fn(Within) -> Place<'p>, old: Worded, new: Worded) {
        let named = by(&old.tree.requirements, &new.tree.requirements, |one| one.name.it.as_str());
        for (name, before, after) in named {
            let within = place(Within::Requirement(name.to_string()));
            match (before, after) {
                (Some(before), Some(after)) => {
                    let (Some(old), Some(new)) = (required(old.model, name), required(new.model, name)) else {
                        continue;
                    };
                    self.requires(&within, (before, old), (after, new));
                    self.part(&within, (&before.slots, &old.lines), (&after.slots, &new.lines));
                    self.head((&before.title, &before.place), (&after.title, &after.place));
                }
                (before, after) => {
                    let out = before.iter().map(|one| one.span).collect();
                    let put = after.into_iter().cloned().collect();
                    let said = |one: Option<&tree::Requirement>| one.map(|one| said(self.texts, one.span));
                    let said = (said(before), said(after));
                    self.push(&within, Slot::Whole, said, LineEdit::Requirements { out, put });
                }
            }
        }
    }

    fn requires(
        &mut self,
        place: &Place,
        (old, old_model): (&tree::Requirement, &Requirement),
        (new, new_model): (&tree::Requirement, &Requirement),
    ) {
        let (before, after) = (said(self.texts, old.condition.span), said(self.texts, new.condition.span));
        let [old_called, new_called] = self.called;
        if before.words == after.words {
            return;
        }
        if old_called.condition(&old_model.condition) == new_called.condition(&new_model.condition) {
            return self.ways.push(Way::Written { old: before.words, new: after.words });
        }
        let edit = LineEdit::Requires(Box::new(new.condition.clone()));
        self.push(place, Slot::Requires, (Some(before), Some(after)), edit);
    }

    // ---- what decides nothing ----

    /// What the clause and its requirements were called before.
    pub fn names(&mut self, renamed: &BTreeMap<String, String>, old: &[Worded<'a>], new: &[Worded<'a>]) {
        let before = |side: &[Worded<'a>]| side.iter().flat_map(|one| names_before(one.tree)).collect::<Vec<_>>();
        if let Some(formerly) = renamed.get(self.name) {
            self.ways.push(Way::Renamed { requirement: None, formerly: formerly.clone() });
        }
        self.former_names((self.name, renamed), &before(old), &before(new));
        for name in each_once(new.iter().flat_map(|one| &one.tree.requirements).map(|one| one.name.it.as_str())) {
            let of = |side: &[Worded<'a>]| -> Vec<&'a tree::Requirement> {
                side.iter().flat_map(|one| &one.tree.requirements).filter(|one| one.name.it == name).collect()
            };
            let (before, after) = (of(old), of(new));
            if before.is_empty() {
                continue;
            }
            if let Some(formerly) = renamed.get(name) {
                self.ways.push(Way::Renamed { requirement: Some(name.to_string()), formerly: formerly.clone() });
            }
            let said = |side: &[&'a tree::Requirement]| {
                side.iter().flat_map(|one| in_slots(&one.slots)).collect::<Vec<&tree::Name>>()
            };
            self.former_names((name, renamed), &said(&before), &said(&after));
        }
    }

    /// Lines `formerly`, as far as they say more than that it has another name now.
    fn former_names(
        &mut self,
        (now, renamed): (&str, &BTreeMap<String, String>),
        old: &[&tree::Name],
        new: &[&tree::Name],
    ) {
        let said = |names: &[&tree::Name]| {
            let more = |name: &str| name != now && renamed.get(now).is_none_or(|was| was != name);
            let all: BTreeSet<&str> = names.iter().map(|name| name.it.as_str()).filter(|name| more(name)).collect();
            (!all.is_empty()).then(|| all.into_iter().collect::<Vec<_>>().join(", "))
        };
        let (old, new) = (said(old), said(new));
        if old != new {
            self.ways.push(Way::Remark { part: "former name", old, new });
        }
    }

    pub fn remarks(&mut self, old: &[Worded], new: &[Worded]) {
        for (old, new) in old.iter().zip(new) {
            self.head((&old.tree.title, &old.tree.place), (&new.tree.title, &new.tree.place));
        }
    }

    fn head(
        &mut self,
        (old_title, old_place): (&Option<tree::Quoted>, &Option<tree::Place>),
        (new_title, new_place): (&Option<tree::Quoted>, &Option<tree::Place>),
    ) {
        let words = |title: &Option<tree::Quoted>| title.as_ref().map(|title| title.it.clone());
        if words(old_title) != words(new_title) {
            self.ways.push(Way::Remark { part: "title", old: words(old_title), new: words(new_title) });
        }
        let parts = |place: &Option<tree::Place>| place.as_ref().map(|place| place.parts.clone());
        if parts(old_place) != parts(new_place) {
            let words = |place: &Option<tree::Place>| place.as_ref().map(|place| self.texts.words(place.span));
            self.ways.push(Way::Section { old: words(old_place), new: words(new_place) });
        }
    }
}

/// Wordings that hold on the same days belong together, then those that are left, in their order.
fn paired<'a>(old: &[Worded<'a>], new: &[Worded<'a>]) -> Vec<(Option<Worded<'a>>, Option<Worded<'a>>)> {
    if let ([old], [new]) = (old, new) {
        return vec![(Some(*old), Some(*new))];
    }
    let (mut pairs, mut left) = (Vec::new(), Vec::new());
    let mut new = new.to_vec();
    for one in old {
        match new.iter().position(|other| other.model.force == one.model.force) {
            Some(at) => pairs.push((Some(*one), Some(new.remove(at)))),
            None => left.push(*one),
        }
    }
    let (mut left, mut new) = (left.into_iter(), new.into_iter());
    loop {
        match (left.next(), new.next()) {
            (None, None) => return pairs,
            pair => pairs.push(pair),
        }
    }
}

fn force_slot(clause: &tree::Clause) -> Option<&tree::Slot> {
    clause.slots.iter().find(|slot| matches!(slot.kind, SlotKind::InForce(_)))
}

fn reading_lines<'a>(wording: &'a Wording, name: &str) -> Option<&'a crate::model::clause::Lines> {
    let of = |(own, lines): &'a (Spanned<String>, _)| (own.it == name).then_some(lines);
    wording.readings.iter().find_map(of)
}

fn required<'a>(wording: &'a Wording, name: &str) -> Option<&'a Requirement> {
    wording.requirements.iter().find(|one| one.name.it == name)
}

/// Parts of both sides by name, in the order of the old side, then of the new.
fn by<'a, T>(old: &'a [T], new: &'a [T], name: fn(&T) -> &str) -> Vec<(&'a str, Option<&'a T>, Option<&'a T>)> {
    let all = each_once(old.iter().chain(new).map(name));
    let find = |side: &'a [T], wanted: &str| side.iter().find(|one| name(one) == wanted);
    all.into_iter().map(|wanted| (wanted, find(old, wanted), find(new, wanted))).collect()
}
