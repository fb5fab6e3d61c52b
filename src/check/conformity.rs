//! Conformity: a local agreement takes up the principles of the one that it conforms to. What is held against it are the
//! tags that the other agreement's clauses carry, and the tags of its own; an alias lets a principle have another name.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Sink, codes, nearest};
use crate::source::Span;
use crate::syntax::tree::{Conforms, HeaderKind, Item, SlotKind, Tree};

/// The agreement that a policy says it conforms to, if it says so.
pub fn conforms(tree: &Tree) -> Option<&Conforms> {
    tree.agreement.as_ref()?.lines.iter().find_map(|line| match &line.kind {
        HeaderKind::Conforms(conforms) => Some(conforms),
        HeaderKind::Version(_) | HeaderKind::Text(_) | HeaderKind::Made(_) | HeaderKind::InForce(_) => None,
        HeaderKind::Currency(_) | HeaderKind::Calendar(_) | HeaderKind::Months(_) => None,
        HeaderKind::Week { .. } | HeaderKind::FiscalYear { .. } => None,
    })
}

/// Holds a policy (its own tree and its imports) against the agreement that it conforms to.
pub fn conformity(own: &[Tree], said: &Conforms, other: &Tree, problems: &mut Sink) {
    named(said, other, problems);
    let (own, wanted) = (tags(own), tags(std::slice::from_ref(other)));
    let stands_for = aliases(said, &own, &wanted, problems);
    misspelt(said, &own, &wanted, problems);
    if wanted.is_empty() {
        problems.push(
            codes::CONFORMS_TO_NOTHING
                .at(said.agreement.span)
                .say(format!("no clause of `{}` is tagged with a principle", said.agreement.it))
                .help("tag its clauses with `principle …`, or remove this line".to_string()),
        );
    }
    for (principle, place) in &wanted {
        if own.contains_key(principle) || stands_for.contains(principle) {
            continue;
        }
        problems.push(
            codes::PRINCIPLE_NOT_TAKEN_UP
                .at(said.agreement.span)
                .say(format!("no clause in this agreement takes up the principle `{principle}` of `{}`", said.agreement.it))
                .also(*place, "required here")
                .help(format!(
                    "tag the clause that takes it up with `principle {principle}`; if the principle has another name here, write `with OWN for {principle}`"
                )),
        );
    }
}

fn named(said: &Conforms, other: &Tree, problems: &mut Sink) {
    let name = other.agreement.as_ref().map_or("", |header| &header.name.it);
    if name != said.agreement.it {
        let is = if name.is_empty() { "contains no agreement".to_string() } else { format!("contains `{name}`") };
        problems.push(
            codes::CONFORMS_TO_NOTHING
                .at(said.path.span)
                .say(format!("`{}` {is}, not `{}`", said.path.it, said.agreement.it))
                .help("give the path of that agreement's file".to_string()),
        );
    }
}

/// A tag that the other agreement does not have may be a principle of one's own; one that is nearly one of its is miswritten.
fn misspelt(said: &Conforms, own: &Tags, wanted: &Tags, problems: &mut Sink) {
    let aliased = |name: &str| said.aliases.iter().any(|alias| alias.own.it == name);
    for (name, place) in own.iter().filter(|(name, _)| !wanted.contains_key(*name) && !aliased(name)) {
        if let Some(help) = nearest(name, wanted.keys().copied()) {
            problems.push(
                codes::UNKNOWN_PRINCIPLE
                    .at(*place)
                    .say(format!("`{name}` is not a principle of `{}`, but looks like a misspelling of one", said.agreement.it))
                    .help(format!(
                        "{help} If the name is intended, say which principle it means: `conforms to …, with {name} for …`"
                    )),
            );
        }
    }
}

/// The principles of the other agreement for which own ones stand.
fn aliases<'t>(said: &'t Conforms, own: &Tags<'t>, wanted: &Tags<'t>, problems: &mut Sink) -> BTreeSet<&'t str> {
    let mut stands_for = BTreeSet::new();
    for alias in &said.aliases {
        let sides = [
            (&alias.own, own, "no clause in this agreement is tagged with"),
            (&alias.stands_for, wanted, "no clause of the other agreement is tagged with"),
        ];
        for (name, tags, what) in sides {
            if !tags.contains_key(name.it.as_str()) {
                problems.push(
                    codes::UNKNOWN_PRINCIPLE
                        .at(name.span)
                        .say(format!("{what} the principle `{}`", name.it))
                        .help(nearest(&name.it, tags.keys().copied())),
                );
            }
        }
        stands_for.insert(alias.stands_for.it.as_str());
    }
    stands_for
}

/// Each principle with the first place where a clause is tagged with it.
type Tags<'t> = BTreeMap<&'t str, Span>;

fn tags(trees: &[Tree]) -> Tags<'_> {
    let mut tags = Tags::new();
    let clauses = trees.iter().flat_map(|tree| &tree.items).filter_map(|item| match item {
        Item::Clause(clause) => Some(clause),
        Item::Import(_) | Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) => None,
        Item::Define(_) | Item::Value(_) | Item::Amendment(_) | Item::Scenario(_) => None,
    });
    for slot in clauses.flat_map(|clause| &clause.slots) {
        if let SlotKind::Principles(names) = &slot.kind {
            for name in names {
                tags.entry(name.it.as_str()).or_insert(name.span);
            }
        }
    }
    tags
}
