//! What needs action as SARIF 2.1.0, for code scanning: a run for each agreement, a rule for each clause, a result for each
//! verdict. A result stands at the fact that it rests on, else at its clause; the others are related places. Results are made one at a time.

use std::fmt::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::github::words;
use super::level::Level;
use super::several::{Among, NotJudged, Several};
use crate::render::diagnostics::json::compact;
use crate::render::sarif::{Categories, SCHEMA, amended, invocation, location, message, numbered, rule, said, tool};
use crate::report::{ClauseCounts, Digest, Head, Line, Reasons, asks_for_action};
use crate::source::Sources;

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    let mut categories = Categories::default();
    writeln!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[")?;
    let mut before = "";
    for among in &all.reports {
        out.write_str(before)?;
        run(among, all, &mut categories, out)?;
        before = ",\n";
    }
    for one in all.not_judged {
        write!(out, "{before}{}", compact(&not_judged(one, all.command, &mut categories)))?;
        before = ",\n";
    }
    writeln!(out, "\n]}}")
}

fn run(among: &Among, all: &Several, categories: &mut Categories, out: &mut dyn Write) -> fmt::Result {
    let report = among.report;
    let rules: Vec<Value> = report.clauses.iter().map(|clause| clause_rule(clause, among.sources())).collect();
    write!(out, "{{\"tool\":{},", compact(&tool(rules)))?;
    let basis = &report.head.basis;
    let (with, without) = (basis.with.iter().map(String::as_str), basis.without.iter().map(String::as_str));
    let details = categories.details(all.command, &amended(&report.head.agreement, with, without));
    write!(out, "\"automationDetails\":{},", compact(&details))?;
    write!(out, "\"columnKind\":\"unicodeCodePoints\",\"properties\":{},", compact(&properties(&report.head)))?;
    if let Some(cut) = report.cut_at {
        let stopped = invocation([((report.head.policy.as_str(), None), cut.to_string())]);
        write!(out, "\"invocations\":[{}],", compact(&stopped))?;
    }
    write!(out, "\"results\":[")?;
    let wanted = |called| asks_for_action(called) || all.failing.contains(&called);
    let mut between = "";
    among.rows.each_line(Reasons::LeftOut, wanted, |line| {
        let result = result(&line, among, Level::of(line.called, all.failing));
        write!(out, "{between}\n{}", compact(&result))?;
        between = ",";
        Ok(())
    })?;
    write!(out, "]}}")
}

/// An agreement that could not be judged: a run that did not succeed.
fn not_judged(one: &NotJudged, command: &str, categories: &mut Categories) -> Value {
    json!({
        "tool": tool(Vec::new()),
        "automationDetails": categories.details(command, &one.agreement),
        "invocations": [invocation([(one.place(), one.because())])],
        "results": [],
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

/// What a clause says, in the words of the policy.
fn clause_rule(clause: &ClauseCounts, sources: &Sources) -> Value {
    let title = clause.title.as_deref().unwrap_or(&clause.clause);
    let words = match &clause.place {
        Some(place) => format!("{place} {title}"),
        None => title.to_string(),
    };
    rule(&clause.clause, &words, sources.text(clause.span))
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
    let (title, words) = words(line);
    let sources = among.sources();
    let first = line.facts.first().or(line.policy.as_ref()).copied();
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
        message: message(&said(&format!("{title}: {words}"), first, sources)),
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
