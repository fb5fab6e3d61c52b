//! What the lines of a clause mean, each by itself, in the form of [`super`]: without places, by names.
//! Every line is named here, so that one which comes to the model is not forgotten where agreements are compared.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::clause::{
    Act, Bearer, Billed, Count, CycleOf, Edge, Inside, Instalments, Lasting, LayBefore, Limited, Lines, NumberedPart,
    Party, Remainder, Renewal, Rest, Shared, Sharing, SharingKey, SharingWay, TermEdge, TermOf, When, Window,
};
use super::super::schema::FieldId;
use super::{By, Called, Text, put};
use crate::source::{Span, Spanned};

/// A line of a clause, or a part of one that can change by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Subjects,
    Bearer,
    Strength,
    Act,
    Numbered,
    Limited,
    OnEveryDay,
    Count,
    Cycle,
    FirstPeriod,
    LastPeriod,
    Window,
    Lasting,
    Exercised,
    Effect,
    Inside,
    States,
    Carried,
    Quorum,
    Term,
    Sharing,
    Billed,
    Conditions,
    ExceptionTo,
    Otherwise,
    GivesWayTo,
    OwedTo,
    InWriting,
    AddressedTo,
    Moved,
    AsFarAsPossible,
    LayBefore,
    JudgedBy,
    AttestedBy,
    CountedFor,
}

/// What each line means that was written. Subjects and conditions may be several.
pub fn meaning_of(lines: &Lines, called: &Called) -> BTreeMap<Part, Vec<String>> {
    let mut print = Print { called, found: BTreeMap::new() };
    print.lines(lines);
    print.found
}

struct Print<'a> {
    called: &'a Called<'a>,
    found: BTreeMap<Part, Vec<String>>,
}

impl<'a> Print<'a> {
    /// A table of all lines. Nothing is left out with `..`, so that one which comes to the model is asked for here.
    fn lines(&mut self, lines: &Lines) {
        let Lines {
            subjects,
            bearer,
            strength,
            act,
            numbered,
            limited,
            on_every_day,
            count,
            instalments,
            cycle,
            first_period,
            last_period,
            window,
            lasting,
            exercised,
            effect,
            inside,
            states,
            carried,
            quorum,
            term,
            sharing,
            billed,
            conditions,
            exception_to,
            otherwise,
            gives_way_to,
            owed_to,
            in_writing,
            addressed_to,
            moved,
            as_far_as_possible,
            lay_before,
            judged_by,
            attested_by,
            counted_for,
        } = lines;
        subjects.iter().for_each(|one| self.put(Part::Subjects, |text| text.collection(one)));
        self.line(Part::Bearer, bearer, Text::bearer);
        self.plain(Part::Strength, strength);
        self.line(Part::Act, act, Text::act);
        // What is to be paid stands in the act.
        let of_act = matches!(count, Some(Spanned { it: Count::Amount { .. }, .. }));
        self.line(if of_act { Part::Act } else { Part::Count }, count, Text::count);
        self.line(Part::Act, instalments, Text::instalments);
        self.line(Part::Numbered, numbered, |text, it| it.parts.iter().for_each(|part| text.numbered(part)));
        self.line(Part::Limited, limited, Text::limited);
        self.word(Part::OnEveryDay, *on_every_day);
        self.line(Part::Cycle, cycle, Text::cycle);
        self.plain(Part::FirstPeriod, first_period);
        self.plain(Part::LastPeriod, last_period);
        self.line(Part::Window, window, Text::window);
        self.line(Part::Lasting, lasting, Text::lasting);
        self.line(Part::Exercised, exercised, Text::field_of);
        self.line(Part::Effect, effect, Text::edge);
        self.line(Part::Inside, inside, Text::inside);
        states.iter().for_each(|one| self.put(Part::States, |text| text.cond(one)));
        carried.iter().for_each(|one| self.put(Part::Carried, |text| text.cond(one)));
        quorum.iter().for_each(|one| self.put(Part::Quorum, |text| text.cond(one)));
        self.line(Part::Term, term, Text::term);
        self.line(Part::Sharing, sharing, Text::sharing);
        self.line(Part::Billed, billed, Text::billed);
        conditions.iter().for_each(|one| self.put(Part::Conditions, |text| text.when(one)));
        self.line(Part::ExceptionTo, exception_to, |text, clause| text.clause(*clause));
        self.line(Part::Otherwise, otherwise, |text, named| named.iter().for_each(|clause| text.clause(clause.it)));
        self.line(Part::GivesWayTo, gives_way_to, |text, clause| text.clause(*clause));
        self.line(Part::OwedTo, owed_to, Text::party);
        self.word(Part::InWriting, *in_writing);
        self.line(Part::AddressedTo, addressed_to, Text::party);
        self.line(Part::Moved, moved, |text, toward| text.push(toward.words()));
        self.word(Part::AsFarAsPossible, *as_far_as_possible);
        self.line(Part::LayBefore, lay_before, Text::lay_before);
        self.plain(Part::JudgedBy, judged_by);
        self.plain(Part::AttestedBy, attested_by);
        self.line(Part::CountedFor, counted_for, |text, field| text.counted_for(*field, act.as_ref()));
    }

