//! The one form in which conditions and days are read, by the judge of a single row and by the lanes alike. What turns a condition
//! round is carried down to its tests; an edge of a window is a day that is reckoned from another. So each is given its meaning once.

use std::collections::BTreeSet;

use crate::model::DefinitionBody;
use crate::model::clause::{Bearer, CycleOf, Edge, WhichEnd, Window, YearOf};
use crate::model::expr::{
    ClauseId, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, FieldOf, Lapse, Row, Sense, Side, Test,
};
use crate::plan::{Body, Moved, Norm, Plan};
use crate::source::Span;
use crate::value::{
    Calendar, CyclePeriod, Day, Due, Period, PeriodLabel, Regime, ShiftProblem, Stretch, counted_day, fixed_day,
    last_day, shift,
};

// ---- conditions -------------------------------------------------------------------------------------------------------

/// A condition as it is asked, straight or the other way round.
#[derive(Clone, Copy)]
pub enum Form<'c> {
    /// It holds, or does not, whatever the facts are.
    Fixed(bool),
    All(&'c [Cond], Sense),
    Any(&'c [Cond], Sense),
    /// The same as another, asked so.
    Turned(&'c Cond, Sense),
    /// A test, by the sense in which its question is asked.
    Test(&'c Test, Sense),
    Each {
        of: &'c Collection,
        test: &'c Cond,
        sense: Sense,
    },
    Some(&'c Collection, Sense),
    Defined {
        definition: DefinitionId,
        row: &'c Row,
        sense: Sense,
    },
    OnDay {
        of: &'c Cond,
        day: &'c Expr,
        sense: Sense,
    },
    /// For a person, whichever way it is asked.
    Judged(&'c str),
}

pub fn form(condition: &Cond, sense: Sense) -> Form<'_> {
    match (&condition.kind, sense) {
        (CondKind::Always, sense) => Form::Fixed(is_straight(sense)),
        (CondKind::And(parts), Sense::Straight) | (CondKind::Or(parts), Sense::Opposite) => Form::All(parts, sense),
        (CondKind::Or(parts), Sense::Straight) | (CondKind::And(parts), Sense::Opposite) => Form::Any(parts, sense),
        (CondKind::Not(inner), sense) => Form::Turned(inner, turned(sense)),
        (CondKind::Test(test), sense) => Form::Test(test, asked(test, sense)),
        (CondKind::All { of, test }, sense) => Form::Each { of, test, sense },
        (CondKind::Some(of), sense) => Form::Some(of, sense),
        (CondKind::Defined { definition, row }, sense) => Form::Defined { definition: *definition, row, sense },
        (CondKind::OnDay { of, day }, sense) => Form::OnDay { of, day, sense },
        (CondKind::Judged { words, .. }, _) => Form::Judged(words),
    }
}

/// The sense in which the question of a test is asked, where the test is asked so.
pub fn asked(test: &Test, sense: Sense) -> Sense {
    if sense == test.sense { Sense::Straight } else { Sense::Opposite }
}

pub fn is_straight(sense: Sense) -> bool {
    sense == Sense::Straight
}

fn turned(sense: Sense) -> Sense {
    match sense {
        Sense::Straight => Sense::Opposite,
        Sense::Opposite => Sense::Straight,
    }
}

// ---- days -------------------------------------------------------------------------------------------------------------

/// What a period is reckoned as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reckoned {
    Day,
    /// The end of a period as named regimes count it, which stays where it is.
    Counted,
    /// The last day of a period: named regimes move it off free days.
    LastDay,
    /// A last day that is told as a date.
    FixedDay,
}

/// Where an edge of a window lies.
#[derive(Clone, Copy)]
pub enum Reached<'c> {
    /// So many days after a day that is named.
    Beside(&'c Expr, i32),
    /// A period after a day that is named.
    After {
        day: &'c Expr,
        by: &'c Lapse,
        what: Reckoned,
        span: Span,
    },
    /// The last day that other words name: a day plus a period is reckoned so in them.
    Named(&'c Expr, Reckoned),
    /// The last day of so long a time that begins with a day.
    Length {
        from: &'c Expr,
        of: &'c Period,
    },
    /// With the period of the cycle, if there is one.
    PeriodEnd,
    Never,
    Blank {
        words: &'static str,
        span: Span,
    },
    YearOfTerm {
        year: YearOf,
        end: WhichEnd,
    },
    OfTerm {
        term: ClauseId,
        end: WhichEnd,
    },
}

/// A lapse forwards is reckoned as it is asked: as a day, or as a last day, by the month regime's rules for it.
pub fn reached(edge: &Edge, what: Reckoned) -> Reached<'_> {
    match edge {
        Edge::On(day) => Reached::Beside(day, 0),
        Edge::DayBefore(day) => Reached::Beside(day, -1),
        Edge::DayAfter(day) => Reached::Beside(day, 1),
        Edge::Lapse { anchor, by } => Reached::After { day: anchor, by, what, span: anchor.span },
        Edge::Length { from, of } => Reached::Length { from, of },
        Edge::Open => Reached::PeriodEnd,
        Edge::Never => Reached::Never,
        Edge::Blank { words, span } => Reached::Blank { words, span: *span },
        Edge::YearOfTerm { year, end } => Reached::YearOfTerm { year: *year, end: *end },
        Edge::OfTerm { term, end } => Reached::OfTerm { term: *term, end: *end },
    }
}

/// Where the first day of a window lies: it is counted as a last day is, and never moves.
pub fn first_reached(window: &Window) -> Option<Reached<'_>> {
    window.first.as_ref().map(|edge| reached(edge, counted(window)))
}

/// Where the last day of a body lies, as the regime moves it, before a line of the clause moves it to a neighbouring working day.
pub fn last_reached(body: &Body) -> Reached<'_> {
    match (body.moved, &body.window.first, &body.window.last) {
        (Moved::ByRegime, None, Edge::On(day)) => last_named(day, Reckoned::LastDay),
        (Moved::ByRegime, _, edge) => reached(edge, Reckoned::LastDay),
        (Moved::No | Moved::ToTheNext | Moved::ToThePrevious, _, _) => last_counted(&body.window),
    }
}

/// Where the last day of a window lies, as it is counted.
pub fn last_counted(window: &Window) -> Reached<'_> {
    match (&window.first, &window.last) {
        (None, Edge::On(day)) => last_named(day, Reckoned::Counted),
        (_, edge) => reached(edge, counted(window)),
    }
}

