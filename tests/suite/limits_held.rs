//! Limits: every command that judges notices each of them, and nothing is judged as if what lies past it were not there.

use super::reliability::Folder;

const HEAD: &str = "agreement hut \"The hut\"\n  in force from 2015-01-01\nrecord club\n  name: text\nevent rep, reps on sent_on\n  \
    club: club\n  sent_on: date\n";
const MONTHLY: &str = "duty m § 3\n  each club shall send rep\n  every month\n";
/// Three records, and two clubs with twelve periods each.
const FACTS: &str = "(\n  agreement: \"hut\",\n  as_of: \"2015-12-31\",\n  complete: { \"rep\": (from: \"2015-01-01\", through: \
    \"2015-12-31\") },\n  club: [(id: \"a\", name: \"A\"), (id: \"b\", name: \"B\")],\n  rep: [(id: \"r\", club: \"a\", sent_on: \
    \"2015-02-01\")],\n)\n";

fn hut(name: &str) -> Folder {
    let twice = format!("{HEAD}duty m § 3\n  each club shall send rep\n  at least 2 times\n  every month\n");
    let scenario = "scenario \"S\"\n  facts \"facts/2015.ron\"\n  expect m for a, 2015-02 satisfied\n";
    let amendment = "amendment often \"Often\"\n  to hut\n  takes effect 2015-06-01\n  replace m\n  duty m § 3\n    each club shall \
                     send rep\n    at least 3 times\n    every month\n";
    let folder = Folder::of(
        name,
        &[
            ("hut/hut.overens", &format!("{HEAD}{MONTHLY}{scenario}")),
            ("hut/facts/2015.ron", FACTS),
            ("hut/amendments/often.overens", amendment),
            ("plain.overens", &format!("{HEAD}{MONTHLY}")),
            ("twice.overens", &twice),
            ("facts.ron", FACTS),
        ],
    );
    std::fs::create_dir(folder.0.join("hut/snapshots")).unwrap();
    let (_, told) = folder.run(&["eval", "plain.overens", "facts.ron", "--report", "json=report.json"]);
    assert!(folder.0.join("report.json").exists(), "{told}");
    folder
}

#[test]
fn every_command_that_judges_ends_with_six_at_each_limit() {
    let folder = hut("limits-all");
    let diff = ["diff", "plain.overens", "twice.overens", "--facts", "facts.ron"];
    let commands: [&[&str]; 13] = [
        &["eval", "plain.overens", "facts.ron"],
        &["eval", "hut", "--with", "often"],
        &["eval", "hut", "plain.overens", "facts.ron"],
        &["why", "m", "plain.overens", "facts.ron"],
        &["why", "m", "plain.overens", "facts.ron", "--for", "a", "--for", "2015-02"],
        &["why", "§ 3", "plain.overens", "facts.ron"],
        &["test", "hut"],
        &["review", "hut", "--list"],
        &diff,
        &[&diff[..], &["--each"]].concat(),
        &[&diff[..], &["--as-if-from", "2015-06-01"]].concat(),
        &["diff", "hut", "hut+often", "--facts", "facts.ron"],
        &["verify", "report.json"],
    ];
    for words in commands {
        let (exit, told) = folder.run(words);
        assert!(exit <= 1 || words[0] == "why", "{words:?}: {exit} {told}");
        for (limit, moved) in [("periods", "periods=5"), ("instances", "instances=5"), ("records", "records=2")] {
            // One verdict is asked for there.
            if limit == "instances" && words.contains(&"--for") {
                continue;
            }
            let (exit, told) = folder.run(&[words, &["--limit", moved]].concat());
            assert!(exit == 6 && told.contains(&format!("`{limit}`")), "{words:?} {moved}: {exit} {told}");
            assert!(told.contains(&format!("`--limit {limit}=")), "{words:?} {moved}: {told}");
            assert!(!told.contains("no verdict flips") && !told.contains("holds"), "{words:?} {moved}: {told}");
        }
    }
    let (exit, told) = folder.run(&[
        "why",
        "m",
        "plain.overens",
        "facts.ron",
        "--for",
        "a",
        "--for",
        "2015-02",
        "--limit",
        "records=3",
    ]);
    assert_eq!(exit, 0, "{told}");
    for words in [&["check", "hut"][..], &["consolidate", "hut", "--as-of", "2015-12-31"]] {
        let (exit, told) = folder.run(&[words, &["--limit", "records=2"]].concat());
        assert!(exit == 6 && told.contains("`records`"), "{words:?}: {exit} {told}");
    }
}

