//! The rows of one record on both sides: a row by its id, and its values field by field.

use std::collections::{BTreeMap, BTreeSet};

use crate::load::node::{Node, NodeKind};
use crate::source::Spanned;

use super::{At, Fact, FactEdit, Finding, Put, all_same, entries, same};

/// A row, by all that was written of it: several sources may tell of one.
type Row<'n> = Vec<At<'n>>;

pub(super) fn rows(finding: &mut Finding, record: &str, old: &[At], new: &[At]) {
    let (before, mut nameless) = by_id(old);
    let (after, mut new_nameless) = by_id(new);
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let none = Vec::new();
    for id in ids {
        row(finding, (record, id), before.get(id).unwrap_or(&none), after.get(id).unwrap_or(&none));
    }
    // Rows without an id are told apart by what they hold; what is left is paired in its order.
    nameless.retain(|one| match new_nameless.iter().position(|other| same(one.node, other.node)) {
        Some(at) => {
            new_nameless.remove(at);
            false
        }
        None => true,
    });
    let most = nameless.len().max(new_nameless.len());
    for nth in 0..most {
        let old: Vec<At> = nameless.get(nth).copied().into_iter().collect();
        let new: Vec<At> = new_nameless.get(nth).copied().into_iter().collect();
        let id = format!("without an id, number {}", nth.saturating_add(1));
        row(finding, (record, &id), &old, &new);
    }
}

fn each_once<'s>(ids: impl Iterator<Item = &'s String>) -> Vec<&'s String> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).collect()
}

fn by_id<'n>(all: &[At<'n>]) -> (BTreeMap<String, Row<'n>>, Vec<At<'n>>) {
    let (mut found, mut nameless): (BTreeMap<String, Row>, Vec<At>) = (BTreeMap::new(), Vec::new());
    for at in all {
        match id_of(at.node) {
            None => nameless.push(*at),
            Some(id) => found.entry(id).or_default().push(*at),
        }
    }
    (found, nameless)
}

fn id_of(row: &Node) -> Option<String> {
    let (_, node) = entries(row).iter().find(|(name, _)| name.it == "id")?;
    match &node.kind {
        NodeKind::Text(text) | NodeKind::Plain(text, _) => Some(text.clone()),
        NodeKind::Number(digits) => Some(digits.clone()),
        NodeKind::None | NodeKind::Bool(_) => None,
        NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => None,
    }
}

fn row(finding: &mut Finding, (record, id): (&str, &str), old: &[At], new: &[At]) {
    if all_same(old, new) {
        return;
    }
    if let ([old], [new]) = (old, new) {
        return fields(finding, (record, id), old, new);
    }
    let out = old.iter().map(|at| at.node.span).collect();
    let put = new.iter().map(|at| Put::Item { file: at.file, list: at.name.clone(), item: at.node.clone() }).collect();
    let said = |side: &[At]| finding.said(&side.iter().map(|at| at.node).collect::<Vec<_>>());
    let (before, after) = (said(old), said(new));
    finding.push(Fact::Row { record: record.to_string(), id: id.to_string() }, before, after, FactEdit { out, put });
}

/// A row that each side tells once: each of its values by itself.
fn fields(finding: &mut Finding, (record, id): (&str, &str), old: &At, new: &At) {
    let names = each_once(entries(old.node).iter().chain(entries(new.node)).map(|(name, _)| &name.it));
    for name in names {
        let (before, after) = (values(old.node, name), values(new.node, name));
        let equal =
            before.len() == after.len() && before.iter().zip(&after).all(|((_, one), (_, other))| same(one, other));
        if equal {
            continue;
        }
        let put = after.iter().map(|(name, value)| Put::Value {
            row: old.node.span,
            name: (*name).clone(),
            value: (*value).clone(),
        });
        let edit = FactEdit { out: before.iter().map(|(_, value)| value.span).collect(), put: put.collect() };
        let said = |side: &[(&Spanned<String>, &Node)]| {
            finding.said(&side.iter().map(|(_, value)| *value).collect::<Vec<_>>())
        };
        let (before, after) = (said(&before), said(&after));
        let (record, id, field) = (record.to_string(), id.to_string(), name.clone());
        finding.push(Fact::Field { record, id, field }, before, after, edit);
    }
}

fn values<'n>(row: &'n Node, name: &str) -> Vec<(&'n Spanned<String>, &'n Node)> {
    entries(row).iter().filter(|(own, _)| own.it == name).map(|(name, node)| (name, node)).collect()
}
