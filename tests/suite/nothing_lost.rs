//! Nothing vanishes, and nothing is replaced, without a word: what stands where it is looked for and cannot be read, what is named twice,
//! reports that go to one file, what lies outside, and texts that are half merged or in another encoding.

use std::process::Command;

use super::reliability::Folder;

const POLICY: &str = "agreement b \"B\"\n  in force from 2015-01-01\nactor k\nfact n: number\nduty p § 3\n  k shall ensure n is at \
    most 10\n  by 2015-05-01\n";
/// Adopted, and it allows more.
const AMENDMENT: &str = "amendment more \"More\"\n  to b\n  adopted on 2015-02-01\n  takes effect 2015-03-01\n  replace p\n  duty p § 3\n    \
    k shall ensure n is at most 100\n    by 2015-05-01\n";
const FACTS: &str = "(agreement: \"b\", as_of: \"2015-06-01\", n: 50)";

fn club(name: &str) -> Folder {
    Folder::of(name, &[("b/b.overens", POLICY), ("b/facts/2015.ron", FACTS)])
}

// ---- what stands beside a policy ---------------------------------------------------------------------------------------

#[test]
fn an_amendment_that_is_read_is_judged_by() {
    let folder = club("lost-none");
    assert_eq!(folder.run(&["eval", "b"]).0, 1, "50 is more than 10");
    folder.write("b/amendments/more.overens", AMENDMENT);
    // What begins with a point is left alone, and so is what is no policy.
    folder.write("b/amendments/.draft.overens", "no policy");
    folder.write("b/amendments/.drafts/x.overens", "no policy");
    folder.write("b/amendments/notes/x.txt", "no policy");
    let (exit, told) = folder.run(&["eval", "b"]);
    assert_eq!(exit, 0, "50 is less than 100: {told}");
}

#[cfg(unix)]
#[test]
fn an_amendment_that_cannot_be_read_ends_every_command_with_five() {
    type Spoil = fn(&Folder);
    let spoilt: [(&str, Spoil); 8] = [
        ("is a broken link", |it| it.link("moved.overens", "b/amendments/more.overens")),
        ("is a broken link", |it| it.link("more.overens", "b/amendments/more.overens")),
        ("not a regular file", |it| {
            assert!(Command::new("mkfifo").arg(it.0.join("b/amendments/more.overens")).status().unwrap().success());
        }),
        ("is a folder where a file is expected", |it| {
            std::fs::create_dir(it.0.join("b/amendments/more.overens")).unwrap()
        }),
        ("must be in lower case", |it| it.write("b/amendments/more.OVERENS", AMENDMENT)),
        ("contains amendments", |it| it.write("b/amendments/2015/more.overens", AMENDMENT)),
        ("is a file where a folder is expected", |it| {
            std::fs::remove_dir(it.0.join("b/amendments")).unwrap();
            it.write("b/amendments", AMENDMENT);
        }),
        ("is a broken link", |it| {
            std::fs::remove_dir(it.0.join("b/amendments")).unwrap();
            it.link("moved", "b/amendments");
        }),
    ];
    for (at, (why, spoil)) in spoilt.into_iter().enumerate() {
        let folder = club(&format!("lost-{at}"));
        std::fs::create_dir(folder.0.join("b/amendments")).unwrap();
        spoil(&folder);
        let commands: [&[&str]; 7] = [
            &["eval", "b"],
            &["eval", "b/b.overens", "b/facts/2015.ron"],
            &["check", "b"],
            &["test", "b"],
            &["why", "p", "b"],
            &["consolidate", "b/b.overens", "--as-of", "2015-06-01"],
            &["diff", "b", "b", "--facts", "b/facts/2015.ron"],
        ];
        for words in commands {
            let (exit, told) = folder.run(words);
            assert!(exit == 5 && told.contains(why), "{at} {words:?}: {exit} {told}");
        }
    }
}

#[cfg(unix)]
#[test]
fn facts_and_snapshots_that_cannot_be_read_end_with_five() {
    let folder = club("lost-facts");
    folder.link("moved.ron", "b/facts/2016.ron");
    for words in [&["eval", "b"][..], &["why", "p", "b"], &["review", "b", "--list"]] {
        let (exit, told) = folder.run(words);
        assert!(
            exit == 5 && told.contains("2016.ron` cannot be read: it is a broken link"),
            "{words:?}: {exit} {told}"
        );
    }
    let folder = club("lost-snapshots");
    folder.link("moved", "b/snapshots");
    let (exit, told) = folder.run(&["test", "b"]);
    assert!(exit == 5 && told.contains("snapshots` cannot be read: it is a broken link"), "{exit} {told}");
}

