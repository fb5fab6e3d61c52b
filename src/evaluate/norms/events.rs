//! Events that must, or must not, happen.

use crate::model::clause::{Count, Limit};
use crate::model::expr::{Expr, ExprKind};
use crate::value::{Day, Number, Stretch};
use crate::verdict::{Mark, Nuance, Said, Status};

use super::assignment;
use super::case::Case;
use super::counted::{days_of_part, part_of, times_of};
use super::deeds::{Conditions, Wanted, binds, days_that_bind};
use super::looked_at::{at_the_beginning, duty_field, each_deed, more};
use super::pays;
use super::tally::{Field, Tally};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::{Outcome, worst};
use crate::evaluate::trace::{Trace, reason};

/// Events happen, so many times, within the window.
pub fn happens<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    count: &'w Count,
) -> Outcome {
    let outcome = match count {
        Count::OfEach { least, field, options } => {
            let needed = usize::try_from(*least).unwrap_or(usize::MAX);
            let mut outcomes = Vec::new();
            for option in options {
                let wanted = Wanted { option: Some((*field, option)), ..wanted };
                let field = duty_field(judge, case, wanted, (Limit::AtLeast, needed));
                let tally = tally(judge, case, wanted, field);
                outcomes.push(tally.at_least(needed, &field));
            }
            each_of(outcomes)
        }
        Count::About { limit, least, most, floor } => {
            let least = times(judge, case, (least, Limit::AtLeast));
            let most = times(judge, case, (most, Limit::AtMost));
            let floor = match floor {
                Some(floor) => match times(judge, case, (floor, Limit::AtLeast)) {
                    Some(floor) => floor,
                    None => return Outcome::of(Status::Unknown),
                },
                None => 0,
            };
            let field = duty_field(judge, case, wanted, (*limit, least.unwrap_or_default()));
            let tally = tally(judge, case, wanted, field);
            match (least, most) {
                (Some(least), Some(most)) => tally.about(*limit, (least, most, floor), &field),
                (_, _) => Outcome::of(Status::Unknown),
            }
        }
        Count::Times { limit, times: number } => {
            let Some(asked) = times(judge, case, (number, *limit)) else { return without_a_number(judge, number) };
            let enough = if matches!(limit, Limit::MoreThan) { asked.saturating_add(1) } else { asked };
            let field = duty_field(judge, case, wanted, (*limit, enough));
            let tally = tally(judge, case, wanted, field);
            // No number of times is a part of one.
            let most = if *limit == Limit::Exactly { times(judge, case, (number, Limit::AtMost)) } else { Some(asked) };
            let outcome = match most.filter(|most| *most < asked) {
                Some(most) => tally.within((asked, most), &field),
                None => limited(&tally, *limit, asked, &field),
            };
            // A number past all counting is not told as another.
            let progress = outcome.progress.clone().filter(|_| asked < usize::MAX);
            Outcome { progress, ..outcome }
        }
        Count::Amount { field, amount } => pays::pays(judge, case, wanted, (*field, amount)),
    };
    let part = if matches!(count, Count::OfEach { .. }) { None } else { part_that_counts(judge, case) };
    Outcome { part, ..outcome }
}

/// Of a number of times in a first or last period that counts in proportion, the part of it that counts.
pub fn part_that_counts<T: Trace>(judge: &Judge<T>, case: &Case) -> Option<Number> {
    let binds = Stretch::of_days(case.life.begins, case.life.ends);
    part_of((case.norm, judge.ask.period), binds)
}

/// What comes of a number of times that is not known; for a person where the facts are known, and the words come to no number.
pub fn without_a_number<'w, T: Trace>(judge: &mut Judge<'w, T>, times: &'w Expr) -> Outcome {
    let none = judge.ask.quietly(|ask| ask.value(times)) == Val::NoSuchDay;
    Outcome::of(if none { Status::NeedsJudgement } else { Status::Unknown })
}

