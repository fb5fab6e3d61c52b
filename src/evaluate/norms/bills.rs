//! Bills: what was charged to whom for a cost, and whether it is what each bears.

use crate::facts::{CellId, Row};
use crate::model::clause::{Billed, SharingWay};
use crate::model::expr::Var;
use crate::model::schema::{RecordId, Type};
use crate::plan::NormTest;
use crate::value::{Currency, Day, Money, Number};
use crate::verdict::{Fit, LastDay, Mark, Reason, Said, ShareOf, Status};

use super::case::Case;
use super::payments::{less_what_came_too_early, paid_up_on};
use super::shares::tell_shares;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::sets::naming;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{Bounds, DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::payment_due::{IsDue, payment_is_due};
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// Compares the bills for the subject with the shares.
pub fn bills<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    shares: Vec<(ShareOf, Money)>,
    (billed, separate): (&'w Billed, bool),
) -> Outcome {
    let all = bills_for(judge, billed, judge.ask.var(Var(0)));
    let bills: Vec<Known> = all.iter().filter_map(Bill::known).collect();
    let mut open = bills.len() < all.len();
    let record = billed.bills.record;
    let more = may_be_more(&judge.ask, record);
    if separate {
        return charged_by_decision(judge, &bills, record, (open, more));
    }
    let mut sums: Vec<Option<Money>> = vec![None; shares.len()];
    let mut wrong = Vec::new();
    for bill in &bills {
        match shares.iter().position(|(who, _)| *who == bill.who) {
            Some(at) => {
                if let Some(sum) = sums.get_mut(at) {
                    let before = sum.take();
                    let added = match &before {
                        Some(so_far) => so_far.plus(&bill.amount),
                        None => Some(bill.amount.clone()),
                    };
                    // Amounts in different currencies are not added up.
                    open |= added.is_none();
                    *sum = added.or(before);
                }
            }
            None => wrong.push(bill.clone()),
        }
        judge.ask.trace.evidence(record, bill.row);
        judge.serve(record, bill.row);
    }
    tell_shares(&mut judge.ask, &shares, Some(&sums));
    // What one bears alone needs no bill to be borne, unless a clause asks that it be paid; only a bill to another would shift it.
    let alone = match &case.body.test {
        NormTest::Shared { sharing, .. } => matches!(sharing.way, SharingWay::Borne { .. }),
        _ => false,
    };
    let mut found = Found::nothing();
    for ((who, amount), sum) in shares.iter().zip(&sums) {
        if *who != ShareOf::Nobody {
            let own: Vec<&Known> = bills.iter().filter(|bill| bill.who == *who).collect();
            let before = found.passed;
            share_of(judge, case, (billed, alone), (*who, amount, sum.as_ref()), &own, &mut found);
            // What another has paid, however much, pays nothing of this share.
            let perhaps_more = all.iter().any(|bill| bill.known().is_none() && bill.who.is_none_or(|one| one == *who));
            found.broken |= found.passed > before && !perhaps_more && !more;
        }
    }
    // What was billed too little may be made up by a bill that is not known.
    found.open |= open || (found.short > 0 && more);
    let differs = found.differs > 0 || (found.short > 0 && !found.open);
    keep_what_stays(&mut wrong);
    for bill in &wrong {
        let nothing = Money { amount: Number::from(0), currency: bill.amount.currency };
        let said = Said::Share { who: bill.who, amount: nothing, billed: Some(bill.amount.clone()) };
        let fact = judge.ask.world.facts.row_place(record, bill.row);
        judge.ask.trace.say(|| {
            let mut step = reason(said, Mark::No, billed.bills.span);
            step.fact = fact;
            step
        });
    }
    let status = match found.overdue {
        _ if !wrong.is_empty() || differs => Status::Violated,
        _ if found.broken => Status::Violated,
        _ if found.open || (found.overdue.is_yes() && more) => Status::Unknown,
        Truth::Open | Truth::Person => Status::Unknown,
        Truth::Yes => Status::Violated,
        Truth::No if found.mixed => Status::NeedsJudgement,
        // One that nobody has written down may be too much, or for somebody else.
        Truth::No if more => Status::Unknown,
        // It is paid late once all of it is paid.
        Truth::No if found.missing > 0 => Status::Pending,
        Truth::No if found.late == Truth::Open => Status::Unknown,
        Truth::No if found.late.is_yes() => Status::Late,
        Truth::No => Status::Satisfied,
    };
    if status == Status::Unknown && more {
        tell_unlisted(&mut judge.ask, record);
    }
    let mut outcome = Outcome::of(status);
    match (status, found.last.or(found.asked_by), found.late_by) {
        // Whatever is wrong with its bills, a cost is broken on the last day of those who are to pay.
        (Status::Violated, Some(day), _) => outcome.last = LastDay::On(day),
        (Status::Late, _, Some((last, paid))) => {
            outcome.last = LastDay::On(last);
            outcome.days = (!found.perhaps_later).then(|| last.days_until(paid));
        }
        _ => {}
    }
    let parties = shares.iter().filter(|(who, _)| can_name(&judge.ask, billed, *who)).count();
    let parties = parties.saturating_sub(found.needless);
    if parties > 0 || !alone {
        outcome.progress = Some((Number::count(parties.saturating_sub(found.missing)), Number::count(parties)));
    }
    outcome
}

/// Leaves out what parties without a share were charged that comes to nothing: it was paid back.
fn keep_what_stays(wrong: &mut Vec<Known>) {
    let all = wrong.clone();
    wrong.retain(|bill| {
        let own = all.iter().filter(|other| other.who == bill.who && other.amount.currency == bill.amount.currency);
        let sum = own.fold(Number::ZERO, |sum, one| sum.plus(&one.amount.amount));
        bill.who == ShareOf::Nobody || !sum.is_zero()
    });
}

/// What the bills come to beside the shares.
struct Found {
    /// How many shares are not billed or paid in full, and how many of them too little without a last day that would excuse it.
    missing: usize,
    short: usize,
    /// How many need no bill.
    needless: usize,
    differs: usize,
    /// In different currencies.
    mixed: bool,
    open: bool,
    /// Whether a last day has passed without a share, for how many for certain, and the first that has.
    overdue: Truth,
    passed: usize,
    last: Option<Day>,
    /// The last of all the days by which somebody is to pay.
    asked_by: Option<Day>,
    /// One of them is broken whatever is not known.
    broken: bool,
    /// Whether a share was paid after its last day, and the latest of them with its day.
    late: Truth,
    late_by: Option<(Day, Day)>,
    /// Another one may have been paid later still after its last day.
    perhaps_later: bool,
}

impl Found {
    fn nothing() -> Found {
        Found {
            missing: 0,
            short: 0,
            needless: 0,
            differs: 0,
            mixed: false,
            open: false,
            overdue: Truth::No,
            passed: 0,
            last: None,
            asked_by: None,
            broken: false,
            late: Truth::No,
            late_by: None,
            perhaps_later: false,
        }
    }

    fn asks(&mut self, due: Option<IsDue>) {
        let last = due.filter(|due| due.asked.is_yes()).and_then(|due| due.last?.exact());
        self.asked_by = self.asked_by.max(last);
    }

    fn lacks(&mut self, due: Option<IsDue>) {
        self.missing = self.missing.saturating_add(1);
        if let Some(due) = due {
            self.overdue = self.overdue.or(due.passed());
            self.passed = self.passed.saturating_add(usize::from(due.passed().is_yes()));
            let passed = due.last.filter(|_| due.over.is_yes()).and_then(DayBounds::exact);
            self.last = self.last.into_iter().chain(passed).min();
        }
    }

    fn paid(&mut self, due: IsDue, paid: DayBounds) {
        let late = due.asked.and(due.last.map_or(due.over, |last| last.before(paid)));
        self.late = self.late.or(late);
        self.perhaps_later |=
            !late.is_no() && (paid.exact().is_none() || due.last.and_then(DayBounds::exact).is_none());
        if let (true, Some(last), Some(paid)) = (late.is_yes(), due.last.and_then(DayBounds::exact), paid.exact()) {
            let longer = self.late_by.is_none_or(|(from, through)| from.days_until(through) < last.days_until(paid));
            self.late_by = if longer { Some((last, paid)) } else { self.late_by };
        }
    }
}

/// Holds what was billed to a party against its share.
fn share_of<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (billed, alone): (&'w Billed, bool),
    (who, amount, sum): (ShareOf, &Money, Option<&Money>),
    own: &[&Known],
    found: &mut Found,
) {
    let said = |judge: &mut Judge<'w, T>, sum: &Money, mark: Mark| {
        let said = Said::Share { who, amount: amount.clone(), billed: Some(sum.clone()) };
        judge.ask.trace.say(|| reason(said, mark, billed.bills.span));
    };
    let record = billed.bills.record;
    let due = match sum {
        None if amount.amount.is_zero() || !can_name(&judge.ask, billed, who) => None,
        _ => payment_is_due(judge, case, who),
    };
    found.asks(due);
    match sum {
        // What stays with a party that no bill can name needs none.
        None if !can_name(&judge.ask, billed, who) => {}
        // Nothing is asked of whoever has nothing to bear.
        None if amount.amount.is_zero() => {}
        None => {
            // Without a last day it may still be billed.
            if due.is_some_and(|due| due.waived) || (alone && due.is_none_or(|due| due.asked.is_no())) {
                found.needless = found.needless.saturating_add(1);
            } else {
                found.lacks(due);
            }
        }
        Some(sum) if sum == amount => {
            let Some(due) = due else { return };
            let paid = paid_up(&mut judge.ask, (case, billed), (own, due), &amount.amount);
            if paid.first == Day::MAX {
                // It came before the first day, and pays nothing.
                found.lacks(Some(due));
                for bill in own {
                    let day = judge.ask.world.day_of(record, bill.row).and_then(|day| day.day_bounds());
                    if let (Some(day), Some((_, opens))) = (day.filter(|day| due.opens_after(*day)), due.opens) {
                        tell_too_early(&mut judge.ask, billed, (bill.row, day), opens);
                    }
                }
            } else {
                // It may have come before the first day.
                found.open |= paid.last == Day::MAX;
                if !due.over.is_no() {
                    found.paid(due, paid);
                }
            }
        }
        // Amounts in different currencies are not compared.
        Some(sum) if sum.currency != amount.currency => {
            found.mixed = true;
            said(judge, sum, Mark::Person);
        }
        Some(sum) if sum.amount < amount.amount => match due {
            Some(due) if due.waived => found.needless = found.needless.saturating_add(1),
            Some(due) => {
                // What is only paid in part is no breach before its last day.
                found.lacks(Some(due));
                if due.passed().is_yes() {
                    said(judge, sum, Mark::No);
                }
            }
            None => {
                found.short = found.short.saturating_add(1);
                said(judge, sum, Mark::No);
            }
        },
        Some(sum) => {
            found.differs = found.differs.saturating_add(1);
            said(judge, sum, Mark::No);
        }
    }
}