// ---- what is written ---------------------------------------------------------------------------------------------------

const TABLE: &str = "id,held_on\na,2015-02-01\n";

fn table(name: &str) -> Folder {
    let policy = "agreement b \"B\"\n  in force from 2015-01-01\nevent meeting on held_on\n  held_on: date\nactor k\nduty p § 3\n  k shall \
                  hold meeting\n  by 2015-03-01\n";
    Folder::of(name, &[("b.overens", policy), ("meeting.csv", TABLE)])
}

#[test]
fn a_copy_and_a_report_to_one_file_are_refused() {
    let folder = table("same-file");
    let words = ["eval", "b.overens", "meeting=meeting.csv", "--as-of", "2015-06-01", "--annotate", "x.xlsx"];
    for other in ["xlsx=x.xlsx", "html=./x.xlsx"] {
        let (exit, told) = folder.run(&[&words[..], &["--report", other]].concat());
        assert!(exit == 2 && told.contains("two reports would be written to `x.xlsx`"), "{other}: {exit} {told}");
    }
    assert!(!folder.0.join("x.xlsx").exists());
    let (exit, told) = folder.run(&[&words[..], &["--report", "xlsx=y.xlsx"]].concat());
    assert!(exit == 0 && folder.0.join("y.xlsx").exists() && folder.0.join("x.xlsx").exists(), "{told}");
}

#[test]
fn no_report_is_written_where_one_would_replace_a_text() {
    let folder = table("replace");
    folder.write("other.overens", "agreement other \"O\"\n  mistake\n");
    let eval = ["eval", "b.overens", "meeting=meeting.csv", "--as-of", "2015-06-01"];
    let commands: [(&[&str], &str); 5] = [
        (&eval, "b.overens"),
        (&eval, "./meeting.csv"),
        (&["eval", "b.overens", "other.overens", "--as-of", "2015-06-01"], "other.overens"),
        (&["check", "b.overens"], "b.overens"),
        (&["diff", "b.overens", "b.overens", "--facts", "meeting=meeting.csv", "--as-of", "2015-06-01"], "meeting.csv"),
    ];
    for (words, text) in commands {
        let before = folder.read(text);
        let report = format!("json={text}");
        let (exit, told) = folder.run(&[words, &["--report", "html=a.html", "--report", &report]].concat());
        assert!(exit == 2 && told.contains("a report would overwrite it"), "{words:?}: {exit} {told}");
        assert!(!told.contains("satisfied") && !folder.0.join("a.html").exists(), "{words:?}: {told}");
        assert_eq!(folder.read(text), before);
    }
}

#[cfg(unix)]
#[test]
fn no_report_is_written_by_way_of_a_linked_folder() {
    let folder = table("linked-folder");
    std::fs::create_dir_all(folder.0.join("elsewhere/deep")).unwrap();
    std::fs::create_dir_all(folder.0.join("in/real")).unwrap();
    folder.link("../elsewhere", "in/out");
    folder.link("real", "in/within");
    let absolute = format!("html={}", folder.0.join("in/out/r.html").display());
    for report in ["html=in/out/r.html", "html=in/out/deep/r.html", &absolute] {
        let (exit, told) = folder.run(&["check", "b.overens", "--report", report]);
        assert!(exit == 5 && told.contains("a link that leads out of its folder"), "{report}: {exit} {told}");
    }
    assert_eq!(std::fs::read_dir(folder.0.join("elsewhere")).unwrap().count(), 1);
    for report in ["html=in/within/r.html", "html=elsewhere/r.html"] {
        assert_eq!(folder.run(&["check", "b.overens", "--report", report]).0, 0, "{report}");
    }
}

// ---- what is named -----------------------------------------------------------------------------------------------------

