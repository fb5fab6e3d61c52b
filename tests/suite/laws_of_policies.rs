//! What holds of the bundled policies with their own facts, without a second opinion: the laws that made agreements are held to
//! (`tests/reference/laws.rs`), and that each form of a report says the same of each verdict.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::reference::laws::moved;
use overens::check;
use overens::cli::stage::Ready;
use overens::diagnostics::Sink;
use overens::evaluate::{Explainer, Limits, Supposing, evaluate};
use overens::facts::{Cell, CellId, CellValue, Change, Row};
use overens::model::schema::{AGREEMENT, InTime, Need, Type};
use overens::plan::{NormTest, Plan};
use overens::render::consolidated::{Consolidated, show};
use overens::report::{Extent, Names, Naming, why};
use overens::source::Sources;
use overens::value::{Day, Number};
use overens::verdict::{Missing, Status, Verdict};

use super::bundled::{self, Bundled};
use super::terminal_agreements::overens;
use crate::reference::made::{made, seed_of};

/// Of one scenario in so many so many verdicts are tried, and so many facts of each; `OVERENS_LAWS_OF_POLICIES=10` tries ten times
/// as many verdicts.
const SCENARIOS: usize = 4;
const VERDICTS: usize = 4;
const FACTS: usize = 4;
/// What every record has without saying so: it is none unless it is given.
const UNSAID: [&str; 3] = ["recorded_on", "source", "cancelled_on"];

fn so_many(of: usize) -> usize {
    of * std::env::var("OVERENS_LAWS_OF_POLICIES").ok().and_then(|many| many.parse::<usize>().ok()).unwrap_or(1)
}

/// Numbers that are the same in every run.
struct Tape(u64);

impl Tape {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % many.max(1)
    }
}

/// A policy's scenarios, each with some of its verdicts.
fn tried(of: impl Fn(&Verdict) -> bool, mut each: impl FnMut(&Names, Day, &Verdict, &str, &mut Tape)) {
    let mut tape = Tape(7);
    for name in bundled::names() {
        let Bundled { policy, mut sources, .. } = bundled::read(&name).unwrap();
        let ready = bundled::scenarios(&policy, &mut sources).unwrap();
        let plan = policy.plan.as_ref().unwrap();
        for one in ready.iter().step_by(SCENARIOS) {
            let Some(as_of) = one.as_of else { continue };
            let names = Names { plan, facts: &one.facts, sources: &sources, naming: Naming::Real };
            let verdicts = evaluate(plan, &one.facts, as_of, &Limits::default());
            let all: Vec<Verdict> = verdicts.iter().filter(|one| of(one)).collect();
            for _ in 0..so_many(VERDICTS).min(all.len()) {
                let verdict = all[tape.below(all.len())];
                each(&names, as_of, &verdict, &format!("{name}: {}", one.scenario.title.it), &mut tape);
            }
        }
    }
}

/// The facts that are not known, or not exactly: those of the subject, of the agreement, and some of the rest.
fn unknown_cells(names: &Names, verdict: &Verdict, tape: &mut Tape) -> Vec<CellId> {
    let (plan, facts) = (names.plan, names.facts);
    let open = |cell: &CellId| {
        let field = plan.schema.field(cell.record, cell.field).unwrap();
        field.time == InTime::Once
            && !UNSAID.contains(&field.name.as_str())
            && !matches!(field.ty, Type::SetOf(_) | Type::Text)
            && matches!(facts.cell(*cell), Cell::Unknown | Cell::Within(..) | Cell::Disputed(_))
    };
    let of_row = |record, row: Row| {
        let fields = plan.schema.record(record).map_or(0, |record| record.fields.len());
        (0..u16::try_from(fields).unwrap())
            .map(move |field| CellId { record, row, field: overens::model::schema::FieldId(field) })
            .filter(open)
            .collect::<Vec<_>>()
    };
    let mut near = of_row(AGREEMENT, Row(0));
    near.extend(names.subject_row(&verdict.instance).into_iter().flat_map(|(record, row)| of_row(record, row)));
    let mut far: Vec<CellId> = Vec::new();
    for at in 0..u16::try_from(plan.schema.records.len()).unwrap() {
        let record = overens::model::schema::RecordId(at);
        far.extend(facts.rows(record).flat_map(|row| of_row(record, row)));
    }
    let mut found = Vec::new();
    for at in 0..FACTS {
        let from = if at % 2 == 0 { &near } else { &far };
        if !from.is_empty() {
            found.push(from[tape.below(from.len())]);
        }
    }
    found
}

