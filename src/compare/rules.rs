//! One wording of an agreement as it is compared: its whole tree, what it means, and what can be judged by it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Former, as_called_today, check, check_with, clauses_of, rename};
use crate::clauses;
use crate::compile::compile;
use crate::diagnostics::Sink;
use crate::evaluate::Limits;
use crate::model::Agreement;
use crate::model::amendment::AmendmentId;
use crate::plan::Plan;
use crate::source::{FileId, Sources, Span};
use crate::syntax::tree::{AmendmentLineKind, DayText, HeaderKind, Item, Tree};
use crate::value::Day;

use super::edit::whole;
use super::supposed::{Supposed, settled};

/// An agreement without mistakes.
#[derive(Clone, Debug)]
pub struct Rules {
    /// With all its imports, in one.
    pub tree: Tree,
    pub agreement: Agreement,
    pub plan: Plan,
    /// Where amendments are taken to be adopted, or not to be.
    pub supposed: Option<Supposed>,
    /// The day from which it is judged as if it were in force, whatever its text says.
    pub as_if_from: Option<Day>,
    /// How much is judged before it is stopped.
    pub limits: Limits,
    /// Clauses that go by the names of the other side of a comparison, with what the text itself calls them.
    pub(super) renamed: BTreeMap<String, String>,
}

impl Rules {
    /// Of a policy's own tree and those of its imports. Nothing when it has mistakes.
    pub fn of(trees: &[Tree]) -> Option<Rules> {
        Rules::of_whole(whole(trees)?, None, None)
    }

    /// The same as it would stand if some amendments were adopted and others were not.
    pub fn supposing(trees: &[Tree], supposed: &Supposed) -> Option<Rules> {
        Rules::of_whole(whole(trees)?, Some(supposed), None)
    }

