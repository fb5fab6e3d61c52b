//! Whether the last day has passed by which somebody is asked for a share of a cost.

use crate::model::clause::Bearer;
use crate::plan::{Body, Norm, NormId, NormTest, Trigger};
use crate::value::Day;
use crate::verdict::{Holder, Instance, ShareOf};

use super::case::{Case, bearer_of};
use crate::evaluate::amendments::wording::as_taken;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::{EdgeDay, Passed};
use crate::evaluate::expr::judged::as_judged;
use crate::evaluate::expr::readings::{may_differ, taken_as};
use crate::evaluate::instance::force::repealed_on;
use crate::evaluate::instance::last_day_law::{law_of_its_last_day, under_law};
use crate::evaluate::instance::life::{bind_rows, day_of_beginning, own_of};
use crate::evaluate::instance::people::waiver_of;
use crate::evaluate::instance::periods::turn_to_term;
use crate::evaluate::instance::prevails::is_behind;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;

/// Whether the last day has passed of the clauses that ask somebody for a share: where none does, what is billed must be right from
/// the first. A share that was waived, or that the clause does not ask of this one, has no such day.
pub fn payment_is_due<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, who: ShareOf) -> Option<IsDue> {
    let ask = &mut judge.ask;
    let (on, since, vars) = (ask.on, ask.since, ask.vars.clone());
    let mut due: Option<IsDue> = None;
    for (id, norm) in (0..).map(NormId).zip(ask.world.plan.norms.iter().map(|norm| &**norm)) {
        let pays = |body: &Body| matches!(body.test, NormTest::PaysShare(cost) if cost == case.norm.clause);
        let of_the_day = |one: &Norm| std::ptr::eq(one, norm) && ask.law.chosen(one).contains(on);
        if !norm.bodies.iter().any(pays) || !ask.law.wording_on(norm.clause, on).is_some_and(of_the_day) {
            continue;
        }
        ask.since = ask.law.first_day(norm.clause);
        let Some(instance) = paying(ask, case, (id, norm), who) else { continue };
        // A wording that takes over what had begun asks for it by its own last day.
        let several = ask.world.plan.norms_of(norm.clause).nth(1).is_some();
        let taken = if several { ask.quietly(|ask| as_taken(ask, norm, &instance)) } else { Some(instance) };
        let Some(instance) = taken else { continue };
        let Some(norm) = ask.world.plan.norm(instance.norm) else { continue };
        // What had to be paid by a day before the cost's own is asked for by the law of that last day.
        let asked = match ask.quietly(|ask| law_of_its_last_day(ask, norm, &instance)) {
            Some((law, here)) => under_law(ask, law, |ask| {
                ask.world.plan.norm(here.norm).and_then(|norm| payment_asked(ask, (norm, &here), &pays))
            }),
            None => payment_asked(ask, (norm, &instance), &pays),
        };
        due = asked.into_iter().fold(due, |due, here| Some(due.map_or(here, |due| due.and(here))));
        ask.vars.clone_from(&vars);
    }
    ask.since = since;
    let extended = waiver_of(ask, case.norm, &case.instance).and_then(|(_, waiver)| waiver.until);
    due.map(|due| extended.map_or(due, |day| due.extended(day, ask.world.as_of)))
}

/// Whether the last day has passed of a clause that asks an instance for a share, in each reading that does.
fn payment_asked<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, instance): (&'w Norm, &Instance),
    pays: &impl Fn(&Body) -> bool,
) -> Option<IsDue> {
    bind_rows(ask, norm, instance);
    let own = own_of(ask, norm, instance);
    let began = day_of_beginning(ask, norm, instance, own);
    let fell_away = repealed_on(ask, norm, instance, (own, began)).is_some();
    let waiver = waiver_of(ask, norm, instance).map(|(_, waiver)| waiver.until);
    ask.trace.hush();
    // What is owed for a breach is due once there is one.
    let waived = waiver == Some(None);
    let waits = waived || fell_away || norm.trigger != Trigger::Always;
    let asks = if waits { Truth::No } else { asks_of(ask, norm, instance) };
    let readings = taken_as(ask, norm);
    if readings.len() > 1 {
        may_differ(ask, norm.clause);
    }
    let before = (ask.term, ask.cycle);
    turn_to_term(ask, norm, instance);
    let mut due: Option<IsDue> = None;
    for body in readings.iter().filter(|body| pays(body)) {
        let here = match asks {
            Truth::No => IsDue { waived, ..IsDue::NOT },
            _ => passed(ask, (norm, body), asks, waiver.flatten()),
        };
        due = Some(due.map_or(here, |due| due.and(here)));
    }
    (ask.term, ask.cycle) = before;
    ask.trace.speak();
    due
}

