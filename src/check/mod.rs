//! Check: from what the author wrote to the resolved agreement. Every name, type, unit and day is looked at, and all
//! independent mistakes are told in one run. Which lines a kind of clause may or must have, the catalogue of kinds says.

mod alike;
mod amendments;
mod amounts;
mod calendars;
mod circles;
mod collections;
mod comparands;
mod conditions;
mod conformity;
mod counts;
mod days;
mod definitions;
mod former;
mod header;
mod lines;
mod lost;
mod names;
mod on_day;
mod order;
mod scenarios;
mod schema;
mod scope;
mod shares;
mod unused;
mod which;
mod whose_rows;
mod windows;
mod wordings;
mod written;
mod yearly;

pub use conformity::{conformity, conforms};
pub use former::{Former, as_called_today, clauses_of, former, in_slots, names_before, rename};
pub use header::{LANGUAGE, force_of};
pub use order::sort_lines;
pub use unused::unused;

use crate::diagnostics::Sink;
use crate::model::Agreement;
use crate::source::FileId;
use crate::syntax::tree::{Item, Quoted, Tree};
use crate::value::Calendar;
use lost::Lost;

/// The files that a file wants read with it, in order.
pub fn imports(tree: &Tree) -> Vec<&Quoted> {
    let imports = tree.items.iter().filter_map(|item| match item {
        Item::Import(path) => Some(path),
        Item::Record(_)
        | Item::Actors(_)
        | Item::Calendar(_)
        | Item::Fact(_)
        | Item::Define(_)
        | Item::Value(_)
        | Item::Clause(_)
        | Item::Amendment(_)
        | Item::Scenario(_) => None,
    });
    imports.collect()
}

/// Resolves a policy: the first tree, with its imports behind it, each once. Only the first one's header counts.
///
/// The agreement can be looked at even when mistakes were found: a line that is wrong is left out of its clause, and every
/// clause keeps its number. It can be judged only when there were none.
pub fn check(trees: &[Tree], problems: &mut Sink) -> Agreement {
    resolved(trees, &former(trees), Told::Yes, problems)
}

/// The same where it is known from elsewhere, too, what clauses were called before. What is wrong with that is not told.
pub fn check_with(trees: &[Tree], former: &Former, problems: &mut Sink) -> Agreement {
    resolved(trees, former, Told::No, problems)
}

/// Whether it is told what is wrong with former names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Yes,
    No,
}

fn resolved(trees: &[Tree], former: &Former, told: Told, problems: &mut Sink) -> Agreement {
    let trees = &*as_called_today(trees, former);
    let first = trees.first();
    let file = first.map_or(FileId(0), |tree| tree.file);
    let (lost, local) = (Lost::of(trees), calendars::local(trees, problems));
    let header = first.and_then(|tree| tree.agreement.as_ref());
    let settings = header::settings(file, header, (&local, &lost), problems);
    let currency = settings.currency.filter(|_| !amendments::changes_currency(trees));
    let schema = schema::schema(trees, currency, (settings.span, &lost), problems);
    let names = names::names(trees, settings, (schema, lost), former, std::mem::take(problems));
    let definitions = names.all_definitions();
    let values = names.all_values();
    let clauses = names.all_clauses();
    let amendments = names.all_amendments();
    names.amended_clauses();
    if told == Told::Yes {
        names.former_names();
    }
    names.circles();
    names.definitions_too_deep();
    names.asked_on_days(&definitions);
    names.months_without_a_rule();
    names.scenarios(trees);
    *problems = names.problems.take();
    alike::alike(trees, problems);
    let settings = names.settings;
    let mut schema = names.schema;
    schema.currencies = names.currencies.take();
    schema.currencies.extend(settings.currency);
    schema.currencies.extend(names.drafts.iter().filter_map(|draft| draft.currency));
    let is_now = |name: &str| names.clauses.iter().any(|clause| clause.name == name);
    let passed = former.iter().filter(|(name, _)| !is_now(name));
    schema.former = passed.map(|(name, now)| (name.clone(), now.clone())).collect();
    Agreement {
        name: settings.name,
        title: settings.title,
        made: settings.made,
        force: settings.force,
        first_day_stated: settings.first_day_stated,
        currency: settings.currency,
        calendar: settings.calendar.unwrap_or(Calendar::PLAIN),
        months: settings.months,
        schema,
        definitions,
        values,
        clauses,
        amendments,
        span: settings.span,
    }
}