    fn put(&mut self, part: Part, print: impl FnOnce(&mut Text<'a>)) {
        let text = self.called.text(print);
        self.found.entry(part).or_default().push(text);
    }

    fn line<T>(&mut self, part: Part, line: &Option<Spanned<T>>, print: impl FnOnce(&mut Text<'a>, &T)) {
        if let Some(line) = line {
            self.put(part, |text| print(text, &line.it));
        }
    }

    /// A line that holds nothing but a word.
    fn plain<T: std::fmt::Debug>(&mut self, part: Part, line: &Option<Spanned<T>>) {
        self.line(part, line, |text, it| {
            put!(text, "{it:?}");
        });
    }

    fn word(&mut self, part: Part, at: Option<Span>) {
        if at.is_some() {
            self.put(part, |text| text.push("so"));
        }
    }
}

impl Text<'_> {
    fn lasting(&mut self, lasting: &Lasting) {
        let Lasting { from, until } = lasting;
        self.exprs("from", [from]);
        until.iter().for_each(|edge| self.edge(edge));
    }

    fn inside(&mut self, inside: &Inside) {
        let Inside { scope, decided_by } = inside;
        put!(self, "{scope:?}{decided_by:?}");
    }

    fn when(&mut self, condition: &When) {
        match condition {
            When::If(condition) => self.conds("if", [condition]),
            When::Unless(condition) => self.conds("unless", [condition]),
        }
    }

    fn lay_before(&mut self, laid: &LayBefore) {
        let LayBefore { role, facts } = laid;
        put!(self, "{role:?}");
        facts.iter().for_each(|field| self.field_of(field));
    }

    /// A number of a field means nothing without its record; what it is counted for, the act says.
    fn counted_for(&mut self, field: FieldId, act: Option<&Spanned<Act>>) {
        match (act, self.by) {
            (Some(Spanned { it: Act::Event { events, .. }, .. }), By::Name(_)) => self.field(events.record, field),
            (Some(_) | None, By::Name(_) | By::Number) => {
                put!(self, "{field:?}");
            }
        }
    }

    fn bearer(&mut self, bearer: &Bearer) {
        match bearer {
            Bearer::Actor(actor) => self.actor(*actor),
            Bearer::Together(actors) => self.in_any_order("together", actors, |text, actor| text.actor(*actor)),
            Bearer::EachOf(actors) => self.in_any_order("each", actors, |text, actor| text.actor(*actor)),
            Bearer::Each(of) => self.collection(of),
            Bearer::Field(field) => self.field_of(field),
        }
    }

    fn party(&mut self, party: &Party) {
        match party {
            Party::Actor(actor) => self.actor(*actor),
            Party::Record(record) => self.record(*record),
            Party::Field(field) => self.field_of(field),
        }
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Event { verb, events } => {
                self.push(verb);
                self.collection(events);
            }
            Act::Dated(field) => self.field_of(field),
            Act::InOrder(fields) => {
                self.push("in order");
                fields.iter().for_each(|field| self.field_of(field));
            }
            Act::State(condition) => self.conds("state", [condition]),
            Act::PayShareOf(clause) => self.of_clause("pay", *clause),
            Act::Words(words) => {
                put!(self, "words{words:?}");
            }
            Act::Effort(words) => {
                put!(self, "effort{words:?}");
            }
            Act::Plain(verb) => self.push(verb),
        }
    }

    fn numbered(&mut self, part: &NumberedPart) {
        let NumberedPart { of, least, most, tolerance, span: _ } = part;
        self.collection(of);
        self.exprs("from", [least, most]);
        tolerance.iter().for_each(|(least, most)| self.exprs("about", [least, most]));
    }

    fn limited(&mut self, limited: &Limited) {
        let Limited { of, limit, amount } = limited;
        self.collection(of);
        put!(self, "{limit:?}");
        self.exprs("of", [amount]);
    }

    fn count(&mut self, count: &Count) {
        match count {
            Count::Times { limit, times } => {
                put!(self, "{limit:?}");
                self.exprs("times", [times]);
            }
            Count::About { limit, least, most, floor } => {
                put!(self, "{limit:?}");
                self.exprs("about", [least, most]);
                if let Some(floor) = floor {
                    self.exprs("floor", [floor]);
                }
            }
            // The field is the one of the event that has these options.
            Count::OfEach { least, field: _, options } => {
                put!(self, "each{least}{options:?}");
            }
            Count::Amount { field, amount } => {
                put!(self, "amount{}", field.0);
                self.exprs("of", [amount]);
            }
        }
    }

    fn instalments(&mut self, instalments: &Instalments) {
        let Instalments { many, every, unit, rest } = instalments;
        put!(self, "instalments{many}{every:?}{rest:?}");
        self.exprs("down to", unit);
    }

