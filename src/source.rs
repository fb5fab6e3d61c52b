//! Source texts and places in them.
//! A place is a file and a byte range; lines and columns are worked out only when somebody is to read them.

pub mod alike;
mod fingerprint;
mod quoted;
mod shown;

pub use fingerprint::Fingerprint;
pub use quoted::quoted;
pub use shown::{Shown, What};

use std::borrow::Cow;
use std::fmt::Debug;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A file that was handed to overens, by its number in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A place in a text: a file and a half-open range of bytes, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which file it is.
    pub file: FileId,
    /// The byte at which it begins.
    pub start: u32,
    /// The byte behind it.
    pub end: u32,
}

impl Span {
    /// The place from `start` up to `end` (bytes). A range past 4 GiB is cut there; no text of ours is that long.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file, start: clip(start), end: clip(end.max(start)) }
    }

    /// Whether another place lies within this one.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The smallest place that holds both. Places of different files cannot be joined: the first is kept.
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// An empty place at the end of this one: "here something is missing".
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }
}

/// A thing with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub it: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(it: T, span: Span) -> Self {
        Spanned { it, span }
    }
}

/// A line and a column as people count them: from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

/// Why bytes are no text: the first of them that belongs to no character of UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotText {
    pub at: LineColumn,
}

/// The text that a file's bytes hold, in UTF-8, without a byte order mark. Line breaks stay as they are.
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    let mut bytes = bytes;
    while let Some(behind) = bytes.strip_prefix("\u{feff}".as_bytes()) {
        bytes = behind;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(NotText { at: end_of(bytes.get(..error.valid_up_to()).unwrap_or(bytes)) }),
    }
}

/// A text without the byte order marks that it begins with. Every reader leaves them out, as [`Sources`] do, so that places mean
/// the same whoever counts them.
pub fn unmarked(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// Line and column right behind the last of these bytes.
fn end_of(bytes: &[u8]) -> LineColumn {
    let text = String::from_utf8_lossy(bytes);
    let last = lines(&text).last().unwrap_or("");
    LineColumn { line: line_ends(&text).count().saturating_add(1), column: last.chars().count().saturating_add(1) }
}

// ---- line ends: the same for every reader, and for the places of findings ----

/// The signs that end a line: LF, CR LF, and CR alone.
pub const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Where the lines of a text end: the byte behind each line break.
fn line_ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let last = |at: &usize| bytes.get(*at) == Some(&b'\n') || bytes.get(at.saturating_add(1)) != Some(&b'\n');
    memchr::memchr2_iter(b'\n', b'\r', bytes).filter(last).map(|at| at.saturating_add(1))
}

/// The lines of a text, without their line breaks. Behind the last line break stands a line, too, though it may be empty.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    line_ends(text).chain([text.len()]).map(move |end| {
        let line = text.get(start..end).unwrap_or("");
        start = end;
        line.trim_end_matches(LINE_ENDS)
    })
}

/// The same text with LF for each CR that stands alone. Every place stays where it is.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let alone = |at: &usize| bytes.get(at.saturating_add(1)) != Some(&b'\n');
    let mut alone = memchr::memchr_iter(b'\r', bytes).filter(alone).peekable();
    if alone.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut changed = String::with_capacity(text.len());
    let mut from = 0;
    for at in alone {
        changed.push_str(text.get(from..at).unwrap_or(""));
        changed.push('\n');
        from = at.saturating_add(1);
    }
    changed.push_str(text.get(from..).unwrap_or(""));
    Cow::Owned(changed)
}

