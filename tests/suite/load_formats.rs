//! One set of facts in every way of writing them: all of them mean the same, and each value has its place.

use overens::diagnostics::Sink;
use overens::load::{How, read_as};
use overens::source::Sources;

use super::load_facts::{MEETING, ORGANISATION, Read, bound, good, read};

const RON: &str = r#"(
  agreement: "samverkan",
  as_of: "2015-02-01",
  organisation: [(id: "famna", name: "NO"), (id: "012", name: "Forum", is_party: true, paid: 12.50)],
  meeting: [
    (id: "m1", held_on: "2015-01-22", kind: "annual", host: "famna", invited: ["famna", "012"], topics: ["b", "a"], present: 12),
    (id: "m2", held_on: "2013-05", kind: "extra", host: "012", cancelled_on: None),
  ],
  seat: [(elected_on: "2013-05"), (elected_on: "2014-01-01")],
)"#;

const JSON_LINES: &str = r#"{"record": "organisation", "id": "famna", "name": "NO"}
{"record": "organisation", "id": "012", "name": "Forum", "is_party": true, "paid": 12.50}

{"record": "meeting", "id": "m1", "held_on": "2015-01-22", "kind": "annual", "host": "famna", "invited": ["famna", "012"], "topics": ["b", "a"], "present": 12}
{"record": "meeting", "id": "m2", "held_on": "2013-05", "kind": "extra", "host": "012", "cancelled_on": null}
{"record": "seat", "elected_on": "2013-05"}
{"record": "seat", "elected_on": "2014-01-01"}
"#;

const YAML: &str = r#"# the register
agreement: samverkan
as_of: 2015-02-01
organisation:
  - { id: famna, name: NO }
  - id: 012
    name: "Forum"
    is_party: yes
    paid: 12.50
meeting:
  - id: m1
    held_on: 2015-01-22
    kind: annual
    host: famna
    invited: [famna, 012]
    topics:
      - b
      - a
    present: 12
  - id: m2
    held_on: 2013-05
    kind: extra
    host: 012
    cancelled_on: null
seat:
  - elected_on: 2013-05
  - elected_on: '2014-01-01'
"#;

/// TOML has no word for what is known not to be there.
const TOML: &str = r#"agreement = "samverkan"
as_of = 2015-02-01

[[organisation]]
id = "famna"
name = "NO"

[[organisation]]
id = "012"
name = "Forum"
is_party = true
paid = 12.50

[[meeting]]
id = "m1"
held_on = 2015-01-22
kind = "annual"
host = "famna"
invited = ["famna", "012"]
topics = ["b", "a"]
present = 12

[[meeting]]
id = "m2"
held_on = "2013-05"
kind = "extra"
host = "012"

[[seat]]
elected_on = "2013-05"

[[seat]]
elected_on = 2014-01-01
"#;

const SHEETS: [(&str, &str, &str); 3] = [
    ("organisation", "register.csv", "id,name,is_party,paid\nfamna,NO,,\n012,Forum,true,12.50\n"),
    (
        "meeting",
        "meetings.csv",
        "id,held_on,kind,host,invited,topics,present\nm1,2015-01-22,annual,famna,famna|012,b|a,12\nm2,2013-05,extra,012,,,\n",
    ),
    ("seat", "seats.csv", "elected_on\n2013-05\n2014-01-01\n"),
];

fn csv() -> Read {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let mut roots = Vec::new();
    for (record, name, text) in SHEETS {
        let file = sources.add(name, text);
        let text = sources.get(file).unwrap().text.clone();
        let how = How { record: Some((record.to_owned(), None)), ..How::default() };
        roots.extend(read_as(file, (name, &text), &how, &mut problems).map(|root| (root, name.to_owned())));
    }
    let read = bound(roots, sources, problems);
    assert_eq!(read.told, [""; 0]);
    read
}

#[test]
fn every_way_of_writing_facts_means_the_same() {
    let ron = good(&[("f.ron", RON)]).all();
    assert_eq!(good(&[("f.jsonl", JSON_LINES)]).all(), ron);
    assert_eq!(good(&[("f.yaml", YAML)]).all(), ron);
    let without_none: Vec<String> = ron.iter().map(|line| line.replace("; -", "; ?")).collect();
    assert_eq!(good(&[("f.toml", TOML)]).all(), without_none);
    assert_eq!(csv().all(), without_none);
}

#[test]
fn each_value_has_its_place_in_every_way_of_writing() {
    let jsonl = good(&[("f.jsonl", JSON_LINES)]);
    assert_eq!(jsonl.place(MEETING, "m1", "held_on"), "\"2015-01-22\"");
    let yaml = good(&[("f.yaml", YAML)]);
    assert_eq!(yaml.place(MEETING, "m1", "held_on"), "2015-01-22");
    assert_eq!(yaml.place(ORGANISATION, "012", "name"), "\"Forum\"");
    let toml = good(&[("f.toml", TOML)]);
    assert_eq!(toml.place(MEETING, "m1", "held_on"), "2015-01-22");
    assert_eq!(toml.place(ORGANISATION, "012", "paid"), "12.50");
    assert_eq!(csv().place(ORGANISATION, "012", "paid"), "12.50");
}

#[test]
fn mistakes_stand_at_their_lines_in_every_way_of_writing() {
    let at = |name: &str, text: &str| {
        let told = read(&[(name, text)]).told;
        told.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(
        at("f.jsonl", "{\"record\": \"seat\"}\n{\"record\": \"seat\", \"left_on\": 5}\n"),
        ["f.jsonl:2:31 facts-wrong-type"]
    );
    assert_eq!(at("f.jsonl", "{\"id\": \"a\"}\n"), ["f.jsonl:1:1 record-not-told"]);
    assert_eq!(at("f.yaml", "seat:\n  - elected_on: 2015-02-30\n"), ["f.yaml:2:17 facts-no-such-day"]);
    assert_eq!(at("f.yaml", "# å\nseat:\n  - left_on: ö\n"), ["f.yaml:3:14 facts-wrong-type"]);
    assert_eq!(at("f.toml", "[[seat]]\nleft_on = 5\n"), ["f.toml:2:11 facts-wrong-type"]);
    assert_eq!(at("f.toml", "[[seat]\n"), ["f.toml:1:8 facts-syntax"]);
}

#[test]
fn yaml_that_says_one_thing_in_another_place_is_refused() {
    let first = |text: &str| read(&[("f.yaml", text)]).told.first().cloned().unwrap_or_default();
    assert!(first("seat: &a []\nmeeting: *a\n").starts_with("f.yaml:1:"), "{}", first("seat: &a []\nmeeting: *a\n"));
    assert!(first("seat: !!seq []\n").contains("YAML tags (`!`) are not supported in fact files"));
    assert!(first("seat:\n  - <<: 1\n").contains("YAML merge keys (`<<`) are not supported in fact files"));
    assert!(first("seat:\n  - left_on:\n").contains("expected a value here"));
    assert!(first("seat: []\n---\nmeeting: []\n").contains("a fact file can have only one document"));
    assert!(first("seat: []\nseat: []\n").contains("`seat` is given twice"));
}
