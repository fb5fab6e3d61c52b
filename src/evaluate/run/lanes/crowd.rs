//! Crowds: who of a record belongs to a collection, and what an amount is for each of them.

use super::block::{BLOCK, NO, Room, UNSURE};
use super::look::Kept;
use super::lower::Lowering;
use super::steps::Days;
use crate::evaluate::knowledge::world::World;
use crate::model::expr::{Collection, Expr, Var};
use crate::model::schema::{RecordId, Shape};
use crate::value::Day;

/// Of each row of the record whether it belongs to a collection on a day; nothing where that has no lane.
pub fn belonging(world: World, of: &Collection, on: Day) -> Option<Vec<u8>> {
    let record = world.plan.schema.record(of.record)?;
    if record.shape != Shape::Plain {
        return None;
    }
    let lowering = Lowering::of_rows(world, of.var.0);
    let belongs = lowering.belongs(of, Days::Fixed(on.0))?;
    let cancelled = match record.find_field("cancelled_on") {
        Some(field) => Some(lowering.of_field(of.record, field)?),
        None => None,
    };
    let field = record.find_field("cancelled_on");
    let odd = field.and_then(|field| world.facts.column(of.record, field)).filter(|column| column.has_odd());
    let mut truths = vec![NO; rows(world, of.record)?];
    let mut room = Room::default();
    for (at, block) in truths.chunks_mut(BLOCK).enumerate() {
        let first = at.saturating_mul(BLOCK);
        belongs.fill(first, block, &mut room);
        if let Some(cancelled) = &cancelled {
            let mut days = room.take_days(block.len());
            cancelled.fill(first, &mut days, &mut room);
            let gone = |day: &i32| *day < i32::ODD && *day <= world.as_of.0;
            block.iter_mut().zip(&days).filter(|(_, day)| gone(day)).for_each(|(slot, _)| *slot = NO);
            room.give_days(days);
            if let Some(column) = odd {
                let perhaps = |row: usize| column.is_odd(row);
                block.iter_mut().zip(first..).filter(|(_, row)| perhaps(*row)).for_each(|(slot, _)| *slot = UNSURE);
            }
        }
    }
    Some(truths)
}

/// A whole number for each row that is asked about; nothing where one of them has none, or none that is whole.
pub fn weights(world: World, weight: &Expr, (record, var): (RecordId, Var), wanted: &[u32]) -> Option<Vec<i64>> {
    let wholes = Lowering::of_rows(world, var.0).wholes(weight)?;
    let mut all = vec![0_i64; rows(world, record)?];
    let mut room = Room::default();
    for (at, block) in all.chunks_mut(BLOCK).enumerate() {
        wholes.fill(at.saturating_mul(BLOCK), block, &mut room);
    }
    let of = |row: &u32| all.get(*row as usize).copied().filter(|number| *number < i64::ODD);
    wanted.iter().map(of).collect()
}

/// How many rows a record has, where all of them are there.
fn rows(world: World, record: RecordId) -> Option<usize> {
    let table = world.facts.table(record)?;
    if table.hidden.is_some() { None } else { Some(table.rows as usize) }
}

/// Whether no row is left to a judge.
pub fn is_sure(truths: &[u8]) -> bool {
    !truths.contains(&UNSURE)
}
