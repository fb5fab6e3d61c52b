//! What people have decided: judgements, attestations, waivers and extensions. They are facts like others, with a day
//! and a person, and settle verdicts from their day on.

use super::Row;
use crate::model::schema::{FieldId, RecordId};
use crate::source::Span;
use crate::value::Day;

/// What a person has decided about a clause, for a subject or period where they are named.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub clause: String,
    /// Id of the subject or of the bearer, when the clause has several instances.
    pub subject: Option<String>,
    /// Id or name of the bearer: with a subject, the decision is about this bearer of that subject alone.
    pub bearer: Option<String>,
    /// As the report prints it: `2014`, `2014-H1`.
    pub period: Option<String>,
    pub by: String,
    pub on: Day,
    /// When it was written down, if that is told.
    pub recorded_on: Option<Day>,
    pub reasons: Option<String>,
    pub place: Span,
}

impl Decision {
    /// Whether it names whom it is about.
    pub fn names_whom(&self) -> bool {
        self.subject.is_some() || self.bearer.is_some()
    }
}

/// A person has weighed a clause for a subject or period. A later one of the same clause, subject and period replaces
/// the earlier from its day.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    pub decision: Decision,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `kept`: satisfied.
    Kept,
    /// `late`: kept, after its time.
    Late,
    /// `broken`: violated (or not followed).
    Broken,
    /// `not applicable`.
    NotApplicable,
}

/// A role states a fact that nobody else can see.
#[derive(Clone, Debug, PartialEq)]
pub struct Attestation {
    pub decision: Decision,
    /// What is attested: that it is so, or that it is not.
    pub holds: bool,
}

/// A waiver, or with `until` an extension up to and including that day.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiver {
    pub decision: Decision,
    pub until: Option<Day>,
}

/// Somebody has said that something can no longer be learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct ForGood {
    pub lost: Lost,
    pub reason: String,
    pub by: String,
    pub on: Day,
    pub place: Span,
}

/// What can no longer be learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Whether all records of a kind are on file.
    List(RecordId),
    /// A field of one record, or of every record of its kind.
    Values(RecordId, Option<Row>, FieldId),
}
