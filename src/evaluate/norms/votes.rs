//! Votes: whether a proposal is carried, as far as what is to be counted has been counted.
//!
//! A number that is none has not been counted. It may come out as any number that is not negative, and what is the same for all of
//! them is known before it is counted. One that is not given may be none as well.

use std::collections::BTreeSet;

use crate::facts::{CellId, Row};
use crate::model::DefinitionBody;
use crate::model::expr::{Cond, DefinitionId, FieldOf, Row as RowOf};
use crate::model::schema::{Need, RecordId, Type};
use crate::verdict::{Nuance, Status};

use super::case::Case;
use crate::evaluate::expr::ask::{Ask, Found};
use crate::evaluate::expr::mentioned::{Mentioned, in_condition, in_value};
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::Trace;

/// A vote: open until its counts are there, without effect when the quorum was not present.
pub fn vote<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    (carried, quorum): (&'w Cond, Option<&'w Cond>),
) -> Outcome {
    let by = ask.world.as_of;
    let on = case.life.own.unwrap_or(by);
    let mut look = |condition: Option<&'w Cond>| {
        let mut counts = Counts::default();
        let mentioned = condition.map(in_condition).unwrap_or_default();
        ask.quietly(|ask| ask.asked(on, by, |ask| counts.look(ask, mentioned)));
        counts
    };
    let (votes, there) = (look(Some(carried)), look(quorum));
    // Nothing was counted yet: there was no vote.
    if votes.has_nothing() && !there.has() {
        return Outcome::of(Status::Pending);
    }
    let uncounted = [&votes.none, &there.none, &votes.not_given, &there.not_given];
    let uncounted: Vec<CellId> = uncounted.into_iter().flatten().copied().collect();
    let found = ask.not_counted(uncounted, |ask| {
        let present = quorum.map_or(Truth::Yes, |quorum| ask.asked_of(on, by, |ask| ask.holds(quorum)));
        (present, ask.asked_of(on, by, |ask| ask.holds(carried)))
    });
    let outcome = counted(&votes, &there, found);
    let not_given: BTreeSet<CellId> = votes.not_given.iter().chain(&there.not_given).copied().collect();
    let one = not_given.iter().map(|cell| BTreeSet::from([*cell]));
    let all_but_one = not_given.iter().map(|cell| not_given.iter().filter(|other| *other != cell).copied().collect());
    let mut ways = std::iter::once(not_given.clone()).chain(one).chain(all_but_one);
    if ways.all(|none| counted(&votes.if_none(&none), &there.if_none(&none), found) == outcome) {
        return outcome;
    }
    for cell in not_given {
        ask.cell(cell, case.body.span);
    }
    Outcome::of(Status::Unknown)
}

/// What comes of votes of which it is known what has been counted.
fn counted(votes: &Counts, there: &Counts, (present, yes): (Truth, Truth)) -> Outcome {
    if votes.has_nothing() && !there.has() {
        return Outcome::of(Status::Pending);
    }
    match (present, yes) {
        (Truth::No, _) => Outcome::of(Status::Violated).nuanced(Nuance::WithoutEffect),
        (Truth::Yes, Truth::Yes) => Outcome::of(Status::Satisfied),
        // What was not counted yet may still make up the quorum, or carry it.
        (Truth::Open, _) if there.lacks => Outcome::of(Status::Pending),
        (Truth::Yes, _) if votes.lacks => Outcome::of(Status::Pending),
        (Truth::Yes, Truth::No) => Outcome::of(Status::Violated),
        (Truth::Open, _) | (_, Truth::Open) => Outcome::of(Status::Unknown),
        (Truth::Person, _) | (_, Truth::Person) => Outcome::of(Status::NeedsJudgement),
    }
}

/// What a condition asks about: whether it has been counted, behind definitions too.
#[derive(Clone, Default)]
struct Counts {
    /// Something is there, or may be, whatever is not given.
    has: bool,
    /// Something is none.
    lacks: bool,
    /// The fields that are none.
    none: BTreeSet<CellId>,
    /// Those that are not given, and may be none.
    not_given: BTreeSet<CellId>,
    seen: BTreeSet<(DefinitionId, Option<Row>)>,
}

impl Counts {
    fn has(&self) -> bool {
        self.has || !self.not_given.is_empty()
    }

    fn has_nothing(&self) -> bool {
        self.lacks && !self.has()
    }

    /// The same where some of what is not given is none.
    fn if_none(&self, none: &BTreeSet<CellId>) -> Counts {
        let not_given: BTreeSet<CellId> = self.not_given.difference(none).copied().collect();
        Counts { lacks: self.lacks || not_given.len() < self.not_given.len(), not_given, ..self.clone() }
    }

    fn look<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, mentioned: Vec<Mentioned<'w>>) {
        for one in mentioned {
            match one {
                Mentioned::Field(field) => self.look_at(ask, field),
                Mentioned::Definition(definition, row) => self.look_behind(ask, definition, row),
            }
        }
    }

    fn look_at<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, field: &'w FieldOf) {
        let value = ask.field(field);
        let schema = ask.world.plan.schema.field(field.record, field.field);
        // A day, or a kind, that is none is no number of votes that nobody has counted.
        let counts = schema.is_some_and(|schema| schema.ty == Type::Number);
        let may_be_none = counts && schema.is_some_and(|schema| schema.need == Need::Optional);
        let row = if counts { ask.row(&field.row, field.record) } else { Found::Unknown };
        match (value, row) {
            (Val::Absent, Found::Row(record, row)) => {
                self.lacks = true;
                self.none.insert(CellId { record, row, field: field.field });
            }
            (Val::Absent, Found::None) => self.no_row(ask, &field.row),
            (Val::Absent, Found::Unknown) => self.lacks |= counts,
            (Val::Unknown, Found::Row(record, row)) if may_be_none => {
                self.not_given.insert(CellId { record, row, field: field.field });
            }
            (_, _) => self.has = true,
        }
    }

    /// What ought to name the row that is asked about names none.
    fn no_row<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, row: &'w RowOf) {
        self.lacks = true;
        if let RowOf::Follow(named) = row {
            self.look_at(ask, named);
        }
    }

    fn look_behind<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, id: DefinitionId, row: Option<&'w RowOf>) {
        let Some(definition) = ask.world.plan.definition(id) else { return };
        let found = match row.map(|row| (row, ask.row(row, RecordId(0)))) {
            None => None,
            Some((_, Found::Row(_, row))) => Some(row),
            Some((row, Found::None)) => return self.no_row(ask, row),
            Some((_, Found::Unknown)) => {
                self.has = true;
                return;
            }
        };
        if !self.seen.insert((id, found)) {
            return;
        }
        let mentioned = match &definition.body {
            DefinitionBody::Condition(condition) => in_condition(condition),
            DefinitionBody::Amount { cases, otherwise } => {
                let cases = cases.iter().flat_map(|(condition, amount)| {
                    let mut all = in_condition(condition);
                    all.extend(in_value(amount));
                    all
                });
                cases.chain(in_value(otherwise)).collect()
            }
            DefinitionBody::Listed(_) => Vec::new(),
        };
        let rows: Vec<Row> = found.into_iter().collect();
        ask.aside(&rows, |ask| self.look(ask, mentioned));
    }
}
