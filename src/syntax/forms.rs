//! Forms: which rules of the grammar a text uses, and where. For those who want to know what the language is used for;
//! reading a policy needs none of it.

use pest::Parser;

use super::grammar::{PolicyParser, Rule, rule_name};
use crate::source::{FileId, Span};

/// The forms of a text without mistakes, by the names of the grammar's rules, each with its place, outermost first.
pub fn forms(file: FileId, text: &str) -> Vec<(String, Span)> {
    let Ok(pairs) = PolicyParser::parse(Rule::file, text) else { return Vec::new() };
    let all = pairs.flatten().map(|pair| {
        let at = pair.as_span();
        (rule_name(pair.as_rule()), Span::new(file, at.start(), at.end()))
    });
    all.collect()
}
