//! What pest could not read, in words for an author: where, what stands there, what could stand there.

use std::borrow::Cow;

use pest::Parser;
use pest::error::{Error, ErrorVariant, InputLocation};

use super::build::Build;
use super::grammar::{PolicyParser, Rule, role_of};
use super::keywords::{ENGLISH, Place, written};
use super::natural::{Natural, natural};
use super::respelt::{Respelt, respelt};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::source::{LINE_ENDS, Span};

/// How many things that could stand somewhere are worth listing.
const LISTED: usize = 7;

/// Whether misspelt words are looked for, by reading the piece with others in their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    Tried,
    NotTried,
}

/// The mistake in a piece that should hold one declaration.
pub fn explain(build: &Build, piece: &str, spelling: Spelling) -> Diagnostic {
    match PolicyParser::parse(Rule::chunk, piece) {
        Err(error) => worded(build, (piece, spelling), &error),
        Ok(_) => worded_at(build, (piece, spelling), 0, (&[], &[])),
    }
}

/// The mistake in a file whose pieces are all fine by themselves.
pub fn explain_file(build: &Build) -> Diagnostic {
    match PolicyParser::parse(Rule::file, build.text) {
        Err(error) => worded(build, (build.text, Spelling::Tried), &error),
        Ok(_) => worded_at(build, (build.text, Spelling::Tried), 0, (&[], &[])),
    }
}

fn worded(build: &Build, (piece, spelling): (&str, Spelling), error: &Error<Rule>) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    match &error.variant {
        ErrorVariant::ParsingError { positives, negatives } => {
            worded_at(build, (piece, spelling), at, (positives, negatives))
        }
        // The parser has no mistakes of its own but one: it found no room to go further in.
        ErrorVariant::CustomError { .. } => {
            let start = build.base.saturating_add(word_start(piece, at));
            let end = start.saturating_add(word_at(piece, word_start(piece, at)).len());
            too_deep(Span::new(build.file, start, end))
        }
    }
}

/// A sentence with so many parts inside one another that nothing could follow it.
pub fn too_deep(place: Span) -> Diagnostic {
    codes::TOO_DEEP
        .at(place)
        .say("this is nested too deeply to be read")
        .help("give part of it a name of its own with `define`".to_string())
}

/// `expected` could stand there; `refused` is what must not.
fn worded_at(
    build: &Build,
    (piece, spelling): (&str, Spelling),
    at: usize,
    (expected, refused): (&[Rule], &[Rule]),
) -> Diagnostic {
    let at = word_start(piece, at);
    let found = word_at(piece, at);
    if let Some(line) = given(build, piece, at) {
        return line;
    }
    if let Some(Natural { at, say, help }) = natural(piece, at) {
        let (start, end) = (build.base.saturating_add(at.start), build.base.saturating_add(at.end));
        return codes::SYNTAX.at(Span::new(build.file, start, end)).say(say).help(help);
    }
    if spelling == Spelling::Tried
        && let Some(misspelt) = misspelt(build, piece, at, expected)
    {
        return misspelt;
    }
    let words = phrases(expected);
    let place = |start: usize, length: usize| {
        let start = build.base.saturating_add(start);
        Span::new(build.file, start, start.saturating_add(length))
    };
    // Days early say so; days late stand behind the word of the verdict.
    let days_late = found == "late" && expected.contains(&Rule::k_early);
    let help = binds(piece.get(at..).unwrap_or(""), expected)
        .map(|(phrase, word)| format!("write `{word}` instead of `{phrase}`"))
        .or_else(|| as_meant(piece, at, found))
        .or_else(|| misplaced(piece, at, found, expected))
        .or_else(|| {
            days_late
                .then(|| "remove it: after `late`, write only the number of days, as in `late, 2 days`".to_string())
        })
        // A word of the language is not another one misspelt.
        .or_else(|| {
            near_keyword(found, expected)
                .filter(|_| !ENGLISH.reserved.contains(&found))
                .map(|word| format!("did you mean `{word}`?"))
        })
        .or_else(|| given_without_has(piece, at))
        .or_else(|| listed(&words));
    if found.is_empty() {
        let end = piece.trim_end().len();
        return codes::SYNTAX.at(place(end, 0)).say("this declaration is incomplete").help(help);
    }
    let rest = piece.get(at.saturating_add(found.len())..).unwrap_or("");
    let found = &*clip(found);
    if ENGLISH.reserved.contains(&found) {
        let meant =
            expected.iter().any(|rule| matches!(rule, Rule::name | Rule::path | Rule::path_within | Rule::subject_key));
        let may_be = refused.contains(&Rule::reserved);
        if meant || (may_be && (rest.trim_start().starts_with(':') || is_being_named(piece, at))) {
            return codes::SYNTAX
                .at(place(at, found.len()))
                .say(format!("`{found}` is a keyword and cannot be used as a name here"))
                .help(format!("choose another name, or write it in backticks: `` `{found}` ``"));
        }
        if may_be {
            let in_backticks = format!("if it is a name, write it in backticks: `` `{found}` ``");
            let help = help.map_or(in_backticks.clone(), |help| format!("{help}; {in_backticks}"));
            return codes::SYNTAX.at(place(at, found.len())).say(format!("unexpected `{found}`")).help(help);
        }
    }
    codes::SYNTAX.at(place(at, found.len())).help(help).say(format!("unexpected `{found}`"))
}

