//! The catalogue of clause kinds: which there are, which lines each takes, and what each asks of the world.
//! A kind is one file and one line in [`KINDS`]; nothing else knows a kind by its name.

mod act;
mod aim;
mod composition;
mod consistency;
mod contradictions;
mod cost;
mod deadline;
mod decision;
mod duty;
pub mod evidence;
mod fit;
mod form;
mod judgement;
mod kind;
mod later_rows;
mod membership;
mod never;
mod numbering;
mod permission;
mod plain_days;
mod possible;
mod prohibition;
mod readings;
mod recital;
mod reference;
mod review;
mod silent;
pub mod slot;
mod term;
mod unseen_rows;
mod year_assumed;

use crate::diagnostics::Sink;
use crate::model::Agreement;
use crate::model::clause::{Clause, Wording};
pub use consistency::consistency;
pub use form::formalities;
pub use kind::{Demand, Kind, Need, OfRecord, Reading, SlotRule};
pub use numbering::{Numbered, Worded, numbered};
pub use reference::reference;

/// Every kind of clause, one a line, sorted.
pub const KINDS: &[&Kind] = &[
    &aim::KIND,
    &composition::KIND,
    &cost::KIND,
    &deadline::KIND,
    &decision::KIND,
    &duty::KIND,
    &judgement::KIND,
    &membership::KIND,
    &permission::KIND,
    &prohibition::KIND,
    &recital::KIND,
    &review::KIND,
    &silent::KIND,
    &term::KIND,
];

/// The declarations that the examples of the kinds use: with them, all examples are one sound agreement.
pub const VOCABULARY: &str = include_str!("examples/vocabulary.overens");

/// The kind of that name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// What is wrong with the clauses of an agreement: lines that are missing or do not belong, readings that differ where
/// they must not, and clauses that cannot stand to each other as they say.
pub fn inspect(agreement: &Agreement, problems: &mut Sink) {
    for clause in &agreement.clauses {
        let Some(kind) = find(clause.kind) else { continue };
        for wording in &clause.wordings {
            // A line that could not be read is missing for that reason alone: one cause, one finding.
            if problems.has_error_in(wording.span) {
                continue;
            }
            inspect_wording(agreement, clause, wording, kind, problems);
        }
    }
    consistency(agreement, problems);
    contradictions::contradictions(agreement, problems);
    possible::possible(agreement, problems);
    never::never(agreement, problems);
    later_rows::later_rows(agreement, problems);
    unseen_rows::unseen_rows(agreement, problems);
}

fn inspect_wording(agreement: &Agreement, clause: &Clause, wording: &Wording, kind: &Kind, problems: &mut Sink) {
    readings::may_differ(kind, clause, wording, problems);
    let readings = readings_of(clause, wording);
    year_assumed::check(&readings, problems);
    for reading in readings {
        fit::check(kind, &reading, problems);
        form::check(agreement, &reading, problems);
        evidence::inspect(agreement, wording, &reading, problems);
        (kind.check)(&reading, problems);
    }
    for requirement in &wording.requirements {
        fit::check_requirement(requirement, problems);
    }
}

/// The readings of a wording: its own words when it has none to choose between.
pub fn readings_of<'a>(clause: &'a Clause, wording: &'a Wording) -> Vec<Reading<'a>> {
    let reading = |name, lines| Reading { clause: &clause.name, wording, name, lines };
    if wording.readings.is_empty() {
        return vec![reading(None, &wording.common)];
    }
    wording.readings.iter().map(|(name, lines)| reading(Some(name.it.as_str()), lines)).collect()
}