    /// The same with its clauses under the names that they have in another version, where either says that they were renamed;
    /// as it is where nothing was, or where the new names cannot stand here.
    pub fn called_as_in(&self, other: &Rules) -> Cow<'_, Rules> {
        let (own, others) = (self.former(), other.former());
        if own.is_empty() && others.is_empty() {
            return Cow::Borrowed(self);
        }
        let (here, there) = (clauses_of(&self.tree), clauses_of(&other.tree));
        let mut names = Former::new();
        let mut renamed = BTreeMap::new();
        let mut called = |was: &str, now: &str| {
            let same_sort = here.contains_key(was) && here.get(was) == there.get(now);
            let is_free = !here.contains_key(now) && !there.contains_key(was) && !names.contains_key(was);
            if same_sort && is_free && !renamed.contains_key(now) {
                names.insert(was.to_owned(), now.to_owned());
                renamed.insert(now.to_owned(), was.to_owned());
            }
        };
        for (before, now) in others {
            // What the other version calls its former name may have been renamed here, too.
            called(before, now);
            own.get(before).into_iter().for_each(|was| called(was, now));
        }
        // Where it is the older version that has the newer name.
        own.iter().for_each(|(before, now)| called(now, before));
        let mut former = others.clone();
        former.extend(names.clone());
        for (before, now) in own {
            former.entry(before.clone()).or_insert_with(|| names.get(now).unwrap_or(now).clone());
        }
        let mut tree = self.tree.clone();
        rename(&mut tree, &names);
        match Rules::of_whole(tree, self.supposed.as_ref(), Some(&former)) {
            Some(rules) => Cow::Owned(Rules { renamed, ..rules }.bounded_like(self)),
            None => Cow::Borrowed(self),
        }
    }

    /// What its clauses were called before.
    pub(super) fn former(&self) -> &Former {
        &self.agreement.schema.former
    }

    /// The same as if it were in force from another day on: the amendments that are taken to be adopted; without any, the
    /// agreement itself.
    pub fn as_if_from(&self, day: Day) -> Option<Rules> {
        let adopted = |name: &str| self.supposed.as_ref().is_some_and(|supposed| supposed.adopted.contains(name));
        let mut tree = self.tree.clone();
        let of_day = |text: &mut DayText| text.it = day.to_string();
        let lines = tree.agreement.iter_mut().flat_map(|header| &mut header.lines);
        if self.supposed.is_none() {
            lines.for_each(|line| {
                if let HeaderKind::InForce(force) = &mut line.kind {
                    of_day(&mut force.from);
                }
            });
        }
        for item in &mut tree.items {
            let Item::Amendment(amendment) = item else { continue };
            for line in amendment.lines.iter_mut().filter(|_| adopted(&amendment.name.it)) {
                if let AmendmentLineKind::TakesEffect(from) = &mut line.kind {
                    of_day(from);
                }
            }
        }
        let rules = Rules::of_whole(tree, self.supposed.as_ref(), None)?;
        Some(Rules { as_if_from: Some(day), ..rules }.bounded_like(self))
    }

    /// Of a tree; `former` are the former names of its clauses, where not only itself says them.
    pub(super) fn of_whole(tree: Tree, supposed: Option<&Supposed>, former: Option<&Former>) -> Option<Rules> {
        let mut tree = match supposed {
            Some(supposed) => settled(tree, supposed),
            None => tree,
        };
        let mut problems = Sink::default();
        let agreement = match former {
            Some(former) => check_with(std::slice::from_ref(&tree), former, &mut problems),
            None => check(std::slice::from_ref(&tree), &mut problems),
        };
        clauses::inspect(&agreement, &mut problems);
        let plan = (!problems.has_errors()).then(|| compile(&agreement))?;
        let plan = match supposed {
            Some(supposed) => adopting(&plan, &supposed.adopted),
            None => plan,
        };
        // What amendments do is compared by the names of today.
        if let Cow::Owned(renamed) = as_called_today(std::slice::from_ref(&tree), &agreement.schema.former) {
            tree = renamed.into_iter().next()?;
        }
        Some(Rules {
            tree,
            agreement,
            plan,
            supposed: supposed.cloned(),
            renamed: BTreeMap::new(),
            as_if_from: None,
            limits: Limits::default(),
        })
    }

    /// The same, judged for as many periods of a clause as that, with numbers of so many digits, and for so many instances.
    pub fn bounded(mut self, (most_periods, most_digits): (usize, usize), limits: Limits) -> Rules {
        (self.plan.most_periods, self.plan.most_digits) = (most_periods, most_digits);
        self.limits = limits;
        self
    }

    pub(super) fn bounded_like(self, other: &Rules) -> Rules {
        self.bounded((other.plan.most_periods, other.plan.most_digits), other.limits)
    }
}

fn adopting(plan: &Plan, names: &BTreeSet<String>) -> Plan {
    let ids: Vec<AmendmentId> = names.iter().filter_map(|name| plan.find_amendment(name)).collect();
    plan.supposing(&ids, &[])
}

/// The texts of both sides, to be quoted without comments and on one line.
pub(super) struct Texts<'a> {
    sources: &'a Sources,
    comments: BTreeMap<FileId, Vec<Span>>,
}

impl<'a> Texts<'a> {
    pub fn new(sources: &'a Sources, sides: [&Rules; 2]) -> Self {
        let mut comments: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
        for comment in sides.iter().flat_map(|side| &side.tree.comments) {
            comments.entry(comment.file).or_default().push(*comment);
        }
        Texts { sources, comments }
    }

    /// The words of a place.
    pub fn words(&self, span: Span) -> String {
        let within = |comment: &&Span| span.start <= comment.start && comment.end <= span.end;
        let mut words = String::new();
        let mut from = span.start;
        for comment in self.comments.get(&span.file).into_iter().flatten().filter(within) {
            self.fold(Span { start: from, end: comment.start, ..span }, &mut words);
            from = comment.end;
        }
        self.fold(Span { start: from, ..span }, &mut words);
        words
    }

    fn fold(&self, span: Span, to: &mut String) {
        for word in self.sources.text(span).split_whitespace() {
            if !to.is_empty() {
                to.push(' ');
            }
            to.push_str(word);
        }
    }

    /// The place as it was written, with its comments and its layout.
    pub fn raw(&self, span: Span) -> &'a str {
        self.sources.text(span)
    }
}
