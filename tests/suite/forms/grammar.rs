//! The forms that a clause can have, read off the grammar: its rules by the sections of the file, and the words in them.

use overens::syntax::keywords;

/// A rule of the grammar, and how it is written.
pub struct Form {
    pub name: String,
    pub written: String,
}

/// A section of the grammar that is about clauses.
pub struct Section {
    pub title: &'static str,
    pub forms: Vec<Form>,
}

const SECTIONS: [(&str, &str); 3] = [
    ("clauses", "Kinds of clauses"),
    ("the lines of a clause", "Lines of clauses"),
    ("expressions", "Conditions, amounts and days"),
];

fn text() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/overens.pest");
    std::fs::read_to_string(path).unwrap()
}

/// The lines of a section, from its heading to the next.
fn lines(text: &str, heading: &str) -> Vec<String> {
    let begins = |line: &str| line.strip_prefix("// ---- ").is_some_and(|rest| rest.starts_with(heading));
    let mut all = text.lines().skip_while(|line| !begins(line));
    assert!(all.next().is_some(), "the grammar has no section `{heading}`");
    all.take_while(|line| !line.starts_with("// ----")).map(str::to_owned).collect()
}

pub fn sections() -> Vec<Section> {
    let text = text();
    let sections = SECTIONS.iter().map(|(heading, title)| Section { title, forms: forms(&lines(&text, heading)) });
    sections.collect()
}

/// The rules of some lines; one that is indented goes on with the one before. A rule without a pair of its own (`_`), and
/// one that only keeps another from being misread (a keyword's name that no keyword has), is no form.
fn forms(lines: &[String]) -> Vec<Form> {
    let mut rules: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty() && !line.starts_with("//")) {
        match rules.last_mut() {
            Some(last) if line.starts_with(' ') => last.push_str(line),
            _ => rules.push(line.clone()),
        }
    }
    let told = rules.iter().filter_map(|rule| {
        let (name, body) = rule.split_once('=')?;
        let name = name.trim();
        let shown = !body.trim().starts_with('_') && !name.starts_with("k_");
        shown.then(|| Form { name: name.to_owned(), written: written(body) })
    });
    told.collect()
}

/// The roles of the keywords that stand in the sections about clauses, in the order of the alphabet.
pub fn words() -> Vec<&'static str> {
    let text = text();
    let used: Vec<String> = SECTIONS.iter().flat_map(|(heading, _)| lines(&text, heading)).collect();
    let used = used.join("\n");
    let tokens: std::collections::BTreeSet<&str> =
        used.split(|sign: char| !sign.is_alphanumeric() && sign != '_').collect();
    let rows = keywords::ENGLISH.rows.iter().map(|row| row.role);
    rows.filter(|role| tokens.contains(format!("k_{role}").as_str())).collect()
}

/// How a word is written: of several spellings the one that its role is called by, else the first.
pub fn spelling(role: &str) -> &'static str {
    let spellings = keywords::row(role).map_or(&[][..], |row| row.spellings);
    let plain = spellings.iter().find(|spelling| spelling.replace(' ', "_") == role);
    plain.or(spellings.first()).copied().unwrap_or("?")
}

/// A rule's body as an author would write it: keywords in their spelling, other rules by name in capitals.
fn written(body: &str) -> String {
    let body = body.trim().trim_start_matches(['@', '$']).trim_start_matches('{').trim_end_matches('}');
    let mut out: Vec<String> = Vec::new();
    let body = without_looks_ahead(body).replace("\"(\"", "BEGIN").replace("\")\"", "END");
    for token in body.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
        out.push(match token {
            "~" => continue,
            "BEGIN" => "[(]".to_owned(),
            "END" => "[)]".to_owned(),
            "(" | ")" | "|" => token.to_owned(),
            _ => word(token),
        });
    }
    let text = out.join(" ").replace("( ", "(").replace(" )", ")").replace(") *", ")*").replace(") ?", ")?");
    text.replace(") +", ")+").replace(" ,", ",").replace(" ?", "?").replace("[(]", "(").replace("[)]", ")")
}

fn word(token: &str) -> String {
    let (name, repeats) = match token.find(['?', '*', '+']) {
        Some(at) => token.split_at(at),
        None => (token, ""),
    };
    if let Some(quoted) = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return format!("{quoted}{repeats}");
    }
    match name.strip_prefix("k_") {
        Some(role) if repeats.is_empty() => spelling(role).to_owned(),
        Some(role) => format!("({}){repeats}", spelling(role)),
        None => format!("{}{repeats}", name.replace('_', " ").to_uppercase().replace(' ', "-")),
    }
}

/// What must or must not follow is no part of what is written.
fn without_looks_ahead(body: &str) -> String {
    let mut out = String::new();
    let mut signs = body.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '!' && sign != '&' {
            out.push(sign);
            continue;
        }
        let mut depth = 0;
        while let Some(next) = signs.peek() {
            match next {
                '(' => depth += 1,
                ')' if depth == 0 => break,
                ')' => depth -= 1,
                ' ' | '~' if depth == 0 => break,
                _ => {}
            }
            signs.next();
        }
    }
    out
}
