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
mod steps;
mod taken;
mod wholes;

pub use block::{BLOCK, Room, YES};
pub use crowd::{belonging, is_sure, weights};
pub use norm::{NormLane, Out, lane_of};
pub use taken::Whose;
