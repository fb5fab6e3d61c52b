//! One party, or one matter, over several agreements: for a terminal, as plain lines, in Markdown and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::diagnostics::json::written;
use super::escape::{code, markdown, sentence as sentence_of};
use super::not_done::NotDone;
use super::report::json::{Amount, Place, Verdict, amount, place, verdict};
use super::report::pretty::tint;
use super::report::several::NotJudged;
use super::table::{Cell, Row, Tint, lay, tinted};
use super::{Look, Marks, visible};
use crate::report::Line;
use crate::report::about::Said;
use crate::report::party::{Bears, Part, Party};
use crate::source::Sources;

/// How a party, or a matter, is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Pretty,
    Plain,
    Markdown,
    Json,
}

impl Form {
    pub const ALL: [Form; 4] = [Form::Pretty, Form::Plain, Form::Markdown, Form::Json];

    pub fn name(self) -> &'static str {
        match self {
            Form::Pretty => "pretty",
            Form::Plain => "plain",
            Form::Markdown => "markdown",
            Form::Json => "json",
        }
    }

    pub fn about(self) -> &'static str {
        match self {
            Form::Pretty => "formatted for a terminal",
            Form::Plain => "plain lines",
            Form::Markdown => "a page for a wiki or an email",
            Form::Json => "JSON for programs",
        }
    }
}

/// A party under one agreement, with the texts that its places speak of.
pub type Under = (Party, Sources);

/// What several agreements say of a party, and those that could not be judged.
pub fn party((all, not_judged): (&[Under], &[NotJudged]), name: &str, form: Form, look: Look) -> String {
    let unjudged = || not_judged.iter().map(NotJudged::because);
    match form {
        Form::Pretty => pretty(all, name, look) + &at_the_end(unjudged(), look),
        Form::Plain => unjudged().fold(plain(all), |mut text, line| {
            push(&mut text, &line);
            text
        }),
        Form::Markdown => page(all, name) + &section_of("Could not be judged", unjudged()),
        Form::Json => json(all, not_judged, name),
    }
}

/// For a terminal, a line for each agreement of which nothing is told.
fn at_the_end(lines: impl Iterator<Item = String>, look: Look) -> String {
    let text: String =
        lines.map(|line| format!("{}\n", tinted(&visible::line(&line), Tint::Bad, look.colour))).collect();
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// The same in Markdown, below a heading of their own.
fn section_of(heading: &str, lines: impl Iterator<Item = String>) -> String {
    let text: String = lines.map(|line| format!("- {}\n", sentence_of(&line))).collect();
    if text.is_empty() { text } else { format!("\n## {heading}\n\n{text}") }
}

fn pretty(all: &[Under], name: &str, look: Look) -> String {
    let dot = dot(look);
    let agreements = super::many(all.len(), "agreement");
    let mut text =
        format!("{}\n", tinted(&visible::line(&format!("{name} in {agreements}")), Tint::Strong, look.colour));
    for (party, _) in all {
        let head = format!("{} {dot} as of {} {dot} {}", party.agreement, party.as_of, party.title);
        text.push_str(&format!("\n{}\n", tinted(&visible::line(&head), Tint::Strong, look.colour)));
        for (part, lines) in &party.parts {
            text.push_str(&format!("  {}\n", part.words()));
            let rows: Vec<Row> = lines.iter().map(row).collect();
            text.push_str(&lay(&rows, 4, look.width, look.colour));
        }
        if !party.money.is_empty() {
            text.push_str("  money\n");
            let rows: Vec<Row> = party.money.iter().map(bears_row).collect();
            text.push_str(&lay(&rows, 4, look.width, look.colour));
        }
    }
    text
}

fn dot(look: Look) -> &'static str {
    match look.marks {
        Marks::Unicode => "·",
        Marks::Ascii => "-",
    }
}

