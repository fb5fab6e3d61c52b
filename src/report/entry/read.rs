//! The line of an entry read back. What is written by `write` comes back as the same entry.

use super::quoted::is_plain;
use super::write;
use super::{Entry, Key};
use crate::value::{Currency, Day, DaySpan, Money, Number};
use crate::verdict::{Called, LastDay, Nuance};

/// Why a line is no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The byte of the line from which on it cannot be understood.
    pub at: usize,
    /// What should stand there.
    pub expected: &'static str,
}

impl Entry {
    /// Reads a line such as `summons for annual_2015: late, 1 day over, last day 2014-12-22`.
    pub fn read(line: &str) -> Result<Entry, Unreadable> {
        let mut rest = Rest { line, at: 0 };
        let key = rest.key()?;
        if !rest.takes(": ") {
            return Err(rest.expects("`: ` and a verdict"));
        }
        let called = rest.called()?;
        let mut entry = Entry {
            key,
            called,
            nuance: implied(called),
            days: None,
            last_day: LastDay::None,
            decider: None,
            shares: Vec::new(),
        };
        let mut before = 0;
        while !rest.is_done() {
            if !rest.takes(", ") {
                return Err(rest.expects("`, ` or the end of the line"));
            }
            let place = rest.at;
            let rank = rest.part(&mut entry)?;
            if rank < before || (rank == before && rank < SHARES) {
                return Err(Unreadable { at: place, expected: "parts in their order, each once" });
            }
            before = rank;
        }
        Ok(entry)
    }
}

/// Parts stand in this order; only shares may be several.
const SHARES: u8 = 5;

/// Words that say their nuance themselves.
fn implied(called: Called) -> Nuance {
    match called {
        Called::NotUsed => Nuance::NotUsed,
        Called::WithoutEffect => Nuance::WithoutEffect,
        Called::Satisfied | Called::Late | Called::Violated | Called::NotFollowed | Called::Differs => Nuance::Plain,
        Called::Pending | Called::Open | Called::Used | Called::Exceeded | Called::Carried => Nuance::Plain,
        Called::NotCarried | Called::NotApplicable | Called::Unknown | Called::NeedsJudgement => Nuance::Plain,
    }
}

/// What of a line is still to be read.
struct Rest<'l> {
    line: &'l str,
    at: usize,
}

