//! The lines of a clause: each slot resolved, in the scope that subject, bearer and cycle make.
//! Whether a kind of clause may have a line, or must, is for the catalogue of kinds to say.

use crate::diagnostics::codes;
use crate::model::clause::{
    Act, Bearer, Count, CutCounts, Edge, Inside, Lasting, LayBefore, Lines, Party, SharingKey, Strength, Toward, When,
};
use crate::model::expr::{ClauseId, Cond, CondKind, FieldOf, Ty};
use crate::model::schema::{RecordId, Shape, Type};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Bound, CutPeriod, Name, Slot, SlotKind};

use super::circles::Node;
use super::names::Names;
use super::scope::{InCycle, Place, Scope};

/// The clause whose lines are resolved.
pub struct Head<'t> {
    pub id: ClauseId,
    /// `of RECORD`, with the name as written.
    pub of: Option<(RecordId, &'t str)>,
    /// Whether `of RECORD` was written, known or not.
    pub names_a_record: bool,
    pub span: Span,
}

/// Scope and findings of one clause while its lines are filled.
pub(super) struct Filling<'a, 't> {
    pub head: &'a Head<'t>,
    /// Subject, bearer and cycle are bound.
    pub scope: Scope<'a, 't>,
    /// Whether it is judged on each day anew.
    daily: bool,
    /// The record of the events that the act is about.
    pub events: Option<RecordId>,
    pub lines: Lines,
}

impl<'t> Names<'t> {
    /// Resolves lines. A line that is wrong is left out.
    pub fn lines(&self, head: &Head<'t>, slots: &[&'t Slot]) -> Lines {
        let mut lines = Lines::default();
        let scope = self.subjects(head, slots, &mut lines);
        let has_cycle = slots.iter().any(|slot| matches!(slot.kind, SlotKind::Cycle(_)));
        let cycle = if has_cycle { InCycle::Yes } else { InCycle::No };
        let shortest = slots.iter().find_map(|slot| match &slot.kind {
            SlotKind::Cycle(cycle) => Some(shortest(cycle)),
            _ => None,
        });
        let scope = scope.in_cycle(cycle).in_periods_of(shortest.unwrap_or(0));
        let daily = slots.iter().any(|slot| matches!(slot.kind, SlotKind::OnEveryDay));
        let mut filling = Filling { head, scope, daily, events: None, lines };
        // Who acts is bound before anything speaks of it, wherever it was written.
        for slot in slots {
            if let SlotKind::Does(does) = &slot.kind {
                filling.does(does, slot.span);
            }
        }
        for slot in slots {
            filling.take(slot);
        }
        filling.terms(slots);
        filling.lines
    }

    fn subjects(&self, head: &Head<'t>, slots: &[&'t Slot], lines: &mut Lines) -> Scope<'_, 't> {
        let bearer = slots.iter().find_map(|slot| match &slot.kind {
            SlotKind::Does(tree::Does { bearer: tree::Bearer::One(of), .. }) => Some(of.name.it.as_str()),
            _ => None,
        });
        let scope = bearer.map_or_else(|| Scope::empty(self), |bearer| Scope::empty(self).borne_by(bearer));
        let mut inner = None;
        for slot in slots {
            let (record, filter) = match &slot.kind {
                SlotKind::ForEach { record, filter } | SlotKind::AlsoFor { record, filter } => (record, filter),
                _ => continue,
            };
            let Some((subject, bound)) = scope.collected(record, filter.as_ref(), Place::Outside, slot.span) else {
                continue;
            };
            inner.get_or_insert(bound);
            let Some(first) = lines.subjects.first_mut() else {
                lines.subjects.push(subject);
                continue;
            };
            if (first.record, first.members_of) != (subject.record, subject.members_of) {
                self.found(
                    codes::WRONG_TYPE
                        .at(record.span)
                        .say("`also for` must name the same record as `for each`, because the same lines apply to both")
                        .help("write a separate clause".to_string()),
                );
                continue;
            }
            // A row that is both is one subject.
            let both = [&first.filter, &subject.filter].map(|filter| (**filter).clone());
            let any = both.iter().any(|filter| matches!(filter.kind, CondKind::Always));
            let kind = if any { CondKind::Always } else { CondKind::Or(both.to_vec()) };
            *first.filter = Cond { kind, span: first.filter.span };
        }
        let for_each =
            slots.iter().any(|slot| matches!(slot.kind, SlotKind::ForEach { .. } | SlotKind::AlsoFor { .. }));
        if let Some(inner) = inner {
            return inner;
        }
        match head.of {
            Some((record, name)) => scope.with(record, name, Place::Outside),
            None if for_each || head.names_a_record => scope.with_something_unknown(),
            None => self.subjects_of_shared_cost(slots, lines).unwrap_or(scope),
        }
    }

    /// Who pays its share of a cost does so for each subject of that cost.
    fn subjects_of_shared_cost(&self, slots: &[&'t Slot], lines: &mut Lines) -> Option<Scope<'_, 't>> {
        let cost = slots.iter().find_map(|slot| match &slot.kind {
            SlotKind::Does(tree::Does { act: tree::Act::PayShareOf(cost), .. }) => Some(cost),
            _ => None,
        })?;
        let (id, declared) = self.find_clause(&cost.it)?;
        let wording = declared.wordings.first()?;
        let subjects: Vec<&Slot> = wording
            .slots
            .iter()
            .filter(|slot| matches!(slot.kind, SlotKind::ForEach { .. } | SlotKind::AlsoFor { .. }))
            .collect();
        if subjects.is_empty() {
            return None;
        }
        Some(self.subjects(&Head { id, of: None, names_a_record: false, span: cost.span }, &subjects, lines))
    }
}

