//! What may be done: whether a right was used, by whose use, and whether that was more than it allows.

use overens::facts::Row;
use overens::model::DefinitionBody;
use overens::model::clause::{Act, Bearer, Count, Edge, Limit};
use overens::model::expr::{Collection, Expr, FieldOf, Var};
use overens::plan::{Body, Norm, NormTest, Plan};
use overens::value::{Day, Number};
use overens::verdict::Status;

use super::ask::Env;
use super::case::Case;
use super::judge::{Inst, Verdict, plain};
use super::world::{R, Val, World, no};

/// The instance of one of the subjects that a use may be for, and the days on which it may be used.
struct Holder {
    row: u32,
    first: Day,
    last: Day,
    begins: Option<Day>,
}

impl World<'_> {
    pub fn may(&self, case: &Case, events: &Collection, at_most: Option<&Count>) -> R<Verdict> {
        let (begin, end) = case.inst.period.unwrap_or((case.from, self.as_of));
        let end = case.through.map_or(end, |through| end.min(through));
        if case.inst.period.is_some_and(|(_, end)| case.days.last.is_none_or(|last| last > end)) {
            return no("a window that reaches past its period");
        }
        let limit = match at_most {
            None => None,
            Some(Count::Times { limit: Limit::AtMost, times }) => match self.expr(times, &case.env)? {
                Val::Number(times) => Some(self.in_proportion(case, times)?.ceil()),
                _ => return no("times"),
            },
            Some(_) => return no("a limit of another form"),
        };
        let (mut first, mut last) = (begin.max(case.from), end.min(self.as_of));
        if let Some(lasts) = self.binds_as_it_lasts(case)? {
            first = lasts.0.map_or(first, |begins| first.max(begins));
            last = lasts.1.map_or(last, |ends| last.min(ends));
        }
        let mut uses = vec![];
        for (day, row) in self.deeds(case, events, begin.max(case.from), end.min(self.as_of))? {
            let env = case.env.bind(events.var, (events.record, row));
            // What the right does not reach, or what goes before it, is no use of it.
            if self.reaches(&case.body.conditions, &Env { given_by: day, ..env.on(day) })?
                && !self.is_excused(case, day, row)?
            {
                uses.push((day, row));
            }
        }
        let mut broken_on = vec![];
        let (used, outside) = if case.inst.subject.is_some() && !events.filter.mentions(Var(0)) {
            self.shared_out(case, events, &uses, limit.as_ref())?
        } else {
            let lasting = |day: &Day| first <= *day && *day <= last;
            let inside = |day: &Day| {
                case.days.first.is_none_or(|first| first <= *day) && case.days.last.is_none_or(|last| *day <= last)
            };
            let days: Vec<Day> = uses.iter().map(|(day, _)| *day).filter(lasting).collect();
            let mut used: Vec<Day> = days.iter().copied().filter(|day| inside(day)).collect();
            used.sort();
            broken_on = days.iter().copied().filter(|day| !inside(day)).collect();
            let exceeds = |n: &usize| limit.as_ref().is_some_and(|limit| Number::count(n + 1) > *limit);
            broken_on.extend((0..used.len()).filter(exceeds).map(|n| used[n]));
            broken_on.sort();
            (used.len(), days.len() - used.len())
        };
        if outside > 0 || limit.is_some_and(|limit| Number::count(used) > limit) {
            let may_so = |test: &NormTest| matches!(test, NormTest::May { act: Act::Event { events: of, .. }, .. } if of.record == events.record);
            let mut others = self.plan.norms.iter().filter(|one| one.clause != case.norm.clause);
            if others.any(|one| one.bodies.iter().any(|body| may_so(&body.test))) {
                return no("what exceeds a right beside another");
            }
            return Ok(Verdict { broken_on, ..plain(Status::Violated) });
        }
        if used > 0 {
            return Ok(plain(Status::Satisfied));
        }
        self.not_used(case, (first, last))
    }

    /// A right that nobody has used: still open, or not used; where it bound on no day, it did not apply.
    fn not_used(&self, case: &Case, (first, last): (Day, Day)) -> R<Verdict> {
        let window =
            (case.days.first.map_or(first, |own| own.max(first)), case.days.last.map_or(last, |own| own.min(last)));
        let over = case.days.last.is_some_and(|last| last < self.as_of)
            || case.through.is_some_and(|end| end < self.as_of)
            || last < self.as_of && case.inst.period.is_none_or(|(_, end)| end >= self.as_of);
        if !case.body.conditions.is_empty() || !case.norm.yields_to.is_empty() {
            let mut day = window.0;
            let mut binds = false;
            while day <= window.1 && !binds {
                binds = self.reaches(&case.body.conditions, &Env { given_by: day, ..case.env.on(day) })?
                    && !self.is_suspended(case, day)?;
                day = day.following();
            }
            if !binds && window.0 > self.as_of {
                return no("a conditional right whose window is still to come");
            }
            if !binds {
                let mut verdict = plain(Status::NotApplicable);
                // An exception that is not over may yet let it be used.
                verdict.or = (!over).then_some(Status::Pending);
                return if case.norm.yields_to.is_empty() {
                    Ok(verdict)
                } else {
                    no("a right that others go before on every day")
                };
            }
            if self.is_more_that_lasts() {
                return no("what nobody wrote down may last longer than a day");
            }
        }
        let status = if over { Status::NotApplicable } else { Status::Pending };
        Ok(Verdict { unused: over, ..plain(status) })
    }

    /// First and last day of a lasting subject: it may be used only while that lasts, unless its window begins on a day of the record.
    fn binds_as_it_lasts(&self, case: &Case) -> R<Option<(Option<Day>, Option<Day>)>> {
        let Some((line, row)) = case.inst.subject else { return Ok(None) };
        let of = &case.norm.subjects[usize::from(line)];
        if (self.shape(of.record).is_event() && of.members_of.is_none()) || begins_by_its_own(self.plan, case.body) {
            return Ok(None);
        }
        self.subject_days(of, row)
    }

    /// Of uses that tell no subject: how many are for this one, and how many are outside of every right.
    fn shared_out(
        &self,
        case: &Case,
        events: &Collection,
        uses: &[(Day, u32)],
        limit: Option<&Number>,
    ) -> R<(usize, usize)> {
        if case.inst.period.is_some() || !case.norm.yields_to.is_empty() || !case.body.conditions.is_empty() {
            return no("uses without a subject, in periods or under conditions");
        }
        // Whose right an act uses hangs on days that are not known: the product may leave it open.
        self.cautious.set(self.cautious.get() || !self.tried.is_empty());
        let (line, own) = case.inst.subject.unwrap();
        let of = &case.norm.subjects[usize::from(line)];
        let mut all: Vec<Holder> = vec![];
        for row in self.rows(of.record, case.from, self.as_of)? {
            if !self.is_written(of.record, row) {
                return no("a right of what nobody wrote down");
            }
            let inst = Inst { subject: Some((line, row)), ..case.inst };
            if self.is_waived(case.norm, inst) {
                continue;
            }
            let Some(other) = self.case(case.norm, case.body, inst)? else { continue };
            let lasts = self.binds_as_it_lasts(&other)?;
            let first =
                [other.days.first, lasts.and_then(|(begins, _)| begins), Some(other.from)].into_iter().flatten().max();
            let ends = [other.days.last, lasts.and_then(|(_, ends)| ends), other.through].into_iter().flatten().min();
            all.push(Holder { row, first: first.unwrap(), last: ends.unwrap_or(Day::MAX), begins: other.subject_day });
        }
        all.sort_by_key(|one| (one.last, self.facts.id(of.record, Row(one.row)).to_string()));
        let mut in_order = uses.to_vec();
        in_order.sort_by_key(|(day, row)| (*day, self.facts.id(events.record, Row(*row)).to_string()));
        let (mut used, mut outside) = (0, 0);
        let mut taken: Vec<(u32, usize)> = vec![];
        for (day, _) in in_order {
            let holding: Vec<&Holder> = all.iter().filter(|one| one.first <= day && day <= one.last).collect();
            if holding.is_empty() {
                let mine = all.iter().find(|one| one.row == own);
                let lasting = self.binds_as_it_lasts(case)?.is_none_or(|(begins, ends)| {
                    begins.is_none_or(|begins| begins <= day) && ends.is_none_or(|ends| day <= ends)
                });
                let before = mine.is_some_and(|mine| mine.begins.is_some_and(|begins| day < begins));
                outside += usize::from(lasting && !before && has_window(case.body));
                continue;
            }
            let Some(limit) = limit else {
                used += usize::from(holding.iter().any(|one| one.row == own));
                continue;
            };
            let so_far = |row: u32| taken.iter().find(|(one, _)| *one == row).map_or(0, |(_, many)| *many);
            let free = holding.iter().find(|one| Number::count(so_far(one.row)) < *limit);
            let row = free.unwrap_or(&holding[0]).row;
            let many = so_far(row) + 1;
            taken.retain(|(one, _)| *one != row);
            taken.push((row, many));
            used += usize::from(row == own);
        }
        Ok((used, outside))
    }

    /// A right that a day in a field shows to be used.
    pub fn exercised(&self, case: &Case, field: &FieldOf) -> R<Verdict> {
        if case.inst.period.is_some() || !case.norm.yields_to.is_empty() {
            return no("a right that a day shows, in periods or behind others");
        }
        let day = match self.field_of(field, &case.env)? {
            Val::Day(day) => Some(day),
            _ => None,
        };
        // Whoever leaves may use it on the first day out, too.
        let out = case.through.map(|end| if self.force(case.norm).1 == Some(end) { end } else { end.following() });
        let counts = |day: &Day| *day <= self.as_of && *day >= case.from && out.is_none_or(|out| *day <= out);
        if let Some(day) = day.filter(counts)
            && self.reaches(&case.body.conditions, &Env { given_by: day, ..case.env.on(day) })?
        {
            let inside =
                case.days.first.is_none_or(|first| first <= day) && case.days.last.is_none_or(|last| day <= last);
            return Ok(plain(if inside { Status::Satisfied } else { Status::Violated }));
        }
        let last = out.map_or(self.as_of, |out| out.min(self.as_of));
        self.not_used(case, (case.from, last))
    }

    /// Whether an act lies within the number of times that a right lets something be done: acts use it up in the order of their days,
    /// those of one day in the order of their names.
    pub fn is_within_the_number(&self, other: Inst, (day, row): (Day, u32)) -> R<bool> {
        let norm = self.norm_of(other)?;
        let [body] = norm.bodies.as_slice() else { return no("an exception of several readings") };
        let Some((events, limit, times)) = limited(body) else { return Ok(true) };
        let Some(case) = self.case(norm, body, other)? else { return Ok(false) };
        if !norm.yields_to.is_empty() || !body.conditions.is_empty() {
            return no("a number of a right that depends on more than its acts");
        }
        let Val::Number(times) = self.expr(times, &case.env)? else { return no("times") };
        let times = self.in_proportion(&case, times)?.ceil();
        let (begin, end) = case.inst.period.unwrap_or((case.from, self.as_of));
        let mut uses = vec![];
        // What was used under one wording is used under all.
        for (wording, (_, norm)) in (0..).zip(self.plan.norms_of(other.clause)) {
            let [body] = norm.bodies.as_slice() else { return no("an exception of several readings") };
            let Some(case) = self.case(norm, body, Inst { wording, ..other })? else { continue };
            let NormTest::May { act: Act::Event { events: of, .. }, .. } = &body.test else {
                return no("a right of another form");
            };
            let of_its_days = self.begins_in(norm)?;
            let all = self.deeds(&case, of, begin.max(case.from), end.min(self.as_of))?;
            uses.extend(all.into_iter().filter(|(day, _)| {
                case.days.first.is_none_or(|first| first <= *day)
                    && case.days.last.is_none_or(|last| *day <= last)
                    && (other.period.is_some() || of_its_days.contains(*day))
            }));
        }
        uses.sort_by_key(|(day, row)| (*day, self.facts.id(events.record, Row(*row)).to_string()));
        let before = uses.iter().take_while(|one| **one != (day, row)).count();
        let within = match limit {
            Limit::LessThan => Number::count(before).plus(&Number::ONE) < times,
            _ => Number::count(before) < times,
        };
        let nameless = |norm: &Norm| norm.subjects.first().is_some_and(|of| !events.filter.mentions(of.var));
        if !within && nameless(norm) {
            return no("a right that each of several subjects has, used by acts that name none of them");
        }
        Ok(within)
    }
}

