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

use super::keywords::ENGLISH;

/// The role of a keyword's rule: `k_at_least` is `at_least`.
pub fn role_of(rule: Rule) -> Option<&'static str> {
    thread_local! {
        static ROLES: std::cell::RefCell<std::collections::HashMap<Rule, Option<&'static str>>> = Default::default();
    }
    ROLES.with_borrow_mut(|roles| {
        *roles.entry(rule).or_insert_with(|| {
            let name = format!("{rule:?}");
            let role = name.strip_prefix("k_")?;
            ENGLISH.rows.iter().map(|row| row.role).find(|one| *one == role)
        })
    })
}

/// The name of a rule, such as the kind of a clause: `deadline`.
pub fn rule_name(rule: Rule) -> String {
    format!("{rule:?}")
}
