//! What facts differ in: values, rows, what is complete, what people have decided. They are compared as they were written,
//! before they are held against an agreement, so that some of the one and some of the other can be put together.

mod mix;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use crate::load::node::{Node, NodeKind};
use crate::model::schema::Schema;
use crate::source::{Sources, Span, Spanned};

use super::change::{Change, Fact, Role, Said, What};
use super::edit::Edit;

pub(super) use mix::mixed;

/// The trees of fact files, with the names that they were given by.
pub type Roots = Vec<(Node, String)>;

/// What is put in the place of what, in the trees of the old facts.
#[derive(Clone, Debug)]
pub struct FactEdit {
    /// Places of rows, values and spans that are taken away.
    pub out: Vec<Span>,
    pub put: Vec<Put>,
}

#[derive(Clone, Debug)]
pub enum Put {
    /// A value into the row at this place.
    Value { row: Span, name: Spanned<String>, value: Node },
    /// An item of a list, as it stands in this file of the new facts.
    Item { file: usize, list: Spanned<String>, item: Node },
    /// An entry of a file of the new facts, such as a fact of the agreement itself.
    Entry { file: usize, name: Spanned<String>, value: Node },
    /// An entry of what is complete.
    Complete { file: usize, record: Spanned<String>, spans: Node },
}

/// So many changes of facts are tried one by one; more are taken together by what they are changes of.
const ONE_BY_ONE: usize = 40;

/// Lists of what people have decided.
const RECORDED: [&str; 3] = ["judgement", "attestation", "waiver"];
/// What a file says of itself.
const OF_FILES: [&str; 4] = ["agreement", "as_of", "files", "source"];

/// A node of a side, with the file it stands in and the name before it.
#[derive(Clone, Copy)]
struct At<'n> {
    file: usize,
    name: &'n Spanned<String>,
    node: &'n Node,
}

/// What one side holds, by what it is about.
#[derive(Default)]
struct Contents<'n> {
    own: BTreeMap<&'n str, Vec<At<'n>>>,
    rows: BTreeMap<String, Vec<At<'n>>>,
    complete: BTreeMap<String, Vec<At<'n>>>,
    recorded: BTreeMap<&'n str, Vec<At<'n>>>,
}

/// The changes from one side's facts to the other's.
pub(super) fn facts(sources: &Sources, old: (&Roots, &Schema), new: (&Roots, &Schema)) -> Vec<Change> {
    let schemas = [new.1, old.1];
    let (before, after) = (contents(old.0, schemas), contents(new.0, schemas));
    let mut finding = Finding { sources, changes: Vec::new() };
    finding.entries(&before.own, &after.own, |name| Fact::Own(name.to_string()), Kind::Own);
    finding.entries(&before.complete, &after.complete, |name| Fact::Complete(name.to_string()), Kind::Complete);
    for record in keys(&before.rows, &after.rows) {
        let none = Vec::new();
        let (before, after) = (before.rows.get(&record).unwrap_or(&none), after.rows.get(&record).unwrap_or(&none));
        rows::rows(&mut finding, &record, before, after);
    }
    finding.recorded(&before, &after);
    together(finding.changes)
}

fn keys<K: Ord + Clone, V>(one: &BTreeMap<K, V>, other: &BTreeMap<K, V>) -> BTreeSet<K> {
    one.keys().chain(other.keys()).cloned().collect()
}

fn contents<'n>(roots: &'n Roots, schemas: [&Schema; 2]) -> Contents<'n> {
    let mut found = Contents::default();
    for (file, (root, _)) in roots.iter().enumerate() {
        for (name, node) in entries(root) {
            let at = At { file, name, node };
            let key = name.it.as_str();
            if OF_FILES.contains(&key) {
                continue;
            }
            if key == "complete" {
                for (name, node) in entries(node) {
                    found.complete.entry(record(&name.it, schemas)).or_default().push(At { file, name, node });
                }
            } else if let Some(list) = RECORDED.into_iter().find(|list| *list == key) {
                found.recorded.entry(list).or_default().extend(items(node).iter().map(|node| At { node, ..at }));
            } else if is_record(key, schemas) {
                let rows = items(node).iter().map(|node| At { node, ..at });
                found.rows.entry(record(key, schemas)).or_default().extend(rows);
            } else {
                found.own.entry(key).or_default().push(at);
            }
        }
    }
    found
}

fn is_record(name: &str, schemas: [&Schema; 2]) -> bool {
    schemas.iter().any(|schema| schema.find_record(name).is_some())
}

/// A record by its own name, also where its plural was written.
fn record(name: &str, schemas: [&Schema; 2]) -> String {
    let found = schemas.iter().find_map(|schema| schema.record(schema.find_record(name)?));
    found.map_or_else(|| name.to_string(), |record| record.name.clone())
}

fn entries(node: &Node) -> &[(Spanned<String>, Node)] {
    match &node.kind {
        NodeKind::Map(entries) => entries,
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => &[],
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Sheet(_) => &[],
    }
}

fn items(node: &Node) -> &[Node] {
    match &node.kind {
        NodeKind::List(items) => items,
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => &[],
        NodeKind::Plain(..) | NodeKind::Map(_) | NodeKind::Sheet(_) => &[],
    }
}

/// Whether two nodes say the same, wherever they stand and in whatever order a record's fields were written.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.kind, &other.kind) {
        (NodeKind::List(one), NodeKind::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (NodeKind::Map(one), NodeKind::Map(other)) => {
            let has = |(name, node): &(Spanned<String>, Node)| {
                other.iter().any(|(others, value)| others.it == name.it && same(node, value))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        (one, other) => one == other,
    }
}

fn all_same(one: &[At], other: &[At]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one.node, other.node))
}

