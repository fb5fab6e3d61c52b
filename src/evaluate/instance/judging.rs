//! The judgement of one instance: whether it is in force and reached, what its readings say, and what people make of it.

use crate::model::clause::{Bearer, CutCounts, CycleOf, When};
use crate::model::expr::{ClauseId, Cond, CondKind, Var};
use crate::plan::{Body, Norm, NormId, NormTest, Owed};
use crate::value::{Day, PeriodLabel, Stretch};
use crate::verdict::{Decider, Holder, Instance, Mark, Nuance, Said, ShareOf, Status};

use super::life::Own;
use super::ruling::Ruling;
use crate::evaluate::amendments::wording::{How, Speaks};
use crate::evaluate::expr::edges::{EdgeDay, Frame, REASONABLE};
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::TRIED;
use crate::evaluate::norms::case::{Case, Life, bearer_of, of_term};
use crate::evaluate::norms::deeds::Wanted;
use crate::evaluate::norms::{composition, costs, events, standing, state};
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// Who bears how much.
type Shares = Vec<(ShareOf, crate::value::Money)>;

impl<'w, T: Trace> Judge<'w, T> {
    /// Judges an instance, whichever way amendments of which it is open have gone.
    pub fn judge(&mut self, instance: &Instance) -> Ruling {
        let plan = self.ask.world.plan;
        if plan.amendments.is_empty() {
            return self.judge_each_day(instance);
        }
        match plan.norm(instance.norm) {
            Some(norm) if self.ask.law.is_past_trying(norm.clause) => {
                self.tell_open_adoptions();
                Ruling::of(Status::Unknown)
            }
            Some(norm) if self.ask.law.ways() > 1 => self.judge_each_way(norm, instance),
            Some(_) | None => self.judge_each_day(instance),
        }
    }

    /// Judges an instance for each of the days that its subject's or its bearer's own days may be. What comes out the same for all
    /// of them is the verdict.
    pub fn judge_each_day(&mut self, instance: &Instance) -> Ruling {
        let Some(norm) = self.ask.world.plan.norm(instance.norm) else { return Ruling::of(Status::NotApplicable) };
        if self.ask.world.tried.iter().any(Option::is_some) {
            return self.judge_here(instance);
        }
        if let Some(ways) = self.open_days(norm, instance).filter(|ways| ways.len() > 1) {
            return self.judge_ways(norm, instance, &ways).unwrap_or_else(|| {
                for tried in ways.first().into_iter().flatten().flatten() {
                    self.ask.cell(tried.cell, norm.span);
                }
                Ruling::of(Status::Unknown)
            });
        }
        self.ask.open.clear();
        self.ask.noted.clear();
        let mark = self.ask.trace.mark();
        let ruling = self.judge_here(instance);
        if ruling.outcome.status != Status::Unknown {
            return ruling;
        }
        // A value that was looked at more than once may come to the same whatever it is.
        let ways = self.open_values();
        if ways.len() < 2 {
            return ruling;
        }
        match self.judge_ways(norm, instance, &ways).filter(|ruling| ruling.outcome.status != Status::Unknown) {
            Some(ruling) => {
                self.ask.trace.forget(mark);
                ruling
            }
            None => ruling,
        }
    }

    /// The verdict that comes out in all ways of taking what is open, if there is one.
    fn judge_ways(
        &mut self,
        norm: &'w Norm,
        instance: &Instance,
        ways: &[[Option<crate::evaluate::knowledge::world::Tried>; TRIED]],
    ) -> Option<Ruling> {
        let mut agreed: Option<(Ruling, Option<Shares>)> = None;
        let mut same = true;
        self.ask.trace.hush();
        for way in ways {
            let ruling = self.judge_trying(norm, instance, *way);
            let shares = self.shared.take();
            match &mut agreed {
                None => agreed = Some((ruling, shares)),
                Some((before, shared)) if before.same_as(&ruling) && *shared == shares => before.widen(&ruling),
                Some(_) => {
                    same = false;
                    break;
                }
            }
        }
        self.ask.trace.speak();
        let (ruling, _) = agreed.filter(|_| same)?;
        if T::ON
            && let Some(way) = ways.first()
        {
            self.judge_trying(norm, instance, *way);
        }
        Some(ruling)
    }

