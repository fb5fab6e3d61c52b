//! The catalogue of clause kinds against the grammar, the keywords and itself.

use overens::clauses::slot::{ALL, IN_ANY_CLAUSE, Slot};
use overens::clauses::{KINDS, Kind, VOCABULARY, find, reference};
use overens::diagnostics::{Sink, codes};
use overens::source::Sources;
use overens::syntax::keywords::written;
use overens::syntax::tree::Item;

const GRAMMAR: &str = include_str!("../../grammar/overens.pest");

#[test]
fn the_catalogue_holds_the_kinds_of_the_grammar_in_its_order() {
    let line = GRAMMAR.lines().find(|line| line.starts_with("clause ")).unwrap();
    let (_, rule) = line.split_once('=').unwrap();
    let productions: Vec<&str> = rule.split(['{', '|', '}']).map(str::trim).filter(|one| !one.is_empty()).collect();
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    assert_eq!(kinds, productions);
    assert!(kinds.is_sorted());
}

#[test]
fn each_kind_begins_with_a_keyword_of_its_name() {
    for kind in KINDS {
        assert!(written(kind.name).is_some(), "{}", kind.name);
        assert!(GRAMMAR.contains(&format!("k_{} ~ head", kind.name)), "{}", kind.name);
    }
}

#[test]
fn a_kind_is_found_by_its_name() {
    assert!(find("deadline").is_some());
    assert!(find("wish").is_none());
}

#[test]
fn the_reference_has_each_kind_with_a_sentence_one_whole_example_and_its_lines() {
    let text = reference();
    for kind in KINDS {
        let section = text.split(&format!("### {}\n\n", kind.name)).nth(1).unwrap().split("###").next().unwrap();
        assert!(section.starts_with(kind.summary) && kind.summary.ends_with('.'), "{}", kind.name);
        assert_eq!(section.matches("```overens").count(), 1, "{}", kind.name);
        assert!(
            section.contains(kind.example) && kind.example.starts_with(&format!("{} ", kind.name)),
            "{}",
            kind.name
        );
        for slot in slots_of(kind) {
            assert!(section.contains(&format!("`{}`", slot.name)), "{}: {}", kind.name, slot.name);
        }
    }
}

#[test]
fn the_reference_explains_each_line_once() {
    let text = reference();
    for slot in ALL {
        let row = format!("| `{}` | {} | `{}` |", slot.name, slot.tells, slot.sample);
        assert_eq!(text.matches(&row).count(), 1, "{row}");
    }
    let rows = text.split("### In a clause of any kind").next().unwrap().lines().filter(|line| line.starts_with("| `"));
    assert_eq!(rows.count(), ALL.len());
}

#[test]
fn every_line_of_the_reference_is_taken_by_some_kind_and_every_line_of_a_kind_is_in_the_reference() {
    for slot in ALL {
        assert!(KINDS.iter().any(|kind| kind.takes(slot)), "{}", slot.name);
    }
    for slot in KINDS.iter().flat_map(|kind| slots_of(kind)) {
        assert!(ALL.contains(slot), "{}", slot.name);
    }
}

#[test]
fn the_examples_of_the_kinds_make_one_sound_agreement() {
    let examples = KINDS.iter().map(|kind| format!("\n{}", kind.example));
    let text = VOCABULARY.to_owned() + &examples.collect::<String>();
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let tree = overens::syntax::read(sources.add("house", &text), &text, &mut problems);
    let agreement = overens::check::check(&[tree], &mut problems);
    overens::clauses::inspect(&agreement, &mut problems);
    let found: Vec<String> =
        problems.sorted().iter().map(|one| format!("{}: {}", one.code.name, one.message)).collect();
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(agreement.clauses.len(), KINDS.len());
}

/// The lines of a kind, in the order in which they are written.
fn slots_of(kind: &Kind) -> Vec<&Slot> {
    kind.slots.iter().map(|rule| &rule.slot).chain(kind.also).collect()
}

#[test]
fn the_samples_of_lines_can_be_written_in_the_kinds_that_take_them() {
    for kind in KINDS {
        let own = kind.slots.iter().map(|rule| rule.slot.sample);
        let any = IN_ANY_CLAUSE.iter().map(|(sample, _)| *sample).filter(|sample| !sample.starts_with("reading"));
        for sample in own.chain(kind.also.iter().map(|slot| slot.sample)).chain(any) {
            let text = format!("agreement house \"A house\"\n\n{} example\n  {sample}\n", kind.name);
            assert_eq!(mistakes(&text), Vec::<String>::new(), "{text}");
        }
    }
}

#[test]
fn the_reference_lists_lines_in_the_order_in_which_they_are_to_stand() {
    let kinds = KINDS.iter().map(|kind| (kind.name, slots_of(kind)));
    // Of the table of all lines, each kind has its part.
    let tables = KINDS.iter().map(|kind| (kind.name, ALL.iter().filter(|slot| kind.takes(slot)).collect()));
    for (kind, slots) in kinds.chain(tables) {
        let lines: Vec<String> = slots.iter().map(|slot| format!("  {}\n", slot.sample)).collect();
        let text = format!("agreement house \"A house\"\n\n{kind} example\n{}", lines.concat());
        let mut sources = Sources::default();
        let mut problems = Sink::default();
        let tree = overens::syntax::read(sources.add("example", &text), &text, &mut problems);
        let clause =
            tree.items.iter().find_map(|item| if let Item::Clause(clause) = item { Some(clause) } else { None });
        let written: Vec<_> = clause.unwrap().slots.iter().map(|slot| slot.span).collect();
        let mut slots = clause.unwrap().slots.clone();
        overens::check::sort_lines(&mut slots);
        let sorted: Vec<_> = slots.iter().map(|slot| slot.span).collect();
        assert_eq!((written.len(), written), (lines.len(), sorted), "{text}");
    }
}

fn mistakes(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let mut problems = Sink::default();
    overens::syntax::read(sources.add("example", text), text, &mut problems);
    problems.sorted().iter().map(|one| one.message.clone()).collect()
}

#[test]
fn no_kind_takes_a_line_twice() {
    for kind in KINDS {
        let mut names: Vec<&str> = kind.slots.iter().map(|rule| rule.slot.name).collect();
        names.extend(kind.also.iter().map(|slot| slot.name));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{}", kind.name);
    }
}

#[test]
fn the_examples_of_clause_findings_are_well_formed() {
    let pages = [
        codes::CLASHING_LINES,
        codes::CLAUSE_CIRCLE,
        codes::DEADLINE_WITHOUT_WINDOW,
        codes::FORM_NOT_TOLD,
        codes::LINE_NOT_FOR_KIND,
        codes::MISSING_LINE,
        codes::NEVER_REACHED,
        codes::READINGS_DIFFER,
        codes::WORD_NOT_FOR_KIND,
    ];
    for code in pages {
        for example in code.page.split("```overens\n").skip(1) {
            let text = example.split("```").next().unwrap();
            assert_eq!(mistakes(text), Vec::<String>::new(), "{}", code.name);
        }
    }
}
