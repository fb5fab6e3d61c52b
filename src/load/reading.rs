//! What one reading of facts shares: the records they belong to, what is known so far, and the findings.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    diagnostics::{Diagnostic, Sink, codes, nearest, nearest_name},
    facts::{Facts, Row, sheet::Dialect},
    model::schema::{RecordId, Schema, Type},
    source::{FileId, Span, Spanned},
    value::{Day, DayProblem, DaySpan},
};

use super::{
    bind::Whose,
    causes::Causes,
    cells::{self, Behind},
    guess::may_be_the_opposite,
    items,
    list_form::ListForm,
    meant,
    node::{Node, NodeKind, Style},
    others::{self, Elsewhere, Others, Sort},
    percents::Percents,
    plain::{self, Evidence, InDay, day_help},
    swapped::Swaps,
    unseen::first,
    wording::{clip, folded, listed, looks, nfc},
};

/// Looking for the nearest of many names takes time; so many names are compared in one reading, then no more.
const MOST_COMPARED: usize = 1_000_000;

/// Names longer than this are not misspelt, but something else.
pub(super) const LONGEST_NAME: usize = 100;

/// The entries of a record, as written.
pub(super) type Entries<'n> = &'n [(Spanned<String>, Node)];

/// One reading of facts.
pub(super) struct Reading<'a> {
    pub schema: &'a Schema,
    pub agreement: Option<&'a str>,
    pub others: &'a Others,
    pub facts: &'a mut Facts,
    pub problems: &'a mut Sink,
    /// Whether a text turned out to be written in another way than it began, so that everything has to be read once more.
    pub misread: bool,
    /// Files that say on which day they were recorded.
    pub recorded: BTreeSet<FileId>,
    /// How each file is written.
    pub forms: BTreeMap<FileId, ListForm>,
    /// Mistakes and guesses.
    causes: Causes,
    /// How the cells of files are written, as far as they show it.
    pub evidence: Evidence,
    /// What separates the items of sets, as far as their cells show it.
    pub items: items::Columns,
    /// Which fields have numbers in percent.
    pub percents: Percents,
    /// Which fields have days that a program may have left as text.
    pub swaps: Swaps,
    left_to_compare: usize,
    /// What was told to be left out; once is enough.
    left_out: BTreeSet<String>,
}

/// A name that this agreement does not know.
pub(super) struct Unknown<'s> {
    pub sort: Sort<'s>,
    /// The name as it was written.
    pub wrong: &'s str,
    /// What is left out when it may be another agreement's.
    pub what: String,
    /// What this agreement knows of the sort, and how a sentence begins that lists it.
    pub names: &'s [&'s str],
    pub are: &'s str,
    /// What to tell when no agreement knows it.
    pub finding: Diagnostic,
    /// What helps beside the names.
    pub or: Option<String>,
}

impl<'a> Reading<'a> {
    pub fn new(whose: &Whose<'a>, facts: &'a mut Facts, problems: &'a mut Sink) -> Self {
        let Whose { schema, agreement, others } = *whose;
        let left_out = BTreeSet::new();
        Reading {
            schema,
            agreement,
            others,
            facts,
            problems,
            misread: false,
            recorded: BTreeSet::new(),
            forms: BTreeMap::new(),
            causes: Causes::default(),
            evidence: Evidence::default(),
            items: items::Columns::default(),
            percents: Percents::default(),
            swaps: Swaps::default(),
            left_to_compare: MOST_COMPARED,
            left_out,
        }
    }

    /// Tells of a mistake; the same in several places is one finding.
    pub fn tell(&mut self, finding: Diagnostic) {
        if let Some(finding) = self.causes.take(finding) {
            self.problems.push(finding);
        }
    }

    /// How lists are written in a file.
    pub fn form(&self, file: FileId) -> ListForm {
        self.forms.get(&file).copied().unwrap_or_default()
    }

    /// Tells of something that has a cause, whatever is said of each place.
    pub fn tell_cause(&mut self, cause: String, finding: Diagnostic) {
        if let Some(finding) = self.causes.take_by(cause, finding) {
            self.problems.push(finding);
        }
    }

    /// Takes back a guess that turned out to be none.
    pub fn forget_guess(&mut self, guess: &str) {
        self.causes.forget_guess(guess);
    }

    /// Tells of a guess at the first place that rests on it.
    pub fn tell_guess(&mut self, guess: String, finding: Diagnostic) {
        self.causes.guess(guess, finding);
    }

    /// Tells what was gathered.
    pub fn end(&mut self) {
        self.tell_mixed();
        std::mem::take(&mut self.items).told().into_iter().for_each(|finding| self.problems.push(finding));
        self.causes.tell(self.problems);
    }