fn row(line: &Line) -> Row {
    Row {
        cells: vec![
            Cell::tinted(line.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::tinted(line.clause.clone(), Tint::Strong),
            Cell::plain(label(line)),
            Cell::tinted(line.called.words(), tint(line.called)),
        ],
        indent: 0,
        sentence: line.detail.clone(),
        tail: String::new(),
    }
}

fn bears_row(bears: &Bears) -> Row {
    Row {
        cells: vec![
            Cell::tinted(bears.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::tinted(bears.clause.clone(), Tint::Strong),
            Cell::plain(bears.label.clone()),
        ],
        indent: 0,
        sentence: borne(bears),
        tail: String::new(),
    }
}

fn borne(bears: &Bears) -> String {
    match &bears.billed {
        Some(billed) if *billed != bears.amount => format!("bears {} (billed {billed})", bears.amount),
        Some(_) | None => format!("bears {}", bears.amount),
    }
}

/// Subject and period, as far as it has them.
fn label(line: &Line) -> String {
    [line.subject.as_deref(), line.period.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn plain(all: &[Under]) -> String {
    let mut text = String::new();
    for (party, _) in all {
        let known = party.known_on.map_or_else(String::new, |day| format!(", as known on {day}"));
        push(&mut text, &format!("{}: as of {}{known}", party.agreement, party.as_of));
        for (part, lines) in &party.parts {
            lines.iter().for_each(|line| push(&mut text, &format!("{}: {}", part.words(), sentence(line))));
        }
        for bears in &party.money {
            let place = bears.place.as_ref().map_or_else(String::new, |place| format!("{place} "));
            let label = if bears.label.is_empty() { String::new() } else { format!(" for {}", bears.label) };
            push(&mut text, &format!("money: {place}{}{label}: {}", bears.clause, borne(bears)));
        }
    }
    text
}

/// `§ 4.4 summons for annual_2015: late, sent 2014-12-23`.
fn sentence(line: &Line) -> String {
    let place = line.place.as_ref().map_or_else(String::new, |place| format!("{place} "));
    let label = match label(line) {
        none if none.is_empty() => none,
        some => format!(" for {some}"),
    };
    let detail = if line.detail.is_empty() { String::new() } else { format!(", {}", line.detail) };
    format!("{place}{}{label}: {}{detail}", line.clause, line.called.words())
}

fn push(text: &mut String, line: &str) {
    text.push_str(&visible::line(line));
    text.push('\n');
}

/// One page: a heading for each agreement, a table for each part.
fn page(all: &[Under], name: &str) -> String {
    let mut text = format!("# {}\n", markdown(name));
    for (party, _) in all {
        _ = write!(text, "\n## {}\n\n{}, as of {}\n", markdown(&party.title), markdown(&party.agreement), party.as_of);
        for (part, lines) in &party.parts {
            _ = write!(
                text,
                "\n### {}\n\n| section | clause | for | verdict | what |\n|---|---|---|---|---|\n",
                capital(*part)
            );
            for line in lines {
                let cells = [
                    markdown(line.place.as_deref().unwrap_or_default()),
                    code(&line.clause),
                    markdown(&label(line)),
                    format!("**{}**", line.called.words()),
                    markdown(&line.detail),
                ];
                _ = writeln!(text, "| {} |", cells.join(" | "));
            }
        }
        if !party.money.is_empty() {
            text.push_str("\n### Money\n\n| section | clause | for | bears | billed |\n|---|---|---|--:|--:|\n");
            for bears in &party.money {
                let billed = bears.billed.as_ref().map_or_else(String::new, ToString::to_string);
                let cells = [
                    markdown(bears.place.as_deref().unwrap_or_default()),
                    code(&bears.clause),
                    markdown(&bears.label),
                    bears.amount.to_string(),
                    billed,
                ];
                _ = writeln!(text, "| {} |", cells.join(" | "));
            }
        }
    }
    text
}

fn capital(part: Part) -> String {
    let mut letters = part.words().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

// ---- JSON ----

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    party: &'a str,
    agreements: Vec<Agreement<'a>>,
    not_judged: &'a [NotJudged],
}

#[derive(Serialize)]
struct Agreement<'a> {
    agreement: &'a str,
    title: &'a str,
    as_of: String,
    known_on: Option<String>,
    policy: &'a str,
    parts: Vec<OnePart<'a>>,
    money: Vec<Cost<'a>>,
}

#[derive(Serialize)]
struct OnePart<'a> {
    part: &'static str,
    verdicts: Vec<Verdict<'a>>,
}

#[derive(Serialize)]
struct Cost<'a> {
    clause: &'a str,
    place: Option<&'a str>,
    label: &'a str,
    amount: Amount<'a>,
    billed: Option<Amount<'a>>,
}

fn json(all: &[Under], not_judged: &[NotJudged], name: &str) -> String {
    let agreements = all.iter().map(|(party, sources)| Agreement {
        agreement: &party.agreement,
        title: &party.title,
        as_of: party.as_of.to_string(),
        known_on: party.known_on.map(|day| day.to_string()),
        policy: &party.policy,
        parts: party
            .parts
            .iter()
            .map(|(part, lines)| OnePart {
                part: part.words(),
                verdicts: lines.iter().map(|line| verdict(line, sources)).collect(),
            })
            .collect(),
        money: party
            .money
            .iter()
            .map(|bears| Cost {
                clause: &bears.clause,
                place: bears.place.as_deref(),
                label: &bears.label,
                amount: amount(&bears.amount),
                billed: bears.billed.as_ref().map(amount),
            })
            .collect(),
    });
    written(&Wire { schema: "overens-party/1", party: name, agreements: agreements.collect(), not_judged })
}

// ---- one matter ----

/// The clauses of an agreement about a matter, with the texts that their places speak of.
pub type About = (Vec<Said>, Sources);

/// What several agreements say about a matter, and those that could not be compared.
pub fn about((all, not_compared): (&[About], &[NotDone]), matter: &str, form: Form, look: Look) -> String {
    let others = || not_compared.iter().map(|one| one.because("compared"));
    let clauses = || all.iter().flat_map(|(said, _)| said);
    match form {
        Form::Pretty => {
            let head = format!("{matter} in {}", super::many(all.len(), "agreement"));
            let rows: Vec<Row> = clauses().map(said_row).collect();
            format!(
                "{}\n{}{}",
                tinted(&visible::line(&head), Tint::Strong, look.colour),
                lay(&rows, 2, look.width, look.colour),
                at_the_end(others(), look)
            )
        }
        Form::Plain => {
            clauses().map(plain_said).chain(others()).map(|line| format!("{}\n", visible::line(&line))).collect()
        }
        Form::Markdown => {
            let mut text = format!(
                "# {}\n\n| agreement | section | clause | kind | title | words |\n|---|---|---|---|---|---|\n",
                markdown(matter)
            );
            for said in clauses() {
                let cells = [
                    markdown(&said.agreement),
                    markdown(said.place.as_deref().unwrap_or_default()),
                    code(&said.clause),
                    said.kind.to_string(),
                    markdown(said.heading.as_deref().unwrap_or_default()),
                    code(&said.words),
                ];
                _ = writeln!(text, "| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | "));
            }
            text + &section_of("Could not be compared", others())
        }
        Form::Json => about_json(all, not_compared, matter),
    }
}

