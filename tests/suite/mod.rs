//! The tests, one module for each subject.

mod keywords;
mod load_json;
mod load_mistakes;
mod load_ron;
mod load_texts;
mod syntax;
