//! What cannot be meant: duties that cannot both be kept, conditions of one clause that exclude one another, days out of the time of
//! force, events counted for what is no period, and the due day of a clause that has many.

use std::collections::{BTreeMap, BTreeSet};

use super::numbering::{Numbered, Worded, numbered};
use super::plain_days::{apart, plain_day};
use crate::diagnostics::{Sink, codes};
use crate::model::Agreement;
use crate::model::clause::{Act, Bearer, Count, CycleOf, Edge, Limit, Lines, Strength, When};
use crate::model::expr::{ClauseId, Cond, CondKind, Expr, ExprKind, Sense};
use crate::model::meaning::{Called, Part, excluded, meaning_of};
use crate::model::schema::{Schema, Type};
use crate::source::Span;
use crate::value::{Cycle, Money, Number};

/// Finds clauses that do not fit themselves or one another.
pub fn possible(agreement: &Agreement, problems: &mut Sink) {
    let clauses = numbered(agreement);
    let called = Called::new(agreement);
    for clause in &clauses {
        for (at, worded) in clause.wordings().into_iter().enumerate() {
            if problems.has_error_in(worded.span()) {
                continue;
            }
            conditions(worded.lines(), &agreement.schema, problems);
            times(worded.lines(), problems);
            after_force(worded, problems);
            // A later wording may keep what an earlier one is past.
            if at == 0 {
                before_force(worded, agreement, problems);
            }
            counted_for(worded.lines(), &agreement.schema, problems);
            due_days(worded, (&clauses, &called), problems);
        }
    }
    both(&clauses, (agreement, &called), problems);
}

/// `if` and `unless` of one clause, together.
fn conditions(lines: &Lines, schema: &Schema, problems: &mut Sink) {
    let all: Vec<(&Cond, Sense)> = lines.conditions.iter().map(asked).collect();
    // What a line says by itself is told where it is read.
    if all.len() < 2 || all.iter().any(|one| excluded([*one], schema).is_some()) {
        return;
    }
    let Some(found) = excluded(all, schema) else { return };
    let Some(by) = found.by else { return };
    problems.push(
        codes::NEVER_TRUE
            .at(found.at)
            .say("the clause never applies: this condition rules out the one before it")
            .also(by, "the condition before it")
            .help("correct the number or word that is wrong, or remove one of the conditions".to_owned()),
    );
}

fn asked(when: &When) -> (&Cond, Sense) {
    match when {
        When::If(condition) => (condition, Sense::Straight),
        When::Unless(condition) => (condition, Sense::Opposite),
    }
}

/// A number of times, or an amount, that is always kept, or never.
fn times(lines: &Lines, problems: &mut Sink) {
    if let Some(Count::Amount { amount, .. }) = lines.count.as_ref().map(|count| &count.it)
        && let ExprKind::Money(Money { amount: number, .. }) | ExprKind::Number(number) = &amount.kind
        && *number <= Number::ZERO
    {
        problems.push(
            codes::ALWAYS_TRUE
                .at(amount.span)
                .say("this is complied with whatever is paid")
                .help("write how much must be paid".to_owned()),
        );
    }
    let Some(Count::Times { limit, times }) = lines.count.as_ref().map(|count| &count.it) else { return };
    let (ExprKind::Number(number), true) = (&times.kind, is_shall(lines)) else { return };
    let span = lines.count.as_ref().map_or(times.span, |count| count.span);
    let none = Number::ZERO;
    match limit {
        Limit::AtLeast if *number <= none => problems.push(
            codes::ALWAYS_TRUE
                .at(span)
                .say("this is complied with whatever happens")
                .help("write how many times it must be done".to_owned()),
        ),
        Limit::LessThan if *number <= none => problems.push(
            codes::NEVER_TRUE
                .at(span)
                .say("this can never be complied with: nothing happens fewer than zero times")
                .help("write `must not` for what must never be done".to_owned()),
        ),
        Limit::AtLeast | Limit::LessThan | Limit::AtMost | Limit::Exactly | Limit::MoreThan => {}
    }
}

fn is_shall(lines: &Lines) -> bool {
    lines.strength.as_ref().is_some_and(|strength| strength.it == Strength::Shall)
}

