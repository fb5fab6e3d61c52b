//! Short wordings for the sections of a report: the same in every view that is read by people.

use super::{Due, DueDay, Matter, MissingFact, Part, due::Surely, waiting::AskedFor};
use crate::model::schema::{Schema, Type};

/// `2015-02-28`, `2015-02-28 or later`.
pub fn day(due: &Due) -> String {
    match due.surely {
        Surely::OnTheDay => due.last_day.to_string(),
        Surely::OrLater => format!("{} or later", due.last_day),
    }
}

/// `by group, to city, for annual_2015, 2015, 1 of 2`.
pub fn whose(due: &Due) -> String {
    let parts = [
        due.whom.as_ref().map(|whom| format!("by {whom}")),
        due.owed_to.as_ref().map(|to| format!("to {to}")),
        due.subject.as_ref().map(|subject| format!("for {subject}")),
        due.period.clone(),
        due.progress.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// `once`, `12 times`.
pub fn times(due: &DueDay) -> String {
    match due.count {
        1 => "once".to_string(),
        many => format!("{many} times"),
    }
}

pub fn role(role: Option<&str>, asked: AskedFor) -> String {
    let role = role.unwrap_or("someone not named");
    match asked {
        AskedFor::Judgement => role.to_string(),
        AskedFor::Attestation => format!("{role} (attestation)"),
    }
}

/// So many instances are listed before they are counted.
const LISTED: usize = 6;

/// `2010, 2011, 2012 and 9 more`.
pub fn instances(matter: &Matter) -> String {
    let few: Vec<&str> = matter.instances.iter().take(LISTED).map(String::as_str).collect();
    match matter.instances.len().saturating_sub(LISTED).saturating_add(matter.more) {
        0 => few.join(", "),
        more => format!("{} and {more} more", few.join(", ")),
    }
}

/// `decides 4`, `decides 4, touches 6`, `touches 6`.
pub fn decides(fact: &MissingFact) -> String {
    match (fact.decides, fact.touches) {
        (0, touches) => format!("touches {touches}"),
        (decides, touches) if decides == touches => format!("decides {decides}"),
        (decides, touches) => format!("decides {decides}, touches {touches}"),
    }
}

/// So many clauses are listed before they are counted.
const CLAUSES: usize = 4;

pub fn clauses(all: &[String]) -> String {
    let few: Vec<&str> = all.iter().take(CLAUSES).map(String::as_str).collect();
    match all.len().saturating_sub(CLAUSES) {
        0 => few.join(", "),
        more => format!("{} and {more} more", few.join(", ")),
    }
}

/// So many parts of a cost are listed before they are counted.
const PARTS: usize = 20;

/// The first of very many parts, and how many more there are.
pub fn few_parts(all: &[Part]) -> String {
    few_of(all.len(), |few| all.get(..few).unwrap_or(all).to_vec())
}

/// The same of so many parts, of which the first are made when they are needed.
pub fn few_of(there: usize, first: impl FnOnce(usize) -> Vec<Part>) -> String {
    let few = parts(&first(there.min(PARTS)));
    match there.saturating_sub(PARTS) {
        0 => few,
        more => format!("{few} and {more} more"),
    }
}

/// `famna SEK 212.77, forum SEK 212.76 (billed SEK 200)`.
pub fn parts(parts: &[Part]) -> String {
    let words = |part: &Part| match &part.billed {
        Some(billed) if *billed != part.amount => format!("{} {} (billed {billed})", part.who, part.amount),
        Some(_) | None => format!("{} {}", part.who, part.amount),
    };
    parts.iter().map(words).collect::<Vec<_>>().join(", ")
}

/// What a field of a type takes: `a date, such as 2015-02-01`.
pub fn kind_of_value(schema: &Schema, ty: &Type) -> String {
    match ty {
        Type::Text => "words".to_string(),
        Type::YesNo => "yes or no".to_string(),
        Type::Number => "a number".to_string(),
        Type::Money => match schema.currency {
            Some(currency) => format!("an amount, in {currency} unless it says otherwise"),
            None => "an amount with its currency".to_string(),
        },
        Type::Date => "a date, such as 2015-02-01".to_string(),
        Type::Time => "a time of day, such as 18:00".to_string(),
        Type::OneOf(options) => format!("one of {}", options.join(", ")),
        Type::Ref(record) => {
            format!("the id of a record of {}", schema.record(*record).map_or("", |record| &record.name))
        }
        Type::SetOf(item) => format!("a list; of each {}", kind_of_value(schema, item)),
    }
}
