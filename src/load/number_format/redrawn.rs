//! What a number is shown as where signs of its format look like a part of it: `0".000"` shows 5 as `5.000`, and `"1"0` as `15`. What is
//! rounded, shown in thousands or filled up with noughts before it is the same number.

use crate::value::Number;

use super::{
    super::units,
    Kind,
    code::{Piece, Section},
};

/// A sign that is shown, and whether it is the number's own.
#[derive(Clone, Copy)]
struct Sign {
    sign: char,
    is_own: bool,
}

impl Section {
    /// Whether it has signs that may look like a part of a number.
    pub fn may_redraw(&self) -> bool {
        let looks = |piece: &Piece| match piece {
            Piece::Literal(sign) => is_digit(*sign) || matches!(sign, '.' | ',' | '(') || is_minus(*sign),
            Piece::Place { .. } | Piece::Point | Piece::General | Piece::Percent | Piece::Other => false,
        };
        self.kind == Kind::Number
            && !self.pieces.contains(&Piece::Other)
            && (self.pieces.iter().any(looks) || says_minus(&self.literals()) || self.hides_minus() || self.is_blank())
    }

    /// Whether it is for numbers below nought and shows them as those above: without a minus, a bracket, red or a word of its own.
    fn hides_minus(&self) -> bool {
        let text = self.literals();
        let has_sign = text.contains(|sign: char| is_minus(sign) || matches!(sign, '(' | '▲' | '△'));
        self.is_below && !self.is_red && !has_sign && !says_minus(&text) && self.strange.is_none()
    }

