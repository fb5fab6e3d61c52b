//! The tests, one module for each subject.

mod check_meaning;
mod check_mistakes;
mod check_names;
mod check_pages;
mod check_support;
mod keywords;
mod load_json;
mod load_mistakes;
mod load_ron;
mod load_texts;
mod syntax;
mod terminal_commands;
mod terminal_excerpts;
mod terminal_files;
mod terminal_findings;
mod value_calendars;
mod value_cycles;
mod value_days;
mod value_months;
