//! Changes in what is counted and when: numbers, cycles, windows, conditions.

use overens::model::clause::{
    Billed, Count, CycleOf, Edge, Instalments, Lasting, Limit, Limited, Numbered, RestOn, When, Window, YearCounted,
};
use overens::model::expr::{CondKind, Lapse};
use overens::source::{Span, Spanned};
use overens::value::{Cycle, Period};

use super::walk::{Sort, Walk, a_day, shifted, without};

impl Walk<'_> {
    pub fn numbered(&mut self, numbered: &mut Numbered) {
        for part in &mut numbered.parts {
            self.collection(&mut part.of);
            // One number is both the least and the greatest, each moved by itself; beside a tolerance it only tells how far
            // it has come.
            self.amount(Sort::Count, &mut part.least);
            if part.tolerance.is_none() {
                self.amount(Sort::Most, &mut part.most);
            }
            if let Some((least, most)) = &mut part.tolerance {
                self.amount(Sort::Tolerance, least);
                self.amount(Sort::Tolerance, most);
            }
        }
    }

    pub fn limited(&mut self, limited: &mut Limited, span: Span) {
        self.collection(&mut limited.of);
        let other = opposite(limited.limit);
        self.offer(Sort::Limit, span, "turned round", &mut limited.limit, other);
        self.amount(Sort::Count, &mut limited.amount);
    }

    pub fn count(&mut self, count: &mut Spanned<Count>) {
        let span = count.span;
        match &mut count.it {
            Count::Times { limit, times } => {
                let other = opposite(*limit);
                self.offer(Sort::Limit, span, "turned round", limit, other);
                self.amount(Sort::Count, times);
            }
            Count::About { limit: _, least, most, floor } => {
                self.amount(Sort::Tolerance, least);
                self.amount(Sort::Tolerance, most);
                if let Some(floor) = floor {
                    self.amount(Sort::Count, floor);
                }
            }
            Count::Amount { amount, .. } => self.amount(Sort::Count, amount),
            Count::OfEach { least, options, .. } => {
                self.whole(Sort::Count, span, least);
                let written = options.clone();
                for (at, out) in written.iter().enumerate() {
                    self.offer(Sort::Option, span, format!("{out} left out"), options, without(&written, at));
                }
            }
        }
    }

    pub fn instalments(&mut self, instalments: &mut Spanned<Instalments>) {
        let span = instalments.span;
        let Instalments { many, every, unit, rest } = &mut instalments.it;
        self.whole(Sort::Count, span, many);
        self.period(Sort::Length, span, every);
        if let Some(unit) = unit {
            self.amount(Sort::Rounding, unit);
        }
        let other = if *rest == RestOn::First { RestOn::Last } else { RestOn::First };
        self.offer(Sort::Rounding, span, "the rest elsewhere", rest, other);
    }

    pub fn cycle(&mut self, cycle: &mut Spanned<CycleOf>) {
        let span = cycle.span;
        let other = match &mut cycle.it {
            CycleOf::Calendar(cycle) => CycleOf::Calendar(other_cycle(cycle)),
            CycleOf::Counted { every, from } => {
                self.period(Sort::Length, span, every);
                self.day(Sort::FirstDay, from);
                self.expr(from);
                CycleOf::Calendar(Cycle::CalendarYear)
            }
            CycleOf::YearOfTerm(clause) | CycleOf::EachTerm(clause) => {
                self.clauses.insert(*clause);
                CycleOf::Calendar(Cycle::CalendarYear)
            }
        };
        self.offer(Sort::Cycle, span, "another cycle", &mut cycle.it, other);
    }

    pub fn window(&mut self, window: &mut Window, span: Span) {
        if let Some(first) = &mut window.first {
            self.edge(Sort::FirstDay, first, span);
        }
        self.edge(Sort::LastDay, &mut window.last, span);
    }

    pub fn edge(&mut self, sort: Sort, edge: &mut Edge, span: Span) {
        for by in [1, -1] {
            if let Some(moved) = moved(edge, by) {
                self.offer(sort, span, a_day(by), edge, moved);
            }
        }
        match edge {
            Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => self.expr(day),
            Edge::Lapse { anchor, by } => {
                self.lapse(span, by);
                self.expr(anchor);
            }
            Edge::Length { from, of } => {
                self.period(Sort::Length, span, of);
                self.expr(from);
            }
            Edge::YearOfTerm { year, .. } => {
                self.clauses.insert(year.term);
                self.whole(Sort::Length, span, &mut year.number);
                let other = match year.counted {
                    YearCounted::FromTheFirstDay => YearCounted::Calendar,
                    YearCounted::Calendar => YearCounted::FromTheFirstDay,
                };
                self.offer(Sort::Cycle, span, "other years", &mut year.counted, other);
            }
            Edge::OfTerm { term, .. } => {
                self.clauses.insert(*term);
            }
            Edge::Open | Edge::Never | Edge::Blank { .. } => {}
        }
    }

    pub fn lasting(&mut self, lasting: &mut Lasting, span: Span) {
        self.day(Sort::FirstDay, &mut lasting.from);
        self.expr(&mut lasting.from);
        if let Some(until) = &mut lasting.until {
            self.edge(Sort::LastDay, until, span);
        }
    }

    pub fn billed(&mut self, billed: &mut Option<Spanned<Billed>>) {
        let Some(Spanned { it, span }) = billed else { return };
        let span = *span;
        self.collection(&mut it.bills);
        self.offer(Sort::Billed, span, "left out", billed, None);
    }

    pub fn conditions(&mut self, conditions: &mut Vec<When>) {
        let written = conditions.clone();
        for (at, when) in written.iter().enumerate() {
            let (turned, span) = match when {
                When::If(condition) => (When::Unless(condition.clone()), condition.span),
                When::Unless(condition) => (When::If(condition.clone()), condition.span),
            };
            let only_words = matches!(
                when,
                When::If(one) | When::Unless(one) if matches!(one.kind, CondKind::Judged { .. })
            );
            self.offer(Sort::Condition, span, "left out", conditions, without(&written, at));
            if !only_words && let Some(when) = conditions.get_mut(at) {
                self.offer(Sort::Condition, span, "if for unless", when, turned);
            }
            if let Some(When::If(condition) | When::Unless(condition)) = conditions.get_mut(at) {
                self.cond(condition);
            }
        }
    }
}

