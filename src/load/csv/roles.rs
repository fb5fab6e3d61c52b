//! What each column of a sheet gives: its heading held against the fields of a record. The heading that is written like a field
//! gives it; else the only one that differs in case and blanks alone.

use std::collections::{HashMap, HashSet};

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Heading, Sheet, Unnamed, Use},
    model::schema::{BUILT_IN_FIELDS, InTime, Record, Type},
    source::{Span, letters},
};

use super::{
    super::{
        nearly::nearly,
        wording::{clip, folded},
    },
    bulk::ID,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// A field, by its place in the record.
    Field(usize),
    /// A field that changes over time, which a cell cannot give.
    OverTime(usize),
    Id,
    /// No field is called so.
    Unknown,
    LeftOut,
}

/// The role of each column, and what is wrong with them.
pub(super) fn roles(sheet: &Sheet, record: &Record) -> (Vec<Role>, Vec<Diagnostic>) {
    let mut roles: Vec<Role> = Vec::with_capacity(sheet.header.len());
    let mut found = Vec::new();
    let fields = Fields::of(record);
    let mut first_given: HashMap<Role, (Span, usize)> = HashMap::new();
    let own = |heading: &Heading| fields.role(&heading.name, sheet.unnamed);
    let given: HashSet<Role> = sheet.header.iter().filter(|one| one.column == Use::Read).map(own).collect();
    for heading in &sheet.header {
        let role = match heading.column {
            Use::LeftOut => Role::LeftOut,
            Use::Read => own(heading),
            Use::Beside => Some(own(heading)).filter(|role| !given.contains(role)).unwrap_or(Role::LeftOut),
        };
        if let Role::Field(at) = role {
            found.extend(record.fields.get(at).into_iter().flat_map(|field| own_words(sheet, heading.span, &field.ty)));
        }
        let given = matches!(role, Role::Id | Role::Field(_) | Role::OverTime(_));
        let Some((first, at)) = first_given.get(&role).copied() else {
            if given {
                first_given.insert(role, (heading.span, roles.len()));
            }
            roles.push(role);
            continue;
        };
        let name = match role {
            Role::Field(at) | Role::OverTime(at) => record.fields.get(at).map_or("", |field| field.name.as_str()),
            Role::Id | Role::Unknown | Role::LeftOut => ID,
        };
        let (one, letter) = (letters(at), letters(roles.len()));
        let finding = codes::CSV_COLUMNS.at(heading.span).say(format!("two columns provide `{}`", clip(name)));
        let help = format!(
            "keep the right one: ignore the other by its letter, `ignore: [\"{one}\"]` or `ignore: [\"{letter}\"]`, or map it to another field: `columns: {{ \"{letter}\": \"…\" }}`"
        );
        found.push(finding.label("given again here").also(first, "first given here").help(help));
        roles.push(Role::LeftOut);
    }
    found.extend(gives_nothing(sheet, record, &roles));
    (roles, found)
}

/// The column of a sheet that gives a field, by its place in the record.
pub(in crate::load) fn column_of(sheet: &Sheet, record: &Record, field: usize) -> Option<usize> {
    roles(sheet, record).0.iter().position(|role| *role == Role::Field(field))
}

/// Tells that all columns of a table are left out, as where a row of values is taken for the names.
fn gives_nothing(sheet: &Sheet, record: &Record, roles: &[Role]) -> Option<Diagnostic> {
    let is_left = |(heading, role): (&Heading, &Role)| *role == Role::LeftOut && heading.column == Use::Read;
    let columns = || sheet.header.iter().zip(roles);
    if !columns().all(|(_, role)| *role == Role::LeftOut) || !columns().any(is_left) {
        return None;
    }
    let message = format!("no column gives a field or the id of `{}`, so all of them would be ignored", record.name);
    let help = "if these are not the column names, set the row with the names, `rows: (from: …)`; otherwise map the columns with `columns: { \"…\": \"FIELD\" }`";
    Some(codes::CSV_COLUMNS.at(sheet.names()).say(message).help(help.to_owned()))
}

