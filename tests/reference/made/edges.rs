//! The second draw of an agreement: what is on file is put on the days on which a verdict turns, and on those beside them.

use std::collections::BTreeSet;

use overens::evaluate::{Explainer, Limits, evaluate};
use overens::value::Day;
use overens::verdict::{LastDay, ShareOf};

use super::super::compare::opened;
use super::{Given, Made, Tape};

/// Days that clauses reckon: of windows, periods and spans that do not change.
fn edges(made: &Made) -> Option<BTreeSet<Day>> {
    let opened = opened(&made.policy(), &made.fact_file(), None).ok()?;
    let mut all = BTreeSet::new();
    for as_of in made.days() {
        let verdicts = evaluate(&opened.plan, &opened.facts, as_of, &Limits::default());
        let mut explainer = Explainer::new(&opened.plan, &opened.facts, as_of).after(&verdicts);
        for one in verdicts.iter().take(60) {
            let judged = explainer.explain(&one.instance);
            all.extend(judged.first_day);
            match judged.last_day {
                LastDay::On(day) => drop(all.insert(day)),
                LastDay::Within(first, last) => all.extend([first, last]),
                LastDay::NotYet | LastDay::Unknown | LastDay::None => {}
            }
            let period = one.instance.period.map(|period| (period.first(), period.last()));
            for (first, last) in [period, one.instance.span].into_iter().flatten() {
                all.extend([first, last]);
            }
        }
    }
    // Of force, and of the agreement's amendments and dated values.
    for norm in &opened.plan.norms {
        all.extend([norm.force.from, norm.force.until]);
        all.extend(norm.cuts.iter().map(|cut| cut.on));
    }
    all.extend(opened.plan.values.iter().flat_map(|value| &value.amounts).filter_map(|amount| amount.from));
    all.retain(|day| (2012..2017).contains(&day.year()));
    Some(all)
}

/// Puts some days of the facts, and of those as of which it is judged, on an edge or a day before or after it.
pub fn at_the_edges(tape: &mut Tape, made: &mut Made) {
    let edges: Vec<Day> = edges(made).into_iter().flatten().collect();
    if edges.is_empty() {
        return;
    }
    let near = |tape: &mut Tape| {
        let day = edges[tape.below(u32::try_from(edges.len()).unwrap()) as usize];
        let near = [day.preceding(), day.following(), day, day][tape.below(4) as usize];
        near.to_string()
    };
    // Here and there a day is only known to be one of a few, on both sides of an edge.
    let loose = tape.one_in(3);
    let span = |tape: &mut Tape| {
        let day = edges[tape.below(u32::try_from(edges.len()).unwrap()) as usize];
        let (first, last) = [(day.preceding(), day), (day, day.following()), (day.preceding(), day.plus_days(2))]
            [tape.below(3) as usize];
        format!("\"{first}/{last}\"")
    };
    let days =
        made.records.iter_mut().flat_map(|(_, rows)| rows).flat_map(|row| &mut row.fields).chain(&mut made.facts);
    for (_, text) in days.filter(|_| loose) {
        if Day::parse_iso(text.trim_matches('"')).is_ok() && text.starts_with('"') && tape.one_in(6) {
            *text = span(tape);
        }
    }
    let fields = made.records.iter_mut().flat_map(|(_, rows)| rows).flat_map(|row| &mut row.fields);
    let texts = fields.chain(&mut made.facts).chain(&mut made.decided).map(|(_, text)| text);
    for text in texts {
        // What stands in quotes is every other part.
        let mut parts: Vec<String> = text.split('"').map(str::to_string).collect();
        for part in parts.iter_mut().skip(1).step_by(2) {
            let moves = Day::parse_iso(part).is_ok_and(|day| day.year() > 2010);
            if moves && tape.one_in(3) {
                *part = near(tape);
            }
        }
        *text = parts.join("\"");
    }
    for (_, from, through) in &mut made.complete {
        if from.starts_with("2014") && tape.one_in(2) {
            *from = near(tape).min(through.clone());
        }
        if through.starts_with("2014") && tape.one_in(2) {
            *through = near(tape).max(from.clone());
        }
    }
    // And a list that is told to be complete only up to such a day.
    if tape.one_in(4) && !made.complete.is_empty() {
        let at = tape.below(u32::try_from(made.complete.len()).unwrap()) as usize;
        made.complete[at].2 = near(tape).max(made.complete[at].1.clone());
    }
    for day in std::iter::once(&mut made.as_of).chain(&mut made.later) {
        let other = near(tape);
        // By then every agreement has come into force, and complete lists still are.
        if tape.one_in(2) && ("2014-03-15"..="2015-12-31").contains(&other.as_str()) {
            *day = other;
        }
    }
}

/// Slips of what each has to bear, or of a little more or less.
pub fn slips_by_the_shares(tape: &mut Tape, made: &mut Made) {
    if !made.clauses.iter().flatten().any(|line| line.starts_with("billed by")) {
        return;
    }
    let Ok(opened) = opened(&made.policy(), &made.fact_file(), None) else { return };
    let verdicts = evaluate(&opened.plan, &opened.facts, opened.as_of, &Limits::default());
    let mut explainer = Explainer::new(&opened.plan, &opened.facts, opened.as_of).after(&verdicts);
    let mut owed: Vec<(String, String, String)> = vec![];
    for one in verdicts.iter() {
        let norm = opened.plan.norm(one.instance.norm).unwrap();
        let Some((line, bill)) = one.instance.subject else { continue };
        let record = norm.subjects[usize::from(line)].record;
        for share in explainer.explain(&one.instance).shares {
            let amount = share.amount.amount.to_string();
            let by_more = [0, 0, 0, 0, 1, -1][tape.below(6) as usize];
            let amount = amount.parse::<i32>().map_or(amount, |whole| (whole + by_more).max(0).to_string());
            if let (ShareOf::Row(club, row), false) = (share.who, amount.contains([' ', '/'])) {
                let ids = (opened.facts.id(club, row).to_string(), opened.facts.id(record, bill).to_string());
                owed.push((ids.0, ids.1, amount));
            }
        }
    }
    let Some((_, slips)) = made.records.iter_mut().find(|(record, _)| record == "slip") else { return };
    let days: Vec<String> = slips
        .iter()
        .flat_map(|slip| &slip.fields)
        .filter(|(field, _)| field == "paid_on")
        .map(|(_, day)| day.clone())
        .collect();
    slips.clear();
    let mut seen = BTreeSet::new();
    owed.retain(|(club, bill, _)| seen.insert((club.clone(), bill.clone())));
    if tape.one_in(5) {
        made.complete.retain(|(record, ..)| record != "slip");
    }
    for (at, (club, bill, amount)) in owed.into_iter().take(8).enumerate() {
        if tape.one_in(8) {
            continue;
        }
        let day = if days.is_empty() { format!("\"{}\"", tape.day()) } else { days[at % days.len()].clone() };
        let fields =
            [("CLUB", format!("\"{club}\"")), ("bill", format!("\"{bill}\"")), ("amount", amount), ("paid_on", day)];
        let fields = fields.map(|(name, text)| (name.to_string(), text)).to_vec();
        slips.push(Given { id: format!("p{at}"), fields });
    }
}
