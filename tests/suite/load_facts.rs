//! A small agreement's records, and facts read for them: what the tests of loading share.

use overens::{
    diagnostics::Sink,
    facts::{Cell, CellId, CellValue, Facts, Row},
    load::{self, node::Node},
    model::schema::{BUILT_IN_FIELDS, End, Field, FieldId, InTime, Need, Record, RecordId, Schema, Shape, Type},
    source::{FileId, Sources, Span},
    value::{Currency, Day},
};

const NOWHERE: Span = Span { file: FileId(0), start: 0, end: 0 };

pub const ORGANISATION: RecordId = RecordId(1);
pub const MEETING: RecordId = RecordId(2);
pub const SEAT: RecordId = RecordId(3);

fn field(name: &str, ty: Type) -> Field {
    Field { name: name.to_owned(), ty, time: InTime::Once, need: Need::Optional, title: None, span: NOWHERE }
}

fn record(name: &str, plural: Option<&str>, shape: Shape, mut fields: Vec<Field>) -> Record {
    fields.extend(BUILT_IN_FIELDS.map(|(name, ty)| field(name, ty)));
    Record { name: name.to_owned(), plural: plural.map(str::to_owned), title: None, shape, fields, span: NOWHERE }
}

fn one_of(options: &[&str]) -> Type {
    Type::OneOf(options.iter().map(|option| (*option).to_owned()).collect())
}

/// The agreement's own `start_on` and `fee`; organisations, meetings held on a day, seats that last.
pub fn schema() -> Schema {
    let own = record("", None, Shape::Plain, vec![field("start_on", Type::Date), field("fee", Type::Money)]);
    let organisation = vec![
        Field { need: Need::Required, ..field("name", Type::Text) },
        Field { time: InTime::OverTime, ..field("members", Type::Number) },
        field("is_party", Type::YesNo),
        field("paid", Type::Money),
    ];
    let meeting = vec![
        field("held_on", Type::Date),
        field("kind", one_of(&["annual", "extra", "årsmöte"])),
        field("host", Type::Ref(ORGANISATION)),
        field("invited", Type::SetOf(Box::new(Type::Ref(ORGANISATION)))),
        field("topics", Type::SetOf(Box::new(Type::Text))),
        field("present", Type::Number),
    ];
    let seat = vec![field("elected_on", Type::Date), field("left_on", Type::Date)];
    let lasts = Shape::Lasts { from: FieldId(0), to: FieldId(1), end: End::Until };
    Schema {
        records: vec![
            own,
            record("organisation", Some("organisations"), Shape::Plain, organisation),
            record("meeting", None, Shape::Event { on: FieldId(0) }, meeting),
            record("seat", None, lasts, seat),
        ],
        actors: Vec::new(),
        currency: Currency::parse("SEK"),
        ..Schema::default()
    }
}

pub struct Read {
    pub facts: Facts,
    pub sources: Sources,
    /// Each finding as `file:line:column code message | other place | help`.
    pub told: Vec<String>,
    pub problems: Sink,
}

pub fn roots(files: &[(&str, &str)], sources: &mut Sources, problems: &mut Sink) -> Vec<(Node, String)> {
    let mut roots = Vec::new();
    for (name, text) in files {
        let file = sources.add(*name, text);
        roots.extend(load::read(file, name, text, problems).map(|node| (node, (*name).to_owned())));
    }
    roots
}

pub fn read(files: &[(&str, &str)]) -> Read {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let roots = roots(files, &mut sources, &mut problems);
    bound(roots, sources, problems)
}

/// The facts of trees.
pub fn bound(roots: Vec<(Node, String)>, sources: Sources, mut problems: Sink) -> Read {
    let (schema, others) = (schema(), load::Others::default());
    let whose = load::Whose { schema: &schema, agreement: Some("samverkan"), others: &others };
    let facts = load::bind(&roots, &whose, &mut problems);
    Read { told: told(&sources, &problems), facts, sources, problems }
}

