//! Cycles, reckoned by hand: which periods there are from one day through another.

use overens::model::clause::{Bearer, CycleOf, Edge, Renewals, TermEdge, TermOf};
use overens::model::expr::ClauseId;
use overens::plan::{Body, NormTest};
use overens::value::{Cycle, Day, Period, Regime};

use super::ask::Env;
use super::judge::{Inst, Who};
use super::reckon::later;
use super::world::{R, Stop, Val, World, no};

/// First and last day of each period that has a day in the span.
pub fn periods(world: &World, cycle: &CycleOf, env: &Env, first: Day, last: Day) -> R<Vec<(Day, Day)>> {
    let mut found = vec![];
    match cycle {
        CycleOf::Calendar(cycle) => {
            let mut day = first;
            while day <= last {
                let Some(period) = calendar(cycle, day) else { return no("a cycle of another form") };
                found.push(period);
                day = period.1.following();
            }
        }
        CycleOf::Counted { every, from } => {
            let Val::Day(anchor) = world.expr(from, env)? else { return no("a cycle without an anchor") };
            // The anchor is not counted: period k ends on anchor + k × P, rounded once.
            for k in 0.. {
                let end = |k: i32| match every.times(k).map(|by| later(world.plan, anchor, &by)) {
                    Some(Ok(day)) => Ok(day),
                    _ => Err(Stop::NoOpinion("an end that the months refuse")),
                };
                let period = (end(k)?.following(), end(k + 1)?);
                if period.0 > last {
                    break;
                }
                if period.1 >= first {
                    found.push(period);
                }
            }
        }
        // What is reckoned from a term that can be renewed is asked in each of them.
        CycleOf::EachTerm(term) => {
            for (at, (begin, end)) in (0..).zip(world.terms(*term, env)?) {
                let Some(end) = end else { return no("a term without an end") };
                // The first is asked about before it has begun.
                if (begin <= last || at == 0) && end >= first {
                    found.push((begin, end));
                }
            }
        }
        CycleOf::YearOfTerm(term) => {
            for (begin, end) in world.terms(*term, env)? {
                for year in 0.. {
                    let start = if year == 0 { begin } else { term_end(begin, &Period::years(year))?.following() };
                    let full = term_end(begin, &Period::years(year + 1))?;
                    let period = (start, end.map_or(full, |end| end.min(full)));
                    if start > last || end.is_some_and(|end| start > end) {
                        break;
                    }
                    if period.1 >= first {
                        found.push(period);
                    }
                }
            }
        }
    }
    Ok(found)
}

/// The last day of a term that begins on a day: the day before the day of the same number, or the last day of a month that
/// has none.
pub fn term_end(first: Day, length: &Period) -> R<Day> {
    let (year, month, of_month) = first.parts();
    let months = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(length.months);
    let (year, month) =
        (i32::try_from(months.div_euclid(12)).unwrap(), u32::try_from(months.rem_euclid(12)).unwrap() + 1);
    let after = match Day::of(year, month, of_month) {
        Some(day) => day,
        None => match Day::last_of_month(year, month) {
            Some(day) => day.following(),
            None => return no("a term past all years"),
        },
    };
    if length.working_days != 0 {
        return no("a term in working days");
    }
    Ok(after.plus_days(length.days).preceding())
}

