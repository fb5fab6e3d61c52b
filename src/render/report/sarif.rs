//! What needs action as SARIF 2.1.0, for code scanning: a run for each agreement, a rule for each clause, a result for each
//! verdict. A result stands at the fact that it rests on, else at its clause; the others are related places. Results are made one at a time.

use std::fmt::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::github::words;
use super::level::Level;
use super::several::{Among, Several};
use crate::render::diagnostics::json::compact;
use crate::render::escape::address;
use crate::report::{ClauseCounts, Digest, Head, Line, Reasons, asks_for_action};
use crate::source::{Sources, Span};

pub(in crate::render) const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[")?;
    for (at, among) in all.reports.iter().enumerate() {
        out.write_str(if at > 0 { ",\n" } else { "" })?;
        run(among, all, out)?;
    }
    writeln!(out, "\n]}}")
}

fn run(among: &Among, all: &Several, out: &mut dyn Write) -> fmt::Result {
    let report = among.report;
    let rules: Vec<Value> = report.clauses.iter().map(|clause| rule(clause, among.sources())).collect();
    let driver = json!({
        "name": "overens",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    write!(out, "{{\"tool\":{},", compact(&json!({ "driver": driver })))?;
    write!(out, "\"automationDetails\":{},", compact(&json!({ "id": format!("overens/{}", report.head.agreement) })))?;
    write!(out, "\"columnKind\":\"unicodeCodePoints\",\"properties\":{},", compact(&properties(&report.head)))?;
    write!(out, "\"results\":[")?;
    let wanted = |called| asks_for_action(called) || all.failing.contains(&called);
    for (at, line) in among.rows.lines(Reasons::LeftOut, wanted).enumerate() {
        let result = result(&line, among, Level::of(line.called, all.failing));
        write!(out, "{}\n{}", if at > 0 { "," } else { "" }, compact(&result))?;
    }
    write!(out, "]}}")
}

/// Whether a run succeeded: paths with which nothing could be done are told in it.
pub(in crate::render) fn invocation(failed: &[String], done: &str) -> Value {
    let told =
        |path: &String| json!({ "level": "error", "message": { "text": format!("{path} could not be {done}") } });
    json!({
        "executionSuccessful": failed.is_empty(),
        "toolExecutionNotifications": failed.iter().map(told).collect::<Vec<_>>(),
    })
}

fn properties(head: &Head) -> Value {
    json!({
        "asOf": head.as_of.to_string(),
        "knownOn": head.known_on.map(|day| day.to_string()),
        "rulesDigest": head.rules_digest.to_string(),
        "factsDigest": head.facts_digest.to_string(),
    })
}

fn rule(clause: &ClauseCounts, sources: &Sources) -> Value {
    let title = clause.title.as_deref().unwrap_or(&clause.clause);
    let text = match &clause.place {
        Some(place) => format!("{place} {title}"),
        None => title.to_string(),
    };
    json!({
        "id": clause.clause,
        "shortDescription": { "text": text },
        "fullDescription": { "text": sources.text(clause.span) },
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    rule_index: Option<usize>,
    kind: &'static str,
    level: &'static str,
    message: Value,
    locations: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Value>,
    partial_fingerprints: Value,
    properties: Value,
}

fn result<'a>(line: &'a Line, among: &Among, level: Level) -> SarifResult<'a> {
    let (title, message) = words(line);
    let sources = among.sources();
    let mut places: Vec<Value> = line.facts.iter().chain(&line.policy).map(|span| location(*span, sources)).collect();
    let related = places.split_off(places.len().min(1));
    SarifResult {
        rule_id: &line.clause,
        rule_index: among.report.clauses.iter().position(|clause| clause.clause == line.clause),
        // A level other than `none` belongs to what failed; the others say what has to be looked at.
        kind: "fail",
        level: match level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Notice => "note",
        },
        message: json!({ "text": format!("{title}: {message}") }),
        locations: places,
        related_locations: numbered(related),
        partial_fingerprints: json!({ "overensVerdict/v1": fingerprint(line).to_string() }),
        properties: json!({
            "verdict": line.called.words(),
            "subject": line.subject,
            "bearer": line.bearer,
            "period": line.period,
            "by": line.whom,
        }),
    }
}

/// The same question has the same fingerprint, whatever the answer and wherever it stands.
fn fingerprint(line: &Line) -> Digest {
    let parts = [Some(&line.clause), line.subject.as_ref(), line.bearer.as_ref(), line.period.as_ref()];
    Digest::of(parts.map(|part| part.map_or("", String::as_str)))
}

pub(in crate::render) fn location(span: Span, sources: &Sources) -> Value {
    let (file, at) = sources.at(span);
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": address(file) },
            "region": { "startLine": at.line, "startColumn": at.column },
        },
    })
}

pub(in crate::render) fn numbered(places: Vec<Value>) -> Vec<Value> {
    let with_id = |(at, mut place): (usize, Value)| {
        if let Some(object) = place.as_object_mut() {
            object.insert("id".to_string(), at.into());
        }
        place
    };
    places.into_iter().enumerate().map(with_id).collect()
}
