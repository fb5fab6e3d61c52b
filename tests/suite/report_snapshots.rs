//! Snapshots as texts: what is written comes back, and what was changed by hand is told at its line.

use insta::assert_snapshot;
use overens::diagnostics::Sink;
use overens::report::Digest;
use overens::report::entry::{Entry, differences};
use overens::report::snapshot::{Accepted, JudgedWith, Snapshot, read};
use overens::source::Sources;
use overens::value::Day;
use proptest::prelude::*;

fn entries(lines: &[&str]) -> Vec<Entry> {
    lines.iter().map(|line| Entry::read(line).unwrap()).collect()
}

fn accepted(what: &str) -> Accepted {
    Accepted {
        by: "Anna \"Ab\" Berg".to_string(),
        why: "seen, all of it: \\ \u{1b}".to_string(),
        what: what.to_string(),
    }
}

fn snapshot() -> Snapshot {
    Snapshot {
        policy: "club.overens".to_string(),
        facts: "facts/2015.ron".to_string(),
        as_of: Day::parse_iso("2015-02-01").unwrap(),
        judged_with: JudgedWith {
            policy: Digest(0x7f3c_21b0_9d44_e6a1),
            facts: Digest(0x90ab),
            calendar: ("Sweden".to_string(), Digest(0)),
        },
        amendments: "groups_own (proposed)".to_string(),
        accepted: vec![accepted("all 3 verdicts")],
        entries: entries(&[
            "dues by famna: satisfied",
            "summons for annual_2014: pending",
            "summons for annual_2015: late, 1 day over, last day 2014-12-22",
        ]),
    }
}

/// What is found in a text, as `line:column code: message`.
fn findings(text: &str) -> String {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add("2015.snap", text);
    let found = read(file, text, &mut problems);
    assert_eq!(found.is_none(), problems.has_errors());
    let told = problems.sorted().into_iter().map(|one| {
        let at = sources.at(one.place.span).1;
        format!("{}:{} {}: {}\n", at.line, at.column, one.code.name, one.message)
    });
    told.collect()
}

fn back(text: &str) -> Option<Snapshot> {
    let mut sources = Sources::default();
    let file = sources.add("2015.snap", text);
    read(file, text, &mut Sink::default())
}

#[test]
fn a_snapshot_is_a_head_and_one_verdict_a_line() {
    assert_snapshot!(snapshot().to_string());
}

#[test]
fn a_snapshot_comes_back_as_it_was_written() {
    assert_eq!(back(&snapshot().to_string()), Some(snapshot()));
    let crlf = snapshot().to_string().replace('\n', "\r\n");
    assert_eq!(back(&crlf), Some(snapshot()));
    let empty = Snapshot { entries: Vec::new(), accepted: Vec::new(), amendments: String::new(), ..snapshot() };
    assert_eq!(back(&empty.to_string()), Some(empty));
}

