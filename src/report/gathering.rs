//! What a report tells, gathered in one walk over the verdicts. Of what there may be very many, no more is kept than was
//! asked for; the rest is counted.

use std::collections::BTreeMap;

use super::due::Dues;
use super::groups::{ByWho, Place};
use super::line::{Line, line, role};
use super::missing::Found;
use super::rows::{Rows, is_shared};
use super::waiting::{Waits, attestations};
use super::{Asked, AskedFor, Kept, LeftOut, Most, Shares, Which, shares};
use crate::evaluate::{Brief, Explainer};
use crate::model::expr::ClauseId;
use crate::verdict::{Called, Judged, Verdict};

pub(super) struct Gathering<'a, 'r> {
    rows: &'r Rows<'a>,
    explainer: Explainer<'a>,
    brief: Brief<'a>,
    asked: &'r Asked,
    pub lines: Vec<Line>,
    pub by_who: ByWho,
    /// How many of each clause and verdict were met so far.
    so_far: BTreeMap<(ClauseId, Called), usize>,
    pub due: Dues,
    pub waiting: Waits,
    pub missing: Found,
    pub shares: Vec<Shares>,
    pub left_out: LeftOut,
}

/// Walks over all verdicts.
pub(super) fn gather<'a, 'r>(rows: &'r Rows<'a>, asked: &'r Asked) -> Gathering<'a, 'r> {
    let mut gathering = Gathering {
        rows,
        explainer: rows.explainer(),
        brief: rows.brief(),
        asked,
        lines: Vec::new(),
        by_who: ByWho::default(),
        so_far: BTreeMap::new(),
        due: Dues::new(asked.most),
        waiting: Waits::new(asked.most),
        missing: Found::new(asked.most),
        shares: Vec::new(),
        left_out: LeftOut::default(),
    };
    if asked.lines != Which::Counts {
        rows.placed().for_each(|(place, verdict)| gathering.take(place, &verdict));
    }
    gathering
}

impl Gathering<'_, '_> {
    fn take(&mut self, place: Place, verdict: &Verdict) {
        let called = self.rows.called(verdict);
        let has_line = self.asked.lines.holds(called);
        let (shown, grouped) =
            (has_line && self.asked.kept == Kept::InReport, has_line && self.asked.kept == Kept::ByWho);
        let kept = shown && self.has_room(called, verdict);
        self.left_out.lines = self.left_out.lines.saturating_add(usize::from(shown && !kept));
        let (names, instance) = (&self.rows.names, &verdict.instance);
        let costs = is_shared(names, verdict);
        let judged = (kept || costs || called == Called::Unknown).then(|| self.explainer.explain(instance));
        let gist = match &judged {
            Some(judged) => Some(judged.gist()),
            None => has_gist(called).then(|| self.brief.tell(instance)),
        };
        if grouped {
            self.by_who.add(names, (place, verdict), called, (judged.as_ref(), gist.as_ref()));
        }
        if let Some(gist) = gist {
            self.due.add(names, called, instance, &gist);
            if called == Called::NeedsJudgement {
                self.waiting.add(names, instance, vec![(role(&gist.decider), AskedFor::Judgement)]);
            }
        }
        let Some(judged) = judged else { return };
        if kept {
            self.lines.push(line(names, &judged, self.asked.reasons));
        }
        if called == Called::Unknown {
            self.waiting.add(names, instance, attestations(&judged.missing));
            judged.missing.iter().for_each(|missing| self.missing.add(names, &judged, missing));
        }
        if costs {
            self.share(&judged);
        }
    }

    /// Whether one more line of the same clause and verdict is kept.
    fn has_room(&mut self, called: Called, verdict: &Verdict) -> bool {
        let Some(norm) = self.rows.names.norm(&verdict.instance) else { return false };
        let so_far = self.so_far.entry((norm.clause, called)).or_default();
        let room = self.asked.most.has_room(*so_far);
        *so_far = so_far.saturating_add(1);
        room
    }

    fn share(&mut self, judged: &Judged) {
        let Some(found) = shares(&self.rows.names, judged) else { return };
        if self.asked.most.has_room(self.shares.len()) {
            self.shares.push(found);
        } else {
            self.left_out.shares = self.left_out.shares.saturating_add(1);
        }
    }
}

/// Whether a verdict has a part in other sections than the lines that its gist tells: what is due, who waits.
fn has_gist(called: Called) -> bool {
    matches!(called, Called::Pending | Called::NeedsJudgement)
}

impl Most {
    /// Whether one more is kept beside so many.
    pub(super) fn has_room(self, so_far: usize) -> bool {
        match self {
            Most::Everything => true,
            Most::Each(most) => so_far < most,
        }
    }
}