/// A number of times under a limit, in proportion to the part of a first or last period that counts so.
pub fn times<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (times, limit): (&'w Expr, Limit),
) -> Option<usize> {
    let number = match &times.kind {
        ExprKind::Number(number) => number.clone(),
        _ => at_the_beginning(&mut judge.ask, case, times)?,
    };
    let binds = Stretch::of_days(case.life.begins, case.life.ends);
    let of = (case.norm, judge.ask.period);
    let times = times_of(of, binds, (&number, limit));
    if let (Some(days), Some(times)) = (days_of_part(of, binds), times) {
        // What is rounded up is the least, or the most, number of times that keeps the limit.
        let (whole, comes_to) = match limit {
            Limit::AtLeast | Limit::AtMost | Limit::Exactly => (number, Number::count(times)),
            Limit::MoreThan => (number.floor().plus(&Number::ONE), Number::count(times).plus(&Number::ONE)),
            Limit::LessThan => (number.ceil().minus(&Number::ONE), Number::count(times).minus(&Number::ONE)),
        };
        tell_proportion(judge, case, (whole, comes_to), days);
    }
    times
}

/// Says how a number of times, or an amount without a currency, comes of another in proportion to a part of a period.
fn tell_proportion<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (whole, comes_to): (Number, Number),
    days: (i32, i32),
) {
    let said = Said::InProportion { whole, days, comes_to, currency: None };
    judge.ask.trace.say(|| reason(said, Mark::Plain, case.norm.span));
}

/// Counts the events of a collection that fall into the window (and the period, when their day says which it is).
pub fn tally<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>, field: Field) -> Tally {
    let mut tally = Tally::default();
    each_deed(judge, case, wanted, field, &mut |_, told| {
        tally.perhaps_outside |= told.perhaps_outside;
        tally.outside_if_weighed |= told.outside_if_weighed;
        match told.deed.right {
            Truth::Person => tally.add_weighed(told.counts, told.if_weighed, told.deed),
            _ => tally.add(told.counts, told.deed),
        }
    });
    more(judge, case, wanted, &field, &mut tally);
    tally
}

/// No such event happens, from the first day of the window (else of the period, else of force) on.
pub fn never<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Outcome {
    let wanted = Wanted { conditions: Conditions::OnTheDayOfTheAct, ..wanted };
    let field = ban_field(judge, case);
    let tally = tally(judge, case, wanted, field);
    let mut outcome = tally.at_most(0, &field);
    outcome.progress = None;
    let as_of = judge.ask.world.as_of;
    // Where its conditions hold on no day, no act that nobody wrote down breaks it either.
    let begun = field.frame.first_bounds().0 <= as_of;
    if outcome.status == Status::Unknown && begun {
        match binds_at_all(judge, case, &field) {
            Status::NotApplicable => return outcome.with(Status::NotApplicable),
            // With such an act or without one, a person has to say.
            Status::NeedsJudgement if tally.is_exceeded_only_if_weighed(0, &field) => {
                return outcome.with(Status::NeedsJudgement);
            }
            _ => {}
        }
    }
    if outcome.status == Status::Satisfied {
        outcome = outcome.with(binds_at_all(judge, case, &field));
        if case.life.ended(as_of) {
            let day = case.life.ends;
            judge.ask.trace.say(|| reason(Said::EndedOn { day }, Mark::Plain, case.norm.span));
            outcome.nuance = Nuance::Plain;
        }
    }
    outcome
}

/// The days on which a ban binds.
fn ban_field<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>) -> Field {
    let life = case.life;
    let since = if case.has_no_window() { life.since.max(life.own.unwrap_or(Day::MIN)) } else { life.since };
    // Every act in the window breaks a ban, also one that reaches past its period.
    let roams = assignment::may_roam(&mut judge.ask, case);
    let period = judge.ask.period.filter(|_| !roams);
    let period = period.map(|period| (period.first(), period.last()));
    let as_of = judge.ask.world.as_of;
    Field { frame: case.frame, period, since, until: life.ends, as_of, enough: None }
}

const TWO_YEARS: i32 = 2 * 366;

