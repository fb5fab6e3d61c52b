//! What people have decided: judgements, attestations and waivers, as fact files give them.
//! Whether their clauses and roles are there, the policy knows; here they are only collected.

use std::borrow::Cow;

use crate::{
    diagnostics::{codes, nearest},
    facts::{Attestation, Decision, Judgement, Waiver, recorded::Outcome},
    source::Spanned,
    value::Day,
};

use super::{
    lists::{self, Contents},
    node::{Node, NodeKind},
    others::{self, Elsewhere, Sort},
    reading::{Entries, Reading},
    value::part,
    wording::clip,
};

/// Fields that all three have. Of `id` and `source` only the form is looked at.
const COMMON: [&str; 10] =
    ["clause", "subject", "bearer", "period", "by", "on", "reasons", "id", "source", "recorded_on"];

const OUTCOMES: [(&str, Outcome); 4] = [
    ("kept", Outcome::Kept),
    ("late", Outcome::Late),
    ("broken", Outcome::Broken),
    ("not applicable", Outcome::NotApplicable),
];

/// Reads them all.
pub(super) fn read(reading: &mut Reading, contents: &Contents) {
    for (node, entries, decision) in decisions(reading, "judgement", &contents.judgements, "outcome") {
        let outcome =
            required(reading, "judgement", (node, entries), "outcome").and_then(|node| outcome(reading, node));
        if let (Some(decision), Some(outcome)) = (decision, outcome) {
            reading.facts.judgements.push(Judgement { decision, outcome });
        }
    }
    for (_, entries, decision) in decisions(reading, "attestation", &contents.attestations, "holds") {
        let holds = part(entries, "holds").map_or(Some(true), |node| reading.yes_no("holds", node));
        if let (Some(decision), Some(holds)) = (decision, holds) {
            reading.facts.attestations.push(Attestation { decision, holds });
        }
    }
    for (_, entries, decision) in decisions(reading, "waiver", &contents.waivers, "until") {
        let until = given(entries, "until").and_then(|node| reading.day("until", node));
        if let Some(decision) = decision {
            reading.facts.waivers.push(Waiver { decision, until });
        }
    }
}

type Read<'n> = (&'n Node, Entries<'n>, Option<Decision>);

/// The records of one kind; without the decision when something it needs is missing.
fn decisions<'n>(reading: &mut Reading, kind: &str, nodes: &[&'n Node], own: &'static str) -> Vec<Read<'n>> {
    let mut known = COMMON.to_vec();
    known.push(own);
    let mut found = Vec::new();
    for node in nodes {
        for (node, entries) in lists::records(reading, kind, node) {
            reading.parts(kind, node, &known);
            found.push((node, entries, decision(reading, kind, (node, entries))));
        }
    }
    found
}

fn decision(reading: &mut Reading, kind: &str, of: (&Node, Entries)) -> Option<Decision> {
    let (node, entries) = of;
    let clause = required(reading, kind, of, "clause").and_then(|node| named(reading, "clause", node));
    let clause = clause
        .and_then(|clause| own(reading, clause))
        .map(|clause| now(clause, |name| reading.schema.called_now(name)));
    let by = required(reading, kind, of, "by").and_then(|node| named(reading, "by", node));
    let by = by.map(|by| now(by, |name| reading.schema.role_now(name)));
    let on = required(reading, kind, of, "on").and_then(|node| reading.day("on", node));
    let subject = given(entries, "subject").and_then(|node| label(reading, "subject", node));
    let bearer = given(entries, "bearer").and_then(|node| label(reading, "bearer", node));
    let period = given(entries, "period").and_then(|node| label(reading, "period", node));
    let reasons = given(entries, "reasons").and_then(|node| reading.text("reasons", node).map(Cow::into_owned));
    let recorded_on = look_at_the_rest(reading, entries);
    let (clause, by, on) = (clause?, by?, on?);
    let names = &mut reading.facts.named;
    names.clauses.push(clause.clone());
    names.roles.push(by.clone());
    names.subjects.extend(subject.iter().chain(&bearer).cloned());
    Some(Decision {
        clause: clause.it,
        subject: subject.map(|one| one.it),
        bearer: bearer.map(|one| one.it),
        period: period.map(|one| one.it),
        by: by.it,
        on,
        recorded_on,
        reasons,
        place: node.span,
    })
}

