//! Changes of strength, where it can be seen.

use overens::model::clause::{Count, Edge, Limit, SharingWay, Strength};
use overens::model::expr::ClauseId;
use overens::plan::{Body, Norm, NormTest, Owed, Plan};

use super::walk::{Sort, Walk};

impl Walk<'_> {
    /// How strong the norms of a clause are, where that can be seen.
    pub fn strength(&mut self, plan: &mut Plan, clause: ClauseId) {
        for norm in plan.norms.iter_mut().filter(|norm| norm.clause == clause) {
            if !shows_strength(norm) {
                continue;
            }
            let (other, words) = match norm.strength {
                Strength::Shall => (Strength::Should, "should"),
                Strength::Should | Strength::Aims | Strength::Is | Strength::May | Strength::Decision => {
                    (Strength::Shall, "shall")
                }
                Strength::MustNot => (Strength::Should, "should not"),
            };
            self.offer(Sort::Strength, norm.span, words, &mut norm.strength, other);
        }
    }
}

/// Strength tells how a breach is called. What can never be broken is called the same whether it shall or should be.
fn shows_strength(norm: &Norm) -> bool {
    let told_by_itself = matches!(norm.strength, Strength::May | Strength::Decision);
    told_by_itself || norm.bodies.iter().any(|body| body.owed == Owed::Result && can_be_broken(norm, body))
}

/// No breach is known of a membership or a term, of a duty that never falls due, of a number that is only about right, or
/// of shares that nobody was billed.
fn can_be_broken(norm: &Norm, body: &Body) -> bool {
    match &body.test {
        NormTest::Member(_) | NormTest::Term(_) | NormTest::ForPerson(_) => false,
        NormTest::Shared { sharing, billed } => {
            billed.is_some() && !matches!(sharing.way, SharingWay::SeparateDecision)
        }
        NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_) => falls_due(norm, body),
        NormTest::Happens { count, .. } => match count {
            Count::Times { limit: Limit::AtLeast | Limit::MoreThan, .. } => falls_due(norm, body),
            Count::OfEach { .. } | Count::Amount { .. } => falls_due(norm, body),
            Count::Times { limit: Limit::AtMost | Limit::Exactly | Limit::LessThan, .. } => true,
            Count::About { .. } => false,
        },
        NormTest::Holds(_) | NormTest::HoldsDaily(_) => !matches!(body.window.last, Edge::Never),
        NormTest::Numbers { numbered, .. } => numbered.parts.iter().any(|part| part.tolerance.is_none()),
        NormTest::Never(_) | NormTest::Limit { .. } | NormTest::AtJoining { .. } => true,
        NormTest::States(_) | NormTest::Vote { .. } | NormTest::May { .. } => true,
    }
}

fn falls_due(norm: &Norm, body: &Body) -> bool {
    match body.window.last {
        Edge::Never => false,
        Edge::Open => norm.cycle.is_some(),
        Edge::On(_) | Edge::DayBefore(_) | Edge::DayAfter(_) | Edge::Lapse { .. } | Edge::Length { .. } => true,
        Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => true,
    }
}
