//! Windows and terms: from when until when. Both ends are days that are taken in.

use crate::diagnostics::codes;
use crate::model::clause::{Edge, Renewal, Renewals, TermEdge, TermOf, WhichEnd, Window, YearCounted, YearOf};
use crate::model::expr::{Expr, ExprKind, Lapse, Ty};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{
    self, During, LapseText, PeriodText, PeriodUnit, RenewalTimes, Side, Slot, SlotKind, Timing,
};
use crate::value::{Calendar, Period, Regime, last_day};

use super::lines::Filling;

/// Words for a day that the text leaves open.
const NOT_STATED: &str = "not stated";

impl<'t> Filling<'_, 't> {
    pub(super) fn window(&self, timing: &Timing, span: Span) -> Option<Window> {
        let on = |day: &tree::Expr| self.days().a_day(day).map(Edge::On);
        let until = |last: Edge| Some(Window { first: None, last, numbered: false, stated: true });
        let from = |first: Edge, last: Edge| Some(Window { first: Some(first), last, numbered: false, stated: true });
        let window = match timing {
            Timing::By(None) => until(Edge::Blank { words: NOT_STATED, span }),
            Timing::By(Some(day)) => until(on(day)?),
            Timing::Before(day) => until(Edge::DayBefore(self.days().a_day(day)?)),
            Timing::After(day) => from(Edge::DayAfter(self.days().a_day(day)?), Edge::Open),
            Timing::On(day) => {
                let day = on(day)?;
                from(day.clone(), day)
            }
            Timing::Between(first, last) | Timing::During(During::Span(first, last)) => {
                let (first, last) = (on(first), on(last));
                from(first?, last?)
            }
            Timing::AtLeast { lapse, side: Side::Before, anchor } => {
                until(self.at_least(lapse.as_ref(), anchor, Side::Before, span)?)
            }
            Timing::AtLeast { lapse, side: Side::After, anchor } => {
                from(self.at_least(lapse.as_ref(), anchor, Side::After, span)?, Edge::Open)
            }
            Timing::AtMost { lapse, side: Side::Before, anchor } => {
                let (first, last) = (self.before(lapse.as_ref(), anchor, span), on(anchor));
                from(first?, last?)
            }
            Timing::AtMost { lapse, side: Side::After, anchor } => {
                let (first, last) = (on(anchor), self.after(lapse.as_ref(), anchor, span));
                from(first?, last?)
            }
            // Counted after a day, it begins with that day: what was done before it answers nothing.
            Timing::Within { lapse, anchor } => {
                let (first, last) = (on(anchor), self.after(lapse.as_ref(), anchor, span));
                from(first?, last?)
            }
            Timing::For { period, from: day } => {
                let (first, of) = (self.days().a_day(day), self.names().lapse(period));
                let (day, of) = (first?, of?);
                if of.is_zero() {
                    self.names()
                        .found(codes::WRONG_NUMBER.at(period.span).say("a length of time must be more than zero"));
                    return None;
                }
                from(Edge::On(day.clone()), Edge::Length { from: day, of })
            }
            Timing::InYear { year, term, counted } => {
                let number = self.names().small(&year.it, year.span)?;
                if number == 0 {
                    self.names().found(codes::WRONG_NUMBER.at(year.span).say("years of a term are numbered from 1"));
                    return None;
                }
                let id = self.names().term(term)?;
                self.days().needs_days_of(id, term.span);
                let counted = match counted {
                    tree::YearCounted::FromTheFirstDay => YearCounted::FromTheFirstDay,
                    tree::YearCounted::Calendar => YearCounted::Calendar,
                };
                let edge = |end| Edge::YearOfTerm { year: YearOf { term: id, number, counted }, end };
                from(edge(WhichEnd::First), edge(WhichEnd::Last))
            }
            Timing::InTheFirstWeek => self.first_week(span),
            Timing::InTheFirstDays(days) => {
                let days = (self.names().small(&days.it, days.span)?, days.span);
                self.days_of_period(1, days, span)
            }
            Timing::BeforeTheStart => until(Edge::DayBefore(self.start(span)?)),
            Timing::During(During::Term(name)) => {
                let term = self.names().term(name)?;
                self.days().needs_days_of(term, name.span);
                from(Edge::OfTerm { term, end: WhichEnd::First }, Edge::OfTerm { term, end: WhichEnd::Last })
            }
            Timing::AtAnyTime => until(Edge::Open),
            Timing::InReasonableTime => until(Edge::Blank { words: "in reasonable time", span }),
            Timing::WithoutALastDay => until(Edge::Never),
        }?;
        self.possible(&window, span)?;
        Some(window)
    }

    fn before(&self, lapse: Option<&LapseText>, anchor: &tree::Expr, span: Span) -> Option<Edge> {
        self.lapse(lapse, anchor, Side::Before, span)
    }

    fn after(&self, lapse: Option<&LapseText>, anchor: &tree::Expr, span: Span) -> Option<Edge> {
        self.lapse(lapse, anchor, Side::After, span)
    }

    /// `at least P before D`, `at least P after D`: here alone the days between can be clear ones.
    fn at_least(&self, lapse: Option<&LapseText>, anchor: &tree::Expr, side: Side, span: Span) -> Option<Edge> {
        let clear = match lapse {
            Some(LapseText::Period(text)) => {
                Some(text).filter(|text| matches!(text.parts.as_slice(), [(_, PeriodUnit::ClearDay)]))
            }
            Some(LapseText::Told(_)) | None => None,
        };
        let Some(clear) = clear else { return self.lapse(lapse, anchor, side, span) };
        let (anchor, by) = (self.days().a_day(anchor), self.names().clear_days(clear, side));
        let (anchor, by) = (anchor?, by?);
        Some(Edge::Lapse { anchor, by: Lapse::Fixed(to(side, by)) })
    }

    fn lapse(&self, lapse: Option<&LapseText>, anchor: &tree::Expr, side: Side, span: Span) -> Option<Edge> {
        let anchor = self.days().a_day(anchor);
        let Some(lapse) = lapse else { return Some(Edge::Blank { words: NOT_STATED, span }) };
        let by = self.days().lapse(lapse, side);
        Some(Edge::Lapse { anchor: anchor?, by: by? })
    }

    fn first_week(&self, span: Span) -> Option<Window> {
        let Some((from, to)) = self.names().settings.week else {
            self.names().found(
                codes::NO_WEEK
                    .at(span)
                    .say("the agreement does not say which days make up the first week")
                    .help("add `week days 1 to 7` to the header".to_string()),
            );
            return None;
        };
        self.days_of_period(from, (to, span), span)
    }

    /// Days of the period by their numbers, from 1.
    fn days_of_period(&self, from: u32, (to, to_span): (u32, Span), span: Span) -> Option<Window> {
        self.scope.in_a_cycle(span)?;
        if to < from {
            self.names().found(codes::WRONG_NUMBER.at(to_span).say("days of a period are numbered from 1"));
            return None;
        }
        let edge = |number: u32| {
            let anchor = Expr { kind: ExprKind::PeriodStart, ty: Ty::Day, span };
            let by = i32::try_from(number.saturating_sub(1)).ok()?;
            Some(if by == 0 { Edge::On(anchor) } else { Edge::Lapse { anchor, by: Lapse::Fixed(Period::days(by)) } })
        };
        Some(Window { first: Some(edge(from)?), last: edge(to)?, numbered: true, stated: true })
    }

    /// The start of the period, or of what the clause is about.
    fn start(&self, span: Span) -> Option<Expr> {
        if self.scope.cycle == super::scope::InCycle::No
            && let Some((row, record)) = self.scope.own_rows().last()
            && let Some(field) = self.names().schema.record(record).and_then(|record| record.day_field())
        {
            let field = crate::model::expr::FieldOf { row, record, field, span };
            return Some(Expr { kind: ExprKind::Field(field), ty: Ty::Day, span });
        }
        self.scope.in_a_cycle(span)?;
        Some(Expr { kind: ExprKind::PeriodStart, ty: Ty::Day, span })
    }

    /// A window whose days are fixed has to have a day.
    fn possible(&self, window: &Window, span: Span) -> Option<()> {
        let in_calendar_years = matches!(
            self.lines.cycle.as_ref().map(|cycle| &cycle.it),
            Some(crate::model::clause::CycleOf::Calendar(crate::value::Cycle::CalendarYear))
        );
        let sample = in_calendar_years.then_some(2015);
        // Without a rule for months none are added, or that is told.
        let months = self.names().settings.months.unwrap_or(Regime::ROUND_DOWN);
        let calendar = self.names().settings.calendar.unwrap_or(Calendar::PLAIN);
        let fixed = |edge: &Edge| match edge {
            Edge::On(day) => self.scope.constant_day(day, sample),
            Edge::DayBefore(day) => self.scope.constant_day(day, sample).map(|day| day.preceding()),
            Edge::DayAfter(day) => self.scope.constant_day(day, sample).map(|day| day.following()),
            // The latest that it may be, where the regime moves it.
            Edge::Lapse { anchor, by } => {
                let (day, by) = (self.scope.constant_day(anchor, sample)?, by.fixed()?);
                last_day(day, by, months, &calendar).ok().map(|due| due.last)
            }
            Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
            Edge::Length { .. } => None,
        };
        let force = self.names().settings.force.first();
        if let Some(last) = fixed(&window.last).filter(|last| *last < force && sample.is_none()) {
            self.names().found(
                codes::OVER_BEFORE_FORCE
                    .at(span)
                    .say(format!(
                        "this ends on {last}, before the agreement enters into force on {force}, so it never applies"
                    ))
                    .help("check the year, or the agreement's `in force` line".to_string()),
            );
        }
        let Some((first, last)) = window.first.as_ref().and_then(fixed).zip(fixed(&window.last)) else {
            return Some(());
        };
        if first <= last {
            return Some(());
        }
        let (say, help) = match sample {
            Some(year) => (
                format!(
                    "there is no day in this window: in {year}, for example, it begins on {first} and ends on {last}"
                ),
                "if it ends in the next year, say so of its last day: `31 March of the year of the end of the period plus 1`; otherwise, write the earlier day first",
            ),
            None => (
                format!("there is no day in this window: it begins on {first} and ends on {last}"),
                "write the earlier day first",
            ),
        };
        self.names().found(codes::IMPOSSIBLE_WINDOW.at(span).say(say).help(help.to_owned()));
        None
    }

    // ---- terms -------------------------------------------------------------------------------------------------------

    /// The lines of a term, put together: when it starts, when it ends, how it is renewed.
    pub(super) fn terms(&mut self, slots: &[&'t Slot]) {
        let (mut starts, mut ends, mut renewal, mut place) = (None, None, None, None);
        let mut same_days_as = None;
        self.one_start_and_end(slots);
        for slot in slots {
            match &slot.kind {
                SlotKind::Length { period, from } => {
                    starts = Some(self.stated_day(from.as_ref(), slot.span));
                    ends = Some(self.length(period.as_ref(), slot.span));
                }
                SlotKind::Starts(edge) => starts = Some(self.term_edge(edge)),
                SlotKind::Ends(Some(edge)) => ends = Some(self.term_edge(edge)),
                SlotKind::Ends(None) => ends = Some(Some(TermEdge::NotStated(slot.span))),
                SlotKind::Renewal { period, times } => {
                    renewal = self.renewal(period, times, slot.span);
                    continue;
                }
                SlotKind::SameDaysAs(name) => {
                    same_days_as = self.names().term(name).map(|term| Spanned::new(term, slot.span));
                    continue;
                }
                _ => continue,
            }
            place.get_or_insert(slot.span);
        }
        let Some(place) = place else { return };
        let starts = starts.unwrap_or(Some(TermEdge::NotStated(self.head.span)));
        let ends = ends.unwrap_or(Some(TermEdge::Open));
        if let (Some(starts), Some(ends)) = (starts, ends) {
            self.lines.term = Some(Spanned::new(TermOf { starts, ends, renewal, same_days_as }, place));
        }
    }

    /// A length says from when and until when: another line that says so would be passed over.
    fn one_start_and_end(&self, slots: &[&'t Slot]) {
        let Some(length) = slots.iter().find(|slot| matches!(slot.kind, SlotKind::Length { .. })) else { return };
        let find = |is: fn(&SlotKind) -> bool| slots.iter().find(|slot| is(&slot.kind)).map(|slot| slot.span);
        let starts = find(|kind| matches!(kind, SlotKind::Starts(_)));
        let ends = find(|kind| matches!(kind, SlotKind::Ends(_)));
        for (span, what, help) in [
            (starts, "first day", "leave out one of the two lines"),
            (
                ends,
                "last day",
                "replace the length with `starts on …` and `ends on the earliest of …`, naming both last days",
            ),
        ] {
            let Some(span) = span else { continue };
            self.names().found(
                codes::CLASHING_LINES
                    .at(span)
                    .say(format!("this term has a length, which already tells its {what}"))
                    .also(length.span, "its length")
                    .help(help.to_owned()),
            );
        }
    }

    fn stated_day(&self, day: Option<&tree::Expr>, span: Span) -> Option<TermEdge> {
        match day {
            Some(day) => self.days().a_day(day).map(TermEdge::Day),
            None => Some(TermEdge::NotStated(span)),
        }
    }

    fn length(&self, period: Option<&PeriodText>, span: Span) -> Option<TermEdge> {
        match period {
            Some(period) => self.names().lapse(period).map(TermEdge::Length),
            None => Some(TermEdge::NotStated(span)),
        }
    }

    fn term_edge(&self, edge: &tree::TermEdge) -> Option<TermEdge> {
        let anchor = self.days().a_day(&edge.anchor);
        let Some((period, side)) = &edge.lapse else { return anchor.map(TermEdge::Day) };
        let by = self.names().lapse(period);
        let (anchor, by) = (anchor?, by?);
        let by = match side {
            Side::Before => by.negate(),
            Side::After => by,
        };
        Some(TermEdge::Lapse { anchor, by })
    }

    fn renewal(&self, period: &PeriodText, times: &RenewalTimes, span: Span) -> Option<Renewal> {
        let lapse = self.names().lapse(period)?;
        if lapse.is_zero() {
            self.names()
                .found(codes::WRONG_NUMBER.at(period.span).say("a term must be renewed for more than zero time"));
            return None;
        }
        let times = match times {
            RenewalTimes::NotSaid => Renewals::NotSaid,
            RenewalTimes::Once => Renewals::AtMost(1),
            RenewalTimes::Endlessly => Renewals::Endlessly,
            RenewalTimes::AtMost(times) => Renewals::AtMost(self.names().small(times, span)?),
        };
        Some(Renewal { period: lapse, times, span })
    }
}

/// The period in the direction of a side.
fn to(side: Side, by: Period) -> Period {
    match side {
        Side::Before => by.negate(),
        Side::After => by,
    }
}