    fn cycle(&mut self, cycle: &CycleOf) {
        match cycle {
            CycleOf::Calendar(cycle) => {
                put!(self, "{cycle:?}");
            }
            CycleOf::Counted { every, from } => {
                put!(self, "{every:?}");
                self.exprs("from", [from]);
            }
            CycleOf::YearOfTerm(clause) => self.of_clause("year", *clause),
            CycleOf::EachTerm(clause) => self.of_clause("term", *clause),
        }
    }

    fn window(&mut self, window: &Window) {
        let Window { first, last, numbered: _, stated: _ } = window;
        first.iter().for_each(|edge| self.edge(edge));
        self.push("through ");
        self.edge(last);
    }

    fn edge(&mut self, edge: &Edge) {
        match edge {
            Edge::On(day) => self.exprs("on", [day]),
            Edge::DayBefore(day) => self.exprs("before", [day]),
            Edge::DayAfter(day) => self.exprs("after", [day]),
            Edge::Lapse { anchor, by } => {
                put!(self, "{:?}", by.unit());
                self.exprs("from", std::iter::once(anchor).chain(by.number()));
            }
            Edge::Length { from, of } => {
                self.exprs("for", [from]);
                put!(self, "{of}");
            }
            Edge::Open => self.push("open"),
            Edge::Never => self.push("never"),
            Edge::Blank { words, span: _ } => self.push(words),
            Edge::YearOfTerm { year, end } => {
                put!(self, "{end:?}{}{:?}", year.number, year.counted);
                self.clause(year.term);
            }
            Edge::OfTerm { term, end } => {
                put!(self, "{end:?}");
                self.of_clause("term", *term);
            }
        }
    }

    fn term(&mut self, term: &TermOf) {
        let TermOf { starts, ends, renewal, same_days_as } = term;
        self.term_edge(starts);
        self.push("through ");
        self.term_edge(ends);
        if let Some(Renewal { period, times, span: _ }) = renewal {
            put!(self, "renewed{period:?}{times:?}");
        }
        same_days_as.iter().for_each(|clause| self.of_clause("same", clause.it));
    }

    fn term_edge(&mut self, edge: &TermEdge) {
        match edge {
            TermEdge::Day(day) => self.exprs("day", [day]),
            TermEdge::Length(period) => {
                put!(self, "{period:?}");
            }
            TermEdge::Lapse { anchor, by } => {
                put!(self, "{by:?}");
                self.exprs("from", [anchor]);
            }
            TermEdge::NotStated(_) => self.push("not stated"),
            TermEdge::Open => self.push("open"),
        }
    }

    fn sharing(&mut self, sharing: &Sharing) {
        self.exprs("amount", [&sharing.amount]);
        match &sharing.way {
            SharingWay::Borne { payer, record } => {
                self.row_of(payer);
                self.record(*record);
            }
            SharingWay::Shared(shared) => self.shared(shared),
            SharingWay::SeparateDecision => self.push("separate"),
        }
    }

    fn shared(&mut self, shared: &Shared) {
        let Shared { key, among, after_each, at_most, at_least, rounding } = shared;
        self.key(key);
        if let Some((of, on)) = among {
            self.collection(of);
            self.on_days(on);
        }
        self.exprs("after", after_each);
        self.exprs("most", at_most.as_ref().map(|(amount, _)| amount));
        match at_most.as_ref().map(|(_, rest)| *rest) {
            Some(Rest::To(actor)) => {
                self.push("to");
                self.actor(actor);
            }
            rest @ (Some(Rest::Refilled | Rest::StaysUnshared) | None) => {
                put!(self, "{rest:?}");
            }
        }
        self.exprs("least", at_least);
        if let Some(rounding) = rounding {
            self.exprs("rounded", [&rounding.unit]);
            match rounding.remainder {
                Remainder::HalfUpEach(actor) => {
                    self.push("half up");
                    self.actor(actor);
                }
                remainder @ (Remainder::Largest | Remainder::FirstInOrder) => {
                    put!(self, "{remainder:?}");
                }
            }
            if let Some((by, go)) = &rounding.ties_by {
                self.exprs("ties", [by]);
                put!(self, "{go:?}");
            }
        }
    }

    fn key(&mut self, key: &SharingKey) {
        match key {
            SharingKey::Equally => self.push("equally"),
            SharingKey::InProportionTo(weight) => self.exprs("proportion", [weight]),
            SharingKey::InParts(parts) => self.in_any_order("parts", parts, |text, (part, actor)| {
                put!(text, "{part:?}");
                text.actor(*actor);
            }),
            SharingKey::Mixed(parts) => self.in_any_order("mixed", parts, |text, (part, key)| {
                put!(text, "{part:?}");
                text.key(key);
            }),
        }
    }

    fn billed(&mut self, billed: &Billed) {
        let Billed { bills, to, for_what, amount } = billed;
        self.collection(bills);
        for field in [to, for_what, amount] {
            self.field(bills.record, *field);
        }
    }
}
