//! What falls due, in the terminal and in the calendar that everybody uses.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::terminal_agreements::{folder, overens};

const CLUB: &str = r#"agreement club "A club"
  overens 1
  in force from 2014-01-01 until further notice

event meeting, meetings on held_on
  held_on: date
  summons_sent_on: date

actors board, parties

deadline summons § 1 "The summons goes out ahead"
  for each meeting
  board shall have summons_sent_on
  at least 10 days before held_on
"#;

/// As of 30 June, within 90 days, through 28 September: a summons that is waived (last day 2014-08-10), one that went out (2014-08-22),
/// one that is due (2014-09-21), one for a meeting of which only the month is known, and one that is due much later.
const FACTS: &str = r#"(
  agreement: "club",
  as_of: "2014-06-30",
  meeting: [
    (id: "waived", held_on: "2014-08-20", summons_sent_on: None),
    (id: "early", held_on: "2014-09-01", summons_sent_on: "2014-06-01"),
    (id: "autumn, 2014", held_on: "2014-10-01", summons_sent_on: None),
    (id: "vague", held_on: "2014-08", summons_sent_on: None),
    (id: "far", held_on: "2015-10-01", summons_sent_on: None),
  ],
  waiver: [(clause: "summons", subject: "waived", by: "parties", on: "2014-06-15")],
)
"#;

const WITHIN: [&str; 4] = ["calendar", "club", "--within", "90d"];

fn club(test: &str) -> PathBuf {
    folder(&format!("calendar_{test}"), &[("club/club.overens", CLUB), ("club/facts/2014.ron", FACTS)])
}

fn told(folder: &Path, form: &str) -> String {
    let (exit, results, messages) = overens(folder, &[&WITHIN[..], &["--format", form]].concat());
    assert_eq!(exit, 0, "{results}{messages}");
    results
}

#[test]
fn what_is_due_is_told_by_day_and_what_has_no_day_is_told_and_not_entered() {
    assert_eq!(
        told(&club("plain"), "plain"),
        "club: as of 2014-06-30, through 2014-09-28\n\
         2014-08-10 (Sunday): § 1 summons: waived, by board, for waived\n\
         2014-08-22 (Friday): § 1 summons: done, by board, for early\n\
         2014-09-21 (Sunday): § 1 summons: due, by board, for autumn, 2014\n\
         undated: § 1 summons: due, by board, for vague: between 2014-07-22 and 2014-08-21\n"
    );
    let pretty = told(&club("pretty"), "pretty");
    assert!(pretty.contains("2014-09-21 Sun") && pretty.contains("undated"), "{pretty}");
}

#[test]
fn rows_and_json_tell_the_same() {
    let folder = club("rows");
    let rows: Vec<String> = told(&folder, "csv").lines().map(str::to_string).collect();
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert!(rows[0].starts_with("agreement,as_of,id,section,clause,"), "{}", rows[0]);
    assert!(rows[3].starts_with("club,2014-06-30,club.summons.autumn%2C%202014..,§ 1,summons,"), "{}", rows[3]);
    let json: Value = serde_json::from_str(&told(&folder, "json")).unwrap();
    let entries = json["agreements"][0]["entries"].as_array().unwrap();
    let days: Vec<&str> = entries.iter().map(|entry| entry["last_day"].as_str().unwrap()).collect();
    assert_eq!(days, ["2014-08-10", "2014-08-22", "2014-09-21"]);
    assert_eq!(json["agreements"][0]["undated"][0]["last_day"], Value::Null);
}

// ---- iCalendar --------------------------------------------------------------------------------------------------------------------

/// The properties of each event, by name.
type Event = std::collections::BTreeMap<String, String>;

