//! The headers of two wordings of an agreement, line by line.

use crate::diagnostics::Sink;
use crate::syntax::tree::{Header, HeaderKind, HeaderLine};
use crate::value::Day;

use super::change::{Change, HeaderPart, Reworded, Role, Said, Way, What};
use super::clauses::{Found, said};
use super::edit::Edit;
use super::rules::{Rules, Texts};
use crate::check::force_of;

const PARTS: [HeaderPart; 8] = [
    HeaderPart::Made,
    HeaderPart::InForce,
    HeaderPart::Currency,
    HeaderPart::Calendar,
    HeaderPart::Months,
    HeaderPart::Week,
    HeaderPart::FiscalYear,
    HeaderPart::Conforms,
];

pub(super) fn header(texts: &Texts, old: &Rules, new: &Rules, found: &mut Found) {
    let as_if_from = new.as_if_from.filter(|_| new.supposed.is_none());
    let (Some(old), Some(new)) = (&old.tree.agreement, &new.tree.agreement) else { return };
    let mut ways = Vec::new();
    let words = |header: &Header| header.title.as_ref().map(|title| title.it.clone());
    if words(old) != words(new) {
        ways.push(Way::Remark { part: "title", old: words(old), new: words(new) });
    }
    if old.name.it != new.name.it {
        found.changes.push(Change {
            what: What::Header(HeaderPart::Name),
            old: Some(Said { words: old.name.it.clone(), span: old.name.span }),
            new: Some(Said { words: new.name.it.clone(), span: new.name.span }),
            edit: Edit::Name(new.name.clone()),
            role: Role::Cause,
        });
    }
    for part in PARTS {
        line(texts, part, (old, new, as_if_from), found, &mut ways);
    }
    let (before, after) = (remark(texts, old), remark(texts, new));
    if before != after {
        ways.push(Way::Remark { part: "text", old: before, new: after });
    }
    if !ways.is_empty() {
        found.reworded.push(Reworded { what: "the agreement".to_string(), ways, place: new.name.span });
    }
}

fn line(
    texts: &Texts,
    part: HeaderPart,
    (old, new, as_if_from): (&Header, &Header, Option<Day>),
    found: &mut Found,
    ways: &mut Vec<Way>,
) {
    let (before, after) = (of(old, part), of(new, part));
    let said_of = |line: Option<&HeaderLine>| line.map(|line| said(texts, line.span));
    let (old_said, mut new_said) = (said_of(before), said_of(after));
    let words = |said: &Option<Said>| said.as_ref().map(|said| said.words.clone());
    let is_same = words(&old_said) == words(&new_said);
    let as_if_from = as_if_from.filter(|_| part == HeaderPart::InForce);
    if is_same && (as_if_from.is_none() || means_the_same(before, after)) {
        return;
    }
    if let (Some(day), Some(said)) = (as_if_from, &mut new_said) {
        said.words.push_str(&format!(", as if from {day}"));
    }
    if let (Some(old), Some(new), true) = (words(&old_said), words(&new_said), means_the_same(before, after)) {
        return ways.push(Way::Written { old, new });
    }
    let out = before.iter().map(|line| line.span).collect();
    let put = after.into_iter().cloned().collect();
    found.changes.push(Change {
        what: What::Header(part),
        old: old_said,
        new: new_said,
        edit: Edit::Header { out, put },
        role: if is_same { Role::Supposed } else { Role::Cause },
    });
}

fn of(header: &Header, part: HeaderPart) -> Option<&HeaderLine> {
    header.lines.iter().find(|line| part_of(&line.kind) == Some(part))
}

/// Which part a line tells; the version of the language and the file of the text decide nothing.
fn part_of(kind: &HeaderKind) -> Option<HeaderPart> {
    match kind {
        HeaderKind::Version(_) | HeaderKind::Text(_) => None,
        HeaderKind::Made(_) => Some(HeaderPart::Made),
        HeaderKind::InForce(_) => Some(HeaderPart::InForce),
        HeaderKind::Currency(_) => Some(HeaderPart::Currency),
        HeaderKind::Calendar(_) => Some(HeaderPart::Calendar),
        HeaderKind::Months(_) => Some(HeaderPart::Months),
        HeaderKind::Week { .. } => Some(HeaderPart::Week),
        HeaderKind::FiscalYear { .. } => Some(HeaderPart::FiscalYear),
        HeaderKind::Conforms(_) => Some(HeaderPart::Conforms),
    }
}

/// Only days of force can be written in several ways: `until` a day or `through` the day before.
fn means_the_same(old: Option<&HeaderLine>, new: Option<&HeaderLine>) -> bool {
    let force = |line: Option<&HeaderLine>| {
        let Some(HeaderKind::InForce(force)) = line.map(|line| &line.kind) else { return None };
        Some(force_of(force, &mut Sink::default()))
    };
    force(old).is_some() && force(old) == force(new)
}

fn remark(texts: &Texts, header: &Header) -> Option<String> {
    let lines = header.lines.iter().filter(|line| part_of(&line.kind).is_none());
    let words: Vec<String> = lines.map(|line| texts.words(line.span)).collect();
    (!words.is_empty()).then(|| words.join(", "))
}