/// Which table an entry belongs to.
#[derive(Clone, Copy)]
enum Kind {
    Own,
    Complete,
}

struct Finding<'s> {
    sources: &'s Sources,
    changes: Vec<Change>,
}

impl Finding<'_> {
    fn push(&mut self, fact: Fact, old: Option<Said>, new: Option<Said>, edit: FactEdit) {
        let edit = Edit::Facts(vec![edit]);
        self.changes.push(Change { what: What::Fact(fact), old, new, edit, role: Role::Cause });
    }

    /// The words of some nodes, on one line.
    fn said(&self, nodes: &[&Node]) -> Option<Said> {
        let first = nodes.first()?;
        let words: Vec<String> = nodes.iter().map(|node| self.words(node)).collect();
        Some(Said { words: words.join(" or "), span: first.span })
    }

    fn words(&self, node: &Node) -> String {
        match &node.kind {
            NodeKind::Text(text) | NodeKind::Plain(text, _) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            NodeKind::Number(digits) => digits.clone(),
            NodeKind::Bool(true) => "yes".to_string(),
            NodeKind::Bool(false) => "no".to_string(),
            NodeKind::None => "none".to_string(),
            NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => {
                self.sources.text(node.span).split_whitespace().collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn entries<'n, K: Ord + Clone>(
        &mut self,
        old: &BTreeMap<K, Vec<At<'n>>>,
        new: &BTreeMap<K, Vec<At<'n>>>,
        fact: impl Fn(&K) -> Fact,
        kind: Kind,
    ) {
        let none = Vec::new();
        for name in keys(old, new) {
            let (before, after) = (old.get(&name).unwrap_or(&none), new.get(&name).unwrap_or(&none));
            if all_same(before, after) {
                continue;
            }
            let out = before.iter().map(|at| at.node.span).collect();
            let put = after.iter().map(|at| put(at, kind)).collect();
            let said = |side: &[At]| self.said(&side.iter().map(|at| at.node).collect::<Vec<_>>());
            let (before, after) = (said(before), said(after));
            self.push(fact(&name), before, after, FactEdit { out, put });
        }
    }

    /// Decisions have no ids: what stands on both sides is the same, the rest is added or taken back.
    fn recorded(&mut self, old: &Contents, new: &Contents) {
        for list in RECORDED {
            let none = Vec::new();
            let mut after = new.recorded.get(list).unwrap_or(&none).clone();
            for before in old.recorded.get(list).unwrap_or(&none) {
                match after.iter().position(|other| same(before.node, other.node)) {
                    Some(at) => {
                        after.remove(at);
                    }
                    None => self.decision(list, before, FactEdit { out: vec![before.node.span], put: Vec::new() }),
                }
            }
            for at in after {
                let (file, list_name) = (at.file, at.name.clone());
                let put = vec![Put::Item { file, list: list_name, item: at.node.clone() }];
                self.decision(list, &at, FactEdit { out: Vec::new(), put });
            }
        }
    }

    fn decision(&mut self, list: &str, at: &At, edit: FactEdit) {
        let said = self.said(&[at.node]);
        let of = |wanted: &str| entries(at.node).iter().find(|(name, _)| name.it == wanted);
        let about =
            ["clause", "subject", "bearer", "period"].into_iter().filter_map(of).map(|(_, node)| self.words(node));
        let fact = Fact::Recorded { list: list.to_string(), words: about.collect::<Vec<_>>().join(" ") };
        let (old, new) = if edit.put.is_empty() { (said, None) } else { (None, said) };
        self.push(fact, old, new, edit);
    }
}

fn put(at: &At, kind: Kind) -> Put {
    let At { file, name, node } = *at;
    match kind {
        Kind::Own => Put::Entry { file, name: name.clone(), value: node.clone() },
        Kind::Complete => Put::Complete { file, record: name.clone(), spans: node.clone() },
    }
}

/// Many changes become fewer: those of one field of a record, and those of its rows, are one.
fn together(changes: Vec<Change>) -> Vec<Change> {
    if changes.len() <= ONE_BY_ONE {
        return changes;
    }
    let mut groups: BTreeMap<(String, Option<String>), Vec<Change>> = BTreeMap::new();
    let mut found = Vec::new();
    for change in changes {
        let key = if let What::Fact(fact) = &change.what { gathered(fact) } else { None };
        match key {
            Some(key) => groups.entry(key).or_default().push(change),
            None => found.push(change),
        }
    }
    found.extend(groups.into_iter().filter_map(|(key, changes)| joined(key, changes)));
    found
}

/// With what others a change may be taken together.
fn gathered(fact: &Fact) -> Option<(String, Option<String>)> {
    match fact {
        Fact::Field { record, field, .. } => Some((record.clone(), Some(field.clone()))),
        Fact::Row { record, .. } => Some((record.clone(), None)),
        Fact::Own(_) | Fact::Many { .. } | Fact::Complete(_) | Fact::Recorded { .. } => None,
    }
}

fn joined((record, field): (String, Option<String>), mut changes: Vec<Change>) -> Option<Change> {
    if changes.len() == 1 {
        return changes.pop();
    }
    let what = What::Fact(Fact::Many { record, field, count: changes.len() });
    let mut edits = Vec::new();
    let (mut old, mut new) = (None, None);
    for change in changes {
        old = old.or(change.old);
        new = new.or(change.new);
        if let Edit::Facts(more) = change.edit {
            edits.extend(more);
        }
    }
    Some(Change { what, old, new, edit: Edit::Facts(edits), role: Role::Cause })
}
