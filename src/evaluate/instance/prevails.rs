//! Whether another clause goes before one: it is in force for the case, reaches it, its conditions hold, and nobody set it aside.

use crate::facts::{CellId, Row};
use crate::model::clause::{Bearer, CutCounts, Edge};
use crate::model::expr::{ClauseId, Collection};
use crate::model::schema::{RecordId, Shape, Type};
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Day, Stretch};
use crate::verdict::{Holder, Instance, Mark, Said};

use super::binding::{ends_before, life_of_other};
use super::counterpart::{come_back, exception, leave, named_bearer, of_whom};
use super::force::{began_on, is_in_force, is_in_its_term, subject_is_event};
use super::last_day_law::{law_of_its_last_day, under_law};
use super::life::{Lasts, Own, bind_rows, came_on, days_of_binding, governing_days, is_of_acts, lasting_days, own_of};
use super::people::{attested_use, set_aside, waiver_of, weighed_use};
use super::periods::{came_after, turn_to_term, turned_to};
use super::reach::reaches;
use super::short_period::counts_not_at_all;
use crate::evaluate::amendments::exceptions::before_later_changes;
use crate::evaluate::amendments::run_out::had_run_out;
use crate::evaluate::amendments::wording::after_gaps;
use crate::evaluate::expr::ask::{Ask, Stepping};
use crate::evaluate::expr::form::begins_by_subject;
use crate::evaluate::expr::frame::{EdgeDay, Frame};
use crate::evaluate::expr::judged::as_judged;
use crate::evaluate::expr::readings::{may_differ, taken_as};
use crate::evaluate::expr::sharers::is_a_sharer;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::{Truth, of_readings};
use crate::evaluate::norms::case::{Life, bearer_of, has_window, is_daily, share_bearer};
use crate::evaluate::norms::due::{is_due, is_due_on};
use crate::evaluate::trace::{Trace, reason};

/// Whether another clause goes before one for a case.
pub fn is_behind<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Truth {
    let mut any = Truth::No;
    for other in &norm.yields_to {
        any = any.or(prevails(ask, *other, norm, instance, For::TheCase));
    }
    any
}

/// The same of a case that is not turned to yet, or of what is done on the day that is asked about.
pub fn steps_back<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    stepping: Stepping,
) -> Truth {
    turned_to(ask, norm, instance, |ask| match stepping {
        Stepping::ForACase => is_behind(ask, norm, instance),
        Stepping::ForAnAct => is_behind_for_an_act(ask, norm, instance),
    })
}

/// What goes before an act may step back itself for that act.
fn is_behind_for_an_act<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Truth {
    let mut any = Truth::No;
    for clause in &norm.yields_to {
        let goes_before = prevails(ask, *clause, norm, instance, For::AnAct);
        let other = exception(ask, *clause, norm, instance).filter(|_| !goes_before.is_no());
        let other = other.and_then(|other| Some((ask.world.plan.norm(other.norm)?, other)));
        let Some((other_norm, other)) = other.filter(|(norm, _)| norm.bodies.iter().all(is_of_acts)) else {
            any = any.or(goes_before);
            continue;
        };
        let behind = turned_to(ask, other_norm, &other, |ask| is_behind_for_an_act(ask, other_norm, &other));
        any = any.or(goes_before.and(behind.opposite()));
    }
    any
}

/// For what another clause goes before one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    TheCase,
    /// Who is to pay a share of it.
    ADebtor,
    /// What is done on the day that is asked about.
    AnAct,
}

/// Whether another clause applies to this case: it is in force, reaches it, its conditions hold, and it does not step
/// back itself.
pub fn prevails<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
    what: For,
) -> Truth {
    if what == For::AnAct || is_daily(norm) {
        return before_later_changes(ask, norm, ask.on, |ask| prevails_now(ask, clause, norm, instance, what));
    }
    // One that an amendment adds which takes over what began before goes before what had not run out by then, and nothing else.
    if let (For::TheCase, Some(added)) = (what, ask.law.added_over(clause))
        && ask.on < added
        && added <= ask.world.as_of
        && instance.span.is_none()
    {
        return match had_run_out(ask, norm, instance, added) {
            true => Truth::No,
            false => ask.asked_on(added, |ask| prevails_now(ask, clause, norm, instance, what)),
        };
    }
    prevails_now(ask, clause, norm, instance, what)
}

