//! Which rows of a record can belong to a row of another: a clause of one organisation looks only at its own reports.
//! The index leaves out rows whose reference plainly names another row; whether the others belong is asked as ever.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::filed::{By, Filed};
use super::ordered::Ordered;
use super::truth::Truth;

use crate::facts::column::{Data, WORD_ABSENT, WORD_ODD};
use crate::facts::{Facts, Row};
use crate::model::schema::{FieldId, RecordId};
use crate::value::Day;

use super::sequence::Sequence;

/// Rows in the order of what a reference of them names.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Where the rows that name each row begin; one more than there are rows.
    starts: Vec<u32>,
    rows: Vec<u32>,
    /// Rows of which it is not plain whom they name.
    loose: Vec<u32>,
}

/// By the record and one of its fields.
#[derive(Default)]
pub struct Index {
    named: BTreeMap<(RecordId, FieldId), Option<Rc<Named>>>,
    /// By the record and the reference by which its rows are set apart.
    sequences: BTreeMap<(RecordId, Option<FieldId>), Rc<Sequence>>,
    ordered: BTreeMap<(RecordId, FieldId), Option<Rc<Ordered>>>,
    filed: BTreeMap<By, Option<Rc<Filed>>>,
    standing: BTreeMap<(RecordId, FieldId), (Asked, Rc<Standing>)>,
}

/// The day that is asked about, the day on which it is asked, and the day from which on events count.
type Asked = (Day, Day, Day);

/// Of rows in an order, how many up to each of them stand; nothing where that is open of some.
pub struct Standing(Option<Vec<u32>>);

impl Standing {
    pub fn of(rows: &[Truth]) -> Standing {
        let mut so_far = 0_u32;
        let counts = rows.iter().map(|stands| match stands {
            Truth::Yes => {
                so_far = so_far.saturating_add(1);
                Some(so_far)
            }
            Truth::No => Some(so_far),
            Truth::Open | Truth::Person => None,
        });
        Standing(counts.collect())
    }

    /// How many of a range stand.
    pub fn in_range(&self, range: &Range<usize>) -> Option<usize> {
        let counts = self.0.as_ref()?;
        let up_to = |end: usize| end.checked_sub(1).and_then(|last| counts.get(last)).copied().unwrap_or(0);
        Some(up_to(range.end).saturating_sub(up_to(range.start)) as usize)
    }
}

/// The rows that are worth a look.
pub enum Candidates {
    All,
    Of(Rc<Named>, u32),
}

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

impl Index {
    pub fn of(&mut self, facts: &Facts, record: RecordId, field: FieldId) -> Option<Rc<Named>> {
        let made = self.named.entry((record, field));
        made.or_insert_with(|| named(facts, record, field).map(Rc::new)).clone()
    }

    pub fn sequence(&mut self, facts: &Facts, record: RecordId, day: FieldId, same: Option<FieldId>) -> Rc<Sequence> {
        let made = self.sequences.entry((record, same));
        made.or_insert_with(|| Rc::new(Sequence::of(facts, record, day, same))).clone()
    }

    pub fn ordered(&mut self, facts: &Facts, record: RecordId, field: FieldId) -> Option<Rc<Ordered>> {
        let made = self.ordered.entry((record, field));
        made.or_insert_with(|| Ordered::of(facts, record, field).map(Rc::new)).clone()
    }

    pub fn filed(&mut self, facts: &Facts, by: By) -> Option<Rc<Filed>> {
        let made = self.filed.entry(by);
        made.or_insert_with(|| Filed::of(facts, by).map(Rc::new)).clone()
    }

    pub fn standing(&self, record: RecordId, field: FieldId, asked: Asked) -> Option<Rc<Standing>> {
        let (of, standing) = self.standing.get(&(record, field))?;
        (*of == asked).then(|| Rc::clone(standing))
    }

    /// Only the answer for the last days that were asked about is kept: mostly the next question is about the same.
    pub fn keep_standing(&mut self, record: RecordId, field: FieldId, asked: Asked, standing: Rc<Standing>) {
        self.standing.insert((record, field), (asked, standing));
    }
}

/// Counts who is named how often, then puts the rows in their places.
fn named(facts: &Facts, record: RecordId, field: FieldId) -> Option<Named> {
    let table = facts.table(record)?;
    let Data::Rows(names) = &facts.column(record, field)?.data else { return None };
    let names = || (0_u32..).zip(names.iter().copied()).filter(|(row, _)| !table.is_hidden(Row(*row)));
    let most = names().map(|(_, name)| name).filter(|name| *name < WORD_ODD).max().map_or(0, |most| most as usize);
    let mut starts = vec![0_u32; most.saturating_add(2)];
    let mut loose = Vec::new();
    for (row, name) in names() {
        match name {
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
    for (row, name) in names().filter(|(_, name)| *name < WORD_ODD) {
        let place = next.get_mut(name as usize)?;
        *rows.get_mut(*place as usize)? = row;
        *place = place.saturating_add(1);
    }
    Some(Named { starts, rows, loose })
}
