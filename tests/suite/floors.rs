//! The floors of the library: every module imports only from the floors below its own, and foreign crates, files, the
//! clock and binary fractions stay where they belong. Imports are read from the source itself, however they are written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::cases::files_below;

/// From the ground up; modules of one floor do not import each other.
const FLOORS: &[&[&str]] = &[
    &["source", "value", "workers"],
    &["diagnostics"],
    &["syntax"],
    &["model"],
    &["facts", "plan"],
    &["verdict"],
    &["clauses"],
    &["check", "compile", "layout", "load"],
    &["evaluate"],
    &["report"],
    &["compare"],
    &["render"],
    &["project"],
    &["cli"],
];

/// Foreign names, and the files or folders below `src` that may speak of them.
const DOORS: &[(&str, &[&str])] = &[
    ("anstream", &["cli"]),
    ("calamine", &["load/spreadsheet.rs"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("console", &["cli/review"]),
    ("icalendar", &["render/calendar/ics.rs"]),
    ("jsonc_parser", &["load"]),
    ("miette", &["render/diagnostics/terminal.rs"]),
    ("pest", &["syntax"]),
    ("pest_derive", &["syntax"]),
    ("ron", &["load"]),
    ("rustix", &["cli/review"]),
    ("saphyr_parser", &["load/yaml.rs"]),
    ("serde", &["cli", "load/grow.rs", "render"]),
    ("serde_json", &["cli", "load/json.rs", "render"]),
    ("std::env", &["cli", "main.rs"]),
    ("std::fs", &["cli"]),
    ("std::net", &[]),
    ("std::process", &["cli", "main.rs"]),
    ("std::thread", &["cli", "main.rs", "workers/threads.rs"]),
    ("std::time", &["cli/bounds.rs", "cli/progress.rs", "cli/watch.rs"]),
    ("supports_unicode", &["cli"]),
    ("terminal_size", &["cli"]),
    ("textwrap", &["render"]),
    ("toml", &["load"]),
    (
        "zip",
        &["load/error_cells.rs", "load/hidden.rs", "load/indented.rs", "load/packed.rs", "render/workbook/book.rs"],
    ),
];

/// Words that stand nowhere.
const WORDS: &[&str] = &["dbg!", "eprint!", "eprintln!", "f32", "f64", "print!", "println!", "unsafe"];

#[test]
fn a_module_imports_only_from_the_floors_below_its_own() {
    let wrong: Vec<String> = sources().iter().flat_map(Source::steps_up).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn foreign_crates_files_and_the_clock_stay_behind_their_doors() {
    let mut wrong = Vec::new();
    for source in sources() {
        for path in source.foreign_paths() {
            let door = DOORS.iter().find(|(name, _)| path == *name || path.starts_with(&format!("{name}::")));
            if let Some((name, _)) = door.filter(|(_, allowed)| !source.is_in(allowed)) {
                wrong.push(format!("{} names `{name}`", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_its_features_the_library_asks_for_nothing_that_a_browser_lacks() {
    const LACKING: [&str; 7] =
        ["std::env", "std::fs", "std::net", "std::os", "std::process", "std::thread", "std::time"];
    let mut wrong = Vec::new();
    // The door and its program are there with `cli` alone, the threads with `threads`.
    for source in sources().into_iter().filter(|source| !source.is_in(&["cli", "main.rs", "workers/threads.rs"])) {
        let lacking = |path: &String| LACKING.iter().any(|name| path == name || path.starts_with(&format!("{name}::")));
        wrong.extend(source.foreign_paths().into_iter().filter(lacking).map(|path| format!("{}: {path}", source.name)));
        let streams = ["stdin", "stdout", "stderr", "Instant", "SystemTime"];
        let named = source.tokens.iter().filter(|token| streams.contains(&token.as_str()));
        wrong.extend(named.map(|token| format!("{}: {token}", source.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let text =
        |name: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name)).unwrap();
    assert!(text("workers.rs").contains("#[cfg(feature = \"threads\")]\nmod threads;"));
    assert!(text("lib.rs").contains("#[cfg(feature = \"cli\")]\n#[doc(hidden)]\npub mod cli;"));
}

#[test]
fn there_are_no_binary_fractions_no_printing_and_nothing_unsafe() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (at, token) in source.tokens.iter().enumerate() {
            let called =
                format!("{token}{}", source.tokens.get(at + 1).filter(|next| *next == "!").map_or("", |_| "!"));
            if WORDS.contains(&called.as_str()) || is_fraction(token) {
                wrong.push(format!("{} says `{called}`", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_stands_on_a_floor() {
    let known: BTreeSet<&str> = FLOORS.iter().flat_map(|floor| floor.iter().copied()).collect();
    let there: BTreeSet<String> = sources().into_iter().filter_map(|source| source.module.first().cloned()).collect();
    assert_eq!(there.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
}

#[test]
fn imports_are_seen_however_they_are_written() {
    let text = "
        //! use crate::cli::Hidden;
        use std::fmt;
        use crate::{
            diagnostics::{Sink, codes as all},
            source::Span, // a comment
        };
        use super::super::report::*;
        const QUOTED: &str = \"use crate::cli::Hidden\";
        const RAW: &str = r#\"crate::cli \" \"#;
        const SIGN: char = '\"';
        fn look<'a>(it: &'a crate::render::Table) -> super::super::evaluate::Limits { todo }
    ";
    let source = Source::read("load/json.rs", text);
    let reached: Vec<String> = source.own_paths().into_iter().map(|path| path.join("::")).collect();
    let expected =
        ["diagnostics::Sink", "diagnostics::codes", "source::Span", "report::*", "render::Table", "evaluate::Limits"];
    assert_eq!(reached, expected);
    assert_eq!(source.steps_up().len(), 3);
}

#[test]
fn a_number_with_a_point_is_told_from_a_field_of_a_field() {
    assert_eq!(tokens("a.0.1 + 1.5 + 0..5"), ["a", ".", "0", ".", "1", "+", "1.5", "+", "0", ".", ".", "5"]);
    assert!(is_fraction("1.5") && !is_fraction("15"));
}

// ---- sources and their paths ------------------------------------------------------------------------------------------

struct Source {
    /// Below `src`, such as `load/json.rs`.
    name: String,
    /// `["load", "json"]`; empty for the roots.
    module: Vec<String>,
    tokens: Vec<String>,
}

fn sources() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        Source::read(&name, &std::fs::read_to_string(&path).unwrap())
    };
    files_below(&folder, &["rs"]).into_iter().map(read).collect()
}

impl Source {
    fn read(name: &str, text: &str) -> Source {
        let parts = name.trim_end_matches(".rs").split('/').map(str::to_owned);
        let module = parts.filter(|part| !matches!(part.as_str(), "mod" | "lib" | "main")).collect();
        Source { name: name.to_owned(), module, tokens: tokens(text) }
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.name == *place || self.name.starts_with(&format!("{place}/")))
    }

    /// Imports from a floor above, or from a neighbour on the same one.
    fn steps_up(&self) -> Vec<String> {
        let Some(own) = self.module.first() else { return Vec::new() };
        let mut wrong = Vec::new();
        for path in self.own_paths() {
            let target = path.first().unwrap();
            if target != own && floor(target) >= floor(own) {
                wrong.push(format!("{} imports `{}`", self.name, path.join("::")));
            }
        }
        wrong
    }

    /// Paths into this library, from its root.
    fn own_paths(&self) -> Vec<Vec<String>> {
        paths(&self.tokens)
            .into_iter()
            .filter_map(|path| self.path_from_root(path))
            .filter(|path| !path.is_empty())
            .collect()
    }

    fn path_from_root(&self, path: Vec<String>) -> Option<Vec<String>> {
        let mut base = match path.first()?.as_str() {
            "crate" | "overens" => Vec::new(),
            "self" | "super" => self.module.clone(),
            _ => return None,
        };
        for part in path {
            match part.as_str() {
                "crate" | "overens" | "self" => {}
                "super" => drop(base.pop()),
                _ => base.push(part),
            }
        }
        Some(base)
    }

    /// Paths that begin outside of this library, as far as a name of the file's own imports or modules does not stand
    /// before it: `load::ron` is not the crate of that name.
    fn foreign_paths(&self) -> Vec<String> {
        let all = paths(&self.tokens);
        let ours = |path: &&Vec<String>| self.path_from_root((*path).clone()).is_some();
        let brought: BTreeSet<&String> = all.iter().filter(ours).filter_map(|path| path.last()).collect();
        let foreign =
            all.iter().filter(|path| !ours(path) && path.first().is_none_or(|first| !brought.contains(first)));
        foreign.map(|path| path.join("::")).collect()
    }
}

fn floor(module: &str) -> usize {
    let found = FLOORS.iter().position(|floor| floor.contains(&module));
    found.unwrap_or_else(|| panic!("`{module}` has no floor: give it one, or import its items by their module"))
}

/// Every path of a file: those of `use`, each branch by itself, and those inside of the code.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        // `use<…>` behind a type says what it captures, and imports nothing.
        if tokens[at] == "use" && tokens.get(at + 1).is_none_or(|next| next != "<") {
            at = branch(tokens, at + 1, &[], &mut found);
        } else if is_name(&tokens[at]) {
            let mut path = vec![tokens[at].clone()];
            while tokens.get(at + 1).is_some_and(|next| next == "::")
                && tokens.get(at + 2).is_some_and(|it| is_name(it))
            {
                path.push(tokens[at + 2].clone());
                at += 2;
            }
            if path.len() > 1 {
                found.push(path);
            }
            at += 1;
        } else {
            at += 1;
        }
    }
    found
}

/// Reads one branch of a `use`; ends behind it.
fn branch(tokens: &[String], mut at: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "::" => at += 1,
            "as" => at += 2,
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = branch(tokens, at, &path, found);
                    at += usize::from(tokens.get(at).is_some_and(|token| token == ","));
                }
                return at + 1;
            }
            "," | "}" | ";" => break,
            _ => {
                path.push(token.clone());
                at += 1;
            }
        }
    }
    found.push(path);
    at
}

fn is_name(token: &str) -> bool {
    token.starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
}

fn is_fraction(token: &str) -> bool {
    token.starts_with(|sign: char| sign.is_ascii_digit()) && token.contains('.')
}

/// Names, numbers, `::` and single signs; comments and quoted text left out.
fn tokens(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(sign) = signs.get(at).copied() {
        let next = signs.get(at + 1).copied().unwrap_or(' ');
        let start = at;
        match sign {
            '/' if next == '/' => at = past(&signs, at, |rest| rest[0] == '\n'),
            '/' if next == '*' => at = past(&signs, at + 2, |rest| rest.starts_with(&['*', '/'])) + 1,
            '"' => at = past_text(&signs, at + 1),
            'r' if raw_fence(&signs, at + 1).is_some() => {
                let fence = raw_fence(&signs, at + 1).unwrap();
                let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', fence)).collect();
                at = past(&signs, at + 2 + fence, |rest| rest.starts_with(&end)) + fence;
            }
            '\'' if next == '\\' || signs.get(at + 2) == Some(&'\'') => {
                at = past(&signs, at + 2 + usize::from(next == '\\'), |rest| rest[0] == '\'');
            }
            _ if sign.is_alphanumeric() || sign == '_' => {
                let inner = |sign: &char| sign.is_alphanumeric() || *sign == '_';
                at += signs[at..].iter().take_while(|sign| inner(sign)).count();
                let number = sign.is_ascii_digit() && found.last().is_none_or(|last| last != ".");
                let point = signs.get(at) == Some(&'.') && signs.get(at + 1).is_some_and(char::is_ascii_digit);
                if number && point {
                    at += 1 + signs[at + 1..].iter().take_while(|sign| inner(sign)).count();
                }
                found.push(signs[start..at].iter().collect());
            }
            ':' if next == ':' => {
                found.push("::".to_owned());
                at += 2;
            }
            _ if sign.is_whitespace() => at += 1,
            _ => {
                found.push(sign.to_string());
                at += 1;
            }
        }
    }
    found
}

/// Right behind the first place from `at` on where this holds.
fn past(signs: &[char], at: usize, ends: impl Fn(&[char]) -> bool) -> usize {
    (at..signs.len()).find(|at| ends(&signs[*at..])).map_or(signs.len(), |at| at + 1)
}

fn past_text(signs: &[char], mut at: usize) -> usize {
    while let Some(sign) = signs.get(at) {
        match sign {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// How many `#` stand before the quote of a raw text.
fn raw_fence(signs: &[char], at: usize) -> Option<usize> {
    let fence = signs.get(at..)?.iter().take_while(|sign| **sign == '#').count();
    (signs.get(at + fence) == Some(&'"')).then_some(fence)
}
