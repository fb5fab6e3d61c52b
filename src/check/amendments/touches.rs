//! What amendments do to clauses, one after the other: a clause that is not there cannot be changed, and two amendments
//! that both change it must say how they stand to each other.

use std::collections::BTreeMap;

use super::Drafted;
use crate::check::names::Names;
use crate::diagnostics::{codes, nearest};
use crate::model::amendment::AmendmentId;
use crate::source::Span;
use crate::syntax::tree::{AlterationKind, AmendmentLineKind, Name};
use crate::value::Day;

/// One amendment does something to one clause.
#[derive(Clone, Copy)]
pub struct Touch<'t> {
    pub by: AmendmentId,
    pub clause: &'t Name,
    pub does: Does,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    Repeals,
    Replaces,
    Adds,
    Renumbers,
}

/// What drafts do to clauses, in the order of the drafts.
pub fn touches<'t>(drafts: &[Drafted<'t>]) -> Vec<Touch<'t>> {
    let mut all = Vec::new();
    for (by, draft) in (0..).map(AmendmentId).zip(drafts) {
        for alteration in &draft.tree.alterations {
            let mut touch = |clause: &'t Name, does| all.push(Touch { by, clause, does });
            match &alteration.kind {
                AlterationKind::Repeal(names) => names.iter().for_each(|name| touch(name, Does::Repeals)),
                AlterationKind::Replace { name, .. } => touch(name, Does::Replaces),
                AlterationKind::Add(clause) => touch(&clause.name, Does::Adds),
                AlterationKind::Renumber { name, .. } => touch(name, Does::Renumbers),
                AlterationKind::Revalue { .. } | AlterationKind::Force(_) | AlterationKind::Currency(_) => {}
            }
        }
    }
    all
}

/// How an earlier amendment stands to a later one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// The later one builds on it, or it is adopted for certain: what it did is done.
    Before,
    Rival,
    /// It may be adopted or not, and the later one does not say what then.
    Loose,
}

impl<'t> Names<'t> {
    /// Looks at what amendments do to clauses and values.
    pub fn amended_clauses(&self) {
        let mut history: BTreeMap<&str, Vec<Touch<'t>>> = BTreeMap::new();
        let wrong: Vec<bool> =
            self.drafts.iter().map(|draft| self.problems.borrow().has_error_in(draft.tree.span)).collect();
        for touch in touches(&self.drafts) {
            // What is wrong with an amendment has been told; what would follow from it is no finding of its own.
            if wrong.get(usize::from(touch.by.0)) == Some(&true) {
                continue;
            }
            let before = history.entry(&touch.clause.it).or_default();
            self.touched(touch, before);
            before.push(touch);
        }
        for draft in &self.drafts {
            for alteration in &draft.tree.alterations {
                match &alteration.kind {
                    AlterationKind::Replace { name, by } => self.same_name(name, &by.name),
                    AlterationKind::Revalue { name, by } => {
                        self.same_name(name, &by.name);
                        self.revalued(name);
                    }
                    AlterationKind::Repeal(_) | AlterationKind::Add(_) | AlterationKind::Renumber { .. } => {}
                    AlterationKind::Force(_) | AlterationKind::Currency(_) => {}
                }
            }
        }
    }

    fn same_name(&self, replaced: &Name, by: &Name) {
        if replaced.it != by.it {
            self.found(
                codes::AMENDMENT_LINES
                    .at(by.span)
                    .say(format!("this line replaces `{}`, but the clause that follows is `{}`", replaced.it, by.it))
                    .also(replaced.span, "the clause to be replaced")
                    .help(format!(
                        "give the new wording the same name; to use another name, write `repeal {}` and `add`",
                        replaced.it
                    )),
            );
        }
    }

    fn revalued(&self, name: &Name) {
        if self.find_value(&name.it).is_none() {
            let values = self.values.iter().map(|value| value.name.it.as_str());
            self.found(
                codes::AMENDS_NOTHING
                    .at(name.span)
                    .say(format!("there is no value `{}` to replace", name.it))
                    .help("declare a new value with `value NAME AMOUNT`, outside the amendment".to_string())
                    .help(nearest(&name.it, values)),
            );
        }
    }

