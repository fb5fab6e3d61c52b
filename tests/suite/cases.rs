//! The cases under tests/cases: agreements with their facts and what is expected of them.
//! What an expectation says is worked out by hand beside it; here the folders are walked and everything is read.

use std::path::{Path, PathBuf};

use overens::diagnostics::Sink;
use overens::load::{json, ron};
use overens::source::{Sources, decode};
use overens::syntax;
use overens::syntax::tree::{Item, Scenario, Tree};

/// All files below a folder with one of these endings, sorted, so that failures come in a steady order.
pub fn files_below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
            if path.is_dir() {
                waiting.push(path);
            } else if endings.contains(&ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// Files that shall be free of findings: all but those made to hold mistakes.
fn sound_files(endings: &[&str]) -> Vec<PathBuf> {
    let mistakes = cases().join("mistakes");
    files_below(&cases(), endings).into_iter().filter(|path| !path.starts_with(&mistakes)).collect()
}

/// The tree of a policy, and its findings as `path:line:column message`.
fn read_policy(path: &Path) -> (Tree, Vec<String>) {
    let text = decode(&std::fs::read(path).unwrap()).unwrap();
    let mut sources = Sources::default();
    let file = sources.add(path.display().to_string(), &text);
    let mut problems = Sink::default();
    let tree = syntax::read(file, &text, &mut problems);
    (tree, told(&sources, &problems))
}

fn told(sources: &Sources, problems: &Sink) -> Vec<String> {
    let line = |one: &overens::diagnostics::Diagnostic| {
        let (file, at) = sources.at(one.place.span);
        format!("{}:{}:{} {} | {:?}", file, at.line, at.column, one.message, one.help)
    };
    problems.sorted().into_iter().map(line).collect()
}

fn scenarios(tree: &Tree) -> impl Iterator<Item = &Scenario> {
    tree.items.iter().filter_map(|item| match item {
        Item::Scenario(scenario) => Some(scenario),
        _ => None,
    })
}

#[test]
fn every_policy_of_the_cases_is_read_without_a_finding() {
    let findings: Vec<String> = sound_files(&["overens"]).iter().flat_map(|path| read_policy(path).1).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_fact_file_of_the_cases_is_read_without_a_finding() {
    let mut findings = Vec::new();
    for path in sound_files(&["ron", "json"]) {
        let text = decode(&std::fs::read(&path).unwrap()).unwrap();
        let mut sources = Sources::default();
        let file = sources.add(path.display().to_string(), &text);
        let mut problems = Sink::default();
        let node = if path.extension().is_some_and(|ending| ending == "ron") {
            ron::read(file, &text, &mut problems)
        } else {
            json::read(file, &text, &mut problems)
        };
        findings.extend(told(&sources, &problems));
        assert!(node.is_some() || !findings.is_empty(), "{}", path.display());
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_case_folder_is_named_as_its_policy_and_has_a_scenario() {
    for path in sound_files(&["overens"]) {
        let (tree, _) = read_policy(&path);
        if tree.agreement.is_none() {
            continue; // definitions that others import
        }
        assert_eq!(path.file_stem(), path.parent().and_then(Path::file_name), "{}", path.display());
        assert!(scenarios(&tree).next().is_some(), "{}", path.display());
    }
}

#[test]
fn every_scenario_of_the_cases_expects_something_and_its_fact_files_are_there() {
    for path in sound_files(&["overens"]) {
        let (tree, _) = read_policy(&path);
        for scenario in scenarios(&tree) {
            let place = format!("{}: {}", path.display(), scenario.title.it);
            assert!(!scenario.expectations.is_empty(), "{place}");
            for facts in &scenario.facts {
                assert!(path.parent().unwrap().join(&facts.it).is_file(), "{place}: {}", facts.it);
            }
        }
    }
}

/// The folders of agreements that have scenarios: one run of the command over all of them.
#[test]
fn every_expectation_of_the_cases_holds() {
    let folders: Vec<PathBuf> = sound_files(&["overens"])
        .into_iter()
        .filter(|path| read_policy(path).0.agreement.is_some())
        .filter_map(|path| path.parent().map(Path::to_path_buf))
        .collect();
    assert!(folders.len() > 100, "the cases are there");
    let run = assert_cmd::Command::cargo_bin("overens").unwrap().arg("test").args(&folders).output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert_eq!(run.status.code(), Some(0), "{told}");
}

/// `expected.txt` holds a line `file:line:column code` for each finding, in order; an empty one means that there is none.
#[test]
fn every_mistake_has_the_findings_that_are_expected_of_it() {
    let mut wrong = Vec::new();
    for expected in files_below(&cases().join("mistakes"), &["txt"]) {
        let folder = expected.parent().unwrap();
        let verb = if folder.join("facts").is_dir() { "eval" } else { "test" };
        let run = assert_cmd::Command::cargo_bin("overens").unwrap().args([verb, "."]).current_dir(folder).output();
        let told = String::from_utf8_lossy(&run.unwrap().stderr).into_owned();
        let found: Vec<String> = told.lines().filter_map(finding).collect();
        let wanted: Vec<String> = std::fs::read_to_string(&expected).unwrap().lines().map(str::to_string).collect();
        if found != wanted {
            let name = folder.file_name().unwrap().to_string_lossy();
            wrong.push(format!("{name}\nwanted {wanted:#?}\nfound {found:#?}\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// `./file:line:column: error[code]: …` as `file:line:column code`.
fn finding(line: &str) -> Option<String> {
    let (place, rest) = line.strip_prefix("./").unwrap_or(line).split_once(": error[")?;
    let (code, _) = rest.split_once("]: ")?;
    Some(format!("{place} {code}"))
}
