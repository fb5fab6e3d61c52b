//! Patterns by which verdicts are named on the command line: `*` stands for any signs, `?` for one.

use crate::report::entry::Key;
use crate::report::review::Cause;

/// Whether a verdict is meant, by `clause/subject/bearer/period` as far as it has them, or by its cause. A pattern of fewer
/// parts means all below it.
pub fn means(pattern: &str, key: &Key, cause: &Cause) -> bool {
    let path = path(key);
    fits(pattern, &path) || fits(&format!("{pattern}/*"), &path) || fits(pattern, &cause.words())
}

/// `summons/annual_2015`, `dues/famna/2015`.
pub fn path(key: &Key) -> String {
    let parts = [Some(&key.clause), key.subject.as_ref(), key.bearer.as_ref(), key.period.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("/")
}

/// Whether a text fits, from its first sign to its last.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut sign) = (0_usize, 0_usize);
    // Where the last `*` stands, and how far the text was when it was met: there another sign may be given to it.
    let mut star: Option<(usize, usize)> = None;
    while let Some(c) = text.get(sign) {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, sign));
                at = at.saturating_add(1);
            }
            Some(wanted) if wanted == c || *wanted == '?' => {
                at = at.saturating_add(1);
                sign = sign.saturating_add(1);
            }
            Some(_) | None => {
                let Some((star_at, taken)) = star else { return false };
                star = Some((star_at, taken.saturating_add(1)));
                at = star_at.saturating_add(1);
                sign = taken.saturating_add(1);
            }
        }
    }
    pattern.iter().skip(at).all(|left| *left == '*')
}