/// A window that begins after the last day on which the wording is in force.
fn after_force(worded: Worded, problems: &mut Sink) {
    let (force, lines) = (worded.force(), worded.lines());
    let (Some(window), None, false) = (&lines.window, &lines.cycle, force.is_empty()) else { return };
    let Some(first) = window.it.first.as_ref().and_then(plain_day).filter(|first| *first > force.last()) else {
        return;
    };
    problems.push(
        codes::BEGINS_AFTER_FORCE
            .at(window.span)
            .say(format!(
                "this begins on {first}, but the clause is in force only through {}, so it never applies",
                force.last()
            ))
            .help("check the year, or the `in force` line".to_owned()),
    );
}

/// A window that is over before the first day on which the clause is in force. Before the whole agreement's, that is told where the
/// window is read.
fn before_force(worded: Worded, agreement: &Agreement, problems: &mut Sink) {
    let (force, lines) = (worded.force(), worded.lines());
    let (Some(window), None, false) = (&lines.window, &lines.cycle, force.is_empty()) else { return };
    let own = agreement.force.first()..force.first();
    let Some(last) = plain_day(&window.it.last).filter(|last| own.contains(last)) else { return };
    problems.push(
        codes::OVER_BEFORE_FORCE
            .at(window.span)
            .say(format!(
                "this ends on {last}, before the clause enters into force on {}, so it never applies",
                force.first()
            ))
            .help("check the year, or the `in force` line".to_owned()),
    );
}

/// A field that says for which period an event counts has to be able to name one.
fn counted_for(lines: &Lines, schema: &Schema, problems: &mut Sink) {
    let (Some(counted), Some(cycle), Some(act)) = (&lines.counted_for, &lines.cycle, &lines.act) else { return };
    let Act::Event { events, .. } = &act.it else { return };
    let Some(field) = schema.field(events.record, counted.it) else { return };
    let calendar = match &cycle.it {
        CycleOf::Calendar(cycle) => Some(cycle),
        CycleOf::Counted { .. } | CycleOf::YearOfTerm(_) | CycleOf::EachTerm(_) => None,
    };
    let why = match &field.ty {
        Type::Date | Type::Text => return,
        Type::Number if calendar.is_some_and(|cycle| !is_a_year(cycle)) || is_within_a_year(&cycle.it) => {
            "a number identifies a year, and a year has several of these periods"
        }
        Type::OneOf(options) if calendar.is_some_and(|cycle| names_none(options, cycle)) => {
            "none of its options names a period"
        }
        Type::Number | Type::OneOf(_) => return,
        Type::YesNo => "a yes/no value does not identify a period",
        Type::Money => "an amount of money does not identify a period",
        Type::Time => "a time of day does not identify a period",
        Type::Ref(_) => "a record does not identify a period",
        Type::SetOf(_) => "a set does not identify a single period",
    };
    problems.push(
        codes::COUNTED_FOR_NO_PERIOD
            .at(counted.span)
            .say(format!("`{}` cannot show which period an event is for: {why}", field.name))
            .help(
                "use a field with a date in the period, the period's name as text or, for years, a number".to_owned(),
            ),
    );
}

fn is_a_year(cycle: &Cycle) -> bool {
    match cycle {
        Cycle::HalfYear | Cycle::FourMonths | Cycle::Quarter | Cycle::Month | Cycle::Week => false,
        Cycle::CalendarYear | Cycle::FiscalYear { .. } | Cycle::Counted(_) => true,
    }
}

/// Whether periods that are counted from a day are shorter than a year.
fn is_within_a_year(cycle: &CycleOf) -> bool {
    match cycle {
        CycleOf::Counted { every, .. } => {
            let days = every.days.saturating_add(every.months.saturating_mul(31));
            days < 365 && every.months < 12 && every.working_days == 0
        }
        CycleOf::Calendar(_) | CycleOf::YearOfTerm(_) | CycleOf::EachTerm(_) => false,
    }
}

fn names_none(options: &[String], cycle: &Cycle) -> bool {
    options.iter().all(|option| cycle.parse_label(option).is_none())
}

