//! The amendments of an agreement as a report lists them: from when on each holds, and whether it is adopted.

use super::names::Names;
use crate::model::amendment::{Adopted, Amendment};
use crate::source::Span;
use crate::value::Day;
use crate::verdict::{Adoption, Verdicts};

/// One amendment, and what is known of it.
#[derive(Clone, Debug)]
pub struct Amended {
    /// What it is called.
    pub name: String,
    /// Where it stands in the agreement: `§ 4.3`.
    pub place: Option<String>,
    /// What it is about, in words.
    pub title: Option<String>,
    /// The first day of the new wording.
    pub effective: Day,
    /// Whether it is adopted.
    pub status: Status,
    /// The words of the policy that speak of it.
    pub policy: Span,
}

/// Whether it is adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is.
    Adopted,
    /// It is not.
    NotAdopted,
    /// Nothing says that anybody has adopted it.
    Proposed,
    /// Facts are missing.
    NotKnown,
    /// A person has to say.
    ForAPerson,
    /// Adopted beside a rival of it.
    Conflict,
    /// Taken to be so by who asked.
    SupposedAdopted,
    /// It is supposed not to be.
    SupposedNotAdopted,
}

impl Status {
    /// The word for it.
    pub fn words(self) -> &'static str {
        match self {
            Status::Adopted => "adopted",
            Status::NotAdopted => "not adopted",
            Status::Proposed => "proposed",
            Status::NotKnown => "not known whether it is adopted",
            Status::ForAPerson => "for a person to say whether it is adopted",
            Status::Conflict => "adopted, and so is a rival of it",
            Status::SupposedAdopted => "taken to be adopted",
            Status::SupposedNotAdopted => "taken not to be adopted",
        }
    }
}

pub(super) fn amended(names: &Names, verdicts: &Verdicts) -> Vec<Amended> {
    let all = names.plan.amendments.iter().zip(&verdicts.adoptions);
    let one = |(amendment, adoption): (&Amendment, &Adoption)| Amended {
        name: amendment.name.clone(),
        place: amendment.place.as_ref().map(|place| place.words.clone()),
        title: amendment.title.clone(),
        effective: amendment.effective,
        status: status(&amendment.adopted, *adoption),
        policy: amendment.name_span,
    };
    all.map(one).collect()
}

fn status(adopted: &Adopted, adoption: Adoption) -> Status {
    match (adoption, adopted) {
        (Adoption::Adopted, Adopted::Supposed(_)) => Status::SupposedAdopted,
        (Adoption::NotAdopted, Adopted::Supposed(_)) => Status::SupposedNotAdopted,
        (Adoption::Adopted, _) => Status::Adopted,
        (Adoption::NotAdopted, Adopted::NotYet) => Status::Proposed,
        (Adoption::NotAdopted, _) => Status::NotAdopted,
        (Adoption::Unknown, _) => Status::NotKnown,
        (Adoption::ForAPerson, _) => Status::ForAPerson,
        (Adoption::Conflict, _) => Status::Conflict,
    }
}
