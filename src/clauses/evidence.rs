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
    let mut taken: Vec<FieldId> = Vec::new();
    for owner in owners(schema, subjects, bearer) {
        // A field that names the subject does not name its bearer too.
        if let Link::By(field) = link(schema, events, &owner)
            && !taken.contains(&field)
        {
            taken.push(field);
            let belongs = belongs(schema, events, field, &owner);
            tie(&mut linked, belongs);
        }
    }
    linked
}

/// Only those rows belong that the condition holds of, too.
fn tie(rows: &mut Collection, belongs: Cond) {
    let span = rows.span;
    let filter = std::mem::replace(&mut *rows.filter, Cond { kind: CondKind::Always, span });
    *rows.filter = match filter.kind {
        CondKind::Always => belongs,
        _ => Cond { span: filter.span, kind: CondKind::And(vec![belongs, filter]) },
    };
}

/// The weight of each that shares a cost. Rows that it counts or sums belong to the one that shares, as evidence does, where
/// nothing in it speaks of that one. `None` where nothing can tie it: then it is the same for all.
pub fn linked_weight(schema: &Schema, weight: &Expr, sharer: &Collection) -> Option<Expr> {
    let mut linked = weight.clone();
    if weight.mentions(sharer.var) {
        return Some(linked);
    }
    let owner = Owner { record: sharer.record, row: Row::Var(sharer.var) };
    tie_all(schema, &mut linked, &owner);
    linked.mentions(sharer.var).then_some(linked)
}

fn tie_all(schema: &Schema, expr: &mut Expr, owner: &Owner) {
    match &mut expr.kind {
        ExprKind::Count(of) | ExprKind::CountDifferent(_, of) | ExprKind::Sum(_, of) => tie_one(schema, of, owner),
        ExprKind::Plus(a, b) | ExprKind::Minus(a, b) | ExprKind::Times(a, b) | ExprKind::DividedBy(a, b) => {
            tie_all(schema, a, owner);
            tie_all(schema, b, owner);
        }
        ExprKind::Per { of, .. } | ExprKind::Rounded { of, .. } | ExprKind::OnDay { of, .. } => {
            tie_all(schema, of, owner);
        }
        ExprKind::Day(_) | ExprKind::Number(_) | ExprKind::Money(_) | ExprKind::Text(_) | ExprKind::YesNo(_) => {}
        ExprKind::Id(_, _) | ExprKind::Actor(_) | ExprKind::NotStated | ExprKind::Field(_) | ExprKind::Row(_) => {}
        ExprKind::YearDay { .. } | ExprKind::Shift { .. } | ExprKind::PeriodStart | ExprKind::PeriodEnd => {}
        ExprKind::TermStart(_) | ExprKind::TermEnd(_) | ExprKind::DueDayOf(_) | ExprKind::EffectOf(_) => {}
        ExprKind::TheDay(_) | ExprKind::Earliest(_, _) | ExprKind::Latest(_, _) | ExprKind::DaysBetween(_, _) => {}
        ExprKind::WholeMonthsBetween(_, _) | ExprKind::Value(_) | ExprKind::Defined { .. } => {}
        ExprKind::OfDay(_, _) | ExprKind::WorkingDaysBetween(_, _) | ExprKind::Held(_) => {}
    }
}

