//! `overens new`: what is made passes everything that a policy has to pass; and `overens watch`, which looks again at every save.

use std::path::Path;

use super::terminal_agreements::folder;
use super::terminal_snapshots::{run, run_with};
#[cfg(unix)]
use super::terminal_talk::talk;

const TEMPLATES: [&str; 5] = ["membership", "cooperation", "funding", "housing", "empty"];

fn empty_folder(test: &str) -> std::path::PathBuf {
    let folder = folder(test, &[]);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// It is sound, laid out, its scenarios hold, and nothing differs from its snapshot.
fn passes(folder: &Path, name: &str) {
    let policy = format!("{name}/{name}.overens");
    for words in [&["check", name] as &[&str], &["fmt", "--check", name], &["test", name], &["review", name, "--list"]]
    {
        let (exit, told) = run(folder, words);
        assert_eq!(exit, 0, "{words:?}: {told}\n{}", read(folder, &policy));
    }
    let (_, told) = run(folder, &["test", name]);
    assert!(told.contains("hold"), "{told}");
    assert!(std::fs::read_dir(folder.join(name).join("snapshots")).unwrap().count() == 1);
}

#[test]
fn every_template_passes_check_fmt_test_and_review_with_facts_of_either_kind() {
    let folder = empty_folder("new_templates");
    for template in TEMPLATES {
        for facts in ["ron", "csv"] {
            let name = format!("{template}_{facts}");
            let (exit, told) = run(&folder, &["new", &name, "--template", template, "--facts", facts]);
            assert_eq!(exit, 0, "{told}");
            passes(&folder, &name);
        }
    }
}

/// A leap year with other weekdays, another currency, a title with signs that mean something in quotes.
#[test]
fn what_is_chosen_stands_in_all_that_is_made() {
    let folder = empty_folder("new_chosen");
    for template in TEMPLATES {
        let title = "\"Friends\" \\ of the lake";
        let words = ["new", template, "--template", template, "--year", "2028", "--currency", "EUR", "--title", title];
        let (exit, told) = run(&folder, &words);
        assert_eq!(exit, 0, "{told}");
        passes(&folder, template);
        let policy = read(&folder, &format!("{template}/{template}.overens"));
        assert!(policy.contains(&format!("agreement {template} \"\\\"Friends\\\" \\\\ of the lake\"")), "{policy}");
        assert!(policy.contains("from 2028-01-01") && !policy.contains("2026") && !policy.contains("SEK"), "{policy}");
        assert!(read(&folder, &format!("{template}/README.md")).starts_with(&format!("# {title}\n")));
    }
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let folder = folder("new_there", &[("club/notes.txt", "mine")]);
    let (exit, told) = run(&folder, &["new", "club"]);
    assert_eq!(exit, 5, "{told}");
    assert!(told.contains("`club` already exists"), "{told}");
    assert_eq!(std::fs::read_dir(folder.join("club")).unwrap().count(), 1);
}

#[test]
fn a_name_that_no_agreement_can_have_is_refused_with_one_that_it_can() {
    let folder = empty_folder("new_names");
    for (name, help) in
        [("my-club", "call it `my_club`"), ("7club", "start with a letter"), ("shall", "choose another name")]
    {
        let (exit, told) = run(&folder, &["new", name]);
        assert_eq!(exit, 2, "{told}");
        assert!(told.contains(help), "{told}");
    }
    assert_eq!(run(&folder, &["new", "club", "--currency", "kronor"]).0, 2);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn nothing_is_made_where_nobody_looks_on() {
    let folder = empty_folder("new_ci");
    assert_eq!(run_with(&folder, &["new", "club"], &[("CI", "true")]).0, 2);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn on_a_terminal_five_questions_are_asked_until_each_has_an_answer() {
    let folder = empty_folder("new_asked");
    let mut talk = talk(&folder, &["new", "club"]);
    talk.answer("Which template? [empty]", "society\n");
    talk.answer("answer with one of membership", "membership\n");
    talk.answer("Title in reports?", "The chess club\n");
    talk.answer("of which year", "last\n");
    talk.answer("four digits", "2027\n");
    talk.answer("Currency of its amounts?", "eur\n");
    talk.answer("Format of its facts? [ron]", "\n");
    let (exit, shown) = talk.end();
    assert_eq!(exit, 0, "{shown}");
    passes(&folder, "club");
    let policy = read(&folder, "club/club.overens");
    assert!(
        policy.contains("agreement club \"The chess club\"") && policy.contains("value fee EUR 200 from 2027-01-01"),
        "{policy}"
    );
    assert!(folder.join("club/facts/2027.ron").is_file());
}

// ---- watch ------------------------------------------------------------------------------------------------------------

#[test]
fn without_a_terminal_nothing_is_watched() {
    let folder = folder("watch_pipe", &[("a.overens", "agreement a\n")]);
    let (exit, told) = run(&folder, &["watch", "check", "a.overens"]);
    assert_eq!(exit, 2, "{told}");
    assert!(told.contains("watching needs a terminal"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_change_of_a_file_that_was_read_is_looked_at_again() {
    let folder = folder(
        "watch",
        &[("a.overens", "agreement a\nimport \"b.overens\"\n"), ("b.overens", "record r\n  x: text\n")],
    );
    let mut watching = talk(&folder, &["watch", "check", "a.overens"]);
    watching.answer("exit 0; watching", "");
    std::fs::write(folder.join("b.overens"), "record r\n  x: txet\n").unwrap();
    watching.answer("exit 3; watching", "");
    std::fs::write(folder.join("b.overens"), "record r\n  x: text\n  y: date\n").unwrap();
    watching.answer("exit 0; watching", "");
    watching.child.kill().unwrap();
}

#[cfg(unix)]
#[test]
fn only_commands_that_change_nothing_are_watched() {
    let folder = folder("watch_others", &[("a.overens", "agreement a\n")]);
    let (exit, shown) = talk(&folder, &["watch", "fmt", "a.overens"]).end();
    assert_eq!(exit, 2, "{shown}");
    assert!(shown.contains("only `check`, `test` and `eval`"), "{shown}");
}
