//! The binary: its help, its exit codes and `explain`.

use assert_cmd::Command;
use insta::assert_snapshot;
use overens::cli::{Exit, apology};
use overens::diagnostics::codes;

fn overens(words: &[&str]) -> Command {
    let mut command = Command::cargo_bin("overens").unwrap();
    command.args(words);
    command
}

fn results(words: &[&str]) -> String {
    String::from_utf8(overens(words).assert().success().stderr("").get_output().stdout.clone()).unwrap()
}

fn messages(words: &[&str], code: i32) -> String {
    String::from_utf8(overens(words).assert().code(code).stdout("").get_output().stderr.clone()).unwrap()
}

#[test]
fn the_worst_exit_wins_in_the_documented_order() {
    let worst_first =
        [Exit::Bug, Exit::Limit, Exit::File, Exit::CommandLine, Exit::Policy, Exit::Facts, Exit::No, Exit::Yes];
    assert_eq!(worst_first.map(Exit::code), [70, 6, 5, 2, 3, 4, 1, 0]);
    for (rank, worse) in worst_first.into_iter().enumerate() {
        for milder in &worst_first[rank..] {
            assert_eq!(worse.worst_of(*milder), worse);
            assert_eq!(milder.worst_of(worse), worse);
        }
    }
}

#[test]
fn without_a_command_a_short_help_with_an_example_is_shown() {
    assert_snapshot!(messages(&[], 2));
}

#[test]
fn help_and_version_are_results() {
    assert!(results(&["--help"]).contains("Explain what the code of a finding means"));
    assert!(results(&["--version"]).starts_with("overens "));
}

#[test]
fn the_version_is_told_to_a_program_too() {
    let version: serde_json::Value = serde_json::from_str(&results(&["--version", "--json"])).unwrap();
    assert_eq!(version["name"], "overens");
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(version["language"], "1");
    assert!(messages(&["--json"], 2).contains("--version"));
}

#[test]
fn every_shell_gets_its_completions_with_all_commands() {
    for (shell, sign) in [
        ("bash", "_overens()"),
        ("zsh", "#compdef overens"),
        ("fish", "complete -c overens"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let script = results(&["completions", shell]);
        assert!(script.contains(sign), "{shell}: {script}");
        assert!(
            ["check", "consolidate", "fmt", "new", "watch"].iter().all(|command| script.contains(command)),
            "{shell}"
        );
    }
    assert!(messages(&["completions", "nush"], 2).contains("powershell"));
}

#[test]
fn there_is_a_manual_page_of_overens_and_of_each_command() {
    assert!(results(&["man"]).contains(".TH overens 1"));
    let page = results(&["man", "fmt"]);
    assert!(page.contains(".TH overens-fmt 1") && page.contains("\\-\\-check"), "{page}");
    assert!(messages(&["man", "fmtt"], 2).contains("did you mean `fmt`?"));
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    assert!(messages(&["explian"], 2).contains("explain"));
    assert!(messages(&["explain", "--format", "pdf"], 2).contains("pretty"));
}

#[test]
fn explain_shows_a_page_as_it_was_written_in_a_pipe() {
    assert_eq!(results(&["explain", "not-utf-8"]), codes::NOT_UTF_8.page);
}

#[test]
fn explain_on_a_terminal_takes_the_marks_away() {
    let pretty = results(&["explain", "not-utf-8", "--format", "pretty"]);
    assert!(pretty.starts_with("not-utf-8\n\n") && !pretty.contains(['#', '\u{1b}']), "{pretty}");
    let coloured = results(&["--color", "always", "explain", "not-utf-8", "--format", "pretty"]);
    assert!(coloured.starts_with("\u{1b}[1mnot-utf-8\u{1b}[0m\n"), "{coloured}");
    let never = results(&["explain", "not-utf-8", "--format", "pretty", "--color", "never"]);
    assert_eq!(never, pretty);
}

#[test]
fn explain_gives_a_program_code_severity_and_page() {
    let page: serde_json::Value =
        serde_json::from_str(&results(&["explain", "not-utf-8", "--format", "json"])).unwrap();
    assert_eq!(page["code"], "not-utf-8");
    assert_eq!(page["severity"], "error");
    assert_eq!(page["page"], codes::NOT_UTF_8.page);
}

#[test]
fn explain_without_a_code_lists_all_with_their_first_sentence() {
    let list = results(&["explain"]);
    assert_eq!(list.lines().count(), codes::ALL.len());
    let line = list.lines().find(|line| line.starts_with("not-utf-8 ")).unwrap();
    assert!(line.ends_with("error    The file contains a byte that is not valid UTF-8."), "{line}");
    let all: serde_json::Value = serde_json::from_str(&results(&["explain", "--format", "json"])).unwrap();
    assert_eq!(all.as_array().unwrap().len(), codes::ALL.len());
}

#[test]
fn explain_says_how_a_regime_counts_time_and_by_which_law() {
    assert_snapshot!(results(&["explain", "regime:sweden"]), @r"
    # Sweden 1930:173

    How time is counted under `months Sweden 1930:173`:

        31 January and 1 month        the last day of February
        28 February 2015 and 1 month  28 March
        a last day moves off          Sundays
                                      public holidays
                                      easter eve
                                      midsummer eve
                                      christmas eve
                                      Saturdays from June to September (since 1961-06-01)
                                      Saturdays (since 1966-01-01 at the latest; not stated from 1965-01-01 on)
                                      new year's eve (since 1975-01-01 at the latest; not stated from 1974-12-31 on)
        it moves to                   the next day that is not one of these
        `by D` on such a day          moves, too
        counted back from a day       the day that is counted to, whichever day it is
        needs a calendar              yes
        source                        the Swedish act (1930:173) on the computation of statutory time, 1 and 2 §§
    ");
    for regime in overens::value::Regime::all() {
        let page = results(&["explain", &format!("regime:{regime}")]);
        assert!(page.starts_with(&format!("# {regime}\n")), "{page}");
        assert_eq!(page.contains("    source "), regime.moves(), "{page}");
    }
    assert_eq!(results(&["explain", "regime:"]).lines().count(), overens::value::Regime::all().count());
    assert!(messages(&["explain", "regime:Austri"], 2).contains("write one of `Austria`, `Austria AVG`"));
    assert!(messages(&["explain", "regime:Norwey"], 2).contains("did you mean `Norway`?"));
}

#[test]
fn explain_offers_the_nearest_right_name() {
    assert_snapshot!(messages(&["explain", "not-utff-8"], 2), @r"
    error: no finding has the code `not-utff-8`
    help: did you mean `not-utf-8`?
    ");
    assert_snapshot!(messages(&["explain", "a\u{1b}[2Jzzzzzzzzzzzzzzzzzzzzzz"], 2), @r"
    error: no finding has the code `a<U+001B>[2Jzzzzzzzzzzzzzzzzzzzzzz`
    help: `overens explain` lists all codes
    ");
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let binary = assert_cmd::cargo::cargo_bin("overens");
    let mut explain = std::process::Command::new(binary).arg("explain").stdout(writer).spawn().unwrap();
    assert_eq!(explain.wait().unwrap().code(), Some(0));
}

#[test]
fn an_apology_says_what_to_send() {
    let words = ["overens", "check", "a\u{1b}.overens"].map(str::to_string);
    let apology = apology("panicked at src/x.rs:1:1:\nfar too late", words);
    insta::with_settings!({filters => vec![(env!("CARGO_PKG_VERSION"), "VERSION")]}, {
        assert_snapshot!(apology);
    });
}
