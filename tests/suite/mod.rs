//! The tests, one module for each subject.

mod cases;
mod check_names;
mod check_support;
mod clauses_catalogue;
mod clauses_findings;
mod clauses_norms;
mod clauses_written;
mod codes;
mod documents;
mod floors;
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
mod value_numbers;
mod value_sharing;
