//! How grave a verdict is, for programs that know three levels: what makes the run fail, what else went wrong, and what only
//! waits.

use crate::verdict::Called;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warning,
    Notice,
}

impl Level {
    /// The level of a verdict, where these make the run fail.
    pub fn of(called: Called, failing: &[Called]) -> Level {
        if failing.contains(&called) {
            return Level::Error;
        }
        match called {
            Called::Late | Called::Violated | Called::NotFollowed | Called::Differs | Called::Exceeded => {
                Level::Warning
            }
            Called::WithoutEffect | Called::Unknown => Level::Warning,
            Called::Pending | Called::NeedsJudgement | Called::Satisfied | Called::Open | Called::Used => Level::Notice,
            Called::NotUsed | Called::Carried | Called::NotCarried | Called::NotApplicable => Level::Notice,
        }
    }
}
