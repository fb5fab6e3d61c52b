//! Sheets as the records that other notations have, one by one: where rows of several files, sources or notations have to be
//! brought together. It takes more room than reading them in bulk, and means the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::{
    diagnostics::Sink,
    facts::sheet::{Empty, Fault, Sheet},
    model::schema::{RecordId, Schema},
    source::{Span, Spanned},
};

use super::{
    super::{
        node::{Node, NodeKind, Style},
        wording::nfc,
    },
    rows::{faults, starts},
};

/// Spreads those sheets that cannot be read in bulk.
pub fn settle<'r>(roots: &'r [(Node, String)], schema: &Schema, problems: &mut Sink) -> Cow<'r, [(Node, String)]> {
    let mut in_bulk: BTreeMap<RecordId, InBulk> = BTreeMap::new();
    let mut sheets = false;
    for (key, node) in roots.iter().flat_map(|(root, _)| entries(root)) {
        let how = match &node.kind {
            NodeKind::Sheet(sheet) => {
                sheets = true;
                // Two records of one id may be one that two sources tell of.
                if sheet.header.iter().any(|heading| heading.name == "source") { InBulk::No } else { InBulk::Yes }
            }
            NodeKind::List(items) if items.is_empty() => continue,
            NodeKind::None => continue,
            NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Bool(_) | NodeKind::Number(_) => InBulk::No,
            NodeKind::Text(_) | NodeKind::Plain(..) => InBulk::No,
        };
        if let Some(record) = schema.find_record(&nfc(&key.it)) {
            let all = in_bulk.entry(record).or_insert(how);
            *all = (*all).min(how);
        }
    }
    if !sheets {
        return Cow::Borrowed(roots);
    }
    let stays = |key: &str| {
        let record = schema.find_record(&nfc(key));
        record.and_then(|record| in_bulk.get(&record)) == Some(&InBulk::Yes)
    };
    let has_others = |(root, _): &(Node, String)| {
        entries(root).iter().any(|(key, node)| matches!(node.kind, NodeKind::Sheet(_)) && !stays(&key.it))
    };
    if !roots.iter().any(has_others) {
        return Cow::Borrowed(roots);
    }
    let spread =
        roots.iter().map(|root| if has_others(root) { spread_root(root, &stays, problems) } else { root.clone() });
    Cow::Owned(spread.collect())
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum InBulk {
    No,
    Yes,
}

/// The sheets of the files.
pub fn sheets(roots: &[(Node, String)]) -> impl Iterator<Item = &Sheet> {
    roots.iter().flat_map(|(root, _)| entries(root)).filter_map(|(_, node)| match &node.kind {
        NodeKind::Sheet(sheet) => Some(&**sheet),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => None,
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Map(_) => None,
    })
}

/// The same files with all sheets spread.
pub fn spread(roots: Vec<(Node, String)>, problems: &mut Sink) -> Vec<(Node, String)> {
    let none_stays = |_: &str| false;
    roots.iter().map(|root| spread_root(root, &none_stays, problems)).collect()
}

fn entries(root: &Node) -> &[(Spanned<String>, Node)] {
    match &root.kind {
        NodeKind::Map(entries) => entries,
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => &[],
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Sheet(_) => &[],
    }
}

fn spread_root((root, name): &(Node, String), stays: &impl Fn(&str) -> bool, problems: &mut Sink) -> (Node, String) {
    let NodeKind::Map(entries) = &root.kind else { return (root.clone(), name.clone()) };
    let mut spread = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        let node = match &node.kind {
            NodeKind::Sheet(sheet) if !stays(&key.it) => list(sheet, node.span, problems),
            NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => node.clone(),
            NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => node.clone(),
        };
        spread.push((key.clone(), node));
    }
    (Node { span: root.span, kind: NodeKind::Map(spread) }, name.clone())
}

fn list(sheet: &Sheet, span: Span, problems: &mut Sink) -> Node {
    let rows = starts(sheet).map(|start| record(sheet, start, problems)).collect();
    Node { span, kind: NodeKind::List(rows) }
}

fn record(sheet: &Sheet, start: usize, problems: &mut Sink) -> Node {
    let cells = sheet.cells(start);
    faults(sheet, sheet.row_span(start), (&cells, 0)).into_iter().for_each(|finding| problems.push(finding));
    let mut entries = Vec::with_capacity(cells.len());
    for (heading, cell) in sheet.header.iter().zip(cells) {
        let span = Span::new(sheet.file, cell.start, cell.end);
        let kind = match (cell.text.is_empty(), sheet.empty) {
            (true, Empty::NotGiven) => continue,
            // Told already; what it holds is the rest of the file.
            (false, _) if cell.fault == Some(Fault::NeverClosed) => continue,
            // Something without an id is called by its number.
            (true, Empty::None) if heading.name == super::bulk::ID => continue,
            (true, Empty::None) => NodeKind::None,
            (false, _) => NodeKind::Plain(cell.text.into_owned(), Style::Cell(sheet.decimal)),
        };
        entries.push((Spanned::new(heading.name.clone(), heading.span), Node { span, kind }));
    }
    Node { span: sheet.row_span(start), kind: NodeKind::Map(entries) }
}
