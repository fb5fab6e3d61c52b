//! Every verdict as one line of JSON, described in docs/report-schema.md: the columns of the comma-separated rows, by name.
//! Lines are made one at a time.

use std::fmt::{self, Write};

use serde::Serialize;

use super::csv::NOT_JUDGED;
use super::json::{Amount, amount, ends, how_known, nuance, strength};
use super::several::{Among, NotJudged, Several, Table};
use crate::render::diagnostics::json::compact;
use crate::report::{Part, Row, SharedCost};
use crate::source::{Sources, Span};

#[derive(Serialize, Default)]
struct Wire<'a> {
    agreement: &'a str,
    as_of: Option<&'a str>,
    section: Option<&'a str>,
    clause: Option<&'a str>,
    subject: Option<&'a str>,
    bearer: Option<&'a str>,
    period: Option<&'a str>,
    by: Option<&'a str>,
    strength: Option<&'static str>,
    verdict: &'static str,
    nuance: Option<&'static str>,
    days: Option<i32>,
    last_day: Option<String>,
    last_day_latest: Option<String>,
    decider: Option<&'a str>,
    title: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
    why: Option<&'a str>,
    missing: Option<&'a [String]>,
    fact_file: Option<&'a str>,
    fact_line: Option<usize>,
    shares: Vec<Share<'a>>,
    fact_sheet: Option<&'a str>,
    fact_cell: Option<String>,
    last_day_known: Option<&'static str>,
}

#[derive(Serialize)]
struct Share<'a> {
    who: &'a str,
    amount: Amount<'a>,
    billed: Option<Amount<'a>>,
}

/// One part of a cost, where only shares are asked for.
#[derive(Serialize, Default)]
struct Bears<'a> {
    agreement: &'a str,
    as_of: Option<&'a str>,
    section: Option<&'a str>,
    clause: Option<&'a str>,
    title: Option<&'a str>,
    subject: Option<&'a str>,
    period: Option<&'a str>,
    who: Option<&'a str>,
    currency: Option<&'a str>,
    amount: Option<String>,
    billed: Option<String>,
    file: Option<&'a str>,
    line: Option<usize>,
    /// Why there is none, of an agreement that could not be judged.
    not_judged: Option<&'a str>,
}

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    match all.table {
        Table::Verdicts => {
            all.reports.iter().try_for_each(|among| verdicts(among, out))?;
            all.not_judged.iter().try_for_each(|one| writeln!(out, "{}", compact(&not_judged(one))))
        }
        Table::Shares => {
            all.reports.iter().try_for_each(|among| shares(among, out))?;
            all.not_judged.iter().try_for_each(|one| {
                let (file, not_judged) = (Some(one.policy.as_str()), Some(one.reason()));
                let wire = Bears { agreement: &one.agreement, file, not_judged, ..Bears::default() };
                writeln!(out, "{}", compact(&wire))
            })
        }
    }
}

fn verdicts(among: &Among, out: &mut dyn Write) -> fmt::Result {
    let head = &among.report.head;
    let as_of = head.as_of.to_string();
    among.rows.each(among.report.reasons, |row| {
        let parts: Vec<Part> = row.shares.iter().map(|share| among.rows.part(share)).collect();
        let wire = Wire { agreement: &head.agreement, as_of: Some(&as_of), ..wire(&row, &parts, among.sources()) };
        writeln!(out, "{}", compact(&wire))
    })
}

fn wire<'a>(row: &'a Row, parts: &'a [Part], sources: &'a Sources) -> Wire<'a> {
    let case = &row.case;
    let (first, latest) = ends(row.last_day);
    let (file, line) = at(row.policy, sources);
    let fact = row.because.as_ref().and_then(|because| because.fact);
    let ((fact_file, fact_line), cell) = (at(fact, sources), fact.and_then(|fact| sources.in_sheet(fact)));
    let (fact_sheet, fact_cell) = cell.map_or((None, None), |(sheet, cell)| (Some(sheet), Some(cell)));
    Wire {
        agreement: "",
        as_of: None,
        section: case.place,
        clause: Some(case.clause),
        subject: case.subject.as_deref(),
        bearer: case.bearer.as_deref(),
        period: case.period.as_deref(),
        by: row.whom.as_deref(),
        strength: Some(strength(row.strength)),
        verdict: case.called.words(),
        nuance: nuance(case.verdict.nuance),
        days: case.verdict.days,
        last_day: first.map(|day| day.to_string()),
        last_day_latest: latest.map(|day| day.to_string()),
        decider: row.decider.as_deref(),
        title: case.title,
        file,
        line,
        why: row.because.as_ref().map(|because| because.detail.as_str()),
        missing: row.because.as_ref().map(|because| because.missing.as_slice()),
        fact_file,
        fact_line,
        shares: parts.iter().map(share).collect(),
        fact_sheet,
        fact_cell,
        last_day_known: Some(how_known(row.last_day)),
    }
}

fn share(part: &Part) -> Share<'_> {
    Share { who: &part.who, amount: amount(&part.amount), billed: part.billed.as_ref().map(amount) }
}

fn at(span: Option<Span>, sources: &Sources) -> (Option<&str>, Option<usize>) {
    span.map_or((None, None), |span| {
        let (file, at) = sources.at(span);
        (Some(file), Some(at.line))
    })
}

fn not_judged(one: &NotJudged) -> Wire<'_> {
    Wire {
        agreement: &one.agreement,
        verdict: NOT_JUDGED,
        file: Some(&one.policy),
        why: Some(&one.why),
        ..Wire::default()
    }
}

fn shares(among: &Among, out: &mut dyn Write) -> fmt::Result {
    let head = &among.report.head;
    let as_of = head.as_of.to_string();
    for cost in among.rows.shared_costs() {
        let (file, line) = at(cost.policy, among.sources());
        for part in &cost.parts {
            let place = (file, line);
            writeln!(out, "{}", compact(&bears((&head.agreement, &as_of), &cost, part, place)))?;
        }
    }
    Ok(())
}

fn bears<'a>(
    (agreement, as_of): (&'a str, &'a str),
    cost: &'a SharedCost,
    part: &'a Part,
    (file, line): (Option<&'a str>, Option<usize>),
) -> Bears<'a> {
    let case = &cost.case;
    Bears {
        agreement,
        as_of: Some(as_of),
        section: case.place,
        clause: Some(case.clause),
        title: case.title,
        subject: case.subject.as_deref(),
        period: case.period.as_deref(),
        who: Some(&part.who),
        currency: Some(part.amount.currency.as_str()),
        amount: Some(part.amount.amount.exact_text()),
        billed: part.billed.as_ref().map(|billed| billed.amount.exact_text()),
        file,
        line,
        not_judged: None,
    }
}
