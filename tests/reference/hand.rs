//! The reference held against cases whose verdicts somebody worked out by hand: folders with `policy.overens`, `facts.ron` and a
//! `case.json` whose `expect` rows name a clause, perhaps for whom, on which day or in which period, and the verdict.

use std::collections::BTreeMap;
use std::path::Path;

use overens::facts::Row;
use overens::model::clause::CycleOf;
use overens::value::Day;
use serde_json::Value;

use crate::reference::compare::{Read, read};
use crate::reference::judge::{Inst, Who};
use crate::reference::known::answer;
use crate::reference::world::World;

pub fn hold(folder: &str, only: &str) {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(only))
        .collect();
    names.sort();
    let (mut right, mut wrong, mut silent) = (0, 0, 0);
    for name in names {
        let text = |file: &str| std::fs::read_to_string(Path::new(folder).join(&name).join(file)).ok();
        let (Some(policy), Some(facts), Some(case)) = (text("policy.overens"), text("facts.ron"), text("case.json"))
        else {
            println!("{name}: has not the three files");
            continue;
        };
        let case: Value = serde_json::from_str(&case).unwrap();
        let arguments: Vec<&str> = case["args"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let as_of =
            arguments.iter().position(|one| *one == "--as-of").and_then(|at| Day::parse_iso(arguments[at + 1]).ok());
        let read = match read(&policy, &facts, as_of) {
            Ok(read) => read,
            Err(why) => {
                println!("{name}: refused: {}", why.lines().next().unwrap_or(""));
                continue;
            }
        };
        for expected in case["expect"].as_array().into_iter().flatten() {
            match holds(&read, expected) {
                Ok(Ok(())) => right += 1,
                Ok(Err(came)) => {
                    wrong += 1;
                    println!("{name}: {expected}: the reference says {came}");
                }
                Err(why) => {
                    silent += 1;
                    println!("{name}: no opinion: {why}");
                }
            }
        }
    }
    println!("{right} right, {wrong} wrong, {silent} without an opinion");
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => vec![],
    }
}

fn holds(read: &Read, expected: &Value) -> Result<Result<(), String>, String> {
    let Read { plan, facts, as_of, marks, .. } = read;
    let clause = plan.find_clause(expected["clause"].as_str().unwrap()).ok_or("no such clause")?;
    let strength = plan.norms_of(clause).next().ok_or("no norm")?.1.strength;
    let world = World::new(plan, facts, *as_of, marks, BTreeMap::new());
    let all = world.instances(clause).map_err(|stop| format!("{stop:?}").chars().take(80).collect::<String>())?;
    let on = expected["on"].as_str().and_then(|day| Day::parse_iso(day).ok());
    let fitting: Vec<Inst> = all.into_iter().filter(|inst| fits(read, *inst, expected, on)).collect();
    if let (true, Some(day)) = (fitting.is_empty(), on) {
        return Err(format!("no instance on {day}"));
    }
    let wanted = words(&expected["status"]);
    let mut came = vec![];
    for inst in fitting {
        let ours = answer(plan, facts, *as_of, marks, inst).map_err(str::to_owned)?;
        let called = |status: overens::verdict::Status| status.called(strength).words().to_string();
        let mut right = wanted.is_empty() || wanted.contains(&called(ours.status));
        right |= ours.or.is_some_and(|status| wanted.contains(&called(status)));
        right |= wanted.contains(&"absent".to_string()) && called(ours.status) == "not applicable";
        right &= !words(&expected["not_status"]).contains(&called(ours.status));
        if let (Some(days), Some(late)) = (expected["days"].as_i64(), ours.late) {
            right &= i64::from(late) == days;
        }
        if let (Some(last), Some(ours)) = (expected["last_day"].as_str(), ours.last) {
            right &= ours.to_string() == last;
        }
        came.push(format!("{} {:?} {:?}", called(ours.status), ours.late, ours.last));
        if right && !expected["all"].as_bool().unwrap_or(false) {
            return Ok(Ok(()));
        }
    }
    if came.is_empty() && (wanted.contains(&"absent".to_string()) || wanted.contains(&"not applicable".to_string())) {
        return Ok(Ok(()));
    }
    Ok(Err(format!("{came:?}")))
}

fn fits(read: &Read, inst: Inst, expected: &Value, on: Option<Day>) -> bool {
    let Read { plan, facts, .. } = read;
    let norm = plan.norms_of(inst.clause).next().unwrap().1;
    let subject =
        inst.subject.map(|(line, row)| facts.id(norm.subjects[usize::from(line)].record, Row(row)).to_string());
    let bearer = match inst.bearer {
        Who::One => None,
        Who::Actor(actor) => plan.schema.actor(actor).map(|actor| actor.name.clone()),
        Who::Row(record, row) => Some(facts.id(record, Row(row)).to_string()),
    };
    if !words(&expected["for"]).iter().all(|one| Some(one) == subject.as_ref() || Some(one) == bearer.as_ref()) {
        return false;
    }
    if let (Some(own), Some(day)) = (inst.day, on) {
        return own == day;
    }
    if let (Some((first, last)), Some(day)) = (inst.period, on) {
        return first <= day && day <= last;
    }
    if let (Some(label), Some(period)) = (expected["period"].as_str(), inst.period) {
        if let Some(CycleOf::Calendar(cycle)) = &norm.cycle {
            return cycle.parse_label(label).is_none_or(|named| (named.first(), named.last()) == period);
        }
        return label.starts_with(&period.0.to_string());
    }
    true
}