impl<'a, 't> Filling<'a, 't> {
    pub fn names(&self) -> &'a Names<'t> {
        self.scope.names
    }

    /// The scope for days: no clause's day may need itself.
    pub fn days(&self) -> Scope<'a, 't> {
        self.scope.within(Node::Days(self.head.id))
    }

    /// The scope for what is asked on the day an instance began. What may or must not be done is asked on the day of each act, and what
    /// is judged on every day, on each of them.
    pub(super) fn at_the_beginning(&self) -> Scope<'a, 't> {
        let of_acts =
            self.lines.strength.as_ref().is_some_and(|one| matches!(one.it, Strength::MustNot | Strength::May));
        if of_acts || self.daily { self.scope.clone() } else { self.scope.of_the_whole_period() }
    }

    fn take(&mut self, slot: &'t Slot) {
        let span = slot.span;
        match &slot.kind {
            SlotKind::ForEach { .. } | SlotKind::AlsoFor { .. } | SlotKind::Does(_) => {}
            SlotKind::Numbered { of, modal, parts } => self.numbered(of, modal, parts, span),
            SlotKind::Limited { of, modal, limit, amount } => self.limited(of, modal, limit.it, amount, span),
            SlotKind::OnEveryDay => self.lines.on_every_day = Some(span),
            SlotKind::Count(_) if matches!(self.lines.count, Some(Spanned { it: Count::Amount { .. }, .. })) => {
                self.names().found(
                    codes::CLASHING_LINES
                        .at(span)
                        .say("`pay` asks for an amount, however many payments it takes, so a number of times cannot be added")
                        .help("remove this line, or count the payments in a clause of their own".to_string()),
                );
            }
            SlotKind::Count(count) => {
                let whole = self.at_the_beginning();
                let scope = std::mem::replace(&mut self.scope, whole);
                self.lines.count = self.count(count, span).map(|count| Spanned::new(count, span));
                self.scope = scope;
            }
            SlotKind::Cycle(cycle) => self.lines.cycle = self.cycle(cycle, span).map(|cycle| Spanned::new(cycle, span)),
            SlotKind::CutShort { which, counts } => self.cut_short(*which, *counts, span),
            SlotKind::Timing(timing) => {
                self.lines.window = self.window(timing, span).map(|window| Spanned::new(window, span));
            }
            SlotKind::Lasting { from, end } => {
                self.lines.lasting = self.lasting(from, end.as_ref()).map(|lasting| Spanned::new(lasting, span));
            }
            SlotKind::Exercised(field) => {
                self.lines.exercised = self.dated_field(field).map(|field| Spanned::new(field, span));
            }
            SlotKind::Effect { lapse, anchor } => {
                self.lines.effect = self.effect(lapse.as_ref(), anchor).map(|edge| Spanned::new(edge, span));
            }
            SlotKind::Inside { scope, decided_by } => {
                if let Some(decided_by) = self.names().role(decided_by) {
                    self.lines.inside = Some(Spanned::new(Inside { scope: scope.it.clone(), decided_by }, span));
                }
            }
            SlotKind::States(condition) => self.lines.states = self.scope.condition(condition),
            SlotKind::Carried(condition) => self.lines.carried = self.scope.condition(condition),
            SlotKind::Quorum(condition) => self.lines.quorum = self.scope.condition(condition),
            // The lines of a term make one whole and are read together.
            SlotKind::Length { .. } | SlotKind::Starts(_) | SlotKind::Ends(_) => {}
            SlotKind::Renewal { .. } | SlotKind::SameDaysAs(_) => {}
            SlotKind::Shared(shared) => {
                self.lines.sharing = self.shared(shared, span).map(|sharing| Spanned::new(sharing, span));
            }
            SlotKind::BorneBy { amount, payer } => {
                self.lines.sharing = self.borne(amount, payer, span).map(|sharing| Spanned::new(sharing, span));
            }
            SlotKind::Billed(billed) => {
                self.lines.billed = self.billed(billed).map(|billed| Spanned::new(billed, span));
            }
            SlotKind::If(condition) => {
                self.lines.conditions.extend(self.at_the_beginning().condition(condition).map(When::If));
            }
            SlotKind::Unless(condition) => {
                self.lines.conditions.extend(self.at_the_beginning().condition(condition).map(When::Unless));
            }
            SlotKind::IfJudged { words, by } => self.if_judged(words, by.as_ref(), span),
            SlotKind::ExceptionTo(name) => {
                self.lines.exception_to = self.ranked(name, span, |own, other| (other, own));
            }
            SlotKind::GivesWayTo(name) => {
                self.lines.gives_way_to = self.ranked(name, span, |own, other| (own, other));
            }
            SlotKind::Otherwise(names) => self.otherwise(names, span),
            SlotKind::OwedTo(name) => self.lines.owed_to = self.party(name).map(|party| Spanned::new(party, span)),
            SlotKind::To(name) => self.lines.addressed_to = self.party(name).map(|party| Spanned::new(party, span)),
            SlotKind::InWriting => self.lines.in_writing = Some(span),
            SlotKind::Moved(toward) => {
                self.names().needs_calendar(span);
                let toward = match toward {
                    tree::Toward::Next => Toward::Next,
                    tree::Toward::Previous => Toward::Previous,
                };
                self.lines.moved = Some(Spanned::new(toward, span));
            }
            SlotKind::AsFarAsPossible => self.lines.as_far_as_possible = Some(span),
            SlotKind::LayBefore { role, facts } => self.lay_before(role, facts, span),
            SlotKind::JudgedBy(name) => {
                self.lines.judged_by = self.names().role(name).map(|role| Spanned::new(role, span));
            }
            SlotKind::AttestedBy(name) => {
                self.lines.attested_by = self.names().role(name).map(|role| Spanned::new(role, span));
            }
            SlotKind::CountedFor(name) => self.counted_for(name, span),
            // These belong to the wording as a whole.
            SlotKind::InForce(_) | SlotKind::Principles(_) | SlotKind::Note(_) => {}
            SlotKind::Restates { .. } | SlotKind::Statements(_) | SlotKind::Formerly(_) => {}
        }
    }

