//! The second draw of an agreement: what is on file is put on the days on which a verdict turns, and on those beside them.

use std::collections::BTreeSet;

use overens::evaluate::{Explainer, Limits, evaluate};
use overens::value::Day;
use overens::verdict::LastDay;

use super::super::compare::opened;
use super::{Made, Tape};

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
        if through.starts_with("2014") && tape.one_in(2) {
            *through = near(tape).max(from.clone());
        }
    }
    for day in std::iter::once(&mut made.as_of).chain(&mut made.later) {
        let other = near(tape);
        // By then every agreement has come into force, and complete lists still are.
        if tape.one_in(2) && ("2014-03-15"..="2015-12-31").contains(&other.as_str()) {
            *day = other;
        }
    }
}
