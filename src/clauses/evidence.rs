//! How evidence is told to be whose: a report that an organisation sends names that organisation, a summons to a meeting
//! names that meeting. The author need not say so where only one field can mean it.

use crate::diagnostics::{Diagnostic, Sink, article, codes};
use crate::model::Agreement;
use crate::model::clause::{Act, Bearer, Wording};
use crate::model::expr::{
    Asks, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, On, Row, Sense, Set, Test, Ty, Var,
};
use crate::model::schema::{FieldId, RecordId, Schema, Type};

use super::kind::Reading;

/// The numbers of tests that tie events to the one whom a field names, and to actors; those to rows have the numbers of variables.
const OF_A_FIELD: u32 = 256;
const OF_ACTORS: u32 = 257;

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

/// Whom the events of a clause count for, and what is done by them.
#[derive(Clone, Copy)]
pub struct Whose<'c> {
    pub subjects: &'c [Collection],
    pub bearer: Option<&'c Bearer>,
    /// `hold`, `attend`.
    pub verb: &'c str,
}

impl Whose<'_> {
    /// Who attends is told by the field that lists those who came, not by the one that names who sends or holds something.
    fn attends(self) -> bool {
        self.verb == "attend"
    }
}

/// The events of a clause, each of which must belong to the subject and the bearer that it counts for.
pub fn linked(schema: &Schema, events: &Collection, whose: Whose) -> Collection {
    let mut linked = events.clone();
    let mut taken: Vec<FieldId> = Vec::new();
    if let Some((actors, Link::By(field))) = actors_who_came(schema, events, whose) {
        let holds = holds_all(events, field, actors);
        tie(&mut linked, holds);
    }
    for owner in owners(schema, whose) {
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

/// Why a weight is not that of the one that shares.
pub enum Untied {
    /// Nothing in it can be: it is the same for all.
    SameForAll,
    /// Several fields of the rows that it counts could name that one.
    Several(Box<Diagnostic>),
}

/// The weight of each that shares a cost. Rows that it counts or sums belong to the one that shares, as evidence does.
pub fn linked_weight(schema: &Schema, weight: &Expr, sharer: &Collection) -> Result<Expr, Untied> {
    let mut linked = weight.clone();
    let owner = Owner { record: sharer.record, row: Row::Var(sharer.var), attends: false };
    let mut several = None;
    tie_all(schema, &mut linked, &owner, &mut several);
    match several {
        Some(finding) => Err(Untied::Several(Box::new(finding))),
        None if linked.mentions(sharer.var) => Ok(linked),
        None => Err(Untied::SameForAll),
    }
}

fn tie_all(schema: &Schema, expr: &mut Expr, owner: &Owner, several: &mut Option<Diagnostic>) {
    match &mut expr.kind {
        ExprKind::Count(of) | ExprKind::CountDifferent(_, of) | ExprKind::Sum(_, of) => {
            tie_one(schema, of, owner, several)
        }
        ExprKind::Plus(a, b) | ExprKind::Minus(a, b) | ExprKind::Times(a, b) | ExprKind::DividedBy(a, b) => {
            tie_all(schema, a, owner, several);
            tie_all(schema, b, owner, several);
        }
        ExprKind::Per { of, .. } | ExprKind::Rounded { of, .. } | ExprKind::OnDay { of, .. } => {
            tie_all(schema, of, owner, several);
        }
        ExprKind::Day(_) | ExprKind::Number(_) | ExprKind::Money(_) | ExprKind::Text(_) | ExprKind::YesNo(_) => {}
        ExprKind::Id(_, _) | ExprKind::Actor(_) | ExprKind::NotStated | ExprKind::Field(_) | ExprKind::Row(_) => {}
        ExprKind::YearDay { .. }
        | ExprKind::Shift { .. }
        | ExprKind::PeriodStart
        | ExprKind::PeriodEnd
        | ExprKind::BindsFrom
        | ExprKind::BindsThrough => {}
        ExprKind::TermStart(_) | ExprKind::TermEnd(_) | ExprKind::DueDayOf(_) | ExprKind::EffectOf(_) => {}
        ExprKind::EarliestOf(_) | ExprKind::LatestOf(_) => {}
        ExprKind::TheDay(_) | ExprKind::Earliest(_, _) | ExprKind::Latest(_, _) | ExprKind::DaysBetween(_, _) => {}
        ExprKind::WholeMonthsBetween(_, _) | ExprKind::Value(_) | ExprKind::Defined { .. } => {}
        ExprKind::OfDay(_, _) | ExprKind::WorkingDaysBetween(_, _) | ExprKind::Held(_) => {}
    }
}

fn tie_one(schema: &Schema, rows: &mut Collection, owner: &Owner, several: &mut Option<Diagnostic>) {
    match link(schema, rows, owner) {
        Link::By(field) => {
            let belongs = belongs(schema, rows, field, owner);
            tie(rows, belongs);
        }
        Link::Several(fields) => *several = several.take().or(Some(several_name(schema, rows, owner, &fields))),
        Link::Said | Link::None => {}
    }
}

/// Several fields could name whom an event belongs to.
fn several_name(schema: &Schema, events: &Collection, owner: &Owner, fields: &[String]) -> Diagnostic {
    let name = |record: RecordId| schema.record(record).map_or("", |record| record.name.as_str());
    let (event, whose) = (name(events.record), name(owner.record));
    codes::WHOSE_EVIDENCE
        .at(events.span)
        .say(format!(
            "several fields of `{event}` name {} `{whose}`, so it is unclear which one it belongs to",
            article(whose)
        ))
        .help(say_which(schema, events, &owner.row, fields))
}

/// Finds evidence that cannot be told apart: a bearer whose events no field, or more than one, gives to it.
pub fn inspect(agreement: &Agreement, wording: &Wording, reading: &Reading, problems: &mut Sink) {
    let lines = reading.lines;
    let (Some(act), schema) = (&lines.act, &agreement.schema) else { return };
    let Act::Event { events, verb } = &act.it else { return };
    let bearer = lines.bearer.as_ref().or(wording.common.bearer.as_ref()).map(|bearer| &bearer.it);
    let whose = Whose { subjects: &lines.subjects, bearer, verb };
    let event = schema.record(events.record).map_or("", |record| record.name.as_str());
    let say = match telling(schema, events.record, whose) {
        Some(Link::None) => Some(format!("no field of `{event}` shows which of them did it")),
        Some(Link::Several(_)) => Some(format!("several fields of `{event}` could show which of them did it")),
        Some(Link::Said | Link::By(_)) | None => None,
    };
    if let Some(say) = say {
        let field = if whose.attends() { "came: set of one of city, county" } else { "done_by: one of city, county" };
        problems.push(codes::WHOSE_EVIDENCE.at(events.span).say(say).help(format!(
            "give `{event}` one field that names them, such as `{field}`, or write a separate clause for each of them"
        )));
    }
    if let Some((_, Link::Several(fields))) = actors_who_came(schema, events, whose) {
        let field = fields.first().map_or("", String::as_str);
        let actor = named(schema, bearer).first().map_or("", |actor| actor.as_str()).to_owned();
        problems.push(
            codes::WHOSE_EVIDENCE
                .at(events.span)
                .say(format!("several fields of `{event}` could list `{actor}`, so it is unclear who attended"))
                .help(format!("say which field, for example `where {field} has {actor}`")),
        );
    }
    if let Some((field, actor)) = names_one_of_others(schema, events, whose) {
        problems.push(
            codes::ACTS_OF_OTHERS
                .at(events.span)
                .say(format!("`{field}` of `{event}` can name `{actor}` or others, and every `{event}` counts as done by `{actor}`"))
                .help(format!("if the field shows who did it, write `where {field} is {actor}`; if all of them count, list them: `where {field} is one of …`")),
        );
    }
    let owners = owners(schema, whose);
    if let [subject, bearer] = owners.as_slice()
        && subject.record == bearer.record
        && let (Row::Var(_), Row::Var(_)) = (&subject.row, &bearer.row)
        && let (Link::By(one), Link::By(other)) = (link(schema, events, subject), link(schema, events, bearer))
        && one == other
    {
        let owner = schema.record(subject.record).map_or("", |record| record.name.as_str());
        let field = schema.field(events.record, one).map_or("", |field| field.name.as_str());
        let say = format!(
            "`{field}` of `{event}` can name the `{owner}` that it is for or the one that did it, and it is unclear which"
        );
        let help = format!("write `for each {owner}` with another bearer, or `each {owner} shall` without `for each`");
        problems.push(codes::WHOSE_EVIDENCE.at(events.span).say(say).help(help));
    }
    if *verb == "pay" {
        is_of_one(schema, events, &owners, problems);
    }
    let of_subject = matches!(lines.subjects.as_slice(), [_]);
    let told_by_subject = of_subject
        && owners
            .first()
            .is_some_and(|subject| !matches!(link(schema, events, subject), Link::None | Link::Several(_)));
    for own in owners {
        let Owner { record, row, attends } = &own;
        let owner = schema.record(*record).map_or("", |record| record.name.as_str());
        let is_bearer = matches!((bearer, row), (Some(Bearer::Each(of)), Row::Var(var)) if of.var == *var);
        match link(schema, events, &own) {
            Link::Said | Link::By(_) => {}
            // What belongs to the subject is told apart already.
            Link::Several(_) if told_by_subject && matches!(row, Row::Follow(_)) && !attends => {}
            Link::Several(fields) => problems.push(several_name(schema, events, &own, &fields)),
            Link::None if is_bearer => problems.push(
                codes::WHOSE_EVIDENCE
                    .at(events.span)
                    .say(format!(
                        "no field of `{event}` names {} `{owner}`, so it is unclear which one it belongs to",
                        article(owner)
                    ))
                    .help(format!("give `{event}` a field such as `{owner}: {owner}`")),
            ),
            // Evidence for a subject may be told by order alone: each subject takes the earliest that fits. An amount cannot be told so.
            Link::None if *verb == "pay" => problems.push(
                codes::WHOSE_EVIDENCE
                    .at(events.span)
                    .say(format!("no field of `{event}` names the `{owner}` that it is paid for or by"))
                    .help(format!("give `{event}` a field such as `{owner}: {owner}`")),
            ),
            Link::None => {}
        }
    }
}

/// What is paid is paid once: a list of those who paid does not say how much each of them did, and nothing pays for itself.
fn is_of_one(schema: &Schema, events: &Collection, owners: &[Owner], problems: &mut Sink) {
    let event = schema.record(events.record).map_or("", |record| record.name.as_str());
    for owner in owners {
        let of = schema.record(owner.record).map_or("", |record| record.name.as_str());
        let field = match link(schema, events, owner) {
            Link::By(field) => schema.field(events.record, field).filter(|field| field.ty.item().is_some()),
            Link::Said | Link::Several(_) | Link::None => None,
        };
        let say = match field {
            Some(field) => format!(
                "`{}` of `{event}` may name several, and the amount does not say what each of them paid",
                field.name
            ),
            None if owner.record == events.record => format!("a `{event}` cannot be paid by itself"),
            None => continue,
        };
        let help = format!("give `{event}` a field such as `{of}: {of}`, and record what each of them paid");
        problems.push(codes::WHOSE_EVIDENCE.at(events.span).say(say).help(help));
    }
}

/// How a condition tells by which field an event belongs to the one it counts for.
fn say_which(schema: &Schema, events: &Collection, row: &Row, fields: &[String]) -> String {
    let who = match row {
        Row::Follow(field) => schema.field(field.record, field.field).map_or("it", |field| field.name.as_str()),
        Row::Var(_) | Row::Agreement | Row::Beside(_) => "it",
    };
    let record = schema.record(events.record);
    let is_list = |name: &str| {
        let field = record.and_then(|record| record.fields.get(usize::from(record.find_field(name)?.0)));
        field.is_some_and(|field| field.ty.item().is_some())
    };
    let ways = fields.iter().map(|name| match is_list(name) {
        true => format!("`where {who} is in {name}`"),
        false => format!("`where {name} is {who}`"),
    });
    format!("say which field: {}", ways.collect::<Vec<_>>().join(" or "))
}

/// The field of the events that tells which of several actors did them: the only one whose options are all their names, or that
/// lists some of them.
pub fn tells_the_actor(schema: &Schema, events: RecordId, whose: Whose) -> Option<FieldId> {
    match telling(schema, events, whose)? {
        Link::By(field) => Some(field),
        Link::Said | Link::Several(_) | Link::None => None,
    }
}

fn telling(schema: &Schema, events: RecordId, whose: Whose) -> Option<Link> {
    let Some(Bearer::EachOf(_)) = whose.bearer else { return None };
    let names = named(schema, whose.bearer);
    Some(naming(schema, events, (whose.attends(), &[]), &|ty| is_of_all(ty, &names)))
}

fn is_of_all(ty: &Type, names: &[&String]) -> bool {
    names.iter().all(|name| ty.options().contains(name))
}

/// The names of the actors that bear a clause.
fn named<'s>(schema: &'s Schema, bearer: Option<&Bearer>) -> Vec<&'s String> {
    let actors = match bearer {
        Some(Bearer::Actor(actor)) => std::slice::from_ref(actor),
        Some(Bearer::EachOf(actors) | Bearer::Together(actors)) => actors,
        Some(Bearer::Each(_) | Bearer::Field(_)) | None => &[],
    };
    actors.iter().filter_map(|actor| schema.actor(*actor)).map(|actor| &actor.name).collect()
}

