//! What a file is by its first signs, whatever its name says: so that one finding names it, and not many its cells.

/// What a file is that is no table of texts, as a finding calls it.
pub(super) fn named(head: &[u8]) -> Option<&'static str> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let begins = |with: &[u8]| head.starts_with(with);
    let start = String::from_utf8_lossy(head.get(..1000).unwrap_or(head)).trim_start().to_lowercase();
    let inside = |bracket: char| start.strip_prefix(bracket).map(str::trim_start);
    if begins(b"%PDF-") {
        return Some("a PDF");
    }
    // The second of these is how Windows-1252 reads them.
    if begins(b"\x1f\x8b") || begins("\u{1f}\u{2039}".as_bytes()) {
        return Some("a compressed file (gzip)");
    }
    if begins(b"7z\xbc\xaf") || begins(b"Rar!") || begins(b"BZh") || begins(b"\xfd7zXZ") {
        return Some("a compressed file");
    }
    if begins(b"\x89PNG") || begins("\u{2030}PNG".as_bytes()) || begins(b"\xff\xd8\xff") || begins(b"GIF8") {
        return Some("an image");
    }
    if begins(b"{\\rtf") {
        return Some("an RTF document");
    }
    if begins(b"SQLite format 3") {
        return Some("an SQLite database");
    }
    if ["<!doctype html", "<html", "<table"].iter().any(|tag| start.starts_with(tag)) {
        return Some("a web page");
    }
    if start.starts_with("<?xml") && start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Some("an Excel 2003 XML table");
    }
    if start.starts_with("<?xml") {
        return Some("XML");
    }
    let is_json = inside('{').is_some_and(|rest| rest.starts_with(['"', '}']))
        || inside('[').is_some_and(|rest| rest.starts_with(['{', ']']));
    is_json.then_some("JSON")
}

/// The way out for such a file.
pub(super) fn way_out(name: &str) -> String {
    match name {
        "JSON" => "rename it to end in `.json`, and write it as facts in JSON".to_owned(),
        "a compressed file" | "a compressed file (gzip)" => "unpack it, and use the file inside".to_owned(),
        "a web page" | "an Excel 2003 XML table" | "XML" => {
            "open it in a spreadsheet program and save it as `.xlsx`".to_owned()
        }
        _ => "save the table in it as `.csv` or `.xlsx`".to_owned(),
    }
}

/// Whether bytes are a text: in UTF-16 with its mark, or in UTF-8 or another code, without signs that no text has.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..4_000).unwrap_or(bytes);
    let marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let no_text = |byte: &u8| *byte < b' ' && !matches!(*byte, b'\t' | b'\n' | b'\r' | 0x0c);
    marked || !head.is_empty() && !head.iter().any(no_text)
}