/// The same, as amendments have been by now.
fn prevails_now<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
    what: For,
) -> Truth {
    let plan = ask.world.plan;
    if is_of_members(ask, clause) {
        return excepts_a_member(ask, clause, (norm, instance), what);
    }
    let Some(mut other) = exception(ask, clause, norm, instance) else { return Truth::No };
    let Some(mut other_norm) = plan.norm(other.norm) else { return Truth::No };
    // What had to be done by a day before its own goes before others by the law of that last day.
    if what == For::TheCase
        && let Some((law, _)) = ask.quietly(|ask| law_of_its_last_day(ask, other_norm, &other))
    {
        return under_law(ask, law, |ask| prevails_now(ask, clause, norm, instance, what));
    }
    // Of an act, the wording speaks that has come back into force by its day, after a gap in the period.
    if what == For::AnAct {
        for back in after_gaps(ask, other_norm, &other) {
            if let Some(norm) = plan.norm(back.norm).filter(|one| ask.law.chosen(one).contains(ask.on)) {
                (other, other_norm) = (back, norm);
            }
        }
    }
    if taken_as(ask, other_norm).len() > 1 {
        may_differ(ask, clause);
    }
    if is_of_whom_nobody_knows(ask, norm, (other_norm, &other)) {
        return Truth::Open;
    }
    if !other_norm.subjects.is_empty() && other.subject.is_none() {
        return Truth::No;
    }
    let alike = binds_whom(ask, (norm, instance), (other_norm, &other), what);
    if alike.is_no() {
        return Truth::No;
    }
    // No period that had begun under it excuses whoever comes after a repeal.
    let comes_after =
        |ask: &mut Ask<'w, T>| came_on(ask, other_norm, &other) >= Some(days_of_binding(ask, other_norm).until);
    if other.period.is_some() && comes_after(ask) {
        return Truth::No;
    }
    // Another wording of it may be an exception, and this one none.
    if norm.yields_to.contains(&clause) && !norm.gives_way_before(other_norm) {
        return Truth::No;
    }
    let of_case = ask.on;
    let in_its_time = in_its_own_window(ask, norm, what);
    // What is watched on every day steps back on days on which the other is in force, and was not waived yet; any case behind one that
    // has no day of its own, where that was in force when the case began.
    let (daily, on) = (is_daily(norm), ask.on);
    let by = if daily || what == For::AnAct { on } else { ask.world.as_of };
    let undated = what == For::TheCase && other.subject.is_none() && other.period.is_none();
    let in_a_period = other.subject.is_none() && other.period.is_some();
    // A term cuts its periods for whatever begins in them.
    let in_its_term = is_in_its_term(ask, other_norm, &other, on);
    let in_force = in_its_term
        && match daily || undated {
            true if in_a_period => governing_days(ask, other_norm, &other).contains(on),
            true => ask.law.chosen(other_norm).contains(on),
            // A period runs to its end under the wording that it began under, also after a repeal.
            false if in_a_period => {
                governing_days(ask, other_norm, &other).contains(on)
                    || plan.norms_of(clause).any(|(_, one)| ask.law.chosen(one).contains(on))
            }
            false => true,
        };
    let came = bearer_came(ask, norm, instance).filter(|_| what == For::TheCase);
    let due = match what {
        // What comes later does not excuse what began before.
        For::AnAct | For::TheCase => is_due_on(ask, other_norm, &other, of_case),
        For::ADebtor => is_due(ask, other_norm, &other),
    };
    if due.is_no() {
        return Truth::No;
    }
    ask.trace.open();
    let mark = ask.trace.mark();
    let truth = match leave(ask, clause) {
        Some(here) => {
            // What has periods of its own is asked when its own began.
            let by_acts = what == For::AnAct && other_norm.bodies.iter().all(is_of_acts);
            if let Some(period) = other.period.filter(|_| !by_acts) {
                let began = turned_to(ask, other_norm, &other, |ask| {
                    let own = own_of(ask, other_norm, &other);
                    began_on(ask, other_norm, &other, own)
                });
                // Of an event its own day tells, in every period.
                let began = match subject_is_event(ask, other_norm, &other) {
                    true => began,
                    false => began.max(period.first()).max(governing_days(ask, other_norm, &other).from),
                };
                (ask.on, ask.by) = (began, began.min(ask.world.as_of));
            }
            let mut truth = if in_force {
                let since = came.map_or(ask.on, |came| ask.on.max(came));
                let alike = is_of_the_same(norm, other_norm);
                applies_here(ask, (other_norm, alike), &other, (what, of_case, since), in_its_time)
            } else {
                Truth::No
            };
            truth = truth.and(due).and(alike);
            if other.period.is_none() && other_norm.cycle.is_some() {
                // On which days its periods lie is not known.
                truth = truth.and(Truth::Open);
            }
            if !truth.is_no() {
                truth = truth.and(set_aside(ask, other_norm, &other, by).opposite());
            }
            if !truth.is_no() && what == For::AnAct {
                truth = truth.and(attested_use(ask, other_norm, &other)).and(weighed_use(ask, other_norm, &other));
            }
            come_back(ask, here);
            truth
        }
        None => Truth::Open,
    };
    tell(ask, clause, (what, mark), truth);
    truth
}

