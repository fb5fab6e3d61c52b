//! What is known to be one of a few is tried: an instance is judged for each day, or each other value, that may be meant. What comes
//! out the same for all of them is the verdict.

use std::collections::BTreeSet;

use crate::facts::{Cell, CellId, CellValue, Row};
use crate::model::clause::Edge;
use crate::model::expr::{Collection, Expr, ExprKind};
use crate::model::schema::{AGREEMENT, FieldId, InTime, Need, RecordId, Shape, Type};
use crate::plan::{Norm, NormTest};
use crate::value::Day;
use crate::verdict::{Instance, LastDay, Mark, Reason, Said, Status};

use super::due::taken_with_what_is_due;
use super::judging::judge_here;
use super::other::Other;
use super::ruling::{Ruling, Shares};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::mentioned::{facts_of_day, own_fields};
use crate::evaluate::judge::{Judge, Tells};
use crate::evaluate::knowledge::world::{TRIED, Taken, Tried};
use crate::evaluate::norms::case::bearer_of;
use crate::evaluate::trace::{Trace, Written, reason};

/// So many ways in which days that are not known exactly may lie are tried.
const TRIED_WAYS: usize = 1_200;

/// Why it stays unknown where these are too many.
const TOO_MANY_WAYS: &str = "its days may lie in more than 1,200 ways, and only some of them were tried: it stays unknown even if it \
                             would come out the same in each";

/// So many ways of taking other values are tried.
const FEW_WAYS: usize = 128;

/// Why it stays unknown where these are too many.
const TOO_MANY_VALUES: &str = "so many values are open that not all of them were tried together: it stays unknown even if it would come \
                               out the same in each way";

/// What all days come to is kept for so many instances.
const MOST_KEPT: usize = 1 << 14;

/// One way of taking what is open.
type Way = [Option<Tried>; TRIED];

/// Judges an instance for each of the days that its subject's or its bearer's own days may be. What comes out the same for all
/// of them is the verdict.
pub fn judge_each_day<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let Some(norm) = judge.ask.world.plan.norm(instance.norm) else { return Ruling::of(Status::NotApplicable) };
    if judge.ask.world.tried.iter().any(Option::is_some) {
        return judge_here(judge, instance);
    }
    let Ways { each: ways, all } = open_days(&judge.ask, norm, instance);
    if all && ways.len() > 1 {
        return match agreed_on_days(judge, norm, instance, &ways) {
            Some(ruling) => {
                tell_way(judge, norm, instance, &ways);
                ruling
            }
            None => {
                let last = last_of_all(judge, norm, instance, &ways);
                for tried in ways.first().into_iter().flatten().flatten() {
                    judge.ask.cell(tried.cell, norm.span);
                }
                Ruling::unknown_by([last].into_iter())
            }
        };
    }
    let written = judge.ask.trace.place();
    let ruling = judge_together(judge, norm, instance, written);
    if all {
        return ruling;
    }
    let ruling = if_agreed(judge, norm, instance, (ruling, written, &ways));
    if ruling.outcome.status == Status::Unknown {
        judge.ask.trace.say(|| reason(Said::Words(TOO_MANY_WAYS), Mark::Open, norm.span));
    }
    ruling
}

/// The last day by all ways of taking what is open, where the verdict hangs on them: known as roughly as what it is counted from. In
/// a way in which the clause does not apply there is none.
fn last_of_all<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance, ways: &[Way]) -> LastDay {
    if judge.tells == Tells::Verdicts {
        return LastDay::None;
    }
    judge.ask.trace.hush();
    let shared = judge.shared.take();
    let outcomes = ways.iter().map(|way| judge_trying(judge, norm, instance, *way).outcome);
    let last = outcomes.filter(|one| one.status != Status::NotApplicable).map(|one| one.last).reduce(LastDay::or);
    judge.shared = shared;
    judge.ask.trace.speak();
    last.unwrap_or(LastDay::None)
}

/// Judges an instance for all days that may be meant together.
fn judge_together<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    written: Written,
) -> Ruling {
    judge.ask.open.clear();
    judge.ask.noted.clear();
    let ruling = judge_here(judge, instance);
    if ruling.outcome.status != Status::Unknown {
        return unless_there_is_none(judge, norm, instance, (ruling, written));
    }
    // A value that was looked at more than once may come to the same whatever it is.
    let Ways { each: ways, all } = open_values(&judge.ask);
    if ways.iter().all(|way| way.iter().all(Option::is_none)) {
        return ruling;
    }
    match judge_ways(judge, norm, instance, &ways).filter(|ruling| ruling.outcome.status != Status::Unknown) {
        Some(ruling) => {
            judge.ask.trace.back_to(written);
            tell_way(judge, norm, instance, &ways);
            ruling
        }
        None => {
            if !all {
                judge.ask.trace.say(|| reason(Said::Words(TOO_MANY_VALUES), Mark::Open, norm.span));
            }
            ruling
        }
    }
}

