//! Silences: marked gaps, where the text says nothing.
//! What reaches one needs a person's judgement; nothing is inferred.

use super::kind::{Demand, Kind, OfRecord, Reading, optional};
use super::slot;
use crate::diagnostics::{Sink, codes};
use crate::model::clause::Strength;
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "silent",
    summary: "A gap in the text, named in its title. Whatever falls into it needs judgement.",
    example: include_str!("examples/silent.overens"),
    of: OfRecord::Refused,
    slots: &[optional(slot::SUBJECT)],
    also: &[slot::CONDITION, slot::GIVES_WAY, slot::JUDGED_BY, slot::LAY_BEFORE],
    strengths: &[],
    acts: &[],
    check,
    demand,
};

fn demand(reading: &Reading) -> Option<Demand> {
    let test = NormTest::ForPerson(reading.wording.title.clone()?);
    Some(Demand { strength: Strength::Is, window: reading.window(), test })
}

fn check(reading: &Reading, problems: &mut Sink) {
    if reading.wording.title.is_none() {
        problems.push(
            codes::MISSING_LINE
                .at(reading.wording.name_span.after())
                .say(format!("`{}` does not say what the text leaves open", reading.clause))
                .help(format!("write it after the name: `silent {} \"who chairs the meeting\"`", reading.clause)),
        );
    }
}