/// The day on which bills had come to an amount, as early and as late as it can be; the end of time where they never had. What came
/// before the first day on which the clause that asks for it can be kept does not count.
fn paid_up<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (case, billed): (&Case<'w>, &'w Billed),
    (own, due): (&[&Known], IsDue),
    amount: &Number,
) -> DayBounds {
    let record = billed.bills.record;
    let field = ask.world.day_field(record);
    let day_of = |ask: &mut Ask<'w, T>, row| {
        let day = field.map(|field| ask.cell(CellId { record, row, field }, case.norm.span))?;
        day.day_bounds()
    };
    let days: Vec<(DayBounds, &Number)> = own
        .iter()
        .map(|bill| (day_of(ask, bill.row).unwrap_or(DayBounds::within(Day::MIN, Day::MAX)), &bill.amount.amount))
        .collect();
    let (opens, certainly) = due.opens.unwrap_or((Day::MIN, Day::MIN));
    let opens = if due.asked.is_yes() { opens } else { Day::MIN };
    let by =
        |edge: fn(&DayBounds) -> Day, serves: &dyn Fn(&DayBounds) -> bool, early: &dyn Fn(&DayBounds, bool) -> bool| {
            let too_early = days.iter().filter(|(day, one)| early(day, **one < Number::ZERO));
            let too_early = too_early.fold(Number::ZERO, |sum, (_, one)| sum.plus(one));
            let serving = days.iter().filter(|(day, _)| serves(day));
            let mut serving: Vec<(Day, Number)> = serving.map(|(day, one)| (edge(day), (*one).clone())).collect();
            less_what_came_too_early(&mut serving, &too_early);
            paid_up_on(serving, amount).unwrap_or(Day::MAX)
        };
    let (perhaps, surely) = (|day: &DayBounds| day.first < certainly, |day: &DayBounds| day.last < opens);
    DayBounds::within(
        by(|day| day.first, &|day| day.last >= opens, &|day, back| if back { surely(day) } else { perhaps(day) }),
        by(|day| day.last, &|day| day.first >= certainly, &|day, back| if back { perhaps(day) } else { surely(day) }),
    )
}

