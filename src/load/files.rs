//! What a fact file says of fact files: which others belong with it, and as of which day it speaks.
//! They are looked for at the door; here is only what was written.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{
    diagnostics::{Sink, codes, nearest},
    facts::sheet::{DateOrder, Decimal, Empty, Times},
    source::{Shown, Span, Spanned, Unseen},
    value::Day,
};

use super::{
    items::SEPARATORS,
    node::{Node, NodeKind},
    notation::DEEPEST,
    reading::Entries,
    value::part,
    wording::{clip, folded, listed, looks, nfc},
};

/// A fact file that another one names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub path: Spanned<String>,
    pub how: How,
}

/// How a file is read, as far as it does not say so itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// What each line of the file is, and where that was written, if in a file.
    pub record: Option<(String, Option<Span>)>,
    /// Names that stand over columns, with the fields that they mean.
    pub columns: Vec<(Spanned<String>, Spanned<String>)>,
    /// Columns that are left out, and whether all are that no field names.
    pub ignore: Vec<Spanned<String>>,
    pub ignore_others: bool,
    pub rows: Rows,
    pub delimiter: Option<u8>,
    pub empty: Option<Empty>,
    /// The file's own words for an empty cell, in small letters.
    pub empties: Vec<String>,
    pub decimal: Option<Decimal>,
    pub dates: Option<DateOrder>,
    pub times: Option<Times>,
    /// The file's own words, folded, and what each means.
    pub words: Vec<(String, String)>,
    /// What separates the items of a set in a cell.
    pub items: Option<char>,
    /// Of a spreadsheet: which of its sheets is read.
    pub sheet: Option<Spanned<String>>,
    /// Whether cells without quotes are values that a spreadsheet keeps.
    pub typed: bool,
    /// Which of these values are shown with a currency.
    pub shown: Arc<[Shown]>,
    /// What a spreadsheet hides and merges.
    pub unseen: Arc<Unseen>,
    /// Where the entry stands that says all this, if a file says it.
    pub entry: Option<Span>,
    /// By what the table is known again that is read, however its path is written and its sheet was chosen.
    pub table: Option<Arc<str>>,
    /// For what comes from a pipe: the ending that the name of a file would have.
    pub ending: Option<String>,
    /// How many brackets may stand inside one another, where not as many as usual.
    pub deepest: Option<usize>,
}

/// What an entry says of how a table is read, without where it says so: entries that say the same count once.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    columns: Vec<(String, String)>,
    ignore: (Vec<String>, bool),
    rows: (Option<usize>, Option<String>, Vec<String>),
    delimiter: Option<u8>,
    empty: (Option<Empty>, Vec<String>),
    dialect: (Option<Decimal>, Option<DateOrder>, Option<Times>, Option<char>),
    words: Vec<(String, String)>,
}

impl How {
    /// What is said of how a table is read. The order of columns and words means nothing.
    pub fn said(&self) -> Said {
        fn sorted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
            let mut all: Vec<T> = all.collect();
            all.sort();
            all
        }
        let texts = |all: &[Spanned<String>]| sorted(all.iter().map(|one| one.it.clone()));
        let rows = &self.rows;
        Said {
            columns: sorted(self.columns.iter().map(|(name, field)| (name.it.clone(), field.it.clone()))),
            ignore: (texts(&self.ignore), self.ignore_others),
            rows: (
                rows.from.as_ref().map(|from| from.it),
                rows.until.as_ref().map(|until| until.it.clone()),
                texts(&rows.skip),
            ),
            delimiter: self.delimiter,
            empty: (self.empty, sorted(self.empties.iter().cloned())),
            dialect: (self.decimal, self.dates, self.times, self.items),
            words: sorted(self.words.iter().cloned()),
        }
    }

    pub(super) fn deepest(&self) -> usize {
        self.deepest.unwrap_or(DEEPEST)
    }
}

/// Which rows of a table are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The row in which the names of the columns stand, counted from 1.
    pub from: Option<Spanned<usize>>,
    /// What stands in the first row behind them, or nothing for an empty row.
    pub until: Option<Spanned<String>>,
    /// What rows in their midst begin with that are none.
    pub skip: Vec<Spanned<String>>,
}

/// What an entry of `files` that is no path can say.
const PARTS: [&str; 13] = [
    "path",
    "record",
    "columns",
    "ignore",
    "rows",
    "delimiter",
    "decimal",
    "empty",
    "dates",
    "times",
    "words",
    "items",
    "sheet",
];