/// The first mark of a merge that was not finished, with its place; a line of git's that stands in the text. Where only some of
/// them were taken out, any of the others tells.
pub fn merge_mark(text: &str) -> Option<std::ops::Range<usize>> {
    const NAMED: [&str; 3] = ["<<<<<<< ", "||||||| ", ">>>>>>> "];
    const BETWEEN: &str = "=======";
    let is_mark = |start: &usize| {
        let rest = text.get(*start..).unwrap_or("");
        let between = rest.strip_prefix(BETWEEN).is_some_and(|rest| rest.is_empty() || rest.starts_with(LINE_ENDS));
        between || NAMED.iter().any(|mark| rest.starts_with(mark))
    };
    let at = std::iter::once(0).chain(line_ends(text)).find(is_mark)?;
    Some(at..at.saturating_add(BETWEEN.len()))
}

/// How to finish a merge.
pub const FINISH_THE_MERGE: &str =
    "keep the correct parts of both sides, and remove the lines with `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`";

/// Whether some programs begin a new line at a character that ends none here: VT, FF, FS, GS, RS, NEL, LS and PS.
pub fn looks_like_a_line_end(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A text that many may hold without copying it, without a byte order mark. A long one may be at rest in its file: who reads it from front to back takes
/// it piece by piece, and it is fetched whole when somebody asks for the words of a place.
#[derive(Clone, Debug)]
pub struct Text(Arc<Kept>);

#[derive(Debug)]
enum Kept {
    Here(String),
    AtRest(AtRest),
}

/// A long text that was left where it is.
#[derive(Debug)]
pub struct AtRest {
    store: Box<dyn Store>,
    /// Its first lines.
    head: String,
    /// In bytes, before it is fetched.
    length: usize,
    whole: OnceLock<(String, Coded)>,
    /// Known when all of it was read piece by piece.
    fingerprint: OnceLock<Fingerprint>,
}

/// How a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coded {
    Utf8,
    Windows1252,
}

/// Where a text is at rest. When the file is not any more what it was at first, neither of these comes back.
pub trait Store: Debug + Send + Sync {
    /// Fills `into` with the bytes from `at`.
    fn fetch(&self, at: usize, into: &mut [u8]);

    /// All of it, as a text.
    fn whole(&self) -> (String, Coded);
}

/// How much of the beginning of a text at rest is at hand, in bytes.
pub const HEAD: usize = 1 << 16;

/// The first lines of a text, as much as would be at hand if it were at rest.
pub fn first_lines(text: &str) -> &str {
    let end = text.as_bytes().get(..HEAD).and_then(|head| memchr::memrchr(b'\n', head));
    end.and_then(|end| text.get(..=end)).unwrap_or(text)
}

impl AtRest {
    pub fn new(store: Box<dyn Store>, head: String, length: usize) -> AtRest {
        AtRest { store, head, length, whole: OnceLock::new(), fingerprint: OnceLock::new() }
    }

    fn fetched(&self) -> &str {
        let whole = || {
            let (text, coded) = self.store.whole();
            // A carriage return alone ends a row, too, and each place stays where it is.
            let changed = match with_line_feeds(&text) {
                Cow::Owned(changed) => Some(changed),
                Cow::Borrowed(_) => None,
            };
            (changed.unwrap_or(text), coded)
        };
        &self.whole.get_or_init(whole).0
    }

    /// Fills `into` with the bytes from `at`.
    pub fn fetch(&self, at: usize, into: &mut [u8]) {
        self.store.fetch(at, into);
    }

    /// Keeps what all of it came to when it was read piece by piece.
    pub fn came_to(&self, fingerprint: Fingerprint) {
        // Every reading comes to the same.
        let _ = self.fingerprint.set(fingerprint);
    }
}

impl Text {
    pub fn at_rest(rest: AtRest) -> Text {
        Text(Arc::new(Kept::AtRest(rest)))
    }

