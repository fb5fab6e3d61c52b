//! The judgement of one instance: what reaches it, what it gives way to, what its readings say, and what people decided.

use crate::facts::recorded::Outcome as Recorded;
use crate::facts::{Judgement, Row, Waiver};
use crate::model::clause::{Bearer, CutCounts, When};
use crate::model::expr::{ClauseId, Cond, CondKind, Var};
use crate::plan::{Body, Norm, NormTest, Owed, Trigger};
use crate::value::{Day, PeriodLabel, Stretch};
use crate::verdict::{Decider, Holder, Instance, Mark, Missing, Nuance, Said, ShareOf, Status};

use super::instances::year_of;
use super::judge::Judge;
use super::obligations::Wanted;
use super::outcome::Outcome;
use super::sets::member_on;
use super::trace::{Trace, mark_of, reason};
use super::truth::Truth;
use super::values::EdgeDay;

/// An outcome, and who decides when a person must.
#[derive(Clone, Debug)]
pub struct Ruling {
    pub outcome: Outcome,
    pub decider: Decider,
}

impl Ruling {
    fn of(status: Status) -> Ruling {
        Ruling { outcome: Outcome::of(status), decider: Decider::Nobody }
    }
}

impl<'w, T: Trace> Judge<'w, T> {
    pub fn judge(&mut self, instance: &Instance) -> Ruling {
        let plan = self.world.plan;
        let Some(norm) = plan.norm(instance.norm) else { return Ruling::of(Status::NotApplicable) };
        self.vars.clear();
        self.period = instance.period;
        self.then = self.world.as_of;
        let begun = instance.subject.and_then(|subject| self.begun(norm, subject));
        self.then = self.matters(norm, instance, begun);
        self.bind_rows(norm, instance);
        let before = self.ending;
        self.ending = of_term(norm, instance).or(before);
        let ruling = self.judge_bound(norm, instance);
        self.ending = before;
        ruling
    }

    fn judge_bound(&mut self, norm: &'w Norm, instance: &Instance) -> Ruling {
        if !self.in_force(norm, instance) {
            let day = self.then;
            self.trace.say(|| reason(Said::NotInForce { day }, Mark::No, norm.span));
            return Ruling::of(Status::NotApplicable);
        }
        let reach = self.reach(norm, instance);
        if reach.is_no() {
            return Ruling::of(Status::NotApplicable);
        }
        if let Some(ruling) = self.steps_back(norm, instance) {
            return ruling;
        }
        let ruling = self.ruled(norm, instance);
        self.reached(ruling, reach)
    }

    fn bind_rows(&mut self, norm: &'w Norm, instance: &Instance) {
        if let Some((line, row)) = instance.subject {
            let var = norm.subjects.get(usize::from(line)).map_or(Var(0), |of| of.var);
            self.bind(var, row);
        }
        if let (Holder::Row(_, row), Some(Bearer::Each(of))) = (instance.bearer, &norm.bearer) {
            self.bind(of.var, row);
        }
    }

    fn in_force(&self, norm: &Norm, instance: &Instance) -> bool {
        let force = norm.force.intersect(self.world.plan.force);
        match instance.period {
            Some(period) => !force.intersect(period.stretch).is_empty(),
            None => force.contains(self.then),
        }
    }

    /// Whether the clause reaches this subject and this bearer.
    fn reach(&mut self, norm: &'w Norm, instance: &Instance) -> Truth {
        let mut truth = Truth::Yes;
        if let Some((line, row)) = instance.subject
            && let Some(of) = norm.subjects.get(usize::from(line))
        {
            if self.world.cancelled(of.record, row) {
                self.trace.say(|| reason(Said::Words("it was called off"), Mark::No, of.span));
                return Truth::No;
            }
            truth = truth.and(self.holds(&of.filter));
            if let (false, Some(clause)) = (truth.is_no(), of.members_of) {
                truth = truth.and(self.member(clause, row, self.then));
            }
        }
        if truth.is_no() {
            return truth;
        }
        if let (Some(Bearer::Each(of)), Holder::Row(record, row)) = (&norm.bearer, instance.bearer) {
            if self.world.cancelled(record, row) {
                return Truth::No;
            }
            self.bind(of.var, row);
            truth = truth.and(self.holds(&of.filter));
            if let (false, Some(clause)) = (truth.is_no(), of.members_of) {
                truth = truth.and(self.bears(clause, row, instance));
            }
        }
        truth
    }

