//! What keeps a verdict from being given, in words.

use crate::report::names::Names;
use crate::value::Day;
use crate::verdict::Missing;

/// `needs organisation famna: signed_ok_on and 2 more`; nothing when nothing is missing.
pub fn needed(names: &Names, all: &[Missing]) -> Option<String> {
    let (first, others) = all.split_first()?;
    let more = match others.len() {
        0 => String::new(),
        many => format!(" and {many} more"),
    };
    Some(format!("needs {}{more}", missing(names, first)))
}

/// One missing thing.
pub fn missing(names: &Names, one: &Missing) -> String {
    match one {
        Missing::Value(cell) => names.cell(*cell),
        Missing::Disputed(cell) => {
            format!("{}, about which sources disagree: {}", names.cell(*cell), names.value(*cell))
        }
        Missing::Imprecise(cell) => format!("the exact day of {} ({})", names.cell(*cell), names.value(*cell)),
        Missing::Complete { record, from, through } => {
            format!("the list of {} declared complete {}", names.records(*record), span(*from, *through))
        }
        Missing::Attestation { role } => format!("an attestation by {role}"),
        Missing::Text(_) => "words that the agreement does not have: its text is silent".to_string(),
        Missing::Calendar { year } => format!("the calendar {} for {year}", names.plan.calendar),
        Missing::Clause(clause) => format!("the answer of {}", names.clause_name(*clause)),
        Missing::Contradiction(_) => "one decision: recorded decisions contradict each other".to_string(),
    }
}

/// `from 2014-01-01 through 2014-12-31`; ends that are open are left out.
pub fn span(from: Day, through: Day) -> String {
    match (from <= Day::MIN, through >= Day::MAX) {
        (true, true) => "for all time".to_string(),
        (true, false) => format!("through {through}"),
        (false, true) => format!("from {from}"),
        (false, false) if from == through => format!("on {from}"),
        (false, false) => format!("from {from} through {through}"),
    }
}
