//! A sheet read by calamine alone, to hold against what overens takes: its range as a whole, cell by cell.
//! `sheet_alone FILE` prints how many cells hold something.

use calamine::{Data, Reader, open_workbook_auto};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a spreadsheet")?;
    let mut book = open_workbook_auto(path)?;
    let name = book.sheet_names().first().cloned().ok_or("no sheet")?;
    let range = book.worksheet_range(&name)?;
    let filled = range.rows().flatten().filter(|cell| **cell != Data::Empty).count();
    println!("{filled}");
    Ok(())
}
