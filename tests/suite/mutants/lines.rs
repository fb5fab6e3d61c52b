//! Changes in the lines of a clause, each in its slot. Every slot is named, so that a new one is not forgotten here.

use overens::model::Agreement;
use overens::model::clause::{
    Act, Bearer, Billed, Count, CutCounts, CycleOf, Edge, Lasting, Limit, Limited, Lines, Numbered, Party, Requirement,
    Strength, When, Window, Wording,
};
use overens::model::expr::{ClauseId, CondKind};
use overens::plan::{NormTest, Owed, Plan};
use overens::source::{Span, Spanned};
use overens::value::{Cycle, Stretch};

use super::walk::{Sort, Walk, a_day, shifted, without};

impl Walk<'_> {
    /// All changes of a clause (or of a membership's requirement) in its own lines and in the definitions that it uses.
    pub fn clause(&mut self, agreement: &mut Agreement, clause: ClauseId) {
        let named = agreement.clause_names();
        let Some(found) = named.get(usize::from(clause.0)) else { return };
        let requirement = found.requirement_of.map(|membership| (membership, found.name.to_owned()));
        let at = found.clause;
        let whole = agreement.force;
        let Some(of) = agreement.clauses.get_mut(at) else { return };
        for wording in &mut of.wordings {
            match &requirement {
                None => self.wording(wording, whole),
                Some((membership, name)) => {
                    self.clauses.insert(*membership);
                    let named = wording.requirements.iter_mut().filter(|one| one.name.it == *name);
                    named.for_each(|one| self.requirement(one));
                }
            }
        }
        self.definitions_used(agreement);
    }

    /// Definitions may use others: each is walked once, in the order in which they are met.
    fn definitions_used(&mut self, agreement: &mut Agreement) {
        let mut done = std::collections::BTreeSet::new();
        while let Some(next) = self.definitions.iter().copied().find(|one| !done.contains(one)) {
            done.insert(next);
            if let Some(definition) = agreement.definitions.get_mut(usize::from(next.0)) {
                self.definition(definition);
            }
        }
        for value in self.values.clone() {
            if let Some(value) = agreement.values.get_mut(usize::from(value.0)) {
                self.dated_value(value);
            }
        }
    }

    fn requirement(&mut self, requirement: &mut Requirement) {
        self.cond(&mut requirement.condition);
        self.lines(&mut requirement.lines);
    }

    fn wording(&mut self, wording: &mut Wording, whole: Stretch) {
        self.force(wording, whole);
        let Wording { common, readings, .. } = wording;
        self.of_clause(common);
        let bearer_told = common.bearer.is_some();
        if readings.is_empty() {
            self.bearer(common);
            self.lines(common);
            return;
        }
        if bearer_told {
            self.bearer(common);
        }
        // Each reading has all lines, the common ones too: these are the ones that are judged.
        for (at, (_, lines)) in readings.iter_mut().enumerate() {
            if !bearer_told && at == 0 {
                self.bearer(lines);
            }
            self.lines(lines);
        }
    }

    fn force(&mut self, wording: &mut Wording, whole: Stretch) {
        let (span, force) = (wording.name_span, wording.force);
        for by in [1, -1] {
            if force.from != whole.from {
                let changed = Stretch { from: force.from.plus_days(by), ..force };
                self.offer(Sort::ForceFrom, span, a_day(by), &mut wording.force, changed);
            }
            if force.until != whole.until {
                let changed = Stretch { until: force.until.plus_days(by), ..force };
                self.offer(Sort::ForceUntil, span, a_day(by), &mut wording.force, changed);
            }
        }
    }

    /// Lines that a clause says once, whatever its readings say.
    fn of_clause(&mut self, lines: &mut Lines) {
        lines.subjects.iter_mut().for_each(|subject| self.collection(subject));
        if let Some(cycle) = &mut lines.cycle {
            self.cycle(cycle);
        }
        for cut in [&mut lines.first_period, &mut lines.last_period].into_iter().flatten() {
            let other = match cut.it {
                CutCounts::Whole | CutCounts::InProportion => CutCounts::NotAtAll,
                CutCounts::NotAtAll => CutCounts::Whole,
            };
            self.offer(Sort::CutShort, cut.span, "otherwise", &mut cut.it, other);
        }
        for other in [&mut lines.exception_to, &mut lines.otherwise, &mut lines.gives_way_to] {
            self.tied_to(Sort::Precedence, other);
        }
    }

    fn bearer(&mut self, lines: &mut Lines) {
        let Some(bearer) = &mut lines.bearer else { return };
        let span = bearer.span;
        match &mut bearer.it {
            // Who is bound is told by the name alone; no fact hangs on it.
            Bearer::Actor(_) | Bearer::Together(_) => {}
            Bearer::EachOf(actors) => {
                let written = actors.clone();
                for at in 0..written.len() {
                    self.offer(Sort::Bearer, span, "one left out", actors, without(&written, at));
                }
            }
            Bearer::Each(of) => self.collection(of),
            Bearer::Field(field) => self.field(field),
        }
    }

    fn lines(&mut self, lines: &mut Lines) {
        let Lines {
            subjects: _,
            bearer: _,
            // Changed in the norm, where every clause has one.
            strength: _,
            act,
            numbered,
            limited,
            on_every_day,
            count,
            cycle: _,
            first_period: _,
            last_period: _,
            window,
            lasting,
            exercised,
            effect,
            inside: _,
            states,
            carried,
            quorum,
            term,
            sharing,
            billed,
            conditions,
            exception_to: _,
            otherwise: _,
            gives_way_to: _,
            owed_to: _,
            in_writing,
            addressed_to,
            moved_to_working_day,
            as_far_as_possible,
            lay_before: _,
            judged_by: _,
            attested_by: _,
            counted_for,
        } = lines;
        act.iter_mut().for_each(|act| self.act(&mut act.it));
        numbered.iter_mut().for_each(|numbered| self.numbered(&mut numbered.it));
        limited.iter_mut().for_each(|limited| self.limited(&mut limited.it, limited.span));
        count.iter_mut().for_each(|count| self.count(count));
        window.iter_mut().for_each(|window| self.window(&mut window.it, window.span));
        lasting.iter_mut().for_each(|lasting| self.lasting(&mut lasting.it, lasting.span));
        exercised.iter_mut().for_each(|field| self.field(&mut field.it));
        effect.iter_mut().for_each(|effect| self.edge(Sort::EffectDay, &mut effect.it, effect.span));
        [states, carried, quorum].into_iter().flatten().for_each(|condition| self.cond(condition));
        term.iter_mut().for_each(|term| self.term(&mut term.it, term.span));
        sharing.iter_mut().for_each(|sharing| self.sharing(&mut sharing.it, sharing.span));
        self.billed(billed);
        self.conditions(conditions);
        self.without(Sort::EveryDay, on_every_day);
        self.without(Sort::Form, in_writing);
        self.without(Sort::Moved, moved_to_working_day);
        self.without(Sort::Effort, as_far_as_possible);
        if let Some(Spanned { it: Party::Actor(_) | Party::Record(_) | Party::Field(_), span }) = addressed_to {
            let span = *span;
            self.offer(Sort::Form, span, "left out", addressed_to, None);
        }
        if let Some(Spanned { span, .. }) = counted_for {
            let span = *span;
            self.offer(Sort::CountedFor, span, "left out", counted_for, None);
        }
    }

    fn without(&mut self, sort: Sort, words: &mut Option<Span>) {
        if let Some(span) = *words {
            self.offer(sort, span, "left out", words, None);
        }
    }

    fn act(&mut self, act: &mut Act) {
        match act {
            Act::Event { events, .. } => self.collection(events),
            Act::Dated(field) => self.field(field),
            Act::State(condition) => self.cond(condition),
            Act::PayShareOf(clause) => {
                self.clauses.insert(*clause);
            }
            Act::Words(_) | Act::Effort(_) | Act::Plain(_) => {}
        }
    }

    fn numbered(&mut self, numbered: &mut Numbered) {
        for part in &mut numbered.parts {
            self.collection(&mut part.of);
            // One number is both the least and the greatest; each is moved by itself.
            self.amount(Sort::Count, &mut part.least);
            self.amount(Sort::Most, &mut part.most);
            if let Some((least, most)) = &mut part.tolerance {
                self.amount(Sort::Tolerance, least);
                self.amount(Sort::Tolerance, most);
            }
        }
    }

    fn limited(&mut self, limited: &mut Limited, span: Span) {
        self.collection(&mut limited.of);
        let other = opposite(limited.limit);
        self.offer(Sort::Limit, span, "turned round", &mut limited.limit, other);
        self.amount(Sort::Count, &mut limited.amount);
    }

    fn count(&mut self, count: &mut Spanned<Count>) {
        let span = count.span;
        match &mut count.it {
            Count::Times { limit, times } => {
                let other = opposite(*limit);
                self.offer(Sort::Limit, span, "turned round", limit, other);
                self.amount(Sort::Count, times);
            }
            Count::About { least, most } => {
                self.amount(Sort::Tolerance, least);
                self.amount(Sort::Tolerance, most);
            }
            Count::OfEach { least, options, .. } => {
                self.whole(Sort::Count, span, least);
                let written = options.clone();
                for (at, out) in written.iter().enumerate() {
                    self.offer(Sort::Option, span, format!("{out} left out"), options, without(&written, at));
                }
            }
        }
    }

    fn cycle(&mut self, cycle: &mut Spanned<CycleOf>) {
        let span = cycle.span;
        let other = match &mut cycle.it {
            CycleOf::Calendar(cycle) => CycleOf::Calendar(other_cycle(cycle)),
            CycleOf::Counted { every, from } => {
                self.period(Sort::Length, span, every);
                self.day(Sort::FirstDay, from);
                self.expr(from);
                CycleOf::Calendar(Cycle::CalendarYear)
            }
            CycleOf::YearOfTerm(clause) => {
                self.clauses.insert(*clause);
                CycleOf::Calendar(Cycle::CalendarYear)
            }
        };
        self.offer(Sort::Cycle, span, "another cycle", &mut cycle.it, other);
    }

    fn window(&mut self, window: &mut Window, span: Span) {
        if let Some(first) = &mut window.first {
            self.edge(Sort::FirstDay, first, span);
        }
        self.edge(Sort::LastDay, &mut window.last, span);
    }

    pub fn edge(&mut self, sort: Sort, edge: &mut Edge, span: Span) {
        for by in [1, -1] {
            if let Some(moved) = moved(edge, by) {
                self.offer(sort, span, a_day(by), edge, moved);
            }
        }
        match edge {
            Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => self.expr(day),
            Edge::Lapse { anchor, by } => {
                self.period(Sort::Length, span, by);
                self.expr(anchor);
            }
            Edge::YearOfTerm { year, .. } => {
                self.clauses.insert(year.term);
                self.whole(Sort::Length, span, &mut year.number);
            }
            Edge::Open | Edge::Never | Edge::Blank { .. } => {}
        }
    }

    fn lasting(&mut self, lasting: &mut Lasting, span: Span) {
        self.day(Sort::FirstDay, &mut lasting.from);
        self.expr(&mut lasting.from);
        if let Some(until) = &mut lasting.until {
            self.edge(Sort::LastDay, until, span);
        }
    }

    fn billed(&mut self, billed: &mut Option<Spanned<Billed>>) {
        let Some(Spanned { it, span }) = billed else { return };
        let span = *span;
        self.collection(&mut it.bills);
        self.offer(Sort::Billed, span, "left out", billed, None);
    }

    fn conditions(&mut self, conditions: &mut Vec<When>) {
        let written = conditions.clone();
        for (at, when) in written.iter().enumerate() {
            let (turned, span) = match when {
                When::If(condition) => (When::Unless(condition.clone()), condition.span),
                When::Unless(condition) => (When::If(condition.clone()), condition.span),
            };
            let only_words = matches!(
                when,
                When::If(one) | When::Unless(one) if matches!(one.kind, CondKind::Judged { .. })
            );
            self.offer(Sort::Condition, span, "left out", conditions, without(&written, at));
            if !only_words && let Some(when) = conditions.get_mut(at) {
                self.offer(Sort::Condition, span, "if for unless", when, turned);
            }
            if let Some(When::If(condition) | When::Unless(condition)) = conditions.get_mut(at) {
                self.cond(condition);
            }
        }
    }

    /// How strong the norms of a clause are, where that can be seen.
    pub fn strength(&mut self, plan: &mut Plan, clause: ClauseId) {
        for norm in plan.norms.iter_mut().filter(|norm| norm.clause == clause) {
            if !shows_strength(norm) {
                continue;
            }
            let (other, words) = match norm.strength {
                Strength::Shall => (Strength::Should, "should"),
                Strength::Should | Strength::Aims | Strength::Is | Strength::May | Strength::Decision => {
                    (Strength::Shall, "shall")
                }
                Strength::MustNot => (Strength::Should, "should not"),
            };
            self.offer(Sort::Strength, norm.span, words, &mut norm.strength, other);
        }
    }
}