/// The field of an event that lists whether an actor, or several together, came to it. An event that nothing of the kind is
/// written of is taken to be attended by the actor that the clause speaks of, as it is held by it.
fn actors_who_came<'s>(schema: &'s Schema, events: &Collection, whose: Whose) -> Option<(Vec<&'s String>, Link)> {
    let (true, Some(Bearer::Actor(_) | Bearer::Together(_))) = (whose.attends(), whose.bearer) else { return None };
    let names = named(schema, whose.bearer);
    let lists = |field: &FieldOf| {
        let own = matches!(field.row, Row::Var(var) if var == events.var);
        let field = schema.field(field.record, field.field);
        own && field.and_then(|field| field.ty.item()).is_some_and(|item| is_of_all(item, &names))
    };
    let one = |item: &Expr| matches!(&item.kind, ExprKind::Text(text) if names.contains(&text));
    if asks_of_list(&events.filter, &lists, &one) {
        return Some((names, Link::Said));
    }
    let all = of_type(schema, events.record, &|ty| ty.item().is_some_and(|item| is_of_all(item, &names)));
    Some((names, only(&all)))
}

/// The field of an event that names the one actor that a clause speaks of, or others, where the clause does not ask what it says.
fn names_one_of_others<'s>(schema: &'s Schema, events: &Collection, whose: Whose) -> Option<(&'s str, &'s str)> {
    let (Some(Bearer::Actor(_)), false) = (whose.bearer, whose.attends()) else { return None };
    let actor = *named(schema, whose.bearer).first()?;
    let is_actor = |option: &String| schema.actors.iter().any(|actor| actor.name == *option);
    let tells = |ty: &Type| match ty {
        Type::OneOf(options) => options.len() > 1 && options.contains(actor) && options.iter().all(is_actor),
        _ => false,
    };
    let fields = of_type(schema, events.record, &tells);
    let asked = |(at, _): &(usize, &str)| u16::try_from(*at).is_ok_and(|at| asks_of_field(&events.filter, FieldId(at)));
    if fields.iter().any(asked) {
        return None;
    }
    fields.first().map(|(_, name)| (*name, actor.as_str()))
}