    fn has_place(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Place { .. } | Piece::General))
    }

    /// Whether it has no place for the number, and neither digits nor letters instead of it.
    fn is_blank(&self) -> bool {
        !self.has_place() && !self.literals().contains(char::is_alphanumeric)
    }

    /// The signs that are no part of the number.
    fn literals(&self) -> String {
        let signs = self.pieces.iter().filter_map(|piece| literal(*piece));
        signs.map(|sign| sign.sign).collect()
    }

    /// The texts that stand between the digits, and before and behind them.
    pub fn texts(&self) -> Vec<String> {
        let parts = self.pieces.split(|piece| !matches!(piece, Piece::Literal(_)));
        let text = |part: &[Piece]| part.iter().filter_map(|piece| literal(*piece)).map(|sign| sign.sign).collect();
        parts.filter(|part| !part.is_empty()).map(text).collect()
    }

    /// What is shown where the format has no place for the number: a text, which may be another one.
    fn instead(&self, value: &Number) -> Option<String> {
        let text = self.literals();
        let close: String = text.chars().filter(|sign| !sign.is_whitespace() && !is_apostrophe(*sign)).collect();
        let close = close.replace(',', ".").replace(is_minus, "-");
        let is_percent = close.ends_with('%');
        let value = if is_percent { value.times(&Number::from(100)) } else { value.clone() };
        let is_it = |number: &str| Number::parse(number).is_some_and(|number| number == value || number == value.abs());
        let runs = text.split(|sign: char| !sign.is_ascii_digit()).filter(|run| !run.is_empty());
        let mut runs = runs.chain([close.trim_matches(|sign: char| !sign.is_ascii_digit())]);
        // What is less than one is rounded to nought.
        let is_nought = !text.contains(|sign: char| is_digit(sign) && sign != '0') && value.abs() < Number::from(1);
        let is_other = text.contains(is_digit) && !is_nought && !runs.any(is_it);
        let is_hidden =
            self.is_blank() && !value.is_zero() && (text.trim().is_empty() || value.abs() >= Number::from(1));
        (is_other || is_hidden).then(|| text.clone())
    }

    /// Whether a text stands directly before the first digit.
    pub fn begins_with(&self, text: &str) -> bool {
        let before = self.pieces.iter().map_while(|piece| match piece {
            Piece::Literal(sign) => Some(*sign),
            Piece::Place { .. } | Piece::Point | Piece::General | Piece::Percent | Piece::Other => None,
        });
        before.collect::<String>().ends_with(text)
    }

    /// What a value is shown as, if that is another number, or nothing.
    pub fn redrawn(&self, value: &str) -> Option<String> {
        if !self.may_redraw() {
            return None;
        }
        let value = Number::parse(value)?;
        if !self.has_place() {
            return self.instead(&value).map(|text| text.trim().to_owned());
        }
        let shown = self.shown(&value)?;
        let first = shown.iter().position(|sign| sign.is_own)?;
        let last = shown.iter().rposition(|sign| sign.is_own)?;
        let text = |signs: &[Sign]| signs.iter().map(|sign| sign.sign).collect::<String>();
        let before = text(shown.get(..first)?);
        let behind = text(shown.get(last.saturating_add(1)..)?);
        let within = shown.get(first..=last)?;
        let has_point = self.pieces.contains(&Piece::Point);
        let is_nought = value.is_zero() && !shown.iter().any(|sign| is_digit(sign.sign) && sign.sign != '0');
        let is_other = is_other_before(&before, within)
            || (value > Number::ZERO && is_below_nought(&before, &behind))
            || is_other_within(within)
            || is_other_behind(&behind, has_point);
        // What is rounded to nought has no minus.
        let is_above = value.is_negative() && self.hides_minus() && !is_nought_of(within);
        // Noughts behind a number in thousands make it the value again.
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        if self.thousands > 0 && !is_above && digits(&text(&shown)) == digits(&value.exact_text()) {
            return None;
        }
        let minus = if !self.is_below && value.is_negative() { "-" } else { "" };
        (is_above || is_other && !is_nought)
            .then(|| format!("{minus}{}", text(&shown).split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// The signs that a value is shown with. Its digits are not rounded.
    fn shown(&self, value: &Number) -> Option<Vec<Sign>> {
        let scale = |number: Number, by: i64| number.times(&Number::from(by));
        let percent = self.pieces.iter().filter(|piece| **piece == Piece::Percent).count();
        let value = (0..percent).fold(value.abs(), |value, _| scale(value, 100));
        let value = (0..self.thousands).try_fold(value, |value, _| value.divided_by(&Number::from(1000)))?;
        let digits = value.exact_text();
        let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
        let point = self.pieces.iter().position(|piece| *piece == Piece::Point).unwrap_or(self.pieces.len());
        let (before, behind) = self.pieces.split_at_checked(point)?;
        let places = |pieces: &[Piece]| pieces.iter().filter(|piece| matches!(piece, Piece::Place { .. })).count();
        let (mut left, mut signs) = (places(before), Vec::new());
        let mut whole = whole.trim_start_matches('0').chars().peekable();
        let mut more = whole.clone().count();
        for piece in before {
            match piece {
                Piece::Place { is_filled } => {
                    // The first place has all digits for which there is no other.
                    while more > left {
                        signs.extend(whole.next().map(own));
                        more = more.saturating_sub(1);
                    }
                    if more == left {
                        signs.extend(whole.next().map(own));
                        more = more.saturating_sub(1);
                    } else if *is_filled {
                        signs.push(own('0'));
                    }
                    left = left.saturating_sub(1);
                }
                Piece::General => signs.extend(digits.chars().map(own)),
                other => signs.extend(literal(*other)),
            }
        }
        let mut decimals = decimals.chars();
        for piece in behind {
            match piece {
                Piece::Place { is_filled } => {
                    signs.extend(decimals.next().or(is_filled.then_some('0')).map(own));
                }
                Piece::Point => signs.push(own('.')),
                other => signs.extend(literal(*other)),
            }
        }
        Some(signs)
    }
}

fn own(sign: char) -> Sign {
    Sign { sign, is_own: true }
}

/// Whether a number has no other digits than nought.
fn is_nought_of(signs: &[Sign]) -> bool {
    signs.iter().all(|sign| !sign.is_own || !sign.sign.is_ascii_digit() || sign.sign == '0')
}

fn literal(piece: Piece) -> Option<Sign> {
    match piece {
        Piece::Literal(sign) => Some(Sign { sign, is_own: false }),
        Piece::Percent => Some(Sign { sign: '%', is_own: false }),
        Piece::Place { .. } | Piece::Point | Piece::General | Piece::Other => None,
    }
}

fn is_digit(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, '¼' | '½' | '¾' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '₀'..='₉')
}

fn is_minus(sign: char) -> bool {
    matches!(sign, '-' | '−' | '–' | '—' | '‒' | '―' | '‐' | '‑' | '﹣' | '－')
}

fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '’' | '‘' | '′')
}

/// Whether a text is a minus in letters, or ends with one.
fn says_minus(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split(|sign: char| !sign.is_alphanumeric()).any(|word| word == "minus")
}