/// A clause with a cycle has a due day in each period: only a clause of the same cycle says which.
fn due_days(worded: Worded, (clauses, called): (&[Numbered], &Called), problems: &mut Sink) {
    let lines = worded.lines();
    let Some(window) = &lines.window else { return };
    for edge in [window.it.first.as_ref(), Some(&window.it.last)].into_iter().flatten() {
        let Some((clause, span)) = due_day(edge) else { continue };
        let Some(other) = clauses.get(usize::from(clause.0)) else { continue };
        if of_which_subject((lines, &called.agreement.schema), other, span, problems) {
            continue;
        }
        let cycle_of = |lines: &Lines| meaning_of(lines, called).remove(&Part::Cycle);
        // Both may get another cycle by one amendment.
        let beside = |other: &Worded| !other.force().intersect(worded.force()).is_empty();
        let wordings: Vec<Worded> = other.wordings().into_iter().filter(beside).collect();
        let alike = wordings.iter().any(|other| cycle_of(other.lines()) == cycle_of(lines));
        let Some(cycled) = wordings.iter().find(|wording| wording.lines().cycle.is_some()) else { continue };
        if alike || lines.exception_to.is_some() {
            continue;
        }
        problems.push(
            codes::DUE_DAY_OF_WHICH
                .at(span)
                .say(format!(
                    "`{}` has a due day in each of its periods, and it is unclear which one is meant",
                    other.name()
                ))
                .also(cycled.name_span(), "this clause has a cycle")
                .help("write the same cycle in both clauses, or name the day itself".to_owned()),
        );
    }
}

/// A clause that is for each of some records has a due day for each: only one that is for each of them, too, says which is meant.
/// Its own record may be its subject, its bearer, or that of whom a field of its subject names as the bearer.
fn of_which_subject((lines, schema): (&Lines, &Schema), other: &Numbered, span: Span, problems: &mut Sink) -> bool {
    let bearer = lines.bearer.as_ref().and_then(|bearer| match &bearer.it {
        Bearer::Each(of) => Some(of.record),
        Bearer::Field(field) => match schema.field(field.record, field.field).map(|field| &field.ty) {
            Some(Type::Ref(record)) => Some(*record),
            Some(_) | None => None,
        },
        Bearer::Actor(_) | Bearer::EachOf(_) | Bearer::Together(_) => None,
    });
    let own = |record| bearer == Some(record) || lines.subjects.iter().any(|of| of.record == record);
    let Some(wording) = other.wordings().into_iter().find(|wording| !wording.lines().subjects.is_empty()) else {
        return false;
    };
    let subjects = &wording.lines().subjects;
    let Some(of) = subjects.first().filter(|_| !subjects.iter().any(|of| own(of.record))) else { return false };
    problems.push(
        codes::DUE_DAY_OF_WHICH
            .at(span)
            .say(format!(
                "`{}` has a due day for each `{}`, and it is unclear which one is meant",
                other.name(),
                of.name
            ))
            .also(wording.name_span(), format!("this clause applies to each `{}`", of.name))
            .help(format!("write `for each {}` here too, or name the day itself", of.name)),
    );
    true
}

/// The clause whose due day an end of a window is counted from.
fn due_day(edge: &Edge) -> Option<(ClauseId, Span)> {
    let mut day = match edge {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => day,
        Edge::Lapse { anchor, .. } => anchor,
        Edge::Length { from, .. } => from,
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => return None,
    };
    loop {
        match &day.kind {
            ExprKind::DueDayOf(clause) => return Some((*clause, day.span)),
            ExprKind::Shift { day: of, .. } => day = of,
            _ => return None,
        }
    }
}

// ---- two duties ------------------------------------------------------------------------------------------------------

/// What has to be the same in both.
const SAME: [Part; 5] = [Part::Subjects, Part::Bearer, Part::Conditions, Part::Cycle, Part::Window];

/// Duties for the same subjects and at the same time; of acts, those of the same bearer.
type Alike<'a> = BTreeMap<Vec<Option<Vec<String>>>, Vec<(&'a str, Worded<'a>)>>;

