//! Rows in the midst of a table that are rather no records: totals of what stands above them, and headings of what stands below.
//! They are read like all others, and told.

use std::collections::BTreeSet;

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Sheet, SheetCell},
    model::schema::{Record, Type},
    source::Span,
};

use super::{
    chunk::{Lane, Wanted},
    lone,
    roles::Role,
    second, sums,
    tail::{
        Tail, begins_as_a_total, ends_as_a_total, is_carried, is_dated_total, is_of_a_total, looks_like_a_total,
        may_be_called_so, text_in, with_first_words,
    },
    usual::Usual,
};

/// So many are shown beside the first.
const MORE_SHOWN: usize = 2;

/// What a row seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seems {
    Total,
    /// A row that is called like a total, or what may be one among other things, and nearly as full as the others: what it adds up tells.
    Perhaps,
    /// A record that is called like a total.
    Called,
    Heading,
    /// Names of columns, a line that is drawn, and numbers of the columns.
    Names,
    Line,
    Numbering,
}

impl Seems {
    /// The same of a first row, above which nothing stands that it could sum up: if it is full, it is a record that is called so.
    pub fn of_first(self, cells: &[SheetCell]) -> Seems {
        match self {
            Seems::Perhaps => Seems::Called,
            Seems::Total if text_in(cells).count() == cells.len() && !text_in(cells).any(is_carried) => Seems::Called,
            Seems::Total | Seems::Called | Seems::Heading | Seems::Names | Seems::Line | Seems::Numbering => self,
        }
    }
}

/// What stands in the columns of a sheet.
pub(super) struct Columns {
    /// Words that anybody may write, or nothing that is read.
    words: Vec<bool>,
    /// What nobody reads.
    left_out: Vec<bool>,
    amounts: Vec<bool>,
    /// Amounts, days and times.
    pub figures: Vec<bool>,
    has_ids: bool,
}

impl Columns {
    /// The column of the ids may have a lane that takes nothing.
    pub fn of_lanes(lanes: &[Lane], ids: Option<usize>) -> Columns {
        let words = lanes.iter().map(|lane| lane.wanted.is_of_words());
        let amounts = lanes.iter().map(|lane| matches!(lane.wanted, Wanted::Number | Wanted::Money(_)));
        let is_of_figures =
            |lane: &Lane| matches!(lane.wanted, Wanted::Number | Wanted::Money(_) | Wanted::Day | Wanted::Other);
        let figures = lanes.iter().map(is_of_figures).collect();
        let lanes = lanes.iter().enumerate();
        let left_out = lanes.map(|(at, lane)| matches!(lane.wanted, Wanted::Nothing) && Some(at) != ids).collect();
        Columns { words: words.collect(), left_out, amounts: amounts.collect(), figures, has_ids: ids.is_some() }
    }

    pub fn of_roles(roles: &[Role], record: &Record) -> Columns {
        let ty = |role: &Role| match role {
            Role::Field(at) => record.fields.get(*at).map(|field| &field.ty),
            Role::OverTime(_) | Role::Id | Role::Unknown | Role::LeftOut => None,
        };
        let words = roles.iter().map(|role| ty(role).is_none_or(|ty| *ty.item().unwrap_or(ty) == Type::Text));
        let amounts = roles.iter().map(|role| matches!(ty(role), Some(Type::Number | Type::Money)));
        let is_of_figures =
            |role: &Role| matches!(ty(role), Some(Type::Number | Type::Money | Type::Date | Type::Time));
        let figures = roles.iter().map(is_of_figures).collect();
        let left_out = left_out(roles);
        let has_ids = roles.contains(&Role::Id);
        Columns { words: words.collect(), left_out, amounts: amounts.collect(), figures, has_ids }
    }