/// Whether what stands before a word is the one word that begins a declaration, behind which its name stands.
fn is_being_named(piece: &str, at: usize) -> bool {
    let before = piece.get(..at).unwrap_or("").trim();
    ENGLISH.rows.iter().filter(|row| row.place == Place::Declaration).any(|row| row.spellings.contains(&before))
}

/// Signs and words of other languages, and the words to write.
const MEANT: [(&str, &str); 20] = [
    (">=", AT_LEAST),
    ("=>", AT_LEAST),
    ("<=", AT_MOST),
    ("=<", AT_MOST),
    ("<>", "is not"),
    ("!=", "is not"),
    ("==", "is"),
    ("=", "is"),
    ("<", "is less than"),
    (">", "is more than"),
    ("&&", "and"),
    ("||", "or"),
    ("+", "plus"),
    ("*", "times"),
    ("≥", AT_LEAST),
    ("≤", AT_MOST),
    ("≠", "is not"),
    ("×", "times"),
    ("÷", "divided by"),
    ("!", "not"),
];

const AT_LEAST: &str = "is at least";
const AT_MOST: &str = "is at most";

/// What days are asked in place of amounts.
const OF_DAYS: [(&str, &str); 4] = [
    (AT_LEAST, "is no earlier than"),
    (AT_MOST, "is no later than"),
    ("is less than", "is before"),
    ("is more than", "is after"),
];

/// How other texts bind somebody, and the word to write; longer phrases first.
const BINDS: [(&str, &str); 19] = [
    ("is not allowed to", "must not"),
    ("are not allowed to", "must not"),
    ("is obliged to", "shall"),
    ("are obliged to", "shall"),
    ("is required to", "shall"),
    ("are required to", "shall"),
    ("is allowed to", "may"),
    ("are allowed to", "may"),
    ("will not", "must not"),
    ("ought to", "should"),
    ("needs to", "shall"),
    ("need to", "shall"),
    ("have to", "shall"),
    ("has to", "shall"),
    ("is to", "shall"),
    ("cannot", "must not"),
    ("must", "shall"),
    ("will", "shall"),
    ("can", "may"),
];

/// How a bearer is bound in words of other texts, where one of the language's own belongs.
fn binds(rest: &str, expected: &[Rule]) -> Option<(&'static str, &'static str)> {
    let modal = expected.iter().any(|rule| matches!(rule, Rule::modal | Rule::k_shall));
    let begins = |phrase: &str| rest.strip_prefix(phrase).is_some_and(|rest| !rest.starts_with(is_word));
    BINDS.iter().find(|(phrase, _)| modal && begins(phrase)).copied()
}

/// What an author probably means who writes as in another language, or as in another country.
fn as_meant(piece: &str, at: usize, found: &str) -> Option<String> {
    let rest = piece.get(at..)?;
    let before = piece.get(..at)?;
    let follows_digits = before.ends_with(|c: char| c.is_ascii_digit());
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(decimals) = rest.strip_prefix(',').filter(|rest| follows_digits && digits(rest) > 0) {
        let whole = before.get(before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at.saturating_add(1))..)?;
        let decimals = decimals.get(..digits(decimals))?;
        return Some(format!("use a decimal point: write `{whole}.{decimals}`"));
    }
    if rest.starts_with('/') && follows_digits {
        return Some("write a date as year, month and day, such as 2015-01-22".to_string());
    }
    let modal = ["shall", "should", "may"].into_iter().find(|modal| before.trim_end().ends_with(modal));
    if let Some(modal) = modal.filter(|_| found == "not") {
        return Some(format!("write `must not` instead of `{modal} not`"));
    }
    let (sign, word) = MEANT.iter().find(|(sign, _)| rest.starts_with(sign))?;
    Some(match OF_DAYS.iter().find(|(amounts, _)| amounts == word) {
        Some((_, days)) => format!("write `{word}` instead of `{sign}`; for days, `{days}`"),
        None => format!("write `{word}` instead of `{sign}`"),
    })
}