impl<'w, T: Trace> Other<'w, T> for Judge<'w, T> {
    fn ask(&mut self) -> &mut Ask<'w, T> {
        &mut self.ask
    }

    fn comes_to(&mut self, instance: &Instance) -> Ruling {
        // What was open before stays so, beside what is open of this one.
        let (mut open, mut noted) = (std::mem::take(&mut self.ask.open), std::mem::take(&mut self.ask.noted));
        let broken = self.ask.broken_on.take();
        let ruling = judge_each_day(self, instance);
        self.ask.broken_on = broken;
        open.append(&mut self.ask.open);
        noted.append(&mut self.ask.noted);
        (self.ask.open, self.ask.noted) = (open, noted);
        ruling
    }
}

/// A verdict that rests on a day that is not given, where that lies ahead or is none: it holds if it comes out both ways. What is
/// pending waits for the day in any case.
fn unless_there_is_none<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (ruling, written): (Ruling, Written),
) -> Ruling {
    let open: BTreeSet<CellId> =
        judge.ask.noted.iter().copied().filter(|id| judge.ask.world.may_be_none(*id)).collect();
    if ruling.outcome.status == Status::Pending || open.is_empty() {
        return ruling;
    }
    judge.ask.trace.hush();
    judge.turn();
    let without = judge_here(judge, instance);
    judge.turn();
    judge.ask.trace.speak();
    if without.same_as(&ruling) {
        return ruling;
    }
    judge.ask.trace.back_to(written);
    for id in open {
        judge.ask.cell(id, norm.span);
    }
    Ruling::unknown_by([ruling.outcome.last, without.outcome.last].into_iter())
}

/// A verdict of all days together, of which there are too many to try each: it holds if it comes out on those that are tried.
fn if_agreed<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (ruling, written, ways): (Ruling, Written, &[Way]),
) -> Ruling {
    if ruling.outcome.status == Status::Unknown
        || agreed_on_days(judge, norm, instance, ways).is_some_and(|agreed| agreed.same_as(&ruling))
    {
        return ruling;
    }
    judge.ask.trace.back_to(written);
    for tried in ways.first().into_iter().flatten().flatten() {
        judge.ask.cell(tried.cell, norm.span);
    }
    Ruling::unknown_by([ruling.outcome.last].into_iter())
}

/// The verdict that comes out on all days that may be meant, if there is one: tried once, and known from then on.
fn agreed_on_days<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    ways: &[Way],
) -> Option<Ruling> {
    let key = (*instance, judge.ask.law.way);
    let known = judge.known.and_then(|known| known.get(&key)).or_else(|| judge.agreed.get(&key));
    if let Some(known) = known {
        return known.clone().map(|(outcome, decider)| Ruling { outcome, decider });
    }
    let ruling = judge_ways(judge, norm, instance, ways);
    if judge.agreed.len() < MOST_KEPT {
        let kept = ruling.clone().map(|ruling| (ruling.outcome, ruling.decider));
        judge.agreed.insert(key, kept);
    }
    ruling
}

/// The verdict that comes out in all ways of taking what is open, if there is one.
fn judge_ways<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    ways: &[Way],
) -> Option<Ruling> {
    let mut agreed: Option<(Ruling, Option<Shares>)> = None;
    let mut same = true;
    judge.shared = None;
    judge.ask.trace.hush();
    // The ends and the middle first: they differ where any two do, mostly.
    let middle = ways.len().checked_div(2).unwrap_or(0);
    let ends = [ways.first(), ways.last(), ways.get(middle)];
    for (at, way) in ends.into_iter().flatten().chain(ways).enumerate() {
        let ruling = judge_trying(judge, norm, instance, *way);
        let shares = judge.take_shares(norm);
        match &mut agreed {
            None => agreed = Some((ruling, shares)),
            Some((before, shared)) if before.same_as(&ruling) && *shared == shares => before.widen(&ruling),
            // What waits may be shared in one way or another, or not at all yet.
            Some((before, shared)) if before.same_as(&ruling) && ruling.outcome.status == Status::Pending => {
                before.widen(&ruling);
                *shared = None;
            }
            Some(_) => {
                same = false;
                break;
            }
        }
        // Something else is not known either: whatever the rest comes to, it is unknown.
        if at >= 2 && agreed.as_ref().is_some_and(|(ruling, _)| ruling.outcome.status == Status::Unknown) {
            break;
        }
    }
    judge.ask.trace.speak();
    agreed.filter(|_| same).map(|(ruling, _)| ruling)
}

