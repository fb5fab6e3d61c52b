//! Columns put behind one another: the values of a piece behind those before it. Its texts get the numbers that all of the facts
//! have for them, and its references the rows that they mean.

use std::collections::BTreeMap;

use crate::{
    facts::{
        CellValue, Column, Row, Word, Words,
        column::{Data, Known, LAST_WORD, WORD_UNKNOWN},
    },
    model::schema::RecordId,
};

use super::{super::reading::Reading, chunk::Wanted};

/// The sign for a number that was not looked up yet.
pub(super) const NOT_YET: u32 = LAST_WORD + 1;

/// What the texts of a piece mean in one of its columns.
pub(super) struct Texts<'a, 'f> {
    pub words: &'a Words,
    /// By the numbers of the piece: those that were looked up already.
    pub numbers: &'a mut [u32],
    pub wanted: &'a Wanted,
    /// The row that was referred to last.
    pub near: &'a mut u32,
    pub reading: &'a mut Reading<'f>,
}

impl Texts<'_, '_> {
    /// The number that all of the facts have for a text or row; [`WORD_UNKNOWN`] when it cannot stand there.
    fn number(&mut self, word: u32) -> u32 {
        match self.numbers.get(word as usize).copied() {
            // The signs for what is unknown or absent are no numbers of texts.
            None => word,
            Some(NOT_YET) => {
                let number = self.look_up(self.words.text(Word(word)));
                if let Some(known) = self.numbers.get_mut(word as usize) {
                    *known = number;
                }
                number
            }
            Some(number) => number,
        }
    }

    fn look_up(&mut self, text: &str) -> u32 {
        let item = match self.wanted {
            Wanted::SetOf(item) => item,
            wanted => wanted,
        };
        match item {
            Wanted::Text => self.reading.facts.words.take(text).0,
            Wanted::Option(options) if options.iter().any(|option| option == text) => {
                self.reading.facts.words.take(text).0
            }
            Wanted::Ref(record) => {
                let row = self.row(*record, text);
                *self.near = row.map_or(*self.near, |row| row.0);
                row.map_or(WORD_UNKNOWN, |row| row.0)
            }
            _ => WORD_UNKNOWN,
        }
    }

    /// The row that is called so. Often it is the one behind the last, since both files have one order.
    fn row(&self, record: RecordId, text: &str) -> Option<Row> {
        let next = Row(self.near.wrapping_add(1));
        if !text.is_empty() && self.reading.facts.id(record, next) == text {
            return Some(next);
        }
        self.reading.facts.find(record, text)
    }
}

/// Puts the values of a piece behind those of a column. What comes back are rows with a text that cannot stand there.
pub(super) fn join(column: &mut Data, more: &Data, texts: &mut Texts) -> Vec<u32> {
    let mut lost = Vec::new();
    match (column, more) {
        (Data::Days(days), Data::Days(more)) => days.extend_from_slice(more),
        (Data::Numbers(numbers), Data::Numbers(more)) => numbers.extend_from_slice(more),
        (Data::Money { hundredths, .. }, Data::Money { hundredths: more, .. }) => hundredths.extend_from_slice(more),
        (Data::YesNo(answers), Data::YesNo(more)) => answers.extend_from_slice(more),
        (Data::Rows(all), Data::Rows(more)) | (Data::Words(all), Data::Words(more)) => {
            for (row, word) in (0_u32..).zip(more) {
                let number = texts.number(*word);
                if number == WORD_UNKNOWN && *word <= LAST_WORD {
                    lost.push(row);
                }
                all.push(number);
            }
        }
        (Data::Sets { starts, items, state }, Data::Sets { starts: ends, items: more, state: known }) => {
            let mut from = 0_usize;
            if starts.is_empty() {
                starts.push(0);
            }
            for (row, (end, known)) in (0_u32..).zip(ends.iter().zip(known)) {
                let set = more.get(from..*end as usize).unwrap_or_default();
                let mut set: Vec<u32> = set.iter().map(|item| texts.number(*item)).collect();
                set.sort_unstable();
                set.dedup();
                from = *end as usize;
                if set.contains(&WORD_UNKNOWN) {
                    lost.push(row);
                    state.push(Known::Unknown);
                } else {
                    items.extend(set);
                    state.push(*known);
                }
                starts.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
            }
        }
        // Both have the sort of the same field.
        (_, _) => {}
    }
    lost
}

/// Puts values where until now nothing was known. A column of sets is written anew, since it has no room.
pub(super) fn put(column: &mut Column, mut values: BTreeMap<u32, CellValue>) {
    let Data::Sets { starts, items, state } = &mut column.data else {
        values.into_iter().for_each(|(row, value)| column.put(Row(row), value));
        return;
    };
    let old = (std::mem::take(starts), std::mem::take(items), std::mem::take(state));
    let mut new = Column::new(Data::Sets { starts: Vec::new(), items: Vec::new(), state: Vec::new() });
    for (row, known) in (0..=u32::MAX).zip(&old.2) {
        let bound = |at: u32| old.0.get(at as usize).copied().unwrap_or(0) as usize;
        let value = match known {
            Known::Unknown => values.remove(&row).unwrap_or(CellValue::Unknown),
            Known::Absent => CellValue::Absent,
            Known::Given => {
                let set = old.1.get(bound(row)..bound(row.saturating_add(1))).unwrap_or_default();
                CellValue::Set(set.to_vec())
            }
        };
        new.push(value, None);
    }
    column.data = new.data;
}
