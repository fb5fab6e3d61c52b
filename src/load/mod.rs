//! Fact files: from their text to facts that the agreement's records can hold.
//! Each notation has its own file; all of them end in the same tree. Files are opened at the door, not here.

mod grow;
pub mod json;
mod mistakes;
pub mod node;
mod notation;
pub mod ron;
mod scan;
