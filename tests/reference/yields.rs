//! What a clause stands back behind: its exceptions, and what it gives way to.

use overens::model::clause::{Bearer, Count, CutCounts, Edge, Limit, Strength};
use overens::model::expr::{ClauseId, Collection, Cond, CondKind};
use overens::model::schema::RecordId;
use overens::plan::{Norm, NormTest};
use overens::value::Day;
use overens::verdict::Status;

use super::ask::Env;
use super::case::Case;
use super::judge::{Inst, Verdict, Who, plain};
use super::periods::periods;
use super::rights::limited;
use super::world::{R, Stop, World, no};

/// What is asked of another clause: how it stands to a case, or to an act of this day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Case,
    Act { record: RecordId, row: u32 },
}

impl World<'_> {
    /// What comes of an instance that others go before as a whole: one that applies leaves nothing of it, two that disagree
    /// are for a person.
    pub fn stands_back(&self, norm: &Norm, inst: Inst, day: Day) -> R<Option<Verdict>> {
        let mut found: Vec<Status> = vec![];
        if self.is_for_some_acts(norm)? {
            return Ok(None);
        }
        for clause in &norm.yields_to {
            // Who comes amid a period has come to both clauses by then.
            let came = match (&norm.bearer, inst.bearer) {
                (Some(Bearer::Each(of)), Who::Row(_, row)) => {
                    self.subject_days(of, row)?.and_then(|(begins, _)| begins)
                }
                _ => None,
            };
            let within = |came: &Day| inst.period.is_some_and(|(_, last)| *came <= last) && inst.day.is_none();
            let day = came.filter(within).map_or(day, |came| day.max(came));
            let since = |other| came.filter(|_| self.is_membership(other)).map_or(day, |came| day.max(came));
            if let Some(other) = self.counterpart(*clause, norm, inst, day)?
                && self.goes_before(other, since(other), For::Case)?
            {
                let other_norm = self.norm_of(other)?;
                // What is watched on every day steps back while the other is in force, and until it is waived.
                let (from, through) = self.force(other_norm);
                let outside = inst.day.is_some_and(|day| day < from || through.is_some_and(|end| day > end));
                if outside || self.is_set_aside(other_norm, other, inst.day.unwrap_or(self.as_of))? {
                    continue;
                }
                let verdict = self.judge(other)?;
                if verdict.status == Status::NotApplicable && self.is_judged_away(other_norm, other)? {
                    continue;
                }
                if self.binds_nobody(other)? || self.owes_no_share(other_norm, other)? {
                    continue;
                }
                if verdict.or.is_some() {
                    return no("an exception of which the contract leaves a choice");
                }
                found.push(verdict.status);
            }
        }
        Ok(match found.first() {
            None => None,
            Some(first) => {
                let agree = found.iter().all(|one| one == first);
                let mut verdict = plain(if agree { Status::NotApplicable } else { Status::NeedsJudgement });
                // Two that hang on one unknown thing may be said to be unknown.
                if found.len() > 1 && !self.tried.is_empty() {
                    verdict.or = Some(Status::Unknown);
                }
                Some(verdict)
            }
        })
    }

    /// Whether another clause excuses an act (or, of a right, forbids it): one that applies on the act's own day.
    pub fn is_excused(&self, case: &Case, day: Day, row: u32) -> R<bool> {
        let Some(events) = events_of(&case.body.test) else { return Ok(false) };
        for clause in &case.norm.yields_to {
            if let Some(other) = self.counterpart(*clause, case.norm, case.inst, day)?
                && self.goes_before(other, day, For::Act { record: events.record, row })?
                && !self.is_set_aside(self.norm_of(other)?, other, day)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether rights let just some of the acts be done that a maximum counts: it steps back for these alone.
    pub fn is_for_some_acts(&self, norm: &Norm) -> R<bool> {
        if norm.yields_to.is_empty() || !norm.bodies.iter().all(|body| is_maximum(&body.test)) {
            return Ok(false);
        }
        let others = || norm.yields_to.iter().flat_map(|clause| self.plan.norms_of(*clause)).map(|(_, other)| other);
        if !others().flat_map(|other| &other.bodies).all(|body| matches!(body.test, NormTest::May { .. })) {
            return Ok(false);
        }
        let some = |other: &Norm| {
            let of_some = |body: &overens::plan::Body| {
                events_of(&body.test).is_some_and(|of| picks(&of.filter, of)) || limited(body).is_some()
            };
            other.bodies.iter().any(of_some) || other.bodies.iter().any(|body| !body.form.is_empty())
        };
        match (others().any(some), others().all(some)) {
            (true, false) => no("a maximum behind rights to some acts and to all"),
            (_, all) => Ok(all),
        }
    }

    /// Whether an exception covers somebody on the day of joining.
    pub fn excepts(&self, clause: ClauseId, norm: &Norm, inst: Inst, day: Day) -> R<bool> {
        let Some(other) = self.counterpart(clause, norm, inst, day)? else { return Ok(false) };
        Ok(self.goes_before(other, day, For::Case)?
            && self.has_begun(other, day)?
            && !self.is_set_aside(self.norm_of(other)?, other, day)?)
    }

    /// Whether another clause leaves nothing of a ban or a right on a day, whatever the act.
    pub fn is_suspended(&self, case: &Case, day: Day) -> R<bool> {
        for clause in &case.norm.yields_to {
            let Some(other) = self.counterpart(*clause, case.norm, case.inst, day)? else { continue };
            let [body] = self.norm_of(other)?.bodies.as_slice() else { return no("an exception of several readings") };
            let chooses = events_of(&body.test).is_some_and(|of| chooses(&of.filter)) || limited(body).is_some();
            if !chooses
                && self.goes_before(other, day, For::Case)?
                && self.has_begun(other, day)?
                && !self.is_set_aside(self.norm_of(other)?, other, day)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The other clause for the same subject, bearer and period, as far as it has them.
    fn counterpart(&self, clause: ClauseId, norm: &Norm, inst: Inst, day: Day) -> R<Option<Inst>> {
        let Some((wording, other)) = self.wording_on(clause, day)? else { return Ok(None) };
        let mut subject = None;
        let own = inst.subject.map(|(line, row)| (norm.subjects[usize::from(line)].record, row));
        if !other.subjects.is_empty() {
            // One clause may speak of somebody as its subject, and the other as its bearer.
            let bears = |record| matches!(&other.bearer, Some(Bearer::Each(of)) if of.record == record);
            let bearer = match inst.bearer {
                Who::Row(record, row) if !bears(record) => Some((record, row)),
                _ => None,
            };
            let named = |of: &(RecordId, u32)| other.subjects.iter().any(|one| one.record == of.0);
            let Some((record, row)) = own.filter(named).or(bearer) else { return Ok(None) };
            let Some(line) = other.subjects.iter().position(|of| of.record == record) else { return Ok(None) };
            subject = Some((u8::try_from(line).unwrap(), row));
        }
        let bearer = match (&other.bearer, inst.bearer) {
            (Some(Bearer::Each(of)), Who::Row(record, row)) if of.record == record => Who::Row(record, row),
            (Some(Bearer::EachOf(actors)), Who::Actor(actor)) if actors.contains(&actor) => Who::Actor(actor),
            (Some(Bearer::Each(of)), Who::One)
                if own.is_some_and(|(record, _)| record == of.record)
                    && other.subjects.iter().all(|one| one.record != of.record) =>
            {
                own.map_or(Who::One, |(record, row)| Who::Row(record, row))
            }
            (Some(Bearer::Each(_) | Bearer::EachOf(_)), _) => return no("an exception with other bearers"),
            (Some(Bearer::Actor(other)), Who::Actor(actor)) if *other != actor => {
                return no("an exception of somebody else");
            }
            _ => Who::One,
        };
        let period = match &other.cycle {
            None => None,
            Some(cycle) => {
                let env = self.env(other, self.as_of);
                let all = periods(self, cycle, &env, self.force(other).0, self.as_of)?;
                let same = all.iter().find(|one| Some(**one) == inst.period);
                let holds = all.iter().find(|(first, last)| *first <= day && day <= *last);
                match same.or(holds) {
                    Some(period) => Some(*period),
                    None => return Ok(None),
                }
            }
        };
        let watched = self.is_watched(other);
        Ok(Some(Inst { clause, wording, subject, bearer, period, day: watched.then_some(day) }))
    }

    /// The wording of another clause on a day: the only one, or of several that speak of acts that of the day.
    fn wording_on(&self, clause: ClauseId, day: Day) -> R<Option<(u8, &Norm)>> {
        let norms: Vec<_> = self.plan.norms_of(clause).map(|(_, norm)| norm).collect();
        if let [only] = norms.as_slice() {
            return if self.is_changed(only) { no("an exception of several wordings") } else { Ok(Some((0, only))) };
        }
        let of_acts = |norm: &&Norm| {
            norm.bodies.iter().all(|body| matches!(body.test, NormTest::May { .. } | NormTest::Never(_)))
        };
        if !norms.iter().all(of_acts) || norms.iter().any(|norm| norm.cycle.is_some()) {
            return no("an exception of several wordings");
        }
        for (wording, norm) in (0..).zip(norms) {
            if self.begins_in(norm)?.contains(day) {
                return Ok(Some((wording, norm)));
            }
        }
        Ok(None)
    }

    /// Whether a clause asks nothing in a case: it binds on no day of its window, or its period is one that does not count.
    fn binds_nobody(&self, other: Inst) -> R<bool> {
        let norm = self.norm_of(other)?;
        let ([body], None) = (norm.bodies.as_slice(), other.day) else { return Ok(false) };
        match self.case(norm, body, other) {
            Ok(None) => Ok(true),
            Ok(Some(case)) => Ok(self.counts_as(&case)? == Some(CutCounts::NotAtAll)),
            Err(Stop::Weigh) => Ok(false),
            Err(stop) => Err(stop),
        }
    }

    /// Whether a clause asks for a share of a cost of somebody who bears none.
    pub fn owes_no_share(&self, norm: &Norm, other: Inst) -> R<bool> {
        let asks = norm.bodies.iter().any(|body| matches!(body.test, NormTest::PaysShare(_)));
        Ok(asks && self.judge(other)?.status == Status::NotApplicable)
    }

    fn is_membership(&self, other: Inst) -> bool {
        self.norm_of(other).is_ok_and(|norm| norm.is_membership())
    }

    /// Whether another clause applies: it is in force, reaches the case, its conditions hold, and nothing goes before it.
    fn goes_before(&self, other: Inst, day: Day, what: For) -> R<bool> {
        let norm = self.norm_of(other)?;
        let [body] = norm.bodies.as_slice() else { return no("an exception of several readings") };
        if matches!(body.test, NormTest::May { .. }) && body.attested_by.is_some() {
            return no("a right before others that somebody has to attest");
        }
        // What has periods of its own is asked when its own began; for whom, and in which term, on the day of the case.
        let asked = other.period.map(|(first, last)| if what == For::Case { day.max(first).min(last) } else { day });
        let there = |(begins, ends): (Option<Day>, Option<Day>)| {
            asked.is_none_or(|day| begins.is_none_or(|begins| begins <= day) && ends.is_none_or(|end| day <= end))
        };
        if let (Some(term), Some(asked)) = (norm.during, asked) {
            let terms = self.terms(term, &self.env(norm, self.as_of))?;
            let (Some((begin, _)), Some((_, end))) = (terms.first(), terms.last()) else {
                return no("a term without days");
            };
            if asked < *begin {
                return Ok(false);
            }
            if end.is_some_and(|end| end < asked) {
                return if *end >= Some(self.as_of) { no("a term that may be renewed") } else { Ok(false) };
            }
        }
        let day = match (other.period, what) {
            (Some((first, _)), For::Case) => first.max(self.force(norm).0),
            _ => day,
        };
        let (from, through) = self.force(norm);
        if day < from || through.is_some_and(|end| day > end) {
            return Ok(false);
        }
        // A membership excepts whoever is a member then.
        if let (NormTest::Member(_), Some((_, row))) = (&body.test, other.subject) {
            return self.is_member(other.clause, row, day);
        }
        let mut env = self.env(norm, day);
        env.inst = Some(other);
        env.period = other.period;
        if let Some((line, row)) = other.subject {
            let of = &norm.subjects[usize::from(line)];
            env = env.bind(of.var, (of.record, row));
            let Some((begins, ends)) = self.subject_days(of, row)? else { return Ok(false) };
            // What is watched on every day asks on that day whom it speaks of.
            let watched = other.day.is_some();
            if watched && (begins.is_some_and(|begins| day < begins) || ends.is_some_and(|end| end < day)) {
                return Ok(false);
            }
            let own = begins.filter(|_| !watched).unwrap_or(day);
            // A filter asks as of now.
            if !self.asks(&of.filter, true, &Env { given_by: self.as_of, ..env.on(own) })?
                || (what == For::Case && !there((begins, ends)))
                || (other.period.is_some() && ends.is_some_and(|end| end < day))
            {
                return Ok(false);
            }
        }
        if let (Some(Bearer::Each(of)), Who::Row(record, row)) = (&norm.bearer, other.bearer) {
            env = env.bind(of.var, (record, row));
            let Some((begins, ends)) = self.subject_days(of, row)? else { return Ok(false) };
            if other.day.is_some() && begins.is_some_and(|begins| day < begins) {
                return Ok(false);
            }
            if what == For::Case && !there((begins, ends)) {
                return Ok(false);
            }
            // Who comes later is bound from then on.
            let day = begins.map_or(day, |first| day.max(first));
            if ends.is_some_and(|end| end < day) {
                return Ok(false);
            }
            if !self.asks(&of.filter, true, &env)? {
                return Ok(false);
            }
        }
        // Of an event, it speaks of those who were there on its day.
        let cut = [norm.first_period, norm.last_period].contains(&Some(CutCounts::NotAtAll));
        if (cut || other.subject.is_some()) && matches!(other.bearer, Who::Row(..)) && self.binds_nobody(other)? {
            return Ok(false);
        }
        if let For::Act { record, row } = what {
            if !self.has_begun(other, day)? {
                return Ok(false);
            }
            if let Some(of) = events_of(&body.test) {
                let act = Env { given_by: self.as_of, ..env.bind(of.var, (record, row)) };
                if of.record != record || !self.asks(&of.filter, true, &act)? {
                    return Ok(false);
                }
                if !self.is_within_the_number(other, (day, row))? {
                    return Ok(false);
                }
            }
        }
        let reached = self.reaches(&body.conditions, &env);
        if matches!(reached, Ok(false)) {
            return Ok(false);
        }
        // What steps back itself does not go before anything, whatever a person says of its conditions.
        for next in &norm.yields_to {
            if let Some(next) = self.counterpart(*next, norm, other, day)?
                && self.goes_before(next, day, what)?
                && !self.is_set_aside(self.norm_of(next)?, next, if what == For::Case { self.as_of } else { day })?
            {
                return Ok(false);
            }
        }
        reached
    }

    /// Whether a day lies in the window of a right or a ban; what is asked for an event begins with its window, or else with the event.
    fn has_begun(&self, other: Inst, day: Day) -> R<bool> {
        let norm = self.norm_of(other)?;
        let [body] = norm.bodies.as_slice() else { return no("an exception of several readings") };
        if !matches!(norm.strength, Strength::May | Strength::MustNot) {
            let event = other.subject.map(|(line, row)| (&norm.subjects[usize::from(line)], row));
            let Some((of, row)) = event.filter(|(of, _)| of.members_of.is_none() && self.shape(of.record).is_event())
            else {
                return Ok(true);
            };
            let open = body.window.first.is_none() && matches!(body.window.last, Edge::Open | Edge::Never);
            let windowed = matches!(
                body.test,
                NormTest::Happens { .. }
                    | NormTest::Dated(_)
                    | NormTest::InOrder(_)
                    | NormTest::Holds(_)
                    | NormTest::PaysShare(_)
                    | NormTest::ForPerson(_)
            );
            if open || !windowed {
                let own = self.subject_days(of, row)?.and_then(|(begins, _)| begins);
                return Ok(own.is_none_or(|own| own <= day));
            }
            return Ok(match self.case(norm, body, other)? {
                Some(case) => case.days.first.is_none_or(|first| first <= day),
                None => true,
            });
        }
        if body.window.first.is_none() && matches!(body.window.last, Edge::Open | Edge::Never) {
            return Ok(true);
        }
        let Some(case) = self.case(norm, body, other)? else { return Ok(false) };
        Ok(case.days.first.is_none_or(|first| first <= day) && case.days.last.is_none_or(|last| day <= last))
    }
}

fn events_of(test: &NormTest) -> Option<&Collection> {
    match test {
        NormTest::Happens { events, .. } | NormTest::Never(events) => Some(events),
        NormTest::May { act: overens::model::clause::Act::Event { events, .. }, .. } => Some(events),
        _ => None,
    }
}

fn is_maximum(test: &NormTest) -> bool {
    let NormTest::Happens { count: Count::Times { limit, .. } | Count::About { limit, .. }, .. } = test else {
        return false;
    };
    matches!(limit, Limit::AtMost | Limit::LessThan)
}

/// Whether a filter has parts that the policy writes out, besides whose the acts are.
fn picks(filter: &Cond, of: &Collection) -> bool {
    match &filter.kind {
        CondKind::Always => false,
        CondKind::And(parts) => parts.iter().any(|part| picks(part, of)),
        _ => filter.span != of.span,
    }
}

/// Whether a filter chooses among acts, besides whose they are.
fn chooses(filter: &Cond) -> bool {
    match &filter.kind {
        CondKind::Always => false,
        CondKind::And(parts) => parts.iter().any(chooses),
        _ => true,
    }
}
