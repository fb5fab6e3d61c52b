//! overens: a rules engine for agreements.
//!
//! A policy file says what an agreement demands, a fact file what has happened, and a day is given as of which it is
//! judged; out comes a verdict for each clause, subject and period, with the reasons that lead to it.
//!
//! The modules stand on floors (see ARCHITECTURE.md): nouns are data, verbs are passes, and each module imports only
//! from the floors below its own.
#![forbid(unsafe_code)]
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

pub mod check;
pub mod clauses;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod compile;
pub mod diagnostics;
pub mod evaluate;
pub mod facts;
pub mod layout;
pub mod load;
pub mod model;
pub mod plan;
pub mod project;
pub mod render;
pub mod report;
pub mod source;
pub mod syntax;
pub mod value;
pub mod verdict;
