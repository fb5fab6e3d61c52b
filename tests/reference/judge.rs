//! Verdicts of one world: for one subject, bearer and period, or for one day of what is watched on every day.

use overens::model::amendment::Began;
use overens::model::clause::{Act, Bearer, Edge, Limit, NumberedPart};
use overens::model::expr::{ClauseId, Collection, Cond};
use overens::model::schema::{ActorId, RecordId, Shape};
use overens::plan::{Body, Moved, Norm, NormTest, Trigger, Watched};
use overens::value::{Day, Number, Stretch};
use overens::verdict::Status;

use super::ask::Env;
use super::periods::periods;
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
}

pub fn plain(status: Status) -> Verdict {
    Verdict { status, or: None, late: None, last: None }
}

/// The days within which something is to be done; no last day: open.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    pub first: Option<Day>,
    pub last: Option<Day>,
    /// `within P after X`: X itself.
    pub counted_from: Option<Day>,
}

/// Everything that the tests of a norm need to know of an instance.
pub struct Case<'n> {
    pub norm: &'n Norm,
    pub body: &'n Body,
    pub inst: Inst,
    pub env: Env,
    /// First and last day on which it binds: of force, and of a bearer that lasts.
    pub from: Day,
    pub through: Option<Day>,
    pub subject_day: Option<Day>,
    pub days: Days,
}

