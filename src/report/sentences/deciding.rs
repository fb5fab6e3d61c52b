//! Which step a verdict hangs on, and the figures that stand behind it.

use super::step;
use crate::report::names::Names;
use crate::source::Span;
use crate::verdict::{Instance, Mark, Reason, Said};

/// So many figures are told of one condition.
const FIGURES: usize = 2;

/// The first step that came out so, the outermost first. What lies below a condition with another answer decides nothing: a part
/// of an `or` that holds by its other part. Conditions that stand at `unless` decide the other way round.
pub fn deciding<'r>(reason: &'r Reason, mark: Mark, unless: &[Span]) -> Option<&'r Reason> {
    let below = |mark: Mark, unless: &[Span]| reason.because.iter().find_map(|one| deciding(one, mark, unless));
    if reason.policy.is_some_and(|place| unless.contains(&place)) && is_condition(reason) {
        let others: Vec<Span> = unless.iter().copied().filter(|place| Some(*place) != reason.policy).collect();
        return deciding(reason, turned(mark), &others);
    }
    match &reason.said {
        Said::Verdict(..) => below(mark, unless),
        Said::Joint if reason.mark != mark => None,
        // Where all parts came out so, no single one decides.
        Said::Joint if reason.policy.is_some() && reason.because.iter().all(|one| one.mark == mark) => Some(reason),
        Said::Joint => below(mark, unless),
        Said::Condition if reason.mark != mark => None,
        _ if reason.mark == mark => Some(reason),
        _ => below(mark, unless),
    }
}

fn is_condition(reason: &Reason) -> bool {
    matches!(reason.said, Said::Condition | Said::Joint)
}

fn turned(mark: Mark) -> Mark {
    match mark {
        Mark::Yes => Mark::No,
        Mark::No => Mark::Yes,
        Mark::Open | Mark::Person | Mark::Plain => mark,
    }
}

/// A step in words; of a condition also what it compared: `doors is 2` does not hold (doors is 1).
pub fn with_figures(names: &Names, instance: &Instance, reason: &Reason) -> String {
    let words = step(names, instance, reason);
    let figures = match reason.said {
        Said::Condition => figures(names, instance, reason),
        _ => Vec::new(),
    };
    if figures.is_empty() { words } else { format!("{words} ({})", figures.join(", ")) }
}

/// The values that a condition compared; none where they are many.
fn figures(names: &Names, instance: &Instance, condition: &Reason) -> Vec<String> {
    let shown: Vec<&Reason> = condition.because.iter().filter(|one| is_figure(one)).collect();
    if shown.len() > FIGURES {
        return Vec::new();
    }
    let alone = shown.len() == 1;
    shown.into_iter().map(|one| figure(names, instance, one, alone)).collect()
}

fn is_figure(reason: &Reason) -> bool {
    matches!(reason.said, Said::Value(..) | Said::Figure { .. } | Said::Dated { .. })
}

fn figure(names: &Names, instance: &Instance, reason: &Reason, alone: bool) -> String {
    match &reason.said {
        // Of the subject itself it is plain whose value it is.
        Said::Value(cell, on) if names.subject_row(instance) == Some((cell.record, cell.row)) => {
            format!("{} is {}", names.field(*cell), names.value_as_of(*cell, *on))
        }
        Said::Figure { .. } if alone => {
            let bare = Reason { policy: None, because: Vec::new(), ..reason.clone() };
            format!("it is {}", step(names, instance, &bare))
        }
        _ => step(names, instance, reason),
    }
}