fn opposite(limit: Limit) -> Limit {
    match limit {
        Limit::AtLeast => Limit::AtMost,
        Limit::AtMost => Limit::AtLeast,
        Limit::Exactly => Limit::MoreThan,
        Limit::MoreThan => Limit::LessThan,
        Limit::LessThan => Limit::MoreThan,
    }
}

fn other_cycle(cycle: &Cycle) -> Cycle {
    match cycle {
        Cycle::CalendarYear => Cycle::HalfYear,
        Cycle::HalfYear => Cycle::Quarter,
        Cycle::Quarter | Cycle::Week => Cycle::Month,
        Cycle::Month => Cycle::Quarter,
        Cycle::FourMonths | Cycle::FiscalYear { .. } | Cycle::Counted(_) => Cycle::CalendarYear,
    }
}

fn moved(edge: &Edge, by: i32) -> Option<Edge> {
    match edge {
        Edge::On(day) => Some(Edge::On(shifted(day, by))),
        Edge::DayBefore(day) if by > 0 => Some(Edge::On(day.clone())),
        Edge::DayBefore(day) => Some(Edge::DayBefore(shifted(day, by))),
        Edge::DayAfter(day) if by < 0 => Some(Edge::On(day.clone())),
        Edge::DayAfter(day) => Some(Edge::DayAfter(shifted(day, by))),
        Edge::Lapse { anchor, by: length } => {
            let length = length.fixed()?.plus(&Period::days(by))?;
            Some(Edge::Lapse { anchor: anchor.clone(), by: Lapse::Fixed(length) })
        }
        Edge::Length { from, of } => Some(Edge::Length { from: from.clone(), of: of.plus(&Period::days(by))? }),
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
    }
}