impl World<'_> {
    pub fn norm_of(&self, inst: Inst) -> R<&Norm> {
        match self.plan.norms_of(inst.clause).nth(usize::from(inst.wording)) {
            Some((_, norm)) => Ok(norm),
            None => no("no such wording"),
        }
    }

    /// First and last day of force: of the clause's first wording, and of this one.
    pub fn force(&self, norm: &Norm) -> (Day, Option<Day>) {
        let first = self.plan.norms_of(norm.clause).map(|(_, one)| one.force.from).min().unwrap_or(norm.force.from);
        let until = norm.force.until.min(self.plan.force.until);
        (first.max(self.plan.force.from), (until <= Day::MAX).then(|| until.preceding()))
    }

    /// The days on which an instance must begin to be judged by this wording: an amendment that is adopted ends it for what
    /// begins later, and its own wording is there only if it is adopted.
    fn begins_in(&self, norm: &Norm) -> R<Stretch> {
        let mut days = norm.force.intersect(self.plan.force);
        if let Some(by) = norm.by
            && !self.is_adopted(by)?
        {
            days.until = days.from;
        }
        for cut in &norm.cuts {
            if self.is_adopted(cut.by)? {
                if cut.began == Began::IsTakenOver {
                    return no("an amendment that takes over what began before");
                }
                days.until = days.until.min(cut.on);
            }
        }
        Ok(days)
    }

    fn is_changed(&self, norm: &Norm) -> bool {
        self.plan.norms_of(norm.clause).count() > 1 || !norm.cuts.is_empty() || norm.by.is_some()
    }

    /// Every instance of a clause, of each wording those that began in it as far as that is told without facts.
    pub fn instances(&self, clause: ClauseId) -> R<Vec<Inst>> {
        let mut all = vec![];
        for wording in 0..u8::try_from(self.plan.norms_of(clause).count()).unwrap_or(u8::MAX) {
            all.extend(self.instances_of(clause, wording)?);
        }
        Ok(all)
    }

    fn instances_of(&self, clause: ClauseId, wording: u8) -> R<Vec<Inst>> {
        let Some((_, norm)) = self.plan.norms_of(clause).nth(usize::from(wording)) else {
            return no("no such wording");
        };
        let (from, through) = self.force(norm);
        let several = self.is_changed(norm);
        let own = self.begins_in(norm)?;
        if own.is_empty() {
            return Ok(vec![]);
        }
        let mut subjects = vec![];
        for (line, of) in norm.subjects.iter().enumerate() {
            subjects.extend((0..self.written(of.record)).map(|row| Some((u8::try_from(line).unwrap(), row))));
        }
        if norm.subjects.is_empty() {
            subjects.push(None);
        }
        let bearers: Vec<Who> = match &norm.bearer {
            Some(Bearer::Each(of)) => (0..self.written(of.record)).map(|row| Who::Row(of.record, row)).collect(),
            Some(Bearer::EachOf(actors)) => actors.iter().copied().map(Who::Actor).collect(),
            _ => vec![Who::One],
        };
        let until = through.map_or(self.as_of, |last| last.min(self.as_of));
        let env = self.env(norm, self.as_of);
        let spans = match &norm.cycle {
            Some(cycle) => periods(self, cycle, &env, from, until)?.into_iter().map(Some).collect(),
            None => vec![None],
        };
        let watched = norm.bodies.iter().any(|body| match &body.test {
            NormTest::Numbers { when, .. } | NormTest::Limit { when, .. } => *when == Watched::OnEveryDay,
            _ => false,
        });
        let days: Vec<Option<Day>> = match watched {
            true if from.year() < 1900 => return no("force from ever"),
            true => (from.0..=until.0).map(|day| Some(Day(day))).collect(),
            false => vec![None],
        };
        let mut all = vec![];
        for subject in &subjects {
            for bearer in &bearers {
                for period in &spans {
                    for day in &days {
                        let begins = day.or(period.map(|(first, _)| first.max(from)));
                        if several && begins.is_none() && subject.is_none() {
                            return no("one instance for several wordings");
                        }
                        if several && begins.is_some_and(|day| !own.contains(day)) {
                            continue;
                        }
                        all.push(Inst {
                            clause,
                            wording,
                            subject: *subject,
                            bearer: *bearer,
                            period: *period,
                            day: *day,
                        });
                    }
                }
            }
        }
        Ok(all)
    }

    fn env(&self, norm: &Norm, day: Day) -> Env {
        Env { rows: vec![], day, given_by: day.min(self.as_of), period: None, from: self.force(norm).0, inst: None }
    }

    /// The verdict on one instance.
    pub fn judge(&self, inst: Inst) -> R<Verdict> {
        let norm = self.norm_of(inst)?;
        let [body] = norm.bodies.as_slice() else { return no("several readings") };
        if !norm.yields_to.is_empty() {
            return no("exceptions");
        }
        if self.plan.amendments.iter().any(|one| one.force_until.is_some() || one.began == Began::IsTakenOver) {
            return no("an amendment of another form");
        }
        if let Trigger::Breach(broken) = norm.trigger {
            let other = Inst { clause: broken, wording: 0, ..inst };
            let theirs = self.judge(other)?;
            match theirs.status {
                Status::Late | Status::Violated => {}
                Status::Satisfied | Status::NotApplicable => return Ok(plain(Status::NotApplicable)),
                Status::Pending => return Ok(Verdict { or: Some(Status::Pending), ..plain(Status::NotApplicable) }),
                Status::Unknown | Status::NeedsJudgement => return no("what becomes due where a person has to say"),
            }
        }
        if body.judged_by.is_some() || body.attested_by.is_some() || !body.form.is_empty() {
            return no("judged, attested, of a form");
        }
        match self.judge_body(norm, body, inst) {
            Err(Stop::Weigh) => Ok(plain(Status::NeedsJudgement)),
            Err(Stop::Never) => Ok(plain(Status::Unknown)),
            other => other,
        }
    }

    fn judge_body(&self, norm: &Norm, body: &Body, inst: Inst) -> R<Verdict> {
        match &body.test {
            NormTest::Member(_) => {
                let Some((_, row)) = inst.subject else { return no("a membership without rows") };
                return Ok(match self.membership(inst.clause, row)? {
                    None => plain(Status::NotApplicable),
                    Some((first, last)) if first <= self.as_of && last.is_none_or(|last| self.as_of <= last) => {
                        plain(Status::Satisfied)
                    }
                    Some(_) => return no("a membership that has ended or is still to come"),
                });
            }
            NormTest::AtJoining { membership, condition } => {
                let Some((_, row)) = inst.subject else { return no("a membership without rows") };
                let Some((first, _)) = self.membership(*membership, row)? else {
                    return Ok(plain(Status::NotApplicable));
                };
                let (from, through) = self.force(norm);
                if first < from || first > self.as_of || through.is_some_and(|end| first > end) {
                    return no("joining outside of force");
                }
                let env = Env { given_by: first, ..self.env(norm, first) };
                let env = env.bind(overens::model::expr::Var(0), (norm.subjects[0].record, row));
                if !self.reaches(&body.conditions, &env)? {
                    return Ok(plain(Status::NotApplicable));
                }
                let holds = self.asks(condition, true, &env)?;
                return Ok(plain(if holds { Status::Satisfied } else { Status::Violated }));
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
            return self.watch(norm, body, inst, day);
        }
        match self.case(norm, body, inst)? {
            None => Ok(plain(Status::NotApplicable)),
            Some(case) => self.test_of(&case),
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
        if !self.reaches(&body.conditions, &env)? {
            return Ok(plain(Status::NotApplicable));
        }
        self.numbers(&body.test, &env)
    }

    fn numbers(&self, test: &NormTest, env: &Env) -> R<Verdict> {
        let kept = match test {
            NormTest::Numbers { numbered, .. } => {
                let mut all = true;
                for part in &numbered.parts {
                    let NumberedPart { of, least, most, tolerance, .. } = part;
                    if tolerance.is_some() {
                        return no("a tolerance");
                    }
                    let many = Number::count(self.rows_of(of, env)?.len());
                    let (Val::Number(least), Val::Number(most)) = (self.expr(least, env)?, self.expr(most, env)?)
                    else {
                        return no("a number that is none");
                    };
                    all &= least <= many && many <= most;
                }
                all
            }
            NormTest::Limit { limited, .. } => {
                let many = Number::count(self.rows_of(&limited.of, env)?.len());
                let Val::Number(amount) = self.expr(&limited.amount, env)? else { return no("a limit that is none") };
                within(limited.limit, &many, &amount)
            }
            _ => return no("no number"),
        };
        Ok(plain(if kept { Status::Satisfied } else { Status::Violated }))
    }

    /// Puts together what is to be judged; nothing when it does not reach the instance.
    pub fn case<'n>(&self, norm: &'n Norm, body: &'n Body, inst: Inst) -> R<Option<Case<'n>>> {
        let (mut from, mut through) = self.force(norm);
        if from > self.as_of {
            return no("force that is still to come");
        }
        let mut env = self.env(norm, self.as_of);
        env.inst = Some(inst);
        env.period = inst.period.map(|(first, last)| (first.max(from), through.map_or(last, |end| last.min(end))));
        let whole = inst.period;
        let several = self.is_changed(norm);
        if several && inst.period.is_some_and(|(_, last)| through.is_some_and(|end| last > end)) {
            return no("a period that runs into another wording");
        }
        // The subject.
        let mut subject_day = None;
        let mut subject_of = None;
        if let Some((line, row)) = inst.subject {
            let of = &norm.subjects[usize::from(line)];
            env = env.bind(of.var, (of.record, row));
            let Some(days) = self.subject_days(of, row)? else { return Ok(None) };
            subject_day = days.0;
            if let (Some(first), None) = (days.0, inst.period) {
                if several && !self.begins_in(norm)?.contains(first) {
                    let mut others = self.plan.norms_of(norm.clause).map(|(_, one)| self.begins_in(one));
                    let judged = others.try_fold(false, |found, days| Ok(found || days?.contains(first)))?;
                    return if judged { Err(Stop::Elsewhere) } else { Ok(None) };
                }
                if first < from || through.is_some_and(|through| first > through) {
                    return Ok(None);
                }
            }
            if several && days.0.is_none() && inst.period.is_none() {
                return no("one instance for several wordings");
            }
            if let (Some((first, last)), Some(begins)) = (env.period, days.0) {
                if matches!(self.shape(of.record), Shape::Event { .. }) {
                    return no("an event with a cycle");
                }
                if begins > last || days.1.is_some_and(|end| end < first) {
                    return Ok(None);
                }
            }
            subject_of = Some(of);
        }
        // The window, whose edges are asked on the day the instance began, as far as it is known without them.
        let early = match (subject_day, env.period) {
            (Some(day), Some((first, _))) => day.max(first),
            (Some(day), None) => day,
            (None, Some((first, _))) => first,
            (None, None) => self.as_of,
        };
        if let Some(of) = subject_of
            && !self.asks(&of.filter, true, &Env { given_by: self.as_of, ..env.on(early) })?
        {
            return Ok(None);
        }
        // The period of windows is the whole one, as the cycle has it.
        let window_env = Env { period: whole, ..env.on(early) };
        let excluded = |env: &Env| -> R<bool> {
            let is_ban = matches!(body.test, NormTest::Never(_) | NormTest::May { .. });
            Ok(!is_ban && !self.reaches(&body.conditions, env)?)
        };
        let mut days = match self.window(norm, body, &window_env, early, from) {
            Ok(Some(days)) => days,
            Ok(None) => return Ok(None),
            Err(Stop::Weigh) if excluded(&Env { given_by: early.min(self.as_of), ..env.on(early) })? => {
                return Ok(None);
            }
            Err(stop) => return Err(stop),
        };
        let began = match (subject_day, env.period) {
            // After the end nothing new binds, nor lets off.
            (None, None) => [days.last, through].into_iter().flatten().fold(self.as_of, Day::min),
            _ => early,
        };
        // The bearer.
        match (&norm.bearer, inst.bearer) {
            (Some(Bearer::Each(of)), Who::Row(record, row)) => {
                env = env.bind(of.var, (record, row));
                let Some((first, last)) = self.subject_days(of, row)? else { return Ok(None) };
                if let Some(first) = first {
                    let (a, b) = match (subject_day, env.period) {
                        (Some(day), _) => (day, day),
                        (None, Some(period)) => period,
                        (None, None) => {
                            let a = days.first.unwrap_or(from).max(from);
                            let b = days.last.unwrap_or(self.as_of);
                            (a, through.map_or(b, |end| b.min(end)))
                        }
                    };
                    if first > b || last.is_some_and(|last| last < a) || days.last.is_some_and(|day| day < first) {
                        return Ok(None);
                    }
                    from = from.max(first);
                    through = match (through, last) {
                        (Some(a), Some(b)) => Some(a.min(b)),
                        (a, b) => a.or(b),
                    };
                }
                if !self.asks(&of.filter, true, &env.on(began.max(first.unwrap_or(began))))? {
                    return Ok(None);
                }
            }
            (Some(Bearer::Each(_)), _) => return no("a bearer of another form"),
            _ => {}
        }
        if matches!(days, Days { last: Some(last), .. } if last < from) {
            return Ok(None);
        }
        if matches!(days, Days { first: Some(first), last: Some(last), .. } if first > last) {
            let own = Env { given_by: began.min(self.as_of), ..env.on(began) };
            return if excluded(&own)? { Ok(None) } else { Err(Stop::Weigh) };
        }
        if subject_day.is_none() && days.first.is_some_and(|first| first < from) && inst.subject.is_none() {
            days.first = Some(from);
        }
        env.day = began;
        env.given_by = began.min(self.as_of);
        Ok(Some(Case { norm, body, inst, env, from, through, subject_day, days }))
    }

    /// First and last day of a row by itself: an event's day, the days of what lasts or belongs; nothing where it is not.
    pub fn subject_days(&self, of: &Collection, row: u32) -> R<Option<(Option<Day>, Option<Day>)>> {
        if let Some(clause) = of.members_of {
            return Ok(self.membership(clause, row)?.map(|(first, last)| (Some(first), last)));
        }
        Ok(match self.shape(of.record) {
            Shape::Plain => Some((None, None)),
            Shape::Event { .. } => match self.own_day(of.record, row)? {
                Some(day) if !self.is_cancelled(of.record, row)? => Some((Some(day), None)),
                _ => None,
            },
            Shape::Lasts { .. } => self.lasting(of.record, row)?.map(|(first, last)| (Some(first), last)),
        })
    }

    /// The window of an instance; nothing when a day that it hangs on is none.
    fn window(&self, norm: &Norm, body: &Body, env: &Env, began: Day, from: Day) -> R<Option<Days>> {
        if self.plan.months.moves() {
            return no("a regime that moves last days");
        }
        let has_subject = !norm.subjects.is_empty();
        let window = &body.window;
        let at_first = match env.period {
            Some((first, _)) => Some(first),
            None if has_subject => None,
            None => Some(from),
        };
        let mut days = match (&window.first, &window.last) {
            (None, Edge::Open | Edge::Never) => {
                let first = match (env.period, has_subject) {
                    (None, true) if !matches!(self.shape(norm.subjects[0].record), Shape::Plain) => Some(began),
                    _ => at_first,
                };
                let last = match (&window.last, env.period) {
                    (Edge::Open, Some((_, last))) => Some(last),
                    _ => None,
                };
                Days { first, last, counted_from: None }
            }
            (None, last @ Edge::Lapse { anchor, by }) if !by.goes_back() => {
                let Val::Day(from) = self.expr(anchor, env)? else { return Ok(None) };
                let Some(last) = self.edge(last, env)? else { return Ok(None) };
                Days { first: Some(from), last: Some(last), counted_from: Some(from) }
            }
            (None, last @ Edge::Lapse { .. }) => {
                if env.period.is_some() {
                    return no("at least so long before, in a cycle");
                }
                let Some(last) = self.edge(last, env)? else { return Ok(None) };
                Days { first: None, last: Some(last), counted_from: None }
            }
            (None, last) => {
                let Some(last) = self.edge(last, env)? else { return Ok(None) };
                Days { first: at_first, last: Some(last), counted_from: None }
            }
            (Some(first), Edge::Open | Edge::Never) => {
                let Some(first) = self.edge(first, env)? else { return Ok(None) };
                Days { first: Some(first), last: env.period.map(|(_, last)| last), counted_from: None }
            }
            (Some(first), last) => {
                let counted = matches!((first, last), (Edge::On(_), Edge::Lapse { by, .. }) if !by.goes_back());
                let (first, last) = (self.edge(first, env)?, self.edge(last, env)?);
                let (Some(first), Some(last)) = (first, last) else { return Ok(None) };
                Days { first: Some(first), last: Some(last), counted_from: counted.then_some(first) }
            }
        };
        if matches!(body.moved, Moved::ByRegime | Moved::ToThePrevious) {
            return no("a last day that moves otherwise than to the next working day");
        }
        if body.moved == Moved::ToTheNext
            && let Some(last) = days.last
        {
            match self.plan.calendar.working_day_on_or_after(last) {
                Ok(day) => days.last = Some(day),
                Err(_) => return no("a year outside of the calendar"),
            }
        }
        Ok(Some(days))
    }

    /// The contract does not say what becomes of a state whose subject has ended.
    pub fn still_lasts(&self, case: &Case) -> R<()> {
        let Some((line, row)) = case.inst.subject else { return Ok(()) };
        let of = &case.norm.subjects[usize::from(line)];
        match self.subject_days(of, row)? {
            Some((_, Some(last))) if last < self.as_of => no("a state of what has ended"),
            _ => Ok(()),
        }
    }

    fn test_of(&self, case: &Case) -> R<Verdict> {
        let Case { body, env, .. } = case;
        let is_ban = matches!(body.test, NormTest::Never(_) | NormTest::May { .. });
        if !is_ban && !self.reaches(&body.conditions, env)? {
            return Ok(plain(Status::NotApplicable));
        }
        let to_come = case.subject_day.is_some_and(|day| day > self.as_of);
        match &body.test {
            NormTest::Happens { events, count, counted_for: None } => self.happens(case, events, count),
            NormTest::Dated(field) => self.dated(case, field),
            NormTest::Never(_) if to_come => no("a ban for what is still to come"),
            NormTest::Never(events) => self.never(case, events),
            NormTest::Holds(_) | NormTest::States(_) | NormTest::Numbers { .. } | NormTest::Limit { .. } if to_come => {
                Ok(plain(Status::Pending))
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
            NormTest::Vote { carried, quorum } => {
                let holds = |cond: &Cond| Ok((self.asks(cond, true, env)?, self.asks(cond, false, env)?));
                let quorum = quorum.as_ref().map_or(Ok((true, false)), holds)?;
                if quorum.0 && self.asks(carried, true, env)? {
                    return Ok(plain(Status::Satisfied));
                }
                let mut verdict = plain(Status::Violated);
                // Votes that are none: nobody has voted.
                if quorum == (false, false) || (quorum.0 && !self.asks(carried, false, env)?) {
                    verdict.or = Some(Status::Pending);
                }
                Ok(verdict)
            }
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