    /// What a row seems to be by its cells.
    pub fn seems(&self, cells: &[SheetCell]) -> Option<Seems> {
        if second::is_a_line(cells) {
            return Some(Seems::Line);
        }
        let filled = text_in(cells).count();
        let is_given = |cell: &SheetCell| !cell.text.is_empty();
        // A word in a column that nobody reads says something only of a row that lacks the rest.
        let read = || cells.iter().zip(&self.left_out).filter(|(_, left_out)| !**left_out);
        let read_and_given = read().filter(|(cell, _)| is_given(cell)).count();
        let is_lacking = read_and_given.saturating_mul(2) <= read().count()
            || read().next().is_some_and(|(cell, _)| !is_given(cell));
        let of_words = || cells.iter().zip(self.words.iter().zip(&self.left_out));
        let with_words =
            || of_words().filter(|(cell, (word, left_out))| **word && is_given(cell) && (is_lacking || !**left_out));
        let has_amount = cells.iter().zip(&self.amounts).any(|(cell, amount)| *amount && is_given(cell));
        let is_said = |text: &str| is_dated_total(text) || is_carried(text);
        let says = with_words().any(|(cell, _)| is_said(&cell.text));
        let is_part =
            with_words().next().is_some_and(|(cell, _)| is_of_a_total(cell.text.trim_start_matches(['-', '–', ' '])));
        let begins = with_words().next().is_some_and(|(cell, _)| begins_as_a_total(&cell.text));
        let ends = with_words().any(|(cell, _)| ends_as_a_total(&cell.text));
        let is_bare = filled.saturating_mul(2) <= cells.len().saturating_add(1);
        let perhaps = || with_words().next().is_some_and(|(cell, _)| may_be_called_so(&cell.text));
        let seems = (says || is_part) && (has_amount || filled < cells.len()) || (begins || ends) && is_bare;
        if seems || is_bare && has_amount && perhaps() {
            return Some(Seems::Total);
        }
        if begins || ends || has_amount && filled < cells.len() && perhaps() {
            return Some(Seems::Perhaps);
        }
        // Where no row has an id, a year by itself is none.
        let is_year = |text: &str| !self.has_ids && cells.len() >= FEWEST_COLUMNS && is_a_year(text);
        let is_heading = |text: &str| is_like_a_heading(text) || is_year(text);
        let says_one = cells.len() > 1 && filled == 1 && with_words().all(|(cell, _)| is_heading(&cell.text));
        (says_one && with_words().next().is_some()).then_some(Seems::Heading)
    }
}

/// In a table of fewer columns a row with one cell may well be a record: what the others have tells.
pub const FEWEST_COLUMNS: usize = 3;

/// Whether a text is a year of our time, some of them, or a part or day of one, and nothing else.
fn is_a_year(text: &str) -> bool {
    let is_year = |text: &str| text.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year));
    let is_one = text.get(..4).is_some_and(is_year);
    is_one && text.len() <= 10 && text.bytes().all(|sign| sign.is_ascii_digit() || b"-/".contains(&sign))
        || matches!(text, "Q1" | "Q2" | "Q3" | "Q4")
}

/// Whether a text is rather the name of a group than an id.
pub fn is_like_a_heading(text: &str) -> bool {
    text.contains(char::is_alphabetic) && (text.contains(' ') || !text.contains(|sign: char| sign.is_ascii_digit()))
}

/// Whether words for a total may stand in a cell: a quick look at each of very many.
pub(super) fn may_be_a_total(cell: &[u8]) -> bool {
    let (Some(first), Some(last)) = (cell.first(), cell.last()) else { return false };
    let may_end = cell.len() > 5 && matches!(last | 0x20, b'a' | b'l' | b't');
    let may_begin = first.is_ascii_alphabetic() || matches!(first, b' ' | b'-' | b'_' | 0xc3 | 0xce | 0xcf);
    may_begin && begins_so(cell) || may_end && ends_so(cell)
}