    /// What becomes due, each by itself.
    fn otherwise(&mut self, names: &'t [tree::Name], span: Span) {
        let mut found: Vec<Spanned<ClauseId>> = Vec::new();
        for name in names {
            let Some(clause) = self.names().clause(name) else { continue };
            self.names().note_need(Node::Breach(self.head.id), Node::Breach(clause), name.span);
            if let Some(before) = found.iter().find(|one| one.it == clause) {
                let say = format!("`{}` is named twice in this line", name.it);
                let help = "remove one of the two: it becomes due once".to_string();
                self.names().found(codes::REPEATED_LINE.at(name.span).say(say).also(before.span, "here").help(help));
                continue;
            }
            found.push(Spanned::new(clause, if names.len() == 1 { span } else { name.span }));
        }
        self.lines.otherwise = (!found.is_empty()).then(|| Spanned::new(found, span));
    }

    // ---- who and what ------------------------------------------------------------------------------------------------

    fn does(&mut self, does: &'t tree::Does, span: Span) {
        self.lines.strength = Some(Spanned::new(strength(does.modal.it), does.modal.span));
        if let Some((bearer, scope)) = self.bearer(&does.bearer) {
            self.scope = scope;
            self.lines.bearer = Some(Spanned::new(bearer, span));
        } else if let tree::Bearer::Each(_) = does.bearer {
            self.scope = self.scope.with_something_unknown();
        }
        self.lines.act = self.act(&does.act).map(|act| Spanned::new(act, span));
        if let Some(text) = &does.instalments {
            self.lines.instalments = self.instalments(text).map(|parts| Spanned::new(parts, text.span));
        }
        if let (Some(Spanned { it: Act::Event { verb, events }, .. }), tree::Act::Event { event, .. }) =
            (&self.lines.act, &does.act)
        {
            self.is_of_a_day(verb, events.record, event.name.span);
        }
    }

