//! Facts that differ: which value, row or decision makes a verdict another one.

use super::compare_register::{POLICY, register};
use super::compare_support::{Two, lines};

/// What differs and what flips where the policy stays and some of the facts change.
fn change(from: &str, to: &str) -> String {
    let facts = register(3);
    let new = facts.replacen(from, to, 1);
    assert_ne!(facts, new, "`{from}` is not there");
    lines(&Two::new(POLICY, POLICY).compared(&facts, &new))
}

#[test]
fn a_value_is_told_by_its_record_and_field() {
    // The second report came on 8 February.
    assert_eq!(
        change("report_sent_on: \"2015-02-08\"", "report_sent_on: \"2015-03-08\""),
        "facts\n\
         changed: organisation o0001, report_sent_on: “2015-02-08” becomes “2015-03-08”\n\
         what flips, by its cause\n\
         organisation o0001, report_sent_on: 1 verdict flips\n\
         report: satisfied becomes late, once: o0001, by board\n\
         affects board, for o0001\n\
         1 change in meaning, 1 verdict flips"
    );
}

#[test]
fn rows_that_come_and_go_are_causes() {
    let told = change("(id: \"r4\", paid_on: \"2015-04-01\", amount: \"SEK 4000\"),", "");
    assert!(told.contains("gone: rent r4: "), "{told}");
    assert!(told.contains("rent r4: 1 verdict flips\n"), "{told}");
    assert!(told.contains("the sum changes: SEK 10 000 becomes SEK 6 000, SEK 4 000 less"), "{told}");
}

#[test]
fn of_several_values_each_has_its_own_flips() {
    let facts = register(3);
    let new = facts
        .replace("report_sent_on: \"2015-02-08\"", "report_sent_on: \"2015-03-08\"")
        .replace("members: 11, open: \"yes\"", "members: 11, open: \"no\"");
    let told = lines(&Two::new(POLICY, POLICY).compared(&facts, &new));
    assert!(told.contains("organisation o0001, report_sent_on: 1 verdict flips\n"), "{told}");
    assert!(
        told.contains("organisation o0001, open: 1 verdict flips\nopenness: satisfied becomes violated, once"),
        "{told}"
    );
}

#[test]
fn the_same_facts_written_otherwise_do_not_differ() {
    let facts = register(2);
    let new =
        facts.replace("members: 11, open: \"yes\"", "open: \"yes\",\n      members: 11").replace("rent:", "rents:");
    assert_eq!(lines(&Two::new(POLICY, POLICY).compared(&facts, &new)), "nothing differs");
}

#[test]
fn a_policy_and_facts_that_change_together_are_told_apart() {
    let facts = register(3);
    let new_facts = facts.replace("members: 11, open: \"yes\"", "members: 11, open: \"no\"");
    let new = POLICY.replace("by 2015-03-01", "by 2015-02-10");
    let told = lines(&Two::new(POLICY, &new).compared(&facts, &new_facts));
    // The third report came on 15 February.
    assert!(
        told.contains("§ 1 report, when: 1 verdict flips\nreport: satisfied becomes late, once: o0002, by board\n"),
        "{told}"
    );
    assert!(told.contains("organisation o0001, open: 1 verdict flips\n"), "{told}");
}

#[test]
fn another_day_is_a_cause() {
    let told = change("as_of: \"2016-01-01\"", "as_of: \"2015-02-05\"");
    assert!(told.contains("changed: the as-of date: “2016-01-01” becomes “2015-02-05”"), "{told}");
    assert!(told.contains("the as-of date: "), "{told}");
}

#[test]
fn what_is_complete_and_what_people_decided_are_causes() {
    let told = change(
        "\"rent\": (from: \"2015-01-01\", through: \"2015-12-31\")",
        "\"rent\": (from: \"2015-01-01\", through: \"2015-06-30\")",
    );
    assert!(told.starts_with("facts\nchanged: whether rent is complete: "), "{told}");
    let waiver =
        "  waiver: [(clause: \"openness\", subject: \"o0000\", by: \"board\", on: \"2015-05-01\")],\n  rent: [";
    let told = change("  rent: [", waiver);
    assert!(told.contains("added: waiver of openness o0000: "), "{told}");
    assert!(
        told.contains("waiver of openness o0000: 1 verdict flips\nopenness: violated becomes not asked, once"),
        "{told}"
    );
}
