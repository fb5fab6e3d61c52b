//! What nothing can keep, or nothing can break: limits that no number meets, windows that hold no day, states that the records a clause
//! is for always have or never, and keys that weigh everybody the same.

use super::numbering::{Worded, numbered};
use crate::diagnostics::{Sink, codes};
use crate::model::clause::{
    Act, Count, CycleOf, Edge, Limit, Limited, Lines, NumberedPart, SharingKey, SharingWay, Strength, When, Window,
    Wording,
};
use crate::model::expr::{Asks, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, Row, Sense, Var};
use crate::model::meaning::{excluded, of_value};
use crate::model::schema::{InTime, Schema};
use crate::model::{Agreement, DefinitionBody};
use crate::source::Span;
use crate::value::{Cycle, Day, Number, OfDay, Period, Weekday, YearlyDay};

/// Finds lines that cannot be meant as they stand.
pub fn never(agreement: &Agreement, problems: &mut Sink) {
    for clause in &numbered(agreement) {
        for worded in clause.wordings() {
            if problems.has_error_in(worded.span()) {
                continue;
            }
            let lines = worded.lines();
            limits(lines, problems);
            right(lines, problems);
            windows(worded, problems);
            if let Worded::Clause(wording) = worded {
                terms_beside_cycles(wording, problems);
            }
            states(lines, &agreement.schema, problems);
            keys(lines, agreement, problems);
        }
    }
}

// ---- how many --------------------------------------------------------------------------------------------------------

fn limits(lines: &Lines, problems: &mut Sink) {
    if let Some(limited) = &lines.limited {
        limited_to(&limited.it, problems);
    }
    for part in lines.numbered.iter().flat_map(|numbered| &numbered.it.parts) {
        numbers(part, problems);
    }
}

fn limited_to(limited: &Limited, problems: &mut Sink) {
    let (at, limit) = (limited.amount.span, limited.limit);
    if is_whole_of(&limited.amount, &limited.of) {
        match limit {
            Limit::MoreThan => problems.push(never_true(at, "a part can never be more than the whole")),
            Limit::AtMost => {
                problems.push(always_true(at, "a part can never be more than the whole, so this is always true"))
            }
            Limit::AtLeast | Limit::Exactly | Limit::LessThan => {}
        }
    }
    let Some(number) = literal(&limited.amount) else { return };
    let (none, whole) = (Number::ZERO, number.floor() == *number);
    match limit {
        Limit::AtLeast if *number <= none => {
            problems.push(always_true(at, "this is always true: a count is never below zero"))
        }
        Limit::MoreThan if *number < none => {
            problems.push(always_true(at, "this is always true: a count is never below zero"))
        }
        Limit::LessThan if *number <= none => {
            problems.push(never_true(at, "this can never be true: a count is never below zero"))
        }
        Limit::AtMost if *number < none => {
            problems.push(never_true(at, "this can never be true: a count is never below zero"))
        }
        Limit::Exactly if *number < none || !whole => {
            problems.push(never_true(at, "this can never be true: a count is always a whole number of zero or more"));
        }
        Limit::AtLeast | Limit::AtMost | Limit::Exactly | Limit::MoreThan | Limit::LessThan => {}
    }
}

/// Whether an amount counts all rows of which a collection holds some.
fn is_whole_of(amount: &Expr, part: &Collection) -> bool {
    let ExprKind::Count(whole) = &amount.kind else { return false };
    let all = matches!(whole.filter.kind, CondKind::Always);
    whole.record == part.record && all && (whole.members_of.is_none() || whole.members_of == part.members_of)
}

fn numbers(part: &NumberedPart, problems: &mut Sink) {
    let (Some(least), Some(most)) = (literal(&part.least), literal(&part.most)) else { return };
    if least <= most && (least.ceil() > *most || *most < Number::ZERO) {
        problems
            .push(never_true(part.span, "this can never be true: a count is always a whole number of zero or more"));
    }
    let tolerance = part.tolerance.as_ref().and_then(|(low, high)| Some((literal(low)?, literal(high)?)));
    if let Some((low, high)) = tolerance.filter(|(low, high)| most < *low || *high < least) {
        let said = format!("the number itself is outside its tolerance, {low} to {high}");
        problems.push(never_true(part.span, &said));
    }
}

