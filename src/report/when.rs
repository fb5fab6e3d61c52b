//! The window of a clause if the day that it is counted from were some day; or why there is no such window.

use super::names::Names;
use super::sentences;
use super::walk::{self, Walk};
use crate::evaluate::{Windowed, window_if};
use crate::model::DefinitionBody;
use crate::model::clause::{CycleOf, Edge, When as Condition};
use crate::model::expr::{ClauseId, CondKind, Expr, ExprKind};
use crate::model::meaning::of_value;
use crate::model::schema::Shape;
use crate::plan::{Body, Norm, Plan};
use crate::source::Span;
use crate::value::{Day, Stretch};
use crate::verdict::LastDay;

/// What a clause asks for if the day that it is counted from were some day.
#[derive(Clone, Debug)]
pub struct When {
    pub clause: String,
    pub place: Option<String>,
    pub title: Option<String>,
    /// One for each wording that is in force on that day, and each of its readings.
    pub answers: Vec<Answer>,
    /// The days on which the clause is in force, where that day is none of them.
    pub in_force: Vec<Stretch>,
}

/// One reading of one wording.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The amendment that brings the wording in.
    pub amendment: Option<String>,
    pub reading: Option<String>,
    pub window: Window,
    /// What else must be so for the clause to ask for anything, in the policy's words.
    pub only_if: Vec<String>,
}

/// What a window is counted from, and where it lies.
#[derive(Clone, Debug)]
pub enum Window {
    /// It is counted from one day, which is taken to be the one that was asked about.
    CountedFrom { what: String, days: Days },
    /// It is counted from no day of its own but lies in a period of the calendar: in the one that holds the day.
    InPeriod { period: String, days: Days },
    /// It is counted from no day, and lies where it lies.
    Fixed { days: Days },
    /// It is counted from several days.
    Several(Vec<String>),
    /// It is counted from the days of a term.
    OfTerm(Vec<String>),
    /// The clause has no window.
    None,
}

/// The days of a window, and how they came about.
#[derive(Clone, Debug)]
pub struct Days {
    pub first: Option<Day>,
    pub last: LastDay,
    pub walk: Vec<Walk>,
    /// What an end depends on besides.
    pub needs: Vec<String>,
}

impl Window {
    pub fn days(&self) -> Option<&Days> {
        match self {
            Window::CountedFrom { days, .. } | Window::InPeriod { days, .. } | Window::Fixed { days } => Some(days),
            Window::Several(_) | Window::OfTerm(_) | Window::None => None,
        }
    }
}

impl When {
    /// Whether the day that was asked about led to a day.
    pub fn is_answered(&self) -> bool {
        let leads = |days: &Days| days.first.is_some() || matches!(days.last, LastDay::On(_));
        self.answers.iter().any(|answer| match &answer.window {
            Window::CountedFrom { days, .. } | Window::InPeriod { days, .. } => leads(days),
            Window::Fixed { .. } | Window::Several(_) | Window::OfTerm(_) | Window::None => false,
        })
    }
}

/// What a clause asks for if the day that it is counted from were this one. The facts are those of nothing at all.
pub fn when(names: &Names, id: ClauseId, day: Day) -> When {
    let plan = names.plan;
    let clause = plan.clause(id);
    let wordings = || plan.norms_of(id).map(|(_, norm)| norm);
    let answers = wordings().flat_map(|norm| norm.bodies.iter().map(move |body| (norm, body)));
    let answers = answers.filter_map(|(norm, body)| {
        if !norm.force.contains(day) && !has_no_day(plan, norm) {
            return None;
        }
        let window = window(names, (norm, body), day);
        // What has no day of its own may be older than the clause, as long as there is still something to do.
        let is_there =
            || matches!(window.days().map(|days| days.last), Some(LastDay::On(last)) if norm.force.contains(last));
        (norm.force.contains(day) || is_there()).then(|| Answer {
            amendment: norm.by.and_then(|by| plan.amendment(by)).map(|amendment| amendment.name.clone()),
            reading: body.reading.clone(),
            window,
            only_if: only_if(names, norm, body),
        })
    });
    let answers: Vec<Answer> = answers.collect();
    When {
        clause: clause.map_or_else(String::new, |clause| clause.name.clone()),
        place: clause.and_then(|clause| clause.place.as_ref()).map(|place| place.words.clone()),
        title: clause.and_then(|clause| clause.title.clone()),
        in_force: if answers.is_empty() { wordings().map(|norm| norm.force).collect() } else { Vec::new() },
        answers,
    }
}

/// Whether a clause is about something once that has no day of its own.
fn has_no_day(plan: &Plan, norm: &Norm) -> bool {
    let dated = norm.subjects.iter().any(|of| {
        let shape = plan.schema.record(of.record).map_or(Shape::Plain, |record| record.shape);
        of.members_of.is_some() || shape != Shape::Plain
    });
    norm.cycle.is_none() && !dated && plan.norms_of(norm.clause).nth(1).is_none()
}

