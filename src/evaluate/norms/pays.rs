//! Amounts that are to be paid: what the payments come to, in time, late, or not at all.

use crate::facts::{CellId, Row};
use crate::model::clause::Limit;
use crate::model::expr::{Expr, Ty};
use crate::model::schema::FieldId;
use crate::value::{Currency, CyclePeriod, Number, Rounding, Stretch, round_to};
use crate::verdict::{Mark, Said, Status};

use super::case::Case;
use super::counted::{days_of_part, in_proportion};
use super::deeds::{Wanted, deed};
use super::instalments::in_instalments;
use super::looked_at::{duty_field, each_deed, may_differ_at_the_beginning, more};
use super::payments::{NotAdded, Payment, Unlisted, settled};
use super::tally::{Counts, Deed, Field, Tally};
use crate::evaluate::expr::frame::Frame;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{Bounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// What may be a payment.
struct Found {
    row: Row,
    deed: Deed,
    sum: Bounds,
    /// How it counts whatever the window; else its window tells.
    counts: Option<Counts>,
    on_file: bool,
}

/// What a person would say of what is theirs to say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weighed {
    NotYet,
    No,
    Yes,
}

impl Found {
    /// The payment as a person has it, where one is asked whether it is of the right kind.
    fn counted(&self, field: &Field, weighed: Weighed) -> Option<Payment> {
        let open = self.deed.right == Truth::Person;
        if open && weighed == Weighed::No {
            return None;
        }
        let right = if open && weighed == Weighed::Yes { Truth::Yes } else { self.deed.right };
        let counts = self.counts.unwrap_or_else(|| field.counts(Deed { right, ..self.deed }));
        let amount = match counts {
            Counts::Open { .. } => perhaps(&self.sum),
            Counts::InTime | Counts::Late | Counts::TooEarly | Counts::Not => self.sum.clone(),
        };
        Some(Payment { day: self.deed.day, counts, amount, on_file: self.on_file })
    }
}

/// All that is known of what was paid.
struct Paid {
    found: Vec<Found>,
    open: NotAdded,
}

/// The amounts in a field of the events come to so much within the window. Nothing is owed where the amount is given as none.
pub fn pays<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    (counts_by, amount): (FieldId, &'w Expr),
) -> Outcome {
    let (needed, currency) = match owed(judge, case, amount) {
        Ok(owed) => owed,
        Err(status) => return Outcome::of(status),
    };
    let field = duty_field(judge, case, wanted, (Limit::AtLeast, usize::MAX));
    let (mut found, mut open) = (Vec::new(), NotAdded::default());
    let (record, span) = (wanted.events.record, wanted.events.span);
    each_deed(judge, case, wanted, field, &mut |judge, told| {
        if matches!((told.counts, told.if_weighed), (Counts::Not, Counts::Not)) {
            return;
        }
        let cell = CellId { record, row: told.row, field: counts_by };
        let value = judge.ask.cell(cell, span);
        let (sum, own) = (if matches!(value, Val::Absent) { nothing() } else { value.bounds() }, value.currency());
        if own.is_some() && own != currency {
            open.more |= sum.most.as_ref().is_none_or(|most| *most > Number::ZERO);
            open.less |= sum.least.as_ref().is_none_or(|least| *least < Number::ZERO);
            return;
        }
        // An amount that is not on file at all may still be told.
        let told_of = judge.ask.world.is_on_file(cell);
        let on_file = told_of && (told.deed.on_file || (told.deed.right.is_yes() && told.deed.day.is_some()));
        found.push(Found { row: told.row, deed: told.deed, sum, counts: None, on_file });
    });
    let is_back = |one: &Found| one.sum.least.as_ref().is_none_or(|least| *least < Number::ZERO);
    if found.iter().any(is_back) {
        found.extend(came_before(judge, case, wanted, (&field, counts_by, currency)));
    }
    let paid = Paid { found, open };
    match &case.body.instalments {
        None => comes_to(judge, case, (wanted, field), (&paid, &needed)),
        Some(parts) => in_instalments(judge, case, parts, (&needed, currency), |judge, last, needed| {
            let field = Field { frame: Frame { last, ..field.frame }, ..field };
            let outcome = comes_to(judge, case, (wanted, field), (&paid, needed));
            if outcome.status == Status::Unknown {
                tell_open_days(judge, wanted, (&paid, field));
            }
            outcome
        }),
    }
}

/// Notes the days of payments that may have come by the last day of an instalment, or after it, though within the whole window.
fn tell_open_days<'w, T: Trace>(judge: &mut Judge<'w, T>, wanted: Wanted<'w>, (paid, field): (&Paid, Field)) {
    let record = wanted.events.record;
    let Some(day) = judge.ask.world.day_field(record) else { return };
    for one in &paid.found {
        let counts = one.counted(&field, Weighed::NotYet).map(|payment| payment.counts);
        if matches!(counts, Some(Counts::Open { .. })) {
            judge.ask.cell(CellId { record, row: one.row, field: day }, wanted.events.span);
        }
    }
}

