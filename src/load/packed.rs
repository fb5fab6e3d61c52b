//! Packed files: how long they are, unpacked, before any part of them is read.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// How long a packed file is, unpacked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Length {
    /// All of its parts together.
    pub all: u64,
    /// The longest text in the parts that hold the cells of a workbook, with the signs that stand for others (`&amp;`).
    pub text: u64,
}

/// How long the parts of a packed file are, counted until they are longer than was allowed. What the file itself says of it is not
/// believed: a few bytes can be made to come to a great many.
pub(super) fn unpacked(bytes: &[u8], most: u64) -> Length {
    let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) else { return Length::default() };
    let mut length = Length::default();
    for at in 0..parts.len() {
        let Ok(part) = parts.by_index(at) else { continue };
        let has_cells = part.name().is_ok_and(|name| holds_cells(&name));
        let left = most.saturating_sub(length.all).saturating_add(1);
        let of_part = count(part.take(left));
        length.all = length.all.saturating_add(of_part.all);
        if has_cells {
            length.text = length.text.max(of_part.text);
        }
        if length.all > most {
            break;
        }
    }
    length
}

/// Whether the texts of cells stand in a part.
fn holds_cells(name: &str) -> bool {
    let name = name.trim_start_matches('/');
    matches!(name, "content.xml" | "xl/sharedStrings.xml")
        || name.starts_with("xl/worksheets/") && name.ends_with(".xml")
}

/// How long its parts are by what the file says of them, which may not be true.
pub(super) fn declared(bytes: &[u8]) -> u64 {
    let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let lengths = (0..parts.len()).map(|at| parts.by_index_raw(at).map_or(0, |part| part.size()));
    lengths.fold(0_u64, u64::saturating_add)
}

/// How many bytes come, as long as some do: what breaks off is told when it is read.
fn count(mut from: impl Read) -> Length {
    let (mut piece, mut length, mut text) = ([0_u8; 16 << 10], Length::default(), 0_u64);
    let of = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    while let Ok(more @ 1..) = from.read(&mut piece) {
        let read = piece.get(..more).unwrap_or_default();
        length.all = length.all.saturating_add(of(more));
        // Shorter texts, within a piece, are no matter here.
        match memchr::memchr(b'<', read) {
            None => text = text.saturating_add(of(more)),
            Some(end) => {
                length.text = length.text.max(text.saturating_add(of(end)));
                let behind = memchr::memrchr(b'>', read).map_or(0, |last| last.saturating_add(1));
                text = of(more.saturating_sub(behind));
            }
        }
    }
    length.text = length.text.max(text);
    length
}
