//! Empty fact files of an agreement, with what the policy says of each record and field where the notation has room for it.

use super::schema::{Described, is_built_in, records};
use super::visible;
use crate::model::schema::{AGREEMENT, Field, InTime, Need, Record, Schema, Type};
use crate::report::short::kind_of_value;
use crate::source::quoted;
use crate::value::Day;

/// How an empty file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    Ron,
    Json,
    Yaml,
    Csv,
    Xlsx,
}

impl Blank {
    pub const ALL: [Blank; 5] = [Blank::Ron, Blank::Json, Blank::Yaml, Blank::Csv, Blank::Xlsx];

    pub fn name(self) -> &'static str {
        match self {
            Blank::Ron => "ron",
            Blank::Json => "json",
            Blank::Yaml => "yaml",
            Blank::Csv => "csv",
            Blank::Xlsx => "xlsx",
        }
    }
}

pub fn ron(of: &Described, as_of: Option<Day>) -> String {
    let mut text = format!("// {}\n(\n  agreement: {},\n", visible::line(of.title), quoted(of.agreement));
    match as_of {
        Some(day) => text.push_str(&format!("  as_of: \"{day}\",\n")),
        None => text.push_str("  // as_of: \"2015-02-01\",\n"),
    }
    text.push_str("  // complete: { \"RECORD\": (from: \"2015-01-01\", through: \"2015-12-31\") },\n");
    for field in own(of.schema) {
        text.push_str(&format!(
            "\n  // {}\n  // {}: {},\n",
            explained(of.schema, field),
            field.name,
            sample(of.schema, field, &RON)
        ));
    }
    for (_, record) in records(of.schema) {
        text.push('\n');
        text.extend(record.title.iter().map(|title| format!("  // {}\n", visible::line(title))));
        text.push_str(&format!("  {}: [\n", record.name));
        for field in fields(record) {
            text.push_str(&format!("    // {}: {}\n", field.name, explained(of.schema, field)));
        }
        let all: Vec<String> =
            fields(record).map(|field| format!("{}: {}", field.name, sample(of.schema, field, &RON))).collect();
        text.push_str(&format!("    // (id: \"…\", {}, source: \"…\"),\n  ],\n", all.join(", ")));
    }
    text.push_str(")\n");
    text
}

pub fn yaml(of: &Described, as_of: Option<Day>) -> String {
    let mut text = format!("# {}\nagreement: {}\n", visible::line(of.title), quoted(of.agreement));
    match as_of {
        Some(day) => text.push_str(&format!("as_of: {day}\n")),
        None => text.push_str("# as_of: 2015-02-01\n"),
    }
    for field in own(of.schema) {
        text.push_str(&format!(
            "\n# {}\n# {}: {}\n",
            explained(of.schema, field),
            field.name,
            sample(of.schema, field, &YAML)
        ));
    }
    for (_, record) in records(of.schema) {
        text.push('\n');
        text.extend(record.title.iter().map(|title| format!("# {}\n", visible::line(title))));
        text.push_str(&format!("{}: []\n", record.name));
        text.push_str("#  - id: …\n");
        for field in fields(record) {
            text.push_str(&format!(
                "#    {}: {}  # {}\n",
                field.name,
                sample(of.schema, field, &YAML),
                explained(of.schema, field)
            ));
        }
        text.push_str("#    source: …\n");
    }
    text
}

/// JSON has no room for explanations; the schema gives them.
pub fn json(of: &Described, as_of: Option<Day>) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let mut lines = vec![format!("  \"agreement\": {}", text(of.agreement))];
    lines.extend(as_of.map(|day| format!("  \"as_of\": \"{day}\"")));
    lines.extend(records(of.schema).map(|(_, record)| format!("  {}: []", text(&record.name))));
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// The names of the columns of one record.
pub fn csv(record: &Record) -> String {
    let names: Vec<&str> = ["id"].into_iter().chain(columns(record).map(|field| field.name.as_str())).collect();
    format!("{}\n", names.join(","))
}

/// Fields that a table can hold, and where each row comes from.
pub(super) fn columns(record: &Record) -> impl Iterator<Item = &Field> {
    let told = |field: &&Field| !is_built_in(&field.name) || field.name == "source";
    record.fields.iter().filter(told).filter(|field| field.time == InTime::Once)
}

/// The fields that the policy declares.
fn fields(record: &Record) -> impl Iterator<Item = &Field> {
    record.fields.iter().filter(|field| !is_built_in(&field.name))
}

fn own(schema: &Schema) -> impl Iterator<Item = &Field> {
    schema.record(AGREEMENT).into_iter().flat_map(fields)
}

/// What the policy says of a field, and what it takes.
pub(super) fn explained(schema: &Schema, field: &Field) -> String {
    let mut words: Vec<String> = field.title.iter().cloned().collect();
    words.push(kind_of_value(schema, &field.ty));
    if field.need == Need::Required {
        words.push("required".to_string());
    }
    if field.time == InTime::OverTime {
        words.push("each value with the date from which it applies".to_string());
    }
    visible::line(&words.join("; "))
}

/// How a notation writes values.
struct Notation {
    text: &'static str,
    day: &'static str,
    time: &'static str,
    yes: &'static str,
    quotes: bool,
}

const RON: Notation = Notation { text: "\"…\"", day: "\"2015-02-01\"", time: "\"18:00\"", yes: "true", quotes: true };
const YAML: Notation = Notation { text: "…", day: "2015-02-01", time: "18:00", yes: "yes", quotes: false };

fn sample(schema: &Schema, field: &Field, how: &Notation) -> String {
    let value = value(schema, &field.ty, how);
    match (field.time, how.quotes) {
        (InTime::Once, _) => value,
        (InTime::OverTime, true) => format!("[(from: {}, value: {value})]", how.day),
        (InTime::OverTime, false) => format!("[{{ from: {}, value: {value} }}]", how.day),
    }
}

fn value(schema: &Schema, ty: &Type, how: &Notation) -> String {
    match ty {
        Type::Text | Type::Ref(_) => how.text.to_string(),
        Type::YesNo => how.yes.to_string(),
        Type::Number => "0".to_string(),
        Type::Money => match (schema.currency, how.quotes) {
            (Some(_), _) => "0".to_string(),
            (None, true) => "\"SEK 0\"".to_string(),
            (None, false) => "SEK 0".to_string(),
        },
        Type::Date => how.day.to_string(),
        Type::Time => how.time.to_string(),
        Type::OneOf(options) => {
            let first = options.first().map_or("", String::as_str);
            if how.quotes { quoted(first) } else { first.to_string() }
        }
        Type::SetOf(item) => format!("[{}]", value(schema, item, how)),
    }
}
