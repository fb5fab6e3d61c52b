//! What asks for evidence, and what may be that evidence.

use std::collections::BTreeMap;

use crate::facts::Row;
use crate::model::clause::{Count, CutCounts, Limit};
use crate::model::expr::{Collection, Var};
use crate::plan::{Body, Norm, NormId, NormTest, Plan};
use crate::value::{CyclePeriod, Day, Number, Stretch};
use crate::verdict::Instance;

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::Frame;
use crate::evaluate::expr::judged::as_judged;
use crate::evaluate::instance::binding::life_of_other;
use crate::evaluate::instance::life::{Own, is_cut_alike};
use crate::evaluate::instance::people::{judged_not_to_apply, waiver_of};
use crate::evaluate::instance::prevails::is_behind;
use crate::evaluate::instance::short_period::as_cut;
use crate::evaluate::judge::{Assigned, Judge, Serves};
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::Case;
use crate::evaluate::norms::counted::{counts_as, times_of};
use crate::evaluate::norms::deeds::{Wanted, deed, worth_a_look};
use crate::evaluate::norms::due::is_due;
use crate::evaluate::norms::tally::{Counts, Deed, Field};
use crate::evaluate::trace::Trace;

/// The day from which on evidence counts for a case.
pub fn since(case: &Case, wanted: Wanted) -> Day {
    if case.names_subject(wanted.events) { case.life.bearer_since } else { case.life.since }
}

/// Whether an instance beside the one that is judged asks for anything: its conditions hold on the day it began, it steps back behind no
/// other clause, and nobody waived it. What does not apply takes no evidence.
pub fn applies<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    body: &'w Body,
    instance: &Instance,
    began: Day,
) -> Truth {
    let due = is_due(ask, norm, instance);
    let facts = ask.world.facts;
    let nobody_decided = facts.waivers.is_empty() && facts.judgements.is_empty();
    if due.is_no() || (body.conditions.is_empty() && norm.yields_to.is_empty() && nobody_decided) {
        return due;
    }
    if waiver_of(ask, norm, instance).is_some_and(|(_, waiver)| waiver.until.is_none()) {
        return Truth::No;
    }
    if body.judged_by.is_some() && judged_not_to_apply(ask, norm, instance).is_yes() {
        return Truth::No;
    }
    let by = began.min(ask.world.as_of);
    ask.quietly(|ask| {
        ask.asked(began, by, |ask| {
            let applies = ask.applies(&body.conditions);
            let applies = as_judged(ask, norm, applies);
            if applies.is_no() { applies } else { due.and(applies).and(is_behind(ask, norm, instance).opposite()) }
        })
    })
}

/// Until when people extended an instance beside the one that is judged.
pub fn extended<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, instance: Instance) -> Option<Day> {
    waiver_of(ask, case.norm, &instance).and_then(|(_, waiver)| waiver.until)
}

/// A wording under which a subject may be, and the events that it looks for.
pub struct Wording<'w> {
    pub id: NormId,
    pub norm: &'w Norm,
    pub body: &'w Body,
    pub wanted: Wanted<'w>,
}

/// The wordings of a clause that take their evidence from the same events: what serves a subject under one of them serves none under
/// another. The first is that of the case.
pub fn wordings<'w>(plan: &'w Plan, case: &Case<'w>, wanted: Wanted<'w>) -> Vec<Wording<'w>> {
    let mut all = vec![Wording { id: case.instance.norm, norm: case.norm, body: case.body, wanted }];
    let record = case.norm.subjects.first().map(|of| of.record);
    for (id, norm) in plan.norms_of(case.norm.clause).filter(|(id, _)| *id != case.instance.norm) {
        let read = norm.bodies.iter().find(|body| body.reading == case.body.reading);
        let Some(body) = read.or(norm.bodies.first()) else { continue };
        let NormTest::Happens { events, counted_for, .. } = &body.test else { continue };
        let fits = events.record == wanted.events.record
            && is_cut_alike(norm, case.norm)
            && norm.subjects.len() == 1
            && norm.subjects.first().map(|of| of.record) == record
            && norm.subjects.first().is_some_and(|of| !events.names_a_row(of.var))
            && is_parted_by(norm, events) == is_parted(case, wanted);
        if fits {
            all.push(Wording { id, norm, body, wanted: Wanted { events, counted_for: *counted_for, ..wanted } });
        }
    }
    all
}

/// What may be done, in the order of the days.
pub struct Done {
    pub row: Row,
    pub deed: Deed,
    /// Whether it is what each of the wordings asks for.
    pub rights: Vec<Truth>,
    /// How much of what a claim lacks it gives: one of a number of times; of an amount, so many of the smallest parts that are counted.
    pub gives: usize,
}

impl Done {
    pub fn is_certain(&self) -> bool {
        self.rights.iter().all(|right| right.is_yes() || right.is_no()) && self.day().is_some()
    }

    pub fn day(&self) -> Option<Day> {
        self.deed.day.and_then(DayBounds::exact)
    }
}

