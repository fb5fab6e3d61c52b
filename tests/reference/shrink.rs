//! From a case on which both sides differ to a smallest one.

use super::alike::{adoption_matters, told, unlike, with_hidden_rows};
use super::compare::{Compared, Difference, compare, read_on};
use super::made::Made;

/// The first difference of a case, if it can be read at all.
pub fn differs(made: &Made) -> Option<Difference> {
    match on_each_day(made)? {
        Ok(compared) => compared.differences.into_iter().next(),
        Err(why) => Some(Difference {
            clause: String::new(),
            what: "stopped",
            whose: String::new(),
            reference: String::new(),
            product: why,
        }),
    }
}

/// A made agreement compared as of each of its days; nothing when it cannot be read, and what stopped the product.
pub fn on_each_day(made: &Made) -> Option<Result<Compared, String>> {
    let mut read = read_on(&made.policy(), &made.fact_file(), &made.days()).ok()?;
    let hidden = with_hidden_rows(made, &read.facts);
    let mut all = Compared::default();
    for day in made.days() {
        read = read.on(day);
        match compare(&read) {
            Ok(compared) => all.add(compared),
            Err(why) => return Some(Err(format!("as of {day}: {why}"))),
        }
        if let Some(hidden) = &hidden
            && told(&hidden.plan, &hidden.facts, day) != told(&read.plan, &read.facts, day)
        {
            return Some(Err(format!("as of {day}: a row that is hidden makes a difference")));
        }
        if let Some(why) = adoption_matters(made, (&read.plan, &read.facts), day) {
            return Some(Err(why));
        }
        match unlike(&read.plan, &read.facts, day) {
            Ok(differences) => all.differences.extend(differences),
            Err(why) => return Some(Err(format!("as of {day}: {why}"))),
        }
    }
    Some(Ok(all))
}

/// Leaves out whatever can be left out, as long as a difference of the same kind stays.
pub fn shrink(made: &Made, kept: &Difference) -> (Made, Difference) {
    let alike = |one: &Difference| {
        (one.what, &one.reference, &one.product) == (kept.what, &kept.reference, &kept.product)
            || (one.what == kept.what && one.what != "status")
    };
    let (mut best, mut told) = (made.clone(), kept.clone());
    loop {
        let smaller = smaller(&best).into_iter().find_map(|one| differs(&one).filter(&alike).map(|told| (one, told)));
        let Some((one, difference)) = smaller else { return (best, told) };
        (best, told) = (one, difference);
    }
}

/// The same case with one thing less, big things first.
fn smaller(made: &Made) -> Vec<Made> {
    let mut all = vec![];
    let mut without = |change: &dyn Fn(&mut Made)| {
        let mut one = made.clone();
        change(&mut one);
        all.push(one);
    };
    for at in 0..made.clauses.len() {
        without(&|one| drop(one.clauses.remove(at)));
    }
    for (list, (_, rows)) in made.records.iter().enumerate() {
        if !rows.is_empty() {
            without(&|one| one.records[list].1.clear());
        }
        for row in 0..rows.len() {
            without(&|one| drop(one.records[list].1.remove(row)));
        }
    }
    for (at, clause) in made.clauses.iter().enumerate() {
        for (line, written) in clause.iter().enumerate().skip(1) {
            without(&|one| drop(one.clauses[at].remove(line)));
            for joint in [" where ", " and ", " or "] {
                if let Some((before, _)) = written.split_once(joint) {
                    without(&|one| one.clauses[at][line] = before.to_string());
                }
            }
        }
    }
    for at in 0..made.words.len() {
        without(&|one| drop(one.words.remove(at)));
    }
    for (at, words) in made.words.iter().enumerate() {
        let lines: Vec<&str> = words.split('\n').collect();
        for line in 1..lines.len() {
            let mut left = lines.clone();
            let gone = left.remove(line).trim().split(':').next().unwrap_or("").to_string();
            let left = left.join("\n");
            let name = lines[0].split_whitespace().nth(1).unwrap_or("").to_string();
            without(&|one| {
                one.words[at].clone_from(&left);
                for (record, rows) in &mut one.records {
                    if *record == name {
                        rows.iter_mut().for_each(|row| row.fields.retain(|(field, _)| *field != gone));
                    }
                }
            });
        }
    }
    for at in 0..made.decided.len() {
        without(&|one| drop(one.decided.remove(at)));
    }
    for at in 0..made.facts.len() {
        without(&|one| drop(one.facts.remove(at)));
    }
    for at in 0..made.complete.len() {
        without(&|one| drop(one.complete.remove(at)));
    }
    for (list, (_, rows)) in made.records.iter().enumerate() {
        for (row, given) in rows.iter().enumerate() {
            for field in 0..given.fields.len() {
                without(&|one| drop(one.records[list].1[row].fields.remove(field)));
                if given.fields[field].1 != "None" {
                    without(&|one| one.records[list].1[row].fields[field].1 = "None".to_string());
                }
            }
        }
    }
    for at in 0..made.later.len() {
        without(&|one| drop(one.later.remove(at)));
        without(&|one| {
            one.as_of = one.later[at].clone();
            one.later.clear();
        });
    }
    for at in 1..made.head.len() {
        without(&|one| drop(one.head.remove(at)));
    }
    if made.head[0] != "in force from 2014-01-01" {
        without(&|one| one.head[0] = "in force from 2014-01-01".to_string());
    }
    if made.theme != 0 {
        without(&|one| one.theme = 0);
    }
    all
}
