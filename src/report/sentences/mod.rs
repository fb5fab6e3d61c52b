//! What a report says in words, the same in every view: one sentence for a verdict, one for each step that leads to it.
//! The words are about the agreement and what has happened, never about how it was worked out.

mod amendments;
mod amounts;
mod deciding;
mod detail;
mod missing;
mod recorded;
pub mod step;
pub mod walk;

pub use amounts::progress_of;
pub use deciding::{is_condition, with_figures};
pub use detail::{detail, walk as walk_reasons};
pub use missing::{missing, missing_of, needed, span};
pub use recorded::{attestation, judgement, waiver};
pub use step::{falls_on, step};

use super::names::Names;
use crate::facts::Cell;
use crate::model::schema::RecordId;
use crate::plan::{Norm, NormTest};
use crate::value::Day;
use crate::verdict::{Called, Instance, LastDay};

/// `1 day`, `37 days`.
pub fn days(count: i32) -> String {
    match count {
        1 => "1 day".to_string(),
        many => format!("{many} days"),
    }
}

/// `through 2015-12-31`; nothing when there is no last day to tell.
pub fn through(last: LastDay) -> Option<String> {
    match last {
        LastDay::On(day) => Some(format!("through {day}")),
        LastDay::Within(first, Day::MAX) => Some(format!("through {first} or later")),
        LastDay::Within(first, last) => Some(format!("through a date between {first} and {last}")),
        LastDay::NotYet => Some("no last day yet".to_string()),
        LastDay::Unknown => Some("the last day is unknown".to_string()),
        LastDay::None => None,
    }
}

/// What a record does on its day: `held` for the field `held_on`, `summons sent` for `summons_sent_on`.
fn doing(field: &str) -> String {
    field.strip_suffix("_on").unwrap_or(field).replace('_', " ")
}

/// The same for the records of a kind.
fn doing_of(names: &Names, record: RecordId) -> String {
    let kind = names.plan.schema.record(record);
    let field = kind.and_then(|kind| kind.day_field().and_then(|field| kind.fields.get(usize::from(field.0))));
    field.map_or_else(|| names.record(record).to_string(), |field| doing(&field.name))
}

/// What was done to something, where the word does not end as most of them do.
const DONE: [&str; 38] = [
    "begun", "bought", "brought", "built", "cast", "chosen", "come", "done", "drawn", "found", "given", "gone",
    "heard", "held", "kept", "known", "laid", "left", "let", "lost", "made", "met", "paid", "put", "read", "said",
    "seen", "sent", "set", "shown", "sold", "spent", "taken", "taught", "told", "won", "written", "broken",
];

/// `summons not sent`, `not held`; of what only names a thing, `no annual report`.
fn not_doing(doing: &str) -> String {
    let (what, last) = doing.rsplit_once(' ').unwrap_or(("", doing));
    let is_done = last.ends_with("ed") || DONE.contains(&last);
    match (is_done, what.is_empty()) {
        (true, true) => format!("not {last}"),
        (true, false) => format!("{what} not {last}"),
        (false, _) => format!("no {doing}"),
    }
}

/// The one day of its subject that a norm looks at: what was done on it, and when, if it has come.
struct Dated {
    doing: String,
    day: Option<String>,
}

fn dated(names: &Names, instance: &Instance) -> Option<Dated> {
    let norm = names.norm(instance)?;
    let field = norm.bodies.iter().find_map(|body| match &body.test {
        NormTest::Dated(field) => Some(field),
        _ => None,
    })?;
    let name = names.plan.schema.field(field.record, field.field)?;
    let day = names.subject_cell(instance, field).and_then(|id| match names.facts.cell(id) {
        Cell::Day(_) | Cell::Within(..) => Some(names.value(id)),
        _ => None,
    });
    Some(Dated { doing: doing(&name.name), day })
}

/// Whether a norm bans or limits, so that it is broken by what happens and not by what does not.
fn bans(norm: &Norm) -> bool {
    norm.bodies.iter().any(|body| matches!(body.test, NormTest::Never(_)))
}

/// `late, 42 days`: how a reading comes out.
fn came_out(called: Called, late: Option<i32>) -> String {
    match (called, late) {
        (Called::Late, Some(count)) => format!("late, {}", days(count)),
        (_, _) => called.words().to_string(),
    }
}
