//! Facts held against an agreement's records: what comes of them, where it stands, and what is told.

use overens::{
    diagnostics::{Severity, codes},
    facts::{CellId, Complete, Row, recorded::Outcome},
    model::schema::{AGREEMENT, FieldId},
    value::Day,
};

use super::load_facts::{MEETING, ORGANISATION, SEAT, good, read};

const RON: &str = r#"(
  agreement: "samverkan",
  as_of: "2015-02-01",
  start_on: "2013",
  fee: 500,
  complete: { "meeting": (from: "2014-01-01", through: "2015-02-01"), "seat": [(from: "2014-01-01", through: "2014-12-31")] },
  organisations: [
    (id: "famna", name: "Famna", members: [(from: "2014-01-01", value: 12), (from: "2013-01-01", value: 10.5)], is_party: true, paid: 20000.10),
    (id: 7, name: "Forum", members: 40, is_party: "no", paid: "KWD 1 000.005", cancelled_on: None),
  ],
  meeting: [
    (id: "annual_2015", held_on: "2015-01-22", kind: "årsmöte", host: "famna", invited: ["famna", "7"], topics: ["b", "a", "b"], present: 123456789012345678901234567890),
    (id: "extra", held_on: "2013-12-01/2013-12-04", kind: "extra", host: 7, invited: [], topics: None),
  ],
  seat: [(elected_on: "2013-05"), (elected_on: "2014-01-01", left_on: None)],
  judgement: [(clause: "openness", period: 2014, by: "parties", on: "2015-01-22", outcome: "kept", reasons: "minutes, § 9")],
  attestation: [(clause: "openness", subject: "famna", by: "board", on: "2015-01-23", holds: false)],
  waiver: [(clause: "summons", subject: "annual_2015", by: "parties", on: "2014-12-20", until: "2014-12-29")],
)"#;

const JSON: &str = r#"{
  "agreement": ["stockholm", "samverkan"],
  "as_of": "2015-02-01",
  "start_on": "2013",
  "fee": 500,
  "complete": { "meeting": {"from": "2014-01-01", "through": "2015-02-01"}, "seat": [{"from": "2014-01-01", "through": "2014-12-31"}] },
  "organisation": [
    {"id": "famna", "name": "Famna", "members": [{"from": "2014-01-01", "value": 12}, {"from": "2013-01-01", "value": 10.5}], "is_party": true, "paid": 20000.10},
    {"id": 7, "name": "Forum", "members": 40, "is_party": "no", "paid": "KWD 1 000.005", "cancelled_on": null}
  ],
  "meeting": [
    {"id": "annual_2015", "held_on": "2015-01-22", "kind": "a\u030arsmo\u0308te", "host": "famna", "invited": ["famna", "7"], "topics": ["b", "a", "b"], "present": 123456789012345678901234567890},
    {"id": "extra", "held_on": "2013-12-01/2013-12-04", "kind": "extra", "host": 7, "invited": [], "topics": null}
  ],
  "seat": [{"elected_on": "2013-05"}, {"elected_on": "2014-01-01", "left_on": null}],
  "judgement": [{"clause": "openness", "period": 2014, "by": "parties", "on": "2015-01-22", "outcome": "kept", "reasons": "minutes, § 9"}],
  "attestation": [{"clause": "openness", "subject": "famna", "by": "board", "on": "2015-01-23", "holds": false}],
  "waiver": [{"clause": "summons", "subject": "annual_2015", "by": "parties", "on": "2014-12-20", "until": "2014-12-29"}]
}"#;

#[test]
fn each_type_keeps_what_was_written_exactly() {
    let facts = good(&[("facts.ron", RON)]);
    let expected = [
        r#" : 2013-01-01..2013-12-31; SEK 500; ?; ?; ?"#,
        r#"meeting annual_2015: 2015-01-22; "årsmöte"; →famna; ["→7", "→famna"]; ["a", "b"]; 123456789012345678901234567890; ?; ?; ?"#,
        r#"meeting complete 2014-01-01..2015-02-01"#,
        r#"meeting extra: 2013-12-01..2013-12-04; "extra"; →7; []; -; ?; ?; ?; ?"#,
        r#"organisation 7: "Forum"; 40; false; KWD 1 000.005; ?; ?; -"#,
        r#"organisation famna: "Famna"; 2013-01-01: 10.5, 2014-01-01: 12; true; SEK 20 000.10; ?; ?; ?"#,
        r#"seat 1: 2013-05-01..2013-05-31; ?; ?; ?; ?"#,
        r#"seat 2: 2014-01-01; -; ?; ?; ?"#,
        r#"seat complete 2014-01-01..2014-12-31"#,
    ];
    assert_eq!(facts.all(), expected);
    assert_eq!(facts.facts.as_of, Day::of(2015, 2, 1));
    assert_eq!(facts.facts.agreement.as_deref(), Some("samverkan"));
    assert_eq!(facts.facts.names, ["facts.ron"]);
}

