//! A definition that gives the first or last day of a term, put in the place of its name where days are reckoned from: it means what its
//! words would mean there.

use crate::model::clause::{CycleOf, Edge, TermEdge};
use crate::model::expr::{Expr, ExprKind, Row, Var};
use crate::model::{Agreement, DefinitionBody};
use crate::plan::{Norm, NormTest};

/// Definitions that lean on one another are followed so far; the check refuses deeper ones.
const DEEPEST: u8 = 64;

/// Puts such definitions in the places of their names: in windows, cycles, terms, and the days on which members come and go and rights take
/// effect.
pub fn spell_out_term_days(agreement: &Agreement, norms: &mut [Norm]) {
    let spell_out = |day: &mut Expr| spell_out(agreement, day, DEEPEST);
    for norm in norms {
        if let Some(CycleOf::Counted { from, .. }) = &mut norm.cycle {
            spell_out(from);
        }
        for body in &mut norm.bodies {
            let window = body.window.first.iter_mut().chain([&mut body.window.last]);
            window.filter_map(day_of).for_each(spell_out);
            match &mut body.test {
                NormTest::May { effect: Some(effect), .. } => day_of(effect).into_iter().for_each(spell_out),
                NormTest::Member(lasting) => {
                    spell_out(&mut lasting.from);
                    lasting.until.iter_mut().filter_map(day_of).for_each(spell_out);
                }
                NormTest::Term(term) => {
                    for edge in [&mut term.starts, &mut term.ends] {
                        if let TermEdge::Day(day) | TermEdge::Lapse { anchor: day, .. } = edge {
                            spell_out(day);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

fn day_of(edge: &mut Edge) -> Option<&mut Expr> {
    match edge {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => Some(day),
        Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => Some(day),
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
    }
}

fn spell_out(agreement: &Agreement, day: &mut Expr, deep: u8) {
    let Some(deep) = deep.checked_sub(1) else { return };
    if let Some(words) = words_of(agreement, day).filter(|words| names_a_term(agreement, words, deep)) {
        // It stands where its name does.
        day.kind = words.kind.clone();
    }
    match &mut day.kind {
        ExprKind::Shift { day, .. } | ExprKind::OfDay(_, day) | ExprKind::YearDay { year: Some(day), .. } => {
            spell_out(agreement, day, deep);
        }
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => {
            days.iter_mut().for_each(|day| spell_out(agreement, day, deep));
        }
        ExprKind::Defined { .. } => spell_out(agreement, day, deep),
        _ => {}
    }
}

/// The words of a definition that has no cases, of nothing or of the subject.
fn words_of<'a>(agreement: &'a Agreement, day: &Expr) -> Option<&'a Expr> {
    let ExprKind::Defined { definition, row: None | Some(Row::Var(Var(0))) } = &day.kind else { return None };
    match &agreement.definitions.get(usize::from(definition.0))?.body {
        DefinitionBody::Amount { cases, otherwise } if cases.is_empty() => Some(otherwise),
        _ => None,
    }
}

fn names_a_term(agreement: &Agreement, day: &Expr, deep: u8) -> bool {
    let Some(deep) = deep.checked_sub(1) else { return false };
    match &day.kind {
        ExprKind::TermStart(_) | ExprKind::TermEnd(_) => true,
        ExprKind::Shift { day, .. } | ExprKind::OfDay(_, day) | ExprKind::YearDay { year: Some(day), .. } => {
            names_a_term(agreement, day, deep)
        }
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => {
            days.iter().any(|day| names_a_term(agreement, day, deep))
        }
        ExprKind::Defined { .. } => words_of(agreement, day).is_some_and(|words| names_a_term(agreement, words, deep)),
        _ => false,
    }
}
