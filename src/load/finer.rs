//! Amounts in facts that are finer than their currency's smallest unit: nobody pays SEK 10.005. Each is judged as it is written; more
//! likely a decimal point is misplaced, or what was reckoned was never rounded.

use crate::{
    diagnostics::{Sink, codes},
    facts::{
        CellId, CellValue, Facts, Row,
        column::{Column, Data, NUMBER_ABSENT, NUMBER_ODD, NUMBER_UNKNOWN, Odd},
    },
    model::schema::{FieldId, RecordId, Schema},
    value::{Money, Number},
};

/// So many of a field are shown beside the first.
const MORE_SHOWN: usize = 2;

/// Looks at every amount of the facts; each field is told once.
pub(super) fn look(facts: &Facts, schema: &Schema, problems: &mut Sink) {
    for (record, table) in (0..=u16::MAX).map(RecordId).zip(&facts.tables) {
        for (field, column) in (0..=u16::MAX).map(FieldId).zip(&table.columns) {
            let all = finer(column);
            let Some((first, amount)) = all.first() else { continue };
            let at = |row: Row| facts.place(CellId { record, row, field });
            let Some(place) = at(*first) else { continue };
            let name = schema.field(record, field).map_or("", |field| field.name.as_str());
            let (currency, unit) = (amount.currency, amount.currency.unit());
            let mut message = format!(
                "`{name}` is {currency} {}, finer than the smallest unit, {currency} {unit}",
                amount.amount.exact_text()
            );
            let more = all.len().saturating_sub(1);
            if more > 0 {
                let places = if more == 1 { "place" } else { "places" };
                message.push_str(&format!("; and the same in {more} more {places}"));
            }
            let help = "check the decimals; round calculated amounts before adding them to the facts".to_owned();
            let mut finding = codes::FINER_THAN_THE_UNIT.at(place).say(message).help(help);
            for (row, _) in all.iter().skip(1).take(MORE_SHOWN) {
                finding = at(*row).into_iter().fold(finding, |finding, place| finding.also(place, "here too"));
            }
            problems.push(finding);
        }
    }
}

/// The rows of a column in which an amount is finer than its unit.
fn finer(column: &Column) -> Vec<(Row, Money)> {
    let is_finer = |money: &Money| !money.amount.is_multiple_of(&money.currency.unit());
    let mut all: Vec<(Row, Money)> = Vec::new();
    match &column.data {
        Data::OverTime { starts, inner, .. } => {
            let row = |at: Row| starts.partition_point(|start| *start <= at.0).saturating_sub(1);
            let row = |at: Row| Row(u32::try_from(row(at)).unwrap_or(u32::MAX));
            return finer(inner).into_iter().map(|(at, money)| (row(at), money)).collect();
        }
        // Of most currencies a hundredth is the unit, or more than it.
        Data::Money { currency, hundredths }
            if !Number::ONE
                .divided_by(&Number::from(100))
                .is_some_and(|hundredth| hundredth.is_multiple_of(&currency.unit())) =>
        {
            let plain = hundredths.iter().zip((0..).map(Row));
            let plain = plain.filter(|(amount, _)| !matches!(**amount, NUMBER_ABSENT | NUMBER_ODD | NUMBER_UNKNOWN));
            let money =
                plain.filter_map(|(amount, row)| Some((row, Money::new(Number::ratio(*amount, 100)?, *currency))));
            all.extend(money.filter(|(_, money)| is_finer(money)));
        }
        Data::Money { .. } => {}
        Data::Days(_) | Data::Numbers(_) | Data::Words(_) | Data::Rows(_) | Data::YesNo(_) | Data::Sets { .. } => {
            return all;
        }
    }
    for (row, odd) in &column.odd {
        let found = match odd {
            Odd::Money(money) => Some(money).filter(|money| is_finer(money)),
            Odd::Disputed(values) => values.iter().find_map(|(value, _)| match value {
                CellValue::Money(money) if is_finer(money) => Some(money),
                _ => None,
            }),
            Odd::Within(..) | Odd::Number(_) => None,
        };
        all.extend(found.map(|money| (Row(*row), money.clone())));
    }
    all.sort_by_key(|(row, _)| row.0);
    all
}