#[test]
fn what_is_named_twice_is_not_dropped_in_silence() {
    let folder = table("twice");
    folder.write("f.ron", "(agreement: \"b\", as_of: \"2015-06-01\", meeting: [])");
    let as_of = ["--as-of", "2015-06-01"];
    let commands: [&[&str]; 5] = [
        &["eval", "b.overens", "f.ron", "./f.ron"],
        &[&["eval", "b.overens", "meeting=meeting.csv", "meeting=./meeting.csv"], &as_of[..]].concat(),
        &["why", "p", "b.overens", "f.ron", "f.ron"],
        &["check", "b.overens", "--facts", "f.ron", "--facts", "f.ron"],
        &["diff", "b.overens", "b.overens", "--facts", "f.ron", "f.ron"],
    ];
    for words in commands {
        let (exit, told) = folder.run(words);
        assert!(exit == 2 && told.contains("are given twice"), "{words:?}: {exit} {told}");
    }
    for command in ["check", "test", "eval"] {
        let (_, told) = folder.run(&[command, "b.overens", "./b.overens"]);
        assert!(told.contains("note: `./b.overens` is given twice and read once"), "{command}: {told}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_there_and_cannot_be_read_ends_with_five_whoever_names_it() {
    let scenario = |facts: &str| format!("{POLICY}scenario \"S\"\n  facts \"{facts}\"\n  expect p violated\n");
    let folder = Folder::of(
        "named",
        &[("a.overens", "agreement a \"A\"\n  in force from 2015-01-01\nimport \"loop.overens\"\n")],
    );
    folder.link("loop.overens", "loop.overens");
    folder.link("loop.ron", "loop.ron");
    folder.write("loop/s.overens", &scenario("../loop.ron"));
    folder.write("s.overens", &scenario("loop.ron"));
    folder.write("b.overens", POLICY);
    folder.write("f.ron", "(agreement: \"b\", as_of: \"2015-06-01\", n: 5, files: [\"loop.ron\"])");
    for words in [
        &["check", "a.overens"][..],
        &["check", "s.overens"],
        &["test", "s.overens"],
        &["eval", "b.overens", "f.ron"],
        &["eval", "b.overens", "loop.ron"],
    ] {
        let (exit, told) = folder.run(words);
        assert_eq!(exit, 5, "{words:?}: {told}");
    }
}

#[test]
fn a_scenario_with_wrong_facts_ends_check_and_test_alike() {
    let scenario = format!("{POLICY}scenario \"S\"\n  facts \"f.ron\"\n  expect p violated\n");
    let folder = Folder::of("scenario", &[("s.overens", &scenario)]);
    let both = |expected: i32| {
        for command in ["check", "test"] {
            let (exit, told) = folder.run(&[command, "s.overens"]);
            assert_eq!(exit, expected, "{command}: {told}");
        }
    };
    // The policy names what is not there; then what is there is wrong.
    both(3);
    folder.write("f.ron", "(agreement: \"b\", as_of: \"2015-06-01\", n: \"many\")");
    both(4);
    folder.write("f.ron", FACTS);
    both(0);
}

#[cfg(unix)]
#[test]
fn one_stray_link_holds_up_none_of_the_other_agreements() {
    let folder =
        Folder::of("stray", &[("all/b/b.overens", POLICY), ("all/b/facts/2015.ron", FACTS), ("out.overens", POLICY)]);
    std::fs::create_dir(folder.0.join("all/c")).unwrap();
    folder.link("../../out.overens", "all/c/x.overens");
    let (exit, told) = folder.run(&["eval", "all"]);
    assert!(exit == 3 && told.contains("is outside") && told.contains("violated"), "{exit} {told}");
    let (exit, told) = folder.run(&["check", "all"]);
    assert!(exit == 3 && told.contains("1 clause"), "{exit} {told}");
}

#[test]
fn a_root_has_to_be_a_folder() {
    let folder = club("root");
    for (root, exit) in [("none", 5), ("b/b.overens", 2), (".", 1)] {
        let (came, told) = folder.run(&["eval", "b", "--root", root]);
        assert_eq!(came, exit, "{root}: {told}");
    }
}

// ---- texts -------------------------------------------------------------------------------------------------------------

#[test]
fn each_mark_of_a_merge_tells_by_itself() {
    let folder = club("marks");
    for (at, mark) in ["<<<<<<< HEAD", "||||||| base", "=======", ">>>>>>> other"].into_iter().enumerate() {
        folder.write("m.overens", &POLICY.replace("duty p", &format!("{mark}\nduty p")));
        let (exit, told) = folder.run(&["check", "m.overens"]);
        assert!(exit == 3 && told.matches("error[").count() == 1 && told.contains("unfinished-merge"), "{at}: {told}");
        for (ending, text) in [
            ("ron", format!("(agreement: \"b\",\n{mark}\nn: 5)")),
            ("json", format!("{{\"agreement\": \"b\",\n{mark}\n\"n\": 5}}")),
            ("yaml", format!("agreement: b\n{mark}\nn: 5\n")),
            ("toml", format!("agreement = \"b\"\n{mark}\nn = 5\n")),
        ] {
            let file = format!("m.{ending}");
            folder.write(&file, &text);
            let (exit, told) = folder.run(&["check", "b", "--facts", &file]);
            let once = told.matches("error[").count() == 1;
            assert!(exit == 4 && once && told.contains("unfinished-merge"), "{file} {at}: {told}");
        }
    }
    // A line of more signs, and one that is moved in, are none.
    folder.write("m.overens", &format!("{POLICY}  note \"a\n========\n ======= b\n\"\n"));
    let (exit, told) = folder.run(&["check", "m.overens"]);
    assert_eq!(exit, 0, "{told}");
}

/// In which order the bytes of a sign stand.
type Order = fn(u16) -> [u8; 2];

#[test]
fn a_text_in_utf_16_is_one_finding() {
    let bytes = |text: &str, mark: &[u8], order: Order| -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(order)).collect()
    };
    let (little, big): (Order, Order) = (u16::to_le_bytes, u16::to_be_bytes);
    let ways: [(&[u8], Order); 4] = [(&[0xff, 0xfe], little), (&[0xfe, 0xff], big), (&[], little), (&[], big)];
    let folder = club("utf-16");
    std::fs::create_dir(folder.0.join("b/amendments")).unwrap();
    let one = |words: &[&str]| {
        let (exit, told) = folder.run(words);
        let findings = told.matches("error[").count();
        assert!(exit > 2 && findings == 1 && told.contains("UTF-16"), "{words:?}: {exit} {told}");
    };
    for (mark, order) in ways {
        std::fs::write(folder.0.join("p.overens"), bytes(POLICY, mark, order)).unwrap();
        one(&["check", "p.overens"]);
        std::fs::write(folder.0.join("f.ron"), bytes(FACTS, mark, order)).unwrap();
        one(&["check", "b", "--facts", "f.ron"]);
        std::fs::write(folder.0.join("b/amendments/more.overens"), bytes(AMENDMENT, mark, order)).unwrap();
        one(&["check", "b"]);
        std::fs::remove_file(folder.0.join("b/amendments/more.overens")).unwrap();
    }
}

