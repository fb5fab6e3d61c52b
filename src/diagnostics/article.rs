//! The indefinite article of a name that an author chose.

const SILENT: [&str; 4] = ["heir", "honest", "honour", "hour"];
const LIKE_YOU: [&str; 7] = ["eu", "once", "one", "uni", "usa", "use", "uti"];

/// `a` or `an`, whichever belongs before this word.
pub fn article(word: &str) -> &'static str {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| word.starts_with(beginning));
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']);
    if (vowel && !begins(&LIKE_YOU)) || begins(&SILENT) { "an" } else { "a" }
}
