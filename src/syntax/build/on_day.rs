//! The day at the end of a line. `ensure C on D` ends with the window `on D`, as does `among club where C on D` with the day
//! of the set; everywhere else, and in parentheses, `on D` says when a value is asked.

use super::Build;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Act, Collection, ComparisonKind, CycleText, Expr, ExprKind, Slot, SlotKind, Timing, Which};

impl Build<'_> {
    /// A line that a window may follow, and the window that its last words are.
    pub fn with_window(&self, mut slot: Slot) -> Vec<Slot> {
        let whole = slot.span;
        let Some(day) = last_of(&mut slot.kind).and_then(|last| self.take_day(last, whole.end)) else {
            return vec![slot];
        };
        slot.span = self.before(whole, day.span);
        if let SlotKind::Does(does) = &mut slot.kind
            && let Act::Event { event, .. } = &mut does.act
        {
            event.span.end = slot.span.end;
        }
        vec![slot, Slot { kind: SlotKind::Timing(Timing::On(day.it)), span: day.span }]
    }

    /// Takes the day off that an expression ends with, if it ends there without a parenthesis.
    pub fn take_day(&self, expr: &mut Expr, end: u32) -> Option<Spanned<Expr>> {
        if expr.span.end != end {
            return None;
        }
        if let ExprKind::OnDay { of, day, on } = &expr.kind {
            let taken = Spanned::new(day.as_ref().clone(), *on);
            *expr = of.as_ref().clone();
            return Some(taken);
        }
        let day = self.take_day_of(&mut expr.kind, end)?;
        expr.span = self.before(expr.span, day.span);
        Some(day)
    }

    /// The same of the part that is written last.
    fn take_day_of(&self, kind: &mut ExprKind, end: u32) -> Option<Spanned<Expr>> {
        match kind {
            ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Mixed(parts, _) => {
                self.take_day(parts.last_mut()?, end)
            }
            ExprKind::Not(inner) | ExprKind::TheDay(inner) => self.take_day(inner, end),
            ExprKind::AllHave { test, .. } => self.take_day(test, end),
            ExprKind::AllAre { test, .. } | ExprKind::Compare(_, test) => {
                let day = self.take_day_of_comparison(&mut test.kind, end)?;
                test.span = self.before(test.span, day.span);
                Some(day)
            }
            ExprKind::Some(of) | ExprKind::No(of) => self.take_day_of_rows(of, end),
            ExprKind::Plus(_, right) | ExprKind::Minus(_, right) => self.take_day(right, end),
            ExprKind::Times(_, right) | ExprKind::DividedBy(_, right) => self.take_day(right, end),
            ExprKind::DaysFrom(_, to) | ExprKind::WholeMonthsFrom(_, to) | ExprKind::WorkingDaysFrom(_, to) => {
                self.take_day(to, end)
            }
            ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => self.take_day(days.last_mut()?, end),
            ExprKind::Number(_) | ExprKind::Money { .. } | ExprKind::Percent(_) | ExprKind::Fraction(_) => None,
            ExprKind::Text(_) | ExprKind::Time(_) | ExprKind::Day(_) | ExprKind::Yes => None,
            ExprKind::Period(_) | ExprKind::Told(_) => None,
            ExprKind::No_
            | ExprKind::None_
            | ExprKind::NotStated
            | ExprKind::It
            | ExprKind::Name(_)
            | ExprKind::Its(_) => None,
            ExprKind::Of(..) | ExprKind::Previous(_) | ExprKind::Next(_) | ExprKind::YearDay { .. } => None,
            ExprKind::LastDayOf(_) | ExprKind::StartOf(_) | ExprKind::EndOf(_) | ExprKind::DueDayOf(_) => None,
            ExprKind::EffectOf(_) | ExprKind::OfDay(..) | ExprKind::CountOf(_) | ExprKind::SumOf(..) => None,
            ExprKind::CountOfDifferent(..) | ExprKind::Earliest(..) | ExprKind::Latest(..) => None,
            ExprKind::Portion(..) | ExprKind::Per { .. } | ExprKind::Rounded { .. } | ExprKind::OnDay { .. } => None,
        }
    }

    fn take_day_of_comparison(&self, kind: &mut ComparisonKind, end: u32) -> Option<Spanned<Expr>> {
        match kind {
            ComparisonKind::Is(all) | ComparisonKind::IsNot(all) => self.take_day(all.last_mut()?, end),
            ComparisonKind::Has(all) | ComparisonKind::HasOnly(all) => self.take_day(all.last_mut()?, end),
            ComparisonKind::Order(_, right) | ComparisonKind::Between(_, right) => self.take_day(right, end),
            ComparisonKind::About { tolerance: (_, most), .. } => self.take_day(most, end),
            // `is in club on D` has taken its own day.
            ComparisonKind::In(set) | ComparisonKind::NotIn(set) => self.take_day(&mut set.throughout.as_mut()?.1, end),
            ComparisonKind::Given | ComparisonKind::Missing | ComparisonKind::HasOfEach { .. } => None,
            ComparisonKind::IsDay(_) | ComparisonKind::IsNotDay(_) => None,
        }
    }

    fn take_day_of_rows(&self, of: &mut Collection, end: u32) -> Option<Spanned<Expr>> {
        let day = match (&of.filter, &of.which) {
            (None, Which::OnDay(day, on)) => {
                let taken = Spanned::new(day.as_ref().clone(), *on);
                of.which = Which::Any;
                taken
            }
            _ => self.take_day(of.filter.as_deref_mut()?, end)?,
        };
        of.span = self.before(of.span, day.span);
        Some(day)
    }

    /// What is left of a place before its last words.
    fn before(&self, whole: Span, last: Span) -> Span {
        self.trimmed(whole.start as usize, last.start as usize)
    }
}

/// The expression that a line ends with, where a window may follow.
fn last_of(kind: &mut SlotKind) -> Option<&mut Expr> {
    match kind {
        SlotKind::Does(does) => match &mut does.act {
            Act::State(state) => Some(state),
            Act::Event { event, .. } => event.filter.as_deref_mut(),
            Act::Dated(_) | Act::InOrder(_) | Act::PayShareOf(_) | Act::Effort(_) | Act::Plain(_) => None,
            Act::Pay { .. } | Act::Quoted(_) => None,
        },
        SlotKind::Cycle(CycleText::Counted { from, .. }) => Some(from),
        _ => None,
    }
}
