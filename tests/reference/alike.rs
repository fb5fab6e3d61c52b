//! One agreement judged in the ways that must come to the same: one by one, many rows together, by several workers, with reasons.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use overens::evaluate::{Explainer, Limits, Sizes, evaluate};
use overens::facts::{Facts, Row};
use overens::plan::Plan;
use overens::value::Day;
use overens::verdict::{Instance, LastDay, Nuance, Share, Status, Verdict};

use super::compare::{Difference, Opened, opened};
use super::made::{Given, Made};

/// What the product says of an agreement in each of the ways.
#[derive(PartialEq)]
pub struct Told {
    plain: Vec<Verdict>,
    /// Everything taken for very much, and by two workers.
    together: Vec<Verdict>,
    /// With reasons: one by one, and as if there were very many.
    reasoned: [Vec<Reasoned>; 2],
}

#[derive(Debug, PartialEq)]
struct Reasoned {
    verdict: Verdict,
    last_day: LastDay,
    shares: Vec<Share>,
}

pub fn told(plan: &Plan, facts: &Facts, as_of: Day) -> Told {
    let verdicts = evaluate(plan, facts, as_of, &Limits::default());
    let smallest = Limits { workers: 2, sizes: Sizes::SMALLEST, ..Limits::default() };
    let reasoned = |sizes: Sizes| {
        let mut explainer = Explainer::new(plan, facts, as_of).after(&verdicts).sized(sizes);
        let mut one = |verdict: Verdict| {
            let judged = explainer.explain(&verdict.instance);
            Reasoned { verdict: judged.verdict, last_day: judged.last_day, shares: judged.shares }
        };
        verdicts.iter().map(&mut one).collect()
    };
    Told {
        plain: verdicts.iter().collect(),
        together: evaluate(plan, facts, as_of, &smallest).iter().collect(),
        reasoned: [reasoned(Sizes::default()), reasoned(Sizes::SMALLEST)],
    }
}

/// The same with a row more in each list, which is taken not to be there: of a part of the agreements.
pub fn with_hidden_rows(made: &Made, facts: &Facts) -> Option<Opened> {
    let mut more = made.clone();
    if !made.fact_file().len().is_multiple_of(4) {
        return None;
    }
    for (_, rows) in &mut more.records {
        let extra = rows.first().cloned().map(|first| Given { id: format!("{}h", first.id), ..first });
        rows.extend(extra);
    }
    let mut opened = opened(&more.policy(), &more.fact_file(), None).ok()?;
    for (table, plain) in opened.facts.tables.iter_mut().zip(&facts.tables).filter(|(more, one)| more.rows > one.rows) {
        table.hidden = Some(Arc::new(BTreeSet::from([Row(plain.rows)])));
    }
    Some(opened)
}

/// Where what facts adopt is not judged as it is when it is adopted, nor as when it is not, and not as open between the two.
pub fn adoption_matters(made: &Made, (plan, facts): (&Plan, &Facts), as_of: Day) -> Option<String> {
    let is_told = |line: &String| line.starts_with("adopted by ");
    if !made.clauses.iter().flatten().any(is_told) {
        return None;
    }
    let judged = |change: &dyn Fn(&mut Vec<String>)| {
        let mut other = made.clone();
        other.clauses.iter_mut().for_each(change);
        let Opened { plan, facts, .. } = opened(&other.policy(), &other.fact_file(), None).ok()?;
        Some(by_case(&plan, &facts, as_of))
    };
    let adopted = judged(&|lines| {
        lines.iter_mut().filter(|line| is_told(line)).for_each(|line| *line = "adopted on 2013-01-01".to_string());
    })?;
    let rejected = judged(&|lines| lines.retain(|line| !is_told(line)))?;
    let told = by_case(plan, facts, as_of);
    if told == adopted || told == rejected {
        return None;
    }
    for (case, one) in &told {
        let (Some(with), Some(without)) = (adopted.get(case), rejected.get(case)) else { continue };
        let open = matches!(one.0, Status::Unknown | Status::NeedsJudgement);
        if (with == without && one != with) || ((with.0, with.2) != (without.0, without.2) && !open) {
            return Some(format!("as of {as_of}: {case}: {one:?}; adopted {with:?}, not adopted {without:?}"));
        }
    }
    None
}

/// Verdicts by clause, subject, bearer and period, whatever the wording.
fn by_case(plan: &Plan, facts: &Facts, as_of: Day) -> BTreeMap<String, (Status, Option<i32>, bool)> {
    let all = evaluate(plan, facts, as_of, &Limits::default());
    let keyed = all.iter().map(|one| {
        let Instance { norm, subject, bearer, period, span } = one.instance;
        let clause = plan.norm(norm).map(|norm| norm.clause);
        (
            format!("{clause:?} {subject:?} {bearer:?} {period:?} {span:?}"),
            (one.status, one.days, one.nuance == Nuance::NotUsed),
        )
    });
    keyed.collect()
}

/// Where these ways do not come to the same.
pub fn unlike(plan: &Plan, facts: &Facts, as_of: Day) -> Result<Vec<Difference>, String> {
    let told = catch_unwind(AssertUnwindSafe(|| told(plan, facts, as_of)));
    let Told { plain, together, reasoned: [alone, crowd] } =
        told.map_err(|_| "the product stopped on another way".to_string())?;
    let name = |one: &Verdict| plan.norm(one.instance.norm).and_then(|norm| plan.clause(norm.clause));
    let apart = |what, one: &Verdict, reference: String, product: String| Difference {
        clause: name(one).map_or(String::new(), |clause| clause.name.clone()),
        what,
        whose: format!("{:?}", one.instance),
        reference,
        product,
    };
    let words = |one: &Verdict| format!("{:?} {:?} {:?}", one.status, one.nuance, one.days);
    let mut differences = vec![];
    if plain.len() != together.len() {
        let (reference, product) = (plain.len().to_string(), together.len().to_string());
        differences.extend(plain.first().map(|one| apart("many together", one, reference, product)));
    }
    for (one, other) in plain.iter().zip(&together).filter(|(one, other)| one != other) {
        differences.push(apart("many together", one, words(one), words(other)));
    }
    for (one, judged) in plain.iter().zip(&alone).filter(|(one, judged)| **one != judged.verdict) {
        differences.push(apart("with reasons", one, words(one), words(&judged.verdict)));
    }
    for (one, other) in alone.iter().zip(&crowd).filter(|(one, other)| one != other) {
        let words = |one: &Reasoned| format!("{} {:?} {:?}", words(&one.verdict), one.last_day, one.shares);
        differences.push(apart("many together, with reasons", &one.verdict, words(one), words(other)));
    }
    Ok(differences)
}
