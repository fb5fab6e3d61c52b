//! Values that were written without quotes, or in a cell: what they are, their field's type says. What a cell was guessed to
//! mean is told once for each file; what it may mean in two ways is a mistake.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::{
        CellValue,
        sheet::{DateOrder, Decimal, Dialect},
    },
    source::{FileId, Span},
    value::{Day, DayProblem, DaySpan, Money, Number},
};

use super::{
    cells::{self, Cell, Guess, InCell, Mark, Sign},
    exponent, meant,
    node::{Node, Style},
    reading::{NoId, Reading},
    value::Slot,
    wording::{clip, folded, whole},
};

/// The way out where a day that a file's entry reads month first, or day first, exists in the other order.
fn other_order(text: &str, dialect: &Dialect) -> Option<String> {
    let (own, other, order) = match dialect.dates {
        DateOrder::MonthFirst => ("the month", "the day", DateOrder::DayFirst),
        DateOrder::DayFirst => ("the day", "the month", DateOrder::MonthFirst),
        DateOrder::Untold => return None,
    };
    let swapped = cells::day(text, &Dialect { dates: order, ..dialect.clone() });
    let exists = matches!(swapped, InCell::Day(Cell::Sure(_)) | InCell::Timed | InCell::Ends(_));
    let first = if order == DateOrder::DayFirst { "day first" } else { "month first" };
    exists.then(|| {
        format!("the file's `files` entry says that {own} comes first: if {other} does, set `dates: \"{first}\"`; if not, correct the cell")
    })
}

/// The way out for a number of which a spreadsheet wrote only the first digits.
const ROUNDED: &str = "a spreadsheet writes large numbers this way and may have rounded it: format the cells as numbers, and save the file again";

