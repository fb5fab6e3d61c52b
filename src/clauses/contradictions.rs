//! A duty beside a ban of the same act: by the same bearer, for the same subjects, under the same conditions, at the same time. One
//! of them is broken whatever is done, unless one is an exception to the other.

use std::collections::BTreeMap;

use super::numbering::{Numbered, Worded, numbered};
use crate::diagnostics::{Sink, codes};
use crate::model::Agreement;
use crate::model::clause::{Lines, Strength};
use crate::model::meaning::{Called, Part, meaning_of};

/// What has to be the same in both.
const SAME: [Part; 4] = [Part::Subjects, Part::Bearer, Part::Act, Part::Conditions];
/// What has to be the same as well, unless the ban holds always.
const TIMES: [Part; 2] = [Part::Cycle, Part::Window];

/// A wording with what its lines mean.
struct Said<'a> {
    clause: &'a Numbered<'a>,
    worded: Worded<'a>,
    meaning: BTreeMap<Part, Vec<String>>,
}

/// Finds duties beside bans of the same act.
pub fn contradictions(agreement: &Agreement, problems: &mut Sink) {
    let called = Called::new(agreement);
    let clauses = numbered(agreement);
    let mut bans: BTreeMap<Vec<Option<Vec<String>>>, Vec<Said>> = BTreeMap::new();
    let mut duties = Vec::new();
    for clause in &clauses {
        for worded in clause.wordings() {
            let lines = worded.lines();
            let (Some(strength), Some(_), Some(_)) = (&lines.strength, &lines.bearer, &lines.act) else { continue };
            let said = || Said { clause, worded, meaning: meaning_of(lines, &called) };
            match strength.it {
                Strength::MustNot => {
                    let said = said();
                    bans.entry(said.parts(&SAME)).or_default().push(said);
                }
                Strength::Shall | Strength::Should => duties.push(said()),
                Strength::May | Strength::Aims | Strength::Is | Strength::Decision => {}
            }
        }
    }
    for duty in &duties {
        for ban in bans.get(&duty.parts(&SAME)).into_iter().flatten().filter(|ban| duty.meets(ban)) {
            let (own, other) = (duty.clause.name(), ban.clause.name());
            problems.push(
                codes::CONTRADICTS
                    .at(duty.worded.name_span())
                    .say(format!("`{own}` asks for what `{other}` bans, of the same bearer and at the same time"))
                    .also(ban.worded.name_span(), "the ban")
                    .help(format!("say when each holds, or write `exception to {other}` in `{own}`")),
            );
        }
    }
}

impl Said<'_> {
    fn parts(&self, parts: &[Part]) -> Vec<Option<Vec<String>>> {
        parts.iter().map(|part| self.meaning.get(part).cloned()).collect()
    }

    /// Whether a ban of the same act holds at the same time, and neither knows of the other.
    fn meets(&self, ban: &Said) -> bool {
        let times = ban.parts(&TIMES);
        let at_the_same_time = times.iter().all(Option::is_none) || times == self.parts(&TIMES);
        let in_force = !self.worded.force().intersect(ban.worded.force()).is_empty();
        at_the_same_time && in_force && !knows_of_others(self.worded.lines()) && !knows_of_others(ban.worded.lines())
    }
}

fn knows_of_others(lines: &Lines) -> bool {
    lines.exception_to.is_some() || lines.gives_way_to.is_some()
}
