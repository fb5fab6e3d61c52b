//! Formulas of an `.xls` whose result may be a text. LibreOffice writes nought for such a text where the cell has a format of numbers,
//! so that a nought of these is no value. What a formula gives is told by what is worked out last in it.

/// Functions that give numbers, days or answers, whatever they are given.
const NUMBERS: [&str; 106] = [
    "ABS",
    "AND",
    "AVERAGE",
    "AVERAGEA",
    "AVERAGEIF",
    "AVERAGEIFS",
    "CEILING",
    "CODE",
    "COLUMN",
    "COLUMNS",
    "COUNT",
    "COUNTA",
    "COUNTBLANK",
    "COUNTIF",
    "COUNTIFS",
    "DATE",
    "DATEDIF",
    "DATEVALUE",
    "DAVERAGE",
    "DAY",
    "DAYS",
    "DAYS360",
    "DCOUNT",
    "DSUM",
    "EDATE",
    "EOMONTH",
    "EVEN",
    "EXACT",
    "EXP",
    "FALSE",
    "FIND",
    "FLOOR",
    "FV",
    "HOUR",
    "INT",
    "IPMT",
    "IRR",
    "ISBLANK",
    "ISERR",
    "ISERROR",
    "ISEVEN",
    "ISLOGICAL",
    "ISNA",
    "ISNUMBER",
    "ISODD",
    "ISTEXT",
    "LARGE",
    "LEN",
    "LN",
    "LOG",
    "LOG10",
    "MATCH",
    "MAX",
    "MAXA",
    "MEDIAN",
    "MIN",
    "MINA",
    "MINUTE",
    "MOD",
    "MODE",
    "MONTH",
    "MROUND",
    "N",
    "NETWORKDAYS",
    "NOT",
    "NOW",
    "NPER",
    "NPV",
    "ODD",
    "OR",
    "PI",
    "PMT",
    "POWER",
    "PRODUCT",
    "PV",
    "QUOTIENT",
    "RAND",
    "RANK",
    "RATE",
    "ROUND",
    "ROUNDDOWN",
    "ROUNDUP",
    "ROW",
    "ROWS",
    "SEARCH",
    "SECOND",
    "SIGN",
    "SMALL",
    "SQRT",
    "STDEV",
    "SUBTOTAL",
    "SUM",
    "SUMIF",
    "SUMIFS",
    "SUMPRODUCT",
    "TIME",
    "TIMEVALUE",
    "TODAY",
    "TRUE",
    "TRUNC",
    "VALUE",
    "VAR",
    "WEEKDAY",
    "WEEKNUM",
    "WORKDAY",
    "YEAR",
];

/// A formula within formulas stands this deep at most.
const DEEPEST: usize = 32;

/// Whether a formula may give a text; `is_text` says of a cell whether it holds one.
pub(super) fn may_give_text(formula: &str, is_text: &impl Fn(&str) -> bool) -> bool {
    within(formula, is_text, DEEPEST)
}

fn within(formula: &str, is_text: &impl Fn(&str) -> bool, left: usize) -> bool {
    let formula = formula.trim().trim_start_matches(['=', '+']).trim();
    let Some(left) = left.checked_sub(1) else { return true };
    let outside = outside(formula);
    let has = |signs: &[char]| outside.iter().any(|(at, sign)| *at > 0 && signs.contains(sign));
    if has(&['=', '<', '>']) {
        return false;
    }
    if has(&['&']) {
        return true;
    }
    if has(&['+', '-', '*', '/', '^', '%']) || formula.starts_with('-') {
        return false;
    }
    if let Some(inner) = formula.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return within(inner, is_text, left);
    }
    if let Some((name, rest)) = formula.split_once('(').filter(|(name, _)| is_name(name)) {
        let parts = parts(rest.strip_suffix(')').unwrap_or(rest));
        let any = |skip: usize| parts.iter().skip(skip).any(|part| within(part, is_text, left));
        return match name.to_uppercase().as_str() {
            "IF" | "CHOOSE" => any(1),
            "IFERROR" | "IFNA" => any(0),
            name => !NUMBERS.contains(&name),
        };
    }
    let is_number = formula.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'E' | b'e'));
    !is_number && !formula.is_empty() && (!is_cell(formula) || is_text(formula))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'))
}

