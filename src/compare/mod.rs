//! Compare: two wordings of an agreement, or one wording over two sets of facts: what differs, what comes of it, and by
//! which of the differences. Causes are found by judging mixtures of both sides, never by guessing from texts.

mod act;
mod amended;
mod causes;
pub mod change;
mod clauses;
mod comparison;
mod declarations;
mod edit;
mod facts;
mod header;
mod lines;
mod money;
mod order;
mod participants;
mod proposals;
mod rules;
mod side;
mod supposed;
mod trial;

pub use crate::report::entry::Difference;
pub use causes::{Group, How, causes, differences};
pub use change::{Change, Reworded, Role};
pub use comparison::{Comparison, Flips, Judged, Kind, Told, Version, compare, compare_wordings, told};
pub use facts::Roots;
pub use money::{MoneyMoved, Party, money};
pub use participants::{Flip, Moved, Participant};
pub use proposals::{On, Proposal};
pub use rules::Rules;
pub use side::{Filed, Side, bind, check_recorded};
pub use supposed::Supposed;
pub use trial::{Look, Outcomes};

use crate::source::Sources;
use crate::verdict::Cut;
use change::{Said, What};
use clauses::Found;
use edit::Edit;
use rules::Texts;

/// What differs between two wordings.
#[derive(Clone, Debug, Default)]
pub struct Wordings {
    /// What may change a verdict, in the order of the text.
    pub changes: Vec<Change>,
    /// What reads differently and means the same.
    pub reworded: Vec<Reworded>,
}

/// How two wordings of an agreement differ.
pub fn wordings(sources: &Sources, old: &Rules, new: &Rules) -> Wordings {
    let texts = Texts::new(sources, [old, new]);
    let mut found = Found::default();
    header::header(&texts, old, new, &mut found);
    declarations::declarations(&texts, old, new, &mut found);
    clauses::clauses(&texts, old, new, &mut found);
    amended::amended(&texts, old, new, &mut found);
    Wordings { changes: found.changes, reworded: found.reworded }
}

/// All changes from one side to the other: of the wording, of the facts, and of the day as of which is judged.
pub fn changes(sources: &Sources, old: Side, new: Side) -> Vec<Change> {
    let mut found = wordings(sources, old.rules, new.rules).changes;
    found.extend(fact_changes(sources, old, new));
    found
}

/// The changes of the facts and of the day.
pub fn fact_changes(sources: &Sources, old: Side, new: Side) -> Vec<Change> {
    let schemas = (&old.rules.agreement.schema, &new.rules.agreement.schema);
    let mut found = match old.filed.roots == new.filed.roots {
        true => Vec::new(),
        false => facts::facts(sources, (&old.filed.roots, schemas.0), (&new.filed.roots, schemas.1)),
    };
    if old.filed.as_of != new.filed.as_of {
        let said = |side: Side| {
            let span = side.filed.roots.first().map_or(side.rules.agreement.span, |(root, _)| root.span);
            Some(Said { words: side.filed.as_of.to_string(), span })
        };
        let (old, new) = (said(old), said(new));
        found.push(Change { what: What::AsOf, old, new, edit: Edit::AsOf, role: Role::Cause });
    }
    found
}

/// What comes out on one side, unless a limit is reached.
pub fn outcomes(side: Side, sources: &Sources, look: Look) -> Result<Outcomes, Cut> {
    trial::outcomes(side, sources, look)
}

/// What comes out of the old side when some of the changes are made to it, by their numbers; nothing when that makes no
/// agreement. With all of them, it is what comes out of the new side.
pub fn tried(
    sides: (Side, Side),
    changes: &[Change],
    chosen: &[usize],
    (sources, look): (&Sources, Look),
) -> Option<Outcomes> {
    let (old, new) = sides;
    let clauses = [old, new].into_iter().flat_map(|side| &side.rules.plan.clauses);
    let wanted = clauses.map(|clause| clause.name.clone()).collect();
    let mut trials = trial::Trials::new(sides, changes, (sources, look), wanted);
    let found = trials.with(&chosen.iter().copied().collect())?;
    Some((*found).clone())
}
