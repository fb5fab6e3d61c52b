//! Items of sets in cells: what separates them, and what is told where that is not what the entry says.

use overens::diagnostics::Sink;
use overens::load::{How, files, json};
use overens::source::Sources;

use super::load_facts::{MEETING, Read};
use super::load_tables::{codes, table};

fn meetings(text: &str, items: Option<char>) -> Read {
    table("f.csv", "meeting", text, How { items, ..How::default() })
}

#[test]
fn what_separates_items_is_said_in_the_entry() {
    for (sign, cell) in
        [(';', "\"fees; dues;\""), (',', "\"fees,dues\""), ('/', "fees / dues"), ('\n', "\"fees\ndues\"")]
    {
        let read = meetings(&format!("id;topics;invited\na;{cell};\nb;fees|dues;\n"), Some(sign));
        let topics = |id: &str| read.value(MEETING, id, "topics");
        assert_eq!(
            (topics("a"), topics("b")),
            ("[\"dues\", \"fees\"]".to_owned(), "[\"fees|dues\"]".to_owned()),
            "{sign:?}"
        );
        assert_eq!(codes(&read), [""; 0], "{:?}", read.told);
        let read = meetings(
            &format!("id;topics;invited\na;;{}\n", cell.replace("fees", "famna").replace("dues", "forum")),
            Some(sign),
        );
        assert_eq!(
            (codes(&read), read.value(MEETING, "a", "invited")),
            (vec![], "[\"→famna\", \"→forum\"]".to_owned())
        );
    }
}

#[test]
fn a_column_of_sets_with_another_sign_between_its_items_is_told_once() {
    for (cell, items) in
        [("\"maps; birds\"", ";"), ("maps, birds", ","), ("maps / birds", "/"), ("\"maps\nbirds\"", "line break")]
    {
        let read = meetings(&format!("id;topics\na;one\nb;{cell}\nc;{cell}\n"), None);
        assert_eq!(codes(&read), ["csv-guessed"], "{:?}", read.told);
        assert!(read.told[0].starts_with("f.csv:3:3 csv-guessed"), "{:?}", read.told);
        let help = format!(
            "if it is several items, set what separates them in the file's `files` entry, `items: \"{items}\"`; if it is one, set `items: \"|\"`"
        );
        assert!(read.told[0].ends_with(&help), "{:?}", read.told);
        assert_eq!(codes(&meetings(&format!("id;topics\na;one\nb;{cell}\n"), Some('|'))), [""; 0]);
    }
    // Where `|` separates the items of some, a comma belongs to a text, and a semicolon hardly does.
    assert_eq!(codes(&meetings("id;topics\na;one|two\nb;maps, birds\n", None)), [""; 0]);
    assert_eq!(codes(&meetings("id;topics\na;one|two\nb;\"maps; birds\"\n", None)), ["csv-guessed"]);
    // Without blanks a stroke stands in words.
    assert_eq!(codes(&meetings("id;topics\na;och/eller\nb;one\n", None)), [""; 0]);
}

#[test]
fn several_ids_in_a_cell_are_no_unknown_one() {
    let read = meetings("id;invited\na;famna, forum\n", None);
    assert_eq!(
        read.told,
        [
            "f.csv:2:3 unknown-reference there is no `organisation` with the id `famna, forum` | separate the items of a set with `|`, or \
             set what separates them in the file's `files` entry: `items: \",\"`"
        ]
    );
}

#[test]
fn the_entry_names_what_separates_items() {
    let entry = |items: &str| {
        let text = format!(r#"{{"files": [{{"record": "club", "path": "f.csv", "items": "{items}"}}]}}"#);
        let (mut sources, mut problems) = (Sources::default(), Sink::default());
        let file = sources.add("f.json", &text);
        let named = json::read(file, &text, &mut problems).map(|root| files(&root, &mut problems)).unwrap();
        (named[0].how.items, problems.sorted().iter().filter_map(|one| one.help.clone()).collect::<Vec<_>>())
    };
    for (said, sign) in [("|", '|'), (";", ';'), (",", ','), ("/", '/'), ("line break", '\n')] {
        assert_eq!(entry(said), (Some(sign), vec![]));
    }
    assert_eq!(entry("and"), (None, vec!["use `\"|\"`, `\";\"`, `\",\"`, `\"/\"` or `\"line break\"`".to_owned()]));
}

#[test]
fn a_word_of_the_file_may_mean_several_options_and_only_options() {
    let how = |word: &str, meant: &str| How { words: vec![(word.to_owned(), meant.to_owned())], ..How::default() };
    let kind = |meant: &str| table("f.csv", "meeting", "id;kind\na;stämma\n", how("stämma", meant));
    assert_eq!((codes(&kind("annual")), kind("annual").value(MEETING, "a", "kind")), (vec![], "\"annual\"".to_owned()));
    assert_eq!(
        kind("yearly").told,
        [
            "f.csv:2:3 facts-unknown-option `kind` cannot be `stämma`, which `words` maps to `yearly`: that is not one of the options | \
             correct the file's `words`; the options are `annual`, `extra` and `årsmöte`"
        ]
    );
}
