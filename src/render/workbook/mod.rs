//! What overens has to say as a workbook (`.xlsx`): the verdicts of a report with its shares, what is missing and what is due; and the
//! tables of facts once more, with verdicts beside their rows.

mod annotated;
mod blank;
mod book;
mod verdicts;

pub use annotated::annotated;
pub use blank::blank;
pub use book::{Book, Cell, Shade};
pub use verdicts::{ASKED, verdicts};

use super::report::pretty::tint;
use super::table::Tint;
use crate::verdict::Called;

/// A verdict's word with its colour.
fn word(called: Called, words: String) -> Cell {
    let shade = match tint(called) {
        Tint::Good => Shade::Good,
        Tint::Warning => Shade::Warning,
        Tint::Bad => Shade::Bad,
        Tint::Person => Shade::Person,
        Tint::Plain | Tint::Strong | Tint::Faint => Shade::Plain,
    };
    Cell::Word(words, shade)
}

fn text(words: Option<&str>) -> Cell {
    words.map_or(Cell::Empty, |words| Cell::Text(words.to_string()))
}
