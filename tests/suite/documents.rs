//! What the documents show is true: every policy in them is sound, every fact file fits the policy before it, every
//! scenario comes out, and every command is there.

use std::path::Path;
use std::process::Command;

use overens::check::check;
use overens::clauses::{self, KINDS};
use overens::compile::compile;
use overens::diagnostics::Sink;
use overens::evaluate::Limits;
use overens::load;
use overens::load::node::Node;
use overens::report::scenario::{self, Stage};
use overens::source::Sources;
use overens::syntax;
use overens::syntax::tree::{Item, Scenario, Tree};
use overens::value::Day;

/// A fenced block of a Markdown text.
pub struct Block {
    /// The heading it stands under.
    pub heading: String,
    /// What stands behind the fence, such as `overens lines`.
    pub info: String,
    pub text: String,
    /// Where its text begins, from 1.
    pub line: usize,
}

impl Block {
    pub fn language(&self) -> &str {
        self.info.split(' ').next().unwrap_or("")
    }

    fn is_facts(&self) -> bool {
        matches!(self.language(), "ron" | "json")
    }
}

/// All fenced blocks of a Markdown text, in order.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut heading = String::new();
    let mut open: Option<Block> = None;
    for (at, line) in markdown.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                let heading = heading.clone();
                open = Some(Block { heading, info: info.to_owned(), text: String::new(), line: at + 2 });
            }
            (None, None) if line.starts_with('#') => heading = line.trim_start_matches('#').trim().to_owned(),
            (None, None) => {}
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

