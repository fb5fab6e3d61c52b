//! Entries: verdicts as lines that are kept and compared.

use std::collections::BTreeSet;

use overens::evaluate::{Limits, evaluate};
use overens::report::entry::{Entry, Key, entries, quoted};
use overens::report::{Names, Naming};
use overens::value::{Currency, Day, Money, Number};
use overens::verdict::{Called, LastDay, Nuance};
use proptest::prelude::*;

use super::bundled::{self, Bundled};

fn plain(clause: &str, called: Called) -> Entry {
    Entry {
        key: Key { clause: clause.to_string(), subject: None, bearer: None, period: None },
        called,
        nuance: Nuance::Plain,
        days: None,
        last_day: LastDay::None,
        decider: None,
        shares: Vec::new(),
    }
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn sek(amount: Number) -> Money {
    Money::new(amount, Currency::parse("SEK").unwrap())
}

/// A line and the entry that it says.
fn says(line: &str, entry: &Entry) {
    assert_eq!(entry.to_string(), line);
    assert_eq!(Entry::read(line).as_ref(), Ok(entry));
}

#[test]
fn a_line_says_the_verdict_the_days_and_the_last_day() {
    let mut late = plain("summons", Called::Late);
    late.key.subject = Some("annual_2015".to_string());
    late.days = Some(1);
    late.last_day = LastDay::On(day("2014-12-22"));
    says("summons for annual_2015: late, 1 day over, last day 2014-12-22", &late);
    let mut early = plain("annual_meeting", Called::Satisfied);
    early.key.period = Some("2015".to_string());
    early.days = Some(-37);
    early.last_day = LastDay::On(day("2015-02-28"));
    says("annual_meeting in 2015: satisfied, 37 days to spare, last day 2015-02-28", &early);
}

#[test]
fn a_line_says_who_bears_it_who_decides_and_how_a_cost_is_shared() {
    let mut openness = plain("openness", Called::NeedsJudgement);
    openness.key.bearer = Some("famna".to_string());
    openness.decider = Some("the parties".to_string());
    says("openness by famna: needs judgement, decided by \"the parties\"", &openness);
    let mut dues = plain("dues", Called::Satisfied);
    dues.nuance = Nuance::SoFar;
    dues.shares = vec![
        ("famna".to_string(), sek(Number::parse("1234.5").unwrap())),
        ("forum".to_string(), sek(Number::ratio(2, 3).unwrap())),
    ];
    says("dues: satisfied, so far, famna bears SEK 1 234.50, forum bears SEK 2/3", &dues);
}

#[test]
fn a_last_day_that_is_not_known_says_what_is_known_of_it() {
    let mut one = plain("report", Called::Unknown);
    one.last_day = LastDay::Within(day("2014-01-01"), day("2014-12-31"));
    says("report: unknown, last day within 2014-01-01/2014-12-31", &one);
    one.last_day = LastDay::Within(day("2014-01-01"), Day::MAX);
    says("report: unknown, last day 2014-01-01 or later", &one);
    // Snapshots of earlier versions have the last of all days in place of no end.
    let older = Entry::read("report: unknown, last day within 2014-01-01/9999-12-31");
    assert_eq!(older.ok(), Some(one.clone()));
    one.last_day = LastDay::NotYet;
    says("report: unknown, last day not yet", &one);
    one.last_day = LastDay::Unknown;
    says("report: unknown, last day not known", &one);
}

#[test]
fn a_name_that_could_be_mistaken_stands_in_quotes() {
    assert_eq!(quoted("Håsjö_2014/15"), "Håsjö_2014/15");
    assert_eq!(quoted("year 4"), "\"year 4\"");
    assert_eq!(quoted(""), "\"\"");
    assert_eq!(quoted("a: \"b\", \\"), "\"a: \\\"b\\\", \\\\\"");
    assert_eq!(quoted("a\n\u{1b}\u{202e}"), "\"a\\u{a}\\u{1b}\\u{202e}\"");
}

#[test]
fn what_is_no_entry_is_told_at_its_place() {
    let wrong = |line: &str| Entry::read(line).unwrap_err().at;
    assert_eq!(wrong(""), 0);
    assert_eq!(wrong("summons"), 7);
    assert_eq!(wrong("summons: delayed"), 9);
    assert_eq!(wrong("summons: late, 1 dag"), 15);
    assert_eq!(wrong("summons: late, last day 2014-02-30"), 15);
    assert_eq!(wrong("summons: late, last day 2014-02-03, 1 day over"), 36);
    assert_eq!(wrong("summons for \"x: late"), 12);
    assert_eq!(wrong("dues: satisfied, famna bears a lot"), 29);
}

proptest! {
    #[test]
    fn any_name_comes_back_as_it_was(clause in ".*", subject in ".*", bearer in proptest::option::of(".*")) {
        let mut entry = plain(&clause, Called::NotFollowed);
        entry.key.subject = Some(subject.clone());
        entry.key.bearer = bearer;
        entry.decider = Some(subject);
        let line = entry.to_string();
        prop_assert!(!line.contains('\n'));
        prop_assert_eq!(Entry::read(&line), Ok(entry));
    }
}

#[test]
fn the_verdicts_of_all_policies_have_keys_of_their_own_and_come_back_from_their_lines() {
    for name in bundled::names() {
        let Bundled { policy, mut sources, .. } = bundled::read(&name).unwrap();
        let ready = bundled::scenarios(&policy, &mut sources).unwrap();
        let plan = policy.plan.as_ref().unwrap();
        for scenario in &ready {
            let as_of = scenario.as_of.unwrap();
            let verdicts = evaluate(plan, &scenario.facts, as_of, &Limits::default());
            let names = Names { plan, facts: &scenario.facts, sources: &sources, naming: Naming::Real };
            let all = entries(&names, &verdicts, as_of);
            let keys: BTreeSet<&Key> = all.iter().map(|entry| &entry.key).collect();
            assert_eq!(keys.len(), verdicts.len(), "{name}");
            for entry in &all {
                assert_eq!(Entry::read(&entry.to_string()).as_ref(), Ok(entry));
            }
        }
    }
}