/// Strength tells how a breach is called. What can never be broken (a membership, a term, effort, a duty that never falls
/// due, a share that nobody was billed) is called the same whether it shall or should be.
fn shows_strength(norm: &overens::plan::Norm) -> bool {
    if matches!(norm.strength, Strength::May | Strength::Decision) {
        return true;
    }
    norm.bodies.iter().any(|body| {
        let never_due = match body.window.last {
            Edge::Never => true,
            Edge::Open => norm.cycle.is_none(),
            Edge::On(_) | Edge::DayBefore(_) | Edge::DayAfter(_) | Edge::Lapse { .. } => false,
            Edge::Blank { .. } | Edge::YearOfTerm { .. } => false,
        };
        let breakable = match &body.test {
            NormTest::Member(_) | NormTest::Term(_) | NormTest::ForPerson(_) => false,
            NormTest::Shared { billed, .. } => billed.is_some(),
            NormTest::Dated(_) => !never_due,
            NormTest::Happens { count, .. } => {
                !never_due || !matches!(count, Count::Times { limit: Limit::AtLeast, .. })
            }
            NormTest::Holds(_) => !matches!(body.window.last, Edge::Never),
            NormTest::PaysShare(_) => !never_due,
            NormTest::Never(_) | NormTest::Numbers { .. } | NormTest::Limit { .. } | NormTest::AtJoining { .. } => true,
            NormTest::States(_) | NormTest::Vote { .. } | NormTest::May { .. } => true,
        };
        breakable && body.owed == Owed::Result
    })
}

