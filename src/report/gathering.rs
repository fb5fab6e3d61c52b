//! What a report tells, gathered in one walk over the verdicts. Of what there may be very many, no more is kept than was
//! asked for; the rest is counted.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use super::ahead::in_order;
use super::asked_of::{is_asked_elsewhere, may_wait_for_another, waiting_clauses};
use super::due::Dues;
use super::groups::{ByWho, Place};
use super::line::{Line, line, role};
use super::missing::Found;
use super::rows::{Rows, is_shared};
use super::urgency::{Urgency, hangs_on_its_day, urgency};
use super::waiting::{Waits, attestations};
use super::{Asked, AskedFor, Kept, LeftOut, Most, Shares, Which, shares};
use crate::evaluate::{Brief, Explainer};
use crate::model::expr::ClauseId;
use crate::verdict::{Called, Gist, Judged, LastDay, Verdict};

pub(super) struct Gathering<'a, 'r> {
    rows: &'r Rows<'a>,
    explainer: Explainer<'a>,
    asked: &'r Asked,
    pub lines: Vec<Line>,
    pub by_who: ByWho,
    /// Of each clause and verdict the most urgent so far, with the place of each in the order of the report.
    urgent: BTreeMap<(ClauseId, Called), BTreeMap<(Urgency, usize), Verdict>>,
    met: usize,
    pub due: Dues,
    pub waiting: Waits,
    waiting_clauses: BTreeSet<ClauseId>,
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
        urgent: BTreeMap::new(),
        met: 0,
        due: Dues::new(asked.most),
        waiting: Waits::new(asked.most),
        waiting_clauses: waiting_clauses(rows),
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
    gathering.tell_the_urgent();
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
    let norm = rows.names.norm(&verdict.instance);
    let for_another = called == Called::NeedsJudgement && norm.is_some_and(may_wait_for_another);
    if all_kept || called == Called::Unknown || for_another || is_shared(&rows.names, verdict) {
        let judged = means.explainer.explain(&verdict.instance);
        return More { gist: Some(judged.gist()), judged: Some(judged) };
    }
    let is_chosen = asked.kept == Kept::InReport && asked.lines.holds(called) && hangs_on_its_day(called);
    let has_gist = has_gist(called) || is_chosen;
    More { judged: None, gist: has_gist.then(|| means.brief.tell(&verdict.instance)) }
}

impl Gathering<'_, '_> {
    fn take(&mut self, place: Place, verdict: &Verdict, more: More) {
        let called = self.rows.called(verdict);
        let has_line = self.asked.lines.holds(called);
        let (shown, grouped) =
            (has_line && self.asked.kept == Kept::InReport, has_line && self.asked.kept == Kept::ByWho);
        let kept = shown && self.asked.most == Most::Everything;
        if let (true, Most::Each(most)) = (shown, self.asked.most) {
            self.choose(most, verdict, more.gist.as_ref());
        }
        let (names, instance) = (&self.rows.names, &verdict.instance);
        if grouped {
            self.by_who.add(names, (place, verdict), called, (more.judged.as_ref(), more.gist.as_ref()));
        }
        if let Some(gist) = more.gist {
            self.due.add(names, called, instance, &gist);
            // A decision on a clause none of whose own words wait would settle nothing.
            let elsewhere = |judged: &Judged| is_asked_elsewhere(judged, &self.waiting_clauses);
            if called == Called::NeedsJudgement && !more.judged.as_ref().is_some_and(elsewhere) {
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

    /// Keeps a verdict among so many of its clause and its word, if it is more urgent than one of those.
    fn choose(&mut self, most: usize, verdict: &Verdict, gist: Option<&Gist>) {
        let called = self.rows.called(verdict);
        let Some(norm) = self.rows.names.norm(&verdict.instance) else { return };
        let last_day = gist.map_or(LastDay::None, |gist| gist.last_day);
        let strength = self.rows.names.strength(&verdict.instance);
        let order = (urgency((called, strength), (verdict.days, last_day), self.rows.as_of), self.met);
        self.met = self.met.saturating_add(1);
        let chosen = self.urgent.entry((norm.clause, called)).or_default();
        chosen.insert(order, *verdict);
        if chosen.len() > most {
            chosen.pop_last();
            self.left_out.lines = self.left_out.lines.saturating_add(1);
        }
    }

    /// Puts into words what was chosen, in the order of the report.
    fn tell_the_urgent(&mut self) {
        let chosen = std::mem::take(&mut self.urgent).into_values().flatten();
        let in_order: BTreeMap<usize, Verdict> = chosen.map(|((_, at), verdict)| (at, verdict)).collect();
        for verdict in in_order.into_values() {
            let judged = self.explainer.explain(&verdict.instance);
            self.lines.push(line(&self.rows.names, &judged, self.asked.reasons));
        }
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
