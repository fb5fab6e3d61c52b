//! The codes of findings: each has a page whose failing example fails with that code and whose repaired one is clean,
//! and each is raised somewhere.

use std::path::Path;

use overens::check::check;
use overens::clauses;
use overens::diagnostics::{Code, Sink, codes};
use overens::load;
use overens::model::Agreement;
use overens::source::Sources;
use overens::syntax;

use super::cases::files_below;
use super::documents::{Block, blocks};

/// What is wrong here lies in bytes, paths or the command line, which no text can show.
const AT_THE_DOOR: &[&str] = &["import-circle", "import-missing", "not-utf-8", "scenario-facts", "several-headers"];

#[test]
fn a_page_begins_with_its_name_and_says_in_plain_words_what_is_meant() {
    let mut wrong = Vec::new();
    for code in codes::ALL {
        let mut lines = code.page.lines();
        if lines.next() != Some(&format!("# {}", code.name)) {
            wrong.push(format!("{}: the first line is not its name", code.name));
        }
        let words = lines.find(|line| !line.trim().is_empty()).unwrap_or("");
        if words.is_empty() || words.starts_with(['#', '`']) {
            wrong.push(format!("{}: no plain words come first", code.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_failing_example_of_a_page_gives_its_code_first_and_the_repaired_one_nothing() {
    let mut wrong = Vec::new();
    for code in codes::ALL.iter().filter(|code| !AT_THE_DOOR.contains(&code.name)) {
        wrong.extend(fails(code));
        wrong.extend(is_repaired(code));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn fails(code: &Code) -> Option<String> {
    let examples = examples(code, "Fails");
    let wrong = examples.iter().find(|found| found.first().is_none_or(|first| first.0 != code.name));
    match (examples.is_empty(), wrong) {
        (true, _) => Some(format!("{}: no failing example", code.name)),
        (false, Some(found)) => Some(format!("{}: the failing example gives {found:?}", code.name)),
        (false, None) => None,
    }
}

fn is_repaired(code: &Code) -> Option<String> {
    let examples = examples(code, "Repaired");
    let wrong = examples.iter().find(|found| !found.is_empty());
    match (examples.is_empty(), wrong) {
        (true, _) => Some(format!("{}: no repaired example", code.name)),
        (false, Some(found)) => Some(format!("{}: the repaired example gives {found:?}", code.name)),
        (false, None) => None,
    }
}

type Found = Vec<(&'static str, String)>;

/// What is found in each example below a heading: a policy, or the fact files that follow one another, held against the
/// policy before them.
fn examples(code: &Code, heading: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut policy: Option<Block> = None;
    let mut facts: Vec<Block> = Vec::new();
    let all = blocks(code.page);
    let mut ahead = all.into_iter().peekable();
    while let Some(block) = ahead.next() {
        let here = block.heading == heading;
        if block.language() == "overens" {
            // A policy with facts behind it is there for their sake.
            let alone = ahead.peek().is_none_or(|next| next.language() == "overens" || next.heading != block.heading);
            if here && alone {
                found.push(findings(&block, &[]));
            }
            policy = Some(block);
        } else if here {
            facts.push(block);
            if ahead.peek().is_none_or(|next| next.language() == "overens" || next.heading != heading) {
                let policy = policy.as_ref().unwrap_or_else(|| panic!("{}: facts without a policy", code.name));
                found.push(findings(policy, &std::mem::take(&mut facts)));
            }
        }
    }
    found
}

fn findings(policy: &Block, facts: &[Block]) -> Found {
    let mut sources = Sources::default();
    let mut problems = Sink::default();
    let file = sources.add("policy", &policy.text);
    let tree = syntax::read(file, &policy.text, &mut problems);
    let agreement = check(&[tree], &mut problems);
    if !problems.has_errors() {
        clauses::inspect(&agreement, &mut problems);
    }
    if !facts.is_empty() {
        assert!(problems.is_empty(), "the policy of facts is not sound: {:?}", problems.sorted());
        bind(&agreement, facts, &mut sources, &mut problems);
    }
    problems.sorted().iter().map(|one| (one.code.name, one.message.clone())).collect()
}

fn bind(agreement: &Agreement, facts: &[Block], sources: &mut Sources, problems: &mut Sink) {
    let mut roots = Vec::new();
    for block in facts {
        let name = format!("facts.{}", block.language());
        let file = sources.add(&name, &block.text);
        roots.extend(load::read(file, &name, &block.text, problems).map(|root| (root, name)));
    }
    if !roots.is_empty() {
        load::bind(&roots, &agreement.schema, Some(&agreement.name), problems);
    }
}

#[test]
fn every_code_is_raised_somewhere() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let texts: Vec<String> =
        files_below(&source, &["rs"]).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let raised = |code: &&Code| {
        let constant = format!("codes::{}", code.name.to_uppercase().replace('-', "_"));
        let named = |text: &String| {
            text.match_indices(&constant).any(|(at, _)| {
                !text[at + constant.len()..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '_')
            })
        };
        texts.iter().any(named)
    };
    let unraised: Vec<&str> = codes::ALL.iter().filter(|code| !raised(code)).map(|code| code.name).collect();
    assert!(unraised.is_empty(), "never raised: {}", unraised.join(", "));
}

#[test]
fn every_page_belongs_to_a_code_and_the_list_is_sorted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostics/codes");
    let pages: Vec<String> = files_below(&folder, &["md"])
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut names: Vec<&str> = codes::ALL.iter().map(|code| code.name).collect();
    names.sort_unstable();
    assert_eq!(pages, names);
}