/// Whether another clause binds the bearer of a case, where a field of its own subject names whom it binds. It goes before what each of
/// several bears for that one alone, and before what somebody does for whoever does it; what one is asked for by itself it takes the place
/// of, whoever is asked instead. Where the field names nobody, nobody is.
fn binds_whom<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, instance): (&'w Norm, &Instance),
    (other_norm, other): (&'w Norm, &Instance),
    what: For,
) -> Truth {
    let Some(Bearer::Field(field)) = &other_norm.bearer else { return Truth::Yes };
    let named = ask.world.plan.schema.field(field.record, field.field).map(|field| &field.ty);
    let Some(Type::Ref(named)) = named else { return Truth::Yes };
    let each = bearer_of(norm, instance).filter(|(of, _, _)| of.record == *named).map(|(_, _, row)| row);
    // What one does, nobody else's right lets be done.
    let of_acts = what == For::AnAct || norm.bodies.iter().all(is_of_acts);
    let own = each.or_else(|| match named_bearer(ask, norm).filter(|_| of_acts) {
        Some((record, row)) => Some(row).filter(|_| record == *named),
        None => None,
    });
    match (turned_to(ask, other_norm, other, |ask| ask.field(field)), own) {
        (Val::Absent, _) => Truth::No,
        (Val::Row(_, whom), Some(row)) => Truth::of(row == whom),
        (Val::Row(..), None) => Truth::Yes,
        (_, _) => Truth::Open,
    }
}

/// Closes what is said of whether another clause goes before a case.
fn tell<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, (what, mark): (For, usize), truth: Truth) {
    let place = ask.world.plan.clause(clause).map(|clause| clause.name_span);
    if truth == Truth::Open {
        let said = match what {
            For::ADebtor => Said::Words("whether there is a cost to share"),
            For::TheCase | For::AnAct => Said::YieldsTo(clause),
        };
        ask.trace.close(|| reason(said, Mark::Open, place));
    } else if truth.is_yes() && what == For::TheCase {
        ask.trace.forget(mark);
        ask.trace.close(|| reason(Said::Applies(clause), Mark::Yes, place));
    } else {
        ask.trace.forget(mark);
        ask.trace.discard();
    }
}

/// The day on which the bearer of a case came, who lasts or is a member. Who comes amid a period has come to both clauses by then.
pub fn bearer_came<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Day> {
    let (of, _, row) = bearer_of(norm, instance)?;
    lasting_days(ask, of, row)?.from.exact()
}

/// Whether another clause, under its wording of the day that is asked about, says who is a member.
fn is_of_members<'w, T: Trace>(ask: &Ask<'w, T>, clause: ClauseId) -> bool {
    let all = || ask.world.plan.norms_of(clause).map(|(_, one)| one);
    all().any(Norm::is_membership)
        && all().find(|one| ask.law.chosen(one).contains(ask.on)).is_none_or(Norm::is_membership)
}