/// The files in `files`, each with its place. What is none is told.
pub fn files(root: &Node, problems: &mut Sink) -> Vec<Named> {
    let NodeKind::Map(entries) = &root.kind else { return Vec::new() };
    let nodes = match part(entries, "files") {
        None | Some(Node { kind: NodeKind::None, .. }) => &[],
        Some(Node { kind: NodeKind::List(paths), .. }) => paths.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    nodes.iter().filter_map(|node| named(node, problems)).collect()
}

fn named(node: &Node, problems: &mut Sink) -> Option<Named> {
    match &node.kind {
        NodeKind::Map(entries) => described(node, entries, problems),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => path(node, problems),
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Sheet(_) => path(node, problems),
    }
}

fn path(node: &Node, problems: &mut Sink) -> Option<Named> {
    if let Some(text) = node.as_text().filter(|text| !text.trim().is_empty()) {
        return Some(Named { path: Spanned::new(text.to_owned(), node.span), how: How::default() });
    }
    let message = format!("expected the path of a fact file in `files`, found {}", looks(node));
    let help =
        "write `files: [\"../common/register.ron\"]`; paths are relative to the folder of the file that lists them";
    problems.push(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help.to_owned()));
    None
}

/// `(path: "reports.csv", record: "report", columns: { "org_id": "organisation" })`.
fn described(node: &Node, entries: Entries, problems: &mut Sink) -> Option<Named> {
    for (key, _) in entries.iter().filter(|(key, _)| !PARTS.contains(&key.it.as_str())) {
        let message = format!("unknown key `{}` in a `files` entry", clip(&key.it));
        let help = nearest(&key.it, PARTS).or_else(|| listed(&PARTS).map(|names| format!("the keys are {names}")));
        problems.push(codes::FACTS_UNKNOWN_FIELD.at(key.span).say(message).help(help));
    }
    let Some(place) = part(entries, "path") else {
        let finding = codes::REQUIRED_MISSING.at(node.span).say("this `files` entry has no `path`");
        problems.push(finding.help("add `path: \"reports.csv\"`".to_owned()));
        return None;
    };
    let Named { path, .. } = path(place, problems)?;
    let mut told = |name: &str, help: &str| -> Option<(String, Span)> {
        let node = part(entries, name).filter(|node| node.kind != NodeKind::None)?;
        let text = node.as_text().map(|text| (nfc(text).into_owned(), node.span));
        if text.is_none() {
            let message = format!("expected text for `{name}`, found {}", looks(node));
            problems.push(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help.to_owned()));
        }
        text
    };
    let record = told("record", "write the name of a record: `record: \"report\"`");
    let (delimiter, decimal) = (told("delimiter", DELIMITERS), told("decimal", DECIMALS));
    let (dates, times) = (told("dates", DATES), told("times", TIMES));
    let items = told("items", ITEMS);
    let is_list = matches!(part(entries, "empty"), Some(Node { kind: NodeKind::List(_), .. }));
    let empty = if is_list { None } else { told("empty", EMPTIES) };
    let sheet = told("sheet", "write the name of a sheet: `sheet: \"Report\"`");
    let (ignore, ignore_others) = part(entries, "ignore").map_or_else(Default::default, |node| ignored(node, problems));
    let how = How {
        record: record.map(|(name, span)| (name, Some(span))),
        columns: part(entries, "columns").map_or_else(Vec::new, |node| columns(node, problems)),
        delimiter: one_of(
            delimiter,
            [(",", b','), (";", b';'), ("|", b'|'), ("tab", b'\t'), ("\t", b'\t')],
            DELIMITERS,
            problems,
        ),
        decimal: one_of(decimal, [(".", Decimal::Point), (",", Decimal::Comma)], DECIMALS, problems),
        empty: one_of(empty, [("not given", Empty::NotGiven), ("none", Empty::None)], EMPTIES, problems),
        empties: part(entries, "empty").map_or_else(Vec::new, |node| empties(node, problems)),
        ignore,
        ignore_others,
        rows: part(entries, "rows").map_or_else(Rows::default, |node| rows(node, problems)),
        dates: one_of(
            dates,
            [("day first", DateOrder::DayFirst), ("month first", DateOrder::MonthFirst)],
            DATES,
            problems,
        ),
        times: one_of(times, [("dropped", Times::Dropped), ("refused", Times::Refused)], TIMES, problems),
        words: part(entries, "words").map_or_else(Vec::new, |node| words(node, problems)),
        items: one_of(items, SEPARATORS, ITEMS, problems),
        sheet: sheet.map(|(name, span)| Spanned::new(name, span)),
        typed: false,
        shown: Arc::default(),
        unseen: Arc::default(),
        entry: Some(path.span),
        table: None,
        ending: None,
        deepest: None,
    };
    Some(Named { path, how })
}

const DELIMITERS: &str = "use `\",\"`, `\";\"`, `\"|\"` or `\"tab\"`";
const DECIMALS: &str = "use `\".\"` or `\",\"`";
const EMPTIES: &str = "use `\"not given\"`, or `\"none\"` if an empty cell means that there is no value, or list the words that mean an empty cell: `[\"NA\", \"-\"]`";

