//! Cells of an `.xlsx` that show an error which was not known when the format was laid down, such as `#SPILL!`, or one in another
//! language. calamine gives up a sheet with one of them; as texts they are told at their cells, if these are read.

use std::io::{Cursor, Write};

use memchr::memmem;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    cells,
    hidden::{part, plain, sheet_part},
};

const KNOWN: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
const MARK: &[u8] = b"t=\"e\"";

/// The file with such cells of a sheet as texts; nothing where it has none.
pub(super) fn as_texts(bytes: &[u8], sheet: &str) -> Option<Vec<u8>> {
    let mut parts = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let path = sheet_part(&mut parts, sheet)?;
    let content = written_as_texts(&part(&mut parts, &path)?)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..parts.len() {
        let one = parts.by_index_raw(at).ok()?;
        if one.name().ok()? == path {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            zip.start_file(path.as_str(), options).ok()?;
            zip.write_all(&content).ok()?;
        } else {
            zip.raw_copy_file(one).ok()?;
        }
    }
    Some(zip.finish().ok()?.into_inner())
}

fn written_as_texts(content: &[u8]) -> Option<Vec<u8>> {
    let (mut written, mut from) = (Vec::with_capacity(content.len()), 0_usize);
    for at in memmem::find_iter(content, MARK) {
        let Some((start, end)) = value_behind(content, at) else { continue };
        let value = content.get(start..end).and_then(|value| std::str::from_utf8(value).ok()).unwrap_or_default();
        if KNOWN.contains(&value) {
            continue;
        }
        written.extend_from_slice(content.get(from..at)?);
        written.extend_from_slice(b"t=\"str\"");
        written.extend_from_slice(content.get(at.saturating_add(MARK.len())..start)?);
        if cells::error(&plain(value)).is_none() {
            written.extend_from_slice(cells::ERROR.as_bytes());
        }
        from = start;
    }
    written.extend_from_slice(content.get(from..)?);
    (from > 0).then_some(written)
}

/// Where the value of the cell stands that has its type at this byte.
fn value_behind(content: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = content.get(at..)?;
    let tag = memchr::memchr(b'>', rest)?;
    let cell = memmem::find(rest, b"</c>").filter(|_| !rest.get(..tag).is_some_and(|tag| tag.ends_with(b"/")))?;
    let start = memmem::find(rest.get(..cell)?, b"<v>")?.saturating_add(3);
    let end = memmem::find(rest.get(start..cell)?, b"</v>")?;
    Some((at.saturating_add(start), at.saturating_add(start).saturating_add(end)))
}