    fn bearer(&self, bearer: &tree::Bearer) -> Option<(Bearer, Scope<'a, 't>)> {
        let same = |bearer| Some((bearer, self.scope.clone()));
        match bearer {
            tree::Bearer::Each(of) => {
                let (of, scope) = self.scope.collected(&of.name, of.filter.as_deref(), Place::Outside, of.span)?;
                Some((Bearer::Each(of), scope))
            }
            tree::Bearer::EachOf(names) => same(Bearer::EachOf(self.actors(names)?)),
            tree::Bearer::Together(names) => same(Bearer::Together(self.actors(names)?)),
            tree::Bearer::One(of) => same(self.one_bearer(of)?),
        }
    }

    fn actors(&self, names: &[Name]) -> Option<Vec<crate::model::schema::ActorId>> {
        let found: Vec<_> = names.iter().map(|name| self.names().actor(name)).collect();
        found.into_iter().collect()
    }

    fn one_bearer(&self, of: &tree::Collection) -> Option<Bearer> {
        let field = self.reference(&of.name);
        // A field may be called like the record that it names.
        if field.is_none() && self.names().is_collection(&of.name.it) {
            self.names().found(
                codes::UNKNOWN_ACTOR
                    .at(of.name.span)
                    .say(format!("`{}` is a record, not an actor", of.name.it))
                    .help(format!("write `each {} …` if each of them has the duty", of.name.it)),
            );
            return None;
        }
        if let Some(filter) = &of.filter {
            let say = "an actor is a single party, so there is nothing for `where` to select";
            self.names().found(codes::WRONG_TYPE.at(filter.span).say(say));
        }
        if let Some(field) = field {
            return Some(Bearer::Field(field));
        }
        self.names().actor(&of.name).map(Bearer::Actor)
    }

