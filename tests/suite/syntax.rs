//! From text to tree: layout means nothing, and every mistake is told at its place in one run.

use overens::diagnostics::Sink;
use overens::source::{FileId, Sources};
use overens::syntax::tree::{Item, Tree};

fn read(text: &str) -> (Tree, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add("policy", text);
    let mut problems = Sink::default();
    let tree = overens::syntax::read(file, text, &mut problems);
    let told = problems.sorted().into_iter().map(|one| {
        let (_, at) = sources.at(one.place.span);
        format!("{}:{} {}: {}", at.line, at.column, one.code.name, one.message)
    });
    (tree, told.collect())
}

fn findings(text: &str) -> Vec<String> {
    read(text).1
}

const GARDEN: &str = "agreement garden \"The allotment garden\"\n  in force from 2015-01-01\n\nevent feast on held_on\n  held_on: date\n\n\
                      actor board\n\ndeadline summer § 3 \"A feast by midsummer\"\n  board shall hold feast\n  every calendar year\n  by midsummer eve\n";

#[test]
fn line_breaks_and_indentation_mean_nothing() {
    let (laid_out, told) = read(GARDEN);
    assert!(told.is_empty(), "{told:?}");
    let one_line = GARDEN.replace('\n', " ");
    let (flat, told) = read(&one_line);
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(laid_out.items.len(), flat.items.len());
    let scattered = GARDEN.replace(' ', "\n");
    let (scattered, told) = read(&scattered);
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(laid_out.items.len(), scattered.items.len());
}

#[test]
fn a_comment_may_stand_between_any_two_words() {
    let commented = GARDEN.replace(" shall ", " // who\n shall // must\n ");
    let (tree, told) = read(&commented);
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(tree.comments.len(), 2);
    let Some(Item::Clause(clause)) = tree.items.last() else { panic!("a clause") };
    assert!(commented.get(clause.span.start as usize..clause.span.end as usize).unwrap().ends_with("midsummer eve"));
}

#[test]
fn a_clause_does_not_reach_into_the_comment_of_the_next() {
    let text = "actor board // the board\n\n// what comes next\nactor city\n";
    let (tree, told) = read(text);
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(tree.items.len(), 2);
}

#[test]
fn names_of_any_script_are_names_and_any_word_is_one_in_backticks() {
    let (tree, told) = read("record årsmöte\n  `by`: text\n  साल: number\n  名前: text\n");
    assert!(told.is_empty(), "{told:?}");
    let Some(Item::Record(record)) = tree.items.first() else { panic!("a record") };
    let names: Vec<&str> = record.fields.iter().map(|field| field.name.it.as_str()).collect();
    assert_eq!((record.name.it.as_str(), names), ("årsmöte", vec!["by", "साल", "名前"]));
}

#[test]
fn names_are_the_same_however_their_accents_are_encoded() {
    let (tree, _) = read("actor lo\u{0308}n");
    let Some(Item::Actors(actors)) = tree.items.first() else { panic!("actors") };
    assert_eq!(actors.first().unwrap().name.it, "lön");
}

#[test]
fn several_mistakes_are_told_in_one_run_each_at_its_place() {
    let text = "actor board\n\ndeadline one\n  board shal hold feast\n  by 28 February\n\nrecord hut\n  owner text\n\n\
                deadline two\n  board shall hold feast\n  buy 28 February\n";
    assert_eq!(
        findings(text),
        [
            "4:9 syntax: unexpected `shal`",
            "8:9 syntax: unexpected `text`",
            "12:3 syntax: no line of a clause begins with `buy`"
        ]
    );
}

#[test]
fn days_late_are_shown_as_they_are_written() {
    let text = "scenario \"s\"\n  as of 2014-06-01\n  expect report_in late, 2 days late\n";
    let mut problems = Sink::default();
    overens::syntax::read(FileId(0), text, &mut problems);
    let help = problems.sorted().first().and_then(|one| one.help.clone());
    assert_eq!(help.as_deref(), Some("remove it: after `late`, write only the number of days, as in `late, 2 days`"));
}

#[test]
fn a_mistake_costs_one_declaration_not_the_file() {
    let (tree, told) = read("actor board\n\nrecord hut\n  owner text\n\nactor city\n");
    assert_eq!((tree.items.len(), told.len()), (2, 1));
}

#[test]
fn a_bracket_that_is_never_closed_is_told_where_it_opens() {
    let text = "define small of hut as (members is less than 3\n\nactor board\n";
    assert_eq!(findings(text), ["1:24 unclosed: this bracket is never closed"]);
}

#[test]
fn a_quote_that_is_never_closed_is_told_where_it_opens() {
    let text = "agreement garden \"The garden\n\nactor board\n";
    assert_eq!(findings(text), ["1:18 unclosed: this quoted text is never closed"]);
}

#[test]
fn ten_thousand_brackets_are_a_finding_and_no_overflow() {
    let deep = format!("define x of y as {}1 is 1{}\n", "(".repeat(10_000), ")".repeat(10_000));
    let told = std::thread::Builder::new().stack_size(2 << 20).spawn(move || findings(&deep)).unwrap().join().unwrap();
    assert_eq!(told, ["1:146 too-deep: brackets are nested more than 128 levels deep, which is the limit `depth`"]);
}

#[test]
fn a_long_chain_of_words_is_no_overflow() {
    let nots = format!("define x of y as {} a is 1\n", "not ".repeat(20_000));
    let ands = format!("define x of y as {} a is 1\n", "a is 1 and ".repeat(20_000));
    let sums = format!("define x of y as a is {} 1\n", "1 plus ".repeat(2_000));
    for text in [nots, ands, sums] {
        let told =
            std::thread::Builder::new().stack_size(16 << 20).spawn(move || findings(&text)).unwrap().join().unwrap();
        assert!(told.len() <= 1, "{told:?}");
    }
}

#[test]
fn an_empty_file_is_a_finding() {
    for text in ["", "\n\n", "// only a comment\n"] {
        assert_eq!(findings(text), ["1:1 empty-file: this file is empty"]);
    }
}

#[test]
fn characters_of_word_processors_are_named() {
    let told = findings("agreement garden \u{201c}The garden\u{201d}\n");
    assert_eq!(told.first().unwrap(), "1:18 strange-character: `\u{201c}` is a character that word processors insert");
}

#[test]
fn a_no_break_space_is_a_space() {
    assert!(findings("actor\u{a0}board\n").is_empty());
}

#[test]
fn and_beside_or_keeps_both_words_for_the_check() {
    let (tree, told) = read("define x of y as a is 1 and b is 2 or c is 3\n");
    assert!(told.is_empty(), "{told:?}");
    assert!(format!("{:?}", tree.items).contains("Mixed"));
}
