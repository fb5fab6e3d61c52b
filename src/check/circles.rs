//! Circles: a definition, a value or a clause's day that needs itself can never be told. Each circle is printed once.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::codes;
use crate::model::expr::{ClauseId, DefinitionId, ValueId};
use crate::source::Span;

use super::names::Names;

/// What can need and be needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    Definition(DefinitionId),
    Value(ValueId),
    /// The days of a clause: its window, its term, its membership.
    Days(ClauseId),
    /// What a clause is an exception to, or gives way to.
    Rank(ClauseId),
    /// What becomes due when a clause is not kept.
    Breach(ClauseId),
}

type Needs = BTreeMap<Node, BTreeMap<Node, Span>>;

impl Names<'_> {
    /// Notes that one thing needs another, at a place.
    pub fn note_need(&self, from: Node, to: Node, span: Span) {
        self.needs.borrow_mut().entry(from).or_default().entry(to).or_insert(span);
    }

    /// A finding for each circle among what was noted.
    pub fn circles(&self) {
        let mut rest = self.needs.borrow().clone();
        drop_what_ends(&mut rest);
        let mut found: Vec<Vec<(Node, Span)>> = Vec::new();
        while let Some(start) = rest.keys().next().copied() {
            let circle = walk(&rest, start);
            for (node, _) in &circle {
                rest.remove(node);
            }
            if circle.is_empty() {
                rest.remove(&start);
            }
            drop_what_ends(&mut rest);
            found.push(circle);
        }
        // Clauses that go before each other wait for each other's days too: that is one circle.
        let ranked: Vec<BTreeSet<ClauseId>> = found.iter().filter_map(|one| clauses(one, Node::Rank)).collect();
        let again = |circle: &[(Node, Span)]| clauses(circle, Node::Days).is_some_and(|days| ranked.contains(&days));
        found.iter().filter(|circle| !again(circle)).for_each(|circle| self.tell(circle));
    }

    fn tell(&self, circle: &[(Node, Span)]) {
        let Some((first, span)) = circle.first() else { return };
        let mut names: Vec<String> = circle.iter().map(|(node, _)| format!("`{}`", self.name_of(*node))).collect();
        names.push(format!("`{}`", self.name_of(*first)));
        let mut finding = codes::CIRCLE
            .at(*span)
            .say(format!("`{}` depends on itself: {}", self.name_of(*first), names.join(", which depends on ")))
            .help("define one of them without referring to the others".to_string());
        for (node, span) in circle.iter().skip(1) {
            finding = finding.also(*span, format!("`{}` depends on this", self.name_of(*node)));
        }
        self.found(finding);
    }

    fn name_of(&self, node: Node) -> &str {
        match node {
            Node::Definition(id) => self.definitions.get(usize::from(id.0)).map_or("", |one| &one.name.it),
            Node::Value(id) => self.values.get(usize::from(id.0)).map_or("", |one| &one.name.it),
            Node::Days(id) | Node::Rank(id) | Node::Breach(id) => {
                self.clauses.get(usize::from(id.0)).map_or("", |one| one.name)
            }
        }
    }
}

/// The clauses of a circle all of whose nodes are of one kind.
fn clauses(circle: &[(Node, Span)], kind: fn(ClauseId) -> Node) -> Option<BTreeSet<ClauseId>> {
    let clause = |node: Node| match node {
        Node::Days(id) | Node::Rank(id) | Node::Breach(id) => Some(id).filter(|id| kind(*id) == node),
        Node::Definition(_) | Node::Value(_) => None,
    };
    circle.iter().map(|(node, _)| clause(*node)).collect()
}

/// Takes away, again and again, what needs nothing that is left: what remains lies on a circle or leads to one.
fn drop_what_ends(needs: &mut Needs) {
    let mut needed_by: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
    let mut open: BTreeMap<Node, usize> = BTreeMap::new();
    for (from, to) in needs.iter() {
        let left: Vec<Node> = to.keys().copied().filter(|to| needs.contains_key(to)).collect();
        open.insert(*from, left.len());
        left.into_iter().for_each(|to| needed_by.entry(to).or_default().push(*from));
    }
    let mut ended: Vec<Node> = open.iter().filter(|(_, left)| **left == 0).map(|(node, _)| *node).collect();
    while let Some(node) = ended.pop() {
        needs.remove(&node);
        for from in needed_by.remove(&node).unwrap_or_default() {
            let Some(left) = open.get_mut(&from) else { continue };
            *left = left.saturating_sub(1);
            if *left == 0 {
                ended.push(from);
            }
        }
    }
}

/// Follows the first need of each until one comes back; gives the circle with the places of its needs.
fn walk(needs: &Needs, start: Node) -> Vec<(Node, Span)> {
    let mut path: Vec<(Node, Span)> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut at = start;
    while seen.insert(at) {
        let Some((next, span)) = needs.get(&at).and_then(|to| to.iter().find(|(to, _)| needs.contains_key(to))) else {
            return Vec::new();
        };
        path.push((at, *span));
        at = *next;
    }
    let from = path.iter().position(|(node, _)| *node == at).unwrap_or(0);
    let mut circle: Vec<(Node, Span)> = path.into_iter().skip(from).collect();
    let least = circle.iter().enumerate().min_by_key(|(_, (node, _))| *node).map_or(0, |(at, _)| at);
    circle.rotate_left(least);
    circle
}
