//! Answers as people use them: what build servers, wikis and spreadsheets get that is easy to get wrong.

use serde_json::Value;

use super::compare_register::{POLICY, register};
use super::forms_support::{club, several};
use super::terminal_agreements::{folder, overens};

const HALL: &str = "agreement hall\n  in force from 2025-01-01\n\nfact doors: number\n\nactor board\n\nduty open § 3 \"The doors\"\n  board shall ensure doors is 2\n\nduty shut § 3.1\n  board shall ensure doors is at most 2\n";
const DOORS: &str = "(agreement: \"hall\", as_of: \"2025-12-31\", doors: 1)";

fn hall(test: &str) -> std::path::PathBuf {
    folder(test, &[("hall/hall.overens", HALL), ("hall/facts/f.ron", DOORS)])
}

#[test]
fn paths_for_build_servers_have_no_dot_ahead() {
    let folder = hall("out_paths");
    for form in ["github", "sarif", "junit"] {
        let (_, results, _) = overens(&folder, &["eval", "./././", "--format", form]);
        assert!(results.contains("hall/facts/f.ron") && !results.contains("./hall"), "{results}");
    }
}

#[test]
fn paths_for_build_servers_are_those_of_the_repository_wherever_a_run_begins() {
    let folder = hall("out_repository");
    std::fs::create_dir_all(folder.join("hall/.git")).unwrap();
    std::fs::create_dir_all(folder.join("hall/work")).unwrap();
    std::fs::write(folder.join("away.ron"), DOORS).unwrap();
    let whole = folder.join("hall/facts/f.ron");
    for (here, policy, facts) in [
        ("hall/work", "../hall.overens", "../facts/f.ron"),
        ("hall/facts", "../../hall/hall.overens", "./f.ron"),
        ("hall", "hall.overens", whole.to_str().unwrap()),
    ] {
        for (form, place) in
            [("github", "file=facts/f.ron,"), ("sarif", "\"uri\":\"facts/f.ron\""), ("junit", "file=\"hall.overens\"")]
        {
            let (_, results, _) = overens(&folder.join(here), &["eval", policy, facts, "--format", form]);
            let results = results.replace("\": \"", "\":\"");
            assert!(results.contains(place), "{here} {form}: {results}");
            assert!(form == "junit" || !results.contains("../") && !results.contains("file:"), "{here}: {results}");
        }
    }
    // What lies outside of the repository stays as it was given.
    let (_, results, _) =
        overens(&folder.join("hall/work"), &["eval", "../hall.overens", "../../away.ron", "--format", "github"]);
    assert!(results.contains("file=../../away.ron,"), "{results}");
}

#[test]
fn an_agreement_without_a_title_goes_by_its_name() {
    let (_, page, _) = overens(&hall("out_title"), &["eval", "hall", "--format", "html"]);
    assert!(page.contains(">hall</h1>") && page.contains("<title>hall, as of"), "{page}");
    let (_, page, _) = overens(&hall("out_title_of_several"), &["eval", ".", "--format", "markdown"]);
    assert!(page.contains("## hall\n"), "{page}");
}

#[test]
fn there_is_no_wording_of_a_day_on_which_nothing_is_in_force() {
    let folder = hall("out_consolidate");
    let (exit, results, messages) = overens(&folder, &["consolidate", "hall", "--as-of", "2024-12-31"]);
    assert_eq!((exit, results.as_str()), (1, ""));
    assert!(
        messages.contains("no part of hall is in force as of 2024-12-31: it comes into force on 2025-01-01"),
        "{messages}"
    );
    assert_eq!(overens(&folder, &["consolidate", "hall", "--as-of", "2025-01-01"]).0, 0);
}