/// Tells of a bill that came before the first day, and so pays nothing.
pub fn tell_too_early<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    billed: &'w Billed,
    (row, day): (Row, DayBounds),
    first: Day,
) {
    let (record, span) = (billed.bills.record, billed.bills.span);
    let fact = ask.world.facts.row_place(record, row);
    ask.trace.open();
    ask.trace.say(|| reason(Said::TooEarly { day: day.last, first }, Mark::No, span));
    ask.trace.close(|| {
        let said = Said::Evidence { record, row, day: day.exact(), fit: Fit::TooEarly };
        Reason { fact, ..reason(said, Mark::No, span) }
    });
}

/// Whether the field of a bill that says to whom it goes can name a party.
fn can_name<T: Trace>(ask: &Ask<'_, T>, billed: &Billed, who: ShareOf) -> bool {
    let schema = &ask.world.plan.schema;
    match (who, schema.field(billed.bills.record, billed.to).map(|field| &field.ty)) {
        (ShareOf::Nobody, _) => false,
        (ShareOf::Row(record, _), Some(Type::Ref(named))) => record == *named,
        (ShareOf::Actor(_), Some(Type::Ref(_))) => false,
        (ShareOf::Actor(actor), Some(Type::OneOf(names))) => {
            schema.actor(actor).is_some_and(|actor| names.contains(&actor.name))
        }
        (ShareOf::Row(..), Some(Type::OneOf(_))) => false,
        (_, _) => true,
    }
}

