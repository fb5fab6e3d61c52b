//! A duty beside a ban of the same act: by the same bearer, for the same subjects, under the same conditions, at the same time. One
//! of them is broken whatever is done, unless one is an exception to the other.

use std::collections::{BTreeMap, BTreeSet};

use super::numbering::{Numbered, Worded, numbered};
use super::plain_days::plain_day;
use crate::diagnostics::{Sink, codes};
use crate::model::Agreement;
use crate::model::clause::{Act, Count, Limit, Lines, Strength};
use crate::model::expr::{CondKind, ExprKind};
use crate::model::meaning::{Called, Part, meaning_of};
use crate::value::Number;

/// What has to be the same in both; a ban on all acts of a kind bans some of them, too.
const SAME: [Part; 3] = [Part::Subjects, Part::Bearer, Part::Conditions];
/// What has to be the same as well, unless the ban holds always.
const TIMES: [Part; 2] = [Part::Cycle, Part::Window];

/// A wording with what its lines mean.
struct Said<'a> {
    clause: &'a Numbered<'a>,
    worded: Worded<'a>,
    meaning: BTreeMap<Part, Vec<String>>,
    /// Whether another clause is an exception to it, and so may let some acts be done.
    excepted: bool,
}

/// Finds duties beside bans of the same act.
pub fn contradictions(agreement: &Agreement, problems: &mut Sink) {
    let called = Called::new(agreement);
    let clauses = numbered(agreement);
    let mut bans: BTreeMap<Vec<Option<Vec<String>>>, Vec<Said>> = BTreeMap::new();
    let mut duties = Vec::new();
    let exceptions = clauses.iter().flat_map(Numbered::wordings);
    let excepted: BTreeSet<usize> = exceptions
        .filter_map(|worded| worded.lines().exception_to.as_ref().map(|clause| usize::from(clause.it.0)))
        .collect();
    for (at, clause) in clauses.iter().enumerate() {
        for worded in clause.wordings() {
            let lines = worded.lines();
            let (Some(strength), Some(_), Some(_)) = (&lines.strength, &lines.bearer, &lines.act) else { continue };
            let said =
                || Said { clause, worded, meaning: meaning_of(lines, &called), excepted: excepted.contains(&at) };
            match strength.it {
                Strength::MustNot => {
                    let said = said();
                    bans.entry(said.parts(&SAME)).or_default().push(said);
                }
                Strength::Shall | Strength::Should if asks_for_some(lines) => duties.push(said()),
                Strength::Shall | Strength::Should => {}
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
                    .say(format!("`{own}` requires what `{other}` prohibits, for the same bearer and at the same time"))
                    .also(ban.worded.name_span(), "the prohibition")
                    .help(format!("say when each applies, or write `exception to {other}` in `{own}`")),
            );
        }
    }
}

impl Said<'_> {
    fn parts(&self, parts: &[Part]) -> Vec<Option<Vec<String>>> {
        parts.iter().map(|part| self.meaning.get(part).cloned()).collect()
    }

    /// Whether a ban speaks of the same act, or of all acts of its kind.
    fn acts_as(&self, ban: &Said) -> bool {
        let act = |said: &Said| said.meaning.get(&Part::Act).cloned();
        let of = |said: &Said| said.worded.lines().act.as_ref().map(|act| act.it.clone());
        match (of(self), of(ban)) {
            (Some(Act::Event { events, verb }), Some(Act::Event { events: banned, verb: how })) => {
                let all = matches!(banned.filter.kind, CondKind::Always) && !ban.excepted;
                act(self) == act(ban) || ((events.record, verb) == (banned.record, how) && all)
            }
            _ => act(self) == act(ban),
        }
    }

    /// Whether the days of a duty, as they stand in the policy, lie all in those of a ban.
    fn lies_within(&self, ban: &Said) -> bool {
        let days = |said: &Said| {
            let lines = said.worded.lines();
            let window = lines.window.as_ref().filter(|_| lines.cycle.is_none())?;
            Some((plain_day(window.it.first.as_ref()?)?, plain_day(&window.it.last)?))
        };
        let Some((first, last)) = days(ban) else { return false };
        days(self).is_some_and(|(from, through)| first <= from && through <= last)
    }

    /// Whether a ban of the same act holds at the same time, and neither knows of the other.
    fn meets(&self, ban: &Said) -> bool {
        let times = ban.parts(&TIMES);
        let at_the_same_time =
            times.iter().all(Option::is_none) || times == self.parts(&TIMES) || self.lies_within(ban);
        let in_force = !self.worded.force().intersect(ban.worded.force()).is_empty();
        self.acts_as(ban)
            && at_the_same_time
            && in_force
            && !knows_of_others(self.worded.lines())
            && !knows_of_others(ban.worded.lines())
    }
}

/// Whether something has to be done: of a greatest number nothing has.
fn asks_for_some(lines: &Lines) -> bool {
    let Some(Count::Times { limit, times }) = lines.count.as_ref().map(|count| &count.it) else { return true };
    match limit {
        Limit::AtMost | Limit::LessThan => false,
        Limit::AtLeast | Limit::Exactly => !matches!(&times.kind, ExprKind::Number(number) if *number <= Number::ZERO),
        Limit::MoreThan => true,
    }
}

fn knows_of_others(lines: &Lines) -> bool {
    lines.exception_to.is_some() || lines.gives_way_to.is_some()
}
