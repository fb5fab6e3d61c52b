//! One value of a fact file, read as the type that its field has.
//! A value is a list of claims: nearly always one, several when sources disagree.

use std::collections::HashSet;

use crate::{
    diagnostics::codes,
    facts::{CellValue, Row},
    model::schema::{RecordId, Type},
    source::Span,
    value::{Currency, Day, Money, Number},
};

use super::{
    cells, clock_times, items, meant,
    node::{Node, NodeKind, Style},
    others::Sort,
    plain,
    reading::{Entries, Reading, Unknown, is_ditto},
    wording::{clip, folded, listed, looks, nfc, whole},
};

/// What sources say of a value, each with the place of what it says.
pub(super) type Claims = Vec<(CellValue, Span)>;

/// How many sources may tell of one record or value.
pub(super) const MOST_SOURCES: usize = 16;

/// What a value is wanted for.
#[derive(Clone, Copy)]
pub(super) struct Slot<'s> {
    pub record: RecordId,
    /// The field's name.
    pub name: &'s str,
    pub ty: &'s Type,
}

/// The way out for a time with a day before it in a spreadsheet.
const BEHIND_A_DAY: &str = "the value of the cell is more than 24 hours or has a date, even if its format shows only the time: write the time of day alone";

impl Reading<'_> {
    /// A value, or a list of `(value: …, source: "…")`. What cannot be read is told, and claims nothing.
    pub fn claims(&mut self, slot: Slot, node: &Node) -> Claims {
        let Some(sourced) = entries_with("value", node) else {
            return self.value(slot, node).map(|value| (value, node.span)).into_iter().collect();
        };
        if sourced.len() > MOST_SOURCES {
            self.too_many(slot.name, node.span);
            return Claims::new();
        }
        sourced.iter().filter_map(|one| self.sourced(slot, one)).collect()
    }

    pub fn too_many(&mut self, name: &str, span: Span) {
        let message = format!("more than {MOST_SOURCES} sources give a value for `{}`", clip(name));
        let help = "keep only the relevant ones".to_owned();
        self.tell(codes::TOO_MANY_SOURCES.at(span).say(message).help(help));
    }

    /// `(value: …, source: "…")`.
    fn sourced(&mut self, slot: Slot, node: &Node) -> Option<(CellValue, Span)> {
        let entries = self.parts(slot.name, node, &["value", "source"])?;
        if let Some(source) = part(entries, "source") {
            self.text("source", source);
        }
        let Some(value) = part(entries, "value") else {
            let message = format!("missing `value` for `{}`", slot.name);
            self.tell(codes::REQUIRED_MISSING.at(node.span).say(message));
            return None;
        };
        self.value(slot, value).map(|read| (read, value.span))
    }

    /// The entries of a record that may only have these.
    pub fn parts<'n>(&mut self, name: &str, node: &'n Node, known: &[&str]) -> Option<Entries<'n>> {
        let NodeKind::Map(entries) = &node.kind else {
            self.wrong(name, node, "a list of records", "write each entry of the list the same way");
            return None;
        };
        for (key, _) in entries {
            if !known.contains(&nfc(&key.it).as_ref()) {
                let help = self.way_out(&key.it, known, "the keys are");
                let message = format!("unknown key `{}`", clip(&key.it));
                self.tell(codes::FACTS_UNKNOWN_FIELD.at(key.span).say(message).help(help));
            }
        }
        Some(entries)
    }

    fn value(&mut self, slot: Slot, node: &Node) -> Option<CellValue> {
        match &node.kind {
            NodeKind::None => Some(CellValue::Absent),
            NodeKind::Plain(text, Style::Cell(dialect)) => {
                if let Some(why) = cells::error(text) {
                    self.cell_error(text, why, node.span);
                    return None;
                }
                if is_ditto(text, dialect) {
                    self.ditto(text, node.span);
                    return None;
                }
                self.typed(slot, node)
            }
            NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::Plain(..) => self.typed(slot, node),
            NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => self.typed(slot, node),
        }
    }

    fn typed(&mut self, slot: Slot, node: &Node) -> Option<CellValue> {
        match slot.ty {
            Type::Text => self.words(slot, node),
            Type::YesNo => self.yes_no(slot.name, node).map(CellValue::YesNo),
            Type::Number => self.number(slot, node),
            Type::Money => self.money(slot, node).map(CellValue::Money),
            Type::Date => self.days(slot.name, node).map(|days| match days.exact() {
                Some(day) => CellValue::Day(day),
                None => CellValue::Within(days.first, days.last),
            }),
            Type::Time => self.time(slot, node),
            Type::OneOf(options) => self.option(slot, options, node),
            Type::Ref(record) => self.reference(slot, *record, node),
            Type::SetOf(item) => self.set(Slot { ty: item, ..slot }, node),
        }
    }

    fn words(&mut self, slot: Slot, node: &Node) -> Option<CellValue> {
        if let NodeKind::Plain(text, Style::Cell(dialect)) = &node.kind {
            self.text_in_cell(slot.name, text, dialect, node.span);
        }
        match &node.kind {
            NodeKind::Text(text) | NodeKind::Plain(text, _) => {
                return Some(CellValue::Word(self.facts.words.take(&nfc(text))));
            }
            NodeKind::Number(digits) => {
                let help = format!("put text in quotes: `\"{}\"`", clip(digits));
                self.wrong(slot.name, node, "text", help);
            }
            NodeKind::None | NodeKind::Bool(_) | NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => {
                self.wrong(slot.name, node, "text", "put text in quotes");
            }
        }
        None
    }

    fn number(&mut self, slot: Slot, node: &Node) -> Option<CellValue> {
        match &node.kind {
            NodeKind::Number(digits) => return Number::parse(digits).map(CellValue::Number),
            NodeKind::Text(text) if Number::parse(text).is_some() => {
                let help = meant::in_thousands(text);
                let help =
                    help.unwrap_or_else(|| format!("write it without quotes: `{}`", clip(&meant::unspaced(text))));
                self.wrong(slot.name, node, "a number", help);
            }
            NodeKind::Plain(text, style) => return self.plain_number(slot, text, style, node),
            NodeKind::None
            | NodeKind::Bool(_)
            | NodeKind::Text(_)
            | NodeKind::List(_)
            | NodeKind::Map(_)
            | NodeKind::Sheet(_) => {
                let help = node.as_text().and_then(|text| meant::in_thousands(text).or_else(|| meant::number(text)));
                let help = help.unwrap_or_else(|| "write a number such as `12` or `12.5`, without quotes".to_owned());
                self.wrong(slot.name, node, "a number", help);
            }
        }
        None
    }

    fn time(&mut self, slot: Slot, node: &Node) -> Option<CellValue> {
        let dialect = if let NodeKind::Plain(_, Style::Cell(dialect)) = &node.kind { Some(dialect) } else { None };
        let (in_cell, is_value) = (dialect.is_some(), dialect.is_some_and(|dialect| dialect.is_of_values));
        let read = |text: &str| match (is_value, in_cell) {
            (true, _) => clock_times::in_value(text),
            (false, true) => clock_times::in_cell(text),
            (false, false) => clock_times::in_quotes(text),
        };
        let time = node.as_text().and_then(read);
        match (&time, node.as_text()) {
            (Some(_), _) => {}
            (None, Some(text)) => {
                let message = format!("expected a time of day for `{}`, found `{}`", slot.name, clip(text));
                let hours = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && is_value;
                let help = meant::time(text).filter(|_| !hours);
                let help = help.unwrap_or_else(|| "write a time such as `\"13:00\"`".to_owned());
                let help = if in_cell { help.replace('"', "") } else { help };
                let help = match is_value && cells::timed(text).is_some() {
                    true => BEHIND_A_DAY.to_owned(),
                    false => help,
                };
                let nothing = meant::nothing(text).filter(|_| in_cell);
                self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help).help(nothing));
            }
            (None, None) => {
                self.wrong(slot.name, node, "a time of day", "write a time such as `\"13:00\"`, in quotes");
            }
        }
        time.map(|time| CellValue::Number(time.minutes()))
    }

    fn money(&mut self, slot: Slot, node: &Node) -> Option<Money> {
        let currency = self.schema.currency;
        match &node.kind {
            NodeKind::Number(digits) => self.bare_amount(slot, digits, Number::parse(digits)?, node.span),
            NodeKind::Plain(text, Style::Cell(dialect)) => self.money_in_cell(slot, text, dialect, node.span),
            NodeKind::Plain(text, Style::Yaml) if plain::yaml_number(text).is_some() => {
                self.bare_amount(slot, text, plain::yaml_number(text)?, node.span)
            }
            NodeKind::Text(text) | NodeKind::Plain(text, Style::Yaml) => {
                let read = money_text(text.trim());
                if let Some(help) = read.as_ref().and_then(|money| meant::thousands_of(text, money.currency)) {
                    let message = format!("expected an amount for `{}`, found `{}`", slot.name, clip(text));
                    self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help));
                    return None;
                }
                if let Some(money) = &read {
                    self.known_currency(slot, money.currency, node.span);
                }
                if read.is_none() {
                    let message = format!("expected an amount for `{}`, found `{}`", slot.name, clip(text));
                    // A number in quotes is nothing but a number once they are gone.
                    let is_quoted = matches!(&node.kind, NodeKind::Text(_)) && Number::parse(text.trim()).is_some();
                    let instead = meant::in_thousands(text).or_else(|| meant::number(text));
                    let help = match currency.filter(|_| is_quoted) {
                        Some(currency) => {
                            let text = meant::unspaced(text);
                            format!("write it without quotes, `{text}`, or with its currency, `\"{currency} {text}\"`")
                        }
                        None => money_help(currency),
                    };
                    self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help).help(instead));
                }
                read
            }
            NodeKind::None | NodeKind::Bool(_) | NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => {
                self.wrong(slot.name, node, "an amount", money_help(currency));
                None
            }
        }
    }

    /// An amount in a currency of which the policy says nothing can be held against no amount of it.
    pub(super) fn known_currency(&mut self, slot: Slot, currency: Currency, at: Span) {
        let known = &self.schema.currencies;
        if known.is_empty() || known.contains(&currency) {
            return;
        }
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        let message = format!("`{}` is in {currency}, but the agreement uses only {}", slot.name, known.join(", "));
        let help = format!("write it in {}; there is no exchange rate to convert it", known.join(" or "));
        self.tell(codes::FACTS_OTHER_CURRENCY.at(at).say(message).help(help));
    }

    /// Digits without a currency are in the agreement's.
    pub(super) fn bare_amount(&mut self, slot: Slot, digits: &str, amount: Number, at: Span) -> Option<Money> {
        let currency = self.schema.currency;
        if currency.is_none() {
            let message = format!("cannot determine the currency of `{}`", slot.name);
            let help = format!(
                "write it with its currency, `\"SEK {}\"`; an amount can go without one only if the agreement has a single currency throughout",
                clip(digits)
            );
            self.tell(codes::FACTS_WRONG_TYPE.at(at).say(message).help(help));
        }
        currency.map(|currency| Money::new(amount, currency))
    }

    fn option(&mut self, slot: Slot, options: &[String], node: &Node) -> Option<CellValue> {
        let names: Vec<&str> = options.iter().map(String::as_str).collect();
        let Some(text) = node.as_text() else {
            let help = listed(&names).map(|names| format!("the options are {names}, in quotes"));
            let message = format!("expected one of the options for `{}`, found {}", slot.name, looks(node));
            self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help));
            return None;
        };
        let text = nfc(text);
        // A word of another agreement is known, and is none of the words of this one.
        if names.contains(&text.as_ref()) || self.is_anothers_option(slot, &text, node.span) {
            return Some(CellValue::Word(self.facts.words.take(&text)));
        }
        if let NodeKind::Plain(_, Style::Cell(dialect)) = &node.kind
            && let Some((option, said)) = cells::option(&text, options, dialect)
        {
            if !said {
                self.guessed_option(&text, option, node.span);
            }
            return Some(CellValue::Word(self.facts.words.take(option)));
        }
        if let NodeKind::Plain(_, Style::Cell(dialect)) = &node.kind
            && let Some((_, meant)) = dialect.words.iter().find(|(word, _)| *word == folded(&text))
        {
            let message = format!(
                "`{}` cannot be `{}`, which `words` maps to `{}`: that is not one of the options",
                slot.name,
                clip(&text),
                clip(meant)
            );
            let help = listed(&names).map(|names| format!("correct the file's `words`; the options are {names}"));
            self.tell(codes::FACTS_UNKNOWN_OPTION.at(node.span).say(message).help(help));
            return None;
        }
        let nothing = meant::nothing(&text).filter(|_| matches!(&node.kind, NodeKind::Plain(_, Style::Cell(_))));
        match nothing {
            Some(help) => {
                let message = format!("`{}` cannot be `{}`", slot.name, clip(&text));
                self.tell(codes::FACTS_UNKNOWN_OPTION.at(node.span).say(message).help(help));
            }
            None => self.unknown_option(slot, &names, (&text, node)),
        }
        None
    }

    fn is_anothers_option(&self, slot: Slot, text: &str, at: Span) -> bool {
        let record = self.schema.record(slot.record);
        record.is_some_and(|record| self.is_anothers(Sort::OptionsOf(record, slot.name), text, at))
    }

    fn unknown_option(&mut self, slot: Slot, names: &[&str], (text, node): (&str, &Node)) {
        let Some(record) = self.schema.record(slot.record) else { return };
        let in_cell = matches!(&node.kind, NodeKind::Plain(_, Style::Cell(_)));
        // What looks like a list is no word for one of the options.
        let or = match (self.separated(slot, node), whole(text).filter(|_| in_cell)) {
            (Some(separated), _) => Some(separated),
            (None, Some(word)) => {
                Some(format!("set what the word means in the file's `files` entry: `words: {{ \"{word}\": \"…\" }}`"))
            }
            (None, None) => None,
        };
        let message = format!("`{}` cannot be `{}`", slot.name, clip(text));
        self.unknown(Unknown {
            sort: Sort::OptionsOf(record, slot.name),
            wrong: text,
            what: format!("the value of `{}`, `{}`,", slot.name, clip(text)),
            names,
            are: "the options are",
            finding: codes::FACTS_UNKNOWN_OPTION.at(node.span).say(message),
            or,
        });
    }

    /// The way out for a cell of a set that seems to hold several items.
    fn separated(&self, slot: Slot, node: &Node) -> Option<String> {
        let NodeKind::Plain(text, Style::Cell(_)) = &node.kind else { return None };
        let record = self.schema.record(slot.record)?;
        let field = record.fields.get(usize::from(record.find_field(slot.name)?.0))?;
        if matches!(field.ty, Type::SetOf(_)) { items::way_out(text) } else { None }
    }

    fn reference(&mut self, slot: Slot, record: RecordId, node: &Node) -> Option<CellValue> {
        let schema = self.schema;
        let to = schema.record(record).map_or("", |record| &record.name);
        let id = match &node.kind {
            NodeKind::Text(text) | NodeKind::Plain(text, _) => nfc(text),
            NodeKind::Number(digits) => digits.into(),
            NodeKind::None | NodeKind::Bool(_) | NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => {
                self.wrong(slot.name, node, &format!("an id of `{to}`"), "write the id in quotes");
                return None;
            }
        };
        let found = self.facts.find(record, &id);
        if found.is_none() {
            let help = self.nearest_id(record, &id);
            let named = if help.is_none() { self.with_this_name(record, &id) } else { None };
            if let Some((field, own)) = named {
                let (id, own) = (clip(&id), clip(&own));
                let message = format!("there is no `{to}` with the id `{id}`; `{id}` is the `{field}` of `{own}`");
                let help = format!("write ids here, such as `{own}` for `{id}`");
                let finding = codes::UNKNOWN_REFERENCE.at(node.span).say(message).help(help);
                self.tell_cause(format!("{} by {field} {}", slot.name, node.span.file.0), finding);
                return None;
            }
            let in_cell = matches!(&node.kind, NodeKind::Plain(_, Style::Cell(_)));
            let help = help.unwrap_or_else(|| match in_cell {
                true => format!("correct it, or add a `{to}` with this id to the facts"),
                false => format!("add `(id: \"{}\", …)` to `{to}`", clip(&id)),
            });
            let help = meant::nothing(&id).filter(|_| in_cell).or_else(|| self.separated(slot, node)).unwrap_or(help);
            let message = format!("there is no `{to}` with the id `{}`", clip(&id));
            self.tell(codes::UNKNOWN_REFERENCE.at(node.span).say(message).help(help));
        }
        found.map(CellValue::Row)
    }

    /// A set, its items by number: the same items are the same set in whatever order they were written.
    fn set(&mut self, slot: Slot, node: &Node) -> Option<CellValue> {
        let cut;
        let nodes = match &node.kind {
            NodeKind::List(nodes) => nodes,
            NodeKind::Plain(text, Style::Cell(dialect)) => {
                cut = items::in_cell(text, dialect, node.span);
                if *slot.ty == Type::Text {
                    let whole = Some((node.span, text.as_str())).filter(|_| items::is_whole(text, dialect));
                    self.items.add((node.span.file, slot.name), (cut.len() > 1, dialect.items), whole);
                }
                &cut
            }
            NodeKind::None
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::Text(_)
            | NodeKind::Plain(..)
            | NodeKind::Map(_)
            | NodeKind::Sheet(_) => {
                self.wrong(slot.name, node, "a list", "put it in `[` and `]`, even if it has only one item");
                return None;
            }
        };
        let items: Vec<Option<u32>> = nodes.iter().map(|node| self.item(slot, node)).collect();
        let mut items = items.into_iter().collect::<Option<Vec<u32>>>()?;
        items.sort_unstable();
        items.dedup();
        Some(CellValue::Set(items))
    }

    fn item(&mut self, slot: Slot, node: &Node) -> Option<u32> {
        if let (Type::Text, NodeKind::Plain(text, Style::Cell(dialect))) = (slot.ty, &node.kind)
            && let meant = items::meant(text, dialect)
            && meant != text
        {
            return Some(self.facts.words.take(&nfc(meant)).0);
        }
        let text = match self.value(slot, node)? {
            CellValue::Word(word) => return Some(word.0),
            CellValue::Row(Row(row)) => return Some(row),
            CellValue::Day(day) => day.to_string(),
            CellValue::Number(number) => number.exact_text(),
            CellValue::Money(money) => money.to_string(),
            CellValue::YesNo(answer) => if answer { "yes" } else { "no" }.to_owned(),
            CellValue::Unknown | CellValue::Absent | CellValue::Within(..) | CellValue::Set(_) => {
                let message = format!("this value is not allowed in the list `{}`", slot.name);
                let help = "a list can contain only exact values; an empty list is `[]`".to_owned();
                self.tell(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help));
                return None;
            }
        };
        Some(self.facts.words.take(&text).0)
    }

    /// Dated values, in the order of their days: a list of `(from: "…", value: …)`, or one value for all days.
    pub fn dated(&mut self, slot: Slot, node: &Node) -> Vec<(Day, Claims)> {
        if let NodeKind::Plain(_, Style::Cell(_)) = &node.kind {
            self.not_in_a_cell(slot.name, node.span);
            return Vec::new();
        }
        let Some(list) = entries_with("from", node) else {
            let no_dates = matches!(&node.kind, NodeKind::List(items) if items.is_empty());
            let is_set = matches!(slot.ty, Type::SetOf(_));
            return if no_dates && !is_set { Vec::new() } else { self.always(slot, node) };
        };
        let mut values: Vec<Dated> = list.iter().filter_map(|one| self.dated_value(slot, one)).collect();
        values.sort_by_key(|one| one.from);
        let mut together: Vec<(Day, Claims)> = Vec::new();
        let mut before: Option<Dated> = None;
        for mut value in values {
            let claims = std::mem::take(&mut value.claims);
            match (together.last_mut(), before.filter(|before| before.from == value.from)) {
                (Some((_, same_day)), Some(first)) => {
                    if !sources_differ(&first, &value) {
                        self.two_for_one_day(slot, &first, &value);
                    }
                    if same_day.len() < MOST_SOURCES {
                        same_day.extend(claims);
                    }
                }
                (_, _) => together.push((value.from, claims)),
            }
            before = Some(value);
        }
        together.into_iter().map(|(day, claims)| (day, different(claims))).collect()
    }

    fn always(&mut self, slot: Slot, node: &Node) -> Vec<(Day, Claims)> {
        let claims = different(self.claims(slot, node));
        if claims.is_empty() { Vec::new() } else { vec![(Day::MIN, claims)] }
    }

    fn dated_value(&mut self, slot: Slot, node: &Node) -> Option<Dated> {
        let entries = self.parts(slot.name, node, &["from", "value", "source"])?;
        let source = part(entries, "source").and_then(|source| self.text("source", source));
        let (Some(from_node), Some(value)) = (part(entries, "from"), part(entries, "value")) else {
            let message =
                format!("each value of `{}` must give `from`, the day from which it applies, and `value`", slot.name);
            let help = "write `(from: \"2013-01-01\", value: …)`".to_owned();
            self.tell(codes::REQUIRED_MISSING.at(node.span).say(message).help(help));
            return None;
        };
        let from = self.day("from", from_node)?;
        let claims = self.claims(slot, value);
        Some(Dated { from, place: from_node.span, source: source.map(|source| source.into_owned()), claims })
    }

    fn two_for_one_day(&mut self, slot: Slot, first: &Dated, second: &Dated) {
        let (first, second) = if first.place < second.place { (first, second) } else { (second, first) };
        let message = format!("`{}` has two values from {}", slot.name, second.from);
        let help = "keep the correct one; if two sources disagree, give each its `source`".to_owned();
        let finding = codes::DUPLICATE_DAY.at(second.place).say(message).label("given again here");
        self.tell(finding.also(first.place, "first given here").help(help));
    }
}

