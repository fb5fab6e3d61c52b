//! What becomes due where another clause is not kept.

use crate::facts::{CellId, Row};
use crate::model::clause::{Bearer, Count, CycleOf, Limit};
use crate::model::expr::{ClauseId, Collection};
use crate::model::schema::{RecordId, Type};
use crate::plan::{Body, Norm, NormId, NormTest, Plan, Trigger};
use crate::value::{CyclePeriod, Day, PeriodLabel, Stretch};
use crate::verdict::{Breach, Decider, Holder, Instance, Mark, Missing, Said, Status};

use super::breach_day::{broken_on, days_of_decision, earliest};
use super::counterpart::{come_back, counterpart, leave, named_bearer, of_whom};
use super::daily::{days_of_change, days_watched};
use super::due_in::{Breaches, DueIn, breaks_on, is_broken_by_acts, its_part};
use super::life::{begins_with_the_breach, bind_rows, goes_by_wording, is_of_limits};
use super::other::Other;
use super::periods::{Periods, has_period, periods_of_norm};
use super::ruling::Ruling;
use super::weighing::decider_of;
use crate::evaluate::amendments::under::under_wording;
use crate::evaluate::amendments::wording::as_taken;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::readings::{may_differ, taken_as};
use crate::evaluate::expr::sets;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::norms::case::{events_of, has_window, is_daily};
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// What keeps a sanction from being due: the clauses that it hangs on are kept, or do not name it.
pub fn not_triggered<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Ruling> {
    let Trigger::Breach(bases) = &norm.trigger else { return None };
    let before = others.ask().trace.mark();
    let stand = how_they_stand(others, bases, norm, instance);
    let worst = worst_of(&stand)?;
    let place = |ask: &Ask<'w, T>, base| ask.world.plan.clause(base).map(|clause| clause.name_span);
    for one in &stand {
        let (ask, base) = (others.ask(), one.base);
        let (said, mark, span) = match one.status {
            status @ (Status::Late | Status::Violated) => {
                (Said::Broken { clause: base, status }, Mark::Yes, place(ask, base))
            }
            // Beside one that is broken, what the others come to changes nothing.
            _ if is_broken(worst) => continue,
            // Nor was a wording broken that would have made it due.
            Status::Satisfied | Status::NotApplicable | Status::Pending => {
                let said = if one.names_it { Said::NothingBroken(base) } else { Said::MakesNothingDue(base) };
                (said, Mark::No, Some(norm.span))
            }
            Status::Unknown => (Said::BreachOpen(base), Mark::Open, place(ask, base)),
            Status::NeedsJudgement => (Said::BreachOpen(base), Mark::Person, place(ask, base)),
        };
        ask.trace.say(|| reason(said, mark, span));
    }
    match worst {
        Status::Late | Status::Violated => None,
        Status::Satisfied | Status::NotApplicable | Status::Pending => Some(Ruling::of(Status::NotApplicable)),
        Status::Unknown => {
            let open: Vec<ClauseId> =
                stand.iter().filter(|one| one.status == Status::Unknown).map(|one| one.base).collect();
            for base in &open {
                tell_breach_day(others.ask(), *base, (norm, instance));
            }
            // Where no fact is named, at least the clause is.
            if let (Some(base), true) = (open.first(), others.ask().trace.mark() == before) {
                others.ask().trace.missing(|| Missing::Clause(*base));
            }
            Some(Ruling::of(Status::Unknown))
        }
        Status::NeedsJudgement => {
            let plan = others.ask().world.plan;
            let weighed = stand.iter().filter(|one| one.status == Status::NeedsJudgement);
            let bodies = weighed.flat_map(|one| plan.norms_of(one.base)).flat_map(|(_, one)| &one.bodies);
            let role = bodies.map(decider_of).find(|decider| matches!(decider, Decider::Role(_)));
            Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: role.unwrap_or(Decider::Unnamed) })
        }
    }
}