/// The events that count, or might; of the same day in the order of their names, so that a file's order decides nothing.
pub fn events<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (wordings, since): (&[Wording<'w>], Day),
    within: Option<&Field>,
) -> Vec<Done> {
    let Some(record) = wordings.first().map(|one| one.wanted.events.record) else { return Vec::new() };
    let facts = judge.ask.world.facts;
    let mut events: Vec<Done> = Vec::new();
    let mut places: BTreeMap<Row, usize> = BTreeMap::new();
    for (at, wording) in wordings.iter().enumerate() {
        let case = Case { norm: wording.norm, body: wording.body, ..*case };
        let rows = match within {
            Some(field) => worth_a_look(&mut judge.ask, wording.wanted, field),
            None => judge.ask.candidates(wording.wanted.events).all(facts, record),
        };
        for row in rows {
            let deed = deed(&mut judge.ask, &case, wording.wanted, row);
            // What lies, on whichever day, outside of the days that count takes nothing from any.
            let counts = |day: DayBounds| day.exact().is_some() || day.may_lie_in(since, judge.ask.world.as_of);
            if deed.right.is_no() || !deed.day.is_none_or(counts) {
                continue;
            }
            let known = if at == 0 { None } else { places.get(&row).copied() };
            match known.and_then(|known| events.get_mut(known)) {
                Some(done) => {
                    done.deed.right = done.deed.right.or(deed.right);
                    done.rights.resize(at, Truth::No);
                    done.rights.push(deed.right);
                }
                None => {
                    if wordings.len() > 1 {
                        places.insert(row, events.len());
                    }
                    let mut rights = vec![Truth::No; at];
                    rights.push(deed.right);
                    events.push(Done { row, deed, rights, gives: 1 });
                }
            }
        }
    }
    events.sort_by_key(|one| (one.day(), facts.id(record, one.row), one.row));
    events
}

/// It is not known who bears a claim.
#[derive(Clone, Copy)]
pub struct NotKnown;

#[derive(Clone)]
pub struct Claim {
    pub serves: Serves,
    pub first: Day,
    pub last: Day,
    pub field: Field,
    pub lacks: usize,
    /// The days on which an event is for no other period of a cycle, where its window lies within it.
    pub at_home: Option<(Day, Day)>,
    /// It may be that the clause does not reach its subject.
    pub open: bool,
    /// Its subject's day, or an end of its window, is not exactly known.
    pub inexact: bool,
    /// The event that is its own subject.
    pub never: Option<Row>,
    /// The wording that speaks of its subject.
    pub wording: usize,
    /// What is evidence for its subject, or may be, where that is not the same for all.
    pub passes: Option<Vec<(Row, Truth)>>,
    /// Who bears it, where a field of its subject says so and it is known; evidence is used once for each bearer.
    pub bearer: Result<Option<Row>, NotKnown>,
}

impl Claim {
    /// Whether an event is evidence for its subject; nothing where it is not for certain, or that is the same for all.
    pub fn passes(&self, event: Row) -> Option<Truth> {
        let passes = self.passes.as_ref()?;
        let at = passes.binary_search_by_key(&event, |(row, _)| *row).ok()?;
        passes.get(at).map(|(_, right)| *right)
    }

    /// How an event counts for it, taken to be of the kind that it may be. An event is never its own successor.
    pub fn counts(&self, event: &Done, taken: bool) -> Counts {
        let right = match &self.passes {
            Some(_) => self.passes(event.row).unwrap_or(Truth::No),
            None => event.rights.get(self.wording).copied().unwrap_or(Truth::No),
        };
        if self.never == Some(event.row) || right.is_no() {
            return Counts::Not;
        }
        self.field.counts(Deed { right: if taken { Truth::Yes } else { right }, ..event.deed })
    }
}

impl Assigned {
    /// What is assigned in the group that an instance is in.
    pub fn of(&self, own: &Serves) -> &Assigned {
        self.group_of.get(own).and_then(|at| self.groups.get(*at)).unwrap_or(self)
    }

    /// Parts the events that each serve some instance from all others. Those that are looked at in vain are left out where nothing
    /// of an instance's own is asked of them and they are not told.
    pub fn part(&mut self, rows: Vec<Row>, mut idle_counts: impl FnMut(Row) -> bool) {
        for row in rows {
            let ways = self.serves.get(&row);
            let open = self.open.contains(&row) || self.displaced.contains_key(&row);
            if let (false, Some(ways)) = (open, ways)
                && let Some(serves) = ways.iter().copied().collect::<Option<Vec<Serves>>>()
            {
                self.own.extend(serves.into_iter().map(|one| (one, row)));
            } else if ways.is_some() || self.open.contains(&row) || idle_counts(row) {
                self.others.push(row);
            }
        }
        self.own.sort_unstable();
    }

    /// The events that may serve an instance, where each of them serves some.
    pub fn own(&self, instance: &Serves) -> impl Iterator<Item = Row> {
        let first = self.own.partition_point(|(one, _)| one < instance);
        let rest = self.own.get(first..).unwrap_or_default();
        rest.iter().take_while(move |(one, _)| one == instance).map(|(_, row)| *row)
    }

    /// One more way in which an event may serve.
    pub fn adds(&mut self, event: Row, serves: Option<Serves>) {
        let ways = self.serves.entry(event).or_default();
        if !ways.contains(&serves) {
            ways.push(serves);
        }
    }
}

/// Where too much is open to try it: an event that may serve several subjects may serve any of them.
pub fn several(claims: &[&Claim], events: &[&Done], assigned: &mut Assigned) {
    for event in events {
        let mut may =
            claims.iter().filter(|claim| !matches!(claim.counts(event, false), Counts::Not | Counts::TooEarly));
        match (may.next(), may.next()) {
            (Some(claim), None) => assigned.adds(event.row, Some(claim.serves)),
            (Some(_), Some(_)) => {
                assigned.open.insert(event.row);
            }
            (None, _) => assigned.adds(event.row, None),
        }
    }
}

pub fn claim<'w, T: Trace>(
    judge: &Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    (serves, frame, lacks): (Serves, Frame, usize),
) -> Claim {
    let as_of = judge.ask.world.as_of;
    let field = Field { frame, period: None, since: since(case, wanted), until: Day::MAX, as_of, enough: None };
    let (first, last) = (frame.first_bounds().0, frame.last_bounds().0);
    Claim {
        serves,
        first,
        last,
        field,
        lacks,
        at_home: None,
        open: false,
        inexact: false,
        never: None,
        wording: 0,
        passes: None,
        bearer: Ok(None),
    }
}

