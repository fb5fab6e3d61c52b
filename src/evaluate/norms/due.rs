//! Whether what becomes due only `otherwise` is due, as it was worked out beforehand.

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::kept::CaseOf;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;
use crate::plan::{Norm, Trigger};
use crate::value::Day;
use crate::verdict::Instance;

/// Whether what becomes due only `otherwise` is due for an instance.
pub fn is_due<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm, instance: &Instance) -> Truth {
    if norm.trigger == Trigger::Always { Truth::Yes } else { ask.is_due(&case_of(norm, instance)) }
}

/// Whether it was due on a day.
pub fn is_due_on<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance, day: Day) -> Truth {
    if norm.trigger == Trigger::Always { Truth::Yes } else { ask.known.is_due_on(&case_of(norm, instance), day) }
}

fn case_of(norm: &Norm, instance: &Instance) -> CaseOf {
    let period = instance.period.filter(|_| norm.cycle.is_some());
    (norm.clause, instance.subject.map(|(_, row)| row), instance.bearer, period)
}