fn said_row(said: &Said) -> Row {
    Row {
        cells: vec![
            Cell::tinted(said.agreement.clone(), Tint::Strong),
            Cell::tinted(said.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::plain(said.clause.clone()),
            Cell::plain(said.kind),
        ],
        indent: 0,
        sentence: said.words.clone(),
        tail: String::new(),
    }
}

fn plain_said(said: &Said) -> String {
    let place = said.place.as_ref().map_or_else(String::new, |place| format!(" {place}"));
    format!("{}{place} {} ({}): {}", said.agreement, said.clause, said.kind, said.words)
}

#[derive(Serialize)]
struct AboutWire<'a> {
    schema: &'static str,
    about: &'a str,
    clauses: Vec<OneClause<'a>>,
    not_compared: Vec<NotCompared<'a>>,
}

#[derive(Serialize)]
struct NotCompared<'a> {
    agreement: &'a str,
    policy: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct OneClause<'a> {
    agreement: &'a str,
    clause: &'a str,
    kind: &'a str,
    place: Option<&'a str>,
    title: Option<&'a str>,
    principles: &'a [String],
    by: Vec<&'static str>,
    words: &'a str,
    clause_text: Place<'a>,
}

fn about_json(all: &[About], not_compared: &[NotDone], matter: &str) -> String {
    let not_compared =
        not_compared.iter().map(|one| NotCompared { agreement: &one.name, policy: &one.file, why: &one.why });
    let each = all.iter().flat_map(|(said, sources)| said.iter().map(move |said| (said, sources)));
    let clauses = each.map(|(said, sources)| OneClause {
        agreement: &said.agreement,
        clause: &said.clause,
        kind: said.kind,
        place: said.place.as_deref(),
        title: said.heading.as_deref(),
        principles: &said.principles,
        by: said.by.iter().map(|by| by.words()).collect(),
        words: &said.words,
        clause_text: place(said.span, sources),
    });
    let (clauses, not_compared) = (clauses.collect(), not_compared.collect());
    written(&AboutWire { schema: "overens-about/1", about: matter, clauses, not_compared })
}
