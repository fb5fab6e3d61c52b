//! Every verdict as a row of comma-separated values, described in docs/report-schema.md, or who bears how much of which cost.
//! Columns are only ever added, at the end. Rows are made one at a time.

use std::fmt::{self, Write};

use super::json::{ends, how_known, nuance, strength};
use super::several::{Among, NotJudged, Several, Table};
use crate::render::escape::cell;
use crate::report::{Row, SharedCost, short};
use crate::source::{Sources, Span};
use crate::value::Money;

const COLUMNS: &str = "agreement,as_of,section,clause,subject,bearer,period,by,strength,verdict,nuance,days,last_day,\
                       last_day_latest,decider,title,file,line,why,missing,fact_file,fact_line,shares,fact_sheet,fact_cell,\
                       last_day_known";
/// How many columns there are behind the verdict, and behind `why`.
const BEHIND_VERDICT: usize = 6;
const BEHIND_WHY: usize = 7;

/// The columns of shares.
const SHARES: &str = "agreement,as_of,section,clause,title,subject,period,who,currency,amount,billed,file,line,exact_amount,\
                      exact_billed,not_judged";

/// The word of an agreement that could not be judged, in the column of verdicts.
pub(super) const NOT_JUDGED: &str = "not judged";

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    match all.table {
        Table::Verdicts => {
            writeln!(out, "{COLUMNS}")?;
            all.reports.iter().try_for_each(|one| rows(one, out))?;
            all.not_judged.iter().try_for_each(|one| not_judged(one, out))
        }
        Table::Shares => {
            writeln!(out, "{SHARES}")?;
            all.reports.iter().try_for_each(|one| shares(one, out))?;
            let named = |one: &NotJudged| [&one.agreement, &one.policy, one.reason()].map(cell);
            all.not_judged
                .iter()
                .map(named)
                .try_for_each(|[agreement, policy, why]| writeln!(out, "{agreement},,,,,,,,,,,{policy},,,,{why}"))
        }
    }
}

fn rows(among: &Among, out: &mut dyn Write) -> fmt::Result {
    let head = &among.report.head;
    let begin = format!("{},{}", cell(&head.agreement), head.as_of);
    let mut place = Placed::default();
    among.rows.each(among.report.reasons, |one| row(&begin, &one, (&mut place, among), out))
}

fn row(begin: &str, row: &Row, (place, among): (&mut Placed, &Among), out: &mut dyn Write) -> fmt::Result {
    let (case, sources) = (&row.case, among.sources());
    out.write_str(begin)?;
    let names =
        [case.place, Some(case.clause), case.subject.as_deref(), case.bearer.as_deref(), case.period.as_deref()];
    names.into_iter().try_for_each(|name| write!(out, ",{}", whom(name)))?;
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
    write!(out, ",{},{}", whom(row.decider.as_deref()), whom(case.title))?;
    write!(out, ",{}", place.of(row.policy, sources))?;
    match &row.because {
        Some(because) => {
            write!(out, ",{},{}", cell(&because.detail), cell(&because.missing.join("; ")))?;
            write!(out, ",{}", because.fact.map_or_else(|| ",".to_string(), |span| at(span, sources)))?;
        }
        None => out.write_str(",,,,")?,
    }
    let first = |few| row.shares.iter().take(few).map(|share| among.rows.part(share)).collect();
    write!(out, ",{}", cell(&short::few_of(row.shares.len(), first)))?;
    match row.because.as_ref().and_then(|because| sources.in_sheet(because.fact?)) {
        Some((sheet, at)) => write!(out, ",{},{at}", cell(sheet))?,
        None => out.write_str(",,")?,
    }
    writeln!(out, ",{}", how_known(row.last_day))
}

/// A row that names an agreement of which there are no verdicts.
fn not_judged(one: &NotJudged, out: &mut dyn Write) -> fmt::Result {
    let behind = ",".repeat(BEHIND_VERDICT);
    write!(out, "{},,,,,,,,,{NOT_JUDGED}{behind},{},", cell(&one.agreement), cell(&one.policy))?;
    writeln!(out, ",{}{}", cell(&one.why), ",".repeat(BEHIND_WHY))
}

fn shares(among: &Among, out: &mut dyn Write) -> fmt::Result {
    let head = &among.report.head;
    let begin = format!("{},{}", cell(&head.agreement), head.as_of);
    let mut place = Placed::default();
    among.rows.shared_costs().try_for_each(|cost| {
        let at = place.of(cost.policy, among.sources());
        parts(&begin, &cost, at, out)
    })
}

fn parts(begin: &str, cost: &SharedCost, at: &str, out: &mut dyn Write) -> fmt::Result {
    let case = &cost.case;
    let names = [case.place, Some(case.clause), case.title, case.subject.as_deref(), case.period.as_deref()];
    let names: String = names.map(|name| format!(",{}", whom(name))).concat();
    cost.parts.iter().try_for_each(|part| {
        let (currency, (amount, exact)) = (part.amount.currency.as_str(), in_decimals(&part.amount));
        let (billed, exact_billed) = part.billed.as_ref().map(in_decimals).unwrap_or_default();
        let exactly = format!("{},{}", exact.unwrap_or_default(), exact_billed.unwrap_or_default());
        writeln!(out, "{begin}{names},{},{currency},{amount},{billed},{at},{exactly},", cell(&part.who))
    })
}

/// An amount in decimal digits, as tables hold numbers, and where these do not end, exactly: `33.3333333333333` and `SEK 100/3`. A
/// fraction alone would become a day in a spreadsheet.
pub(in crate::render) fn in_decimals(money: &Money) -> (String, Option<String>) {
    let exactly = || format!("{} {}", money.currency, money.amount.exact_text());
    (money.amount.in_decimals(), (!money.amount.ends()).then(exactly))
}

fn whom(name: Option<&str>) -> String {
    name.map_or_else(String::new, cell)
}

/// `club.overens,7`.
fn at(span: Span, sources: &Sources) -> String {
    let (file, at) = sources.at(span);
    format!("{},{}", cell(file), at.line)
}

/// The place that was worked out last: many rows in a row are of one clause.
#[derive(Default)]
struct Placed {
    span: Option<Span>,
    words: String,
}

impl Placed {
    fn of(&mut self, span: Option<Span>, sources: &Sources) -> &str {
        if span != self.span || self.words.is_empty() {
            self.words = span.map_or_else(|| ",".to_string(), |span| at(span, sources));
            self.span = span;
        }
        &self.words
    }
}