/// Whether all that a sanction hangs on was done for good: once, for its own subject and bearer.
pub fn was_kept<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) -> bool {
    let Trigger::Breach(bases) = &norm.trigger else { return false };
    let plan = others.ask().world.plan;
    let is_ours = |of: &Collection| norm.subjects.iter().chain(bearers_of(norm)).any(|own| own.record == of.record);
    let once = |base: &ClauseId| {
        plan.norms_of(*base).all(|(_, one)| {
            let done = |body: &Body| {
                matches!(&body.test, NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_))
                    || matches!(&body.test, NormTest::Happens { count: Count::Times { limit: Limit::AtLeast, .. }, .. })
            };
            one.cycle.is_none()
                && one.subjects.iter().chain(bearers_of(one)).all(is_ours)
                && one.bodies.iter().all(done)
        })
    };
    bases.iter().all(once)
        && how_they_stand(others, bases, norm, instance).iter().all(|one| one.status == Status::Satisfied)
}

/// The bearers of a clause, where each of some bears it.
fn bearers_of(norm: &Norm) -> Option<&Collection> {
    if let Some(Bearer::Each(of)) = &norm.bearer { Some(of) } else { None }
}

/// How a clause stands that a sanction hangs on, and whether its wording there names the sanction.
struct Stands {
    base: ClauseId,
    names_it: bool,
    status: Status,
}

/// How each of the clauses stands that a sanction hangs on, as far as they have such a case. The day of the earliest breach is noted: one
/// that may be broken too may have been broken before those that are.
fn how_they_stand<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    bases: &[ClauseId],
    norm: &'w Norm,
    instance: &Instance,
) -> Vec<Stands> {
    let (mut broken, mut perhaps): (Option<(Day, Day)>, Option<Day>) = (None, None);
    let mut stand = Vec::new();
    for base in bases.iter().copied() {
        (others.ask().broken_on, others.ask().perhaps_broken) = (None, None);
        let Some(other) = in_any_period(others.ask(), base, norm, instance) else { continue };
        let plan = others.ask().world.plan;
        let names_it = plan.norm(other.norm).is_some_and(|wording| wording.makes_due.contains(&norm.clause));
        let noted = noted_use(others.ask(), norm, instance);
        let Some(status) = noted.or_else(|| status_when_asked(others, base, (norm, instance))) else { continue };
        let ask = others.ask();
        if let Some(days) = ask.broken_on {
            broken = Some(broken.map_or(days, |before| earliest(before, days)));
        }
        if status == Status::Unknown {
            let first = ask.perhaps_broken.unwrap_or(Day::MIN);
            perhaps = Some(perhaps.map_or(first, |before| before.min(first)));
        }
        stand.push(Stands { base, names_it, status });
        // What was noted of a use is of all of them together.
        if noted.is_some() {
            break;
        }
    }
    let several = stand.len() > 1;
    let before = |first: Day| perhaps.filter(|_| several).map_or(first, |perhaps| perhaps.min(first));
    others.ask().broken_on = broken.map(|(first, last)| (before(first), last));
    stand
}

/// What several clauses come to for a sanction: it is due if one of them is broken.
fn worst_of(stand: &[Stands]) -> Option<Status> {
    const WORST_FIRST: [Status; 5] =
        [Status::Violated, Status::Late, Status::Unknown, Status::NeedsJudgement, Status::Pending];
    let worst = WORST_FIRST.into_iter().find(|status| stand.iter().any(|one| one.status == *status));
    worst.or_else(|| stand.first().map(|one| one.status))
}

/// How the clause that a sanction hangs on stands: of the days on which something is watched, those before the breach are none of its own;
/// nor does it go before another clause for events of those days.
fn status_when_asked<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    base: ClauseId,
    (norm, instance): (&'w Norm, &Instance),
) -> Option<Status> {
    let status = broken_within(others, base, norm, instance)?;
    let days = instance.span.or_else(|| day_of_event(others.ask(), (base, norm), instance));
    Some(match days.zip(others.ask().broken_on) {
        Some(((_, last), (broken, _))) if last <= broken => Status::NotApplicable,
        Some(((first, _), (_, broken))) if first <= broken && !matches!(status, Status::NotApplicable) => {
            Status::Unknown
        }
        _ => status,
    })
}

