//! From the bytes of a file to its text.

use overens::source::{LineColumn, NotText, Sources, Span, decode};

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    assert_eq!(decode(b"\xef\xbb\xbf(a: 1)").unwrap(), "(a: 1)");
    assert_eq!(decode("å".as_bytes()).unwrap(), "å");
    assert_eq!(decode(b"").unwrap(), "");
}

#[test]
fn the_first_byte_that_is_no_character_is_told_by_line_and_column() {
    let at = |line, column| Err(NotText { at: LineColumn { line, column } });
    assert_eq!(decode(b"\xe5rsm\xf6te"), at(1, 1));
    assert_eq!(decode(b"\xef\xbb\xbf\xe5"), at(1, 1));
    assert_eq!(decode(b"a\r\n\xc3\xa5b\xe5"), at(2, 3));
    assert_eq!(decode(b"a\n\xc3"), at(2, 1));
    assert_eq!(decode(b"\xff\xfea\0"), at(1, 1));
}

#[test]
fn lines_and_columns_are_the_same_with_either_line_break() {
    for (text, start) in [("å\nbc\n", 4), ("å\r\nbc\r\n", 5)] {
        let mut sources = Sources::default();
        let file = sources.add("x", &decode(text.as_bytes()).unwrap());
        assert_eq!(sources.at(Span::new(file, start, start)).1, LineColumn { line: 2, column: 2 });
        assert_eq!(sources.get(file).unwrap().line(2), "bc");
    }
}