/// Values that a fact may have, as far as it is known.
fn values(names: &Names, supposing: &Supposing, cell: CellId, as_of: Day) -> Vec<CellValue> {
    let (plan, facts) = (names.plan, names.facts);
    let field = plan.schema.field(cell.record, cell.field).unwrap();
    let mut found = match facts.cell(cell) {
        Cell::Within(first, last) => return vec![CellValue::Day(first), CellValue::Day(last)],
        Cell::Disputed(claims) => return claims.iter().map(|(value, _)| value.clone()).collect(),
        _ => vec![],
    };
    if field.need != Need::Required {
        found.push(CellValue::Absent);
    }
    match &field.ty {
        Type::YesNo => found.extend([CellValue::YesNo(true), CellValue::YesNo(false)]),
        Type::OneOf(options) => {
            let known = options.iter().filter_map(|option| facts.words.find(option));
            found.extend(known.map(CellValue::Word));
        }
        Type::Date => {
            let spans = supposing.days_of(cell).unwrap_or_default();
            let spoken = [
                as_of,
                as_of.plus_days(1),
                as_of.minus_days(40),
                as_of.minus_days(400),
                as_of.plus_days(400),
                plan.force.from.max(Day::of(1990, 1, 1).unwrap()),
            ];
            let may = |day: &Day| spans.iter().any(|(first, last)| first <= day && day <= last);
            found.extend(spoken.into_iter().filter(may).map(CellValue::Day));
        }
        Type::Number => found.extend([0, 1, 7, 1_000].map(|one| CellValue::Number(Number::from(one)))),
        Type::Ref(record) => found.extend(facts.rows(*record).take(6).map(CellValue::Row)),
        Type::Money | Type::Time | Type::Text | Type::SetOf(_) => {}
    }
    found
}

#[test]
fn what_is_firm_stays_whatever_is_learned() {
    let firm = |verdict: &Verdict| !matches!(verdict.status, Status::Unknown | Status::Pending);
    let (mut wrong, mut count) = (vec![], 0);
    tried(firm, |names, as_of, verdict, whose, tape| {
        let supposing = Supposing::new(names.plan, names.facts, as_of, &verdict.instance);
        for cell in unknown_cells(names, verdict, tape) {
            for value in values(names, &supposing, cell, as_of) {
                count += 1;
                // Of a span that is watched, on its first day.
                let came = supposing.verdicts_if(&[Change { cell, value: value.clone() }]);
                let Some(came) = came.first() else { continue };
                if came.status != verdict.status {
                    let clause = names.clause_name(names.norm(&verdict.instance).unwrap().clause);
                    let (cell, value) = (names.cell_of(cell), names.cell_value(&value, None));
                    wrong.push(format!(
                        "{whose}: {clause} {:?} {:?} is {:?}, but with {cell} {value} {:?}",
                        names.subject(&verdict.instance),
                        names.period(&verdict.instance),
                        verdict.status,
                        came.status
                    ));
                    break;
                }
            }
        }
    });
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 5_000, "{count}");
}

