//! Acts: what a bearer is to do, and what is looked at to see whether it was done.
//! Deadlines, duties and reviews ask for the same acts and differ in what must be said of time.

use super::kind::{Demand, Reading};
use super::slot::{self, ActForm, Slot};
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::clause::{Act, Count, Edge, Instalments, Limit, Strength};
use crate::model::expr::{Expr, ExprKind, Ty};
use crate::plan::NormTest;
use crate::source::Span;
use crate::value::{Number, YearlyDay};

/// What duties are called by.
pub const DUE: &[Strength] = &[Strength::Shall, Strength::Should, Strength::Aims];

/// What a bearer can be bound to do.
pub const TO_DO: &[ActForm] = &[
    ActForm::Event,
    ActForm::Dated,
    ActForm::InOrder,
    ActForm::State,
    ActForm::PayShare,
    ActForm::Words,
    ActForm::Effort,
];

/// Lines that clauses with an act take alike.
pub const WITH_ACTS: &[Slot] = &[
    slot::CONDITION,
    slot::EXCEPTION_TO,
    slot::OTHERWISE,
    slot::GIVES_WAY,
    slot::OWED_TO,
    slot::IN_WRITING,
    slot::ADDRESSED,
    slot::MOVED,
    slot::AS_FAR_AS_POSSIBLE,
    slot::COUNTED_FOR,
    slot::JUDGED_BY,
    slot::ATTESTED_BY,
    slot::LAY_BEFORE,
];

/// What a clause demands whose bearer is to do something.
pub fn demand(reading: &Reading) -> Option<Demand> {
    let lines = reading.lines;
    let act = lines.act.as_ref()?;
    let test = match &act.it {
        Act::Event { events, .. } => NormTest::Happens {
            events: events.clone(),
            count: lines.count.as_ref().map_or_else(|| at_least_once(act.span), |count| count.it.clone()),
            counted_for: lines.counted_for.as_ref().map(|field| field.it),
        },
        Act::Dated(field) => NormTest::Dated(field.clone()),
        Act::InOrder(fields) => NormTest::InOrder(fields.clone()),
        Act::State(condition) if lines.on_every_day.is_some() => NormTest::HoldsDaily(condition.clone()),
        Act::State(condition) => NormTest::Holds(condition.clone()),
        Act::PayShareOf(cost) => NormTest::PaysShare(*cost),
        Act::Words(words) | Act::Effort(words) => NormTest::ForPerson(words.clone()),
        Act::Plain(_) => return None,
    };
    Some(Demand { strength: lines.strength.as_ref()?.it, window: reading.window(), test })
}

/// Only events can be counted, and only events can be for a period; only a state can be watched day by day.
pub fn check(reading: &Reading, problems: &mut Sink) {
    let lines = reading.lines;
    let Some(act) = &lines.act else { return };
    let form = ActForm::of(&act.it);
    if let Some(span) = lines.on_every_day
        && form != ActForm::State
    {
        problems.push(
            codes::CLASHING_LINES
                .at(span)
                .say(format!("`on every day` requires a state, but `{}` does not ask for one", reading.clause))
                .also(act.span, "this is not a state")
                .help("write `ensure C` for what must hold on every day, or remove this line".to_owned()),
        );
    }
    for_which_period(reading, problems);
    when_the_first_is_paid(reading, problems);
    instalments_of_which_period(reading, problems);
    if form == ActForm::Event {
        return;
    }
    let counted = lines.count.as_ref().map(|count| (count.span, "a number of times"));
    let period = lines.counted_for.as_ref().map(|field| (field.span, "`counted for`"));
    for (span, what) in [counted, period].into_iter().flatten() {
        problems.push(
            codes::CLASHING_LINES
                .at(span)
                .say(format!("{what} requires an event, but `{}` does not ask for one", reading.clause))
                .also(act.span, "this is not an event")
                .help("name the event, such as `hold meeting`, or remove this line".to_owned()),
        );
    }
}

/// The last days of instalments are counted from that of the first, so it has to be a day.
fn when_the_first_is_paid(reading: &Reading, problems: &mut Sink) {
    let Some(window) = reading.lines.window.as_ref().filter(|_| reading.lines.instalments.is_some()) else { return };
    match window.it.last {
        Edge::On(_) | Edge::DayBefore(_) | Edge::Lapse { .. } => {}
        Edge::DayAfter(_) | Edge::Length { .. } | Edge::Open | Edge::Never | Edge::Blank { .. } => {
            problems.push(no_first_last_day(reading, window.span));
        }
        Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => problems.push(no_first_last_day(reading, window.span)),
    }
}

