//! What is known: values within bounds, truths, the facts as they stand (or as they might be), and the law as amendments are
//! taken to have left it. Nothing here evaluates an expression.

pub mod decided;
pub mod filed;
pub mod index;
pub mod known;
pub mod law;
pub mod left;
pub mod ordered;
pub mod sequence;
pub mod truth;
pub mod watch;
pub mod world;
