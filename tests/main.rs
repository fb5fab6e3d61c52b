//! All tests, in one program.

mod suite;