#[test]
fn insta_reads_a_snapshot_and_what_it_writes_is_read_back() {
    let folder = std::env::temp_dir().join(format!("overens-insta-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("2015@2015-02-01.snap.new");
    std::fs::write(&path, snapshot().to_string()).unwrap();
    let theirs = insta::Snapshot::from_file(&path).unwrap();
    assert_eq!(theirs.metadata().source(), Some("club.overens"));
    assert_eq!(theirs.metadata().input_file(), Some("facts/2015.ron"));
    let lines: Vec<String> = snapshot().entries.iter().map(Entry::to_string).collect();
    assert_eq!(theirs.as_text().unwrap().to_string().trim(), lines.join("\n"));
    // So `cargo insta accept` stores it.
    let stored = folder.join("2015@2015-02-01.snap");
    theirs.save(&stored).unwrap();
    assert_eq!(back(&std::fs::read_to_string(&stored).unwrap()), Some(snapshot()));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_verdict_changed_by_hand_is_noticed() {
    let text = snapshot().to_string();
    assert_snapshot!(findings(&text.replace("pending", "satisfied")), @"7:1 snapshot-edited: the header or the verdicts below were changed by hand: they are not the accepted ones");
    assert_snapshot!(findings(&text.replace("pending", "pnding")), @"16:26 snapshot-edited: not a line of a snapshot: expected a verdict, such as `late` or `needs judgement`");
    assert_snapshot!(findings(&text.replace("dues by famna: satisfied\n", "")), @"7:1 snapshot-edited: the header or the verdicts below were changed by hand: they are not the accepted ones");
    assert_snapshot!(findings(&text.replace("annual_2014: pending", "annual_2016: pending")), @"17:1 snapshot-edited: `summons for annual_2015` is out of order");
    assert_snapshot!(findings(&text.replace("annual_2014: pending", "annual_2015: pending")), @"17:1 snapshot-edited: duplicate verdict on `summons for annual_2015`");
    assert_snapshot!(findings(&format!("{text}\n")), @"18:1 snapshot-edited: not a line of a snapshot: expected a name, in quotes if it has characters other than letters and digits");
}

#[test]
fn a_head_changed_by_hand_is_noticed() {
    let text = snapshot().to_string();
    assert_snapshot!(findings(text.trim_start_matches("---\n")), @"1:1 snapshot-edited: a snapshot must start with a header between two lines `---`");
    assert_snapshot!(findings(&text.replace("  as_of", "  as_if")), @"2:1 snapshot-edited: the header of the snapshot lacks `as_of`");
    assert_snapshot!(findings(&text.replace("2015-02-01", "2015-02-31")), @"6:1 snapshot-edited: `as_of` in the header of the snapshot is not valid");
    assert_snapshot!(findings(&text.replace("policy 7f", "policy 7")), @"3:1 snapshot-edited: `description` in the header of the snapshot is not valid");
    assert_snapshot!(findings(&text.replace("      why: ", "      because: ")), @"2:1 snapshot-edited: an acceptance in the header lacks `by`, `why` or `what`");
    assert_snapshot!(findings(&text.replace("info:", "info")), @"4:1 snapshot-edited: not a line of a snapshot's header");
}

#[test]
fn a_snapshot_of_another_form_and_one_half_merged_are_left_alone() {
    let text = snapshot().to_string();
    assert_snapshot!(findings(&text.replace("overens: 2", "overens: 3")), @"5:1 snapshot-version: this snapshot has format 3, but this version reads only format 2");
    assert_snapshot!(findings(&text.replace("summons for annual_2014", "<<<<<<< HEAD\nsummons for annual_2014")), @"16:1 snapshot-conflict: two branches changed this snapshot, and the merge was not finished");
}

#[test]
fn differences_are_those_that_changed_came_or_went() {
    let new = entries(&[
        "dues by famna: satisfied",
        "dues by forum: pending",
        "summons for annual_2015: satisfied, 0 days to spare, last day 2014-12-22",
    ]);
    let old = snapshot().entries;
    let told =
        |old: &[Entry], new: &[Entry]| differences(old, new).iter().map(|one| format!("{one}\n")).collect::<String>();
    assert_snapshot!(told(&old, &new), @r"
    dues by forum: new: pending
    summons for annual_2014: gone, was pending
    summons for annual_2015: late, 1 day over, last day 2014-12-22 → satisfied, 0 days to spare, last day 2014-12-22
    ");
    assert_eq!(told(&new, &new), "");
}

#[test]
fn what_is_accepted_is_new_and_the_rest_stays_old() {
    let new =
        entries(&["dues by famna: late, 3 days over", "dues by forum: pending", "summons for annual_2015: pending"]);
    let all = differences(&snapshot().entries, &new);
    let mut some = snapshot();
    some.accept(all.iter().filter(|one| one.key.clause == "dues"), accepted("2 verdicts: dues"));
    assert_eq!(some.accepted.len(), 2);
    let lines: Vec<String> = some.entries.iter().map(Entry::to_string).collect();
    assert_eq!(
        lines,
        [
            "dues by famna: late, 3 days over",
            "dues by forum: pending",
            "summons for annual_2014: pending",
            "summons for annual_2015: late, 1 day over, last day 2014-12-22",
        ]
    );
    some.accept(&all, accepted("all"));
    assert_eq!(some.entries, new);
}

proptest! {
    #[test]
    fn any_words_of_an_acceptance_come_back_as_they_were(by in ".*", why in ".*", facts in ".*") {
        let act = Accepted { by, why, what: "3 verdicts".to_string() };
        let one = Snapshot { facts, accepted: vec![act], ..snapshot() };
        prop_assert_eq!(back(&one.to_string()), Some(one));
    }

    #[test]
    fn any_change_of_the_verdicts_is_noticed(at in 0_usize..200, sign in any::<char>()) {
        let text = snapshot().to_string();
        let (head, verdicts) = text.split_at(text.rfind("---\n").unwrap() + 4);
        let mut changed: Vec<char> = verdicts.chars().collect();
        let at = at % changed.len();
        prop_assume!(changed[at] != sign && changed[at] != '\n');
        changed[at] = sign;
        let changed: String = changed.into_iter().collect();
        prop_assert_eq!(back(&format!("{head}{changed}")), None);
    }

    #[test]
    fn any_text_is_read_without_trouble(text in "(---\n)?([a-z_]{0,8}:? ?\"?[ -~]{0,20}\n){0,8}(---\n)?.*") {
        prop_assert_eq!(back(&text), None);
    }
}
