//! Values that were written without quotes, or in a cell: what they are, their field's type says.

use crate::{
    diagnostics::codes,
    facts::{CellValue, sheet::Decimal},
    source::Span,
    value::{Money, Number},
};

use super::{
    node::{Node, NodeKind, Style},
    reading::Reading,
    value::{Slot, money_text},
    wording::clip,
};

/// What stands between the items of a set in a cell.
pub(super) const BETWEEN_ITEMS: char = '|';

impl Reading<'_> {
    pub(super) fn plain_number(&mut self, slot: Slot, text: &str, style: Style, node: &Node) -> Option<CellValue> {
        let number = self.plain(text, style, node.span);
        if number.is_none() {
            let message = format!("`{}` is a number, and `{}` is none", slot.name, clip(text));
            let help = match style {
                Style::Cell(Decimal::Point) if text.contains(',') => {
                    "if the comma stands before decimals, say so where the file is named: `decimal: \",\"`"
                }
                Style::Cell(Decimal::Comma) => "write a number such as `12` or `12,5`",
                Style::Cell(_) | Style::Yaml => "write a number such as `12` or `12.5`",
            };
            self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help.to_owned()));
        }
        number.map(CellValue::Number)
    }

    /// The number that stands there, if it is one.
    pub(super) fn plain(&mut self, text: &str, style: Style, at: Span) -> Option<Number> {
        match (style, text.contains(',')) {
            (Style::Cell(Decimal::Comma), true) => with_comma(text),
            // A point would part thousands here, or come from another file.
            (Style::Cell(Decimal::Comma), false) if text.contains('.') => None,
            (Style::Cell(Decimal::Untold), true) => {
                let number = with_comma(text)?;
                self.tell_comma(at);
                Some(number)
            }
            (Style::Yaml | Style::Cell(_), _) => Number::parse(text),
        }
    }

    /// `SEK 12,50` where decimals follow a comma.
    pub(super) fn plain_money(&mut self, text: &str, style: Style, at: Span) -> Option<Money> {
        let text = text.trim();
        let (currency, amount) = text.split_once([' ', '\u{a0}'])?;
        let amount = self.plain(amount.trim(), style, at)?;
        // The currency is read as everywhere, the amount as in this file.
        money_text(&format!("{currency} 0")).map(|money| Money::new(amount, money.currency))
    }

    fn tell_comma(&mut self, at: Span) {
        let finding = codes::CSV_GUESSED
            .at(at)
            .say("the comma is taken to stand before decimals, here and in all numbers of this file")
            .help("say so where the file is named: `decimal: \",\"`, or `decimal: \".\"` if it is not".to_owned());
        self.tell_once(&format!("decimal comma {}", at.file.0), finding);
    }

    /// Dated values have no place in a cell.
    pub(super) fn not_in_a_cell(&mut self, name: &str, at: Span) {
        let message = format!("`{name}` changes over time, and a column of CSV cannot say from when each value counts");
        let help = "leave the column out, and give its values in a fact file in RON, JSON, YAML or TOML".to_owned();
        self.tell_once(&format!("over time {name} {}", at.file.0), codes::CSV_COLUMNS.at(at).say(message).help(help));
    }
}

fn with_comma(text: &str) -> Option<Number> {
    if text.contains('.') || text.matches(',').nth(1).is_some() {
        return None;
    }
    Number::parse(&text.replace(',', "."))
}

/// The items of a set in a cell, each at the place of the whole.
pub(super) fn items(text: &str, decimal: Decimal, span: Span) -> Vec<Node> {
    let items = text.split(BETWEEN_ITEMS).map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| Node { span, kind: NodeKind::Plain(item.to_owned(), Style::Cell(decimal)) }).collect()
}
