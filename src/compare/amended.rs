//! What amendments do on one side only, act by act; a clause that is replaced line by line. So what comes of each can be tried,
//! from the day on which it holds and for what it finds begun.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Amendment;
use crate::model::amendment::{Adopted, Began};
use crate::model::clause::Wording;
use crate::model::meaning::Called;
use crate::source::Span;
use crate::syntax::tree::{self, AlterationKind, Item};
use crate::value::Day;

use super::act::{Act, Target};
use super::change::{Change, HeaderPart, Reworded, Role, Said, Sort, Way, What};
use super::clauses::{Both, Found, Worded, by_span, said};
use super::edit::Edit;
use super::rules::{Rules, Texts};
use super::supposed::amendments;

/// An act, and from when on it holds.
struct Timed {
    act: Act,
    from: Day,
    began: Began,
}

type Acts = BTreeMap<Target, Vec<Timed>>;

/// Whether an amendment is adopted on the one side and does nothing on the other.
pub(super) fn is_told_by_acts(name: &str, old: &Rules, new: &Rules) -> bool {
    let adopts = |rules: &Rules| rules.supposed.as_ref().is_some_and(|one| one.adopted.contains(name));
    adopts(old) != adopts(new)
}

pub(super) fn amended(texts: &Texts, old: &Rules, new: &Rules, found: &mut Found) {
    let (mut before, mut after) = (acts(old, old, new), acts(new, old, new));
    let amended = Amended { texts, old, new };
    for target in in_order(&before, &after) {
        let (old, new) = (before.remove(&target).unwrap_or_default(), after.remove(&target).unwrap_or_default());
        if !amended.line_by_line(&target, &old, &new, found) {
            found.changes.push(amended.whole(&target, &old, &new));
        }
    }
    amended.renumbered(found);
}

fn acts(side: &Rules, old: &Rules, new: &Rules) -> Acts {
    let mut found = Acts::new();
    for tree in amendments(&side.tree).filter(|one| is_told_by_acts(&one.name.it, old, new)) {
        let Some(model) = resolved(side, &tree.name.it) else { continue };
        for act in Act::all_of(tree) {
            let timed = Timed { from: model.effective, began: model.began, act };
            found.entry(timed.act.target.clone()).or_default().push(timed);
        }
    }
    found
}

/// What is altered, in the order of the amendments' texts.
fn in_order(before: &Acts, after: &Acts) -> Vec<Target> {
    let mut placed: BTreeMap<Span, &Target> = BTreeMap::new();
    for (target, acts) in before.iter().chain(after) {
        placed.extend(acts.iter().map(|timed| (timed.act.does.span, target)));
    }
    let mut found: Vec<Target> = Vec::new();
    for target in placed.into_values() {
        if !found.contains(target) {
            found.push(target.clone());
        }
    }
    found
}

fn resolved<'a>(rules: &'a Rules, name: &str) -> Option<&'a Amendment> {
    rules.agreement.amendments.iter().find(|one| one.name == name)
}

struct Amended<'a> {
    texts: &'a Texts<'a>,
    old: &'a Rules,
    new: &'a Rules,
}

impl<'a> Amended<'a> {
    /// A clause that is replaced, by its lines; and what both sides do alike. False where it has to be told as a whole.
    fn line_by_line(&self, target: &Target, old: &[Timed], new: &[Timed], found: &mut Found) -> bool {
        match (old, new) {
            ([old], [new]) if (old.from, old.began) == (new.from, new.began) => {
                if self.does_the_same(&old.act, &new.act) {
                    return true;
                }
                let (Some(before), Some(after)) = (worded(self.old, &old.act), worded(self.new, &new.act)) else {
                    return false;
                };
                self.lines(target, None, [(self.old, before), (self.new, after)], found)
            }
            ([], [new]) => {
                let (Some(after), Some(base)) = (worded(self.new, &new.act), self.base(target, new)) else {
                    return false;
                };
                // The clause as it reads before is put into the amendment, and each of its lines can be changed there.
                let clause = tree::Clause { span: after.tree.span, name: after.tree.name.clone(), ..base.tree.clone() };
                let before = Worded { tree: &clause, model: base.model };
                let kind = AlterationKind::Replace { name: clause.name.clone(), by: Box::new(clause.clone()) };
                let does = tree::Alteration { kind, span: new.act.does.span };
                let start = Act { does, ..new.act.clone() };
                self.lines(target, Some(&start), [(self.new, before), (self.new, after)], found)
            }
            ([old], []) => {
                let (Some(before), Some(after)) = (worded(self.old, &old.act), self.base(target, old)) else {
                    return false;
                };
                self.lines(target, Some(&old.act), [(self.old, before), (self.new, after)], found)
            }
            (_, _) => false,
        }
    }