/// Judges it in one of the ways once more, for its reasons.
fn tell_way<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance, ways: &[Way]) {
    let Some(way) = ways.first().filter(|_| T::ON) else { return };
    for tried in way.iter().flatten() {
        judge.ask.trace.say(|| Reason {
            fact: judge.ask.world.facts.place(tried.cell),
            ..reason(Said::EitherWay(tried.cell), Mark::Plain, None)
        });
    }
    let place = judge.ask.trace.place();
    judge_trying(judge, norm, instance, *way);
    // Also of a clause that asks for a share: it tells none that is not the same in all of them.
    let Some(shares) = judge.shared.take() else { return };
    judge.ask.trace.hush();
    let alike = ways.iter().all(|way| {
        judge_trying(judge, norm, instance, *way);
        judge.shared.take().as_ref() == Some(&shares)
    });
    judge.ask.trace.speak();
    if !alike {
        judge.ask.trace.unshare(place);
    }
}

fn judge_trying<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance, way: Way) -> Ruling {
    judge.ask.world.tried = way;
    let ruling = judge.apart(|judge| {
        // On another day another wording may speak of it.
        let several = judge.ask.world.plan.norms_of(norm.clause).nth(1).is_some();
        let here = if several { taken_with_what_is_due(judge, norm, instance) } else { Some(*instance) };
        judge.ask.noted.clear();
        let written = judge.ask.trace.place();
        let ruling = here.map_or(Ruling::of(Status::NotApplicable), |here| judge_here(judge, &here));
        let shares = judge.shared.clone();
        let ruling = unless_there_is_none(judge, norm, &here.unwrap_or(*instance), (ruling, written));
        judge.shared = shares;
        ruling
    });
    judge.ask.world.tried = [None; TRIED];
    ruling
}

/// The ways in which days may lie: all of them, or some, where those are too many.
struct Ways {
    each: Vec<Way>,
    all: bool,
}

/// Days of the subject and the bearer that are on file but not known exactly, with what each may be: an instance is judged
/// for each of them.
fn open_days<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Ways {
    let mut cells: Vec<CellId> = Vec::new();
    if let Some((line, row)) = instance.subject
        && let Some(of) = norm.subjects.get(usize::from(line))
    {
        day_cells(ask, of, row, &mut cells);
        if ask.world.plan.is_amended(norm.clause) {
            window_cells(ask, norm, (of.record, row), &mut cells);
        }
        let membership = norm.bodies.iter().find_map(|body| match &body.test {
            NormTest::AtJoining { membership, .. } => Some(*membership),
            NormTest::Member(lasting) => {
                let until = lasting.until.as_ref().and_then(counted_from);
                until.filter(|day| !exercised_in(ask, day, of.record).is_empty()).map(|_| norm.clause)
            }
            _ => None,
        });
        if membership.is_some() {
            day_cells(ask, &Collection { members_of: membership, ..of.clone() }, row, &mut cells);
        }
    }
    if let Some((of, _, row)) = bearer_of(norm, instance) {
        day_cells(ask, of, row, &mut cells);
    }
    let mut open: Vec<(CellId, Vec<Taken>)> =
        cells.into_iter().filter_map(|cell| Some((cell, values_of(ask, cell)?))).collect();
    let few = open.len() <= TRIED;
    open.truncate(TRIED);
    let many = open.iter().fold(1_usize, |many, (_, values)| many.saturating_mul(values.len()));
    if few && many <= TRIED_WAYS {
        return Ways { each: crossed(&open), all: true };
    }
    // Each day of one of them, as far as that goes, beside the ends and the middle of the others.
    const BESIDE: usize = 3;
    let others = u32::try_from(open.len()).unwrap_or(u32::MAX).saturating_sub(1);
    let share = open.len().saturating_mul(BESIDE.saturating_pow(others)).max(1);
    let most = TRIED_WAYS.checked_div(share).unwrap_or(0).max(BESIDE);
    let each = (0..open.len()).flat_map(|at| {
        let spread = open.iter().enumerate().map(|(other, (cell, values))| {
            let most = if other == at { most } else { BESIDE };
            (*cell, spread_over(values, most))
        });
        crossed(&spread.collect::<Vec<_>>())
    });
    Ways { each: each.collect(), all: false }
}

