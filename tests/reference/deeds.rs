//! What is done, in time or late.

use overens::model::clause::{Bearer, Count, CutCounts, CycleOf, Edge, Limit};
use overens::model::expr::{Collection, Expr, ExprKind, FieldOf, Var};
use overens::model::schema::{FieldId, Type};
use overens::plan::{Norm, NormTest, Trigger};
use overens::value::{Day, Number};
use overens::verdict::Status;

use super::ask::Env;
use super::case::{Case, Days};
use super::judge::{Inst, Verdict, Who, plain};
use super::world::{R, Stop, Val, World, no};

/// A deed: its day and its row. Rows that nobody wrote down are told apart by number.
type Deed = (Day, u32);

/// An instance, how many it needs, the deeds that fit it, and those that served it in time and late.
type OpenInstance<'a, 'c> = (&'a Case<'c>, i64, Vec<Deed>, Vec<Deed>, Vec<Deed>);

/// What the bounds of force, and of what lasts, do to a period: cut short in front, behind; whether the window lies whole within
/// them, and whether they have ended.
struct Cut {
    before: bool,
    after: bool,
    in_force: bool,
    ended: bool,
    from: Day,
    through: Option<Day>,
}

impl World<'_> {
    // ---- deeds -------------------------------------------------------------------------------------------------------

    /// Events that fit an instance but for their day, from one day through another, in their order.
    pub fn deeds(&self, case: &Case, events: &Collection, first: Day, last: Day) -> R<Vec<Deed>> {
        let mut found = vec![];
        // A list need be complete from the first day of force on, whenever the evidence may be from.
        let told_from = if first == Day(-30_000) { case.from.min(last) } else { first };
        for row in self.rows(events.record, told_from, last.min(self.as_of))? {
            if case
                .inst
                .subject
                .is_some_and(|(line, own)| case.norm.subjects[usize::from(line)].record == events.record && own == row)
            {
                continue;
            }
            let Some(day) = self.own_day(events.record, row)? else { continue };
            let passed_over = |(clause, since)| clause == case.norm.clause && day < since;
            if self.only_since.get().is_some_and(passed_over) {
                continue;
            }
            if day < first || day > last || day > self.as_of || self.is_cancelled(events.record, row)? {
                continue;
            }
            let env = Env { given_by: self.as_of, ..case.env.bind(events.var, (events.record, row)).on(day) };
            let passes = match (self.asks(&events.filter, true, &env), self.weighed_as.get()) {
                (Err(Stop::Weigh), Some(counts)) => counts,
                (passes, _) => passes?,
            };
            if passes && self.is_by(case, events, row, &env)? {
                found.push((day, row));
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Whether an event was done by the bearer, where compiling has not said so in the filter.
    fn is_by(&self, case: &Case, events: &Collection, row: u32, env: &Env) -> R<bool> {
        if let (Some(field), Who::Actor(actor)) = (case.norm.done_by, case.inst.bearer) {
            let name = self.plan.schema.actor(actor).map(|actor| actor.name.clone()).unwrap_or_default();
            return Ok(self.field(events.record, row, field, env.day)? == Val::Word(name));
        }
        if let Some(Bearer::Field(field)) = &case.norm.bearer {
            let Some(target) = self.plan.schema.field(field.record, field.field).and_then(|one| one.ty.referred())
            else {
                return Ok(true);
            };
            let fields = &self.plan.schema.record(events.record).unwrap().fields;
            let naming: Vec<usize> =
                fields.iter().enumerate().filter(|(_, one)| one.ty == Type::Ref(target)).map(|(at, _)| at).collect();
            let [only] = naming.as_slice() else { return no("whose evidence it is") };
            let only = FieldId(u16::try_from(*only).unwrap());
            let own = self.field_of(field, &case.env)?;
            return Ok(own != Val::None && self.field(events.record, row, only, env.day)? == own);
        }
        Ok(true)
    }

    /// Whether a deed tells which subject it is for. What tells only of a bearer that several subjects name does not.
    fn names_subject(&self, case: &Case, events: &Collection) -> bool {
        let Some((line, _)) = case.inst.subject.filter(|_| events.filter.mentions(Var(0))) else { return false };
        let record = case.norm.subjects[usize::from(line)].record;
        let fields = &self.plan.schema.record(events.record).unwrap().fields;
        let names = fields.iter().any(|one| one.ty == Type::Ref(record));
        names || !matches!(case.norm.bearer, Some(Bearer::Field(_)))
    }

    pub fn happens(&self, case: &Case, events: &Collection, count: &Count) -> R<Verdict> {
        let names_subject = self.names_subject(case, events);
        let mut days = case.days;
        // What lasts is served while it lasts.
        let lasts = self.lasts_in_cycle(case)?;
        days.first = lasts.map_or(days.first, |(begins, _)| days.first.max(begins));
        let within = case.inst.period.is_some_and(|(first, _)| days.first.is_none_or(|opens| opens >= first));
        if !names_subject || within {
            days.first = Some(days.first.map_or(case.from, |first| first.max(case.from)));
        }
        if let Some(since) = case.due_since {
            days.first = Some(days.first.map_or(since, |first| first.max(since)));
        }
        let first = days.first.unwrap_or(Day(-30_000));
        let limits = matches!(
            count,
            Count::Times { limit: Limit::AtMost | Limit::LessThan, .. }
                | Count::About { limit: Limit::AtMost | Limit::LessThan, .. }
        );
        let in_turn = case.inst.subject.is_some() && !names_subject && case.norm.cycle.is_some() && !limits;
        let (deeds, later) = if case.inst.period.is_some() && in_turn {
            if self.reaches_past(case)? {
                return no("what several subjects share, past their periods");
            }
            self.deeds_in_turn(case, events, count)?
        } else if case.inst.period.is_some() {
            self.deeds_of_period(case, events, first)?
        } else if case.inst.subject.is_some() && !names_subject {
            self.deeds_in_turn(case, events, count)?
        } else {
            let all = self.deeds(case, events, first, self.as_of)?;
            let in_time = |deed: &Deed| days.last.is_none_or(|last| deed.0 <= last);
            all.into_iter().partition(in_time)
        };
        let (mut deeds, mut later) = (self.while_owed(case, days, deeds)?, self.while_owed(case, days, later)?);
        if self.is_for_some_acts(case.norm)? {
            for all in [&mut deeds, &mut later] {
                let mut counted = vec![];
                for (day, row) in all.drain(..) {
                    if !self.is_excused(case, day, row)? {
                        counted.push((day, row));
                    }
                }
                *all = counted;
            }
        }
        let in_time = |all: Vec<Deed>| -> Vec<Deed> {
            all.into_iter().filter(|(day, _)| lasts.and_then(|(_, end)| end).is_none_or(|end| *day <= end)).collect()
        };
        self.counted(case, days, events, count, &in_time(deeds), &in_time(later))
    }

    /// Leaves out what came after the end, unless it was owed by a day that came after it, for a period that lay in force. What was
    /// overdue by then stays so.
    fn while_owed(&self, case: &Case, days: Days, deeds: Vec<Deed>) -> R<Vec<Deed>> {
        let Some(end) = case.through else { return Ok(deeds) };
        if deeds.iter().all(|(day, _)| *day <= end) {
            return Ok(deeds);
        }
        if case.inst.subject.is_some() {
            return no("deeds after the end");
        }
        let owed = case.inst.period.is_some_and(|(_, last)| last <= end) && days.last.is_some_and(|last| last > end);
        Ok(deeds.into_iter().filter(|(day, _)| owed || *day <= end).collect())
    }

    /// First and last day of a subject that lasts, in a cycle.
    fn lasts_in_cycle(&self, case: &Case) -> R<Option<(Option<Day>, Option<Day>)>> {
        match (case.inst.subject, case.inst.period) {
            (Some((line, row)), Some(_)) => self.subject_days(&case.norm.subjects[usize::from(line)], row),
            _ => Ok(None),
        }
    }

    /// What names the period that it is for; where it names none, its day does.
    pub fn happens_for(&self, case: &Case, events: &Collection, count: &Count, field: FieldId) -> R<Verdict> {
        let Some((begin, end)) = case.inst.period else { return no("counted for, without a cycle") };
        if case.inst.subject.is_some() {
            return no("counted for, of a subject of its own");
        }
        if begin.year() != end.year() || begin.following().year() != begin.year() || end.days_until(begin) > -360 {
            return no("counted for what is no year");
        }
        let (mut done, mut later) = (vec![], vec![]);
        for (day, row) in self.deeds(case, events, Day(-30_000), self.as_of)? {
            let is_for = match self.field(events.record, row, field, day)? {
                Val::Number(year) => year == Number::from(i64::from(begin.year())),
                Val::None => begin <= day && day <= end && day >= case.from,
                _ => return no("counted for what is no number"),
            };
            if is_for && case.days.last.is_none_or(|last| day <= last) {
                done.push((day, row));
            } else if is_for {
                later.push((day, row));
            }
        }
        let (done, later) = (self.while_owed(case, case.days, done)?, self.while_owed(case, case.days, later)?);
        self.counted(case, case.days, events, count, &done, &later)
    }

    /// Deeds of a period: those whose day lies in it.
    fn deeds_of_period(&self, case: &Case, events: &Collection, first: Day) -> R<(Vec<Deed>, Vec<Deed>)> {
        let (mut begin, mut end) = case.inst.period.unwrap();
        let each_term = matches!(case.norm.cycle, Some(CycleOf::EachTerm(_)));
        if case.norm.cycle.is_none() || (each_term && !self.reaches_past(case)?) {
            // What is due in a year of a term may come, late, until that year of the next one.
            let others = self.in_all_periods(case)?;
            let next = others.iter().filter(|one| one.inst.period > case.inst.period).filter_map(|one| one.days.first);
            begin = first;
            end = next.min().map_or(self.as_of, Day::preceding);
        } else if self.reaches_past(case)? {
            return self.deeds_of_windows(case, events);
        }
        let all = self.deeds(case, events, first.max(begin), end)?;
        Ok(all.into_iter().partition(|(day, _)| case.days.last.is_none_or(|last| *day <= last)))
    }

    /// Whether an instance may take deeds: what was waived takes none, nor what becomes due only `otherwise` and is not due.
    fn takes(&self, norm: &Norm, inst: Inst) -> R<bool> {
        if self.is_waived(norm, inst) {
            return Ok(false);
        }
        let Trigger::Breach(broken) = &norm.trigger else { return Ok(true) };
        match self.broken(norm, inst, broken)? {
            Status::Late | Status::Violated => Ok(true),
            Status::Satisfied | Status::NotApplicable | Status::Pending => Ok(false),
            Status::Unknown | Status::NeedsJudgement => no("what becomes due where a person has to say"),
        }
    }

    /// All instances of the same subject and bearer, in order.
    fn in_all_periods<'n>(&self, case: &Case<'n>) -> R<Vec<Case<'n>>> {
        let mut all = vec![];
        for inst in self.instances(case.inst.clause)? {
            if (inst.wording, inst.subject, inst.bearer) != (case.inst.wording, case.inst.subject, case.inst.bearer) {
                continue;
            }
            if !self.takes(case.norm, inst)? {
                continue;
            }
            match self.case(case.norm, case.body, inst) {
                Ok(Some(other)) if self.reaches(&case.body.conditions, &other.env)? => all.push(other),
                Ok(_) | Err(Stop::Weigh) => {}
                Err(stop) => return Err(stop),
            }
        }
        Ok(all)
    }

    fn reaches_past(&self, case: &Case) -> R<bool> {
        if matches!(&case.body.window.last, Edge::On(at) | Edge::DayBefore(at) if matches!(at.kind, ExprKind::Day(_))) {
            return no("one day for all periods");
        }
        if case.body.window.first.is_none() && matches!(case.body.window.last, Edge::Open | Edge::Never) {
            return Ok(false);
        }
        let past = |one: &Case| {
            let (begin, end) = one.inst.period.unwrap();
            one.days.last.is_none_or(|last| last > end)
                || one.days.first.is_none()
                || one.days.first.is_some_and(|first| first < begin && first < one.from)
        };
        Ok(self.in_all_periods(case)?.iter().any(past))
    }

    /// Whether a window lies within its period, but for a last day that moves or that somebody moved.
    fn is_at_home(&self, case: &Case) -> R<bool> {
        let (begin, end) = case.inst.period.unwrap();
        let window = &case.body.window;
        let Some(last) = self.counted_edge(case.body, &window.last, &case.env)? else { return Ok(false) };
        let before_it = matches!(case.norm.cycle, Some(CycleOf::EachTerm(_))) && last <= begin;
        let begins = match &window.first {
            Some(_) => case.days.first.is_some_and(|first| first >= begin),
            None => !before_it && !matches!(window.last, Edge::Lapse { .. }),
        };
        Ok(begins && begin <= last && last <= end)
    }

    /// Where windows reach past their periods, a deed serves the earliest instance that is not served yet and whose window
    /// holds it; where none does, it makes late the instance of its own period if that has its window within it, and else
    /// the earliest overdue one of those that do not.
    fn deeds_of_windows(&self, case: &Case, events: &Collection) -> R<(Vec<Deed>, Vec<Deed>)> {
        let NormTest::Happens { count: Count::Times { limit: Limit::AtLeast, times }, .. } = &case.body.test else {
            return no("a limit in windows that reach past their periods");
        };
        let all = self.in_all_periods(case)?;
        let mut open: Vec<OpenInstance> = vec![];
        for one in &all {
            let Val::Number(times) = self.expr(times, &one.env)? else { return no("times") };
            let first = one.days.first.map_or(one.from, |first| first.max(one.from));
            let fitting = self.deeds(one, events, first, self.as_of)?;
            open.push((one, times.ceil().to_i64().unwrap_or(1), fitting, vec![], vec![]));
        }
        let homes = all.iter().map(|one| self.is_at_home(one)).collect::<R<Vec<bool>>>()?;
        let mut deeds: Vec<Deed> = open.iter().flat_map(|(_, _, fitting, ..)| fitting.iter().copied()).collect();
        deeds.sort_unstable();
        deeds.dedup();
        for deed in deeds {
            let holds = |one: &Case| one.days.last.is_none_or(|last| deed.0 <= last);
            let served =
                |done: &[Deed], late: &[Deed], times: i64| i64::try_from(done.len() + late.len()).unwrap() >= times;
            let fits = |fitting: &[Deed]| fitting.contains(&deed);
            let in_time = open.iter().position(|(one, times, fitting, done, late)| {
                fits(fitting) && holds(one) && !served(done, late, *times)
            });
            if let Some(at) = in_time {
                open[at].3.push(deed);
            } else {
                let told = |at: usize, one: &Case| {
                    let (begin, end) = one.inst.period.unwrap();
                    homes[at] && begin <= deed.0 && deed.0 <= end
                };
                let tells = open.iter().enumerate().any(|(at, (one, _, fitting, ..))| fits(fitting) && told(at, one));
                let overdue = open.iter().enumerate().position(|(at, (one, times, fitting, done, late))| {
                    let may = if tells { told(at, one) } else { !homes[at] };
                    may && fits(fitting) && !holds(one) && !served(done, late, *times)
                });
                if let Some(at) = overdue {
                    open[at].4.push(deed);
                }
            }
        }
        match open.into_iter().find(|(one, ..)| one.inst == case.inst) {
            Some((_, _, _, done, late)) => Ok((done, late)),
            None => no("an instance that is not among its own"),
        }
    }

    /// Where nothing tells whose a deed is, the subjects take them in the order of their last days, each the earliest that is
    /// in time; then those that are overdue take what is left.
    fn deeds_in_turn(&self, case: &Case, events: &Collection, count: &Count) -> R<(Vec<Deed>, Vec<Deed>)> {
        let Count::Times { limit: Limit::AtLeast, times } = count else {
            return no("a limit on deeds without a subject");
        };
        let asked = |one: &Case| -> R<usize> {
            let Val::Number(times) = self.expr(times, &one.env)? else { return no("times") };
            let times = self.in_proportion(one, times)?;
            Ok(usize::try_from(times.ceil().to_i64().unwrap_or(1)).unwrap_or(1))
        };
        let (line, _) = case.inst.subject.unwrap();
        let record = case.norm.subjects[usize::from(line)].record;
        let mut all: Vec<(Option<Day>, u32, Vec<Deed>, usize)> = vec![];
        for row in 0..self.written(record) {
            // Of several wordings each subject has one: that of its day.
            for (wording, (_, norm)) in (0..).zip(self.plan.norms_of(case.inst.clause)) {
                let inst = Inst { subject: Some((line, row)), wording, ..case.inst };
                let [body] = norm.bodies.as_slice() else { return no("deeds in turn, of several readings") };
                let NormTest::Happens { events: of, count: Count::Times { limit: Limit::AtLeast, .. }, .. } =
                    &body.test
                else {
                    return no("deeds in turn, of another form");
                };
                if wording != case.inst.wording && of.record != events.record {
                    return no("deeds in turn, of another form");
                }
                if !self.takes(norm, inst)? {
                    continue;
                }
                let other = match self.case(norm, body, inst) {
                    Ok(Some(other)) => other,
                    Ok(None) | Err(Stop::Weigh | Stop::Never | Stop::Elsewhere) => continue,
                    Err(stop) => return Err(stop),
                };
                if !self.reaches(&body.conditions, &other.env)? {
                    continue;
                }
                if self.counts_as(&other)? == Some(CutCounts::NotAtAll) {
                    continue;
                }
                let mut first = other.days.first.map_or(other.from, |first| first.max(other.from));
                let mut last = self.as_of;
                if let (Some((begin, end)), Some(_)) = (inst.period, &norm.cycle) {
                    let lasts = self.lasts_in_cycle(&other)?;
                    let (begins, ends) = lasts.unwrap_or((None, None));
                    first = [Some(begin), begins].into_iter().flatten().fold(first, Day::max);
                    last = [Some(end), ends, other.through].into_iter().flatten().fold(last, Day::min);
                }
                let deeds = self.deeds(&other, of, first, last)?;
                all.push((other.days.last, row, deeds, asked(&other)?));
            }
        }
        // What has no last day comes after all that has.
        all.sort_by_key(|(last, row, ..)| (last.is_none(), *last, *row));
        let mut used: Vec<u32> = vec![];
        let mut taken: Vec<Vec<Deed>> = vec![];
        for (last, _, deeds, times) in &all {
            let in_time = deeds.iter().filter(|(day, row)| !used.contains(row) && last.is_none_or(|last| *day <= last));
            let own: Vec<Deed> = in_time.take(*times).copied().collect();
            used.extend(own.iter().map(|(_, row)| row));
            taken.push(own);
        }
        for (at, (last, row, deeds, times)) in all.iter().enumerate() {
            let missing = times.saturating_sub(taken[at].len());
            let left = deeds.iter().filter(|(day, row)| !used.contains(row) && last.is_some_and(|last| *day > last));
            let later: Vec<Deed> = left.take(missing).copied().collect();
            used.extend(later.iter().map(|(_, row)| row));
            if Some((line, *row)) == case.inst.subject {
                return Ok((taken[at].clone(), later));
            }
        }
        no("an instance that is not among its own")
    }

    fn counted(
        &self,
        case: &Case,
        days: Days,
        events: &Collection,
        count: &Count,
        deeds: &[Deed],
        later: &[Deed],
    ) -> R<Verdict> {
        let last = days.last;
        let over = last.is_some_and(|last| last < self.as_of);
        let with = |verdict: Verdict| Verdict { last, ..verdict };
        match count {
            Count::Times { limit, times } => {
                let Val::Number(times) = self.expr(times, &case.env)? else { return no("times") };
                let (limit, times) = match (self.is_in_proportion(case)?, limit) {
                    (false, limit) => (*limit, times),
                    (true, Limit::MoreThan) => (Limit::AtLeast, times.floor().plus(&Number::ONE)),
                    (true, Limit::LessThan) => (Limit::AtMost, times.ceil().minus(&Number::ONE)),
                    (true, limit) => (*limit, times),
                };
                let times = self.in_proportion(case, times)?;
                let times = if self.is_in_proportion(case)? { times.ceil() } else { times };
                let many = Number::count(deeds.len());
                let needed = match limit {
                    Limit::AtMost if many > times => return Ok(with(too_many(deeds, |nth| nth > times))),
                    Limit::LessThan if many >= times => return Ok(with(too_many(deeds, |nth| nth >= times))),
                    Limit::AtMost | Limit::LessThan => return Ok(with(plain(Status::Satisfied))),
                    Limit::Exactly if many > times => return Ok(with(plain(Status::Violated))),
                    Limit::AtLeast | Limit::Exactly => times.ceil(),
                    Limit::MoreThan => times.floor().plus(&Number::ONE),
                };
                if many >= needed {
                    return Ok(with(plain(Status::Satisfied)));
                }
                let missing = usize::try_from(needed.minus(&many).to_i64().unwrap_or(0)).unwrap_or(0);
                match later.get(missing - 1) {
                    Some((day, _)) => self.done_late(case, days, *day),
                    None => Ok(with(self.not_done(case, days, over)?)),
                }
            }
            Count::Amount { field, amount } => {
                let (needed, currency) = match self.expr(amount, &case.env)? {
                    Val::Money(money) => (money.amount, Some(money.currency)),
                    Val::Number(number) => (number, None),
                    Val::None => return Ok(plain(Status::NotApplicable)),
                    _ => return no("what is to be paid"),
                };
                if self.is_in_proportion(case)? {
                    return no("an amount in proportion");
                }
                let mut paid = vec![];
                for (day, row) in deeds.iter().chain(later) {
                    match self.field(events.record, *row, *field, *day)? {
                        Val::Money(money) => paid.push((*day, money.amount)),
                        Val::Number(number) => paid.push((*day, number)),
                        Val::None => {}
                        _ => return no("what is no amount"),
                    }
                }
                if let Some(parts) = &case.body.instalments {
                    return self.in_instalments(case, parts, &paid, (&needed, currency));
                }
                match super::costs::stays_paid(paid, &needed) {
                    _ if needed.is_zero() => Ok(with(plain(Status::Satisfied))),
                    _ if needed.is_negative() => no("less than nothing to pay"),
                    Some(day) if last.is_some_and(|last| day > last) => self.done_late(case, days, day),
                    Some(_) => Ok(with(plain(Status::Satisfied))),
                    None => Ok(with(self.not_done(case, days, over)?)),
                }
            }
            Count::OfEach { least, field, options } => {
                let mut worst: Option<Day> = None;
                for option in options {
                    let mut own = vec![];
                    for (day, row) in deeds.iter().chain(later) {
                        if self.field(events.record, *row, *field, *day)? == Val::Word(option.clone()) {
                            own.push(*day);
                        }
                    }
                    let Some(day) = own.get(*least as usize - 1) else {
                        return Ok(with(self.not_done(case, days, over)?));
                    };
                    worst = worst.max(Some(*day));
                }
                match worst {
                    Some(day) if last.is_some_and(|last| day > last) => self.done_late(case, days, day),
                    _ => Ok(with(plain(Status::Satisfied))),
                }
            }
            Count::About { limit, least, most, floor } => {
                let whole = |times: &Expr| match self.expr(times, &case.env)? {
                    Val::Number(times) => Ok(self.in_proportion(case, times)?.ceil()),
                    _ => no("times"),
                };
                let most = match self.expr(most, &case.env)? {
                    Val::Number(most) if !self.is_in_proportion(case)? => most,
                    _ => whole(most)?,
                };
                let least = whole(least)?;
                let floor = floor.as_ref().map(whole).transpose()?;
                let many = Number::count(deeds.len());
                let (no_least, no_most) = (
                    matches!(limit, Limit::AtMost | Limit::LessThan),
                    matches!(limit, Limit::AtLeast | Limit::MoreThan),
                );
                let (short, beyond) = (many < least && !no_least, many > most && !no_most);
                if !short && !beyond {
                    return Ok(with(plain(Status::Satisfied)));
                }
                // More may still come; outside of the tolerance a person judges, below the floor nobody does. What came in full, later
                // than it should, is late.
                if let Some(floor) = floor.filter(|floor| many < *floor) {
                    let full = if no_least { floor } else { least.max(floor) };
                    let missing = usize::try_from(full.minus(&many).to_i64().unwrap_or(0)).unwrap_or(0);
                    return match later.get(missing - 1) {
                        Some((day, _)) => self.done_late(case, days, *day),
                        None => Ok(with(self.not_done(case, days, over)?)),
                    };
                }
                if short && !over {
                    return Ok(with(self.not_done(case, days, over)?));
                }
                Ok(with(plain(Status::NeedsJudgement)))
            }
        }
    }

    /// How the bounds of force, and of what lasts, lie about a period and a window.
    fn cut(&self, case: &Case) -> R<Cut> {
        let (mut from, mut through) = (case.from, case.through);
        if let (Some((line, row)), Some(_)) = (case.inst.subject, case.inst.period)
            && let Some((first, last)) = self.subject_days(&case.norm.subjects[usize::from(line)], row)?
        {
            from = first.map_or(from, |first| first.max(from));
            through = [through, last].into_iter().flatten().min();
        }
        let past = |day: Day| through.is_some_and(|end| end < day);
        let (before, after) = match case.inst.period {
            Some((first, last)) => (first < from, past(last)),
            None => (false, false),
        };
        let whole = case.written;
        let in_force = whole.first.is_none_or(|first| first >= from) && whole.last.is_some_and(|last| !past(last));
        Ok(Cut { before, after, in_force, ended: past(self.as_of), from, through })
    }

    /// How a period counts that the bounds cut short: nothing where no line says it, or where it is not cut.
    pub fn counts_as(&self, case: &Case) -> R<Option<CutCounts>> {
        if case.norm.cycle.is_none() {
            return Ok(None);
        }
        let cut = self.cut(case)?;
        let (first, last) = (case.norm.first_period, case.norm.last_period);
        Ok(match (cut.before, cut.after) {
            (false, false) => None,
            (true, false) => first,
            (false, true) => last,
            (true, true) => match (first, last) {
                (Some(CutCounts::NotAtAll), None | Some(CutCounts::NotAtAll)) | (None, Some(CutCounts::NotAtAll)) => {
                    Some(CutCounts::NotAtAll)
                }
                (Some(CutCounts::NotAtAll), _) | (_, Some(CutCounts::NotAtAll)) | (None, _) | (_, None) => None,
                (Some(CutCounts::Whole), Some(CutCounts::Whole)) => Some(CutCounts::Whole),
                _ => Some(CutCounts::InProportion),
            },
        })
    }

    fn is_in_proportion(&self, case: &Case) -> R<bool> {
        Ok(self.counts_as(case)? == Some(CutCounts::InProportion))
    }

    /// A number of times, in proportion to the days of the period that count.
    pub fn in_proportion(&self, case: &Case, times: Number) -> R<Number> {
        if !self.is_in_proportion(case)? {
            return Ok(times);
        }
        let (cut, (begin, end)) = (self.cut(case)?, case.inst.period.unwrap());
        let first = if case.norm.first_period == Some(CutCounts::InProportion) { begin.max(cut.from) } else { begin };
        let last = match cut.through {
            Some(through) if case.norm.last_period == Some(CutCounts::InProportion) => end.min(through),
            _ => end,
        };
        let days = |first: Day, last: Day| i64::from(first.days_until(last)) + 1;
        Ok(times.times(&Number::ratio(days(first, last), days(begin, end)).unwrap()))
    }

    /// Whether the bounds cut a period short, with a part of its window, and no line says how it counts.
    pub fn is_cut_short(&self, case: &Case) -> R<bool> {
        let cut = self.cut(case)?;
        Ok((cut.before || cut.after) && !cut.in_force && self.counts_as(case)?.is_none())
    }

    /// Whether the bounds cut a period short at all.
    pub fn cut_at_all(&self, case: &Case) -> R<bool> {
        let cut = self.cut(case)?;
        Ok(cut.before || cut.after)
    }

    /// What is done late: in a period that is cut short it is not kept, and for people to weigh.
    fn done_late(&self, case: &Case, days: Days, day: Day) -> R<Verdict> {
        let late = late(days.last, day);
        if self.is_cut_short(case)? {
            return Ok(Verdict { status: Status::NeedsJudgement, ..late });
        }
        Ok(late)
    }

    /// What is not done: pending before the last day, violated after it; what the bounds of force cut short is for people.
    pub fn not_done(&self, case: &Case, days: Days, over: bool) -> R<Verdict> {
        let cut = self.cut(case)?;
        let ended = case.through.is_some_and(|end| end < self.as_of);
        if ended && case.inst.period.is_none() {
            let owed = case.inst.subject.is_some();
            if days.last.is_none_or(|last| case.through.is_some_and(|end| last > end) && !owed) {
                return Ok(plain(Status::NotApplicable));
            }
        }
        let counts = self.counts_as(case)?.is_some();
        if cut.ended && cut.after && !cut.in_force && !counts {
            return Ok(plain(Status::NeedsJudgement));
        }
        if !over {
            return Ok(plain(Status::Pending));
        }
        if (cut.before || cut.after) && !cut.in_force && !counts {
            return Ok(plain(Status::NeedsJudgement));
        }
        Ok(plain(Status::Violated))
    }

    pub fn dated(&self, case: &Case, field: &FieldOf) -> R<Verdict> {
        if case.inst.period.is_some() {
            return no("a day in a field, in a cycle");
        }
        let last = case.days.last;
        let with = |verdict: Verdict| Verdict { last, ..verdict };
        let over = last.is_some_and(|last| last < self.as_of);
        let day = match self.field_of(field, &case.env)? {
            Val::Day(day) => Some(day),
            _ => None,
        };
        let Some(day) = day.filter(|day| *day <= self.as_of) else {
            return Ok(with(self.not_done(case, case.days, over)?));
        };
        if case.days.first.is_some_and(|first| day < first) {
            return Ok(with(plain(Status::Violated)));
        }
        if case.through.is_some_and(|end| day > end) {
            return no("deeds after the end");
        }
        match last {
            Some(last) if day > last => Ok(late(Some(last), day)),
            _ => Ok(with(plain(Status::Satisfied))),
        }
    }
}

pub fn late(last: Option<Day>, day: Day) -> Verdict {
    let days = last.map(|last| last.days_until(day));
    Verdict { late: days, last, ..plain(Status::Late) }
}

/// A maximum that is broken, by each deed that comes on top of what is allowed.
fn too_many(deeds: &[Deed], is_beyond: impl Fn(Number) -> bool) -> Verdict {
    let mut days: Vec<Day> = deeds.iter().map(|(day, _)| *day).collect();
    days.sort();
    let beyond = (0..days.len()).filter(|at| is_beyond(Number::count(at + 1))).map(|at| days[at]);
    Verdict { broken_on: beyond.collect(), ..plain(Status::Violated) }
}