fn tie_one(schema: &Schema, rows: &mut Collection, owner: &Owner) {
    if let Link::By(field) = link(schema, rows, owner) {
        let belongs = belongs(schema, rows, field, owner);
        tie(rows, belongs);
    }
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
    let owners = owners(schema, &lines.subjects, bearer);
    let of_subject = matches!(lines.subjects.as_slice(), [_]);
    let told_by_subject = of_subject
        && owners
            .first()
            .is_some_and(|subject| !matches!(link(schema, events, subject), Link::None | Link::Several(_)));
    for own in owners {
        let Owner { record, row } = &own;
        let record = *record;
        let name = |record: RecordId| schema.record(record).map_or("", |record| record.name.as_str());
        let (event, owner) = (name(events.record), name(record));
        let is_bearer = matches!((bearer, row), (Some(Bearer::Each(of)), Row::Var(var)) if of.var == *var);
        match link(schema, events, &own) {
            Link::Said | Link::By(_) => {}
            // What belongs to the subject is told apart already.
            Link::Several(_) if told_by_subject && matches!(row, Row::Follow(_)) => {}
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

/// Whom an event can belong to.
struct Owner {
    record: RecordId,
    row: Row,
}

/// The rows of the subject lines, and of the bearer: its own, or the one that a field of the subject names.
fn owners(schema: &Schema, subjects: &[Collection], bearer: Option<&Bearer>) -> Vec<Owner> {
    let of_rows = |of: &Collection| Owner { record: of.record, row: Row::Var(of.var) };
    let mut owners: Vec<Owner> = match subjects {
        [only] => vec![of_rows(only)],
        _ => Vec::new(),
    };
    match bearer {
        Some(Bearer::Each(of)) => owners.push(of_rows(of)),
        Some(Bearer::Field(field)) => {
            if let Some(Type::Ref(record)) = schema.field(field.record, field.field).map(|field| &field.ty) {
                owners.push(Owner { record: *record, row: Row::Follow(Box::new(field.clone())) });
            }
        }
        Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::EachOf(_)) | None => {}
    }
    owners
}

/// Whether the condition on the events already says whose they are.
fn is_said(events: &Collection, owner: &Owner) -> bool {
    match &owner.row {
        Row::Var(var) => events.filter.mentions(*var) || events.record == owner.record,
        Row::Follow(_) | Row::Agreement | Row::Beside(_) => {
            events.record == owner.record || compares_one(&events.filter, events.var, owner.record)
        }
    }
}

/// Whether a condition compares a field of the event that names such a record.
fn compares_one(condition: &Cond, event: Var, record: RecordId) -> bool {
    let names = |expr: &Expr| {
        let own = matches!(&expr.kind, ExprKind::Field(field) if matches!(field.row, Row::Var(var) if var == event));
        own && expr.ty == Ty::Row(record)
    };
    match &condition.kind {
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(|part| compares_one(part, event, record)),
        CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => compares_one(inner, event, record),
        CondKind::Test(test) => match &test.asks {
            Asks::OneOf(left, options) => names(left) || options.iter().any(names),
            Asks::Given(_) | Asks::Before(_, _) | Asks::Less(_, _) | Asks::About { .. } => false,
            Asks::Holds(_, _) | Asks::HoldsOnly(_, _) | Asks::SameSet(_, _) | Asks::HoldsEach { .. } => false,
            Asks::In { .. } => false,
        },
        CondKind::Always | CondKind::All { .. } | CondKind::Some(_) | CondKind::Defined { .. } => false,
        CondKind::Judged { .. } => false,
    }
}

fn link(schema: &Schema, events: &Collection, owner: &Owner) -> Link {
    if is_said(events, owner) {
        return Link::Said;
    }
    let record = owner.record;
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

fn belongs(schema: &Schema, events: &Collection, field: FieldId, owner: &Owner) -> Cond {
    let span = events.span;
    // Asked nowhere else in so many words, so it shares its number with no other test.
    let number = u32::MAX.saturating_sub(match &owner.row {
        Row::Var(var) => u32::from(var.0),
        Row::Follow(_) | Row::Agreement | Row::Beside(_) => u32::from(u8::MAX).saturating_add(1),
    });
    let record = owner.record;
    let lists = |field: &crate::model::schema::Field| matches!(field.ty, Type::SetOf(_));
    let is_list = schema.field(events.record, field).is_some_and(lists);
    let field = FieldOf { row: Row::Var(events.var), record: events.record, field, span };
    if is_list {
        let asks = Asks::In { row: owner.row.clone(), set: Set::Listed(field), on: On::Then };
        let test = Test { asks, sense: Sense::Straight, same_as: number };
        return Cond { kind: CondKind::Test(test), span };
    }
    let left = Expr { kind: ExprKind::Field(field), ty: Ty::Row(record), span };
    let right = match &owner.row {
        Row::Follow(named) => ExprKind::Field(named.as_ref().clone()),
        row @ (Row::Var(_) | Row::Agreement | Row::Beside(_)) => ExprKind::Row(row.clone()),
    };
    let right = Expr { kind: right, ty: Ty::Row(record), span };
    let test = Test { asks: Asks::OneOf(left, vec![right]), sense: Sense::Straight, same_as: number };
    Cond { kind: CondKind::Test(test), span }
}