/// So many of some values, from the first through the last.
fn spread_over(values: &[Taken], most: usize) -> Vec<Taken> {
    let last = values.len().saturating_sub(1);
    let steps = most.saturating_sub(1).max(1);
    if last <= steps {
        return values.to_vec();
    }
    let at = |step: usize| step.saturating_mul(last).checked_div(steps).and_then(|at| values.get(at)).copied();
    (0..=steps).filter_map(at).collect()
}

/// Each value of each cell beside each of the others.
fn crossed(open: &[(CellId, Vec<Taken>)]) -> Vec<Way> {
    let mut ways: Vec<Way> = vec![[None; TRIED]];
    for (slot, (cell, values)) in open.iter().enumerate() {
        let with = |way: &Way| {
            let each = values.iter().map(|value| {
                let mut way = *way;
                if let Some(slot) = way.get_mut(slot) {
                    *slot = Some(Tried { cell: *cell, value: *value });
                }
                way
            });
            each.collect::<Vec<_>>()
        };
        ways = ways.iter().flat_map(with).collect();
    }
    ways
}

/// What was looked at more than once and has few values that it may be, with each of those.
fn open_values<'w, T: Trace>(ask: &Ask<'w, T>) -> Ways {
    let mut found: Vec<(CellId, Vec<Taken>)> = Vec::new();
    for (cell, times) in &ask.open {
        // Between two values that sources claim there is nothing; and an imprecise day may come to the same on all of its days.
        let few = matches!(ask.world.cell(*cell, ask.world.as_of), Cell::Disputed(_) | Cell::Within(..));
        if *times < 2 && !few && !names_few(ask, *cell) {
            continue;
        }
        let values = values_of(ask, *cell).or_else(|| few_values(ask, *cell));
        found.extend(values.filter(|values| !values.is_empty()).map(|values| (*cell, values)));
    }
    // Those with the fewest values first, whatever the order of the facts.
    let name = |cell: &CellId| (cell.record, ask.world.facts.id(cell.record, cell.row), cell.field);
    found.sort_by(|(one, few), (other, more)| few.len().cmp(&more.len()).then_with(|| name(one).cmp(&name(other))));
    let mut open: Vec<(CellId, Vec<Taken>)> = Vec::new();
    let (mut many, all) = (1_usize, found.len());
    for (cell, values) in found {
        if open.len() < TRIED && values.len().saturating_mul(many) <= FEW_WAYS {
            many = many.saturating_mul(values.len());
            open.push((cell, values));
        }
    }
    Ways { each: crossed(&open), all: open.len() == all }
}

/// Whether a reference names one of so few records that each is tried, though it was looked at only once.
fn names_few<'w, T: Trace>(ask: &Ask<'w, T>, cell: CellId) -> bool {
    const FEW: usize = 3;
    let world = &ask.world;
    let Some(Type::Ref(record)) = world.plan.schema.field(cell.record, cell.field).map(|field| &field.ty) else {
        return false;
    };
    world.is_complete_on(*record, world.as_of) && world.facts.rows(*record).take(FEW.saturating_add(1)).count() <= FEW
}

/// The values of a field that is not given, where they can be counted: yes and no, options, rows of a short list; and none,
/// unless it is required.
fn few_values<'w, T: Trace>(ask: &Ask<'w, T>, cell: CellId) -> Option<Vec<Taken>> {
    let world = &ask.world;
    if !matches!(world.cell(cell, world.as_of), Cell::Unknown) {
        return None;
    }
    let field = world.plan.schema.field(cell.record, cell.field)?;
    if field.time == InTime::OverTime {
        return None;
    }
    let mut values = match &field.ty {
        Type::YesNo => vec![Taken::YesNo(true), Taken::YesNo(false)],
        Type::OneOf(options) => (0..).zip(options).map(|(number, _)| Taken::Option(number)).collect(),
        Type::Ref(record) if world.is_complete_on(*record, world.as_of) => {
            world.facts.rows(*record).map(Taken::Row).collect()
        }
        Type::Ref(_) | Type::Text | Type::Number | Type::Money | Type::Date | Type::Time | Type::SetOf(_) => {
            return None;
        }
    };
    if field.need == Need::Optional {
        values.push(Taken::Absent);
    }
    Some(values)
}

