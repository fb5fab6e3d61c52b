//! overens: a rules engine for agreements.
//!
//! A policy file says what an agreement demands, a fact file what has happened, and a day is given as of which it is
//! judged; out comes a verdict for each clause, subject and period, with the reasons that lead to it.
//!
//! ```
//! use overens::{Memory, Policy, values::Day};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let choir = "agreement choir \"Choir\"\n in force from 2015-01-01 until further notice\n event concert on held_on\n held_on: date
//!  actor board\n duty spring \"A concert by 1 May\"\n board shall hold concert\n by 2015-05-01";
//! let policy = Policy::read(&Memory::new().with("choir.overens", choir), "choir.overens")?.checked()?;
//! let facts = policy.facts("facts.json", r#"{"concert": [{"id": "c1", "held_on": "2015-04-18"}]}"#)?;
//! let judgement = policy.judge(&facts, Day::of(2015, 6, 1).expect("a day"))?;
//! let spring = judgement.verdicts().next().expect("a verdict");
//! assert_eq!((spring.clause, spring.called.words()), ("spring", "satisfied"));
//! # Ok(())
//! # }
//! ```
//!
//! - [`Policy::read`] takes a [`Library`]: files in [`Memory`], on disk or in a revision (`Files`, with the feature `cli`), or one
//!   of your own: two methods.
//! - [`Policy::check`] says what is wrong; only what is without mistakes becomes a [`Checked`] policy, and only that can be judged.
//! - Facts are texts in any notation ([`Checked::facts`]), files that name one another ([`Checked::facts_in`]), or what a program
//!   holds ([`Checked::facts_of`]). Facts that do not fit are findings, and no facts.
//! - A [`Judgement`] has the verdicts, the reasons of each ([`Judgement::why`]) and reports in every form ([`Judgement::write`]).
//!
//! Without the feature `cli` the library opens no file, asks no clock and no environment; without `threads` it starts no thread.
//! A policy from somebody else is best read and judged where there is a stack of 64 MiB, as the program does: definitions may rest
//! on definitions a long way down.
//!
//! What else is public is for the program and the tests, not documented, and may change at any time. The modules stand on floors
//! (see ARCHITECTURE.md): nouns are data, verbs are passes, and each module imports only from the floors below its own.
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![deny(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unreachable,
    clippy::unwrap_used
)]

#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod clauses;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod compare;
#[doc(hidden)]
pub mod compile;
#[doc(hidden)]
pub mod diagnostics;
#[doc(hidden)]
pub mod evaluate;
#[doc(hidden)]
pub mod facts;
#[doc(hidden)]
pub mod layout;
#[doc(hidden)]
pub mod load;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod plan;
pub mod project;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod value;
#[doc(hidden)]
pub mod verdict;
mod workers;

#[cfg(feature = "cli")]
pub use cli::library::Files;
#[doc(no_inline)]
pub use project::{
    Cause, Checked, Datum, Facts, Finding, Findings, Given, Judgement, Library, Limit, Limits, Memory, Policy, Refusal,
    Unfit,
};

/// What reports hold: verdicts by name, their sentences and reasons, and the forms that they are written in.
pub mod reports {
    pub use crate::model::clause::{Strength, WhichEnd};
    pub use crate::render::report::form::Form;
    pub use crate::report::{
        About, Adopted, Amended, AskedFor, Case, Changed, ClauseCounts, Due, DueDay, Head, LeftOut, Line, Matter,
        MissingFact, Part, Report, Shares, Step, Surely, Unused, Waiting, Walk, Walked, Why,
    };
    pub use crate::verdict::{Called, Decider, LastDay, Mark, Nuance};
}

/// Days, numbers and money, all of them exact.
pub mod values {
    pub use crate::value::{Currency, Day, Money, Number};
}
