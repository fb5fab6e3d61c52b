//! Recorded decisions in words: judgements, attestations and waivers, with who, when and why.

use crate::facts::recorded::Outcome;
use crate::facts::{Attestation, Judgement, Waiver};
use crate::report::names::{Names, Naming};
use crate::source::Span;

pub fn judgement(names: &Names, one: &Judgement) -> String {
    let outcome = match one.outcome {
        Outcome::Kept => "kept",
        Outcome::Late => "kept late",
        Outcome::Broken => "broken",
        Outcome::NotApplicable => "not applicable",
    };
    let said = format!("{} judged on {}: {outcome}", names.person(&one.decision.by), one.decision.on);
    with_reasons(names, said, one.decision.reasons.as_deref())
}

pub fn attestation(names: &Names, one: &Attestation) -> String {
    let what = if one.holds { "that it holds" } else { "that it does not hold" };
    let said = format!("{} attested on {} {what}", names.person(&one.decision.by), one.decision.on);
    with_reasons(names, said, one.decision.reasons.as_deref())
}

pub fn waiver(names: &Names, one: &Waiver) -> String {
    let by = names.person(&one.decision.by);
    let said = match one.until {
        None => format!("waived by {by} on {}", one.decision.on),
        Some(until) => format!("extended through {until} by {by} on {}", one.decision.on),
    };
    with_reasons(names, said, one.decision.reasons.as_deref())
}

/// Recorded decisions by their places: `board judged on 2015-01-10: kept; board judged on 2015-01-10: broken`.
pub fn named(names: &Names, places: &[Span]) -> String {
    let judgements = names.facts.judgements.iter().map(|one| (one.decision.place, judgement(names, one)));
    let attestations = names.facts.attestations.iter().map(|one| (one.decision.place, attestation(names, one)));
    let all: Vec<(Span, String)> = judgements.chain(attestations).collect();
    let words = all.into_iter().filter(|(place, _)| places.contains(place)).map(|(_, words)| words);
    words.collect::<Vec<_>>().join("; ")
}

/// Reasons are free words, in which people are named.
fn with_reasons(names: &Names, said: String, reasons: Option<&str>) -> String {
    match (reasons, names.naming) {
        (Some(reasons), Naming::Real) => format!("{said} ({reasons})"),
        (Some(_), Naming::Pseudonyms) | (None, _) => said,
    }
}
