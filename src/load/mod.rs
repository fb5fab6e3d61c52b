//! Fact files: from their text to facts that the agreement's records can hold.
//! Each notation has its own file; all of them end in the same tree. Files are opened at the door, not here.

mod bind;
mod columns;
mod decisions;
mod files;
mod given;
mod grow;
mod head;
pub mod json;
mod lists;
mod mistakes;
pub mod node;
mod notation;
mod others;
mod reading;
mod recorded_check;
pub mod ron;
mod rows;
mod scan;
mod value;
mod wording;

pub use bind::{Whose, bind};
pub use files::{as_of, files, without_as_of};
pub use given::apply_given;
pub use others::{Doubt, Other, Others, agreements, others};
pub use recorded_check::check_recorded;

use crate::{
    diagnostics::{Sink, codes},
    source::{FileId, Span},
};
use node::Node;

/// Reads a fact file in the notation that the ending of its name stands for. Nothing comes back when it cannot be read.
pub fn read(file: FileId, name: &str, text: &str, problems: &mut Sink) -> Option<Node> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    match ending.as_str() {
        "json" => json::read(file, text, problems),
        "ron" => ron::read(file, text, problems),
        _ => {
            let message =
                format!("how the facts in `{}` are written cannot be told from its name", wording::clip(name));
            let help = "the name of a fact file ends in `.ron` or `.json`".to_owned();
            problems.push(codes::UNKNOWN_ENDING.at(Span::new(file, 0, 0)).say(message).help(help));
            None
        }
    }
}
