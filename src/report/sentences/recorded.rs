//! Recorded decisions in words: judgements, attestations and waivers, with who, when and why.

use crate::facts::recorded::Outcome;
use crate::facts::{Attestation, Judgement, Waiver};
use crate::report::names::{Names, Naming};

pub fn judgement(names: &Names, one: &Judgement) -> String {
    let outcome = match one.outcome {
        Outcome::Kept => "kept",
        Outcome::Late => "kept, but late",
        Outcome::Broken => "broken",
        Outcome::NotApplicable => "not applicable",
    };
    let said = format!("{} judged on {}: {outcome}", names.person(&one.by), one.on);
    with_reasons(names, said, one.reasons.as_deref())
}

pub fn attestation(names: &Names, one: &Attestation) -> String {
    let what = if one.holds { "that it is so" } else { "that it is not so" };
    let said = format!("{} attested on {} {what}", names.person(&one.by), one.on);
    with_reasons(names, said, one.reasons.as_deref())
}

pub fn waiver(names: &Names, one: &Waiver) -> String {
    let by = names.person(&one.by);
    let said = match one.until {
        None => format!("waived by {by} on {}", one.on),
        Some(until) => format!("extended through {until} by {by} on {}", one.on),
    };
    with_reasons(names, said, one.reasons.as_deref())
}

/// Reasons are free words, in which people are named.
fn with_reasons(names: &Names, said: String, reasons: Option<&str>) -> String {
    match (reasons, names.naming) {
        (Some(reasons), Naming::Real) => format!("{said} ({reasons})"),
        (Some(_), Naming::Pseudonyms) | (None, _) => said,
    }
}