/// What a value may be, where it is on file and not known exactly.
fn values_of<'w, T: Trace>(ask: &Ask<'w, T>, cell: CellId) -> Option<Vec<Taken>> {
    // Of more days than are tried, so many that they are not all.
    let days = |first: Day, last: Day| {
        let many = usize::try_from(first.days_until(last)).unwrap_or(0);
        let step = many.checked_div(TRIED_WAYS).unwrap_or(0).max(1);
        let each = (0_i32..).take(many).step_by(step).map(move |more| Taken::Day(first.plus_days(more)));
        each.chain([Taken::Day(last)])
    };
    match ask.world.cell(cell, ask.world.as_of) {
        Cell::Within(first, last) => Some(days(first, last).collect()),
        Cell::Disputed(values) => {
            let mut all = Vec::new();
            for (number, (value, _)) in (0_u16..).zip(values.iter()) {
                match value {
                    CellValue::Day(day) => all.push(Taken::Day(*day)),
                    CellValue::Within(first, last) => all.extend(days(*first, *last)),
                    CellValue::Absent => all.push(Taken::Absent),
                    _ => all.push(Taken::Claimed(number)),
                }
            }
            Some(all)
        }
        _ => None,
    }
}

/// The cells that tell from when until when a row is what a collection is made of.
fn day_cells<'w, T: Trace>(ask: &Ask<'w, T>, of: &Collection, row: Row, cells: &mut Vec<CellId>) {
    let mut add = |field| {
        let cell = CellId { record: of.record, row, field };
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    };
    match ask.world.shape(of.record) {
        Shape::Plain => {}
        Shape::Event { on } => add(on),
        Shape::Lasts { from, to, .. } => {
            add(from);
            add(to);
        }
    }
    let Some(clause) = of.members_of else { return };
    // Each of its wordings and readings may be counted from days of its own.
    let bodies = ask.world.plan.norms_of(clause).flat_map(|(_, norm)| &norm.bodies);
    let days = bodies.filter_map(|body| if let NormTest::Member(lasting) = &body.test { Some(lasting) } else { None });
    let days = days.flat_map(|lasting| [Some(&lasting.from), lasting.until.as_ref().and_then(counted_from)]);
    let days: Vec<&Expr> = days.flatten().collect();
    for day in &days {
        own_fields(ask.world.plan, day).into_iter().chain(exercised_in(ask, day, of.record)).for_each(&mut add);
    }
    // A fact of the agreement may tell it for all of them.
    for field in days.iter().flat_map(|day| facts_of_day(ask.world.plan, day)) {
        let cell = CellId { record: AGREEMENT, row: Row(0), field };
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    }
}

/// The cells of a row that tell when a window ends: whether it had run out when an amendment took effect hangs on them.
fn window_cells<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, (record, row): (RecordId, Row), cells: &mut Vec<CellId>) {
    for body in ask.world.plan.norms_of(norm.clause).flat_map(|(_, one)| &one.bodies) {
        for field in counted_from(&body.window.last).map_or(Vec::new(), |day| own_fields(ask.world.plan, day)) {
            let cell = CellId { record, row, field };
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
    }
}

/// The day that an edge is, or is counted from.
fn counted_from(edge: &Edge) -> Option<&Expr> {
    match edge {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) | Edge::Lapse { anchor: day, .. } => Some(day),
        Edge::Length { from: day, .. } => Some(day),
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
    }
}

/// The fields of such a row in which rights are exercised that a day is the effect of, or is counted from.
fn exercised_in<'w, T: Trace>(ask: &Ask<'w, T>, day: &Expr, record: RecordId) -> Vec<FieldId> {
    let right = match &day.kind {
        ExprKind::EffectOf(right) => *right,
        ExprKind::Shift { day, .. } => return exercised_in(ask, day, record),
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => {
            return days.iter().flat_map(|day| exercised_in(ask, day, record)).collect();
        }
        _ => return Vec::new(),
    };
    let bodies = ask.world.plan.norms_of(right).flat_map(|(_, norm)| &norm.bodies);
    let exercised = bodies.filter_map(|body| match &body.test {
        NormTest::May { exercised: Some(field), .. } if field.record == record => Some(field.field),
        _ => None,
    });
    exercised.take(1).collect()
}