/// The variable of the subjects, where only order tells which subject an event serves. What may be done so often at most is done
/// too often by every act.
pub fn told_by_order(case: &Case, wanted: Wanted) -> Option<Var> {
    let [of] = case.norm.subjects.as_slice() else { return None };
    let limits = match &case.body.test {
        NormTest::Happens { count: Count::Times { limit, .. } | Count::About { limit, .. }, .. } => {
            matches!(limit, Limit::AtMost | Limit::LessThan)
        }
        _ => false,
    };
    let judged_once = case.norm.cycle.is_none() || case.instance.period.is_some();
    (judged_once && !limits && !wanted.events.names_a_row(of.var)).then_some(of.var)
}

/// Whether what is evidence for one subject may be none for another.
pub fn is_parted(case: &Case, wanted: Wanted) -> bool {
    is_parted_by(case.norm, wanted.events)
}

pub fn is_parted_by(norm: &Norm, events: &Collection) -> bool {
    norm.subjects.first().is_some_and(|of| events.filter.mentions(of.var))
}

/// An amount in the smallest parts that are counted; nothing where it is not known, is less than nothing or is no whole number of them.
pub fn counted_in_parts(amount: &Number) -> Option<usize> {
    let parts = amount.times(&Number::from(10_000));
    usize::try_from(parts.to_i64().filter(|whole| Number::from(*whole) == parts)?).ok()
}

/// How many events an instance needs, in proportion to the part of a period that counts so; nothing where that is not known.
pub fn needed<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    test: &'w NormTest,
    (norm, period, binds): (&Norm, Option<CyclePeriod>, Stretch),
) -> Option<usize> {
    let NormTest::Happens { count, .. } = test else { return Some(1) };
    let (times, limit, more) = match count {
        Count::Times { limit: limit @ (Limit::AtLeast | Limit::Exactly), times } => (times, *limit, 0),
        Count::Times { limit: Limit::MoreThan, times } => (times, Limit::MoreThan, 1),
        Count::About { least, .. } => (least, Limit::AtLeast, 0),
        Count::OfEach { least, .. } => return usize::try_from(*least).ok(),
        Count::Times { limit: Limit::AtMost | Limit::LessThan, .. } => return Some(1),
        Count::Amount { amount, .. } => return counted_in_parts(ask.value(amount).bounds().exact()?),
    };
    let number = ask.value(times).bounds().exact().cloned()?;
    times_of((norm, period), binds, (&number, limit))?.checked_add(more)
}

/// A claim within a period: the days on which its subject and its bearer are bound, and how many it needs then; nothing for one that
/// is not bound in it.
pub fn within_a_period<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    wording: &Wording<'w>,
    (here, frame): (Instance, Frame),
    (own, began): (Own, Day),
) -> Option<(Case<'w>, Truth, Option<usize>)> {
    let (norm, body) = (wording.norm, wording.body);
    let (life, bound) = life_of_other(ask, norm, &here, (own, began, frame));
    let binds = Stretch::of_days(life.begins, life.ends);
    let not_at_all = counts_as(norm, here.period, binds) == Some(CutCounts::NotAtAll);
    if bound.is_no() || not_at_all {
        return None;
    }
    let lacks = ask.asked(began, ask.world.as_of, |ask| needed(ask, &body.test, (norm, here.period, binds)));
    let frame = as_cut(norm, &here, frame, &life);
    Some((Case { norm, body, instance: here, frame, life }, bound, lacks))
}