fn opposite(limit: Limit) -> Limit {
    match limit {
        Limit::AtLeast => Limit::AtMost,
        Limit::AtMost => Limit::AtLeast,
        Limit::Exactly => Limit::MoreThan,
        Limit::MoreThan => Limit::LessThan,
        Limit::LessThan => Limit::MoreThan,
    }
}

fn other_cycle(cycle: &Cycle) -> Cycle {
    match cycle {
        Cycle::CalendarYear => Cycle::HalfYear,
        Cycle::HalfYear => Cycle::Quarter,
        Cycle::Quarter | Cycle::Week => Cycle::Month,
        Cycle::Month => Cycle::Quarter,
        Cycle::FourMonths | Cycle::FiscalYear { .. } | Cycle::Counted(_) => Cycle::CalendarYear,
    }
}

fn moved(edge: &Edge, by: i32) -> Option<Edge> {
    match edge {
        Edge::On(day) => Some(Edge::On(shifted(day, by))),
        Edge::DayBefore(day) if by > 0 => Some(Edge::On(day.clone())),
        Edge::DayBefore(day) => Some(Edge::DayBefore(shifted(day, by))),
        Edge::DayAfter(day) if by < 0 => Some(Edge::On(day.clone())),
        Edge::DayAfter(day) => Some(Edge::DayAfter(shifted(day, by))),
        Edge::Lapse { anchor, by: length } => {
            let length = length.plus(&overens::value::Period::days(by))?;
            Some(Edge::Lapse { anchor: anchor.clone(), by: length })
        }
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } => None,
    }
}
