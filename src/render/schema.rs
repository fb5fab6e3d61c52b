//! The facts of an agreement as a JSON Schema (2020-12), for editors and forms. It holds each file to what the loader reads in JSON and
//! RON: names, types, words, and what people decided. What only several files together tell (fields that are required, ids that are
//! referred to) `check --facts` looks at.

use serde_json::{Map, Value};

use crate::model::schema::{AGREEMENT, BUILT_IN_FIELDS, Field, InTime, Need, Record, RecordId, Schema, Type};

/// What a schema is made of.
pub struct Described<'a> {
    pub agreement: &'a str,
    pub title: &'a str,
    pub schema: &'a Schema,
    /// The names of the clauses, for decisions, and those that they had before.
    pub clauses: Vec<String>,
}

/// The text of the schema.
pub fn json_schema(of: &Described) -> String {
    let mut text = serde_json::to_string_pretty(&root(of)).unwrap_or_default();
    text.push('\n');
    text
}

fn root(of: &Described) -> Value {
    let mut properties = Map::new();
    let mut put = |name: &str, value: Value| drop(properties.insert(name.to_string(), value));
    let own = object([("const", of.agreement.into())]);
    let several =
        object([("type", "array".into()), ("items", text()), ("contains", object([("const", of.agreement.into())]))]);
    put("agreement", any_of([own, several]));
    put("as_of", described(day(), "The as-of date of the facts"));
    put("recorded_on", described(day(), "The date on which this file was recorded; it adds to older files"));
    put("source", described(text(), "Where these facts come from"));
    put("files", described(list(Value::Object(Map::new())), "The paths of fact files that belong with this one"));
    put("complete", complete(of.schema));
    let own = of.schema.record(AGREEMENT);
    for field in own.map_or(&[][..], |own| &own.fields) {
        if !is_built_in(&field.name) {
            put(&field.name, of_field(of.schema, field));
        }
    }
    for (_, record) in records(of.schema) {
        for name in names(record) {
            let rows = list(reference(&record.name));
            put(name, titled(any_of([rows, null()]), record.title.as_deref()));
        }
    }
    for (name, own) in DECISIONS {
        put(name, any_of([list(decision(of, own)), null()]));
    }
    put("unknown_for_good", any_of([list(for_good(of.schema)), null()]));
    let known: Vec<Value> = properties.keys().map(|name| name.as_str().into()).collect();
    object([
        ("$schema", "https://json-schema.org/draft/2020-12/schema".into()),
        ("title", format!("Facts for {}", of.title).into()),
        ("type", "object".into()),
        ("required", Value::Array(Vec::new())),
        ("properties", Value::Object(properties)),
        // A file of several agreements may hold what only another of them knows.
        (
            "if",
            object([
                ("properties", object([("agreement", object([("type", "array".into())]))])),
                ("required", Value::Array(vec!["agreement".into()])),
            ]),
        ),
        ("else", alone(of.schema, known)),
        ("$defs", definitions(of.schema)),
    ])
}

/// What a file of this agreement alone may name.
fn alone(schema: &Schema, known: Vec<Value>) -> Value {
    let mut properties = Map::new();
    for (_, record) in records(schema) {
        let fields = record.fields.iter().map(|field| field.name.as_str()).chain(["id"]);
        let fields = fields.map(Value::from).collect();
        let row = object([("propertyNames", object([("enum", Value::Array(fields))]))]);
        for name in names(record) {
            properties.insert(name.to_string(), object([("items", row.clone())]));
        }
    }
    object([("propertyNames", object([("enum", Value::Array(known))])), ("properties", Value::Object(properties))])
}

fn definitions(schema: &Schema) -> Value {
    let mut all = Map::new();
    for (_, record) in records(schema) {
        let mut properties = Map::new();
        let id = described(any_of([text(), of_type("number")]), "What it is called");
        properties.insert("id".to_string(), id);
        for field in &record.fields {
            properties.insert(field.name.clone(), of_field(schema, field));
        }
        let row = object([("type", "object".into()), ("properties", Value::Object(properties))]);
        all.insert(record.name.clone(), titled(row, record.title.as_deref()));
    }
    Value::Object(all)
}

/// A field: its value, dated values, or what several sources claim.
fn of_field(schema: &Schema, field: &Field) -> Value {
    let one = value(schema, &field.ty);
    let mut all = vec![one.clone()];
    let may_be_none = field.need == Need::Optional;
    if may_be_none {
        all.push(null());
    }
    let within = if may_be_none { any_of([one, null()]) } else { one };
    let entry = |name: &str, first: Value| {
        let properties = object([(name, first), ("value", within.clone())]);
        object([
            ("type", "object".into()),
            ("properties", properties),
            ("required", Value::Array(vec!["value".into()])),
            ("additionalProperties", false.into()),
        ])
    };
    all.push(list(entry("source", text())));
    if field.time == InTime::OverTime {
        all.push(list(entry("from", day())));
    }
    let mut words = field.title.clone().unwrap_or_default();
    if field.need == Need::Required {
        words = if words.is_empty() { "required".to_string() } else { format!("{words} (required)") };
    }
    titled(any_of(all), Some(words.as_str()).filter(|words| !words.is_empty()))
}

