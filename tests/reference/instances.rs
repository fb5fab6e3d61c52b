//! Which instances a clause has: wordings, subjects, bearers, periods, days.

use overens::model::amendment::Began;
use overens::model::clause::{Bearer, CycleOf, Edge};
use overens::model::expr::ClauseId;
use overens::plan::{Norm, NormTest, Watched};
use overens::value::{Day, Stretch};

use super::ask::Env;
use super::judge::{Inst, Who};
use super::periods::periods;
use super::world::{R, World, no};

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
    pub fn begins_in(&self, norm: &Norm) -> R<Stretch> {
        let mut days = norm.force.intersect(self.plan.force);
        if let Some(by) = norm.by
            && !self.is_adopted(by)?
        {
            days.until = days.from;
        }
        for cut in &norm.cuts {
            if self.is_adopted(cut.by)? {
                days.until = days.until.min(cut.on);
            }
        }
        Ok(days)
    }

    /// The day by which an instance has its wording: that on which it began; of what an amendment takes over, and what had not run
    /// out by then, that of the amendment.
    pub fn goes_by(&self, clause: ClauseId, began: Day, last: Option<Day>) -> R<Day> {
        for (_, norm) in self.plan.norms_of(clause) {
            for cut in norm.cuts.iter().filter(|cut| cut.began == Began::IsTakenOver) {
                if cut.on <= self.as_of
                    && began < cut.on
                    && last.is_none_or(|last| last >= cut.on)
                    && self.is_adopted(cut.by)?
                {
                    if !self.plan.norms_of(clause).any(|(_, other)| other.by == Some(cut.by)) {
                        return no("a repeal that takes over what began before");
                    }
                    return Ok(cut.on);
                }
            }
        }
        Ok(began)
    }

    /// Whether each wording has an instance of its own, for its own days: of a state without a cycle.
    pub fn goes_by_wording(&self, norm: &Norm) -> bool {
        let over = norm.cuts.iter().any(|cut| cut.began == Began::IsTakenOver)
            || norm.by.and_then(|by| self.plan.amendment(by)).is_some_and(|by| by.began == Began::IsTakenOver);
        let of_one = |norm: &Norm| {
            norm.subjects.is_empty() && norm.bearer.as_ref().is_none_or(|one| matches!(one, Bearer::Actor(_)))
        };
        norm.cycle.is_none()
            && self.plan.norms_of(norm.clause).all(|(_, one)| of_one(one))
            && norm.bodies.iter().all(|body| match &body.test {
                NormTest::Holds(_) => !over,
                _ => false,
            })
    }

    /// Of a wording that has another cycle than the one before: the day from which acts are judged by its periods, once the period of
    /// the old one is over that was running.
    pub fn cut_otherwise_before(&self, norm: &Norm) -> R<Option<Day>> {
        let own = self.begins_in(norm)?;
        if own.is_empty() || norm.by.is_none() {
            return Ok(None);
        }
        for (_, before) in self.plan.norms_of(norm.clause) {
            if self.begins_in(before)?.until != own.from {
                continue;
            }
            return match (&before.cycle, &norm.cycle) {
                (_, None) => Ok(None),
                (Some(CycleOf::Calendar(one)), Some(CycleOf::Calendar(other))) if one == other => Ok(None),
                (None, Some(CycleOf::Calendar(_))) => Ok(Some(own.from)),
                (Some(one @ CycleOf::Calendar(_)), Some(CycleOf::Calendar(_))) => {
                    let day = own.from.preceding();
                    // What broke the old wording by then stays so, in an instance of its own.
                    if norm.by.and_then(|by| self.plan.amendment(by)).is_some_and(|by| by.began == Began::IsTakenOver) {
                        return no("a cycle that another takes over");
                    }
                    let running = periods(self, one, &self.env(norm, self.as_of), day, day)?;
                    Ok(running.first().map(|(_, last)| last.following()))
                }
                _ => no("another cycle than one of the calendar"),
            };
        }
        Ok(None)
    }

    /// The day on which the clause of a wording is repealed: it ends on it, and no other wording follows.
    pub fn repealed_on(&self, norm: &Norm) -> R<Option<Day>> {
        let ends = self.begins_in(norm)?.until;
        if !norm.cuts.iter().any(|cut| cut.on == ends) {
            return Ok(None);
        }
        for (_, other) in self.plan.norms_of(norm.clause) {
            if self.begins_in(other)?.contains(ends) {
                return Ok(None);
            }
        }
        Ok(Some(ends))
    }

    /// The last day of a subject or a bearer that lasts, or is a member.
    fn left_on(&self, norm: &Norm, subject: Option<(u8, u32)>, bearer: Who) -> R<Option<Day>> {
        if norm.cuts.iter().all(|cut| cut.began != Began::IsTakenOver) {
            return Ok(None);
        }
        let mut days = vec![];
        if let Some((line, row)) = subject {
            days.push(self.subject_days(&norm.subjects[usize::from(line)], row)?);
        }
        if let (Some(Bearer::Each(of)), Who::Row(_, row)) = (&norm.bearer, bearer) {
            days.push(self.subject_days(of, row)?);
        }
        Ok(days.into_iter().flatten().filter_map(|(_, last)| last).min())
    }

    pub fn is_changed(&self, norm: &Norm) -> bool {
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
        let spans = match (&norm.cycle, term_of(norm)) {
            (Some(cycle), _) => periods(self, cycle, &env, from, until)?.into_iter().map(Some).collect(),
            (None, None) => vec![None],
            // What is due in a year of a term, or during it, is due in each of them.
            (None, Some(term)) => {
                let mut spans = vec![];
                for (first, last) in self.terms(term, &env)? {
                    let Some(last) = last else { return no("a term without an end") };
                    if first < from || through.is_some_and(|end| last > end) {
                        return no("a term that lies partly outside of force");
                    }
                    if first <= until {
                        spans.push(Some((first, last)));
                    }
                }
                spans
            }
        };
        let days: Vec<Option<Day>> = match self.is_watched(norm) {
            true if from.year() < 1900 => return no("force from ever"),
            true => (from.0..=until.0).map(|day| Some(Day(day))).collect(),
            false => vec![None],
        };
        let mut all = vec![];
        for subject in &subjects {
            for bearer in &bearers {
                for period in &spans {
                    for day in &days {
                        // For a bearer that comes in the course of a period it begins with that.
                        let came = match (&norm.bearer, bearer, several) {
                            (Some(Bearer::Each(of)), Who::Row(_, row), true) => {
                                self.subject_days(of, *row)?.and_then(|(first, _)| first)
                            }
                            _ => None,
                        };
                        let begins = day.or(period.map(|(first, last)| {
                            came.filter(|came| first < *came && *came <= last).unwrap_or(first).max(from)
                        }));
                        if several && begins.is_none() && subject.is_none() && !self.goes_by_wording(norm) {
                            return no("one instance for several wordings");
                        }
                        if several && begins.is_none() && self.goes_by_wording(norm) && own.from > self.as_of {
                            continue;
                        }
                        // Of whoever has left, it ran out with that.
                        let left = self.left_on(norm, *subject, *bearer)?;
                        let ends = |last: Day| left.map_or(last, |left| last.min(left));
                        let runs_out = day.or(period.map(|(_, last)| ends(last)));
                        // A wording that cuts time otherwise than the one before has a period of the day on which it takes effect.
                        let first = period.is_some_and(|(first, last)| first < own.from && own.from <= last);
                        let anew = first && own.from <= self.as_of && self.cut_otherwise_before(norm)?.is_some();
                        if let (true, Some(begins)) = (several, begins)
                            && !anew
                            && !own.contains(self.goes_by(clause, begins, runs_out)?)
                        {
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

    pub fn is_watched(&self, norm: &Norm) -> bool {
        norm.bodies.iter().any(|body| match &body.test {
            NormTest::Numbers { when, .. } | NormTest::Limit { when, .. } => *when == Watched::OnEveryDay,
            NormTest::HoldsDaily(_) => true,
            _ => false,
        })
    }

    pub fn env(&self, norm: &Norm, day: Day) -> Env {
        Env { rows: vec![], day, given_by: day.min(self.as_of), period: None, from: self.force(norm).0, inst: None }
    }
}

/// The term of which each one has an instance.
fn term_of(norm: &Norm) -> Option<ClauseId> {
    let edge = |edge: &Edge| match edge {
        Edge::YearOfTerm { year, .. } => Some(year.term),
        Edge::OfTerm { term, .. } => Some(*term),
        _ => None,
    };
    norm.bodies.iter().find_map(|body| edge(&body.window.last).or_else(|| body.window.first.as_ref().and_then(edge)))
}
