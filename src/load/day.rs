//! The as-of day of a fact file, found among the parts of its text: of many files beside a policy only the newest is read whole.

use crate::{
    diagnostics::Sink,
    source::{FileId, looks_like_a_line_end, merge_mark, with_line_feeds},
    value::Day,
};

use super::notation::{self, Bracket, Notation, Part, Token};

/// The as-of day that a text gives for itself, if it gives one. Nothing where only reading the whole text tells: another notation
/// than RON and JSON, anything wrong in it, a day given twice or in another way than as a plain text.
pub fn day_of(file: FileId, (name, text): (&str, &str), deepest: usize) -> Option<Option<Day>> {
    let notation = match name.rsplit_once('.')?.1 {
        "ron" => Notation::Ron,
        "json" => Notation::Json,
        _ => return None,
    };
    if merge_mark(text).is_some() || text.chars().any(looks_like_a_line_end) {
        return None;
    }
    let text = &*with_line_feeds(text);
    let tokens = notation::parts((notation, deepest), file, text, &mut Sink::default())?;
    let entry = match notation {
        Notation::Ron => (Bracket::Round, Part::Word, "as_of"),
        Notation::Json => (Bracket::Curly, Part::Text, "\"as_of\""),
    };
    let mut values = values_of(&tokens, text, entry)?;
    match (values.pop(), values.pop()) {
        (None, _) => Some(None),
        (Some(value), None) if value.part == Part::Text => {
            Day::parse_iso(value.lexeme(text).trim_matches('"')).ok().map(Some)
        }
        (Some(_), _) => None,
    }
}

/// The first parts of the values that the outermost record gives a name; nothing where the text is no record, or some name of it
/// is written in a way of its own.
fn values_of(tokens: &[Token], text: &str, (bracket, part, name): (Bracket, Part, &str)) -> Option<Vec<Token>> {
    if tokens.first()?.part != Part::Open(bracket) {
        return None;
    }
    let (mut depth, mut values) = (0_usize, Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        match token.part {
            Part::Open(_) => depth = depth.saturating_add(1),
            Part::Close(_) => depth = depth.saturating_sub(1),
            Part::Colon if depth == 1 => {
                let key = tokens.get(at.checked_sub(1)?)?;
                let lexeme = key.lexeme(text);
                if key.part != part || lexeme.contains(['\\', '#']) {
                    return None;
                }
                if lexeme == name {
                    values.push(*tokens.get(at.checked_add(1)?)?);
                }
            }
            Part::Comma | Part::Colon | Part::Text | Part::Number | Part::Word => {}
        }
    }
    Some(values)
}
