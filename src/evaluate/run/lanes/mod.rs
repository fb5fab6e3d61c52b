//! Lanes: many rows of one clause judged side by side, column by column.
//!
//! There is one meaning, and it is told elsewhere (`judging`, `conditions`, `values`). A lane only takes the road on which
//! nothing is in doubt: values that are plainly given or plainly absent. A row with anything else in it (not given, imprecise,
//! disputed, of another size than a column keeps) is left to the judge, one by one; so is a clause of a shape that has no
//! lane. A property test holds the two equal.

mod block;
mod condition;
mod crowd;
mod days;
mod look;
mod lower;
mod norm;
mod wholes;

pub use block::Room;
pub use crowd::{belonging, is_sure, weights};
pub use norm::{NormLane, Out, Whose, lane_of};

/// How many rows are looked at before the next step begins: what a step leaves behind stays in the nearest memory.
pub const BLOCK: usize = 2048;

/// A truth in a lane: it does not hold, it holds, or a judge has to look at the row.
pub const NO: u8 = 0;
pub const YES: u8 = 1;
pub const UNSURE: u8 = 2;
