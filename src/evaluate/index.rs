//! Which rows of a record can belong to a row of another: a clause of one organisation looks only at its own reports.
//! The index leaves out rows whose reference plainly names another row; whether the others belong is asked as ever.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::facts::column::{Data, WORD_ABSENT, WORD_ODD};
use crate::facts::{Facts, Row};
use crate::model::expr::{Asks, Collection, Cond, CondKind, Expr, ExprKind, Row as RowOf, Sense};
use crate::model::schema::{FieldId, RecordId};

use super::judge::Judge;
use super::trace::Trace;
use super::world::GHOST;

/// Rows in the order of what a reference of them names.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Where the rows that name each row begin; one more than there are rows.
    starts: Vec<u32>,
    rows: Vec<u32>,
    /// Rows of which it is not plain whom they name.
    loose: Vec<u32>,
}

/// By the record and its reference field.
#[derive(Default)]
pub struct Index {
    named: BTreeMap<(RecordId, FieldId), Option<Rc<Named>>>,
}

/// The rows that are worth a look.
pub enum Candidates {
    All,
    Of(Rc<Named>, u32),
}

/// Fewer rows are looked at one by one.
const WORTH_IT: u32 = 64;

impl Candidates {
    /// In the order of the facts.
    pub fn all(&self, facts: &Facts, record: RecordId) -> Vec<Row> {
        match self {
            Candidates::All => facts.rows(record).collect(),
            Candidates::Of(named, row) => {
                let at = *row as usize;
                let start = named.starts.get(at).copied().unwrap_or(0) as usize;
                let end = named.starts.get(at.saturating_add(1)).copied().unwrap_or(0) as usize;
                let own = named.rows.get(start..end).unwrap_or(&[]);
                let mut all: Vec<u32> = own.iter().chain(&named.loose).copied().collect();
                if !named.loose.is_empty() {
                    all.sort_unstable();
                }
                all.into_iter().map(Row).collect()
            }
        }
    }
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The rows of a collection that can belong to it, as the rows around it are bound now.
    pub fn candidates(&mut self, of: &'w Collection) -> Candidates {
        let table = self.world.facts.table(of.record);
        let few = table.is_none_or(|table| table.rows < WORTH_IT || table.hidden.is_some());
        if few || !self.world.changes.is_empty() {
            return Candidates::All;
        }
        let Some((field, row)) = self.named_by(&of.filter, of) else { return Candidates::All };
        match self.index.of(self.world.facts, of.record, field) {
            Some(named) => Candidates::Of(named, row.0),
            None => Candidates::All,
        }
    }

    /// The reference field of the collection's rows that has to name a row, and that row.
    fn named_by(&self, filter: &'w Cond, of: &Collection) -> Option<(FieldId, Row)> {
        match &filter.kind {
            CondKind::And(parts) => parts.iter().find_map(|part| self.named_by(part, of)),
            CondKind::Test(test) if test.sense == Sense::Straight => {
                let Asks::OneOf(left, options) = &test.asks else { return None };
                let [right] = options.as_slice() else { return None };
                self.names(left, right, of).or_else(|| self.names(right, left, of))
            }
            CondKind::Test(_) | CondKind::Always | CondKind::Or(_) | CondKind::Not(_) => None,
            CondKind::All { .. } | CondKind::Some(_) | CondKind::Defined { .. } | CondKind::Judged { .. } => None,
            CondKind::OnDay { .. } => None,
        }
    }

    fn names(&self, reference: &'w Expr, row: &'w Expr, of: &Collection) -> Option<(FieldId, Row)> {
        let (ExprKind::Field(field), ExprKind::Row(RowOf::Var(var))) = (&reference.kind, &row.kind) else {
            return None;
        };
        let own = matches!(field.row, RowOf::Var(own) if own == of.var) && field.record == of.record && *var != of.var;
        let row = self.var(*var);
        (own && row != GHOST).then_some((field.field, row))
    }
}

impl Index {
    fn of(&mut self, facts: &Facts, record: RecordId, field: FieldId) -> Option<Rc<Named>> {
        let made = self.named.entry((record, field));
        made.or_insert_with(|| named(facts, record, field).map(Rc::new)).clone()
    }
}

/// Counts who is named how often, then puts the rows in their places.
fn named(facts: &Facts, record: RecordId, field: FieldId) -> Option<Named> {
    let Data::Rows(names) = &facts.column(record, field)?.data else { return None };
    let most = names.iter().copied().filter(|name| *name < WORD_ODD).max().map_or(0, |most| most as usize);
    let mut starts = vec![0_u32; most.saturating_add(2)];
    let mut loose = Vec::new();
    for (row, name) in (0_u32..).zip(names) {
        match *name {
            name if name < WORD_ODD => {
                let slot = starts.get_mut((name as usize).saturating_add(1))?;
                *slot = slot.saturating_add(1);
            }
            WORD_ABSENT => {}
            _ => loose.push(row),
        }
    }
    let mut sum = 0_u32;
    for start in &mut starts {
        sum = sum.saturating_add(*start);
        *start = sum;
    }
    let mut rows = vec![0_u32; sum as usize];
    let mut next = starts.clone();
    for (row, name) in (0_u32..).zip(names).filter(|(_, name)| **name < WORD_ODD) {
        let place = next.get_mut(*name as usize)?;
        *rows.get_mut(*place as usize)? = row;
        *place = place.saturating_add(1);
    }
    Some(Named { starts, rows, loose })
}