    /// A value of another kind than is wanted.
    pub fn wrong(&mut self, name: &str, node: &Node, wanted: &str, help: impl Into<String>) {
        let message = format!("expected {wanted} for `{}`, found {}", clip(name), looks(node));
        self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help.into()));
    }

    /// The nearest of `names`, or all of them when they are few.
    pub fn way_out(&mut self, wrong: &str, names: &[&str], are: &str) -> Option<String> {
        self.nearest_of(wrong, names).or_else(|| listed(names).map(|names| format!("{are} {names}")))
    }

    /// The nearest of `names`, unless it may say the opposite.
    fn nearest_of(&mut self, wrong: &str, names: &[&str]) -> Option<String> {
        let near = self.compare(wrong, names.len()).then(|| nearest_name(wrong, names.iter().copied())).flatten();
        near.filter(|name| !may_be_the_opposite(wrong, name)).and_then(|name| nearest(wrong, [name]))
    }

    /// Tells of what is left out, the first time that it is.
    pub fn tell_once(&mut self, what: &str, finding: Diagnostic) {
        if self.left_out.insert(what.to_owned()) {
            self.tell(finding);
        }
    }

    /// Whether another agreement that the file names knows a name that this one does not.
    pub fn is_anothers(&self, sort: Sort, name: &str, at: Span) -> bool {
        matches!(self.others.look(at.file, sort, &nfc(name)), Elsewhere::Known)
    }

    /// Leaves a name to another agreement that knows it or may know it; what nobody knows is told.
    pub fn unknown(&mut self, unknown: Unknown) {
        let Unknown { sort, wrong, what, names, are, finding, or } = unknown;
        let at = finding.place.span;
        let theirs = self.others.names(at.file, sort);
        match self.others.look(at.file, sort, &nfc(wrong)) {
            Elsewhere::Known => {}
            Elsewhere::InDoubt(doubts) => {
                let all: Vec<&str> = names.iter().chain(&theirs).copied().collect();
                self.tell_once(&what, others::left_out((&what, wrong), at, &doubts, &all));
            }
            Elsewhere::Nowhere => {
                let all: Vec<&str> = names.iter().chain(&theirs).copied().collect();
                let help = self.nearest_of(wrong, &all).or_else(|| listed(names).map(|names| format!("{are} {names}")));
                let all: Vec<String> = help.into_iter().chain(or).collect();
                self.tell(finding.help(Some(all.join("; or ")).filter(|all| !all.is_empty())));
            }
        }
    }

    /// The id that is nearest to a wrong one.
    pub fn nearest_id(&mut self, record: RecordId, wrong: &str) -> Option<String> {
        let rows = self.facts.table(record).map_or(0, |table| table.rows);
        if !self.compare(wrong, rows as usize) {
            return None;
        }
        let facts = &self.facts;
        let ids = (0..rows).map(|row| facts.id(record, Row(row)));
        // A spreadsheet takes noughts ahead from what it takes for a number.
        let bare =
            |id: &str| id.bytes().all(|byte| byte.is_ascii_digit()).then(|| id.trim_start_matches('0').to_owned());
        let same = bare(wrong).and_then(|wrong| ids.clone().find(|id| bare(id).as_ref() == Some(&wrong)));
        if let Some(same) = same.filter(|same| *same != wrong) {
            return Some(format!("did you mean `{}`, whose zeros may have been lost?", clip(same)));
        }
        let length = wrong.chars().count();
        nearest(wrong, ids.filter(|id| id.len() <= LONGEST_NAME && id.chars().count().abs_diff(length) <= 3))
    }

    /// The field of texts in which a record has this text, and the record's id, where others refer to it by that.
    pub fn with_this_name(&mut self, record: RecordId, text: &str) -> Option<(String, String)> {
        let word = self.facts.words.find(text)?;
        let table = self.facts.table(record)?;
        let (rows, of) = (table.rows as usize, self.schema.record(record)?);
        if !self.compare(text, rows) {
            return None;
        }
        let columns = self.facts.table(record)?.columns.iter().zip(&of.fields);
        let mut texts = columns.filter(|(_, field)| field.ty == Type::Text);
        let (field, row) = texts.find_map(|(column, field)| Some((field.name.clone(), first(column, word)?)))?;
        Some((field, self.facts.id(record, row).to_owned()))
    }

    /// Whether so many names may still be compared with a wrong one.
    fn compare(&mut self, wrong: &str, names: usize) -> bool {
        let some_left = self.left_to_compare > 0;
        self.left_to_compare = self.left_to_compare.saturating_sub(names);
        some_left && wrong.len() <= LONGEST_NAME
    }

    /// A text that is not empty.
    pub fn text<'n>(&mut self, name: &str, node: &'n Node) -> Option<Cow<'n, str>> {
        match &node.kind {
            NodeKind::Text(text) | NodeKind::Plain(text, _) if text.trim().is_empty() => {
                let message = format!("`{name}` is empty");
                self.tell(
                    codes::FACTS_WRONG_TYPE
                        .at(node.span)
                        .say(message)
                        .help("remove it if the value is not known".to_owned()),
                );
                None
            }
            NodeKind::Text(text) | NodeKind::Plain(text, _) => Some(nfc(text)),
            NodeKind::None
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::List(_)
            | NodeKind::Map(_)
            | NodeKind::Sheet(_) => {
                self.wrong(name, node, "text", "put text in quotes");
                None
            }
        }
    }

    /// An id, a period or another name; a number is a name, too.
    pub fn label<'n>(&mut self, name: &str, node: &'n Node) -> Option<Cow<'n, str>> {
        if let NodeKind::Plain(text, Style::Cell(dialect)) = &node.kind
            && let Some(why) = wrong_id(text, dialect)
        {
            self.no_id(text, why, node.span);
            return None;
        }
        match &node.kind {
            NodeKind::Number(digits) => Some(Cow::Borrowed(digits)),
            NodeKind::None
            | NodeKind::Bool(_)
            | NodeKind::Text(_)
            | NodeKind::Plain(..)
            | NodeKind::List(_)
            | NodeKind::Map(_)
            | NodeKind::Sheet(_) => self.text(name, node),
        }
    }

    /// The days on which something may have happened.
    pub fn days(&mut self, name: &str, node: &Node) -> Option<DaySpan> {
        let Some(text) = node.as_text() else {
            let help = match &node.kind {
                NodeKind::Number(digits) => {
                    meant::day(digits).unwrap_or_else(|| format!("write it in quotes: `\"{}\"`", clip(digits)))
                }
                NodeKind::None
                | NodeKind::Bool(_)
                | NodeKind::Text(_)
                | NodeKind::Plain(..)
                | NodeKind::List(_)
                | NodeKind::Map(_)
                | NodeKind::Sheet(_) => "write a day such as `\"2015-01-22\"`".to_owned(),
            };
            self.wrong(name, node, "a date", help);
            return None;
        };
        if let NodeKind::Plain(_, Style::Cell(_)) = &node.kind
            && let Some((first, last)) = two_years(text.trim())
        {
            let message = format!(
                "`{name}` is ambiguous: it could be any day of the years {first} and {last}, or of a season that begins in one and ends in the other, written `{}`",
                clip(text.trim())
            );
            let help = format!("write two days separated by `/`, such as `{first}-07-01/{last}-06-30`, or one day");
            self.tell_cause("seasons".to_owned(), codes::TWO_READINGS.at(node.span).say(message).help(help));
            return None;
        }
        let problem = match (DaySpan::parse(text.trim()), &node.kind) {
            (Ok(days), _) => return Some(days),
            (Err(problem), NodeKind::Plain(_, Style::Cell(dialect))) => {
                match self.day_in_cell(name, text, dialect, node.span) {
                    InDay::Read(days) => return Some(days),
                    InDay::Told => return None,
                    InDay::Problem(problem) => problem,
                    InDay::None => {
                        let finding = no_day(text.trim(), &problem, node.span);
                        let is_none = matches!(problem, DayProblem::NotADate { .. });
                        let help = meant::day(text).or_else(|| meant::nothing(text));
                        let help = help.unwrap_or_else(|| day_help(dialect));
                        self.tell(finding.help(is_none.then_some(help)));
                        return None;
                    }
                }
            }
            (Err(problem), _) => {
                let parsed = cells::timed(text).and_then(|(date, behind)| {
                    let day = DaySpan::parse(date).ok().filter(|days| days.exact().is_some())?;
                    Some((day, behind))
                });
                match parsed {
                    // Programs write midnight behind a day, whatever its zone.
                    Some((day, Behind::Midnight)) => return Some(day),
                    Some((day, Behind::End)) => {
                        let day = day.first;
                        let help = format!("write `\"{day}\"` or `\"{}\"`", day.following());
                        self.tell(plain::ends(name, text, day, node.span).help(help));
                        return None;
                    }
                    Some((day, Behind::Other)) => {
                        let message =
                            format!("expected a date for `{name}`, but `{}` also has a time of day", clip(text));
                        let help = format!("remove the time: write `\"{}\"`", day.first);
                        self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help));
                        return None;
                    }
                    None => problem,
                }
            }
        };
        let finding = no_day(text.trim(), &problem, node.span);
        match &node.kind {
            NodeKind::Plain(_, Style::Cell(dialect)) => self.no_day_in_cell((text.trim(), dialect), &problem, finding),
            _ => self.tell(finding),
        }
        None
    }

    /// One exact day.
    pub fn day(&mut self, name: &str, node: &Node) -> Option<Day> {
        let days = self.days(name, node)?;
        if days.exact().is_none() {
            let message = format!("expected one exact day for `{name}`, found a span of days");
            let help = format!("write a day such as `\"{}\"`", days.first);
            self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help));
        }
        days.exact()
    }

    /// `true` or `false`, or the words for them.
    pub fn yes_no(&mut self, name: &str, node: &Node) -> Option<bool> {
        match &node.kind {
            NodeKind::Bool(answer) => return Some(*answer),
            NodeKind::Text(text) if matches!(text.as_str(), "yes" | "true") => return Some(true),
            NodeKind::Text(text) if matches!(text.as_str(), "no" | "false") => return Some(false),
            NodeKind::Plain(text, Style::Cell(dialect)) => return self.answer_in_cell(name, text, dialect, node.span),
            NodeKind::Plain(text, _) if says(text, ["yes", "true"]) => return Some(true),
            NodeKind::Plain(text, _) if says(text, ["no", "false"]) => return Some(false),
            NodeKind::Text(text) | NodeKind::Plain(text, _) => {
                let message = format!("expected yes or no for `{name}`, found `{}`", clip(text));
                // No word is offered by how it is written: the nearest one may be the opposite.
                let help = match &node.kind {
                    NodeKind::Plain(..) => "write `yes` or `no`",
                    _ => "write `true` or `false`",
                };
                self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help.to_owned()));
            }
            NodeKind::None | NodeKind::Number(_) | NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => {
                self.wrong(name, node, "yes or no", "write `true` or `false`");
            }
        }
        None
    }
}

