//! All tests, one binary. What a test holds is its name.
#![allow(clippy::disallowed_methods, reason = "a test may read the files that it is about")]

mod attack;
#[path = "fuzz/src/targets.rs"]
mod fuzzed;
mod reference;
mod suite;
