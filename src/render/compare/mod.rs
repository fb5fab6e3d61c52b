//! Comparisons of two versions of an agreement, for a terminal, in plain lines, as JSON, and for a pull request.

pub mod json;
pub mod markdown;
mod page;
pub mod plain;
pub mod pretty;
mod words;

pub use words::cause;