/// What to write in a line of a scenario that gives something in the words of a condition, or a fact without saying that it is one.
fn given(build: &Build, piece: &str, at: usize) -> Option<Diagnostic> {
    let mut lines = piece.get(..at)?.rsplit(LINE_ENDS).map(|line| line.split_whitespace().collect::<Vec<&str>>());
    let (words, found) = (lines.next()?, word_at(piece, at));
    // What lacks its value takes the first word of the next line for it.
    let words = match (words.as_slice(), lines.next()) {
        (["expect" | "given" | "note"], Some(above)) if is_cut_short(&above) => above,
        (_, _) => words,
    };
    let is_said = matches!(found, "is" | "has" | "=" | ":");
    let start = build.base.saturating_add(at);
    let place = Span::new(build.file, start, start.saturating_add(found.len()));
    let has_fields = || piece.get(at..).and_then(|rest| rest.split_whitespace().nth(1)) == Some("has");
    if matches!(words.as_slice(), ["given", _]) && ENGLISH.reserved.contains(&found) && has_fields() {
        let say = format!("`{found}` is a keyword and cannot be used as an id here");
        return Some(codes::SYNTAX.at(place).say(say).help(format!("write it in backticks: `` `{found}` ``")));
    }
    let help = match words.as_slice() {
        ["given", "fact", name] if is_said => format!("write `given fact {name} VALUE`, without `{found}`"),
        ["given", "facts", name, ..] => format!("write `given fact {name} VALUE`, one fact on each line"),
        ["given", "fact", name] => format!("write `given fact {name} VALUE`"),
        ["given", "fact", name, "has", ..] => format!("write `given fact {name} VALUE`, without `has`"),
        ["given", "complete" | "no" | "fact", ..] => return None,
        ["given", name] if !found.is_empty() => format!(
            "if `{name}` is a fact, write `given fact {name} VALUE`; if it is a record, `given {name} ID has FIELD VALUE`"
        ),
        _ => return None,
    };
    Some(codes::SYNTAX.at(place).say(format!("unexpected `{}`", clip(found))).help(help))
}

/// Whether a line that gives something ends before its value, or gives a fact as a record would be.
fn is_cut_short(words: &[&str]) -> bool {
    match words {
        ["given", "complete" | "no" | "fact"] => false,
        ["given", _] | ["given", "fact", _] | ["given", "fact", _, "has", _] => true,
        _ => false,
    }
}

/// The same where `has` is expected behind the key of a record.
fn given_without_has(piece: &str, at: usize) -> Option<String> {
    let line = piece.get(..at)?.rsplit(LINE_ENDS).next()?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let ["given", name, key] = words.as_slice() else { return None };
    Some(format!(
        "if `{name}` is a fact, write `given fact {name} {key} …`; if it is a record, `given {name} {key} has FIELD VALUE`"
    ))
}

/// A word of the language at a place where it has no meaning, and what to write there.
fn misplaced(piece: &str, at: usize, found: &str, expected: &[Rule]) -> Option<String> {
    let before = piece.get(..at)?.trim_end();
    let follows = |word: &str| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(is_word));
    let bearer = expected.iter().any(|rule| matches!(rule, Rule::modal | Rule::k_shall | Rule::k_together));
    let words = match found {
        "or" if bearer => "name one bearer, or write `each of A and B shall` or `A and B together shall`",
        "or" | "and" => {
            "only conditions are joined this way; to choose between two values, write a definition with cases: `define NAME as A if …, otherwise B`"
        }
        "in" if follows("times") => "write how often on a line of its own, such as `every calendar year`",
        "times" if piece.trim_start().starts_with("prohibition") => {
            "a prohibition has no number of times: to limit what is permitted, write a `permission` with `may` and `at most … times`"
        }
        _ if bearer && follows("outside") => "write on which days it applies: `between A and B`",
        _ => return None,
    };
    Some(words.to_string())
}