    /// How long it is, in bytes.
    pub fn len(&self) -> usize {
        self.resting().map_or_else(|| str::len(self), |rest| rest.length)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As much of its beginning as is at hand, in whole lines.
    pub fn head(&self) -> &str {
        self.resting().map_or_else(|| &**self, |rest| &rest.head)
    }

    /// Where it is at rest, unless it is here or was fetched.
    pub fn resting(&self) -> Option<&AtRest> {
        match &*self.0 {
            Kept::AtRest(rest) if rest.whole.get().is_none() => Some(rest),
            Kept::Here(_) | Kept::AtRest(_) => None,
        }
    }

    /// What it comes to, if it was at rest and that is known.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        match &*self.0 {
            Kept::Here(_) => None,
            Kept::AtRest(rest) => rest.fingerprint.get(),
        }
    }

    /// How it was written, if it was at rest and is not any more.
    pub fn coded(&self) -> Option<Coded> {
        match &*self.0 {
            Kept::Here(_) => None,
            Kept::AtRest(rest) => rest.whole.get().map(|(_, coded)| *coded),
        }
    }
}

impl From<String> for Text {
    fn from(mut text: String) -> Self {
        let marks = text.len().saturating_sub(unmarked(&text).len());
        text.drain(..marks);
        Text(Arc::new(Kept::Here(text)))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for Text {}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match &*self.0 {
            Kept::Here(text) => text,
            Kept::AtRest(rest) => rest.fetched(),
        }
    }
}

/// Where the rows of a sheet stand in the text that was made of it, a cell between two signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The sheet's name.
    pub sheet: String,
    /// Where each row begins.
    pub starts: Vec<u32>,
    pub delimiter: u8,
    /// Which of its numbers are shown with a currency, or as others.
    pub shown: Arc<[Shown]>,
    /// Which of its times are spans by their formats, and no times of day.
    pub spans: Arc<[Shown]>,
    pub unseen: Arc<Unseen>,
}

/// What a sheet hides and merges. Whether any of it is read is known when it is known which rows and columns are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unseen {
    /// The sheet's name.
    pub sheet: String,
    /// Where each row begins, where any of them are hidden or merged.
    pub starts: Vec<u32>,
    /// Hidden rows, counted from 0, as far as their numbers are known.
    pub rows: Vec<u32>,
    /// The first and the last of hidden columns that stand together, counted from 0.
    pub columns: Vec<(u32, u32)>,
    /// First and last row and column of merged cells.
    pub merged: Vec<((u32, u32), (u32, u32))>,
    /// Cells in whose texts a part is formatted so that it is rather not a part of the value.
    pub runs: Vec<((u32, u32), Run)>,
    /// Rows all of whose values are struck out, and those in which tables of the sheet have their totals, counted from 0.
    pub struck: Vec<u32>,
    pub totals: Vec<u32>,
}

/// What a format does to a part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Run {
    Raised,
    Lowered,
    Struck,
}

impl Grid {
    /// Row and column (from 1) of the cell at a byte of the text.
    fn cell(&self, text: &str, at: u32) -> LineColumn {
        let row = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(row.saturating_sub(1)).copied().unwrap_or(0);
        let before = text.as_bytes().get(start as usize..at as usize).unwrap_or_default();
        let (mut column, mut quoted) = (1_usize, false);
        for byte in before {
            quoted ^= *byte == b'"';
            column = column.saturating_add(usize::from(!quoted && *byte == self.delimiter));
        }
        LineColumn { line: row, column }
    }
}