/// A value that counts from a day on.
struct Dated {
    from: Day,
    place: Span,
    source: Option<String>,
    claims: Claims,
}

fn sources_differ(one: &Dated, other: &Dated) -> bool {
    one.source.is_some() && other.source.is_some() && one.source != other.source
}

/// The claims without those that say what another has said already.
pub(super) fn different(claims: Claims) -> Claims {
    if claims.len() < 2 {
        return claims;
    }
    let mut seen = HashSet::new();
    claims.into_iter().filter(|(value, _)| seen.insert(value.clone())).collect()
}

/// The entry of that name; of two, the first.
pub(super) fn part<'n>(entries: Entries<'n>, name: &str) -> Option<&'n Node> {
    entries.iter().find(|(key, _)| key.it == name).map(|(_, node)| node)
}

/// The items of a list of records whose first has an entry of that name.
fn entries_with<'n>(name: &str, node: &'n Node) -> Option<&'n [Node]> {
    let NodeKind::List(items) = &node.kind else { return None };
    let NodeKind::Map(first) = &items.first()?.kind else { return None };
    first.iter().any(|(key, _)| key.it == name).then_some(items)
}

/// `SEK 500.00`.
fn money_text(text: &str) -> Option<Money> {
    let (currency, amount) = text.split_once([' ', '\u{a0}'])?;
    Some(Money::new(Number::parse(amount.trim())?, Currency::parse(currency)?))
}

fn money_help(currency: Option<Currency>) -> String {
    match currency {
        Some(currency) => format!("write `500.00`, or with its currency `\"{currency} 500.00\"`"),
        None => "write it with its currency, such as `\"SEK 500.00\"`".to_owned(),
    }
}
