//! What is said of amendments: that a wording comes from one, that one is adopted or may be, and what hangs on it.

use super::came_out;
use crate::model::amendment::AmendmentId;
use crate::model::expr::ClauseId;
use crate::report::names::Names;
use crate::verdict::{Adoption, Called};

fn name<'a>(names: &Names<'a>, id: AmendmentId) -> &'a str {
    names.plan.amendment(id).map_or("", |amendment| &amendment.name)
}

pub fn amended(names: &Names, by: AmendmentId) -> String {
    let from = names.plan.amendment(by).map(|amendment| format!(", in force from {}", amendment.effective));
    format!("judged by the wording introduced by {}{}", name(names, by), from.unwrap_or_default())
}

pub fn ended(names: &Names, clause: ClauseId, by: AmendmentId) -> String {
    let from = names.plan.amendment(by).map(|amendment| format!(" from {}", amendment.effective));
    let ended = if names.plan.norms.iter().any(|norm| norm.clause == clause && norm.by == Some(by)) {
        "this wording is replaced"
    } else {
        "repealed"
    };
    format!("{ended} by {}{}", name(names, by), from.unwrap_or_default())
}

pub fn adoption(names: &Names, which: AmendmentId, adoption: Adoption) -> String {
    let this = name(names, which);
    match adoption {
        Adoption::Adopted => format!("{this} is adopted"),
        Adoption::NotAdopted => format!("{this} is not adopted"),
        Adoption::Unknown => format!("it is unknown whether {this} is adopted"),
        Adoption::ForAPerson => format!("whether {this} is adopted is for a person to judge"),
        Adoption::Conflict => {
            let rivals = names.plan.amendment(which).map_or(&[][..], |one| one.rivals.as_slice());
            let rivals: Vec<&str> = rivals.iter().map(|id| name(names, *id)).collect();
            format!("{this} is adopted, although at most one of it and {} may be", rivals.join(", "))
        }
    }
}

/// `if working_group is adopted: not applicable`.
pub fn way(names: &Names, adopted: &[AmendmentId], called: Called, days: Option<i32>) -> String {
    let came = came_out(called, days);
    let adopted: Vec<&str> = adopted.iter().map(|id| name(names, *id)).collect();
    match adopted.as_slice() {
        [] => format!("if none of them is adopted: {came}"),
        [one] => format!("if {one} is adopted: {came}"),
        several => format!("if {} are adopted: {came}", several.join(" and ")),
    }
}