/// How the clause stands on which a right hangs that ends a membership when it is used, as that was noted: before its use, which may cut short
/// what was broken.
fn noted_use<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Status> {
    if ask.none_used || !ask.world.plan.uses_due_otherwise.contains(&norm.clause) {
        return None;
    }
    let period = instance.period.filter(|_| norm.cycle.is_some());
    let of = (norm.clause, instance.subject.map(|(_, row)| row), instance.bearer, period);
    ask.known.noted(&of)?;
    let due = ask.is_due(&of);
    ask.broken_on = ask.known.broken_on(&of);
    Some(match due {
        Truth::Yes => Status::Violated,
        Truth::No => Status::Satisfied,
        Truth::Open => Status::Unknown,
        Truth::Person => Status::NeedsJudgement,
    })
}

/// Names what leaves open on which day another clause was broken: an act that is not dated exactly, or what its last day is told by.
fn tell_breach_day<'w, T: Trace>(ask: &mut Ask<'w, T>, base: ClauseId, (norm, instance): (&'w Norm, &Instance)) {
    let broken = ask.broken_on.is_some_and(|(first, last)| first < last);
    let Some(one) = in_any_period(ask, base, norm, instance) else { return };
    let (Some(theirs), Some(here)) = (ask.world.plan.norm(one.norm), leave(ask, base)) else { return };
    for case in of_each(ask, theirs, &one) {
        ask.vars.clear();
        bind_rows(ask, theirs, &case);
        ask.period = case.period;
        for body in &theirs.bodies {
            if broken && has_window(&body.test) {
                ask.frame(body, None);
            }
            let Some(of) = events_of(&body.test).filter(|_| is_of_limits(body)) else { continue };
            let Some(field) = ask.world.day_field(of.record) else { continue };
            for row in ask.world.facts.rows(of.record) {
                let inexact = ask.own_day(of.record, row).is_some_and(|day| day.exact().is_none());
                ask.bind(of.var, row);
                if inexact && !ask.quietly(|ask| ask.passes(of, row)).is_no() {
                    ask.cell(CellId { record: of.record, row, field }, of.span);
                }
            }
        }
    }
    come_back(ask, here);
}

/// The days on which the event may lie of which something that goes before another clause speaks, unless the breach is of that very event.
fn day_of_event<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (base, norm): (ClauseId, &'w Norm),
    instance: &Instance,
) -> Option<(Day, Day)> {
    let (line, row) = instance.subject?;
    let of = norm.subjects.get(usize::from(line))?;
    let plan = ask.world.plan;
    let goes_before = plan.norms.iter().any(|other| other.yields_to.contains(&norm.clause));
    let of_itself =
        plan.norms_of(base).any(|(_, theirs)| theirs.subjects.iter().any(|their| their.record == of.record));
    if !goes_before || of_itself || !ask.world.shape(of.record).is_event() {
        return None;
    }
    ask.own_day(of.record, row).map(|day| (day.first, day.last))
}

/// The same case under the clause that a sanction hangs on. Its periods may end within the sanction's where none holds the day on which
/// that begins.
fn in_any_period<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    base: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Instance> {
    counterpart(ask, base, norm, instance).or_else(|| of_whom(ask, base, norm, instance))
}

