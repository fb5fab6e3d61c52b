//! What the tests of report forms share: a small club with names that mean harm, and readers that are stricter than most.

use std::path::PathBuf;

use super::terminal_agreements::folder;

pub const CLUB: &str = r#"agreement club "A club & its <friends>"
  overens 1
  in force from 2014-01-01 until further notice

event meeting, meetings on held_on
  held_on: date
  summons_sent_on: date

actors board, parties

deadline summons § 1 "The summons goes out ahead"
  for each meeting
  board shall have summons_sent_on
  at least 10 days before held_on

judgement openness § 2
  board shall "be open"
  every calendar year
  judged by parties

permission extra § 3
  board may hold meeting
"#;

/// As of 30 June: one summons late (2014-03-06 for a last day of 2014-03-01), one 9 days early (2014-05-01 for 2014-05-10), one
/// with nothing on file whose last day, 2014-09-21, is to come, and one that never went out (last day 2014-06-10).
pub const FACTS: &str = r#"(
  agreement: "club",
  as_of: "2014-06-30",
  meeting: [
    (id: "annual, 2014", held_on: "2014-03-11", summons_sent_on: "2014-03-06"),
    (id: "<img src=x onerror=alert(1)> & \"fest\"", held_on: "2014-05-20", summons_sent_on: "2014-05-01"),
    (id: "=autumn|`x`", held_on: "2014-10-01", summons_sent_on: None),
    (id: "%0A::error::\u{1b}[31m", held_on: "2014-06-20", summons_sent_on: None),
  ],
)"#;

/// What is told of the facts of the club, in which an id holds a character that terminals obey.
pub const HIDDEN_IN_THE_CLUB: &str = "2014.ron:8:5: warning[hidden-character]: the id contains a control character (U+001B)\n    help: remove it unless it is intended: it makes texts that look the same differ\nto read more: overens explain hidden-character\n";

/// The club in a folder of its own.
pub fn club(test: &str) -> PathBuf {
    folder(test, &[("club.overens", CLUB), ("2014.ron", FACTS)])
}

/// Beside the club, an agreement of which nothing is known, and one that cannot be judged.
pub fn several(test: &str) -> PathBuf {
    let choir = CLUB.replace("agreement club \"A club & its <friends>\"", "agreement choir \"A choir\"");
    let empty = r#"(agreement: "choir", as_of: "2014-06-30", complete: { "meeting": (from: "2014-01-01", through: "2014-12-31") })"#;
    folder(
        test,
        &[
            ("all/choir/choir.overens", &choir),
            ("all/choir/facts/2014.ron", empty),
            ("all/club/club.overens", CLUB),
            ("all/club/facts/2014.ron", FACTS),
            ("all/broken/broken.overens", "agreement broken \"Broken\"\n  overens 1\n  in fforce\n"),
        ],
    )
}

/// An element of a page or of an XML text.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> usize {
        self.attribute(name).and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{self:?} has no {name}"))
    }
}

/// Elements that have no end, in HTML.
const VOID: &[&str] = &["br", "meta", "wbr"];

/// All elements of a text that is well-formed: each one ended, in the right order, every attribute in quotes and only once,
/// every `&` the beginning of an escape.
pub fn elements(text: &str) -> Vec<Element> {
    let (mut found, mut open, mut rest) = (Vec::new(), Vec::<String>::new(), text);
    while let Some(at) = rest.find('<') {
        escaped(&rest[..at], open.last().map_or("", String::as_str));
        let end = at + rest[at..].find('>').unwrap_or_else(|| panic!("no end: {}", &rest[at..]));
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        match tag.chars().next() {
            Some('?' | '!') => {}
            Some('/') => assert_eq!(open.pop().as_deref(), Some(&tag[1..]), "before {}", &rest[..rest.len().min(80)]),
            _ => {
                let whole = tag.strip_suffix('/');
                let element = element(whole.unwrap_or(tag));
                if whole.is_none() && !VOID.contains(&element.name.as_str()) {
                    open.push(element.name.clone());
                }
                found.push(element);
            }
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} {rest}");
    found
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
    let mut attributes: Vec<(String, String)> = Vec::new();
    while !rest.trim().is_empty() {
        let (own, after) = rest.trim_start().split_once("=\"").unwrap_or_else(|| panic!("no quotes: {tag}"));
        let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("no end of quotes: {tag}"));
        assert!(attributes.iter().all(|(other, _)| other != own), "twice: {tag}");
        escaped(value, name);
        attributes.push((own.to_string(), value.to_string()));
        rest = after;
    }
    Element { name: name.to_string(), attributes }
}

fn escaped(text: &str, within: &str) {
    let named = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
    let bare = text.match_indices('&').find(|(at, _)| !named.iter().any(|name| text[*at..].starts_with(name)));
    assert!(bare.is_none() || within == "style", "a bare `&` in {text}");
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "a control character in {text:?}");
}

/// Each of these names is told of in a page of the documentation.
#[track_caller]
pub fn documented<'n>(page: &str, names: impl IntoIterator<Item = &'n str>) {
    for name in names {
        assert!(page.contains(&format!("`{name}`")), "the documentation does not tell of {name}");
    }
}

/// A page needs nothing from outside.
#[track_caller]
pub fn stands_alone(page: &str) {
    for outside in ["http://", "https://", "<script", "src=\""] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert_eq!(page.matches("<section").count(), page.matches("</section>").count());
}
