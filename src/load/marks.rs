//! What the cells of an `.ods` say beside their values, which calamine leaves out: the currency of an amount, and that what is
//! shown is an error. Their values alone would be wrong: five euro would be five, and an error would be nought.

use memchr::memmem;

use super::{
    cells,
    hidden::{attribute, each_tag, plain, table_of},
};

/// By row and column.
#[derive(Default)]
pub(super) struct Marks(Vec<Row>);

/// A row of the file, which may stand for several of the sheet.
struct Row {
    first: u32,
    last: u32,
    cells: Vec<(u32, u32, Mark)>,
}

pub(super) enum Mark {
    Currency(String),
    /// What an error shows, in a form that is known to be none of the values.
    Error(String),
}

impl Marks {
    pub fn of(content: &[u8], sheet: &str) -> Marks {
        let has = |what: &[u8]| memmem::find(content, what).is_some();
        if !has(b"office:currency=") && !has(b"calcext:value-type=\"error\"") {
            return Marks::default();
        }
        let Some(table) = table_of(content, sheet) else { return Marks::default() };
        let (mut rows, mut next, mut column) = (Vec::<Row>::new(), 0_u32, 0_u32);
        let mut row = Row { first: 0, last: 0, cells: Vec::new() };
        for (behind, name, tag) in each_tag(table) {
            let repeated = |name: &str| attribute(tag, name).and_then(|times| times.parse::<u32>().ok()).unwrap_or(1);
            match name {
                b"table:table-row" => {
                    let times = repeated("table:number-rows-repeated").max(1);
                    let last = next.saturating_add(times).saturating_sub(1);
                    let before = std::mem::replace(&mut row, Row { first: next, last, cells: Vec::new() });
                    rows.extend(Some(before).filter(|row| !row.cells.is_empty()));
                    (next, column) = (next.saturating_add(times), 0);
                }
                b"table:table-cell" | b"table:covered-table-cell" => {
                    let times = repeated("table:number-columns-repeated").max(1);
                    let last = column.saturating_add(times).saturating_sub(1);
                    row.cells.extend(mark(tag, table.get(behind..).unwrap_or_default()).map(|mark| (column, last, mark)));
                    column = column.saturating_add(times);
                }
                _ => {}
            }
        }
        rows.extend(Some(row).filter(|row| !row.cells.is_empty()));
        Marks(rows)
    }

    pub fn at(&self, (row, column): (u32, u32)) -> Option<&Mark> {
        let at = self.0.partition_point(|one| one.last < row);
        let cells = &self.0.get(at).filter(|one| one.first <= row)?.cells;
        let at = cells.partition_point(|(_, last, _)| *last < column);
        cells.get(at).filter(|(first, ..)| *first <= column).map(|(.., mark)| mark)
    }
}

fn mark(tag: &[u8], behind: &[u8]) -> Option<Mark> {
    if attribute(tag, "calcext:value-type").as_deref() == Some("error") {
        let shown = shown(behind);
        return Some(Mark::Error(match cells::error(&shown) {
            Some(_) => shown,
            None => format!("{}{shown}", cells::ERROR),
        }));
    }
    let is_amount = attribute(tag, "office:value-type").as_deref() == Some("currency");
    attribute(tag, "office:currency").filter(|currency| is_amount && !currency.is_empty()).map(|one| Mark::Currency(plain(&one)))
}

/// The text between a tag and the end of its cell, on one line.
fn shown(behind: &[u8]) -> String {
    let end = memmem::find(behind, b"</table:").unwrap_or(0);
    let text = String::from_utf8_lossy(behind.get(..end).unwrap_or_default());
    let outside = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text: String = outside.collect();
    plain(&text).split_whitespace().collect::<Vec<_>>().join(" ").replace('"', "'")
}
