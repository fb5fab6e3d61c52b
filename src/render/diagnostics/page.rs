//! The page of a code, and the list of all codes: what `explain` shows.
//! Only headings and indented examples of a page's Markdown are treated as such; the rest reads well as it stands.

use serde::Serialize;

use super::{json, severity};
use crate::diagnostics::Code;
use crate::render::Colour;

/// A page for a terminal: headings without their marks, examples set apart.
pub fn pretty(code: Code, colour: Colour) -> String {
    pretty_page(code.page, colour)
}

pub(super) fn pretty_page(page: &str, colour: Colour) -> String {
    page.lines().map(|line| format!("{}\n", pretty_line(line, colour))).collect()
}

/// A page as it was written.
pub fn plain(code: Code) -> String {
    format!("{}\n", code.page.trim_end())
}

/// A page for a program: one object.
pub fn json(code: Code) -> String {
    json::written(&Page { code: code.name, severity: severity(code.severity), page: code.page })
}

/// All codes, one a line, each with the first sentence of its page.
pub fn list(codes: &[Code]) -> String {
    let wide = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let line =
        |code: &Code| format!("{:wide$}  {:7}  {}", code.name, severity(code.severity), first_sentence(code.page));
    codes.iter().map(|code| format!("{}\n", line(code).trim_end())).collect()
}

/// All codes with their pages, for a program: one array.
pub fn json_list(codes: &[Code]) -> String {
    let page = |code: &Code| Page { code: code.name, severity: severity(code.severity), page: code.page };
    json::written(&codes.iter().map(page).collect::<Vec<_>>())
}

#[derive(Serialize)]
struct Page<'a> {
    code: &'a str,
    severity: &'a str,
    page: &'a str,
}

fn pretty_line(line: &str, colour: Colour) -> String {
    let heading = line.trim_start_matches('#');
    let (style, words) = if heading.len() < line.len() {
        ("1", heading.trim_start())
    } else if line.starts_with("    ") {
        ("36", line)
    } else {
        return line.to_string();
    };
    match colour {
        Colour::On => format!("\u{1b}[{style}m{words}\u{1b}[0m"),
        Colour::Off => words.to_string(),
    }
}

/// The first sentence below the title, in one line.
pub(in crate::render) fn first_sentence(page: &str) -> String {
    let below = page.lines().map(str::trim).skip_while(|line| line.is_empty() || line.starts_with('#'));
    let paragraph = below.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    match paragraph.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => paragraph,
    }
}