/// What a spreadsheet calls a column, counted from 0: `A` to `Z`, `AA`, ….
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column.saturating_add(1);
    while left > 0 {
        left = left.saturating_sub(1);
        letters.push(char::from(b'A'.saturating_add(u8::try_from(left % 26).unwrap_or(0))));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// One text: its name as the user gave it, and what it holds (without a byte order mark, which is dropped on entry).
#[derive(Clone, Debug)]
pub struct Source {
    pub name: String,
    pub text: Text,
    /// The sheet of a spreadsheet that it was made of.
    pub grid: Option<Grid>,
    /// Where its lines begin; looked for only when somebody asks, since a text may have millions.
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters stand before each block of the text; counted only when a line is longer than a block.
    blocks: OnceLock<Vec<u32>>,
}

/// Lines of up to so many bytes are counted through for a column. A longer one (a JSON file is often a single line) is looked
/// up by blocks of this length, so that many places on it cost no more than their number.
const BLOCK: usize = 1 << 12;

impl Source {
    /// A text by itself, to draw a piece of it.
    #[cfg(feature = "cli")]
    pub(crate) fn new(name: String, text: &str) -> Self {
        Source::of(name, text.to_owned())
    }

    fn of(name: String, text: String) -> Self {
        Source::holding(name, text.into())
    }

    fn holding(name: String, text: Text) -> Self {
        Source { name, text, grid: None, line_starts: OnceLock::new(), blocks: OnceLock::new() }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let starts = line_ends(&self.text).map(|at| u32::try_from(at).unwrap_or(u32::MAX));
            std::iter::once(0).chain(starts).collect()
        })
    }

    /// How many characters stand between two bytes.
    fn characters(&self, start: usize, end: usize) -> usize {
        if end.saturating_sub(start) <= BLOCK {
            return begun(self.text.as_bytes().get(start..end).unwrap_or_default());
        }
        self.characters_before(end).saturating_sub(self.characters_before(start))
    }

    fn characters_before(&self, at: usize) -> usize {
        let blocks = self.blocks.get_or_init(|| {
            let mut all = 0_u32;
            let mut before = vec![0];
            before.extend(self.text.as_bytes().chunks(BLOCK).map(|block| {
                all = all.saturating_add(u32::try_from(begun(block)).unwrap_or(u32::MAX));
                all
            }));
            before
        });
        let block = at / BLOCK;
        let within = self.text.as_bytes().get(block.saturating_mul(BLOCK)..at).unwrap_or_default();
        (blocks.get(block).copied().unwrap_or(0) as usize).saturating_add(begun(within))
    }

    /// The line (from 0) that byte `at` stands on, and the byte at which that line starts.
    fn line_of(&self, at: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start as usize <= at).saturating_sub(1);
        (line, starts.get(line).copied().unwrap_or(0) as usize)
    }

    /// Line and column of a byte. A byte past the end is the end.
    pub fn line_column(&self, at: u32) -> LineColumn {
        let at = (at as usize).min(self.text.len());
        let (line, start) = self.line_of(at);
        let column = self.characters(start, at);
        LineColumn { line: line.saturating_add(1), column: column.saturating_add(1) }
    }

    /// The text of a line (from 1) without its line break; empty when there is no such line.
    pub fn line(&self, line: usize) -> &str {
        let start = self.line_starts().get(line.saturating_sub(1)).map(|start| *start as usize);
        let end = self.line_starts().get(line).map_or(self.text.len(), |end| *end as usize);
        start.and_then(|start| self.text.get(start..end)).unwrap_or("").trim_end_matches(LINE_ENDS)
    }

    /// The byte at which a line (from 1) starts; past the last line, the end of the text.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts().get(line.saturating_sub(1)).map_or(self.text.len(), |start| *start as usize)
    }

    /// How many lines the text has; an empty text has one.
    pub fn lines(&self) -> usize {
        self.line_starts().len()
    }
}

/// How many characters begin among these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