fn begins_so(cell: &[u8]) -> bool {
    let small = |at: usize| cell.get(at).map(u8::to_ascii_lowercase).unwrap_or(b' ');
    let goes_on = |with: &[u8]| {
        cell.get(3..).and_then(|rest| rest.get(..with.len())).is_some_and(|rest| rest.eq_ignore_ascii_case(with))
    };
    match (small(0), small(1), small(2)) {
        (b' ' | b'_' | b'-', _, _)
        | (b'a', b'l', b'l')
        | (b'd', b'e', b'l')
        | (b'g', b'e', b's')
        | (b'g', b'r', b'a')
        | (b'i', b'a', b'l')
        | (b'i', b'n', b'_' | b' ' | b'-' | b's')
        | (b'i', b' ' | b'_' | b'-', _)
        | (b's', b':', b'a')
        | (b's', b'a', b'm')
        | (b's', b'l', b'u')
        | (b's', b'u', b'b' | b'm')
        | (b't', b'o', b't') => true,
        (b'a', b'm', b'o') => goes_on(b"unt"),
        (b'a', b't', b't') => true,
        (b'a', b'v', b'e') => goes_on(b"rage"),
        (b'a', b'v', b'v') => goes_on(b"ikelse"),
        (b'd', b'i', b'f') | (b'v', b'a', b'r') | (b'o', b'f', b' ' | b'_') => true,
        (b'd', b'a', b'v') => goes_on(b"on"),
        (b'd', 0xc3, 0x84 | 0xa4) => goes_on(b"rav"),
        (b'f', 0xc3, 0x96 | 0xb6) => goes_on(b"r"),
        (b'p', b'r', b'o') => goes_on(b"gnos"),
        (b'b', b'a', b'l') => goes_on(b"an"),
        (b'b', b'r', b'o') => goes_on(b"ught"),
        (b'b', b'u', b'd') => goes_on(b"get"),
        (b'c', b'a', b'r') => goes_on(b"ried"),
        (b'c', b'l', b'o') => goes_on(b"sing"),
        (b'd', b'u', b'r') => goes_on(b"chschnitt"),
        (b'e', b'n', b's') => goes_on(b"emble"),
        (b'g', b'e', b'n') => goes_on(b"omsnitt"),
        (b'h', b'e', b'l') => goes_on(b"a"),
        (b'i' | b'u', b'b', b' ') => true,
        (b'i', b'n', b'g') => goes_on("ående".as_bytes()) || goes_on(b".") || goes_on(b" "),
        (b'k', b'a', b's') => goes_on(b"sa"),
        (b'k', b'v', b'a') => goes_on(b"r"),
        (b'm', b'e', b'a') => goes_on(b"n"),
        (b'm', b'e', b'l') => goes_on(b"lansumma"),
        (b'm', b'e', b'd') => goes_on(b"el") || goes_on(b"ian"),
        (b'm', b'i', b't') => goes_on(b"telwert"),
        (b'm', b'o', b'y') => goes_on(b"enne"),
        (b'n', b'e', b't') => goes_on(b"to"),
        (b'o', b'p', b'e') => goes_on(b"ning"),
        (b'r', b'e', b's') => goes_on(b"t") || goes_on(b"ultat"),
        (b's', b'a', b'l') => goes_on(b"do"),
        (b's', b'n', b'i') => goes_on(b"tt"),
        (b's', b'o', b'm') => goes_on(b"me"),
        (b't', b'i', b'l') => goes_on(b"lsammans"),
        (b't', b'r', b'a') => goes_on(b"nsport"),
        (b'u', b't', b'f') => goes_on(b"all"),
        (b'u', b't', b'g') => goes_on("ående".as_bytes()) || goes_on(b".") || goes_on(b" "),
        (b'v', b'o', b'r') => goes_on(b"trag"),
        (b'z', b'w', b'i') => goes_on(b"schensumme"),
        (0xc3, 0x9c | 0xbc, b'b') => goes_on(b"ertrag"),
        // `å` and `ö`, with their dots and rings as one sign or as signs of their own, and a capital and a small sigma.
        (0xc3, 0x85 | 0xa5, b't') | (0xc3, 0x96 | 0xb6, b'v') | (b'a' | b'o', 0xcc, _) => true,
        (0xce, 0xa3, _) | (0xcf, 0x83, _) => true,
        _ => false,
    }
}