    /// A field of the subject that names a record.
    fn reference(&self, name: &Name) -> Option<FieldOf> {
        let fits = |(row, record): (_, RecordId)| {
            let field = self.names().schema.record(record)?.find_field(&name.it)?;
            let field = FieldOf { row, record, field, span: name.span };
            matches!(self.scope.type_of(&field), Some(Type::Ref(_))).then_some(field)
        };
        self.scope.own_rows().find_map(fits)
    }

    fn act(&mut self, act: &'t tree::Act) -> Option<Act> {
        Some(match act {
            tree::Act::State(condition) => Act::State(self.scope.condition(condition)?),
            tree::Act::Dated(field) => Act::Dated(self.dated_field(field)?),
            tree::Act::InOrder(fields) => {
                let found: Vec<_> = fields.iter().map(|field| self.dated_field(field)).collect();
                Act::InOrder(found.into_iter().collect::<Option<_>>()?)
            }
            tree::Act::PayShareOf(cost) => Act::PayShareOf(self.names().clause(cost)?),
            tree::Act::Effort(words) => Act::Effort(words.it.clone()),
            tree::Act::Quoted(words) => Act::Words(words.it.clone()),
            tree::Act::Plain(verb) => Act::Plain(verb_of(verb.it)),
            tree::Act::Event { verb, event } => {
                let events = self.scope.collection(event)?;
                self.events = Some(events.record);
                self.happens(events.record, &event.name);
                Act::Event { verb: verb_of(verb.it), events }
            }
            tree::Act::Pay { amount, by: None, .. } => {
                self.names().found(
                    codes::MISSING_LINE
                        .at(amount.span.after())
                        .say("this does not say which records show what was paid")
                        .help(
                            "name the event and its field with the amount, such as `pay SEK 200 by payment as amount`"
                                .to_string(),
                        ),
                );
                return None;
            }
            tree::Act::Pay { verb, amount, by: Some((by, counts)) } => {
                let events = self.scope.collection(by)?;
                self.events = Some(events.record);
                self.happens(events.record, &by.name);
                self.is_owed(verb.span);
                let count = self.amount_paid(events.record, counts, amount)?;
                self.lines.count = Some(Spanned::new(count, amount.span));
                Act::Event { verb: verb_of(verb.it), events }
            }
        })
    }

    /// An amount can be owed; a right or a ban to pay one would say nothing of what is more or less.
    fn is_owed(&self, span: Span) {
        if self.lines.strength.as_ref().is_some_and(|one| matches!(one.it, Strength::May | Strength::MustNot)) {
            self.names().found(
                codes::CLASHING_LINES
                    .at(span)
                    .say("`pay` asks for an amount, so it goes with `shall` or `should`")
                    .help("name the act: `make payment where amount is …`".to_string()),
            );
        }
    }

    /// What is done has to have a day on which it is done.
    fn happens(&self, record: RecordId, name: &Name) {
        if self.names().schema.record(record).is_some_and(|record| record.day_field().is_none()) {
            self.names().found(
                codes::WRONG_TYPE
                    .at(name.span)
                    .say(format!("`{}` is a record without a day on which it happens", name.it))
                    .help(format!("declare it as `event {} on DAY`", name.it)),
            );
        }
    }

