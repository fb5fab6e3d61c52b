//! What the formats of an `.ods` show beside the numbers of its cells, which calamine leaves out. A style of cells names a style of
//! numbers, which is written here as the code that workbooks have, so that both are read alike.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::{
    hidden::{attribute, each_tag, plain},
    number_format,
};

/// By the name of a style of cells: the currency that its format shows, if it shows one.
#[derive(Default)]
pub(super) struct Formats(BTreeMap<String, String>);

/// The styles of a file, as they name each other.
#[derive(Default)]
struct Styles {
    /// The code that a style of numbers has, and the styles that it has for some numbers.
    numbers: BTreeMap<String, (String, Vec<String>)>,
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
        let shown = |name: &String| Some((name.clone(), number_format::currency(None, &styles.code(name)?)?));
        Formats(styles.cells.keys().filter_map(shown).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn currency(&self, style: &str) -> Option<&str> {
        self.0.get(style).map(String::as_str)
    }
}

impl Styles {
    fn read(&mut self, part: &[u8]) {
        let (mut current, mut is_percentage) = (String::new(), false);
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
                }
                _ if name.starts_with(b"number:") && name.ends_with(b"-style") => {
                    current = own("style:name").unwrap_or_default();
                    is_percentage = name == b"number:percentage-style";
                    self.numbers.entry(current.clone()).or_default();
                }
                b"number:text" => {
                    let letters = format!("\"{}\"", text().replace('"', ""));
                    // There the sign multiplies by a hundred.
                    let code = if is_percentage { letters.replace('%', "\"%\"") } else { letters };
                    self.add(&current, &code);
                }
                b"number:currency-symbol" => {
                    let place = [own("number:language"), own("number:country")].map(Option::unwrap_or_default);
                    self.add(&current, &format!("[${}-{}-{}]", text(), place[0], place[1]));
                }
                b"number:number" => {
                    let factor = own("number:display-factor").unwrap_or_default();
                    let noughts =
                        factor.strip_prefix('1').map_or(0, |noughts| noughts.len().checked_div(3).unwrap_or(0));
                    self.add(&current, &format!("0{}", ",".repeat(noughts.min(MOST_THOUSANDS))));
                }
                b"style:map" => {
                    let other = own("style:apply-style-name");
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

    /// The code of the format of a style of cells: its own, or that of the style that it is made from.
    fn code(&self, cells: &String) -> Option<String> {
        let (mut name, mut seen) = (cells, BTreeSet::new());
        while seen.insert(name) {
            let (numbers, parent) = self.cells.get(name)?;
            match numbers {
                Some(numbers) => {
                    let (code, more) = self.numbers.get(numbers)?;
                    let more = more.iter().filter_map(|name| self.numbers.get(name)).map(|(code, _)| code.as_str());
                    return Some(std::iter::once(code.as_str()).chain(more).collect::<Vec<_>>().join(";"));
                }
                None => name = parent.as_ref()?,
            }
        }
        None
    }
}

/// No format divides by more than so many thousands.
const MOST_THOUSANDS: usize = 6;
