//! What each column of a sheet gives: its heading held against the fields of a record. The heading that is written like a field
//! gives it; else the only one that differs in case and blanks alone.

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Sheet, Unnamed, Use},
    model::schema::{InTime, Record},
    source::letters,
};

use super::{
    super::wording::{clip, folded},
    bulk::ID,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    for heading in &sheet.header {
        let role = match heading.column {
            Use::LeftOut => Role::LeftOut,
            Use::Read => role(&heading.name, record, sheet.unnamed),
        };
        let given = matches!(role, Role::Id | Role::Field(_) | Role::OverTime(_));
        let first = roles.iter().position(|one| given && *one == role).and_then(|at| sheet.header.get(at));
        let Some(first) = first else {
            roles.push(role);
            continue;
        };
        let name = match role {
            Role::Field(at) | Role::OverTime(at) => record.fields.get(at).map_or("", |field| field.name.as_str()),
            Role::Id | Role::Unknown | Role::LeftOut => ID,
        };
        let letter = letters(roles.len());
        let finding = codes::CSV_COLUMNS.at(heading.span).say(format!("two columns give `{}`", clip(name)));
        let help = format!(
            "keep the right one: leave the other out by its letter, `ignore: [\"{letter}\"]`, or say which field it gives: \
             `columns: {{ \"{letter}\": \"…\" }}`"
        );
        found.push(finding.label("here again").also(first.span, "first given here").help(help));
        roles.push(Role::LeftOut);
    }
    (roles, found)
}

fn role(name: &str, record: &Record, unnamed: Unnamed) -> Role {
    let exact = record.fields.iter().position(|field| field.name == name);
    let field = exact.or_else(|| {
        let name = folded(name);
        let mut alike = (0..).zip(&record.fields).filter(|(_, field)| folded(&field.name) == name);
        let (at, _) = alike.next()?;
        alike.next().is_none().then_some(at)
    });
    match field.and_then(|at| record.fields.get(at).map(|field| (at, field.time))) {
        Some((at, InTime::Once)) => Role::Field(at),
        Some((at, InTime::OverTime)) => Role::OverTime(at),
        None if name == ID => Role::Id,
        None if unnamed == Unnamed::LeftOut => Role::LeftOut,
        None => Role::Unknown,
    }
}
