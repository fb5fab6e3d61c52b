//! Form and addressee: `in writing` and `to BODY`, told by words that a field of the facts lists.
//! A record tells its form in a field with the option `written`, and its addressee in one with the body's name.

use super::kind::Reading;
use crate::diagnostics::{Sink, codes};
use crate::model::Agreement;
use crate::model::clause::{Act, Party};
use crate::model::schema::{FieldId, RecordId, Schema, Type};
use crate::plan::Formality;
use crate::source::Span;

/// The option that tells that something was done in writing.
const WRITTEN: &str = "written";

/// What form and addressee a clause asks of its evidence, as far as the facts can tell it.
pub fn formalities(schema: &Schema, reading: &Reading) -> Vec<Formality> {
    let Some(record) = evidence(reading) else { return Vec::new() };
    let lines = reading.lines;
    let written = lines.in_writing.map(|span| (WRITTEN.to_owned(), span));
    let addressed = lines.addressed_to.as_ref().and_then(|to| Some((body(schema, &to.it)?, to.span)));
    let asked = [written, addressed].into_iter().flatten();
    asked.filter_map(|(option, span)| formality(schema, record, option, span)).collect()
}

/// A demand on form that no field can tell would silently not be looked at.
pub fn check(agreement: &Agreement, reading: &Reading, problems: &mut Sink) {
    let (Some(span), Some(record)) = (reading.lines.in_writing, evidence(reading)) else { return };
    if field_with(&agreement.schema, record, WRITTEN).is_some() {
        return;
    }
    let name = agreement.schema.record(record).map_or("", |record| record.name.as_str());
    problems.push(
        codes::FORM_NOT_TOLD
            .at(span)
            .say(format!("`{}` requires writing, but no field of `{name}` records the form", reading.clause))
            .help(format!("give `{name}` a field such as `form: one of written, spoken`")),
    );
}

/// The record whose rows show that a clause was followed: the event, or what has the day that tells it.
fn evidence(reading: &Reading) -> Option<RecordId> {
    let lines = reading.lines;
    if let Some(field) = &lines.exercised {
        return Some(field.it.record);
    }
    match lines.act.as_ref().map(|act| &act.it) {
        Some(Act::Event { events, .. }) => Some(events.record),
        Some(Act::Dated(field)) => Some(field.record),
        Some(Act::InOrder(fields)) => fields.first().map(|field| field.record),
        Some(Act::State(_) | Act::PayShareOf(_) | Act::Words(_) | Act::Effort(_) | Act::Plain(_)) => None,
        None => reading.wording.of,
    }
}

fn body(schema: &Schema, party: &Party) -> Option<String> {
    match party {
        Party::Actor(actor) => schema.actor(*actor).map(|actor| actor.name.clone()),
        // Which of many rows it went to, no list of options can tell.
        Party::Record(_) | Party::Field(_) => None,
    }
}

fn formality(schema: &Schema, record: RecordId, option: String, span: Span) -> Option<Formality> {
    let field = field_with(schema, record, &option)?;
    Some(Formality { record, field, option, span })
}

/// The field whose options have this word.
fn field_with(schema: &Schema, record: RecordId, word: &str) -> Option<FieldId> {
    let has_word = |ty: &Type| ty.options().iter().any(|option| option == word);
    let at = schema.record(record)?.fields.iter().position(|field| has_word(&field.ty))?;
    u16::try_from(at).ok().map(FieldId)
}
