//! Packed files: how long they are, unpacked, before any part of them is read.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// How long the parts of a packed file are, counted until they are longer than was allowed. What the file itself says of it is not
/// believed: a few bytes can be made to come to a great many.
pub(super) fn unpacked(bytes: &[u8], most: u64) -> u64 {
    let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let mut all = 0_u64;
    for at in 0..parts.len() {
        let Ok(part) = parts.by_index(at) else { continue };
        let left = most.saturating_sub(all).saturating_add(1);
        // What breaks off is told when it is read.
        let (Ok(length) | Err(length)) = count(part.take(left));
        all = all.saturating_add(length);
        if all > most {
            break;
        }
    }
    all
}

/// How long its parts are by what the file says of them, which may not be true.
pub(super) fn declared(bytes: &[u8]) -> u64 {
    let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let lengths = (0..parts.len()).map(|at| parts.by_index_raw(at).map_or(0, |part| part.size()));
    lengths.fold(0_u64, u64::saturating_add)
}

/// How many bytes come; as an error where not all of them could be read.
fn count(mut from: impl Read) -> Result<u64, u64> {
    let (mut piece, mut all) = ([0_u8; 16 << 10], 0_u64);
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok(all),
            Ok(more) => all = all.saturating_add(u64::try_from(more).unwrap_or(u64::MAX)),
            Err(_) => return Err(all),
        }
    }
}
