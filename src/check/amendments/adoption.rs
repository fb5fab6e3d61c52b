//! Amendments resolved: who proposes them, what tells that they are adopted, and what they bring to the agreement's head.

use super::Drafted;
use crate::check::names::Names;
use crate::check::scope::{Place, Scope};
use crate::check::wordings::place;
use crate::model::amendment::{Adopted, Amendment, Proposed};
use crate::model::expr::{Cond, CondKind};
use crate::source::Span;
use crate::syntax::tree::{self, AmendmentLineKind, Name};

impl<'t> Names<'t> {
    /// All amendments in their order.
    pub fn all_amendments(&self) -> Vec<Amendment> {
        self.drafts.iter().map(|draft| self.amendment(draft)).collect()
    }

    fn amendment(&self, draft: &Drafted<'t>) -> Amendment {
        let tree = draft.tree;
        let mut proposed = None;
        let mut adopted = Adopted::NotYet;
        let mut notes = Vec::new();
        for line in &tree.lines {
            match &line.kind {
                AmendmentLineKind::ProposedBy { who, on } => proposed = self.proposed(who, on.as_ref()),
                AmendmentLineKind::AdoptedOn(day) => adopted = self.day(day).map_or(Adopted::NotYet, Adopted::On),
                AmendmentLineKind::AdoptedBy { record, filter } => {
                    adopted = self.decision(record, filter.as_ref(), line.span).map_or(Adopted::NotYet, Adopted::By);
                }
                AmendmentLineKind::Note(words) => notes.push(words.it.clone()),
                AmendmentLineKind::To(_) | AmendmentLineKind::RivalOf(_) | AmendmentLineKind::BuildsOn(_) => {}
                AmendmentLineKind::TakesEffect(_) | AmendmentLineKind::BeganBefore(_) => {}
            }
        }
        Amendment {
            name: tree.name.it.clone(),
            title: tree.title.as_ref().map(|title| title.it.clone()),
            place: tree.place.as_ref().map(place),
            name_span: tree.name.span,
            span: tree.span,
            proposed,
            rivals: draft.rivals.clone(),
            builds_on: draft.builds_on.clone(),
            adopted,
            effective: draft.effective,
            began: draft.began,
            force_until: draft.force_until,
            currency: draft.currency,
            notes,
        }
    }

    fn proposed(&self, who: &Name, on: Option<&tree::DayText>) -> Option<Proposed> {
        let on = on.and_then(|day| self.day(day));
        Some(Proposed { by: self.role(who)?, on })
    }

    /// There is such a record.
    fn decision(&self, record: &Name, filter: Option<&tree::Expr>, span: Span) -> Option<Box<Cond>> {
        let (of, _) = Scope::empty(self).collected(record, filter, Place::Where, span)?;
        Some(Box::new(Cond { kind: CondKind::Some(of), span }))
    }
}