    /// To hold or to attend what lasts may mean the day on which it begins, or each day on which it lasts.
    fn is_of_a_day(&self, verb: &str, record: RecordId, span: Span) {
        let Some(lasting) = self.names().schema.record(record) else { return };
        if !matches!(lasting.shape, Shape::Lasts { .. }) || !matches!(verb, "hold" | "attend") {
            return;
        }
        let name = &lasting.name;
        let whose = self.lines.bearer.as_ref().and_then(|bearer| match &bearer.it {
            Bearer::Each(of) => lasting.fields.iter().find(|field| field.ty == Type::Ref(of.record)),
            Bearer::Actor(_) | Bearer::Together(_) | Bearer::EachOf(_) | Bearer::Field(_) => None,
        });
        let whose = whose.map_or_else(|| " where …".to_string(), |field| format!(" where {} is it", field.name));
        let state = match self.lines.strength.as_ref().map(|strength| strength.it) {
            Some(Strength::MustNot) => format!(
                "each day it lasts, make it a `duty` with `shall ensure no {name}{whose}`: with `during A to B` or `for 2 years from D`, that is checked on every day"
            ),
            Some(Strength::May) => {
                "each day it lasts, put it into a condition of another clause: `unless some …`".to_string()
            }
            Some(Strength::Shall | Strength::Should | Strength::Aims | Strength::Is | Strength::Decision) | None => {
                format!(
                    "each day it lasts, write `ensure some {name}{whose}`: with `during A to B` or `on every day`, that is checked on every day"
                )
            }
        };
        self.names().found(
            codes::LASTING_ACT
                .at(span)
                .say(format!("`{name}` is something that lasts, so `{verb} {name}` could mean the day it begins or every day it lasts"))
                .help(format!("if the day it begins counts, write `make {name}`; if it counts {state}")),
        );
    }

    /// A field of bearer or subject that holds a date.
    fn dated_field(&self, name: &Name) -> Option<FieldOf> {
        let field = self.scope.own_field(name)?;
        if self.scope.type_of(&field) == Some(&Type::Date) {
            return Some(field);
        }
        self.names().found(codes::WRONG_TYPE.at(name.span).say(format!("`{}` is not a date", name.it)));
        None
    }

    // ---- the rest ----------------------------------------------------------------------------------------------------

    fn cut_short(&mut self, which: CutPeriod, counts: tree::CutCounts, span: Span) {
        let counts = match counts {
            tree::CutCounts::Whole => CutCounts::Whole,
            tree::CutCounts::InProportion => CutCounts::InProportion,
            tree::CutCounts::NotAtAll => CutCounts::NotAtAll,
        };
        let counts = Some(Spanned::new(counts, span));
        match which {
            CutPeriod::First => self.lines.first_period = counts,
            CutPeriod::Last => self.lines.last_period = counts,
        }
    }

    fn lasting(&self, from: &tree::Expr, end: Option<&(Bound, tree::Expr)>) -> Option<Lasting> {
        let days = self.days();
        let until = end.map(|(bound, day)| {
            let day = days.a_day(day)?;
            Some(match bound {
                Bound::Until => Edge::On(day),
                Bound::Through => Edge::DayAfter(day),
            })
        });
        let from = days.a_day(from)?;
        match until {
            None => Some(Lasting { from, until: None }),
            Some(until) => Some(Lasting { from, until: Some(until?) }),
        }
    }

    fn effect(&self, lapse: Option<&tree::LapseText>, anchor: &tree::Expr) -> Option<Edge> {
        let anchor = self.days().a_day(anchor);
        match lapse {
            None => Some(Edge::On(anchor?)),
            Some(lapse) => {
                let by = self.days().lapse(lapse, tree::Side::After);
                Some(Edge::Lapse { anchor: anchor?, by: by? })
            }
        }
    }

    fn if_judged(&mut self, words: &tree::Quoted, by: Option<&Name>, span: Span) {
        let by = match by {
            Some(by) => match self.names().role(by) {
                Some(role) => Some(role),
                None => return,
            },
            None => None,
        };
        let kind = CondKind::Judged { words: words.it.clone(), by };
        self.lines.conditions.push(When::If(Cond { kind, span }));
    }

