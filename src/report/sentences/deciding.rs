//! Which step a verdict hangs on, and the figures that stand behind it.

use super::step;
use crate::facts::Cell;
use crate::report::names::Names;
use crate::source::Span;
use crate::verdict::{Judged, Mark, Reason, Said};

/// So many figures are told of one condition.
const FIGURES: usize = 4;
/// So many parts of a condition that do not hold are told.
const PARTS: usize = 2;
/// So many rows that a condition on all of them fails for are told.
const ROWS: usize = 2;

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
        // Where all parts came out so, or several, no single one decides.
        Said::Joint if reason.policy.is_some() && reason.because.iter().filter(|one| one.mark == mark).count() > 1 => {
            Some(reason)
        }
        Said::Joint => below(mark, unless),
        Said::Condition if reason.mark != mark => None,
        // What is open of a row that does not belong leaves nothing open, and the days of a membership answer nothing but that.
        Said::Belongs { .. } if reason.mark == Mark::No && mark != Mark::No => None,
        Said::Membership { .. } | Said::Lasts { .. } if reason.mark != mark => None,
        _ if reason.mark == mark => Some(reason),
        _ => below(mark, unless),
    }
}

pub fn is_condition(reason: &Reason) -> bool {
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
pub fn with_figures(names: &Names, judged: &Judged, reason: &Reason) -> String {
    let parts: Vec<&Reason> =
        reason.because.iter().filter(|one| one.mark == reason.mark && is_condition(one)).collect();
    // Some parts hold and several do not: those are told, not the whole.
    if matches!(reason.said, Said::Joint) && parts.len() > 1 && parts.len() < reason.because.len() {
        let told: Vec<String> = parts.iter().take(PARTS).map(|one| with_figures(names, judged, one)).collect();
        let more = match parts.len().saturating_sub(PARTS) {
            0 => String::new(),
            many => format!(" and {many} more"),
        };
        return format!("{}{more}", told.join(", "));
    }
    let words = step(names, judged, reason);
    let figures = if is_condition(reason) { figures(names, judged, reason) } else { Vec::new() };
    if figures.is_empty() { words } else { format!("{words} ({})", figures.join(", ")) }
}

/// The values that a condition compared, those of its parts too; none where they are many.
pub fn figures(names: &Names, judged: &Judged, condition: &Reason) -> Vec<String> {
    let mut shown: Vec<&Reason> = Vec::new();
    compared(condition, &mut shown);
    let alone = shown.len() == 1 && condition.because.iter().any(is_figure);
    let mut told: Vec<String> = Vec::new();
    for one in shown {
        let said = figure(names, judged, one, alone);
        if !told.contains(&said) {
            told.push(said);
        }
    }
    told.extend(failing(names, judged, condition));
    if told.len() > FIGURES { Vec::new() } else { told }
}

/// What a condition compared, and what its parts did that came out as it did.
fn compared<'r>(condition: &'r Reason, found: &mut Vec<&'r Reason>) {
    for one in &condition.because {
        if is_figure(one) {
            found.push(one);
        } else if is_condition(one) && one.mark == condition.mark {
            compared(one, found);
        }
    }
}

/// The rows for which a condition on each of them does not hold: `lamps of r2 is none`.
fn failing(names: &Names, judged: &Judged, condition: &Reason) -> Vec<String> {
    if condition.mark != Mark::No {
        return Vec::new();
    }
    // A row that is left out fails nothing.
    let belongs =
        condition.because.iter().filter(|one| matches!(one.said, Said::Belongs { .. }) && one.mark == Mark::Yes);
    let failed: Vec<&Reason> =
        belongs.filter_map(|row| row.because.iter().find(|one| is_condition(one) && one.mark == Mark::No)).collect();
    let mut told: Vec<String> = Vec::new();
    for one in failed.iter().take(ROWS) {
        told.extend(figures(names, judged, one));
    }
    match failed.len().saturating_sub(ROWS) {
        0 => {}
        many => told.push(format!("and {many} more")),
    }
    told
}

pub fn is_figure(reason: &Reason) -> bool {
    matches!(reason.said, Said::Value(..) | Said::Figure { .. } | Said::Dated { .. } | Said::Day { .. })
}

/// Whether a figure is an amount or a day, or was counted or worked out: what limits are about.
pub fn is_measured(names: &Names, reason: &Reason) -> bool {
    match &reason.said {
        Said::Figure { .. } | Said::Dated { .. } | Said::Day { .. } => true,
        Said::Value(cell, on) => {
            matches!(names.facts.cell_on(*cell, *on), Cell::Number(_) | Cell::Money(_) | Cell::Day(_))
        }
        _ => false,
    }
}

fn figure(names: &Names, judged: &Judged, reason: &Reason, alone: bool) -> String {
    match &reason.said {
        // Of the subject itself it is plain whose value it is.
        Said::Value(cell, on) if names.subject_row(&judged.verdict.instance) == Some((cell.record, cell.row)) => {
            format!("{} is {}", names.field(*cell), names.value_as_of(*cell, *on))
        }
        Said::Figure { .. } | Said::Day { .. } if alone => {
            let bare = Reason { policy: None, because: Vec::new(), ..reason.clone() };
            format!("it is {}", step(names, judged, &bare))
        }
        _ => step(names, judged, reason),
    }
}