/// A right to do something no times is none.
fn right(lines: &Lines, problems: &mut Sink) {
    let may = lines.strength.as_ref().is_some_and(|strength| strength.it == Strength::May);
    let Some(count) = lines.count.as_ref().filter(|_| may) else { return };
    let Count::Times { limit, times } = &count.it else { return };
    let Some(number) = literal(times) else { return };
    let none = match limit {
        Limit::AtMost | Limit::Exactly => *number < Number::ONE,
        Limit::LessThan => *number <= Number::ONE,
        Limit::AtLeast | Limit::MoreThan => false,
    };
    if none {
        problems.push(
            codes::NEVER_TRUE
                .at(count.span)
                .say("this permission can never be used")
                .help("write `must not` for what is prohibited".to_owned()),
        );
    }
}

fn literal(amount: &Expr) -> Option<&Number> {
    match &amount.kind {
        ExprKind::Number(number) => Some(number),
        _ => None,
    }
}

fn never_true(at: Span, say: &str) -> crate::diagnostics::Diagnostic {
    codes::NEVER_TRUE.at(at).say(say.to_owned()).help("correct the number or word that is wrong".to_owned())
}

fn always_true(at: Span, say: &str) -> crate::diagnostics::Diagnostic {
    codes::ALWAYS_TRUE.at(at).say(say.to_owned()).help("correct the number, or remove the line".to_owned())
}

// ---- when ------------------------------------------------------------------------------------------------------------

fn windows(worded: Worded, problems: &mut Sink) {
    let lines = worded.lines();
    let Some(window) = &lines.window else { return };
    let empty = upside_down(&window.it)
        .map(|said| (said, "write the earlier day first, or check the number of days that is added"))
        .or_else(|| {
            Some((
                before_the_period(lines, &window.it)?,
                "for what is due before each period, write `before the start`",
            ))
        });
    if let Some((said, help)) = empty {
        let say = format!("there is no day in this window: {said}");
        problems.push(codes::IMPOSSIBLE_WINDOW.at(window.span).say(say).help(help.to_owned()));
        return;
    }
    if let Some(field) = around_itself(lines, &window.it) {
        problems.push(
            codes::IMPOSSIBLE_WINDOW
                .at(window.span)
                .say("this can never be complied with: a day cannot be before or after itself".to_owned())
                .also(field, "the window is counted from this same day")
                .help("name the field whose day you mean".to_owned()),
        );
        return;
    }
    if let Some(said) = in_few_periods(lines, &window.it) {
        problems.push(
            codes::EMPTY_IN_SOME_PERIODS
                .at(window.span)
                .say(said)
                .also(lines.cycle.as_ref().map_or(window.span, |cycle| cycle.span), "the cycle")
                .help(
                    "name a day relative to the period, such as `the end of the period`, or use another cycle"
                        .to_owned(),
                ),
        );
    }
}

/// A term beside a cycle cuts each of its periods, where acts are counted or a person weighs; all else would be asked of the whole term
/// in each period.
fn terms_beside_cycles(wording: &Wording, problems: &mut Sink) {
    let cut = |lines: &Lines| match lines.window.as_ref().map(|window| &window.it.last) {
        Some(Edge::OfTerm { term, .. }) if lines.cycle.is_some() => Some(*term),
        _ => None,
    };
    let each: Vec<&Lines> = match wording.readings.as_slice() {
        [] => vec![&wording.common],
        readings => readings.iter().map(|(_, lines)| lines).collect(),
    };
    let same = each.iter().all(|lines| cut(lines) == each.first().and_then(|first| cut(first)));
    for lines in each {
        let (Some(cycle), Some(window)) = (&lines.cycle, &lines.window) else { continue };
        let clash = match (&window.it.last, &cycle.it) {
            (Edge::YearOfTerm { .. }, _) => {
                Some("every period would have the same year of the term as its window".to_owned())
            }
            (Edge::OfTerm { .. }, CycleOf::YearOfTerm(_)) => {
                Some("the years of a term are already within the term".to_owned())
            }
            (Edge::OfTerm { .. }, CycleOf::Counted { from, .. }) if is_reckoned_from_a_term(from) => {
                Some("periods counted from the days of a term already belong to it".to_owned())
            }
            (Edge::OfTerm { .. }, _) if !same => Some("only some readings name the term".to_owned()),
            (Edge::OfTerm { .. }, _) => not_cut(lines).map(str::to_owned),
            (_, _) => None,
        };
        if let Some(clash) = clash {
            problems.push(
                codes::CLASHING_LINES
                    .at(window.span)
                    .say(format!("this line cannot be combined with the cycle: {clash}"))
                    .also(cycle.span, "the cycle")
                    .help("keep one of the two lines; for the periods of a term, write `every year of T` or `every 3 months counted from the start of T`".to_owned()),
            );
        }
    }
}