/// Whether a membership goes before a clause for a case: on a day of its force it does for whoever is a member then.
fn excepts_a_member<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    (norm, instance): (&'w Norm, &Instance),
    what: For,
) -> Truth {
    let on = ask.on;
    let came = bearer_came(ask, norm, instance).filter(|_| what == For::TheCase);
    let day = came.map_or(on, |came| on.max(came));
    let mut all = ask.world.plan.norms_of(clause);
    let Some((id, wording)) = all.find(|(_, one)| ask.law.chosen(one).contains(day)) else { return Truth::No };
    let Some(other) = of_whom(ask, clause, norm, instance).map(|other| Instance { norm: id, ..other }) else {
        return Truth::No;
    };
    if is_of_whom_nobody_knows(ask, norm, (wording, &other)) {
        return Truth::Open;
    }
    let Some((_, row)) = other.subject.filter(|_| norm.gives_way_before(wording)) else { return Truth::No };
    // What comes later does not excuse what began before.
    let due = is_due_on(ask, wording, &other, on);
    if due.is_no() {
        return Truth::No;
    }
    ask.trace.open();
    let mark = ask.trace.mark();
    let truth = match leave(ask, clause) {
        Some(here) => {
            let mut truth = ask.member(clause, row, day).and(due);
            let by = if is_daily(norm) || what == For::AnAct { on } else { ask.world.as_of };
            if !truth.is_no() {
                truth = truth.and(set_aside(ask, wording, &other, by).opposite());
            }
            come_back(ask, here);
            truth
        }
        None => Truth::Open,
    };
    tell(ask, clause, (what, mark), truth);
    truth
}

/// Whether another clause speaks of, or binds, the one that a field of the subject names as the bearer, and it is not known who that is.
fn is_of_whom_nobody_knows<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    (other_norm, other): (&'w Norm, &Instance),
) -> bool {
    let Some(Bearer::Field(field)) = &norm.bearer else { return false };
    let named = ask.world.plan.schema.field(field.record, field.field).map(|field| &field.ty);
    let Some(Type::Ref(named)) = named else { return false };
    let of_one = other.subject.is_none() && other_norm.subjects.iter().any(|of| of.record == *named);
    let by_one =
        other.bearer == Holder::TheOne && matches!(&other_norm.bearer, Some(Bearer::Each(of)) if of.record == *named);
    if !of_one && !by_one {
        return false;
    }
    match ask.quietly(|ask| ask.field(field)) {
        Val::Row(..) | Val::Absent => false,
        _ => {
            ask.field(field);
            true
        }
    }
}