    /// Whether a member bears the instance: it is one on the day that matters; with a period, on some day of it.
    fn bears(&mut self, clause: ClauseId, row: Row, instance: &Instance) -> Truth {
        if let Some(day) = self.exercised_on(instance) {
            // Whoever leaves was a member the day before.
            return self.member(clause, row, day.preceding()).or(self.member(clause, row, day));
        }
        let Some(period) = instance.period else {
            let on = if instance.subject.is_some() { self.then } else { self.world.as_of };
            return self.member(clause, row, on);
        };
        let last = period.last().min(self.world.as_of.max(period.first()));
        let Some(days) = self.member_days(clause, row) else { return Truth::Open };
        let some_day = match (days.from, days.until) {
            // Left before it began, or joined after it ended: on no day of it.
            (EdgeDay::On(from), _) if from.first > last => Truth::No,
            (_, EdgeDay::On(until)) if until.last <= period.first() => Truth::No,
            (_, _) => member_on(days, last).or(member_on(days, period.first())).or(self.within(
                days.from,
                period.first(),
                last,
            )),
        };
        self.trace.say(|| {
            let exact = |edge: EdgeDay| match edge {
                EdgeDay::On(day) => day.exact(),
                _ => None,
            };
            let (from, until) = (exact(days.from), exact(days.until));
            reason(Said::Membership { member: mark_of(some_day), from, until }, mark_of(some_day), None)
        });
        if some_day == Truth::Open {
            self.member(clause, row, last);
        }
        some_day
    }

    /// The day on which a permission was exercised, if it was.
    fn exercised_on(&mut self, instance: &Instance) -> Option<Day> {
        let norm = self.world.plan.norm(instance.norm)?;
        let field = norm.bodies.iter().find_map(|body| match &body.test {
            NormTest::May { exercised: Some(field), .. } => Some(field),
            _ => None,
        })?;
        self.trace.hush();
        let day = self.field(field).day_bounds();
        self.trace.speak();
        day.and_then(super::known::DayBounds::exact).filter(|day| *day <= self.world.as_of)
    }

    fn within(&self, from: EdgeDay, first: Day, last: Day) -> Truth {
        match from {
            EdgeDay::On(day) if day.lies_in(first, last) => Truth::Yes,
            EdgeDay::On(day) if !day.may_lie_in(first, last) => Truth::No,
            EdgeDay::NotYet => Truth::No,
            _ => Truth::Open,
        }
    }

