//! Changes of a clause: in its own lines, each in its slot, and in the definitions that it uses. Every slot is named, so
//! that a new one is not forgotten here.

use std::collections::BTreeSet;

use overens::model::Agreement;
use overens::model::clause::{Act, Bearer, CutCounts, Lines, Party, Requirement, Toward, Wording};
use overens::model::expr::ClauseId;
use overens::source::{Span, Spanned};
use overens::value::Stretch;

use super::walk::{Sort, Walk, a_day, without};

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
        let mut done = BTreeSet::new();
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
            self.without(Sort::EveryDay, &mut common.on_every_day);
            return;
        }
        // Said once for all readings.
        if let Some(span) = common.on_every_day {
            let mut changed = readings.clone();
            changed.iter_mut().for_each(|(_, lines)| lines.on_every_day = None);
            self.offer(Sort::EveryDay, span, "left out", readings, changed);
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
        for other in [&mut lines.exception_to, &mut lines.gives_way_to] {
            self.tied_to(Sort::Precedence, other);
        }
        // Each that becomes due is left out by itself.
        let named = lines.otherwise.as_ref().map_or_else(Vec::new, |due| due.it.clone());
        for (at, Spanned { it, span }) in named.into_iter().enumerate() {
            self.tied.insert(it);
            let mut rest = lines.otherwise.clone();
            if let Some(due) = &mut rest {
                due.it.remove(at);
            }
            self.offer(Sort::Precedence, span, "left out", &mut lines.otherwise, rest);
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
            on_every_day: _,
            count,
            instalments,
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
            moved,
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
        instalments.iter_mut().for_each(|parts| self.instalments(parts));
        window.iter_mut().for_each(|window| self.window(&mut window.it, window.span));
        lasting.iter_mut().for_each(|lasting| self.lasting(&mut lasting.it, lasting.span));
        exercised.iter_mut().for_each(|field| self.field(&mut field.it));
        effect.iter_mut().for_each(|effect| self.edge(Sort::EffectDay, &mut effect.it, effect.span));
        [states, carried, quorum].into_iter().flatten().for_each(|condition| self.cond(condition));
        term.iter_mut().for_each(|term| self.term(&mut term.it, term.span));
        sharing.iter_mut().for_each(|sharing| self.sharing(&mut sharing.it, sharing.span));
        self.billed(billed);
        self.conditions(conditions);
        self.without(Sort::Form, in_writing);
        if let Some(Spanned { it: Toward::Next | Toward::Previous, span }) = moved {
            let span = *span;
            self.offer(Sort::Moved, span, "left out", moved, None);
        }
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
            Act::InOrder(fields) => fields.iter_mut().for_each(|field| self.field(field)),
            Act::State(condition) => self.cond(condition),
            Act::PayShareOf(clause) => {
                self.clauses.insert(*clause);
            }
            Act::Words(_) | Act::Effort(_) | Act::Plain(_) => {}
        }
    }
}
