//! What was laid out so far: lines, each with a comment behind it or none.

use super::WIDEST;
use super::wrap::{are_glued, signs};

/// Comments behind lines stand in this column, if the lines leave room.
const COMMENTS: usize = 63;
/// Between a line and the comment behind it lie at least so many blanks.
const GAP: usize = 3;
/// A comment behind a longer line stands there for itself.
const ALIGNED: usize = 90;

const QUOTE: &str = "\"";

#[derive(Default)]
pub struct Page<'t> {
    lines: Vec<Line<'t>>,
    /// The last word.
    last: &'t str,
}

#[derive(Default)]
struct Line<'t> {
    text: String,
    /// How wide the text is.
    wide: usize,
    comment: Option<&'t str>,
    /// Whether a blank line stands before it.
    apart: bool,
    /// Whether nothing stands on it yet.
    fresh: bool,
}

impl<'t> Page<'t> {
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Begins a line.
    pub fn begin(&mut self, indent: usize, apart: bool) {
        let apart = apart && !self.lines.is_empty();
        let text = " ".repeat(indent);
        self.lines.push(Line { text, wide: indent, comment: None, apart, fresh: true });
        self.last = "";
    }

    /// A comment on a line of its own.
    pub fn alone(&mut self, comment: &'t str, indent: usize, apart: bool) {
        self.begin(indent, apart);
        self.word(comment, false);
    }

    /// A comment behind the last line.
    pub fn behind(&mut self, comment: &'t str) {
        match self.lines.last_mut() {
            Some(line) if line.comment.is_none() => line.comment = Some(comment),
            Some(_) | None => self.alone(comment, 0, false),
        }
    }

    pub fn column(&self) -> usize {
        self.lines.last().map_or(0, |line| line.wide)
    }

    pub fn is_fresh(&self) -> bool {
        self.lines.last().is_none_or(|line| line.fresh)
    }

    /// Whether a word would stand at the last one without a blank.
    pub fn is_glued(&self, word: &str) -> bool {
        are_glued(self.last, word)
    }

    /// How many blanks stand before a word.
    pub fn gap(&self, word: &str) -> usize {
        usize::from(!self.is_fresh() && !self.is_glued(word))
    }

    pub fn skip_to(&mut self, column: usize) {
        // The blank before the next word is among them.
        let wanted = column.saturating_sub(1);
        if let Some(line) = self.lines.last_mut() {
            line.text.extend(std::iter::repeat_n(' ', wanted.saturating_sub(line.wide)));
            line.wide = line.wide.max(wanted);
        }
    }

    /// A word; quoted ones are put on one line.
    pub fn word(&mut self, word: &'t str, quoted: bool) {
        match quoted {
            true => unfolded(word).into_iter().enumerate().for_each(|(at, piece)| self.piece(at, piece)),
            false => self.put(word, self.gap(word)),
        }
    }

    /// A piece of quoted words, by its number.
    pub fn piece(&mut self, at: usize, piece: &'t str) {
        let gap = if at == 0 { self.gap(piece) } else { usize::from(!self.is_fresh()) };
        self.put(piece, gap);
        // What stands in quotes is no bracket of ours.
        self.last = QUOTE;
    }

    fn put(&mut self, word: &'t str, gap: usize) {
        if self.lines.is_empty() {
            self.begin(0, false);
        }
        if let Some(line) = self.lines.last_mut() {
            line.text.extend(std::iter::repeat_n(' ', gap));
            line.text.push_str(word);
            line.wide = line.wide.saturating_add(gap).saturating_add(signs(word));
            line.fresh = false;
        }
        self.last = word;
    }

    pub fn text(self) -> String {
        let mut text = String::new();
        for paragraph in self.lines.chunk_by(|_, next| !next.apart) {
            let column = column_of_comments(paragraph);
            for line in paragraph {
                if line.apart {
                    text.push('\n');
                }
                text.push_str(&line.text);
                if let Some(comment) = line.comment {
                    let column = if line.wide <= ALIGNED { column } else { 0 };
                    let blanks = column.saturating_sub(line.wide).max(GAP);
                    text.extend(std::iter::repeat_n(' ', blanks));
                    text.push_str(comment);
                }
                text.push('\n');
            }
        }
        text
    }
}

/// The column in which the comments behind the lines of a paragraph stand: the usual one, or one further left if that makes them
/// fit, or one further right if a line needs it.
fn column_of_comments(lines: &[Line]) -> usize {
    let with_comments =
        || lines.iter().filter(|line| line.wide <= ALIGNED).filter_map(|line| Some((line, line.comment?)));
    let longest = with_comments().map(|(_, comment)| signs(comment)).max().unwrap_or(0);
    let widest = with_comments().map(|(line, _)| line.wide).max().unwrap_or(0);
    COMMENTS.min(WIDEST.saturating_sub(longest)).max(widest.saturating_add(GAP))
}

/// The pieces of quoted words between which a line may be broken: where one blank stands, or a line ends. Several blanks on one line are
/// the author's and stay. A backslash takes the sign behind it along.
pub fn unfolded(text: &str) -> Vec<&str> {
    let mut pieces: Vec<&str> = Vec::new();
    let (mut start, mut blanks) = (0, None::<usize>);
    let mut escaped = false;
    for (at, sign) in text.char_indices() {
        if sign.is_ascii_whitespace() && !escaped {
            blanks = blanks.or(Some(at));
            continue;
        }
        if let Some(from) = blanks.take() {
            let run = text.get(from..at).unwrap_or_default();
            if run.len() == 1 || run.contains('\n') {
                pieces.extend(text.get(start..from).filter(|piece| !piece.is_empty()));
                start = at;
            }
        }
        escaped = !escaped && sign == '\\';
    }
    pieces.extend(text.get(start..).filter(|piece| !piece.is_empty()));
    pieces
}