impl Reading<'_> {
    pub(super) fn plain_number(&mut self, slot: Slot, text: &str, style: &Style, node: &Node) -> Option<CellValue> {
        let read = match style {
            Style::Yaml => yaml_number(text).map_or(Cell::Not, Cell::Sure),
            Style::Cell(dialect) => cells::number(text, dialect),
        };
        let help = match style {
            Style::Yaml => meant::number(text).unwrap_or_else(|| "write a number such as `12` or `12.5`".to_owned()),
            Style::Cell(_) if cells::is_rounded(text) => ROUNDED.to_owned(),
            Style::Cell(_) if text.trim().contains('\n') => meant::several_lines(text).unwrap_or_default(),
            Style::Cell(dialect) if dialect.decimal == Decimal::Point && text.contains(',') => {
                "if the comma is the decimal separator, set `decimal: \",\"` in the file's `files` entry".to_owned()
            }
            Style::Cell(dialect) => format!("write a number such as `12` or `12{}5`", point(dialect)),
        };
        let wrong = || {
            let message = format!("expected a number for `{}`, found `{}`", slot.name, clip(text));
            let in_cell = matches!(style, Style::Cell(_));
            codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help).help(meant::nothing(text).filter(|_| in_cell))
        };
        let number = self.one_number(slot.name, (text, node.span), read, wrong);
        if number.is_some() && text.trim_end().ends_with('%') {
            self.percents.add(slot.name, node.span);
        }
        number.map(CellValue::Number)
    }

    /// The number, if there is one way to read it.
    fn one_number(
        &mut self,
        name: &str,
        (text, at): (&str, Span),
        read: Cell<Number>,
        wrong: impl FnOnce() -> Diagnostic,
    ) -> Option<Number> {
        match read {
            Cell::Sure(number) => return Some(number),
            Cell::Guessed(number, guess) => {
                self.guessed(guess, text, at);
                return Some(number);
            }
            Cell::Either(price, below) if price == below.negate() => {
                let (price, below) = (price.exact_text(), below.exact_text());
                let message =
                    format!("`{name}` is ambiguous: it could be {price} or {below}, written `{}`", clip(text));
                let help = format!("write `{price}`, or `{below}` with the minus before the digits");
                self.tell_cause("minus apart".to_owned(), codes::TWO_READINGS.at(at).say(message).help(help));
            }
            Cell::Either(thousands, decimals) => {
                let (thousands, decimals) = (thousands.exact_text(), decimals.exact_text());
                let message =
                    format!("`{name}` is ambiguous: it could be {thousands} or {decimals}, written `{}`", clip(text));
                self.evidence.is_in_doubt(at.file);
                let cause = format!("`{}` between digits", if text.contains(',') { ',' } else { '.' });
                let comma = text.contains(',');
                let (between, before) = if comma { (".", ",") } else { (",", ".") };
                let help = format!(
                    "in the file's `files` entry, set `decimal: \"{between}\"` if it is {thousands}, or `decimal: \"{before}\"` if it is {decimals}"
                );
                self.tell_cause(cause, codes::TWO_READINGS.at(at).say(message).help(help));
            }
            Cell::Not => self.tell(wrong()),
        }
        None
    }

    /// An amount as it stands in a cell.
    pub(super) fn money_in_cell(&mut self, slot: Slot, text: &str, dialect: &Dialect, at: Span) -> Option<Money> {
        let own = self.schema.currency;
        let currencies = &self.schema.currencies;
        let is_known = |currency| own == Some(currency) || currencies.contains(&currency);
        let (read, mark) = cells::money(text, own, is_known, dialect);
        let point = point(dialect);
        let help = match own {
            Some(_) if cells::is_rounded(text) => ROUNDED.to_owned(),
            _ if text.trim().contains('\n') => meant::several_lines(text).unwrap_or_default(),
            Some(own) => format!("write `500{point}00`, or with its currency `{own} 500{point}00`"),
            None => format!("write it with its currency, such as `SEK 500{point}00`"),
        };
        let wrong = || {
            let message = format!("expected an amount for `{}`, found `{}`", slot.name, clip(text));
            let instead = meant::below_zero(text).or_else(|| meant::nothing(text));
            codes::FACTS_WRONG_TYPE.at(at).say(message).help(help).help(instead)
        };
        let amount = self.one_number(slot.name, (text, at), read, wrong)?;
        match mark {
            Mark::None => self.bare_amount(slot, text, amount, at),
            Mark::Currency(currency) => {
                self.known_currency(slot, currency, at);
                Some(Money::new(amount, currency))
            }
            Mark::Shared(sign) => {
                let message =
                    format!("cannot determine the currency of `{}`: several currencies use `{sign}`", clip(text));
                let help = "write the currency code, such as `SEK 500`".to_owned();
                self.tell(codes::FACTS_WRONG_TYPE.at(at).say(message).help(help));
                None
            }
        }
    }

    /// A day as it stands in a cell; nothing when it is none in any form.
    pub(super) fn day_in_cell(&mut self, name: &str, text: &str, dialect: &Dialect, at: Span) -> InDay {
        self.swaps.add(name, text, at);
        match cells::day(text, dialect) {
            InCell::Day(Cell::Sure(day)) => InDay::Read(of(day)),
            InCell::Day(Cell::Guessed(day, guess)) => {
                self.guessed(guess, text, at);
                InDay::Read(of(day))
            }
            InCell::Day(Cell::Either(one, other)) => {
                let message = format!("`{name}` is ambiguous: it could be {one} or {other}, written `{}`", clip(text));
                let help = format!(
                    "in the file's `files` entry, set `dates: \"day first\"` if it is {one}, or `dates: \"month first\"` if it is {other}"
                );
                self.tell_cause("days or months first".to_owned(), codes::TWO_READINGS.at(at).say(message).help(help));
                InDay::Told
            }
            InCell::Day(Cell::Not) => InDay::None,
            InCell::Timed => {
                let message = format!("expected a date for `{name}`, but `{}` also has a time of day", clip(text));
                let help = "remove the time, or set `times: \"dropped\"` in the file's `files` entry to ignore it";
                self.tell(codes::FACTS_WRONG_TYPE.at(at).say(message).help(help.to_owned()));
                InDay::Told
            }
            InCell::Ends(day) => {
                self.tell(ends(name, text, day, at).help(
                    "write the day that is meant, without a time; `times: \"dropped\"` does not settle this".to_owned(),
                ));
                InDay::Told
            }
            InCell::Problem(problem) => InDay::Problem(problem),
        }
    }

    /// Tells that a cell names a month or a day that does not exist: those of one month, and all months, have one cause each.
    pub(super) fn no_day_in_cell(
        &mut self,
        (text, dialect): (&str, &Dialect),
        problem: &DayProblem,
        finding: Diagnostic,
    ) {
        let (cause, help) = match problem {
            DayProblem::NoSuchMonth { .. } => {
                let help = other_order(text, dialect);
                (format!("no such month, {}", help.is_some()), help)
            }
            DayProblem::NoSuchDay { month, has, .. } => (format!("no such day of {has} in month {month}"), None),
            DayProblem::NotADate { .. } | DayProblem::NoSuchYear { .. } | DayProblem::EndsBeforeItBegins { .. } => {
                return self.tell(finding);
            }
        };
        let message = format!("{}, written `{}`", finding.message, clip(text));
        let finding = Diagnostic { message, ..finding };
        self.tell_cause(cause, if help.is_some() { finding.help(help) } else { finding });
    }

    /// Yes or no as it stands in a cell.
    pub(super) fn answer_in_cell(&mut self, name: &str, text: &str, dialect: &Dialect, at: Span) -> Option<bool> {
        match cells::answer(text, dialect) {
            Cell::Sure(answer) => Some(answer),
            Cell::Guessed(answer, guess) => {
                self.guessed(guess, text, at);
                Some(answer)
            }
            Cell::Either(..) | Cell::Not => {
                let message = format!("expected yes or no for `{name}`, found `{}`", clip(text));
                let help = match whole(text) {
                    Some(word) => format!(
                        "write `yes` or `no`, or set the meaning of its words in the file's `files` entry: `words: {{ \"{word}\": \"…\" }}`, with `yes` or `no` instead of `…`"
                    ),
                    None => "write `yes` or `no`".to_owned(),
                };
                self.tell(codes::FACTS_WRONG_TYPE.at(at).say(message).help(help).help(meant::nothing(text)));
                None
            }
        }
    }

    /// A text as it stands in a cell. Some programs write `NA` and the like where they know nothing.
    pub(super) fn text_in_cell(&mut self, name: &str, text: &str, dialect: &Dialect, at: Span) {
        let is_own = dialect.words.iter().any(|(word, _)| *word == folded(text));
        if matches!(text, "NA" | "N/A" | "n/a" | "NULL" | "null" | "NaN") && !is_own {
            let say = format!("`{text}` is read as the text of `{name}`, here and in all texts of this file");
            let help = format!(
                "if it means that the value is not known, set `empty: [\"{text}\"]` in the file's `files` entry; if it is a word, `words: {{ \"{text}\": \"{text}\" }}`"
            );
            self.tell_guess(format!("nothing {text} {}", at.file.0), codes::CSV_GUESSED.at(at).say(say).help(help));
        }
    }

    /// Tells once for each file what is taken to be meant.
    fn guessed(&mut self, guess: Guess, text: &str, at: Span) {
        let side = match guess {
            Guess::Decimal(Sign::Comma) | Guess::Thousands(Sign::Comma) => Some(Side::Comma),
            Guess::Decimal(Sign::Point) | Guess::Thousands(Sign::Point) => Some(Side::Point),
            Guess::DayFirst => Some(Side::DayFirst),
            Guess::MonthFirst => Some(Side::MonthFirst),
            Guess::Utc | Guess::Words(_) => None,
        };
        side.into_iter().for_each(|side| self.evidence.add((at, text), side));
        // A point before decimals is what is taken for granted.
        if guess == Guess::Decimal(Sign::Point) {
            return;
        }
        let text = clip(text);
        let (say, help) = match guess {
            Guess::Decimal(_) => (
                "the comma is read as the decimal separator, here and in all numbers of this file".to_owned(),
                "to confirm this, set `decimal: \",\"` in the file's `files` entry; if it is wrong, set `decimal: \".\"`".to_owned(),
            ),
            Guess::Thousands(before_decimals) => (
                format!("`{text}` is read as a number with thousands separators, here and in all numbers of this file"),
                match before_decimals {
                    Sign::Comma => "to confirm this, set `decimal: \",\"` in the file's `files` entry".to_owned(),
                    Sign::Point => "to confirm this, set `decimal: \".\"` in the file's `files` entry".to_owned(),
                },
            ),
            Guess::DayFirst => (
                format!("`{text}` is read with the day first, because the other order gives no valid month"),
                "to confirm this, set `dates: \"day first\"` in the file's `files` entry".to_owned(),
            ),
            Guess::MonthFirst => (
                format!("`{text}` is read with the month first, because the other order gives no valid month"),
                "to confirm this, set `dates: \"month first\"` in the file's `files` entry".to_owned(),
            ),
            Guess::Utc => (
                format!("`{text}` is read as its day in UTC, as are all times in this file that end in `Z`; elsewhere it may be the day before or after"),
                "to be sure, write the days without times".to_owned(),
            ),
            Guess::Words(answer) => {
                let meant = if answer { "yes" } else { "no" };
                (
                    format!("`{text}` is read as {meant}; other words in this file are also read as yes or no"),
                    format!("to confirm this, add each word to `words` in the file's `files` entry: `words: {{ \"{text}\": \"{meant}\" }}`"),
                )
            }
        };
        self.tell_guess(guess_name(guess, at.file), codes::CSV_GUESSED.at(at).say(say).help(help));
    }

    /// Tells of files whose cells are written in two ways, in place of what was guessed of each.
    pub(super) fn tell_mixed(&mut self) {
        // Where a number can be read in two ways, which of them holds is asked there.
        for file in std::mem::take(&mut self.evidence.in_doubt) {
            let guesses = [Guess::Decimal(Sign::Comma), Guess::Thousands(Sign::Comma), Guess::Thousands(Sign::Point)];
            guesses.iter().for_each(|guess| self.forget_guess(&guess_name(*guess, file)));
        }
        for (file, at, text, other, first) in std::mem::take(&mut self.evidence).mixed() {
            let (what, guesses, option): (_, &[Guess], _) = match other {
                Side::Comma | Side::Point => (
                    "decimal points in some cells and decimal commas in others",
                    &[Guess::Decimal(Sign::Comma), Guess::Thousands(Sign::Comma), Guess::Thousands(Sign::Point)],
                    "`decimal: \",\"` or `decimal: \".\"`",
                ),
                Side::DayFirst | Side::MonthFirst => (
                    "the day first in some dates and the month first in others",
                    &[Guess::DayFirst, Guess::MonthFirst],
                    "`dates: \"day first\"` or `dates: \"month first\"`",
                ),
            };
            guesses.iter().for_each(|guess| self.forget_guess(&guess_name(*guess, file)));
            let message = format!("this file has {what}: `{}` and `{}`", clip(&text.0), clip(&text.1));
            let help = format!("write all of them the same way, and set it in the file's `files` entry: {option}");
            self.problems.push(codes::TWO_READINGS.at(at).say(message).also(first, "written the other way").help(help));
        }
    }

    /// Tells once for each file that words are taken for those of a list though their case differs.
    pub(super) fn guessed_option(&mut self, text: &str, option: &str, at: Span) {
        let say = format!(
            "`{}` is read as `{option}`; other words in this file are also read regardless of case",
            clip(text)
        );
        let help = whole(text).map(|word| {
            format!("to confirm this, set `words: {{ \"{word}\": \"{option}\" }}` in the file's `files` entry")
        });
        self.tell_guess(format!("option {}", at.file.0), codes::CSV_GUESSED.at(at).say(say).help(help));
    }

    /// Tells that a cell holds what a spreadsheet shows instead of a value.
    pub(super) fn cell_error(&mut self, text: &str, why: &str, at: Span) {
        let say = match cells::shown(text) {
            Some(shown) => format!("`{}` is {why}, not a value", clip(shown)),
            None => format!("this is {why}"),
        };
        let help = match text {
            cells::NO_TEXT => "save the workbook as `.ods` or `.xlsx`, and use that file",
            _ => "correct it in the spreadsheet and save the file again, or clear the cell if the value is not known",
        };
        self.tell(codes::CELL_ERROR.at(at).say(say).help(help.to_owned()));
    }

    /// Tells that a cell holds no id.
    pub(super) fn no_id(&mut self, text: &str, no: NoId, at: Span) {
        match no {
            NoId::Error(why) => self.cell_error(text, why, at),
            NoId::Ditto => self.ditto(text, at),
            NoId::Nothing => {
                let word = clip(text);
                let message = format!("expected an id, found `{word}`");
                let help = format!(
                    "write the id, or leave out the row with `rows` in the file's `files` entry; if `{word}` is an id, set `words: {{ \"{word}\": \"{word}\" }}` there"
                );
                self.tell(codes::FACTS_WRONG_TYPE.at(at).say(message).help(help));
            }
        }
    }

    /// A mark for the value above it: the rows may be sorted otherwise tomorrow, and which value it repeats would be a guess.
    pub(super) fn ditto(&mut self, text: &str, at: Span) {
        let mark = clip(text);
        let message = format!("`{mark}` is a ditto mark, not a value");
        let own = text.contains(char::is_alphabetic);
        let or = format!(
            "; if it is a word of its own, set `words: {{ \"{mark}\": \"{mark}\" }}` in the file's `files` entry"
        );
        let help = format!("write the value from the row above in its place{}", if own { &or } else { "" });
        self.tell_cause(format!("ditto {}", at.file.0), codes::CELL_ERROR.at(at).say(message).help(help));
    }

    /// Dated values have no place in a cell.
    pub(super) fn not_in_a_cell(&mut self, name: &str, at: Span) {
        let message =
            format!("`{name}` changes over time, but a table column cannot give the day from which each value applies");
        let help = "ignore the column, and give its values in a fact file in RON, JSON, YAML or TOML".to_owned();
        self.tell_once(&format!("over time {name} {}", at.file.0), codes::CSV_COLUMNS.at(at).say(message).help(help));
    }
}