/// How another clause stands for whom and when a sanction is asked. The worst counts of all its instances that are of the same
/// subject and bearer, as far as both have them, and that are decided within the sanction's period.
fn broken_within<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    base: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Status> {
    const WORST_FIRST: [Status; 5] =
        [Status::Violated, Status::Late, Status::Unknown, Status::NeedsJudgement, Status::Pending];
    let ask = others.ask();
    // What is watched on every day is looked at on all of its days, whichever those of the sanction are.
    let other = Instance { span: None, ..in_any_period(ask, base, norm, instance)? };
    let Some(other) = of_the_one_named(ask.world.plan, norm, instance, other) else {
        return Some(Status::NotApplicable);
    };
    let other_norm = ask.world.plan.norm(other.norm)?;
    // Its readings may be broken on other days: the sanction is judged by each of them.
    if taken_as(ask, other_norm).len() > 1 {
        may_differ(ask, base);
    }
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?.record, row)));
    let bearer = if let Holder::Row(record, row) = instance.bearer { Some((record, row)) } else { None };
    // Of one subject, its fields may name one who answers for another.
    let named = if other.subject.is_some() { None } else { named_bearer(ask, norm) };
    let whom: Vec<(RecordId, Row)> = [subject, bearer, named].into_iter().flatten().collect();
    let due = DueIn::of(ask, norm, instance);
    let here = leave(ask, base)?;
    let written = ask.trace.place();
    let lacked = ask.trace.mark();
    let mut found: Vec<Status> = Vec::new();
    for one in of_each(others.ask(), other_norm, &other) {
        let theirs = is_theirs(others.ask(), other_norm, &one, &whom);
        if theirs.is_no() {
            continue;
        }
        let decided = decided_within(others, other_norm, &one, (norm.clause, due.as_ref()));
        found.extend(decided.into_iter().map(|status| if theirs.is_yes() { status } else { perhaps(status) }));
        // What begins with the earliest breach asks for all of them.
        if found.contains(&Status::Violated) && !begins_with_the_breach(norm) {
            break;
        }
    }
    let ask = others.ask();
    // Its steps are none of the sanction's; but what it lacks, the sanction lacks, too.
    let lacking = ask.trace.missing_since(lacked);
    ask.trace.back_to(written);
    if !found.iter().any(|status| is_broken(*status)) {
        for one in lacking {
            // An attestation is one of the other clause, and asked for there.
            let attested = matches!(one, Missing::Attestation { .. });
            ask.trace.missing(|| if attested { Missing::Clause(base) } else { one });
        }
    }
    // One that nobody has written down may have broken it.
    if !found.iter().any(|status| matches!(status, Status::Violated | Status::Late | Status::Unknown)) {
        let through = instance.period.map_or(ask.world.as_of, |own| own.last().min(ask.world.as_of));
        if let Some((record, (from, through))) = unlisted(ask, other_norm, &other, through) {
            ask.incomplete_over(record, from, through);
            found.push(Status::Unknown);
        }
    }
    come_back(ask, here);
    let worst = WORST_FIRST.into_iter().find(|status| found.contains(status));
    Some(worst.unwrap_or(if found.contains(&Status::Satisfied) { Status::Satisfied } else { Status::NotApplicable }))
}

/// Another clause's case for one of several actors, under a wording that names that one; nothing where it names some of those beside it only:
/// they answer for what they break themselves. Where it names quite others, what any of them breaks counts.
fn of_the_one_named(plan: &Plan, norm: &Norm, instance: &Instance, other: Instance) -> Option<Instance> {
    let (Holder::Actor(actor), Some(Bearer::EachOf(among))) = (instance.bearer, &norm.bearer) else {
        return Some(other);
    };
    let clause = plan.norm(other.norm)?.clause;
    let named: Vec<_> = plan
        .norms_of(clause)
        .filter_map(|(id, theirs)| match &theirs.bearer {
            Some(Bearer::EachOf(actors)) => Some((id, actors)),
            _ => None,
        })
        .collect();
    match other.bearer {
        Holder::TheOne if named.iter().any(|(_, actors)| actors.iter().any(|one| among.contains(one))) => {
            let (norm, _) = named.into_iter().find(|(_, actors)| actors.contains(&actor))?;
            Some(Instance { norm, bearer: Holder::Actor(actor), ..other })
        }
        _ => Some(other),
    }
}

/// Whether a case whose bearer a field names is of those for whom something falls due: each of several answers for what he himself broke.
fn is_theirs<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, one: &Instance, whom: &[(RecordId, Row)]) -> Truth {
    let Some(Bearer::Field(field)) = &norm.bearer else { return Truth::Yes };
    let named = ask.world.plan.schema.field(field.record, field.field).map(|field| &field.ty);
    let alike: Vec<Row> = match named {
        Some(Type::Ref(named)) => whom.iter().filter(|(of, _)| of == named).map(|(_, row)| *row).collect(),
        _ => Vec::new(),
    };
    if alike.is_empty() {
        return Truth::Yes;
    }
    ask.vars.clear();
    bind_rows(ask, norm, one);
    let theirs = |value: &Val| match value {
        Val::Row(_, row) => Truth::of(alike.contains(row)),
        Val::Absent => Truth::Yes,
        _ => Truth::Open,
    };
    match ask.quietly(|ask| ask.field(field)) {
        Val::OneOf(values) => same_for_all(values.iter().map(theirs)),
        value => theirs(&value),
    }
}