    fn judge_trying(
        &mut self,
        norm: &'w Norm,
        instance: &Instance,
        way: [Option<crate::evaluate::knowledge::world::Tried>; TRIED],
    ) -> Ruling {
        self.ask.world.tried = way;
        self.forget();
        // On another day another wording may speak of it.
        let several = self.ask.world.plan.norms_of(norm.clause).nth(1).is_some();
        let here = if several { self.taken(norm, instance) } else { Some(*instance) };
        let ruling = here.map_or(Ruling::of(Status::NotApplicable), |here| self.judge_here(&here));
        self.ask.world.tried = [None; TRIED];
        self.forget();
        ruling
    }

    /// Judges an instance as amendments are taken to have gone.
    pub fn judge_here(&mut self, instance: &Instance) -> Ruling {
        let plan = self.ask.world.plan;
        let Some(norm) = plan.norm(instance.norm) else { return Ruling::of(Status::NotApplicable) };
        self.ask.vars.clear();
        self.bind_rows(norm, instance);
        let before = self.ask.term;
        self.ask.term = own_term(norm, instance).or(before);
        (self.ask.period, self.ask.since) = (instance.period, self.ask.law.first_day(norm.clause));
        let as_of = self.ask.world.as_of;
        (self.ask.on, self.ask.by) = (as_of, as_of);
        self.ask.cycle = if norm.cycle.is_some() { self.cycle(norm) } else { None };
        let ruling = match self.wordings_of_acts(norm, instance) {
            Some(wordings) => self.judge_by_acts(&wordings, instance),
            None => self.judge_bound(norm, instance),
        };
        self.ask.term = before;
        ruling
    }

    /// The wordings that a ban or a right without a cycle has had, where there are several: each act is judged by that of its day.
    fn wordings_of_acts(&self, norm: &'w Norm, instance: &Instance) -> Option<Vec<NormId>> {
        let acts = norm.bodies.iter().all(|body| matches!(body.test, NormTest::Never(_) | NormTest::May { .. }));
        if !acts || !self.goes_by_wording(norm, instance) {
            return None;
        }
        let as_of = self.ask.world.as_of;
        let begun = self.ask.world.plan.norms_of(norm.clause).filter(|(_, norm)| {
            let force = self.ask.law.chosen(norm);
            !force.is_empty() && force.from <= as_of
        });
        let begun: Vec<NormId> = begun.map(|(id, _)| id).collect();
        (begun.len() > 1).then_some(begun)
    }

    fn judge_by_acts(&mut self, wordings: &[NormId], instance: &Instance) -> Ruling {
        let plan = self.ask.world.plan;
        let mut told: Option<Ruling> = None;
        for id in wordings {
            let Some(norm) = plan.norm(*id) else { continue };
            let here = Instance { norm: *id, ..*instance };
            self.ask.vars.clear();
            self.bind_rows(norm, &here);
            let right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
            let ruling = self.judge_bound(norm, &here);
            let heavier = |one: &Ruling, other: &Ruling| weight(one, right) >= weight(other, right);
            told = Some(match told {
                Some(before) if heavier(&before, &ruling) => before,
                Some(_) | None => ruling,
            });
        }
        told.unwrap_or(Ruling::of(Status::NotApplicable))
    }

    pub fn bind_rows(&mut self, norm: &'w Norm, instance: &Instance) {
        if let Some((line, row)) = instance.subject {
            let var = norm.subjects.get(usize::from(line)).map_or(Var(0), |of| of.var);
            self.ask.bind(var, row);
        }
        if let Some((_, var, row)) = bearer_of(norm, instance) {
            self.ask.bind(var, row);
        }
    }