/// The instance of a clause that asks somebody for a share of a cost, with its rows bound; nothing where it does not ask this one.
fn paying<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    (id, norm): (NormId, &'w Norm),
    who: ShareOf,
) -> Option<Instance> {
    let subject = match (case.subject(), norm.subjects.is_empty()) {
        (_, true) => None,
        (Some((of, row)), false) => {
            let at = norm.subjects.iter().position(|one| one.record == of.record)?;
            ask.bind(norm.subjects.get(at)?.var, row);
            Some((u8::try_from(at).ok()?, row))
        }
        (None, false) => return None,
    };
    let bearer = match (&norm.bearer, who) {
        (Some(Bearer::Each(of)), ShareOf::Row(record, row)) if of.record == record => {
            ask.bind(of.var, row);
            Holder::Row(record, row)
        }
        (Some(Bearer::EachOf(actors)), ShareOf::Actor(actor)) if actors.contains(&actor) => Holder::Actor(actor),
        (Some(Bearer::Actor(own)), ShareOf::Actor(actor)) if *own == actor => Holder::TheOne,
        (Some(Bearer::Field(field)), ShareOf::Row(record, row)) => match ask.quietly(|ask| ask.field(field)) {
            Val::Row(named, own) if (named, own) != (record, row) => return None,
            Val::Absent => return None,
            _ => Holder::TheOne,
        },
        (_, _) => return None,
    };
    Some(Instance { norm: id, subject, bearer, period: None, span: None })
}

/// Whether a clause asks an instance for anything, as far as its subject, its bearer and its exceptions tell.
fn asks_of<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Truth {
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    let mut asks = is_behind(ask, norm, instance).opposite();
    for (of, row) in subject.into_iter().chain(bearer) {
        let (on, by) = (ask.on, ask.world.as_of);
        asks = asks.and(ask.asked(on, by, |ask| ask.passes(of, row)));
        if let Some(clause) = of.members_of {
            asks = asks.and(ask.member(clause, row, on));
        }
    }
    asks
}

/// Whether a payment is asked for, whether its last day has passed, and which day that is.
fn passed<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    asks: Truth,
    extended: Option<Day>,
) -> IsDue {
    let applies = ask.applies(&body.conditions);
    let asked = asks.and(as_judged(ask, norm, applies));
    if asked.is_no() {
        return IsDue::NOT;
    }
    let frame = ask.frame(body, extended);
    let over = match frame.passed(ask.world.as_of) {
        Passed::Yes => Truth::Yes,
        Passed::No => Truth::No,
        Passed::Open => Truth::Open,
    };
    let last = if let EdgeDay::On(day) = frame.last { Some(day) } else { None };
    IsDue { asked, over: asked.opposite().or(over), opens: Some(frame.first_bounds()), last, waived: false }
}

/// Whether a payment is asked for, whether the last day of each clause that asks for it has passed, on which day the first of them can be
/// kept, and which is the last of their last days, where they have one.
#[derive(Clone, Copy)]
pub struct IsDue {
    pub asked: Truth,
    pub over: Truth,
    pub opens: Option<(Day, Day)>,
    pub last: Option<DayBounds>,
    /// None of them asks for it, since that was waived.
    pub waived: bool,
}

impl IsDue {
    const NOT: IsDue = IsDue { asked: Truth::No, over: Truth::Yes, opens: None, last: None, waived: false };

    /// Whether a day lies before the first on which it can be kept.
    pub fn opens_after(self, day: DayBounds) -> bool {
        self.asked.is_yes() && self.opens.is_some_and(|(opens, _)| day.last < opens)
    }

    /// The same, where the last day of the cost itself was extended.
    fn extended(self, day: Day, as_of: Day) -> IsDue {
        let Some(last) = self.last else { return self };
        let over = if as_of <= day { Truth::No } else { self.over };
        let last = DayBounds::within(last.first.max(day), last.last.max(day));
        IsDue { over, last: Some(last), ..self }
    }

    pub fn passed(self) -> Truth {
        self.asked.and(self.over)
    }

    /// Of several clauses, those that ask for it, and the last of their days.
    fn and(self, other: IsDue) -> IsDue {
        let later =
            |one: DayBounds, other: DayBounds| DayBounds::within(one.first.max(other.first), one.last.max(other.last));
        let last = match (self.last, other.last) {
            (Some(one), Some(other)) => Some(later(one, other)),
            (one, None) | (None, one) => one,
        };
        let opens = match (self.opens, other.opens) {
            (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.min(other.1))),
            (one, None) | (None, one) => one,
        };
        let waived = [self, other].iter().all(|one| one.asked.is_no()) && (self.waived || other.waived);
        IsDue { asked: self.asked.or(other.asked), over: self.over.and(other.over), opens, last, waived }
    }
}
