//! Misspelt names and keywords: one letter left out, put in, exchanged for another or for its neighbour, in every policy of this
//! repository. Nearly always the right word is offered.
//!
//! `OVERENS_MISSPELLINGS=2000 cargo test misspel -- --nocapture` tries two thousand and prints those that miss; some are tried in every
//! run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use overens::check::{check, imports};
use overens::clauses;
use overens::diagnostics::{Diagnostic, Sink};
use overens::source::{FileId, Span};
use overens::syntax::outline::Outline;
use overens::syntax::tree::{Item, Tree};
use overens::syntax::{Within, keywords, read};

use super::cases::files_below;
use crate::reference::made::Tape;

/// A policy with all that it imports, its own tree first.
struct Policy {
    name: String,
    text: String,
    trees: Vec<Tree>,
}

fn policies() -> Vec<Policy> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let paths = files_below(&folder, &["overens"])
        .into_iter()
        .filter(|path| !path.components().any(|part| part.as_os_str() == "amendments"));
    paths.map(|path| policy(&path)).collect()
}

fn policy(path: &Path) -> Policy {
    let mut trees: Vec<Tree> = Vec::new();
    let mut waiting: Vec<PathBuf> = vec![path.to_path_buf()];
    let mut seen: Vec<PathBuf> = Vec::new();
    while let Some(path) = waiting.pop() {
        let path = path.canonicalize().unwrap();
        if seen.contains(&path) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let tree = read(FileId(u32::try_from(trees.len()).unwrap()), &text, &mut Sink::default());
        waiting.extend(imports(&tree).iter().map(|import| path.parent().unwrap().join(&import.it)));
        trees.push(tree);
        seen.push(path);
    }
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    Policy { name, text: std::fs::read_to_string(path).unwrap(), trees }
}

/// Where a declaration begins and ends; nothing for those that are one line without a place of their own.
fn span(item: &Item) -> Option<Span> {
    match item {
        Item::Record(one) => Some(one.span),
        Item::Fact(one) => Some(one.span),
        Item::Define(one) => Some(one.span),
        Item::Value(one) => Some(one.span),
        Item::Clause(one) => Some(one.span),
        Item::Scenario(one) => Some(one.span),
        Item::Import(_) | Item::Calendar(_) | Item::Actors(_) | Item::Amendment(_) => None,
    }
}

/// A word with one letter wrong.
fn misspelt(word: &str, tape: &mut Tape) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = tape.below(u32::try_from(letters.len()).unwrap()) as usize;
    let letter = char::from(b'a' + u8::try_from(tape.below(26)).unwrap());
    match tape.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letter),
        2 => letters[at] = letter,
        _ => letters.swap(at, (at + 1) % word.chars().count()),
    }
    letters.into_iter().collect()
}

/// The findings in a policy of which one declaration reads otherwise.
fn findings(policy: &mut Policy, at: usize, piece: &str) -> Vec<Diagnostic> {
    let mut problems = Sink::default();
    let piece = read(FileId(1000), piece, &mut problems);
    if !problems.has_errors() {
        let main = &mut policy.trees[0];
        let taken = main.items.remove(at);
        let more = piece.items.len();
        main.items.splice(at..at, piece.items);
        let agreement = check(&policy.trees, &mut problems);
        clauses::inspect(&agreement, &mut problems);
        policy.trees[0].items.splice(at..at + more, [taken]);
    }
    problems.sorted().into_iter().cloned().collect()
}

/// Whether the right word is offered; where a name is misspelt that is declared here, those that say it rightly are told the misspelt one.
fn is_right(finding: &Diagnostic, meant: &str, written: &str) -> bool {
    let help = finding.help.as_deref().unwrap_or("");
    let offered = help.strip_prefix("did you mean `").and_then(|rest| rest.split('`').next()).unwrap_or("");
    let pairs = offered == written && finding.message.contains(&format!("`{meant}`"));
    offered.split(' ').any(|word| word == meant) || pairs
}

#[test]
fn of_a_hundred_misspelt_words_at_least_97_are_told_the_right_one() {
    let many: u32 = std::env::var("OVERENS_MISSPELLINGS").ok().and_then(|many| many.parse().ok()).unwrap_or(200);
    let mut policies = policies();
    let mut tape = Tape::of(18);
    let keywords: Vec<&str> =
        keywords::ENGLISH.rows.iter().flat_map(|row| row.spellings).flat_map(|words| words.split(' ')).collect();
    let (mut tried, mut right) = (0, 0);
    let mut misses: BTreeMap<String, u32> = BTreeMap::new();
    while tried < many {
        let count = u32::try_from(policies.len()).unwrap();
        let policy = &mut policies[tape.below(count) as usize];
        let items: Vec<(usize, Span)> =
            policy.trees[0].items.iter().enumerate().filter_map(|(at, item)| Some((at, span(item)?))).collect();
        let (at, span) = items[tape.below(u32::try_from(items.len()).unwrap()) as usize];
        let piece = policy.text[span.start as usize..span.end as usize].to_string();
        let outline = Outline::of(FileId(0), &piece, Within::default(), &mut Sink::default()).unwrap();
        let is_word = |text: &str| text.chars().all(|sign| sign.is_alphabetic() || sign == '_') && text.len() > 1;
        let words: Vec<&str> =
            outline.words.iter().filter(|word| !word.quoted && is_word(word.text)).map(|word| word.text).collect();
        let meant = words[tape.below(u32::try_from(words.len()).unwrap()) as usize];
        let start = meant.as_ptr() as usize - piece.as_ptr() as usize;
        let written = misspelt(meant, &mut tape);
        let occurs = |word: &str| {
            policy.text.split(|sign: char| !sign.is_alphanumeric() && sign != '_').filter(|one| *one == word).count()
        };
        // What is another word is no misspelling, nor is a name that is written only here.
        let is_other =
            written == meant || written.len() < 2 || keywords.contains(&written.as_str()) || occurs(&written) > 0;
        let is_name = !keywords.contains(&meant);
        if is_other || (is_name && occurs(meant) < 2) {
            continue;
        }
        let wrong = format!("{}{written}{}", &piece[..start], &piece[start + meant.len()..]);
        let found = findings(policy, at, &wrong);
        // What is told of nothing, since nothing else speaks of the name, cannot be told rightly.
        if found.is_empty() && is_name {
            continue;
        }
        tried += 1;
        match found.iter().any(|finding| is_right(finding, meant, &written)) {
            true => right += 1,
            false => {
                let first = found.first().map_or("nothing".to_string(), |one| {
                    format!("{} / {}", one.message, one.help.as_deref().unwrap_or(""))
                });
                let line = wrong[..start].rfind('\n').map_or(0, |at| at + 1);
                let line = wrong[line..].lines().next().unwrap_or("").trim();
                *misses
                    .entry(format!("{}: `{written}` for `{meant}` in `{line}`: {first}", policy.name))
                    .or_default() += 1;
            }
        }
    }
    let told: Vec<String> = misses.keys().cloned().collect();
    println!("{right} of {tried} misspelt words are told the right one\n{}", told.join("\n"));
    assert!(right * 100 >= tried * 97, "{right} of {tried}:\n{}", told.join("\n"));
}
