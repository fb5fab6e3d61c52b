//! The binary over facts in every way of writing them: the reports are the same but for the names of the files.

use std::path::PathBuf;

use assert_cmd::Command;

use super::terminal_agreements::{folder, overens};

const POLICY: &str = r#"agreement club "A club"
  overens 1
  in force from 2014-01-01 until further notice

record member, members
  name: text
  honorary: yes/no
  joined_on: date

event report, reports on sent_on
  sender: member
  sent_on: date

actors board

duty honorary § 1
  each member shall ensure honorary is no

deadline sending § 2 "Reports are sent by March"
  for each report
  sender shall have sent_on
  by 31 March of 2014
"#;

const RON: &str = r#"(
  agreement: "club",
  as_of: "2015-01-01",
  member: [(id: "a", name: "Å, B", honorary: true, joined_on: "2014-01-05"), (id: "b", name: "C", honorary: false)],
  report: [(sender: "a", sent_on: "2014-03-01"), (sender: "b", sent_on: "2014-04-01"), (sender: "b", sent_on: "2014-02")],
)"#;

const MEMBERS: &str = "nr;name;honorary;joined_on\na;\"Å, B\";true;2014-01-05\nb;C;false;\n";
const REPORTS: &str = "sender,sent_on\na,2014-03-01\nb,2014-04-01\nb,2014-02\n";
const MANIFEST: &str = r#"(
  agreement: "club",
  as_of: "2015-01-01",
  files: [(record: "member", path: "members.csv", columns: { "nr": "id" }), (record: "reports", path: "reports.csv")],
)"#;

fn club(test: &str, more: &[(&str, &str)]) -> PathBuf {
    let mut files =
        vec![("club.overens", POLICY), ("all.ron", RON), ("members.csv", MEMBERS), ("reports.csv", REPORTS)];
    files.extend_from_slice(more);
    folder(&format!("facts/{test}"), &files)
}

/// The report without its head, and without the places in facts.
fn body(report: &str) -> Vec<String> {
    let without_place = |line: &str| match (line.find(".ron:"), line.find(".csv:")) {
        (None, None) => line.to_owned(),
        (_, _) => line.rsplit_once(" (").map_or(line, |(words, _)| words).to_owned(),
    };
    report
        .lines()
        .filter(|line| !line.starts_with("facts:") && !line.starts_with("judged by"))
        .map(without_place)
        .collect()
}

#[test]
fn a_manifest_names_sheets_with_what_their_columns_mean() {
    let folder = club("manifest", &[("all.manifest.ron", MANIFEST)]);
    let (code, ron, told) = overens(&folder, &["eval", "club.overens", "all.ron", "--all", "--reasons"]);
    assert_eq!((code, told.as_str()), (1, ""));
    let (code, csv, told) = overens(&folder, &["eval", "club.overens", "all.manifest.ron", "--all", "--reasons"]);
    assert_eq!((code, told.as_str()), (1, ""));
    assert_eq!(body(&csv), body(&ron));
    assert!(csv.contains("members.csv:2"), "{csv}");
    assert!(csv.contains("reports.csv:3"), "{csv}");
}

#[test]
fn a_sheet_is_named_with_its_record_at_the_command_line() {
    let by_name = MEMBERS.replace("nr;", "id;");
    let folder = club("named", &[("people.csv", &by_name)]);
    let (_, ron, _) = overens(&folder, &["eval", "club.overens", "all.ron", "--all"]);
    let words = ["eval", "club.overens", "member=people.csv", "report=reports.csv", "--as-of", "2015-01-01", "--all"];
    let (code, csv, told) = overens(&folder, &words);
    assert_eq!((code, told.as_str()), (1, ""));
    assert_eq!(body(&csv), body(&ron));
    let (code, _, told) = overens(&folder, &["eval", "club.overens", "people.csv"]);
    assert!(code == 4 && told.contains("error[record-not-told]"), "{told}");
}

#[test]
fn standard_input_is_written_as_it_is_said() {
    let folder = club("pipe", &[]);
    let (_, ron, _) = overens(&folder, &["eval", "club.overens", "all.ron", "--all"]);
    let mut command = Command::cargo_bin("overens").unwrap();
    command.current_dir(&folder).args(["eval", "club.overens", "all.yaml", "report=-", "--all"]);
    let yaml = "agreement: club\nas_of: 2015-01-01\nmember:\n  - {id: a, name: 'Å, B', honorary: yes, joined_on: 2014-01-05}\n  - \
                {id: b, name: C, honorary: no}\n";
    std::fs::write(folder.join("all.yaml"), yaml).unwrap();
    let piped = command.write_stdin(REPORTS).output().unwrap();
    let piped = String::from_utf8(piped.stdout).unwrap();
    let without_places = |text: &str| text.replace(" (-:", " (x.csv:").replace(".yaml:", ".ron:");
    assert_eq!(body(&without_places(&piped)), body(&ron));
    let mut command = Command::cargo_bin("overens").unwrap();
    let words = ["eval", "club.overens", "-", "--facts-format", "toml", "--allow-empty"];
    let toml = "agreement = \"club\"\nas_of = 2015-01-01\n[[member]]\nid = \"a\"\nhonorary = false\n";
    let run = command.current_dir(&folder).args(words).write_stdin(toml).output().unwrap();
    assert_eq!(String::from_utf8(run.stderr).unwrap(), "");
}

#[test]
fn a_table_on_standard_input_is_read_as_one_in_a_file() {
    let folder = club("pipe_windows", &[]);
    let piped = |words: &[&str], bytes: &[u8]| {
        let mut command = Command::cargo_bin("overens").unwrap();
        let run = command.current_dir(&folder).args(words).write_stdin(bytes).output().unwrap();
        (run.status.code(), String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap())
    };
    let words = ["eval", "club.overens", "member=-", "--as-of", "2015-01-01", "--all", "--allow-empty"];
    // `\u{c5}` is one byte in Windows-1252.
    let (_, results, messages) = piped(&words, b"id;name;honorary\n\xc5sa;\xc5sa;no\n");
    assert!(messages.contains("not valid UTF-8; read as Windows-1252"), "{messages}");
    assert!(!messages.contains("error"), "{results}{messages}");
    let utf_16: Vec<u8> =
        "\u{feff}id;name;honorary\n\u{c5}sa;b;no\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_, results, messages) = piped(&words, &utf_16);
    assert!(!messages.contains("error"), "{results}{messages}");
    // What is no table has to be UTF-8.
    let words = ["eval", "club.overens", "-", "--allow-empty"];
    let (exit, _, messages) =
        piped(&words, b"(agreement: \"club\", as_of: \"2015-01-01\", member: [(id: \"\xc5sa\")])");
    assert!(exit == Some(4) && messages.contains("this byte is not valid UTF-8"), "{messages}");
}

#[test]
fn a_sheet_of_a_spreadsheet_is_read_as_windows_1252_and_that_is_told() {
    let folder = club("windows", &[("all.manifest.ron", MANIFEST)]);
    std::fs::write(folder.join("members.csv"), b"nr;name;honorary\na;\xc5, B \x96 x;yes\nb;C;no\n").unwrap();
    let (code, report, told) = overens(&folder, &["why", "honorary", "club.overens", "all.manifest.ron"]);
    assert!(told.contains("warning[csv-guessed]: not valid UTF-8; read as Windows-1252"), "{told}");
    assert!(report.contains("members.csv:2"), "{code} {report}");
}