/// The acts of a right and the number that ends it.
pub fn limited(body: &Body) -> Option<(&Collection, Limit, &Expr)> {
    match &body.test {
        NormTest::May { act: Act::Event { events, .. }, at_most: Some(Count::Times { limit, times }), .. } => {
            matches!(limit, Limit::AtMost | Limit::LessThan | Limit::Exactly).then_some((events, *limit, times))
        }
        _ => None,
    }
}

fn has_window(body: &Body) -> bool {
    body.window.first.is_some() || !matches!(body.window.last, Edge::Open | Edge::Never)
}

/// Whether a window begins on a day that is reckoned from one of the subject's, or from what another clause or a definition says of it.
pub fn begins_by_its_own(plan: &Plan, body: &Body) -> bool {
    fn speaks(plan: &Plan, day: &Expr) -> bool {
        use overens::model::expr::{ExprKind, Row};
        match &day.kind {
            ExprKind::Field(field) => !matches!(field.row, Row::Agreement),
            ExprKind::Shift { day, .. } | ExprKind::OfDay(_, day) => speaks(plan, day),
            ExprKind::YearDay { year: Some(year), .. } => speaks(plan, year),
            ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().any(|day| speaks(plan, day)),
            ExprKind::EffectOf(clause) | ExprKind::DueDayOf(clause) => {
                let of_rows = |norm: &Norm| !norm.subjects.is_empty() || matches!(norm.bearer, Some(Bearer::Each(_)));
                plan.norms_of(*clause).any(|(_, norm)| of_rows(norm))
            }
            ExprKind::Defined { definition, .. } => match &plan.definition(*definition).unwrap().body {
                DefinitionBody::Amount { cases, otherwise } => {
                    cases.iter().any(|(_, day)| speaks(plan, day)) || speaks(plan, otherwise)
                }
                _ => false,
            },
            _ => false,
        }
    }
    let edge_speaks = |edge: &Edge| match edge {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => speaks(plan, day),
        Edge::Lapse { anchor, .. } => speaks(plan, anchor),
        Edge::Length { from, .. } => speaks(plan, from),
        _ => false,
    };
    match (&body.window.first, &body.window.last) {
        (Some(first), _) => edge_speaks(first),
        (None, last @ Edge::Lapse { by, .. }) if !by.goes_back() => edge_speaks(last),
        _ => false,
    }
}
