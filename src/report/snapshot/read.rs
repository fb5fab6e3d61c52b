//! A snapshot read back from its text. What was changed by hand, or left half merged, is told at its line: nobody accepted
//! it, so nothing may rest on it.

mod head;

use super::{FORM, Snapshot};
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::report::entry::Entry;
use crate::source::{FileId, Span, unmarked};

use head::Fields;

/// Reads a snapshot; nothing comes back when something is wrong with it, which is told.
pub fn read(file: FileId, text: &str, problems: &mut Sink) -> Option<Snapshot> {
    let lines = lines(file, unmarked(text));
    if let Some(mark) = lines.iter().find(|line| is_merge_mark(line.text)) {
        problems.push(conflict(mark));
        return None;
    }
    let (head, contents) = parts(&lines).or_else(|| {
        let place = lines.first().map_or(Span::new(file, 0, 0), |line| line.span());
        problems.push(edited(place).say("a snapshot must start with a header between two lines `---`"));
        None
    })?;
    let fields = Fields::read(head, problems)?;
    if let Some(form) = fields.other_form() {
        problems.push(version(form.span, &form.it));
        return None;
    }
    let (head, checksum) = fields.whole(problems)?;
    let entries = entries(contents, problems)?;
    let lines: Vec<&str> = contents.iter().map(|line| line.text).collect();
    let found = super::write::checksum(&head, &lines);
    if checksum.it != found {
        let message = "the header or the verdicts below were changed by hand: they are not the accepted ones";
        problems.push(edited(checksum.span).say(message));
        return None;
    }
    Some(Snapshot { entries, ..head })
}

/// A line with its place, without its line break.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    file: FileId,
    start: usize,
}

impl Line<'_> {
    fn span(&self) -> Span {
        self.from(0)
    }

    /// The line from a byte on; at its end, its last sign.
    fn from(&self, at: usize) -> Span {
        let last = self.text.char_indices().next_back().map_or(0, |(at, _)| at);
        let end = self.start.saturating_add(self.text.len());
        Span::new(self.file, self.start.saturating_add(at.min(last)), end)
    }
}

fn lines(file: FileId, text: &str) -> Vec<Line<'_>> {
    let mut start = 0_usize;
    let mut all = Vec::new();
    for line in text.split_inclusive('\n') {
        let own = line.strip_suffix('\n').unwrap_or(line);
        all.push(Line { text: own.strip_suffix('\r').unwrap_or(own), file, start });
        start = start.saturating_add(line.len());
    }
    all
}

/// The lines between the two `---`, and those behind.
fn parts<'l, 't>(lines: &'l [Line<'t>]) -> Option<(&'l [Line<'t>], &'l [Line<'t>])> {
    let (first, rest) = lines.split_first()?;
    let end = rest.iter().position(|line| line.text.trim_end() == "---")?;
    let (head, contents) = rest.split_at_checked(end)?;
    (first.text.trim_end() == "---").then_some((head, contents.get(1..).unwrap_or_default()))
}

fn entries(lines: &[Line], problems: &mut Sink) -> Option<Vec<Entry>> {
    let mut all: Vec<Entry> = Vec::with_capacity(lines.len());
    let mut sound = true;
    for line in lines {
        let found = match Entry::read(line.text) {
            Err(unreadable) => {
                let message = format!("not a line of a snapshot: expected {}", unreadable.expected);
                Err(edited(line.from(unreadable.at)).say(message))
            }
            Ok(entry) => match all.last() {
                Some(before) if before.key == entry.key => {
                    Err(edited(line.span()).say(format!("duplicate verdict on `{}`", entry.key)))
                }
                Some(before) if before.key > entry.key => {
                    Err(edited(line.span()).say(format!("`{}` is out of order", entry.key)))
                }
                Some(_) | None => Ok(entry),
            },
        };
        match found {
            Ok(entry) => all.push(entry),
            Err(finding) => {
                sound = false;
                problems.push(finding);
            }
        }
    }
    sound.then_some(all)
}

fn is_merge_mark(line: &str) -> bool {
    line == "=======" || ["<<<<<<< ", "||||||| ", ">>>>>>> "].iter().any(|mark| line.starts_with(mark))
}

// ---- findings ----

/// What was changed by hand. It may be refined with words of its own.
fn edited(place: Span) -> Diagnostic {
    codes::SNAPSHOT_EDITED.at(place).help(
        "restore the accepted text (`git checkout -- FILE`), or delete the file; then `overens review` shows what \
         is to be accepted"
            .to_string(),
    )
}

fn conflict(line: &Line) -> Diagnostic {
    codes::SNAPSHOT_CONFLICT
        .at(line.span())
        .say("two branches changed this snapshot, and the merge was not finished")
        .help(
            "keep one side as it is (`git checkout --ours FILE` or `--theirs`); then `overens review` shows what differs from it"
                .to_string(),
        )
}

fn version(place: Span, form: &str) -> Diagnostic {
    codes::SNAPSHOT_VERSION
        .at(place)
        .say(format!("this snapshot has format {form}, but this version reads only format {FORM}"))
        .help("use the version of overens that wrote it, or delete the file and accept the verdicts again".to_string())
}
