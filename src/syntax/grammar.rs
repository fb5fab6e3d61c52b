//! The generated parser. Two grammar files are read as one: the words, made from the keyword table, and the shape.

// The generated code is pest's, not ours: our lints do not judge it.
#[allow(clippy::all, clippy::arithmetic_side_effects, missing_docs)]
mod generated {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/words.pest"]
    #[grammar = "grammar/overens.pest"]
    pub struct PolicyParser;
}

pub use generated::{PolicyParser, Rule};

use std::cell::RefCell;

/// The role of a keyword's rule: `k_at_least` is `at_least`.
pub fn role_of(rule: Rule) -> Option<&'static str> {
    thread_local! {
        // By the rule's number; looked up once for each rule that is met.
        static ROLES: RefCell<Vec<Option<Option<&'static str>>>> = const { RefCell::new(Vec::new()) };
    }
    ROLES.with_borrow_mut(|roles| {
        let at = rule as usize;
        if roles.len() <= at {
            roles.resize(at.saturating_add(1), None);
        }
        let slot = roles.get_mut(at)?;
        *slot.get_or_insert_with(|| {
            let name = format!("{rule:?}");
            super::keywords::row(name.strip_prefix("k_")?).map(|row| row.role)
        })
    })
}

/// The name of a rule, such as the kind of a clause: `deadline`.
pub fn rule_name(rule: Rule) -> String {
    format!("{rule:?}")
}
