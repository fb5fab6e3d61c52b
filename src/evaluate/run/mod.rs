//! A whole run: every instance of every clause. Clauses whose instances are rows side by side go by lanes, in pieces that
//! several workers take; the others are judged one by one. What comes out is the same for any number of workers.

use std::sync::Mutex;

pub mod lanes;

use lanes::{BLOCK, NormLane, Out, Room, Whose, lane_of};

use super::amendments::ways::judge_instance;
use super::instance::instances::{Wanted, instances_of};
use super::judge::Judge;
use super::knowledge::world::{Sizes, World};
use super::new_judge::new_judge;
use super::trace::Silent;
use crate::facts::Row;
use crate::model::expr::ClauseId;
use crate::plan::Plan;
use crate::verdict::{Batch, Cut, Holder, Instance, Packed, Rows, Verdict, Verdicts};
use crate::workers::beside;

/// How much is judged before it is stopped.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub instances: usize,
    /// How many workers share what is judged side by side. It changes nothing but how long it takes.
    pub workers: usize,
    pub sizes: Sizes,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { instances: 100_000_000, workers: 2, sizes: Sizes::default() }
    }
}

/// Judges the clauses that are wanted.
pub fn run(world: World, limits: &Limits, wanted: impl Fn(ClauseId) -> bool) -> Verdicts {
    let mut judge = new_judge(world, Silent);
    let all: Vec<ClauseId> = clauses(world.plan).filter(|clause| wanted(*clause)).collect();
    let lanes: Vec<Option<NormLane>> = all.iter().map(|clause| lane_of(world, *clause)).collect();
    let others = || {
        let mut batches = Vec::new();
        let mut left = limits.instances;
        for (clause, lane) in all.iter().zip(&lanes) {
            let taken = match lane {
                Some(lane) => rows_of(world, lane),
                None => {
                    let batch = one_by_one(&mut judge, *clause, (left.saturating_add(1), limits.workers));
                    let taken = batch.len();
                    batches.push(batch);
                    taken
                }
            };
            left = left.saturating_sub(taken);
        }
        batches
    };
    let (by_rows, others, cut) = side_by_side(world, &lanes, limits.workers, others);
    judge.ask.cut = judge.ask.cut.max(cut);
    let (mut by_rows, mut others) = (by_rows.into_iter().map(Batch::Rows), others.into_iter());
    let mut verdicts = Verdicts::default();
    let mut count = 0_usize;
    for lane in &lanes {
        let left = limits.instances.saturating_sub(count);
        let next = if lane.is_some() { by_rows.next() } else { others.next() };
        let Some(mut batch) = next else { continue };
        if batch.len() > left {
            batch.truncate(left);
            verdicts.batches.push(batch);
            verdicts.cut_at = Some(Cut::Instances(limits.instances));
            return verdicts;
        }
        count = count.saturating_add(batch.len());
        if !batch.is_empty() {
            verdicts.batches.push(batch);
        }
    }
    verdicts.cut_at = judge.ask.cut;
    if matches!(verdicts.cut_at, Some(Cut::Digits(_))) {
        // What was judged afterwards had no numbers any more.
        verdicts.batches.clear();
    }
    verdicts.unused = judge.unused();
    verdicts.agreed = std::mem::take(&mut judge.agreed);
    verdicts.adoptions = judge.ask.law.standings.adoptions.clone();
    verdicts
}

fn clauses(plan: &Plan) -> impl Iterator<Item = ClauseId> + use<> {
    (0..plan.clauses.len()).filter_map(|at| u16::try_from(at).ok()).map(ClauseId)
}

fn one_by_one(judge: &mut Judge<Silent>, clause: ClauseId, (limit, workers): (usize, usize)) -> Batch {
    let instances = instances_of(judge, clause, Wanted { most: limit, fits: &|_| true });
    if workers > 1 && instances.len() >= judge.ask.world.sizes.few.saturating_mul(16) {
        return Batch::Each(by_several(judge, &instances, workers));
    }
    Batch::Each(instances.iter().map(|instance| judge_instance(judge, instance).verdict_on(*instance)).collect())
}

/// The verdicts on instances that several workers judge, a few at a time, in the order of the instances. Those of one bearer are judged
/// one after the other: what serves which of them is worked out once for a bearer.
fn by_several(judge: &mut Judge<Silent>, instances: &[Instance], workers: usize) -> Vec<Verdict> {
    let world = judge.ask.world;
    let bearer = |instance: &Instance| match instance.bearer {
        Holder::Row(_, row) => row.0,
        Holder::TheOne | Holder::Actor(_) => 0,
    };
    let mut order: Vec<(usize, &Instance)> = instances.iter().enumerate().collect();
    order.sort_by_key(|(_, instance)| bearer(instance));
    let waiting = Mutex::new(order.chunks(world.sizes.few));
    let work = |judge: &mut Judge<Silent>| {
        let mut done: Vec<(usize, Verdict)> = Vec::new();
        while let Some(few) = next(&waiting) {
            done.extend(few.iter().map(|(at, one)| (*at, judge_instance(judge, one).verdict_on(**one))));
        }
        done
    };
    let another = || {
        let mut other = new_judge(world, Silent);
        let done = work(&mut other);
        (done, other.found())
    };
    let (mut all, others) = beside((1..workers).map(|_| another), || work(judge));
    for (done, found) in others {
        all.extend(done);
        judge.learn(found);
    }
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, verdict)| verdict).collect()
}

