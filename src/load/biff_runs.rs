//! Texts in the cells of an `.xls` of which a part is superscript, subscript or struck out. A text is kept with the places at which
//! its font changes; it may go on in further records, each of which says once more how wide its letters are.

use std::collections::BTreeMap;

use crate::source::Run;

use super::{
    biff::{CONTINUED, each_record, four, two},
    runs::{Formatted, Seen},
};

/// The texts that cells share, by their numbers, of those that are formatted so.
pub(super) fn shared(stream: &[u8]) -> BTreeMap<u32, Run> {
    let (mut fonts, mut texts, mut is_in) = (Vec::new(), Vec::new(), false);
    for (kind, data, depth) in each_record(stream) {
        // Those of the sheets follow, which have none of these.
        if depth == 0 {
            break;
        }
        match kind {
            0x0031 => fonts.push(run_of(data)),
            0x00fc => {
                is_in = true;
                texts.push(data);
            }
            CONTINUED if is_in => texts.push(data),
            _ => is_in = false,
        }
    }
    if fonts.iter().all(Option::is_none) {
        return BTreeMap::new();
    }
    let count = texts.first().and_then(|data| four(data, 4)).unwrap_or(0);
    let mut reading = Reading { parts: texts, part: 0, at: 8 };
    let mut all = BTreeMap::new();
    for number in 0..count {
        let Some(seen) = reading.text(&fonts) else { break };
        all.extend(seen.run().map(|run| (number, run)));
    }
    all
}

/// The cells of a sheet that show such a text.
pub(super) fn in_cells<'r>(records: impl Iterator<Item = (u16, &'r [u8])>, texts: &BTreeMap<u32, Run>) -> Formatted {
    let cell = |data: &[u8]| {
        let run = texts.get(&four(data, 6)?)?;
        Some(((u32::from(two(data, 0)?), u32::from(two(data, 2)?)), *run))
    };
    if texts.is_empty() {
        return Formatted::new();
    }
    records.filter(|(kind, _)| *kind == 0x00fd).filter_map(|(_, data)| cell(data)).collect()
}

/// What a font does to a text.
fn run_of(data: &[u8]) -> Option<Run> {
    match (two(data, 2)? & 0x08 != 0, two(data, 8)?) {
        (true, _) => Some(Run::Struck),
        (false, 1) => Some(Run::Raised),
        (false, 2) => Some(Run::Lowered),
        (false, _) => None,
    }
}

/// Where the next text begins, in which of the records.
struct Reading<'r> {
    parts: Vec<&'r [u8]>,
    part: usize,
    at: usize,
}

impl Reading<'_> {
    /// How much is left of the record, of which the next one follows when there is nothing.
    fn left(&mut self) -> Option<usize> {
        loop {
            let left = self.parts.get(self.part)?.len().saturating_sub(self.at);
            if left > 0 {
                return Some(left);
            }
            (self.part, self.at) = (self.part.saturating_add(1), 0);
        }
    }

    fn bytes(&mut self, mut count: usize) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        while count > 0 {
            let here = self.left()?.min(count);
            let end = self.at.saturating_add(here);
            all.extend_from_slice(self.parts.get(self.part)?.get(self.at..end)?);
            (self.at, count) = (end, count.saturating_sub(here));
        }
        Some(all)
    }

    /// So many letters, which are one or two bytes wide.
    fn letters(&mut self, count: usize, mut is_wide: bool) -> Option<Vec<u16>> {
        let mut all = Vec::new();
        while all.len() < count {
            let before = self.part;
            let left = self.left()?;
            if self.part != before {
                // The rest of a text begins with how wide it is.
                is_wide = self.bytes(1)?.first()? & 1 != 0;
                continue;
            }
            let width = if is_wide { 2 } else { 1 };
            let here = left.checked_div(width)?.min(count.saturating_sub(all.len()));
            let bytes = self.bytes(here.max(1).saturating_mul(width))?;
            match is_wide {
                true => all.extend(bytes.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two))),
                false => all.extend(bytes.into_iter().map(u16::from)),
            }
        }
        Some(all)
    }

    fn number(&mut self) -> Option<usize> {
        two(&self.bytes(2)?, 0).map(usize::from)
    }

    /// The next text, by the fonts of the file.
    fn text(&mut self, fonts: &[Option<Run>]) -> Option<Seen> {
        let count = self.number()?;
        let flags = *self.bytes(1)?.first()?;
        let runs = if flags & 8 != 0 { self.number()? } else { 0 };
        let beside = if flags & 4 != 0 { four(&self.bytes(4)?, 0)? as usize } else { 0 };
        let letters = self.letters(count, flags & 1 != 0)?;
        let changes = self.bytes(runs.saturating_mul(4))?;
        self.bytes(beside)?;
        let (mut seen, mut from, mut run) = (Seen::default(), 0_usize, None);
        let mut add = |range: std::ops::Range<usize>, run: Option<Run>| {
            seen.add(&String::from_utf16_lossy(letters.get(range).unwrap_or_default()), run);
        };
        for change in changes.as_chunks::<4>().0 {
            let (at, font) = (usize::from(two(change, 0)?), usize::from(two(change, 2)?));
            let at = at.min(letters.len());
            add(from..at, run);
            // There is no font of the number 4.
            let font = if font > 4 { font.saturating_sub(1) } else { font };
            (from, run) = (at, fonts.get(font).copied().flatten());
        }
        add(from..letters.len(), run);
        Some(seen)
    }
}
