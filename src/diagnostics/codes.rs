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
    DUPLICATE_KEY Error "duplicate-key";
    EMPTY_FILE Error "empty-file";
    FACTS_SYNTAX Error "facts-syntax";
    NOT_UTF_8 Error "not-utf-8";
    NOT_UTF8 Error "not-utf8";
    STRANGE_CHARACTER Error "strange-character";
    SYNTAX Error "syntax";
    TOO_DEEP Error "too-deep";
    UNCLOSED Error "unclosed";
}