impl<'l> Rest<'l> {
    fn text(&self) -> &'l str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn is_done(&self) -> bool {
        self.text().is_empty()
    }

    fn expects(&self, expected: &'static str) -> Unreadable {
        Unreadable { at: self.at, expected }
    }

    fn takes(&mut self, words: &str) -> bool {
        let found = self.text().starts_with(words);
        if found {
            self.skip(words.len());
        }
        found
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    /// The text up to the next comma, or to the end.
    fn up_to_comma(&mut self) -> &'l str {
        let text = self.text();
        let words = text.split_once(", ").map_or(text, |(words, _)| words);
        self.skip(words.len());
        words
    }

    fn key(&mut self) -> Result<Key, Unreadable> {
        let clause = self.name()?;
        let mut named = |word: &str| self.takes(word).then(|| self.name()).transpose();
        let (subject, bearer, period) = (named(" for ")?, named(" by ")?, named(" in ")?);
        Ok(Key { clause, subject, bearer, period })
    }

    fn name(&mut self) -> Result<String, Unreadable> {
        if self.text().starts_with('"') {
            return self.quoted();
        }
        let text = self.text();
        let length = text.find(|c| !is_plain(c)).unwrap_or(text.len());
        match text.get(..length) {
            Some(name) if !name.is_empty() => {
                self.skip(length);
                Ok(name.to_string())
            }
            Some(_) | None => Err(self.expects("a name, in quotes if it has characters other than letters and digits")),
        }
    }

    fn quoted(&mut self) -> Result<String, Unreadable> {
        let mut name = String::new();
        let mut signs = self.text().char_indices().skip(1);
        while let Some((at, sign)) = signs.next() {
            match sign {
                '"' => {
                    self.skip(at.saturating_add(1));
                    return Ok(name);
                }
                '\\' => match signs.next().map(|(_, sign)| sign) {
                    Some(sign @ ('"' | '\\')) => name.push(sign),
                    Some('u') => {
                        let code: String =
                            signs.by_ref().map(|(_, sign)| sign).take_while(|sign| *sign != '}').collect();
                        let sign = code.strip_prefix('{').and_then(|code| u32::from_str_radix(code, 16).ok());
                        match sign.and_then(char::from_u32) {
                            Some(sign) => name.push(sign),
                            None => return Err(self.expects("a name whose hidden characters are written as `\\u{1b}`")),
                        }
                    }
                    Some(_) | None => return Err(self.expects("a name in which `\\` is followed by `\"`, `\\` or `u`")),
                },
                sign => name.push(sign),
            }
        }
        Err(self.expects("a name with a closing quote"))
    }

    fn called(&mut self) -> Result<Called, Unreadable> {
        let place = self.at;
        let words = self.up_to_comma();
        let called = Called::ALL.into_iter().find(|called| called.words() == words);
        called.ok_or(Unreadable { at: place, expected: "a verdict, such as `late` or `needs judgement`" })
    }

    /// Reads one part into the entry, and gives its place in the order of parts.
    fn part(&mut self, entry: &mut Entry) -> Result<u8, Unreadable> {
        if self.takes("decided by ") {
            entry.decider = Some(self.name()?);
            return Ok(4);
        }
        if let Some(share) = self.share()? {
            entry.shares.push(share);
            return Ok(SHARES);
        }
        let place = self.at;
        let words = self.up_to_comma();
        if let Some(found) = [Nuance::SoFar, Nuance::Waived].into_iter().find(|it| write::nuance(*it) == Some(words)) {
            entry.nuance = found;
            return Ok(1);
        }
        if let Some(days) = days(words) {
            entry.days = Some(days);
            return Ok(2);
        }
        if let Some(last) = words.strip_prefix("last day ").and_then(last_day) {
            entry.last_day = last;
            return Ok(3);
        }
        Err(Unreadable {
            at: place,
            expected: "days over or to spare, the last day, who decides, or who bears how much",
        })
    }

    /// `famna bears SEK 212.77`; nothing is taken when something else stands there.
    fn share(&mut self) -> Result<Option<(String, Money)>, Unreadable> {
        let place = self.at;
        let Ok(who) = self.name() else { return Ok(None) };
        if !self.takes(" bears ") {
            self.at = place;
            return Ok(None);
        }
        let place = self.at;
        let words = self.up_to_comma();
        let amount = money(words).ok_or(Unreadable { at: place, expected: "an amount, such as `SEK 212.77`" })?;
        Ok(Some((who, amount)))
    }
}

fn days(words: &str) -> Option<i32> {
    let mut parts = words.splitn(3, ' ');
    let (many, unit, side) = (parts.next()?, parts.next()?, parts.next()?);
    let many: i32 = many.parse().ok().filter(|many| *many >= 0)?;
    match (unit, side) {
        ("day" | "days", "over") => Some(many),
        ("day" | "days", "to spare") => many.checked_neg(),
        (_, _) => None,
    }
}

fn last_day(words: &str) -> Option<LastDay> {
    match words {
        "not yet" => Some(LastDay::NotYet),
        "not known" => Some(LastDay::Unknown),
        words => match (words.strip_prefix("within "), words.strip_suffix(" or later")) {
            // Older ones end on the last of all days where there is no end.
            (Some(span), _) => DaySpan::parse(span).ok().map(|span| LastDay::Within(span.first, span.last)),
            (None, Some(first)) => Day::parse_iso(first).ok().map(|first| LastDay::Within(first, Day::MAX)),
            (None, None) => Day::parse_iso(words).ok().map(LastDay::On),
        },
    }
}

fn money(words: &str) -> Option<Money> {
    let (currency, amount) = words.split_once(' ')?;
    let amount = match amount.split_once('/') {
        Some((upper, lower)) => Number::parse(upper)?.divided_by(&Number::parse(lower)?)?,
        None => Number::parse(amount)?,
    };
    Some(Money::new(amount, Currency::parse(currency)?))
}
