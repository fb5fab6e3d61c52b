//! The tests, one module a subject.

mod load_json;
mod load_mistakes;
mod load_ron;
mod load_texts;