/// Whether a condition may ask for a field of the events.
fn asks_of_field(condition: &Cond, id: FieldId) -> bool {
    let is = |expr: &Expr| matches!(&expr.kind, ExprKind::Field(field) if field.field == id);
    match &condition.kind {
        CondKind::Always => false,
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(|part| asks_of_field(part, id)),
        CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => asks_of_field(inner, id),
        CondKind::Test(test) => match &test.asks {
            Asks::Given(field) => field.field == id,
            Asks::OneOf(one, options) => is(one) || options.iter().any(is),
            Asks::Before(..) | Asks::Less(..) | Asks::About { .. } => false,
            _ => true,
        },
        CondKind::All { .. } | CondKind::Some(_) | CondKind::Defined { .. } | CondKind::Judged { .. } => true,
    }
}

/// Whether a condition asks of a list of the event whether it holds this one.
fn asks_of_list(condition: &Cond, lists: &impl Fn(&FieldOf) -> bool, one: &impl Fn(&Expr) -> bool) -> bool {
    let named = |set: &FieldOf, items: &[Expr]| lists(set) && items.iter().any(one);
    match &condition.kind {
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(|part| asks_of_list(part, lists, one)),
        CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => asks_of_list(inner, lists, one),
        CondKind::Test(test) => match &test.asks {
            Asks::Holds(set, items) | Asks::HoldsOnly(set, items) => named(set, items),
            Asks::HoldsEach { set, options, .. } => named(set, options),
            Asks::In { row: Row::Follow(field), set: Set::Listed(set), .. } => {
                let ty = Ty::Row(field.record);
                lists(set) && one(&Expr { kind: ExprKind::Field(field.as_ref().clone()), ty, span: field.span })
            }
            Asks::In { .. } | Asks::OneOf(..) | Asks::Given(_) | Asks::Before(..) | Asks::Less(..) => false,
            Asks::About { .. } | Asks::SameSet(..) => false,
        },
        CondKind::Always | CondKind::All { .. } | CondKind::Some(_) | CondKind::Defined { .. } => false,
        CondKind::Judged { .. } => false,
    }
}