/// Warns of columns that are left out because no field is called so, where a field that no column gives is called nearly so.
/// `is_left` says of a column whether nobody reads it.
pub(super) fn near_misses(
    sheet: &Sheet,
    (record, roles): (&Record, &[Role]),
    is_left: impl Fn(usize) -> bool,
) -> Option<Diagnostic> {
    let is_given =
        |at: usize| roles.iter().any(|role| matches!(role, Role::Field(of) | Role::OverTime(of) if *of == at));
    let fields = record.fields.iter().enumerate().filter(|(at, _)| !is_given(*at)).map(|(_, field)| &*field.name);
    let fields: Vec<&str> = fields.filter(|name| BUILT_IN_FIELDS.iter().all(|(own, _)| own != name)).collect();
    let columns = sheet.header.iter().zip(roles).enumerate();
    let columns =
        columns.filter(|(at, (heading, role))| **role == Role::LeftOut && heading.column == Use::Read && is_left(*at));
    let near: Vec<(&Heading, &str)> =
        columns.filter_map(|(_, (heading, _))| Some((heading, nearly(&heading.name, &fields)?))).collect();
    let (first, field) = near.first()?;
    let pairs: Vec<String> =
        near.iter().map(|(heading, field)| format!("`{}` may be `{field}`", clip(&heading.name))).collect();
    let message = match near.len() {
        1 => format!(
            "the column `{}` is ignored, although its name is nearly that of the field `{field}`",
            clip(&first.name)
        ),
        many => {
            format!("{many} columns are ignored, although their names are nearly those of fields: {}", pairs.join(", "))
        }
    };
    let columns: Vec<String> =
        near.iter().map(|(heading, field)| format!("\"{}\": \"{field}\"", clip(&heading.name))).collect();
    let help = format!(
        "if so, add `columns: {{ {} }}` to the file's `files` entry; if not, list the columns to ignore by name: `ignore: [\"{}\", …]`",
        columns.join(", "),
        clip(&first.name)
    );
    Some(codes::CSV_GUESSED.at(first.span).say(message).help(help))
}

/// The file's own words that would say something else of what is a value of the column already.
fn own_words(sheet: &Sheet, column: Span, ty: &Type) -> Vec<Diagnostic> {
    let known = |word: &str| -> Option<String> {
        match ty.item().unwrap_or(ty) {
            Type::YesNo if matches!(word, "yes" | "true" | "ja" | "oui" | "sant") => Some("yes".to_owned()),
            Type::YesNo if matches!(word, "no" | "false" | "nej" | "nein" | "non" | "falskt") => Some("no".to_owned()),
            Type::OneOf(options) => options.iter().find(|option| *option == word).cloned(),
            Type::YesNo | Type::Text | Type::Number | Type::Money | Type::Date => None,
            Type::Time | Type::Ref(_) | Type::SetOf(_) => None,
        }
    };
    let tell = |(word, meant): &(String, String)| {
        let same = |known: &String| match folded(meant).as_str() {
            "true" => known == "yes",
            "false" => known == "no",
            folded => known == folded || known == meant,
        };
        let known = known(word).filter(|known| !same(known))?;
        let message = format!("`words` maps `{}` to `{}`, but it already means `{known}`", clip(word), clip(meant));
        let help = format!("remove `{}` from `words`, and correct the cells where something else is meant", clip(word));
        Some(codes::CSV_COLUMNS.at(column).say(message).help(help))
    };
    sheet.dialect.words.iter().filter_map(tell).collect()
}

/// The fields of a record by their names.
struct Fields<'r> {
    record: &'r Record,
    exact: HashMap<&'r str, usize>,
    /// Nothing where several differ in case and blanks alone.
    alike: HashMap<String, Option<usize>>,
}

impl Fields<'_> {
    fn of(record: &Record) -> Fields<'_> {
        let (mut exact, mut alike) = (HashMap::new(), HashMap::new());
        for (at, field) in record.fields.iter().enumerate() {
            exact.entry(field.name.as_str()).or_insert(at);
            alike.entry(folded(&field.name)).and_modify(|only| *only = None).or_insert(Some(at));
        }
        Fields { record, exact, alike }
    }

    fn role(&self, name: &str, unnamed: Unnamed) -> Role {
        let field = self.exact.get(name).copied().or_else(|| self.alike.get(&folded(name)).copied().flatten());
        match field.and_then(|at| self.record.fields.get(at).map(|field| (at, field.time))) {
            Some((at, InTime::Once)) => Role::Field(at),
            Some((at, InTime::OverTime)) => Role::OverTime(at),
            None if name == ID => Role::Id,
            None if unnamed == Unnamed::LeftOut => Role::LeftOut,
            None => Role::Unknown,
        }
    }
}