/// Finds duties that cannot both be kept: states that exclude one another, numbers of times that no number fits, a day in a field that
/// shall lie in two windows.
fn both(clauses: &[Numbered], (agreement, called): (&Agreement, &Called), problems: &mut Sink) {
    let (mut states, mut counts, mut sizes, mut days): (Alike, Alike, Alike, Alike) = Default::default();
    for clause in clauses {
        for worded in clause.wordings() {
            let lines = worded.lines();
            let alone = lines.exception_to.is_none() && lines.gives_way_to.is_none() && lines.otherwise.is_none();
            if !alone || !is_shall(lines) || problems.has_error_in(worded.span()) {
                continue;
            }
            let meaning = meaning_of(lines, called);
            let part = |part: &Part| meaning.get(part).cloned();
            let of = |parts: &[Part]| parts.iter().map(part).collect::<Vec<_>>();
            let mut same = of(&SAME);
            match lines.act.as_ref().map(|act| &act.it) {
                // A state holds or not, whoever has to see to it, unless it speaks of its bearer.
                Some(Act::State(_)) => {
                    let is_anybodys = is_an_actor(lines);
                    let kept: Vec<Part> =
                        SAME.into_iter().filter(|part| !is_anybodys || *part != Part::Bearer).collect();
                    states.entry(of(&kept)).or_default().push((clause.name(), worded));
                }
                Some(Act::Dated(_)) => {
                    let same = of(&[Part::Subjects, Part::Conditions, Part::Cycle, Part::Act]);
                    days.entry(same).or_default().push((clause.name(), worded));
                }
                Some(Act::Event { .. }) => {
                    same.extend([part(&Part::Act), part(&Part::CountedFor)]);
                    counts.entry(same).or_default().push((clause.name(), worded));
                }
                Some(_) => {}
                None => {
                    if let Some(of) = counted_set(lines) {
                        same.push(Some(vec![of, format!("{}", lines.on_every_day.is_some())]));
                        sizes.entry(same).or_default().push((clause.name(), worded));
                    }
                }
            }
        }
    }
    let states = states.values().map(|alike| (alike, What::States));
    let counts = counts.values().chain(sizes.values()).map(|alike| (alike, What::Counts));
    let days = days.values().map(|alike| (alike, What::Days));
    for (alike, what) in states.chain(counts).chain(days) {
        let together = alike.iter().filter(|(_, one)| alike.iter().all(|(_, other)| meet(one, other)));
        let mut together: Vec<&(&str, Worded)> = if alike.len() > MOST { Vec::new() } else { together.collect() };
        // One wording of a clause takes the place of another.
        let mut clauses = BTreeSet::new();
        together.retain(|(clause, _)| clauses.insert(*clause));
        let found = match what {
            What::States => states_apart(&together, &agreement.schema),
            What::Counts => counts_apart(&together),
            What::Days => days_apart(&together),
        };
        let Some((one, other)) = found else { continue };
        let bearer = |one: &Worded| meaning_of(one.lines(), called).remove(&Part::Bearer);
        let label = match (what, bearer(&one.1) == bearer(&other.1)) {
            (What::Days, _) => "for the same day, which cannot be in both windows",
            (_, true) => "for the same bearer and at the same time",
            (_, false) => "at the same time",
        };
        problems.push(
            codes::CANNOT_BOTH_BE_KEPT
                .at(other.1.name_span())
                .say(format!("`{}` and `{}` cannot both be complied with", one.0, other.0))
                .also(one.1.name_span(), label)
                .help(format!("say when each applies, or write `exception to {}` in `{}`", one.0, other.0)),
        );
    }
}

#[derive(Clone, Copy)]
enum What {
    States,
    Counts,
    Days,
}

fn is_an_actor(lines: &Lines) -> bool {
    match lines.bearer.as_ref().map(|bearer| &bearer.it) {
        Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::EachOf(_)) => true,
        Some(Bearer::Each(_) | Bearer::Field(_)) | None => false,
    }
}

/// More duties that are alike are not held against one another.
const MOST: usize = 64;

fn meet(one: &Worded, other: &Worded) -> bool {
    !one.force().intersect(other.force()).is_empty()
}

