//! The judgement of one instance: whether it is in force and reached, what its readings say, and what people make of it.

use crate::model::clause::{Bearer, CutCounts, When};
use crate::model::expr::{ClauseId, Cond, CondKind, Var};
use crate::model::schema::FieldId;
use crate::plan::{Body, Norm, NormTest, Owed};
use crate::value::{Day, PeriodLabel, Stretch};
use crate::verdict::{Decider, Holder, Instance, Mark, Said, ShareOf, Status};

use super::instances::year_of;
use super::judge::Judge;
use super::obligations::Wanted;
use super::outcome::Outcome;
use super::trace::{Trace, reason};
use super::truth::Truth;
use super::values::EdgeDay;
use super::wording::{How, Speaks};

/// An outcome, and who decides when a person must.
#[derive(Clone, Debug)]
pub struct Ruling {
    pub outcome: Outcome,
    pub decider: Decider,
}

impl Ruling {
    pub fn of(status: Status) -> Ruling {
        Ruling { outcome: Outcome::of(status), decider: Decider::Nobody }
    }
}

impl<'w, T: Trace> Judge<'w, T> {
    /// Judges an instance, whichever way amendments of which it is open have gone.
    pub fn judge(&mut self, instance: &Instance) -> Ruling {
        let plan = self.world.plan;
        if plan.amendments.is_empty() {
            return self.judge_here(instance);
        }
        match plan.norm(instance.norm) {
            Some(norm) if self.is_past_trying(norm.clause) => {
                self.tell_open_adoptions();
                Ruling::of(Status::Unknown)
            }
            Some(norm) if self.is_taken_in_ways(norm, instance) => self.judge_each_way(norm, instance),
            Some(_) | None => self.judge_here(instance),
        }
    }

    /// Judges an instance as amendments are taken to have gone.
    pub fn judge_here(&mut self, instance: &Instance) -> Ruling {
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

    pub fn judge_bound(&mut self, norm: &'w Norm, instance: &Instance) -> Ruling {
        if !self.in_force(norm, instance) {
            self.tell_not_in_force(norm);
            return Ruling::of(Status::NotApplicable);
        }
        if T::ON
            && let Some(by) = norm.by
        {
            let place = self.world.plan.amendment(by).map(|amendment| amendment.name_span);
            self.trace.say(|| reason(Said::Amended(by), Mark::Plain, place));
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

    pub fn bind_rows(&mut self, norm: &'w Norm, instance: &Instance) {
        if let Some((line, row)) = instance.subject {
            let var = norm.subjects.get(usize::from(line)).map_or(Var(0), |of| of.var);
            self.bind(var, row);
        }
        if let (Holder::Row(_, row), Some(Bearer::Each(of))) = (instance.bearer, &norm.bearer) {
            self.bind(of.var, row);
        }
    }

    /// Whether this wording speaks of the instance.
    pub fn in_force(&mut self, norm: &'w Norm, instance: &Instance) -> bool {
        let force = self.chosen(norm);
        let on_its_day = match instance.period {
            Some(period) => !force.intersect(period.stretch).is_empty(),
            None => force.contains(self.then),
        };
        if !self.world.plan.is_amended(norm.clause) {
            return on_its_day;
        }
        if self.spoke == Some(instance.norm) {
            return true;
        }
        let begun = instance.subject.and_then(|subject| self.begun(norm, subject));
        match self.wording(norm.clause, instance.norm, instance, begun) {
            Some(Speaks { norm, how: How::FromItsBeginning }) => norm == instance.norm && on_its_day,
            Some(Speaks { norm, how: How::TakenOver }) => norm == instance.norm,
            Some(Speaks { how: How::FallenAway(_), .. }) | None => false,
        }
    }

    fn tell_not_in_force(&mut self, norm: &'w Norm) {
        let ended = norm.cuts.iter().find(|cut| self.is_adopted(cut.by) && cut.on <= self.then.max(self.world.as_of));
        let (day, said) = (self.then, ended.map(|cut| Said::Ended { clause: norm.clause, by: cut.by }));
        let place = ended.and_then(|cut| self.world.plan.amendment(cut.by)).map(|amendment| amendment.name_span);
        self.trace.say(|| reason(said.unwrap_or(Said::NotInForce { day }), Mark::No, place.unwrap_or(norm.span)));
    }

    /// What the norm itself says, settled by what people decided.
    fn ruled(&mut self, norm: &'w Norm, instance: &Instance) -> Ruling {
        let extension = self.waiver(norm, instance).and_then(|(at, waiver)| Some((at, waiver.until?)));
        if let Some((at, _)) = extension {
            self.say_recorded(Said::Waiver(at), self.world.facts.waivers.get(at).map(|waiver| waiver.decision.place));
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
            let (outcome, strength) = (&ruling.outcome, norm.strength);
            let called = outcome.nuance.called(outcome.status, strength);
            let days = outcome.days;
            self.trace.close(|| reason(Said::Reading { name: name.clone(), called, days }, Mark::Plain, body.span));
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
            NormTest::PaysShare(_) | NormTest::May { .. } | NormTest::ForPerson(_) | NormTest::HoldsDaily(_) => {}
        }
        let frame = self.frame(body, extended);
        let outcome = match &body.test {
            NormTest::Happens { events, count, counted_for } => {
                let by = self.doer(norm, instance);
                let wanted = Wanted { body, events, counted_for: *counted_for, option: None, by };
                self.happens(norm, wanted, count, frame)
            }
            NormTest::Never(events) => {
                let by = self.doer(norm, instance);
                let wanted = Wanted { body, events, counted_for: None, option: None, by };
                self.never(norm, wanted, frame)
            }
            NormTest::Dated(field) => self.dated(body, field, frame),
            NormTest::Holds(condition) => self.state(body, condition, frame),
            NormTest::PaysShare(cost) => match self.share_bearer(norm, instance) {
                Some(bearer) => self.pays_share(*cost, bearer, frame),
                None => Outcome::of(Status::Unknown),
            },
            NormTest::May { .. } => self.may(norm, body, self.doer(norm, instance), frame),
            NormTest::ForPerson(words) => self.for_person(words, body, frame),
            _ => Outcome::of(Status::Unknown),
        };
        self.blank(outcome, frame.last, body)
    }

    /// The field of the events that tells which of several actors did them, and the actor of this instance.
    fn doer(&self, norm: &'w Norm, instance: &Instance) -> Option<(FieldId, &'w str)> {
        let Holder::Actor(actor) = instance.bearer else { return None };
        Some((norm.done_by?, self.world.plan.schema.actor(actor)?.name.as_str()))
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
        let force = self.runs(norm);
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
}

/// The term that an instance is for, when each term has one.
fn of_term(norm: &Norm, instance: &Instance) -> Option<(ClauseId, Stretch)> {
    let (None, Some(period)) = (&norm.cycle, instance.period) else { return None };
    let term = norm.bodies.iter().find_map(|body| year_of(&body.window))?.term;
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
        CondKind::OnDay { of, .. } => judged_in(of),
    }
}
