//! What is put together to judge an instance: whom it reaches, its window, its bounds.

use std::collections::BTreeSet;

use overens::facts::{Cell, CellId, Row};
use overens::model::amendment::Began;
use overens::model::clause::{Bearer, Count, CutCounts, CycleOf, Edge, Limit};
use overens::model::expr::{ClauseId, Collection, Expr, ExprKind, Lapse};
use overens::model::schema::Shape;
use overens::plan::{Body, Moved, Norm, NormTest, Plan};
use overens::value::{Day, Period, YearlyDay};

use super::ask::Env;
use super::judge::{Inst, Who};
use super::reckon::{counted, fixed_day, last_day, moved};
use super::rights::begins_by_its_own;
use super::world::{Key, R, Stop, Val, World, no};

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
    /// The first day on which what becomes due only `otherwise` can be done, where its window names none.
    pub due_since: Option<Day>,
    pub days: Days,
    /// The window as it is written, whatever force leaves of it.
    pub written: Days,
    /// What is not known of the window.
    pub open: BTreeSet<Key>,
}

impl World<'_> {
    /// Puts together what is to be judged; nothing when it does not reach the instance.
    pub fn case<'n>(&self, norm: &'n Norm, body: &'n Body, inst: Inst) -> R<Option<Case<'n>>> {
        let (mut from, mut through) = self.force(norm);
        if from > self.as_of {
            return no("force that is still to come");
        }
        if let (Some(term), Some((first, last))) = (norm.during, inst.period) {
            // The term cuts its periods as force does.
            let terms = self.terms(term, &self.env(norm, self.as_of))?;
            let (Some((begin, _)), Some((_, end))) = (terms.first(), terms.last()) else {
                return no("a term without days");
            };
            if last < *begin || end.is_some_and(|end| first > end) {
                return Ok(None);
            }
            if *begin > self.as_of {
                return no("a term that is still to come");
            }
            from = from.max(*begin);
            // What will be renewed cuts nothing.
            let goes_on = end.is_some_and(|end| end >= self.as_of) && self.renews_for_sure(term)?;
            through = [through, end.filter(|_| !goes_on)].into_iter().flatten().min();
        }
        let limits = match &body.test {
            NormTest::Never(_) | NormTest::May { .. } => true,
            NormTest::Happens { count: Count::Times { limit, .. } | Count::About { limit, .. }, .. } => {
                matches!(limit, Limit::AtMost | Limit::LessThan)
            }
            _ => false,
        };
        if let (true, Some((_, last)), Some(since)) = (limits, inst.period, self.cut_otherwise_before(norm)?) {
            if since > last {
                return Ok(None);
            }
            from = from.max(since);
        }
        // Nothing is prohibited once the clause is repealed, and whoever comes after it is not bound; a right keeps its period.
        let repealed = self.repealed_on(norm)?;
        if let (true, false, Some(ends)) = (limits, matches!(body.test, NormTest::May { .. }), repealed) {
            through = Some(through.map_or(ends.preceding(), |last| last.min(ends.preceding())));
        }
        // What was over before the clause was in force binds nobody; on its first day out a right may still be used.
        if let (true, None, Some((line, row))) = (limits, inst.period, inst.subject) {
            let of = &norm.subjects[usize::from(line)];
            if (of.members_of.is_some() || !self.shape(of.record).is_event())
                && !begins_by_its_own(self.plan, body)
                && let Some((_, Some(ends))) = self.subject_days(of, row)?
            {
                let right = matches!(body.test, NormTest::May { .. });
                if if right { ends.following() } else { ends } < from {
                    return Ok(None);
                }
            }
        }
        // What begins only after the end binds nobody.
        if inst.period.is_some_and(|(first, _)| through.is_some_and(|end| first > end)) {
            return Ok(None);
        }
        let mut env = self.env(norm, self.as_of);
        env.inst = Some(inst);
        env.period = inst.period.map(|(first, last)| (first.max(from), through.map_or(last, |end| last.min(end))));
        let whole = inst.period;
        let several = self.is_changed(norm);
        if several && self.begins_in(norm)?.from > self.as_of {
            return no("a wording that is still to come");
        }
        let over =
            self.plan.norms_of(norm.clause).flat_map(|(_, one)| &one.cuts).any(|cut| cut.began == Began::IsTakenOver);
        if over
            && inst.period.is_some()
            && self.plan.norms_of(norm.clause).any(|(_, one)| one.bodies.iter().any(|body| body.window.stated))
        {
            return no("a window in the periods of what is taken over");
        }
        if several && inst.period.is_none() && self.goes_by_wording(norm) {
            let own = self.begins_in(norm)?;
            if own.is_empty() {
                return Ok(None);
            }
            from = from.max(own.from);
            through = [through, (own.until <= Day::MAX).then(|| own.until.preceding())].into_iter().flatten().min();
            if from > self.as_of {
                return no("force that is still to come");
            }
        }
        if several && inst.period.is_some_and(|(_, last)| through.is_some_and(|end| last > end)) {
            return no("a period that runs into another wording");
        }
        // The subject.
        let mut subject_day = None;
        let mut subject_of = None;
        if let Some((line, row)) = inst.subject {
            let Some(of) = norm.subjects.get(usize::from(line)) else { return no("a wording without the subject") };
            env = env.bind(of.var, (of.record, row));
            let Some(days) = self.subject_days(of, row)? else { return Ok(None) };
            subject_day = days.0;
            if let (Some(first), None) = (days.0, inst.period) {
                // Acts go by their own days, however old their subject is.
                let is_act = |body: &Body| matches!(body.test, NormTest::Never(_) | NormTest::May { .. });
                let acts = norm.bodies.iter().all(is_act);
                if several && acts && !self.goes_by_wording(norm) {
                    return no("acts of several wordings");
                }
                let goes_by = if several { self.runs_out(norm, &env, first, from)? } else { first };
                if several && !acts && !self.begins_in(norm)?.contains(goes_by) {
                    let mut others = self.plan.norms_of(norm.clause).map(|(_, one)| self.begins_in(one));
                    let judged = others.try_fold(false, |found, days| Ok(found || days?.contains(goes_by)))?;
                    return if judged { Err(Stop::Elsewhere) } else { Ok(None) };
                }
                if (first < from && !acts) || through.is_some_and(|through| first > through) {
                    return Ok(None);
                }
            }
            if several && days.0.is_none() && inst.period.is_none() && !self.goes_by_wording(norm) {
                return no("one instance for several wordings");
            }
            if let (Some((first, last)), Some(begins)) = (env.period, days.0) {
                if matches!(self.shape(of.record), Shape::Event { .. }) {
                    return no("an event with a cycle");
                }
                if begins > last || days.1.is_some_and(|end| end < first) || repealed.is_some_and(|on| begins >= on) {
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
        // Whom the clause reaches: of a plain record, which has no day, that is asked when the instance began. What an event's own
        // fields say is asked as of now.
        let acts = matches!(body.test, NormTest::Never(_) | NormTest::May { .. });
        let plain = |of: &Collection| matches!(self.shape(of.record), Shape::Plain) && of.members_of.is_none();
        let later = subject_of.filter(|of| plain(of) && !acts && env.period.is_none());
        if let Some(of) = subject_of.filter(|_| later.is_none())
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
        let (owed, open) = match self.noting(|| self.window(norm, body, &window_env, early, from)) {
            Ok((Some(days), open)) => (days, open),
            Ok((None, _)) => return Ok(None),
            Err(Stop::Weigh) if excluded(&Env { given_by: early.min(self.as_of), ..env.on(early) })? => {
                return Ok(None);
            }
            Err(stop) => return Err(stop),
        };
        let mut days = self.extended(norm, inst, owed)?;
        let mut began = match (subject_day, env.period) {
            // After the end nothing new binds, nor lets off; and an extension changes nothing of what is owed.
            (None, None) => [owed.last, through].into_iter().flatten().fold(self.as_of, Day::min),
            _ => early,
        };
        if let Some(of) = later
            && !self.asks(&of.filter, true, &Env { given_by: began, ..env.on(began) })?
        {
            return Ok(None);
        }
        // What was due in the first period of a subject before it was there is none of its duties.
        if let (Some(of), Some((_, row)), Some(_), Some(last)) = (subject_of, inst.subject, inst.period, days.last)
            && !acts
            && let Some((Some(first), _)) = self.subject_days(of, row)?
            && last < first
        {
            return Ok(None);
        }
        // The bearer.
        match (&norm.bearer, inst.bearer) {
            (Some(Bearer::Each(of)), Who::Row(record, row)) => {
                env = env.bind(of.var, (record, row));
                let Some((first, last)) = self.subject_days(of, row)? else { return Ok(None) };
                if let Some(first) = first {
                    let (a, b) = match (subject_day, env.period) {
                        (Some(day), None) => (day, day),
                        // In a cycle: on the first day that lies in the period and in the subject's time.
                        (Some(_), Some(_)) => (early, early),
                        // What limits acts may reach past its period, and so binds who comes later.
                        (None, Some((begin, end))) => {
                            (begin, days.last.filter(|_| limits).map_or(end, |last| last.max(end)))
                        }
                        (None, None) => {
                            let a = days.first.unwrap_or(from).max(from);
                            let b = days.last.unwrap_or(self.as_of);
                            (a, through.map_or(b, |end| b.min(end)))
                        }
                    };
                    let b = repealed.map_or(b, |on| b.min(on.preceding()));
                    if first > b || last.is_some_and(|last| last < a) || days.last.is_some_and(|day| day < first) {
                        return Ok(None);
                    }
                    // What must not be done, or may be, in a window after somebody has left, is nothing to them.
                    let out = i32::from(matches!(body.test, NormTest::May { .. }));
                    if let (true, Some(last), Some(opens)) = (limits, last, days.first)
                        && last.plus_days(out) < opens
                    {
                        return Ok(None);
                    }
                    from = from.max(first);
                    // Whoever comes in the course of a period is asked about on the day of coming.
                    if subject_day.is_none() && env.period.is_some() {
                        began = began.max(first);
                    }
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
        // Nor does what is prohibited, allowed or limited in a window after the end bind on any day.
        let out = i32::from(matches!(body.test, NormTest::May { .. }));
        if let (true, Some(end), Some(opens)) = (limits, through, days.first)
            && end.plus_days(out) < opens
        {
            return Ok(None);
        }
        // What begins only after the end asks nothing of anybody, where nothing else tells when it began.
        if let (None, None, Some(opens), Some(end)) = (inst.period, inst.subject, days.first, through)
            && opens > end
            && end < self.as_of
        {
            return Ok(None);
        }
        if matches!(days, Days { first: Some(first), last: Some(last), .. } if first > last) {
            let own = Env { given_by: began.min(self.as_of), ..env.on(began) };
            return if excluded(&own)? { Ok(None) } else { Err(Stop::Weigh) };
        }
        let written = days;
        if subject_day.is_none() && days.first.is_some_and(|first| first < from) && inst.subject.is_none() {
            days.first = Some(from);
        }
        // What is done after the last day that binds serves nothing, so a period that is cut short is over with that day.
        let deed = matches!(body.test, NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_));
        let counts = matches!(norm.last_period, Some(CutCounts::Whole | CutCounts::InProportion));
        let deed = deed && norm.last_period.is_none();
        if let (true, Some((_, last_of_period)), Some(last)) = (deed || counts, inst.period, days.last) {
            let subject_ends = match inst.subject {
                Some((line, row)) => {
                    self.subject_days(&norm.subjects[usize::from(line)], row)?.and_then(|(_, end)| end)
                }
                None => None,
            };
            let end = [through, subject_ends].into_iter().flatten().min();
            if let Some(end) = end.filter(|end| last_of_period > *end && last > *end) {
                match days.first {
                    // It counts, and nothing can be done for it any more.
                    Some(first) if counts && first > end => return Ok(None),
                    Some(first) if first > end => {}
                    _ => days.last = Some(end),
                }
            }
        }
        // Rows in the period are those of the part of it in which the clause binds.
        let since = match (inst.subject, inst.period) {
            (Some((line, row)), Some(_)) => {
                self.subject_days(&norm.subjects[usize::from(line)], row)?.and_then(|(first, _)| first)
            }
            _ => None,
        };
        env.period = env.period.map(|(first, last)| (since.map_or(first, |day| first.max(day)).max(from), last));
        env.day = began;
        env.given_by = began.min(self.as_of);
        let due_since = if body.window.first.is_none() || limits { self.due_since(norm, inst)? } else { None };
        Ok(Some(Case { norm, body, inst, env, from, through, subject_day, due_since, days, written, open }))
    }

    /// The last day of a window in a period, whoever is bound in that; nothing where it has none.
    pub fn last_in(&self, norm: &Norm, inst: Inst, period: (Day, Day)) -> R<Option<Day>> {
        let [body] = norm.bodies.as_slice() else { return no("periods of what has several readings") };
        if inst.day.is_some() {
            return Ok(Some(period.1));
        }
        let (from, inst) = (self.force(norm).0, Inst { period: Some(period), ..inst });
        let mut env = self.env(norm, period.0.max(from));
        (env.inst, env.period) = (Some(inst), Some(period));
        if let Some((line, row)) = inst.subject {
            let of = &norm.subjects[usize::from(line)];
            env = env.bind(of.var, (of.record, row));
        }
        if let (Some(Bearer::Each(of)), Who::Row(record, row)) = (&norm.bearer, inst.bearer) {
            env = env.bind(of.var, (record, row));
        }
        let Some(days) = self.window(norm, body, &env, period.0.max(from), from)? else { return Ok(None) };
        Ok(self.extended(norm, inst, days)?.last)
    }

    /// The day by which the instance of a subject has its wording: what runs out is told by the last day of the first wording.
    fn runs_out(&self, norm: &Norm, env: &Env, began: Day, from: Day) -> R<Day> {
        let mut lasts = vec![];
        for (_, one) in self.plan.norms_of(norm.clause) {
            let last = match one.bodies.as_slice() {
                [body] => self.window(one, body, &Env { period: None, ..env.on(began) }, began, from)?,
                _ => return no("several readings"),
            };
            lasts.push(last.and_then(|days| days.last));
        }
        let Some(first) = lasts.first().copied() else { return Ok(began) };
        for last in lasts.into_iter().flatten() {
            if last < began && self.changes_within(norm.clause, (last, began))? {
                return no("what is due before its subject's day, in a clause that changes in between");
            }
        }
        self.goes_by(norm.clause, began, first)
    }

    /// Whether another wording of a clause begins, or it ends, after a day and through another.
    fn changes_within(&self, clause: ClauseId, (after, through): (Day, Day)) -> R<bool> {
        for (_, one) in self.plan.norms_of(clause) {
            let days = self.begins_in(one)?;
            if [days.from, days.until].iter().any(|day| after < *day && *day <= through) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// First and last day of a row by itself: an event's day, the days of what lasts or belongs; nothing where it is not.
    pub fn subject_days(&self, of: &Collection, row: u32) -> R<Option<(Option<Day>, Option<Day>)>> {
        if let Some(clause) = of.members_of {
            return Ok(self.membership(clause, row)?.map(|(first, last)| (Some(first), last)));
        }
        Ok(match self.shape(of.record) {
            // What was called off has not happened, whatever it is.
            Shape::Plain => (!self.is_cancelled(of.record, row)?).then_some((None, None)),
            Shape::Event { .. } => match self.own_day(of.record, row)? {
                Some(day) if !self.is_cancelled(of.record, row)? => Some((Some(day), None)),
                _ => None,
            },
            Shape::Lasts { .. } => self.lasting(of.record, row)?.map(|(first, last)| (Some(first), last)),
        })
    }

    /// The value that the own day of the subject is, where that has to be tried.
    pub fn own_key(&self, inst: Inst) -> Option<Key> {
        let (line, row) = inst.subject?;
        let record = self.norm_of(inst).ok()?.subjects.get(usize::from(line))?.record;
        let field = match self.shape(record) {
            Shape::Event { on } => on,
            Shape::Lasts { from, .. } => from,
            Shape::Plain => return None,
        };
        Some((record.0, row, field.0, 0))
    }

    /// Whether the own day of an event that is the subject is not given.
    pub fn is_undated(&self, inst: Inst) -> bool {
        let Some((line, row)) = inst.subject else { return false };
        let Ok(norm) = self.norm_of(inst) else { return false };
        let record = norm.subjects[usize::from(line)].record;
        let (Shape::Event { on } | Shape::Lasts { from: on, .. }) = self.shape(record) else { return false };
        matches!(self.facts.cell(CellId { record, row: Row(row), field: on }), Cell::Unknown)
    }

    /// The window of an instance; nothing when a day that it hangs on is none.
    fn window(&self, norm: &Norm, body: &Body, env: &Env, began: Day, from: Day) -> R<Option<Days>> {
        let has_subject = !norm.subjects.is_empty();
        let window = &body.window;
        let each_term = matches!(norm.cycle, Some(CycleOf::EachTerm(_)));
        let at_first = match env.period {
            Some(_) if each_term && !matches!(window.last, Edge::Open | Edge::Never) => {
                self.since_in_term(body, env, from)?
            }
            Some((first, _)) => Some(first),
            None if has_subject => None,
            None => Some(from),
        };
        let mut days = match (&window.first, &window.last) {
            (None, Edge::Open | Edge::Never) => {
                // What a line says to be open is so for an event, and a day in a field of the subject may be any.
                let of_field = matches!(body.test, NormTest::Dated(_) | NormTest::InOrder(_));
                let open = |shape: Shape| match shape {
                    Shape::Plain => true,
                    Shape::Lasts { .. } => of_field,
                    _ => of_field || (window.stated && matches!(body.test, NormTest::Happens { .. })),
                };
                let first = match (env.period, has_subject) {
                    (None, true) if !open(self.shape(norm.subjects[0].record)) => Some(began),
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
                let Some(last) = self.last_edge(body, last, env)? else { return Ok(None) };
                Days { first: Some(from), last: Some(last), counted_from: Some(from) }
            }
            (None, last @ Edge::Lapse { .. }) => {
                if env.period.is_some() && !each_term {
                    return no("at least so long before, in a cycle");
                }
                let Some(last) = self.last_edge(body, last, env)? else { return Ok(None) };
                let at_first = if each_term { at_first } else { None };
                Days { first: at_first, last: Some(last), counted_from: None }
            }
            (None, last) => {
                // `before the start`: what is to be done before a period has no first day.
                let is_before = matches!(last, Edge::DayBefore(at) if matches!(at.kind, ExprKind::PeriodStart));
                let Some(last) = self.last_edge(body, last, env)? else { return Ok(None) };
                let at_first = if is_before { None } else { at_first };
                Days { first: at_first, last: Some(last), counted_from: None }
            }
            (Some(first), Edge::Open | Edge::Never) => {
                let Some(first) = self.counted_edge(body, first, env)? else { return Ok(None) };
                Days { first: Some(first), last: env.period.map(|(_, last)| last), counted_from: None }
            }
            (Some(first), last) => {
                let counted = matches!((first, last), (Edge::On(_), Edge::Lapse { by, .. }) if !by.goes_back());
                let (first, last) = (self.counted_edge(body, first, env)?, self.last_edge(body, last, env)?);
                let (Some(first), Some(last)) = (first, last) else { return Ok(None) };
                Days { first: Some(first), last: Some(last), counted_from: counted.then_some(first) }
            }
        };
        // Where a numbered week lies in the year before, the language's reference does not say since when.
        let at_the_turn = |day: &YearlyDay| matches!(day, YearlyDay::InWeek { week, .. } if *week == 1 || *week > 51);
        let in_a_week = |edge: &Edge| match edge {
            Edge::On(at) | Edge::DayBefore(at) => matches!(&at.kind, ExprKind::YearDay { day, .. } if at_the_turn(day)),
            _ => false,
        };
        if in_a_week(&window.last) && env.period.is_some() {
            return no("a week that lies outside of its year");
        }
        if let (Moved::ToTheNext | Moved::ToThePrevious, Some(last)) = (body.moved, days.last) {
            days.last = Some(moved(self.plan, last, body.moved == Moved::ToTheNext)?);
        }
        Ok(Some(days))
    }

    /// The last day of a window: of what is to be done, as the law of the agreement has it for periods and for dates.
    pub fn last_edge(&self, body: &Body, edge: &Edge, env: &Env) -> R<Option<Day>> {
        let moves = body.moved == Moved::ByRegime;
        match (&body.window.first, edge) {
            (_, Edge::Lapse { anchor, by }) if moves => self.reckoned(anchor, by, env, last_day),
            (None, Edge::On(at)) => self.last_named(at, moves, env),
            (_, edge) => self.counted_edge(body, edge, env),
        }
    }

    /// An end of a window as the law counts, which nothing moves. The first days of a period are told by their numbers.
    pub fn counted_edge(&self, body: &Body, edge: &Edge, env: &Env) -> R<Option<Day>> {
        match edge {
            Edge::Lapse { anchor, by } if !body.window.numbered => self.reckoned(anchor, by, env, counted),
            edge => self.edge(edge, env),
        }
    }

    fn reckoned(
        &self,
        from: &Expr,
        by: &Lapse,
        env: &Env,
        reckon: impl Fn(&Plan, Day, &Period) -> R<Day>,
    ) -> R<Option<Day>> {
        match self.expr(from, env)? {
            Val::Day(day) => {
                let Some(by) = self.so_long(by, env)? else { return Ok(None) };
                reckon(self.plan, day, &by).map(Some)
            }
            Val::None => Ok(None),
            _ => no("no day"),
        }
    }

    /// A time that is written, or that a number tells; nothing where a fact says that there is none.
    pub fn so_long(&self, by: &Lapse, env: &Env) -> R<Option<Period>> {
        let (number, unit) = match by {
            Lapse::Fixed(by) => return Ok(Some(*by)),
            Lapse::Told { number, unit } => (self.expr(number, env)?, unit),
        };
        let Val::Number(number) = number else { return Ok(None) };
        let whole = number.to_i64().filter(|many| *many >= 0 && *many < 1_000_000);
        match whole.and_then(|many| unit.times(i32::try_from(many).unwrap())) {
            Some(by) => Ok(Some(by)),
            // A person has to say, if it matters; it may not.
            None => no("a length that is no number of whole units"),
        }
    }

    /// A day plus a period is the last day of that period, also where other words name it; any other day is a date, which may move.
    fn last_named(&self, at: &Expr, moves: bool, env: &Env) -> R<Option<Day>> {
        let day = |day: &Expr| match self.expr(day, env)? {
            Val::Day(day) => Ok(Some(day)),
            Val::None => Ok(None),
            _ => no("no day"),
        };
        let each =
            |days: &[Expr]| days.iter().map(|day| self.last_named(day, moves, env)).collect::<R<Vec<Option<Day>>>>();
        match &at.kind {
            ExprKind::Shift { day: from, by } if moves => self.reckoned(from, by, env, last_day),
            ExprKind::Shift { day: from, by } => self.reckoned(from, by, env, counted),
            ExprKind::DueDayOf(_) => day(at),
            ExprKind::EarliestOf(days) => Ok(each(days)?.into_iter().flatten().min()),
            ExprKind::LatestOf(days) => Ok(each(days)?.into_iter().flatten().max()),
            ExprKind::Defined { definition, row } => match self.amount_of(*definition, row.as_ref(), env)? {
                Some((amount, inner)) => self.last_named(amount, moves, &inner),
                None => Ok(None),
            },
            _ if !moves => day(at),
            _ => day(at)?.map(|at| fixed_day(self.plan, at)).transpose(),
        }
    }

    /// The window with a last day that somebody moved.
    fn extended(&self, norm: &Norm, inst: Inst, days: Days) -> R<Days> {
        match (self.extended_to(norm, inst), days.last) {
            (Some(until), Some(last)) if until < last => no("an extension that makes a window shorter"),
            (Some(until), Some(_)) => Ok(Days { last: Some(until), ..days }),
            _ => Ok(days),
        }
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
}