fn ends_so(cell: &[u8]) -> bool {
    let three = cell.get(cell.len().saturating_sub(3)..).unwrap_or_default();
    [&b"tal"[..], b"alt", b"mma"].iter().any(|end| three.eq_ignore_ascii_case(end))
}

/// The rows of a sheet that seem to be something else, as they come.
#[derive(Default)]
pub(super) struct Among {
    rows: u32,
    totals: BTreeSet<usize>,
    /// Those of which what they add up tells.
    perhaps: Vec<usize>,
    /// Those that are called like the totals, and are none.
    called: BTreeSet<usize>,
    /// Headings by the number of the row, with the place where each begins.
    headings: Vec<(u32, usize)>,
    /// Those that belong to the form of the table.
    of_form: Vec<(Seems, usize)>,
}

impl Among {
    /// Takes in a part of the rows: how many these are, and what those seem to be that seem to be something.
    pub fn take(&mut self, rows: u32, seeming: impl Iterator<Item = (u32, usize, Seems)>) {
        for (row, start, seems) in seeming {
            match seems {
                Seems::Total => {
                    self.totals.insert(start);
                }
                Seems::Perhaps => self.perhaps.push(start),
                Seems::Called => {
                    self.called.insert(start);
                }
                Seems::Heading => self.headings.push((self.rows.saturating_add(row), start)),
                Seems::Names | Seems::Line | Seems::Numbering => self.of_form.push((seems, start)),
            }
        }
        self.rows = self.rows.saturating_add(rows);
    }

    /// Tells of all, with what was found at the end.
    pub fn told(mut self, sheet: &Sheet, (tail, left_out): (&Tail, &[bool])) -> Vec<Diagnostic> {
        let at = |start: usize| Span::new(sheet.file, start, start);
        self.look_again(sheet, left_out);
        // Where most rows say so it is a word like any other; but a small table may have more totals than records.
        let called_so = self.totals.len().saturating_add(self.called.len()) as u64;
        let is_most = called_so > u64::from(self.rows / 2);
        let lacks_some = |start: &usize| sheet.cells(*start).iter().any(|cell| cell.text.is_empty());
        let are_few = called_so.saturating_mul(3) <= u64::from(self.rows).saturating_mul(2);
        // Beside records that are called so, only what says nothing else.
        let says_no_more = |start: &usize| {
            let is_one = |text: &str| is_dated_total(text) || is_carried(text) || may_be_called_so(text);
            text_in(&sheet.cells(*start)).any(is_one)
        };
        if is_most && !(are_few && self.called.is_empty() && self.totals.iter().all(lacks_some)) {
            self.totals.retain(|start| are_few && lacks_some(start) && says_no_more(start));
        }
        // What is told as a note is not told as a total.
        self.totals.retain(|start| !tail.notes.contains(start));
        self.totals.extend(tail.total);
        // What the workbook itself calls a total was told.
        let starts = |row: &u32| sheet.unseen.starts.get(*row as usize).map(|start| *start as usize);
        sheet.unseen.totals.iter().filter_map(starts).for_each(|start| _ = self.totals.remove(&start));
        let totals: Vec<Span> = self.totals.iter().copied().map(at).collect();
        if sheet.header.len() < FEWEST_COLUMNS {
            self.headings = lone::headings(sheet, left_out, (&self.headings, self.rows));
        }
        let (headings, last) = self.headings();
        let of = |rows: Vec<usize>| rows.into_iter().filter(|row| !tail.notes.contains(row)).map(at).collect();
        let (headings, last): (Vec<Span>, Vec<Span>) =
            (of(headings), of(lone::last(sheet, left_out, (last, self.rows))));
        let of_form = second::told(sheet, &self.of_form);
        let lone = looks_like_a_heading(&headings).into_iter().chain(lone::looks_like_a_note(&last));
        let (starts, lines) = (|one: &Span| one.start as usize, self.of_form.iter().map(|(_, start)| *start));
        let told = [&totals, &headings, &last].into_iter().flatten().map(starts).chain(lines);
        let told: Vec<usize> = told.chain(tail.notes.iter().copied()).collect();
        // Where ids alone are read, nothing was taken in.
        let lone = lone.chain(Some(()).filter(|()| self.rows > 0).and_then(|()| lone::among_ids(sheet, &told)));
        let all = looks_like_a_total(&totals).into_iter().chain(lone).chain(of_form);
        all.map(|finding| with_first_words(sheet, finding)).collect()
    }