/// Whether a clause is in force for an instance, reaches it, and does not step back itself; asked on the day that is asked
/// about.
fn applies_here<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, alike): (&'w Norm, bool),
    instance: &Instance,
    (what, of_case, since): (For, Day, Day),
    in_its_time: Day,
) -> Truth {
    ask.vars.clear();
    bind_rows(ask, norm, instance);
    let own = own_of(ask, norm, instance);
    ask.period = instance.period;
    turn_to_term(ask, norm, instance);
    // What is watched on every day is asked of whom it speaks of on that day.
    let daily = is_daily(norm) && instance.subject.is_some() && !subject_is_event(ask, norm, instance);
    let on = match (own, instance.period) {
        _ if daily => ask.on,
        (Own::On(day), Some(period)) if !subject_is_event(ask, norm, instance) => day.max(period.first()),
        (Own::On(day), _) => day,
        (_, _) => ask.on,
    };
    // Which wording speaks of it, the day tells on which its period began.
    let began = instance.period.map_or(on, |period| if matches!(own, Own::On(_)) { on } else { period.first() });
    // Nor does it ask or allow anything of what came after the last of its terms.
    if own == Own::None || !is_in_force(ask, norm, instance, (own, began)) || came_after(ask, norm, instance).is_some()
    {
        return Truth::No;
    }
    if what == For::AnAct && !governing_days(ask, norm, instance).contains(of_case) {
        return Truth::No;
    }
    let mut truth = reaches(ask, norm, instance, on);
    if own == Own::Unknown && subject_is_event(ask, norm, instance) {
        truth = truth.and(has_such_a_case(ask, norm, instance));
    }
    // What lasts, or is a member, lets nothing be done, and asks for nothing, on other days, unless its window says otherwise.
    let on_its_day = what == For::AnAct || is_daily(norm);
    // Where the same ones bear both clauses, the case itself hangs on whether this one does.
    let if_alike = |binds: Truth| if alike && binds == Truth::Open { Truth::Yes } else { binds };
    let in_a_period = instance.period.is_some() && what != For::ADebtor && !subject_is_event(ask, norm, instance);
    if (what == For::AnAct || daily || in_a_period)
        && !truth.is_no()
        && let Some((line, row)) = instance.subject
        && let Some(of) = norm.subjects.get(usize::from(line))
        && !norm.bodies.iter().any(|body| begins_by_subject(ask.world.plan, body))
        && let Some(lasts) = lasting_days(ask, of, row)
        && !lies_before(ask, norm, lasts)
    {
        let meets = is_there(ask, (of, row), lasts, of_case);
        truth = truth.and(if in_a_period { if_alike(meets) } else { meets });
    }
    // It speaks of nobody who does not last, or is no member of what it names, then.
    let lasting = bearer_of(norm, instance).filter(|_| what != For::ADebtor && !truth.is_no());
    let lasting = lasting.and_then(|(of, _, row)| Some((of, row, lasting_days(ask, of, row)?)));
    if let Some((of, row, lasts)) = lasting.filter(|_| on_its_day) {
        truth = truth.and(if_alike(is_there(ask, (of, row), lasts, of_case)));
    }
    let extended = match what {
        For::AnAct => waiver_of(ask, norm, instance).and_then(|(_, waiver)| waiver.until),
        For::TheCase | For::ADebtor => None,
    };
    if !truth.is_no() {
        let mut readings = Vec::new();
        for body in taken_as(ask, norm) {
            let mut covers = if what == For::ADebtor {
                Truth::Yes
            } else {
                covers_the_day(ask, (norm, body), extended, in_its_time)
            };
            if let NormTest::PaysShare(cost) = body.test {
                // Of a cost that there is not it asks for nothing.
                covers = covers.and(prevails(ask, cost, norm, instance, For::ADebtor));
                if let (Some(who), false) = (share_bearer(ask, norm, instance), covers.is_no()) {
                    let subject = instance.subject.map(|(_, row)| row);
                    covers = covers.and(is_a_sharer(ask, cost, (subject, who)));
                }
            }
            if let Some((of, row, lasts)) = lasting.filter(|_| !covers.is_no()) {
                let binds = match (own, instance.period) {
                    (Own::Without, _) if on_its_day => Truth::Yes,
                    // The rule asks for it of the same ones, and of nobody who was not there.
                    (Own::Without, None) if alike => Truth::Yes,
                    // One that comes later does not excuse what began before; nor does one in a period of which those have left who
                    // bore it.
                    (Own::Without, period) => {
                        let on = period.map_or(since, |period| of_case.max(period.first()).min(period.last()));
                        if_alike(is_there(ask, (of, row), lasts, on))
                    }
                    // Of an act, it is asked who was there on the subject's day, on which the act's own rule need not ask.
                    (Own::Unknown, _) if on_its_day => last_on_its_day(ask, norm, instance, lasts),
                    (_, _) if on_its_day => binds_its_bearer(ask, (norm, body), instance, (own, began)),
                    (_, _) => if_alike(binds_its_bearer(ask, (norm, body), instance, (own, began))),
                };
                covers = covers.and(binds);
            }
            if let Own::On(day) = own
                && what == For::AnAct
                && subject_is_event(ask, norm, instance)
            {
                covers = covers.and(has_begun(ask, body, day));
            }
            if what != For::ADebtor && !covers.is_no() {
                covers = covers.and(asks_nothing(ask, (norm, body), instance, (own, began)).opposite());
            }
            readings.push(if covers.is_no() {
                covers
            } else {
                // Events in its period are those of the part in which it binds.
                if instance.period.is_some() && !body.conditions.is_empty() {
                    let life = in_its_window(ask, (norm, body), instance, (own, began)).0;
                    (ask.binds_since, ask.binds_until) = (life.begins, life.ends);
                }
                let applies = ask.applies(&body.conditions);
                covers.and(as_judged(ask, norm, applies))
            });
        }
        truth = truth.and(of_readings(readings));
    }
    // What goes before a ban or a right may do so for some acts only: that is asked of each act.
    let by_acts = what == For::AnAct && norm.bodies.iter().all(is_of_acts);
    for next in norm.yields_to.iter().filter(|_| !by_acts) {
        if truth.is_no() {
            break;
        }
        // What is no ban or right steps back as a whole, also where it is looked at for an act.
        let whole = if what == For::AnAct { For::TheCase } else { what };
        truth = truth.and(prevails(ask, *next, norm, instance, whole).opposite());
    }
    truth
}