    fn judge_bound(&mut self, norm: &'w Norm, instance: &Instance) -> Ruling {
        let own = self.own(norm, instance);
        if own == Own::None || self.never_lasted(norm, instance) {
            self.ask.trace.say(|| reason(Said::Words("it has not happened"), Mark::No, norm.span));
            return Ruling::of(Status::NotApplicable);
        }
        if let (Some(CycleOf::Counted { from, .. }), None) = (&norm.cycle, instance.period) {
            // What its periods are counted from is not known.
            self.ask.value(from);
            return Ruling::of(Status::Unknown);
        }
        if let Some(problem) = instance.period.and_then(|period| period.refused) {
            self.ask.trace.say(|| reason(Said::NoSuchDay(problem.to_string()), Mark::Person, norm.span));
            let role = norm.bodies.iter().find_map(|body| body.judged_by.clone());
            let ruling = Ruling {
                outcome: Outcome::of(Status::NeedsJudgement),
                decider: role.map_or(Decider::Unnamed, Decider::Role),
            };
            return self.settled_by_people(norm, instance, ruling);
        }
        let began = self.began(norm, instance, own);
        if own != Own::Unknown && !self.in_force(norm, instance, (own, began)) {
            self.tell_not_in_force(norm, began);
            return Ruling::of(Status::NotApplicable);
        }
        if T::ON
            && let Some(by) = norm.by
        {
            let place = self.ask.world.plan.amendment(by).map(|amendment| amendment.name_span);
            self.ask.trace.say(|| reason(Said::Amended(by), Mark::Plain, place));
        }
        let as_of = self.ask.world.as_of;
        (self.ask.on, self.ask.by) = (began, began.min(as_of));
        let reach = self.reach(norm, instance, began);
        if reach.is_no() {
            return Ruling::of(Status::NotApplicable);
        }
        if own == Own::Unknown {
            self.tell_own_day(norm, instance);
            return Ruling::of(Status::Unknown);
        }
        if let Some(ruling) = self.steps_back(norm, instance) {
            return ruling;
        }
        let ruling = self.ruled(norm, instance, (own, began));
        self.reached(ruling, reach)
    }

    /// Whether a lasting subject ended before it began.
    fn never_lasted(&mut self, norm: &'w Norm, instance: &Instance) -> bool {
        let Some((line, row)) = instance.subject else { return false };
        let days = match norm.bodies.first().map(|body| &body.test) {
            Some(NormTest::AtJoining { membership, .. }) => {
                self.ask.quietly(|ask| ask.member_days(*membership, row)).map(|days| (days.from, days.last()))
            }
            _ => {
                norm.subjects.get(usize::from(line)).and_then(|of| self.lasts(of, row)).map(|one| (one.from, one.last))
            }
        };
        matches!(days, Some((EdgeDay::On(from), EdgeDay::On(last))) if last.last < from.first)
    }

    /// The day on which an instance began, as of which its conditions are asked: its subject's own day, else its period's first (or
    /// force's, if later), else the as-of day, at the latest the last day of force.
    fn began(&mut self, norm: &'w Norm, instance: &Instance, own: Own) -> Day {
        let as_of = self.ask.world.as_of;
        if let Some((first, _)) = instance.span.filter(|_| is_daily(norm)) {
            return first;
        }
        let force = self.governs(norm, instance);
        let first = instance.period.map(|period| period.first().max(force.from));
        match (own, first) {
            (Own::On(day), Some(first)) if !self.subject_is_event(norm, instance) => day.max(first),
            (Own::On(day) | Own::ToCome(day), _) => day,
            (_, Some(first)) => first,
            (_, None) => {
                let force = if force.is_empty() { as_of } else { force.last() };
                as_of.min(force).min(self.due_once(norm))
            }
        }
    }

    /// The last day of what is due once.
    fn due_once(&mut self, norm: &'w Norm) -> Day {
        let body = norm.bodies.first().filter(|body| has_window(&body.test));
        let last = body.and_then(|body| self.ask.quietly(|ask| ask.frame(body, None)).last.exact());
        last.unwrap_or(Day::MAX)
    }

    fn subject_is_event(&self, norm: &Norm, instance: &Instance) -> bool {
        // Joining is an event.
        if norm.bodies.iter().any(|body| matches!(body.test, NormTest::AtJoining { .. })) {
            return true;
        }
        let of = instance.subject.and_then(|(line, _)| norm.subjects.get(usize::from(line)));
        of.is_some_and(|of| of.members_of.is_none() && self.ask.world.shape(of.record).is_event())
    }

