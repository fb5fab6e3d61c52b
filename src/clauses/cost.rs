//! Costs: who bears an amount, and in which shares.
//! Shares are worked out exactly; what was billed can be held against them.

use super::kind::{Demand, Kind, OfRecord, Reading, needed, optional};
use super::slot;
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::clause::{Sharing, SharingKey, SharingWay, Strength};
use crate::plan::NormTest;
use crate::source::{Span, Spanned};
use crate::value::Number;

pub const KIND: Kind = Kind {
    name: "cost",
    summary: "Who bears an amount: one, several by a key, or those whom a separate decision names.",
    of: OfRecord::Refused,
    slots: &[optional(slot::SUBJECT), needed(slot::SHARING), optional(slot::BILLED)],
    also: &[
        slot::CONDITION,
        slot::EXCEPTION_TO,
        slot::OTHERWISE,
        slot::GIVES_WAY,
        slot::OWED_TO,
        slot::JUDGED_BY,
        slot::ATTESTED_BY,
        slot::LAY_BEFORE,
    ],
    strengths: &[],
    acts: &[],
    check,
    demand,
};

fn demand(reading: &Reading) -> Option<Demand> {
    let lines = reading.lines;
    let sharing = Box::new(lines.sharing.as_ref()?.it.clone());
    let billed = lines.billed.as_ref().map(|billed| Box::new(billed.it.clone()));
    let test = NormTest::Shared { sharing, billed };
    Some(Demand { strength: Strength::Shall, window: reading.window(), test })
}

/// A cost is borne in full, no more and no less, and by somebody.
fn check(reading: &Reading, problems: &mut Sink) {
    let Some(sharing) = &reading.lines.sharing else { return };
    let SharingWay::Shared(shared) = &sharing.it.way else { return };
    portions_are_whole(&shared.key, sharing.span, problems);
    if shared.among.is_none() && !names_its_parties(&shared.key) {
        problems.push(among_whom(reading, sharing));
    }
}

fn among_whom(reading: &Reading, sharing: &Spanned<Sharing>) -> Diagnostic {
    codes::MISSING_LINE
        .at(sharing.span)
        .say(format!("`{}` does not say among whom the amount is shared", reading.clause))
        .help("name them, such as `amount is shared equally among member`".to_owned())
}

/// Whether the key itself says who pays, in every part of it.
fn names_its_parties(key: &SharingKey) -> bool {
    match key {
        SharingKey::InParts(_) => true,
        SharingKey::Equally | SharingKey::InProportionTo(_) => false,
        SharingKey::Mixed(parts) => parts.iter().all(|(_, part)| names_its_parties(part)),
    }
}

fn portions_are_whole(key: &SharingKey, span: Span, problems: &mut Sink) {
    let (portions, inner): (Vec<&Number>, &[(Number, SharingKey)]) = match key {
        SharingKey::Equally | SharingKey::InProportionTo(_) => return,
        SharingKey::InParts(parts) => (parts.iter().map(|(portion, _)| portion).collect(), &[]),
        SharingKey::Mixed(parts) => (parts.iter().map(|(portion, _)| portion).collect(), parts),
    };
    let sum = portions.iter().fold(Number::ZERO, |sum, portion| sum.plus(portion));
    if sum != Number::ONE {
        let per_cent = sum.times(&Number::count(100));
        problems.push(
            codes::PARTS_NOT_WHOLE
                .at(span)
                .say(format!("the parts of the amount add up to {per_cent} %, not to 100 %"))
                .help("let the parts add up to the whole; what nobody bears stands as a part of its own".to_owned()),
        );
    }
    for (_, part) in inner {
        portions_are_whole(part, span, problems);
    }
}
