//! An `.ods` whose writer laid its cells out in lines. The blanks between them mean nothing, and calamine takes them for cells that are
//! none: such a file is packed once more without them.

use std::io::{self, Cursor, Write};

use memchr::memmem;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::hidden::part_of;

const CELL: &[u8] = b"<table:table-cell";

/// The file without the blanks; nothing where there are none.
pub(super) fn without_blanks(bytes: &[u8], content: &[u8]) -> Option<Vec<u8>> {
    let is_behind_a_blank =
        |at: usize| at.checked_sub(1).and_then(|before| content.get(before)).is_some_and(u8::is_ascii_whitespace);
    memmem::find_iter(content, CELL).find(|at| is_behind_a_blank(*at))?;
    packed(bytes, &laid_close(content)).ok()
}

fn packed(bytes: &[u8], content: &[u8]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in ["mimetype", "META-INF/manifest.xml"] {
        if let Some(part) = part_of(bytes, name) {
            zip.start_file(name, options)?;
            zip.write_all(&part)?;
        }
    }
    zip.start_file("content.xml", options)?;
    zip.write_all(content)?;
    Ok(zip.finish()?.into_inner())
}

/// The content without the blanks before and behind what makes up its tables. Those within texts stay.
fn laid_close(content: &[u8]) -> Vec<u8> {
    let is_of_a_table = |tag: &[u8]| tag.starts_with(b"table:") || tag.starts_with(b"/table:");
    let (mut close, mut from) = (Vec::with_capacity(content.len()), 0_usize);
    for end in memchr::memchr_iter(b'>', content) {
        let behind = end.saturating_add(1);
        let rest = content.get(behind..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let Some(next) = rest.get(blanks..).and_then(|rest| rest.strip_prefix(b"<")).filter(|_| blanks > 0) else {
            continue;
        };
        let before = content.get(..end).unwrap_or_default();
        let tag = memchr::memrchr(b'<', before).and_then(|start| before.get(start.saturating_add(1)..));
        if is_of_a_table(next) || tag.is_some_and(is_of_a_table) {
            close.extend_from_slice(content.get(from..behind).unwrap_or_default());
            from = behind.saturating_add(blanks);
        }
    }
    close.extend_from_slice(content.get(from..).unwrap_or_default());
    close
}