#[test]
fn facts_in_sheets_are_compared_and_reviewed_like_others() {
    let folder =
        club("diff", &[("all.manifest.ron", MANIFEST), ("new.overens", &POLICY.replace("31 March", "30 April"))]);
    let (_, of_csv, told) = overens(&folder, &["diff", "club.overens", "new.overens", "--facts", "all.manifest.ron"]);
    assert_eq!(told, "");
    let (_, of_ron, _) = overens(&folder, &["diff", "club.overens", "new.overens", "--facts", "all.ron"]);
    assert_eq!(body(&of_csv), body(&of_ron));
}

#[test]
fn of_very_many_mistakes_fifty_are_shown_and_all_are_counted() {
    // Each another mistake: the same in many cells is one finding.
    let letter = |at: u8| char::from(b'a' + at);
    let word = |row: u16| [row / 676, row / 26 % 26, row % 26].map(|at| letter(u8::try_from(at).unwrap()));
    let rows: String = (0..1_200).map(|row| format!("m{row},x{}\n", String::from_iter(word(row)))).collect();
    let members = format!("id,joined_on\n{rows}");
    let files = [
        ("club.overens", POLICY),
        ("facts.ron", "(agreement: \"club\", as_of: \"2015-01-01\")"),
        ("members.csv", members.as_str()),
    ];
    let folder = folder("facts_very_many_mistakes", &files);
    let (exit, results, messages) = overens(&folder, &["eval", "club.overens", "facts.ron", "member=members.csv"]);
    assert_eq!((exit, results.as_str()), (4, ""));
    assert_eq!(messages.matches("error[").count(), 50);
    // 1,000 are kept, 50 of them shown; 200 are only counted: 950 and 200 are not shown.
    assert!(messages.contains("and 950 more findings in `members.csv`\n"), "{messages}");
    assert!(messages.ends_with("besides these, 200 more findings are not shown: 1150 in all\n"), "{messages}");
}

/// More than four mebibytes: the text is left in its file. The last but one is honorary.
fn very_many() -> String {
    let row = |number: u32| {
        format!(
            "m{number:05},{:.<220},{},2014-01-05\n",
            if number.is_multiple_of(5) { "Å" } else { "B" },
            number == 19_998
        )
    };
    let text =
        std::iter::once("id,name,honorary,joined_on\n".to_owned()).chain((0..20_000).map(row)).collect::<String>();
    assert!(text.len() > 4 << 20);
    text
}

const HEAD: &str = "(agreement: \"club\", as_of: \"2015-01-01\")";

#[test]
fn a_long_table_that_stays_in_its_file_means_what_it_means_from_a_pipe() {
    let text = very_many();
    let folder = folder("facts/long", &[("club.overens", POLICY), ("head.ron", HEAD), ("members.csv", &text)]);
    let (code, read, told) = overens(&folder, &["eval", "club.overens", "head.ron", "member=members.csv"]);
    assert_eq!((code, told.as_str()), (1, ""));
    assert!(read.contains("m19998") && read.contains("members.csv:20000"), "{read}");
    let digest = |source: &str, piped: &str| {
        let words = ["eval", "club.overens", "head.ron", source, "--format", "json"];
        let mut command = Command::cargo_bin("overens").unwrap();
        let run = command.current_dir(&folder).args(words).write_stdin(piped).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        report["facts_digest"].as_str().unwrap().to_owned()
    };
    assert_eq!(digest("member=members.csv", ""), digest("member=-", &text));
}

#[test]
fn a_long_table_in_windows_1252_is_told_and_read_though_it_begins_in_plain_letters() {
    let mut bytes = very_many().replace('Å', "A").into_bytes();
    bytes.extend(b"last,Sk\xe5ne \x96 x,true,2014-01-05\n");
    let folder = folder("facts/long-windows", &[("club.overens", POLICY), ("head.ron", HEAD)]);
    std::fs::write(folder.join("members.csv"), bytes).unwrap();
    let words = ["why", "honorary", "club.overens", "head.ron", "member=members.csv", "--for", "last"];
    let (_, report, told) = overens(&folder, &words);
    assert_eq!(told.matches("not valid UTF-8; read as Windows-1252").count(), 1, "{told}");
    assert!(report.contains("members.csv:20002"), "{report}");
}