/// The same of a clause without a window, whose kind does not need one.
pub fn instalments_have_a_window(reading: &Reading, problems: &mut Sink) {
    if let (Some(instalments), None) = (&reading.lines.instalments, &reading.lines.window) {
        problems.push(no_first_last_day(reading, instalments.span));
    }
}

fn no_first_last_day(reading: &Reading, at: Span) -> Diagnostic {
    codes::MISSING_LINE
        .at(at)
        .say(format!("`{}` does not say by which day the first instalment must be paid", reading.clause))
        .help(
            "write `by 31 January` or `within 30 days after sent_on`; the other instalments are counted from that day"
                .to_owned(),
        )
}

/// What is paid after its period, by a last day that lies after it, may be late for that one or in time for the next: an amount that is
/// paid in parts cannot tell.
fn for_which_period(reading: &Reading, problems: &mut Sink) {
    let lines = reading.lines;
    let (Some(count), Some(_), None) = (&lines.count, &lines.cycle, &lines.counted_for) else { return };
    let window = reading.window();
    let edges = window.first.iter().chain([&window.last]);
    if matches!(count.it, Count::Amount { .. }) && edges.into_iter().any(lies_after_the_period) {
        problems.push(
            codes::WHICH_PERIOD
                .at(lines.window.as_ref().map_or(count.span, |window| window.span))
                .say(format!(
                    "`{}` is to be paid after its period, and a payment does not say for which period it is",
                    reading.clause
                ))
                .help(
                    "say which period a payment is for: `counted for FIELD`, with a field of the payment that names it"
                        .to_owned(),
                ),
        );
    }
}

/// Instalments in a cycle that reach past their period, as far as their form tells: a payment does not say for which of two it is.
fn instalments_of_which_period(reading: &Reading, problems: &mut Sink) {
    let lines = reading.lines;
    let (Some(instalments), Some(_), None) = (&lines.instalments, &lines.cycle, &lines.counted_for) else { return };
    let within = lines.window.as_ref().is_some_and(|window| ends_within_its_year(&window.it.last, &instalments.it));
    if within {
        return;
    }
    problems.push(
        codes::WHICH_PERIOD
            .at(instalments.span)
            .say(format!(
                "the instalments of `{}` may reach past their period, and a payment does not say for which period it is",
                reading.clause
            ))
            .help("say which period a payment is for: `counted for FIELD`, with a field of the payment that names it".to_owned()),
    );
}

/// Whether the last instalment is due in the same year as the first: `by 31 March`, and so many months more.
fn ends_within_its_year(first: &Edge, instalments: &Instalments) -> bool {
    let Edge::On(Expr { kind: ExprKind::YearDay { day, year: None }, .. }) = first else { return false };
    let (YearlyDay::DayMonth { month, .. } | YearlyDay::LastOf { month }) = day else { return false };
    let all = instalments.many.saturating_sub(1);
    let all = i32::try_from(all).ok().and_then(|all| instalments.every.times(all));
    let months = all.filter(|all| all.days == 0 && all.working_days == 0).map(|all| all.months);
    months.and_then(|months| months.checked_add(i32::try_from(*month).ok()?)).is_some_and(|last| last <= 12)
}

/// Whether a day lies after its period, as far as its form tells.
fn lies_after_the_period(edge: &Edge) -> bool {
    fn is_after(day: &Expr) -> bool {
        match &day.kind {
            ExprKind::Shift { day, by } => {
                is_after(day) || (matches!(day.kind, ExprKind::PeriodEnd) && !by.goes_back())
            }
            ExprKind::YearDay { year: Some(year), .. } => matches!(year.kind, ExprKind::Plus(..)),
            _ => false,
        }
    }
    match edge {
        Edge::On(day) | Edge::DayBefore(day) => is_after(day),
        Edge::DayAfter(day) => is_after(day) || matches!(day.kind, ExprKind::PeriodEnd),
        Edge::Lapse { anchor, by } => {
            is_after(anchor) || (matches!(anchor.kind, ExprKind::PeriodEnd) && !by.goes_back())
        }
        Edge::Length { from, .. } => is_after(from) || matches!(from.kind, ExprKind::PeriodEnd),
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => false,
    }
}

/// What is asked for when no number is written.
fn at_least_once(span: Span) -> Count {
    let one = Expr { kind: ExprKind::Number(Number::ONE), ty: Ty::Number, span };
    Count::Times { limit: Limit::AtLeast, times: one }
}
