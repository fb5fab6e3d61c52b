//! The nearest right name for a misspelt one.

/// "did you mean …?" for a name that is not among `names`; nothing when none is near.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest_name(wrong, names).map(|name| format!("did you mean `{name}`?"))
}

/// The name itself.
pub fn nearest_name<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = wrong.to_lowercase();
    // Only a few letters may be wrong, so that no name is offered for quite another word.
    let length = wrong.chars().count();
    let allowed = match length {
        0..=2 => 1,
        3..=8 => 2,
        _ => 3,
    };
    // What differs by more in length alone is not compared: a word may be as long as its file.
    let comparable = |name: &&str| name.chars().count().abs_diff(length) <= allowed;
    names
        .into_iter()
        // The very same name is another thing, or one of another place.
        .filter(|name| *name != wrong)
        .filter(comparable)
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= allowed && *distance < name.chars().count())
        .min()
        .map(|(_, name)| name)
}
