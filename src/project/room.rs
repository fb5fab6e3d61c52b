//! Whether facts are within the limits.

use super::limits::{Limit, Limits};
use super::refusal::Refusal;
use crate::facts::Facts;
use crate::load::many;
use crate::load::{self, node::Node};
use crate::source::Sources;

/// Refuses more records than may be held. Whoever judges facts asks this first.
pub fn small_enough(limits: &Limits, facts: &Facts, roots: &[(Node, String)]) -> Result<(), Refusal> {
    // The first is the agreement itself.
    let rows = facts.tables.iter().skip(1).map(|table| table.rows as usize).sum();
    let names: Vec<&str> = roots.iter().map(|(_, name)| name.as_str()).collect();
    let of = match names.as_slice() {
        [] => "the facts".to_string(),
        [one] => one.to_string(),
        [first, others @ ..] => format!("{first} and {} more", many(others.len(), "file")),
    };
    limits.allow(Limit::Records, rows, of)
}

/// Refuses a table with a cell that is longer than it may be.
pub fn short_cells(limits: &Limits, facts: &Facts, roots: &[(Node, String)], sources: &Sources) -> Result<(), Refusal> {
    let Some((longest, file)) = load::longest_cell(roots, facts, limits.count(Limit::CellBytes)) else { return Ok(()) };
    let name = sources.get(file).map_or("", |source| source.name.as_str());
    limits.allow(Limit::CellBytes, longest, name)
}
