//! Every code, one a line, sorted. Each has a page of the same name in `codes/`.

use super::{Code, Severity};

macro_rules! codes {
    ($($constant:ident $severity:ident $name:literal;)*) => {
        $(pub const $constant: Code =
            Code { name: $name, severity: Severity::$severity, page: include_str!(concat!("codes/", $name, ".md")) };)*

        /// All codes, sorted by name.
        pub const ALL: &[Code] = &[$($constant),*];
    };
}

codes! {
    CLASHING_LINES Error "clashing-lines";
    CLAUSE_CIRCLE Error "clause-circle";
    DEADLINE_WITHOUT_WINDOW Error "deadline-without-window";
    DUE_TWICE Error "due-twice";
    DUPLICATE_KEY Error "duplicate-key";
    EMPTY_FILE Error "empty-file";
    FACTS_SYNTAX Error "facts-syntax";
    FORM_NOT_TOLD Error "form-not-told";
    LINE_NOT_FOR_KIND Error "line-not-for-kind";
    MISSING_LINE Error "missing-line";
    NEVER_REACHED Error "never-reached";
    NOT_UTF_8 Error "not-utf-8";
    NOT_UTF8 Error "not-utf8";
    PARTS_NOT_WHOLE Error "parts-not-whole";
    READINGS_DIFFER Error "readings-differ";
    STRANGE_CHARACTER Error "strange-character";
    SYNTAX Error "syntax";
    TOO_DEEP Error "too-deep";
    UNCLOSED Error "unclosed";
    WORD_NOT_FOR_KIND Error "word-not-for-kind";
}