/// Where one value alone is missing, two values that it may have come out differently: of those that `why` tries, each of which is
/// judged (`what_would_change_a_verdict_changes_it`). Sets, texts and other records have no end of values and are not tried.
#[test]
fn what_is_unknown_for_want_of_one_value_has_two_that_differ() {
    let (mut alike, mut count) = (vec![], 0);
    tried(
        |verdict| verdict.status == Status::Unknown,
        |names, as_of, verdict, whose, _| {
            let judged = Explainer::new(names.plan, names.facts, as_of).explain(&verdict.instance);
            let [Missing::Value(cell) | Missing::Imprecise(cell) | Missing::Disputed(cell)] = judged.missing.as_slice()
            else {
                return;
            };
            let field = names.plan.schema.field(cell.record, cell.field).unwrap();
            let norm = names.norm(&verdict.instance).unwrap();
            // A cost may be shared otherwise, whatever it is called.
            let shares = norm.bodies.iter().any(|body| matches!(body.test, NormTest::Shared { .. }));
            if shares
                || matches!(field.ty, Type::SetOf(_) | Type::Text | Type::Ref(_))
                || field.time == InTime::OverTime
            {
                return;
            }
            count += 1;
            let why = why(names, as_of, &verdict.instance, Extent::USUAL);
            let called: std::collections::BTreeSet<_> =
                why.changes.iter().flat_map(|change| &change.outcomes).map(|(_, called)| *called).collect();
            if called.len() < 2 {
                let clause = names.clause_name(names.norm(&verdict.instance).unwrap().clause);
                alike.push(format!(
                    "{whose}: {clause} {:?} {:?}, {} would make {called:?}",
                    names.subject(&verdict.instance),
                    names.period(&verdict.instance),
                    names.cell_of(*cell)
                ));
            }
        },
    );
    assert!(alike.is_empty(), "{} of {count}:\n{}", alike.len(), alike.join("\n"));
    assert!(count > 50, "{count}");
}

// ---- the same words elsewhere, and 28 years later -----------------------------------------------------------------------

/// Verdicts of a scenario: what is asked, and what comes of it.
fn told(plan: &Plan, one: &Ready, sources: &Sources) -> BTreeMap<String, String> {
    let names = Names { plan, facts: &one.facts, sources, naming: Naming::Real };
    let mut all = BTreeMap::new();
    let Some(as_of) = one.as_of else { return all };
    for verdict in evaluate(plan, &one.facts, as_of, &Limits::default()).iter() {
        let instance = &verdict.instance;
        let clause = names.clause_name(names.norm(instance).unwrap().clause);
        let key =
            format!("{clause} {:?} {:?} {:?}", names.subject(instance), names.bearer(instance), names.period(instance));
        all.insert(key, format!("{:?} {:?} {:?}", verdict.status, verdict.nuance, verdict.days));
    }
    all
}

fn all_told(name: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let Bundled { policy, mut sources, .. } = bundled::read(name).unwrap();
    let ready = bundled::scenarios(&policy, &mut sources).unwrap();
    let plan = policy.plan.as_ref().unwrap();
    ready.iter().map(|one| (one.scenario.title.it.clone(), told(plan, one, &sources))).collect()
}

#[test]
fn another_clause_and_another_list_change_nothing() {
    let folder = super::terminal_agreements::folder("laws_of_policies", &[]);
    for name in bundled::names() {
        copy(&bundled::folder(), &folder, &|text| text.to_string(), &|name| name.to_string());
        let file = folder.join(&name).join(format!("{name}.overens"));
        let mut text = fs::read_to_string(&file).unwrap();
        // A scenario's own text ends the file: declarations may stand anywhere.
        text.push_str(
            "\nevent zz_storm on zz_came_on\n  zz_came_on: date\n\nactor zz_nobody\n\nduty zz_other § 99.9\n  zz_nobody shall make zz_storm\n  every calendar year\n",
        );
        fs::write(&file, text).unwrap();
        let (mut sources, mut problems) = (Sources::default(), Sink::default());
        let policy = overens::cli::policy_files::policy(&folder.join(&name), &mut sources, &mut problems).unwrap();
        let ready = bundled::scenarios(&policy, &mut sources).unwrap();
        let plan = policy.plan.as_ref().unwrap_or_else(|| panic!("{name}: {problems:#?}"));
        let before = all_told(&name);
        for one in &ready {
            let mut after = told(plan, one, &sources);
            after.retain(|key, _| !key.starts_with("zz_other "));
            assert_eq!(before[&one.scenario.title.it], after, "{name}: {}", one.scenario.title.it);
        }
    }
}