/// An instance of another clause for each subject and bearer that this one leaves open.
pub fn of_each<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm, other: &Instance) -> Vec<Instance> {
    let facts = ask.world.facts;
    let mut subjects = vec![other.subject];
    if other.subject.is_none() && !norm.subjects.is_empty() {
        let lines = (0..=u8::MAX).zip(&norm.subjects);
        subjects = lines.flat_map(|(at, of)| facts.rows(of.record).map(move |row| Some((at, row)))).collect();
    }
    let bearers = match (&norm.bearer, other.bearer) {
        (Some(Bearer::Each(of)), Holder::TheOne) => {
            facts.rows(of.record).map(|row| Holder::Row(of.record, row)).collect()
        }
        (Some(Bearer::EachOf(actors)), Holder::TheOne) => actors.iter().map(|actor| Holder::Actor(*actor)).collect(),
        (_, bearer) => vec![bearer],
    };
    let with = |subject| bearers.iter().map(move |bearer| Instance { subject, bearer: *bearer, ..*other });
    subjects.into_iter().flat_map(with).collect()
}

/// Where a list of subjects or bearers that this one leaves open is not complete: the record, and the days.
fn unlisted<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    other: &Instance,
    through: Day,
) -> Option<(RecordId, (Day, Day))> {
    let subjects = norm.subjects.iter().filter(|_| other.subject.is_none());
    let bearers = match (&norm.bearer, other.bearer) {
        (Some(Bearer::Each(of)), Holder::TheOne) => Some(of),
        _ => None,
    };
    let first = ask.law.first_day(norm.clause);
    let mut all = subjects.chain(bearers);
    all.find_map(|of| Some((of.record, sets::unlisted(ask, of, (first.min(through), through))?)))
}

/// What the periods and days of another clause come to for which something is due in one of its periods; without these, all of them.
fn decided_within<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    (sanction, due): (ClauseId, Option<&DueIn>),
) -> Vec<Status> {
    let ask = others.ask();
    ask.vars.clear();
    bind_rows(ask, norm, one);
    let all = ask.quietly(|ask| periods_of_norm(ask, norm));
    if is_daily(norm) {
        return on_its_days(others, norm, one, (sanction, due));
    }
    let acts = norm.bodies.iter().all(|body| matches!(body.test, NormTest::Never(_) | NormTest::May { .. }));
    let several = others.ask().world.plan.norms_of(norm.clause).nth(1).is_some();
    match all {
        Periods::These(all) => {
            if several {
                return in_periods_of_wordings(others, norm, one, (sanction, due));
            }
            let wanted = broken_in(others.ask(), (norm, one), &all, due);
            wanted.into_iter().filter_map(|period| in_period(others, norm, one, (period, due))).collect()
        }
        Periods::Once if acts && (due.is_some() || several) => by_acts_within(others, norm, one, (sanction, due)),
        Periods::Once | Periods::Unknown => {
            let wordings = if acts { vec![*one] } else { under_its_wordings(others.ask(), norm, one) };
            let plan = others.ask().world.plan;
            let mut found = Vec::new();
            for one in wordings {
                let Some(norm) = plan.norm(one.norm).filter(|norm| norm.makes_due.contains(&sanction)) else {
                    continue;
                };
                let outcome = come(others, &one, None);
                found.extend(decided_on(others, norm, &one, (&outcome, due)));
            }
            found
        }
    }
}

/// An instance under the wording that speaks of it; a state, which has one under each, under each.
fn under_its_wordings<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, one: &Instance) -> Vec<Instance> {
    let plan = ask.world.plan;
    if plan.norms_of(norm.clause).nth(1).is_none() {
        return vec![*one];
    }
    if goes_by_wording(ask, norm, one) {
        let each = plan.norms_of(norm.clause).filter_map(|(id, _)| under_wording(ask, norm, id, one));
        return each.collect();
    }
    ask.quietly(|ask| as_taken(ask, norm, one)).into_iter().collect()
}

/// Whether what is not kept is broken on its last day, not with its period: so it is without a cycle, also where it comes with each term.
fn breaks_on_its_last_day(norm: &Norm) -> bool {
    matches!(norm.cycle, None | Some(CycleOf::EachTerm(_)))
}