/// Why the periods of a clause are not cut by a term; nothing where they can be.
fn not_cut(lines: &Lines) -> Option<&'static str> {
    match lines.act.as_ref().map(|act| &act.it) {
        _ if lines.counted_for.is_some() => Some("`counted for` assigns an event to a period whatever its day"),
        _ if lines.strength.as_ref().is_some_and(|strength| strength.it == Strength::May) => {
            Some("what is done outside the term would not exceed the permission")
        }
        Some(Act::State(_)) => Some("a state `during` a term is checked on every day of the term"),
        Some(Act::Dated(_) | Act::InOrder(_) | Act::PayShareOf(_) | Act::Plain(_)) => {
            Some("it is done only once, not in each period")
        }
        Some(Act::Event { .. } | Act::Words(_) | Act::Effort(_)) | None => None,
    }
}

fn is_reckoned_from_a_term(day: &Expr) -> bool {
    match &day.kind {
        ExprKind::TermStart(_) | ExprKind::TermEnd(_) => true,
        ExprKind::Shift { day, .. } => is_reckoned_from_a_term(day),
        _ => false,
    }
}

/// A day as an anchor and what is added to it.
struct Place<'e> {
    anchor: &'e Expr,
    by: Period,
}

fn place(edge: &Edge) -> Option<Place<'_>> {
    let (day, by) = match edge {
        Edge::On(day) => (day, Period::days(0)),
        Edge::DayBefore(day) => (day, Period::days(-1)),
        Edge::DayAfter(day) => (day, Period::days(1)),
        Edge::Lapse { anchor, by } => (anchor, *by.fixed()?),
        Edge::Length { .. } | Edge::Open | Edge::Never | Edge::Blank { .. } => return None,
        Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => return None,
    };
    let mut found = Place { anchor: day, by };
    while let ExprKind::Shift { day, by } = &found.anchor.kind {
        found = Place { anchor: day, by: together(found.by, *by.fixed()?) };
    }
    (found.by.working_days == 0).then_some(found)
}

fn together(one: Period, other: Period) -> Period {
    Period {
        months: one.months.saturating_add(other.months),
        days: one.days.saturating_add(other.days),
        working_days: one.working_days.saturating_add(other.working_days),
    }
}

/// Whether what is added is surely more than what is added elsewhere.
fn is_later(one: Period, other: Period) -> bool {
    let (months, days) = (one.months.saturating_sub(other.months), one.days.saturating_sub(other.days));
    months >= 0 && days >= 0 && (months, days) != (0, 0)
}

/// Both ends are counted from one day, and the first comes after the last.
fn upside_down(window: &Window) -> Option<String> {
    let (first, last) = (place(window.first.as_ref()?)?, place(&window.last)?);
    let same = of_value(first.anchor) == of_value(last.anchor) && !is_fixed(first.anchor);
    (same && is_later(first.by, last.by)).then(|| "its first day comes after its last day".to_owned())
}

/// What is told where the window is read.
fn is_fixed(day: &Expr) -> bool {
    matches!(day.kind, ExprKind::Day(_) | ExprKind::YearDay { .. })
}

/// A last day before the first day of the period, with which such a window begins.
fn before_the_period(lines: &Lines, window: &Window) -> Option<String> {
    if window.first.is_some() || lines.counted_for.is_some() {
        return None;
    }
    if let Some((OfDay::WeekdayOfWeek(Weekday::Monday), Cycle::Week)) = before_a_weekday(lines, window) {
        return Some("every week begins with its Monday, and the last day is the one before".to_owned());
    }
    let cycle = lines.cycle.as_ref().map(|cycle| &cycle.it);
    if let (Edge::DayBefore(day), Some(CycleOf::Calendar(Cycle::CalendarYear))) = (&window.last, cycle)
        && let ExprKind::YearDay { day: YearlyDay::DayMonth { day: 1, month: 1 }, year: None } = day.kind
    {
        return Some("every year begins with 1 January, and the last day is the one before".to_owned());
    }
    if !matches!(window.last, Edge::On(_)) {
        return None;
    }
    let last = place(&window.last)?;
    let before = matches!(last.anchor.kind, ExprKind::PeriodStart) && is_later(Period::days(0), last.by);
    before.then(|| "it begins with the period but ends before it".to_owned())
}