fn window(names: &Names, (norm, body): (&Norm, &Body), day: Day) -> Window {
    if !crate::evaluate::has_window(&body.test) {
        return Window::None;
    }
    let bases = Bases::of(names.plan, norm, body);
    if !bases.terms.is_empty() {
        let terms = bases.terms.iter().map(|term| names.clause_name(*term).to_string());
        return Window::OfTerm(terms.collect());
    }
    let mut what: Vec<String> = Vec::new();
    let mut meanings: Vec<String> = Vec::new();
    for expr in &bases.days {
        let meaning = of_value(expr);
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
            what.push(names.words(expr.span));
        }
    }
    let places: Vec<Span> = bases.days.iter().map(|expr| expr.span).collect();
    match (what.len(), bases.period) {
        (0, true) => {
            let found = window_if(names.plan, names.facts, (norm, body), (&places, day));
            let period = found.period.map_or_else(String::new, |period| period.label.to_string());
            Window::InPeriod { period, days: days(names, &found) }
        }
        (0, false) => {
            let found = window_if(names.plan, names.facts, (norm, body), (&places, day));
            let days = days(names, &found);
            if days.first.is_none() && days.last == LastDay::None { Window::None } else { Window::Fixed { days } }
        }
        (1, _) => {
            let found = window_if(names.plan, names.facts, (norm, body), (&places, day));
            Window::CountedFrom { what: what.concat(), days: days(names, &found) }
        }
        (_, _) => Window::Several(what),
    }
}

fn days(names: &Names, found: &Windowed) -> Days {
    Days {
        first: found.first_day(),
        last: found.last_day(),
        walk: found.reason.as_ref().map_or_else(Vec::new, |reason| walk::of_window(names, reason, reason)),
        needs: found.missing.iter().map(|one| sentences::missing(names, one)).collect(),
    }
}

/// The conditions of a clause, and what it gives way to.
fn only_if(names: &Names, norm: &Norm, body: &Body) -> Vec<String> {
    let mut all = Vec::new();
    let subjects = norm.subjects.iter().filter(|of| !matches!(of.filter.kind, CondKind::Always));
    all.extend(subjects.map(|of| names.words(of.span)));
    all.extend(body.conditions.iter().map(|condition| match condition {
        Condition::If(condition) => format!("if {}", names.words(condition.span)),
        Condition::Unless(condition) => format!("unless {}", names.words(condition.span)),
    }));
    all.extend(norm.yields_to.iter().map(|other| format!("unless {} applies instead", names.clause_name(*other))));
    all
}

/// What the ends of a window are counted from.
#[derive(Default)]
struct Bases<'p> {
    days: Vec<&'p Expr>,
    terms: Vec<ClauseId>,
    /// The period of a cycle that the calendar has.
    period: bool,
}

impl<'p> Bases<'p> {
    fn of(plan: &'p Plan, norm: &Norm, body: &'p Body) -> Bases<'p> {
        let mut found = Bases::default();
        let by_calendar = matches!(norm.cycle, Some(CycleOf::Calendar(_)));
        for edge in body.window.first.iter().chain([&body.window.last]) {
            match edge {
                Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => found.take(plan, day, by_calendar),
                Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => found.take(plan, day, by_calendar),
                Edge::YearOfTerm { year, .. } => found.terms.push(year.term),
                Edge::OfTerm { term, .. } => found.terms.push(*term),
                Edge::Open | Edge::Never | Edge::Blank { .. } => found.period |= by_calendar,
            }
        }
        found.terms.sort_unstable();
        found.terms.dedup();
        found
    }

    fn take(&mut self, plan: &'p Plan, expr: &'p Expr, by_calendar: bool) {
        match &expr.kind {
            ExprKind::Day(_) | ExprKind::Number(_) | ExprKind::NotStated => {}
            ExprKind::Shift { day, .. } | ExprKind::OfDay(_, day) => self.take(plan, day, by_calendar),
            // The year of a day, and so many years more.
            ExprKind::Plus(one, other) | ExprKind::Minus(one, other) => {
                [one, other].into_iter().for_each(|part| self.take(plan, part, by_calendar));
            }
            ExprKind::YearDay { year: Some(year), .. } => self.take(plan, year, by_calendar),
            ExprKind::YearDay { year: None, .. } => self.period = true,
            ExprKind::PeriodStart | ExprKind::PeriodEnd if by_calendar => self.period = true,
            ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => {
                days.iter().for_each(|day| self.take(plan, day, by_calendar));
            }
            ExprKind::Defined { definition, .. } => match plan.definition(*definition).map(|one| &one.body) {
                Some(DefinitionBody::Amount { cases, otherwise }) if cases.is_empty() => {
                    self.take(plan, otherwise, by_calendar);
                }
                _ => self.days.push(expr),
            },
            _ => self.days.push(expr),
        }
    }
}