    fn does_the_same(&self, old: &Act, new: &Act) -> bool {
        use AlterationKind::{Currency, Force, Repeal, Revalue};
        match (&old.does.kind, &new.does.kind) {
            (Repeal(_), Repeal(_)) => true,
            (Revalue { .. }, Revalue { .. }) | (Force(_), Force(_)) | (Currency(_), Currency(_)) => {
                self.texts.words(old.does.span) == self.texts.words(new.does.span)
            }
            (_, _) => false,
        }
    }

    /// The lines in which a clause differs, and the act in which they are changed where only one side has it.
    fn lines(&self, target: &Target, act: Option<&Act>, sides: [(&Rules, Worded); 2], found: &mut Found) -> bool {
        let Target::Clause(name) = target else { return false };
        let [(old, before), (new, after)] = sides;
        let (old_called, new_called) = (Called::new(&old.agreement), Called::new(&new.agreement));
        let mut both = Both::new(self.texts, name, [&old_called, &new_called]);
        if before.head() != after.head() {
            return false;
        }
        let place = after.tree.name.span;
        both.clause(&[before], &[after]);
        both.remarks(&[before], &[after]);
        let (changes, ways) = both.found();
        found.changes.extend(changes.into_iter().map(|change| {
            let edit = match act {
                Some(act) => Edit::Replaced { by: Box::new(act.clone()), edit: Box::new(change.edit) },
                None => change.edit,
            };
            Change { edit, ..change }
        }));
        if !ways.is_empty() {
            found.reworded.push(Reworded { what: name.clone(), ways, place });
        }
        true
    }

