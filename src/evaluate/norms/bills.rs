//! Bills: what was charged to whom for a cost, and whether it is what each bears.

use crate::facts::{CellId, Row};
use crate::model::clause::Billed;
use crate::model::expr::Var;
use crate::model::schema::RecordId;
use crate::plan::NormTest;
use crate::value::{Day, Money, Number};
use crate::verdict::{Mark, Said, ShareOf, Status};

use super::case::Case;
use super::shares::tell_shares;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::Passed;
use crate::evaluate::expr::sets::naming;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// Compares the bills for the subject with the shares.
pub fn bills<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    shares: Vec<(ShareOf, Money)>,
    (billed, separate): (&'w Billed, bool),
) -> Outcome {
    let (bills, mut open) = bills_for(judge, billed, judge.ask.var(Var(0)));
    let record = billed.bills.record;
    let more = may_be_more(&judge.ask, record);
    if separate {
        return charged_by_decision(judge, &bills, record, open || more);
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
    let (mut missing, mut differs, mut mixed) = (0_usize, 0_usize, false);
    // What is only paid in part is no breach before its last day.
    let due = payment_is_due(judge, case);
    for ((who, amount), sum) in shares.iter().zip(&sums) {
        match sum {
            _ if *who == ShareOf::Nobody => {}
            // Of a share of nothing nobody sends a bill.
            None if amount.amount.is_zero() => {}
            None => missing = missing.saturating_add(1),
            Some(sum) if sum == amount => {}
            // Amounts in different currencies are not compared.
            Some(sum) if sum.currency != amount.currency => {
                mixed = true;
                let said = Said::Share { who: *who, amount: amount.clone(), billed: Some(sum.clone()) };
                judge.ask.trace.say(|| reason(said, Mark::Person, billed.bills.span));
            }
            Some(sum) if !due && sum.amount < amount.amount => {
                missing = missing.saturating_add(1);
            }
            Some(sum) => {
                differs = differs.saturating_add(1);
                let said = Said::Share { who: *who, amount: amount.clone(), billed: Some(sum.clone()) };
                judge.ask.trace.say(|| reason(said, Mark::No, billed.bills.span));
            }
        }
    }
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
    let status = if !wrong.is_empty() || differs > 0 {
        Status::Violated
    } else if open {
        Status::Unknown
    } else if mixed {
        Status::NeedsJudgement
    } else if missing > 0 {
        Status::Pending
    } else {
        Status::Satisfied
    };
    let mut outcome = Outcome::of(status);
    let parties = shares.iter().filter(|(who, _)| *who != ShareOf::Nobody).count();
    outcome.progress = Some((Number::count(parties.saturating_sub(missing)), Number::count(parties)));
    outcome
}

/// Whether what was billed must be there in full by now: where a clause says by when a share is to be paid, once that day has
/// passed; a bill of which no clause says so must be right from the first.
fn payment_is_due<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>) -> bool {
    let plan = judge.ask.world.plan;
    let pays = plan
        .norms
        .iter()
        .flat_map(|norm| &norm.bodies)
        .find(|body| matches!(body.test, NormTest::PaysShare(cost) if cost == case.norm.clause));
    let Some(body) = pays else { return true };
    let as_of = judge.ask.world.as_of;
    let frame = judge.ask.quietly(|ask| ask.frame(body, None));
    frame.passed(as_of) == Passed::Yes
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

/// What is settled by a decision of its own may not be charged before there is one: a charge stands for it here only
/// as long as nothing says otherwise, so it is for a person.
fn charged_by_decision<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    bills: &[Bill],
    record: RecordId,
    open: bool,
) -> Outcome {
    for bill in bills {
        judge.ask.trace.evidence(record, bill.row);
        judge.serve(record, bill.row);
    }
    Outcome::of(match bills {
        [] if open => Status::Unknown,
        [] => Status::Pending,
        _ => Status::NeedsJudgement,
    })
}

/// The bills for a subject; and whether there may be others that cannot be told.
pub fn bills_for<'w, T: Trace>(judge: &mut Judge<'w, T>, billed: &'w Billed, subject: Row) -> (Vec<Bill>, bool) {
    let mut bills = Vec::new();
    let mut open = false;
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
        match judge.ask.asked(on, as_of, |ask| ask.belongs_to(of, row)) {
            Truth::No => continue,
            Truth::Open | Truth::Person => open = true,
            Truth::Yes => {}
        }
        match judge.ask.cell(cell(billed.for_what), of.span) {
            Val::Row(_, what) if what == subject => {}
            Val::Row(_, _) | Val::Absent => continue,
            _ => {
                open = true;
                continue;
            }
        }
        let who = match judge.ask.cell(cell(billed.to), of.span) {
            Val::Row(record, row) => ShareOf::Row(record, row),
            Val::Text(name) => match judge.ask.world.plan.schema.find_actor(name) {
                Some(actor) => ShareOf::Actor(actor),
                None => ShareOf::Nobody,
            },
            // It is given to name nobody.
            Val::Absent => continue,
            _ => {
                open = true;
                continue;
            }
        };
        match judge.ask.cell(cell(billed.amount), of.span) {
            Val::Money(bounds, currency) => match bounds.exact() {
                Some(amount) => {
                    let amount = Money { amount: amount.clone(), currency };
                    bills.push(Bill { row, who, amount });
                }
                None => open = true,
            },
            Val::Absent => {}
            _ => open = true,
        }
    }
    judge.ask.since = since;
    (bills, open)
}

#[derive(Clone)]
pub struct Bill {
    pub row: Row,
    pub who: ShareOf,
    pub amount: Money,
}