/// All texts of one run. Files are only added, so a [`Span`] stays good for the whole run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Takes a text in. `name` is what messages call it: the path as the user gave it.
    pub fn add(&mut self, name: impl Into<String>, text: &str) -> FileId {
        self.take_in(name, text.to_owned())
    }

    /// The same without a copy of the text.
    pub fn take_in(&mut self, name: impl Into<String>, text: String) -> FileId {
        self.push(Source::of(name.into(), text))
    }

    /// The same for a text that may be at rest; it has no byte order mark.
    pub fn hold(&mut self, name: impl Into<String>, text: Text) -> FileId {
        self.push(Source::holding(name.into(), text))
    }

    /// The same for a text that was made of a sheet.
    pub fn hold_sheet(&mut self, name: impl Into<String>, text: Text, grid: Grid) -> FileId {
        self.push(Source { grid: Some(grid), ..Source::holding(name.into(), text) })
    }

    fn push(&mut self, source: Source) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(source);
        id
    }

    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize)
    }

    /// The words a place holds; empty when the place lies outside its text.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).and_then(|source| source.text.get(span.start as usize..span.end as usize)).unwrap_or("")
    }

    /// Where a place begins, for a reader: name, line, column. In a sheet these are its row and its column.
    pub fn at(&self, span: Span) -> (&str, LineColumn) {
        match self.get(span.file) {
            Some(Source { name, text, grid: Some(grid), .. }) => (name, grid.cell(text, span.start)),
            Some(source) => (&source.name, source.line_column(span.start)),
            None => ("", LineColumn { line: 1, column: 1 }),
        }
    }

    /// Tells apart places that [`Sources::at`] and [`Sources::cell`] name differently: the file, and the line, or the cell of a sheet.
    pub fn spot(&self, span: Span) -> (FileId, LineColumn) {
        let at = match self.get(span.file) {
            Some(Source { text, grid: Some(grid), .. }) => grid.cell(text, span.start),
            Some(source) => LineColumn { line: source.line_of(span.start as usize).0.saturating_add(1), column: 1 },
            None => LineColumn { line: 1, column: 1 },
        };
        (span.file, at)
    }

    /// The sheet and the cell, such as `C734`, in which a place begins. Nothing for other texts.
    pub fn in_sheet(&self, span: Span) -> Option<(&str, String)> {
        let source = self.get(span.file)?;
        let grid = source.grid.as_ref()?;
        let LineColumn { line, column } = grid.cell(&source.text, span.start);
        Some((&grid.sheet, format!("{}{line}", letters(column.saturating_sub(1)))))
    }

    /// The same in words: `sheet Report, cell C734`.
    pub fn cell(&self, span: Span) -> Option<String> {
        self.in_sheet(span).map(|(sheet, cell)| format!("sheet {sheet}, cell {cell}"))
    }

    pub fn files(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(at, source)| (FileId(u32::try_from(at).unwrap_or(u32::MAX)), source))
    }
}

/// A character that shows nothing and changes nothing around it: it only makes two texts differ that look the same.
pub fn is_only_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// What a character that nobody sees is called: what sort it is, and its code point.
pub fn named(c: char) -> String {
    let sort = match c {
        c if looks_like_a_line_end(c) => "a character that looks like a line break",
        c if turns(c) => "a character that changes the direction of the text",
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => "a character without a defined meaning",
        c if c.is_control() => "a control character",
        _ => "an invisible character",
    };
    format!("{sort} (U+{:04X})", u32::from(c))
}

/// Whether a character changes the direction in which the rest is shown.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character shows nothing itself but can change how the rest is shown, or shows whatever a font makes of it.
#[rustfmt::skip]
pub fn hides(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    // Letters of most languages end here.
    if matches!(c, '\u{b0}'..='\u{34e}' | '\u{350}'..='\u{61b}') {
        return false;
    }
    c.is_control() || turns(c)
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Whether a character only says how the one before it is drawn, or joined to the next: a part of how some scripts and pictures are
/// written.
pub fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The characters of a text that nobody sees, with the bytes at which they stand. One that joins is no part of Latin, Greek or Cyrillic
/// writing: there it only makes two texts differ.
pub fn unseen(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut before = None;
    text.char_indices().filter(move |(_, c)| is_unseen(before.replace(*c), *c))
}

/// Whether nobody sees a character behind another.
pub fn is_unseen(before: Option<char>, c: char) -> bool {
    let joins_nothing = |before: char| {
        let picture = matches!(before, '\u{fe00}'..='\u{fe0f}') && c == '\u{200d}';
        before < '\u{590}' || (joins(before) && !picture)
    };
    hides(c) || (joins(c) && before.is_none_or(joins_nothing))
}