/// The first days of a period have their numbers; all others are counted as the regime has it.
fn counted(window: &Window) -> Reckoned {
    if window.numbered { Reckoned::Day } else { Reckoned::Counted }
}

/// A fixed day is counted from nothing.
static NONE: Lapse = Lapse::Fixed(Period { months: 0, days: 0, working_days: 0 });

/// `by D`: a day plus a period is the last day of a period, however it is written; every other day is fixed.
fn last_named(named: &Expr, what: Reckoned) -> Reached<'_> {
    match &named.kind {
        ExprKind::Shift { day, by } => Reached::After { day, by, what, span: named.span },
        // Another clause's last day has moved as that clause has it.
        ExprKind::DueDayOf(_) => Reached::Beside(named, 0),
        _ if named.names_others() => Reached::Named(named, what),
        _ if what == Reckoned::Counted => Reached::Beside(named, 0),
        _ => Reached::After { day: named, by: &NONE, what: Reckoned::FixedDay, span: named.span },
    }
}

/// The day a period after another, or before it.
pub fn reckon(
    day: Day,
    by: &Period,
    what: Reckoned,
    (regime, calendar): (Regime, &Calendar),
) -> Result<Due, ShiftProblem> {
    match what {
        Reckoned::Day => shift(day, by, regime, calendar).map(|day| Due { counted: day, first: day, last: day }),
        Reckoned::Counted => counted_day(day, by, regime, calendar),
        Reckoned::LastDay => last_day(day, by, regime, calendar),
        Reckoned::FixedDay => fixed_day(day, regime, calendar),
    }
}

/// The term whose first or last day a day is reckoned from.
pub fn term_of_day(day: &Expr) -> Option<ClauseId> {
    match &day.kind {
        ExprKind::TermStart(term) | ExprKind::TermEnd(term) => Some(*term),
        ExprKind::Shift { day, .. } => term_of_day(day),
        _ => None,
    }
}

/// The term that the periods of a cycle are counted from, or their windows are reckoned from: each period is of the one that ran when
/// it began.
pub fn term_beside_cycle(norm: &Norm) -> Option<ClauseId> {
    let counted_from = match norm.cycle.as_ref()? {
        CycleOf::YearOfTerm(term) | CycleOf::EachTerm(term) => Some(*term),
        CycleOf::Counted { from, .. } => term_of_day(from),
        CycleOf::Calendar(_) => None,
    };
    let edges = norm.bodies.iter().flat_map(|body| body.window.first.iter().chain([&body.window.last]));
    counted_from.or(norm.during).or_else(|| edges.into_iter().find_map(term_of_bound))
}

