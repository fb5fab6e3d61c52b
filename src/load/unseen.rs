//! What nobody sees in facts, and what makes them differ all the same: invisible characters in texts and ids, and ids that look
//! alike. Each is a warning; a verdict may hang on it.

use std::collections::HashMap;

use crate::{
    diagnostics::{Sink, codes},
    facts::{CellId, CellValue, Facts, Ids, Row, Table, Word, column::Column, column::Data, column::Odd},
    model::schema::{AGREEMENT, FieldId, RecordId, Schema},
    source::{Span, alike, looks_like_a_line_end, named, unseen},
};

use super::{notation::MOST_FINDINGS, wording::clip};

/// Looks through all texts that facts hold.
pub(super) fn look(facts: &Facts, schema: &Schema, problems: &mut Sink) {
    let hidden = (0..u32::try_from(facts.words.len()).unwrap_or(u32::MAX)).map(Word);
    let hidden = hidden.filter_map(|word| {
        Some((word, unseen(facts.words.text(word)).map(|(_, sign)| sign).find(|sign| !is_seen(*sign))?))
    });
    if facts.words.may_hide() {
        for (word, sign) in hidden.take(MOST_FINDINGS) {
            tell_hidden(facts, schema, (word, sign), problems);
        }
    }
    for record in (0..=u16::MAX).map(RecordId).take(schema.records.len()) {
        if record != AGREEMENT {
            ids_alike(facts, record, problems);
        }
    }
}

/// Line breaks and tabs can be seen.
fn is_seen(sign: char) -> bool {
    matches!(sign, '\n' | '\t')
}

fn tell_hidden(facts: &Facts, schema: &Schema, (word, sign): (Word, char), problems: &mut Sink) {
    for (record, table) in (0..=u16::MAX).map(RecordId).zip(&facts.tables) {
        if let Ids::Given(ids) = &table.ids
            && let Some(row) = ids.find(word)
        {
            tell(facts.row_place(record, row), ("the id", sign), true, problems);
        }
        for (field, column) in (0..=u16::MAX).map(FieldId).zip(&table.columns) {
            let Some(row) = first(column, word) else { continue };
            let name = schema.field(record, field).map_or("", |field| field.name.as_str());
            let place = facts.place(CellId { record, row, field });
            // A cell without quotes takes no more room than what it holds.
            let length = place.map(|place| place.end.saturating_sub(place.start) as usize);
            let is_bare = length == Some(facts.words.text(word).len());
            tell(place, (&format!("`{name}`"), sign), is_bare, problems);
        }
    }
}

fn tell(place: Option<Span>, (what, sign): (&str, char), is_bare: bool, problems: &mut Sink) {
    let Some(place) = place else { return };
    if is_bare && looks_like_a_line_end(sign) {
        let help =
            "use an ordinary line break between rows, or remove the character; inside quotes, it is part of the text";
        let message = format!("{what} contains {}: two rows may be read as one", named(sign));
        problems.push(codes::STRANGE_CHARACTER.at(place).say(message).help(help.to_owned()));
        return;
    }
    let help = "remove it unless it is intended: it makes texts that look the same differ";
    problems
        .push(codes::HIDDEN_CHARACTER.at(place).say(format!("{what} contains {}", named(sign))).help(help.to_owned()));
}

/// The first row of a column that has a word.
pub(super) fn first(column: &Column, word: Word) -> Option<Row> {
    let row = |at: usize| u32::try_from(at).ok().map(Row);
    let odd = column.odd.iter().find(|(_, odd)| match odd {
        Odd::Disputed(values) => values.iter().any(|(value, _)| *value == CellValue::Word(word)),
        Odd::Within(..) | Odd::Number(_) | Odd::Money(_) => false,
    });
    let plain = match &column.data {
        Data::Words(words) => words.iter().position(|one| *one == word.0).and_then(row),
        Data::Sets { starts, items, .. } => {
            let at = items.iter().position(|one| *one == word.0);
            at.and_then(|at| row(starts.partition_point(|start| *start as usize <= at).saturating_sub(1)))
        }
        Data::OverTime { starts, inner, .. } => {
            first(inner, word).and_then(|at| row(starts.partition_point(|start| *start <= at.0).saturating_sub(1)))
        }
        Data::Days(_) | Data::Numbers(_) | Data::Money { .. } | Data::Rows(_) | Data::YesNo(_) => None,
    };
    plain.or(odd.map(|(row, _)| Row(*row)))
}