/// What is due before a weekday of each period.
fn before_a_weekday(lines: &Lines, window: &Window) -> Option<(OfDay, Cycle)> {
    let (Edge::DayBefore(day), CycleOf::Calendar(cycle)) = (&window.last, &lines.cycle.as_ref()?.it) else {
        return None;
    };
    match &day.kind {
        ExprKind::OfDay(what, of) if matches!(of.kind, ExprKind::PeriodStart) => Some((*what, *cycle)),
        _ => None,
    }
}

/// What is due on a day that is counted from itself.
fn around_itself(lines: &Lines, window: &Window) -> Option<Span> {
    let Act::Dated(field) = &lines.act.as_ref()?.it else { return None };
    let itself = |edge: &Edge, is_out: fn(Period) -> bool| {
        place(edge).is_some_and(|place| is_field(place.anchor, field) && is_out(place.by))
    };
    let too_late = window.first.as_ref().is_some_and(|first| itself(first, |by| is_later(by, Period::days(0))));
    let too_early = itself(&window.last, |by| is_later(Period::days(0), by));
    (too_late || too_early).then_some(field.span)
}

fn is_field(day: &Expr, field: &FieldOf) -> bool {
    let ExprKind::Field(other) = &day.kind else { return false };
    let row = |field: &FieldOf| match field.row {
        Row::Var(var) => Some(Some(var)),
        Row::Agreement => Some(None),
        Row::Follow(_) | Row::Beside(_) => None,
    };
    (other.record, other.field) == (field.record, field.field) && row(other).is_some() && row(other) == row(field)
}

/// The year by which periods are tried out.
const SAMPLE: i32 = 2015;

/// A last day that lies before the first day of some periods: a plain day, or one of the year in a cycle that comes round within it.
fn in_few_periods(lines: &Lines, window: &Window) -> Option<String> {
    let cycle = lines.cycle.as_ref().filter(|_| lines.counted_for.is_none())?;
    if let (Some((OfDay::NthWeekday { nth: 1, weekday }, _)), None) = (before_a_weekday(lines, window), &window.first) {
        return Some(format!("in periods that begin on a {weekday} no day lies in this window"));
    }
    let (Edge::On(last) | Edge::DayBefore(last)) = &window.last else { return None };
    if let ExprKind::Day(day) = last.kind {
        return Some(format!("in periods that begin after {day}, there is no day in this window"));
    }
    let (ExprKind::YearDay { day, year: None }, None) = (&last.kind, &window.first) else { return None };
    let CycleOf::Calendar(cycle) = &cycle.it else { return None };
    let shorter = matches!(cycle, Cycle::HalfYear | Cycle::FourMonths | Cycle::Quarter | Cycle::Month | Cycle::Week);
    let last = day.in_year(SAMPLE).filter(|_| shorter)?;
    let (from, until) = (Day::of(SAMPLE, 1, 1)?, Day::of(SAMPLE.saturating_add(1), 1, 1)?);
    let periods: Vec<Day> = cycle.between(from, until).map(|period| period.first()).collect();
    let without = periods.iter().filter(|first| **first > last).count();
    (without > 0)
        .then(|| format!("in {without} of the {} periods of a year, there is no day in this window", periods.len()))
}

// ---- what ------------------------------------------------------------------------------------------------------------

