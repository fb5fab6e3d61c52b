//! All tests, one binary. What a test holds is its name.

mod suite;