/// The properties that both parsers are asked for.
const READ: [&str; 8] = ["DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "UID"];

/// As one parser reads it.
fn one_parser(text: &str) -> Vec<Event> {
    let read: icalendar::Calendar = text.parse().unwrap();
    let events = read.components.iter().filter_map(|one| one.as_event());
    events
        .map(|event| {
            use icalendar::Component;
            let all = event.properties().iter().map(|(name, it)| (name.clone(), it.value().to_string()));
            all.filter(|(name, _)| READ.contains(&name.as_str())).collect()
        })
        .collect()
}

/// As another one reads it, which leaves texts as they are escaped.
fn another_parser(text: &str) -> Vec<Event> {
    let calendars: Vec<_> = ical::IcalParser::new(text.as_bytes()).collect::<Result<_, _>>().unwrap();
    let of = |event: &ical::parser::ical::component::IcalEvent| {
        let all = event.properties.iter().map(|it| (it.name.clone(), plain(&it.value.clone().unwrap_or_default())));
        all.filter(|(name, _)| READ.contains(&name.as_str())).collect()
    };
    calendars.iter().flat_map(|calendar| &calendar.events).map(of).collect()
}

fn plain(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

fn events(text: &str) -> Vec<Event> {
    let read = one_parser(text);
    // The other one loses a blank that stands before the end of a folded line.
    let without_blanks = |events: &[Event]| -> Vec<Event> {
        let of = |event: &Event| event.iter().map(|(name, text)| (name.clone(), text.replace(' ', ""))).collect();
        events.iter().map(of).collect()
    };
    let other = another_parser(text);
    assert_eq!(without_blanks(&read), without_blanks(&other), "the parsers differ on\n{text}");
    read
}

#[test]
fn the_last_day_is_an_event_of_that_day_alone_and_two_parsers_agree_on_it() {
    let text = told(&club("ics"), "ics");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(text.lines().all(|line| line.len() <= 75), "a line is longer than 75 octets");
    let events = events(&text);
    assert_eq!(events.len(), 3);
    let due = &events[2];
    assert_eq!(due["UID"], "club.summons.autumn%2C%202014..@overens");
    assert_eq!((due["DTSTART"].as_str(), due["DTEND"].as_str()), ("20140921", "20140922"));
    assert!(text.contains("DTSTART;VALUE=DATE:20140921") && text.contains("DTEND;VALUE=DATE:20140922"), "{text}");
    assert_eq!(due["DTSTAMP"], "20140630T000000Z");
    assert_eq!(due["STATUS"], "CONFIRMED");
    assert_eq!(due["SUMMARY"], "club § 1 summons: autumn, 2014");
    assert!(due["DESCRIPTION"].contains("in time through 2014-09-21"), "{}", due["DESCRIPTION"]);
    assert_eq!([&events[0]["STATUS"], &events[1]["STATUS"]], ["CANCELLED", "CANCELLED"]);
    assert!(!text.contains("VALARM") && !text.contains("VTODO"), "{text}");
}

#[test]
fn the_days_that_are_not_known_are_told_beside_the_calendar() {
    let (_, results, messages) = overens(&club("beside"), &[&WITHIN[..], &["--format", "ics"]].concat());
    assert!(!results.contains("vague"), "{results}");
    assert_eq!(
        messages,
        "not in the calendar: club § 1 summons: due, by board, for vague: between 2014-07-22 and 2014-08-21\n"
    );
}

#[test]
fn it_reminds_only_where_that_is_asked_and_of_what_is_due() {
    let folder = club("alarm");
    let (exit, text, _) = overens(&folder, &[&WITHIN[..], &["--format", "ics", "--alarm", "7"]].concat());
    assert_eq!((exit, text.matches("BEGIN:VALARM").count()), (0, 1), "{text}");
    assert!(text.contains("TRIGGER:-P"), "{text}");
    let (exit, _, messages) = overens(&folder, &[&WITHIN[..], &["--alarm", "7"]].concat());
    assert!(exit == 2 && messages.contains("--format ics"), "{messages}");
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let folder = club("bytes");
    let reminding = || overens(&folder, &[&WITHIN[..], &["--format", "ics", "--alarm", "3"]].concat()).1;
    let before = (told(&folder, "ics"), reminding());
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!((told(&folder, "ics"), reminding()), before);
}

#[test]
fn a_newer_file_changes_entries_and_makes_no_doubles() {
    let folder = club("newer");
    let old = events(&told(&folder, "ics"));
    let sent = FACTS.replace(
        r#"held_on: "2014-10-01", summons_sent_on: None"#,
        r#"held_on: "2014-10-01", summons_sent_on: "2014-07-05""#,
    );
    std::fs::write(folder.join("club/facts/2014.ron"), sent.replace("2014-06-30", "2014-07-07")).unwrap();
    let new = events(&told(&folder, "ics"));
    let ids = |events: &[Event]| events.iter().map(|event| event["UID"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&old), ids(&new));
    assert_eq!((old[2]["STATUS"].as_str(), new[2]["STATUS"].as_str()), ("CONFIRMED", "CANCELLED"));
    let sequence = |event: &Event| event["SEQUENCE"].parse::<u32>().unwrap();
    assert!(old.iter().zip(&new).all(|(old, new)| sequence(old) < sequence(new)));
}

#[test]
fn more_on_file_on_the_same_day_is_a_later_version() {
    let folder = club("version");
    let sequence = |text: &str| events(text)[2]["SEQUENCE"].parse::<u32>().unwrap();
    let before = sequence(&told(&folder, "ics"));
    let more = FACTS.replace("  waiver:", "  judgement: [],\n  attestation: [],\n  waiver:").replace(
        "    (id: \"far\"",
        "    (id: \"once more\", held_on: \"2015-11-01\", summons_sent_on: None),\n    (id: \"far\"",
    );
    std::fs::write(folder.join("club/facts/2014.ron"), more).unwrap();
    assert!(sequence(&told(&folder, "ics")) > before);
}

#[test]
fn ids_hold_when_clauses_are_worded_and_numbered_anew() {
    let folder = club("anew");
    let ids = || events(&told(&folder, "ics")).iter().map(|event| event["UID"].clone()).collect::<Vec<_>>();
    let before = ids();
    let rewordings: [(&str, &str); 10] = [
        ("§ 1", "§ 7.2"),
        ("§ 1", "§ \"Meetings\", 3"),
        ("\"The summons goes out ahead\"", "\"Members are called in time\""),
        ("\"The summons goes out ahead\"", ""),
        ("\"A club\"", "\"The club of 2014\""),
        ("event meeting, meetings on", "event meeting, gatherings on"),
        ("actors board, parties", "actors board, chair, parties"),
        ("at least 10 days before held_on", "at least 10 days before held_on\n  note \"Ten clear days.\""),
        ("for each meeting", "for each meeting where held_on is no earlier than 2014-01-01"),
        ("  summons_sent_on: date", "  place: text\n  summons_sent_on: date"),
    ];
    for (old, new) in rewordings {
        assert!(CLUB.contains(old), "{old}");
        std::fs::write(folder.join("club/club.overens"), CLUB.replacen(old, new, 1)).unwrap();
        let (exit, _, messages) = overens(&folder, &["check", "club"]);
        assert_eq!(exit, 0, "{new}: {messages}");
        assert_eq!(ids(), before, "{new}");
    }
}

#[test]
fn all_agreements_of_a_folder_stand_in_one_calendar() {
    let choir = CLUB.replace("agreement club", "agreement choir");
    let facts = FACTS.replace("\"club\"", "\"choir\"");
    let files = [
        ("all/club/club.overens", CLUB),
        ("all/club/facts/2014.ron", FACTS),
        ("all/choir/choir.overens", &choir),
        ("all/choir/facts/2014.ron", &facts),
    ];
    let folder = folder("calendar_all", &files);
    let (exit, text, _) = overens(&folder, &["calendar", "all", "--within", "90d", "--format", "ics"]);
    let ids: std::collections::BTreeSet<String> = events(&text).iter().map(|event| event["UID"].clone()).collect();
    assert_eq!((exit, ids.len()), (0, 6), "{text}");
}

#[test]
fn a_span_is_said_in_days_weeks_months_or_years() {
    let folder = club("span");
    let through = |span: &str| overens(&folder, &["calendar", "club", "--within", span]);
    assert!(through("1w").1.contains("through 2014-07-07"));
    assert!(through("2m").1.contains("through 2014-08-30"));
    assert!(through("1y").1.contains("through 2015-06-30"));
    let (exit, _, messages) = through("soon");
    assert!(exit == 2 && messages.contains("60d, 8w, 6m or 1y"), "{messages}");
}

#[test]
fn what_could_not_be_judged_is_named_beside_what_is_due() {
    let folder = super::forms_support::several("calendar_not_judged");
    let told = |form: &str| overens(&folder, &["calendar", "all", "--within", "90d", "--format", form]);
    for form in ["plain", "pretty"] {
        let (exit, text, _) = told(form);
        let named = "\nall/broken/broken.overens could not be judged (all/broken/broken.overens): all/broken/";
        assert!(exit == 3 && text.contains(named), "{text}");
    }
    let rows = told("csv").1;
    let last = rows.lines().last().unwrap();
    assert!(last.starts_with("all/broken/broken.overens,,,,,,,,,,,,,,,,all/broken/broken.overens:3:"), "{rows}");
    let all: serde_json::Value = serde_json::from_str(&told("json").1).unwrap();
    assert_eq!(all["not_judged"][0]["policy"], "all/broken/broken.overens", "{all}");
}
