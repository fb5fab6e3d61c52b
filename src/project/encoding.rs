//! From bytes to text. Files are UTF-8; a table that is none comes from a spreadsheet, and is UTF-16 if it begins with the mark
//! of it, else Windows-1252. UTF-16 without its mark is refused as what it is.

use std::path::Path;

/// How the bytes were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Windows1252,
    /// Not at all: which byte is the first that is no text, and the way out. Such bytes have a mark in the text.
    Unknown {
        at: usize,
        help: String,
    },
}

/// Whether a file of this name holds a table as a text.
pub fn is_table(name: &Path) -> bool {
    let ending = name.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    matches!(ending.as_deref(), Some("csv" | "tab" | "tsv" | "txt"))
}

/// The text of a file of this name.
pub fn decode(name: &str, bytes: Vec<u8>) -> (String, Encoding) {
    decode_as(is_table(Path::new(name)), bytes)
}

/// The text of a table, or of another file.
pub fn decode_as(table: bool, bytes: Vec<u8>) -> (String, Encoding) {
    if let Some(text) = Some(&bytes).filter(|_| table).and_then(|bytes| utf_16(bytes)) {
        return (text, Encoding::Utf8);
    }
    if let Some(text) = unmarked_utf_16(&bytes) {
        return (text, Encoding::Unknown { at: 0, help: UTF_16.to_string() });
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return (text, Encoding::Utf8),
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    if table && !is_utf_16(bytes) {
        return (bytes.iter().map(|byte| letter(*byte)).collect(), Encoding::Windows1252);
    }
    let at = error.utf8_error().valid_up_to();
    let help = way_out(bytes, at);
    // It is refused; read as what it is, that is all that is wrong with it.
    if let Some(text) = utf_16(bytes) {
        return (text, Encoding::Unknown { at: 0, help });
    }
    (String::from_utf8_lossy(bytes).into_owned(), Encoding::Unknown { at, help })
}

fn is_utf_16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// The text of bytes in UTF-16 that begin with its mark; nothing when they are none.
fn utf_16(bytes: &[u8]) -> Option<String> {
    type Unit = fn([u8; 2]) -> u16;
    let (rest, unit): (&[u8], Unit) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => (rest, u16::from_be_bytes),
        _ => return None,
    };
    let (units, left) = rest.as_chunks::<2>();
    let units: Vec<u16> = units.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| left.is_empty())
}

/// The same of bytes without the mark: every other byte of the first letters is none.
fn unmarked_utf_16(bytes: &[u8]) -> Option<String> {
    let mark: [u8; 2] = match bytes {
        [first, 0, second, 0, ..] if *first > 0 && *second > 0 => [0xff, 0xfe],
        [0, first, 0, second, ..] if *first > 0 && *second > 0 => [0xfe, 0xff],
        _ => return None,
    };
    utf_16(&[&mark, bytes].concat())
}

const UTF_16: &str = "the file looks like UTF-16; save it again as UTF-8";

/// The letter of a byte in Windows-1252. From A0 on it is Unicode's; five bytes before have none, and stay controls.
fn letter(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let special = byte.checked_sub(0x80).and_then(|at| FROM_80.get(usize::from(at)));
    special.copied().unwrap_or(char::from(byte))
}

/// Says what the file probably is instead, so that the author knows what to choose when saving.
fn way_out(bytes: &[u8], at: usize) -> String {
    if is_utf_16(bytes) {
        return UTF_16.to_string();
    }
    match bytes.get(at).copied() {
        // From A0 on, Windows-1252 and Unicode give a byte the same letter.
        Some(byte @ 0xa0..) => {
            let letter = char::from(byte);
            format!("in Windows-1252 it is `{letter}`; save the file again as UTF-8")
        }
        Some(_) | None => "save the file again as UTF-8".to_string(),
    }
}