/// `B2` or `$B$2`, of the same sheet.
fn is_cell(text: &str) -> bool {
    let text = text.replace('$', "");
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let number = text.get(letters..).unwrap_or_default();
    (1..=3).contains(&letters) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The signs outside of quotes and brackets, with their places.
fn outside(formula: &str) -> Vec<(usize, char)> {
    let (mut depth, mut quote) = (0_usize, None);
    let mut found = Vec::new();
    for (at, sign) in formula.char_indices() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(sign),
            (None, '(' | '{') => depth = depth.saturating_add(1),
            (None, ')' | '}') => depth = depth.saturating_sub(1),
            (None, sign) if depth == 0 => found.push((at, sign)),
            (None, _) => {}
        }
    }
    found
}

/// What stands between the commas or semicolons of a function.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut from) = (Vec::new(), 0_usize);
    for (at, _) in outside(text).into_iter().filter(|(_, sign)| matches!(sign, ',' | ';')) {
        parts.push(text.get(from..at).unwrap_or_default());
        from = at.saturating_add(1);
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// Functions that may give a text, by their numbers in the file: those that look something up or choose, and those of texts.
const TEXTS: [u16; 32] = [
    1, 13, 14, 28, 29, 30, 31, 48, 78, 100, 101, 102, 111, 112, 113, 114, 115, 116, 118, 119, 120, 125, 130, 148, 162,
    163, 204, 205, 208, 219, 255, 336,
];

/// The same of a formula that several cells share, which the file keeps in steps, the last of which is worked out last.
pub(super) fn steps_may_give_text(steps: &[u8]) -> bool {
    let (mut rest, mut may) = (steps, true);
    while let Some((kind, behind)) = rest.split_first() {
        let two = |at: usize| {
            behind.get(at..at.saturating_add(2)).and_then(|two| Some(u16::from_le_bytes(two.try_into().ok()?)))
        };
        let function = |number: Option<u16>| number.is_none_or(|number| TEXTS.contains(&number));
        let length = match kind {
            // Signs between two values, of which one puts texts together.
            0x03..=0x14 => {
                may = matches!(kind, 0x08 | 0x0f..=0x11);
                0
            }
            0x15 | 0x16 => 0,
            0x17 => {
                may = true;
                let wide = behind.get(1).is_some_and(|flags| flags & 1 != 0);
                let letters = usize::from(behind.first().copied().unwrap_or(0));
                letters.saturating_mul(if wide { 2 } else { 1 }).saturating_add(2)
            }
            0x19 => {
                let flags = behind.first().copied().unwrap_or(0);
                may = may && flags & 0x10 == 0;
                match flags & 0x04 {
                    0 => 3,
                    _ => usize::from(two(1).unwrap_or(0)).saturating_mul(2).saturating_add(5),
                }
            }
            0x1c..=0x1f => {
                may = false;
                match kind {
                    0x1e => 2,
                    0x1f => 8,
                    _ => 1,
                }
            }
            0x21 | 0x41 | 0x61 => {
                may = function(two(0));
                2
            }
            0x22 | 0x42 | 0x62 => {
                may = function(two(1).map(|number| number & 0x7fff));
                3
            }
            0x23..=0x2d | 0x43..=0x4d | 0x63..=0x6d => {
                may = true;
                match kind & 0x1f {
                    0x05 | 0x0b | 0x0d => 8,
                    0x06..=0x08 => 6,
                    0x09 => 2,
                    _ => 4,
                }
            }
            // What is not known may give anything.
            _ => return true,
        };
        rest = behind.get(length..).unwrap_or_default();
    }
    may
}
