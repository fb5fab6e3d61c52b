//! Instalments: the window of each follows from that of the first.

use crate::model::clause::{Edge, Instalments};
use crate::model::expr::{Expr, ExprKind, Lapse, Ty};
use crate::plan::{Body, InParts};
use crate::source::{Span, Spanned};
use crate::value::Period;

/// How far apart each instalment is from the first. Their windows are laid out once that of the first is settled.
pub fn not_yet_laid_out(instalments: &Spanned<Instalments>) -> Box<InParts> {
    let Instalments { many, every, unit, rest } = &instalments.it;
    let apart = (0..*many).map(|at| i32::try_from(at).ok().and_then(|at| every.times(at))).map_while(|one| one);
    Box::new(InParts {
        each: Vec::new(),
        apart: apart.collect(),
        unit: unit.clone(),
        rest: *rest,
        span: instalments.span,
    })
}

/// Lays out the windows of the instalments: of each the first day of the first one's, and a last day that is counted from the last day
/// of that. The whole ends with the last of them.
pub fn with_each_window(body: &mut Body) {
    let Some(mut parts) = body.instalments.take() else { return };
    let of = |apart: &Period| -> Option<Body> {
        let mut part = body.clone();
        if !apart.is_zero() {
            part.window.last = later(&body.window.last, *apart, parts.span)?;
        }
        Some(part)
    };
    parts.each = parts.apart.iter().filter_map(of).collect();
    if let Some(last) = parts.each.last() {
        body.window = last.window.clone();
    }
    body.instalments = Some(parts);
}

/// A last day so long after another; nothing for one that no period can be counted from.
fn later(edge: &Edge, by: Period, span: Span) -> Option<Edge> {
    let after = |day: &Expr, by: Lapse| Expr {
        kind: ExprKind::Shift { day: Box::new(day.clone()), by },
        ty: Ty::Day,
        // It is another day than that which it is counted from, also where one is supposed.
        span,
    };
    Some(match edge {
        Edge::On(day) => Edge::On(after(day, Lapse::Fixed(by))),
        Edge::DayBefore(day) => Edge::DayBefore(after(day, Lapse::Fixed(by))),
        // So long before a day: what is counted from that is a day like any other.
        Edge::Lapse { anchor, by: first } if first.goes_back() => {
            Edge::On(after(&after(anchor, first.clone()), Lapse::Fixed(by)))
        }
        Edge::Lapse { anchor, by: first } => Edge::Lapse { anchor: after(anchor, first.clone()), by: Lapse::Fixed(by) },
        Edge::DayAfter(_) | Edge::Length { .. } | Edge::Open | Edge::Never | Edge::Blank { .. } => return None,
        Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => return None,
    })
}
