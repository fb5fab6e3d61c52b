//! What the language is used for: how many statements of the bundled policies use each form that a clause can have.
//! A form that stands in one statement only, and in no case, would have been made for that statement.

mod grammar;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use overens::model::expr::ClauseId;
use overens::source::{FileId, Sources, Span, decode};
use overens::syntax::forms::forms;

use super::bundled::{self, Bundled};
use super::cases::files_below;
use super::mutants;

/// By the name of a form (a rule; a keyword has `k_` before its role), the statements that use it.
type Uses = BTreeMap<String, BTreeSet<String>>;

fn uses() -> Uses {
    let mut uses = Uses::new();
    for name in bundled::names() {
        let bundled = bundled::read(&name).unwrap_or_else(|findings| panic!("{name}: {findings}"));
        uses_of(&bundled, &mut uses);
    }
    uses
}

fn uses_of(bundled: &Bundled, uses: &mut Uses) {
    let plan = bundled.policy.plan.as_ref().unwrap();
    let all: Vec<(String, Span)> = forms_of(&bundled.sources);
    for (at, clause) in plan.clauses.iter().enumerate() {
        let number = ClauseId(u16::try_from(at).unwrap());
        // A clause says what its definitions say.
        let mut places = mutants::definitions(&bundled.policy.agreement, number);
        places.extend(
            bundled
                .policy
                .agreement
                .clauses
                .iter()
                .flat_map(|one| one.wordings.iter().filter(|_| one.name == clause.name).map(|wording| wording.span)),
        );
        places.push(clause.span);
        let inside = |place: &Span| places.iter().any(|whole| begins_in(whole, place));
        for (form, _) in all.iter().filter(|(_, place)| inside(place)) {
            uses.entry(form.clone()).or_default().extend(clause.statements.iter().cloned());
        }
    }
}

fn forms_of(sources: &Sources) -> Vec<(String, Span)> {
    let policies = sources.files().filter(|(_, source)| source.name.ends_with(".overens"));
    policies.flat_map(|(file, source)| forms(file, &source.text)).collect()
}

/// Whether a form begins inside of a place; where it ends, blanks may follow that belong to nothing.
fn begins_in(whole: &Span, place: &Span) -> bool {
    whole.file == place.file && whole.start <= place.start && place.start < whole.end
}

/// The forms that the cases use.
fn in_cases() -> BTreeSet<String> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = files_below(&cases, &["overens"]);
    let texts = files.iter().filter_map(|path| decode(&std::fs::read(path).unwrap()).ok());
    texts.flat_map(|text| forms(FileId(0), &text)).map(|(form, _)| form).collect()
}

#[test]
fn no_form_was_made_for_a_single_statement() {
    let cases = in_cases();
    let only: Vec<String> = uses()
        .into_iter()
        .filter(|(form, statements)| statements.len() == 1 && !cases.contains(form))
        .map(|(form, statements)| format!("`{form}` is used by {statements:?} and by no case"))
        .collect();
    assert!(only.is_empty(), "{}", only.join("\n"));
}

#[test]
fn every_form_is_used_by_a_statement_or_by_a_case() {
    let (uses, cases) = (uses(), in_cases());
    let names = grammar::sections().into_iter().flat_map(|section| section.forms).map(|form| form.name);
    let all = names.chain(grammar::words().into_iter().map(|role| format!("k_{role}")));
    let unused: Vec<String> = all.filter(|form| !uses.contains_key(form) && !cases.contains(form)).collect();
    assert!(unused.is_empty(), "neither a statement nor a case uses {unused:?}");
}

// ---- the reference ---------------------------------------------------------------------------------------------------

const BEGIN: &str = "<!-- made from the grammar and the policies; a test compares -->\n";
const END: &str = "<!-- end of what is made from the policies -->\n";

/// Run with `OVERENS_WRITE=1` to write the tables anew after a change of the grammar or of a policy.
#[test]
fn the_reference_tells_how_many_statements_use_each_form() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (made, after) = rest.split_once(END).unwrap();
    let wanted = tables(&uses());
    if std::env::var("OVERENS_WRITE").is_ok() {
        std::fs::write(path, format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
        return;
    }
    assert!(
        made == wanted,
        "docs/language.md is older than the grammar or the policies: OVERENS_WRITE=1 cargo test forms"
    );
}

fn tables(uses: &Uses) -> String {
    let count = |form: &str| uses.get(form).map_or(0, BTreeSet::len);
    let mut text = String::from("\n");
    for section in grammar::sections() {
        text.push_str(&format!("### {}\n\n| form | how it is written | statements |\n|---|---|---|\n", section.title));
        for form in section.forms {
            let written = form.written.replace('|', "\\|");
            text.push_str(&format!("| {} | `{written}` | {} |\n", form.name, count(&form.name)));
        }
        text.push('\n');
    }
    text.push_str("### Words\n\n");
    let words = grammar::words();
    let entries = words.iter().map(|role| {
        let spelling = grammar::spelling(role);
        let twice = words.iter().filter(|other| grammar::spelling(other) == spelling).count() > 1;
        let told = if twice { format!(" ({role})") } else { String::new() };
        format!("`{spelling}`{told} {}", count(&format!("k_{role}")))
    });
    text.push_str(&wrapped(entries.collect()));
    text.push('\n');
    text
}

/// Entries in lines of a readable length.
fn wrapped(entries: Vec<String>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for entry in entries {
        match lines.last_mut() {
            Some(last) if last.chars().count() + entry.chars().count() < 110 => last.push_str(&format!(" · {entry}")),
            _ => lines.push(entry),
        }
    }
    lines.join(" ·\n") + "\n"
}
