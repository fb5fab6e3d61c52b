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
    AMONG_MISSING Error "among-missing";
    CIRCLE Error "circle";
    DUPLICATE_CLAUSE Error "duplicate-clause";
    DUPLICATE_KEY Error "duplicate-key";
    DUPLICATE_NAME Error "duplicate-name";
    EMPTY_FILE Error "empty-file";
    ENDS_BEFORE_START Error "ends-before-start";
    FACTS_SYNTAX Error "facts-syntax";
    GAP_IN_FORCE Warning "gap-in-force";
    IMPOSSIBLE_WINDOW Error "impossible-window";
    MIXED_AND_OR Error "mixed-and-or";
    MONTHS_AND_DAYS Error "months-and-days";
    MONTHS_REGIME Error "months-regime";
    NEVER_IN_FORCE Error "never-in-force";
    NO_CALENDAR Error "no-calendar";
    NO_CYCLE Error "no-cycle";
    NO_FISCAL_YEAR Error "no-fiscal-year";
    NO_SUCH_DAY Error "no-such-day";
    NO_WEEK Error "no-week";
    NOT_A_CONDITION Error "not-a-condition";
    NOT_MONOTONE Error "not-monotone";
    NOT_UTF_8 Error "not-utf-8";
    NOT_UTF8 Error "not-utf8";
    OVERLAPPING_WORDINGS Error "overlapping-wordings";
    REPEATED_LINE Error "repeated-line";
    RESERVED_NAME Error "reserved-name";
    REST_GOES Error "rest-goes";
    SHARES_NOT_WHOLE Error "shares-not-whole";
    SLOT_ORDER Error "slot-order";
    STRANGE_CHARACTER Error "strange-character";
    SYNTAX Error "syntax";
    TOO_DEEP Error "too-deep";
    TWO_CURRENCIES Error "two-currencies";
    UNCLOSED Error "unclosed";
    UNKNOWN_ACTOR Error "unknown-actor";
    UNKNOWN_CALENDAR Error "unknown-calendar";
    UNKNOWN_CLAUSE Error "unknown-clause";
    UNKNOWN_FIELD Error "unknown-field";
    UNKNOWN_NAME Error "unknown-name";
    UNKNOWN_OPTION Error "unknown-option";
    UNKNOWN_RECORD Error "unknown-record";
    UNKNOWN_VERSION Error "unknown-version";
    WHICH_YEAR Error "which-year";
    WRONG_NUMBER Error "wrong-number";
    WRONG_TYPE Error "wrong-type";
    WRONG_VERDICT Error "wrong-verdict";
    WRONG_WEEK Error "wrong-week";
}
