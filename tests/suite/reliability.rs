//! What no text may do: make something vanish, wait, read or write where it has no business, or pass what is a slip in silence.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::load_sheets::{book, data};

const HEAD: &str = "agreement t \"T\"\n  in force from 2015-01-01\n  currency SEK\n";

pub(super) struct Folder(pub PathBuf);

impl Folder {
    pub fn of(name: &str, files: &[(&str, &str)]) -> Folder {
        let path = std::env::temp_dir().join(format!("overens-reliable-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        let folder = Folder(path);
        files.iter().for_each(|(file, text)| folder.write(file, text));
        folder
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.join(file)).unwrap()
    }

    #[cfg(unix)]
    pub fn link(&self, to: &str, from: &str) {
        std::os::unix::fs::symlink(to, self.0.join(from)).unwrap();
    }

    /// The exit code, and everything that was told.
    pub fn run(&self, words: &[&str]) -> (i32, String) {
        let binary = assert_cmd::cargo::cargo_bin("overens");
        let mut command = Command::new(binary);
        // A build server sets `CI`, and there `review` accepts nothing.
        command.args(words).current_dir(&self.0).env_remove("CI").stdin(Stdio::null());
        let run = command.output().unwrap();
        let told = [run.stdout, run.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        (run.status.code().unwrap_or(-1), told)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn checked(name: &str, policy: &str) -> (i32, String) {
    Folder::of(name, &[("policy.overens", policy)]).run(&["check", "policy.overens"])
}

fn judged(name: &str, policy: &str, facts: &str) -> (i32, String) {
    let folder = Folder::of(name, &[("policy.overens", policy), ("facts.ron", facts)]);
    folder.run(&["eval", "policy.overens", "facts.ron", "--format", "jsonl"])
}

fn tells(name: &str, policy: &str, code: &str, words: &str) {
    let (_, told) = checked(name, policy);
    assert!(told.contains(code) && told.contains(words), "{told}");
}

// ---- line ends ---------------------------------------------------------------------------------------------------------

#[test]
fn a_carriage_return_alone_ends_a_comment_in_a_policy_and_in_facts() {
    let policy = format!(
        "{HEAD}record m\n  n: number\nactor k\nduty p\n  for each m\n  k shall ensure n is at most 100\n// last\rduty q\n  for \
         each m\n  k shall ensure n is at most 5\n"
    );
    let (exit, told) =
        judged("cr", &policy, "(as_of: \"2015-06-01\", m: [\n(id: \"a\", n: 1), // ok\r(id: \"b\", n: 500),\n])");
    assert_eq!(exit, 1, "{told}");
    for words in ["\"clause\":\"q\"", "\"subject\":\"b\""] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(told.matches("violated").count(), 2, "{told}");
}

#[test]
fn what_only_some_programs_show_as_a_line_break_is_refused_in_comments() {
    for (at, sign) in ['\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'].into_iter().enumerate() {
        let policy =
            format!("{HEAD}actor k\nduty p\n  k shall ensure 1 is 1\n// last{sign}duty q\n  k shall ensure 1 is 2\n");
        let (exit, told) = checked(&format!("line-{at}"), &policy);
        assert!(exit == 3 && told.contains(&format!("U+{:04X}", u32::from(sign))), "{told}");
        let sound = format!("{HEAD}record m\n  n: number\n");
        for (ending, facts) in [
            ("ron", format!("(as_of: \"2015-06-01\", m: [ // ok{sign}(id: \"b\", n: 500),\n])")),
            ("yaml", format!("as_of: 2015-06-01 # ok{sign}m: []\n")),
            ("toml", format!("as_of = 2015-06-01 # ok{sign}m = []\n")),
        ] {
            let name = format!("facts.{ending}");
            let folder = Folder::of(&format!("line-{at}-{ending}"), &[("policy.overens", &sound), (&name, &facts)]);
            let (exit, told) = folder.run(&["eval", "policy.overens", &name]);
            assert!(exit == 4 && told.contains(&format!("U+{:04X}", u32::from(sign))), "{ending} {told}");
        }
    }
}

#[test]
fn places_count_lines_as_the_readers_do() {
    let (_, told) = checked("places", &format!("{}duty p\r  k shal ensure 1 is 1\r", HEAD.replace('\n', "\r")));
    assert!(told.contains("policy.overens:5:5"), "{told}");
}

#[test]
fn a_column_on_a_long_line_is_that_of_its_character() {
    let names = "\"å\", ".repeat(20_000);
    let facts = format!("(as_of: \"2015-06-01\", m: [(id: \"a\", names: [{names}1])])");
    let (_, told) = judged("column", &format!("{HEAD}record m\n  names: set of text\n"), &facts);
    assert!(told.contains(&format!("facts.ron:1:{}", facts.chars().count() - 4)), "{told}");
}

// ---- what a text may make a run read -----------------------------------------------------------------------------------

fn importing(path: &str) -> String {
    format!("{HEAD}import \"{path}\"\nactor k\nduty p\n  k shall ensure 1 is 1\n")
}

#[test]
fn what_lies_outside_is_refused_without_being_read() {
    let folder =
        Folder::of("outside", &[("outside/notes.overens", "PRIVATE words\n"), ("outside/notes.ron", "PRIVATE\n")]);
    folder.write("in/policy.overens", &importing("../outside/notes.overens"));
    let (exit, told) = folder.run(&["check", "in/policy.overens"]);
    assert!(exit == 3 && told.contains("outside-the-root") && !told.contains("PRIVATE"), "{told}");
    // The same through an absolute path, and as facts that facts or a scenario name.
    folder.write("in/policy.overens", &importing(&folder.0.join("outside/notes.overens").display().to_string()));
    let (exit, told) = folder.run(&["check", "in/policy.overens"]);
    assert!(exit == 3 && !told.contains("PRIVATE"), "{told}");
    folder.write("in/policy.overens", &format!("{HEAD}fact n: number\n"));
    folder.write("in/facts.ron", "(as_of: \"2015-06-01\", files: [\"../outside/notes.ron\"])");
    let (exit, told) = folder.run(&["eval", "in/policy.overens", "in/facts.ron"]);
    assert!(exit == 4 && told.contains("outside-the-root") && !told.contains("PRIVATE"), "{told}");
    for name in ["notes.tsv", "notes.xlsx"] {
        folder.write(&format!("outside/{name}"), "PRIVATE\n");
        folder.write(
            "in/facts.ron",
            &format!("(as_of: \"2015-06-01\", files: [(path: \"../outside/{name}\", record: \"k\")])"),
        );
        let (exit, told) = folder.run(&["eval", "in/policy.overens", "in/facts.ron"]);
        assert!(exit == 4 && told.contains("outside-the-root") && !told.contains("PRIVATE"), "{told}");
    }
    let scenario = "fact n: number\nscenario \"s\"\n  facts \"../outside/notes.ron\"\n  as of 2015-06-01\n  expect p \
                    satisfied\nactor k\nduty p\n  k shall ensure n is 1\n";
    folder.write("in/policy.overens", &format!("{HEAD}{scenario}"));
    let (_, told) = folder.run(&["check", "in/policy.overens"]);
    assert!(told.contains("outside-the-root") && !told.contains("PRIVATE"), "{told}");
}

#[test]
fn a_folder_that_is_named_as_root_may_be_used_and_so_may_what_the_command_line_names() {
    let folder = Folder::of("root", &[("common/people.overens", "record person\n  n: number\n")]);
    folder.write("in/policy.overens", &importing("../common/people.overens"));
    assert_eq!(folder.run(&["check", "in/policy.overens"]).0, 3);
    let (exit, told) = folder.run(&["check", "in/policy.overens", "--root", "."]);
    assert_eq!(exit, 0, "{told}");
    // A repository is a root by itself, and so is a folder with policies in folders of their names.
    std::fs::create_dir(folder.0.join(".git")).unwrap();
    assert_eq!(folder.run(&["check", "in/policy.overens"]).0, 0);
    std::fs::remove_dir(folder.0.join(".git")).unwrap();
    std::fs::rename(folder.0.join("in/policy.overens"), folder.0.join("in/in.overens")).unwrap();
    assert_eq!(folder.run(&["check", "in/in.overens"]).0, 0);
    folder.write("elsewhere/facts.ron", "(as_of: \"2015-06-01\", files: [\"more.ron\"])");
    folder.write("elsewhere/more.ron", "(person: [])");
    let (exit, told) = folder.run(&["eval", "in/in.overens", "elsewhere/facts.ron", "--allow-empty"]);
    assert_eq!(exit, 0, "{told}");
}

#[cfg(unix)]
#[test]
fn links_out_of_the_root_are_not_followed() {
    let folder =
        Folder::of("links", &[("outside/notes.overens", "PRIVATE words\n"), ("outside/2015.ron", "PRIVATE\n")]);
    folder.write("in/policy.overens", &importing("people.overens"));
    folder.link("../outside/notes.overens", "in/people.overens");
    let (exit, told) = folder.run(&["check", "in/policy.overens"]);
    assert!(exit == 3 && !told.contains("PRIVATE"), "{told}");
    folder.write("in/policy.overens", &format!("{HEAD}fact n: number\n"));
    folder.link("../outside", "in/facts");
    let (exit, told) = folder.run(&["eval", "in/policy.overens"]);
    assert!(exit == 4 && told.contains("is outside") && !told.contains("PRIVATE"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_text_makes_no_run_wait() {
    for (at, path) in ["-", "/dev/stdin", "/dev/zero", "pipe"].into_iter().enumerate() {
        let folder = Folder::of(&format!("wait-{at}"), &[("policy.overens", &importing(path))]);
        let made = Command::new("mkfifo").arg(folder.0.join("pipe")).status().unwrap();
        assert!(made.success());
        let (exit, told) = folder.run(&["check", "policy.overens", "--limit", "seconds=20"]);
        assert!(matches!(exit, 3 | 5), "{path} {exit} {told}");
    }
}

#[test]
fn an_import_that_is_there_and_cannot_be_read_ends_with_five() {
    let folder = Folder::of("unreadable", &[("policy.overens", &importing("folder"))]);
    std::fs::create_dir(folder.0.join("folder")).unwrap();
    let (exit, told) = folder.run(&["check", "policy.overens"]);
    assert!(exit == 5 && told.contains("unreadable-import"), "{told}");
}

// ---- what is written ---------------------------------------------------------------------------------------------------

const SOUND: &str = "fact n: number\nactor k\nduty p\n  k shall ensure n is at most 10\n";
const FACTS: &str = "(agreement: \"t\", as_of: \"2015-06-01\", n: 3)";

fn sound(name: &str) -> Folder {
    Folder::of(name, &[("policy.overens", &format!("{HEAD}{SOUND}")), ("facts.ron", FACTS)])
}

#[cfg(unix)]
#[test]
fn no_report_is_written_through_a_link_out_of_its_folder() {
    let folder = sound("report-link");
    folder.write("elsewhere/letter.txt", "keep me\n");
    std::fs::create_dir(folder.0.join("out")).unwrap();
    folder.link("../elsewhere/letter.txt", "out/report.csv");
    folder.link("../elsewhere/none.txt", "out/new.csv");
    for report in ["csv=out/report.csv", "csv=out/new.csv"] {
        let (exit, told) = folder.run(&["eval", "policy.overens", "facts.ron", "--report", report]);
        assert!(exit == 5 && told.contains("a link that leads out of its folder"), "{told}");
    }
    assert_eq!(folder.read("elsewhere/letter.txt"), "keep me\n");
    assert!(!folder.0.join("elsewhere/none.txt").exists());
}

#[cfg(unix)]
#[test]
fn no_snapshot_is_written_through_a_link_out_of_its_folder() {
    let folder =
        Folder::of("snap-link", &[("in/policy.overens", &format!("{HEAD}{SOUND}")), ("in/facts/f.ron", FACTS)]);
    std::fs::create_dir(folder.0.join("elsewhere")).unwrap();
    folder.link("../elsewhere", "in/snapshots");
    let accept = ["review", "in", "--accept", "*", "--by", "anna", "--reason", "first"];
    let (exit, told) = folder.run(&accept);
    assert_ne!(exit, 0, "{told}");
    assert_eq!(std::fs::read_dir(folder.0.join("elsewhere")).unwrap().count(), 0, "{told}");
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_anything_is_judged() {
    let folder = sound("report-early");
    let (exit, told) = folder.run(&["eval", "policy.overens", "facts.ron", "--report", "csv=none/report.csv"]);
    assert!(exit == 5 && !told.contains("satisfied"), "{told}");
}

#[test]
fn what_a_killed_run_left_half_written_is_taken_away_by_the_next() {
    let folder = sound("half");
    folder.write(".report.csv.4711.half", "half a re");
    let (exit, told) = folder.run(&["eval", "policy.overens", "facts.ron", "--report", "csv=report.csv"]);
    assert_eq!(exit, 0, "{told}");
    assert!(!folder.0.join(".report.csv.4711.half").exists());
    assert!(folder.read("report.csv").contains("satisfied"));
}

/// `OVERENS_KILLS=200` ends two hundred runs amid their writing; three are ended in every run of the tests.
#[cfg(unix)]
#[test]
fn a_run_that_is_ended_leaves_the_old_report_or_the_new_one_and_nothing_half_written() {
    let policy =
        format!("{HEAD}record m\n  n: number\nactor k\nduty p\n  for each m\n  k shall ensure n is at most 5\n");
    let rows: String = (0..20_000).map(|at| format!("m{at},{}\n", at % 9)).collect();
    let folder = Folder::of("ended", &[("policy.overens", &policy), ("facts.csv", &format!("id,n\n{rows}"))]);
    let words = ["eval", "policy.overens", "m=facts.csv", "--as-of", "2015-06-01", "--report", "csv=report.csv"];
    let half = || {
        let names = std::fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().ends_with(".half")).count()
    };
    assert_eq!(folder.run(&words).0, 1);
    let whole = folder.read("report.csv");
    let many = std::env::var("OVERENS_KILLS").ok().and_then(|many| many.parse().ok()).unwrap_or(3);
    for signal in ["INT", "TERM", "KILL"].into_iter().cycle().take(many) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("overens"));
        command.args(words).current_dir(&folder.0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let own = folder.0.join(format!(".report.csv.{}.half", child.id()));
        while !own.exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let _ =
            Command::new("kill").arg(format!("-{signal}")).arg(child.id().to_string()).stderr(Stdio::null()).status();
        child.wait().unwrap();
        assert_eq!(folder.read("report.csv"), whole, "{signal}");
        // Nobody can clean up behind a run that is killed outright but the next one.
        assert!(!own.exists() || signal == "KILL", "{signal}");
    }
    assert_eq!(folder.run(&words).0, 1);
    assert_eq!(half(), 0);
}

#[test]
fn the_head_of_a_snapshot_is_covered_by_its_checksum() {
    let folder = Folder::of("head", &[("policy.overens", &format!("{HEAD}{SOUND}")), ("facts/f.ron", FACTS)]);
    assert_eq!(folder.run(&["review", ".", "--accept", "*", "--by", "anna", "--reason", "at first"]).0, 0);
    let path = "snapshots/f@2015-06-01.snap";
    let accepted = folder.read(path);
    assert_eq!(folder.run(&["test", "."]).0, 0);
    for (old, new) in [("\"anna\"", "\"berta\""), ("at first", "at last"), ("policy.overens", "other.overens")] {
        folder.write(path, &accepted.replace(old, new));
        let (exit, told) = folder.run(&["test", "."]);
        assert!(exit != 0 && told.contains("snapshot-edited"), "{old}: {told}");
    }
}

// ---- slips -------------------------------------------------------------------------------------------------------------

#[test]
fn an_amount_finer_than_its_unit_is_told() {
    let policy = |amount: &str| {
        format!("{HEAD}fact price: money\nactor k\nduty p\n  k shall ensure price is at most {amount}\n")
    };
    tells("finer", &policy("SEK 10.005"), "finer-than-the-unit", "10.005");
    tells("finer-yen", &policy("JPY 10.5"), "finer-than-the-unit", "JPY 10.5");
    assert!(!checked("unit", &policy("SEK 10.05")).1.contains("finer"));
}

#[test]
fn a_name_that_stands_twice_in_a_list_is_told() {
    let cost = "event bill on sent_on\n  sent_on: date\n  amount: money\nactor city\ncost c\n  for each bill\n  amount is shared in \
                parts 50 % city, 50 % city\n  rounded to SEK 1\n";
    tells("twice", &format!("{HEAD}{cost}"), "named-twice", "`city`");
    let both = "actors a, b\nduty p\n  a and a together shall \"act\"\n  principle calm, calm\n";
    assert_eq!(checked("twice-two", &format!("{HEAD}{both}")).1.matches("named-twice]").count(), 2);
}

#[test]
fn a_last_day_before_the_agreement_is_in_force_is_told() {
    let policy = |day: &str| {
        format!("{HEAD}event report on sent_on\n  sent_on: date\nactor k\ndeadline p\n  k shall send report\n  {day}\n")
    };
    tells("before", &policy("by 2009-01-01"), "over-before-force", "2009-01-01");
    tells("before-span", &policy("between 2009-01-01 and 2009-02-01"), "over-before-force", "2009-02-01");
    tells("before-lapse", &policy("within 28 days after 2009-01-01"), "over-before-force", "2009-01-29");
    tells("before-own", &policy("by 2015-06-30\n  in force from 2016-01-01"), "over-before-force", "2016-01-01");
    assert!(!checked("lapse", &policy("within 28 days after 2015-01-01")).1.contains("over-before-force"));
    assert!(!checked("in-force", &policy("by 2015-01-01")).1.contains("over-before-force"));
}

#[test]
fn a_declaration_that_nothing_uses_is_told_and_an_imported_one_is_not() {
    let used = "import \"more.overens\"\nrecord ghost\n  x: number\nfact price: money\nvalue fee SEK 5\nactors k, nobody\ndefine \
                steep as price is more than SEK 9 // ghost\nduty p\n  k shall ensure price is at most SEK 10\n  note \"nobody\"\n";
    let folder = Folder::of("unused", &[("policy.overens", &format!("{HEAD}{used}")), ("more.overens", "actor far\n")]);
    let (exit, told) = folder.run(&["check", "policy.overens"]);
    assert_eq!(exit, 0, "{told}");
    for name in ["ghost", "fee", "nobody", "steep"] {
        assert!(told.contains(&format!("`{name}`")), "{name}: {told}");
    }
    assert!(!told.contains("`far`") && !told.contains("`k`") && !told.contains("`price`"), "{told}");
}

#[test]
fn a_field_that_is_only_there_to_be_judged_by_and_is_not_is_told() {
    let record = "record club\n  name: text\n  founded_on: date\n  size: number\n  heavy: yes/no\n  told: number \"for the minutes\"\n  kind: \
                  one of big, small\n";
    let duty = "actor k\nduty p\n  for each club where size is more than 5\n  k shall ensure kind is big\n";
    let told = checked("unused-field", &format!("{HEAD}{record}{duty}")).1;
    assert!(told.contains("the field `heavy` is never used"), "{told}");
    // Texts and days tell people what a record is, and so does what is described.
    assert_eq!(told.matches("[unused-name]").count(), 1, "{told}");
    // Of a record that nothing uses one finding is enough.
    let told = checked("unused-record", &format!("{HEAD}{record}actor k\nduty p\n  k shall \"act\"\n")).1;
    assert!(told.contains("the record `club`") && !told.contains("the field"), "{told}");
}

#[test]
fn a_duty_beside_a_ban_of_the_same_act_is_told() {
    let policy = |ban: &str| {
        let event = "event report on sent_on\n  sent_on: date\nactors k, l\n";
        format!("{HEAD}{event}duty p\n  k shall send report\n  every calendar year\nprohibition q\n  {ban}\n")
    };
    tells(
        "against",
        &policy("k must not send report\n  every calendar year"),
        "contradicts",
        "`p` requires what `q` prohibits",
    );
    tells("against-always", &policy("k must not send report"), "contradicts", "`q`");
    for (at, ban) in [
        "l must not send report",
        "k must not send report\n  every month",
        "k must not send report\n  gives way to p",
        "k must not send report\n  if 1 is 1",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(!checked(&format!("beside-{at}"), &policy(ban)).1.contains("contradicts"), "{ban}");
    }
}

#[test]
fn contradictions_on_the_command_line_are_refused() {
    let folder = sound("command");
    assert_eq!(folder.run(&["eval", "policy.overens", "facts.ron", "--fail-on", "none,violated"]).0, 2);
    assert_eq!(folder.run(&["eval", "policy.overens", "facts.ron", "--limit", "nonsense=3"]).0, 2);
    let (exit, told) = folder.run(&["eval", "policy.overens", "other=facts.ron"]);
    assert!(exit == 4 && told.contains("record-said-twice"), "{told}");
    std::fs::create_dir(folder.0.join("facts")).unwrap();
    std::fs::rename(folder.0.join("facts.ron"), folder.0.join("facts/facts.ron")).unwrap();
    let (exit, told) = folder.run(&["eval", ".", "."]);
    assert!(exit == 0 && told.contains("1 satisfied") && !told.contains("2 agreements"), "{told}");
}

#[test]
fn a_fact_file_with_only_comments_is_empty() {
    for (ending, text) in
        [("toml", "# nothing yet\n"), ("ron", "// nothing yet\n"), ("yaml", "# nothing yet\n"), ("json", " \n")]
    {
        let name = format!("facts.{ending}");
        let folder =
            Folder::of(&format!("only-{ending}"), &[("policy.overens", &format!("{HEAD}{SOUND}")), (&name, text)]);
        let (exit, told) = folder.run(&["eval", "policy.overens", &name, "--as-of", "2015-06-01"]);
        assert!(exit == 4 && told.contains("empty-file"), "{ending}: {told}");
    }
}

#[test]
fn what_nobody_sees_in_facts_and_names_is_told_with_its_code_point() {
    let policy = format!("{HEAD}record org\n  name: text\n  tags: set of text\n");
    let facts = |org: &str| format!("(as_of: \"2015-06-01\", org: [{org}])");
    for (at, (org, code)) in [
        ("(id: \"a\", name: \"x\u{200b}y\")", "U+200B"),
        ("(id: \"a\u{202e}b\", name: \"xy\")", "U+202E"),
        ("(id: \"a\", tags: [\"plain\", \"s\u{ad}oft\"])", "U+00AD"),
        ("(id: \"a\", name: \"Lu\u{200d}nd\")", "U+200D"),
        ("(id: \"a\u{34f}b\", name: \"xy\")", "U+034F"),
        ("(id: \"a\", name: \"Malm\u{f6}\u{fe0f}\")", "U+FE0F"),
        ("(id: \"a\", name: \"\u{2800}\")", "U+2800"),
        ("(id: \"a\", name: \"x\u{3164}\")", "U+3164"),
        ("(id: \"a\", name: \"x\u{e000}\")", "U+E000"),
        ("(id: \"a\", name: \"x\u{e0100}\")", "U+E0100"),
    ]
    .into_iter()
    .enumerate()
    {
        let (_, told) = judged(&format!("hidden-{at}"), &policy, &facts(org));
        assert!(told.contains("hidden-character") && told.contains(code), "{told}");
    }
    let (exit, told) = checked("hidden-title", &format!("{HEAD}actor k \"the\u{200b} board\"\n"));
    assert!(exit == 3 && told.contains("U+200B"), "{told}");
    for sign in ['\u{200c}', '\u{115f}', '\u{17b4}', '\u{180b}', '\u{ffa0}', '\u{fe0f}'] {
        let code = format!("U+{:04X}", u32::from(sign));
        for (at, line) in [format!("actor ki{sign}n\n"), format!("actor k \"the{sign} board\"\n")].iter().enumerate() {
            let (exit, told) = checked(&format!("hidden-{code}-{at}"), &format!("{HEAD}{line}"));
            assert!(exit == 3 && told.contains(&code), "{line:?}: {told}");
        }
    }
    // Where a script or a picture is written with them, they hide nothing.
    for name in
        ["\u{2764}\u{fe0f}", "\u{1f469}\u{200d}\u{1f33e}", "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}"]
    {
        let (_, told) = judged("hidden-part-of-it", &policy, &facts(&format!("(id: \"a\", name: \"{name}\")")));
        assert!(!told.contains("hidden-character"), "{told}");
    }
}

#[test]
fn a_comment_of_a_fact_file_cannot_show_what_is_code_in_another_order() {
    let policy = format!("{HEAD}record org\n  name: text\n");
    for (at, sign) in ['\u{202e}', '\u{2066}', '\u{1c}'].into_iter().enumerate() {
        let facts = format!("(as_of: \"2015-06-01\", // now{sign} \norg: [(id: \"a\")])");
        let (exit, told) = judged(&format!("turned-{at}"), &policy, &facts);
        assert!(exit == 4 && told.contains("strange-character"), "{told}");
    }
}

#[test]
fn ids_and_names_that_look_alike_are_told_at_the_second() {
    let policy = format!("{HEAD}record org\n  ok: yes/no\n");
    for (at, (one, other)) in [
        ("commune", "\u{441}ommune"),
        ("Board", "board"),
        ("ﬁsh", "fish"),
        ("fish", "fi\u{200d}sh"),
        ("fish", "fish\u{fe0f}"),
    ]
    .into_iter()
    .enumerate()
    {
        let facts = format!("(as_of: \"2015-06-01\", org: [\n(id: \"{one}\"),\n(id: \"{other}\")])");
        let (_, told) = judged(&format!("alike-{at}"), &policy, &facts);
        assert!(told.contains("looks-alike") && told.contains("facts.ron:3:"), "{told}");
    }
    tells("alike-names", &format!("{HEAD}actors board, Board\n"), "looks-alike", "`Board` looks like `board`");
    tells("alike-mixed", &format!("{HEAD}actor b\u{43e}ard\n"), "looks-alike", "U+043E");
}

// ---- limits ------------------------------------------------------------------------------------------------------------

#[test]
fn a_limit_that_is_reached_ends_with_six_and_says_how_to_move_it() {
    let folder = sound("limits");
    folder.write("wide.csv", &format!("id{}\n", ",x".repeat(5_000)));
    folder.write("wide.tsv", &format!("id{}\n", "\tx".repeat(5_000)));
    let sheet = include_bytes!("../cases/tables/meetings.xls");
    std::fs::write(folder.0.join("meetings.xls"), sheet).unwrap();
    let clause = "actor k\nduty p\n  k shall ensure n is at least v\n";
    let (open, shut) = ("(".repeat(160), ")".repeat(160));
    folder.write("deep.overens", &format!("{HEAD}fact n: number\nvalue v {open}1{shut}\n{clause}"));
    folder.write("deep.ron", &format!("(a: {}{})", "[".repeat(70), "]".repeat(70)));
    folder.write("deep.yaml", &format!("a: {}{}\n", "[".repeat(70), "]".repeat(70)));
    folder.write(
        "daily.overens",
        &format!("{HEAD}event m on held_on\n  held_on: date\nactor k\nduty p\n  k shall hold m\n  every month\n"),
    );
    folder.write("daily.ron", "(agreement: \"t\", as_of: \"2016-06-01\")");
    folder.write("long.csv", "id,held_on\nabcdefghijklmnop,2015-02-01\n");
    let amendment =
        |name: &str| format!("amendment {name}\n  to t\n  takes effect 2015-06-01\n  in force until 2020-01-01\n");
    folder.write("amended.overens", &format!("{HEAD}{}{}", amendment("a"), amendment("b")));
    let powers = "fact n: number\ndefine a as n times n\ndefine b as a times a\nactor k\nduty p\n  k shall ensure b is at least 1\n";
    folder.write("powers.overens", &format!("{HEAD}{powers}"));
    // To the power of four that is 16 with 40 zeros.
    folder.write("powers.ron", "(agreement: \"t\", as_of: \"2016-06-01\", n: 20000000000)");
    for (words, limit) in [
        (&["check", "deep.overens"][..], "depth"),
        (&["eval", "policy.overens", "deep.ron"], "fact-depth"),
        (&["eval", "policy.overens", "deep.yaml"], "fact-depth"),
        (&["eval", "daily.overens", "daily.ron", "--limit", "periods=12"], "periods"),
        (&["eval", "daily.overens", "daily.ron", "--limit", "instances=12"], "instances"),
        (&["eval", "daily.overens", "m=long.csv", "--as-of", "2016-01-01", "--limit", "cell-bytes=15"], "cell-bytes"),
        (&["check", "policy.overens", "--limit", "source-bytes=20"][..], "source-bytes"),
        (&["check", "policy.overens", "--limit", "clauses=0"], "clauses"),
        (&["check", "policy.overens", "--limit", "declarations=0"], "declarations"),
        (&["check", "policy.overens", "--limit", "declaration-bytes=20"], "declaration-bytes"),
        (&["fmt", "--check", "policy.overens", "--limit", "declaration-bytes=20"], "declaration-bytes"),
        (&["check", "amended.overens", "--limit", "amendments=1"], "amendments"),
        (&["eval", "powers.overens", "powers.ron", "--limit", "digits=40"], "digits"),
        (&["eval", "powers.overens", "powers.ron", "--limit", "digits=40", "--format", "jsonl"], "digits"),
        (&["why", "p", "powers.overens", "powers.ron", "--limit", "digits=40"], "digits"),
        (&["eval", "policy.overens", "facts.ron", "--limit", "fact-bytes=20"], "fact-bytes"),
        (&["eval", "policy.overens", "facts.ron", "--limit", "fact-files=0"], "fact-files"),
        (&["eval", "policy.overens", "meeting=wide.csv"], "columns"),
        (&["eval", "policy.overens", "meeting=wide.tsv"], "columns"),
        (&["eval", "policy.overens", "meeting=wide.tsv", "--limit", "table-bytes=20"], "table-bytes"),
        (&["eval", "policy.overens", "meeting=meetings.xls", "--limit", "fact-bytes=20"], "fact-bytes"),
        (&["eval", "policy.overens", "meeting=meetings.xls", "--limit", "columns=1"], "columns"),
    ] {
        let (exit, told) = folder.run(words);
        assert!(exit == 6 && told.contains(&format!("`--limit {limit}=")), "{limit}: {exit} {told}");
    }
    for raised in [
        &["eval", "policy.overens", "facts.ron", "--limit", "fact-bytes=1KiB"][..],
        &["check", "deep.overens", "--limit", "depth=160"],
        &["eval", "daily.overens", "daily.ron", "--limit", "periods=20", "--fail-on", "none"],
        &["eval", "powers.overens", "powers.ron", "--limit", "digits=42"],
        &[
            "eval",
            "daily.overens",
            "m=long.csv",
            "--as-of",
            "2016-01-01",
            "--limit",
            "cell-bytes=16",
            "--fail-on",
            "none",
        ],
    ] {
        let (exit, told) = folder.run(raised);
        assert_eq!(exit, 0, "{raised:?}: {told}");
    }
    for file in ["deep.ron", "deep.yaml"] {
        let (exit, told) = folder.run(&["eval", "policy.overens", file, "--limit", "fact-depth=80"]);
        assert!(exit == 4 && !told.contains("too-deep"), "{file}: {exit} {told}");
    }
}

#[test]
fn a_chain_of_imports_is_followed_only_so_far() {
    let folder = Folder::of("chain", &[("policy.overens", &importing("i0.overens"))]);
    for at in 0..100 {
        folder.write(&format!("i{at}.overens"), &format!("import \"i{}.overens\"\nactor a{at}\n", at + 1));
    }
    folder.write("i100.overens", "actor last\n");
    let (exit, told) = folder.run(&["check", "policy.overens"]);
    assert!(exit == 6 && told.contains("`--limit import-depth="), "{told}");
    let (exit, told) = folder.run(&["check", "policy.overens", "--limit", "import-depth=200"]);
    assert_eq!(exit, 0, "{told}");
}

// ---- words -------------------------------------------------------------------------------------------------------------

#[test]
fn who_writes_as_in_another_language_is_told_the_words() {
    let duty = |act: &str| format!("{HEAD}fact n: number\nfact d: date\nactor k\nduty p\n  k {act}\n");
    for (at, (act, words)) in [
        ("must ensure n is 5", "write `shall` instead of `must`"),
        ("shall ensure n < 5", "write `is less than` instead of `<`"),
        ("shall ensure n >= 5", "write `is at least` instead of `>=`"),
        ("shall ensure n = 5", "write `is` instead of `=`"),
        ("shall ensure n != 5", "write `is not` instead of `!=`"),
        ("shall ensure n is at most 1,5", "write `1.5`"),
        ("shall ensure d is 03/04/2009", "year, month and day"),
    ]
    .into_iter()
    .enumerate()
    {
        tells(&format!("words-{at}"), &duty(act), "syntax", words);
    }
    let version = HEAD.replacen('\n', "\n  overens 9\n", 1);
    tells("version", &format!("{version}actor k\n"), "unknown-version", "the only version is 1");
}

#[test]
fn values_as_spreadsheets_and_other_countries_write_them_are_told_in_the_right_form() {
    let policy = format!("{HEAD}fact n: number\nfact price: money\nfact d: date\nfact hour: time\n");
    for (at, (value, words)) in [
        ("d: 39979", "2009-06-15"),
        ("d: \"39979\"", "2009-06-15"),
        ("d: \"03/04/2009\"", "write `2009-04-03` or `2009-03-04`"),
        ("d: \"31.12.2009\"", "write `2009-12-31`"),
        ("n: \"1,5\"", "write `1.5`"),
        ("n: 1,5", "`1.5`"),
        ("price: \"1,50\"", "write `1.50`"),
        ("hour: \"24:01\"", "run from 00:00 to 24:00"),
    ]
    .into_iter()
    .enumerate()
    {
        let (exit, told) = judged(&format!("values-{at}"), &policy, &format!("(as_of: \"2015-06-01\", {value})"));
        assert!(exit == 4 && told.contains(words), "{value}: {told}");
    }
}

#[test]
fn a_cell_in_a_currency_that_the_agreement_does_not_know_is_told() {
    let policy = format!("{HEAD}record org\n  price: money\n");
    for (at, price) in ["EUR 5", "5 EUR", "5 \u{20ac}"].into_iter().enumerate() {
        let table = format!("id;price\na;SEK 5\nb;{price}\n");
        let folder = Folder::of(&format!("cell-{at}"), &[("policy.overens", &policy), ("org.csv", &table)]);
        let (_, told) = folder.run(&["eval", "policy.overens", "org=org.csv", "--as-of", "2015-06-01"]);
        let finding = "facts-other-currency";
        assert!(told.contains(finding) && told.contains("`price` is in EUR") && told.contains("org.csv:3:3"), "{told}");
    }
}

#[test]
fn two_sheets_of_one_file_are_both_read() {
    let policy = format!("{HEAD}record org\n  price: money\n");
    let sheets = ["a", "b"].map(|id| data(&[&["id", "price"], &[id, "EUR 5"]]));
    let entry = |sheet: &str| format!("(path: \"orgs.xlsx\", record: \"org\", sheet: \"{sheet}\")");
    let facts = format!("(as_of: \"2015-06-01\", files: [{}, {}])", entry("One"), entry("Two"));
    let folder = Folder::of("sheets", &[("policy.overens", &policy), ("facts.ron", &facts)]);
    std::fs::write(folder.0.join("orgs.xlsx"), book(&[("One", &sheets[0]), ("Two", &sheets[1])], &[], "")).unwrap();
    let (_, told) = folder.run(&["eval", "policy.overens", "facts.ron"]);
    assert!(told.contains("sheet One, cell B2") && told.contains("sheet Two, cell B2"), "{told}");
}

#[test]
fn a_merge_that_was_not_finished_is_named_as_such() {
    let merge = |old: &str, new: &str| format!("<<<<<<< HEAD\n{old}\n=======\n{new}\n>>>>>>> other\n");
    tells("merge", &format!("{HEAD}{}", merge("actor a", "actor b")), "unfinished-merge", "unresolved merge conflicts");
    let policy = format!("{HEAD}fact n: number\n");
    for (ending, text) in [
        ("ron", format!("(\n{})", merge("n: 1,", "n: 2,"))),
        ("json", format!("{{\n{}}}", merge("\"n\": 1", "\"n\": 2"))),
        ("yaml", format!("as_of: 2015-06-01\n{}", merge("n: 1", "n: 2"))),
        ("toml", format!("as_of = 2015-06-01\n{}", merge("n = 1", "n = 2"))),
        ("csv", format!("id\n{}", merge("a", "b"))),
        ("tsv", format!("id\tname\n{}", merge("a\tA", "b\tB"))),
        ("txt", format!("id;name\n{}", merge("a;A", "b;B"))),
    ] {
        let name = format!("facts.{ending}");
        let folder = Folder::of(&format!("merge-{ending}"), &[("policy.overens", &policy), (&name, &text)]);
        let (exit, told) = folder.run(&["eval", "policy.overens", &name]);
        assert!(exit == 4 && told.contains("unfinished-merge"), "{ending}: {told}");
    }
}

#[test]
fn an_empty_policy_in_a_folder_is_told_as_by_its_name() {
    for (name, bytes) in [("empty", &b""[..]), ("utf-16", b"\xff\xfea\0g\0")] {
        let folder = Folder::of(&format!("blank-{name}"), &[]);
        std::fs::write(folder.0.join("a.overens"), bytes).unwrap();
        let by_name = folder.run(&["check", "a.overens"]);
        let by_folder = folder.run(&["check", "."]);
        assert_eq!(by_folder.0, by_name.0, "{name}: {}", by_folder.1);
        assert_eq!(by_folder.1.replace("./", ""), by_name.1, "{name}");
    }
}

/// Invariant of the tests above: nothing of the machine's own repository lets their folders be read.
#[test]
fn folders_of_tests_lie_in_no_repository() {
    assert!(!std::env::temp_dir().ancestors().any(|above: &Path| above.join(".git").exists()));
}

#[test]
fn the_reference_lists_every_limit_as_it_is() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/limits.md")).unwrap();
    let rows: Vec<String> = overens::cli::bounds::TABLE
        .iter()
        .map(|row| {
            let most = row.most.map_or_else(|| "none".to_string(), |most| most.to_string());
            format!("| `{}` | {most} | {} | {} |", row.name, row.highest, row.of)
        })
        .collect();
    assert!(page.contains(&rows.join("\n")), "{}", rows.join("\n"));
}

// ---- definitions -------------------------------------------------------------------------------------------------------

#[test]
fn definitions_that_double_are_worked_out_once_each() {
    let doubled = |at: u32| format!("define d{} of m as d{at} plus d{at}\n", at + 1);
    let doubled: String = (0..24).map(doubled).collect();
    let policy = format!(
        "{HEAD}record m\n  n: number\nactor k\ndefine d0 of m as 1 if n is more than 1, otherwise 2\n{doubled}duty p\n  \
         for each m\n  k shall ensure d24 is at most 20000000\n"
    );
    // 1 doubled 24 times is 16 777 216, and 2 is twice that.
    let facts = "(agreement: \"t\", as_of: \"2015-06-01\", m: [(id: \"x\", n: 3), (id: \"y\", n: 1)])";
    let (_, told) = judged("doubled", &policy, facts);
    assert!(told.contains("\"violated\"") && told.contains("\"satisfied\""), "{told}");
}

// ---- what a report rests on ----

const CLUB: &str = "agreement club \"The club\"\n  in force from 2015-01-01\nimport \"words.overens\"\nactor board\nduty yearly\n  board shall send report\n  every calendar year\n  by 1 March\n";
const WORDS: &str = "event report on sent_on\n  sent_on: date\n";
const SENT: &str = "(agreement: \"club\", as_of: \"2015-06-01\", complete: {\"report\": (from: \"2015-01-01\", through: \"2015-06-01\")}, report: [(id: \"r\", sent_on: \"2015-02-10\")])";

fn club(name: &str) -> Folder {
    let folder = Folder::of(name, &[("club.overens", CLUB), ("words.overens", WORDS), ("facts.ron", SENT)]);
    let (exit, told) = folder.run(&["eval", "club.overens", "facts.ron", "--all", "--report", "json=report.json"]);
    assert_eq!(exit, 0, "{told}");
    folder
}

#[test]
fn a_report_is_judged_again_and_is_the_same() {
    let folder = club("verify-same");
    let (exit, told) = folder.run(&["verify", "report.json"]);
    assert_eq!(exit, 0, "{told}");
    assert!(told.starts_with("the same: 1 report, "), "{told}");
    let told = folder.run(&["verify", "report.json", "--format", "json"]).1;
    assert!(told.contains("\"same\": true"), "{told}");
}

#[test]
fn each_text_that_a_report_rests_on_is_named_when_it_is_another() {
    for (file, old, new, part) in [
        ("club.overens", "1 March", "1 February", "policy"),
        ("words.overens", "sent_on: date", "sent_on: date // the day of the mark", "import"),
        ("facts.ron", "2015-02-10", "2015-03-10", "facts"),
    ] {
        let folder = club(&format!("verify-{part}"));
        let text = folder.read(file).replace(old, new);
        folder.write(file, &text);
        let (exit, told) = folder.run(&["verify", "report.json"]);
        assert_eq!(exit, 1, "{told}");
        assert!(told.contains(&format!("{part} `{file}` has changed: digest ")), "{told}");
        let answers = told.contains("yearly, 2015: satisfied");
        assert_eq!(answers, part != "import", "{told}");
    }
}

#[test]
fn a_report_that_was_changed_by_hand_is_told_from_one_whose_texts_were() {
    let folder = club("verify-edited");
    folder.write("report.json", &folder.read("report.json").replace("\"satisfied\"", "\"violated\""));
    let (exit, told) = folder.run(&["verify", "report.json"]);
    assert_eq!(exit, 1, "{told}");
    assert!(
        told.contains("yearly, 2015: violated") && told.contains("the report was changed after it was made"),
        "{told}"
    );
}

/// Every value that a report tells, each changed alone.
#[test]
fn a_report_of_which_any_value_was_changed_is_not_the_same() {
    let folder = club("verify-each");
    let (exit, told) =
        folder.run(&["eval", "club.overens", "facts.ron", "--all", "--reasons", "--report", "json=report.json"]);
    assert_eq!(exit, 0, "{told}");
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let mut unseen = Vec::new();
    for place in places(&report, String::new()) {
        // Texts that are named otherwise are looked for elsewhere, a report of another form is none, and what is asked otherwise may
        // have the same answer.
        if ["/policy", "/schema"].contains(&place.as_str()) || place.ends_with("/file") || place.starts_with("/asked/")
        {
            continue;
        }
        let mut changed = report.clone();
        let value = changed.pointer_mut(&place).unwrap();
        *value = match value {
            serde_json::Value::Number(number) => (number.as_i64().unwrap() + 1).into(),
            serde_json::Value::Bool(is) => (!*is).into(),
            serde_json::Value::String(words) => format!("{words}!").into(),
            _ => "something".into(),
        };
        folder.write("changed.json", &changed.to_string());
        let (exit, told) = folder.run(&["verify", "changed.json"]);
        let is_version = place == "/version";
        if exit == 0 && !(is_version && told.contains("version")) {
            unseen.push(place);
        }
    }
    assert!(unseen.is_empty(), "{unseen:?}");
    let mut more = report.clone();
    more["verdicts"][0]["approved_by"] = "the board".into();
    folder.write("changed.json", &more.to_string());
    let (exit, told) = folder.run(&["verify", "changed.json"]);
    assert!(exit == 1 && told.contains("`approved_by` \"the board\""), "{told}");
}

/// Where the single values of a report stand.
fn places(value: &serde_json::Value, at: String) -> Vec<String> {
    match value {
        serde_json::Value::Array(all) => {
            all.iter().enumerate().flat_map(|(number, one)| places(one, format!("{at}/{number}"))).collect()
        }
        serde_json::Value::Object(fields) => {
            fields.iter().flat_map(|(name, one)| places(one, format!("{at}/{name}"))).collect()
        }
        _ => vec![at],
    }
}

#[test]
fn a_report_on_the_newest_facts_is_judged_again_by_them_when_newer_ones_have_come() {
    let folder =
        Folder::of("verify-newer", &[("club.overens", CLUB), ("words.overens", WORDS), ("facts/2015.ron", SENT)]);
    let (exit, told) = folder.run(&["eval", "club.overens", "--report", "json=report.json"]);
    assert_eq!(exit, 0, "{told}");
    folder.write("facts/2016.ron", &SENT.replace("2015-06-01\", complete", "2016-06-01\", complete"));
    let (exit, told) = folder.run(&["verify", "report.json"]);
    assert!(exit == 0 && told.starts_with("the same: "), "{told}");
}

#[test]
fn a_text_of_a_report_that_is_gone_is_named_and_nothing_is_judged() {
    for file in ["club.overens", "words.overens", "facts.ron"] {
        let folder = club(&format!("verify-gone-{file}"));
        std::fs::remove_file(folder.0.join(file)).unwrap();
        let (exit, told) = folder.run(&["verify", "report.json"]);
        assert!(exit == 5 && told.contains(file), "{told}");
    }
}

#[test]
fn what_came_from_standard_input_is_named_where_it_does_not_come_again() {
    let folder = Folder::of("verify-piped", &[("club.overens", CLUB), ("words.overens", WORDS)]);
    let piped = |words: &[&str], text: &str| {
        let mut command = assert_cmd::Command::cargo_bin("overens").unwrap();
        let run = command.current_dir(&folder.0).args(words).write_stdin(text).output().unwrap();
        (run.status.code().unwrap(), String::from_utf8([run.stdout, run.stderr].concat()).unwrap())
    };
    let (exit, told) = piped(&["eval", "club.overens", "-", "--report", "json=report.json"], SENT);
    assert_eq!(exit, 0, "{told}");
    let (exit, told) = piped(&["verify", "report.json"], "");
    assert!(exit == 5 && told.contains("standard input (`-`), which is empty now"), "{told}");
    let (exit, told) = piped(&["verify", "report.json"], SENT);
    assert!(exit == 0 && told.starts_with("the same: "), "{told}");
}

#[test]
fn an_amendment_that_came_later_is_named_and_no_other_text() {
    let folder = club("verify-amended");
    let amendment = "amendment later\n  to club\n  proposed by board on 2015-05-01\n  takes effect 2017-01-01\n  replace yearly\n    duty yearly\n      board shall send report\n      every calendar year\n      by 1 April\n";
    folder.write("amendments/later.overens", amendment);
    let (exit, told) = folder.run(&["verify", "report.json"]);
    assert!(exit == 1 && told.contains("`amendments/later.overens` was not read then"), "{told}");
    assert!(!told.contains("is no longer read"), "{told}");
}

#[test]
fn a_report_that_stopped_at_a_limit_cannot_be_judged_again() {
    let folder = Folder::of("verify-limit", &[("club.overens", CLUB), ("words.overens", WORDS), ("facts.ron", SENT)]);
    let later = SENT.replace("as_of: \"2015-06-01\"", "as_of: \"2019-06-01\"");
    folder.write("facts.ron", &later);
    let words = ["eval", "club.overens", "facts.ron", "--limit", "instances=1", "--report", "json=report.json"];
    assert_eq!(folder.run(&words).0, 6);
    let (exit, told) = folder.run(&["verify", "report.json"]);
    assert!(exit == 5 && told.contains("stopped at a limit"), "{told}");
}

#[test]
fn a_report_of_texts_that_stand_elsewhere_is_judged_again_where_they_are_named() {
    let folder = club("verify-elsewhere");
    for (from, to) in [
        ("club.overens", "there/club.overens"),
        ("words.overens", "there/words.overens"),
        ("facts.ron", "there/facts.ron"),
    ] {
        folder.write(to, &folder.read(from));
        std::fs::remove_file(folder.0.join(from)).unwrap();
    }
    assert_eq!(folder.run(&["verify", "report.json"]).0, 5);
    let (exit, told) = folder.run(&["verify", "report.json", "there/club.overens", "there/facts.ron"]);
    assert_eq!(exit, 0, "{told}");
    assert!(told.starts_with("the same: "), "{told}");
}

#[test]
fn what_is_no_report_is_refused() {
    let folder = Folder::of("verify-none", &[("a.json", "{\"schema\": \"overens-test/1\"}"), ("b.json", "[1")]);
    for file in ["a.json", "b.json"] {
        let (exit, told) = folder.run(&["verify", file]);
        assert_eq!(exit, 5, "{told}");
        assert!(told.contains("is not a report that can be verified"), "{told}");
    }
}

#[test]
fn a_report_is_the_same_bytes_for_every_zone_language_and_folder() {
    let folder = club("same-bytes");
    let first = folder.read("report.json");
    for (zone, language) in [("UTC", "C"), ("Pacific/Kiritimati", "sv_SE.UTF-8"), ("America/Adak", "tr_TR.UTF-8")] {
        let binary = assert_cmd::cargo::cargo_bin("overens");
        let words = ["eval", "club.overens", "facts.ron", "--all", "--format", "json"];
        let run =
            Command::new(binary).args(words).current_dir(&folder.0).env("TZ", zone).env("LANG", language).output();
        assert_eq!(String::from_utf8(run.unwrap().stdout).unwrap(), first, "{zone}, {language}");
    }
    let elsewhere = club("same-bytes-elsewhere");
    assert_eq!(elsewhere.read("report.json"), first);
}

/// As many hands read a table as there are cores.
#[test]
fn the_same_bytes_come_of_one_core_and_of_several() {
    let policy = format!(
        "{HEAD}event m on held_on\n  held_on: date\n  n: number\nactor k\nduty p\n  for each m\n  k shall ensure n is at most 90\n"
    );
    let folder = Folder::of("cores", &[("p.overens", &policy)]);
    let rows = (0..9_000).map(|at| format!("meeting-{at},2015-0{}-{},{}\n", at % 9 + 1, at % 19 + 10, at * 7 % 100));
    folder.write("rows.csv", &format!("id,held_on,n\n{}", rows.collect::<String>()));
    let words = ["eval", "p.overens", "m=rows.csv", "--as-of", "2016-01-01", "--format", "json"];
    let (exit, first) = folder.run(&words);
    assert_eq!(exit, 1, "{first}");
    for cores in ["0", "1", "0,1"] {
        let binary = assert_cmd::cargo::cargo_bin("overens");
        let run = Command::new("taskset").args(["-c", cores]).arg(binary).args(words).current_dir(&folder.0).output();
        // Without `taskset`, or such a core, nothing is learned.
        let Some(run) = run.ok().filter(|run| run.status.code() == Some(1) && !run.stdout.is_empty()) else { continue };
        assert_eq!(String::from_utf8(run.stdout).unwrap(), first, "{cores}");
    }
    folder.write("report.json", &first);
    let (exit, told) = folder.run(&["verify", "report.json"]);
    assert!(exit == 0 && told.starts_with("the same: 1 report, "), "{told}");
}

// ---- comparisons that bound which rows are looked at ----

/// What is judged of a hundred members, each against a hundred loans, one way and, with an `or` that adds nothing, row by row.
#[test]
fn a_comparison_finds_the_rows_that_a_look_at_each_finds() {
    let head = "agreement t \"T\"\n  in force from 2015-01-01\n  currency SEK\nrecord member\n  tools: number\nevent loan on made_on\n  made_on: date\n  days: number\n  price: money\nactor k\n";
    let sentences = [
        (
            "some loan where days is more than tools",
            "some loan where (days is more than tools or days is more than tools)",
        ),
        ("no loan where days is at most tools", "no loan where (days is at most tools or days is at most tools)"),
        (
            "some loan where tools is less than days",
            "some loan where (tools is less than days or tools is less than days)",
        ),
        (
            "(count of (loan where days is tools)) is at least 2",
            "(count of (loan where (days is tools or days is tools))) is at least 2",
        ),
        (
            "(count of (loan where days is at least tools)) is at most 40",
            "(count of (loan where (days is at least tools or days is at least tools))) is at most 40",
        ),
        ("all loan have days is less than tools", "all loan have (days is less than tools or days is less than tools)"),
        (
            "some loan where made_on is before 2015-02-03 and days is more than tools",
            "some loan where (made_on is before 2015-02-03 or made_on is before 2015-02-03) and (days is more than tools or days is more than tools)",
        ),
        (
            "(count of (loan where price is more than SEK 12.5)) is at least tools",
            "(count of (loan where (price is more than SEK 12.5 or price is more than SEK 12.5))) is at least tools",
        ),
    ];
    let members: Vec<String> = (0..100).map(|at| format!("(id: \"m{at}\", tools: {})", (at * 7) % 90)).collect();
    let loans: Vec<String> = (0..100)
        .map(|at| {
            let days = match at % 11 {
                3 => "days: None, ".to_string(),
                5 => String::new(),
                7 => format!("days: {}.5, ", at % 80),
                _ => format!("days: {}, ", (at * 13) % 80),
            };
            let price = if at % 9 == 4 { String::new() } else { format!("price: \"SEK {}.50\", ", at % 30) };
            format!("(id: \"l{at}\", {days}{price}made_on: \"2015-0{}-{:02}\")", 1 + at % 7, 1 + at % 28)
        })
        .collect();
    for complete in ["complete: {\"loan\": (from: \"2015-01-01\", through: \"2015-06-01\")}, ", ""] {
        let facts = format!(
            "(agreement: \"t\", as_of: \"2015-06-01\", {complete}member: [{}], loan: [{}])",
            members.join(", "),
            loans.join(", ")
        );
        for (bounded, at_each) in sentences {
            let told = |sentence: &str| {
                let policy = format!("{head}duty d\n  for each member\n  k shall ensure {sentence}\n");
                let folder = Folder::of("bounded", &[("p.overens", &policy), ("f.ron", &facts)]);
                let (exit, told) = folder.run(&["eval", "p.overens", "f.ron", "--format", "csv", "--fail-on", "none"]);
                assert_eq!(exit, 0, "{told}");
                told
            };
            assert_eq!(told(bounded), told(at_each), "{bounded}");
        }
    }
}

// ---- what cannot be meant ----

#[test]
fn what_is_plain_is_no_reason_for_a_warning() {
    let policy = format!(
        "{HEAD}event bill on received_on\n  received_on: date\n  amount: money\n  kind: one of rent, power, water\n  parts: number\nactor board\nduty a\n  for each bill where amount is at least SEK 10 and amount is at most SEK 10\n  board shall \"pay\"\n  if kind is rent or kind is power\n  if parts is more than 2 and parts is less than 3\nduty b\n  for each bill where kind is not rent and kind is not power\n  board shall \"pay\"\n  if received_on is after 2015-01-01 and received_on is before 2015-01-03\n  unless amount is more than SEK 100\n"
    );
    let (exit, told) = checked("plain", &policy);
    assert_eq!(exit, 0, "{told}");
    assert!(!told.contains("never-true") && !told.contains("always-true"), "{told}");
}

#[test]
fn what_excludes_itself_is_told() {
    let clause = |lines: &str| {
        format!(
            "{HEAD}event bill on received_on\n  received_on: date\n  amount: money\n  paid: yes/no\n  sender: text required\n  kind: one of rent, power, water\nrecord member\n  tools: number\nactor board\nduty a\n  for each bill\n  board shall ensure {lines}\n"
        )
    };
    for (lines, code) in [
        ("amount is more than SEK 10 and amount is less than SEK 10", "never-true"),
        ("kind is rent and kind is power", "never-true"),
        ("kind is rent and kind is not rent", "never-true"),
        ("received_on is after 2015-03-01 and received_on is no later than 2015-03-01", "never-true"),
        ("received_on is after 2015-03-01 and received_on is before 2015-03-02", "never-true"),
        ("amount is between SEK 20 and SEK 10", "never-true"),
        ("count of member is less than 0", "never-true"),
        ("count of member is more than 1 and count of member is less than 2", "never-true"),
        ("count of different kind of (bill) is at least 4", "never-true"),
        ("count of member is at least 0", "always-true"),
        ("amount is more than SEK 5 or amount is less than SEK 6", "always-true"),
        ("kind is not rent or kind is not power", "always-true"),
        ("kind is rent\n  if amount is more than SEK 5\n  unless amount is more than SEK 3", "never-true"),
        // All words of a list, and none of them.
        ("kind is rent or kind is power or kind is water", "always-true"),
        ("kind is rent or power or water", "always-true"),
        ("kind is not rent and kind is not power and kind is not water", "never-true"),
        ("paid is yes or paid is no", "always-true"),
        // What the facts do not decide.
        ("kind is rent\n  if 1 is 1", "always-true"),
        ("kind is rent\n  if 1 is 2", "never-true"),
        ("kind is rent\n  if SEK 5 is at least SEK 3", "always-true"),
        ("kind is rent\n  if 2015-02-01 is before 2015-01-01", "never-true"),
        ("kind is rent\n  if amount is amount", "always-true"),
        ("kind is rent\n  if amount is not amount", "never-true"),
        ("kind is rent\n  if received_on is after received_on", "never-true"),
        ("kind is rent\n  if sender is given", "always-true"),
        ("kind is rent\n  if sender is missing", "never-true"),
    ] {
        let told = checked("excludes", &clause(lines)).1;
        assert_eq!(told.matches(&format!("[{code}]")).count(), 1, "{lines}: {told}");
    }
}

#[test]
fn duties_that_cannot_both_be_kept_are_told_and_others_are_not() {
    let two = |one: &str, other: &str| {
        format!(
            "{HEAD}event report on sent_on\n  sent_on: date\nrecord member\n  tools: number\nactor board\nduty a\n  board shall {one}\nduty b\n  board shall {other}\n"
        )
    };
    for (one, other, told) in [
        ("ensure count of member is at most 5", "ensure count of member is at least 7", 1),
        ("ensure count of member is at most 7", "ensure count of member is at least 7", 0),
        (
            "send report at least 3 times\n  every calendar year",
            "send report exactly 2 times\n  every calendar year",
            1,
        ),
        ("send report at least 3 times\n  every calendar year", "send report exactly 2 times\n  every quarter", 0),
        (
            "send report at least 3 times\n  every calendar year",
            "send report exactly 2 times\n  every calendar year\n  exception to a",
            0,
        ),
    ] {
        let (_, found) = checked("both", &two(one, other));
        assert_eq!(found.matches("[cannot-both-be-kept]").count(), told, "{one} / {other}: {found}");
    }
}

#[test]
fn limits_windows_and_states_that_nothing_can_keep_are_told_and_others_are_not() {
    let policy = |clause: &str| {
        format!(
            "{HEAD}event bill on received_on\n  received_on: date\n  paid_on: date\n  amount: money\n  kind: one of rent, power\nevent report on sent_on\n  sent_on: date\nrecord member\n  tools: number\nfact open: yes/no over time\nactor board\n{clause}\n"
        )
    };
    let told = |clause: &str| {
        let (_, found) = checked("meant", &policy(clause));
        assert!(!found.contains("[syntax]"), "{clause}: {found}");
        found
    };
    for (clause, code) in [
        ("composition a\n  member shall be less than 0", "never-true"),
        ("composition a\n  member shall be at least 0", "always-true"),
        ("composition a\n  member shall number 2.5", "never-true"),
        ("composition a\n  member shall number 5, tolerance 6 to 8", "never-true"),
        ("composition a\n  member where tools is 3 shall be more than member", "never-true"),
        ("permission a\n  board may send report\n  at most 0 times\n  every calendar year", "never-true"),
        (
            "deadline a\n  for each bill\n  board shall have paid_on\n  between received_on plus 10 days and received_on",
            "impossible-window",
        ),
        (
            "deadline a\n  board shall send report\n  every month\n  by the start of the period minus 1 day",
            "impossible-window",
        ),
        (
            "deadline a\n  for each bill\n  board shall have paid_on\n  at least 3 days after paid_on",
            "impossible-window",
        ),
        ("deadline a\n  board shall send report\n  every quarter\n  by 31 March", "empty-in-some-periods"),
        ("deadline a\n  board shall send report\n  every calendar year\n  by 2015-06-30", "empty-in-some-periods"),
        ("duty a\n  for each bill where kind is rent\n  board shall ensure kind is power", "never-true"),
        (
            "duty a\n  for each bill where amount is more than SEK 5\n  board shall ensure amount is at least SEK 3",
            "always-true",
        ),
        (
            "composition a\n  member shall be at least 5\n  on every day\ncomposition b\n  member shall number 2 to 4\n  on every day",
            "cannot-both-be-kept",
        ),
        // Whoever has to see to it, a bill is one or the other.
        (
            "actor clerk\nduty a\n  for each bill\n  board shall ensure kind is rent\nduty b\n  for each bill\n  clerk shall ensure kind is power",
            "cannot-both-be-kept",
        ),
        (
            "deadline a\n  for each bill\n  board shall have paid_on\n  within 10 days after received_on\ndeadline b\n  for each bill\n  board shall have paid_on\n  at least 30 days after received_on",
            "cannot-both-be-kept",
        ),
        (
            "deadline a\n  board shall send report\n  between 2015-06-01 and 2015-06-30\nprohibition b\n  board must not send report\n  during 2015-05-01 to 2015-07-31",
            "contradicts",
        ),
        (
            "duty a\n  board shall send report where sent_on is given\n  every calendar year\nprohibition b\n  board must not send report",
            "contradicts",
        ),
        (
            "deadline a\n  for each bill\n  board shall have paid_on\n  within 3 days after received_on\ndeadline b\n  board shall send report\n  by the due day of a",
            "due-day-of-which",
        ),
        (
            "define w of member as 1\ncost a\n  for each bill\n  amount is shared in proportion to w among member",
            "same-for-all",
        ),
    ] {
        let found = told(clause);
        assert!(found.contains(&format!("[{code}]")), "{code}: {clause}: {found}");
    }
    let codes = ["never-true", "always-true", "impossible-window", "empty-in-some-periods", "cannot-both-be-kept"];
    for clause in [
        "composition a\n  member where tools is 3 shall be at most half of member",
        "composition a\n  member shall number 5, tolerance 3 to 8",
        "deadline a\n  for each bill\n  board shall have paid_on\n  between received_on and received_on plus 10 days",
        "deadline a\n  board shall send report\n  every quarter\n  by the end of the period minus 3 days",
        "deadline a\n  board shall send report\n  every half-year\n  within 14 days after the end of the period",
        "duty a\n  for each bill where kind is rent\n  board shall ensure amount is at most SEK 5",
        "deadline a\n  for each bill\n  board shall have paid_on\n  within 30 days after received_on\ndeadline b\n  for each bill\n  board shall have paid_on\n  at least 10 days after received_on",
        "deadline a\n  for each bill where kind is rent\n  board shall have paid_on\n  within 10 days after received_on\ndeadline b\n  for each bill where kind is power\n  board shall have paid_on\n  at least 30 days after received_on",
        // On another day it may be otherwise.
        "duty a\n  for each bill where open is yes\n  board shall ensure open is no",
        "composition a\n  member where tools is 3 shall be at least 5\ncomposition b\n  member shall be at most 4",
        // What is let be done by an exception can be done.
        "duty a\n  board shall send report where sent_on is after 2015-03-01\n  every calendar year\nprohibition b\n  board must not send report\npermission c\n  board may send report where sent_on is after 2015-02-01\n  exception to b",
        // Of a greatest number nothing has to be done.
        "duty a\n  board shall send report\n  at most 2 times\n  every calendar year\nprohibition b\n  board must not send report",
        "deadline a\n  board shall send report\n  between 2015-06-01 and 2015-08-30\nprohibition b\n  board must not send report\n  during 2015-05-01 to 2015-07-31",
    ] {
        let found = told(clause);
        for code in codes.iter().chain(&["contradicts", "due-day-of-which", "same-for-all"]) {
            assert!(!found.contains(&format!("[{code}]")), "{clause}: {found}");
        }
    }
}
