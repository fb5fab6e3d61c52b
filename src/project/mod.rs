//! Projects: a policy with all that belongs to it, read from a library of files, checked, and judged by facts.
//!
//! [`Library`] says where files are read from. [`Policy::read`] reads a policy with its imports and amendments;
//! [`Policy::check`] says what is wrong in them, and [`Policy::checked`] gives the [`Checked`] policy, which alone can be judged.

pub(crate) mod encoding;
pub mod library;
pub mod limits;
mod memory;
pub mod reading;
mod refusal;
pub mod shelf;
pub mod texts;

pub use library::{Library, plain};
pub use limits::{Limit, Limits};
pub use memory::Memory;
pub use refusal::{Cause, Refusal};
