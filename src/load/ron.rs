//! Facts written as RON, the notation that fact files are meant for: records in round brackets, lists in square ones.
//! RON's forms for programs (words without quotes, named variants, settings) are refused; `yes` and `no` are read as `true` and `false`.

use crate::{diagnostics::Sink, source::FileId};

use super::{
    grow::Growth,
    node::Node,
    notation::{self, DEEPEST, Notation},
};

/// Reads a RON text. Nothing comes back when it cannot be read; a name given twice is reported, and stands twice.
pub fn read(file: FileId, text: &str, problems: &mut Sink) -> Option<Node> {
    read_within(file, text, DEEPEST, problems)
}

/// The same where so many brackets may stand inside one another.
pub(super) fn read_within(file: FileId, text: &str, deepest: usize, problems: &mut Sink) -> Option<Node> {
    let tokens = notation::parts((Notation::Ron, deepest), file, text, problems)?;
    let mut growth = Growth::new(file, text, &tokens, problems);
    // The scan has counted the brackets already, and gives the better message.
    let options = ron::Options::default().without_recursion_limit();
    let node = ron::Deserializer::from_str_with_options(text, &options).ok().and_then(|mut from| {
        let node = growth.value(&mut from).ok()?;
        from.end().ok().map(|()| node)
    });
    if node.is_none() {
        growth.refused();
    }
    node
}