pub fn told(sources: &Sources, problems: &Sink) -> Vec<String> {
    let line = |one: &overens::diagnostics::Diagnostic| {
        let place = |span| {
            let (name, at) = sources.at(span);
            format!("{name}:{}:{}", at.line, at.column)
        };
        let mut line = format!("{} {} {}", place(one.place.span), one.code.name, one.message);
        one.others.iter().for_each(|other| line += &format!(" | {} {}", place(other.span), other.words));
        line + &one.help.iter().map(|help| format!(" | {help}")).collect::<String>()
    };
    problems.sorted().into_iter().map(line).collect()
}

/// Facts in which nothing was found wrong.
#[track_caller]
pub fn good(files: &[(&str, &str)]) -> Read {
    let read = read(files);
    assert!(read.told.is_empty(), "{:#?}", read.told);
    read
}

impl Read {
    pub fn id(&self, record: RecordId, id: &str, field: &str) -> CellId {
        let schema = schema();
        let field = schema.record(record).unwrap().find_field(field).unwrap();
        CellId { record, row: self.facts.find(record, id).unwrap(), field }
    }

    /// A value as words; dated values with their days.
    pub fn value(&self, record: RecordId, id: &str, field: &str) -> String {
        let id = self.id(record, id, field);
        let column = self.facts.column(record, id.field).unwrap();
        let to = match schema().field(record, id.field).unwrap().ty.clone() {
            Type::SetOf(item) => *item,
            ty => ty,
        };
        let changes = column.changes(id.row);
        if changes.is_empty() {
            return self.words(&self.facts.cell(id), &to);
        }
        let dated = changes.iter().map(|day| {
            let value = self.words(&self.facts.cell_on(id, Day(*day)), &to);
            if Day(*day) == Day::MIN { value } else { format!("{}: {value}", Day(*day)) }
        });
        dated.collect::<Vec<_>>().join(", ")
    }

    fn words(&self, cell: &Cell, ty: &Type) -> String {
        let row = |row: Row| match ty {
            Type::Ref(to) => format!("→{}", self.facts.id(*to, row)),
            _ => "a row".to_owned(),
        };
        let item = |item: &u32| match ty {
            Type::Ref(_) => row(Row(*item)),
            _ => self.facts.words.text(overens::facts::Word(*item)).to_owned(),
        };
        match cell {
            Cell::Unknown => "?".to_owned(),
            Cell::Absent => "-".to_owned(),
            Cell::Day(day) => day.to_string(),
            Cell::Within(first, last) => format!("{first}..{last}"),
            Cell::Number(number) => number.to_string(),
            Cell::Money(money) => money.to_string(),
            Cell::Word(word) => format!("{:?}", self.facts.words.text(*word)),
            Cell::Row(one) => row(*one),
            Cell::YesNo(answer) => answer.to_string(),
            Cell::Set(items) => {
                let mut items: Vec<String> = items.iter().map(item).collect();
                items.sort();
                format!("{items:?}")
            }
            Cell::Disputed(values) => {
                let mut values: Vec<String> = values.iter().map(|(value, _)| self.claim(value, ty)).collect();
                values.sort();
                values.join(" or ")
            }
        }
    }

    fn claim(&self, value: &CellValue, ty: &Type) -> String {
        self.words(&value.as_cell(), ty)
    }

    /// Everything that is known, the rows by their ids.
    pub fn all(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (record, at) in schema().records.iter().zip(0..) {
            let of = RecordId(at);
            for row in self.facts.rows(of) {
                let id = self.facts.id(of, row).to_owned();
                let values: Vec<String> = record.fields.iter().map(|field| self.value(of, &id, &field.name)).collect();
                all.push(format!("{} {id}: {}", record.name, values.join("; ")));
            }
            all.extend(
                self.facts
                    .table(of)
                    .unwrap()
                    .complete
                    .iter()
                    .map(|span| format!("{} complete {}..{}", record.name, span.from, span.through)),
            );
        }
        all.sort();
        all
    }

    /// The words in the file at a value's place.
    pub fn place(&self, record: RecordId, id: &str, field: &str) -> &str {
        self.sources.text(self.facts.place(self.id(record, id, field)).unwrap())
    }
}
