//! Facts put together from both sides: the old ones with some edits carried out.

use std::collections::{BTreeMap, BTreeSet};

use crate::load::node::{Node, NodeKind};
use crate::source::{Span, Spanned};

use super::{FactEdit, OF_FILES, Put, Roots, entries};

type Entry = (Spanned<String>, Node);

/// The old facts with edits carried out. What comes from a file of the new facts stands in a file like it.
pub fn mixed<'e>(old: &Roots, new: &Roots, edits: impl Iterator<Item = &'e FactEdit>) -> Roots {
    let mut out: BTreeSet<Span> = BTreeSet::new();
    let mut values: BTreeMap<Span, Vec<Entry>> = BTreeMap::new();
    let mut added: BTreeMap<usize, Vec<Entry>> = BTreeMap::new();
    for edit in edits {
        out.extend(&edit.out);
        for put in &edit.put {
            match put {
                Put::Value { row, name, value } => {
                    values.entry(*row).or_default().push((name.clone(), value.clone()));
                }
                Put::Item { file, list, item } => {
                    let list_node = Node { span: item.span, kind: NodeKind::List(vec![item.clone()]) };
                    added.entry(*file).or_default().push((list.clone(), list_node));
                }
                Put::Entry { file, name, value } => {
                    added.entry(*file).or_default().push((name.clone(), value.clone()));
                }
                Put::Complete { file, record, spans } => {
                    let table = NodeKind::Map(vec![(record.clone(), spans.clone())]);
                    let name = Spanned::new("complete".to_string(), record.span);
                    added.entry(*file).or_default().push((name, Node { span: spans.span, kind: table }));
                }
            }
        }
    }
    let mut roots = old.clone();
    for (root, _) in &mut roots {
        without(root, &out, &values);
    }
    for (file, more) in added {
        if let Some((root, _)) = new.get(file) {
            roots.push((file_of(root, more), String::new()));
        }
    }
    roots
}

/// A file that says of itself what another does, but for the day, and holds these entries.
fn file_of(like: &Node, more: Vec<Entry>) -> Node {
    let of_itself = |entry: &&Entry| OF_FILES.contains(&entry.0.it.as_str()) && entry.0.it != "as_of";
    let own = entries(like).iter().filter(of_itself).cloned();
    Node { span: like.span, kind: NodeKind::Map(own.chain(more).collect()) }
}

/// Takes away what stands at these places, and adds values to rows. Values of values stay as they are.
fn without(root: &mut Node, out: &BTreeSet<Span>, values: &BTreeMap<Span, Vec<Entry>>) {
    let NodeKind::Map(entries) = &mut root.kind else { return };
    entries.retain(|(_, node)| !out.contains(&node.span));
    for (_, list) in entries {
        match &mut list.kind {
            NodeKind::List(rows) => {
                rows.retain(|row| !out.contains(&row.span));
                rows.iter_mut().for_each(|row| in_row(row, out, values));
            }
            NodeKind::Map(table) => table.retain(|(_, node)| !out.contains(&node.span)),
            NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => {}
            NodeKind::Plain(..) | NodeKind::Sheet(_) => {}
        }
    }
}

fn in_row(row: &mut Node, out: &BTreeSet<Span>, values: &BTreeMap<Span, Vec<Entry>>) {
    let span = row.span;
    if let NodeKind::Map(entries) = &mut row.kind {
        entries.retain(|(_, node)| !out.contains(&node.span));
        entries.extend(values.get(&span).into_iter().flatten().cloned());
    }
}
