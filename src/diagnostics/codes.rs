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
    NOT_UTF_8 Error "not-utf-8";
    SYNTAX Error "syntax";
}