/// The clause's name without its agreement's, or nothing when the decision is about another agreement.
fn own(reading: &mut Reading, clause: Spanned<String>) -> Option<Spanned<String>> {
    let Some((agreement, name)) = clause.it.split_once('.') else { return Some(clause) };
    if reading.agreement == Some(agreement) {
        return Some(Spanned::new(name.to_owned(), clause.span));
    }
    let Some(other) = reading.others.of(clause.span.file).find(|(other, _)| *other == agreement) else {
        return Some(clause);
    };
    let names = other.1.names(Sort::Clauses);
    match others::among([other], Sort::Clauses, name) {
        Elsewhere::Known => {}
        Elsewhere::InDoubt(doubts) => {
            let what = format!("the decision on `{}`", clip(&clause.it));
            reading.tell_once(&what, others::left_out((&what, name), clause.span, &doubts, &names));
        }
        Elsewhere::Nowhere => {
            let message = format!("`{agreement}` has no clause `{}`", clip(name));
            reading.tell(codes::RECORDED_CLAUSE.at(clause.span).say(message).help(nearest(name, names)));
        }
    }
    None
}

/// A clause that had this name before, by its name of now.
fn now<'s>(name: Spanned<String>, called: impl Fn(&str) -> Option<&'s str>) -> Spanned<String> {
    match called(&name.it) {
        Some(now) => Spanned::new(now.to_owned(), name.span),
        None => name,
    }
}

/// The day on which it was written down, at the latest.
fn look_at_the_rest(reading: &mut Reading, entries: Entries) -> Option<Day> {
    if let Some(id) = given(entries, "id") {
        reading.label("id", id);
    }
    if let Some(source) = given(entries, "source") {
        reading.text("source", source);
    }
    let recorded_on = given(entries, "recorded_on").and_then(|day| reading.days("recorded_on", day))?;
    Some(recorded_on.last)
}

fn named(reading: &mut Reading, name: &str, node: &Node) -> Option<Spanned<String>> {
    reading.text(name, node).map(|text| Spanned::new(text.into_owned(), node.span))
}

fn label(reading: &mut Reading, name: &str, node: &Node) -> Option<Spanned<String>> {
    reading.label(name, node).map(|text| Spanned::new(text.into_owned(), node.span))
}

/// An entry that is there and not none.
fn given<'n>(entries: Entries<'n>, name: &str) -> Option<&'n Node> {
    part(entries, name).filter(|node| node.kind != NodeKind::None)
}

fn required<'n>(reading: &mut Reading, kind: &str, of: (&Node, Entries<'n>), name: &str) -> Option<&'n Node> {
    let found = given(of.1, name);
    if found.is_none() {
        let finding = codes::REQUIRED_MISSING.at(of.0.span).say(format!("every `{kind}` must have `{name}`"));
        let help = match name {
            "clause" => "add `clause: \"…\"`, the name of the clause it is about",
            "by" => "add `by: \"…\"`, who decided it",
            "on" => "add `on: \"2015-01-22\"`, the day on which it was decided",
            _ => "add `outcome: \"kept\"`, or whatever the outcome was",
        };
        reading.tell(finding.help(help.to_owned()));
    }
    found
}

fn outcome(reading: &mut Reading, node: &Node) -> Option<Outcome> {
    let text = reading.text("outcome", node)?;
    let found = OUTCOMES.iter().find(|(word, _)| *word == text).map(|(_, outcome)| *outcome);
    if found.is_none() {
        let help = reading.way_out(&text, &OUTCOMES.map(|(word, _)| word), "the outcomes are");
        let message = format!("`outcome` cannot be `{}`", clip(&text));
        reading.tell(codes::FACTS_UNKNOWN_OPTION.at(node.span).say(message).help(help));
    }
    found
}