    /// Whether this wording speaks of the instance.
    pub fn in_force(&mut self, norm: &'w Norm, instance: &Instance, (own, began): (Own, Day)) -> bool {
        let chosen = self.ask.law.chosen(norm);
        if self.goes_by_wording(norm, instance) {
            return !chosen.is_empty() && chosen.from <= self.ask.world.as_of;
        }
        let on_its_day = match (instance.period, own) {
            (Some(period), _) => !chosen.intersect(period.stretch).is_empty(),
            (None, Own::On(_) | Own::ToCome(_)) => chosen.contains(began),
            (None, _) => !chosen.is_empty() && chosen.from <= self.ask.world.as_of,
        };
        if !self.ask.world.plan.is_amended(norm.clause) {
            return on_its_day;
        }
        match self.wording(norm.clause, instance.norm, instance, (own, began)) {
            Some(Speaks { norm, how: How::FromItsBeginning }) => norm == instance.norm && on_its_day,
            Some(Speaks { norm, how: How::TakenOver }) => norm == instance.norm,
            Some(Speaks { how: How::FallenAway(_), .. }) | None => false,
        }
    }

    fn tell_not_in_force(&mut self, norm: &'w Norm, day: Day) {
        let by = day.max(self.ask.world.as_of);
        let ended = norm.cuts.iter().find(|cut| self.ask.law.is_adopted(cut.by) && cut.on <= by);
        let said = ended.map(|cut| Said::Ended { clause: norm.clause, by: cut.by });
        let place = ended.and_then(|cut| self.ask.world.plan.amendment(cut.by)).map(|amendment| amendment.name_span);
        self.ask.trace.say(|| reason(said.unwrap_or(Said::NotInForce { day }), Mark::No, place.unwrap_or(norm.span)));
    }

    fn tell_own_day(&mut self, norm: &'w Norm, instance: &Instance) {
        let Some((line, row)) = instance.subject else { return };
        let Some(of) = norm.subjects.get(usize::from(line)) else { return };
        if let Some(clause) = of.members_of {
            self.ask.member(clause, row, self.ask.world.as_of);
        } else if let Some(cell) = crate::evaluate::norms::case::day_cell(&self.ask.world, of, row) {
            self.ask.cell(cell, of.span);
        }
    }

    /// What the norm itself says, settled by what people decided.
    fn ruled(&mut self, norm: &'w Norm, instance: &Instance, began: (Own, Day)) -> Ruling {
        let extension = self.waiver(norm, instance).and_then(|(at, waiver)| Some((at, waiver.until?)));
        if let Some((at, _)) = extension {
            let place = self.ask.world.facts.waivers.get(at).map(|waiver| waiver.decision.place);
            self.say_recorded(Said::Waiver(at), place);
        }
        let extended = extension.map(|(_, until)| until);
        let mut rulings = Vec::with_capacity(norm.bodies.len());
        for body in &norm.bodies {
            rulings.push(self.read(norm, body, instance, (began, extended)));
        }
        let ruling = self.readings(norm, rulings);
        self.settled_by_people(norm, instance, ruling)
    }

    /// One reading.
    fn read(
        &mut self,
        norm: &'w Norm,
        body: &'w Body,
        instance: &Instance,
        (began, extended): ((Own, Day), Option<Day>),
    ) -> Ruling {
        let named = body.reading.is_some();
        if named {
            self.ask.trace.open();
        }
        let before = (self.ask.on, self.ask.by, self.ask.since);
        let ruling = self.body(norm, body, instance, (began, extended));
        (self.ask.on, self.ask.by, self.ask.since) = before;
        if let Some(name) = &body.reading {
            let (outcome, strength) = (&ruling.outcome, norm.strength);
            let called = outcome.nuance.called(outcome.status, strength);
            let days = outcome.days;
            self.ask.trace.close(|| reason(Said::Reading { name: name.clone(), called, days }, Mark::Plain, body.span));
        }
        ruling
    }

