//! The tests, one module for each subject.

mod value_calendars;
mod value_cycles;
mod value_days;
mod value_months;
