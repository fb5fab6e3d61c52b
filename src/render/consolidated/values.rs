//! Values with the amounts that amendments give them.

use super::Consolidated;
use crate::syntax::tree::ValueItem;
use crate::value::Day;

/// A value's declaration as it reads now; nothing when no amendment in force changes it.
pub(super) fn amended(of: &Consolidated, item: &ValueItem) -> Option<String> {
    let value = of.agreement.values.iter().find(|value| value.name == item.name.it)?;
    let new = value.amounts.iter().filter(|amount| amount.by.is_some_and(|by| of.has(by)));
    let new: Vec<_> = new.collect();
    let first = new.iter().filter_map(|amount| amount.from).min()?;
    let last_amendment = new.iter().filter_map(|amount| amount.by).max();
    // What the last amendment says takes the place of everything from its first day on.
    let kept = value.amounts.iter().filter(|amount| {
        let there = amount.by.is_none_or(|by| of.has(by));
        let from = value.amounts.iter().filter(|one| one.by == last_amendment).filter_map(|one| one.from).min();
        there && (amount.by == last_amendment || amount.from.is_none_or(|day| Some(day) < from.or(Some(first))))
    });
    let amount = |from: Option<Day>, words: &str| match from {
        Some(day) => format!("{words} from {day}"),
        None => words.to_string(),
    };
    let amounts: Vec<String> = kept.map(|one| amount(one.from, of.words(one.amount.span))).collect();
    let checked = item.last_checked.as_ref().map(|day| format!(", last checked on {}", day.it));
    Some(format!("value {} {}{}", item.name.it, amounts.join(", "), checked.unwrap_or_default()))
}