/// The periods of a clause for whose breach something is due in one of its own, with whether that is certain; nothing is said of that where
/// only what they come to tells on which day they are broken.
fn broken_in<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, one): (&'w Norm, &Instance),
    all: &[CyclePeriod],
    due: Option<&DueIn>,
) -> Vec<(CyclePeriod, Option<Truth>)> {
    let Some(due) = due else { return all.iter().map(|period| (*period, Some(Truth::Yes))).collect() };
    let alike = all.contains(&due.own);
    // Which instalment was missed first, only what they come to tells.
    if norm.is_in_instalments() || (breaks_on_its_last_day(norm) && !alike) {
        return all.iter().map(|period| (*period, None)).collect();
    }
    let mut found = Vec::new();
    for period in all.iter().rev().filter(|period| !alike || period.first() <= due.own.first()) {
        let broken = breaks_on(ask, norm, one, *period);
        let by_acts = norm.bodies.iter().any(is_of_limits);
        let days = if by_acts { acts_lie_on(norm, *period, broken) } else { broken };
        let is_due = is_due_for((*period, is_broken_by_acts(norm) && !by_acts), days, (due, alike));
        if !is_due.is_no() {
            found.push((*period, (!by_acts).then_some(is_due)));
        } else if alike && *period != due.own && due.is_before_all(broken) {
            break;
        }
    }
    found.reverse();
    found
}

/// The days on which an act may lie that breaks a clause in a period.
fn acts_lie_on(norm: &Norm, period: CyclePeriod, broken: DayBounds) -> DayBounds {
    let opens_before = norm.bodies.iter().any(|body| body.window.first.is_some());
    let first = if opens_before { Day::MIN } else { period.first().min(broken.first) };
    DayBounds::within(first, broken.last)
}

/// Whether something is due in one of its periods for a clause that is broken in a period of its own, on one of some days. Where it is not
/// told on which day an act broke it, what it makes due is due in its period, or in that in which its window ends.
fn is_due_for((period, not_told): (CyclePeriod, bool), broken: DayBounds, (due, alike): (&DueIn, bool)) -> Truth {
    match (alike, not_told) {
        (true, true) if broken.last <= period.last() => Truth::of(period == due.own),
        (true, _) => due.is_for(period, broken),
        (false, true) => Breaches { sure: due.own.stretch, may: due.own.stretch }.hold((broken.first, broken.last)),
        (false, false) => due.breaches().hold((broken.first, broken.last)),
    }
}

fn in_period<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    ((period, is_due), due): ((CyclePeriod, Option<Truth>), Option<&DueIn>),
) -> Option<Status> {
    let outcome = come(others, one, Some(period));
    let one = Instance { period: Some(period), ..*one };
    let Some(is_due) = is_due else { return decided_on(others, norm, &one, (&outcome, due)) };
    let status = noted(others.ask(), &one, &outcome);
    Some(if is_due.is_yes() { status } else { perhaps(status) })
}

/// What perhaps is broken.
fn perhaps(status: Status) -> Status {
    if is_broken(status) { Status::Unknown } else { status }
}

/// What the periods of a clause with several wordings come to: each under the one that speaks of it, where that names the sanction.
fn in_periods_of_wordings<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    (sanction, due): (ClauseId, Option<&DueIn>),
) -> Vec<Status> {
    let wordings = others.ask().world.plan.norms_of(norm.clause);
    let naming: Vec<(NormId, &'w Norm)> = wordings.filter(|(_, other)| other.makes_due.contains(&sanction)).collect();
    let mut found = Vec::new();
    for (id, wording) in naming {
        let ask = others.ask();
        let Periods::These(all) = ask.quietly(|ask| periods_of_norm(ask, wording)) else { continue };
        let here = Instance { norm: id, ..*one };
        for (period, is_due) in broken_in(others.ask(), (wording, &here), &all, due) {
            let ask = others.ask();
            let here = Instance { period: Some(period), ..*one };
            // Of a period that is judged by parts, what this wording's comes to.
            let Some(here) = its_part(ask, (id, wording), &here) else { continue };
            let before = ask.only_part.replace(id);
            found.extend(in_period(others, wording, &here, ((period, is_due), due)));
            others.ask().only_part = before;
        }
    }
    found
}

/// What an instance comes to.
fn come<'w, T: Trace>(others: &mut impl Other<'w, T>, one: &Instance, period: Option<CyclePeriod>) -> Outcome {
    others.ask().term = None;
    let (before, perhaps) = (others.ask().broken_on.take(), others.ask().perhaps_broken.take());
    let lacked = others.ask().trace.mark();
    let outcome = others.comes_to(&Instance { period, ..*one }).outcome.as_a_breach();
    if outcome.status != Status::Unknown {
        others.ask().trace.forget(lacked);
    }
    (others.ask().broken_on, others.ask().perhaps_broken) = (before, perhaps);
    outcome
}

