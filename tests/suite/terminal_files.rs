//! Reading files at the door.

use std::path::{Path, PathBuf};

use overens::cli::Exit;
use overens::cli::bounds::Limit;
use overens::cli::disk::read;
use overens::cli::files::{facts_beside, policy};
use overens::diagnostics::Sink;
use overens::source::{LineColumn, Sources};

/// A folder for one test, empty at its start.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[expect(clippy::disallowed_methods, reason = "a test sets its scene")]
fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Line and column of the finding in a file of these bytes, and the help.
fn finding_in(test: &str, bytes: &[u8]) -> (LineColumn, String) {
    let path = write(&folder(test), "a.overens", bytes);
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    read(&path, Limit::SourceBytes, &mut sources, &mut sink).unwrap();
    assert_eq!((Exit::of_policy(&sink), Exit::of_facts(&sink)), (Exit::Policy, Exit::Facts));
    let all = sink.sorted();
    assert_eq!((all.len(), all[0].code.name), (1, "not-utf-8"));
    (sources.at(all[0].place.span).1, all[0].help.clone().unwrap())
}

#[test]
fn a_byte_that_is_no_text_is_a_finding_with_line_and_column() {
    let (at, help) = finding_in("windows", b"agreement a\n  \xc3\xa5 m\xf6te\n");
    assert_eq!(at, LineColumn { line: 2, column: 6 });
    assert_eq!(help, "in Windows-1252 it is `ö`; save the file again as UTF-8");
    let (at, _) = finding_in("with_bom", b"\xef\xbb\xbfab\x80");
    assert_eq!(at, LineColumn { line: 1, column: 3 });
    let (at, help) = finding_in("utf_16", b"\xff\xfea\0b\0");
    assert_eq!(at, LineColumn { line: 1, column: 1 });
    assert!(help.contains("UTF-16"));
}

#[test]
fn a_missing_file_exits_with_5_and_the_nearest_name() {
    let folder = folder("missing");
    write(&folder, "samverkan.overens", "");
    let refusal =
        read(&folder.join("samverken.overens"), Limit::SourceBytes, &mut Sources::default(), &mut Sink::default());
    let refusal = refusal.unwrap_err();
    assert_eq!(refusal.exit, Exit::File);
    assert_eq!(refusal.help.as_deref(), Some("did you mean `samverkan.overens`?"));
}

#[test]
fn a_folder_where_a_file_is_needed_names_the_way_out() {
    let folder = folder("a_folder");
    write(&folder, "2015.ron", "()");
    let refusal = read(&folder, Limit::SourceBytes, &mut Sources::default(), &mut Sink::default()).unwrap_err();
    assert_eq!(refusal.exit, Exit::CommandLine);
    assert!(refusal.message.ends_with("is a folder, but a file is needed here"));
    assert!(refusal.help.unwrap().ends_with("a_folder/2015.ron`"));
}

#[test]
fn standard_input_can_be_named_once() {
    let mut sources = Sources::default();
    sources.add("-", "");
    let refusal = read(Path::new("-"), Limit::TableBytes, &mut sources, &mut Sink::default()).unwrap_err();
    assert_eq!(refusal.exit, Exit::CommandLine);
}

#[test]
fn of_a_folder_the_policy_named_after_it_is_taken() {
    let folder = folder("club");
    let named = write(&folder, "club.overens", "record r\n");
    write(&folder, "other.overens", "agreement other\n");
    assert_eq!(policy(&folder).unwrap(), named);
    assert_eq!(policy(&named).unwrap(), named);
}

#[test]
fn else_the_only_one_that_begins_with_agreement_is_taken() {
    let folder = folder("no_name");
    let one = write(&folder, "main.overens", "\u{feff}// the club\n\n  agreement club\n");
    write(&folder, "people.overens", "record person\n");
    write(&folder, "notes.txt", "agreement\n");
    assert_eq!(policy(&folder).unwrap(), one);
}

#[test]
fn no_policy_or_several_in_a_folder_is_refused() {
    let folder = folder("unclear");
    assert!(policy(&folder).unwrap_err().message.contains("has no policy"));
    write(&folder, "b.overens", "agreement b\n");
    write(&folder, "a.overens", "agreement a\n");
    let message = policy(&folder).unwrap_err().message;
    assert!(message.find("a.overens").unwrap() < message.find("b.overens").unwrap(), "{message}");
}

#[test]
fn fact_files_beside_a_policy_are_listed_by_name() {
    let folder = folder("facts_beside");
    let policy = write(&folder, "a.overens", "");
    assert_eq!(facts_beside(&policy), Ok(Vec::new()));
    let (b, a) = (write(&folder, "facts/2016.json", ""), write(&folder, "facts/2015.ron", ""));
    write(&folder, "facts/.hidden.ron", "");
    write(&folder, "facts/readme.md", "");
    assert_eq!(facts_beside(&policy), Ok(vec![a, b]));
}