fn value(schema: &Schema, ty: &Type) -> Value {
    match ty {
        Type::Text => text(),
        Type::YesNo => any_of([of_type("boolean"), object([("enum", Value::Array(vec!["yes".into(), "no".into()]))])]),
        Type::Number => of_type("number"),
        Type::Money => {
            let words = object([("type", "string".into()), ("pattern", "^\\s*[A-Z]{3}\\s*-?[0-9]".into())]);
            match schema.currency {
                Some(_) => any_of([of_type("number"), words]),
                None => words,
            }
        }
        Type::Date => object([("type", "string".into()), ("pattern", DAYS.into())]),
        Type::Time => object([("type", "string".into()), ("pattern", "^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$".into())]),
        Type::OneOf(options) => {
            object([("enum", Value::Array(options.iter().map(|option| option.as_str().into()).collect()))])
        }
        Type::Ref(record) => {
            let name = schema.record(*record).map_or("", |record| &record.name);
            described(any_of([text(), of_type("number")]), &format!("the id of a record of {name}"))
        }
        Type::SetOf(item) => list(value(schema, item)),
    }
}

/// A day, a month, a year, or some day between two.
const DAYS: &str = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$";

// ---- what every file may say ----

fn complete(schema: &Schema) -> Value {
    let span = object([
        ("type", "object".into()),
        ("properties", object([("from", day()), ("through", day())])),
        ("required", Value::Array(vec!["from".into(), "through".into()])),
        ("additionalProperties", false.into()),
    ]);
    let spans = any_of([span.clone(), list(span), null()]);
    let all = records(schema).flat_map(|(_, record)| names(record)).map(|name| (name, spans.clone()));
    let table = object([("type", "object".into()), ("properties", object(all))]);
    described(any_of([table, null()]), "The dates for which the list is complete, by record")
}

const DECISIONS: [(&str, &str); 3] = [("judgement", "outcome"), ("attestation", "holds"), ("waiver", "until")];

fn decision(of: &Described, own: &str) -> Value {
    let clauses: Vec<Value> = of.clauses.iter().map(|name| name.as_str().into()).collect();
    // A clause may stand with its agreement's name before it, `club.summons`.
    let named = object([("type", "string".into()), ("pattern", "\\.".into())]);
    let clause = any_of([object([("enum", Value::Array(clauses))]), named]);
    let label = || any_of([text(), of_type("number"), null()]);
    let answer = match own {
        "outcome" => {
            object([("enum", Value::Array(["kept", "late", "broken", "not applicable"].map(Value::from).to_vec()))])
        }
        "holds" => any_of([of_type("boolean"), object([("enum", Value::Array(vec!["yes".into(), "no".into()]))])]),
        _ => any_of([day(), null()]),
    };
    let mut required: Vec<Value> = ["clause", "by", "on"].map(Value::from).to_vec();
    required.extend((own == "outcome").then(|| own.into()));
    let properties = object([
        ("clause", clause),
        ("subject", label()),
        ("bearer", label()),
        ("period", label()),
        ("by", text()),
        ("on", day()),
        (own, answer),
        ("reasons", any_of([text(), null()])),
        ("id", label()),
        ("source", any_of([text(), null()])),
        ("recorded_on", any_of([object([("type", "string".into()), ("pattern", DAYS.into())]), null()])),
    ]);
    object([
        ("type", "object".into()),
        ("properties", properties),
        ("required", Value::Array(required)),
        ("additionalProperties", false.into()),
    ])
}

fn for_good(schema: &Schema) -> Value {
    let names: Vec<Value> = records(schema).flat_map(|(_, record)| names(record)).map(Value::from).collect();
    let properties = object([
        ("record", object([("enum", Value::Array(names))])),
        ("id", any_of([text(), of_type("number")])),
        ("field", text()),
        ("reason", text()),
        ("by", text()),
        ("on", day()),
    ]);
    object([
        ("type", "object".into()),
        ("properties", properties),
        ("required", Value::Array(["reason", "by", "on"].map(Value::from).to_vec())),
        ("additionalProperties", false.into()),
    ])
}

// ---- parts ----

/// The records but for the agreement itself.
pub(super) fn records(schema: &Schema) -> impl Iterator<Item = (RecordId, &Record)> {
    (0..=u16::MAX).map(RecordId).zip(&schema.records).skip(1)
}

fn names(record: &Record) -> impl Iterator<Item = &str> {
    std::iter::once(record.name.as_str()).chain(record.plural.as_deref())
}

pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN_FIELDS.iter().any(|(built_in, _)| *built_in == name)
}

fn object<'n>(entries: impl IntoIterator<Item = (&'n str, Value)>) -> Value {
    Value::Object(entries.into_iter().map(|(name, value)| (name.to_string(), value)).collect())
}

fn any_of(all: impl IntoIterator<Item = Value>) -> Value {
    object([("anyOf", Value::Array(all.into_iter().collect()))])
}

fn list(items: Value) -> Value {
    object([("type", "array".into()), ("items", items)])
}

fn reference(name: &str) -> Value {
    object([("$ref", format!("#/$defs/{name}").into())])
}

fn of_type(name: &str) -> Value {
    object([("type", name.into())])
}

fn text() -> Value {
    of_type("string")
}

fn null() -> Value {
    of_type("null")
}

fn day() -> Value {
    object([("type", "string".into()), ("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$".into())])
}

fn described(mut of: Value, words: &str) -> Value {
    if let Some(entries) = of.as_object_mut() {
        entries.insert("description".to_string(), words.into());
    }
    of
}

fn titled(of: Value, words: Option<&str>) -> Value {
    match words {
        Some(words) => described(of, words),
        None => of,
    }
}