/// Whether there may be bills that nobody has written down.
pub fn may_be_more<'w, T: Trace>(ask: &Ask<'w, T>, record: RecordId) -> bool {
    let as_of = ask.world.as_of;
    if ask.world.shape(record).is_event() {
        !ask.world.gaps(record, ask.since, as_of).is_empty()
    } else {
        !ask.world.is_complete_on(record, as_of)
    }
}

/// Says that there may be bills that nobody has written down.
pub fn tell_unlisted<'w, T: Trace>(ask: &mut Ask<'w, T>, record: RecordId) {
    let (since, as_of) = (ask.since, ask.world.as_of);
    let mut gaps = ask.world.gaps(record, since, as_of);
    if !ask.world.shape(record).is_event() || gaps.is_empty() {
        gaps = vec![gaps.first().copied().unwrap_or((as_of, as_of))];
    }
    for (from, through) in gaps {
        ask.incomplete_over(record, from, through);
    }
}

/// What is settled by a decision of its own may not be charged before there is one: a charge stands for it here only
/// as long as nothing says otherwise, so it is for a person.
fn charged_by_decision<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    bills: &[Known],
    record: RecordId,
    (open, more): (bool, bool),
) -> Outcome {
    for bill in bills {
        judge.ask.trace.evidence(record, bill.row);
        judge.serve(record, bill.row);
    }
    if bills.is_empty() && more {
        tell_unlisted(&mut judge.ask, record);
    }
    Outcome::of(match bills {
        [] if open || more => Status::Unknown,
        [] => Status::Pending,
        _ => Status::NeedsJudgement,
    })
}

