//! Rows: one verdict each, made one at a time, so that a run over millions of them needs no room for their words.
//! Every view that walks over all verdicts does it here.

use std::collections::BTreeMap;

use super::ahead::in_order;
use super::groups::Place;
use super::line::{Line, line, places, role};
use super::names::Names;
use super::{ClauseCounts, Part, Reasons, sentences};
use crate::evaluate::{Brief, Explainer};
use crate::model::clause::Strength;
use crate::plan::{Norm, NormTest};
use crate::source::Span;
use crate::value::Day;
use crate::verdict::{Batch, Called, Judged, LastDay, Nuance, Share, Status, Verdict, Verdicts};

/// The verdicts of a run, and all that is needed to put them into words.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub names: Names<'a>,
    pub verdicts: &'a Verdicts,
    /// The day as of which it was judged.
    pub as_of: Day,
    /// Only instances of this period, as it is printed.
    pub period: Option<&'a str>,
}

/// Which verdict it is and what it says: what is known without judging once more.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// The name of the clause.
    pub clause: &'a str,
    /// `§ 4.3`.
    pub place: Option<&'a str>,
    /// What it is about, in words.
    pub title: Option<&'a str>,
    /// The record that it is about.
    pub subject: Option<String>,
    /// The bearer, where the clause has several.
    pub bearer: Option<String>,
    /// The period, as it is printed.
    pub period: Option<String>,
    /// The word that a report prints.
    pub called: Called,
    /// The verdict itself, for [`Teller::line`].
    pub verdict: Verdict,
}

/// One verdict, as short as it can be told without a sentence.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    pub case: Case<'a>,
    /// Who has to act, also where the clause has only one bearer.
    pub whom: Option<String>,
    pub strength: Strength,
    pub last_day: LastDay,
    /// Who decides, when a person must and the text names one.
    pub decider: Option<String>,
    /// Where the wording that speaks of it stands.
    pub policy: Option<Span>,
    /// Why it is so, where that was asked for.
    pub because: Option<Because>,
    /// Who bears how much of a cost: see [`Rows::part`].
    pub shares: Vec<Share>,
}

/// Why a verdict is what it is, in short.
#[derive(Clone, Debug)]
pub struct Because {
    /// One sentence; empty when the verdict says all.
    pub detail: String,
    pub missing: Vec<String>,
    /// The fact that it rests on first of all.
    pub fact: Option<Span>,
}

/// A cost that is shared, and who bears how much of it.
#[derive(Clone, Debug)]
pub struct SharedCost<'a> {
    pub case: Case<'a>,
    pub policy: Option<Span>,
    pub parts: Vec<Part>,
}

