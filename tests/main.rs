//! All tests, as one binary.

mod suite;