/// A state that the records a clause is for always have, or never.
fn states(lines: &Lines, schema: &Schema, problems: &mut Sink) {
    let state = match lines.act.as_ref().map(|act| &act.it) {
        Some(Act::State(state)) => state,
        Some(_) => return,
        None => match &lines.states {
            Some(state) => state,
            None => return,
        },
    };
    let asked = |when: &When| match when {
        When::If(condition) => (condition.clone(), Sense::Straight),
        When::Unless(condition) => (condition.clone(), Sense::Opposite),
    };
    // With several lines of subjects each has conditions of its own.
    let filter = match lines.subjects.as_slice() {
        [one] => Some(((*one.filter).clone(), Sense::Straight)),
        _ => None,
    };
    let mut given: Vec<(Cond, Sense)> = filter.into_iter().chain(lines.conditions.iter().map(asked)).collect();
    given.retain(|(condition, _)| stays(condition, schema));
    if given.is_empty() || !stays(state, schema) {
        return;
    }
    let with = |sense: Sense| {
        let all = given.iter().map(|(condition, sense)| (condition, *sense));
        let alone = |one: &Cond, sense: Sense| excluded([(one, sense)], schema).is_some();
        let told = given.iter().any(|(one, sense)| alone(one, *sense)) || alone(state, sense);
        let among_them = excluded(given.iter().map(|(one, sense)| (one, *sense)), schema).is_some();
        if told || among_them { None } else { excluded(all.chain([(state, sense)]), schema) }
    };
    if let Some(found) = with(Sense::Straight) {
        let finding = never_true(found.at, "this is never true of what the clause applies to");
        problems.push(found.by.into_iter().fold(finding, |finding, by| finding.also(by, "this rules it out")));
    } else if let Some(found) = with(Sense::Opposite) {
        let finding = always_true(found.at, "this is always true of what the clause applies to");
        problems.push(found.by.into_iter().fold(finding, |finding, by| finding.also(by, "this already says so")));
    }
}

/// Whether a condition asks only for what has one value on all days.
fn stays(condition: &Cond, schema: &Schema) -> bool {
    let all = |exprs: &[&Expr]| exprs.iter().all(|one| is_plain(one, schema));
    match &condition.kind {
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().all(|part| stays(part, schema)),
        CondKind::Not(inner) => stays(inner, schema),
        CondKind::Test(test) => match &test.asks {
            Asks::Before(a, b) | Asks::Less(a, b) => all(&[a, b]),
            Asks::OneOf(a, options) => is_plain(a, schema) && options.iter().all(|one| is_plain(one, schema)),
            // Whether a day is given is asked on several days.
            Asks::Given(_) | Asks::About { .. } | Asks::Holds(..) | Asks::HoldsOnly(..) => false,
            Asks::SameSet(..) | Asks::HoldsEach { .. } | Asks::In { .. } => false,
        },
        CondKind::Always | CondKind::All { .. } | CondKind::Some(_) => false,
        CondKind::Defined { .. } | CondKind::OnDay { .. } | CondKind::Judged { .. } => false,
    }
}

fn is_plain(expr: &Expr, schema: &Schema) -> bool {
    match &expr.kind {
        ExprKind::Day(_) | ExprKind::Number(_) | ExprKind::Money(_) | ExprKind::Text(_) | ExprKind::YesNo(_) => true,
        ExprKind::Id(..) | ExprKind::Actor(_) => true,
        ExprKind::Field(field) => {
            let own = matches!(field.row, Row::Var(_) | Row::Agreement);
            own && schema.field(field.record, field.field).is_some_and(|field| field.time == InTime::Once)
        }
        _ => false,
    }
}

// ---- by what ---------------------------------------------------------------------------------------------------------

/// A key made from a definition that asks nothing of the one who shares.
fn keys(lines: &Lines, agreement: &Agreement, problems: &mut Sink) {
    let Some(sharing) = &lines.sharing else { return };
    let SharingWay::Shared(shared) = &sharing.it.way else { return };
    let mut left = vec![&shared.key];
    while let Some(key) = left.pop() {
        match key {
            SharingKey::Mixed(parts) => left.extend(parts.iter().map(|(_, part)| part)),
            SharingKey::InProportionTo(weight) if asks_nothing(weight, agreement) => problems.push(
                codes::SAME_FOR_ALL
                    .at(weight.span)
                    .say("the definition does not depend on the party that shares, so it cannot be used to share in proportion")
                    .help("use a field in the definition, or share `equally`".to_owned()),
            ),
            SharingKey::InProportionTo(_) | SharingKey::Equally | SharingKey::InParts(_) => {}
        }
    }
}

fn asks_nothing(weight: &Expr, agreement: &Agreement) -> bool {
    let ExprKind::Defined { definition, .. } = &weight.kind else { return false };
    let Some(definition) = agreement.definitions.get(usize::from(definition.0)) else { return false };
    let own = Var(0);
    match &definition.body {
        DefinitionBody::Amount { cases, otherwise } => {
            let asked = cases.iter().any(|(condition, amount)| condition.mentions(own) || amount.mentions(own));
            !asked && !otherwise.mentions(own)
        }
        DefinitionBody::Condition(_) | DefinitionBody::Listed(_) => false,
    }
}
