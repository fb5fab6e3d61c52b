//! Samples of tables as people have them: each tells of the same five clubs in another way of writing, with at most one line of an entry,
//! or shows a trap that has to be told. The first line of a sample's fact file says what must come of it: `told:` the codes of its
//! warnings, and then the report is that of the plain table; or `refused:` the code and place of its first error.

use std::path::Path;

use super::terminal_agreements::{folder, overens};

/// Lines of a report without what tells of files.
fn verdicts(report: &str) -> Vec<String> {
    let of_files = |line: &&str| line.starts_with("facts:") || line.starts_with("judged by");
    let without_place = |line: &str| line.rsplit_once(" (").map_or(line, |(words, _)| words).to_owned();
    report.lines().filter(|line| !of_files(line)).map(without_place).collect()
}

/// The findings that are told at the beginning of a line: where, which, and how grave.
fn findings<'t>(told: &'t str, severity: &str) -> Vec<(&'t str, &'t str)> {
    let mark = format!(": {severity}[");
    let found = told.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| {
        let (place, rest) = line.split_once(mark.as_str())?;
        Some((place, rest.split_once(']')?.0))
    });
    found.collect()
}

#[test]
fn every_sample_gives_the_plain_tables_report_or_is_refused_at_its_place() {
    let folder = Path::new("tests/samples");
    let judged = |facts: &str| overens(folder, &["eval", "clubs.overens", facts, "--all"]);
    let (code, plain, told) = judged("plain.ron");
    assert_eq!((code, told.as_str()), (1, ""));
    assert!(plain.contains("§ 2 dues for a-3: violated"), "{plain}");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".ron"))
        .collect();
    names.sort();
    let (mut read, mut refused) = (0, 0);
    for name in &names {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        // What has to be said of the file stands in the one line that names it.
        assert_eq!(text.lines().count(), 8, "{name}");
        let expected = text.lines().next().unwrap();
        let (code, report, messages) = judged(name);
        if let Some(codes) = expected.strip_prefix("// told:") {
            read += 1;
            assert_eq!(findings(&messages, "error"), [], "{name}: {messages}");
            assert_eq!((code, verdicts(&report)), (1, verdicts(&plain)), "{name}");
            let found: Vec<&str> = findings(&messages, "warning").into_iter().map(|(_, code)| code).collect();
            assert_eq!(found.join(", "), codes.trim(), "{name}: {messages}");
        } else {
            refused += 1;
            let wanted = expected.strip_prefix("// refused: ").and_then(|words| words.split_once(" at ")).unwrap();
            let found = findings(&messages, "error");
            assert_eq!((code, report.as_str()), (4, ""), "{name}");
            assert_eq!(found.first(), Some(&(wanted.1, wanted.0)), "{name}: {messages}");
        }
    }
    assert!(read >= 20 && refused >= 8, "{read} read, {refused} refused");
}

#[test]
fn a_register_of_two_hundred_clubs_goes_from_a_first_look_to_verdicts() {
    let samples = Path::new("tests/samples");
    let policy = std::fs::read_to_string(samples.join("clubs.overens")).unwrap();
    let folder = folder("samples/register", &[("clubs.overens", &policy)]);
    std::fs::copy(samples.join("register.xlsx"), folder.join("register.xlsx")).unwrap();
    let (code, told, _) = overens(&folder, &["facts", "clubs.overens", "club=register.xlsx", "--as-of", "2016-01-15"]);
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains("200 rows of `club`, sheet `Register 2015`") && told.contains("The column names are in row 3."),
        "{told}"
    );
    // Three columns of numbers may give three fields: that is left to the clerk.
    let entry = told.split_once("\n(\n").unwrap().1;
    let more = "\"Medlemmar\": \"members\", \"Avgift (kr)\": \"dues\", \"Kassa\": \"balance\", \"Gick med\"";
    let entry = format!("(\n{}", entry.replacen("\"Gick med\"", more, 1));
    std::fs::write(folder.join("register.ron"), entry).unwrap();
    let (code, _, told) = overens(&folder, &["check", "clubs.overens", "--facts", "register.ron"]);
    assert_eq!((code, findings(&told, "error")), (0, Vec::new()), "{told}");
    assert!(!told.contains("csv-rows") && !told.contains("`sport`"), "{told}");
    let words = ["eval", "clubs.overens", "register.ron", "--format", "summary", "--report", "html=verdicts.html"];
    let (code, summary, told) = overens(&folder, &words);
    assert_eq!(code, 1, "{told}");
    assert!(summary.contains("§ 1 large: 199 satisfied, 1 violated"), "{summary}");
    assert!(summary.contains("§ 5 active: 78 satisfied, 2 violated, 120 not applicable"), "{summary}");
    assert!(std::fs::read_to_string(folder.join("verdicts.html")).unwrap().contains("Grants to clubs"));
}
