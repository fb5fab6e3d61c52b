//! What becomes due where something else is not kept.

use overens::model::clause::{Act, Bearer, Count, CutCounts, Limit, Strength};
use overens::model::expr::ClauseId;
use overens::plan::{Norm, NormTest, Trigger};
use overens::value::Day;
use overens::verdict::Status;

use super::ask::Env;
use super::judge::{Inst, Verdict, Who};
use super::periods::periods;
use super::world::{R, Val, World, no};

impl World<'_> {
    /// How a clause stands for whom and when its sanction is asked: the worst of its instances of the same subject and bearer, as far as
    /// both have them, that are decided in the sanction's period.
    pub fn broken(&self, norm: &Norm, inst: Inst, bases: &[ClauseId]) -> R<Status> {
        let found = self.outcomes_of(norm, inst, bases)?;
        Ok(worst_of(&found.iter().map(|(status, _)| *status).collect::<Vec<_>>()))
    }

    /// The first day on which what becomes due can be done: the one after that on which the clause was broken, where that is told.
    pub fn due_since(&self, norm: &Norm, inst: Inst) -> R<Option<Day>> {
        let Trigger::Breach(bases) = &norm.trigger else { return Ok(None) };
        let broken = |(status, day): (Status, Option<Day>)| match status {
            Status::Violated | Status::Late => day,
            _ => None,
        };
        let days = self.outcomes_of(norm, inst, bases)?.into_iter().filter_map(broken);
        Ok(days.min().map(Day::following))
    }

    /// What each of several clauses came to; one that has no such case makes nothing due.
    fn outcomes_of(&self, norm: &Norm, inst: Inst, bases: &[ClauseId]) -> R<Vec<(Status, Option<Day>)>> {
        let all: R<Vec<_>> = bases.iter().map(|base| self.outcomes(norm, inst, *base)).collect();
        Ok(all?.into_iter().flatten().collect())
    }

    /// What the clause came to in each case that a sanction is asked for, and the day on which that was decided.
    fn outcomes(&self, norm: &Norm, inst: Inst, base: ClauseId) -> R<Vec<(Status, Option<Day>)>> {
        let in_parts = |norm: &Norm| norm.bodies.iter().any(|body| body.instalments.is_some());
        if self.plan.norms_of(base).any(|(_, norm)| in_parts(norm)) {
            return no("a sanction of instalments");
        }
        let all = self.instances(base)?;
        let same = Inst { clause: base, wording: 0, ..inst };
        if all.contains(&same) {
            return self.broken_alike(norm, inst, &all, same);
        }
        if self.plan.norms_of(base).count() > 1 {
            return no("a sanction of several wordings");
        }
        let Some((_, theirs)) = self.plan.norms_of(base).next() else { return no("no such clause") };
        let subjects = theirs.subjects.iter().filter(|_| inst.subject.is_none());
        let bearers = match (&theirs.bearer, inst.bearer) {
            (Some(Bearer::Each(of)), Who::One) => Some(of),
            _ => None,
        };
        let (from, until) = (self.force(theirs).0, self.as_of);
        if subjects.chain(bearers).any(|of| self.is_open(of.record, from.min(until), until)) {
            return no("a sanction of what nobody has written down");
        }
        let mut found = vec![];
        let alike = inst.period.is_some() && all.iter().any(|one| one.period == inst.period);
        for one in all {
            let theirs = self.norm_of(one)?;
            if one.day.is_some() {
                return no("a sanction of what is watched on every day");
            }
            if !self.is_about_the_same((norm, inst), (theirs, one))? {
                continue;
            }
            let verdict = self.judge(one)?;
            if verdict.or.is_some() {
                return no("a sanction of a choice of the contract");
            }
            if !verdict.broken_on.is_empty() {
                // What limits acts is broken by each of them.
                for day in &verdict.broken_on {
                    if self.is_due_for(norm, inst, (one.period.filter(|_| alike), *day))? {
                        found.push((verdict.status, Some(*day)));
                        break;
                    }
                }
                continue;
            }
            let acts = theirs.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. } | NormTest::Never(_)));
            let of = theirs.bodies.iter().find_map(|body| match &body.test {
                NormTest::May { act: Act::Event { events, .. }, .. } => Some(events.record),
                _ => None,
            });
            if of.is_some_and(|record| self.is_open(record, from.min(until), until)) {
                return no("a sanction of a right that what nobody wrote down may have exceeded");
            }
            if acts && verdict.status == Status::Violated {
                return no("a sanction of acts of which it is not told which broke it");
            }
            let decided = self.decided(theirs, one, &verdict)?;
            let holds = |(first, last): (Day, Day)| first <= decided && decided <= last;
            // What has neither a last day nor a day of its own is taken as it is now, and has been so since it became untrue.
            if self.is_as_it_stands(theirs, one, &verdict)? {
                if inst.period.is_none_or(holds) {
                    found.push((verdict.status, Some(self.untrue_since(theirs, one)?)));
                }
                continue;
            }
            let (is_due, told) = match inst.period {
                // On which day what stands in words was broken is not told.
                Some(own) if one.period.is_some() && is_of_limits(theirs) => (holds(own), false),
                _ => (self.is_due_for(norm, inst, (one.period.filter(|_| alike), decided))?, true),
            };
            if is_due {
                found.push((verdict.status, told.then_some(decided)));
            }
        }
        Ok(found)
    }

    /// Of the same cycle: the same period where its window has a day left after the breach, and each earlier one that left none until this.
    fn broken_alike(&self, norm: &Norm, inst: Inst, all: &[Inst], same: Inst) -> R<Vec<(Status, Option<Day>)>> {
        let base = self.norm_of(same)?;
        let Some((first, _)) = inst.period else {
            let verdict = self.judge(same)?;
            let by_acts = verdict.broken_on.first().copied();
            let is_broken = matches!(verdict.status, Status::Violated | Status::Late);
            let decided = match by_acts {
                None if is_broken && self.is_as_it_stands(base, same, &verdict)? => {
                    Some(self.untrue_since(base, same)?)
                }
                None if is_broken => Some(self.decided(base, same, &verdict)?),
                on => on,
            };
            return Ok(vec![(verdict.status, decided)]);
        };
        let mut found = vec![];
        for one in all.iter().copied().filter(|one| Inst { period: inst.period, ..*one } == same) {
            let Some((begins, ends)) = one.period.filter(|(begins, _)| *begins <= first) else { continue };
            let written = self.last_in(base, one, (begins, ends))?;
            let limited = is_of_limits(base).then_some(ends);
            let broken = match written.filter(|last| limited.is_none_or(|end| *last > end)) {
                Some(last) if last > ends => Some(last),
                Some(_) => Some(self.decided(base, one, &self.judge(one)?)?),
                None if limited.is_some() => None,
                None => Some(self.decided(base, one, &self.judge(one)?)?),
            };
            let verdict = self.judge(one)?;
            if limited.is_some() && !verdict.broken_on.is_empty() {
                for day in &verdict.broken_on {
                    if self.is_due_for(norm, inst, (one.period, *day))? {
                        found.push((verdict.status, Some(*day)));
                    }
                }
                continue;
            }
            let is_due = match broken {
                // Which act breaks what stands in words is not told: it is due for the same period.
                None => one == same,
                Some(broken) => self.is_due_for(norm, inst, (one.period, broken))?,
            };
            if is_due {
                found.push((verdict.status, broken));
            }
        }
        Ok(found)
    }

    /// Whether a breach of a day makes something due for a period: from the one that was broken, else from that of the day, the first whose
    /// window has a day left after it.
    fn is_due_for(&self, norm: &Norm, inst: Inst, (from, broken): (Option<(Day, Day)>, Day)) -> R<bool> {
        let Some(own) = inst.period else { return Ok(true) };
        let Some(cycle) = &norm.cycle else { return no("periods of what has no cycle") };
        let all = periods(self, cycle, &self.env(norm, self.as_of), self.force(norm).0, self.as_of)?;
        for period in all.into_iter().filter(|(first, last)| from.map_or(*last >= broken, |from| *first >= from.0)) {
            // One in which it binds nobody, or that does not count, leaves no day for it.
            let Some(binds) = self.last_that_binds(norm, inst, period)? else { continue };
            let ends = self.last_in(norm, inst, period)?.unwrap_or(period.1.following());
            let ends = if binds < period.1 { ends.min(binds) } else { ends };
            if broken < ends {
                return Ok(period == own);
            }
        }
        Ok(false)
    }

    /// The last day on which a clause binds whom it is for, whether in a period or after it; nothing where it binds on no day of the period
    /// that counts. Whoever comes later was due nothing in a period before.
    fn last_that_binds(&self, norm: &Norm, inst: Inst, (first, last): (Day, Day)) -> R<Option<Day>> {
        if self.plan.norms_of(norm.clause).count() > 1 {
            return Ok(Some(Day::MAX));
        }
        let (mut from, mut through) = self.force(norm);
        if let Some(term) = norm.during {
            let terms = self.terms(term, &self.env(norm, self.as_of))?;
            let (Some((begin, _)), Some((_, end))) = (terms.first(), terms.last()) else {
                return no("a term without days");
            };
            let goes_on = end.is_some_and(|end| end >= self.as_of) && self.renews_for_sure(term)?;
            from = from.max(*begin);
            through = [through, end.filter(|_| !goes_on)].into_iter().flatten().min();
        }
        let cut = |counts: Option<CutCounts>, cut: bool| cut && counts == Some(CutCounts::NotAtAll);
        let ended = through.is_some_and(|end| end < last);
        if from > last
            || through.is_some_and(|end| end < first)
            || cut(norm.first_period, from > first)
            || cut(norm.last_period, ended)
        {
            return Ok(None);
        }
        let subject = inst.subject.map(|(line, row)| (&norm.subjects[usize::from(line)], row));
        let bearer = match (&norm.bearer, inst.bearer) {
            (Some(Bearer::Each(of)), Who::Row(_, row)) => Some((of, row)),
            _ => None,
        };
        let mut ends = through.unwrap_or(Day::MAX);
        for (of, row) in subject.into_iter().chain(bearer) {
            let left = self.subject_days(of, row)?.and_then(|(_, last)| last);
            ends = left.map_or(ends, |left| ends.min(left));
        }
        Ok((ends >= first.max(from)).then_some(ends))
    }

    /// Whether nothing tells on which day something is broken but that it is asked now.
    fn is_as_it_stands(&self, norm: &Norm, inst: Inst, verdict: &Verdict) -> R<bool> {
        let [body] = norm.bodies.as_slice() else { return no("a sanction of several readings") };
        if inst.period.is_some() || verdict.last.is_some() || matches!(body.test, NormTest::AtJoining { .. }) {
            return Ok(false);
        }
        Ok(self.case(norm, body, inst)?.is_none_or(|case| case.days.last.or(case.subject_day).is_none()))
    }

    /// The first of the days, up to now, on which a state has not been true without a break.
    fn untrue_since(&self, norm: &Norm, inst: Inst) -> R<Day> {
        let [body] = norm.bodies.as_slice() else { return no("a sanction of several readings") };
        let (NormTest::Holds(cond), Some(case)) = (&body.test, self.case(norm, body, inst)?) else {
            return Ok(self.as_of);
        };
        let mut day = self.as_of;
        while day > case.from {
            let env = Env { given_by: day.preceding(), ..case.env.on(day.preceding()) };
            if self.asks(cond, true, &env)? || !self.reaches(&body.conditions, &env)? {
                break;
            }
            day = day.preceding();
        }
        Ok(day)
    }

    /// Whether two instances speak of the same subject and of the same bearer, as far as both have one.
    fn is_about_the_same(&self, (norm, inst): (&Norm, Inst), (theirs, one): (&Norm, Inst)) -> R<bool> {
        let subject = |norm: &Norm, inst: Inst| {
            inst.subject.map(|(line, row)| Val::Row(norm.subjects[usize::from(line)].record, row))
        };
        let bearer = |norm: &Norm, inst: Inst| match (&norm.bearer, inst.bearer) {
            (Some(Bearer::Field(_)), _) => no("a sanction of whom a field names"),
            (_, Who::Row(record, row)) => Ok(Some(Val::Row(record, row))),
            (_, Who::Actor(_)) => no("a sanction of several actors"),
            (_, Who::One) => Ok(None),
        };
        let (own, other) = (subject(norm, inst), subject(theirs, one));
        let (does, did) = (bearer(norm, inst)?, bearer(theirs, one)?);
        if (own.is_some() && did.is_some()) || (does.is_some() && other.is_some()) {
            return no("a sanction of what is a bearer here and a subject there");
        }
        let agree = |a: Option<Val>, b: Option<Val>| a.is_none() || b.is_none() || a == b;
        Ok(agree(own, other) && agree(does, did))
    }

    /// The day on which an instance is decided: the last of its period, cut short as that may be; else its last day, its subject's, or
    /// today.
    fn decided(&self, norm: &Norm, inst: Inst, verdict: &Verdict) -> R<Day> {
        let [body] = norm.bodies.as_slice() else { return no("a sanction of several readings") };
        let case = self.case(norm, body, inst)?;
        if let Some((_, last)) = inst.period {
            let written = case.as_ref().and_then(|case| case.days.last);
            if let Some(later) = written.filter(|day| *day > last) {
                return Ok(later);
            }
            let last = written.filter(|_| !is_of_limits(norm)).map_or(last, |day| day.min(last));
            let mut ends = case.as_ref().and_then(|case| case.through);
            if let Some((line, row)) = inst.subject {
                let lasts = self.subject_days(&norm.subjects[usize::from(line)], row)?.and_then(|(_, last)| last);
                ends = [ends, lasts].into_iter().flatten().min();
            }
            return Ok(ends.map_or(last, |end| end.min(last)));
        }
        // A demand is broken on the day of joining.
        if let (NormTest::AtJoining { membership, .. }, Some((_, row))) = (&body.test, inst.subject) {
            let joined = self.membership(*membership, row)?.map(|(first, _)| first);
            return joined.map_or_else(|| no("joining on no day"), Ok);
        }
        let own = case.as_ref().and_then(|case| case.days.last.or(case.subject_day));
        let end = self.force(norm).1.map_or(self.as_of, |end| end.min(self.as_of));
        Ok(verdict.last.or(own).unwrap_or(end))
    }
}

/// Whether a clause is broken by acts: by what must not be done, or by too many.
fn is_of_limits(norm: &Norm) -> bool {
    // What must not be done is broken by what is done, also where it stands in words.
    if norm.strength == Strength::MustNot {
        return true;
    }
    norm.bodies.iter().any(|body| match &body.test {
        NormTest::Happens { count: Count::Times { limit, .. } | Count::About { limit, .. }, .. } => {
            matches!(limit, Limit::AtMost | Limit::LessThan)
        }
        NormTest::May { .. } | NormTest::Never(_) => true,
        _ => false,
    })
}

fn worst_of(found: &[Status]) -> Status {
    let worst = [Status::Violated, Status::Late, Status::Unknown, Status::NeedsJudgement, Status::Pending];
    worst.into_iter().find(|status| found.contains(status)).unwrap_or(Status::Satisfied)
}
