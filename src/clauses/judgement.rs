//! Judgements: words of the text that only a person can weigh.
//! Nothing is inferred from facts; they are laid before the one who judges.

use super::act;
use super::kind::{Demand, Kind, OfRecord, Reading, optional};
use super::slot::{self, ActForm};
use crate::diagnostics::{Sink, codes};
use crate::model::clause::Strength;
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "judgement",
    summary: "Words of the text that a person weighs, once or for each period. A recorded judgement settles it.",
    example: include_str!("examples/judgement.overens"),
    of: OfRecord::Refused,
    slots: &[
        optional(slot::SUBJECT),
        // Without a bearer the title says what is weighed.
        optional(slot::DOES),
        optional(slot::CYCLE),
        optional(slot::FIRST_PERIOD),
        optional(slot::LAST_PERIOD),
        optional(slot::WINDOW),
    ],
    also: &[
        slot::CONDITION,
        slot::EXCEPTION_TO,
        slot::OTHERWISE,
        slot::GIVES_WAY,
        slot::OWED_TO,
        slot::ADDRESSED,
        slot::MOVED,
        slot::AS_FAR_AS_POSSIBLE,
        slot::JUDGED_BY,
        slot::ATTESTED_BY,
        slot::LAY_BEFORE,
    ],
    strengths: &[Strength::Shall, Strength::Should, Strength::May, Strength::MustNot],
    acts: &[ActForm::Words, ActForm::Effort],
    check,
    demand,
};

fn check(reading: &Reading, problems: &mut Sink) {
    if reading.lines.act.is_some() || reading.wording.title.is_some() {
        return;
    }
    problems.push(
        codes::MISSING_LINE
            .at(reading.wording.name_span)
            .say(format!("`{}` does not say what to assess", reading.clause))
            .help("give it a title in quotes, or a line such as `board shall \"work openly\"`".to_owned()),
    );
}

/// A bearer's act, or else the title: a statement that nobody bears.
fn demand(reading: &Reading) -> Option<Demand> {
    if reading.lines.act.is_some() {
        return act::demand(reading);
    }
    let words = reading.wording.title.clone()?;
    Some(Demand { strength: Strength::Is, window: reading.window(), test: NormTest::ForPerson(words) })
}
