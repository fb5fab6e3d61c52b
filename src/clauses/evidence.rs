//! How evidence is told to be whose: a report that an organisation sends names that organisation, a summons to a meeting
//! names that meeting. The author need not say so where only one field can mean it.

use crate::diagnostics::{Sink, codes};
use crate::model::Agreement;
use crate::model::clause::{Act, Bearer, Wording};
use crate::model::expr::{
    Asks, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, On, Row, Sense, Set, Test, Ty, Var,
};
use crate::model::schema::{FieldId, RecordId, Schema, Type};

use super::kind::Reading;

/// How events are told to belong to a row.
enum Link {
    /// The condition on the events says it, or the row is of no concern to them.
    Said,
    /// By this field, the only one that can name the row.
    By(FieldId),
    /// Several fields could mean it.
    Several(Vec<String>),
    /// No field can.
    None,
}

/// The events of a clause, each of which must belong to the subject and the bearer that it counts for.
pub fn linked(schema: &Schema, events: &Collection, subjects: &[Collection], bearer: Option<&Bearer>) -> Collection {
    let mut linked = events.clone();
    for (record, var) in owners(subjects, bearer) {
        if let Link::By(field) = link(schema, events, record, var) {
            let belongs = belongs(schema, events, field, record, var);
            let span = events.span;
            let filter = std::mem::replace(&mut *linked.filter, Cond { kind: CondKind::Always, span });
            *linked.filter = match filter.kind {
                CondKind::Always => belongs,
                _ => Cond { span: filter.span, kind: CondKind::And(vec![belongs, filter]) },
            };
        }
    }
    linked
}

/// Finds evidence that cannot be told apart: a bearer whose events no field, or more than one, gives to it.
pub fn inspect(agreement: &Agreement, wording: &Wording, reading: &Reading, problems: &mut Sink) {
    let lines = reading.lines;
    let (Some(act), schema) = (&lines.act, &agreement.schema) else { return };
    let Act::Event { events, .. } = &act.it else { return };
    let bearer = lines.bearer.as_ref().or(wording.common.bearer.as_ref()).map(|bearer| &bearer.it);
    if let Some(several @ Bearer::EachOf(_)) = bearer
        && tells_the_actor(schema, events.record, several).is_none()
    {
        let event = schema.record(events.record).map_or("", |record| record.name.as_str());
        problems.push(
            codes::WHOSE_EVIDENCE
                .at(events.span)
                .say(format!("nothing in `{event}` tells which of them did it"))
                .help(format!("give `{event}` one field that names them, such as `done_by: one of city, county`")),
        );
    }
    for (record, var) in owners(&lines.subjects, bearer) {
        let name = |record: RecordId| schema.record(record).map_or("", |record| record.name.as_str());
        let (event, owner) = (name(events.record), name(record));
        let is_bearer = matches!(bearer, Some(Bearer::Each(of)) if of.var == var);
        match link(schema, events, record, var) {
            Link::Said | Link::By(_) => {}
            Link::Several(fields) => problems.push(
                codes::WHOSE_EVIDENCE
                    .at(events.span)
                    .say(format!("several fields of `{event}` name a `{owner}`, so it is not told whose it is"))
                    .help(say_which(schema, events, fields.first().map_or("", String::as_str))),
            ),
            Link::None if is_bearer => problems.push(
                codes::WHOSE_EVIDENCE
                    .at(events.span)
                    .say(format!("no field of `{event}` names a `{owner}`, so nothing tells whose it is"))
                    .help(format!("give `{event}` a field such as `{owner}: {owner}`")),
            ),
            // Evidence for a subject may be told by order alone: each subject takes the earliest that fits.
            Link::None => {}
        }
    }
}

/// How a condition tells by which field an event belongs to the one it counts for.
fn say_which(schema: &Schema, events: &Collection, field: &str) -> String {
    let record = schema.record(events.record);
    let ty =
        record.and_then(|record| record.fields.get(usize::from(record.find_field(field)?.0))).map(|field| &field.ty);
    match ty {
        Some(Type::SetOf(_)) => format!("say which: `where it is in {field}`"),
        _ => format!("say which: `where {field} is it`"),
    }
}

/// The field of the events that tells which of several actors did them: the only one whose options are all their names.
pub fn tells_the_actor(schema: &Schema, events: RecordId, bearer: &Bearer) -> Option<FieldId> {
    let Bearer::EachOf(actors) = bearer else { return None };
    let names: Vec<&str> = actors.iter().filter_map(|actor| schema.actor(*actor)).map(|it| it.name.as_str()).collect();
    let tells = |ty: &Type| names.iter().all(|name| ty.options().iter().any(|option| option == name));
    let fields = &schema.record(events)?.fields;
    let mut telling = fields.iter().enumerate().filter(|(_, field)| tells(&field.ty)).map(|(at, _)| at);
    let (at, None) = (telling.next()?, telling.next()) else { return None };
    u16::try_from(at).ok().map(FieldId)
}

/// Whom an event can belong to: the rows of the subject lines, and of the bearer.
fn owners(subjects: &[Collection], bearer: Option<&Bearer>) -> Vec<(RecordId, Var)> {
    let mut owners: Vec<(RecordId, Var)> = match subjects {
        [only] => vec![(only.record, only.var)],
        _ => Vec::new(),
    };
    if let Some(Bearer::Each(of)) = bearer {
        owners.push((of.record, of.var));
    }
    owners
}

fn link(schema: &Schema, events: &Collection, record: RecordId, var: Var) -> Link {
    if events.filter.mentions(var) || events.record == record {
        return Link::Said;
    }
    let fields = schema.record(events.record).map_or(&[][..], |record| &record.fields);
    let of_type = |ty: &Type| -> Vec<(usize, &str)> {
        let naming = fields.iter().enumerate().filter(|(_, field)| field.ty == *ty);
        naming.map(|(at, field)| (at, field.name.as_str())).collect()
    };
    // One field names the one it belongs to; without it, a field may list all those whom it counts for.
    let mut naming = of_type(&Type::Ref(record));
    if naming.is_empty() {
        naming = of_type(&Type::SetOf(Box::new(Type::Ref(record))));
    }
    match naming.as_slice() {
        [] => Link::None,
        [(at, _)] => u16::try_from(*at).map_or(Link::None, |at| Link::By(FieldId(at))),
        several => Link::Several(several.iter().map(|(_, name)| (*name).to_owned()).collect()),
    }
}

fn belongs(schema: &Schema, events: &Collection, field: FieldId, record: RecordId, var: Var) -> Cond {
    let span = events.span;
    // Asked nowhere else in so many words, so it shares its number with no other test.
    let number = u32::MAX.saturating_sub(u32::from(var.0));
    let lists = |field: &crate::model::schema::Field| matches!(field.ty, Type::SetOf(_));
    let is_list = schema.field(events.record, field).is_some_and(lists);
    let field = FieldOf { row: Row::Var(events.var), record: events.record, field, span };
    if is_list {
        let asks = Asks::In { row: Row::Var(var), set: Set::Listed(field), on: On::Then };
        let test = Test { asks, sense: Sense::Straight, same_as: number };
        return Cond { kind: CondKind::Test(test), span };
    }
    let left = Expr { kind: ExprKind::Field(field), ty: Ty::Row(record), span };
    let right = Expr { kind: ExprKind::Row(Row::Var(var)), ty: Ty::Row(record), span };
    let test = Test { asks: Asks::OneOf(left, vec![right]), sense: Sense::Straight, same_as: number };
    Cond { kind: CondKind::Test(test), span }
}