impl World<'_> {
    /// All terms up to the as-of day: the first, and those that it was renewed for.
    pub fn terms(&self, clause: ClauseId, env: &Env) -> R<Vec<(Day, Option<Day>)>> {
        let norms: Vec<_> = self.plan.norms_of(clause).collect();
        let [(_, norm)] = norms.as_slice() else { return no("a term of several wordings") };
        let [body] = norm.bodies.as_slice() else { return no("a term of several readings") };
        let NormTest::Term(term) = &body.test else { return no("no term") };
        if !norm.yields_to.is_empty() {
            return no("a term that another clause goes before");
        }
        if self.plan.months == Regime::REFUSE {
            return no("a term of another form");
        }
        if let Some(terms) = self.terms_told_by_others(clause, env)? {
            return Ok(terms);
        }
        let env = &Env { day: self.as_of, given_by: self.as_of, period: None, ..env.clone() };
        let day = |edge: &TermEdge| match edge {
            TermEdge::Day(day) => match self.expr(day, env)? {
                Val::Day(day) => Ok(day),
                _ => no("a term without a day"),
            },
            _ => no("a term of another form"),
        };
        let first = day(&term.starts)?;
        let (end, length) = match &term.ends {
            TermEdge::Open => (None, None),
            TermEdge::Length(length) => (Some(term_end(first, length)?), Some(*length)),
            edge => (Some(day(edge)?), None),
        };
        let mut all = vec![(first, end)];
        let (Some(renewal), Some(length)) = (&term.renewal, length) else { return Ok(all) };
        for times in 1.. {
            let (_, Some(running)) = all[all.len() - 1] else { break };
            let most = match renewal.times {
                Renewals::AtMost(most) => most,
                Renewals::Endlessly => u32::MAX,
                Renewals::NotSaid => return no("renewals of which the text does not say how many"),
            };
            if running >= self.as_of || times > most {
                break;
            }
            if !self.reaches(&body.conditions, &Env { day: running, given_by: running, ..env.clone() })? {
                break;
            }
            let whole = renewal.period.times(i32::try_from(times).unwrap()).and_then(|more| length.plus(&more));
            let Some(whole) = whole else { return no("a term past all years") };
            all.push((running.following(), Some(term_end(first, &whole)?)));
        }
        Ok(all)
    }
}

impl World<'_> {
    /// The term that an instance speaks of: its own, where it has one for each; else the one in which whom it is of came; nothing where
    /// there are several and nothing tells.
    pub fn term_of(&self, clause: ClauseId, env: &Env) -> R<Option<(Day, Option<Day>)>> {
        let terms = self.terms(clause, env)?;
        let only = if let [only] = terms.as_slice() { Some(*only) } else { None };
        let Some(inst) = env.inst else { return Ok(only) };
        let norm = self.norm_of(inst)?;
        if matches!(norm.cycle, Some(CycleOf::EachTerm(term)) if term == clause) {
            return Ok(terms.into_iter().find(|(first, _)| inst.period.is_some_and(|period| period.0 == *first)));
        }
        if norm.of_term != Some(clause) {
            return Ok(only);
        }
        let mut came = self.plan.norms_of(norm.clause).map(|(_, one)| self.force(one).0).min().unwrap();
        if let Some((line, row)) = inst.subject {
            let days = self.subject_days(&norm.subjects[usize::from(line)], row)?;
            came = days.and_then(|(first, _)| first).map_or(came, |day| day.max(came));
        }
        if let (Some(Bearer::Each(of)), Who::Row(_, row)) = (&norm.bearer, inst.bearer) {
            let days = self.subject_days(of, row)?;
            came = days.and_then(|(first, _)| first).map_or(came, |day| day.max(came));
        }
        let begun = terms.iter().rev().find(|(first, _)| *first <= came).or(terms.first());
        Ok(begun.copied())
    }

    /// Whether a term that runs will be renewed again and again, whatever comes.
    pub fn renews_for_sure(&self, clause: ClauseId) -> R<bool> {
        let Some((_, norm)) = self.plan.norms_of(clause).next() else { return no("no such term") };
        let [body] = norm.bodies.as_slice() else { return no("a term of several readings") };
        match &body.test {
            NormTest::Term(TermOf { renewal: None, .. }) => Ok(false),
            NormTest::Term(TermOf { renewal: Some(renewal), .. }) => match renewal.times {
                Renewals::Endlessly if body.conditions.is_empty() => Ok(true),
                _ => no("a renewal that is still to come"),
            },
            _ => no("no term"),
        }
    }

    /// Where no line says from when something is due in a term: of the first, since the clause is in force; of another that is due by
    /// its first day, or so long before its last, since the day after that of the one before; of any other from its first day.
    pub fn since_in_term(&self, body: &Body, env: &Env, from: Day) -> R<Option<Day>> {
        let (Some(inst), Some(period)) = (env.inst, env.period) else { return no("a term of no instance") };
        let Some(CycleOf::EachTerm(term)) = self.norm_of(inst)?.cycle else { return no("a cycle of another form") };
        let terms = self.terms(term, env)?;
        let Some(at) = terms.iter().position(|(first, _)| *first == period.0) else { return no("no such term") };
        if at == 0 {
            return Ok(Some(from.min(period.0)));
        }
        let ahead = matches!(&body.window.last, Edge::Lapse { by, .. } if by.goes_back());
        let last = self.last_edge(body, &body.window.last, env)?;
        if !ahead && last.is_none_or(|last| last > period.0) {
            return Ok(Some(period.0));
        }
        let (first, Some(end)) = terms[at - 1] else { return no("a term without an end") };
        let before =
            Env { inst: Some(Inst { period: Some((first, end)), ..inst }), period: Some((first, end)), ..env.clone() };
        Ok(self.last_edge(body, &body.window.last, &before)?.map(Day::following))
    }
}

