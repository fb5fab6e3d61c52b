//! What a report tells, gathered in one walk over the verdicts. Of what there may be very many, no more is kept than was
//! asked for; the rest is counted.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::ahead::in_order;
use super::due::Dues;
use super::groups::{ByWho, Place};
use super::line::{Line, line, role};
use super::missing::Found;
use super::rows::{Rows, is_shared};
use super::waiting::{Waits, attestations};
use super::{Asked, AskedFor, Kept, LeftOut, Most, Shares, Which, shares};
use crate::evaluate::{Brief, Explainer};
use crate::model::expr::ClauseId;
use crate::verdict::{Called, Gist, Judged, Verdict};

pub(super) struct Gathering<'a, 'r> {
    rows: &'r Rows<'a>,
    explainer: Explainer<'a>,
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
        let more = |means: &mut Means<'a>, (_, verdict): &(Place, Verdict)| more(rows, asked, means, verdict);
        let Ok(()) = in_order(
            rows.placed(),
            || Means::new(rows),
            more,
            |(place, verdict), more| {
                gathering.take(place, &verdict, more);
                Ok::<(), Infallible>(())
            },
        );
    }
    gathering
}

/// What it takes to judge once more.
struct Means<'a> {
    explainer: Explainer<'a>,
    brief: Brief<'a>,
}

impl<'a> Means<'a> {
    fn new(rows: &Rows<'a>) -> Self {
        Means { explainer: rows.explainer(), brief: rows.brief() }
    }
}

/// What a report tells of a verdict beyond the verdict, as far as it needs no line.
#[derive(Default)]
struct More {
    judged: Option<Judged>,
    gist: Option<Gist>,
}

fn more<'a>(rows: &Rows<'a>, asked: &Asked, means: &mut Means<'a>, verdict: &Verdict) -> More {
    let called = rows.called(verdict);
    let all_kept = asked.kept == Kept::InReport && asked.most == Most::Everything && asked.lines.holds(called);
    if all_kept || called == Called::Unknown || is_shared(&rows.names, verdict) {
        let judged = means.explainer.explain(&verdict.instance);
        return More { gist: Some(judged.gist()), judged: Some(judged) };
    }
    More { judged: None, gist: has_gist(called).then(|| means.brief.tell(&verdict.instance)) }
}

impl Gathering<'_, '_> {
    fn take(&mut self, place: Place, verdict: &Verdict, more: More) {
        let called = self.rows.called(verdict);
        let has_line = self.asked.lines.holds(called);
        let (shown, grouped) =
            (has_line && self.asked.kept == Kept::InReport, has_line && self.asked.kept == Kept::ByWho);
        let kept = shown && self.has_room(called, verdict);
        self.left_out.lines = self.left_out.lines.saturating_add(usize::from(shown && !kept));
        let (names, instance) = (&self.rows.names, &verdict.instance);
        if grouped {
            self.by_who.add(names, (place, verdict), called, (more.judged.as_ref(), more.gist.as_ref()));
        }
        if let Some(gist) = more.gist {
            self.due.add(names, called, instance, &gist);
            if called == Called::NeedsJudgement {
                self.waiting.add(names, instance, vec![(role(&gist.decider), AskedFor::Judgement)]);
            }
        }
        if called == Called::Unknown
            && let Some(judged) = &more.judged
        {
            self.waiting.add(names, instance, attestations(&judged.missing));
            judged.missing.iter().for_each(|missing| self.missing.add(names, judged, missing));
        }
        if let Some(judged) = more.judged.as_ref().filter(|_| is_shared(names, verdict)) {
            self.share(judged);
        }
        if kept {
            let judged = more.judged.unwrap_or_else(|| self.explainer.explain(instance));
            self.lines.push(line(names, &judged, self.asked.reasons));
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