const DATES: &str = "use `\"day first\"` or `\"month first\"`";
const ITEMS: &str = "use `\"|\"`, `\";\"`, `\",\"`, `\"/\"` or `\"line break\"`";
const TIMES: &str = "use `\"dropped\"` to ignore the time after a date, or `\"refused\"`";

fn one_of<T: Copy, const N: usize>(
    said: Option<(String, Span)>,
    known: [(&str, T); N],
    help: &str,
    problems: &mut Sink,
) -> Option<T> {
    let (text, span) = said?;
    let found = known.iter().find(|(word, _)| *word == text).map(|(_, meant)| *meant);
    if found.is_none() {
        let message = format!("unknown value `{}`", clip(&text));
        problems.push(codes::FACTS_UNKNOWN_OPTION.at(span).say(message).help(help.to_owned()));
    }
    found
}

/// `["NA", "-"]`: the file's own words for an empty cell.
fn empties(node: &Node, problems: &mut Sink) -> Vec<String> {
    let NodeKind::List(words) = &node.kind else { return Vec::new() };
    let mut found = Vec::with_capacity(words.len());
    for word in words {
        match word.as_text() {
            Some(text) => found.push(nfc(text.trim()).to_lowercase()),
            None => {
                let message = format!("expected words in quotes for `empty`, found {}", looks(word));
                problems.push(codes::FACTS_WRONG_TYPE.at(word.span).say(message).help(EMPTIES.to_owned()));
            }
        }
    }
    found
}

/// `["Comment"]`, or `"others"` for all columns that no field names.
fn ignored(node: &Node, problems: &mut Sink) -> (Vec<Spanned<String>>, bool) {
    let name = |node: &Node| node.as_text().map(|text| Spanned::new(nfc(text.trim()).into_owned(), node.span));
    let wrong = |node: &Node, problems: &mut Sink| {
        let message = format!("expected a list of columns or `\"others\"` for `ignore`, found {}", looks(node));
        let help =
            "write `ignore: [\"NAME IN THE FILE\"]`, or `ignore: \"others\"` for all columns that match no field";
        problems.push(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help.to_owned()));
    };
    match &node.kind {
        NodeKind::None => (Vec::new(), false),
        NodeKind::List(names) => {
            names.iter().filter(|node| name(node).is_none()).for_each(|node| wrong(node, problems));
            (names.iter().filter_map(name).collect(), false)
        }
        NodeKind::Text(text) | NodeKind::Plain(text, _) if text == "others" => (Vec::new(), true),
        NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::Plain(..) => {
            wrong(node, problems);
            (Vec::new(), false)
        }
        NodeKind::Map(_) | NodeKind::Sheet(_) => {
            wrong(node, problems);
            (Vec::new(), false)
        }
    }
}

/// `(from: 3, until: "Total")`.
fn rows(node: &Node, problems: &mut Sink) -> Rows {
    let help = "write `rows: (from: 3, until: \"Total\", skip: [\"Subtotal\"])`: the row with the column names, the first word of the row after the last one, and the first words of rows to leave out";
    let mut wrong = |at: Span, message: String, help: &str| {
        problems.push(codes::FACTS_WRONG_TYPE.at(at).say(message).help(help.to_owned()));
    };
    let NodeKind::Map(entries) = &node.kind else {
        wrong(node.span, format!("expected `from`, `until` or `skip` for `rows`, found {}", looks(node)), help);
        return Rows::default();
    };
    let mut found = Rows::default();
    for (key, node) in entries {
        match (key.it.as_str(), &node.kind) {
            ("from", NodeKind::Number(digits) | NodeKind::Plain(digits, _)) => match digits.parse() {
                Ok(row) if row > 0 => found.from = Some(Spanned::new(row, node.span)),
                Ok(_) | Err(_) => {
                    let message = format!("there is no row `{}`: rows are numbered from 1", clip(digits));
                    wrong(node.span, message, "write the number of the row with the column names");
                }
            },
            ("until", NodeKind::Text(text) | NodeKind::Plain(text, _)) => {
                found.until = Some(Spanned::new(nfc(text).into_owned(), node.span));
            }
            ("until", NodeKind::Number(digits)) => found.until = Some(Spanned::new(digits.clone(), node.span)),
            ("skip", NodeKind::List(words)) if words.iter().all(|word| word.as_text().is_some()) => {
                let word = |node: &Node| Some(Spanned::new(nfc(node.as_text()?).into_owned(), node.span));
                found.skip = words.iter().filter_map(word).collect();
            }
            ("skip", NodeKind::Text(word) | NodeKind::Plain(word, _)) => {
                found.skip = vec![Spanned::new(nfc(word).into_owned(), node.span)];
            }
            ("from" | "until" | "skip", _) => {
                wrong(node.span, format!("`{}` of `rows` cannot be {}", key.it, looks(node)), help);
            }
            (_, _) => {
                let message = format!("unknown key `{}` in `rows`", clip(&key.it));
                let near = nearest(&key.it, ["from", "until", "skip"]);
                wrong(key.span, message, &near.unwrap_or_else(|| help.to_owned()));
            }
        }
    }
    found
}

