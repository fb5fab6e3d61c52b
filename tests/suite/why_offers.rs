//! What `why` offers as what would change a verdict is so: each day and each amount of it makes the verdict that it says, at the ends of
//! a span and inside it.

use std::path::{Path, PathBuf};

use overens::cli::fact_files::From;
use overens::cli::neighbours::Neighbours;
use overens::cli::policy_files::{self, Shelf};
use overens::cli::stage;
use overens::diagnostics::Sink;
use overens::evaluate::{Limits, Supposing, evaluate};
use overens::facts::{CellValue, Change};
use overens::model::schema::Type;
use overens::report::{Extent, Names, Naming, why};
use overens::source::Sources;
use overens::value::{Day, Money, Number};
use overens::verdict::Called;

use super::{bundled, cases};

/// So many verdicts of each case are asked about, and so many of each bundled policy.
const OF_A_CASE: usize = 1;
const OF_A_POLICY: usize = 4;
/// Of so many scenarios.
const SCENARIOS: usize = 8;
/// So many days inside of a span are judged.
const INSIDE: usize = 5;
/// Twenty years, in days.
const FAR: u32 = 7_300;

#[test]
fn what_would_change_a_verdict_changes_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mistakes = folder.join("mistakes");
    let mut paths = cases::files_below(&folder, &["overens"]);
    paths.retain(|path| !path.starts_with(&mistakes));
    let mut paths: Vec<(PathBuf, usize)> = paths.into_iter().map(|path| (path, OF_A_CASE)).collect();
    paths.extend(bundled::names().into_iter().map(|name| (bundled::folder().join(&name), OF_A_POLICY)));
    // `OVERENS_OFFERS=10` asks about ten times as many.
    let step = std::env::var("OVERENS_OFFERS").ok().and_then(|many| many.parse().ok()).unwrap_or(1);
    let mut offers = 0;
    let mut wrong = Vec::new();
    for (path, many) in paths {
        offers += of_policy(&path, many * step, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} of {offers}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(offers > 5_000, "{offers}");
}

/// Asks about some verdicts of a policy's scenarios; gives how many values were judged.
fn of_policy(path: &Path, most: usize, wrong: &mut Vec<String>) -> usize {
    let mut sources = Sources::default();
    let mut problems = Sink::default();
    let Ok(policy) = policy_files::policy(path, &mut sources, &mut problems) else { return 0 };
    let (mut shelf, mut neighbours) = (Shelf::default(), Neighbours::default());
    let mut from = From { shelf: &mut shelf, neighbours: &mut neighbours, sources: &mut sources };
    let Ok(ready) = stage::stage(&policy, &mut from, &mut problems) else { return 0 };
    let Some(plan) = &policy.plan else { return 0 };
    let mut all = Vec::new();
    for (at, one) in ready.iter().enumerate().step_by((ready.len() / SCENARIOS).max(1)) {
        let Some(as_of) = one.as_of else { continue };
        let verdicts = evaluate(plan, &one.facts, as_of, &Limits::default());
        all.extend(verdicts.iter().map(|verdict| (at, as_of, verdict.instance)));
    }
    let mut offers = 0;
    let mut tape = Tape(1);
    let apart = (all.len() / most).max(1);
    for (at, as_of, instance) in all.into_iter().step_by(apart) {
        let facts = &ready[at].facts;
        let names = Names { plan, facts, sources: &sources, naming: Naming::Real };
        let supposing = Supposing::new(plan, facts, as_of, &instance);
        let strength = plan.norm(instance.norm).unwrap().strength;
        let why = why(&names, as_of, &instance, Extent::USUAL);
        for change in &why.changes {
            let Some(cell) = change.cell else { continue };
            let ty = &plan.schema.field(cell.record, cell.field).unwrap().ty;
            for (words, called) in &change.outcomes {
                // Of a span that is watched, it may be so on some of its days only.
                let (words, partly) = match words.strip_suffix(" (for part of the time)") {
                    Some(words) => (words, true),
                    None => (words.as_str(), false),
                };
                for value in offered(words, ty, &mut tape) {
                    offers += 1;
                    let all = supposing.verdicts_if(&[Change { cell, value: value.clone() }]);
                    let mut all = all.iter().map(|verdict| verdict.called(strength));
                    let wrong_one = match partly {
                        true => (!all.clone().any(|one| one == *called)).then(|| all.next()).flatten(),
                        false => all.find(|one| one != called),
                    };
                    if let Some(came) = wrong_one {
                        wrong.push(format!(
                            "{}: {} ({}): {} {words}: {}, but with {}: {}",
                            path.display(),
                            why.line.clause,
                            ready[at].scenario.title.it,
                            change.words,
                            called.words(),
                            names.cell_value(&value, Some(ty)),
                            Called::words(came)
                        ));
                        break;
                    }
                }
            }
        }
    }
    offers
}

