//! The tests, one module for each subject.

mod value_days;
