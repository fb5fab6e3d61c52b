//! Names for steps: the same step of the same clause has the same one, whatever the facts say and wherever its lines stand.

use crate::report::digest::Digest;
use crate::report::names::Names;
use crate::report::why::Step;
use crate::source::Span;
use crate::verdict::{Instance, Reason, Said};

/// What a step is, apart from what it came to.
pub fn key(names: &Names, reason: &Reason) -> String {
    let row = |record, row| format!("{} {}", names.record(record), names.row(record, row));
    match &reason.said {
        Said::Value(cell, _) => format!("value {}", names.cell(*cell)),
        Said::Evidence { record, row: at, .. } => format!("evidence {}", row(*record, *at)),
        Said::Belongs { record, row: at } => format!("row {}", row(*record, *at)),
        Said::Weight { who, .. } | Said::Share { who, .. } => format!("share {}", names.share_of(*who)),
        Said::OwnLimit { who, limits, .. } => format!("{limits:?} {}", names.share_of(*who)),
        Said::Instalment { at, .. } => format!("instalment {at}"),
        Said::Reading { name, .. } => format!("reading {name}"),
        said => {
            let kind = format!("{said:?}");
            kind.chars().take_while(|one| one.is_ascii_alphabetic()).collect()
        }
    }
}

/// Gives all steps their names, and says in the words of which clause they lie.
pub fn give(names: &Names, instance: &Instance, root: &mut Step) {
    let own = names.norm(instance).map(|norm| (norm.span, names.clause_name(norm.clause)));
    let above = own.map_or("", |(_, name)| name).to_string();
    // Reasons are no deeper than the policy's own nesting.
    let mut left: Vec<(String, &mut Step)> = vec![(above, root)];
    while let Some((above, step)) = left.pop() {
        let words = step.policy.map_or_else(String::new, |place| names.words(place));
        step.id = Digest::of([above.as_str(), step.key.as_str(), words.as_str()]).to_string();
        step.clause = step.policy.and_then(|place| clause_at(names, own, place));
        let mut taken: Vec<(String, String)> = Vec::new();
        for below in &mut step.steps {
            let words = below.policy.map_or_else(String::new, |place| names.words(place));
            let same = taken.iter().filter(|one| **one == (below.key.clone(), words.clone())).count();
            taken.push((below.key.clone(), words));
            // Of several that are alike, each after the first has its number.
            let above = if same == 0 { step.id.clone() } else { format!("{} {same}", step.id) };
            left.push((above, below));
        }
    }
}

fn clause_at(names: &Names, own: Option<(Span, &str)>, place: Span) -> Option<String> {
    if let Some((_, name)) = own.filter(|(span, _)| span.contains(place)) {
        return Some(name.to_string());
    }
    let norm = names.plan.norms.iter().find(|norm| norm.span.contains(place))?;
    Some(names.clause_name(norm.clause).to_string())
}