    /// What a missing fact about subject or bearer makes of an outcome.
    fn reached(&self, ruling: Ruling, reach: Truth) -> Ruling {
        let stays = ruling.outcome.status == Status::NotApplicable;
        match reach {
            Truth::Yes | Truth::No => ruling,
            Truth::Open | Truth::Person if stays => ruling,
            Truth::Open => Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody },
            Truth::Person => {
                let decider = if ruling.decider == Decider::Nobody { Decider::Unnamed } else { ruling.decider };
                Ruling { outcome: ruling.outcome.with(Status::NeedsJudgement), decider }
            }
        }
    }

    /// What keeps the norm from coming into play at all: nothing it hangs on is broken, an exception applies, or it was
    /// waived.
    fn steps_back(&mut self, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
        if let Trigger::Breach(base) = norm.trigger
            && let Some(ruling) = self.not_triggered(base, norm, instance)
        {
            return Some(ruling);
        }
        if let Some(ruling) = self.yields(norm, instance) {
            return Some(ruling);
        }
        let (at, _) = self.waiver(norm, instance).filter(|(_, waiver)| waiver.until.is_none())?;
        self.say_recorded(Said::Waiver(at), self.world.facts.waivers.get(at).map(|waiver| waiver.place));
        Some(Ruling { outcome: Outcome::of(Status::NotApplicable).nuanced(Nuance::Waived), decider: Decider::Nobody })
    }

    fn not_triggered(&mut self, base: ClauseId, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
        let status = self.elsewhere(base, norm, instance)?.outcome.status;
        match status {
            Status::Late | Status::Violated => None,
            Status::Satisfied | Status::NotApplicable | Status::Pending => {
                self.trace.say(|| reason(Said::NothingBroken(base), Mark::No, norm.span));
                Some(Ruling::of(Status::NotApplicable))
            }
            Status::Unknown => {
                self.trace.missing(|| Missing::Clause(base));
                Some(Ruling::of(Status::Unknown))
            }
            Status::NeedsJudgement => {
                Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed })
            }
        }
    }

    /// The ruling of another clause on the same subject, bearer and period, as far as it has them.
    fn elsewhere(&mut self, clause: ClauseId, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
        let other = self.counterpart(clause, norm, instance)?;
        let (period, then) = (self.period, self.then);
        let ending = self.ending.take();
        self.trace.hush();
        let rows = self.vars.clone();
        let ruling = self.aside(&rows, |judge| judge.judge(&other));
        self.trace.speak();
        (self.period, self.then, self.ending) = (period, then, ending);
        ruling
    }

    fn counterpart(&self, clause: ClauseId, norm: &Norm, instance: &Instance) -> Option<Instance> {
        let plan = self.world.plan;
        let then = self.then;
        let in_force = plan.norms_of(clause).find(|(_, other)| other.force.contains(then));
        let (id, other) = in_force.or_else(|| plan.norms_of(clause).next())?;
        let subject = instance.subject.and_then(|(line, row)| {
            let record = norm.subjects.get(usize::from(line))?.record;
            let at = other.subjects.iter().position(|of| of.record == record)?;
            Some((u8::try_from(at).ok()?, row))
        });
        let bearer = match (&other.bearer, instance.bearer) {
            (Some(Bearer::Each(of)), Holder::Row(record, row)) if of.record == record => Holder::Row(record, row),
            (Some(Bearer::EachOf(actors)), Holder::Actor(actor)) if actors.contains(&actor) => Holder::Actor(actor),
            (_, _) => Holder::TheOne,
        };
        let period = other.cycle.as_ref().and(instance.period);
        Some(Instance { norm: id, subject, bearer, period, span: instance.span })
    }

    /// Steps back behind a clause that applies to the same case; two that both apply and disagree are a conflict.
    fn yields(&mut self, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
        let mut applying: Vec<(ClauseId, Status)> = Vec::new();
        for other in &norm.yields_to {
            match self.prevails(*other, norm, instance) {
                Truth::No => {}
                Truth::Yes => {
                    let status = self.elsewhere(*other, norm, instance).map(|ruling| ruling.outcome.status);
                    applying.push((*other, status.unwrap_or(Status::NotApplicable)));
                }
                Truth::Open => return Some(Ruling::of(Status::Unknown)),
                Truth::Person => {
                    return Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed });
                }
            }
        }
        let (first, status) = *applying.first()?;
        if let Some((other, _)) = applying.iter().find(|(_, other)| *other != status) {
            let (other, span) = (*other, norm.span);
            self.trace.say(|| reason(Said::Conflict(first, other), Mark::Person, span));
            return Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed });
        }
        let place = self.world.plan.clause(first).map(|clause| clause.name_span);
        self.trace.say(|| reason(Said::YieldsTo(first), Mark::No, place));
        Some(Ruling::of(Status::NotApplicable))
    }

    /// Whether another clause applies to this case: it is in force, reaches it, its conditions hold, and it does not step
    /// back itself.
    fn prevails(&mut self, clause: ClauseId, norm: &'w Norm, instance: &Instance) -> Truth {
        let plan = self.world.plan;
        let Some(other) = self.counterpart(clause, norm, instance) else { return Truth::No };
        let Some(other_norm) = plan.norm(other.norm) else { return Truth::No };
        if !other_norm.subjects.is_empty() && other.subject.is_none() {
            return Truth::No;
        }
        let (period, then) = (self.period, self.then);
        self.trace.open();
        let mark = self.trace.mark();
        let rows = self.vars.clone();
        let truth = self.aside(&rows, |judge| {
            judge.bind_rows(other_norm, &other);
            if !judge.in_force(other_norm, &other) {
                return Truth::No;
            }
            let mut truth = judge.reach(other_norm, &other);
            if let (false, Some(body)) = (truth.is_no(), other_norm.bodies.first()) {
                truth = truth.and(judge.applies(body));
            }
            for next in &other_norm.yields_to {
                if truth.is_no() {
                    break;
                }
                truth = truth.and(judge.prevails(*next, other_norm, &other).opposite());
            }
            truth
        });
        let truth = truth.unwrap_or(Truth::Open);
        let place = plan.clause(clause).map(|clause| clause.name_span);
        if truth == Truth::Open {
            self.trace.close(|| reason(Said::YieldsTo(clause), Mark::Open, place));
        } else {
            self.trace.forget(mark);
            self.trace.discard();
        }
        (self.period, self.then) = (period, then);
        truth
    }

    /// What the norm itself says, settled by what people decided.
    fn ruled(&mut self, norm: &'w Norm, instance: &Instance) -> Ruling {
        let extension = self.waiver(norm, instance).and_then(|(at, waiver)| Some((at, waiver.until?)));
        if let Some((at, _)) = extension {
            self.say_recorded(Said::Waiver(at), self.world.facts.waivers.get(at).map(|waiver| waiver.place));
        }
        let extended = extension.map(|(_, until)| until);
        let mut rulings = Vec::with_capacity(norm.bodies.len());
        for body in &norm.bodies {
            rulings.push(self.read(norm, body, instance, extended));
        }
        let ruling = self.readings(norm, rulings);
        let ruling = self.cut_short(norm, instance, ruling);
        self.settled_by_people(norm, instance, ruling)
    }

    /// One reading.
    fn read(&mut self, norm: &'w Norm, body: &'w Body, instance: &Instance, extended: Option<Day>) -> Ruling {
        let named = body.reading.is_some();
        if named {
            self.trace.open();
        }
        let ruling = self.body(norm, body, instance, extended);
        if let Some(name) = &body.reading {
            let status = ruling.outcome.status;
            self.trace.close(|| reason(Said::Reading { name: name.clone(), status }, Mark::Plain, body.span));
        }
        ruling
    }

    fn body(&mut self, norm: &'w Norm, body: &'w Body, instance: &Instance, extended: Option<Day>) -> Ruling {
        // The conditions of a term govern its renewal, not whether there is one.
        let is_term = matches!(body.test, NormTest::Term(_));
        if let NormTest::AtJoining { membership, .. } = body.test
            && let Err(outcome) = self.joining(membership)
        {
            return Ruling { outcome, decider: Decider::Nobody };
        }
        let applies = if is_term { Truth::Yes } else { self.applies(body) };
        if applies.is_no() {
            return Ruling::of(Status::NotApplicable);
        }
        let outcome = self.tested(norm, body, instance, extended);
        let mut ruling = self.reached(Ruling { outcome, decider: Decider::Nobody }, applies);
        ruling = self.weighed(norm, body, ruling);
        if ruling.outcome.status == Status::NeedsJudgement {
            ruling.decider = decider_of(body);
        }
        ruling
    }

    /// Whether `if` holds and no `unless` does.
    pub fn applies(&mut self, body: &'w Body) -> Truth {
        let mut truth = Truth::Yes;
        for when in &body.conditions {
            let one = match when {
                When::If(condition) => self.holds(condition),
                When::Unless(condition) => self.holds(condition).opposite(),
            };
            truth = truth.and(one);
            if truth.is_no() && !T::ON {
                return truth;
            }
        }
        truth
    }

    fn tested(&mut self, norm: &'w Norm, body: &'w Body, instance: &Instance, extended: Option<Day>) -> Outcome {
        let as_of = self.world.as_of;
        match &body.test {
            NormTest::Numbers { numbered, .. } => {
                return self.numbers(numbered, instance.span.map_or(as_of, |(first, _)| first));
            }
            NormTest::Limit { limited, .. } => {
                return self.limit(limited, instance.span.map_or(as_of, |(first, _)| first));
            }
            NormTest::Member(_) => return self.is_member(norm),
            NormTest::AtJoining { membership, condition } => return self.at_joining(*membership, condition),
            NormTest::States(condition) => return self.states(condition),
            NormTest::Shared { sharing, billed } => return self.cost(sharing, billed.as_deref()),
            NormTest::Term(term) => return self.term(norm, body, term),
            NormTest::Vote { carried, quorum } => return self.vote(carried, quorum.as_ref()),
            NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::Holds(_) | NormTest::Never(_) => {}
            NormTest::PaysShare(_) | NormTest::May { .. } | NormTest::ForPerson(_) => {}
        }
        let frame = self.frame(body, extended);
        let outcome = match &body.test {
            NormTest::Happens { events, count, counted_for } => {
                let wanted = Wanted { body, events, counted_for: *counted_for, option: None };
                self.happens(norm, wanted, count, frame)
            }
            NormTest::Never(events) => {
                let wanted = Wanted { body, events, counted_for: None, option: None };
                self.never(norm, wanted, frame)
            }
            NormTest::Dated(field) => self.dated(body, field, frame),
            NormTest::Holds(condition) => self.state(body, condition, frame),
            NormTest::PaysShare(cost) => match self.share_bearer(norm, instance) {
                Some(bearer) => self.pays_share(*cost, bearer, frame),
                None => Outcome::of(Status::Unknown),
            },
            NormTest::May { .. } => self.may(norm, body, frame),
            NormTest::ForPerson(words) => self.for_person(words, body, frame),
            _ => Outcome::of(Status::Unknown),
        };
        self.blank(outcome, frame.last, body)
    }

    fn share_bearer(&mut self, norm: &'w Norm, instance: &Instance) -> Option<ShareOf> {
        match (instance.bearer, &norm.bearer) {
            (Holder::Row(record, row), _) => Some(ShareOf::Row(record, row)),
            (Holder::Actor(actor), _) => Some(ShareOf::Actor(actor)),
            (Holder::TheOne, Some(Bearer::Actor(actor))) => Some(ShareOf::Actor(*actor)),
            (Holder::TheOne, Some(Bearer::Field(field))) => match self.field(field) {
                super::known::Val::Row(record, row) => Some(ShareOf::Row(record, row)),
                _ => None,
            },
            (Holder::TheOne, _) => None,
        }
    }

    /// A window whose end the text leaves open: silence makes the answer unknown, "reasonable" gives it to a person.
    fn blank(&mut self, outcome: Outcome, last: EdgeDay, body: &'w Body) -> Outcome {
        let judged_anyway = matches!(outcome.status, Status::NotApplicable | Status::Unknown);
        match last {
            _ if judged_anyway => outcome,
            EdgeDay::Reasonable => {
                self.trace.say(|| reason(Said::Weigh(super::values::REASONABLE.to_string()), Mark::Person, body.span));
                outcome.with(Status::NeedsJudgement)
            }
            EdgeDay::Blank => outcome.with(Status::Unknown),
            EdgeDay::On(_) | EdgeDay::NotYet | EdgeDay::Unknown | EdgeDay::None => outcome,
        }
    }

    /// What effort and a judging role make of a machine's outcome: what was done is theirs to weigh, and so is the breach
    /// of a ban; what was certainly not done needs no weighing.
    fn weighed(&mut self, norm: &'w Norm, body: &'w Body, ruling: Ruling) -> Ruling {
        let status = ruling.outcome.status;
        let person = |ruling: Ruling| Ruling { outcome: ruling.outcome.with(Status::NeedsJudgement), ..ruling };
        if body.owed == Owed::Effort && matches!(status, Status::Late | Status::Violated) {
            return person(ruling);
        }
        // Where there are readings, the role settles which of them holds, and only if they differ.
        let judges = body.judged_by.is_some() && norm.bodies.len() == 1;
        let ban = matches!(body.test, NormTest::Never(_));
        let term = matches!(body.test, NormTest::Term(_) | NormTest::Member(_));
        match status {
            Status::Satisfied | Status::Late if judges && !ban && !term => person(ruling),
            Status::Violated if judges && ban => person(ruling),
            _ => ruling,
        }
    }

    fn readings(&mut self, norm: &'w Norm, mut rulings: Vec<Ruling>) -> Ruling {
        let Some(first) = rulings.first().cloned() else { return Ruling::of(Status::NotApplicable) };
        if rulings.len() == 1 {
            return rulings.pop().unwrap_or(first);
        }
        let status = first.outcome.status;
        if rulings.iter().all(|ruling| ruling.outcome.status == status) {
            let same = rulings.iter().all(|ruling| ruling.outcome == first.outcome);
            let mut ruling = first;
            if !same {
                ruling.outcome.days = None;
            }
            return ruling;
        }
        let unknown = rulings.iter().any(|ruling| ruling.outcome.status == Status::Unknown);
        let status = if unknown { Status::Unknown } else { Status::NeedsJudgement };
        let judged_by = norm.bodies.iter().find_map(|body| body.judged_by.clone());
        let decider = match (status, judged_by) {
            (Status::NeedsJudgement, Some(role)) => Decider::Role(role),
            (Status::NeedsJudgement, None) => Decider::Unnamed,
            (_, _) => Decider::Nobody,
        };
        Ruling { outcome: Outcome::of(status), decider }
    }

    /// A first or last period of which only a part lies in the time of force.
    fn cut_short(&mut self, norm: &'w Norm, instance: &Instance, ruling: Ruling) -> Ruling {
        let (Some(_), Some(period)) = (&norm.cycle, instance.period) else { return ruling };
        let force = norm.force.intersect(self.world.plan.force);
        let first = period.stretch.from < force.from;
        let last = period.stretch.until > force.until;
        let counts = match (first, last) {
            (false, false) => return ruling,
            (true, _) => norm.first_period,
            (false, true) => norm.last_period,
        };
        let counted = norm.bodies.iter().any(|body| matches!(body.test, NormTest::Happens { .. }));
        match (counts, ruling.outcome.status) {
            (Some(CutCounts::NotAtAll), _) => {
                self.trace.say(|| reason(Said::CutShort, Mark::No, norm.span));
                Ruling::of(Status::NotApplicable)
            }
            (Some(CutCounts::Whole | CutCounts::InProportion), _) => ruling,
            // Done in full all the same, or not decided yet: how the short period counts makes no difference.
            (None, Status::Late | Status::Violated) if counted => {
                self.trace.say(|| reason(Said::CutShort, Mark::Person, norm.span));
                let role = norm.bodies.iter().find_map(|body| body.judged_by.clone());
                let decider = role.map_or(Decider::Unnamed, Decider::Role);
                Ruling { outcome: ruling.outcome.with(Status::NeedsJudgement), decider }
            }
            (None, _) => ruling,
        }
    }

    fn settled_by_people(&mut self, norm: &'w Norm, instance: &Instance, ruling: Ruling) -> Ruling {
        let ruling = self.attested(norm, instance, ruling);
        let weighs = norm.bodies.iter().any(|body| body.judged_by.is_some())
            || ruling.outcome.status == Status::NeedsJudgement
            || norm.bodies.iter().any(|body| matches!(body.test, NormTest::ForPerson(_)));
        if !weighs || ruling.outcome.status == Status::NotApplicable {
            return ruling;
        }
        let recorded = self.judgements(norm, instance);
        let Some((at, latest)) = recorded.last().copied() else { return ruling };
        let rivals: Vec<&Judgement> = recorded.iter().map(|(_, one)| *one).filter(|one| one.on == latest.on).collect();
        if rivals.iter().any(|one| one.outcome != latest.outcome) {
            self.trace.missing(|| Missing::Contradiction(rivals.iter().map(|one| one.place).collect()));
            return Ruling::of(Status::Unknown);
        }
        self.say_recorded(Said::Judgement(at), Some(latest.place));
        let status = match latest.outcome {
            Recorded::Kept => Status::Satisfied,
            Recorded::Late => Status::Late,
            Recorded::Broken => Status::Violated,
            Recorded::NotApplicable => Status::NotApplicable,
        };
        Ruling { outcome: ruling.outcome.with(status), decider: Decider::Nobody }
    }

    /// Evidence that a role must attest counts once it has.
    fn attested(&mut self, norm: &'w Norm, instance: &Instance, ruling: Ruling) -> Ruling {
        let Some(role) = norm.bodies.iter().find_map(|body| body.attested_by.as_ref()) else { return ruling };
        let words = norm.bodies.iter().any(|body| matches!(body.test, NormTest::ForPerson(_)));
        let status = ruling.outcome.status;
        let counts = matches!(status, Status::Satisfied | Status::Late);
        let weighs = words && matches!(status, Status::NeedsJudgement | Status::Pending);
        if !counts && !weighs {
            return ruling;
        }
        let name = self.clause_name(norm);
        let as_of = self.world.as_of;
        let all = self.world.facts.attestations.iter().enumerate();
        let fitting = all.filter(|(_, one)| {
            one.clause == name
                && one.by == *role
                && one.on <= as_of
                && self.matches(one.subject.as_deref(), one.period.as_deref(), norm, instance)
        });
        match fitting.max_by_key(|(_, one)| one.on) {
            Some((at, one)) => {
                let (holds, place) = (one.holds, one.place);
                self.say_recorded(Said::Attestation(at), Some(place));
                let status = match (holds, words) {
                    (true, true) => Status::Satisfied,
                    (true, false) => status,
                    (false, _) => Status::Violated,
                };
                Ruling { outcome: ruling.outcome.with(status), decider: Decider::Nobody }
            }
            None if words && status == Status::Pending => ruling,
            None => {
                self.trace.missing(|| Missing::Attestation { role: role.clone() });
                Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody }
            }
        }
    }

    fn clause_name(&self, norm: &Norm) -> &'w str {
        self.world.plan.clause(norm.clause).map_or("", |clause| &clause.name)
    }

    /// Recorded judgements of the instance by the role that may judge it, earliest first.
    fn judgements(&self, norm: &Norm, instance: &Instance) -> Vec<(usize, &'w Judgement)> {
        let name = self.clause_name(norm);
        let roles: Vec<&String> = norm.bodies.iter().filter_map(|body| body.judged_by.as_ref()).collect();
        let as_of = self.world.as_of;
        let all = self.world.facts.judgements.iter().enumerate();
        let fitting = all.filter(|(_, one)| {
            one.clause == name
                && one.on <= as_of
                && (roles.is_empty() || roles.contains(&&one.by))
                && self.matches(one.subject.as_deref(), one.period.as_deref(), norm, instance)
        });
        let mut all: Vec<(usize, &Judgement)> = fitting.collect();
        all.sort_by_key(|(_, one)| one.on);
        all
    }

    /// The latest waiver or extension of the instance.
    fn waiver(&self, norm: &Norm, instance: &Instance) -> Option<(usize, &'w Waiver)> {
        let name = self.clause_name(norm);
        let as_of = self.world.as_of;
        let all = self.world.facts.waivers.iter().enumerate();
        let fitting = all.filter(|(_, one)| {
            one.clause == name
                && one.on <= as_of
                && self.matches(one.subject.as_deref(), one.period.as_deref(), norm, instance)
        });
        fitting.max_by_key(|(_, one)| one.on)
    }

    /// Whether a recorded decision about this subject and period, as far as it names them, is about this instance.
    fn matches(&self, subject: Option<&str>, period: Option<&str>, norm: &Norm, instance: &Instance) -> bool {
        let fits_period = match (period, instance.period) {
            (Some(wanted), Some(period)) => period.label.to_string() == wanted,
            (Some(_), None) => false,
            (None, _) => true,
        };
        let names = |wanted: &str| {
            let of_subject = instance.subject.and_then(|(line, row)| {
                let record = norm.subjects.get(usize::from(line))?.record;
                Some(self.world.facts.id(record, row) == wanted)
            });
            let of_bearer = match instance.bearer {
                Holder::Row(record, row) => self.world.facts.id(record, row) == wanted,
                Holder::Actor(actor) => self.world.plan.schema.actor(actor).is_some_and(|actor| actor.name == wanted),
                Holder::TheOne => match &norm.bearer {
                    Some(Bearer::Actor(actor)) => {
                        self.world.plan.schema.actor(*actor).is_some_and(|actor| actor.name == wanted)
                    }
                    _ => false,
                },
            };
            of_subject == Some(true) || of_bearer
        };
        fits_period && subject.is_none_or(names)
    }

    fn say_recorded(&mut self, said: Said, place: Option<crate::source::Span>) {
        self.trace.say(|| {
            let mut step = reason(said, Mark::Plain, None);
            step.fact = place;
            step
        });
    }
}

