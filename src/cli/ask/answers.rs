//! Answers to questions, as a file gives them: turned into the entries of a fact file, each with its place among the answers, so that
//! they are read and checked as facts are.

use std::collections::BTreeMap;

use super::Args;
use crate::cli::adding::{Entry, head, text_entry};
use crate::cli::prepare::Ready;
use crate::diagnostics::{Diagnostic, Sink, codes, nearest};
use crate::facts::CellId;
use crate::load::node::{Node, NodeKind};
use crate::model::schema::AGREEMENT;
use crate::report::questions::{Asking, Matter, Question, ToAttest, case_words, on_file, row_of};
use crate::source::{Span, Spanned};
use crate::value::Day;

/// What answers rest on.
pub struct Asked<'a> {
    pub asking: &'a Asking,
    pub ready: &'a Ready,
    pub recorded_on: Day,
    pub source: Option<&'a str>,
    pub by: Option<&'a str>,
}

/// Answers as the tree of a fact file, without the files that it belongs to.
pub struct Answers {
    pub root: Node,
    /// How many values, lists and decisions are answered.
    pub count: usize,
    pub recorded_on: Day,
}

impl<'a> Asked<'a> {
    /// The day is given, or nothing is written.
    pub fn new(asking: &'a Asking, ready: &'a Ready, args: &'a Args) -> Self {
        Asked {
            asking,
            ready,
            recorded_on: args.recorded_on.unwrap_or(ready.as_of),
            source: args.source.as_deref(),
            by: args.by.as_deref(),
        }
    }
}

/// Reads a file of answers. What is wrong in it is a finding; nothing comes back when it is no such file.
pub fn read(root: &Node, asked: &Asked, problems: &mut Sink) -> Option<Answers> {
    let NodeKind::Map(entries) = &root.kind else {
        let help = "write `(source: \"…\", answers: { \"meeting\": \"complete\" })`".to_string();
        problems.push(codes::FACTS_WRONG_TYPE.at(root.span).say("an answers file must be one record").help(help));
        return None;
    };
    let known = ["source", "by", "answers"];
    for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.it.as_str())) {
        let help = nearest(&key.it, known).unwrap_or_else(|| format!("the fields are {}", known.join(", ")));
        let message = format!("an answers file has no field `{}`", key.it);
        problems.push(codes::FACTS_UNKNOWN_FIELD.at(key.span).say(message).help(help));
    }
    let text = |name: &str| part(entries, name).and_then(Node::as_text);
    let source = text("source").or(asked.source).map(str::to_string);
    let by = text("by").or(asked.by).map(str::to_string);
    if source.is_none() {
        let help = "write `source: \"…\"` above the answers, or use `--source WORDS`".to_string();
        let message = "no source given for the answers";
        problems.push(codes::REQUIRED_MISSING.at(start(root.span)).say(message).help(help));
    }
    let answers = part(entries, "answers");
    let Some(Node { kind: NodeKind::Map(given), .. }) = answers else {
        let place = answers.map_or(start(root.span), |node| node.span);
        let help = "write `answers: { \"QUESTION\": … }`, with the names that `overens ask --list` prints".to_string();
        problems.push(codes::REQUIRED_MISSING.at(place).say("no answers given").help(help));
        return None;
    };
    let mut taking = Taking {
        asked,
        source: source.unwrap_or_default(),
        by,
        problems,
        count: 0,
        own: Vec::new(),
        complete: Vec::new(),
        rows: BTreeMap::new(),
        attested: Vec::new(),
        for_good: Vec::new(),
    };
    for (key, node) in given {
        taking.take(key, node);
    }
    Some(taking.end(root.span))
}

struct Taking<'a> {
    asked: &'a Asked<'a>,
    source: String,
    by: Option<String>,
    problems: &'a mut Sink,
    count: usize,
    own: Vec<Entry>,
    complete: Vec<Entry>,
    /// By the record's name, then by the record's id.
    rows: BTreeMap<String, BTreeMap<String, Vec<Entry>>>,
    attested: Vec<Node>,
    for_good: Vec<Node>,
}