/// Values of those that are offered.
fn offered(words: &str, ty: &Type, tape: &mut Tape) -> Vec<CellValue> {
    let mut found = Vec::new();
    let parts: Vec<&str> = words.split(" or ").collect();
    for (at, part) in parts.iter().enumerate() {
        let (onward, step) = match parts.get(at + 1).map(|next| next.split_once(" in steps of ").unwrap_or((next, "")))
        {
            Some(("earlier" | "less", step)) => (Some(Onward::Down), step),
            Some(("later" | "more", step)) => (Some(Onward::Up), step),
            _ => (None, ""),
        };
        match ty {
            Type::Date => days(part, onward, tape, &mut found),
            Type::Number | Type::Money => amounts((part, step), onward, tape, &mut found),
            _ => {}
        }
    }
    found
}

/// Numbers that are the same in every run.
struct Tape(u64);

impl Tape {
    fn below(&mut self, many: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % many
    }
}

#[derive(Clone, Copy)]
enum Onward {
    Down,
    Up,
}

fn days(part: &str, onward: Option<Onward>, tape: &mut Tape, found: &mut Vec<CellValue>) {
    let (first, last) = part.split_once(" through ").unwrap_or((part, part));
    let (Ok(first), Ok(last)) = (Day::parse_iso(first), Day::parse_iso(last)) else { return };
    let length = u32::try_from(first.days_until(last)).unwrap();
    let far = |tape: &mut Tape, most: u32| i32::try_from(tape.below(most + 1)).unwrap();
    let mut days = vec![first, last];
    for _ in 0..INSIDE {
        days.push(match onward {
            None => first.plus_days(far(tape, length)),
            Some(Onward::Down) => first.minus_days(far(tape, FAR)),
            Some(Onward::Up) => last.plus_days(far(tape, FAR)),
        });
    }
    days.extend(match onward {
        None => [first.plus_days(1).min(last), last.minus_days(1).max(first)],
        Some(Onward::Down) => [first.minus_days(1), first.minus_days(30)],
        Some(Onward::Up) => [last.plus_days(1), last.plus_days(30)],
    });
    found.extend(days.into_iter().map(CellValue::Day));
}

fn amounts((part, step): (&str, &str), onward: Option<Onward>, tape: &mut Tape, found: &mut Vec<CellValue>) {
    let read = |text: &str| {
        let currency = text.split_whitespace().next().and_then(overens::value::Currency::parse);
        let digits: String = text.chars().filter(|one| one.is_ascii_digit() || matches!(one, '.' | '-')).collect();
        Some((currency, digits.parse::<i64>().ok()?))
    };
    let value = |amount: Number, currency: Option<overens::value::Currency>| match currency {
        Some(currency) => CellValue::Money(Money::new(amount, currency)),
        None => CellValue::Number(amount),
    };
    if let Some((currency, unit)) = part.strip_prefix("anything that is not a multiple of ").and_then(read) {
        let between = |times: u32| Number::ratio(unit * (2 * i64::from(times) + 1), 2).unwrap();
        found.extend((0..INSIDE).map(|_| value(between(tape.below(1_000)), currency)));
        return;
    }
    if part.starts_with("any other multiple of ") {
        return;
    }
    let (part, step) = part.split_once(" in steps of ").unwrap_or((part, step));
    let (first, last) = part.split_once(" through ").unwrap_or((part, part));
    let (Some((currency, first)), Some((_, last))) = (read(first), read(last)) else { return };
    let step = read(step).map_or(1, |(_, step)| step);
    let mut all = vec![first, last];
    for _ in 0..INSIDE {
        let most = u32::try_from((last - first).min(1_000_000)).unwrap();
        all.push(match onward {
            None => first + i64::from(tape.below(most + 1)) / step * step,
            Some(Onward::Down) => (first - i64::from(tape.below(1_000)) * step).max(first.min(0)),
            Some(Onward::Up) => last + i64::from(tape.below(100_000)) * step,
        });
    }
    found.extend(all.into_iter().map(|amount| value(Number::from(amount), currency)));
}