/// That a list of an event holds all of these actors.
fn holds_all(events: &Collection, field: FieldId, names: Vec<&String>) -> Cond {
    let span = events.span;
    let word = |name: &String| Expr { kind: ExprKind::Text(name.clone()), ty: Ty::Text, span };
    let set = FieldOf { row: Row::Var(events.var), record: events.record, field, span };
    let asks = Asks::Holds(set, names.into_iter().map(word).collect());
    Cond {
        kind: CondKind::Test(Test { asks, sense: Sense::Straight, same_as: u32::MAX.saturating_sub(OF_ACTORS) }),
        span,
    }
}

/// Whom an event can belong to.
struct Owner {
    record: RecordId,
    row: Row,
    /// It attends the events.
    attends: bool,
}

/// The rows of the subject lines, and of the bearer: its own, or the one that a field of the subject names.
fn owners(schema: &Schema, whose: Whose) -> Vec<Owner> {
    let attends = whose.attends();
    let of_rows = |of: &Collection, attends: bool| Owner { record: of.record, row: Row::Var(of.var), attends };
    let mut owners: Vec<Owner> = match whose.subjects {
        [only] => vec![of_rows(only, false)],
        _ => Vec::new(),
    };
    match whose.bearer {
        Some(Bearer::Each(of)) => owners.push(of_rows(of, attends)),
        Some(Bearer::Field(field)) => {
            if let Some(Type::Ref(record)) = schema.field(field.record, field.field).map(|field| &field.ty) {
                owners.push(Owner { record: *record, row: Row::Follow(Box::new(field.clone())), attends });
            }
        }
        Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::EachOf(_)) | None => {}
    }
    owners
}

