//! Verdicts on one clause, kept together: each by itself, or side by side for all rows of a record.

use std::collections::BTreeMap;

use super::{Holder, Instance, Nuance, Status, Verdict};
use crate::facts::Row;
use crate::model::schema::RecordId;
use crate::plan::NormId;

/// Status and nuance of a verdict in one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed(u8);

impl Packed {
    /// Not judged yet.
    pub const LEFT: Packed = Packed(u8::MAX);
    /// Stands in a column of days where there are none to tell.
    pub const NO_DAYS: i32 = i32::MIN;

    pub const fn of(status: Status, nuance: Nuance) -> Packed {
        Packed((nuance as u8) << 3 | status as u8)
    }

    /// As it is kept.
    pub const fn byte(self) -> u8 {
        self.0
    }

    /// [`Packed::LEFT`] counts as unknown.
    pub fn status(self) -> Status {
        match self.0 & 7 {
            0 => Status::Satisfied,
            1 => Status::Late,
            2 => Status::Violated,
            3 => Status::Pending,
            4 => Status::NotApplicable,
            6 => Status::NeedsJudgement,
            _ => Status::Unknown,
        }
    }

    pub fn nuance(self) -> Nuance {
        match self.0 >> 3 {
            1 => Nuance::SoFar,
            2 => Nuance::Waived,
            3 => Nuance::NotUsed,
            4 => Nuance::WithoutEffect,
            _ => Nuance::Plain,
        }
    }
}

/// Verdicts on one clause.
#[derive(Clone, Debug)]
pub enum Batch {
    /// Each by itself, in the order of subjects, bearers and periods.
    Each(Vec<Verdict>),
    Rows(Rows),
}

/// Verdicts on all rows of a record, side by side: a byte each, and the days where the clause tells any.
#[derive(Clone, Debug)]
pub struct Rows {
    pub norm: NormId,
    /// The record whose rows bear the norm; nothing when they are its subjects.
    pub bearers: Option<RecordId>,
    /// Each is a [`Packed`]; as plain bytes there is room for a million of them at no cost.
    pub verdicts: Vec<u8>,
    /// As many as there are verdicts, or none at all.
    pub days: Vec<i32>,
}

impl Batch {
    pub fn len(&self) -> usize {
        match self {
            Batch::Each(all) => all.len(),
            Batch::Rows(rows) => rows.verdicts.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The norm of the first verdict; all others are of the same clause.
    pub fn norm(&self) -> Option<NormId> {
        match self {
            Batch::Each(all) => all.first().map(|verdict| verdict.instance.norm),
            Batch::Rows(rows) => Some(rows.norm),
        }
    }

    /// How many verdicts there are of each kind.
    pub fn counts(&self) -> BTreeMap<(NormId, Status, Nuance), usize> {
        let mut counts = BTreeMap::new();
        match self {
            Batch::Each(all) => {
                for one in all {
                    let count: &mut usize = counts.entry((one.instance.norm, one.status, one.nuance)).or_default();
                    *count = count.saturating_add(1);
                }
            }
            Batch::Rows(rows) => {
                for (packed, count) in
                    (0..=u8::MAX).map(Packed).zip(tally(&rows.verdicts)).filter(|(_, count)| *count > 0)
                {
                    counts.insert((rows.norm, packed.status(), packed.nuance()), count);
                }
            }
        }
        counts
    }

    pub fn get(&self, at: usize) -> Option<Verdict> {
        match self {
            Batch::Each(all) => all.get(at).copied(),
            Batch::Rows(rows) => rows.get(at),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = Verdict> + '_ {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// The verdicts of one status. Of many side by side, the others are passed over by their bytes.
    pub fn of_status(&self, status: Status) -> impl Iterator<Item = Verdict> + '_ {
        let (each, rows) = match self {
            Batch::Each(all) => (Some(all.iter().copied()), None),
            Batch::Rows(rows) => (None, Some(rows)),
        };
        let side_by_side = rows.into_iter().flat_map(move |rows| {
            let places = rows.verdicts.iter().enumerate().filter(move |(_, byte)| Packed(**byte).status() == status);
            places.filter_map(|(at, _)| rows.get(at))
        });
        each.into_iter().flatten().filter(move |one| one.status == status).chain(side_by_side)
    }

    pub fn truncate(&mut self, length: usize) {
        match self {
            Batch::Each(all) => all.truncate(length),
            Batch::Rows(rows) => {
                rows.verdicts.truncate(length);
                rows.days.truncate(length);
            }
        }
    }
}

/// How often each byte is there. Four tallies take turns: the same byte many times over need not wait for itself.
fn tally(bytes: &[u8]) -> [usize; 256] {
    let mut tallies = [[0_usize; 256]; 4];
    let count = |tally: &mut [usize; 256], byte: u8| {
        if let Some(count) = tally.get_mut(usize::from(byte)) {
            *count = count.wrapping_add(1);
        }
    };
    let (fours, rest) = bytes.as_chunks::<4>();
    for four in fours {
        tallies.iter_mut().zip(four).for_each(|(tally, byte)| count(tally, *byte));
    }
    tallies.iter_mut().zip(rest).for_each(|(tally, byte)| count(tally, *byte));
    let [mut all, others @ ..] = tallies;
    for other in others {
        all.iter_mut().zip(other).for_each(|(all, other)| *all = all.wrapping_add(other));
    }
    all
}

impl Rows {
    pub fn get(&self, at: usize) -> Option<Verdict> {
        let packed = Packed(*self.verdicts.get(at)?);
        let row = Row(u32::try_from(at).ok()?);
        let days = self.days.get(at).copied().filter(|days| *days != Packed::NO_DAYS);
        let instance = Instance {
            norm: self.norm,
            subject: if self.bearers.is_none() { Some((0, row)) } else { None },
            bearer: self.bearers.map_or(Holder::TheOne, |record| Holder::Row(record, row)),
            period: None,
            span: None,
        };
        Some(Verdict { instance, status: packed.status(), nuance: packed.nuance(), days })
    }
}