    /// The one wording that an amendment finds when it takes effect; nothing where that hangs on another proposal.
    fn base(&self, target: &Target, amending: &Timed) -> Option<Worded<'a>> {
        let Target::Clause(name) = target else { return None };
        let clause = self.new.agreement.clauses.iter().find(|clause| clause.name == *name)?;
        let before = |wording: &&Wording| match wording.by.and_then(|id| self.new.plan.amendment(id)) {
            Some(by) => by.name != amending.act.amendment() && by.effective <= amending.from,
            None => wording.force.contains(amending.from),
        };
        let there: Vec<&Wording> = clause.wordings.iter().filter(before).collect();
        let latest = there.iter().filter_map(|wording| wording.by).max();
        let certain = match latest.and_then(|id| self.new.plan.amendment(id)) {
            Some(by) => matches!(by.adopted, Adopted::On(_) | Adopted::Supposed(_)),
            None => true,
        };
        let mut own = there.into_iter().filter(|wording| wording.by == latest);
        match (own.next(), own.next(), certain) {
            (Some(wording), None, true) => by_span(self.new, wording.span),
            (_, _, _) => None,
        }
    }

    fn whole(&self, target: &Target, old: &[Timed], new: &[Timed]) -> Change {
        let what = match target {
            Target::Force => What::Header(HeaderPart::InForce),
            Target::Currency => What::Header(HeaderPart::Currency),
            Target::Value(name) => What::Declared(Sort::Value, name.clone()),
            Target::Clause(name) => What::Clause(name.clone()),
        };
        let undated = match (old, new) {
            ([old], [new]) => (old.from, old.began) == (new.from, new.began),
            ([], _) | (_, []) => true,
            (_, _) => false,
        };
        let unlike = !old.is_empty() && !new.is_empty();
        let said = |acts: &[Timed]| match acts.last() {
            None => self.untouched(target),
            Some(last) => self.brought(last, unlike).map(|said| if undated { said } else { dated(said, last) }),
        };
        let acts = |timed: &[Timed]| timed.iter().map(|one| one.act.clone()).collect();
        let edit = Edit::Acts { out: acts(old), put: acts(new) };
        Change { what, old: said(old), new: said(new), edit, role: Role::Cause }
    }

    /// What the text says where no amendment is at work.
    fn untouched(&self, target: &Target) -> Option<Said> {
        let header = |part: fn(&tree::HeaderKind) -> bool| {
            let lines = self.new.tree.agreement.iter().flat_map(|header| &header.lines);
            lines.into_iter().find(|line| part(&line.kind)).map(|line| said(self.texts, line.span))
        };
        match target {
            Target::Force => header(|kind| matches!(kind, tree::HeaderKind::InForce(_))),
            Target::Currency => header(|kind| matches!(kind, tree::HeaderKind::Currency(_))),
            Target::Value(name) | Target::Clause(name) => {
                let span = self.new.tree.items.iter().find_map(|item| match item {
                    Item::Value(value) if value.name.it == *name => Some(value.span),
                    Item::Clause(clause) if clause.name.it == *name => Some(clause.span),
                    Item::Value(_) | Item::Clause(_) | Item::Import(_) | Item::Record(_) | Item::Actors(_) => None,
                    Item::Calendar(_) | Item::Fact(_) | Item::Define(_) | Item::Amendment(_) => None,
                    Item::Scenario(_) => None,
                })?;
                Some(said(self.texts, span))
            }
        }
    }

    /// What an act brings; a repeal brings nothing, and is named where the other side does something else.
    fn brought(&self, timed: &Timed, unlike: bool) -> Option<Said> {
        let said = |span: Span| Some(said(self.texts, span));
        match &timed.act.does.kind {
            AlterationKind::Repeal(_) if unlike => {
                Some(Said { words: "repealed".to_string(), span: timed.act.does.span })
            }
            AlterationKind::Repeal(_) => None,
            AlterationKind::Replace { by, .. } => said(by.span),
            AlterationKind::Add(clause) => said(clause.span),
            AlterationKind::Revalue { by, .. } => said(by.span),
            AlterationKind::Renumber { .. } | AlterationKind::Force(_) | AlterationKind::Currency(_) => {
                said(timed.act.does.span)
            }
        }
    }

    /// New numbers of clauses that stay as they are.
    fn renumbered(&self, found: &mut Found) {
        let numbers = |side: &Rules| -> BTreeMap<String, String> {
            let own = amendments(&side.tree).filter(|one| is_told_by_acts(&one.name.it, self.old, self.new));
            let number = |one: &tree::Alteration| match &one.kind {
                AlterationKind::Renumber { name, place } => Some((name.it.clone(), self.texts.words(place.span))),
                AlterationKind::Repeal(_) | AlterationKind::Replace { .. } | AlterationKind::Revalue { .. } => None,
                AlterationKind::Add(_) | AlterationKind::Force(_) | AlterationKind::Currency(_) => None,
            };
            own.flat_map(|one| &one.alterations).filter_map(number).collect()
        };
        let (old, new) = (numbers(self.old), numbers(self.new));
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let mut clauses = self
                .new
                .tree
                .items
                .iter()
                .filter_map(|item| if let Item::Clause(one) = item { Some(one) } else { None });
            let own = clauses.find(|one| one.name.it == *name);
            let text = || Some(self.texts.words(own?.place.as_ref()?.span));
            let (old, new) = (old.get(name).cloned().or_else(text), new.get(name).cloned().or_else(text));
            if old != new {
                let place = own.map_or(self.new.agreement.span, |clause| clause.name.span);
                let ways = vec![Way::Section { old, new }];
                found.reworded.push(Reworded { what: name.clone(), ways, place });
            }
        }
    }
}

fn dated(said: Said, timed: &Timed) -> Said {
    let began = match timed.began {
        Began::KeepsTheOldWording => "",
        Began::IsTakenOver => ", including what began before",
    };
    Said { words: format!("{}, from {} on{began}", said.words, timed.from), ..said }
}

/// The clause that an act brings, as written and as resolved.
fn worded<'a>(rules: &'a Rules, act: &Act) -> Option<Worded<'a>> {
    match &act.does.kind {
        AlterationKind::Replace { by: clause, .. } | AlterationKind::Add(clause) => by_span(rules, clause.span),
        AlterationKind::Repeal(_) | AlterationKind::Revalue { .. } | AlterationKind::Renumber { .. } => None,
        AlterationKind::Force(_) | AlterationKind::Currency(_) => None,
    }
}