/// A number as YAML has them, with or without a power of ten.
pub(super) fn yaml_number(text: &str) -> Option<Number> {
    Number::parse(text).or_else(|| Number::parse(&exponent::written_out(text)?))
}

fn guess_name(guess: Guess, file: FileId) -> String {
    match guess {
        // Of all words together it is told once.
        Guess::Words(_) => format!("words {}", file.0),
        guess => format!("{guess:?} {}", file.0),
    }
}

/// What a cell shows of how its file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Comma,
    Point,
    DayFirst,
    MonthFirst,
}

/// The first cell of each file that shows how it is written.
#[derive(Default)]
pub(super) struct Evidence {
    first: BTreeMap<(FileId, Side), (Span, String)>,
    /// The files in which a number can be read with decimals or with thousands.
    in_doubt: BTreeSet<FileId>,
}

/// The file, where the later of the two cells stands, both texts, which of the ways is meant, and where the other cell stands.
type Mixed = (FileId, Span, (String, String), Side, Span);

impl Evidence {
    pub fn add(&mut self, (at, text): (Span, &str), side: Side) {
        let first = self.first.entry((at.file, side)).or_insert_with(|| (at, text.to_owned()));
        if at < first.0 {
            *first = (at, text.to_owned());
        }
    }

    fn is_in_doubt(&mut self, file: FileId) {
        self.in_doubt.insert(file);
    }