/// The bills for a subject, and those that may be for it.
pub fn bills_for<'w, T: Trace>(judge: &mut Judge<'w, T>, billed: &'w Billed, subject: Row) -> Vec<Bill> {
    let mut bills = Vec::new();
    let of = &billed.bills;
    let (on, as_of) = (judge.ask.on, judge.ask.world.as_of);
    // A bill names what it is for, so the time of force does not bound it.
    let since = std::mem::replace(&mut judge.ask.since, Day::MIN);
    for row in naming(&mut judge.ask, of.record, billed.for_what, subject) {
        let cell = |field| CellId { record: of.record, row, field };
        // What is plainly for another is no matter, whatever else is known of it.
        match judge.ask.world.field(cell(billed.for_what), on) {
            Val::Row(_, what) if what != subject => continue,
            Val::Absent => continue,
            _ => {}
        }
        let belongs = judge.ask.asked(on, as_of, |ask| ask.belongs_to(of, row));
        if belongs.is_no() {
            continue;
        }
        let for_it = match judge.ask.cell(cell(billed.for_what), of.span) {
            Val::Row(_, what) if what == subject => true,
            Val::Row(_, _) | Val::Absent => continue,
            _ => false,
        };
        let who = match judge.ask.cell(cell(billed.to), of.span) {
            Val::Row(record, row) => Some(ShareOf::Row(record, row)),
            Val::Text(name) => Some(match judge.ask.world.plan.schema.find_actor(name) {
                Some(actor) => ShareOf::Actor(actor),
                None => ShareOf::Nobody,
            }),
            // It is given to name nobody.
            Val::Absent => continue,
            _ => None,
        };
        let amount = match judge.ask.cell(cell(billed.amount), of.span) {
            Val::Absent => continue,
            amount => (amount.bounds(), currency_of(&amount)),
        };
        bills.push(Bill { row, who, amount, sure: belongs.is_yes() && for_it });
    }
    judge.ask.since = since;
    bills
}

/// The currency of an amount, of which it may be disputed how much it is.
fn currency_of(amount: &Val) -> Option<Currency> {
    match amount {
        Val::Money(_, currency) => Some(*currency),
        Val::OneOf(values) => {
            let first = values.first().and_then(currency_of)?;
            values.iter().all(|one| currency_of(one) == Some(first)).then_some(first)
        }
        _ => None,
    }
}

/// What was charged, as far as it is known.
pub struct Bill {
    pub row: Row,
    /// To whom.
    pub who: Option<ShareOf>,
    /// How much, and in which currency, where that is known.
    pub amount: (Bounds, Option<Currency>),
    /// Whether it is a bill for the subject; else it may be one.
    pub sure: bool,
}

/// A bill of which all is known.
#[derive(Clone)]
struct Known {
    row: Row,
    who: ShareOf,
    amount: Money,
}

impl Bill {
    fn known(&self) -> Option<Known> {
        let (who, currency) = (self.who?, self.amount.1?);
        let amount = Money { amount: self.amount.0.exact()?.clone(), currency };
        self.sure.then_some(Known { row: self.row, who, amount })
    }
}