    fn body(
        &mut self,
        norm: &'w Norm,
        body: &'w Body,
        instance: &Instance,
        ((own, began), extended): ((Own, Day), Option<Day>),
    ) -> Ruling {
        if let NormTest::AtJoining { membership, .. } = body.test
            && let Err(outcome) = standing::joining(&mut self.ask, membership)
        {
            return Ruling { outcome, decider: Decider::Nobody };
        }
        let frame = if has_window(&body.test) {
            let frame = self.ask.frame(body, extended);
            if let Some(ruling) = self.no_window(&frame, body) {
                return ruling;
            }
            frame
        } else {
            Frame { first: EdgeDay::None, last: EdgeDay::None, after: false }
        };
        let (life, binds) = self.life(norm, instance, (own, began, frame));
        if binds.is_no() {
            return Ruling::of(Status::NotApplicable);
        }
        let case = Case { norm, body, instance: *instance, frame, life };
        (self.ask.on, self.ask.by) = (life.began, life.began.min(self.ask.world.as_of));
        // Conditions of a term govern its renewal, of a ban or a right each act.
        let asked_once =
            !matches!(body.test, NormTest::Term(_) | NormTest::Never(_) | NormTest::Member(_) | NormTest::May { .. });
        let applies = if asked_once { self.ask.applies(&body.conditions) } else { Truth::Yes };
        if applies.is_no() {
            return Ruling::of(Status::NotApplicable);
        }
        let planned = self.planned(&case);
        let waits = planned.is_some();
        let mut ruling = match planned {
            Some(ruling) => ruling,
            None => Ruling { outcome: self.tested(&case), decider: Decider::Nobody },
        };
        ruling = self.cut_short(&case, ruling);
        ruling = self.after_the_end(&case, ruling);
        ruling = self.reached(ruling, if waits { binds } else { applies.and(binds) });
        // Where the window may have no day, or its ends are not known, nothing is certain of it.
        let firm = matches!(ruling.outcome.status, Status::Satisfied | Status::Late | Status::Violated);
        if (firm || ruling.outcome.nuance == Nuance::NotUsed) && case.frame.may_hold_no_day() {
            ruling = Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody };
        }
        ruling = self.weighed(&case, ruling);
        if ruling.outcome.status == Status::NeedsJudgement && !matches!(ruling.decider, Decider::Role(_)) {
            ruling.decider = decider_of(body);
        }
        ruling
    }

    /// What a window makes of an instance that has none, or one that no day fits.
    fn no_window(&mut self, frame: &Frame, body: &'w Body) -> Option<Ruling> {
        if frame.first == EdgeDay::NoDay || frame.last == EdgeDay::NoDay {
            return Some(Ruling::of(Status::NotApplicable));
        }
        if frame.first == EdgeDay::NoSuchDay || frame.last == EdgeDay::NoSuchDay {
            return Some(self.for_person_of(body, Outcome::of(Status::NeedsJudgement)));
        }
        let since = self.ask.since;
        if let EdgeDay::On(last) = frame.last
            && last.last < since
        {
            self.ask.trace.say(|| reason(Said::NotInForce { day: last.last }, Mark::No, body.span));
            return Some(Ruling::of(Status::NotApplicable));
        }
        let (first, last) = frame.is_empty()?;
        self.ask.trace.say(|| reason(Said::EmptyWindow { first, last }, Mark::Person, body.span));
        Some(self.for_person_of(body, Outcome::of(Status::NeedsJudgement)))
    }

    fn for_person_of(&self, body: &'w Body, outcome: Outcome) -> Ruling {
        Ruling { outcome, decider: decider_of(body) }
    }

    /// The time in which an instance binds, and whether its bearer is bound at all.
    fn life(&mut self, norm: &'w Norm, instance: &Instance, (own, began, frame): (Own, Day, Frame)) -> (Life, Truth) {
        let as_of = self.ask.world.as_of;
        let governs = self.governs(norm, instance);
        let mut life = Life {
            began,
            own: if let Own::On(day) = own { Some(day) } else { None },
            since: self.ask.since.max(governs.from),
            bearer_since: Day::MIN,
            subject_since: Day::MIN,
            ends: governs.last().max(governs.from),
        };
        if let Some((line, row)) = instance.subject
            && let Some(of) = norm.subjects.get(usize::from(line))
            && let Some(lasts) = self.lasts(of, row)
        {
            life.subject_since = lasts.from.exact().unwrap_or(Day::MIN);
            life.ends = lasts.last.exact().map_or(life.ends, |last| life.ends.min(last));
        }
        let mut binds = Truth::Yes;
        if let Some((of, _, row)) = bearer_of(norm, instance)
            && let Some(lasts) = self.lasts(of, row)
        {
            if let Some(first) = lasts.from.exact() {
                life.since = life.since.max(first);
                life.bearer_since = first;
                life.began =
                    life.began.max(if instance.subject.is_none() { first.min(as_of.max(began)) } else { began });
            }
            if let Some(last) = lasts.last.exact() {
                life.ends = life.ends.min(last);
            }
            let (from, through) = match (instance.subject, instance.period) {
                (Some(_), _) => (began, began),
                (None, Some(period)) => (period.first().max(self.ask.since), period.last().min(governs.last())),
                (None, None) => {
                    let first = frame.first.exact().unwrap_or(self.ask.since);
                    let last = match frame.last {
                        EdgeDay::On(day) => day.last,
                        _ => as_of,
                    };
                    (first.min(last), last.min(governs.last().max(first.min(last))))
                }
            };
            binds = self.bears(norm, instance, (of, row, lasts), (from, through));
            // Whoever comes after the last day has nothing to do by it.
            if let (EdgeDay::On(last), EdgeDay::On(first)) = (frame.last, lasts.from)
                && last.last < first.first
            {
                binds = Truth::No;
            }
        }
        (life, binds)
    }

    /// A subject still to come: what is neither a duty nor a right, with days of its own, waits for it.
    fn planned(&mut self, case: &Case<'w>) -> Option<Ruling> {
        let day = case.life.own.or(case.instance.span.is_none().then_some(case.life.began))?;
        let as_of = self.ask.world.as_of;
        let waits = match case.body.test {
            NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_) => false,
            NormTest::AtJoining { .. } | NormTest::Member(_) | NormTest::Term(_) | NormTest::May { .. } => false,
            NormTest::Holds(_) | NormTest::HoldsDaily(_) | NormTest::Never(_) | NormTest::Numbers { .. } => true,
            NormTest::Limit { .. } | NormTest::States(_) | NormTest::Shared { .. } | NormTest::Vote { .. } => true,
            NormTest::ForPerson(_) => true,
        };
        if day <= as_of || (case.instance.period.is_some() && case.life.own.is_none()) {
            return None;
        }
        let planned = if case.life.own.is_some() || case.instance.subject.is_some() { Some(day) } else { None }?;
        let said = if waits { Said::Planned { day: planned } } else { Said::ToCome { day: planned } };
        self.ask.trace.say(|| reason(said, Mark::Plain, case.norm.span));
        waits.then(|| {
            let (first, last) = (case.frame.first_day(), case.frame.last_day());
            Ruling { outcome: Outcome { first, last, ..Outcome::of(Status::Pending) }, decider: Decider::Nobody }
        })
    }

    fn tested(&mut self, case: &Case<'w>) -> Outcome {
        let plan = self.ask.world.plan;
        let on = case.instance.span.map_or_else(|| state::standing_day(&self.ask, case), |(first, _)| first);
        let outcome = match &case.body.test {
            NormTest::Numbers { numbered, .. } => {
                let outcome = composition::numbers(&mut self.ask, numbered, on);
                return self.watched(case, outcome);
            }
            NormTest::Limit { limited, .. } => {
                let outcome = composition::limit(&mut self.ask, limited, on);
                return self.watched(case, outcome);
            }
            NormTest::HoldsDaily(condition) => {
                let outcome = state::on_a_day(&mut self.ask, condition, on);
                return self.watched(case, outcome);
            }
            NormTest::Member(_) => return standing::is_member(&mut self.ask, case.norm),
            NormTest::AtJoining { membership, condition } => {
                return standing::at_joining(&mut self.ask, *membership, condition);
            }
            NormTest::States(condition) => return standing::states(&mut self.ask, case, condition),
            NormTest::Shared { sharing, billed } => return costs::cost(self, case, (sharing, billed.as_deref())),
            NormTest::Term(term) => return standing::term(&mut self.ask, case.norm, case.body, term),
            NormTest::Vote { carried, quorum } => {
                return standing::vote(&mut self.ask, case, (carried, quorum.as_ref()));
            }
            NormTest::Happens { events, count, counted_for } => {
                let wanted = Wanted { counted_for: *counted_for, by: case.doer(plan), ..Wanted::of(events) };
                events::happens(self, case, wanted, count)
            }
            NormTest::Never(events) => {
                let wanted = Wanted { by: case.doer(plan), ..Wanted::of(events) };
                events::never(self, case, wanted)
            }
            NormTest::Dated(field) => events::dated(self, case, field),
            NormTest::InOrder(fields) => events::in_order(self, case, fields),
            NormTest::Holds(condition) => state::holds(self, case, condition),
            NormTest::PaysShare(cost) => match self.share_bearer(case) {
                Some(bearer) => costs::pays_share(self, case, *cost, bearer),
                None => Outcome::of(Status::Unknown),
            },
            NormTest::May { .. } => standing::may(self, case),
            NormTest::ForPerson(words) => standing::for_person(&mut self.ask, case, words),
        };
        self.blank(outcome, case.frame.last, case.body)
    }

    /// Kept so far, as long as it is watched.
    fn watched(&mut self, case: &Case<'w>, outcome: Outcome) -> Outcome {
        let as_of = self.ask.world.as_of;
        let through = case.instance.span.map_or(as_of, |(_, last)| last);
        if outcome.status == Status::Satisfied && through >= as_of && !case.life.ended(as_of) {
            return outcome.nuanced(Nuance::SoFar);
        }
        outcome
    }

    fn share_bearer(&mut self, case: &Case<'w>) -> Option<ShareOf> {
        match (case.instance.bearer, &case.norm.bearer) {
            (Holder::Row(record, row), _) => Some(ShareOf::Row(record, row)),
            (Holder::Actor(actor), _) => Some(ShareOf::Actor(actor)),
            (Holder::TheOne, Some(Bearer::Actor(actor))) => Some(ShareOf::Actor(*actor)),
            (Holder::TheOne, Some(Bearer::Field(field))) => match self.ask.field(field) {
                Val::Row(record, row) => Some(ShareOf::Row(record, row)),
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
                self.ask.trace.say(|| reason(Said::Weigh(REASONABLE.to_string()), Mark::Person, body.span));
                outcome.with(Status::NeedsJudgement)
            }
            EdgeDay::Blank => outcome.with(Status::Unknown),
            EdgeDay::On(_) | EdgeDay::NotYet | EdgeDay::Unknown | EdgeDay::None => outcome,
            EdgeDay::NoDay | EdgeDay::NoSuchDay => outcome,
        }
    }

    /// What effort and a judging role make of a machine's outcome: what was done is theirs to weigh, and so is the breach
    /// of a ban; what was certainly not done needs no weighing.
    fn weighed(&mut self, case: &Case<'w>, ruling: Ruling) -> Ruling {
        let (norm, body) = (case.norm, case.body);
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

    /// A first or last period of which only a part lies in the time that binds. One whose window lies wholly in it is judged as any
    /// other.
    fn cut_short(&mut self, case: &Case<'w>, ruling: Ruling) -> Ruling {
        let (Some(_), Some(period)) = (&case.norm.cycle, case.instance.period) else { return ruling };
        let as_of = self.ask.world.as_of;
        let first = period.first() < case.life.binds_from();
        let last = period.last() > case.life.ends;
        let counts = match (first, last) {
            (false, false) => return ruling,
            (true, _) => case.norm.first_period,
            (false, true) => case.norm.last_period,
        };
        let counted = matches!(case.body.test, NormTest::Happens { .. });
        match (counts, ruling.outcome.status) {
            (Some(CutCounts::NotAtAll), _) => {
                self.ask.trace.say(|| reason(Said::CountsNotAtAll, Mark::No, case.norm.span));
                return Ruling::of(Status::NotApplicable);
            }
            (Some(CutCounts::Whole | CutCounts::InProportion), _) => return ruling,
            (None, Status::Late | Status::Violated) if counted => {}
            // The end has come before the window did.
            (None, Status::Pending) if counted && last && case.life.ended(as_of) => {}
            // Done in full all the same, or not decided yet: how the short period counts makes no difference.
            (None, _) => return ruling,
        }
        if lies_within(&case.frame, &case.life) {
            return ruling;
        }
        self.ask.trace.say(|| reason(Said::CutShort, Mark::Person, case.norm.span));
        let role = case.norm.bodies.iter().find_map(|body| body.judged_by.clone());
        let decider = role.map_or(Decider::Unnamed, Decider::Role);
        Ruling { outcome: ruling.outcome.with(Status::NeedsJudgement), decider }
    }

    /// After the last day nothing new binds. What has no last day and was not done is over; what has one is still owed where its
    /// subject's day, or its whole period, lay in force.
    fn after_the_end(&mut self, case: &Case<'w>, ruling: Ruling) -> Ruling {
        let as_of = self.ask.world.as_of;
        if !case.life.ended(as_of) {
            return ruling;
        }
        let duty = match case.body.test {
            NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_) => true,
            NormTest::Holds(_) => matches!(ruling.outcome.status, Status::Pending),
            _ => false,
        };
        if !duty {
            return ruling;
        }
        let whole_period = case.instance.period.is_some_and(|period| period.last() <= case.life.ends);
        let owed = match case.frame.last {
            EdgeDay::On(last) if last.last <= case.life.ends => return ruling,
            EdgeDay::On(_) | EdgeDay::Unknown if case.instance.period.is_some() => whole_period,
            EdgeDay::On(_) | EdgeDay::Unknown => case.instance.subject.is_some(),
            _ => false,
        };
        let open = matches!(ruling.outcome.status, Status::Pending | Status::Violated | Status::Late);
        if owed || !open || (case.instance.period.is_some() && ruling.outcome.status != Status::Pending) {
            return ruling;
        }
        let day = case.life.ends;
        self.ask.trace.say(|| reason(Said::EndedOn { day }, Mark::Plain, case.norm.span));
        Ruling::of(Status::NotApplicable)
    }
}

