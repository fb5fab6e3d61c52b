//! The unknown, by trying: an instance is judged in every world that the facts leave open.

use std::collections::BTreeMap;

use overens::facts::Facts;
use overens::plan::{Plan, Trigger};
use overens::value::Day;
use overens::verdict::Status;

use super::judge::{Inst, Verdict, plain};
use super::made::Tape;
use super::world::{Key, Marks, Stop, Try, World};

/// At most so many worlds are looked at for one instance.
pub const MOST_WORLDS: usize = 1_000;

/// What the reference says of an instance; nothing when it has no opinion, and why.
pub type Answer = Result<Verdict, &'static str>;

pub fn answer(plan: &Plan, facts: &Facts, as_of: Day, marks: &Marks, inst: Inst) -> Answer {
    answer_if((plan, facts, as_of, marks), inst, BTreeMap::new())
}

/// The same, if something were as it is tried.
pub fn answer_if(
    (plan, facts, as_of, marks): (&Plan, &Facts, Day, &Marks),
    inst: Inst,
    given: BTreeMap<Key, Try>,
) -> Answer {
    // `otherwise` of a clause that is unknown is unknown, though it may be broken in no case.
    let trigger = plan.norms_of(inst.clause).nth(usize::from(inst.wording)).map(|(_, norm)| &norm.trigger);
    let bases = if let Some(Trigger::Breach(bases)) = trigger { bases.as_slice() } else { &[] };
    for clause in bases.iter().copied() {
        let same = Inst { clause, wording: 0, ..inst };
        let world = World::new(plan, facts, as_of, marks, BTreeMap::new());
        if world.instances(clause).is_ok_and(|all| all.contains(&same))
            && answer(plan, facts, as_of, marks, same).is_ok_and(|cause| cause.status == Status::Unknown)
        {
            return Err("what becomes due where it is not known whether it does");
        }
    }
    let mut waiting: Vec<BTreeMap<Key, Try>> = vec![given.clone()];
    // Each verdict that came, and whether it came in a world in which nothing has come to pass that is not on file.
    let mut came: Vec<Came> = vec![];
    let (mut worlds, mut elsewhere) = (0, false);
    let one_wording = plan.norms_of(inst.clause).count() == 1;
    let mut all_tried = true;
    while let Some(tried) = waiting.pop() {
        worlds += 1;
        if worlds > MOST_WORLDS {
            all_tried = false;
            break;
        }
        let world = World::new(plan, facts, as_of, marks, tried);
        match world.judge(inst) {
            Ok(verdict) => {
                take(&mut came, verdict, &world, inst);
                if one_wording && is_unknown(&came) {
                    return Ok(plain(Status::Unknown));
                }
            }
            Err(Stop::Need(hole)) => {
                // So many cannot all be looked at: some from everywhere tell more.
                if worlds + hole.tries.len() > MOST_WORLDS {
                    all_tried = false;
                    break;
                }
                // Branches are taken in turn from far apart, so that those that are looked at first differ.
                for one in hole.tries.iter().rev().cloned() {
                    let mut next = world.tried.clone();
                    next.insert(hole.key, one);
                    waiting.push(next);
                }
            }
            Err(Stop::Elsewhere) => elsewhere = true,
            Err(Stop::Absurd) => {}
            Err(Stop::NoOpinion(why)) => return Err(why),
            Err(Stop::Weigh | Stop::Never) => return Err("a stop that was not caught"),
        }
    }
    if !all_tried {
        // Some worlds from everywhere, half of them without anything that is not on file: two that differ are enough.
        let tape = &mut Tape::of(1);
        for descent in 0..40 {
            let mut tried = given.clone();
            loop {
                let world = World::new(plan, facts, as_of, marks, tried);
                match world.judge(inst) {
                    Ok(verdict) => {
                        take(&mut came, verdict, &world, inst);
                        if one_wording && is_unknown(&came) {
                            return Ok(plain(Status::Unknown));
                        }
                    }
                    Err(Stop::Need(hole)) => {
                        let many = hole.tries.len();
                        if many == 0 {
                            break;
                        }
                        let at = tape.below(u32::try_from(many).unwrap()) as usize;
                        let mut from_there = (0..many).map(|more| &hole.tries[(at + more) % many]);
                        let on_file = from_there.find(|one| descent % 2 == 1 || !one.new);
                        let one = on_file.unwrap_or(&hole.tries[at]).clone();
                        tried = world.tried;
                        tried.insert(hole.key, one);
                        continue;
                    }
                    Err(Stop::Elsewhere) => elsewhere = true,
                    Err(Stop::Absurd) => {}
                    Err(Stop::NoOpinion(why)) => return Err(why),
                    Err(Stop::Weigh | Stop::Never) => return Err("a stop that was not caught"),
                }
                break;
            }
        }
    }
    match (elsewhere, came.is_empty()) {
        (true, true) => Err(ELSEWHERE),
        (true, false) => Err("one of two wordings"),
        (false, _) => {
            let verdict = together(&came, all_tried)?;
            // Of a subject whose own day is not given the product does not try every day.
            let undated = || World::new(plan, facts, as_of, marks, BTreeMap::new()).is_undated(inst);
            let cautious = verdict.cautious || (verdict.status == Status::NotApplicable && undated());
            Ok(Verdict { cautious, ..verdict })
        }
    }
}

