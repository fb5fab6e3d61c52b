//! How urgent a verdict is: what decides which ones are shown where there are more than a place has room for. It is defined in
//! docs/report-schema.md; whoever shows some of very many asks here.

use std::cmp::Reverse;
use std::convert::Infallible;

use super::ahead::in_order;
use super::due::falls_due;
use super::rows::Rows;
use crate::evaluate::Brief;
use crate::model::clause::Strength;
use crate::value::Day;
use crate::verdict::{Called, LastDay, Verdict};

/// The less, the more urgent. Of the same urgency, the order of the report decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It was not done by its last day, the earliest first.
    Overdue(Day),
    /// It is broken, and no last day has passed by which that would have been mended.
    Broken,
    /// It falls due, or may, the earliest first.
    Due(Day),
    /// It was done so many days late, the latest first.
    Late(Reverse<Option<i32>>),
    /// All that is left.
    Rest,
}

/// How urgent a verdict of such a word is as of a day.
pub fn urgency(
    (called, strength): (Called, Strength),
    (days, last_day): (Option<i32>, LastDay),
    as_of: Day,
) -> Urgency {
    let day = falls_due(last_day).map(|(day, _)| day);
    match called {
        // What was never to be done has no last day to be done by: the end of its period is none.
        Called::Violated | Called::NotFollowed if strength == Strength::MustNot => Urgency::Broken,
        Called::Violated | Called::NotFollowed => match day {
            Some(day) if day < as_of => Urgency::Overdue(day),
            Some(_) | None => Urgency::Broken,
        },
        Called::Exceeded | Called::Differs | Called::WithoutEffect => Urgency::Broken,
        Called::Pending | Called::Open | Called::Unknown | Called::NeedsJudgement => {
            day.map_or(Urgency::Rest, Urgency::Due)
        }
        Called::Late => Urgency::Late(Reverse(days)),
        Called::Satisfied | Called::Used | Called::NotUsed | Called::Carried => Urgency::Rest,
        Called::NotCarried | Called::NotApplicable => Urgency::Rest,
    }
}

/// Whether the last day has a part in how urgent it is.
pub(super) fn hangs_on_its_day(called: Called) -> bool {
    match called {
        Called::Violated | Called::NotFollowed | Called::Pending | Called::Open => true,
        Called::Unknown | Called::NeedsJudgement => true,
        Called::Exceeded | Called::Differs | Called::WithoutEffect | Called::Late | Called::Satisfied => false,
        Called::Used | Called::NotUsed | Called::Carried | Called::NotCarried | Called::NotApplicable => false,
    }
}

impl Rows<'_> {
    /// Some of the verdicts in order, each with how urgent it is.
    pub fn each_urgency(&self, wanted: impl Fn(Called) -> bool + Sync, mut tell: impl FnMut(Verdict, Called, Urgency)) {
        let verdicts = self.verdicts().filter(|verdict| wanted(self.called(verdict)));
        let last_day = |brief: &mut Brief, verdict: &Verdict| match hangs_on_its_day(self.called(verdict)) {
            true => brief.tell(&verdict.instance).last_day,
            false => LastDay::None,
        };
        let Ok(()) = in_order(
            verdicts,
            || self.brief(),
            last_day,
            |verdict, last_day| {
                let called = self.called(&verdict);
                let strength = self.names.strength(&verdict.instance);
                tell(verdict, called, urgency((called, strength), (verdict.days, last_day), self.as_of));
                Ok::<(), Infallible>(())
            },
        );
    }
}
