//! What is told of facts once, however often it is so, and what is never settled in silence.

use overens::diagnostics::Sink;
use overens::load::{How, read_as};
use overens::source::Sources;

use super::load_facts::{SEAT, bound, read};
use super::load_tables::{codes, seats};

/// Facts in which a meeting in each row has a day that is none, in each notation.
fn wrong(rows: usize) -> [(&'static str, String); 6] {
    let day = |at: usize| format!("{}.1.2015 12:00", at % 28 + 1);
    let all = |row: &dyn Fn(usize) -> String, between: &str| (0..rows).map(row).collect::<Vec<_>>().join(between);
    [
        ("f.ron", format!("(seat: [{}])", all(&|at| format!("(id: \"s{at}\", elected_on: \"{}\")", day(at)), ", "))),
        (
            "f.json",
            format!(
                "{{\"seat\": [{}]}}",
                all(&|at| format!("{{\"id\": \"s{at}\", \"elected_on\": \"{}\"}}", day(at)), ", ")
            ),
        ),
        (
            "f.jsonl",
            all(&|at| format!("{{\"record\": \"seat\", \"id\": \"s{at}\", \"elected_on\": \"{}\"}}", day(at)), "\n"),
        ),
        ("f.yaml", format!("seat:\n{}", all(&|at| format!("  - {{ id: s{at}, elected_on: \"{}\" }}", day(at)), "\n"))),
        ("f.toml", all(&|at| format!("[[seat]]\nid = \"s{at}\"\nelected_on = \"{}\"\n", day(at)), "\n")),
        ("f.csv", format!("id;elected_on\n{}\n", all(&|at| format!("s{at};{}", day(at)), "\n"))),
    ]
}

/// What is told of a file of seats.
fn told(name: &str, text: &str) -> Vec<String> {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add(name, text);
    let how = How { record: name.ends_with(".csv").then(|| ("seat".to_owned(), None)), ..How::default() };
    let root = read_as(file, (name, &text.into()), &how, &mut problems);
    bound(root.map(|root| (root, name.to_owned())).into_iter().collect(), sources, problems).told
}

#[test]
fn one_cause_is_one_finding_with_its_count_and_three_places_in_every_notation() {
    for (name, text) in wrong(5_843) {
        let told = told(name, &text);
        let [one] = told.as_slice() else { panic!("{name}: {} findings, {:?}", told.len(), told.first()) };
        let day = |day: u8| format!("`{day}.1.2015 12:00`");
        let others =
            format!("and 5842 others like it, such as {}, {}, {}, {}, {} ", day(2), day(3), day(4), day(5), day(6));
        assert!(one.contains(&others), "{name}: {one}");
        assert_eq!(one.matches("here too").count(), 2, "{name}: {one}");
    }
}

#[test]
fn lines_of_json_with_the_same_mistake_are_one_finding() {
    let lines = "{\"id\": \"a\"}\n".repeat(300);
    let told = told("f.jsonl", &lines);
    let all = "no record given for this line; and the same in 299 more places";
    assert!(matches!(told.as_slice(), [one] if one.contains(all)), "{told:?}");
}

#[test]
fn mistakes_with_other_ways_out_are_told_apart() {
    let text =
        "(meeting: [(id: \"a\", present: \"40\"), (id: \"b\", present: \"many\"), (id: \"c\", present: \"41\")])";
    let told = read(&[("f.ron", text)]).told;
    let told: Vec<&String> = told.iter().filter(|one| one.contains("expected a number")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].contains("; and the same in 1 more place") && told[0].ends_with("write it without quotes: `40`"),
        "{told:?}"
    );
}

#[test]
fn the_end_of_a_day_is_never_dropped() {
    let dropped = || How { times: Some(overens::facts::sheet::Times::Dropped), ..How::default() };
    for written in ["2015-01-02 24:00", "2015-01-02T24:00:00", "2.1.2015 24:00:00.000", "2015-01-02 24:00Z"] {
        for how in [How::default(), dropped()] {
            let read = seats(&format!("elected_on\n{written}\n"), how);
            assert_eq!(codes(&read), ["two-readings"], "{:?}", read.told);
            let said = "is the end of 2015-01-02 and the beginning of 2015-01-03";
            assert!(read.told[0].contains(said), "{:?}", read.told);
        }
    }
    // Behind it there is no time.
    let read = seats("elected_on\n2015-01-02 24:30\n", dropped());
    assert_eq!(codes(&read), ["facts-wrong-type"], "{:?}", read.told);
    assert!(read.told[0].contains("`2015-01-02 24:30` is not a date"), "{:?}", read.told);
    let read = seats("elected_on\n2015-01-02 23:30\n", dropped());
    assert_eq!((codes(&read), read.value(SEAT, "1", "elected_on")), (vec![], "2015-01-02".to_owned()));
    for (name, text) in [
        ("f.ron", "(seat: [(elected_on: \"2015-01-02 24:00\")])"),
        ("f.json", "{\"seat\": [{\"elected_on\": \"2015-01-02T24:00:00\"}]}"),
        ("f.yaml", "seat:\n  - elected_on: 2015-01-02 24:00\n"),
        ("f.toml", "[[seat]]\nelected_on = \"2015-01-02 24:00\"\n"),
    ] {
        let told = told(name, text);
        let said =
            "is the end of 2015-01-02 and the beginning of 2015-01-03 | write `\"2015-01-02\"` or `\"2015-01-03\"`";
        assert!(matches!(told.as_slice(), [one] if one.contains(said)), "{name}: {told:?}");
    }
}
