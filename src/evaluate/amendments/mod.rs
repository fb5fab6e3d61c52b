//! Amendments: which are adopted, which wording speaks of an instance, and what open adoptions make of a verdict.

pub mod adoption;
pub mod exceptions;
pub mod run_out;
pub mod under;
pub mod ways;
pub mod wording;