impl Case<'_> {
    /// Subject, bearer and period, as far as it has them.
    pub fn label(&self) -> String {
        let parts = [self.subject.as_deref(), self.bearer.as_deref(), self.period.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl<'a> Rows<'a> {
    /// The verdicts, in the order of the policy, then of subjects, bearers and periods.
    pub fn verdicts(&self) -> impl Iterator<Item = Verdict> + use<'a> {
        let rows = *self;
        rows.verdicts.iter().filter(move |verdict| rows.in_period(verdict))
    }

    /// The same, each with its batch and its place in it.
    pub(super) fn placed(&self) -> impl Iterator<Item = (Place, Verdict)> + use<'a> {
        let rows = *self;
        let batches = (0_u32..).zip(&rows.verdicts.batches);
        let all = batches.flat_map(|(batch, all)| (0_u32..).zip(all.iter()).map(move |(at, one)| ((batch, at), one)));
        all.filter(move |(_, verdict)| rows.in_period(verdict))
    }

    /// The verdict at such a place.
    pub(super) fn at(&self, (batch, at): Place) -> Option<Verdict> {
        self.verdicts.batches.get(batch as usize)?.get(at as usize)
    }

    /// How each clause came out. Without a period to look for, verdicts need not be walked over.
    pub fn by_clause(&self) -> Vec<ClauseCounts> {
        let counted = self.verdicts.batches.iter().filter_map(|batch| {
            let clause = self.names.clause(self.names.plan.norm(batch.norm()?)?.clause)?;
            let counts = self.counts(batch);
            (!counts.is_empty()).then(|| ClauseCounts {
                clause: clause.name.clone(),
                place: clause.place.as_ref().map(|place| place.words.clone()),
                title: clause.title.clone(),
                span: clause.span,
                counts,
            })
        });
        counted.collect()
    }

    fn counts(&self, batch: &Batch) -> BTreeMap<Called, usize> {
        let of_norm = match self.period {
            None => batch.counts(),
            Some(_) => Batch::Each(batch.iter().filter(|verdict| self.in_period(verdict)).collect()).counts(),
        };
        let mut counts = BTreeMap::new();
        for ((norm, status, nuance), count) in of_norm {
            let strength = self.names.plan.norm(norm).map_or(Strength::Shall, |norm| norm.strength);
            add(&mut counts, nuance.called(status, strength), count);
        }
        counts
    }

    pub(super) fn in_period(&self, verdict: &Verdict) -> bool {
        match self.period {
            Some(period) => self.names.period(&verdict.instance).as_deref() == Some(period),
            None => true,
        }
    }

    /// What a verdict is called.
    pub fn called(&self, verdict: &Verdict) -> Called {
        verdict.called(self.names.strength(&verdict.instance))
    }

    /// Puts verdicts into words, one after another.
    pub fn teller(&self, reasons: Reasons) -> Teller<'a> {
        Teller { rows: *self, explainer: self.explainer(), brief: self.brief(), reasons }
    }

    pub(super) fn brief(&self) -> Brief<'a> {
        Brief::new(self.names.plan, self.names.facts, self.as_of).after(self.verdicts)
    }

    pub(super) fn explainer(&self) -> Explainer<'a> {
        Explainer::new(self.names.plan, self.names.facts, self.as_of).after(self.verdicts)
    }

    /// All rows in order, with reasons where they are asked for.
    pub fn each<E>(&self, reasons: Reasons, mut tell: impl FnMut(Row<'a>) -> Result<(), E>) -> Result<(), E> {
        let row = |teller: &mut Teller<'a>, verdict: &Verdict| teller.row(*verdict);
        in_order(self.verdicts(), || self.teller(reasons), row, |_, row| tell(row))
    }

    /// The same one at a time.
    pub fn iter(&self, reasons: Reasons) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let mut teller = self.teller(reasons);
        self.verdicts().map(move |verdict| teller.row(verdict))
    }

    /// The costs that are shared.
    pub fn shared_costs(&self) -> impl Iterator<Item = SharedCost<'a>> + use<'a> {
        let (rows, mut explainer) = (*self, self.explainer());
        let costs = rows.verdicts().filter(move |verdict| is_shared(&rows.names, verdict));
        let told = costs.map(move |verdict| {
            let parts = parts(&rows.names, &explainer.explain(&verdict.instance));
            SharedCost { policy: rows.policy(&verdict), case: rows.case(verdict), parts }
        });
        told.filter(|cost| !cost.parts.is_empty())
    }

    /// Who bears how much, by name.
    pub fn part(&self, share: &Share) -> Part {
        part(&self.names, share)
    }

    /// Where the wording stands that speaks of it.
    pub fn policy(&self, verdict: &Verdict) -> Option<Span> {
        self.names.norm(&verdict.instance).map(|norm| norm.head.name_span)
    }

    /// The lines of some verdicts in order: rows with their sentences.
    pub fn each_line<E>(
        &self,
        reasons: Reasons,
        wanted: impl Fn(Called) -> bool + Sync,
        mut tell: impl FnMut(Line) -> Result<(), E>,
    ) -> Result<(), E> {
        let verdicts = self.verdicts().filter(|verdict| wanted(self.called(verdict)));
        in_order(verdicts, || self.teller(reasons), Teller::line, |_, line| tell(line))
    }

    /// All verdicts by name.
    pub fn cases(&self) -> impl Iterator<Item = Case<'a>> + use<'a> {
        let rows = *self;
        rows.verdicts().map(move |verdict| rows.case(verdict))
    }

    fn case(&self, verdict: Verdict) -> Case<'a> {
        let (names, instance) = (&self.names, &verdict.instance);
        let norm = names.norm(instance);
        Case {
            clause: norm.map_or("", |norm| names.clause_name(norm.clause)),
            place: norm.and_then(|norm| norm.head.place.as_ref()).map(|place| place.words.as_str()),
            title: norm.and_then(|norm| norm.head.title.as_deref()),
            subject: names.subject(instance),
            bearer: names.bearer(instance),
            period: names.period(instance),
            called: self.called(&verdict),
            verdict,
        }
    }
}

