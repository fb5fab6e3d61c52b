//! The field whose name is nearly that over a column: the one thing that is offered where no field is called so. Nothing is read as
//! a field because of it.

use crate::diagnostics::nearest_name;

use super::{guess::may_be_the_opposite, reading::LONGEST_NAME, wording::folded};

/// A name of no more letters is short.
const SHORT: usize = 4;

/// The field that is called so but for blanks or a few letters, or the only one whose name begins so.
pub(super) fn nearly<'f>(heading: &str, fields: &[&'f str]) -> Option<&'f str> {
    let name = folded(heading);
    if name.is_empty() || name.len() > LONGEST_NAME {
        return None;
    }
    let bare = |name: &str| name.replace('_', "");
    let without_blanks = || fields.iter().copied().find(|field| bare(&folded(field)) == bare(&name));
    let begins = |field: &&str| folded(field).strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('_'));
    // One or two letters are like too many names.
    let long = || fields.iter().copied().filter(|_| name.chars().count() > 2);
    let mut longer = long().filter(begins);
    // Of a short name two wrong letters make another one.
    let is_near = |field: &&str| name.chars().count() > SHORT || strsim::damerau_levenshtein(&name, &folded(field)) < 2;
    let is_meant = |field: &&str| is_near(field) && !may_be_the_opposite(heading, field);
    let misspelt = || nearest_name(&name, long()).filter(is_meant);
    without_blanks().or_else(misspelt).or_else(|| longer.next().filter(|_| longer.next().is_none()))
}
