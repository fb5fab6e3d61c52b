//! A last period that is cut short: its window is over with the last day that binds.

use crate::model::clause::CutCounts;
use crate::plan::{Body, Norm, NormTest};
use crate::value::{CyclePeriod, Day};

use super::frame::{EdgeDay, Frame};
use crate::evaluate::knowledge::known::DayBounds;

/// The window of a last period that is cut short and counts: it is over with the last day that binds, if it has begun by then. Where
/// nothing says how it counts, that is so of what is to be done, since what is done after that day serves nothing.
pub fn over_with_what_binds(norm: &Norm, period: Option<CyclePeriod>, frame: Frame, ends: Day) -> Frame {
    let deed = |body: &Body| matches!(body.test, NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_));
    let counts = match norm.last_period {
        Some(counts) => counts != CutCounts::NotAtAll && frame.first_bounds().0 <= ends,
        None => norm.cycle.is_some() && norm.bodies.iter().all(deed) && frame.first_bounds().1 <= ends,
    };
    match (period, frame.last) {
        (Some(period), EdgeDay::On(last)) if counts && period.last() > ends && last.last > ends => {
            let last = DayBounds::within(last.first.min(ends), ends);
            Frame { last: EdgeDay::On(last), ..frame }
        }
        (_, _) => frame,
    }
}