/// Why a cell cannot be what something is called. A word for an empty cell may be the file's own word for an id.
pub(super) fn wrong_id(text: &str, dialect: &Dialect) -> Option<NoId> {
    let rounded = || cells::is_rounded(text).then_some("a number that the spreadsheet has rounded");
    let is_own = || dialect.words.iter().any(|(word, _)| *word == folded(text));
    let nothing = || (meant::is_nothing(text) && !is_own()).then_some(NoId::Nothing);
    let ditto = || is_ditto(text, dialect).then_some(NoId::Ditto);
    cells::error(text).or_else(rounded).map(NoId::Error).or_else(nothing).or_else(ditto)
}

/// Whether a cell has a mark for the value above it, which the file does not call a word of its own.
pub(super) fn is_ditto(text: &str, dialect: &Dialect) -> bool {
    meant::is_ditto(text) && !dialect.words.iter().any(|(word, _)| *word == folded(text))
}

/// What a cell holds in place of an id.
#[derive(Clone, Copy)]
pub(super) enum NoId {
    Error(&'static str),
    /// A word that people and programs write where nothing is known.
    Nothing,
    /// A mark for the id above it.
    Ditto,
}

/// `2015/2016`.
fn two_years(text: &str) -> Option<(&str, &str)> {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('/').filter(|(first, last)| is_year(first) && is_year(last))
}

/// Whether a text without quotes is one of two words, in small or capital letters.
fn says(text: &str, words: [&str; 2]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Why a text is no date, as a finding.
fn no_day(whole: &str, problem: &DayProblem, span: Span) -> Diagnostic {
    match problem {
        DayProblem::NotADate { .. } => {
            let meant = meant::day(whole);
            codes::FACTS_WRONG_TYPE
                .at(span)
                .say(format!("`{}` is not a date", clip(whole)))
                .help(meant.unwrap_or_else(|| {
                "write a day `\"2015-01-22\"`, a month `\"2015-01\"`, a year `\"2015\"`, or two days separated by `/`"
                    .to_owned()
            }))
        }
        DayProblem::NoSuchYear { .. } => codes::FACTS_NO_SUCH_DAY
            .at(span)
            .say("there is no such year")
            .help("years run from 0001 to 9999".to_owned()),
        DayProblem::NoSuchMonth { month } => codes::FACTS_NO_SUCH_DAY
            .at(span)
            .say(format!("there is no month {month:02}"))
            .help("write dates as year, month and day; months run from 01 to 12".to_owned()),
        DayProblem::NoSuchDay { year, month, day, has } => {
            let name = crate::value::month_name(*month);
            codes::FACTS_NO_SUCH_DAY
                .at(span)
                .say(format!("there is no {day} {name} {year}"))
                .help(format!("{name} {year} has {has} days"))
        }
        DayProblem::EndsBeforeItBegins { text } => codes::SPAN_REVERSED
            .at(span)
            .say(format!("`{}` ends before it begins", clip(text)))
            .help("write the earlier day first".to_owned()),
    }
}
