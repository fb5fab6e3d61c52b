//! Verdicts of one world: for one subject, bearer and period, or for one day of what is watched on every day.

use overens::model::amendment::Began;
use overens::model::clause::{Act, Bearer, Count, CutCounts, Limit, NumberedPart, When};
use overens::model::expr::{ClauseId, Var};
use overens::model::schema::{ActorId, RecordId, Shape};
use overens::plan::{Body, Norm, NormTest, Trigger};
use overens::value::{Day, Number};
use overens::verdict::Status;

use super::ask::Env;
use super::case::Case;
use super::costs::Shares;
use super::world::{R, Stop, Val, World, no};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    One,
    Actor(ActorId),
    Row(RecordId, u32),
}

/// What is judged by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Inst {
    pub clause: ClauseId,
    /// Which of the clause's wordings.
    pub wording: u8,
    pub subject: Option<(u8, u32)>,
    pub bearer: Who,
    pub period: Option<(Day, Day)>,
    /// The day of what is watched on every day.
    pub day: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub status: Status,
    /// Where the contract leaves a choice, what is right as well.
    pub or: Option<Status>,
    /// Days late.
    pub late: Option<i32>,
    pub last: Option<Day>,
    /// What each bears of a cost.
    pub shares: Option<Shares>,
    /// It was done, and nobody has attested it yet.
    pub unattested: bool,
    /// The acts that broke a ban, by their days.
    pub broken_on: Vec<Day>,
    /// Nothing had to be tried for it.
    pub sure: bool,
    /// A right that nobody used while it could be, which is another word than that it does not apply.
    pub unused: bool,
    /// The product may say that it is unknown: the language's reference tells where it is more cautious.
    pub cautious: bool,
}

pub fn plain(status: Status) -> Verdict {
    Verdict {
        status,
        or: None,
        late: None,
        last: None,
        shares: None,
        unattested: false,
        broken_on: vec![],
        sure: false,
        unused: false,
        cautious: false,
    }
}