/// Without an act a ban does not apply only where its conditions hold on no day of the window.
pub fn binds_at_all<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, field: &Field) -> Status {
    if case.body.conditions.is_empty() && judge.ask.excepted.is_empty() {
        return Status::Satisfied;
    }
    let (opens, closes) = (field.frame.first_bounds(), field.frame.last_bounds());
    let (period_first, period_last) = field.period.unwrap_or((Day::MIN, Day::MAX));
    let since = period_first.max(field.since);
    let first = opens.0.max(since);
    let ends = closes.1.min(period_last).min(field.until).max(first);
    let last = ends.min(field.as_of).max(first);
    let ask = &mut judge.ask;
    let days = days_that_bind(ask, case, (first, last));
    let exactly = opens.0.max(since) == opens.1.max(since) && closes.0 >= last;
    let (mut any, mut truths) = (Truth::No, Vec::with_capacity(days.len()));
    for day in days {
        let truth = binds(ask, case, day, None);
        truths.push((day, truth));
        any = any.or(truth);
        if exactly && any.is_yes() {
            break;
        }
    }
    // Of the windows that it may have, one may lie where it does not bind.
    if !exactly && any.is_yes() && may_miss(&truths, last, (opens, closes, since)) {
        any = Truth::Open;
    }
    // Where its conditions hold, what goes before it now may end within its window: what comes round each year does so within two.
    let ahead = ends.min(field.as_of.plus_days(TWO_YEARS));
    let applies =
        |ask: &mut Ask<'w, T>| ask.quietly(|ask| ask.asked_on(last, |ask| ask.applies(&case.body.conditions)));
    if any.is_no() && last < ahead && applies(ask).is_yes() {
        let days = ask.quietly(|ask| days_that_bind(ask, case, (last.following(), ahead)));
        if ask.quietly(|ask| days.into_iter().any(|day| binds(ask, case, day, None).is_yes())) {
            any = Truth::Yes;
        }
    }
    match any {
        Truth::Yes => Status::Satisfied,
        Truth::No => Status::NotApplicable,
        Truth::Open => Status::Unknown,
        Truth::Person => Status::NeedsJudgement,
    }
}

/// Whether a window whose ends are known only roughly may hold none of the days on which something binds, of those through a last day: both
/// ends are moved together where they are counted from one day.
fn may_miss(truths: &[(Day, Truth)], last: Day, (opens, closes, since): ((Day, Day), (Day, Day), Day)) -> bool {
    let together = opens.1.days_until(opens.0) == closes.1.days_until(closes.0);
    let length = opens.0.days_until(closes.0);
    let ends = truths.iter().skip(1).map(|(day, _)| day.preceding()).chain([last]);
    let mut gap: Option<Day> = None;
    truths.iter().zip(ends).any(|((from, truth), through)| {
        if truth.is_yes() {
            gap = None;
            return false;
        }
        let gap = *gap.get_or_insert(*from);
        let opening = if gap <= since { opens.0 } else { opens.0.max(gap) };
        let closing = if together { opening.plus_days(length) } else { closes.0.max(opening.max(since)) };
        opening <= opens.1 && opening.max(since) <= through && closing.min(last) <= through
    })
}

fn limited(tally: &Tally, limit: Limit, times: usize, found: &Field) -> Outcome {
    match limit {
        Limit::AtLeast => tally.at_least(times, found),
        Limit::AtMost => tally.at_most(times, found),
        Limit::Exactly => tally.exactly(times, found),
        Limit::MoreThan => tally.at_least(times.saturating_add(1), found),
        Limit::LessThan => match times.checked_sub(1) {
            Some(most) => tally.at_most(most, found),
            // Fewer than none cannot be kept.
            None => Outcome::of(Status::Violated),
        },
    }
}

/// Each of several things is asked for: the whole comes out as its worst part, with the parts that are done counted. It is done
/// with the last of them.
fn each_of(outcomes: Vec<Outcome>) -> Outcome {
    let needed = outcomes.len();
    let status = worst(outcomes.iter().map(|one| one.status)).unwrap_or(Status::NotApplicable);
    // What came too late counts where all was done in the end.
    let is_done =
        |one: &&Outcome| one.status == Status::Satisfied || (one.status, status) == (Status::Late, Status::Late);
    let done = outcomes.iter().filter(is_done).count();
    let days = days_of_the_last(&outcomes, status);
    let decisive = outcomes.into_iter().find(|one| one.status == status);
    let mut outcome = decisive.unwrap_or_else(|| Outcome::of(status));
    outcome.days = days;
    outcome.progress = Some((Number::count(done), Number::count(needed)));
    outcome
}

/// Days late, or to spare, of the part that was done last; nothing where the day of one of them is not certain.
pub fn days_of_the_last(outcomes: &[Outcome], status: Status) -> Option<i32> {
    let each = outcomes.iter().filter(|one| one.status == status).map(|one| one.days);
    let days: Vec<i32> = each.collect::<Option<_>>()?;
    match status {
        Status::Late => days.into_iter().max(),
        Status::Satisfied => days.into_iter().min(),
        _ => None,
    }
}