/// A piece of a lane, and where its verdicts go.
struct Piece<'l, 'w> {
    lane: &'l NormLane<'w>,
    first: usize,
    out: Out<'l>,
}

/// The verdicts of all lanes, in their order, what comes of the work that is done meanwhile, and whether a limit was reached.
fn side_by_side<'w, T>(
    world: World<'w>,
    lanes: &[Option<NormLane<'w>>],
    workers: usize,
    meanwhile: impl FnOnce() -> T,
) -> (Vec<Rows>, T, Option<Cut>) {
    let lanes: Vec<&NormLane> = lanes.iter().flatten().collect();
    let mut rows: Vec<Rows> = lanes.iter().map(|lane| room_for(world, lane)).collect();
    let total: usize = rows.iter().map(|rows| rows.verdicts.len()).sum();
    let piece = world.sizes.piece;
    let mut pieces: Vec<Piece> = Vec::new();
    for (lane, rows) in lanes.iter().zip(&mut rows) {
        let mut days = rows.days.chunks_mut(piece);
        for (at, verdicts) in rows.verdicts.chunks_mut(piece).enumerate() {
            let days = days.next().unwrap_or(&mut []);
            pieces.push(Piece { lane, first: at.saturating_mul(piece), out: Out { verdicts, days } });
        }
    }
    // Fewer rows are done before another worker has begun.
    let workers = if total < piece.saturating_mul(4) { 1 } else { workers.max(1) };
    let waiting = Mutex::new(pieces.into_iter());
    let cut = Mutex::new(None);
    let work = || {
        let mut room = Room::default();
        let mut judge = new_judge(world, Silent);
        while let Some(mut piece) = next(&waiting) {
            piece.judge(&mut judge, &mut room);
        }
        let mut cut = cut.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        *cut = judge.ask.cut.max(*cut);
    };
    let (done, _) = beside((1..workers).map(|_| work), || {
        let done = meanwhile();
        work();
        done
    });
    (rows, done, cut.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()))
}

fn next<T>(waiting: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    // A worker that panicked has not touched what waits.
    waiting.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next()
}

fn rows_of(world: World, lane: &NormLane) -> usize {
    world.facts.table(lane.record).map_or(0, |table| table.rows as usize)
}

fn room_for(world: World, lane: &NormLane) -> Rows {
    let rows = rows_of(world, lane);
    Rows {
        norm: lane.norm,
        bearers: (lane.whose == Whose::Bearer).then_some(lane.record),
        // Room without anything in it: whoever judges a block fills it first.
        verdicts: vec![0; rows],
        days: vec![0; if lane.tells_days() { rows } else { 0 }],
    }
}

impl<'w> Piece<'_, 'w> {
    fn judge(&mut self, judge: &mut Judge<'w, Silent>, room: &mut Room) {
        let mut days = self.out.days.chunks_mut(BLOCK);
        for (at, verdicts) in self.out.verdicts.chunks_mut(BLOCK).enumerate() {
            let first = self.first.saturating_add(at.saturating_mul(BLOCK));
            let mut out = Out { verdicts, days: days.next().unwrap_or(&mut []) };
            out.verdicts.fill(Packed::LEFT.byte());
            out.days.fill(Packed::NO_DAYS);
            self.lane.fill(first, &mut out, room);
            for (row, slot) in (first..).zip(out.verdicts.iter_mut().enumerate()) {
                let (at, slot) = slot;
                if *slot == Packed::LEFT.byte() {
                    let one = verdict_of(self.lane, row, judge);
                    *slot = one.0.byte();
                    if let Some(days) = out.days.get_mut(at) {
                        *days = one.1;
                    }
                }
            }
        }
    }
}

/// What a judge says of a row.
fn verdict_of(lane: &NormLane, row: usize, judge: &mut Judge<Silent>) -> (Packed, i32) {
    let row = Row(u32::try_from(row).unwrap_or(u32::MAX));
    let instance = Instance {
        norm: lane.norm,
        subject: (lane.whose == Whose::Subject).then_some((0, row)),
        bearer: if lane.whose == Whose::Bearer { Holder::Row(lane.record, row) } else { Holder::TheOne },
        period: None,
        span: None,
    };
    let outcome = judge_instance(judge, &instance).outcome;
    (Packed::of(outcome.status, outcome.nuance), outcome.days.unwrap_or(Packed::NO_DAYS))
}
