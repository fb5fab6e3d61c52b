//! The codes of a number format: `[Red]-#,##0.00\ "kr"`. Each of its parts is read into the places of its digits and what stands beside
//! them.

use std::cmp::Ordering;

use crate::value::Number;

use super::{super::units, Kind, PERCENT_AS_LETTER};

/// The part of a format for some numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub condition: Option<Condition>,
    pub kind: Kind,
    /// Whether it is for numbers below nought alone: their minus is shown only if it stands in the part.
    pub is_below: bool,
    /// Whether it is red, as numbers below nought are in many books.
    pub is_red: bool,
    /// Whether it has the place of a text.
    pub is_text: bool,
    /// What stands beside the digits.
    pub words: String,
    /// The commas since the last digit, and how many of them divide by a thousand each.
    commas: usize,
    pub thousands: usize,
    /// The currencies that it names, or how many of one it counts.
    pub currencies: Vec<String>,
    /// Its words of which nothing is known.
    pub strange: Option<String>,
    /// What is shown, in its order.
    pub pieces: Vec<Piece>,
}

/// A piece of what a number is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The place of a digit, which is nought where the number has none, or nothing.
    Place { is_filled: bool },
    /// The decimal point.
    Point,
    /// The whole number, as it is.
    General,
    /// A hundred times the number is shown.
    Percent,
    /// A sign that is no part of the number.
    Literal(char),
    /// A fraction or a power, whose digits are not looked at.
    Other,
}

/// For which numbers a part is: those less than, equal to or greater than another, as far as these say.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    orders: Vec<Ordering>,
    than: Number,
}

impl Condition {
    /// Reads `>=100`; nothing where it is none.
    fn read(text: &str) -> Option<Condition> {
        let than = text.trim_start_matches(['<', '>', '=']);
        let signs = text.strip_suffix(than)?;
        let orders: Vec<Ordering> = signs
            .chars()
            .map(|sign| match sign {
                '<' => Ordering::Less,
                '>' => Ordering::Greater,
                _ => Ordering::Equal,
            })
            .collect();
        Some(Condition { orders, than: Number::parse(than.trim())? }).filter(|condition| !condition.orders.is_empty())
    }

    /// Whether it is for the numbers on one side of nought, or for these and nought.
    pub fn is_beside_nought(&self, side: Ordering) -> bool {
        self.than.is_zero() && self.orders.contains(&side) && !self.orders.contains(&side.reverse())
    }

    pub fn holds(&self, value: &Number) -> bool {
        self.orders.contains(&value.cmp(&self.than))
    }
}

/// The parts of a code, in their order.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let (mut all, mut section) = (Vec::new(), Section::default());
    let mut signs = code.chars();
    loop {
        let rest = signs.as_str();
        if let Some(behind) = without_general(rest) {
            section.digit(Piece::General);
            signs = behind.chars();
            continue;
        }
        let Some(sign) = signs.next() else { break };
        match sign {
            '"' => signs.by_ref().take_while(|sign| *sign != '"').for_each(|sign| section.literal(sign)),
            '\\' => signs.next().into_iter().for_each(|sign| section.literal(sign)),
            // Room as wide as a sign, and a sign that fills the cell.
            '_' | '*' => {
                signs.next();
                section.words.push(' ');
                section.pieces.push(Piece::Literal(' '));
            }
            '[' => {
                let within: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                section.bracket(&within);
            }
            ';' => {
                section.divided();
                all.push(std::mem::take(&mut section));
            }
            other => section.sign(other, signs.as_str()),
        }
    }
    section.divided();
    all.push(section);
    all
}

/// What stands behind the word by which a number is shown as it is.
fn without_general(code: &str) -> Option<&str> {
    const GENERAL: &str = "General";
    let (word, behind) = code.split_at_checked(GENERAL.len())?;
    word.eq_ignore_ascii_case(GENERAL).then_some(behind)
}

impl Section {
    fn literal(&mut self, sign: char) {
        self.words.push(if sign == '%' { PERCENT_AS_LETTER } else { sign });
        self.pieces.push(Piece::Literal(sign));
    }

    fn digit(&mut self, piece: Piece) {
        self.commas = 0;
        self.words.push(' ');
        self.pieces.push(piece);
    }

    /// Commas between digits set thousands apart, and those behind the last one before the point divide.
    fn divided(&mut self) {
        self.thousands = self.thousands.saturating_add(std::mem::take(&mut self.commas));
    }

    fn of_kind(&mut self, kind: Kind) {
        if self.kind == Kind::Number {
            self.kind = kind;
        }
    }

    /// What stands in brackets: a currency that a program put there as one, with the language and country it has it from; a condition;
    /// a count of hours, minutes or seconds; or a colour, of which red may stand for a minus.
    fn bracket(&mut self, within: &str) {
        if let Some(within) = within.strip_prefix('$') {
            let (symbol, place) = within.split_once('-').unwrap_or((within, ""));
            let symbol = symbol.trim();
            self.words.push_str(&format!(" {} ", units::of_place(symbol, place).unwrap_or(symbol)));
            self.pieces.extend(symbol.chars().map(Piece::Literal));
        } else if within.starts_with(['<', '>', '=']) {
            self.condition = self.condition.take().or_else(|| Condition::read(within));
        } else if ["red", "color3", "color 3"].iter().any(|red| within.eq_ignore_ascii_case(red)) {
            self.is_red = true;
        } else if !within.is_empty()
            && ["h", "m", "s"]
                .iter()
                .any(|one| within.to_lowercase().trim_matches(|sign| one.contains(sign)).is_empty())
        {
            self.of_kind(Kind::Span);
        }
    }

    /// A sign that stands neither in quotes nor in brackets, and what stands behind it.
    fn sign(&mut self, sign: char, rest: &str) {
        match sign {
            '0' => self.digit(Piece::Place { is_filled: true }),
            '#' | '?' => self.digit(Piece::Place { is_filled: false }),
            '.' => {
                self.divided();
                self.digit(Piece::Point);
            }
            ',' => self.commas = self.commas.saturating_add(1),
            '@' => {
                self.is_text = true;
                self.digit(Piece::Other);
            }
            '/' | 'E' | 'e' => {
                self.words.push(sign);
                self.pieces.push(Piece::Other);
            }
            '%' => {
                self.words.push(sign);
                self.pieces.push(Piece::Percent);
            }
            'd' | 'D' | 'm' | 'M' | 'h' | 'H' | 'y' | 'Y' | 's' | 'S' => {
                self.words.push(sign);
                self.of_kind(Kind::Day);
            }
            'a' | 'A' if rest.starts_with(['/', 'M', 'm']) => {
                self.words.push(sign);
                self.of_kind(Kind::Day);
            }
            other => {
                self.words.push(other);
                self.pieces.push(Piece::Literal(other));
            }
        }
    }
}
