//! What readings of a sentence may differ in: what is asked for and by when.
//! For whom, for what and how often must be the same, or their answers could not be laid side by side.

use super::kind::Kind;
use super::slot::{self, Reach};
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::clause::{Bearer, Clause, Wording};
use crate::model::expr::{Collection, CondKind};
use crate::source::Span;

/// Findings for lines that differ between readings and must not.
pub fn may_differ(kind: &Kind, clause: &Clause, wording: &Wording, problems: &mut Sink) {
    let Some(((_, first), others)) = wording.readings.split_first() else { return };
    for (_, lines) in &wording.readings {
        for slot in slot::ALL.iter().filter(|slot| slot.reach == Reach::Clause && kind.takes(slot)) {
            let place = (slot.at)(lines);
            if let Some(place) = place
                && Some(place) != (slot.at)(&wording.common)
            {
                problems.push(differs(place, &clause.name, &format!("the line `{}`", slot.name)));
            }
        }
    }
    for (_, lines) in others {
        if let (Some(one), Some(other)) = (&first.strength, &lines.strength)
            && one.it != other.it
        {
            problems.push(
                differs(other.span, &clause.name, "the modal, such as `shall`,").also(one.span, "it differs here"),
            );
        }
        if let (Some(one), Some(other)) = (&first.bearer, &lines.bearer)
            && one.span != other.span
            && !is_same(&one.it, &other.it)
        {
            problems.push(differs(other.span, &clause.name, "the bearer").also(one.span, "it differs here"));
        }
    }
}

fn differs(place: Span, name: &str, what: &str) -> Diagnostic {
    codes::READINGS_DIFFER
        .at(place)
        .say(format!("{what} must be the same in all readings of `{name}`"))
        .help("move it before the first `reading`, or split the clause in two".to_owned())
}

/// Whether two bearers are surely the same. Filtered ones are not told apart: they count as different.
fn is_same(one: &Bearer, other: &Bearer) -> bool {
    match (one, other) {
        (Bearer::Actor(one), Bearer::Actor(other)) => one == other,
        (Bearer::Together(one), Bearer::Together(other)) | (Bearer::EachOf(one), Bearer::EachOf(other)) => one == other,
        (Bearer::Each(one), Bearer::Each(other)) => {
            one.record == other.record && one.members_of == other.members_of && is_whole(one) && is_whole(other)
        }
        (Bearer::Field(one), Bearer::Field(other)) => one.record == other.record && one.field == other.field,
        (Bearer::Actor(_) | Bearer::Together(_) | Bearer::EachOf(_) | Bearer::Each(_) | Bearer::Field(_), _) => false,
    }
}

fn is_whole(rows: &Collection) -> bool {
    matches!(rows.filter.kind, CondKind::Always)
}