/// The term that an end of a window hangs on: whose day it is reckoned from, or of which it is an end itself.
pub fn term_of_bound(edge: &Edge) -> Option<ClauseId> {
    match edge {
        Edge::YearOfTerm { year, .. } => Some(year.term),
        Edge::OfTerm { term, .. } => Some(*term),
        edge => term_of_edge(edge),
    }
}

/// The term whose first or last day an end of a window is reckoned from.
pub fn term_of_edge(edge: &Edge) -> Option<ClauseId> {
    match edge {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => term_of_day(day),
        Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => term_of_day(day),
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
    }
}

/// A term as a period.
pub fn period_of_term(days: Stretch) -> CyclePeriod {
    CyclePeriod::new(days, PeriodLabel::Days(days.first(), days.last()))
}

/// Whether a day that is not there may still come: it hangs on what happens, and is no field that is known to be empty.
pub fn may_come(plan: &Plan, expr: &Expr) -> bool {
    comes(plan, expr, &mut BTreeSet::new())
}

/// The same; each definition is looked at once.
fn comes(plan: &Plan, expr: &Expr, seen: &mut BTreeSet<DefinitionId>) -> bool {
    fn follows(field: &FieldOf) -> bool {
        match &field.row {
            Row::Beside(beside) => beside.side == Side::Next,
            Row::Follow(inner) => follows(inner),
            Row::Var(_) | Row::Agreement => false,
        }
    }
    match &expr.kind {
        ExprKind::Field(field) => follows(field),
        ExprKind::OnDay { of: day, .. } | ExprKind::Shift { day, .. } | ExprKind::OfDay(_, day) => {
            comes(plan, day, seen)
        }
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().any(|day| comes(plan, day, seen)),
        ExprKind::YearDay { .. } => false,
        ExprKind::Defined { definition, .. } => {
            let body = plan.definition(*definition).map(|one| &one.body).filter(|_| seen.insert(*definition));
            let Some(DefinitionBody::Amount { cases, otherwise }) = body else { return false };
            comes(plan, otherwise, seen) || cases.iter().any(|(_, day)| comes(plan, day, seen))
        }
        _ => true,
    }
}

/// Counted after a day: `within P after X`, `at most P after X`.
pub fn is_after(body: &Body) -> bool {
    match (&body.window.first, &body.window.last) {
        (Some(Edge::On(from)), Edge::Lapse { anchor, by }) => {
            !by.goes_back() && from.span == anchor.span && !body.window.numbered
        }
        (_, _) => false,
    }
}

/// Whether a day is the earliest of some rows, or the latest.
pub fn is_of_rows(plan: &Plan, day: &Expr, latest: bool) -> bool {
    match &day.kind {
        ExprKind::Earliest(..) => true,
        ExprKind::Latest(..) => latest,
        ExprKind::Defined { definition, .. } => match plan.definition(*definition).map(|one| &one.body) {
            Some(DefinitionBody::Amount { cases, otherwise }) => {
                cases.is_empty() && is_of_rows(plan, otherwise, latest)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a window begins on a day that is reckoned from one of the subject's: from a field of it, or from what another clause, or a
/// definition, says of it.
pub fn begins_by_subject(plan: &Plan, body: &Body) -> bool {
    let is_own = |day: &Expr| is_of_a_row(plan, day);
    match &body.window.first {
        Some(Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day)) => is_own(day),
        Some(Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. }) => is_own(day),
        Some(Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. }) | None => {
            false
        }
    }
}

/// Whether a day is reckoned from one of a row.
fn is_of_a_row(plan: &Plan, day: &Expr) -> bool {
    match &day.kind {
        ExprKind::Field(field) => !matches!(field.row, Row::Agreement),
        ExprKind::Shift { day, .. } | ExprKind::OfDay(_, day) | ExprKind::OnDay { of: day, .. } => {
            is_of_a_row(plan, day)
        }
        ExprKind::YearDay { year: Some(year), .. } => is_of_a_row(plan, year),
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().any(|day| is_of_a_row(plan, day)),
        ExprKind::EffectOf(clause) | ExprKind::DueDayOf(clause) => plan
            .norms_of(*clause)
            .any(|(_, norm)| !norm.subjects.is_empty() || matches!(norm.bearer, Some(Bearer::Each(_)))),
        ExprKind::Defined { definition, .. } => match plan.definition(*definition).map(|one| &one.body) {
            Some(DefinitionBody::Amount { cases, otherwise }) => {
                cases.iter().map(|(_, day)| day).chain([otherwise]).any(|day| is_of_a_row(plan, day))
            }
            _ => false,
        },
        _ => false,
    }
}
