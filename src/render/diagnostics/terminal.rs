//! Findings formatted for a terminal: the line of the text, an arrow under the words, and what to do.
//! The drawing is miette's, and nothing else in overens names it. All places of a finding stand in one drawing, also
//! when they lie in several files: its texts are laid one after the other, and each place is found in its own.

use std::collections::BTreeMap;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents, ThemeCharacters, ThemeStyles,
};

use super::{OneFile, hint, per_file, plain, severity};
use crate::diagnostics::{Diagnostic, Label, Severity};
use crate::render::visible::{self, Visible};
use crate::render::{Colour, Look, Marks};
use crate::source::{FileId, Source, Sources, Span};

/// A place of more lines than this is shown by its first line.
const MOST_LINES: usize = 8;
/// A line of more bytes than this is not drawn; the finding is then told in plain lines.
const LONGEST_LINE: usize = 1_000;

/// All that a reader is shown of a run's findings; empty when there are none.
pub fn show(findings: &[&Diagnostic], sources: &Sources, look: Look) -> String {
    let files = per_file(findings);
    let texts = texts(&files, sources);
    let drawer = drawer(look);
    let mut parts: Vec<String> = Vec::new();
    for file in &files {
        parts.extend(file.shown.iter().map(|one| finding(one, sources, &texts, &drawer)));
        parts.extend(file.rest(sources).map(|rest| format!("  {rest}\n")));
    }
    parts.extend(hint(findings).map(|hint| format!("  {hint}\n")));
    parts.join("\n")
}

fn finding(one: &Diagnostic, sources: &Sources, texts: &Texts, drawer: &GraphicalReportHandler) -> String {
    let mut drawn = String::new();
    let done = Report::of(one, texts).is_some_and(|report| drawer.render_report(&mut drawn, &report).is_ok());
    if done { drawn } else { format!("{}\n", plain::finding(one, sources)) }
}

fn drawer(look: Look) -> GraphicalReportHandler {
    let characters = match look.marks {
        Marks::Unicode => ThemeCharacters::unicode(),
        Marks::Ascii => ThemeCharacters::ascii(),
    };
    let styles = match look.colour {
        Colour::On => ThemeStyles::ansi(),
        Colour::Off => ThemeStyles::none(),
    };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(look.width.max(20))
        .with_links(false)
        .with_break_words(false)
        // A date must not be broken at its hyphens.
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .without_syntax_highlighting()
}

// ---- texts ----

type Texts<'a> = BTreeMap<FileId, Text<'a>>;

/// The texts that the shown findings lie in, each prepared once.
fn texts<'a>(files: &[OneFile], sources: &'a Sources) -> Texts<'a> {
    let spans = files.iter().flat_map(|file| &file.shown).flat_map(|one| labels(one)).map(|label| label.span);
    let mut texts = Texts::new();
    for file in spans.map(|span| span.file) {
        if let Some(source) = sources.get(file) {
            texts.entry(file).or_insert_with(|| Text::of(source));
        }
    }
    texts
}

fn labels(one: &Diagnostic) -> impl Iterator<Item = &Label> {
    std::iter::once(&one.place).chain(&one.others)
}

/// A text as it is drawn: hidden characters visible, and one line break more, so that its very end can be pointed at.
struct Text<'a> {
    original: &'a Source,
    visible: Visible,
    name: String,
    shown: Source,
}

impl<'a> Text<'a> {
    fn of(original: &'a Source) -> Self {
        let visible = visible::text(&original.text);
        let name = visible::line(&original.name);
        let shown = Source::new(name.clone(), &format!("{}\n", visible.text));
        Text { original, visible, name, shown }
    }

    /// Bytes of the shown text that a place takes.
    fn range(&self, span: Span) -> (usize, usize) {
        let end = self.original.text.len();
        let at = |at: u32| self.visible.shown((at as usize).min(end));
        (at(span.start), at(span.end))
    }

    /// First and last line of a place (from 1).
    fn lines(&self, span: Span) -> (usize, usize) {
        (self.original.line_column(span.start).line, self.original.line_column(span.end).line)
    }

    fn can_be_drawn(&self, span: Span) -> bool {
        // The line of a sheet has signs between its cells that nobody wrote; its cells are named instead.
        if self.original.grid.is_some() {
            return false;
        }
        let (first, last) = self.lines(span);
        let last = last.min(first.saturating_add(MOST_LINES));
        (first.saturating_sub(1)..=last.saturating_add(1)).all(|line| self.shown.line(line).len() <= LONGEST_LINE)
    }

