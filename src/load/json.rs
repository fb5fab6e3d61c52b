//! Facts written as JSON, as other programs hand them out. Strict JSON only: no comments, no comma at the end of a list.

use crate::{diagnostics::Sink, source::FileId};

use super::{
    grow::Growth,
    node::Node,
    notation::{self, DEEPEST, Notation},
};

/// Reads a JSON text. Nothing comes back when it cannot be read; a name given twice is reported, and stands twice.
pub fn read(file: FileId, text: &str, problems: &mut Sink) -> Option<Node> {
    read_within(file, text, DEEPEST, problems)
}

/// The same where so many brackets may stand inside one another; serde's JSON stands 127 of them.
pub(super) fn read_within(file: FileId, text: &str, deepest: usize, problems: &mut Sink) -> Option<Node> {
    let tokens = notation::parts((Notation::Json, deepest), file, text, problems)?;
    let mut growth = Growth::new(file, text, &tokens, problems);
    let mut from = serde_json::Deserializer::from_str(text);
    let node = growth.value(&mut from).ok().filter(|_| from.end().is_ok());
    if node.is_none() {
        growth.refused();
    }
    node
}
