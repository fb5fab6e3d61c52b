//! Facts out of trees: what the files say, held against the records of an agreement.
//! What does not fit is told; what fits is kept all the same, so that one look finds all mistakes.

use crate::{
    diagnostics::Sink,
    facts::{Facts, Ids, Table, ids::Given},
    model::schema::{AGREEMENT, RecordId, Schema},
    source::{Coded, FileId, Span},
};

use super::{
    columns, csv, decisions, finer, for_good, head,
    lists::{self, Contents},
    node::Node,
    others::{Others, agreements},
    percents,
    reading::Reading,
    rows::{self, Disagreement, Written},
    shown, swapped, unseen,
};

/// Whose facts are read.
#[derive(Clone, Copy)]
pub struct Whose<'a> {
    pub schema: &'a Schema,
    /// What the facts should say they belong to.
    pub agreement: Option<&'a str>,
    /// The agreements that share some of the files.
    pub others: &'a Others,
}

/// Makes facts of one or several files, each with its name as it was given. They belong together: an id of one file is
/// known in all. The facts are good only if no error was found.
pub fn bind(roots: &[(Node, String)], whose: &Whose, problems: &mut Sink) -> Facts {
    loop {
        let mut found = Sink::default();
        // A text that was misread has been fetched whole, and is not misread again.
        if let Some(facts) = read(roots, whose, &mut found) {
            problems.extend(found);
            return facts;
        }
    }
}

fn read(written: &[(Node, String)], whose: &Whose, problems: &mut Sink) -> Option<Facts> {
    let written = &*csv::once(written, whose.schema, problems);
    let settled = csv::settle(written, whose.schema, problems);
    let roots: Vec<&(Node, String)> = settled.iter().map(|root| &**root).collect();
    for sheet in csv::sheets(written).filter(|sheet| sheet.text.coded() == Some(Coded::Windows1252)) {
        problems.push(csv::no_utf_8(sheet.file));
    }
    let mut facts = Facts {
        names: roots.iter().map(|(_, name)| name.clone()).filter(|name| !name.is_empty()).collect(),
        shared: roots.iter().filter(|(root, _)| serves_several(root)).map(|(root, _)| root.span.file).collect(),
        tables: vec![Table::default(); whose.schema.records.len()],
        ..Facts::default()
    };
    let mut reading = Reading::new(whose, &mut facts, problems);
    let contents = lists::sort(&mut reading, &roots);
    head::agreement(&mut reading, &contents.agreements, whose.agreement);
    head::as_of(&mut reading, &contents.as_of);
    head::recorded_on(&mut reading, &contents.recorded_on);
    let ids = (0..=u16::MAX).map(RecordId).zip(&contents.records).skip(1);
    let mut numbered: Vec<(RecordId, Vec<Written>)> = Vec::new();
    for (record, lists) in ids {
        match contents.sheets(record) {
            Some(sheets) if csv::refers(whose.schema, record) => csv::number(&mut reading, record, sheets),
            Some(sheets) => csv::fill(&mut reading, record, sheets),
            None => {
                if let Some(sheets) = contents.all_sheets(record) {
                    csv::look(&mut reading, record, sheets);
                }
                let rows = rows::number(&mut reading, record, lists);
                if let Some(table) = reading.facts.tables.get_mut(usize::from(record.0)) {
                    table.joined = csv::joined(written, (whose.schema, record), &rows);
                }
                numbered.push((record, rows));
            }
        }
    }
    own_row(&mut reading, &contents, roots.first().map(|(root, _)| root.span));
    let mut numbered = numbered.iter().peekable();
    for record in (0..=u16::MAX).map(RecordId).take(whose.schema.records.len()).skip(1) {
        if let Some(sheets) = contents.sheets(record) {
            if csv::refers(whose.schema, record) {
                csv::fill(&mut reading, record, sheets);
            }
        } else if let Some((_, rows)) = numbered.next_if(|(next, _)| *next == record) {
            columns::fill(&mut reading, record, rows);
        }
    }
    head::complete(&mut reading, &contents.complete);
    decisions::read(&mut reading, &contents);
    for_good::read(&mut reading, &contents);
    reading.end();
    let (misread, percents) = (reading.misread, std::mem::take(&mut reading.percents));
    let swaps = std::mem::take(&mut reading.swaps);
    unseen::look(&facts, whose.schema, problems);
    finer::look(&facts, whose.schema, problems);
    shown::look(&facts, whose.schema, csv::sheets(written), problems);
    percents::look((&facts, whose.schema), &percents, csv::sheets(written), problems);
    swapped::look((&facts, whose.schema), &swaps, csv::sheets(written), problems);
    (!misread).then_some(facts)
}

fn serves_several(root: &Node) -> bool {
    agreements(root).it.len() > 1
}

/// The agreement's own facts: one row without a name.
fn own_row(reading: &mut Reading, contents: &Contents, root: Option<Span>) {
    // Without a file, it stands nowhere.
    let span = root.unwrap_or(Span::new(FileId(0), 0, 0));
    let word = reading.facts.words.take("");
    let Some(table) = reading.facts.tables.get_mut(usize::from(AGREEMENT.0)) else { return };
    let mut ids = Given::default();
    ids.push(word);
    *table = Table { rows: 1, ids: Ids::Given(ids), places: root.into_iter().collect(), ..Table::default() };
    let sources = &contents.own_sources;
    let different = sources.iter().collect::<std::collections::BTreeSet<_>>().len() == sources.len();
    let disagreement = if different && !sources.contains(&None) { Disagreement::Fine } else { Disagreement::Mistake };
    columns::fill(
        reading,
        AGREEMENT,
        &[Written { span, places: Vec::new(), entries: contents.own.clone(), disagreement }],
    );
}
