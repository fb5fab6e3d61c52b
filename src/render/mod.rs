//! Views: what overens has to say, as text for a reader or a program.
//! Plain data comes in and a text comes out; nothing here prints, reads a file or asks what the terminal can do.

pub mod blank;
pub mod calendar;
pub mod checked;
pub mod compare;
pub mod consolidated;
pub mod cut;
pub mod decisions;
pub mod diagnostics;
pub mod escape;
pub mod excerpt;
mod github;
mod junit;
pub mod mistaken;
pub mod monday;
pub mod not_done;
pub mod party;
pub mod questions;
pub mod report;
pub mod repository;
pub mod review;
mod sarif;
pub mod schema;
pub mod snapshots;
pub mod swedish;
pub mod table;
pub mod trials;
pub mod visible;
pub mod walk;
pub mod when;
pub mod why;
pub mod workbook;

/// `1 scenario`, `3 scenarios`.
fn many(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// What a terminal can show. Whoever opens the door finds it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub marks: Marks,
    pub colour: Colour,
    /// Columns of the terminal.
    pub width: usize,
}

/// Which characters lines and arrows are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    Unicode,
    Ascii,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    On,
    Off,
}
