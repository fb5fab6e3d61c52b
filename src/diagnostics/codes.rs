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
    AS_OF_DIFFERS Error "as-of-differs";
    CLASHING_LINES Error "clashing-lines";
    CLAUSE_CIRCLE Error "clause-circle";
    DEADLINE_WITHOUT_WINDOW Error "deadline-without-window";
    DUE_TWICE Error "due-twice";
    DUPLICATE_DAY Error "duplicate-day";
    DUPLICATE_ID Error "duplicate-id";
    DUPLICATE_KEY Error "duplicate-key";
    EMPTY_FILE Error "empty-file";
    ENDS_BEFORE_IT_BEGINS Warning "ends-before-it-begins";
    FACTS_NO_SUCH_DAY Error "facts-no-such-day";
    FACTS_SYNTAX Error "facts-syntax";
    FACTS_UNKNOWN_FIELD Error "facts-unknown-field";
    FACTS_UNKNOWN_OPTION Error "facts-unknown-option";
    FACTS_UNKNOWN_RECORD Error "facts-unknown-record";
    FACTS_WRONG_TYPE Error "facts-wrong-type";
    FORM_NOT_TOLD Error "form-not-told";
    IMPORT_CIRCLE Error "import-circle";
    LINE_NOT_FOR_KIND Error "line-not-for-kind";
    MISSING_IMPORT Error "missing-import";
    MISSING_LINE Error "missing-line";
    NEVER_REACHED Error "never-reached";
    NOT_UTF_8 Error "not-utf-8";
    NOT_UTF8 Error "not-utf8";
    READINGS_DIFFER Error "readings-differ";
    RECORDED_CLAUSE Error "recorded-clause";
    RECORDED_PERIOD Error "recorded-period";
    RECORDED_ROLE Warning "recorded-role";
    RECORDED_SUBJECT Error "recorded-subject";
    REQUIRED_MISSING Error "required-missing";
    SCENARIO_DAY Error "scenario-day";
    SCENARIO_FACTS Error "scenario-facts";
    SPAN_REVERSED Error "span-reversed";
    STRANGE_CHARACTER Error "strange-character";
    SYNTAX Error "syntax";
    TOO_DEEP Error "too-deep";
    TOO_MANY_SOURCES Error "too-many-sources";
    UNCLOSED Error "unclosed";
    UNKNOWN_ENDING Error "unknown-ending";
    UNKNOWN_REFERENCE Error "unknown-reference";
    WORD_NOT_FOR_KIND Error "word-not-for-kind";
    WRONG_AGREEMENT Error "wrong-agreement";
}
