//! The grammar of the words is the keyword table, nothing else.

use overens::syntax::keywords::words_grammar;

/// Run with `OVERENS_WRITE=1` to write the file anew after a change of the table.
#[test]
fn the_words_grammar_is_made_from_the_keyword_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/words.pest");
    if std::env::var("OVERENS_WRITE").is_ok() {
        std::fs::write(path, words_grammar()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), words_grammar());
}

#[test]
fn the_rows_stand_in_the_order_of_their_roles_each_once() {
    let roles: Vec<&str> = overens::syntax::keywords::ENGLISH.rows.iter().map(|row| row.role).collect();
    assert!(roles.windows(2).all(|pair| pair[0] < pair[1]), "{roles:?}");
}
