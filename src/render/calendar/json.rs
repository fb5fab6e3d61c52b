//! Calendars for a program: `overens-calendar` version 1.

use serde::Serialize;

use crate::render::diagnostics::json::written;
use crate::render::report::several::NotJudged;
use crate::render::walk::{Walk, walk};
use crate::report::calendar::{self, Calendar};
use crate::value::Day;

const SCHEMA: &str = "overens-calendar/1";

pub fn json(all: &[Calendar], not_judged: &[NotJudged]) -> String {
    written(&Wire { schema: SCHEMA, agreements: all.iter().map(agreement).collect(), not_judged })
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    agreements: Vec<Agreement<'a>>,
    not_judged: &'a [NotJudged],
}

#[derive(Serialize)]
struct Agreement<'a> {
    agreement: &'a str,
    title: &'a str,
    as_of: String,
    known_on: Option<String>,
    through: String,
    sequence: u32,
    entries: Vec<Entry<'a>>,
    undated: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    clause: &'a str,
    place: Option<&'a str>,
    title: Option<&'a str>,
    subject: Option<&'a str>,
    period: Option<&'a str>,
    by: Option<&'a str>,
    owed_to: Option<&'a str>,
    state: &'static str,
    first_day: Option<String>,
    last_day: Option<String>,
    when: String,
    walk: Vec<Walk<'a>>,
    progress: Option<&'a str>,
}

fn agreement(of: &Calendar) -> Agreement<'_> {
    Agreement {
        agreement: &of.agreement,
        title: &of.title,
        as_of: of.as_of.to_string(),
        known_on: of.known_on.map(|day| day.to_string()),
        through: of.through.to_string(),
        sequence: of.sequence,
        entries: of.entries.iter().map(entry).collect(),
        undated: of.undated.iter().map(entry).collect(),
    }
}

fn entry(of: &calendar::Entry) -> Entry<'_> {
    Entry {
        id: &of.id,
        clause: &of.clause,
        place: of.place.as_deref(),
        title: of.title.as_deref(),
        subject: of.subject.as_deref(),
        period: of.period.as_deref(),
        by: of.whom.as_deref(),
        owed_to: of.owed_to.as_deref(),
        state: of.state.words(),
        first_day: of.first_day.filter(|day| *day > Day::MIN).map(|day| day.to_string()),
        last_day: of.day().map(|day| day.to_string()),
        when: of.when(),
        walk: of.walk.iter().map(walk).collect(),
        progress: of.progress.as_deref(),
    }
}
