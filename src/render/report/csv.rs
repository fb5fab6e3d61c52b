//! Every verdict as a row of comma-separated values, described in docs/report-schema.md. Columns are only ever added, at the end.
//! Rows are made one at a time.

use std::fmt::{self, Write};

use super::json::{nuance, strength};
use super::several::{Among, Several};
use crate::render::escape::cell;
use crate::report::Row;
use crate::value::Day;
use crate::verdict::LastDay;

const COLUMNS: &str = "agreement,as_of,section,clause,subject,bearer,period,by,strength,verdict,nuance,days,last_day,\
                       last_day_latest,decider";

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{COLUMNS}")?;
    all.reports.iter().try_for_each(|one| rows(one, out))
}

fn rows(among: &Among, out: &mut dyn Write) -> fmt::Result {
    let head = &among.report.head;
    let begin = format!("{},{}", cell(&head.agreement), head.as_of);
    among.rows.iter().try_for_each(|one| row(&begin, &one, out))
}

fn row(begin: &str, row: &Row, out: &mut dyn Write) -> fmt::Result {
    let case = &row.case;
    out.write_str(begin)?;
    let names =
        [case.place, Some(case.clause), case.subject.as_deref(), case.bearer.as_deref(), case.period.as_deref()];
    names.into_iter().try_for_each(|name| write!(out, ",{}", name.map_or_else(String::new, cell)))?;
    write!(out, ",{},{},{}", whom(row.whom.as_deref()), strength(row.strength), case.called.words())?;
    write!(out, ",{},", nuance(case.verdict.nuance).unwrap_or_default())?;
    if let Some(days) = case.verdict.days {
        write!(out, "{days}")?;
    }
    let (first, latest) = ends(row.last_day);
    for day in [first, latest] {
        out.write_char(',')?;
        day.map_or(Ok(()), |day| write!(out, "{day}"))?;
    }
    writeln!(out, ",{}", whom(row.decider.as_deref()))
}

fn whom(name: Option<&str>) -> String {
    name.map_or_else(String::new, cell)
}

/// The last day, or the first day that it can be; and the last day that it can be, where that is another.
pub(super) fn ends(last: LastDay) -> (Option<Day>, Option<Day>) {
    match last {
        LastDay::On(day) => (Some(day), None),
        LastDay::Within(first, last) => (Some(first), Some(last)),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => (None, None),
    }
}
