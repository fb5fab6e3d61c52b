//! Every verdict as one line of JSON, described in docs/report-schema.md: the columns of the comma-separated rows, by name.
//! Lines are made one at a time.

use std::fmt::{self, Write};

use serde::Serialize;

use super::csv::ends;
use super::json::{nuance, strength};
use super::several::Several;
use crate::render::diagnostics::json::compact;
use crate::report::Row;

#[derive(Serialize)]
struct Wire<'a> {
    agreement: &'a str,
    as_of: &'a str,
    section: Option<&'a str>,
    clause: &'a str,
    subject: Option<&'a str>,
    bearer: Option<&'a str>,
    period: Option<&'a str>,
    by: Option<&'a str>,
    strength: &'static str,
    verdict: &'static str,
    nuance: Option<&'static str>,
    days: Option<i32>,
    last_day: Option<String>,
    last_day_latest: Option<String>,
    decider: Option<&'a str>,
}

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    for among in &all.reports {
        let head = &among.report.head;
        let as_of = head.as_of.to_string();
        for row in among.rows.iter() {
            writeln!(out, "{}", compact(&wire(&row, &head.agreement, &as_of)))?;
        }
    }
    Ok(())
}

fn wire<'a>(row: &'a Row, agreement: &'a str, as_of: &'a str) -> Wire<'a> {
    let case = &row.case;
    let (first, latest) = ends(row.last_day);
    Wire {
        agreement,
        as_of,
        section: case.place,
        clause: case.clause,
        subject: case.subject.as_deref(),
        bearer: case.bearer.as_deref(),
        period: case.period.as_deref(),
        by: row.whom.as_deref(),
        strength: strength(row.strength),
        verdict: case.called.words(),
        nuance: nuance(case.verdict.nuance),
        days: case.verdict.days,
        last_day: first.map(|day| day.to_string()),
        last_day_latest: latest.map(|day| day.to_string()),
        decider: row.decider.as_deref(),
    }
}