#[test]
fn the_consolidated_wording_says_the_same_of_the_bundled_policies() {
    for name in bundled::names() {
        let Bundled { policy, mut sources, .. } = bundled::read(&name).unwrap();
        let plan = policy.plan.as_ref().unwrap();
        let single: Vec<String> = plan
            .clauses
            .iter()
            .filter(|clause| plan.find_clause(&clause.name).is_some_and(|id| plan.norms_of(id).count() == 1))
            .map(|clause| clause.name.clone())
            .collect();
        let ready = bundled::scenarios(&policy, &mut sources).unwrap();
        let Some(day) = ready.iter().filter_map(|one| one.as_of).max() else { continue };
        let mut problems = Sink::default();
        let agreement = check::check(&policy.trees, &mut problems);
        let shown = Consolidated { agreement: &agreement, trees: &policy.trees, sources: &sources, adopted: &[], day };
        let text = show(&shown);
        let file = sources.add("consolidated", &text);
        let tree = overens::syntax::read(file, &text, &mut problems);
        let after = overens::compile::compile(&check::check(&[tree], &mut problems));
        for one in &ready {
            // Facts go by the numbers of names: only where both wordings number them alike can they be put to both.
            if format!("{:?}", plan.schema.records) != format!("{:?}", after.schema.records) {
                continue;
            }
            let mut before = told(plan, one, &sources);
            let mut then = told(&after, one, &sources);
            let kept = |key: &String| single.iter().any(|clause| key.starts_with(&format!("{clause} ")));
            before.retain(|key, _| kept(key));
            then.retain(|key, _| kept(key));
            assert_eq!(before, then, "{name}: {}", one.scenario.title.it);
        }
    }
}

#[test]
fn verdicts_on_the_bundled_policies_are_the_same_28_years_later() {
    let plain = |text: &str| {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("calendar  "));
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    let now = super::terminal_agreements::folder("laws_of_policies_now", &[]);
    let then = super::terminal_agreements::folder("laws_of_policies_then", &[]);
    copy(&bundled::folder(), &now, &|text| plain(text), &|name| name.to_string());
    copy(&bundled::folder(), &then, &|text| moved(&plain(text), 28), &|name| moved(name, 28));
    let mut compared = 0;
    for name in bundled::names() {
        let read = |folder: &Path| {
            let (mut sources, mut problems) = (Sources::default(), Sink::default());
            let policy = overens::cli::policy_files::policy(&folder.join(&name), &mut sources, &mut problems).unwrap();
            let plan = policy.plan.as_ref()?;
            let ready = bundled::scenarios(&policy, &mut sources).ok()?;
            Some(ready.iter().map(|one| told(plan, one, &sources)).collect::<Vec<_>>())
        };
        // Some use feasts or working days, which only a calendar knows.
        let (Some(before), Some(after)) = (read(&now), read(&then)) else { continue };
        for (before, after) in before.iter().zip(&after) {
            let back: BTreeMap<String, String> =
                after.iter().map(|(key, value)| (unnumbered(&moved(key, -28)), value.clone())).collect();
            compared += before.len();
            let before: BTreeMap<String, String> =
                before.iter().map(|(key, value)| (unnumbered(key), value.clone())).collect();
            assert_eq!(before, back, "{name}");
        }
    }
    assert!(compared > 1_000, "{compared}");
}

/// A key without the second year of `2010/11`.
fn unnumbered(key: &str) -> String {
    let Some((before, after)) = key.split_once('/') else { return key.to_string() };
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{before}/{rest}")
}

fn copy(from: &Path, to: &Path, text: &impl Fn(&str) -> String, name: &impl Fn(&str) -> String) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(name(entry.file_name().unwrap().to_str().unwrap()));
        if entry.is_dir() {
            copy(&entry, &target, text, name);
        } else {
            fs::write(target, text(&fs::read_to_string(&entry).unwrap())).unwrap();
        }
    }
}

// ---- the forms of a report ----------------------------------------------------------------------------------------------