    /// Looks at the rows that are called like totals once more: those with an id of their own are records, and of those that are full
    /// the ones that add up the rows above them, or have words where the others have ids with digits, are totals.
    fn look_again(&mut self, sheet: &Sheet, left_out: &[bool]) {
        if self.totals.is_empty() && self.perhaps.is_empty() {
            return;
        }
        let usual = Usual::of_sheet(sheet, left_out);
        let of_row = |start: usize, is: &dyn Fn(&[&str]) -> bool| {
            let cells = sheet.cells(start);
            is(&cells.iter().map(|cell| &*cell.text).collect::<Vec<&str>>())
        };
        let has_own_id = |start: usize| of_row(start, &|row| usual.has_own_id(row.iter().copied()));
        if self.totals.len() <= MOST_LOOKED_AT {
            let is_carried = |start: usize| of_row(start, &|row| row.iter().any(|cell| is_carried(cell)));
            self.totals.retain(|start| is_carried(*start) || !has_own_id(*start));
        }
        let is_other =
            |row: &[&str]| usual.has_another_id(row.iter().copied()) && !usual.may_be_called_so(row.iter().copied());
        let is_most = self.perhaps.len() as u64 > u64::from(self.rows / 2);
        let perhaps = self.perhaps.iter().copied().take(MOST_LOOKED_AT).filter(|_| !is_most);
        let totals =
            perhaps.filter(|start| !has_own_id(*start) && (of_row(*start, &is_other) || sums::adds_up(sheet, *start)));
        self.totals.extend(totals);
    }

    /// Headings have rows below them, and are not many. Those that have none come apart.
    fn headings(&self) -> (Vec<usize>, Vec<usize>) {
        if self.headings.len() as u64 > u64::from(self.rows / 2) {
            return (Vec::new(), Vec::new());
        }
        let mut below = self.rows;
        let (mut found, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for (row, start) in self.headings.iter().rev() {
            // Nothing but headings stands below this one.
            if row.saturating_add(1) == below {
                below = *row;
                last.push(*start);
            } else {
                found.push(*start);
            }
        }
        found.reverse();
        last.reverse();
        (found, last)
    }
}

/// So many rows that are called like totals are looked at once more.
const MOST_LOOKED_AT: usize = 50;

/// Which columns nobody reads.
pub(super) fn left_out(roles: &[Role]) -> Vec<bool> {
    roles.iter().map(|role| *role == Role::LeftOut).collect()
}

/// Whether a finding is of rows that look like headings.
pub fn is_of_headings(finding: &Diagnostic) -> bool {
    finding.code == codes::CSV_ROWS && finding.message.contains("single non-empty cell")
}

fn looks_like_a_heading(rows: &[Span]) -> Option<Diagnostic> {
    let (first, more) = rows.split_first()?;
    let message = match more.len() {
        0 => "this row has a single non-empty cell, like a heading for the rows below it, but is read as one of them"
            .to_owned(),
        more => format!(
            "{} rows have a single non-empty cell, like headings for the rows below them, but are read like the others; this is the first",
            more.saturating_add(1)
        ),
    };
    let help =
        "if it is a heading, exclude it in the file's `files` entry with `rows: (skip: [\"…\"])`: the word in its cell";
    let finding = codes::CSV_ROWS.at(*first).say(message).help(help.to_owned());
    Some(more.iter().take(MORE_SHOWN).fold(finding, |finding, row| finding.also(*row, "here too")))
}