/// A word that is nearly a keyword, where the text reads on with that one in its place. What an author of another language writes is
/// told otherwise.
fn misspelt(build: &Build, piece: &str, at: usize, expected: &[Rule]) -> Option<Diagnostic> {
    let found = word_at(piece, at);
    if as_meant(piece, at, found).is_some()
        || misplaced(piece, at, found, expected).is_some()
        || binds(piece.get(at..)?, expected).is_some()
    {
        return None;
    }
    let Respelt { at: word, meant } = respelt(piece, at)?;
    let written = piece.get(word.clone())?;
    let before = piece.get(..word.start)?.trim_end_matches([' ', '\t']);
    // A line of a clause stands further in.
    let is_indented = before.len() < word.start && before.ends_with(LINE_ENDS);
    let is_bearer =
        expected.iter().any(|rule| matches!(rule, Rule::modal | Rule::k_shall | Rule::filter | Rule::k_together));
    let message = match is_indented && is_bearer {
        true => format!("no line of a clause begins with `{written}`"),
        false => format!("unexpected `{}`", clip(written)),
    };
    // A word that begins a keyword of several stands for all of them.
    let whole = if word.start == at { near_keyword(found, expected) } else { None };
    let meant = whole.filter(|whole| whole.split(' ').next() == Some(meant)).unwrap_or_else(|| meant.to_string());
    let start = build.base.saturating_add(word.start);
    let place = Span::new(build.file, start, build.base.saturating_add(word.end));
    Some(codes::SYNTAX.at(place).say(message).help(format!("did you mean `{meant}`?")))
}

fn near_keyword(found: &str, expected: &[Rule]) -> Option<String> {
    let words: Vec<&str> = expected.iter().filter_map(|rule| role_of(*rule)).filter_map(written).collect();
    let firsts = words.iter().filter_map(|words| words.split(' ').next());
    let hit = nearest(found, firsts.clone().filter(|word| *word != found))?;
    let hit = hit.split('`').nth(1)?.to_string();
    words.iter().find(|words| words.split(' ').next() == Some(hit.as_str())).map(|words| (*words).to_string())
}

/// A word as a message shows it: one that is longer than any name is shown by its beginning.
fn clip(word: &str) -> Cow<'_, str> {
    const MOST: usize = 60;
    match word.char_indices().nth(MOST) {
        Some((at, _)) => Cow::Owned(format!("{}…", word.get(..at).unwrap_or(""))),
        None => Cow::Borrowed(word),
    }
}

fn word_start(piece: &str, at: usize) -> usize {
    let at = at.min(piece.len());
    let before = piece.get(..at).unwrap_or("");
    let inside = piece.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_word);
    let start = before.rfind(|c: char| !is_word(c)).map_or(0, |found| {
        found.saturating_add(before.get(found..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8))
    });
    if inside { start } else { skip_blank(piece, at) }
}

fn skip_blank(piece: &str, at: usize) -> usize {
    let mut at = at;
    loop {
        let rest = piece.get(at..).unwrap_or("");
        let blank = rest.len().saturating_sub(rest.trim_start().len());
        at = at.saturating_add(blank);
        let rest = piece.get(at..).unwrap_or("");
        if !rest.starts_with("//") {
            return at;
        }
        at = at.saturating_add(rest.find(LINE_ENDS).unwrap_or(rest.len()));
    }
}

fn word_at(piece: &str, at: usize) -> &str {
    let rest = piece.get(at..).unwrap_or("");
    let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
    rest.get(..end).unwrap_or("")
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What could stand there, in words, without doubles, in the order of the alphabet.
fn phrases(expected: &[Rule]) -> Vec<String> {
    let mut words: Vec<String> = expected.iter().filter_map(|rule| phrase(*rule)).collect();
    words.sort();
    words.dedup();
    words
}

fn phrase(rule: Rule) -> Option<String> {
    if let Some(role) = role_of(rule) {
        return written(role).map(|word| format!("`{word}`"));
    }
    let words = match rule {
        Rule::name | Rule::path | Rule::path_within | Rule::path_one => "a name",
        Rule::string => "text in quotes",
        Rule::expr | Rule::unary | Rule::compared => "a condition",
        Rule::sum | Rule::product | Rule::atom | Rule::comparand | Rule::number | Rule::integer => "a value",
        Rule::day => "a date such as 2015-01-22",
        Rule::period | Rule::lapse | Rule::told_lapse => "a period such as `30 days`",
        Rule::told_unit => "a unit such as `days`",
        Rule::money => "an amount such as `SEK 500`",
        Rule::colon => "`:` and a type",
        Rule::place => "a place such as `§ 4.3`",
        Rule::modal => "`shall`, `should`, `may` or `must not`",
        Rule::act => "what must be done",
        Rule::bearer => "who must do it",
        Rule::field_type => "a type such as `date`",
        Rule::month_name => "a month",
        Rule::verdict_word => "a verdict such as `satisfied`",
        Rule::EOI => "the end of the file",
        _ => return None,
    };
    Some(words.to_string())
}

fn listed(words: &[String]) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    let shown: Vec<&str> = words.iter().take(LISTED).map(String::as_str).collect();
    let more = if words.len() > LISTED { " …" } else { "" };
    let expected = if shown.len() > 1 { "expected one of: " } else { "expected " };
    Some(format!("{expected}{}{more}", shown.join(", ")))
}