#[test]
fn facts_mean_the_same_in_either_notation() {
    assert_eq!(good(&[("facts.json", JSON)]).all(), good(&[("facts.ron", RON)]).all());
}

#[test]
fn what_people_have_decided_is_collected_with_the_names_it_uses() {
    for file in [("facts.ron", RON), ("facts.json", JSON)] {
        let read = good(&[file]);
        let facts = &read.facts;
        let [judgement] = facts.judgements.as_slice() else { panic!() };
        assert_eq!(
            (judgement.decision.clause.as_str(), judgement.decision.period.as_deref()),
            ("openness", Some("2014"))
        );
        assert_eq!((judgement.outcome, Some(judgement.decision.on)), (Outcome::Kept, Day::of(2015, 1, 22)));
        assert_eq!(judgement.decision.reasons.as_deref(), Some("minutes, § 9"));
        assert!(!facts.attestations[0].holds);
        assert_eq!(facts.waivers[0].until, Day::of(2014, 12, 29));
        let clauses: Vec<&str> = facts.named.clauses.iter().map(|one| read.sources.text(one.span)).collect();
        assert_eq!(clauses, ["\"openness\"", "\"openness\"", "\"summons\""]);
        let roles: Vec<&str> = facts.named.roles.iter().map(|one| one.it.as_str()).collect();
        assert_eq!(roles, ["parties", "board", "parties"]);
    }
}

#[test]
fn every_value_knows_the_place_where_it_was_written() {
    for file in [("facts.ron", RON), ("facts.json", JSON)] {
        let facts = good(&[file]);
        assert_eq!(facts.place(AGREEMENT, "", "start_on"), "\"2013\"");
        assert_eq!(facts.place(AGREEMENT, "", "fee"), "500");
        for (id, field, words) in [
            ("famna", "name", "\"Famna\""),
            ("famna", "is_party", "true"),
            ("famna", "paid", "20000.10"),
            ("7", "name", "\"Forum\""),
            ("7", "members", "40"),
            ("7", "is_party", "\"no\""),
            ("7", "paid", "\"KWD 1 000.005\""),
        ] {
            assert_eq!(facts.place(ORGANISATION, id, field), words);
        }
        assert!(facts.place(ORGANISATION, "famna", "members").starts_with('['));
        assert!(["None", "null"].contains(&facts.place(ORGANISATION, "7", "cancelled_on")));
        assert_eq!(facts.place(MEETING, "annual_2015", "held_on"), "\"2015-01-22\"");
        assert_eq!(facts.place(MEETING, "annual_2015", "host"), "\"famna\"");
        assert_eq!(facts.place(MEETING, "annual_2015", "invited"), "[\"famna\", \"7\"]");
        assert_eq!(facts.place(MEETING, "annual_2015", "topics"), "[\"b\", \"a\", \"b\"]");
        assert_eq!(facts.place(MEETING, "annual_2015", "present"), "123456789012345678901234567890");
        assert_eq!(facts.place(MEETING, "extra", "held_on"), "\"2013-12-01/2013-12-04\"");
        assert_eq!(facts.place(MEETING, "extra", "host"), "7");
        assert_eq!(facts.place(MEETING, "extra", "invited"), "[]");
        // Not given: the row is shown.
        assert!(facts.place(MEETING, "extra", "present").contains("2013-12-01/2013-12-04"));
        let members = facts.id(ORGANISATION, "famna", "members");
        let on = |year| facts.sources.text(facts.facts.place_on(members, Day::of(year, 6, 1).unwrap()).unwrap());
        assert_eq!((on(2013), on(2014)), ("10.5", "12"));
        assert!(on(2012).starts_with('['));
    }
}

