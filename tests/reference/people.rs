//! What people decided: judgements, attestations, waivers, and what a role and several readings make of a verdict.

use overens::facts::Decision;
use overens::facts::recorded::{Judgement, Outcome};
use overens::model::clause::{Bearer, Count, CycleOf, Limit};
use overens::plan::{Body, Norm, NormTest, Owed};
use overens::value::{Cycle, Day};
use overens::verdict::Status;

use super::judge::{Inst, Verdict, Who, plain};
use super::world::{R, Stop, World, no};

impl World<'_> {
    /// Whether the clause was waived for this instance.
    pub fn is_waived(&self, norm: &Norm, inst: Inst) -> bool {
        self.latest_waiver(norm, inst).is_some_and(|until| until.is_none())
    }

    /// The day to which the last day was moved.
    pub fn extended_to(&self, norm: &Norm, inst: Inst) -> Option<Day> {
        self.latest_waiver(norm, inst).flatten()
    }

    fn latest_waiver(&self, norm: &Norm, inst: Inst) -> Option<Option<Day>> {
        self.waiver_by(norm, inst, self.as_of)
    }

    /// The waiver that counts by a day: named cases before all, the later before the earlier; what is granted to all later may only add.
    fn waiver_by(&self, norm: &Norm, inst: Inst, by: Day) -> Option<Option<Day>> {
        // Without a last day, more is granted than with any.
        let grants = |until: Option<Day>| until.map_or((1, Day::MIN), |day| (0, day));
        let mut all: Vec<_> = (self.facts.waivers.iter())
            .filter(|one| one.decision.on <= by && self.is_about(&one.decision, norm, inst))
            .map(|one| (names(&one.decision), one.decision.on, one.until))
            .collect();
        all.sort_by_key(|(names, on, until)| (*names, *on, grants(*until)));
        let (named, mut since, mut counts) = all.pop()?;
        for level in (0..named).rev() {
            let latest = all.iter().rfind(|(names, ..)| *names == level);
            if let Some((_, on, until)) = latest
                && *on > since
                && grants(*until) > grants(counts)
            {
                (since, counts) = (*on, *until);
            }
        }
        Some(counts)
    }

    /// What was done is for the role to weigh; what is only tried for is never a breach.
    pub fn weighed(&self, norm: &Norm, body: &Body, verdict: Verdict) -> Verdict {
        let person = Verdict { status: Status::NeedsJudgement, ..verdict.clone() };
        if body.owed == Owed::Effort && matches!(verdict.status, Status::Late | Status::Violated) {
            return person;
        }
        let is_ban = matches!(body.test, NormTest::Never(_));
        let done = if is_ban { verdict.status == Status::Violated } else { is_done(verdict.status) };
        let judges = body.judged_by.is_some() && norm.bodies.len() == 1;
        let is_span = matches!(body.test, NormTest::Term(_));
        if judges && done && !is_span { person } else { verdict }
    }

    /// All readings are judged; where they differ, it needs judgement.
    pub fn readings_together(&self, all: &[Verdict]) -> Verdict {
        let first = &all[0];
        if all.iter().any(|one| one.status != first.status || one.or != first.or) {
            let unknown = all.iter().any(|one| one.status == Status::Unknown);
            let mut verdict = plain(if unknown { Status::Unknown } else { Status::NeedsJudgement });
            verdict.or = all.iter().any(|one| one.or.is_some()).then_some(first.status);
            // Of readings that are not all known it may be said that they are unknown.
            if !self.tried.is_empty() {
                verdict.or = Some(Status::Unknown);
            }
            return verdict;
        }
        let late = if all.iter().all(|one| one.late == first.late) { first.late } else { None };
        let last = if all.iter().all(|one| one.last == first.last) { first.last } else { None };
        Verdict { late, last, ..first.clone() }
    }

    /// What attestations and judgements make of it.
    pub fn settled(&self, norm: &Norm, inst: Inst, verdict: Verdict) -> R<Verdict> {
        let verdict = self.attested(norm, inst, verdict)?;
        let roles: Vec<&String> = norm.bodies.iter().filter_map(|body| body.judged_by.as_ref()).collect();
        let words = norm.bodies.iter().any(|body| matches!(body.test, NormTest::ForPerson(_)));
        let weighs = !roles.is_empty() || words || verdict.status == Status::NeedsJudgement;
        // What was decided on the renewal of a term is in its days.
        let renews =
            norm.bodies.iter().any(|body| matches!(&body.test, NormTest::Term(term) if term.renewal.is_some()));
        if !weighs || renews {
            return Ok(verdict);
        }
        let made = self.judgements(norm, inst, &roles)?;
        let Some(latest) = made.iter().map(|one| one.decision.on).max() else { return Ok(verdict) };
        // Acts that came after it are not settled by it.
        let acts = norm.bodies.iter().all(|body| matches!(body.test, NormTest::Never(_) | NormTest::May { .. }));
        let away = made.iter().any(|one| one.outcome == Outcome::NotApplicable);
        if acts && !away && latest < self.as_of && matches!(verdict.status, Status::Violated | Status::NeedsJudgement) {
            return no("acts that may have come after a judgement");
        }
        let limits = norm.bodies.iter().all(|body| match &body.test {
            NormTest::Never(_) => true,
            NormTest::Happens { count: Count::Times { limit, .. }, .. } => {
                matches!(limit, Limit::AtMost | Limit::LessThan)
            }
            _ => false,
        });
        let kept = made.iter().any(|one| matches!(one.outcome, Outcome::Kept | Outcome::Late));
        let goes_on = inst.period.map_or(self.as_of, |(_, last)| last.min(self.as_of)) > latest;
        if limits && kept && goes_on && (verdict.status == Status::Unknown || verdict.or.is_some()) {
            return no("acts that may have come after a judgement");
        }
        let on_it: Vec<Outcome> = made.iter().filter(|one| one.decision.on == latest).map(|one| one.outcome).collect();
        let settled = plain(match on_it[0] {
            _ if on_it.iter().any(|one| *one != on_it[0]) => Status::Unknown,
            Outcome::Kept => Status::Satisfied,
            Outcome::Late => Status::Late,
            Outcome::Broken => Status::Violated,
            Outcome::NotApplicable => Status::NotApplicable,
        });
        if verdict.status != Status::NotApplicable {
            let or = verdict.or.filter(|or| *or == Status::Unknown);
            return Ok(Verdict { or, ..settled });
        }
        // Where it is open whether the clause reaches the case, what the role has said may tell that it does.
        let or = if self.tried.is_empty() { None } else { Some(settled.status) };
        Ok(Verdict { or, ..verdict })
    }

    /// The judgements of an instance. How a period came out nobody could judge before it began, unless the judgement names it.
    fn judgements(&self, norm: &Norm, inst: Inst, roles: &[&String]) -> R<Vec<&Judgement>> {
        let all = self.facts.judgements.iter().filter(|one| self.is_about(&one.decision, norm, inst));
        let all = all.filter(|one| roles.is_empty() || roles.contains(&&one.decision.by));
        let mut fitting: Vec<&Judgement> = vec![];
        for one in all {
            if one.outcome == Outcome::NotApplicable || self.had_begun(&one.decision, norm, inst)? {
                fitting.push(one);
            }
        }
        let mut all = fitting;
        // One that names more of a case goes before one that names less.
        let most = all.iter().map(|one| names(&one.decision)).max();
        all.retain(|one| Some(names(&one.decision)) == most);
        Ok(all)
    }

    /// Whether a case had begun by the day of a decision, as far as that does not name it: its period, its subject, its bearer; of what is
    /// watched on every day, each of the days by itself.
    fn had_begun(&self, decision: &Decision, norm: &Norm, inst: Inst) -> R<bool> {
        let on = decision.on;
        if decision.period.is_none() && inst.period.is_some_and(|(first, _)| first > on) {
            return Ok(false);
        }
        if inst.day.is_some_and(|day| day > on) {
            return Ok(false);
        }
        if decision.subject.is_some() || decision.bearer.is_some() {
            return Ok(true);
        }
        let subject = inst.subject.map(|(line, row)| (&norm.subjects[usize::from(line)], row));
        let bearer = match (&norm.bearer, inst.bearer) {
            (Some(Bearer::Each(of)), Who::Row(_, row)) => Some((of, row)),
            _ => None,
        };
        for (of, row) in subject.into_iter().chain(bearer) {
            if let Some((Some(first), _)) = self.subject_days(of, row)?
                && first > on
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the latest judgement has it that the clause does not apply.
    pub fn is_judged_away(&self, norm: &Norm, inst: Inst) -> R<bool> {
        let roles: Vec<&String> = norm.bodies.iter().filter_map(|body| body.judged_by.as_ref()).collect();
        let made = self.judgements(norm, inst, &roles)?;
        let Some(latest) = made.iter().map(|one| one.decision.on).max() else { return Ok(false) };
        let away: Vec<bool> = made
            .iter()
            .filter(|one| one.decision.on == latest)
            .map(|one| one.outcome == Outcome::NotApplicable)
            .collect();
        if away.iter().any(|one| *one != away[0]) {
            return no("judgements of an exception that contradict each other");
        }
        Ok(away[0])
    }

    /// Whether people have set the clause aside: it was waived by a day, or whoever weighs it judged that it does not apply.
    pub fn is_set_aside(&self, norm: &Norm, inst: Inst, by: Day) -> R<bool> {
        if self.waiver_by(norm, inst, by).is_some_and(|until| until.is_none()) {
            return Ok(true);
        }
        let weighs = |body: &Body| body.judged_by.is_some() || matches!(body.test, NormTest::ForPerson(_));
        if norm.bodies.iter().any(weighs) { self.is_judged_away(norm, inst) } else { Ok(false) }
    }

    /// Evidence that a role must attest counts once it has.
    fn attested(&self, norm: &Norm, inst: Inst, verdict: Verdict) -> R<Verdict> {
        let Some(role) = norm.bodies.iter().find_map(|body| body.attested_by.as_ref()) else { return Ok(verdict) };
        let words = norm.bodies.iter().any(|body| matches!(body.test, NormTest::ForPerson(_)));
        let waits = words && matches!(verdict.status, Status::NeedsJudgement | Status::Pending);
        if !is_done(verdict.status) && !waits {
            // What may as well be done needs somebody's word; a use that nobody has attested exceeds no right.
            let may_be_done = verdict.or.is_some_and(is_done);
            let is_use = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
            if may_be_done || (is_use && verdict.status == Status::Violated) {
                let said = self.facts.attestations.iter().any(|one| self.is_about(&one.decision, norm, inst));
                let or = if said { verdict.or } else { Some(Status::Unknown) };
                return Ok(Verdict { or, ..verdict });
            }
            return Ok(verdict);
        }
        let about = (self.facts.attestations.iter())
            .filter(|one| self.is_about(&one.decision, norm, inst) && one.decision.by == *role);
        // A state that is asked on a later day than the word was given.
        let last = match norm.bodies.as_slice() {
            [body] if matches!(body.test, NormTest::Holds(_)) => match self.case(norm, body, inst) {
                Ok(case) => case.and_then(|case| case.days.last),
                Err(Stop::Weigh) => None,
                Err(stop) => return Err(stop),
            },
            _ => None,
        };
        let later = |decision: &Decision| decision.period.is_none() && last.is_some_and(|last| decision.on < last);
        let mut made = vec![];
        for one in about {
            if self.had_begun(&one.decision, norm, inst)? && !later(&one.decision) {
                made.push(one);
            }
        }
        let most = made.iter().map(|one| names(&one.decision)).max();
        made.retain(|one| Some(names(&one.decision)) == most);
        let Some(latest) = made.iter().map(|one| one.decision.on).max() else {
            // What an exception leaves nothing of needs nobody's word.
            let or = match verdict.or {
                Some(_) if words => Some(Status::Pending),
                or => or.filter(|or| *or == Status::NotApplicable),
            };
            let status = if words && verdict.status == Status::Pending { Status::Pending } else { Status::Unknown };
            return Ok(Verdict { status, or, unattested: status == Status::Unknown, ..verdict });
        };
        let on_it: Vec<bool> = made.iter().filter(|one| one.decision.on == latest).map(|one| one.holds).collect();
        if on_it.iter().any(|one| *one != on_it[0]) {
            return Ok(plain(Status::Unknown));
        }
        if on_it[0] {
            return Ok(if words { plain(Status::Satisfied) } else { verdict });
        }
        // What is denied may still be done before the last day; without one the contract leaves a choice.
        let over = verdict.last.is_some_and(|last| last < self.as_of);
        let deed = norm.bodies.iter().any(|body| matches!(body.test, NormTest::Happens { .. } | NormTest::Dated(_)));
        let ended = deed && self.force(norm).1.is_some_and(|end| end < self.as_of);
        let or = verdict.last.is_none().then_some(if ended { Status::NotApplicable } else { Status::Violated });
        Ok(Verdict { or, ..plain(if over { Status::Violated } else { Status::Pending }) })
    }

    /// Whether a decision was made by now, on this clause, and on no other subject or period.
    fn is_about(&self, decision: &Decision, norm: &Norm, inst: Inst) -> bool {
        let name = |actor| self.plan.schema.actor(actor).map_or(String::new(), |one| one.name.clone());
        let id = |record, row| self.facts.id(record, overens::facts::Row(row)).to_string();
        let subject = inst.subject.map(|(line, row)| id(norm.subjects[usize::from(line)].record, row));
        let bearer = match (inst.bearer, &norm.bearer) {
            (Who::Row(record, row), _) => Some(id(record, row)),
            (Who::Actor(actor), _) => Some(name(actor)),
            (Who::One, Some(Bearer::Actor(actor))) => Some(name(*actor)),
            (Who::One, _) => None,
        };
        let is_for = match (&decision.subject, &decision.bearer) {
            (None, None) => true,
            (Some(one), None) => subject.as_ref() == Some(one) || bearer.as_ref() == Some(one),
            (None, Some(one)) => bearer.as_ref() == Some(one),
            (Some(one), Some(other)) => subject.as_ref() == Some(one) && bearer.as_ref() == Some(other),
        };
        let period = || match (&norm.cycle, inst.period) {
            (Some(CycleOf::Calendar(cycle)), Some(period)) => label(cycle, period),
            _ => None,
        };
        Some(decision.clause.as_str()) == self.plan.clause(norm.clause).map(|one| one.name.as_str())
            && decision.on <= self.as_of
            && is_for
            && decision.period.as_ref().is_none_or(|one| Some(one) == period().as_ref())
    }
}

/// How much of a case a decision names.
fn names(decision: &Decision) -> u8 {
    [&decision.subject, &decision.bearer, &decision.period].into_iter().map(|one| u8::from(one.is_some())).sum()
}

fn is_done(status: Status) -> bool {
    matches!(status, Status::Satisfied | Status::Late)
}

/// What a period of a calendar is called.
fn label(cycle: &Cycle, (first, last): (Day, Day)) -> Option<String> {
    let (year, month) = (first.year(), first.month());
    Some(match cycle {
        Cycle::CalendarYear => format!("{year}"),
        Cycle::HalfYear => format!("{year}-H{}", (month - 1) / 6 + 1),
        Cycle::FourMonths => format!("{year}-T{}", (month - 1) / 4 + 1),
        Cycle::Quarter => format!("{year}-Q{}", (month - 1) / 3 + 1),
        Cycle::Month => format!("{year}-{month:02}"),
        Cycle::FiscalYear { .. } => format!("{year}/{:02}", last.year() % 100),
        Cycle::Week | Cycle::Counted(_) => return None,
    })
}