    fn touched(&self, touch: Touch<'t>, before: &[Touch<'t>]) {
        if let Some(twice) = before.iter().find(|other| other.by == touch.by) {
            let message = format!("`{}` changes `{}` twice", self.amendment_name(touch.by), touch.clause.it);
            return self.collide(touch.clause.span, twice.clause.span, message, "keep one of the two changes");
        }
        let base = self.is_agreed(&touch.clause.it);
        let mut there = base;
        let mut repealed = None;
        let mut loose = None;
        for other in before {
            match self.relation(other.by, touch.by) {
                Relation::Before => {
                    there = other.does != Does::Repeals;
                    repealed = (other.does == Does::Repeals).then_some(*other);
                }
                Relation::Loose => loose = Some(*other),
                Relation::Rival => {}
            }
        }
        match (touch.does, there) {
            (Does::Adds, true) => self.added_again(touch),
            (Does::Repeals | Does::Replaces | Does::Renumbers, false) => self.not_there(touch, repealed, before),
            (Does::Adds, false) | (Does::Repeals | Does::Replaces | Does::Renumbers, true) => {
                self.order_told(touch, loose, before);
            }
        }
    }

    /// Whether a clause is part of the agreement before any amendment.
    fn is_agreed(&self, name: &str) -> bool {
        self.find_clause(name).is_some_and(|(_, clause)| clause.by.contains(&None))
    }

    fn amendment_name(&self, id: AmendmentId) -> &str {
        self.draft(id).map_or("", |draft| &draft.tree.name.it)
    }

    fn draft(&self, id: AmendmentId) -> Option<&Drafted<'t>> {
        self.drafts.get(usize::from(id.0))
    }

    fn effective(&self, id: AmendmentId) -> Day {
        self.draft(id).map_or(Day::MIN, |draft| draft.effective)
    }

    fn relation(&self, earlier: AmendmentId, later: AmendmentId) -> Relation {
        let Some(draft) = self.draft(later) else { return Relation::Loose };
        if draft.rivals.contains(&earlier) {
            return Relation::Rival;
        }
        let mut open = draft.builds_on.clone();
        let mut seen = Vec::new();
        while let Some(one) = open.pop() {
            if one == earlier {
                return Relation::Before;
            }
            if !seen.contains(&one) {
                seen.push(one);
                open.extend(self.draft(one).into_iter().flat_map(|one| one.builds_on.iter().copied()));
            }
        }
        // What is adopted for certain is there for all that takes effect later.
        let certain = self.draft(earlier).is_some_and(|draft| {
            draft.tree.lines.iter().any(|line| matches!(line.kind, AmendmentLineKind::AdoptedOn(_)))
        });
        let earlier_day = self.effective(earlier) < self.effective(later);
        if certain && earlier_day { Relation::Before } else { Relation::Loose }
    }

    fn added_again(&self, touch: Touch<'t>) {
        let name = &touch.clause.it;
        let mut finding = codes::DUPLICATE_CLAUSE
            .at(touch.clause.span)
            .say(format!("cannot add `{name}`: the clause already exists"))
            .help(format!("write `replace {name}` if this is its new wording, or give the new clause another name"));
        if let Some(first) = self.find_clause(name).and_then(|(_, clause)| clause.wordings.first().copied()) {
            finding = finding.also(first.name.span, "it is here");
        }
        self.found(finding);
    }

    fn not_there(&self, touch: Touch<'t>, repealed: Option<Touch<'t>>, before: &[Touch<'t>]) {
        let (name, place) = (&touch.clause.it, touch.clause.span);
        if let Some(repeal) = repealed {
            let by = self.amendment_name(repeal.by);
            let finding = codes::AMENDS_NOTHING
                .at(place)
                .say(format!("`{name}` is already repealed, by `{by}` from {}", self.effective(repeal.by)))
                .also(repeal.clause.span, "here")
                .help(format!("remove this, or reinstate `{name}` with `add` and its whole wording"));
            return self.found(finding);
        }
        if let Some(adds) = before.iter().find(|other| other.does == Does::Adds) {
            let by = self.amendment_name(adds.by);
            let finding = codes::AMENDS_NOTHING
                .at(place)
                .say(format!("`{name}` exists only if `{by}` is adopted, which adds it"))
                .also(adds.clause.span, "here")
                .help(format!("write `builds on {by}` if this amendment depends on it"));
            return self.found(finding);
        }
        let later =
            touches(&self.drafts).into_iter().find(|other| other.clause.it == *name && other.does == Does::Adds);
        if let Some(adds) = later {
            let by = self.amendment_name(adds.by);
            let finding = codes::AMENDS_NOTHING
                .at(place)
                .say(format!("`{name}` does not exist yet: `{by}` adds it on {}", self.effective(adds.by)))
                .also(adds.clause.span, "here")
                .help("make this amendment take effect after that one, and build on it".to_string());
            return self.found(finding);
        }
        if self.is_lost(name, place) {
            return;
        }
        let clauses = self.clauses.iter().filter(|clause| clause.by.contains(&None)).map(|clause| clause.name);
        self.found(
            codes::UNKNOWN_CLAUSE
                .at(place)
                .say(format!("there is no clause `{name}` to amend"))
                .help("use `add` to add a new clause".to_string())
                .help(nearest(name, clauses)),
        );
    }

    /// Two that may both be adopted must leave no doubt about which of them comes first.
    fn order_told(&self, touch: Touch<'t>, loose: Option<Touch<'t>>, before: &[Touch<'t>]) {
        let Some(other) = loose else { return };
        let (name, this, that) = (&touch.clause.it, self.amendment_name(touch.by), self.amendment_name(other.by));
        let same_day = self.effective(other.by) == self.effective(touch.by);
        let last = before.iter().rev().find(|one| one.by == other.by).map(|one| one.does);
        let message = match last {
            _ if same_day => format!("`{this}` and `{that}` both change `{name}` on {}", self.effective(touch.by)),
            Some(Does::Repeals) => format!("`{this}` changes `{name}`, which `{that}` may have repealed by then"),
            Some(Does::Adds) if touch.does == Does::Adds => {
                format!("`{this}` adds `{name}`, which `{that}` may have added by then")
            }
            Some(Does::Replaces | Does::Adds | Does::Renumbers) | None => return,
        };
        let help = format!(
            "say how the two are related: `rival of {that}` if only one of them can be adopted, `builds on {that}` if this one comes on top of it"
        );
        self.collide(touch.clause.span, other.clause.span, message, &help);
    }

    fn collide(&self, here: Span, there: Span, message: String, help: &str) {
        let finding = codes::AMENDMENTS_COLLIDE.at(here).say(message).also(there, "the other change");
        self.found(finding.help(help.to_string()));
    }
}