#[test]
fn files_belong_together_in_any_order() {
    let people = r#"(organisation: [(id: "a", name: "A"), (id: "b", name: "B")], complete: {"meeting": (from: "2014-01-01", through: "2014-12-31")})"#;
    let more = r#"{"organisations": [{"id": "c", "name": "C"}], "complete": {"meeting": {"from": "2015-01-01", "through": "2015-12-31"}}, "fee": 5}"#;
    let meetings = r#"(meeting: [(id: "m", invited: ["c", "a"], host: "b"), (id: "n", host: "c")], fee: 5.00)"#;
    let reversed = r#"(meeting: [(id: "n", host: "c"), (id: "m", invited: ["a", "c"], host: "b")], fee: 5.00)"#;
    let first = good(&[("a.ron", people), ("b.json", more), ("c.ron", meetings)]);
    let second = good(&[("c.ron", reversed), ("b.json", more), ("a.ron", people)]);
    assert_eq!(first.all(), second.all());
    assert_eq!(first.facts.names, ["a.ron", "b.json", "c.ron"]);
    let meeting = first.facts.table(MEETING).unwrap();
    let (from, through) = (Day::of(2014, 1, 1).unwrap(), Day::of(2015, 12, 31).unwrap());
    assert!(matches!(meeting.complete.as_slice(), [Complete { .. }]));
    assert!(meeting.complete_over(from, through).is_some());
    // Written again, a row keeps its number; its place is in its own file.
    assert_eq!(first.place(ORGANISATION, "c", "name"), "\"C\"");
}

#[test]
fn sources_that_disagree_are_both_kept() {
    let facts = good(&[(
        "facts.ron",
        r#"(
  organisation: [
    (id: "a", name: "A", members: [(from: "2013-01-01", value: 1), (from: "2015-01-01", value: 3)], source: "register"),
    (id: "a", name: "A", members: [(from: "2014-01-01", value: 2), (from: "2015-01-01", value: 3)], is_party: true, source: "minutes"),
  ],
  meeting: [
    (id: "m", held_on: [(value: "2015-01-22", source: "minutes"), (value: "2015-01-23", source: "letter")],
     topics: [(value: ["x"], source: "minutes"), (value: ["y"])], present: [(value: 3), (value: 3.0)]),
  ],
)"#,
    )]);
    assert_eq!(facts.value(ORGANISATION, "a", "name"), "\"A\"");
    assert_eq!(facts.value(ORGANISATION, "a", "is_party"), "true");
    assert_eq!(facts.value(ORGANISATION, "a", "source"), "\"minutes\" or \"register\"");
    assert_eq!(facts.value(ORGANISATION, "a", "members"), "2013-01-01: 1, 2014-01-01: 1 or 2, 2015-01-01: 3");
    assert_eq!(facts.value(MEETING, "m", "held_on"), "2015-01-22 or 2015-01-23");
    assert_eq!(facts.value(MEETING, "m", "topics"), "[\"x\"] or [\"y\"]");
    assert_eq!(facts.value(MEETING, "m", "present"), "3");
    let overens::facts::Cell::Disputed(values) = facts.facts.cell(facts.id(MEETING, "m", "held_on")) else { panic!() };
    let places: Vec<&str> = values.iter().map(|(_, place)| facts.sources.text(*place)).collect();
    assert_eq!(places, ["\"2015-01-22\"", "\"2015-01-23\""]);
}

#[track_caller]
fn tells(text: &str, expected: &[&str]) {
    assert_eq!(read(&[("f.ron", text)]).told, expected, "{text}");
}

#[test]
fn names_that_are_not_there_are_told_with_the_nearest() {
    tells(
        r#"(metting: [], start: "2013", complete: {"meting": (from: "2014-01-01", through: "2014-01-02")}, source: "x")"#,
        &[
            "f.ron:1:2 facts-unknown-record the agreement has no record or fact `metting` | did you mean `meeting`?",
            "f.ron:1:15 facts-unknown-record the agreement has no record or fact `start` | did you mean `seat`?",
            "f.ron:1:41 facts-unknown-record the agreement has no record `meting` | did you mean `meeting`?",
        ],
    );
    tells(
        r#"(meeting: [(id: "m", kind: "anual", hold_on: "2015-01-01", host: "famma"), (id: "n", kind: "open")],
 organisation: [(id: "famna", name: "F", postcode: 5)])"#,
        &[
            "f.ron:1:28 facts-unknown-option `kind` cannot be `anual` | did you mean `annual`?",
            "f.ron:1:37 facts-unknown-field `meeting` has no field `hold_on` | did you mean `held_on`?",
            "f.ron:1:66 unknown-reference there is no `organisation` with the id `famma` | did you mean `famna`?",
            "f.ron:1:92 facts-unknown-option `kind` cannot be `open` | the options are `annual`, `extra` and `årsmöte`",
            "f.ron:2:42 facts-unknown-field `organisation` has no field `postcode` | its fields are `name`, `members`, `is_party`, \
             `paid`, `recorded_on`, `source` and `cancelled_on`",
        ],
    );
}