#[test]
fn each_form_of_a_report_gives_each_verdict_the_same_word() {
    let folder = super::terminal_agreements::folder("forms_of_policies", &[("empty.txt", "")]);
    for name in bundled::names() {
        let facts = bundled::folder().join(&name).join("facts");
        let mut files: Vec<_> = fs::read_dir(&facts).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        // One file of each policy in a test run; the forms know nothing of policies.
        for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "ron")).take(so_many(1)) {
            forms_agree(&folder, (&bundled::folder().join(&name), file), &bundled::folder());
        }
    }
}

#[test]
fn each_form_of_a_report_gives_each_verdict_on_a_made_agreement_the_same_word() {
    let (many, mut tried) = (so_many(6), 0);
    for case in 0.. {
        let made = made(seed_of(5, case));
        let (policy, facts) = (made.policy(), made.fact_file());
        let test = format!("forms_of_made_{case}");
        let folder = super::terminal_agreements::folder(&test, &[("made.overens", &policy), ("facts.ron", &facts)]);
        // Now and then one is drawn that is refused.
        if overens(&folder, &["check", "made.overens"]).0 == 3 {
            continue;
        }
        if tried >= many {
            break;
        }
        tried += 1;
        forms_agree(&folder, (&folder.join("made.overens"), &folder.join("facts.ron")), &folder);
    }
}

fn forms_agree(folder: &Path, (policy, facts): (&Path, &Path), root: &Path) {
    let (policy, facts) = (policy.to_str().unwrap(), facts.to_str().unwrap());
    let eval = |more: &[&str]| {
        let mut words = vec!["eval", policy, facts, "--root", root.to_str().unwrap()];
        words.extend(more);
        overens(folder, &words)
    };
    let (exit, json, _) = eval(&["--format", "json", "--all"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let key = |of: &serde_json::Value| {
        let part = |name: &str| of[name].as_str().unwrap_or("").to_string();
        (format!("{} {} {} {}", part("clause"), part("subject"), part("bearer"), part("period")), part("verdict"))
    };
    let all: BTreeMap<String, String> = json["verdicts"].as_array().unwrap().iter().map(key).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    json["verdicts"].as_array().unwrap().iter().for_each(|one| *counts.entry(key(one).1).or_default() += 1);
    assert!(!all.is_empty());

    let (code, lines, _) = eval(&["--format", "jsonl"]);
    let lines: BTreeMap<String, String> = lines.lines().map(|line| key(&serde_json::from_str(line).unwrap())).collect();
    assert_eq!((exit, &all), (code, &lines), "jsonl of {facts}");

    let (code, table, _) = eval(&["--format", "csv"]);
    let mut rows = rows(&table).into_iter();
    let header = rows.next().unwrap();
    let at = |name: &str| header.iter().position(|one| one == name).unwrap();
    let cells: BTreeMap<String, String> = rows
        .map(|row| {
            let cell = |name: &str| row[at(name)].clone();
            let asked = ["clause", "subject", "bearer", "period"].map(cell);
            (asked.join(" "), cell("verdict"))
        })
        .collect();
    assert_eq!((exit, &all), (code, &cells), "csv of {facts}");

    // How many there are of each kind: the other forms tell it in a line, in a table, or by what they mark.
    let counted = |text: &str, form: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (word, count) in &counts {
            // `1 needs judgement`, `2 need judgement`.
            let several = word.replacen("needs ", "need ", 1).replacen("differs ", "differ ", 1);
            let said = [word, &several].iter().any(|word| text.contains(&format!("{count} {word}")));
            assert!(said, "{form} of {facts}: {count} {word}");
        }
    };
    for form in ["plain", "pretty", "summary"] {
        let (code, text, _) = eval(&["--format", form]);
        assert_eq!(exit, code, "{form} of {facts}");
        counted(&text, form);
    }
    let (code, suite, _) = eval(&["--format", "junit"]);
    assert_eq!(exit, code);
    assert_eq!(suite.matches("<testcase ").count(), json["verdicts"].as_array().unwrap().len(), "junit of {facts}");
    for form in ["markdown", "html", "sarif", "github"] {
        assert_eq!(exit, eval(&["--format", form]).0, "{form} of {facts}");
    }
}

/// The cells of a table, row by row.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (vec![], vec![], String::new(), false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => cell.extend(signs.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            other => cell.push(other),
        }
    }
    rows
}
