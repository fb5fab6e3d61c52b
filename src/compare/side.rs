//! One side of a comparison: the wording of an agreement, and the facts that it is held against.
//! Facts may speak of what only the other side knows: a clause that is repealed, a field that is new.

use crate::diagnostics::Sink;
use crate::facts::Facts;
use crate::load::{self, Other, Others, Whose};
use crate::value::Day;

use super::facts::Roots;
use super::rules::Rules;

/// An agreement, and what is known.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub rules: &'a Rules,
    pub filed: &'a Filed,
}

/// Fact files, and what they say by the agreement of their side.
#[derive(Clone, Debug)]
pub struct Filed {
    pub roots: Roots,
    /// The agreements that share some of the files.
    pub others: Others,
    pub facts: Facts,
    pub as_of: Day,
}

/// Holds facts against an agreement. What only one of two agreements knows is none of the mistakes.
pub fn bind(rules: &Rules, roots: &Roots, others: &Others, beside: &[&Rules], problems: &mut Sink) -> Facts {
    let others = with(others, roots, beside);
    let whose = Whose { schema: &rules.agreement.schema, agreement: own_name(rules, beside), others: &others };
    load::bind(roots, &whose, problems)
}

/// Looks at judgements, attestations and waivers, as [`bind`] does at the rest.
pub fn check_recorded(rules: &Rules, filed: (&Roots, &Facts), others: &Others, beside: &[&Rules], problems: &mut Sink) {
    let others = with(others, filed.0, beside);
    load::check_recorded(&rules.plan, filed.1, &others, problems);
}

/// An agreement that is renamed has the facts of both names.
fn own_name<'a>(rules: &'a Rules, beside: &[&Rules]) -> Option<&'a str> {
    let own = rules.agreement.name.as_str();
    let all_same = beside.iter().all(|other| other.agreement.name == own);
    (all_same && !own.is_empty()).then_some(own)
}

fn with(others: &Others, roots: &Roots, beside: &[&Rules]) -> Others {
    let mut others = others.clone();
    for (at, rules) in beside.iter().enumerate() {
        let agreement = &rules.agreement;
        let other = Other { schema: agreement.schema.clone(), clauses: agreement.all_clause_names(), doubt: None };
        others = others.and(roots, &format!("{} (other wording {at})", rules.agreement.name), other);
    }
    others
}