/// The first and last day of each term.
type Terms = Vec<(Day, Option<Day>)>;

impl World<'_> {
    /// The one time that several terms tell the days of; nothing for a term that stands alone.
    fn terms_told_by_others(&self, clause: ClauseId, env: &Env) -> R<Option<Terms>> {
        let of = |norm: &overens::plan::Norm| match norm.bodies.as_slice() {
            [body] => match &body.test {
                NormTest::Term(term) => Some((norm.clause, term.clone(), body.conditions.len())),
                _ => None,
            },
            _ => None,
        };
        let all: Vec<_> = self.plan.norms.iter().filter_map(|norm| of(norm)).collect();
        let mut group = vec![clause];
        loop {
            let links = all.iter().filter_map(|(one, term, _)| Some((*one, term.same_days_as.as_ref()?.it)));
            let more = links.flat_map(|(one, other)| {
                let (has, had) = (group.contains(&one), group.contains(&other));
                if has == had { None } else { Some(if has { other } else { one }) }
            });
            let Some(more) = more.into_iter().next() else { break };
            group.push(more);
        }
        if group.len() == 1 {
            return Ok(None);
        }
        let env = &Env { day: self.as_of, given_by: self.as_of, period: None, ..env.clone() };
        let told = |edge: &TermEdge| match edge {
            TermEdge::Day(day) => match self.expr(day, env)? {
                Val::Day(day) => Ok(Some(day)),
                _ => no("a term without a day"),
            },
            _ => Ok(None),
        };
        let (mut starts, mut ends, mut lengths) = (vec![], vec![], vec![]);
        for (_, term, conditions) in all.iter().filter(|(one, ..)| group.contains(one)) {
            if term.renewal.is_some() || *conditions > 0 {
                return no("a renewal of what several terms tell");
            }
            starts.extend(told(&term.starts)?);
            ends.extend(told(&term.ends)?);
            match term.ends {
                TermEdge::Length(length) => lengths.push(length),
                TermEdge::Lapse { .. } => return no("a term of another form"),
                _ => {}
            }
        }
        let Some(first) = starts.first().copied() else { return no("a term without a day") };
        for length in lengths {
            ends.push(term_end(first, &length)?);
        }
        // Where they tell different days, none of them wins.
        if starts.iter().any(|one| *one != first) || ends.iter().any(|one| Some(one) != ends.first()) {
            return Err(Stop::Weigh);
        }
        Ok(Some(vec![(first, ends.first().copied())]))
    }
}

fn calendar(cycle: &Cycle, day: Day) -> Option<(Day, Day)> {
    let (year, month, _) = day.parts();
    let months = |many: u32| {
        let first = (month - 1) / many * many + 1;
        Some((Day::of(year, first, 1)?, Day::last_of_month(year, first + many - 1)?))
    };
    match cycle {
        Cycle::CalendarYear => months(12),
        Cycle::HalfYear => months(6),
        Cycle::FourMonths => months(4),
        Cycle::Quarter => months(3),
        Cycle::Month => months(1),
        Cycle::Week => {
            let monday = day.minus_days(day.weekday().days_after_monday());
            Some((monday, monday.plus_days(6)))
        }
        Cycle::FiscalYear { month, day: number } => {
            let own = Day::of(year, *month, *number)?;
            let first = if day < own { Day::of(year - 1, *month, *number)? } else { own };
            let next = Day::of(first.year() + 1, *month, *number)?;
            Some((first, next.preceding()))
        }
        Cycle::Counted(_) => None,
    }
}
