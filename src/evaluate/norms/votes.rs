//! Votes: whether a proposal is carried, as far as what is to be counted has been counted.
//!
//! A number that is none has not been counted. It may come out as any number that is not negative, and what is the same for all of
//! them is known before it is counted.

use std::collections::BTreeSet;

use crate::facts::{CellId, Row};
use crate::model::DefinitionBody;
use crate::model::expr::{Cond, DefinitionId, FieldOf, Row as RowOf};
use crate::model::schema::{RecordId, Type};
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
    if votes.lacks && !votes.has && !there.has {
        return Outcome::of(Status::Pending);
    }
    let uncounted: Vec<CellId> = votes.none.iter().chain(&there.none).copied().collect();
    let (present, yes) = ask.not_counted(uncounted, |ask| {
        let present = quorum.map_or(Truth::Yes, |quorum| ask.asked_of(on, by, |ask| ask.holds(quorum)));
        (present, ask.asked_of(on, by, |ask| ask.holds(carried)))
    });
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
#[derive(Default)]
struct Counts {
    /// Something is there, or may be.
    has: bool,
    /// Something is none.
    lacks: bool,
    /// The fields that are none.
    none: BTreeSet<CellId>,
    seen: BTreeSet<(DefinitionId, Option<Row>)>,
}

impl Counts {
    fn look<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, mentioned: Vec<Mentioned<'w>>) {
        for one in mentioned {
            match one {
                Mentioned::Field(field) => self.look_at(ask, field),
                Mentioned::Definition(definition, row) => self.look_behind(ask, definition, row),
            }
        }
    }

    fn look_at<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, field: &'w FieldOf) {
        if ask.field(field) != Val::Absent {
            self.has = true;
            return;
        }
        // A day, or a kind, that is none is no number of votes that nobody has counted.
        let counts = |field: &FieldOf| {
            let schema = ask.world.plan.schema.field(field.record, field.field);
            schema.is_some_and(|schema| schema.ty == Type::Number)
        };
        if !counts(field) {
            return;
        }
        self.lacks = true;
        match ask.row(&field.row, field.record) {
            Found::Row(record, row) => {
                self.none.insert(CellId { record, row, field: field.field });
            }
            Found::None => self.no_row(ask, &field.row),
            Found::Unknown => {}
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