/// What comes first of what several wordings make of acts: a breach stays; a right that was used is used.
fn weight(ruling: &Ruling, right: bool) -> u8 {
    match ruling.outcome.status {
        Status::Violated => 6,
        Status::Unknown => 5,
        Status::NeedsJudgement => 4,
        Status::Late => 3,
        Status::Satisfied if right => 2,
        Status::Pending => 1,
        Status::Satisfied => 1,
        Status::NotApplicable => 0,
    }
}

/// Whether a window lies wholly in the time that binds.
fn lies_within(frame: &Frame, life: &Life) -> bool {
    match (frame.first, frame.last) {
        (EdgeDay::On(first), EdgeDay::On(last)) => first.first >= life.binds_from() && last.last <= life.ends,
        (_, _) => false,
    }
}

fn is_daily(norm: &Norm) -> bool {
    norm.bodies.iter().any(|body| daily(&body.test))
}

/// Whether a test is watched on every day.
pub fn daily(test: &NormTest) -> bool {
    use crate::plan::Watched;
    match test {
        NormTest::Numbers { when, .. } | NormTest::Limit { when, .. } => *when == Watched::OnEveryDay,
        NormTest::HoldsDaily(_) => true,
        _ => false,
    }
}

/// Whether a test is held against a window.
fn has_window(test: &NormTest) -> bool {
    match test {
        NormTest::Happens { .. } | NormTest::Never(_) | NormTest::Dated(_) | NormTest::InOrder(_) => true,
        NormTest::Holds(_) => true,
        NormTest::PaysShare(_) | NormTest::May { .. } | NormTest::ForPerson(_) => true,
        NormTest::HoldsDaily(_) | NormTest::Numbers { .. } | NormTest::Limit { .. } | NormTest::Member(_) => false,
        NormTest::AtJoining { .. } | NormTest::States(_) | NormTest::Shared { .. } => false,
        NormTest::Term(_) | NormTest::Vote { .. } => false,
    }
}

/// The term that an instance is for, when each term has one.
fn own_term(norm: &Norm, instance: &Instance) -> Option<(ClauseId, Stretch)> {
    let (None, Some(period)) = (&norm.cycle, instance.period) else { return None };
    let term = norm.bodies.iter().find_map(|body| of_term(&body.window))?.term();
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
        CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => judged_in(inner),
        CondKind::Always | CondKind::Test(_) | CondKind::All { .. } => None,
        CondKind::Some(_) | CondKind::Defined { .. } => None,
    }
}