/// Weeks since 1600 are more than 20 000.
#[test]
fn a_comparison_ends_at_the_limits_that_nobody_moved_too() {
    let old = HEAD.replace("2015-01-01", "1600-01-01\n  week days 1 to 7")
        + "duty m § 3\n  each club shall send rep\n  every week\n";
    let new = old.replace("  every week", "  at least 2 times\n  every week");
    let folder = Folder::of("limits-usual", &[("old.overens", &old), ("new.overens", &new), ("facts.ron", FACTS)]);
    let (exit, told) = folder.run(&["diff", "old.overens", "new.overens", "--facts", "facts.ron"]);
    assert!(exit == 6 && told.contains("more than 20000 periods"), "{exit} {told}");
    assert!(!told.contains("affects no party"), "{told}");
}

/// Neither side has weeks since 1600; the one with the other's beginning has.
#[test]
fn a_mixture_that_reaches_a_limit_ends_a_comparison() {
    let policy = |from: &str, cycle: &str| {
        let head = HEAD.replace("2015-01-01", &format!("{from}\n  week days 1 to 7"));
        format!("{head}duty m § 3\n  each club shall send rep\n  every {cycle}\n")
    };
    let (old, new) = (policy("1600-01-01", "calendar year"), policy("2015-01-01", "week"));
    let folder = Folder::of("limits-mixed", &[("old.overens", &old), ("new.overens", &new), ("facts.ron", FACTS)]);
    let (exit, told) = folder.run(&["diff", "old.overens", "new.overens", "--facts", "facts.ron"]);
    assert!(exit == 6 && told.contains("`periods`"), "{exit} {told}");
}

#[test]
fn a_report_says_which_limit_was_reached() {
    let folder = hut("limits-named");
    for (limit, most) in [("periods", 5), ("instances", 7)] {
        let moved = format!("{limit}={most}");
        let words = ["eval", "plain.overens", "facts.ron", "--limit", &moved, "--format"];
        let (exit, told) = folder.run(&[&words[..], &["json"]].concat());
        assert!(exit == 6 && told.contains(&format!("\"limit\": \"{limit}\"")), "{told}");
        assert!(told.contains(&format!("\"stopped_after\": {most}")), "{told}");
        for form in ["plain", "summary"] {
            let (_, told) = folder.run(&[&words[..], &[form]].concat());
            assert!(told.matches(&format!("the limit `{limit}`")).count() >= 2, "{form}: {told}");
        }
    }
}

/// Whoever counts what passed must not take the rest for passed.
#[test]
fn what_is_read_by_a_build_server_says_that_judging_stopped() {
    let folder = hut("limits-forms");
    for limit in ["instances=1", "periods=5"] {
        let words = ["eval", "plain.overens", "facts.ron", "--limit", limit, "--fail-on", "none", "--format"];
        let told = |form: &str| folder.run(&[&words[..], &[form]].concat());
        let (exit, junit) = told("junit");
        assert!(exit == 6 && junit.contains("errors=\"1\"") && junit.contains("was not judged to the end"), "{junit}");
        let (exit, sarif) = told("sarif");
        assert!(exit == 6 && sarif.contains("\"executionSuccessful\":false"), "{sarif}");
    }
}

#[test]
fn what_is_too_much_in_facts_is_said_of_the_fact_file() {
    let folder = hut("limits-blame");
    folder.write("c.csv", "id,name\na,An association with a long name\n");
    let as_of = ["--as-of", "2015-12-31"];
    let commands: [&[&str]; 4] = [
        &[&["eval", "plain.overens", "club=c.csv"], &as_of[..]].concat(),
        &["check", "plain.overens", "--facts", "club=c.csv"],
        &["facts", "plain.overens", "c.csv"],
        &[&["diff", "plain.overens", "twice.overens", "--facts", "club=c.csv"], &as_of[..]].concat(),
    ];
    for words in commands {
        for moved in ["cell-bytes=10", "records=0"] {
            let (exit, told) = folder.run(&[words, &["--limit", moved]].concat());
            assert!(exit == 6 && told.contains("error: c.csv: "), "{words:?} {moved}: {exit} {told}");
        }
    }
}

