//! Plain English: no string of the program, and no page about a code, has a phrase that `docs/style.md` tells to avoid.
//! The phrases are read from that page, so that the two agree.

use std::path::{Path, PathBuf};

use super::cases::files_below;

#[test]
fn no_message_has_a_phrase_to_avoid() {
    let avoid = phrases();
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        // What has no blank is a name, a code or a value that other programs read.
        for (line, words) in literals(&text).into_iter().filter(|(_, words)| words.contains(char::is_whitespace)) {
            let found = avoid.iter().filter(|phrase| phrase.is_in(&words));
            wrong.extend(found.map(|phrase| format!("src/{name}:{line}: `{}` in: {words}", phrase.words)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_page_about_a_code_has_a_phrase_to_avoid() {
    let avoid = phrases();
    let mut wrong = Vec::new();
    for code in overens::diagnostics::codes::ALL {
        let prose = prose(code.page);
        let found = avoid.iter().filter(|phrase| phrase.is_in(&prose));
        wrong.extend(found.map(|phrase| format!("{}: `{}`", code.name, phrase.words)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_has_ten_rules_and_twenty_pairs_whose_first_sides_are_what_it_says_to_avoid() {
    let page = page();
    let rules = part(&page, "Ten rules").lines().filter(|line| line.split('.').next().is_some_and(is_number)).count();
    let pairs = rows(&part(&page, "Twenty pairs"));
    assert_eq!((rules, pairs.len()), (10, 20));
    let avoid = phrases();
    let wrong = pairs.iter().filter_map(|pair| pair.get(1));
    let wrong: Vec<&String> = wrong.filter(|better| avoid.iter().any(|phrase| phrase.is_in(better))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_phrase_is_found_as_whole_words_and_not_in_longer_ones_that_are_allowed() {
    let phrase = Phrase { words: "is no".to_owned(), allowed: vec!["there is no".to_owned()] };
    assert!(phrase.is_in("This is no date") && phrase.is_in("there is no day; it is\n    no date"));
    let phrase_with_a_comma = Phrase { words: "here, too".to_owned(), allowed: Vec::new() };
    assert!(phrase_with_a_comma.is_in("and here, too") && !phrase_with_a_comma.is_in("and here too"));
    assert!(!phrase.is_in("there is no date") && !phrase.is_in("this is not a date") && !phrase.is_in("his nose"));
    let text = "// \"left\"\nlet a = \"one \\\"two\\\"\"; let b = '\"'; let c = r#\"three \"four\"\"#; /* \"left\" */";
    let found: Vec<String> = literals(text).into_iter().map(|(_, words)| words).collect();
    assert_eq!(found, ["one \\\"two\\\"", "three \"four\""]);
}

// ---- the phrases -------------------------------------------------------------------------------------------------------

struct Phrase {
    words: String,
    /// Longer phrases that may have it.
    allowed: Vec<String>,
}

impl Phrase {
    fn is_in(&self, text: &str) -> bool {
        let mut words = plain(text);
        for allowed in &self.allowed {
            words = words.replace(&format!(" {} ", plain(allowed).trim()), " . ");
        }
        words.contains(&format!(" {} ", plain(&self.words).trim()))
    }
}

/// In small letters with one blank between words and before each point and comma, other signs and what is put in later left out.
fn plain(text: &str) -> String {
    let mut signs = text.to_lowercase();
    while let Some((before, after)) = signs.split_once('{').filter(|(_, after)| after.contains('}')) {
        let (inside, after) = after.split_once('}').unwrap_or(("", after));
        // A name is put in there; of a table, `{{ … }}`, the words stay.
        let kept = if inside.contains(' ') { inside } else { "" };
        signs = format!("{before} . {kept} {after}");
    }
    let is_kept = |sign: char| sign.is_alphanumeric() || matches!(sign, '\'' | '.' | ',');
    let words: String = signs
        .replace('.', " . ")
        .replace(',', " , ")
        .chars()
        .map(|sign| if is_kept(sign) { sign } else { ' ' })
        .collect();
    format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn phrases() -> Vec<Phrase> {
    let quoted = |cell: &String| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = rows(&part(&page(), "Phrases to avoid"));
    let phrase = |row: &Vec<String>| {
        let words = quoted(row.first()?).into_iter().next()?;
        Some(Phrase { words, allowed: row.get(2).map(quoted).unwrap_or_default() })
    };
    let found: Vec<Phrase> = rows.iter().filter_map(phrase).collect();
    assert!(found.len() == rows.len() && found.len() > 20, "each row begins with a phrase in backticks");
    found
}

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/style.md")).unwrap()
}

/// What is under a heading.
fn part(page: &str, heading: &str) -> String {
    let rest = page.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no part `{heading}`")).1;
    rest.split("\n## ").next().unwrap_or_default().to_owned()
}

/// The cells of a table, without its head.
fn rows(part: &str) -> Vec<Vec<String>> {
    let lines = part.lines().filter(|line| line.starts_with('|')).skip(2);
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    lines.map(cells).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

// ---- what is looked at -------------------------------------------------------------------------------------------------

/// Each source file, by its path below `src`.
fn sources() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        (name, std::fs::read_to_string(&path).unwrap())
    };
    files_below(&folder, &["rs"]).into_iter().map(read).collect()
}

/// A page without its title, its examples and what it has in backticks.
fn prose(page: &str) -> String {
    let outside: String = page.split_once('\n').map_or("", |(_, rest)| rest).split("```").step_by(2).collect();
    outside.split('`').step_by(2).collect::<Vec<_>>().join(" . ")
}

/// The quoted texts of a source file with the lines on which they begin; what is in comments is none.
fn literals(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '/', '\'', 'r']) {
        let line = 1 + text[..text.len() - rest.len() + at].matches('\n').count();
        let before = rest[..at].chars().next_back();
        rest = &rest[at..];
        let (length, literal) = literal(rest, before);
        found.extend(literal.map(|words| (line, words.replace("\\\n", " "))));
        rest = &rest[length..];
    }
    found
}

/// How long what begins here is, and what is quoted in it.
fn literal(rest: &str, before: Option<char>) -> (usize, Option<&str>) {
    let up_to = |from: usize, end: &str| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    let fence = rest.len() - rest.trim_start_matches('r').trim_start_matches('#').len();
    match rest.as_bytes()[0] {
        b'/' if rest.starts_with("//") => (up_to(0, "\n"), None),
        b'/' if rest.starts_with("/*") => (up_to(2, "*/"), None),
        b'r' if rest[fence..].starts_with('"')
            && rest[1..fence].bytes().all(|byte| byte == b'#')
            && !before.is_some_and(|sign| sign.is_alphanumeric() || sign == '_') =>
        {
            let end = format!("\"{}", "#".repeat(fence - 1));
            let length = up_to(fence + 1, &end);
            (length, rest.get(fence + 1..length - end.len()))
        }
        b'"' => {
            let mut escaped = false;
            let end = rest[1..].find(|sign: char| {
                let ends = sign == '"' && !escaped;
                escaped = sign == '\\' && !escaped;
                ends
            });
            let end = end.map_or(rest.len(), |at| at + 1);
            ((end + 1).min(rest.len()), rest.get(1..end))
        }
        // A sign in quotes; a lifetime has no second quote so near.
        b'\'' if rest.starts_with("'\\") => (up_to(2, "'").max(3), None),
        b'\'' => {
            let sign = rest[1..].chars().next().map_or(0, char::len_utf8);
            (if rest[1 + sign..].starts_with('\'') { sign + 2 } else { 1 }, None)
        }
        _ => (1, None),
    }
}