/// Whether what was paid comes to so much within a window.
fn comes_to<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (wanted, field): (Wanted<'w>, Field),
    (paid, needed): (&Paid, &Bounds),
) -> Outcome {
    let mut rest = Tally::default();
    more(judge, case, wanted, &field, &mut rest);
    let since = rest.unlisted.iter().map(|(first, _)| *first).min();
    let unlisted = Unlisted { in_time: rest.more_in_time, done: rest.more_done, since };
    let as_of = judge.ask.world.as_of;
    let days = (field.frame, as_of, field.until >= as_of);
    let come_to = |weighed: Weighed, unlisted| {
        let payments = paid.found.iter().filter_map(|one| one.counted(&field, weighed));
        settled(payments.collect(), needed, days, (paid.open, unlisted))
    };
    let outcome = come_to(Weighed::NotYet, unlisted);
    let is_weighed = rest.more_is_weighed || paid.found.iter().any(|one| one.deed.right == Truth::Person);
    if outcome.status != Status::Unknown || !is_weighed {
        return outcome;
    }
    // What no fact decides, but a person does, is theirs.
    let none = Unlisted { in_time: false, done: false, since: None };
    let if_not = come_to(Weighed::No, if rest.more_is_weighed { none } else { unlisted });
    let if_so = come_to(Weighed::Yes, unlisted);
    match (if_not.status, if_so.status) {
        (Status::Unknown, _) | (_, Status::Unknown) => outcome,
        (one, other) if one == other => outcome.with(one),
        (_, _) => outcome.with(Status::NeedsJudgement),
    }
}

/// What was paid before anything counts, before the clause was in force or the bearer had come: it pays nothing, and what is paid back in the
/// first period is taken from it first.
fn came_before<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    (field, counts_by, currency): (&Field, FieldId, Option<Currency>),
) -> Vec<Found> {
    let is_first = |period: CyclePeriod| period.first() <= field.since;
    if wanted.counted_for.is_none() && !judge.ask.period.is_none_or(is_first) {
        return Vec::new();
    }
    let (record, span) = (wanted.events.record, wanted.events.span);
    let rows = judge.ask.candidates(wanted.events).all(judge.ask.world.facts, record);
    judge.ask.trace.hush();
    let mut found = Vec::new();
    for row in rows {
        if judge.ask.own_day(record, row).is_none_or(|day| day.last >= field.since) {
            continue;
        }
        let deed = deed(&mut judge.ask, case, wanted, row);
        let value = judge.ask.cell(CellId { record, row, field: counts_by }, span);
        if deed.right.is_no() || value.currency().is_some_and(|own| Some(own) != currency) {
            continue;
        }
        let sum = if matches!(value, Val::Absent) { nothing() } else { value.bounds() };
        let sum = if deed.right.is_yes() { sum } else { perhaps(&sum) };
        // No window decides of it, nor does a person.
        let deed = Deed { right: Truth::Yes, ..deed };
        found.push(Found { row, deed, sum, counts: Some(Counts::TooEarly), on_file: true });
    }
    judge.ask.trace.speak();
    found
}

fn nothing() -> Bounds {
    Bounds::exactly(Number::ZERO)
}

/// An amount that may count or not.
fn perhaps(amount: &Bounds) -> Bounds {
    Bounds {
        least: amount.least.clone().map(|least| least.min(Number::ZERO)),
        most: amount.most.clone().map(|most| most.max(Number::ZERO)),
    }
}

/// How much is owed, as it was when the case began, in proportion to the part of a first or last period that counts so. Money is rounded
/// to its smallest unit, half of it up: nobody can pay less.
fn owed<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    amount: &'w Expr,
) -> Result<(Bounds, Option<Currency>), Status> {
    let value = judge.ask.value(amount);
    if matches!(value, Val::Absent) {
        return Err(Status::NotApplicable);
    }
    if matches!(value, Val::NoSuchDay) {
        return Err(Status::NeedsJudgement);
    }
    let currency = match amount.ty {
        Ty::Money => Some(value.currency().or(judge.ask.law.currency()).ok_or(Status::Unknown)?),
        _ => None,
    };
    if may_differ_at_the_beginning(&mut judge.ask, case, amount) {
        return Err(Status::Unknown);
    }
    let binds = Stretch::of_days(case.life.begins, case.life.ends);
    let period = judge.ask.period;
    let in_part = |number: &Number| {
        let part = in_proportion((case.norm, period), binds, number.clone());
        match currency {
            Some(currency) => round_to(&part, &currency.unit(), Rounding::HalfUp).unwrap_or(part),
            _ => part,
        }
    };
    let (whole, owed) = (value.bounds(), value.bounds().map(in_part));
    let days = days_of_part((case.norm, period), binds);
    if let (Some(days), Some(whole), Some(comes_to)) = (days, whole.exact(), owed.exact()) {
        let said = Said::InProportion { whole: whole.clone(), days, comes_to: comes_to.clone(), currency };
        judge.ask.trace.say(|| reason(said, Mark::Plain, case.norm.span));
    }
    Ok((owed, currency))
}