/// A verdict that came, whether nothing has come to pass in its world that is not on file, and whether nothing that a record
/// on file says had to be tried.
type Came = (Verdict, bool, bool);

fn take(came: &mut Vec<Came>, verdict: Verdict, world: &World, inst: Inst) {
    // Beside the own day of a subject the product tries nothing else that is not known.
    if world.tried.len() > 1 && world.own_key(inst).is_some_and(|own| world.tried.contains_key(&own)) {
        world.cautious.set(true);
    }
    // Who is a member, and what goes before it, are asked apart on each day that is watched.
    let goes_before = world.norm_of(inst).is_ok_and(|norm| !norm.yields_to.is_empty());
    if inst.day.is_some() && goes_before && !world.tried.is_empty() {
        world.cautious.set(true);
    }
    let verdict = Verdict { cautious: world.cautious.get(), sure: world.tried.is_empty(), ..verdict };
    let found = (verdict, world.tried.values().all(|one| !one.new), world.tried.values().all(|one| !one.untold));
    if !came.contains(&found) {
        came.push(found);
    }
}

/// Whether what came is unknown, whatever else may come: two worlds differ, and something on file decides.
fn is_unknown(came: &[Came]) -> bool {
    let decided = |(one, on_file, _): &Came| *on_file && one.status != Status::Pending;
    came.iter().any(|(one, ..)| one.status != came[0].0.status)
        && came.iter().any(decided)
        && !came.iter().all(is_undue)
        && came.iter().all(|(one, ..)| one.or.is_none())
}

/// Nothing is owed, or not yet, or something that is not on file does it.
fn is_undue((one, on_file, told): &Came) -> bool {
    match one.status {
        Status::Pending | Status::NotApplicable => true,
        Status::Satisfied => !on_file || !told,
        // What a role has to weigh was done; or a window was odd for a day that is not given.
        Status::NeedsJudgement => !on_file || !told || !one.sure,
        Status::Unknown => one.unattested && (!on_file || !told),
        _ => false,
    }
}

/// Another wording of the clause judges the instance in every world.
pub const ELSEWHERE: &str = "judged by another wording";

fn together(came: &[Came], all_tried: bool) -> Answer {
    let Some((first, ..)) = came.first() else { return Err("no world at all") };
    let status_of = |verdict: &Verdict| (verdict.status, verdict.or, verdict.unused);
    let cautious = came.iter().any(|(one, ..)| one.cautious);
    let same = came.iter().all(|(one, ..)| status_of(one) == status_of(first));
    if same {
        if !all_tried {
            return Err("too many worlds");
        }
        let late = if came.iter().all(|(one, ..)| one.late == first.late) { first.late } else { None };
        let last = if came.iter().all(|(one, ..)| one.last == first.last) { first.last } else { None };
        // The product works out no shares that are not known, and says nothing of whether they were paid.
        let shares_differ = came.iter().any(|(one, ..)| one.shares != first.shares);
        // What somebody has to weigh in any case may also be said to be unknown.
        let waits = first.status == Status::NeedsJudgement && !first.sure;
        // Whether an exception leaves anything of it may be said to be unknown.
        let may_not_apply = first.or == Some(Status::NotApplicable) && !first.sure;
        let shares = if shares_differ { None } else { first.shares.clone() };
        return Ok(Verdict {
            late,
            last,
            shares,
            cautious: cautious || shares_differ || waits || may_not_apply,
            ..first.clone()
        });
    }
    if came.iter().any(|(one, ..)| one.or.is_some()) {
        return Err("a choice of the contract in one of the worlds");
    }
    let only = |some: &[Status]| came.iter().all(|(one, ..)| some.contains(&one.status));
    let mut on_file = came.iter().filter(|(_, on_file, _)| *on_file).map(|(one, ..)| one).peekable();
    let nothing_on_file = on_file.peek().is_none();
    if !nothing_on_file && on_file.all(|one| one.status == Status::Pending) {
        return match (only(&[Status::Pending, Status::Satisfied]), all_tried) {
            (true, true) => Ok(Verdict { cautious, ..plain(Status::Pending) }),
            _ => Err("pending, or more than that"),
        };
    }
    // Not due, or not yet: whichever it is, nothing is owed today, unless something new does it.
    if came.iter().all(is_undue) {
        return Ok(Verdict { or: Some(Status::Pending), ..plain(Status::Unknown) });
    }
    if !all_tried && nothing_on_file {
        return Err("too many worlds");
    }
    Ok(plain(Status::Unknown))
}
