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
    AMENDMENTS_COLLIDE Error "amendments-collide";
    AMENDMENT_CIRCLE Error "amendment-circle";
    AMENDMENT_DAY Error "amendment-day";
    AMENDMENT_LINES Error "amendment-lines";
    AMENDS_ANOTHER Error "amends-another";
    AMENDS_NOTHING Error "amends-nothing";
    AMONG_MISSING Error "among-missing";
    AS_OF_DIFFERS Error "as-of-differs";
    CELL_ERROR Error "cell-error";
    CIRCLE Error "circle";
    CLASHING_LINES Error "clashing-lines";
    CLAUSE_CIRCLE Error "clause-circle";
    CONFORMS_TO_NOTHING Error "conforms-to-nothing";
    CSV_COLUMNS Error "csv-columns";
    CSV_GUESSED Warning "csv-guessed";
    CSV_NO_SUCH_ROW Error "csv-no-such-row";
    CSV_QUOTES Error "csv-quotes";
    CSV_RAGGED Error "csv-ragged";
    CSV_ROWS Warning "csv-rows";
    DEADLINE_WITHOUT_WINDOW Error "deadline-without-window";
    DUE_TWICE Error "due-twice";
    DUPLICATE_CLAUSE Error "duplicate-clause";
    DUPLICATE_DAY Error "duplicate-day";
    DUPLICATE_ID Error "duplicate-id";
    DUPLICATE_KEY Error "duplicate-key";
    DUPLICATE_NAME Error "duplicate-name";
    EMPTY_FILE Error "empty-file";
    ENDS_BEFORE_IT_BEGINS Warning "ends-before-it-begins";
    ENDS_BEFORE_START Error "ends-before-start";
    FACTS_CIRCLE Error "facts-circle";
    FACTS_LEFT_OUT Warning "facts-left-out";
    FACTS_NO_SUCH_DAY Error "facts-no-such-day";
    FACTS_SYNTAX Error "facts-syntax";
    FACTS_UNKNOWN_FIELD Error "facts-unknown-field";
    FACTS_UNKNOWN_OPTION Error "facts-unknown-option";
    FACTS_UNKNOWN_RECORD Error "facts-unknown-record";
    FACTS_WRONG_TYPE Error "facts-wrong-type";
    FORM_NOT_TOLD Error "form-not-told";
    GAP_IN_FORCE Warning "gap-in-force";
    IMPORT_CIRCLE Error "import-circle";
    IMPOSSIBLE_WINDOW Error "impossible-window";
    LINE_NOT_FOR_KIND Error "line-not-for-kind";
    MISSING_FACTS Error "missing-facts";
    MISSING_IMPORT Error "missing-import";
    MISSING_LINE Error "missing-line";
    MIXED_AND_OR Error "mixed-and-or";
    MONTHS_AND_DAYS Error "months-and-days";
    MONTHS_REGIME Error "months-regime";
    NEVER_IN_FORCE Error "never-in-force";
    NEVER_REACHED Error "never-reached";
    NO_CALENDAR Error "no-calendar";
    NO_CYCLE Error "no-cycle";
    NO_FISCAL_YEAR Error "no-fiscal-year";
    NO_SUCH_DAY Error "no-such-day";
    NO_WEEK Error "no-week";
    NOT_A_CONDITION Error "not-a-condition";
    NOT_MONOTONE Error "not-monotone";
    NOT_UTF_8 Error "not-utf-8";
    NOTHING_EXPECTED Error "nothing-expected";
    OVERLAPPING_WORDINGS Error "overlapping-wordings";
    PRINCIPLE_NOT_TAKEN_UP Error "principle-not-taken-up";
    READINGS_DIFFER Error "readings-differ";
    RECORD_NOT_TOLD Error "record-not-told";
    RECORDED_CLAUSE Error "recorded-clause";
    RECORDED_EARLY Error "recorded-early";
    RECORDED_PERIOD Error "recorded-period";
    RECORDED_ROLE Warning "recorded-role";
    RECORDED_SUBJECT Error "recorded-subject";
    REPEATED_LINE Error "repeated-line";
    REQUIRED_MISSING Error "required-missing";
    RESERVED_NAME Error "reserved-name";
    REST_GOES Error "rest-goes";
    SCENARIO_DAY Error "scenario-day";
    SCENARIO_FACTS Error "scenario-facts";
    SHARES_NOT_WHOLE Error "shares-not-whole";
    SLOT_ORDER Error "slot-order";
    SNAPSHOT_CONFLICT Error "snapshot-conflict";
    SNAPSHOT_EDITED Error "snapshot-edited";
    SNAPSHOT_VERSION Error "snapshot-version";
    SPAN_REVERSED Error "span-reversed";
    SPREADSHEET Error "spreadsheet";
    STRANGE_CHARACTER Error "strange-character";
    SYNTAX Error "syntax";
    TOO_DEEP Error "too-deep";
    TOO_MANY_SOURCES Error "too-many-sources";
    TWO_CURRENCIES Error "two-currencies";
    TWO_READINGS Error "two-readings";
    UNCLOSED Error "unclosed";
    UNKNOWN_ACTOR Error "unknown-actor";
    UNKNOWN_AMENDMENT Error "unknown-amendment";
    UNKNOWN_CALENDAR Error "unknown-calendar";
    UNKNOWN_CLAUSE Error "unknown-clause";
    UNKNOWN_ENDING Error "unknown-ending";
    UNKNOWN_FIELD Error "unknown-field";
    UNKNOWN_NAME Error "unknown-name";
    UNKNOWN_OPTION Error "unknown-option";
    UNKNOWN_PRINCIPLE Error "unknown-principle";
    UNKNOWN_RECORD Error "unknown-record";
    UNKNOWN_REFERENCE Error "unknown-reference";
    UNKNOWN_VERSION Error "unknown-version";
    WHICH_YEAR Error "which-year";
    WHOSE_EVIDENCE Error "whose-evidence";
    WORD_NOT_FOR_KIND Error "word-not-for-kind";
    WRONG_AGREEMENT Error "wrong-agreement";
    WRONG_NUMBER Error "wrong-number";
    WRONG_TYPE Error "wrong-type";
    WRONG_VERDICT Error "wrong-verdict";
    WRONG_WEEK Error "wrong-week";
}
