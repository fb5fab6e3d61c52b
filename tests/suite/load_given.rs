//! What the lines of a scenario make of the facts they start from.

use overens::{diagnostics::Sink, load, source::Sources, syntax};

use super::load_facts::{MEETING, ORGANISATION, Read, roots, schema, told};

const FACTS: &str = r#"(
  fee: 5,
  organisation: [(id: "famna", name: "Famna", members: 10, source: "register"), (id: "forum", name: "Forum")],
  meeting: [
    (id: "annual_2015", held_on: "2015-01-22", kind: "annual", host: "famna"),
    (id: "extra", held_on: "2015-02-01", kind: "extra", host: "forum"),
  ],
)"#;

/// The facts with the lines of a scenario upon them.
fn with(lines: &str) -> Read {
    with_each(&[lines])
}

/// The facts with the lines of several scenarios upon them, one after the other.
fn with_each(scenarios: &[&str]) -> Read {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let files = roots(&[("f.ron", FACTS)], &mut sources, &mut problems);
    let mut given = Vec::new();
    for lines in scenarios {
        let policy = format!("scenario \"s\"\n{lines}\n");
        let file = sources.add("p.overens", &policy);
        for item in syntax::read(file, &policy, &mut problems).items {
            if let syntax::tree::Item::Scenario(scenario) = item {
                given.extend(scenario.given);
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
    let files = load::apply_given(&given, files, &schema(), &mut problems);
    let facts = load::bind(
        &files,
        &load::Whose { schema: &schema(), agreement: None, others: &Default::default() },
        &mut problems,
    );
    Read { told: told(&sources, &problems), facts, sources, problems }
}

#[test]
fn a_record_is_changed_added_or_taken_away() {
    let facts = with(
        "given meeting annual_2015 has held_on 2015-01-23, kind none, host unknown, present 12
given meeting planned has held_on 2016, topics [budget, \"the election\"], invited [famna, forum]
given no meeting extra
given meeting late
given meeting late has present 3",
    );
    assert_eq!(facts.told, [""; 0]);
    assert_eq!(facts.facts.names, ["f.ron"]);
    assert_eq!(facts.facts.table(MEETING).unwrap().rows, 3);
    assert_eq!(facts.value(MEETING, "annual_2015", "held_on"), "2015-01-23");
    assert_eq!(facts.place(MEETING, "annual_2015", "held_on"), "2015-01-23");
    assert_eq!(facts.value(MEETING, "annual_2015", "kind"), "-");
    assert_eq!(facts.value(MEETING, "annual_2015", "host"), "?");
    assert_eq!(facts.value(MEETING, "annual_2015", "present"), "12");
    assert_eq!(facts.value(MEETING, "planned", "held_on"), "2016-01-01..2016-12-31");
    assert_eq!(facts.value(MEETING, "planned", "topics"), "[\"budget\", \"the election\"]");
    assert_eq!(facts.value(MEETING, "planned", "invited"), "[\"→famna\", \"→forum\"]");
    assert_eq!(facts.value(MEETING, "late", "present"), "3");
}

#[test]
fn all_records_of_a_kind_can_be_taken_away_and_others_added() {
    let facts = with_each(&["given meeting x\ngiven no meeting", "given meeting annual_2015 has kind extra"]);
    assert_eq!(facts.told, [""; 0]);
    assert_eq!(facts.facts.table(MEETING).unwrap().rows, 1);
    assert_eq!(facts.value(MEETING, "annual_2015", "held_on"), "?");
    assert_eq!(facts.value(MEETING, "annual_2015", "kind"), "\"extra\"");
}

#[test]
fn facts_of_the_agreement_and_completeness_are_given() {
    let facts = with(
        "given complete meeting from 2014-01-01 through 2014-12-31
given fact fee SEK 7.50
given fact start_on 2013
given organisation famna has members 2013, is_party yes, paid 2013",
    );
    assert_eq!(facts.told, [""; 0]);
    let own = overens::model::schema::AGREEMENT;
    assert_eq!(facts.value(own, "", "fee"), "SEK 7.50");
    assert_eq!(facts.place(own, "", "fee"), "SEK 7.50");
    assert_eq!(facts.value(own, "", "start_on"), "2013-01-01..2013-12-31");
    assert_eq!(facts.value(ORGANISATION, "famna", "members"), "2013");
    assert_eq!(facts.value(ORGANISATION, "famna", "paid"), "SEK 2 013");
    assert_eq!(facts.value(ORGANISATION, "famna", "is_party"), "true");
    let complete = facts.facts.table(MEETING).unwrap().complete.first().unwrap();
    assert!(facts.sources.text(complete.place).starts_with("given complete meeting"));
    assert_eq!(with("given fact fee unknown").value(own, "", "fee"), "?");
}

#[test]
fn what_a_scenario_names_wrongly_is_told_in_the_policy() {
    let facts = with(
        "given no meeting extra_2015
given no meeting anual_2015
given metting x has kind extra
given meeting extra has knd extra
given meeting extra has kind open, topics [unknown]
given fact free 5
given complete meeting from 2015-01-01 through 2014-01-01
given no meting",
    );
    assert_eq!(
        facts.told,
        [
            "p.overens:2:18 unknown-reference there is no `meeting` with the id `extra_2015` | the ids are `annual_2015` and `extra`",
            "p.overens:3:18 unknown-reference there is no `meeting` with the id `anual_2015` | did you mean `annual_2015`?",
            "p.overens:4:7 facts-unknown-record the agreement has no record or fact `metting` | did you mean `meeting`?",
            "p.overens:5:25 facts-unknown-field `meeting` has no field `knd` | did you mean `kind`?",
            "p.overens:6:30 facts-unknown-option `kind` cannot be `open` | the options are `annual`, `extra` and `årsmöte`",
            "p.overens:6:44 facts-wrong-type `unknown` cannot be an item of a list | \
             if any item of a list is unknown, write `unknown` for the whole list",
            "p.overens:7:12 facts-unknown-field the agreement has no fact `free` | did you mean `fee`?",
            "p.overens:8:1 span-reversed this span ends on 2014-01-01, before it begins | write the earlier day as `from`",
            "p.overens:9:10 facts-unknown-record the agreement has no record `meting` | did you mean `meeting`?",
        ]
    );
}