    /// Whether the file has shown this already.
    pub fn has(&self, file: FileId, side: Side) -> bool {
        self.first.contains_key(&(file, side))
    }

    fn mixed(self) -> Vec<Mixed> {
        let other = |side| match side {
            Side::Comma => Some(Side::Point),
            Side::DayFirst => Some(Side::MonthFirst),
            Side::Point | Side::MonthFirst => None,
        };
        let pairs = self.first.iter().filter_map(|((file, side), one)| {
            let (two, side) = (self.first.get(&(*file, other(*side)?))?, *side);
            let (first, second) = if one.0 < two.0 { (one, two) } else { (two, one) };
            Some((*file, second.0, (first.1.clone(), second.1.clone()), side, first.0))
        });
        pairs.collect()
    }
}

/// What came of reading a day in a cell.
pub(super) enum InDay {
    Read(DaySpan),
    /// Why it is none was told.
    Told,
    Problem(crate::value::DayProblem),
    None,
}

/// `24:00` behind a day, which ends it and begins the next.
pub(super) fn ends(name: &str, text: &str, day: Day, at: Span) -> Diagnostic {
    let next = day.following();
    let message = format!("`{name}` is ambiguous: `{}` is the end of {day} and the beginning of {next}", clip(text));
    codes::TWO_READINGS.at(at).say(message)
}

fn of(day: Day) -> DaySpan {
    DaySpan { first: day, last: day }
}

/// What stands before decimals in a file, as far as that is known.
fn point(dialect: &Dialect) -> char {
    match (dialect.decimal, dialect.delimiter) {
        (Decimal::Comma, _) | (Decimal::Untold, b';') => ',',
        (Decimal::Point | Decimal::Untold, _) => '.',
    }
}

/// How a day may be written in a file.
pub(super) fn day_help(dialect: &Dialect) -> String {
    let other = match dialect.dates {
        DateOrder::Untold | DateOrder::DayFirst => "22.1.2015",
        DateOrder::MonthFirst => "1/22/2015",
    };
    format!("write a day such as `2015-01-22` or `{other}`")
}
