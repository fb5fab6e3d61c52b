//! What must not be done, what may be done, and what must be so.

use overens::model::clause::Edge;
use overens::model::expr::{Collection, Cond};
use overens::model::schema::Shape;
use overens::plan::{Body, NormTest};
use overens::value::Day;
use overens::verdict::Status;

use super::ask::Env;
use super::case::Case;
use super::deeds::late;
use super::judge::{Verdict, Who, plain};
use super::rights::begins_by_its_own;
use super::rights::limited;
use super::world::{R, Stop, World, no};

impl World<'_> {
    // ---- bans --------------------------------------------------------------------------------------------------------

    pub fn never(&self, case: &Case, events: &Collection) -> R<Verdict> {
        // Of several exceptions only rights never disagree, and those without a number cover what they cover.
        let is_right = |clause: &_| {
            let free = |body: &Body| matches!(body.test, NormTest::May { .. }) && limited(body).is_none();
            self.plan.norms_of(*clause).all(|(_, norm)| norm.bodies.iter().all(free))
        };
        if case.norm.yields_to.len() > 1 && !case.norm.yields_to.iter().all(is_right) {
            return no("a ban behind two exceptions");
        }
        if case.inst.period.is_some_and(|(_, end)| case.days.last.is_none_or(|last| last > end)) {
            return no("a window that reaches past its period");
        }
        let mut first = case.days.first.map_or(case.from, |first| first.max(case.from));
        first = case.due_since.map_or(first, |since| first.max(since));
        let mut last = case.days.last.unwrap_or(self.as_of).min(self.as_of);
        if let Some(end) = case.through {
            last = last.min(end);
        }
        // What lasts is bound while it lasts.
        if let Some((line, row)) = case.inst.subject {
            let of = &case.norm.subjects[usize::from(line)];
            if !matches!(self.shape(of.record), Shape::Event { .. })
                && !begins_by_its_own(self.plan, case.body)
                && let Some((begins, ends)) = self.subject_days(of, row)?
            {
                first = begins.map_or(first, |begins| first.max(begins));
                last = ends.map_or(last, |ends| last.min(ends));
            }
        }
        let (mut doubtful, mut for_person, mut broken_on) = (false, false, vec![]);
        for (day, row) in self.deeds(case, events, first, last)? {
            let env = Env { given_by: day, ..case.env.on(day) };
            let excused = || match self.is_excused(case, day, row) {
                Err(Stop::Weigh) => no("an exception that a person has to weigh"),
                other => other,
            };
            let reached = match self.reaches(&case.body.conditions, &env) {
                Err(Stop::Weigh) => None,
                other => Some(other?),
            };
            if reached == Some(false) || excused()? {
                continue;
            }
            match reached {
                None if case.days.counted_from == Some(day) => {
                    return no("an act on the very day, for a person to weigh");
                }
                None => for_person = true,
                Some(_) if case.days.counted_from == Some(day) => doubtful = true,
                Some(_) => broken_on.push(day),
            }
        }
        if !broken_on.is_empty() {
            return Ok(Verdict { broken_on, ..plain(Status::Violated) });
        }
        if doubtful {
            return Ok(plain(Status::Unknown));
        }
        // Another act breaks the ban whatever is said of this one.
        if for_person {
            return Err(Stop::Weigh);
        }
        let mut choice = false;
        if !case.body.conditions.is_empty() || !case.norm.yields_to.is_empty() {
            if first > self.as_of {
                return no("a conditional ban whose window is still to come");
            }
            if first > last {
                // No day of the window lies in force.
                return Ok(Verdict { or: Some(Status::NotApplicable), ..plain(Status::Satisfied) });
            }
            let (mut reached, mut bound, mut weighs) = (false, false, false);
            let mut day = first;
            while day <= last && !bound {
                let here = match self.reaches(&case.body.conditions, &Env { given_by: day, ..case.env.on(day) }) {
                    Err(Stop::Weigh) => None,
                    other => Some(other?),
                };
                reached |= here == Some(true);
                if here != Some(false) {
                    match self.is_suspended(case, day) {
                        // Whether an exception leaves anything of it is for a person.
                        Err(Stop::Weigh) => weighs = true,
                        Err(stop) => return Err(stop),
                        // One that lets everything be done leaves nothing to say.
                        Ok(true) => {}
                        Ok(false) if here == Some(true) => bound = true,
                        Ok(false) => weighs = true,
                    }
                }
                day = day.following();
            }
            if bound && self.is_more_that_lasts() {
                return no("what nobody wrote down may last longer than a day");
            }
            if !bound && weighs {
                return Err(Stop::Weigh);
            }
            if !reached {
                return Ok(plain(Status::NotApplicable));
            }
            // What binds on no day, since an exception applies on each on which the ban would.
            choice = !bound;
        }
        let mut verdict = plain(Status::Satisfied);
        if choice {
            verdict.or = Some(Status::NotApplicable);
        }
        if case.days.first.is_some_and(|first| first > self.as_of) {
            verdict.or = Some(Status::Pending);
        }
        Ok(verdict)
    }

    // ---- states ------------------------------------------------------------------------------------------------------

    pub fn holds(&self, case: &Case, cond: &Cond) -> R<Verdict> {
        let so = |day: Day| self.asks(cond, true, &Env { given_by: day.min(self.as_of), ..case.env.on(day) });
        let kept = |holds: bool| plain(if holds { Status::Satisfied } else { Status::Violated });
        let end = case.through;
        let until = |day: Day| end.map_or(day, |end| day.min(end));
        let is_open = case.body.window.first.is_none() && matches!(case.body.window.last, Edge::Open | Edge::Never);
        self.still_lasts(case)?;
        if let (Some((_, end)), Some(last), true) = (case.inst.period, case.days.last, case.body.window.first.is_some())
            && last > end
        {
            return no("a state on a day after its period");
        }
        if matches!(case.inst.bearer, Who::Row(..)) && end.is_some_and(|end| end < self.as_of) {
            return no("a state of what has ended");
        }
        match (case.inst.period, is_open) {
            // A state of an event is one of its day.
            (None, true) => {
                let event = case.inst.subject.is_some_and(|(line, _)| {
                    matches!(self.shape(case.norm.subjects[usize::from(line)].record), Shape::Event { .. })
                });
                let day = case.subject_day.filter(|_| event).unwrap_or(self.as_of);
                Ok(kept(so(until(day))?))
            }
            (Some((_, last)), true) => {
                let last_day = until(last);
                // The last day itself is not over.
                if last_day < self.as_of {
                    let held = so(last_day)?;
                    // Of a part of the period it may be for a person to say whether there were enough.
                    if !held && format!("{cond:?}").contains("BindsFrom") && self.cut_at_all(case)? {
                        return no("rows of a part of a period");
                    }
                    return Ok(kept(held));
                }
                Ok(plain(if so(self.as_of)? { Status::Satisfied } else { Status::Pending }))
            }
            (_, false) => {
                let (first, Some(last)) = (case.days.first, case.days.last) else {
                    return no("a state without a last day");
                };
                if end.is_some_and(|end| last > end) {
                    return no("a state whose window passes the end");
                }
                // `within` and its like are asked on their last day; only what lasts from one day to another, on every day of it.
                let spans = match (&case.body.window.first, &case.body.window.last) {
                    (Some(Edge::On(a)), Edge::On(b)) => self.expr(a, &case.env)? != self.expr(b, &case.env)?,
                    (Some(Edge::YearOfTerm { .. } | Edge::OfTerm { .. }), _) | (_, Edge::Length { .. }) => true,
                    _ => false,
                };
                if spans {
                    let first = first.unwrap_or(last);
                    let mut day = first;
                    while day <= last.min(self.as_of) {
                        if !so(day)? {
                            return Ok(plain(Status::Violated));
                        }
                        day = day.following();
                    }
                    return Ok(plain(if first > self.as_of { Status::Pending } else { Status::Satisfied }));
                }
                if self.as_of <= last {
                    return Ok(plain(if so(self.as_of)? { Status::Satisfied } else { Status::Pending }));
                }
                if so(last)? {
                    return Ok(plain(Status::Satisfied));
                }
                if self.is_cut_short(case)? {
                    return Ok(plain(Status::NeedsJudgement));
                }
                let mut day = last.following();
                while day <= self.as_of {
                    if so(day)? {
                        if case.inst.period.is_some_and(|(_, end)| day > end) {
                            return no("a state that came in a later period");
                        }
                        return Ok(late(Some(last), day));
                    }
                    day = day.following();
                }
                Ok(plain(Status::Violated))
            }
        }
    }
}
