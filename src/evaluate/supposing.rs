//! What would become of a verdict if one fact were another, and at which days and amounts it may become something else: those that
//! are looked at on the way.

use std::collections::BTreeSet;

use crate::facts::{Cell, CellId, Change, Facts};
use crate::plan::Plan;
use crate::value::{Day, Number, Period};
use crate::verdict::{Instance, Status, Verdict};

use super::amendments::ways::judge_instance;
use super::instance::due::taken_with_what_is_due;
use super::instance::ruling::Ruling;
use super::instance::watched::verdicts_within;
use super::knowledge::known::Val;
use super::knowledge::watch::{MOST_SEEN, Watch};
use super::knowledge::world::World;
use super::new_judge::new_judge;
use super::norms::case::is_daily;
use super::trace::Silent;

/// One who tries other values for one verdict.
pub struct Supposing<'w> {
    plan: &'w Plan,
    facts: &'w Facts,
    as_of: Day,
    instance: Instance,
    watch: Watch,
}

/// Where a verdict may become another as a fact does.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    pub days: BTreeSet<Day>,
    pub numbers: BTreeSet<Number>,
    /// Days may be reckoned from the fact by these.
    pub periods: Vec<Period>,
    /// What is no whole multiple of one of these may come out differently from what is.
    pub units: BTreeSet<Number>,
    /// Whether that is all of it, rather than the part that has room.
    pub whole: bool,
}

impl<'w> Supposing<'w> {
    pub fn new(plan: &'w Plan, facts: &'w Facts, as_of: Day, instance: &Instance) -> Self {
        Supposing { plan, facts, as_of, instance: *instance, watch: Watch::default() }
    }

    /// The verdicts if some values were these: one, or on a span that is watched one for all of its days with one answer.
    pub fn verdicts_if(&self, changes: &[Change]) -> Vec<Verdict> {
        let world = World { changes, watch: Some(&self.watch), ..World::new(self.plan, self.facts, self.as_of) };
        let mut judge = new_judge(world, Silent);
        let instance = &self.instance;
        // With other days another wording may speak of it.
        let norm = self.plan.norm(instance.norm).filter(|norm| self.plan.norms_of(norm.clause).nth(1).is_some());
        let here = norm.map_or(Some(*instance), |norm| taken_with_what_is_due(&mut judge, norm, instance));
        if let (Some(here), Some((first, last))) = (here, instance.span)
            && let Some(norm) = self.plan.norm(here.norm).filter(|norm| first < last && is_daily(norm))
        {
            return verdicts_within(&mut judge, norm, &here, (first, last));
        }
        let ruling = here.map_or(Ruling::of(Status::NotApplicable), |here| judge_instance(&mut judge, &here));
        vec![ruling.verdict_on(*instance)]
    }

    /// The days that a value that is not given may be, as far as complete lists tell; `None`: it can be no day.
    pub fn days_of(&self, cell: CellId) -> Option<Vec<(Day, Day)>> {
        let day = match World::new(self.plan, self.facts, self.as_of).field(cell, self.as_of) {
            Val::Absent => return None,
            Val::Day(day) => day,
            _ => return Some(vec![(Day::MIN, Day::MAX)]),
        };
        let Some((from, through)) = day.outside else { return Some(vec![(day.first, day.last)]) };
        let before = (from > day.first).then(|| (day.first, from.preceding().min(day.last)));
        let after = (through < day.last).then(|| (through.following().max(day.first), day.last));
        Some([before, after].into_iter().flatten().collect())
    }

    /// How much was looked at for all that was tried so far.
    pub fn looks(&self) -> usize {
        self.watch.looks()
    }

    /// The days and amounts around which what was tried so far may come out differently.
    pub fn turns(&self, cell: CellId) -> Turns {
        let seen = self.watch.seen();
        let whole = seen.cells.len().max(seen.days.len()).max(seen.numbers.len()) < MOST_SEEN;
        let mut turns =
            Turns { days: seen.days, numbers: seen.numbers, periods: seen.periods, units: seen.units, whole };
        for other in seen.cells.into_iter().filter(|other| *other != cell) {
            turns.days.extend(
                self.facts
                    .column(other.record, other.field)
                    .into_iter()
                    .flat_map(|column| column.changes(other.row).iter().map(|day| Day(*day))),
            );
            turns.take(&self.facts.cell(other));
        }
        for span in self.facts.tables.iter().flat_map(|table| &table.complete) {
            turns.days.extend([span.from, span.through.following()]);
        }
        let facts = self.facts;
        let decided = facts.judgements.iter().map(|one| &one.decision);
        let decided = decided.chain(facts.attestations.iter().map(|one| &one.decision));
        let decided = decided.chain(facts.waivers.iter().map(|one| &one.decision));
        turns.days.extend(decided.flat_map(|one| [Some(one.on), one.recorded_on]).flatten());
        turns.days.extend(facts.waivers.iter().filter_map(|one| one.until));
        self.days_of_the_policy(&mut turns);
        turns
    }

    /// Wordings and values that take the place of others, and the period that is judged.
    fn days_of_the_policy(&self, turns: &mut Turns) {
        let plan = self.plan;
        let force = plan.norms.iter().flat_map(|norm| [norm.force.from, norm.force.until]);
        turns.days.extend(force.chain([plan.force.from, plan.force.until]));
        turns.days.extend(plan.norms.iter().flat_map(|norm| &norm.cuts).map(|cut| cut.on));
        turns.days.extend(plan.amendments.iter().flat_map(|one| [Some(one.effective), one.force_until]).flatten());
        turns.days.extend(plan.values.iter().flat_map(|value| &value.amounts).filter_map(|amount| amount.from));
        let period = self.instance.period.map(|period| (period.first(), period.last()));
        let spans = [period, self.instance.span].into_iter().flatten();
        turns.days.extend(spans.flat_map(|(first, last)| [first, last.following()]));
        // The ends of time are no days on which something changes.
        turns.days.retain(|day| *day > Day::MIN && *day < Day::MAX);
    }
}

impl Turns {
    fn take(&mut self, cell: &Cell) {
        match cell {
            Cell::Day(day) => {
                self.days.insert(*day);
            }
            Cell::Within(first, last) => self.days.extend([*first, *last]),
            Cell::Number(number) => {
                self.numbers.insert(number.clone());
            }
            Cell::Money(money) => {
                self.numbers.insert(money.amount.clone());
            }
            Cell::Disputed(values) => values.iter().for_each(|(value, _)| self.take(&value.as_cell())),
            Cell::Unknown | Cell::Absent | Cell::Word(_) | Cell::Row(_) | Cell::YesNo(_) | Cell::Set(_) => {}
        }
    }
}