#[test]
fn values_of_another_kind_are_told_with_what_is_wanted() {
    tells(
        r#"(fee: "much", start_on: 2013, organisation: [
(id: "a", name: 5, members: "40", is_party: "ye", paid: true),
(id: "b", name: "B", is_party: 1, members: "many"),
], meeting: [
(id: "m", held_on: "22 January 2015", kind: true, host: ["a"], invited: "a", topics: ["x", 1], present: None),
(id: "n", host: "c"),
])"#,
        &[
            "f.ron:1:7 facts-wrong-type expected an amount for `fee`, found `much` | write `500.00`, or with its currency `\"SEK 500.00\"`",
            "f.ron:1:25 facts-wrong-type expected a date for `start_on`, found a number | write it in quotes: `\"2013\"`",
            "f.ron:2:17 facts-wrong-type expected text for `name`, found a number | put text in quotes: `\"5\"`",
            "f.ron:2:29 facts-wrong-type expected a number for `members`, found text | write it without quotes: `40`",
            "f.ron:2:45 facts-wrong-type expected yes or no for `is_party`, found `ye` | write `true` or `false`",
            "f.ron:2:57 facts-wrong-type expected an amount for `paid`, found true | write `500.00`, or with its currency `\"SEK 500.00\"`",
            "f.ron:3:32 facts-wrong-type expected yes or no for `is_party`, found a number | write `true` or `false`",
            "f.ron:3:44 facts-wrong-type expected a number for `members`, found text | write a number such as `12` or `12.5`, without quotes",
            "f.ron:5:20 facts-wrong-type `22 January 2015` is not a date | write a day `\"2015-01-22\"`, a month `\"2015-01\"`, \
             a year `\"2015\"`, or two days separated by `/`",
            "f.ron:5:45 facts-wrong-type expected one of the options for `kind`, found true | the options are `annual`, `extra` and `årsmöte`, in quotes",
            "f.ron:5:57 facts-wrong-type expected an id of `organisation` for `host`, found a list | write the id in quotes",
            "f.ron:5:73 facts-wrong-type expected a list for `invited`, found text | put it in `[` and `]`, even if it has only one item",
            "f.ron:5:92 facts-wrong-type expected text for `topics`, found a number | put text in quotes: `\"1\"`",
            "f.ron:6:17 unknown-reference there is no `organisation` with the id `c` | add `(id: \"c\", …)` to `organisation`",
        ],
    );
}

#[test]
fn days_that_no_calendar_has_are_told() {
    tells(
        r#"(as_of: "2015-13-01", meeting: [(held_on: "2009-02-30"), (held_on: "2013-05/2013-04"), (held_on: "0000")])"#,
        &[
            "f.ron:1:9 facts-no-such-day there is no month 13 | write dates as year, month and day; months run from 01 to 12",
            "f.ron:1:43 facts-no-such-day there is no 30 February 2009 | February 2009 has 28 days",
            "f.ron:1:68 span-reversed `2013-05/2013-04` ends before it begins | write the earlier day first",
            "f.ron:1:98 facts-no-such-day there is no such year | years run from 0001 to 9999",
        ],
    );
}