type Pair<'p, 'a> = (&'p (&'a str, Worded<'a>), &'p (&'a str, Worded<'a>));

fn states_apart<'p, 'a>(all: &[&'p (&'a str, Worded<'a>)], schema: &Schema) -> Option<Pair<'p, 'a>> {
    let state = |one: &'p (&'a str, Worded<'a>)| match &one.1.lines().act.as_ref()?.it {
        Act::State(condition) => Some((condition, Sense::Straight)),
        _ => None,
    };
    let states: Vec<(&Cond, Sense)> = all.iter().filter_map(|one| state(one)).collect();
    if states.iter().any(|one| excluded([*one], schema).is_some()) {
        return None;
    }
    let found = excluded(states, schema)?;
    let by = found.by?;
    let within = |span: Span| all.iter().copied().find(|one| one.1.span().contains(span));
    let (one, other) = (within(by)?, within(found.at)?);
    (one.1.span() != other.1.span()).then_some((one, other))
}

/// Two windows of one day in a field that have no day in common.
fn days_apart<'p, 'a>(all: &[&'p (&'a str, Worded<'a>)]) -> Option<Pair<'p, 'a>> {
    let mut pairs = all
        .iter()
        .enumerate()
        .flat_map(|(at, one)| all.iter().skip(at.saturating_add(1)).map(move |other| (*one, *other)));
    pairs.find(|(one, other)| apart(one.1.lines(), other.1.lines()))
}

fn counts_apart<'p, 'a>(all: &[&'p (&'a str, Worded<'a>)]) -> Option<Pair<'p, 'a>> {
    let ranges: Vec<(&'p (&'a str, Worded<'a>), Number, Option<Number>)> = all
        .iter()
        .filter_map(|one| {
            let (least, most) = range(one.1.lines())?;
            Some((*one, least, most))
        })
        .collect();
    let most = ranges.iter().filter(|(_, _, most)| most.is_some()).min_by(|a, b| a.2.cmp(&b.2))?;
    let least = ranges.iter().max_by(|a, b| a.1.cmp(&b.1))?;
    let apart = most.2.as_ref().is_some_and(|most| *most < least.1);
    apart.then_some((most.0, least.0))
}

/// The set whose number a composition limits, where it is one.
fn counted_set(lines: &Lines) -> Option<String> {
    let of = match (&lines.limited, &lines.numbered) {
        (Some(limited), None) => &limited.it.of,
        (None, Some(numbered)) => match numbered.it.parts.as_slice() {
            [part] if part.tolerance.is_none() => &part.of,
            _ => return None,
        },
        (_, _) => return None,
    };
    // Rows are counted one by one, each under the number that its clause gives it.
    let everything = matches!(of.filter.kind, CondKind::Always);
    everything.then(|| format!("{:?} {:?}", of.record, of.members_of))
}

/// How often at least, and at most, something shall be done, or be there.
fn range(lines: &Lines) -> Option<(Number, Option<Number>)> {
    if let Some(limited) = &lines.limited {
        return of_limit(limited.it.limit, &limited.it.amount);
    }
    if let Some(part) = lines.numbered.as_ref().and_then(|numbered| numbered.it.parts.first()) {
        let (ExprKind::Number(least), ExprKind::Number(most)) = (&part.least.kind, &part.most.kind) else {
            return None;
        };
        return Some((least.clone(), Some(most.clone())));
    }
    let Some(count) = &lines.count else { return Some((Number::ONE, None)) };
    let Count::Times { limit, times } = &count.it else { return None };
    of_limit(*limit, times)
}

fn of_limit(limit: Limit, amount: &Expr) -> Option<(Number, Option<Number>)> {
    let ExprKind::Number(number) = &amount.kind else { return None };
    Some(match limit {
        Limit::AtLeast => (number.clone(), None),
        Limit::MoreThan => (number.plus(&Number::ONE), None),
        Limit::AtMost => (Number::ZERO, Some(number.clone())),
        Limit::LessThan => (Number::ZERO, Some(number.minus(&Number::ONE))),
        Limit::Exactly => (number.clone(), Some(number.clone())),
    })
}
