//! Projects: a policy with all that belongs to it, read from a library of files, checked, and judged by facts.
//!
//! [`Library`] says where files are read from. [`Policy::read`] reads a policy with its imports and amendments;
//! [`Policy::check`] says what is wrong in them, and [`Policy::checked`] gives the [`Checked`] policy, which alone can be judged.

#[doc(hidden)]
pub mod encoding;
mod facts;
mod findings;
mod judgement;
#[doc(hidden)]
pub mod library;
#[doc(hidden)]
pub mod limits;
mod memory;
mod policy;
#[doc(hidden)]
pub mod reading;
mod refusal;
#[doc(hidden)]
pub mod room;
#[doc(hidden)]
pub mod shelf;
#[doc(hidden)]
pub mod texts;

pub use facts::{Datum, Facts, Given, Unfit};
pub use findings::{Finding, Findings};
pub use judgement::Judgement;
pub use library::Library;
pub use limits::{Limit, Limits};
pub use memory::Memory;
pub use policy::{Checked, Policy};
pub use refusal::{Cause, Refusal};