#[test]
fn rows_name_an_agreement_that_could_not_be_judged_and_why() {
    let folder = several("out_not_judged");
    let (_, csv, _) = overens(&folder, &["eval", "all", "--format", "csv"]);
    let wide = |line: &str| line.matches(',').count();
    let last = csv.lines().last().unwrap();
    assert!(
        last.starts_with("all/broken/broken.overens,,,,,,,,,not judged,") && last.contains("broken.overens:3"),
        "{last}"
    );
    assert_eq!(wide(last), wide(csv.lines().next().unwrap()), "{last}");
    let (_, shares, _) = overens(&folder, &["eval", "all", "--format", "csv", "--shares"]);
    let last = shares.lines().last().unwrap();
    assert!(last.starts_with("all/broken/broken.overens,,,,,,,,,,,all/broken/broken.overens,,,,"), "{shares}");
    assert!(last.contains("broken.overens:3") && wide(last) == wide(shares.lines().next().unwrap()), "{shares}");
    let (_, lines, _) = overens(&folder, &["eval", "all", "--format", "jsonl", "--shares"]);
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert!(last["who"].is_null() && last["not_judged"].as_str().unwrap().contains("broken.overens:3"), "{last}");
    for form in ["plain", "pretty"] {
        let (_, results, _) = overens(&folder, &["eval", "all", "--format", form]);
        assert!(results.contains("could not be judged (all/broken/broken.overens): all/broken/"), "{results}");
    }
    let (_, junit, _) = overens(&folder, &["eval", "all", "--format", "junit"]);
    assert!(junit.contains("<error message=\"could not be judged\">all/broken/broken.overens:3"), "{junit}");
    let (_, sarif, _) = overens(&folder, &["eval", "all", "--format", "sarif"]);
    let all: Value = serde_json::from_str(&sarif).unwrap();
    let run = all["runs"].as_array().unwrap().last().unwrap();
    assert_eq!(run["invocations"][0]["executionSuccessful"], false, "{run}");
    // Each leads to what is wrong.
    let place = &run["invocations"][0]["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 3, "{run}");
    assert!(junit.contains("file=\"all/broken/broken.overens\" line=\"3\""), "{junit}");
    let (_, github, _) = overens(&folder, &["eval", "all", "--format", "github"]);
    assert!(github.starts_with("::error file=all/broken/broken.overens,line=3,"), "{github}");
    let (_, markdown, _) = overens(&folder, &["eval", "all", "--format", "markdown"]);
    assert!(
        markdown.contains("could not be judged (all/broken/broken.overens): all/broken/broken.overens:3"),
        "{markdown}"
    );
    assert_eq!(run["automationDetails"]["id"], "overens/eval/all-broken-broken.overens/");
}

#[test]
fn a_section_is_told_by_its_clauses() {
    let folder = hall("out_section");
    for section in ["§ 3", "3"] {
        let (exit, results, _) = overens(&folder, &["why", section, "hall"]);
        assert_eq!(exit, 0);
        assert!(results.starts_with("§ 3 open, The doors: 1 violated\n§ 3.1 shut: 1 satisfied\n"), "{results}");
    }
    let (_, results, _) = overens(&folder, &["why", "3.1", "hall"]);
    assert!(results.contains("shut") && !results.contains("open"), "{results}");
    for section in ["3 §", "section 3", "§3", "§ 3.", "3.", "3 §.", "§ 3:"] {
        assert_eq!(overens(&folder, &["why", section, "hall"]), overens(&folder, &["why", "§ 3", "hall"]), "{section}");
    }
}

#[test]
fn a_clause_of_several_sections_is_in_each_of_them() {
    let policy = HALL.replace("§ 3.1", "§ 3.1, 5.2").replace("§ 3 ", "§ 5.2a ");
    let folder = folder("out_sections", &[("hall/hall.overens", &policy), ("hall/facts/f.ron", DOORS)]);
    let told = |section: &str| overens(&folder, &["why", section, "hall", "--format", "summary"]).1;
    for section in ["3", "3.1", "5.2"] {
        let told = told(section);
        assert!(told.contains("shut") && !told.contains("open"), "{section}: {told}");
    }
    let all = overens(&folder, &["why", "5", "hall"]).1;
    assert!(all.starts_with("§ 5.2a open, The doors: 1 violated\n§ 3.1, 5.2 shut: 1 satisfied\n"), "{all}");
    // A point with a letter goes by the number alone where nothing else does.
    let alone = policy.replace("§ 3.1, 5.2", "§ 3.1");
    let folder = self::folder("out_points", &[("hall/hall.overens", &alone), ("hall/facts/f.ron", DOORS)]);
    assert!(overens(&folder, &["why", "5.2", "hall"]).1.contains("open"));
}

#[test]
fn a_section_is_asked_for_as_the_policy_writes_it() {
    let policy = HALL.replace("§ 3.1", "§ \"Dörrar\", 4");
    let folder = folder("out_section_in_quotes", &[("hall/hall.overens", &policy), ("hall/facts/f.ron", DOORS)]);
    for section in ["§ \"Dörrar\", 4", "§ Dörrar, 4", "§ \u{201d}Dörrar\u{201d}, 4"] {
        let (exit, results, messages) = overens(&folder, &["why", section, "hall"]);
        assert!(exit == 0 && messages.is_empty() && results.contains("shut"), "{section}: {results}{messages}");
    }
}

#[test]
fn a_section_with_nothing_to_judge_is_listed_too() {
    let duty = |name: &str| format!("\nduty {name} § 7\n  for each meeting\n  board shall ensure heads is 1\n");
    let record = "\nrecord meeting\n  heads: number\n";
    let policy = [HALL, record, &duty("one"), &duty("other")].concat();
    let folder = folder("out_section_without", &[("hall/hall.overens", &policy), ("hall/facts/f.ron", DOORS)]);
    let (exit, results, messages) = overens(&folder, &["why", "§ 7", "hall"]);
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    let told = "§ 7 one: nothing to judge\n§ 7 other: nothing to judge\nfor the reasons: `overens why CLAUSE hall`\n";
    assert_eq!(results, told);
}

#[test]
fn of_a_section_that_is_not_there_the_sections_are_told() {
    let folder = hall("out_no_section");
    for section in ["§ 99", "99", "99 §"] {
        for command in [&["why", section, "hall"][..], &["when", section, "hall", "--from", "2025-01-01"]] {
            let (exit, results, messages) = overens(&folder, command);
            assert_eq!((exit, results.as_str()), (2, ""));
            assert_eq!(messages, "error: hall has no section `99`\nhelp: its clauses are in the sections 3\n");
        }
    }
}

#[test]
fn a_section_is_listed_in_the_form_that_is_asked_for() {
    let folder = hall("out_section_forms");
    let told = |form: &str| {
        let (exit, results, messages) = overens(&folder, &["why", "§ 3", "hall", "--format", form]);
        assert_eq!((exit, messages.as_str()), (0, ""), "{form}: {results}");
        results
    };
    assert!(told("markdown").starts_with("- § 3 open, The doors: 1 violated\n- § 3.1 shut: 1 satisfied\n"));
    let page = told("html");
    assert!(page.contains("<li>§ 3 open, The doors: 1 violated</li>"), "{page}");
    let json: Value = serde_json::from_str(&told("json")).unwrap();
    let first =
        serde_json::json!({ "place": "§ 3", "clause": "open", "title": "The doors", "counts": { "violated": 1 } });
    assert_eq!(json["clauses"][0], first);
    assert_eq!(json["clauses"].as_array().unwrap().len(), 2);
    // A form of rows has one for each verdict.
    assert_eq!(told("jsonl").lines().count(), 2);
    assert_eq!(told("csv").lines().count(), 3);
}

/// Clauses that are all violated.
fn many(clauses: usize) -> String {
    let clause =
        |at| format!("\nduty open_{at} § {at} \"The {}\"\n  board shall ensure doors is 2\n", "doors ".repeat(20));
    let head = HALL.split("\nduty").next().unwrap().to_string();
    std::iter::once(head).chain((1..=clauses).map(clause)).collect()
}

#[test]
fn of_very_many_annotations_the_ten_most_urgent_are_shown_and_the_rest_is_counted() {
    let policy = format!("{}\ndeadline late § 99\n  board shall have doors_on\n  by 2025-02-01\n", many(14));
    let policy = policy.replace("fact doors: number\n", "fact doors: number\nfact doors_on: date\n");
    let facts = DOORS.replace("doors: 1", "doors: 1, doors_on: \"2025-03-01\"");
    let folder = folder("out_urgent", &[("hall.overens", &policy), ("f.ron", &facts)]);
    let (_, results, _) = overens(&folder, &["eval", ".", "f.ron", "--format", "github", "--fail-on", "violated,late"]);
    assert_eq!(results.matches("::error ").count(), 10, "{results}");
    assert!(!results.contains("late: late"), "what is broken is more urgent than what is late: {results}");
    assert!(
        results.ends_with("15 errors, of which the 10 most urgent are shown; `--format csv` lists every verdict\n"),
        "{results}"
    );
}

#[test]
fn a_comment_that_would_be_too_long_is_cut_and_says_where_all_of_it_is() {
    let folder = folder("out_cut", &[("hall.overens", &many(700)), ("f.ron", DOORS)]);
    let (_, results, _) = overens(&folder, &["eval", ".", "f.ron", "--format", "markdown"]);
    assert!(results.chars().count() < 60_500, "{}", results.len());
    assert!(results.ends_with("`--report csv=rows.csv`.\n") && results.contains("**Truncated:"), "{results}");
}

/// The ids in the lines of a report that tell of openness, in its order.
fn ids(report: &str) -> Vec<String> {
    let lines = report.lines().filter(|line| line.contains("openness"));
    let id = |line: &str| {
        let words = line.split(|sign: char| !sign.is_ascii_alphanumeric());
        words
            .map(str::to_string)
            .find(|word| word.len() == 5 && word.starts_with('o') && word.ends_with(char::is_numeric))
    };
    lines.filter_map(id).collect()
}

#[test]
fn of_very_many_verdicts_every_one_is_told_in_its_place() {
    let many = 1_500;
    let facts = register(many);
    let folder = folder("out_many", &[("clubs.overens", POLICY), ("f.ron", &facts)]);
    let all: Vec<String> = (0..many).map(|n| format!("o{n:04}")).collect();
    let not_open: Vec<String> = all.iter().step_by(10).cloned().collect();
    for (form, wanted) in [("csv", &all), ("jsonl", &all), ("sarif", &not_open)] {
        let (_, results, _) = overens(&folder, &["eval", ".", "f.ron", "--format", form]);
        assert_eq!(ids(&results), *wanted, "{form}");
    }
    let (_, results, _) = overens(&folder, &["eval", ".", "f.ron", "--format", "plain", "--all"]);
    // What is satisfied asks for nothing, and stands below.
    let (done, not_done): (Vec<String>, Vec<String>) = all.iter().cloned().partition(|id| !not_open.contains(id));
    assert_eq!(ids(&results), [not_done, done].concat());
    let (_, results, _) = overens(&folder, &["eval", ".", "f.ron", "--format", "json", "--all"]);
    let results: Value = serde_json::from_str(&results).unwrap();
    let verdicts = results["verdicts"].as_array().unwrap().iter().filter(|one| one["clause"] == "openness");
    assert_eq!(verdicts.map(|one| one["subject"].as_str().unwrap().to_string()).collect::<Vec<_>>(), all);
}

/// What the schema of the standard says, where somebody has it: `OVERENS_SARIF_SCHEMA=sarif-schema-2.1.0.json`. It is not ours to
/// keep here.
fn of_the_standard(log: &Value) {
    let Ok(path) = std::env::var("OVERENS_SARIF_SCHEMA") else { return };
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> =
        schema.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_result_for_code_scanning_has_a_place_a_rule_with_help_and_words_that_can_be_seen() {
    let club = club("out_sarif");
    let more = "\namendment more § 3\n  to club\n  takes effect 2014-05-01\n  replace openness\n  judgement openness § 2\n    board shall \"be very open\"\n    every calendar year\n    judged by parties\n";
    let policy = format!("{}{more}", super::forms_support::CLUB);
    let amended =
        folder("out_sarif_diff", &[("club.overens", &policy), ("facts/2014.ron", super::forms_support::FACTS)]);
    let all = [
        overens(&club, &["eval", ".", "2014.ron", "--format", "sarif"]).1,
        overens(&amended, &["diff", ".", "more", "--format", "sarif"]).1,
    ];
    let others = several("out_sarif_others");
    for words in [["eval", "all"], ["check", "all"], ["test", "all"]] {
        let text = overens(&others, &[&words[..], &["--format", "sarif"]].concat()).1;
        of_the_standard(&serde_json::from_str(&text).unwrap());
    }
    for text in all {
        let log: Value = serde_json::from_str(&text).unwrap();
        of_the_standard(&log);
        for run in log["runs"].as_array().unwrap() {
            let driver = &run["tool"]["driver"];
            assert!(driver["informationUri"].as_str().unwrap().starts_with("https://"));
            for rule in driver["rules"].as_array().unwrap() {
                assert!(!rule["help"]["text"].as_str().unwrap().is_empty(), "{rule}");
            }
            let results = run["results"].as_array().unwrap();
            assert!(!results.is_empty());
            for result in results {
                let region = &result["locations"][0]["physicalLocation"]["region"];
                assert!(region["startLine"].as_u64().unwrap() > 0, "{result}");
                let words = result["message"]["text"].as_str().unwrap();
                assert!(!words.chars().any(char::is_control), "{words:?}");
            }
        }
    }
}

const COST: &str = "agreement a \"Shares\"\n  in force from 2010-01-01\n  currency SEK\n\nrecord club\n  name: text\n\nevent bill on sent_on\n  sent_on: date\n  amount: money\n\ncost rent § 1 \"Who pays\"\n  for each bill\n  amount is shared equally among club\n  rounded to SEK 0.01\n";
const BILL: &str = "(agreement:\"a\",as_of:\"2015-01-01\",complete:{\"club\":(from:\"2010-01-01\",through:\"2015-01-01\")},club:[(id:\"kestrel\"),(id:\"heron\")],bill:[(id:\"b\",sent_on:\"2014-01-01\",amount:347)])";

#[test]
fn who_bears_how_much_is_a_table_in_every_form_for_people() {
    let folder = folder("out_shares", &[("a.overens", COST), ("f.ron", BILL)]);
    let told = |words: &[&str]| overens(&folder, &[&["eval", ".", "f.ron", "--format"], words].concat()).1;
    assert!(
        told(&["markdown"]).contains("| § 1 | `rent` | b | kestrel | SEK 173.50 |  |\n"),
        "{}",
        told(&["markdown"])
    );
    assert!(told(&["html"]).contains("<td>kestrel</td><td class=\"n\">SEK 173.50</td>"), "{}", told(&["html"]));
    assert!(told(&["csv"]).contains(",\"heron SEK 173.50, kestrel SEK 173.50\",,,none\n"), "{}", told(&["csv"]));
    let table = told(&["csv", "--shares"]);
    assert!(table.contains("a,2015-01-01,§ 1,rent,Who pays,b,,kestrel,SEK,173.5,,./a.overens,12,,,\n"), "{table}");
    let swedish = told(&["csv", "--shares", "--csv-dialect", "sv"]);
    assert!(swedish.starts_with('\u{feff}') && swedish.contains(";kestrel;SEK;173,5;;"), "{swedish}");
    let (exit, _, messages) = overens(&folder, &["eval", ".", "f.ron", "--shares"]);
    assert!(exit == 2 && messages.contains("`--shares` needs the format csv or jsonl"), "{messages}");
}

#[test]
fn names_that_look_like_numbers_stay_names_in_a_spreadsheet() {
    let bill = BILL.replace("kestrel", "007").replace("heron", "3.5");
    let folder = folder("out_names", &[("a.overens", COST), ("b.ron", &bill)]);
    let told = |dialect: &str| {
        overens(&folder, &["eval", ".", "b.ron", "--format", "csv", "--shares", "--csv-dialect", dialect]).1
    };
    let of = |name: &str, all: &str| all.lines().filter(|line| line.contains(name)).count();
    let (plain, swedish) = (told("en"), told("sv"));
    assert_eq!((of(",\"007\",SEK,173.5,", &plain), of(",\"3.5\",SEK,173.5,", &plain)), (1, 1), "{plain}");
    let formula = |text: &str| format!(";\"=\"\"{text}\"\"\";SEK;173,5;");
    assert_eq!((of(&formula("007"), &swedish), of(&formula("3.5"), &swedish)), (1, 1), "{swedish}");
    use overens::render::mistaken::is_mistaken;
    for name in [
        "007",
        "3,5",
        "1 000",
        "1E5",
        "12 %",
        "500 kr",
        "kr 5",
        "SEK 5",
        "€ 5",
        "1-2",
        "2015/01/02",
        "2015-01-22",
        "12:30",
        "mar1",
        "5 maj",
        "true",
        "-1.5",
        "(5)",
        "( 1 350,50 )",
        "5-",
        ",5",
        ".5",
        "5.",
        "5,",
        "5,-",
        "5 -",
        "kr1,5-",
        "1 e5",
        "\u{a0}5",
        "5 ",
        "2024-01-02 10:00",
        "2024-01-02T10:00",
        "2024-01-02 10:00:00,5",
        "5 jan 2024 10:00",
        "12:",
        "12:30:",
        "-5:",
        "10pm",
        "10:00 em",
        "12345:6",
        "100/3",
        "1 12345/7",
        "tisdag 5 maj 2024",
        "5 maj 2024 Tisdag",
        "tisdag, 2024-05-07",
        "söndag 5/5",
        "5 maj 20245",
    ] {
        assert!(is_mistaken(name), "{name}");
    }
    for name in [
        "7",
        "2015",
        "a-1",
        "kr",
        "krona 5",
        "802002-1234",
        "maria 5",
        "§ 3",
        "1 a",
        "2014-01-01–2015-01-01",
        "",
        "()",
        "(a)",
        "a-",
        ".",
        "a.",
        "-",
        "am",
        "t 5 a",
        "5d",
        "2024-01-02T10:00Z",
        "tisdag 5",
        "tisdag",
        "tis 5 maj",
    ] {
        assert!(!is_mistaken(name), "{name}");
    }
}

#[test]
fn names_that_look_like_formulas_stay_names_in_a_swedish_spreadsheet() {
    let bill = BILL.replace("kestrel", "=x").replace("heron", "-a \\\"b\\\"");
    let folder = folder("out_formulas", &[("a.overens", COST), ("b.ron", &bill)]);
    let told = |dialect: &str| {
        overens(&folder, &["eval", ".", "b.ron", "--format", "csv", "--shares", "--csv-dialect", dialect]).1
    };
    let (plain, swedish) = (told("en"), told("sv"));
    assert!(plain.contains(",'=x,SEK,173.5,"), "{plain}");
    assert!(swedish.contains(";\"=\"\"=x\"\"\";SEK;173,5;"), "{swedish}");
    // A quote is written twice in a formula, and each of both twice in a cell.
    assert!(swedish.contains(";\"=\"\"-a \"\"\"\"b\"\"\"\"\"\"\";SEK;173,5;"), "{swedish}");
}

#[test]
fn rows_have_titles_and_places_and_with_reasons_why() {
    let folder = hall("out_reasons");
    let rows = |more: &[&str]| {
        let (_, results, _) = overens(&folder, &[&["eval", "hall", "--format", "jsonl"], more].concat());
        serde_json::from_str::<Value>(results.lines().next().unwrap()).unwrap()
    };
    let plain = rows(&[]);
    assert_eq!(
        (plain["title"].as_str(), plain["line"].as_u64(), plain["why"].as_str()),
        (Some("The doors"), Some(8), None)
    );
    let told = rows(&["--reasons"]);
    assert!(told["why"].as_str().unwrap().contains("doors"), "{told}");
    assert_eq!((told["fact_file"].as_str(), told["fact_line"].as_u64()), (Some("hall/facts/f.ron"), Some(1)));
}

#[test]
fn a_comparison_can_be_asked_as_if_it_had_been_in_force() {
    let old = HALL.replace("doors is 2", "doors is 1").replace("2025-01-01", "2020-01-01");
    let new = HALL.replace("2025-01-01", "2026-06-01");
    let folder = folder("out_as_if", &[("old.overens", &old), ("new.overens", &new), ("f.ron", DOORS)]);
    let told = |more: &[&str]| {
        overens(
            &folder,
            &[&["diff", "old.overens", "new.overens", "--facts", "f.ron", "--each", "--format", "plain"], more]
                .concat(),
        )
        .1
    };
    assert!(!told(&[]).contains("becomes violated"), "{}", told(&[]));
    let as_if = told(&["--as-if-from", "2020-01-01"]);
    assert!(as_if.contains("for each participant\nboard\nopen: satisfied becomes violated\n"), "{as_if}");
    // It says that it was asked so, and of which day the text itself speaks.
    assert!(as_if.contains(", as of 2025-12-31, as if the new version were in force from 2020-01-01\n"), "{as_if}");
    let said =
        "“in force from 2020-01-01” becomes “in force from 2026-06-01, as if from 2020-01-01”, which means the same";
    assert!(as_if.contains(said), "{as_if}");
    let later = told(&["--as-if-from", "2021-01-01"]);
    assert!(
        later
            .contains("changed: header, in force: “in force from 2020-01-01” becomes “in force from 2026-06-01, as if"),
        "{later}"
    );
    let (_, json, _) = overens(
        &folder,
        &["diff", "old.overens", "new.overens", "--facts", "f.ron", "--as-if-from", "2020-01-01", "--format", "json"],
    );
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["as_if_from"], "2020-01-01");
}

#[test]
fn the_day_that_a_comparison_supposes_is_not_a_change_of_a_text() {
    let new = HALL.replacen("doors is 2", "doors is 3", 1);
    let folder = folder("out_supposed", &[("old.overens", HALL), ("new.overens", &new), ("f.ron", DOORS)]);
    let told = |new: &str| {
        let words = ["diff", "old.overens", new, "--facts", "f.ron", "--as-if-from", "2025-02-01", "--exit-code"];
        let (code, told, _) = overens(&folder, &[&words[..], &["--format", "plain"]].concat());
        (code, told)
    };
    let (code, changed) = told("new.overens");
    assert!(code == 1 && changed.contains("1 change in meaning") && !changed.contains("header"), "{code} {changed}");
    let (_, same) = told("old.overens");
    assert!(same.contains("as if the new version were in force from 2025-02-01") && !same.contains("header"), "{same}");
}

#[test]
fn why_of_a_section_counts_the_verdicts_of_each_clause_once() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let (exit, told, _) = overens(root, &["why", "§ 4", "policies/samverkan", "--format", "summary"]);
    assert_eq!(exit, 0, "{told}");
    let mut clauses: Vec<&str> =
        told.lines().filter_map(|line| line.strip_prefix("§ ")?.split_once(": ")).map(|(name, _)| name).collect();
    let count = clauses.len();
    clauses.dedup();
    assert!(count > 3 && clauses.len() == count, "{told}");
    assert!(told.contains("yearly_meeting: 2 satisfied, 1 not applicable, 4 unknown\n"), "{told}");
}

const CHOIR: &str = r#"agreement choir
  in force from 2020-01-01

record singer
  joined_on: date
  left_on: date

membership in_choir § 1 of singer
  from joined_on until left_on
"#;

/// Whoever left in December 2023 was a member until the day before: through 30 November at the earliest.
#[test]
fn a_membership_whose_end_is_known_roughly_is_told_with_it() {
    let facts = r#"(as_of: "2024-03-15", singer: [(id: "a", joined_on: "2023-06-10", left_on: "2023-12")])"#;
    let folder = folder("out_membership", &[("c.overens", CHOIR), ("f.ron", facts)]);
    let told = overens(&folder, &["eval", ".", "f.ron", "--all", "--format", "plain"]).1;
    let words = "a member only from 2023-06-10 through a date between 2023-11-30 and 2023-12-30";
    assert!(told.contains(&format!("not applicable, {words}")), "{told}");
}
