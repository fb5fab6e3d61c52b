//! The forms that a report is given in, one name each, and what each of them needs.

use std::fmt::{self, Write};

use super::several::{Number, Several};
use super::{csv, github, html, json, jsonl, junit, markdown, plain, pretty, sarif, several, summary};
use crate::render::Look;
use crate::report::{Kept, Most, Which};

/// How a report is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Drawn for a terminal.
    Pretty,
    /// Plain lines.
    Plain,
    /// Counts and sums in plain lines, nobody by name.
    Summary,
    /// JSON for a program.
    Json,
    /// Everything, a line of JSON each.
    Jsonl,
    /// Everything, a row each.
    Csv,
    /// A summary for a wiki.
    Markdown,
    /// A page to read, to send and to print.
    Html,
    /// Test cases for a build server.
    Junit,
    /// For code scanning.
    Sarif,
    /// Annotations of a GitHub run.
    Github,
}

/// So many lines of each clause and verdict stand on a terminal; where there are more, only examples do.
const ON_A_TERMINAL: usize = 60;
/// So many stand on a page; who wants to read more of the same wants a table.
const ON_A_PAGE: usize = 40;

impl Form {
    /// All of them.
    pub const ALL: [Form; 11] = [
        Form::Pretty,
        Form::Plain,
        Form::Summary,
        Form::Json,
        Form::Jsonl,
        Form::Csv,
        Form::Markdown,
        Form::Html,
        Form::Junit,
        Form::Sarif,
        Form::Github,
    ];

    /// What it is called on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Form::Pretty => "pretty",
            Form::Plain => "plain",
            Form::Summary => "summary",
            Form::Json => "json",
            Form::Jsonl => "jsonl",
            Form::Csv => "csv",
            Form::Markdown => "markdown",
            Form::Html => "html",
            Form::Junit => "junit",
            Form::Sarif => "sarif",
            Form::Github => "github",
        }
    }

    /// What it is for.
    pub fn about(self) -> &'static str {
        match self {
            Form::Pretty => "formatted for a terminal",
            Form::Plain => "plain lines",
            Form::Summary => "counts and sums in plain lines, without names",
            Form::Json => "JSON for programs",
            Form::Jsonl => "everything, a line of JSON each",
            Form::Csv => "everything, a row each, for a spreadsheet",
            Form::Markdown => "a summary for a wiki or a pull request",
            Form::Html => "a page to read, to send and to print",
            Form::Junit => "everything as test cases, for a build server",
            Form::Sarif => "what needs action, for code scanning",
            Form::Github => "what needs action, as annotations of a GitHub run",
        }
    }

    /// Which verdicts a report in this form has lines of, when these were asked for.
    pub fn lines(self, asked: Which) -> Which {
        match self {
            Form::Pretty | Form::Plain | Form::Json => asked,
            Form::Markdown => Which::ForAction,
            Form::Html => Which::All,
            // They walk over the verdicts themselves, one at a time.
            Form::Summary | Form::Jsonl | Form::Csv | Form::Junit | Form::Sarif | Form::Github => Which::Counts,
        }
    }

    /// Whether its lines are made one at a time.
    pub fn kept(self) -> Kept {
        match self {
            Form::Plain => Kept::ByWho,
            Form::Summary | Form::Json | Form::Jsonl | Form::Csv => Kept::InRows,
            Form::Junit | Form::Sarif | Form::Github => Kept::InRows,
            Form::Pretty | Form::Markdown | Form::Html => Kept::InReport,
        }
    }

    /// How many of the same it tells.
    pub fn most(self, asked: Which) -> Most {
        match (self, asked) {
            (Form::Pretty, Which::Counts | Which::ForAction) => Most::Each(ON_A_TERMINAL),
            (Form::Markdown | Form::Html, _) => Most::Each(ON_A_PAGE),
            (Form::Pretty, Which::All) => Most::Everything,
            (Form::Plain | Form::Summary | Form::Json, _) => Most::Everything,
            (Form::Jsonl | Form::Csv | Form::Junit | Form::Sarif | Form::Github, _) => Most::Everything,
        }
    }
}

/// Writes reports in a form.
pub fn write(form: Form, all: &Several, look: Look, out: &mut dyn Write) -> fmt::Result {
    let alone = all.reports.first().filter(|_| all.number == Number::One);
    let text = match (form, alone) {
        (Form::Pretty, Some(one)) => pretty::show(one.report, one.sources(), look, one.exit),
        (Form::Pretty, None) => several::pretty(all, look),
        (Form::Plain, Some(one)) => return plain::write(one, out),
        (Form::Plain, None) => return several::plain(all, out),
        (Form::Summary, _) => return summary::write(all, out),
        (Form::Json, Some(one)) => return json::write(one, out),
        (Form::Json, None) => return several::json(all, out),
        (Form::Jsonl, _) => return jsonl::write(all, out),
        (Form::Csv, _) => return csv::write(all, out),
        (Form::Markdown, _) => return markdown::write(all, out),
        (Form::Html, _) => return html::write(all, out),
        (Form::Junit, _) => return junit::write(all, out),
        (Form::Sarif, _) => return sarif::write(all, out),
        (Form::Github, _) => return github::write(all, out),
    };
    out.write_str(&text)
}