/// `{ "J": "yes" }`: the file's own words, and what they mean.
fn words(node: &Node, problems: &mut Sink) -> Vec<(String, String)> {
    let help = "write `words: { \"WORD IN THE FILE\": \"yes\" }`";
    let wrong = |node: &Node, problems: &mut Sink| {
        let message = format!("expected a table of words and their meanings for `words`, found {}", looks(node));
        problems.push(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help.to_owned()));
    };
    let NodeKind::Map(entries) = &node.kind else {
        wrong(node, problems);
        return Vec::new();
    };
    let mut found: Vec<(String, String)> = Vec::with_capacity(entries.len());
    let mut seen: BTreeMap<String, &Spanned<String>> = BTreeMap::new();
    for (key, meant) in entries {
        let meant = match (&meant.kind, meant.as_text()) {
            (NodeKind::Bool(answer), _) => if *answer { "yes" } else { "no" }.to_owned(),
            (_, Some(text)) => nfc(text).into_owned(),
            (_, None) => {
                wrong(meant, problems);
                continue;
            }
        };
        let word = folded(&key.it);
        if word.is_empty() {
            let message = format!("`words` cannot give an empty cell the meaning `{}`", clip(&meant));
            let help = "remove it: an empty cell is never a word, so write the word in each cell that means it; `empty` says whether an empty cell means that there is none";
            problems.push(codes::FACTS_WRONG_TYPE.at(key.span).say(message).help(help.to_owned()));
            continue;
        }
        let same = found.iter().find(|(other, _)| *other == word);
        if let Some((first, (_, other))) = seen.get(&word).zip(same)
            && folded(other) != folded(&meant)
        {
            let message = format!(
                "`words` gives `{}` and `{}` different meanings, but they are the same word: case and blanks are ignored",
                clip(&first.it),
                clip(&key.it)
            );
            let finding = codes::DUPLICATE_KEY.at(key.span).say(message).label("given again here");
            let help = "keep the correct one, and remove the other".to_owned();
            problems.push(finding.also(first.span, "first given here").help(help));
        }
        seen.insert(word.clone(), key);
        found.push((word, meant));
    }
    found
}

/// `{ "org_id": "organisation" }`: what stands over a column, and the field that it means.
fn columns(node: &Node, problems: &mut Sink) -> Vec<(Spanned<String>, Spanned<String>)> {
    let help = "write `columns: { \"NAME IN THE FILE\": \"FIELD\" }`";
    let mut wrong = |node: &Node| {
        let message = format!("expected a table of column names and fields for `columns`, found {}", looks(node));
        problems.push(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help.to_owned()));
    };
    let NodeKind::Map(entries) = &node.kind else {
        wrong(node);
        return Vec::new();
    };
    let mut found = Vec::with_capacity(entries.len());
    for (key, field) in entries {
        match field.as_text() {
            Some(text) => {
                let name = Spanned::new(nfc(&key.it).into_owned(), key.span);
                found.push((name, Spanned::new(nfc(text).into_owned(), field.span)));
            }
            None => wrong(field),
        }
    }
    found
}

/// What a fact file says of the day as of which it speaks; nothing when it says that there is none.
pub fn as_of(root: &Node) -> Option<&Node> {
    let NodeKind::Map(entries) = &root.kind else { return None };
    part(entries, "as_of").filter(|node| node.kind != NodeKind::None)
}

/// Files as they were on a day: of one that says that it was recorded later, only whose it is and as of which day it speaks.
pub fn known_on(roots: Vec<(Node, String)>, day: Day) -> Vec<(Node, String)> {
    let later = |root: &Node| {
        let NodeKind::Map(entries) = &root.kind else { return false };
        let written = part(entries, "recorded_on").and_then(Node::as_text);
        written.and_then(|text| Day::parse_iso(text.trim()).ok()).is_some_and(|recorded| recorded > day)
    };
    let kept = |mut root: Node| {
        if later(&root)
            && let NodeKind::Map(entries) = &mut root.kind
        {
            entries.retain(|(key, _)| matches!(key.it.as_str(), "agreement" | "as_of" | "files"));
        }
        root
    };
    roots.into_iter().map(|(root, name)| (kept(root), name)).collect()
}

/// The same file without its as-of day: that of a file that names it counts instead.
pub fn without_as_of(root: &mut Node) {
    match &mut root.kind {
        NodeKind::Map(entries) => entries.retain(|(key, _)| key.it != "as_of"),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => {}
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Sheet(_) => {}
    }
}