/// The term that an instance is for, when each term has one.
fn of_term(norm: &Norm, instance: &Instance) -> Option<(ClauseId, Stretch)> {
    let (None, Some(period)) = (&norm.cycle, instance.period) else { return None };
    let (term, _) = norm.bodies.iter().find_map(|body| year_of(&body.window))?;
    match period.label {
        PeriodLabel::Days(first, last) => Some((term, Stretch::of_days(first, last))),
        _ => None,
    }
}

/// Who decides what a body leaves to a person.
fn decider_of(body: &Body) -> Decider {
    if let Some(role) = &body.judged_by {
        return Decider::Role(role.clone());
    }
    if let NormTest::May { inside: Some(inside), .. } = &body.test {
        return Decider::Role(inside.decided_by.clone());
    }
    let conditions = body.conditions.iter().map(|when| match when {
        When::If(condition) | When::Unless(condition) => condition,
    });
    conditions.filter_map(judged_in).next().map_or(Decider::Unnamed, Decider::Role)
}

fn judged_in(condition: &Cond) -> Option<String> {
    match &condition.kind {
        CondKind::Judged { by, .. } => by.clone(),
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().find_map(judged_in),
        CondKind::Not(inner) => judged_in(inner),
        CondKind::Always | CondKind::Test(_) | CondKind::All { .. } => None,
        CondKind::Some(_) | CondKind::Defined { .. } => None,
    }
}
