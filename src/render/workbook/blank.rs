//! An empty workbook for the facts of an agreement: a sheet for each record, a column for each field, with the policy's explanation
//! shown at each cell and the words of `one of …` to choose from.

use std::io;

use super::book::{Book, Cell, Choice};
use crate::model::schema::{Field, Type};
use crate::render::blank::{columns, explained};
use crate::render::schema::{Described, records};

/// How wide a column is, in letters.
const WIDE: usize = 22;

/// The bytes of the workbook.
pub fn blank(of: &Described) -> io::Result<Vec<u8>> {
    let mut book = Book::new();
    for (_, record) in records(of.schema) {
        let fields: Vec<&Field> = columns(record).collect();
        let names = std::iter::once("id").chain(fields.iter().map(|field| field.name.as_str()));
        let header: Vec<Cell> = names.map(|name| Cell::Text(name.to_string())).collect();
        let choice = |field: &&Field| Choice {
            words: explained(of.schema, field),
            options: match &field.ty {
                Type::OneOf(options) => options.clone(),
                Type::YesNo => ["yes", "no"].map(str::to_string).to_vec(),
                _ => Vec::new(),
            },
        };
        let id = Choice { words: "its id: a short name that no other record has".to_string(), options: Vec::new() };
        let choices: Vec<Choice> = std::iter::once(id).chain(fields.iter().map(choice)).collect();
        let widths = vec![WIDE; header.len()];
        book.chosen(&choices);
        book.rows(&record.name, &widths, Some(1), std::iter::once(header))?;
    }
    book.end()
}