/// Whether each of the same record, or the same membership, bears two clauses, or is what they are for.
fn is_of_the_same(one: &Norm, other: &Norm) -> bool {
    fn whose(norm: &Norm) -> impl Iterator<Item = (RecordId, Option<ClauseId>)> + '_ {
        let bearer = if let Some(Bearer::Each(of)) = &norm.bearer { Some(of) } else { None };
        norm.subjects.iter().chain(bearer).map(|of| (of.record, of.members_of))
    }
    whose(other).all(|other| whose(one).any(|one| one == other))
}

/// Whether one that lasts, or is a member, does on a day; what leaves that open is told.
fn is_there<'w, T: Trace>(ask: &mut Ask<'w, T>, (of, row): (&'w Collection, Row), lasts: Lasts, on: Day) -> Truth {
    let there = lasts.meets(on, on);
    if there != Truth::Open {
        return there;
    }
    if let Some(clause) = of.members_of {
        ask.member(clause, row, on);
    } else if let Shape::Lasts { from, to, .. } = ask.world.shape(of.record) {
        let open = |edge: EdgeDay| matches!(edge, EdgeDay::On(_) | EdgeDay::Unknown) && edge.exact().is_none();
        for (field, _) in [(from, lasts.from), (to, lasts.last)].into_iter().filter(|(_, edge)| open(*edge)) {
            ask.cell(CellId { record: of.record, row, field }, of.span);
        }
    }
    there
}

/// Whether the windows of a clause have ended before its subject begins.
fn lies_before<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, lasts: Lasts) -> bool {
    let ended = |ask: &mut Ask<'w, T>, body: &'w Body| {
        has_window(&body.test) && ends_before(ask.quietly(|ask| ask.frame(body, None)).last, lasts.from).is_yes()
    };
    norm.bodies.iter().all(|body| ended(ask, body))
}

/// The day that is asked about; where the window of a case has ended before the day on which it began, as with what has to be done before
/// its subject's day, the last day of that window.
fn in_its_own_window<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, what: For) -> Day {
    let on = ask.on;
    if what != For::TheCase || is_daily(norm) {
        return on;
    }
    let timed = norm.bodies.iter().filter(|body| has_window(&body.test) && !is_open(&body.window.last));
    let last = timed.filter_map(|body| ask.quietly(|ask| ask.frame(body, None)).last.exact()).max();
    last.map_or(on, |last| on.min(last))
}

/// Whether a bearer that lasts, or is a member, is bound by a case.
fn binds_its_bearer<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    instance: &Instance,
    (own, began): (Own, Day),
) -> Truth {
    in_its_window(ask, (norm, body), instance, (own, began)).1
}

/// The time in which a case binds, and whether it binds its bearer.
fn in_its_window<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    instance: &Instance,
    (own, began): (Own, Day),
) -> (Life, Truth) {
    let none = Frame { first: EdgeDay::None, last: EdgeDay::None, after: false };
    let frame = if has_window(&body.test) { ask.quietly(|ask| ask.frame(body, None)) } else { none };
    life_of_other(ask, norm, instance, (own, began, frame))
}

/// Whether what another clause asks for an event has begun by the day that is asked about: with its window, where that has a first day
/// or may lie before the event, else with the event.
fn has_begun<'w, T: Trace>(ask: &mut Ask<'w, T>, body: &'w Body, own: Day) -> Truth {
    let on = DayBounds::exactly(ask.on);
    let of_its_own = has_window(&body.test) && !(body.window.first.is_none() && is_open(&body.window.last));
    let first =
        if of_its_own { ask.quietly(|ask| ask.frame(body, None)).first } else { EdgeDay::On(DayBounds::exactly(own)) };
    match first {
        EdgeDay::On(first) => on.before(first).opposite(),
        EdgeDay::NotYet | EdgeDay::NoDay => Truth::No,
        EdgeDay::Unknown => Truth::Open,
        EdgeDay::NoSuchDay => Truth::Person,
        EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => Truth::Yes,
    }
}