/// What an instance comes to that makes something due: of several that are broken, the earliest breach is noted.
fn noted<'w, T: Trace>(ask: &mut Ask<'w, T>, one: &Instance, outcome: &Outcome) -> Status {
    if let (Status::Violated | Status::Late, Some(norm)) = (outcome.status, ask.world.plan.norm(one.norm))
        && let Some(days) = broken_on(ask, norm, one, outcome)
    {
        ask.broken_on = Some(ask.broken_on.map_or(days, |before| earliest(before, days)));
    }
    if let (Status::Unknown, Some(norm)) = (outcome.status, ask.world.plan.norm(one.norm)) {
        let by_acts = norm.bodies.iter().any(is_of_limits);
        let days = if by_acts { None } else { days_of_decision(ask, norm, one, outcome) };
        let first = days.map_or(Day::MIN, |(first, _)| first);
        ask.perhaps_broken = Some(ask.perhaps_broken.map_or(first, |before| before.min(first)));
    }
    outcome.status
}

/// The status of what is decided on the day of the act that breaks it, on its last day, or else on its subject's, where something is due
/// for a breach on that day; else as it stands, in the period that holds the as-of day.
fn decided_on<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    (outcome, due): (&Outcome, Option<&DueIn>),
) -> Option<Status> {
    let ask = others.ask();
    let Some(due) = due else { return Some(noted(ask, one, outcome)) };
    if !outcome.broken.is_empty() {
        return decided_by_acts(ask, (norm, one), outcome, due);
    }
    let is_due = match one.period {
        Some(period) if norm.bodies.iter().any(is_of_limits) => {
            let alike = has_period(ask, norm, Some(due.own));
            let ends = breaks_on(ask, norm, one, period);
            let open = outcome.status == Status::Unknown;
            is_due_for((period, !open), if open { acts_lie_on(norm, period, ends) } else { ends }, (due, alike))
        }
        _ => match days_of_decision(ask, norm, one, outcome) {
            Some(days) => match one.period.filter(|_| has_period(ask, norm, Some(due.own))) {
                Some(period) => due.is_for(period, DayBounds::within(days.0, days.1)),
                None => due.breaches().hold(days),
            },
            None => {
                let force = ask.law.chosen(norm);
                let day = ask.world.as_of.min(if force.is_empty() { Day::MAX } else { force.last() });
                Truth::of(due.own.stretch.contains(day))
            }
        },
    };
    match is_due {
        Truth::Yes => Some(noted(ask, one, outcome)),
        Truth::No => None,
        Truth::Open | Truth::Person => Some(perhaps(noted(ask, one, outcome))),
    }
}

/// The status of what acts break, as far as something is due for one of them.
fn decided_by_acts<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, one): (&'w Norm, &Instance),
    outcome: &Outcome,
    due: &DueIn,
) -> Option<Status> {
    let alike = one.period.filter(|_| has_period(ask, norm, Some(due.own)));
    let is_due = |breach: &Breach| match alike {
        Some(period) => due.is_for(period, DayBounds::within(breach.first, breach.last)),
        None => due.breaches().hold((breach.first, breach.last)),
    };
    let acts: Vec<(Breach, Truth)> = outcome.broken.iter().map(|breach| (*breach, is_due(breach))).collect();
    let acts: Vec<(Breach, Truth)> = acts.into_iter().filter(|(_, is_due)| !is_due.is_no()).collect();
    let certain = acts.iter().any(|(breach, is_due)| breach.sure && is_due.is_yes());
    if acts.is_empty() {
        return None;
    }
    let broken =
        acts.iter().map(|(breach, is_due)| Breach { sure: breach.sure && is_due.is_yes(), ..*breach }).collect();
    let status = noted(ask, one, &Outcome { broken, ..outcome.clone() });
    Some(if certain { status } else { perhaps(status) })
}

