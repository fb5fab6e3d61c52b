//! What keeps a verdict from being given, in words.

use std::collections::BTreeSet;

use super::recorded;
use crate::facts::CellId;
use crate::report::names::Names;
use crate::value::Day;
use crate::verdict::{Holder, Instance, Missing};

/// `needs signed_ok_on and 2 more`; nothing when nothing is missing. Whose field it is goes without saying where the line
/// is about that record.
pub fn needed(names: &Names, instance: &Instance, all: &[Missing]) -> Option<String> {
    let (first, others) = all.split_first()?;
    let more = match others.len() {
        0 => String::new(),
        many => format!(" and {many} more"),
    };
    let first = match first {
        Missing::Value(cell) if is_own(names, instance, *cell) => names.field(*cell).to_string(),
        Missing::Complete { record, from, through } if is_period(instance, *from, *through) => {
            format!("the list of {} declared complete", names.records(*record))
        }
        other => missing(names, other),
    };
    Some(format!("needs {first}{more}"))
}

/// Whether a value belongs to the subject or the bearer of an instance.
fn is_own(names: &Names, instance: &Instance, cell: CellId) -> bool {
    names.subject_row(instance) == Some((cell.record, cell.row))
        || instance.bearer == Holder::Row(cell.record, cell.row)
}

/// Whether days are those of the instance's period, which stands in the line already.
fn is_period(instance: &Instance, from: Day, through: Day) -> bool {
    instance.period.is_some_and(|period| (period.first(), period.last()) == (from, through))
}

/// One missing thing.
pub fn missing(names: &Names, one: &Missing) -> String {
    match one {
        Missing::Value(cell) => names.cell(*cell),
        Missing::Disputed(cell) => {
            let values = names.value(*cell);
            let values = values.strip_suffix(" (sources disagree)").unwrap_or(&values);
            format!("{} (sources disagree: {values})", names.cell(*cell))
        }
        Missing::Imprecise(cell) => format!("the exact day of {} ({})", names.cell(*cell), names.value(*cell)),
        Missing::Complete { record, from, through } => {
            format!("the list of {} declared complete {}", names.records(*record), span(*from, *through))
        }
        Missing::Attestation { role } => format!("an attestation by {role}"),
        Missing::Text(_) => "a provision that the agreement lacks: its text is silent".to_string(),
        Missing::Calendar { year } => format!("the calendar {} for {year}", names.plan.calendar),
        Missing::Clause(clause) => format!("the outcome of {}", names.clause_name(*clause)),
        Missing::Contradiction(places) => {
            format!("one decision instead of several contradictory ones: {}", recorded::named(names, places))
        }
    }
}

/// So many records are named that lack a field.
const NAMED: usize = 4;

/// A field of several records: `signed_ok_on of 9 organisations: a, b, c, d and 5 more`.
pub fn missing_of(names: &Names, cells: &BTreeSet<CellId>) -> String {
    let Some(first) = cells.first() else { return String::new() };
    let few: Vec<String> = cells.iter().take(NAMED).map(|cell| names.row(cell.record, cell.row)).collect();
    let more = match cells.len().saturating_sub(few.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{} of {}: {}{more}", names.field(*first), names.so_many(first.record, cells.len()), few.join(", "))
}

/// `from 2014-01-01 through 2014-12-31`; ends that are open are left out.
pub fn span(from: Day, through: Day) -> String {
    match (from <= Day::MIN, through >= Day::MAX) {
        (true, true) => "for all dates".to_string(),
        (true, false) => format!("through {through}"),
        (false, true) => format!("from {from}"),
        (false, false) if from == through => format!("on {from}"),
        (false, false) => format!("from {from} through {through}"),
    }
}