#[test]
fn facts_that_nest_too_deep_end_with_six_in_every_notation() {
    let folder = hut("limits-deep");
    let (open, shut) = ("[".repeat(300), "]".repeat(300));
    let dotted = "a.".repeat(300);
    for (at, (ending, text)) in [
        ("ron", format!("(a: {open}{shut})")),
        ("json", format!("{{\"a\": {open}{shut}}}")),
        ("yaml", format!("a: {open}{shut}\n")),
        ("yaml", (0..100).map(|at| format!("{}a:\n", " ".repeat(at))).collect()),
        ("toml", format!("a = {open}{shut}\n")),
        ("toml", format!("a = {}{}\n", "[".repeat(70), "]".repeat(70))),
        ("toml", format!("{dotted}b = 1\n")),
        ("toml", format!("[{dotted}b]\nc = 1\n")),
    ]
    .into_iter()
    .enumerate()
    {
        let file = format!("{at}.{ending}");
        folder.write(&file, &text);
        let (exit, told) = folder.run(&["eval", "plain.overens", &file]);
        assert!(exit == 6 && told.contains("the limit `fact-depth`"), "{file}: {exit} {told}");
        // The same for facts that are compared.
        let (exit, told) = folder.run(&["diff", "plain.overens", "twice.overens", "--facts", &file]);
        assert!(exit == 6, "{file}: {exit} {told}");
        let (_, told) = folder.run(&["eval", "plain.overens", &file, "--limit", "fact-depth=120"]);
        assert!(!told.contains("--limit fact-depth"), "{file}: {told}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_a_telling_name_has_the_limit_of_what_it_is_wanted_for() {
    let folder = hut("limits-named-file");
    for (words, limit) in [
        (&["check", "/dev/zero"][..], "source-bytes"),
        (&["eval", "plain.overens", "/dev/zero"], "fact-bytes"),
        (&["eval", "plain.overens", "club=/dev/zero"], "fact-bytes"),
        (&["facts", "plain.overens", "/dev/zero"], "fact-bytes"),
        (&["verify", "/dev/zero"], "fact-bytes"),
    ] {
        let (exit, told) =
            folder.run(&[words, &["--limit", "source-bytes=1000", "--limit", "fact-bytes=1100"]].concat());
        assert!(exit == 6 && told.contains(&format!("the limit `{limit}`")), "{words:?}: {exit} {told}");
    }
}

#[test]
fn a_policy_that_imports_nothing_takes_none_of_the_imports() {
    let folder = Folder::of("limits-imports", &[("a.overens", &format!("{HEAD}import \"b.overens\"\n{MONTHLY}"))]);
    folder.write("b.overens", "record office\n  name: text\n");
    folder.write("c.overens", &format!("{HEAD}{MONTHLY}"));
    for (file, most, expected) in
        [("c.overens", "imports=0", 0), ("a.overens", "imports=0", 6), ("a.overens", "imports=1", 0)]
    {
        let (exit, told) = folder.run(&["check", file, "--limit", most]);
        assert_eq!(exit, expected, "{file} {most}: {told}");
    }
}

#[test]
fn a_limit_at_its_highest_is_not_advised_to_be_raised() {
    let (open, shut) = ("(".repeat(200), ")".repeat(200));
    let policy = format!("agreement t \"T\"\n  in force from 2015-01-01\nfact n: number\nvalue v {open}1{shut}\n");
    let folder = Folder::of("limits-highest", &[("a.overens", &policy)]);
    let (exit, told) = folder.run(&["check", "a.overens", "--limit", "depth=160"]);
    assert!(exit == 6 && told.contains("the limit `depth`") && !told.contains("--limit depth"), "{exit} {told}");
}

/// What the reference says of limits that cannot be moved.
#[test]
fn numbers_have_so_many_digits_as_the_reference_says() {
    let digits = |many: usize| "9".repeat(many);
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/limits.md")).unwrap();
    assert!(page.contains("in YAML and CSV | 1,000 |") && page.contains("JSON Lines and TOML | 200 |"));
    let folder = Folder::of("limits-digits", &[("v.overens", &format!("{HEAD}fact n: number\n"))]);
    for (many, exit) in [(1_000, 0), (1_001, 3)] {
        let text = format!(
            "{HEAD}fact n: number\nactor k\nvalue v {}\nduty p\n  k shall ensure n is at most v\n",
            digits(many)
        );
        folder.write("a.overens", &text);
        assert_eq!(folder.run(&["check", "a.overens"]).0, exit, "{many}");
        folder.write("facts.yaml", &format!("as_of: 2015-06-01\nn: {}\n", digits(many)));
        let told = folder.run(&["check", "v.overens", "--facts", "facts.yaml"]);
        assert_eq!(told.0, if exit == 0 { 0 } else { 4 }, "{many}: {}", told.1);
    }
    for (many, exit) in [(200, 0), (201, 4)] {
        folder.write("facts.ron", &format!("(as_of: \"2015-06-01\", n: {})", digits(many)));
        folder.write("facts.toml", &format!("as_of = 2015-06-01\nn = {}.0\n", digits(many.saturating_sub(2))));
        for file in ["facts.ron", "facts.toml"] {
            let told = folder.run(&["check", "v.overens", "--facts", file]);
            assert_eq!(told.0, exit, "{file}: {}", told.1);
        }
    }
}