/// Whether a bearer lasts on the day of a subject, whichever of those it is that it may be.
fn last_on_its_day<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance, lasts: Lasts) -> Truth {
    let of = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let Some(day) = of.and_then(|(of, row)| ask.own_day(of.record, row)) else { return Truth::Open };
    if lasts.meets(day.first, day.last).is_no() {
        return Truth::No;
    }
    let throughout = lasts.meets(day.first, day.first).and(lasts.meets(day.last, day.last));
    if throughout.is_yes() { Truth::Yes } else { Truth::Open }
}

/// Whether a clause asks for nothing: the day that its window is counted from is none, its last day lies before it came into force or its
/// bearer came, or its period is one that does not count at all.
fn asks_nothing<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    instance: &Instance,
    (own, began): (Own, Day),
) -> Truth {
    let mut nothing = Truth::No;
    if [norm.first_period, norm.last_period].contains(&Some(CutCounts::NotAtAll)) {
        let life = in_its_window(ask, (norm, body), instance, (own, began)).0;
        nothing = counts_not_at_all(norm, instance, &life);
    }
    if nothing.is_yes() || is_of_acts(body) || !has_window(&body.test) || is_open(&body.window.last) {
        return nothing;
    }
    let extended = waiver_of(ask, norm, instance).and_then(|(_, waiver)| waiver.until);
    let frame = ask.quietly(|ask| ask.frame(body, extended));
    let run_out = match (frame.first, frame.last) {
        (EdgeDay::NoDay, _) | (_, EdgeDay::NoDay) => return Truth::Yes,
        (_, EdgeDay::On(last)) => {
            let since = DayBounds::exactly(ask.law.first_day(norm.clause));
            last.before(since).or(ended_before_who_it_is_for(ask, norm, instance, frame.last))
        }
        (_, EdgeDay::Unknown) => Truth::Open,
        (_, _) => Truth::No,
    };
    nothing.or(if frame.may_be_none() { run_out.or(Truth::Open) } else { run_out })
}

/// Whether a last day lies before the first of a bearer, or in a period before that of its subject.
fn ended_before_who_it_is_for<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    last: EdgeDay,
) -> Truth {
    let subject = instance.subject.filter(|_| instance.period.is_some());
    let subject = subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    let mut ended = Truth::No;
    for (of, row) in subject.into_iter().chain(bearer) {
        let lasts = lasting_days(ask, of, row);
        ended = ended.or(lasts.map_or(Truth::No, |lasts| ends_before(last, lasts.from)));
    }
    ended
}

fn is_open(edge: &Edge) -> bool {
    matches!(edge, Edge::Open | Edge::Never)
}

/// Whether a clause speaks of an event whose day is not known exactly: of none whose day lies outside of its force, whichever it is, and of
/// one that happened in it by the day that is asked about; else that hangs on the day.
fn has_such_a_case<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> Truth {
    let of = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let day = of.and_then(|(of, row)| ask.world.day_of(of.record, row)).and_then(|day| day.day_bounds());
    let Some(day) = day else { return Truth::Open };
    let wordings = ask.world.plan.norms_of(norm.clause).map(|(_, one)| ask.law.chosen(one));
    let forces: Vec<Stretch> = wordings.filter(|force| !force.is_empty()).collect();
    if forces.iter().any(|force| day.last <= ask.on && day.lies_in(force.from, force.last())) {
        return Truth::Yes;
    }
    if forces.iter().any(|force| day.may_lie_in(force.from, force.last())) { Truth::Open } else { Truth::No }
}

/// Whether a day lies in the window of a right or a ban: that of an act, or the one on which the case began that it goes before.
fn covers_the_day<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    extended: Option<Day>,
    day: Day,
) -> Truth {
    if !norm.speaks_in_its_window() || !has_window(&body.test) {
        return Truth::Yes;
    }
    ask.frame(body, extended).holds(day)
}