/// What is offered of one fact, a line each: the verdict and the values.
fn offers_of(scenario: &str, clause: &str) -> Vec<String> {
    let name = "days_on_which_a_ban_holds_by_turns";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/meaning").join(name);
    let mut sources = Sources::default();
    let mut problems = Sink::default();
    let Ok(policy) = policy_files::policy(&path, &mut sources, &mut problems) else { panic!("{name}") };
    let (mut shelf, mut neighbours) = (Shelf::default(), Neighbours::default());
    let mut from = From { shelf: &mut shelf, neighbours: &mut neighbours, sources: &mut sources };
    let Ok(ready) = stage::stage(&policy, &mut from, &mut problems) else { panic!("{name}") };
    let one = ready.iter().find(|one| one.scenario.title.it == scenario).unwrap();
    let (plan, as_of) = (policy.plan.as_ref().unwrap(), one.as_of.unwrap());
    let names = Names { plan, facts: &one.facts, sources: &sources, naming: Naming::Real };
    let verdicts = evaluate(plan, &one.facts, as_of, &Limits::default());
    let is = |verdict: &overens::verdict::Verdict| plan.norm(verdict.instance.norm).unwrap().clause;
    let verdict = verdicts.iter().find(|one| plan.clause(is(one)).unwrap().name == clause).unwrap();
    let why = why(&names, as_of, &verdict.instance, Extent::USUAL);
    let of = why.changes.iter().find(|change| change.words == "if made_on of l were").unwrap();
    of.outcomes.iter().map(|(words, called)| format!("{}: {words}", called.words())).collect()
}

#[test]
fn spans_that_are_offered_cross_no_breach() {
    // Let off as a warden from 10 May through 9 June, and in debt only from 1 May.
    assert_eq!(
        offers_of("a loan in debt", "debtors"),
        [
            "satisfied: 2020-04-30 or earlier",
            "satisfied: 2020-05-10 through 2020-06-09",
            "satisfied: 2021-01-01 or later",
            "satisfied: none"
        ]
    );
    // Owing through 9 May and from 1 July.
    assert_eq!(
        offers_of("a loan in debt", "society_owing"),
        [
            "satisfied: 2020-04-30 or earlier",
            "satisfied: 2020-05-10 through 2020-06-30",
            "satisfied: 2021-01-01 or later",
            "satisfied: none"
        ]
    );
    // A loan need not come back that was made on a day without a debt; one of 17 December may come back through the 31st.
    assert_eq!(
        offers_of("a loan in debt", "back"),
        [
            "not applicable: 2020-04-30 or earlier",
            "not applicable: 2020-05-10 through 2020-06-30",
            "pending: 2020-12-17 or later",
            "not applicable: none"
        ]
    );
}

#[test]
fn of_a_day_that_is_known_to_be_one_of_some_no_other_is_offered() {
    assert_eq!(
        offers_of("a loan on some day of April to June", "debtors"),
        [
            "satisfied: 2020-04-01 through 2020-04-30",
            "violated: 2020-05-01 through 2020-05-09",
            "satisfied: 2020-05-10 through 2020-06-09",
            "violated: 2020-06-10 through 2020-06-15"
        ]
    );
}
