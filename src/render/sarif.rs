//! What every report in SARIF 2.1.0 shares, for code scanning: the tool, its runs with a category each, and places.
//! Words are shown with control characters made visible; paths are those that a repository knows.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::escape::address;
use super::visible;
use crate::source::{Sources, Span};

pub(super) const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The tool, with the rules that its results name.
pub(super) fn tool(rules: Vec<Value>) -> Value {
    json!({
        "driver": {
            "name": "overens",
            "version": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_HOMEPAGE"),
            "rules": rules,
        },
    })
}

/// What results can be about, with help for who does not know it.
pub(super) fn rule(id: &str, words: &str, help: &str) -> Value {
    json!({
        "id": id,
        "shortDescription": message(words),
        "help": { "text": visible::text(help).text },
    })
}

/// The same with a page in Markdown as help.
pub(super) fn rule_with_page(id: &str, words: &str, page: &str) -> Value {
    json!({
        "id": id,
        "shortDescription": message(words),
        "help": { "text": page, "markdown": page },
    })
}

pub(super) fn message(words: &str) -> Value {
    json!({ "text": visible::line(words) })
}

/// The ids of the runs of one log. What stands before the last `/` is a category: results of one replace older ones of the same,
/// so no two runs have the same.
#[derive(Default)]
pub(super) struct Categories(BTreeSet<String>);

impl Categories {
    /// `overens/eval/samverkan/`.
    pub fn details(&mut self, command: &str, name: &str) -> Value {
        let name: String = visible::line(name).replace('/', "-");
        let plain = format!("overens/{command}/{name}/");
        let mut numbered = (2_u32..).map(|number| format!("overens/{command}/{name}-{number}/"));
        let id = match self.0.contains(&plain) {
            false => plain,
            true => numbered.find(|id| !self.0.contains(id)).unwrap_or(plain),
        };
        self.0.insert(id.clone());
        json!({ "id": id })
    }
}

/// An agreement with amendments that are taken to be adopted, or not to be: another text than the agreement by itself.
pub(super) fn amended<'n>(
    agreement: &str,
    with: impl IntoIterator<Item = &'n str>,
    without: impl IntoIterator<Item = &'n str>,
) -> String {
    let with = with.into_iter().map(|name| format!("+{name}"));
    let all: Vec<String> = with.chain(without.into_iter().map(|name| format!("-{name}"))).collect();
    format!("{agreement}{}", all.concat())
}

/// A file, with a line and a column where they are known.
type Place<'p> = (&'p str, Option<(usize, usize)>);

/// Whether a run succeeded: paths with which nothing could be done are told in it, with the reason where it is known.
pub(super) fn invocation<'p>(failed: impl IntoIterator<Item = (Place<'p>, String)>) -> Value {
    let told = |((path, at), words): (Place, String)| {
        let place = at.map_or_else(|| file(path), |(line, column)| located(path, line, column));
        json!({ "level": "error", "message": message(&words), "locations": [place] })
    };
    let told: Vec<Value> = failed.into_iter().map(told).collect();
    json!({ "executionSuccessful": told.is_empty(), "toolExecutionNotifications": told })
}

pub(super) fn location(span: Span, sources: &Sources) -> Value {
    let (file, at) = sources.at(span);
    let mut place = located(file, at.line, at.column);
    if let (Some((sheet, cell)), Some(object)) = (sources.in_sheet(span), place.as_object_mut()) {
        let whole = visible::line(&format!("{sheet}!{cell}"));
        object.insert("logicalLocations".to_string(), json!([{ "name": cell, "fullyQualifiedName": whole }]));
    }
    place
}

/// A sentence of what stands at a place. In a spreadsheet a line and a column say little, so that it names the sheet and the cell.
pub(super) fn said(words: &str, at: Option<Span>, sources: &Sources) -> String {
    match at.and_then(|span| sources.cell(span)) {
        Some(cell) => format!("{words} ({cell})"),
        None => words.to_string(),
    }
}

/// The beginning of a file.
pub(super) fn file(path: &str) -> Value {
    located(path, 1, 1)
}

pub(super) fn located(file: &str, line: usize, column: usize) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": address(file) },
            "region": { "startLine": line, "startColumn": column },
        },
    })
}

/// Places with numbers, as related ones have them.
pub(super) fn numbered(places: Vec<Value>) -> Vec<Value> {
    let with_id = |(at, mut place): (usize, Value)| {
        if let Some(object) = place.as_object_mut() {
            object.insert("id".to_string(), at.into());
        }
        place
    };
    places.into_iter().enumerate().map(with_id).collect()
}