/// Whether the condition on the events already says whose they are. One that only holds them against what the owner has (an amount
/// against its fee) says nothing of the kind.
fn is_said(schema: &Schema, events: &Collection, owner: &Owner) -> bool {
    match &owner.row {
        Row::Var(var) => events.names_a_row(*var) || events.record == owner.record,
        Row::Follow(_) | Row::Agreement | Row::Beside(_) => {
            let names = |ty: &Type| ty.item().and_then(Type::referred) == Some(owner.record);
            let lists = |field: &FieldOf| {
                let own = matches!(field.row, Row::Var(var) if var == events.var);
                own && schema.field(field.record, field.field).is_some_and(|field| names(&field.ty))
            };
            events.record == owner.record
                || compares_one(&events.filter, events.var, owner.record)
                || asks_of_list(&events.filter, &lists, &|item| {
                    matches!(&item.kind, ExprKind::Field(_)) && !item.mentions(events.var)
                })
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
        CondKind::Not(_) => false,
        CondKind::OnDay { of: inner, .. } => compares_one(inner, event, record),
        CondKind::Test(test) if test.sense == Sense::Opposite => false,
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
    if is_said(schema, events, owner) {
        return Link::Said;
    }
    // A field that is to name somebody else does not tell whose it is.
    let denied = events.filter.denied(events.var);
    let names = |ty: &Type| *ty == Type::Ref(owner.record);
    match (naming(schema, events.record, (owner.attends, &denied), &names), &owner.row) {
        (Link::None, _) if !denied.is_empty() => Link::Said,
        // Whom a field of an event names does others of its kind by the same field.
        (Link::Several(_), Row::Follow(named)) if named.record == events.record && !owner.attends => {
            Link::By(named.field)
        }
        // Where no field can name the row, what they have in common tells whose they are.
        (Link::None, Row::Var(var)) if events.filter.mentions(*var) => Link::Said,
        (link, _) => link,
    }
}

/// The field that names the one an event belongs to, or lists all those whom it counts for. Those who attend are listed, where there
/// is a list.
fn naming(
    schema: &Schema,
    events: RecordId,
    (attends, denied): (bool, &[FieldId]),
    names: &impl Fn(&Type) -> bool,
) -> Link {
    let asked = |(at, _): &(usize, &str)| u16::try_from(*at).is_ok_and(|at| !denied.contains(&FieldId(at)));
    let mut lists = of_type(schema, events, &|ty| ty.item().is_some_and(names));
    lists.retain(asked);
    if attends && !lists.is_empty() {
        return only(&lists);
    }
    let mut all = of_type(schema, events, names);
    all.retain(asked);
    all.extend(lists);
    only(&all)
}

/// The fields of a record that are of some type, by number and name.
fn of_type<'s>(schema: &'s Schema, record: RecordId, is: &impl Fn(&Type) -> bool) -> Vec<(usize, &'s str)> {
    let fields = schema.record(record).map_or(&[][..], |record| &record.fields);
    let all = fields.iter().enumerate().filter(|(_, field)| is(&field.ty));
    all.map(|(at, field)| (at, field.name.as_str())).collect()
}

/// The one field that can be meant.
fn only(fields: &[(usize, &str)]) -> Link {
    match fields {
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
        Row::Follow(_) | Row::Agreement | Row::Beside(_) => OF_A_FIELD,
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