/// Ids of one record that differ only by what hardly anybody sees.
fn ids_alike(facts: &Facts, record: RecordId, problems: &mut Sink) {
    let Some(table) = facts.table(record) else { return };
    let Ids::Given(ids) = &table.ids else { return };
    let mut seen: HashMap<String, Row> = HashMap::new();
    for (row, word) in (0..).map(Row).zip(ids.words()) {
        let id = facts.words.text(*word);
        let bare = id.trim();
        if let Some(other) = without_noughts(id).and_then(|number| facts.find(record, number))
            && !has_no_id(table, other)
            && let Some((place, there)) = facts.row_place(record, row).zip(facts.row_place(record, other))
        {
            let (id, other) = (clip(id), clip(facts.id(record, other)));
            let message = format!("the id `{id}` looks like `{other}`, but is a different id");
            let finding = codes::LOOKS_ALIKE.at(place).say(message).also(there, "the other id");
            problems.push(finding.help("if they are the same, write both with the same number of digits".to_owned()));
            continue;
        }
        if alike::is_plain(id) && bare == id {
            continue;
        }
        let outline = alike::outline(bare);
        let plain = facts.find(record, &outline).filter(|other| *other != row);
        let other = plain.or_else(|| seen.get(&outline).copied()).filter(|other| facts.id(record, *other) != id);
        match (other, alike::stranger(id), facts.row_place(record, row)) {
            (Some(other), _, Some(place)) => {
                let (first, second) = if other < row { (other, row) } else { (row, other) };
                let place = facts.row_place(record, second).unwrap_or(place);
                let (first_id, id) = (facts.id(record, first), facts.id(record, second));
                let message = format!("the id `{}` looks like `{}`, but is a different id", clip(id), clip(first_id));
                let finding = codes::LOOKS_ALIKE.at(place).say(message);
                let finding = match facts.row_place(record, first) {
                    Some(there) => finding.also(there, "the other id"),
                    None => finding,
                };
                problems.push(finding.help(differs(id, first_id)));
            }
            (None, Some(letter), Some(place)) => {
                let message = format!("the id `{}` mixes letters that look alike", clip(id));
                problems.push(codes::LOOKS_ALIKE.at(place).say(message).help(stands_for(letter)));
            }
            (None, None, _) | (_, _, None) => {}
        }
        seen.entry(outline).or_insert(row);
    }
}

/// Whether a row of a sheet has nothing in the column of the ids, so that its id is no more than its number.
fn has_no_id(table: &Table, row: Row) -> bool {
    let cell = table.sheets.iter().find_map(|laid| {
        let (start, ids) = laid.start(row.0).zip(laid.sheet.ids())?;
        Some(laid.sheet.cells(start).get(ids)?.text.is_empty())
    });
    cell == Some(true)
}

/// A number without the noughts ahead of it, if it has some.
fn without_noughts(id: &str) -> Option<&str> {
    let number = id.trim_start_matches('0');
    let is_one = number.len() < id.len() && !number.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    is_one.then_some(number)
}

fn differs(id: &str, other: &str) -> String {
    match alike::stranger(id).or_else(|| alike::stranger(other)) {
        Some(letter) => stands_for(letter),
        None => "if they are the same, write both the same way".to_owned(),
    }
}

fn stands_for(letter: char) -> String {
    format!("`{letter}` (U+{:04X}) is not the Latin letter it looks like", u32::from(letter))
}