#[test]
#[cfg(unix)]
fn a_file_that_changes_while_it_is_read_ends_the_run() {
    use std::io::Write as _;
    let folder = folder("facts/changed", &[("club.overens", POLICY), ("members.csv", &very_many())]);
    let mut run = std::process::Command::new(assert_cmd::cargo::cargo_bin("overens"))
        .current_dir(&folder)
        .args(["eval", "club.overens", "member=members.csv", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = run.stdin.take().unwrap();
    // A first byte is asked for only when the table has been opened.
    pipe.write_all(&vec![b' '; 1 << 20]).unwrap();
    let path = folder.join("members.csv");
    std::fs::OpenOptions::new().append(true).open(path).unwrap().write_all(b"more,B,false,2014-01-05\n").unwrap();
    pipe.write_all(HEAD.as_bytes()).unwrap();
    drop(pipe);
    let run = run.wait_with_output().unwrap();
    assert_eq!((run.status.code(), run.stdout.as_slice()), (Some(5), &[][..]));
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(
        told,
        "error: `members.csv` was changed while it was being read\nhelp: run the command again when nothing is writing to the file\n"
    );
}

const IN_ALL_NOTATIONS: [(&str, &str); 6] = [
    ("all.ron", RON),
    (
        "all.json",
        r#"{"agreement": "club", "as_of": "2015-01-01",
  "member": [{"id": "a", "name": "Å, B", "honorary": true, "joined_on": "2014-01-05"}, {"id": "b", "name": "C", "honorary": false}],
  "report": [{"sender": "a", "sent_on": "2014-03-01"}, {"sender": "b", "sent_on": "2014-04-01"}, {"sender": "b", "sent_on": "2014-02"}]
}"#,
    ),
    (
        "all.yaml",
        "agreement: club\nas_of: 2015-01-01\nmember:\n- id: a\n  name: Å, B\n  honorary: yes\n  joined_on: 2014-01-05\n- \
         {id: b, name: C, honorary: no}\nreport:\n- {sender: a, sent_on: 2014-03-01}\n- {sender: b, sent_on: 2014-04-01}\n- \
         {sender: b, sent_on: 2014-02}\n",
    ),
    (
        "all.toml",
        "agreement = \"club\"\nas_of = 2015-01-01\n[[member]]\nid = \"a\"\nname = \"Å, B\"\nhonorary = true\njoined_on = \
         2014-01-05\n[[member]]\nid = \"b\"\nname = \"C\"\nhonorary = false\n[[report]]\nsender = \"a\"\nsent_on = \
         2014-03-01\n[[report]]\nsender = \"b\"\nsent_on = 2014-04-01\n[[report]]\nsender = \"b\"\nsent_on = \"2014-02\"\n",
    ),
    (
        "all.jsonl.ron",
        r#"(agreement: "club", as_of: "2015-01-01", files: [(record: "member", path: "members.jsonl"), (record: "report", path: "reports.jsonl")])"#,
    ),
    ("all.csv.ron", MANIFEST),
];
const LINES: [(&str, &str); 2] = [
    (
        "members.jsonl",
        "{\"id\": \"a\", \"name\": \"Å, B\", \"honorary\": true, \"joined_on\": \"2014-01-05\"}\n{\"id\": \"b\", \"name\": \"C\", \
         \"honorary\": false}\n",
    ),
    (
        "reports.jsonl",
        "{\"sender\": \"a\", \"sent_on\": \"2014-03-01\"}\n{\"sender\": \"b\", \"sent_on\": \"2014-04-01\"}\n{\"sender\": \"b\", \
         \"sent_on\": \"2014-02\"}\n",
    ),
];

/// A report without what tells of files: their names, places in them and their fingerprint. Everything else stays.
fn without_files(report: &str) -> String {
    let names = ["all", "members", "reports"];
    let mut left = report.to_owned();
    for ending in [".jsonl.ron", ".csv.ron", ".jsonl", ".ron", ".json", ".yaml", ".toml", ".csv"] {
        for name in names {
            left = left.replace(&format!("{name}{ending}"), "FACTS");
        }
    }
    let mut words = String::new();
    for (at, part) in left.split("FACTS").enumerate() {
        let behind = part.trim_start_matches(|sign: char| sign == ':' || sign.is_ascii_digit());
        words += if at == 0 { part } else { "FACTS" };
        words += if at == 0 { "" } else { behind };
    }
    // Several files of one notation are one in another.
    while words.contains("FACTS, FACTS") {
        words = words.replace("FACTS, FACTS", "FACTS");
    }
    words
}

/// The line of a fact file stands apart from its name in some forms.
fn without_lines(line: String) -> String {
    let Some((before, behind)) = line.split_once("file=\"FACTS\" line=\"") else { return line };
    format!("{before}file=\"FACTS\" line=\"{}", behind.trim_start_matches(|c: char| c.is_ascii_digit()))
}

#[test]
fn the_same_facts_give_the_same_reports_in_whatever_notation_they_stand() {
    let mut files = IN_ALL_NOTATIONS.to_vec();
    files.extend(LINES);
    let folder = club("notations", &files);
    let report = |facts: &str, form: &str| {
        let (code, report, told) =
            overens(&folder, &["eval", "club.overens", facts, "--all", "--reasons", "--format", form]);
        assert_eq!((code, told.as_str()), (1, ""), "{facts} as {form}");
        report
    };
    // Rows without reasons name no fact file.
    let rows =
        |facts: &str, form: &str| overens(&folder, &["eval", "club.overens", facts, "--all", "--format", form]).1;
    for form in ["csv", "jsonl"] {
        let of_ron = rows("all.ron", form);
        assert!(of_ron.lines().count() >= 5, "{of_ron}");
        for (facts, _) in IN_ALL_NOTATIONS {
            assert_eq!(rows(facts, form), of_ron, "{facts} as {form}");
        }
    }
    for form in ["plain", "markdown", "html", "junit"] {
        let digest = |line: &&str| !line.contains("digest");
        let body = |facts: &str| {
            report(facts, form)
                .lines()
                .filter(digest)
                .map(without_files)
                .map(without_lines)
                .collect::<Vec<_>>()
                .join("\n")
        };
        let of_ron = body("all.ron");
        for (facts, _) in IN_ALL_NOTATIONS {
            assert_eq!(body(facts), of_ron, "{facts} as {form}");
        }
    }
    for form in ["json", "sarif"] {
        let body = |facts: &str| {
            let mut report: serde_json::Value = serde_json::from_str(&report(facts, form)).unwrap();
            forget_places(&mut report);
            report
        };
        let of_ron = body("all.ron");
        for (facts, _) in IN_ALL_NOTATIONS {
            assert_eq!(body(facts), of_ron, "{facts} as {form}");
        }
    }
}

/// Takes out of a report for a program what tells of fact files.
fn forget_places(report: &mut serde_json::Value) {
    use serde_json::Value;
    match report {
        Value::Object(entries) => {
            for told in [
                "facts",
                "inputs",
                "asked",
                "facts_digest",
                "factsDigest",
                "line",
                "column",
                "startLine",
                "startColumn",
            ] {
                entries.remove(told);
            }
            entries.values_mut().for_each(forget_places);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_places),
        Value::String(text) => *text = without_files(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

// ---- a first look at a table ----

const GRANTS: &str = r#"agreement grants "Grants"
  overens 1
  in force from 2015-01-01 until further notice
  currency SEK

record club, clubs
  name: text
  members: number
  dues: money
  joined_on: date
  active: yes/no
  opens_at: time

actors city

duty active § 1
  each club shall ensure active is yes
"#;

/// What `overens facts` says of a table of clubs, with its exit code.
fn looked_at(test: &str, file: &str, bytes: &[u8]) -> (i32, String, String) {
    let folder = folder(&format!("facts/look-{test}"), &[("grants.overens", GRANTS)]);
    std::fs::write(folder.join(file), bytes).unwrap();
    let (code, told, wrong) = overens(&folder, &["facts", "grants.overens", &format!("club={file}")]);
    let blank = |sign: char| if sign.is_whitespace() && sign != '\n' { ' ' } else { sign };
    (code, told.chars().map(blank).collect(), wrong)
}

#[track_caller]
fn says(text: &str, wanted: &[&str]) {
    wanted.iter().for_each(|wanted| assert!(text.contains(wanted), "`{wanted}` in:\n{text}"));
}

#[test]
fn all_numbers_of_a_file_tell_what_stands_before_decimals() {
    for (test, other, preview) in [("twice", "2.000.000", "SEK 2 000 000"), ("both", "1.350,50", "SEK 1 350.50")] {
        let text = format!("id;dues\na;10.000\nb;{other}\n");
        let (code, told, wrong) = looked_at(test, "clubs.csv", text.as_bytes());
        assert_eq!((code, wrong.as_str()), (0, ""), "{told}");
        says(&told, &["decimal: \",\"", "club a: dues: SEK 10 000", &format!("club b: dues: {preview}")]);
        assert!(!told.contains("To decide: `10.000`"), "{told}");
    }
    let (_, told, _) = looked_at("commas", "clubs.csv", b"id;dues\na;10,000\nb;2,000,000\n");
    says(&told, &["decimal: \".\"", "club a: dues: SEK 10 000"]);
    let (code, told, _) = looked_at("open", "clubs.csv", b"id;dues\na;10.000\nb;5\n");
    says(
        &told,
        &[
            "To decide: `10.000` is ambiguous: add `decimal: \",\"` if it means 10000, or `decimal: \".\"` if it means 10",
        ],
    );
    assert!(!told.contains("decimal: \",\",") && code == 4, "{code} {told}");
    let (_, told, _) = looked_at("quotes", "clubs.csv", b"id,dues\na,\"1,250\"\nb,\"2,200\"\n");
    says(
        &told,
        &[
            "To decide: `1,250` is ambiguous: add `decimal: \",\"` if it means 1.25, or `decimal: \".\"` if it means 1250",
        ],
    );
    let (_, told, _) = looked_at("mixed", "clubs.csv", b"id;dues\na;10,50\nb;10.50\n");
    says(&told, &["To decide: `10,50` has a decimal comma, but `10.50` has a decimal point"]);
}

#[test]
fn all_dates_of_a_file_tell_what_comes_first_in_them() {
    let (code, told, wrong) =
        looked_at("month", "clubs.csv", b"id;joined_on\na;12/25/2015\nb;01.02.2015\nc;01/02/2015\n");
    assert_eq!((code, wrong.as_str()), (0, ""));
    says(&told, &["dates: \"month first\"", "club b: joined_on: 2015-02-01", "club c: joined_on: 2015-01-02"]);
    let (code, told, _) = looked_at("orders", "clubs.csv", b"id;joined_on\na;12/25/2015\nb;25/12/2015\n");
    says(&told, &["To decide: `25/12/2015` has the day first, but `12/25/2015` has the month first"]);
    assert!(!told.contains("dates: \"month first\",") && code == 4, "{code} {told}");
}

#[test]
fn the_entry_for_a_file_with_commas_in_two_meanings_reads_all_of_it() {
    let (code, told, wrong) = looked_at("quoted", "clubs.csv", b"id,dues,members\na,\"1,5\",3\nb,\"2 000,50\",4\n");
    assert_eq!((code, wrong.as_str()), (0, ""), "{told}");
    says(&told, &["delimiter: \",\", decimal: \",\"", "club a: members: 3, dues: SEK 1.50"]);
}

#[test]
fn columns_find_their_fields_by_words_and_by_what_stands_in_their_cells() {
    let text = "Org.nr;F\u{f6}rening;Antal;Avgift (kr);Gick med;Kommentar\na-1;A;12;1 350,50 kr;2015-01-02;\na-2;B;9;100 kr;2015-02-03;\n";
    let (code, told, wrong) = looked_at("cells", "clubs.csv", text.as_bytes());
    assert_eq!((code, wrong.as_str()), (0, ""), "{told}");
    says(
        &told,
        &[
            "\"Org.nr\": \"id\", \"F\u{f6}rening\": \"name\", \"Antal\": \"members\", \"Avgift (kr)\": \"dues\", \"Gick med\": \"joined_on\"",
            "To decide: `Gick med` is read as `joined_on`, because of the values in its cells",
            "To decide: ignored, because no field matches: `Kommentar`",
            "Fields of `club` without a column: `active`, `opens_at`",
            "To decide: if the table lists every `club`, add `complete: { \"club\": (from: \"YYYY-MM-DD\", through: \"YYYY-MM-DD\") }` to the fact file",
        ],
    );
    let (_, told, _) = looked_at("words", "clubs.csv", b"id,Dues (kr),joined\na,5,2015-01-02\nb,5,2015-01-03\n");
    says(
        &told,
        &[
            "\"Dues (kr)\": \"dues\", \"joined\": \"joined_on\"",
            "To decide: `joined` is read as `joined_on`, because the names are similar",
        ],
    );
    // What only numbers the rows is no id where another column has some, and nothing that they have.
    let text = "Nr;Ort;Org.nr;F\u{f6}reningens namn\n1;Lund;802000-1234;A IF\n2;Ystad;802000-1235;B IF\n";
    let (_, told, _) = looked_at("numbered", "clubs.csv", text.as_bytes());
    says(
        &told,
        &[
            "\"Org.nr\": \"id\", \"F\u{f6}reningens namn\": \"name\"",
            "To decide: ignored, because no field matches: `Nr`, `Ort`",
        ],
    );
    // A short word is not like every other one.
    let text = "nr;F\u{f6}rening;Anm.\n55-1;A IF;\n55-2;B IF;ring!\n";
    let (_, told, _) = looked_at("short", "clubs.csv", text.as_bytes());
    says(&told, &["\"F\u{f6}rening\": \"name\"", "To decide: ignored, because no field matches: `Anm.`"]);
    // Two columns of days may each be it.
    let (_, told, _) = looked_at("two", "clubs.csv", b"id,from,to\na,2015-01-02,2016-01-02\nb,2015-01-03,2016-01-02\n");
    says(
        &told,
        &[
            "To decide: `from` is ignored, but could be `joined_on`: if it is, add `\"from\": \"joined_on\"` to `columns`",
            "To decide: `to` is ignored, but could be `joined_on`",
        ],
    );
}

#[test]
fn a_column_of_few_words_may_be_the_options_of_a_field_in_other_words() {
    let policy = GRANTS.replace("  name: text\n", "").replace("opens_at: time", "kind: one of sport, culture");
    let told = |test: &str, words: [&str; 6]| {
        let rows: String = words.iter().zip(1..).map(|(word, at)| format!("c{at};yes;{word}\n")).collect();
        let table = format!("id;active;Typ\n{rows}");
        let folder = folder(&format!("facts/look-{test}"), &[("grants.overens", &policy), ("clubs.csv", &table)]);
        overens(&folder, &["facts", "grants.overens", "club=clubs.csv"]).1
    };
    let may = "To decide: `Typ` is ignored, but could be `kind` in other words: if it is, add `\"Typ\": \"kind\"` to `columns`, \
               and what each word means to `words`, such as `\"Idrott\": \"…\"`";
    says(&told("few", ["Idrott", "Kultur", "Idrott", "Idrott", "Kultur", "Kultur"]), &[may]);
    // More words than options, or words that hardly come again, are something else.
    let none = "To decide: ignored, because no field matches: `Typ`";
    says(&told("more", ["Idrott", "Kultur", "Idrott", "Idrott", "Kultur", "Annat"]), &[none]);
    says(&told("once", ["Idrott", "Kultur", "", "", "", ""]), &[none]);
}

#[test]
fn the_entry_is_written_to_a_new_file_and_read_without_warnings() {
    let grants = GRANTS.replace("  active: yes/no\n", "  active: yes/no\n  kind: one of sport, culture\n");
    let table = "id;kind;joined_on;active;note\na;Sport;2015-01-02;Ja;\n;;;;\nb;Culture;2015-01-03;Nej;x\n";
    let folder = folder("facts/look-to", &[("grants.overens", &grants), ("tables/clubs.csv", table)]);
    let look = |to: &str| {
        let words = ["facts", "grants.overens", "club=tables/clubs.csv", "--as-of", "2016-01-15", "--to", to];
        overens(&folder, &words)
    };
    let (code, told, wrong) = look("entry.ron");
    assert_eq!((code, wrong.as_str()), (0, ""), "{told}");
    says(&told, &["The entry is in `entry.ron`.", "overens check grants.overens --facts entry.ron\n"]);
    let entry = std::fs::read_to_string(folder.join("entry.ron")).unwrap();
    says(&entry, &["path: \"tables/clubs.csv\"", "skip: [\"\"]", "\"Sport\": \"sport\", \"Culture\": \"culture\""]);
    let (code, _, wrong) = overens(&folder, &["check", "grants.overens", "--facts", "entry.ron"]);
    assert_eq!((code, wrong.as_str()), (0, ""));
    let (code, _, wrong) = look("entry.ron");
    assert!(code != 0 && wrong.contains("`entry.ron` already exists and is not overwritten"), "{wrong}");
    let (code, _, wrong) = look("entry.txt");
    assert!(code == 2 && wrong.contains("does not end in `.ron`"), "{wrong}");
    assert_eq!(std::fs::read_to_string(folder.join("entry.ron")).unwrap(), entry);
}

#[test]
fn what_a_person_has_to_decide_stands_above_the_columns_and_those_that_nobody_needs_in_one_line() {
    let text = b"id;name;from;to;Extra;More\na;A;2015-01-02;2016-01-02;x1;y1\nb;B;2015-01-03;2016-01-02;x2;y2\n";
    let (_, told, _) = looked_at("order", "clubs.csv", text);
    let at = |words: &str| told.find(words).unwrap_or_else(|| panic!("`{words}` in:\n{told}"));
    let pressing = at("To decide: `from` is ignored, but could be `joined_on`");
    assert!(pressing < at("To decide: ignored, because no field matches: `Extra`, `More`"));
    assert!(at("To decide: ignored") < at("  column  heading"));
    assert!(told.contains("from     to decide") && !told.contains("x1"), "{told}");
}

#[test]
fn of_a_workbook_the_sheet_that_is_like_a_record_is_taken_and_the_others_are_named() {
    use super::load_sheets::{book, data};
    let (info, clubs) = (data(&[&["About"], &["nothing"]]), data(&[&["id", "members"], &["a", "< s=\"0\"><v>7</v>"]]));
    let bytes = book(&[("Info", &info), ("Clubs", &clubs)], &[], "");
    let (code, told, _) = looked_at("sheets", "clubs.xlsx", &bytes);
    says(&told, &["sheet: \"Clubs\"", "To decide: the sheet `Clubs` is read; not read: `Info`", "club a: members: 7"]);
    assert_eq!(code, 0);
    // Where nobody says which one is meant, the one with a table is offered.
    let folder = folder("facts/look-offered", &[("grants.overens", GRANTS)]);
    std::fs::write(folder.join("clubs.xlsx"), &bytes).unwrap();
    let (_, told, _) = overens(&folder, &["check", "grants.overens", "--facts", "club=clubs.xlsx"]);
    says(&told, &["the sheet `Info` is read; not read: `Clubs`", "`sheet: \"Clubs\"`"]);
}

#[test]
fn the_findings_that_are_not_shown_are_counted_together() {
    let letters = |row: usize| -> String {
        [row / 676, row / 26 % 26, row % 26].iter().map(|at| char::from(b'a' + *at as u8)).collect()
    };
    let rows: String = (0..1500).map(|row| format!("r{row};q{}\n", letters(row))).collect();
    let folder = folder("facts/counted", &[("grants.overens", GRANTS)]);
    std::fs::write(folder.join("clubs.csv"), format!("id;members\n{rows}")).unwrap();
    let (_, told, wrong) = overens(&folder, &["check", "grants.overens", "--facts", "club=clubs.csv"]);
    says(&told, &["and 950 more findings in `clubs.csv`"]);
    assert_eq!(wrong, "besides these, 500 more findings are not shown: 1450 in all\n");
}

#[test]
fn times_and_rows_without_an_id_are_shown_as_they_are() {
    let (_, told, _) = looked_at("times", "clubs.csv", b"id;opens_at\n#REF!;18:00\nb;06:30:00\n");
    says(&told, &["club (no id): opens_at: 18:00", "club b: opens_at: 06:30"]);
}

#[test]
fn what_cannot_be_looked_at_is_told_by_its_cause() {
    let folder =
        folder("facts/look-causes", &[("grants.overens", GRANTS), ("empty.csv", ""), ("a.csv", "id;dues\na;5\n")]);
    std::fs::write(folder.join("doc.csv"), "%PDF-1.4\n").unwrap();
    let (code, _, told) = overens(&folder, &["facts", "grants.overens", "klubb=a.csv"]);
    assert_eq!(code, 2);
    says(&told, &["`grants` has no record `klubb`", "`club`"]);
    let (code, _, told) = overens(&folder, &["facts", "grants.overens", "club=empty.csv"]);
    assert!(code == 4 && told.contains("this file is empty"), "{code} {told}");
    let (code, _, told) = overens(&folder, &["facts", "grants.overens", "club=doc.csv"]);
    assert!(code == 4 && told.contains("this file is a PDF"), "{code} {told}");
}

#[test]
fn facts_that_go_beyond_a_limit_are_not_called_sound() {
    let folder = folder("facts/limit", &[("grants.overens", GRANTS), ("a.csv", "id,members,dues\na,5,5\n")]);
    let words = ["check", "grants.overens", "--facts", "club=a.csv", "--limit", "columns=2"];
    let (code, report, told) = overens(&folder, &words);
    assert_eq!(code, 6, "{told}");
    assert!(!report.contains("no errors"), "{report}");
}

#[test]
fn a_total_is_told_beside_a_column_of_nothing_but_zeros() {
    let policy = "agreement clubs \"Clubs\"\n  in force from 2015-01-01\n  currency SEK\n\nrecord club, clubs\n  members: number\n  \
                  dues: money\n  balance: money\n\nduty funds § 1\n  each club shall ensure balance is at least SEK 0\n";
    let told = |test: &str, balance: u32| {
        let rows = format!("id;members;dues;balance\na;12;300;0\nb;9;400;{balance}\nc;8;200;0\nx;29;900;0\n");
        let folder = folder(test, &[("clubs.overens", policy), ("clubs.csv", &rows)]);
        let (_, results, messages) = overens(&folder, &["check", "clubs.overens", "--facts", "club=clubs.csv"]);
        format!("{results}{messages}")
    };
    assert!(told("total_of_zeros", 0).contains("looks like a total"), "{}", told("total_of_zeros", 0));
    // A column that does not add up speaks against it.
    assert!(!told("no_total", 10).contains("looks like a total"));
}

#[test]
fn a_time_of_day_is_read_as_people_and_programs_write_it() {
    for (cell, time) in [
        ("18:00", "18:00"),
        ("18.00", "18:00"),
        ("9.05", "09:05"),
        ("kl. 18.00", "18:00"),
        ("Kl 18:00", "18:00"),
        ("18h00", "18:00"),
        ("18h", "18:00"),
        ("6:00 PM", "18:00"),
        ("06:00:00 PM", "18:00"),
        ("6 pm", "18:00"),
        ("12:30 a.m.", "00:30"),
        ("12:00 PM", "12:00"),
        ("18:00:00.000", "18:00"),
        ("1899-12-30 18:00:00", "18:00"),
        ("1900-01-01T18:00", "18:00"),
        ("24:00", "24:00"),
    ] {
        let (code, told, wrong) = looked_at("times", "clubs.csv", format!("id;opens_at\na;{cell}\n").as_bytes());
        assert_eq!((code, wrong.as_str()), (0, ""), "{cell}");
        says(&told, &[&format!("club a: opens_at: {time}\n")]);
    }
    for cell in
        ["1800", "18.5", "25:00", "18:00:30", "13:00 PM", "2015-01-02 18:00", "18:00Z", "kl", "pm", "h", "18:60"]
    {
        let (code, told, wrong) = looked_at("no-times", "clubs.csv", format!("id;opens_at\na;{cell}\n").as_bytes());
        assert_eq!(code, 4, "{cell}");
        says(&told, &["club a: opens_at: not read\n"]);
        says(&wrong, &[&format!("expected a time of day for `opens_at`, found `{cell}`")]);
    }
}

#[test]
fn totals_and_headings_in_the_midst_are_left_out_by_the_entry_and_so_are_words_for_nothing() {
    let text = "id;name;dues\nNorra;;\na;A;100\nb;B;NA\nSumma Norra;;100\nSödra;;\nc;C;7\nd;D;8\ne;E;9\nf;F;10\ng;G;11\nh;H;12\nSumma;;157\n";
    let (code, told, wrong) = looked_at("midst", "clubs.csv", text.as_bytes());
    assert_eq!((code, wrong.as_str()), (0, ""), "{told}");
    says(
        &told,
        &[
            "8 rows of `club`",
            "rows: (skip: [\"Norra\", \"Summa Norra\", \"Södra\", \"Summa\"])",
            "empty: [\"NA\"]",
            "To decide: the rows that begin with `Norra`, `Summa Norra`, `Södra` and `Summa` are left out by `skip`",
            "club b: name: \"B\", dues: not given",
        ],
    );
}

#[test]
fn totals_of_parts_are_left_out_one_by_one_and_no_record_with_them() {
    let text = "id;name;dues\na;A;100\nb;B;200\nSumma norr;;300\nc;C;7\nd;D;8\nSumma syd;;15\nTotalt;;315\n";
    let (_, told, _) = looked_at("parts", "clubs.csv", text.as_bytes());
    says(&told, &["4 rows of `club`", "rows: (skip: [\"Summa norr\", \"Summa syd\", \"Totalt\"])"]);
    // Below a total alone stand its notes.
    let text = "id;name;dues\na;A;100\nb;B;200\nSumma;;300\nBudget;x;400\nRest;y;100\n";
    let (_, told, _) = looked_at("budget", "clubs.csv", text.as_bytes());
    says(&told, &["2 rows of `club`", "rows: (until: \"Summa\")"]);
}

#[test]
fn a_heading_that_says_the_opposite_of_a_field_is_left_to_a_person() {
    for heading in ["Passive", "Passiv", "Nedlagd", "Dormant"] {
        let text = format!("id;name;{heading}\na;A;ja\nb;B;nej\n");
        let (_, told, _) = looked_at("opposite", "clubs.csv", text.as_bytes());
        says(&told, &[&format!("To decide: `{heading}` is ignored, but could be `active`")]);
    }
}

#[test]
fn a_column_without_a_heading_that_may_hold_decimals_is_no_field() {
    let text = "id,name,dues,\na,A,10,50\nb,B,20,75\n";
    let (_, told, _) = looked_at("cut", "clubs.csv", text.as_bytes());
    says(&told, &["To decide: `D` has no heading, and may hold the decimals of `dues`"]);
    assert!(!told.contains("`D` is read as"), "{told}");
}

#[test]
fn what_separates_items_is_worked_out_from_the_cells() {
    let policy = "agreement a\n  overens 1\n  in force from 2014-01-01 until further notice\n  currency SEK\n\nrecord club, clubs\n  name: text\n  topics: set of one of music, dance\n\nduty n § 1\n  each club shall ensure topics has music\n";
    let folder = folder(
        "facts_items",
        &[("a.overens", policy), ("clubs.csv", "id;name;topics\na;A;\"music; dance\"\nb;B;dance\n")],
    );
    let (code, told, _) = overens(&folder, &["facts", "a.overens", "club=clubs.csv"]);
    assert_eq!(code, 0, "{told}");
    says(&told, &["items: \";\"", "To confirm: `;` separates several items in a cell, so `items` is set"]);
}

#[test]
fn a_heading_that_says_otherwise_is_never_read_as_a_field() {
    let text = "id;Inactive;Left on;Not members;Joind\na;ja;2015-01-02;5;2014-01-02\nb;nej;2015-01-03;6;2014-01-03\n";
    let (_, told, _) = looked_at("otherwise", "clubs.csv", text.as_bytes());
    says(
        &told,
        &[
            "columns: { \"Joind\": \"joined_on\" }",
            "To decide: `Joind` is read as `joined_on`, because the names are similar",
            "To decide: `Inactive` is ignored, but could be `active`",
            "To decide: `Not members` is ignored, but could be",
            "To decide: ignored, because no field matches: `Left on`",
        ],
    );
    let only = |heading: &str, cells: [&str; 2]| {
        let text = format!("id;{heading}\na;{}\nb;{}\n", cells[0], cells[1]);
        looked_at("otherwise-one", "clubs.csv", text.as_bytes()).1
    };
    for (heading, cells) in [
        ("Left on", ["2015-01-02", "2015-01-03"]),
        ("Slutade", ["2015-01-02", "2015-01-03"]),
        ("Non-active", ["ja", "nej"]),
        ("inactive", ["ja", "nej"]),
        ("Is inactive", ["ja", "nej"]),
        ("Inaktiv", ["ja", "nej"]),
        ("Unpaid dues", ["5 kr", "6 kr"]),
    ] {
        let told = only(heading, cells);
        assert!(!told.contains("columns: {"), "{heading}: {told}");
        assert!(told.contains(&format!("To decide: `{heading}` is ignored, but could be ")), "{heading}: {told}");
    }
    for (heading, field, cells) in [
        ("Joined", "joined_on", ["2015-01-02", "2015-01-03"]),
        ("Joined date", "joined_on", ["2015-01-02", "2015-01-03"]),
        ("Actve", "active", ["ja", "nej"]),
        ("Dues (SEK)", "dues", ["5", "6"]),
    ] {
        says(&only(heading, cells), &[&format!("columns: {{ \"{heading}\": \"{field}\" }}")]);
    }
}

#[test]
fn of_two_columns_that_are_called_so_none_is_left_out_and_which_one_it_is_has_to_be_decided() {
    let (code, told, wrong) = looked_at("beside", "clubs.csv", b"Id;Name;;Id;Dues\na;A;;z;5\nb;B;;y;6\n");
    assert_ne!(code, 0, "{told}");
    says(
        &told,
        &[
            "columns: { \"A\": \"id\", \"D\": \"id\" }",
            "To decide: `A` (Id), `D` (Id) all have the name of `id`: keep the one that gives it in `columns`",
        ],
    );
    assert!(wrong.contains("two columns"), "{wrong}");
}

#[test]
fn what_the_entry_settles_is_listed_to_be_confirmed() {
    let text = "id;active;joined_on;dues;members\na;ja;25/12/2014;5,50;NA\nb;nej;26/12/2014;-;4\n";
    let (code, told, wrong) = looked_at("settled", "clubs.csv", text.as_bytes());
    assert_eq!((code, wrong.as_str()), (0, ""), "{told}");
    says(
        &told,
        &[
            "To confirm: `5,50` has a decimal comma, so `decimal` is set\n",
            "To confirm: `25/12/2014` has the day first, so `dates` is set\n",
            "To confirm: `ja` is yes, `nej` is no, as set in `words`\n",
            "To confirm: `-`, `NA` mean an empty cell, as set in `empty`\n",
        ],
    );
    let (_, told, _) = looked_at("nothing-settled", "clubs.csv", b"id;active\na;yes\nb;no\n");
    assert!(!told.contains("To confirm"), "{told}");
}

#[test]
fn a_cell_that_looks_like_a_list_is_offered_the_sign_between_items_and_no_meaning() {
    let policy = "agreement clubs \"Clubs\"\n  overens 1\n  in force from 2014-01-01 until further notice\n\n\
        record club, clubs\n  topics: set of one of music, dance\n\nactors board\n\n\
        duty music § 1\n  each club shall ensure topics has music\n";
    for (cell, is_list) in [("music; dance", true), ("music, dance", true), ("music/dance", true), ("song", false)] {
        let facts = format!("id\ttopics\na\t{cell}\n");
        let dir = folder("list-in-a-cell", &[("p.overens", policy), ("club.tsv", &facts)]);
        let (_, told, wrong) = overens(&dir, &["check", "p.overens", "--facts", "club=club.tsv"]);
        let told = format!("{told}{wrong}");
        assert!(told.contains(&format!("`topics` cannot be `{cell}`")), "{told}");
        assert_eq!(told.contains("separate the items of a set with `|`"), is_list, "{told}");
        assert_eq!(told.contains("words: {"), !is_list, "{told}");
    }
}

const PLAIN: &str = "agreement clubs \"Clubs\"\n  in force from 2014-01-01 until further notice\n  currency SEK\n\nrecord club, clubs\n  name: text\n  active: yes/no\n  level: one of adult, youth\n  m: money\n  t: money\n\nactor board\n\nduty rest § 1\n  for each club\n  board shall ensure m is at most SEK 100\n";

/// What a first look at a table of this policy says.
fn looked_at_plain(test: &str, file: &str, bytes: &[u8]) -> String {
    let folder = folder(&format!("facts/plain-{test}"), &[("clubs.overens", PLAIN)]);
    std::fs::write(folder.join(file), bytes).unwrap();
    let (_, told, wrong) = overens(&folder, &["facts", "clubs.overens", &format!("club={file}")]);
    told + &wrong
}

#[test]
fn a_first_look_ends_the_rows_where_their_reader_sees_a_total_or_a_note() {
    for (test, last, word) in [
        ("words", "OBS preliminärt;;", "OBS preliminärt"),
        ("sum", "Hela laget;;1020", "Hela laget"),
        ("long", "Det här är en mycket lång text utan punkt;;", "Det här är en mycket lång text utan punkt"),
    ] {
        let text = format!("id;name;m\na1;x;300\nb2;y;600\nc3;z;120\n{last}\n");
        let told = looked_at_plain(test, "clubs.csv", text.as_bytes());
        says(
            &told,
            &[
                "3 rows of `club`",
                &format!("The rows end before the one that starts with `{word}`. It is left out."),
                &format!("rows: (until: \"{word}\")"),
            ],
        );
        assert!(!told.contains("warning["), "{told}");
    }
    let told = looked_at_plain("decide", "clubs.csv", "id;name;m\na1;x;5\nb2;y;7\nOBS preliminärt;;\n".as_bytes());
    let decide = "To decide: the row that begins with `OBS preliminärt` looks like a total or a note below the table: if it is a record, remove `until`";
    says(&told, &[decide]);
    // The same in a workbook.
    let rows: [&[&str]; 4] =
        [&["id", "name", "m"], &["a1", "x", "< ><v>5</v>"], &["b2", "y", "< ><v>7</v>"], &["OBS preliminärt"]];
    let book = super::load_sheets::book(&[("Blad1", &super::load_sheets::data(&rows))], &[], "");
    says(&looked_at_plain("workbook", "clubs.xlsx", &book), &[decide, "rows: (until: \"OBS preliminärt\")"]);
    // A row that has all that records have is left in, and told.
    let told = looked_at_plain("record", "clubs.csv", b"id;name;m\n1;q;300\n2;r;600\n3;s;1\n4;t;901\n");
    says(&told, &["4 rows of `club`", "this row looks like a total of the rows above it, but is read as one of them"]);
    assert!(!told.contains("(until: \"4\")),"), "{told}");
}

#[test]
fn a_first_look_asks_what_words_mean_that_are_neither_yes_nor_no_nor_an_option() {
    let text = "id;active;level\na;Aktiv;Vuxen\nb;Passiv;ADULT\nc;J;\nd;aktiv;5\n";
    let told = looked_at_plain("words-meant", "clubs.csv", text.as_bytes());
    says(
        &told,
        &[
            "To decide: what `Aktiv` and `Passiv` in `active` mean: add `words: { \"Aktiv\": \"…\", \"Passiv\": \"…\" }`, each with its meaning (`yes` or `no`) instead of `…`",
            "To decide: what `Vuxen` in `level` means: add `words: { \"Vuxen\": \"…\" }`, each with its meaning (`adult` or `youth`) instead of `…`",
            "words: { \"J\": \"yes\", \"ADULT\": \"adult\" }",
        ],
    );
    // Signs and numbers may be words, too.
    let told = looked_at_plain("words-signs", "clubs.csv", "id;active;name\na;✓;x\nb;✗;y\n".as_bytes());
    says(&told, &["what `✓` and `✗` in `active` mean: add `words: { \"✓\": \"…\", \"✗\": \"…\" }`"]);
    let told = looked_at_plain("words-digits", "clubs.csv", b"id;active;name\na;1;x\nb;0;y\n");
    says(&told, &["what `1` and `0` in `active` mean: add `words: { \"1\": \"…\", \"0\": \"…\" }`"]);
    // Where all words are known there is nothing to ask.
    let told = looked_at_plain("words-known", "clubs.csv", b"id;active;level\na;yes;adult\nb;no;youth\n");
    assert!(!told.contains("To decide: what"), "{told}");
}

#[test]
fn a_heading_that_is_the_name_of_its_field_is_no_unit() {
    let folder = folder("facts/plain-units", &[("clubs.overens", PLAIN)]);
    let check = |text: &str, entry: &str| {
        std::fs::write(folder.join("clubs.csv"), text).unwrap();
        let facts = format!(
            "(agreement: \"clubs\", as_of: \"2016-01-15\", files: [(record: \"club\", path: \"clubs.csv\"{entry})])"
        );
        std::fs::write(folder.join("facts.ron"), facts).unwrap();
        let (_, told, wrong) = overens(&folder, &["check", "clubs.overens", "--facts", "facts.ron"]);
        told + &wrong
    };
    let told = check("id;m;t\na;5;6\nb;7;8\n", "");
    assert!(!told.contains("csv-guessed") && !told.contains("other-currency"), "{told}");
    let told = check("id;M;T\na;5;6\nb;7;8\n", "");
    assert!(!told.contains("csv-guessed"), "{told}");
    // The names of a table above are none, either.
    let told = check("id;m\na;300\nb;600\n;\nid;m\nc;5\n", ", rows: (from: 5)");
    assert!(!told.contains("other-currency"), "{told}");
    // A heading of another name may be one.
    let told = check("id;Fee (m);t\na;5;6\nb;7;8\n", ", columns: { \"Fee (m)\": \"m\" }");
    assert!(told.contains("the heading of this column names `m`, but its numbers are read as `m` in SEK"), "{told}");
    let told = check("id;tkr\na;5\nb;7\n", ", columns: { \"tkr\": \"m\" }");
    assert!(told.contains("the heading of this column names `tkr`"), "{told}");
}

const NAMED: &str = "name,dues,members,joined_on,active\nNya,99,12,2014-11-01,yes\nNorra,5,1,2013-10-26,yes\n";

#[test]
fn a_record_of_few_cells_below_a_sum_is_never_left_out_with_it() {
    // Ek has a yes of its own, which no note has.
    let text = format!("{NAMED}Delsumma,104,,,\nEk,7,,,yes\nSumma,111,13,,\n");
    let (code, told, wrong) = looked_at("few", "clubs.csv", text.as_bytes());
    assert_eq!((code, wrong.as_str()), (0, ""), "{told}");
    says(&told, &["3 rows of `club`", "rows: (skip: [\"Delsumma\", \"Summa\"])", "club 3: name: \"Ek\""]);
    // Ek has an amount alone, and 111 counts it: 99 + 5 + 7.
    let text = format!("{NAMED}Delsumma,104,,,\nEk,7,,,\nSumma,111,13,,\n");
    let (_, told, wrong) = looked_at("counted", "clubs.csv", text.as_bytes());
    says(
        &told,
        &[
            "rows: (until: \"Delsumma\")",
            "To decide: the row that begins with `Ek` is left out after `Delsumma`, but a total below counts it: if it is a record, write the totals in `skip: [\"Delsumma\", …]` and remove `until`",
        ],
    );
    says(
        &wrong,
        &[
            "clubs.csv:5:1: warning[csv-rows]: this row looks like a record, but is ignored because it comes after the end of the rows",
        ],
    );
    // What no total counts, and what is added to a sum, is none.
    for rest in ["Ek,7,,,\nSumma,104,13,,\n", "Moms 25 %,26,,,\nSumma,130,13,,\n", "Ek,7,,,\n"] {
        let text = format!("{NAMED}Delsumma,104,,,\n{rest}");
        let (_, told, wrong) = looked_at("uncounted", "clubs.csv", text.as_bytes());
        assert_eq!(wrong, "", "{rest}");
        says(&told, &["rows: (until: \"Delsumma\")"]);
        assert!(!told.contains("a total below counts"), "{told}");
    }
}

#[test]
fn a_record_that_is_called_like_a_total_is_kept_or_left_out_and_never_both() {
    // 1350 is the sum of those above it, but the day and the answer are its own.
    let text = "name,dues,joined_on,active\nEk,1350,2013-02-01,no\nBo,,2011-07-09,no\nTotal Teater,1350,2010-04-27,no\nAl,5,2014-07-18,no\n";
    let (_, told, _) = looked_at("called-so", "clubs.csv", text.as_bytes());
    says(&told, &["4 rows of `club`", "To decide: the row that begins with `Total Teater` is read as a record"]);
    assert!(!told.contains("are left out by `skip`") && !told.contains("rows: ("), "{told}");
    // At the end, too.
    let text = "name,dues,joined_on,active\nEk,1350,2013-02-01,no\nBo,,2011-07-09,no\nTotal Teater,1350,,no\n";
    let (_, told, _) = looked_at("called-last", "clubs.csv", text.as_bytes());
    says(&told, &["3 rows of `club`", "To decide: the row that begins with `Total Teater` is read as a record"]);
    let text = "name,dues,members,joined_on,active\nEk,10,1200,,yes\nBo,12,,2012-11-15,no\nDelsumma,22,,,\nSumma Teater,,1200,2014-04-28,yes\nNya,,1,,yes\nSumma,22,2401,,\n";
    let (_, told, _) = looked_at("called-between", "clubs.csv", text.as_bytes());
    says(&told, &["4 rows of `club`", "rows: (skip: [\"Delsumma\", \"Summa\"])", "`Summa Teater` is read as a record"]);
}

#[test]
fn notes_end_the_rows_beside_totals_that_are_skipped_and_above_other_notes() {
    let text =
        "id;name;dues\nA1;Ek;100\nA2;Al;200\nDelsumma;;300\nA3;Bo;7\nA4;Cy;8\nSumma;;315\n;;\nUpprättad av Anna;;\n";
    let (_, told, wrong) = looked_at("behind-totals", "clubs.csv", text.as_bytes());
    says(&told, &["4 rows of `club`", "skip: [\"Delsumma\", \"Summa\", \"\"], until: \"Upprättad av Anna\""]);
    assert_eq!(wrong, "");
    let text = "id;name;dues\nA1;Ek;100\nA2;Al;200\nA3;Bo;7\n\nUpprättad av Anna 2015-12-01\n* preliminär\n";
    let (code, told, wrong) = looked_at("two-notes", "clubs.csv", text.as_bytes());
    assert_eq!((code, wrong.as_str()), (0, ""), "{told}");
    says(&told, &["3 rows of `club`", "until: \"Upprättad av Anna 2015-12-01\""]);
}

#[test]
fn the_entry_for_a_file_of_tabs_by_its_name_says_what_separates_its_cells() {
    for (test, text, entry) in [
        ("semicolon", "id;dues\na;5\n", "path: \"clubs.tsv\", delimiter: \";\")"),
        ("comma", "id,dues\na,5\n", "path: \"clubs.tsv\", delimiter: \",\")"),
        ("said", "sep=;\nid;dues\na;5\n", "path: \"clubs.tsv\", rows: (from: 2), delimiter: \";\")"),
        ("tabs", "id\tdues\na\t5\n", "path: \"clubs.tsv\")"),
    ] {
        let (code, told, wrong) = looked_at(&format!("tsv-{test}"), "clubs.tsv", text.as_bytes());
        assert_eq!((code, wrong.as_str()), (0, ""), "{test}: {told}");
        says(&told, &["club a: dues: SEK 5", entry]);
    }
    let (_, told, _) = looked_at("one-column", "clubs.csv", b"dues\n1,5\n2,25\n");
    says(&told, &["clubs.csv: 1 column, 2 rows of `club`\n"]);
}

#[test]
fn a_command_that_is_printed_works_as_it_stands() {
    let table = "id;dues\na;5\n";
    let files = [("rules/grants.overens", GRANTS), ("tables/clubs.csv", table)];
    let folder = folder("facts/look-command", &files);
    let printed = |words: &[&str]| {
        let (_, told, wrong) =
            overens(&folder, &[&["facts", "rules/grants.overens", "club=tables/clubs.csv"], words].concat());
        let last = told.lines().last().map(|line| line.trim().to_owned());
        last.unwrap_or_else(|| panic!("{told}{wrong}"))
    };
    let day = ["--as-of", "2016-01-15"];
    let given = printed(&[&day[..], &["--root", ".", "--to", "rules/my 'entry'.ron"]].concat());
    assert_eq!(given, "overens check rules/grants.overens --facts 'rules/my '\\''entry'\\''.ron' --root .");
    let words = ["check", "rules/grants.overens", "--facts", "rules/my 'entry'.ron", "--root", "."];
    let (code, _, wrong) = overens(&folder, &words);
    assert_eq!((code, wrong.as_str()), (0, ""));
}

#[test]
fn a_table_from_standard_input_is_looked_at_and_read_once() {
    let folder = folder("facts/look-pipe", &[("grants.overens", GRANTS)]);
    let piped = |words: &[&str]| {
        let mut command = Command::cargo_bin("overens").unwrap();
        let run = command.current_dir(&folder).args(["facts", "grants.overens", "club=-"]).args(words);
        let run = run.write_stdin("id;dues\na;5\nb;7\nSumma;12\n").output().unwrap();
        (run.status.code(), String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap())
    };
    let (code, told, wrong) = piped(&[]);
    assert_eq!((code, wrong.as_str()), (Some(0), ""), "{told}");
    says(
        &told,
        &[
            "standard input: 2 columns, 2 rows of `club`, separated by `;`",
            "Save the table as `table.csv` and this as `table.ron` next to it",
            "(record: \"club\", path: \"table.csv\", rows: (until: \"Summa\"))",
        ],
    );
    let (code, _, wrong) = piped(&["--to", "entry.ron"]);
    assert!(code == Some(2) && wrong.contains("has no file name for the entry to refer to"), "{wrong}");
    assert!(!folder.join("entry.ron").exists());
}
