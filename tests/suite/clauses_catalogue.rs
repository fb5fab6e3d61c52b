//! The catalogue of clause kinds against the grammar, the keywords and itself.

use overens::clauses::slot::IN_ANY_CLAUSE;
use overens::clauses::{KINDS, find, reference};
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
fn the_reference_has_each_kind_with_a_sentence_and_its_lines() {
    let text = reference();
    for kind in KINDS {
        assert!(text.contains(&format!("### {}\n\n{}\n", kind.name, kind.summary)), "{}", kind.name);
        assert!(kind.summary.ends_with('.'), "{}", kind.name);
        for rule in kind.slots {
            assert!(text.contains(&format!("| `{}` |", rule.slot.sample)), "{}", rule.slot.name);
        }
    }
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
    for kind in KINDS {
        let table = reference();
        let table =
            table.split(&format!("### {}\n", kind.name)).nth(1).unwrap().split("###").next().unwrap().to_owned();
        let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split("` |").next());
        let lines: Vec<String> = rows.map(|sample| format!("  {sample}\n")).collect();
        let text = format!("agreement house \"A house\"\n\n{} example\n{}", kind.name, lines.concat());
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
        codes::DUE_TWICE,
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
