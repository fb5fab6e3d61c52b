//! All tests of the package, one binary.

mod suite;