/// Whether what stands around the digits makes a number above nought one below it.
fn is_below_nought(before: &str, behind: &str) -> bool {
    let is_currency = |text: &str| text.trim().is_empty() || units::currency(text.trim()).is_some();
    let ends = before.trim_end_matches(|sign: char| sign.is_whitespace() || matches!(sign, ':' | '.')).to_lowercase();
    let in_words = ends.strip_suffix("minus").is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    // `500-`, and `500- kr`: behind another sign or a blank it belongs to a price, and before letters to a word.
    let rest = behind.trim_start_matches(is_minus);
    let is_behind = rest.len() < behind.len() && !rest.starts_with(|sign: char| sign.is_alphanumeric());
    let opened = before.trim_end().strip_suffix('(').is_some_and(is_currency);
    let closed = behind.trim_end().strip_suffix(')').is_some_and(is_currency);
    has_a_minus(before) || in_words || is_behind || opened && closed
}

/// Whether a minus stands before the digits, alone or beside a currency: it may be a part of a word, too.
fn has_a_minus(before: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(|sign: char| sign.is_whitespace() || is_minus(sign)).next().unwrap_or_default();
    let is_currency = !word.is_empty() && units::currency(&units::bare(word)).is_some();
    let before = before.strip_suffix(word).filter(|_| is_currency).unwrap_or(before).trim_end();
    let rest = before.trim_end_matches(is_minus);
    rest.len() < before.len() && !rest.ends_with(char::is_alphanumeric)
}

/// Whether signs before the digits make them others: `1` before `5`, `1 ` before `005`, `0.` before `05`.
fn is_other_before(before: &str, within: &[Sign]) -> bool {
    let close = before.trim_end_matches(is_digit);
    let is_nought = before.get(close.len()..).unwrap_or_default().bytes().all(|byte| byte == b'0');
    if close.len() < before.len() && (!is_nought || close.ends_with(['.', ','])) {
        return true;
    }
    let Some(sign) = close.chars().next_back().filter(|_| close.len() == before.len()) else { return false };
    let rest = close.strip_suffix(sign).unwrap_or(close);
    let is_a_group = within.iter().take_while(|sign| sign.is_own && sign.sign != '.').count() == 3;
    rest.ends_with(is_digit)
        && (matches!(sign, '.' | ',') || ((sign.is_whitespace() || is_apostrophe(sign)) && is_a_group))
}

/// Whether signs between the digits make them others: digits, and a sign of decimals, unless it sets thousands apart.
fn is_other_within(within: &[Sign]) -> bool {
    within.iter().enumerate().any(|(at, sign)| match sign {
        Sign { is_own: true, .. } => false,
        Sign { sign: '.' | ',', .. } => {
            let behind = within.get(at.saturating_add(1)..).unwrap_or_default();
            let is_a_group = behind.iter().take_while(|sign| sign.is_own && sign.sign != '.').count() == 3;
            let before = within.get(..at).unwrap_or_default();
            !is_a_group || !before.iter().any(|sign| sign.is_own && sign.sign != '0')
        }
        Sign { sign, .. } => is_digit(*sign),
    })
}

/// ` x 1000`, ` × 10`, `*100`: what the digits are to be multiplied by.
fn is_a_factor(behind: &str) -> bool {
    let factor = behind.trim_start().strip_prefix(['x', 'X', '×', '*', '·']);
    factor.is_some_and(|factor| factor.trim_start().starts_with(|sign: char| sign.is_ascii_digit()))
}

/// Whether signs behind the digits make them others: `0`, `.000`, ` 000`, `,5`, ` 1/2`. Decimals that are nought do not.
fn is_other_behind(behind: &str, has_point: bool) -> bool {
    let mut signs = behind.chars();
    let Some(first) = signs.next() else { return false };
    if is_a_factor(behind) {
        return true;
    }
    let rest = if is_digit(first) { behind } else { signs.as_str() };
    let digits: String = rest.chars().take_while(|sign| is_digit(*sign)).collect();
    let is_nought = digits.bytes().all(|byte| byte == b'0');
    if digits.is_empty() {
        return false;
    }
    match first {
        '.' | ',' => !is_nought || digits.len() == 3,
        first if is_apostrophe(first) => digits.len() == 3,
        first if is_digit(first) => !(is_nought && has_point),
        first if first.is_whitespace() => {
            let next = rest.strip_prefix(digits.as_str()).unwrap_or_default();
            let is_a_fraction = next.strip_prefix(['/', '⁄']).is_some_and(|under| under.starts_with(is_digit));
            let is_a_group = digits.len() == 3 && !next.starts_with(char::is_alphanumeric);
            // Digits alone, or before a currency, are not known to be something else than those of the number.
            let next = next.trim();
            let is_alone = !has_point && digits.len() < 3 && (next.is_empty() || units::currency(next).is_some());
            is_a_group || is_a_fraction || is_alone || digits.contains(['¼', '½', '¾'])
        }
        _ => false,
    }
}