impl World<'_> {
    /// The verdict on one instance.
    pub fn judge(&self, inst: Inst) -> R<Verdict> {
        let norm = self.norm_of(inst)?;
        if self.plan.amendments.iter().any(|one| one.force_until.is_some()) {
            return no("an amendment of another form");
        }
        if let Trigger::Breach(broken) = &norm.trigger {
            let (theirs, open) = self.noting(|| self.broken(norm, inst, broken))?;
            // What becomes due when an unknown clause is broken is unknown to the product, though it may be broken in any case, or in none.
            if !open.is_empty() {
                self.cautious.set(true);
            }
            match theirs {
                Status::Late | Status::Violated => {}
                Status::Satisfied | Status::NotApplicable => return Ok(plain(Status::NotApplicable)),
                Status::Pending => return Ok(Verdict { or: Some(Status::Pending), ..plain(Status::NotApplicable) }),
                Status::Unknown | Status::NeedsJudgement => return no("what becomes due where a person has to say"),
            }
        }
        if norm.bodies.iter().any(|body| !body.form.is_empty()) {
            return no("of a form");
        }
        if self.is_waived(norm, inst) {
            return Ok(plain(Status::NotApplicable));
        }
        if let Some(broken) = self.broken_before(norm, inst)? {
            return self.settled(norm, inst, broken);
        }
        let verdict = match self.taken_over_amid(norm, inst)? {
            None => self.by_readings(norm, inst)?,
            Some(since) => self.by_acts_since(norm, inst, since)?,
        };
        self.settled(norm, inst, verdict)
    }

    fn by_readings(&self, norm: &Norm, inst: Inst) -> R<Verdict> {
        let mut readings = vec![];
        for body in &norm.bodies {
            let verdict = match self.judge_body(norm, body, inst) {
                Err(Stop::Weigh) => plain(Status::NeedsJudgement),
                Err(Stop::Never) => plain(Status::Unknown),
                other => other?,
            };
            readings.push(self.weighed(norm, body, verdict));
        }
        Ok(self.readings_together(&readings))
    }

    /// What was done before a wording took over the period counts towards its number, and breaks nothing by itself; a right that was used
    /// by then is used.
    fn by_acts_since(&self, norm: &Norm, inst: Inst, since: Day) -> R<Verdict> {
        let counted = norm.bodies.iter().any(|body| match &body.test {
            NormTest::Happens { .. } => true,
            NormTest::May { at_most, .. } => at_most.is_some(),
            _ => false,
        });
        let all = if counted { Some(self.by_readings(norm, inst)?) } else { None };
        if let Some(all) = all.filter(|all| all.status == Status::Violated) {
            if all.broken_on.is_empty() || norm.bodies.len() > 1 {
                return no("which of the acts of a period that is taken over break a number");
            }
            if all.broken_on.iter().any(|day| *day >= since) {
                return Ok(all);
            }
        }
        self.only_since.set(Some((inst.clause, since)));
        let verdict = self.by_readings(norm, inst);
        self.only_since.set(None);
        let verdict = verdict?;
        let is_right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
        if is_right && matches!(verdict.status, Status::NotApplicable | Status::Pending) {
            for (wording, (_, before)) in (0..).zip(self.plan.norms_of(inst.clause)) {
                if self.begins_in(before)?.until == since {
                    let older = Inst { wording, ..inst };
                    let then = self.earlier(since.preceding(), |world| {
                        let there = world.instances(inst.clause)?.contains(&older);
                        if there { world.judge(older).map(Some) } else { Ok(None) }
                    })?;
                    if let Some(used) = then.filter(|one| one.status == Status::Satisfied) {
                        return Ok(used);
                    }
                }
            }
        }
        Ok(verdict)
    }

    /// The day amid a period on which a wording that limits acts took it over from another.
    fn taken_over_amid(&self, norm: &Norm, inst: Inst) -> R<Option<Day>> {
        let own = self.begins_in(norm)?;
        let over = norm.by.and_then(|by| self.plan.amendment(by)).is_some_and(|by| by.began == Began::IsTakenOver);
        let Some((first, _)) = inst.period.filter(|_| over && own.from <= self.as_of) else { return Ok(None) };
        let limits = norm.bodies.iter().all(|body| match &body.test {
            NormTest::Happens { count: Count::Times { limit, .. } | Count::About { limit, .. }, .. } => {
                matches!(limit, Limit::AtMost | Limit::LessThan)
            }
            NormTest::Never(_) | NormTest::May { .. } => true,
            _ => false,
        });
        let before = self.plan.norms_of(inst.clause).any(|(_, one)| one.cuts.iter().any(|cut| cut.on == own.from));
        Ok((limits && before && first < own.from).then_some(own.from))
    }

    /// What was done more often than it may by the day before its wording was taken over: it stays so.
    fn broken_before(&self, norm: &Norm, inst: Inst) -> R<Option<Verdict>> {
        let own = self.begins_in(norm)?;
        let over = norm.by.and_then(|by| self.plan.amendment(by)).is_some_and(|by| by.began == Began::IsTakenOver);
        let Some((first, _)) = inst.period.filter(|_| over && own.from <= self.as_of) else { return Ok(None) };
        for (wording, (_, before)) in (0..).zip(self.plan.norms_of(inst.clause)) {
            let ran = self.begins_in(before)?;
            let limits = before.bodies.iter().all(|body| match &body.test {
                NormTest::Happens { count: Count::Times { limit, .. } | Count::About { limit, .. }, .. } => {
                    !matches!(limit, Limit::AtLeast | Limit::MoreThan)
                }
                NormTest::Never(_) | NormTest::May { .. } => true,
                _ => false,
            });
            if ran.until != own.from || first >= own.from || !limits {
                continue;
            }
            let older = Inst { wording, ..inst };
            let broken =
                self.earlier(own.from.preceding(), |world| match world.instances(inst.clause)?.contains(&older) {
                    true => world.judge(older).map(Some),
                    false => Ok(None),
                })?;
            match broken.as_ref().map(|one| one.status) {
                Some(Status::Violated) => return Ok(broken),
                Some(Status::NeedsJudgement | Status::Unknown) => return no("what a person may find broken by then"),
                _ => {}
            }
        }
        Ok(None)
    }

    fn judge_body(&self, norm: &Norm, body: &Body, inst: Inst) -> R<Verdict> {
        match &body.test {
            NormTest::Member(_) => {
                let Some((_, row)) = inst.subject else { return no("a membership without rows") };
                if self.force(norm).0 > self.as_of {
                    return no("force that is still to come");
                }
                // What stood on the last day of force stays so.
                let today = self.force(norm).1.map_or(self.as_of, |end| end.min(self.as_of));
                return Ok(match self.membership(inst.clause, row)? {
                    None => plain(Status::NotApplicable),
                    // After the end nobody joins any more.
                    Some((first, _)) if self.force(norm).1.is_some_and(|end| first > end) => {
                        plain(Status::NotApplicable)
                    }
                    Some((first, last)) if first <= today && last.is_none_or(|last| today <= last) => {
                        plain(Status::Satisfied)
                    }
                    Some(_) => return no("a membership that has ended or is still to come"),
                });
            }
            NormTest::AtJoining { .. } | NormTest::Term(_) if !norm.yields_to.is_empty() => {
                return no("a term, or a demand at joining, behind an exception");
            }
            NormTest::AtJoining { membership, condition } => {
                let Some((_, row)) = inst.subject else { return no("a membership without rows") };
                let Some((first, _)) = self.membership(*membership, row)? else {
                    return Ok(plain(Status::NotApplicable));
                };
                let (from, through) = self.force(norm);
                if self.force(norm).0 > self.plan.force.from {
                    return no("joining a membership that came into force later");
                }
                if first < from || first > self.as_of || through.is_some_and(|end| first > end) {
                    return no("joining outside of force");
                }
                let env = Env { given_by: first, ..self.env(norm, first) };
                let env = env.bind(Var(0), (norm.subjects[0].record, row));
                if !self.reaches(&body.conditions, &env)? {
                    return Ok(plain(Status::NotApplicable));
                }
                let holds = self.asks(condition, true, &env)?;
                return Ok(plain(if holds { Status::Satisfied } else { Status::Violated }));
            }
            NormTest::Term(_) if self.force(norm).0 > self.as_of => return Ok(plain(Status::NotApplicable)),
            NormTest::Term(_) if self.force(norm).1.is_some_and(|end| end < self.as_of) => {
                return no("a term that is no longer in force");
            }
            NormTest::Term(_) => {
                let env = self.env(norm, self.as_of);
                let terms = self.terms(inst.clause, &env)?;
                let Some((first, last)) = terms.last() else { return no("a term without days") };
                if *first > self.as_of || last.is_some_and(|last| last < self.as_of) {
                    return no("a term that does not run");
                }
                return Ok(Verdict { last: *last, ..plain(Status::Satisfied) });
            }
            _ => {}
        }
        if let Some(day) = inst.day {
            // What does not apply by itself leaves nothing for others to disagree on.
            let own = match self.watch(norm, body, inst, day) {
                Err(stop @ Stop::Need(_)) => return Err(stop),
                Ok(own) if own.status == Status::NotApplicable => return Ok(own),
                own => own,
            };
            return self.stands_back(norm, inst, day)?.map_or(own, Ok);
        }
        let by_acts = matches!(body.test, NormTest::Never(_) | NormTest::May { .. });
        let case = match self.case(norm, body, inst) {
            // However odd its window is, it may stand back.
            Err(Stop::Weigh) if !by_acts && !norm.yields_to.is_empty() => {
                let day = inst.period.map_or(self.as_of, |(first, _)| first.max(self.force(norm).0));
                return self.stands_back(norm, inst, day)?.ok_or(Stop::Weigh);
            }
            other => other?,
        };
        match case {
            None => Ok(plain(Status::NotApplicable)),
            Some(case) => {
                if case.from > self.as_of && !norm.yields_to.is_empty() {
                    return no("what goes before a clause for somebody who is still to come");
                }
                // Whatever a person says of the conditions, it may stand back.
                let may_reach = || match self.reaches(&body.conditions, &case.env) {
                    Err(Stop::Weigh) => Ok(true),
                    other => other,
                };
                if !by_acts
                    && may_reach()?
                    && let Some(verdict) = self.stands_back(norm, inst, case.env.day)?
                {
                    return Ok(verdict);
                }
                self.test_of(&case)
            }
        }
    }

    /// What there is on one day.
    fn watch(&self, norm: &Norm, body: &Body, inst: Inst, day: Day) -> R<Verdict> {
        let mut env = self.env(norm, day);
        if let Some((line, row)) = inst.subject {
            let of = &norm.subjects[usize::from(line)];
            env = env.bind(of.var, (of.record, row));
            let lasts = match self.shape(of.record) {
                Shape::Lasts { .. } => self.lasts_on(of.record, row, day)?,
                Shape::Plain => true,
                Shape::Event { .. } => return no("an event watched on every day"),
            };
            let is_member = of.members_of.map_or(Ok(true), |clause| self.is_member(clause, row, day))?;
            if !lasts || !is_member || !self.asks(&of.filter, true, &env)? {
                return Ok(plain(Status::NotApplicable));
            }
        }
        if let (Some(Bearer::Each(of)), Who::Row(record, row)) = (&norm.bearer, inst.bearer) {
            env = env.bind(of.var, (record, row));
            let Some((first, last)) = self.subject_days(of, row)? else { return Ok(plain(Status::NotApplicable)) };
            let lasts = first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last);
            if !lasts || !self.asks(&of.filter, true, &env)? {
                return Ok(plain(Status::NotApplicable));
            }
        }
        if !self.reaches(&body.conditions, &env)? {
            return Ok(plain(Status::NotApplicable));
        }
        match &body.test {
            NormTest::HoldsDaily(_) if body.window.stated => no("a window that is watched on every day"),
            NormTest::HoldsDaily(cond) => {
                let holds = self.asks(cond, true, &env)?;
                Ok(plain(if holds { Status::Satisfied } else { Status::Violated }))
            }
            test => self.numbers(test, &env),
        }
    }

    fn numbers(&self, test: &NormTest, env: &Env) -> R<Verdict> {
        let kept = match test {
            NormTest::Numbers { numbered, .. } => {
                let (mut all, mut weighs) = (true, false);
                for NumberedPart { of, least, most, tolerance, .. } in &numbered.parts {
                    let many = Number::count(self.rows_of(of, env)?.len());
                    let (least, most) = tolerance.as_ref().map_or((least, most), |(least, most)| (least, most));
                    let (Val::Number(least), Val::Number(most)) = (self.expr(least, env)?, self.expr(most, env)?)
                    else {
                        return no("a number that is none");
                    };
                    let kept = least <= many && many <= most;
                    // Outside of a tolerance a person judges.
                    all &= kept || tolerance.is_some();
                    weighs |= !kept && tolerance.is_some();
                }
                if all && weighs {
                    return Err(Stop::Weigh);
                }
                all
            }
            NormTest::Limit { limited, .. } => {
                let (many, amount) =
                    self.apart(|| self.rows_of(&limited.of, env), || self.expr(&limited.amount, env))?;
                let Val::Number(amount) = amount else { return no("a limit that is none") };
                within(limited.limit, &Number::count(many.len()), &amount)
            }
            _ => return no("no number"),
        };
        Ok(plain(if kept { Status::Satisfied } else { Status::Violated }))
    }

    /// Whether the conditions hold. Where they and the window hang on one day that is not known, the product asks each by itself.
    fn reaches_case(&self, case: &Case) -> R<bool> {
        let (reached, open) = self.noting(|| self.reaches(&case.body.conditions, &case.env))?;
        if !open.is_disjoint(&case.open) {
            self.cautious.set(true);
        }
        Ok(reached)
    }

    /// Where a person has to say whether an act counts: what comes of it if all do, or if none does, where that is the same.
    fn both_ways(&self, judge: impl Fn() -> R<Verdict>) -> R<Verdict> {
        let Err(Stop::Weigh) = judge().map(drop) else { return judge() };
        let way = |counts: bool| {
            self.weighed_as.set(Some(counts));
            let verdict = judge();
            self.weighed_as.set(None);
            verdict
        };
        match (way(false)?, way(true)?) {
            (one, other) if one == other => Ok(one),
            (one, other) if one.status == other.status => Ok(Verdict { late: None, last: None, ..one }),
            (one, other) if one.or.is_some() || other.or.is_some() => {
                no("a choice of the contract, if a person says so")
            }
            // Before the last day something else may still do it.
            (one, other) if [one.status, other.status].contains(&Status::Pending) => {
                Ok(Verdict { or: Some(Status::Pending), ..plain(Status::NeedsJudgement) })
            }
            _ => Err(Stop::Weigh),
        }
    }

    fn test_of(&self, case: &Case) -> R<Verdict> {
        let Case { body, env, .. } = case;
        if self.counts_as(case)? == Some(CutCounts::NotAtAll) {
            return Ok(plain(Status::NotApplicable));
        }
        let is_ban = matches!(body.test, NormTest::Never(_) | NormTest::May { .. });
        if !is_ban && !self.reaches_case(case)? {
            return Ok(plain(Status::NotApplicable));
        }
        let to_come = case.subject_day.is_some_and(|day| day > self.as_of);
        match &body.test {
            NormTest::Happens { events, count, counted_for } => self.both_ways(|| match counted_for {
                None => self.happens(case, events, count),
                Some(field) => self.happens_for(case, events, count, *field),
            }),
            NormTest::Dated(field) => self.dated(case, field),
            NormTest::Never(_)
                if to_come && body.window.stated && case.days.first.is_none_or(|first| first <= self.as_of) =>
            {
                no("a ban for what is still to come, in a window that has begun")
            }
            NormTest::Never(_) if to_come => {
                // What is known to exclude it, whatever the day brings, leaves nothing to wait for.
                let conditions = || body.conditions.iter().map(|(When::If(cond) | When::Unless(cond))| cond);
                if conditions().all(|cond| self.never_changes(cond)) && !self.reaches(&body.conditions, env)? {
                    return Ok(plain(Status::NotApplicable));
                }
                // What changes may exclude it by then, and what goes before it leave nothing of it.
                let changes = !conditions().all(|cond| self.never_changes(cond));
                let or = (changes || !case.norm.yields_to.is_empty()).then_some(Status::NotApplicable);
                Ok(Verdict { or, ..plain(Status::Pending) })
            }
            NormTest::Never(events) => self.both_ways(|| self.never(case, events)),
            NormTest::Holds(_)
            | NormTest::States(_)
            | NormTest::Numbers { .. }
            | NormTest::Limit { .. }
            | NormTest::Shared { .. }
                if to_come =>
            {
                // What goes before it then may be known already.
                let or = (!case.norm.yields_to.is_empty()).then_some(Status::NotApplicable);
                Ok(Verdict { or, ..plain(Status::Pending) })
            }
            NormTest::Holds(cond) => self.holds(case, cond),
            NormTest::States(cond) => {
                let holds = self.asks(cond, true, env)?;
                Ok(plain(if holds { Status::Satisfied } else { Status::Violated }))
            }
            NormTest::Numbers { .. } | NormTest::Limit { .. } => {
                self.still_lasts(case)?;
                let day = case.through.map_or(self.as_of, |last| last.min(self.as_of));
                self.numbers(&body.test, &Env { given_by: day, ..env.on(day) })
            }
            NormTest::May { .. } if to_come => no("a right for what is still to come"),
            NormTest::May { act: Act::Event { events, .. }, exercised: None, at_most, effect: None, inside: None } => {
                self.may(case, events, at_most.as_ref())
            }
            NormTest::May { act: Act::Plain(_), exercised: Some(field), at_most: None, inside: None, .. } => {
                self.exercised(case, field)
            }
            NormTest::Vote { carried, quorum } => self.vote(carried, quorum.as_ref(), env),
            NormTest::Shared { sharing, billed } => self.cost(case, sharing, billed.as_deref()),
            NormTest::PaysShare(cost) => self.pays_share(case, *cost),
            NormTest::ForPerson(_) => {
                let mut verdict = plain(Status::NeedsJudgement);
                if case.days.last.is_none_or(|last| last >= self.as_of) {
                    verdict.or = Some(Status::Pending);
                }
                Ok(verdict)
            }
            _ => no("a test of another form"),
        }
    }
}

pub fn within(limit: Limit, many: &Number, amount: &Number) -> bool {
    match limit {
        Limit::AtLeast => many >= amount,
        Limit::AtMost => many <= amount,
        Limit::Exactly => many == amount,
        Limit::MoreThan => many > amount,
        Limit::LessThan => many < amount,
    }
}
