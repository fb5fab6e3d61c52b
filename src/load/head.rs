//! The head of fact files: which agreement they belong to, the day as of which they speak, and what is complete.

use crate::{
    diagnostics::codes,
    facts::Complete,
    source::{Span, Spanned},
    value::Day,
};

use super::{
    node::{Node, NodeKind},
    others::Sort,
    reading::{Reading, Unknown},
    value::part,
    wording::{clip, nfc},
};

/// Looks whether the files belong to the agreement; a file may name several, and need not name any.
pub(super) fn agreement(reading: &mut Reading, nodes: &[&Node], wanted: Option<&str>) {
    let mut wanted = wanted.map(str::to_owned);
    for node in nodes {
        let names: Vec<String> = named(node)
            .iter()
            .filter_map(|name| reading.text("agreement", name).map(|text| text.into_owned()))
            .collect();
        let (Some(first), None) = (names.first(), wanted.as_ref().filter(|wanted| names.contains(wanted))) else {
            continue;
        };
        match &wanted {
            None => wanted = Some(first.clone()),
            Some(wanted) => {
                let message = format!("these facts are for `{}`, not for `{wanted}`", clip(first));
                let help = format!(
                    "use the facts for `{wanted}`, or write `agreement: \"{wanted}\"` if these are the right ones"
                );
                reading.tell(codes::WRONG_AGREEMENT.at(node.span).say(message).help(help));
            }
        }
    }
    reading.facts.agreement = wanted.filter(|_| !nodes.is_empty());
}

/// The agreements that `agreement` names, as far as they can be read.
pub(super) fn agreements(node: &Node) -> Vec<String> {
    let texts = named(node).iter().filter_map(Node::as_text).filter(|text| !text.trim().is_empty());
    texts.map(|text| nfc(text).into_owned()).collect()
}

/// One name, or those of a list.
fn named(node: &Node) -> &[Node] {
    match &node.kind {
        NodeKind::List(names) => names.as_slice(),
        NodeKind::None
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::Text(_)
        | NodeKind::Plain(..)
        | NodeKind::Map(_)
        | NodeKind::Sheet(_) => std::slice::from_ref(node),
    }
}

/// The day as of which the files speak. All that give one give the same.
pub(super) fn as_of(reading: &mut Reading, nodes: &[&Node]) {
    let mut first: Option<(Day, Span)> = None;
    for node in nodes.iter().filter(|node| node.kind != NodeKind::None) {
        let Some(day) = reading.day("as_of", node) else { continue };
        match first {
            None => first = Some((day, node.span)),
            Some((same, _)) if same == day => {}
            Some((other, place)) => {
                let message = format!("the files give different as-of dates: {other} and {day}");
                let help =
                    "keep one of them, or remove `as_of` from the files and give the date when you ask".to_owned();
                let finding = codes::AS_OF_DIFFERS.at(node.span).say(message);
                reading.tell(finding.also(place, "the other date").help(help));
            }
        }
    }
    reading.facts.as_of = first.map(|(day, _)| day);
}

/// Files that were recorded as a whole on some day. They add to what older files say of the same records.
pub(super) fn recorded_on(reading: &mut Reading, nodes: &[&Node]) {
    for node in nodes.iter().filter(|node| node.kind != NodeKind::None) {
        if reading.day("recorded_on", node).is_some() {
            reading.recorded.insert(node.span.file);
        }
    }
}

/// For which spans which records are complete. Spans that touch are one.
pub(super) fn complete(reading: &mut Reading, nodes: &[&Node]) {
    for node in nodes {
        let NodeKind::Map(entries) = &node.kind else {
            if node.kind != NodeKind::None {
                let help = "write `complete: { \"RECORD\": (from: \"2014-01-01\", through: \"2014-12-31\") }`";
                reading.wrong("complete", node, "a table of records and their spans", help);
            }
            continue;
        };
        for (key, spans) in entries {
            let schema = reading.schema;
            let Some(record) = schema.find_record(&nfc(&key.it)) else {
                unknown(reading, key);
                continue;
            };
            let found = spans_of(reading, spans);
            if let Some(table) = reading.facts.tables.get_mut(usize::from(record.0)) {
                table.complete.extend(found);
            }
        }
    }
    for table in &mut reading.facts.tables {
        table.complete = joined(std::mem::take(&mut table.complete));
    }
}

fn unknown(reading: &mut Reading, key: &Spanned<String>) {
    let schema = reading.schema;
    let names: Vec<&str> = schema.records.iter().skip(1).map(|record| record.name.as_str()).collect();
    let message = format!("the agreement has no record `{}`", clip(&key.it));
    reading.unknown(Unknown {
        sort: Sort::Records,
        wrong: &key.it,
        what: format!("the `complete` entry for `{}`", clip(&key.it)),
        names: &names,
        are: "the records are",
        finding: codes::FACTS_UNKNOWN_RECORD.at(key.span).say(message),
        or: None,
    });
}

fn spans_of(reading: &mut Reading, node: &Node) -> Vec<Complete> {
    match &node.kind {
        NodeKind::None => Vec::new(),
        NodeKind::List(spans) => spans.iter().filter_map(|span| span_of(reading, span)).collect(),
        NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::Text(_)
        | NodeKind::Plain(..)
        | NodeKind::Map(_)
        | NodeKind::Sheet(_) => span_of(reading, node).into_iter().collect(),
    }
}

fn span_of(reading: &mut Reading, node: &Node) -> Option<Complete> {
    let help = "write `(from: \"2014-01-01\", through: \"2014-12-31\")`";
    let NodeKind::Map(_) = &node.kind else {
        reading.wrong("complete", node, "a span of days", help);
        return None;
    };
    let entries = reading.parts("complete", node, &["from", "through"])?;
    let (Some(from_node), Some(through_node)) = (part(entries, "from"), part(entries, "through")) else {
        let finding = codes::REQUIRED_MISSING.at(node.span).say("a `complete` span must have a first and a last day");
        reading.tell(finding.help(help.to_owned()));
        return None;
    };
    let (from, through) = (reading.day("from", from_node), reading.day("through", through_node));
    let (from, through) = (from?, through?);
    if through < from {
        let finding = codes::SPAN_REVERSED.at(node.span).say(format!("this span ends on {through}, before it begins"));
        reading.tell(finding.help("write the earlier day as `from`".to_owned()));
        return None;
    }
    Some(Complete { from, through, place: node.span })
}

/// Spans in the order of their days, those that overlap or follow each other without a gap made one.
fn joined(mut spans: Vec<Complete>) -> Vec<Complete> {
    spans.sort_by_key(|span| (span.from, span.through, span.place));
    let mut joined: Vec<Complete> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from <= last.through.following() => {
                last.through = last.through.max(span.through);
                last.place = last.place.to(span.place);
            }
            Some(_) | None => joined.push(span),
        }
    }
    joined
}