    /// A clause that goes before another: whether the other makes anything due hangs on the days of the first.
    fn ranked(
        &self,
        name: &Name,
        span: Span,
        behind: impl FnOnce(ClauseId, ClauseId) -> (ClauseId, ClauseId),
    ) -> Option<Spanned<ClauseId>> {
        let clause = self.names().clause(name)?;
        self.names().note_need(Node::Rank(self.head.id), Node::Rank(clause), name.span);
        let (behind, before) = behind(self.head.id, clause);
        self.names().note_need(Node::Days(behind), Node::Days(before), name.span);
        Some(Spanned::new(clause, span))
    }

    /// Someone that something is owed or addressed to.
    fn party(&self, name: &Name) -> Option<Party> {
        if let Some(field) = self.reference(name) {
            return Some(Party::Field(field));
        }
        if let Some(record) = self.names().schema.find_record(&name.it) {
            return Some(Party::Record(record));
        }
        if let Some((_, record)) = self.names().find_membership(&name.it) {
            return Some(Party::Record(record));
        }
        self.names().actor(name).map(Party::Actor)
    }

    fn lay_before(&mut self, role: &Name, facts: &[tree::Expr], span: Span) {
        let facts: Vec<Option<FieldOf>> = facts.iter().map(|fact| self.scope.field(fact)).collect();
        let role = self.names().role(role);
        let (Some(role), Some(facts)) = (role, facts.into_iter().collect()) else { return };
        self.lines.lay_before = Some(Spanned::new(LayBefore { role, facts }, span));
    }

    fn counted_for(&mut self, name: &Name, span: Span) {
        let Some(events) = self.events else {
            let say = "`counted for` needs an event, and this clause names none";
            self.names().found(codes::WRONG_TYPE.at(name.span).say(say));
            return;
        };
        match self.names().schema.record(events).and_then(|record| record.find_field(&name.it)) {
            Some(field) => self.lines.counted_for = Some(Spanned::new(field, span)),
            None => self.names().no_field(events, name),
        }
    }

    /// The whole of an amount, as a key of one part.
    pub fn all_by(&self, actor: crate::model::schema::ActorId) -> SharingKey {
        SharingKey::InParts(vec![(crate::value::Number::ONE, actor)])
    }

    /// A number that is not less than 0, where it can be seen.
    pub fn count_of(&self, expr: &tree::Expr) -> Option<crate::model::expr::Expr> {
        let number = self.scope.number_value(expr)?;
        self.scope.expect(number, &Ty::Number)
    }
}

/// How many days the shortest period of a cycle has. A year or a month that is counted may lack what a leap year or a long month has.
fn shortest(cycle: &tree::CycleText) -> u32 {
    match cycle {
        tree::CycleText::CalendarYear | tree::CycleText::FiscalYear | tree::CycleText::YearOfTerm(_) => 365,
        tree::CycleText::HalfYear => 181,
        tree::CycleText::FourMonths => 120,
        tree::CycleText::Quarter => 90,
        tree::CycleText::Month => 28,
        tree::CycleText::Week => 7,
        tree::CycleText::Counted { period, .. } => {
            let days = period.parts.iter().map(|(amount, unit)| {
                let many = amount.it.parse::<u32>().unwrap_or(0);
                many.saturating_mul(match unit {
                    tree::PeriodUnit::Year => 365,
                    tree::PeriodUnit::Month => 28,
                    tree::PeriodUnit::Week => 7,
                    tree::PeriodUnit::Day | tree::PeriodUnit::WorkingDay | tree::PeriodUnit::ClearDay => 1,
                })
            });
            days.fold(0, u32::saturating_add)
        }
    }
}

pub(super) fn strength(modal: tree::Modal) -> Strength {
    match modal {
        tree::Modal::Shall => Strength::Shall,
        tree::Modal::Should => Strength::Should,
        tree::Modal::May => Strength::May,
        tree::Modal::MustNot => Strength::MustNot,
        tree::Modal::AimsTo => Strength::Aims,
    }
}

/// The verb as it is written: `hold`, `invite to`.
fn verb_of(role: &'static str) -> &'static str {
    crate::syntax::keywords::written(role).unwrap_or(role)
}
