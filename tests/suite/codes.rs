//! The codes of findings: each has a page whose failing example fails with that code and whose repaired one is clean,
//! and each is raised somewhere.

use std::path::Path;

use overens::check::check;
use overens::clauses;
use overens::compile::compile;
use overens::diagnostics::{Code, Sink, codes};
use overens::load;
use overens::model::Agreement;
use overens::report::snapshot;
use overens::source::Sources;
use overens::syntax;

use super::cases::files_below;
use super::documents::{Block, blocks};

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
    for code in codes::ALL.iter().filter(|code| !NO_TEXT.contains(&code.name)) {
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

/// What pages about facts are held against, so that they need not show a policy each.
const COMMON: &str = r#"agreement samverkan "Decision on cooperation"
  in force from 2009-02-05
  months round down

record organisation
  name: text
  joining_sent_on: date
  members: number over time

record seat lasts from elected_on until left_on
  elected_on: date
  left_on: date

event meeting on held_on
  kind: one of annual, extra
  planned_on: date
  held_on: date
  summons_sent_on: date
  invited: set of organisation

fact topics: set of text

actors group, parties

deadline summons § 4.4
  for each meeting where kind is annual
  group shall have summons_sent_on
  at least 1 month before held_on

judgement openness § 3.3
  group shall "work openly"
  every calendar year
  judged by parties
"#;

/// Codes that only the command raises, since they are about files: their pages are run through it, in a folder that holds
/// the page's blocks.
const ABOUT_FILES: &[&str] = &[
    "as-of-differs",
    "cell-error",
    "conforms-to-nothing",
    "csv-columns",
    "csv-guessed",
    "csv-no-such-row",
    "csv-quotes",
    "csv-ragged",
    "csv-rows",
    "facts-circle",
    "facts-left-out",
    "far-ahead",
    "far-back",
    "import-circle",
    "missing-facts",
    "missing-import",
    "outside-the-root",
    "principle-not-taken-up",
    "record-not-told",
    "record-said-twice",
    "scenario-day",
    "scenario-facts",
    "table-read-twice",
    "two-readings",
    "unknown-principle",
    "unreadable-import",
    "unused-name",
];

/// An agreement for others to conform to.
const CHARTER: &str = r#"agreement charter "The charter"
  in force from 2010-01-01

actors council

judgement talks § 1
  council shall "talk with all"
  principle dialogue
"#;

/// Codes whose mistake cannot stand in a page as text: bytes that are no UTF-8, and the ending of a file's name.
const NO_TEXT: &[&str] = &["not-utf-8", "spreadsheet", "too-long", "unknown-ending"];

/// What the command finds in the blocks of a page. A block's first line may name its file: `// people.overens`.
fn through_the_command(code: &Code, heading: &str) -> Vec<Found> {
    let folder = std::env::temp_dir().join(format!("overens-page-{}-{}-{heading}", code.name, std::process::id()));
    std::fs::create_dir_all(folder.join("policy/facts")).unwrap();
    std::fs::create_dir_all(folder.join("common")).unwrap();
    // What the repaired examples find where they look for it.
    std::fs::write(folder.join("common/people.overens"), "record person\n  name: text\n").unwrap();
    std::fs::write(folder.join("common/charter.overens"), CHARTER).unwrap();
    std::fs::write(folder.join("policy/facts/2015.ron"), "(as_of: \"2015-06-01\", report: [])").unwrap();
    let mut asked = None;
    let mut facts = Vec::new();
    for block in blocks(code.page).into_iter().filter(|block| block.heading == heading) {
        if block.language() == "overens" {
            let named = block.text.lines().next().and_then(|line| line.strip_prefix("// ")).unwrap_or("policy.overens");
            let path = folder.join("policy").join(named);
            std::fs::write(&path, &block.text).unwrap();
            asked = Some(path);
        } else {
            for part in block.text.split("// ").skip(1) {
                let (name, text) = part.split_once('\n').unwrap();
                let path = folder.join(name);
                std::fs::write(&path, text).unwrap();
                facts.push(path);
            }
        }
    }
    // What stands in CSV is named by the file before it, which says what its rows are.
    if facts.iter().any(|path| path.extension().is_some_and(|ending| ending == "ron")) {
        facts.retain(|path| path.extension().is_none_or(|ending| ending != "csv"));
    }
    let mut command = assert_cmd::Command::cargo_bin("overens").unwrap();
    match &asked {
        Some(policy) if code.name.starts_with("scenario") => command.arg("test").arg(policy),
        Some(policy) => command.arg("check").arg(policy),
        None => {
            let policy = folder.join("policy/policy.overens");
            std::fs::write(&policy, COMMON).unwrap();
            command.arg("eval").arg(policy).args(&facts)
        }
    };
    let run = command.output().unwrap();
    let told = [run.stdout, run.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    std::fs::remove_dir_all(&folder).unwrap();
    let finding = |line| [": error[", ": warning["].into_iter().find_map(|word| str::split_once(line, word));
    let found = told.lines().filter_map(|line| finding(line)?.1.split_once("]: "));
    let named = |name: &str| codes::ALL.iter().map(|code| code.name).find(|known| *known == name).unwrap_or("");
    vec![found.map(|(name, message)| (named(name), message.to_owned())).collect()]
}

/// What is found in each example below a heading: a policy, or the fact files that follow one another, held against the
/// policy before them.
fn examples(code: &Code, heading: &str) -> Vec<Found> {
    if ABOUT_FILES.contains(&code.name) {
        return through_the_command(code, heading);
    }
    let mut found = Vec::new();
    let mut policy: Option<Block> = None;
    let mut facts: Vec<Block> = Vec::new();
    let all = blocks(code.page);
    let mut ahead = all.into_iter().peekable();
    while let Some(block) = ahead.next() {
        let here = block.heading == heading;
        if block.language() == "snap" {
            found.extend(here.then(|| in_snapshot(&block)));
        } else if block.language() == "overens" {
            // A policy with facts behind it is there for their sake.
            let alone = ahead.peek().is_none_or(|next| next.language() == "overens" || next.heading != block.heading);
            if here && alone {
                found.push(findings(&block, &[]));
            }
            policy = Some(block);
        } else if here {
            facts.push(block);
            if ahead.peek().is_none_or(|next| next.language() == "overens" || next.heading != heading) {
                let facts = std::mem::take(&mut facts);
                found.push(match &policy {
                    Some(policy) => findings(policy, &facts),
                    None => findings(&common(), &facts),
                });
            }
        }
    }
    found
}

fn common() -> Block {
    Block { heading: String::new(), info: "overens".to_owned(), text: COMMON.to_owned(), line: 1 }
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
        bind(&agreement, facts, &mut sources, &mut problems);
    }
    problems.sorted().iter().map(|one| (one.code.name, one.message.clone())).collect()
}

fn in_snapshot(block: &Block) -> Found {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add("facts.snap", &block.text);
    snapshot::read(file, &block.text, &mut problems);
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
        let others = load::Others::default();
        let whose = load::Whose { schema: &agreement.schema, agreement: Some(&agreement.name), others: &others };
        let facts = load::bind(&roots, &whose, problems);
        if !problems.has_errors() {
            load::check_recorded(&compile(agreement), &facts, &others, problems);
        }
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
