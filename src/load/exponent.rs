//! Numbers as programs write them that keep few digits: `1e+05`. Each is written out in all its digits, and nothing is rounded.

/// More digits than this are no number that facts hold.
const MOST_DIGITS: usize = 200;

/// `-1.5e+03` as `-1500`; nothing where it is no such number, or one of very many digits.
pub(super) fn written_out(text: &str) -> Option<String> {
    let (number, power) = text.split_once(['e', 'E'])?;
    let (minus, number) = number.strip_prefix('-').map_or(("", number), |number| ("-", number));
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (sign, places) = match power.as_bytes().first()? {
        b'-' => ('-', power.get(1..)?),
        b'+' => ('+', power.get(1..)?),
        _ => ('+', power),
    };
    if whole.is_empty()
        || number.ends_with('.')
        || places.is_empty()
        || !(is_digits(whole) && is_digits(decimals) && is_digits(places))
    {
        return None;
    }
    let places = places.parse::<usize>().ok().filter(|places| *places <= MOST_DIGITS)?;
    let digits = format!("{whole}{decimals}");
    // So many digits stand before the point, or so many noughts behind it before the first.
    let (before, noughts) = match sign {
        '-' => (whole.len().saturating_sub(places), places.saturating_sub(whole.len())),
        _ => (whole.len().saturating_add(places), 0),
    };
    let digits = format!("{}{digits}{}", "0".repeat(noughts), "0".repeat(before.saturating_sub(digits.len())));
    let (whole, decimals) = digits.split_at_checked(before)?;
    let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if decimals.is_empty() { "" } else { "." };
    let out = format!("{minus}{whole}{point}{decimals}");
    (out.len() <= MOST_DIGITS).then_some(out)
}
