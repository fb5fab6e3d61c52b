//! Reports written to files: several in one run, each whole or not at all.

use std::path::Path;

use super::cases::files_below;
use super::forms_support::{CLUB, club, elements};
use super::terminal_agreements::{folder, overens};

#[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

const EVAL: [&str; 3] = ["eval", "club.overens", "2014.ron"];

fn eval(folder: &Path, more: &[&str]) -> (i32, String, String) {
    let words: Vec<&str> = EVAL.iter().chain(more).copied().collect();
    overens(folder, &words)
}

#[test]
fn one_run_writes_several_reports_and_says_the_same_as_without_them() {
    let folder = club("files_several");
    let alone = eval(&folder, &[]);
    let with = eval(&folder, &["--report", "junit=out.xml", "--report", "html=page.html", "--report", "pretty=it.txt"]);
    assert_eq!(with, alone);
    assert_eq!(text(&folder.join("out.xml")), eval(&folder, &["--format", "junit"]).1);
    assert_eq!(text(&folder.join("page.html")), eval(&folder, &["--format", "html"]).1);
    assert!(!text(&folder.join("it.txt")).contains('\u{1b}'));
    // Nothing is left over.
    assert!(files_below(&folder, &["half"]).is_empty());
}

#[test]
fn a_report_replaces_the_one_of_the_last_run() {
    let folder = club("files_again");
    for _ in 0..2 {
        assert_eq!(eval(&folder, &["--report", "junit=out.xml"]).0, 1);
        elements(&text(&folder.join("out.xml")));
    }
}

#[test]
fn a_report_never_replaces_what_was_judged() {
    let folder = club("files_inputs");
    for file in ["club.overens", "2014.ron", "./2014.ron"] {
        let (exit, _, messages) = eval(&folder, &["--report", &format!("html={file}")]);
        assert_eq!(exit, 2, "{messages}");
        assert!(messages.contains("is an input file"), "{messages}");
    }
    assert_eq!(text(&folder.join("club.overens")), CLUB);
}

#[test]
fn two_reports_to_one_file_are_refused_before_anything_is_judged() {
    let folder = club("files_twice");
    let (exit, results, messages) = eval(&folder, &["--report", "junit=out", "--report", "csv=./out"]);
    assert_eq!((exit, results.as_str()), (2, ""));
    assert!(messages.contains("two reports would be written to `./out`"), "{messages}");
    assert!(!folder.join("out").exists());
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_anything_is_judged_or_written() {
    let folder = club("files_unwritable");
    let (exit, results, messages) = eval(&folder, &["--report", "csv=absent/out.csv", "--report", "junit=out.xml"]);
    assert_eq!(exit, 5);
    assert!(messages.contains("its folder does not exist"), "{messages}");
    assert_eq!(results, "");
    assert!(!folder.join("out.xml").exists());
    let (exit, _, messages) = eval(&folder, &["--report", "csv=."]);
    assert_eq!(exit, 5);
    assert!(messages.contains("is a folder"), "{messages}");
}

#[test]
fn a_report_that_is_not_understood_names_the_forms() {
    let folder = club("files_forms");
    for (words, told) in [
        (
            "pdf=out.pdf",
            "the formats are pretty, plain, summary, json, jsonl, csv, markdown, html, junit, sarif, github",
        ),
        ("out.xml", "such as `junit=out.xml`"),
        ("csv=", "`csv=FILE`"),
        ("csv=-", "`--format csv`"),
    ] {
        let (exit, _, messages) = eval(&folder, &["--report", words]);
        assert_eq!(exit, 2, "{messages}");
        assert!(messages.contains(told), "{messages}");
    }
}

/// 130 meetings whose summons never went out.
fn many(test: &str) -> std::path::PathBuf {
    let one = |at: usize| format!("(id: \"m{at}\", held_on: \"2014-03-11\", summons_sent_on: None),\n");
    let meetings: String = (0..130).map(one).collect();
    let facts = format!("(agreement: \"club\", as_of: \"2014-06-30\", meeting: [{meetings}])");
    folder(test, &[("club.overens", CLUB), ("2014.ron", &facts)])
}

#[test]
fn of_very_many_verdicts_a_terminal_and_a_page_tell_a_few_and_count_the_rest() {
    let folder = many("files_many");
    let (_, drawn, _) = eval(&folder, &["--format", "pretty"]);
    // Five examples, how the clause came out, and how all came out.
    assert_eq!(drawn.matches("violated").count(), 5 + 1 + 1, "{drawn}");
    assert!(drawn.find("clauses by verdict").unwrap() < drawn.find("to act: board").unwrap(), "{drawn}");
    assert!(drawn.contains("125 more verdicts need action"), "{drawn}");
    assert!(drawn.contains("130 violated"), "{drawn}");
    let (_, all, _) = eval(&folder, &["--format", "pretty", "--all"]);
    assert_eq!(all.matches("violated").count(), 130 + 1);
    let (_, page, _) = eval(&folder, &["--format", "html"]);
    assert!(page.contains("90 more verdicts need action") && page.contains("and 90 more;"), "{page}");
    let (_, rows, _) = eval(&folder, &["--format", "csv"]);
    assert_eq!(rows.lines().filter(|row| row.contains(",violated,")).count(), 130);
}

#[test]
fn reports_can_be_limited_to_a_period() {
    let folder = club("files_period");
    let (_, rows, _) = eval(&folder, &["--format", "csv", "--period", "2014"]);
    assert_eq!(rows.lines().count(), 2, "{rows}");
    for form in ["plain", "pretty", "markdown"] {
        let (_, told, _) = eval(&folder, &["--format", form, "--period", "2014"]);
        assert!(told.contains("only 2014"), "{told}");
    }
    let (_, cases, _) = eval(&folder, &["--format", "junit", "--period", "2014"]);
    assert_eq!(elements(&cases)[0].number("tests"), 1);
}