const WITH_POLICIES: &[&str] = &["README.md", "docs/language.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Those that show commands, and what comes out of them.
const WITH_COMMANDS: &[&str] =
    &["README.md", "docs/authors.md", "docs/clerk.md", "docs/proposals.md", "policies/compact/README.md"];

// ---- policies, facts and scenarios --------------------------------------------------------------------------------------

#[test]
fn every_policy_in_the_documents_is_sound_and_its_facts_fit_it() {
    let mut wrong = Vec::new();
    for name in WITH_POLICIES {
        let all = blocks(&document(name));
        for (at, block) in all.iter().enumerate().filter(|(_, block)| block.info == "overens") {
            let facts: Vec<&Block> = all[at + 1..].iter().take_while(|it| it.info != "overens").collect();
            let mut stage = Setting::of(block);
            let none = Scenario { facts: Vec::new(), ..empty_scenario(&stage.tree) };
            for facts in facts.iter().filter(|it| it.is_facts()) {
                stage.facts(&none, &[facts]);
            }
            wrong.extend(stage.findings(name, block));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_scenario_in_the_documents_comes_out_as_it_says() {
    let mut wrong = Vec::new();
    for name in WITH_POLICIES {
        let all = blocks(&document(name));
        for (at, block) in all.iter().enumerate().filter(|(_, block)| block.info == "overens") {
            let facts: Vec<&Block> =
                all[at + 1..].iter().take_while(|it| it.info != "overens").filter(|it| it.is_facts()).collect();
            let mut stage = Setting::of(block);
            let scenarios: Vec<Scenario> = stage.tree.items.iter().filter_map(scenario_of).cloned().collect();
            for scenario in &scenarios {
                wrong.extend(
                    stage.run(scenario, &facts).into_iter().map(|what| format!("{name}:{}: {what}", block.line)),
                );
            }
            wrong.extend(stage.findings(name, block));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn scenario_of(item: &Item) -> Option<&Scenario> {
    match item {
        Item::Scenario(scenario) => Some(scenario),
        _ => None,
    }
}

/// A scenario that gives and expects nothing, for facts that are only to be read.
fn empty_scenario(tree: &Tree) -> Scenario {
    let span = overens::source::Span::new(tree.file, 0, 0);
    Scenario {
        title: overens::source::Spanned::new(String::new(), span),
        facts: Vec::new(),
        with: Vec::new(),
        without: Vec::new(),
        as_of: None,
        given: Vec::new(),
        notes: Vec::new(),
        expectations: Vec::new(),
        span,
    }
}

/// A policy of a document, read and checked.
struct Setting {
    sources: Sources,
    problems: Sink,
    tree: Tree,
    agreement: overens::model::Agreement,
    offset: usize,
}

impl Setting {
    fn of(block: &Block) -> Setting {
        let mut sources = Sources::default();
        let mut problems = Sink::default();
        let file = sources.add("policy", &block.text);
        let tree = syntax::read(file, &block.text, &mut problems);
        let agreement = check(std::slice::from_ref(&tree), &mut problems);
        if !problems.has_errors() {
            clauses::inspect(&agreement, &mut problems);
        }
        Setting { sources, problems, tree, agreement, offset: block.line }
    }

    /// Reads fact blocks with what a scenario gives.
    fn facts(&mut self, scenario: &Scenario, blocks: &[&Block]) -> overens::facts::Facts {
        let mut roots: Vec<(Node, String)> = Vec::new();
        for block in blocks {
            let name = format!("facts.{}", block.language());
            let file = self.sources.add(&name, &block.text);
            roots.extend(load::read(file, &name, &block.text, &mut self.problems).map(|root| (root, name)));
        }
        let schema = &self.agreement.schema;
        let roots = load::apply_given(&scenario.given, roots, schema, &mut self.problems);
        let others = load::Others::default();
        let whose = load::Whose { schema, agreement: Some(&self.agreement.name), others: &others };
        load::bind(&roots, &whose, &mut self.problems)
    }

    /// Each expectation that fails, with what came instead. A scenario names the fact blocks behind its policy as
    /// `facts.ron` and `facts.json`.
    fn run(&mut self, scenario: &Scenario, behind: &[&Block]) -> Vec<String> {
        let named = |name: &str| behind.iter().copied().find(|block| format!("facts.{}", block.language()) == name);
        let blocks: Vec<&Block> = scenario.facts.iter().map(|name| named(&name.it).expect("facts behind")).collect();
        let facts = self.facts(scenario, &blocks);
        if self.problems.has_errors() {
            return Vec::new();
        }
        let day = scenario.as_of.as_ref().map(|text| Day::parse_iso(&text.it).unwrap());
        let plan = compile(&self.agreement);
        let stage = Stage {
            plan: &plan,
            sources: &self.sources,
            facts: &facts,
            as_of: day.or(facts.as_of).unwrap(),
            limits: &Limits::default(),
        };
        let trial = scenario::run(scenario, stage).unwrap();
        let told = trial.failures.iter().map(|one| format!("{} | {}", one.expected, one.came.join(" | ")));
        told.collect()
    }

    fn findings(&self, name: &str, block: &Block) -> Vec<String> {
        // A page may show a day that not every year has: that it does not is what it says.
        let sorted = self.problems.sorted().into_iter().filter(|one| one.code.name != "not-every-year");
        let told = sorted.map(|one| {
            let (file, at) = self.sources.at(one.place.span);
            let line = if file == "policy" { at.line + self.offset - 1 } else { at.line };
            format!("{name}, block at {}, {file} line {line}: {}: {}", block.line, one.code.name, one.message)
        });
        told.collect()
    }
}

// ---- pieces of policies ---------------------------------------------------------------------------------------------------

#[test]
fn every_piece_of_a_policy_in_the_documents_can_be_written() {
    let mut wrong = Vec::new();
    for name in WITH_POLICIES {
        for block in blocks(&document(name)) {
            let holds = match block.info.as_str() {
                "overens fragment" => parses(&format!("agreement example \"\"\n\n{}", block.text)),
                "overens lines" => lines(&block.text).iter().all(|line| fits_a_kind(line)),
                "overens" | "ron" | "json" | "console" | "text" | "sh" | "rust" | "toml" | "" => true,
                other => panic!("{name}:{}: what is `{other}`?", block.line),
            };
            if !holds {
                wrong.push(format!("{name}:{}:\n{}", block.line, block.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lines of clauses; one that is indented goes on with the one before.
fn lines(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match found.last_mut() {
            Some(last) if line.starts_with(' ') => last.push_str(line),
            _ => found.push(line.to_owned()),
        }
    }
    found
}

fn fits_a_kind(line: &str) -> bool {
    KINDS.iter().any(|kind| parses(&format!("agreement example \"\"\n\n{} it\n  {line}\n", kind.name)))
}

fn parses(text: &str) -> bool {
    let mut sources = Sources::default();
    let mut problems = Sink::default();
    syntax::read(sources.add("piece", text), text, &mut problems);
    problems.is_empty()
}

// ---- the reference ----------------------------------------------------------------------------------------------------------

const BEGIN: &str = "<!-- made from the catalogue of clause kinds; a test compares -->\n";
const END: &str = "<!-- end of what is made -->\n";

/// Run with `OVERENS_WRITE=1` to write the part anew after a change of the catalogue.
#[test]
fn the_reference_holds_the_catalogue_of_clause_kinds() {
    let text = document("docs/language.md");
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (made, after) = rest.split_once(END).unwrap();
    let wanted = format!("\n{}\n", clauses::reference());
    if std::env::var("OVERENS_WRITE").is_ok() {
        std::fs::write(root().join("docs/language.md"), format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
        return;
    }
    assert!(made == wanted, "docs/language.md is older than the catalogue: run the tests once with OVERENS_WRITE=1");
}

#[test]
fn the_reference_has_an_example_of_every_kind_of_clause() {
    let text = document("docs/language.md");
    let all: String = blocks(&text).iter().filter(|block| block.info == "overens").map(|it| it.text.clone()).collect();
    for kind in KINDS {
        assert!(all.contains(&format!("\n{} ", kind.name)), "no example of a {}", kind.name);
    }
}

#[test]
fn the_reference_speaks_of_every_line_that_a_clause_can_have() {
    let text = document("docs/language.md");
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    for slot in clauses::slot::ALL {
        let first = slot.name.split(['…', ',']).map(str::trim).find(|words| !words.is_empty()).unwrap();
        let words = first.trim_start_matches("WHO ").trim_start_matches("WHAT ").trim_start_matches("AMOUNT ");
        let words = words.split(" \"").next().unwrap();
        assert!(before.contains(words) || after.contains(words), "nothing is said of `{}`", slot.name);
    }
}

// ---- commands and links -----------------------------------------------------------------------------------------------------

#[test]
fn every_command_in_the_readmes_is_there() {
    for words in WITH_COMMANDS.iter().flat_map(|name| commands(&document(name))) {
        let help = overens(&[words[0].as_str(), "--help"]);
        assert_eq!(help.0, Some(0), "there is no command `{}`", words[0]);
    }
}

/// A line of three dots stands for lines that are left out.
#[test]
fn what_the_readmes_show_of_a_command_is_what_comes_out() {
    let mut wrong = Vec::new();
    for name in WITH_COMMANDS {
        for block in blocks(&document(name)).iter().filter(|block| block.info == "console") {
            wrong.extend(not_shown(block).iter().map(|line| format!("{name}:{}: {line}", block.line)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The lines of a block that its commands do not print.
fn not_shown(block: &Block) -> Vec<String> {
    let (mut wrong, mut shown) = (Vec::new(), String::new());
    for line in block.text.lines() {
        match line.strip_prefix("$ ") {
            Some(command) => match arguments(command) {
                Some(words) => shown = overens(&words.iter().map(String::as_str).collect::<Vec<_>>()).1,
                None => shown = String::new(),
            },
            None if matches!(line.trim(), "" | "…") => {}
            None if shown.lines().any(|there| there.trim_end() == line.trim_end()) => {}
            None => wrong.push(line.to_owned()),
        }
    }
    wrong
}

/// A pipe of a shell stands behind what is run.
#[test]
fn every_command_on_the_compact_comes_to_an_answer() {
    for words in commands(&document("policies/compact/README.md")) {
        let words: Vec<&str> = words.iter().map(String::as_str).take_while(|word| *word != "|").collect();
        let (exit, told) = overens(&words);
        assert!(matches!(exit, Some(0 | 1)), "{words:?}: {told}");
    }
}

fn commands(markdown: &str) -> Vec<Vec<String>> {
    let all = blocks(markdown);
    let lines =
        all.iter().filter(|block| matches!(block.info.as_str(), "console" | "sh")).flat_map(|it| it.text.lines());
    lines.filter_map(|line| arguments(line.trim_start_matches("$ "))).collect()
}

/// What follows the program's name, without a comment behind it.
fn arguments(command: &str) -> Option<Vec<String>> {
    let rest = command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("overens "))?;
    let words = rest.split('#').next().unwrap().split_whitespace();
    Some(words.map(str::to_owned).collect())
}

/// The exit code, and what was printed: results, then messages.
fn overens(words: &[&str]) -> (Option<i32>, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_overens")).args(words).current_dir(root()).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap();
    (run.status.code(), text)
}

/// All pages for readers.
fn pages() -> Vec<String> {
    let listed = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned);
    let docs = std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().file_name());
    let docs = docs.map(|name| format!("docs/{}", name.to_str().unwrap())).filter(|name| name.ends_with(".md"));
    let policies = ["policies/compact/README.md", "policies/county_register/README.md"].map(str::to_owned);
    let mut pages: Vec<String> = listed.into_iter().chain(docs).chain(policies).collect();
    pages.sort();
    pages
}

#[test]
fn every_file_and_heading_that_a_document_links_to_is_there() {
    let mut wrong = Vec::new();
    for name in pages() {
        let text = document(&name);
        let page = root().join(&name);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            if link.contains("://") || (target.exists() && (heading.is_empty() || has_heading(&target, heading))) {
                continue;
            }
            wrong.push(format!("{name}: {link}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a page has the heading that a link calls so: in small letters, with hyphens for blanks and without other signs.
fn has_heading(page: &Path, called: &str) -> bool {
    let text = std::fs::read_to_string(page).unwrap();
    text.lines().filter(|line| line.starts_with('#')).any(|line| {
        let heading = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        let kept = heading.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
        kept.collect::<String>() == called
    })
}