#[test]
fn an_id_stands_once_unless_each_record_says_its_source() {
    let again = "two `meeting` records have the id `m` | f.ron:1:16 first given here | \
                 give each record its own id; if two sources report the same record, give each its `source`";
    for (text, column) in [
        (r#"(meeting: [(id:"m"), (id: "m")])"#, 27),
        (r#"(meeting: [(id:"m", source: "a"), (id: "m")])"#, 40),
        (r#"(meeting: [(id:"m", source: "a"), (id: "m", source: "a")])"#, 40),
    ] {
        tells(text, &[&format!("f.ron:1:{column} duplicate-id {again}")]);
    }
    let other = read(&[("f.ron", r#"(meeting: [(id: 1)])"#), ("g.json", r#"{"meeting": [{"id": "1"}]}"#)]);
    assert_eq!(other.told.len(), 1);
    assert!(other.told[0].starts_with("g.json:1:21 duplicate-id two `meeting` records have the id `1` | f.ron:1:17 "));
    assert_eq!(read(&[("f.ron", r#"(meeting: [(id: "1"), ()])"#)]).facts.id(MEETING, Row(1)), "2");
}

#[test]
fn what_must_be_there_is_told_at_its_record() {
    tells(
        r#"(organisation: [(id: "a"), (id: "b", name: None), (name: "C")], judgement: [(clause: "x", outcome: "keep")])"#,
        &[
            "f.ron:1:17 required-missing every `organisation` must have `name`; and the same in 1 more place | \
             f.ron:1:44 here too | add `name: …`; the agreement requires it",
            "f.ron:1:51 required-missing this `organisation` has no `id`, and other records refer to it | \
             add `id: \"…\"`, a short name to refer to it by",
            "f.ron:1:77 required-missing every `judgement` must have `by` | add `by: \"…\"`, who decided it",
            "f.ron:1:77 required-missing every `judgement` must have `on` | add `on: \"2015-01-22\"`, the day on which it was decided",
            "f.ron:1:100 facts-unknown-option `outcome` cannot be `keep` | did you mean `kept`?",
        ],
    );
}

#[test]
fn dated_values_have_one_value_a_day() {
    tells(
        r#"(organisation: [(id: "a", name: "A", members: [(from: "2014-01-01", value: 2), (from: "2013", value: 1), (value: 3), (from: "2014-01-01", value: 4)])])"#,
        &[
            "f.ron:1:87 facts-wrong-type expected one exact day for `from`, found a span of days | write a day such as `\"2013-01-01\"`",
            "f.ron:1:106 required-missing each value of `members` must give `from`, the day from which it applies, and `value` | \
             write `(from: \"2013-01-01\", value: …)`",
            "f.ron:1:125 duplicate-day `members` has two values from 2014-01-01 | f.ron:1:55 first given here | \
             keep the correct one; if two sources disagree, give each its `source`",
        ],
    );
}

#[test]
fn files_that_contradict_each_other_are_told() {
    let told = read(&[
        ("a.ron", r#"(agreement: "stockholm", as_of: "2015-02-01", fee: 5)"#),
        ("b.ron", r#"(as_of: "2015-03-01", fee: 6, source: "letter")"#),
    ]);
    assert_eq!(
        told.told,
        [
            "a.ron:1:13 wrong-agreement these facts are for `stockholm`, not for `samverkan` | \
             use the facts for `samverkan`, or write `agreement: \"samverkan\"` if these are the right ones",
            "b.ron:1:9 as-of-differs the files give different as-of dates: 2015-02-01 and 2015-03-01 | a.ron:1:33 the other date | \
             keep one of them, or remove `as_of` from the files and give the date when you ask",
            "b.ron:1:28 duplicate-key `fee` is given twice, with different values | a.ron:1:52 first given here | \
             keep the correct one; if the files come from two sources, give each file its `source`",
        ]
    );
    let sourced = good(&[("a.ron", r#"(fee: 5, source: "x")"#), ("b.ron", r#"(fee: 6, source: "y")"#)]);
    assert_eq!(sourced.value(AGREEMENT, "", "fee"), "SEK 5 or SEK 6");
}

#[test]
fn a_span_that_ends_before_it_begins_is_told() {
    tells(
        r#"(complete: {"seat": (from: "2015-01-01", through: "2014-01-01"), "meeting": (from: "2014-01-01")}, seat: [(id: "s", elected_on: "2015-01-22", left_on: "2014"), (elected_on: "2015", left_on: "2015-01-01")])"#,
        &[
            "f.ron:1:21 span-reversed this span ends on 2014-01-01, before it begins | write the earlier day as `from`",
            "f.ron:1:77 required-missing a `complete` span must have a first and a last day | \
             write `(from: \"2014-01-01\", through: \"2014-12-31\")`",
            "f.ron:1:152 ends-before-it-begins `s` ends before it begins | f.ron:1:129 it begins here | \
             correct whichever of the two days is wrong",
        ],
    );
    assert_eq!(codes::ENDS_BEFORE_IT_BEGINS.severity, Severity::Warning);
}

#[test]
fn things_in_the_wrong_shape_are_told_and_the_rest_is_read() {
    tells(
        r#"(meeting: (id: "m", kind: "x"), organisation: ["famna"], seat: "none", complete: ["meeting"], waiver: None)"#,
        &[
            "f.ron:1:11 facts-wrong-type expected a list for `meeting`, found a record | put it in `[` and `]`, even if it has only one record",
            "f.ron:1:27 facts-unknown-option `kind` cannot be `x` | the options are `annual`, `extra` and `årsmöte`",
            "f.ron:1:48 facts-wrong-type expected a list of records for `organisation`, found text | \
             write a name before each value of a record: `(id: \"…\", …)`",
            "f.ron:1:64 facts-wrong-type expected a list of records for `seat`, found text | write `seat: [(id: \"…\", …)]`",
            "f.ron:1:82 facts-wrong-type expected a table of records and their spans for `complete`, found a list | \
             write `complete: { \"RECORD\": (from: \"2014-01-01\", through: \"2014-12-31\") }`",
        ],
    );
    tells(
        "[1]",
        &[
            "f.ron:1:1 facts-wrong-type a fact file must be a single record | write `(` and `)` around the facts, with a name before each list",
        ],
    );
}

#[test]
fn the_ending_of_a_name_says_how_a_file_is_written() {
    assert_eq!(read(&[("F.JSON", "{}")]).told, [""; 0]);
    assert_eq!(
        read(&[("facts", "()")]).told,
        ["facts:1:1 unknown-ending cannot determine the format of `facts` from its name | \
          the name of a fact file must end in `.ron`, `.json`, `.jsonl`, `.yaml`, `.toml`, `.csv`, `.tsv`, `.txt`, `.xlsx`, `.xlsm`, `.xls` or `.ods`"]
    );
}

#[test]
fn no_facts_at_all_leave_everything_unknown() {
    let facts = read(&[]).facts;
    let (row, field) = (Row(0), FieldId(0));
    assert_eq!(facts.cell(CellId { record: AGREEMENT, row, field }), overens::facts::Cell::Unknown);
    assert_eq!(facts.rows(SEAT).count(), 0);
}

#[test]
fn a_hundred_thousand_records_are_read_and_their_mistakes_counted() {
    let rows: String = (0..100_000).map(|at| format!("(id: {at}, held_on: \"2015-01-22\", host: \"x\"),")).collect();
    let text = format!("(organisation: [(id: \"x\", name: \"X\")], meeting: [{rows}])");
    let facts = good(&[("f.ron", &text)]);
    assert_eq!(facts.facts.table(MEETING).unwrap().rows, 100_000);
    assert_eq!(facts.value(MEETING, "99999", "held_on"), "2015-01-22");
    let wrong = text.replace("host: \"x\"", "host: \"annual_meeting\"");
    let told = read(&[("f.ron", &wrong)]).told;
    assert!(
        matches!(told.as_slice(), [one] if one.contains("; and the same in 99999 more places")),
        "{:?}",
        told.first()
    );
    let same = text.replace("(id: ", "(id: \"m\", present: ").replacen("(id: \"m\", present: \"x\"", "(id: \"x\"", 1);
    let told = read(&[("f.ron", &same)]).told;
    let all = "two `meeting` records have the id `m`; and the same in 99998 more places";
    assert!(matches!(told.as_slice(), [one] if one.contains(all)), "{:?}", told.first());
}

#[test]
fn more_than_sixteen_sources_of_one_value_or_record_are_told() {
    let values = |most| (1..=most).map(|at| format!("(value: {at}, source: \"{at}\"),")).collect::<String>();
    let value = |most| format!("(meeting: [(id: \"m\", present: [{}])])", values(most));
    assert!(read(&[("f.ron", &value(16))]).told.is_empty());
    let told = read(&[("f.ron", &value(17))]).told;
    assert_eq!(
        told,
        ["f.ron:1:31 too-many-sources more than 16 sources give a value for `present` | keep only the relevant ones"]
    );
    let rows: String = (1..=17).map(|at| format!("(id: \"m\", source: \"{at}\"),")).collect();
    let told = read(&[("f.ron", &format!("(meeting: [{rows}])"))]).told;
    assert!(matches!(told.as_slice(), [one] if one.contains("more than 16 sources give a value for `m`")), "{told:?}");
}