fn is_broken(status: Status) -> bool {
    matches!(status, Status::Violated | Status::Late)
}

/// What is watched on every day, on those days, under each wording that names the sanction.
fn on_its_days<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    (sanction, due): (ClauseId, Option<&DueIn>),
) -> Vec<Status> {
    let within = due.map_or(Breaches::ALL, DueIn::breaches);
    let mut found = Vec::new();
    let wordings =
        others.ask().world.plan.norms_of(norm.clause).filter(|(_, other)| other.makes_due.contains(&sanction));
    for (id, wording) in wordings {
        let ask = others.ask();
        let Some(here) = under_wording(ask, norm, id, one) else { continue };
        let periods: Vec<Option<CyclePeriod>> = match ask.quietly(|ask| periods_of_norm(ask, wording)) {
            Periods::These(all) => all.into_iter().map(Some).collect(),
            Periods::Once | Periods::Unknown => vec![None],
        };
        for period in periods {
            let one = Instance { period, ..here };
            let ask = others.ask();
            ask.vars.clear();
            bind_rows(ask, wording, &one);
            let Some((first, last)) = days_watched(ask, wording, &one) else { continue };
            let days = Stretch::of_days(first, last).intersect(within.may);
            if days.is_empty() {
                continue;
            }
            for day in days_of_change(ask, wording, &one, (days.first(), days.last())) {
                let one = Instance { span: Some((day, day)), ..one };
                let outcome = come(others, &one, period);
                let status = noted(others.ask(), &one, &outcome);
                found.push(if within.hold((day, day)).is_yes() { status } else { perhaps(status) });
            }
        }
    }
    found
}

/// A ban or a right without a cycle is broken within a period by an act of those days, under the wording of the act's day.
fn by_acts_within<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    (sanction, due): (ClauseId, Option<&DueIn>),
) -> Vec<Status> {
    let ask = others.ask();
    let by_wording = goes_by_wording(ask, norm, one);
    let all: Vec<Instance> = match by_wording {
        true => ask.world.plan.norms_of(norm.clause).map(|(id, _)| Instance { norm: id, ..*one }).collect(),
        false => under_its_wordings(ask, norm, one),
    };
    let plan = others.ask().world.plan;
    let breaches = due.map_or(Breaches::ALL, DueIn::breaches);
    let within = breaches.may;
    let mut found = Vec::new();
    for here in all {
        let Some(wording) = plan.norm(here.norm).filter(|one| one.makes_due.contains(&sanction)) else { continue };
        let governs = others.ask().law.chosen(wording);
        let days = if by_wording && !governs.is_empty() { within.intersect(governs) } else { within };
        if days.is_empty() {
            continue;
        }
        let through = |first: Day, last: Day| {
            let label = due.map_or(PeriodLabel::Days(first, last), |due| due.own.label);
            Some(CyclePeriod::new(Stretch::of_days(first, last), label))
        };
        if wording.bodies.iter().all(|body| matches!(body.test, NormTest::Never(_))) {
            let outcome = come(others, &here, through(days.first(), days.last()));
            found.push(noted(others.ask(), &here, &outcome));
            continue;
        }
        // A right is exceeded by all its uses together: what they come to by now, and came to before.
        let begins = if governs.is_empty() { others.ask().law.first_day(wording.clause) } else { governs.from };
        let first = begins.min(days.first());
        let now = come(others, &here, through(first, days.last()));
        let before = (first < days.first()).then(|| come(others, &here, through(first, days.first().preceding())));
        let is_new = before.is_none_or(|before| (before.status, before.progress) != (now.status, now.progress.clone()));
        if is_new || now.status != Status::Violated {
            found.push(noted(others.ask(), &here, &now));
        }
    }
    if breaches.sure == breaches.may { found } else { found.into_iter().map(perhaps).collect() }
}
