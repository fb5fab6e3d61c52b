//! What the formats of an `.ods` show beside the numbers of its cells, which calamine leaves out. A style of cells names a style of
//! numbers, which is written here as the code that workbooks have, so that both are read alike.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::{
    hidden::{attribute, each_tag, plain},
    number_format::Format,
};

/// By the name of a style of cells: its format, if that shows something beside the values.
#[derive(Default)]
pub(super) struct Formats(BTreeMap<String, Format>);

/// The styles of a file, as they name each other.
#[derive(Default)]
struct Styles {
    /// The code that a style of numbers has, and the conditions and styles that it has for some numbers.
    numbers: BTreeMap<String, (String, Vec<(String, String)>)>,
    /// What a style of cells says of numbers, and the style that it is made from.
    cells: BTreeMap<String, (Option<String>, Option<String>)>,
}

impl Formats {
    /// Those of the parts of a file in which styles stand.
    pub fn of(parts: [&[u8]; 2]) -> Formats {
        let mut styles = Styles::default();
        for part in parts {
            styles.read(part.get(..memmem::find(part, b"<office:body").unwrap_or(part.len())).unwrap_or_default());
        }
        let format = |name: &String| Some((name.clone(), Format::of(None, &styles.code(name)?)));
        Formats(
            styles.cells.keys().filter_map(format).filter(|(_, format)| format.tells() || format.has_days()).collect(),
        )
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn format(&self, style: &str) -> Option<&Format> {
        self.0.get(style)
    }
}

impl Styles {
    fn read(&mut self, part: &[u8]) {
        let (mut current, mut is_percentage) = (String::new(), false);
        let mut places = Places::default();
        for (behind, name, tag) in each_tag(part) {
            let own = |name: &str| attribute(tag, name).map(|value| plain(&value));
            let text = || {
                let text = part.get(behind..).unwrap_or_default();
                let text = text.get(..memchr::memchr(b'<', text).unwrap_or(text.len())).unwrap_or_default();
                if tag.ends_with(b"/") { String::new() } else { plain(&String::from_utf8_lossy(text)) }
            };
            match name {
                b"style:style" => {
                    let names = (own("style:data-style-name"), own("style:parent-style-name"));
                    self.cells.extend(own("style:name").map(|name| (name, names)));
                    // What follows is of the cells.
                    current.clear();
                }
                _ if name.starts_with(b"number:") && name.ends_with(b"-style") => {
                    current = own("style:name").unwrap_or_default();
                    is_percentage = name == b"number:percentage-style";
                    self.numbers.entry(current.clone()).or_default();
                    match name {
                        b"number:date-style" => self.add(&current, "yyyy"),
                        // A time that is cut off at a day is one of the day.
                        b"number:time-style" if own("number:truncate-on-overflow").as_deref() == Some("false") => {
                            self.add(&current, "[h]");
                        }
                        b"number:time-style" => self.add(&current, "hh"),
                        _ => {}
                    }
                }
                b"number:text" => {
                    let letters = format!("\"{}\"", text().replace('"', ""));
                    // There the sign multiplies by a hundred.
                    let code = if is_percentage { letters.replace('%', "\"%\"") } else { letters };
                    self.add(&current, &code);
                }
                // The colour of a part.
                b"style:text-properties" if own("fo:color").is_some_and(|colour| is_red(&colour)) => {
                    self.add(&current, "[Red]");
                }
                b"number:text-content" => self.add(&current, "@"),
                b"number:currency-symbol" => {
                    let place = [own("number:language"), own("number:country")].map(Option::unwrap_or_default);
                    self.add(&current, &format!("[${}-{}-{}]", text(), place[0], place[1]));
                }
                b"number:number" => {
                    let factor = own("number:display-factor").unwrap_or_default();
                    let noughts =
                        factor.strip_prefix('1').map_or(0, |noughts| noughts.len().checked_div(3).unwrap_or(0));
                    let divided = ",".repeat(noughts.min(MOST_THOUSANDS));
                    let decimals = own("number:decimal-places").is_some_and(|places| places != "0");
                    let filled = own("number:min-integer-digits").and_then(|digits| digits.parse::<usize>().ok());
                    places = Places {
                        filled: filled.unwrap_or(1).min(MOST_DIGITS),
                        texts: Vec::new(),
                        behind: format!("{divided}{}", if decimals { ".0" } else { "" }),
                    };
                    self.add(&current, &places.code());
                }
                // A text so many digits before the point.
                b"number:embedded-text" => {
                    let position = own("number:position").and_then(|at| at.parse::<usize>().ok()).unwrap_or(0);
                    let before = places.code();
                    places.texts.push((position.min(MOST_DIGITS), text().replace('"', "")));
                    self.replace(&current, &before, &places.code());
                }
                b"number:fraction" | b"number:scientific-number" => self.add(&current, "0/"),
                b"style:map" => {
                    let other = own("style:condition").zip(own("style:apply-style-name"));
                    self.numbers.get_mut(&current).into_iter().for_each(|(_, more)| more.extend(other.clone()));
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, style: &str, code: &str) {
        if let Some((all, _)) = self.numbers.get_mut(style) {
            all.push_str(code);
        }
    }

    /// Writes the end of a code anew.
    fn replace(&mut self, style: &str, old: &str, new: &str) {
        if let Some((all, _)) = self.numbers.get_mut(style)
            && let Some(before) = all.strip_suffix(old)
        {
            *all = format!("{before}{new}");
        }
    }

    /// The code of the format of a style of cells: its own, or that of the style that it is made from.
    fn code(&self, cells: &String) -> Option<String> {
        let (mut name, mut seen) = (cells, BTreeSet::new());
        while seen.insert(name) {
            let (numbers, parent) = self.cells.get(name)?;
            match numbers {
                Some(numbers) => {
                    let (code, more) = self.numbers.get(numbers)?;
                    let part = |(condition, name): &(String, String)| {
                        let condition = condition.trim().strip_prefix("value()")?.trim().replace("!=", "<>");
                        Some(format!("[{condition}]{};", self.numbers.get(name)?.0))
                    };
                    return Some(more.iter().filter_map(part).collect::<String>() + code);
                }
                None => name = parent.as_ref()?,
            }
        }
        None
    }
}

/// Whether a colour such as `#ff0000` is red.
fn is_red(colour: &str) -> bool {
    let part = |at: usize| colour.get(at..at.saturating_add(2)).and_then(|part| u8::from_str_radix(part, 16).ok());
    matches!((part(1), part(3), part(5)), (Some(red), Some(green), Some(blue)) if red >= 128 && green < 128 && blue < 128)
}

/// The places of a number's digits, and the texts that stand between them.
#[derive(Default)]
struct Places {
    /// So many have a nought where the number has no digit.
    filled: usize,
    /// Each so many digits before the point.
    texts: Vec<(usize, String)>,
    /// What follows the whole digits: commas that divide, and decimals.
    behind: String,
}

impl Places {
    fn code(&self) -> String {
        let most = self.texts.iter().map(|(at, _)| at.saturating_add(1)).max().unwrap_or(1);
        let mut code = String::new();
        for at in (0..most.max(self.filled)).rev() {
            code.push(if at < self.filled { '0' } else { '#' });
            let texts = self.texts.iter().filter(|(of, _)| *of == at);
            texts.for_each(|(_, text)| code.push_str(&format!("\"{text}\"")));
        }
        code + &self.behind
    }
}

/// More digits than any number of a sheet has.
const MOST_DIGITS: usize = 20;

/// No format divides by more than so many thousands.
const MOST_THOUSANDS: usize = 6;
