//! Facts written as JSON Lines: a record a line, each with its sort in `record`, unless all lines are of one sort.

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    source::{FileId, Span, Spanned},
};

use super::{
    causes::Causes,
    files::How,
    json,
    node::{Node, NodeKind},
    notation::MOST_FINDINGS,
    wording::{looks, nfc},
};

/// The entry that says what a line is.
const RECORD: &str = "record";

/// Reads the lines. Nothing comes back when one of them cannot be read.
pub fn read(file: FileId, text: &str, how: &How, problems: &mut Sink) -> Option<Node> {
    let whole = Span::new(file, 0, text.len());
    let mut lists: Vec<(Spanned<String>, Vec<Node>)> = Vec::new();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    let mut good = true;
    let mut start = 0_usize;
    let mut causes = Causes::default();
    for line in text.split_inclusive('\n') {
        let at = start;
        start = start.saturating_add(line.len());
        if line.trim().is_empty() {
            continue;
        }
        let mut found = Sink::default();
        let line = record(file, (line, at), how, &mut found);
        // The same mistake on many lines is one finding.
        for finding in found.sorted() {
            causes.take(finding.clone()).into_iter().for_each(|one| problems.push(one));
        }
        match line {
            Some((record, node)) => match by_name.get(&record.it).and_then(|at| lists.get_mut(*at)) {
                Some((_, list)) => list.push(node),
                None => {
                    by_name.insert(record.it.clone(), lists.len());
                    lists.push((record, vec![node]));
                }
            },
            None => good = false,
        }
        if causes.len() >= MOST_FINDINGS {
            break;
        }
    }
    causes.tell(problems);
    if lists.is_empty() && good {
        problems.push(codes::EMPTY_FILE.at(Span::new(file, 0, 0)).say("this file is empty"));
        return None;
    }
    let entries = lists.into_iter().map(|(record, list)| (record, Node { span: whole, kind: NodeKind::List(list) }));
    good.then(|| Node { span: whole, kind: NodeKind::Map(entries.collect()) })
}

/// The record on a line that begins at a byte, and its sort.
fn record(file: FileId, (line, at): (&str, usize), how: &How, problems: &mut Sink) -> Option<(Spanned<String>, Node)> {
    let mut found = Sink::default();
    let node = json::read_within(file, line, how.deepest(), &mut found);
    for finding in found.sorted() {
        problems.push(moved_finding(finding.clone(), at));
    }
    let mut node = node?;
    moved(&mut node, at);
    let span = node.span;
    let NodeKind::Map(entries) = &mut node.kind else {
        let message = format!("expected one record on each line, found {}", looks(&node));
        let help = "write `{\"record\": \"…\", \"id\": \"…\"}`".to_owned();
        problems.push(codes::FACTS_WRONG_TYPE.at(span).say(message).help(help));
        return None;
    };
    let said = entries.iter().find(|(key, _)| key.it == RECORD).and_then(|(_, node)| {
        let name = nfc(node.as_text()?).into_owned();
        Some(Spanned::new(name, node.span))
    });
    entries.retain(|(key, _)| key.it != RECORD);
    let all = how.record.as_ref().map(|(name, place)| Spanned::new(name.clone(), place.unwrap_or(span)));
    let Some(record) = said.or(all) else {
        let help = "add `\"record\": \"…\"` to it, or give the file with its record, `RECORD=FILE`".to_owned();
        problems.push(codes::RECORD_NOT_TOLD.at(span).say("no record given for this line").help(help));
        return None;
    };
    Some((record, node))
}

fn later(span: Span, by: usize) -> Span {
    Span::new(span.file, (span.start as usize).saturating_add(by), (span.end as usize).saturating_add(by))
}

/// The places of a line's parts, counted from the start of the file.
fn moved(node: &mut Node, by: usize) {
    node.span = later(node.span, by);
    match &mut node.kind {
        NodeKind::List(items) => items.iter_mut().for_each(|item| moved(item, by)),
        NodeKind::Map(entries) => {
            for (key, node) in entries {
                key.span = later(key.span, by);
                moved(node, by);
            }
        }
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => {}
        NodeKind::Plain(..) | NodeKind::Sheet(_) => {}
    }
}

fn moved_finding(mut finding: Diagnostic, by: usize) -> Diagnostic {
    finding.place.span = later(finding.place.span, by);
    for other in &mut finding.others {
        other.span = later(other.span, by);
    }
    finding
}