impl Taking<'_> {
    fn take(&mut self, key: &Spanned<String>, node: &Node) {
        let asking = self.asked.asking;
        let Some(question) = asking.questions.iter().find(|one| one.key == key.it) else {
            let names = asking.questions.iter().map(|one| one.key.as_str());
            let help =
                nearest(&key.it, names).unwrap_or_else(|| "`overens ask --list` prints the questions".to_string());
            let message = format!("`{}` is not one of the questions", key.it);
            return self.tell(codes::FACTS_UNKNOWN_FIELD.at(key.span).say(message).help(help));
        };
        match &question.matter {
            Matter::List { from, through, .. } => self.list(question, (*from, *through), (key, node)),
            Matter::Values { cells, .. } => self.values(question, cells, (key, node)),
            Matter::Attested { cases, .. } => self.attested(question, cases, (key, node)),
        }
    }

    fn list(&mut self, question: &Question, (from, through): (Day, Day), (key, node): (&Spanned<String>, &Node)) {
        if let Some(lost) = lost(node) {
            let record = text_entry("record", key.span, &question.key);
            return self.lost(vec![record], node.span, lost);
        }
        let span = match (&node.kind, node.as_text()) {
            (NodeKind::Bool(true), _) | (_, Some("complete" | "yes")) => {
                let days = vec![
                    text_entry("from", node.span, &from.to_string()),
                    text_entry("through", node.span, &through.to_string()),
                ];
                Node { span: node.span, kind: NodeKind::Map(days) }
            }
            (NodeKind::Map(_) | NodeKind::List(_), _) => node.clone(),
            (_, _) => {
                let help = format!(
                    "write `\"complete\"`, or `(from: \"{from}\", through: \"{through}\")`; otherwise leave the question out"
                );
                let message = format!("not a valid answer to `{}`", question.key);
                return self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help));
            }
        };
        self.count = self.count.saturating_add(1);
        self.complete.push((key.clone(), span));
    }

    fn values(&mut self, question: &Question, cells: &[CellId], (key, node): (&Spanned<String>, &Node)) {
        let (record, field) = match question.key.split_once('.') {
            Some((record, field)) => (Some(record.to_string()), field.to_string()),
            None => (None, question.key.clone()),
        };
        let field = Spanned::new(field, key.span);
        match (&node.kind, lost(node), cells) {
            (_, None, [one]) if record.is_none() || !matches!(node.kind, NodeKind::Map(_)) => {
                self.value(record.as_deref(), &field, *one, node);
            }
            (_, Some(_), _) => {
                for cell in cells {
                    self.value(record.as_deref(), &field, *cell, node);
                }
            }
            (NodeKind::Map(rows), None, _) => {
                for (id, node) in rows {
                    match row_of(&self.asked.ready.facts, cells, &id.it) {
                        Some(row) => {
                            let all = cells.iter().filter(|cell| cell.row == row);
                            for cell in all.copied().collect::<Vec<_>>() {
                                self.value(record.as_deref(), &field, cell, node);
                            }
                        }
                        None => self.not_asked(question, id),
                    }
                }
            }
            (_, None, _) => {
                let help = "write the id of each record with its answer: `{ \"ID\": … }`".to_string();
                let message = format!("`{}` is asked about {} records", question.key, cells.len());
                self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help));
            }
        }
    }

    fn not_asked(&mut self, question: &Question, id: &Spanned<String>) {
        let rows = question.rows(&self.asked.ready.names());
        let help = nearest(&id.it, rows.iter().map(|(id, _)| id.as_str()));
        let help = help
            .unwrap_or_else(|| "`overens ask --list --format json` lists the records it is asked about".to_string());
        let message = format!("`{}` is not asked about `{}`", question.key, id.it);
        self.tell(codes::UNKNOWN_REFERENCE.at(id.span).say(message).help(help));
    }

    fn value(&mut self, record: Option<&str>, field: &Spanned<String>, cell: CellId, node: &Node) {
        let facts = &self.asked.ready.facts;
        let id = facts.id(cell.record, cell.row).to_string();
        if let Some(lost) = lost(node) {
            let mut parts = Vec::new();
            if let Some(record) = record {
                parts.extend([text_entry("record", field.span, record), text_entry("id", field.span, &id)]);
            }
            parts.push(text_entry("field", field.span, &field.it));
            return self.lost(parts, node.span, lost);
        }
        if let Some(place) = on_file(facts, cell) {
            let message = format!("`{}` is already in the facts, and a new file cannot replace it", field.it);
            let help = "change it there, or remove what is wrong there".to_string();
            let finding = codes::DUPLICATE_KEY.at(node.span).say(message).also(place, "it is here").help(help);
            return self.tell(finding);
        }
        self.count = self.count.saturating_add(1);
        match record {
            Some(record) if cell.record != AGREEMENT => {
                let row = self.rows.entry(record.to_string()).or_default().entry(id).or_default();
                row.push((field.clone(), node.clone()));
            }
            Some(_) | None => self.own.push((field.clone(), node.clone())),
        }
    }

    fn attested(&mut self, question: &Question, cases: &[ToAttest], (_, node): (&Spanned<String>, &Node)) {
        if lost(node).is_some() {
            let help = "leave the question out; a role can attest it at any time".to_string();
            let message = "an attestation cannot be unknown for good".to_string();
            return self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help));
        }
        match (attested(node), &node.kind, cases) {
            (Some(answer), _, [one]) => self.attest(question, one, (node.span, answer)),
            (None, NodeKind::Map(rows), _) => {
                for (case, node) in rows {
                    let found = cases.iter().find(|one| case_words(one) == case.it);
                    match (found, attested(node)) {
                        (None, _) => self.not_asked(question, case),
                        (Some(one), Some(answer)) => self.attest(question, one, (node.span, answer)),
                        (Some(_), None) => self.no_answer(question, node.span),
                    }
                }
            }
            (_, _, _) => self.no_answer(question, node.span),
        }
    }

    fn no_answer(&mut self, question: &Question, place: Span) {
        let message = format!("expected yes or no for `{}`", question.key);
        let help = "write `true` or `false`, or `(holds: true, on: \"2015-01-22\")`; where several are asked about, `{ \"ID\": true }`";
        self.tell(codes::FACTS_WRONG_TYPE.at(place).say(message).help(help.to_string()));
    }

    fn attest(
        &mut self,
        question: &Question,
        ToAttest { subject, bearer, period }: &ToAttest,
        (place, (holds, on)): (Span, (bool, Option<&Node>)),
    ) {
        let Matter::Attested { role, clause, .. } = &question.matter else { return };
        let mut parts = vec![text_entry("clause", place, self.asked.ready.names().clause_name(*clause))];
        parts.extend(subject.as_ref().map(|subject| text_entry("subject", place, subject)));
        parts.extend(bearer.as_ref().map(|bearer| text_entry("bearer", place, bearer)));
        parts.extend(period.as_ref().map(|period| text_entry("period", place, period)));
        parts.push(text_entry("by", place, role));
        parts.push(match on {
            Some(day) => (Spanned::new("on".to_string(), day.span), day.clone()),
            None => text_entry("on", place, &self.asked.recorded_on.to_string()),
        });
        parts.push((Spanned::new("holds".to_string(), place), Node { span: place, kind: NodeKind::Bool(holds) }));
        parts.push(text_entry("source", place, &self.source));
        self.count = self.count.saturating_add(1);
        self.attested.push(Node { span: place, kind: NodeKind::Map(parts) });
    }

    /// What can no longer be learnt.
    fn lost(&mut self, mut parts: Vec<Entry>, place: Span, (reason, by): (&str, Option<&str>)) {
        let Some(by) = by.map(str::to_string).or_else(|| self.by.clone()) else {
            let help = "write `by: \"…\"` next to the reason or above the answers, or use `--by NAME`".to_string();
            let message = "no name given for who found that this can no longer be learned";
            return self.tell(codes::REQUIRED_MISSING.at(place).say(message).help(help));
        };
        parts.push(text_entry("reason", place, reason));
        parts.push(text_entry("by", place, &by));
        parts.push(text_entry("on", place, &self.asked.recorded_on.to_string()));
        self.count = self.count.saturating_add(1);
        self.for_good.push(Node { span: place, kind: NodeKind::Map(parts) });
    }

    fn tell(&mut self, finding: Diagnostic) {
        self.problems.push(finding);
    }

    fn end(self, root: Span) -> Answers {
        let top = start(root);
        let mut entries = head(self.asked.ready, self.asked.recorded_on, top);
        entries.push(text_entry("source", top, &self.source));
        let table = |name: &str, kind: NodeKind| (Spanned::new(name.to_string(), top), Node { span: top, kind });
        if !self.complete.is_empty() {
            entries.push(table("complete", NodeKind::Map(self.complete)));
        }
        entries.extend(self.own);
        for (record, rows) in self.rows {
            let row = |(id, fields): (String, Vec<Entry>)| {
                let place = fields.first().map_or(top, |(_, node)| node.span);
                let mut all = vec![text_entry("id", place, &id)];
                all.extend(fields);
                all.push(text_entry("source", place, &self.source));
                Node { span: place, kind: NodeKind::Map(all) }
            };
            entries.push(table(&record, NodeKind::List(rows.into_iter().map(row).collect())));
        }
        if !self.attested.is_empty() {
            entries.push(table("attestation", NodeKind::List(self.attested)));
        }
        if !self.for_good.is_empty() {
            entries.push(table("unknown_for_good", NodeKind::List(self.for_good)));
        }
        Answers {
            root: Node { span: root, kind: NodeKind::Map(entries) },
            count: self.count,
            recorded_on: self.asked.recorded_on,
        }
    }
}

/// `(unknown_for_good: "the minutes were burnt", by: "the archive")`.
fn lost(node: &Node) -> Option<(&str, Option<&str>)> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let reason = part(entries, "unknown_for_good")?.as_text()?;
    Some((reason, part(entries, "by").and_then(Node::as_text)))
}

/// `true`, or `(holds: true, on: "2015-01-22")`.
fn attested(node: &Node) -> Option<(bool, Option<&Node>)> {
    let (holds, on) = match &node.kind {
        NodeKind::Map(entries) => (part(entries, "holds")?, part(entries, "on")),
        _ => (node, None),
    };
    let holds = match (&holds.kind, holds.as_text()) {
        (NodeKind::Bool(answer), _) => *answer,
        (_, Some("yes" | "true")) => true,
        (_, Some("no" | "false")) => false,
        (_, _) => return None,
    };
    Some((holds, on))
}

fn part<'n>(entries: &'n [Entry], name: &str) -> Option<&'n Node> {
    entries.iter().find(|(key, _)| key.it == name).map(|(_, node)| node)
}

fn start(span: Span) -> Span {
    Span { end: span.start, ..span }
}