#[test]
fn facts_that_are_no_record_are_told_how_to_write_one_in_their_own_notation() {
    let folder = club("no-record");
    for (file, text, words) in [
        ("f.json", "[]", "write `{` and `}`"),
        ("f.yaml", "null\n", "`as_of: 2015-02-01`"),
        ("f.yml", "- a\n", "`as_of: 2015-02-01`"),
        ("f.ron", "[]", "write `(` and `)`"),
    ] {
        folder.write(file, text);
        let (exit, told) = folder.run(&["check", "b", "--facts", file]);
        assert!(exit == 4 && told.contains(words), "{file}: {exit} {told}");
    }
}

#[test]
fn signs_and_words_that_are_not_of_the_language_are_told_the_words_to_write() {
    let folder = club("words");
    for (was, is, words) in [
        ("at most 10", "≤ 10", "write `is at most` instead of `≤`"),
        ("n is at most 10", "n ≥ 10", "write `is at least` instead of `≥`"),
        ("n is at most 10", "n ≠ 10", "write `is not` instead of `≠`"),
        ("n is at most 10", "!(n is 10)", "write `not` instead of `!`"),
        ("k shall", "k will", "write `shall` instead of `will`"),
        ("k shall", "k shall not", "write `must not` instead of `shall not`"),
        ("k shall", "k cannot", "write `must not` instead of `cannot`"),
    ] {
        let text = POLICY.replace(was, is).replace("n is ≤", "n ≤");
        folder.write("w.overens", &text);
        let (exit, told) = folder.run(&["check", "w.overens"]);
        assert!(exit == 3 && told.contains(words), "{is}: {exit} {told}");
    }
}
