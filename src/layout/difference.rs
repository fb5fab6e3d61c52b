//! What laying out changes in a text, as a unified diff. Only line breaks and blanks differ, so the lines of both are matched by the
//! signs that stand before their ends.

use crate::source::lines;

/// So many lines that stay are shown around those that change.
const AROUND: usize = 3;

/// Lines of both texts that hold the same words.
struct Match<'t> {
    old: Vec<&'t str>,
    new: Vec<&'t str>,
}

impl Match<'_> {
    fn stays(&self) -> bool {
        self.old == self.new
    }
}

/// The diff of two texts that differ in blanks alone; nothing where they are the same.
pub fn difference(name: &str, old: &str, new: &str) -> String {
    let matches = matched(old, new);
    let mut text = String::new();
    // The numbers of the next lines, from 1.
    let (mut at_old, mut at_new) = (1_usize, 1_usize);
    let mut rest = matches.as_slice();
    while let Some(first) = rest.iter().position(|one| !one.stays()) {
        let from = first.saturating_sub(AROUND);
        at_old = at_old.saturating_add(from);
        at_new = at_new.saturating_add(from);
        let rest_of = rest.get(from..).unwrap_or_default();
        let hunk = rest_of.get(..length_of_hunk(rest_of)).unwrap_or_default();
        if text.is_empty() {
            text.push_str(&format!("--- {name}\n+++ {name}, formatted\n"));
        }
        let (mut lines, mut count_old, mut count_new) = (String::new(), 0_usize, 0_usize);
        for one in hunk {
            count_old = count_old.saturating_add(one.old.len());
            count_new = count_new.saturating_add(one.new.len());
            let signs: &[(&str, &[&str])] = match one.stays() {
                true => &[(" ", &one.old)],
                false => &[("-", &one.old), ("+", &one.new)],
            };
            for (sign, all) in signs {
                all.iter().for_each(|line| lines.push_str(&format!("{sign}{line}\n")));
            }
        }
        text.push_str(&format!("@@ -{at_old},{count_old} +{at_new},{count_new} @@\n{lines}"));
        at_old = at_old.saturating_add(count_old);
        at_new = at_new.saturating_add(count_new);
        rest = rest_of.get(hunk.len()..).unwrap_or_default();
    }
    text
}

/// How many matches belong to the change that stands nearest, and to those that follow it closely.
fn length_of_hunk(matches: &[Match]) -> usize {
    let mut length = 0_usize;
    let mut staying = 0_usize;
    for (at, one) in matches.iter().enumerate() {
        staying = if one.stays() { staying.saturating_add(1) } else { 0 };
        if !one.stays() {
            length = at.saturating_add(1).saturating_add(AROUND);
        } else if length > 0 && staying > AROUND.saturating_mul(2) {
            break;
        }
    }
    length.min(matches.len())
}

fn matched<'t>(old: &'t str, new: &'t str) -> Vec<Match<'t>> {
    let mut found: Vec<Match> = Vec::new();
    let (mut olds, mut news) = (ended(old).peekable(), ended(new).peekable());
    let (mut signs_old, mut signs_new) = (0_usize, 0_usize);
    while olds.peek().is_some() || news.peek().is_some() {
        let mut one = Match { old: Vec::new(), new: Vec::new() };
        // A blank line matches a blank line, or nothing.
        let blank = |line: Option<&&str>| line.is_some_and(|line| line.trim().is_empty());
        match (blank(olds.peek()), blank(news.peek())) {
            (true, true) => {
                one.old.extend(olds.next());
                one.new.extend(news.next());
            }
            (true, false) => one.old.extend(olds.next()),
            (false, true) => one.new.extend(news.next()),
            (false, false) => loop {
                let (next, signs) = if signs_old <= signs_new && olds.peek().is_some() {
                    (olds.next().inspect(|line| one.old.push(line)), &mut signs_old)
                } else {
                    (news.next().inspect(|line| one.new.push(line)), &mut signs_new)
                };
                let Some(line) = next else { break };
                *signs = signs.saturating_add(line.chars().filter(|sign| !sign.is_whitespace()).count());
                if signs_old == signs_new && !one.new.is_empty() {
                    break;
                }
            },
        }
        found.push(one);
    }
    found
}

/// The lines of a text. Behind the last line break there is none.
fn ended(text: &str) -> impl Iterator<Item = &str> {
    let all: Vec<&str> = lines(text).collect();
    let count = match all.last() {
        Some(last) if last.is_empty() => all.len().saturating_sub(1),
        Some(_) | None => all.len(),
    };
    all.into_iter().take(count)
}