    /// A place with its words; of a place too long to draw, the first line.
    fn label(&self, label: &Label) -> (Option<String>, usize, usize) {
        let (start, end) = self.range(label.span);
        let (first, last) = self.lines(label.span);
        let mut words = visible::line(&label.words);
        if last.saturating_sub(first) < MOST_LINES {
            return ((!words.is_empty()).then_some(words), start, end);
        }
        words.push_str(if words.is_empty() { "" } else { ", " });
        let end = self.shown.line_start(first).saturating_add(self.shown.line(first).len());
        (Some(format!("{words}through line {last}")), start, end.max(start))
    }
}

// ---- a report and its excerpts ----

/// A text's share in a report: it begins at byte `base` of all texts laid one after the other.
struct Piece<'a> {
    base: usize,
    text: &'a Text<'a>,
    /// So many bytes of it may be shown: the added line break counts only where a place lies at the very end.
    limit: usize,
}

impl Piece<'_> {
    fn read(&self, from: usize, to: usize, before: usize, after: usize) -> MietteSpanContents<'_> {
        let shown = &self.text.shown;
        let line = |at: usize| shown.line_column(u32::try_from(at).unwrap_or(u32::MAX)).line;
        let first = line(from).saturating_sub(before).max(1);
        let last = line(to).saturating_add(after);
        let start = if before == 0 { from } else { shown.line_start(first) };
        let end = if after == 0 { to } else { shown.line_start(last.saturating_add(1)).min(self.limit) };
        let data = shown.text.as_bytes().get(start..end).unwrap_or_default();
        let whole = SourceSpan::from((self.base.saturating_add(start), data.len()));
        let column = if before == 0 { self.column(from) } else { 0 };
        // The number of lines shown, not of all lines so far: places far apart get a drawing each.
        let lines = last.saturating_sub(first);
        MietteSpanContents::new_named(self.text.name.clone(), data, whole, first.saturating_sub(1), column, lines)
    }

    /// The column (from 0, in characters) that the original has at a byte of the shown text.
    fn column(&self, at: usize) -> usize {
        let original = self.text.visible.original(at);
        self.text.original.line_column(u32::try_from(original).unwrap_or(u32::MAX)).column.saturating_sub(1)
    }
}

/// The texts of one finding, the one of its main place first.
struct Pieces<'a>(Vec<Piece<'a>>);

impl<'a> Pieces<'a> {
    fn of(one: &Diagnostic, texts: &'a Texts) -> Option<Self> {
        let mut pieces = Pieces(Vec::new());
        let mut base = 0usize;
        for label in labels(one) {
            let text = texts.get(&label.span.file).filter(|text| text.can_be_drawn(label.span))?;
            let at = match pieces.0.iter().position(|piece| std::ptr::eq(piece.text, text)) {
                Some(at) => at,
                None => {
                    pieces.0.push(Piece { base, text, limit: text.visible.text.len() });
                    // Between two texts lies a byte that belongs to neither, so that no place can hold both.
                    base = base.saturating_add(text.shown.text.len()).saturating_add(1);
                    pieces.0.len().saturating_sub(1)
                }
            };
            if let Some(piece) = pieces.0.get_mut(at)
                && text.range(label.span).0 >= piece.limit
            {
                piece.limit = text.shown.text.len();
            }
        }
        Some(pieces)
    }

    fn label(&self, label: &Label, texts: &Texts) -> Option<(Option<String>, SourceSpan)> {
        let text = texts.get(&label.span.file)?;
        let piece = self.0.iter().find(|piece| std::ptr::eq(piece.text, text))?;
        let (words, start, end) = text.label(label);
        Some((words, (piece.base.saturating_add(start), end.saturating_sub(start)).into()))
    }
}

impl SourceCode for Pieces<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let piece = self.0.iter().rfind(|piece| piece.base <= span.offset()).ok_or(MietteError::OutOfBounds)?;
        let from = span.offset().saturating_sub(piece.base);
        let to = from.saturating_add(span.len());
        if to > piece.text.shown.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        Ok(Box::new(piece.read(from, to, before, after)))
    }
}

/// A finding in miette's terms.
struct Report<'a> {
    title: String,
    severity: Severity,
    pieces: Pieces<'a>,
    labels: Vec<LabeledSpan>,
    help: Option<String>,
}

impl<'a> Report<'a> {
    /// Nothing when a place cannot be drawn.
    fn of(one: &Diagnostic, texts: &'a Texts) -> Option<Self> {
        let pieces = Pieces::of(one, texts)?;
        let (words, span) = pieces.label(&one.place, texts)?;
        let main = LabeledSpan::new_primary_with_span(words, span);
        let others = one.others.iter().filter_map(|label| pieces.label(label, texts));
        let others = others.map(|(words, span)| LabeledSpan::new_with_span(words, span));
        let labels = std::iter::once(main).chain(others).collect();
        let title = format!("{}[{}]: {}", severity(one.severity), one.code.name, visible::line(&one.message));
        let help = one.help.as_deref().map(|help| visible::text(help).text);
        Some(Report { title, severity: one.severity, pieces, labels, help })
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.pieces)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