/// How many verdicts there are of each kind in all clauses.
pub fn total(clauses: &[ClauseCounts]) -> BTreeMap<Called, usize> {
    let mut counts = BTreeMap::new();
    for (called, count) in clauses.iter().flat_map(|clause| &clause.counts) {
        add(&mut counts, *called, *count);
    }
    counts
}

fn add(counts: &mut BTreeMap<Called, usize>, called: Called, count: usize) {
    let sum = counts.entry(called).or_default();
    *sum = sum.saturating_add(count);
}

/// See [`Rows::teller`].
pub struct Teller<'a> {
    rows: Rows<'a>,
    explainer: Explainer<'a>,
    brief: Brief<'a>,
    reasons: Reasons,
}

impl<'a> Teller<'a> {
    /// A verdict with its sentence.
    pub fn line(&mut self, verdict: &Verdict) -> Line {
        line(&self.rows.names, &self.explainer.explain(&verdict.instance), self.reasons)
    }

    fn row(&mut self, verdict: Verdict) -> Row<'a> {
        let judged = self.judged(&verdict);
        let (last_day, decider) = match &judged {
            _ if has_no_day(&verdict) => (LastDay::None, None),
            Some(judged) => (judged.last_day, role(&judged.decider)),
            None => self.rest(&verdict),
        };
        let names = &self.rows.names;
        let because = judged.as_ref().filter(|_| self.reasons == Reasons::Told);
        Row {
            whom: names.whom(&verdict.instance),
            strength: names.strength(&verdict.instance),
            last_day,
            decider,
            policy: self.rows.policy(&verdict),
            because: because.map(|judged| Because {
                detail: sentences::detail(names, judged),
                missing: judged.missing.iter().map(|one| sentences::missing(names, one)).collect(),
                fact: places(&judged.reason).first().copied(),
            }),
            shares: judged.map_or_else(Vec::new, |judged| judged.shares),
            case: self.rows.case(verdict),
        }
    }

    /// The verdict with its reasons, where they are told, or who bears how much.
    fn judged(&mut self, verdict: &Verdict) -> Option<Judged> {
        let told = self.reasons == Reasons::Told || is_shared(&self.rows.names, verdict);
        told.then(|| self.explainer.explain(&verdict.instance))
    }

    /// What a verdict does not tell by itself.
    fn rest(&mut self, verdict: &Verdict) -> (LastDay, Option<String>) {
        let gist = self.brief.tell(&verdict.instance);
        (gist.last_day, role(&gist.decider))
    }
}

/// What does not apply has neither a day nor anybody who decides: it need not be judged again. A right that was not used had a last
/// day, and so had what was waived.
fn has_no_day(verdict: &Verdict) -> bool {
    verdict.status == Status::NotApplicable && verdict.nuance == Nuance::Plain
}

/// Whether a verdict is one on a cost that has shares.
pub(super) fn is_shared(names: &Names, verdict: &Verdict) -> bool {
    verdict.status != Status::NotApplicable && names.norm(&verdict.instance).is_some_and(shares)
}

/// Whether a norm shares a cost.
pub(super) fn shares(norm: &Norm) -> bool {
    norm.bodies.iter().any(|it| matches!(it.test, NormTest::Shared { .. }))
}

/// Who bears how much.
pub(super) fn parts(names: &Names, judged: &Judged) -> Vec<Part> {
    judged.shares.iter().map(|share| part(names, share)).collect()
}

fn part(names: &Names, share: &Share) -> Part {
    Part { who: names.share_of(share.who), amount: share.amount.clone(), billed: share.billed.clone() }
}
