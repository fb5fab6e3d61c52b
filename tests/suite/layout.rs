//! Layout: how a policy is laid out, that it says the same then, and that all of ours are laid out so.

use std::path::Path;

use overens::diagnostics::Sink;
use overens::layout::{Laid, difference, lay_out};
use overens::source::FileId;
use overens::syntax::Within;

use super::cases::files_below;
use super::documents::blocks;
use crate::reference::made::{made, seed_of};

fn laid(text: &str) -> Laid {
    lay_out(FileId(0), text, Within::default(), &mut Sink::default())
}

/// The text that comes out, which stays as it is when it is laid out again.
fn out(text: &str) -> String {
    let Laid::Out(once) = laid(text) else { panic!("{:?}: {text}", laid(text)) };
    match laid(&once) {
        Laid::Out(again) => assert_eq!(again, once, "laid out otherwise the second time"),
        other => panic!("{other:?}: {once}"),
    }
    once
}

fn check(text: &str, expected: &str) {
    let found = out(text);
    assert_eq!(found, expected, "\n{found}");
}

const HEAD: &str = "agreement club \"A club\"\n  in force from 2014-01-01\n\n";

/// What comes of declarations behind a header.
fn check_behind_head(text: &str, expected: &str) {
    check(&format!("{HEAD}{text}"), &format!("{HEAD}{expected}"));
}

// ---- lines ------------------------------------------------------------------------------------------------------------

#[test]
fn every_line_of_a_policy_stands_on_a_line_of_its_own() {
    check(
        "agreement club \"A club\" overens 1 in force from 2014-01-01 until further notice actors board,parties \
         event meeting on held_on held_on: date kind: one of annual,extra duty meet § 1.2,\"Meetings\" \"They meet\" \
         board shall hold meeting where kind is annual at least 2 times every calendar year if held_on is given \
         scenario \"One\" as of 2015-01-01 given meeting a has kind annual,held_on 2014-02-03 expect meet for 2014 pending",
        "agreement club \"A club\"\n  overens 1\n  in force from 2014-01-01 until further notice\n\n\
         actors board, parties\n\n\
         event meeting on held_on\n  held_on: date\n  kind: one of annual, extra\n\n\
         duty meet § 1.2, \"Meetings\" \"They meet\"\n  board shall hold meeting where kind is annual\n  \
         at least 2 times\n  every calendar year\n  if held_on is given\n\n\
         scenario \"One\"\n  as of 2015-01-01\n  given meeting a has kind annual, held_on 2014-02-03\n  \
         expect meet for 2014 pending\n",
    );
}

#[test]
fn what_belongs_to_a_requirement_or_a_reading_stands_further_in() {
    check_behind_head(
        "membership member § 1 of person from joined_on requires age § 2 \"Old enough\" born_on is before 2000-01-01 \
         if joined_on is given reading one from joined_on until left_on",
        "membership member § 1 of person\n  from joined_on\n  requires age § 2 \"Old enough\"\n    born_on is before 2000-01-01\n    \
         if joined_on is given\n  reading one\n    from joined_on until left_on\n",
    );
}

#[test]
fn what_an_amendment_puts_in_stands_below_its_word() {
    check_behind_head(
        "amendment a \"A\" proposed by board on 2015-01-01 takes effect 2015-02-01 replace meet duty meet § 1 board shall \
         hold meeting add aim b board aims to \"be good\" repeal c",
        "amendment a \"A\"\n  proposed by board on 2015-01-01\n  takes effect 2015-02-01\n  replace meet\n  duty meet § 1\n    \
         board shall hold meeting\n  add\n  aim b\n    board aims to \"be good\"\n  repeal c\n",
    );
}

/// `ensure C on D` ends with the window `on D`, which is a line of its own; in parentheses the day belongs to what is asked.
#[test]
fn a_window_at_the_end_of_a_line_is_a_line_of_its_own() {
    check_behind_head(
        "duty paid § 1\n  board shall ensure amount is fee on 2015-12-31\n",
        "duty paid § 1\n  board shall ensure amount is fee\n  on 2015-12-31\n",
    );
    check_behind_head(
        "duty paid § 1\n  board shall ensure amount is (fee on 2015-12-31)\n",
        "duty paid § 1\n  board shall ensure amount is (fee on 2015-12-31)\n",
    );
}

#[test]
fn a_day_of_rows_is_a_window_where_the_line_ends_with_it_and_theirs_where_more_follows() {
    check_behind_head(
        "duty there § 1\n  board shall ensure some member on 2015-12-31\n",
        "duty there § 1\n  board shall ensure some member\n  on 2015-12-31\n",
    );
    check_behind_head(
        "duty there § 1\n  board shall ensure some member on 2015-12-31 where size is 1\n",
        "duty there § 1\n  board shall ensure some member on 2015-12-31 where size is 1\n",
    );
    check_behind_head(
        "duty there § 1\n  board shall ensure count of (alarm   in the\n period where size is 1) is 1\n",
        "duty there § 1\n  board shall ensure count of (alarm in the period where size is 1) is 1\n",
    );
}

#[test]
fn a_declaration_of_several_lines_has_a_blank_line_before_and_behind_it() {
    check_behind_head(
        "fact a: date\nfact b: date\nrecord r\n  x: text\nfact c: date\n\n\n\nfact d: date\n\n",
        "fact a: date\nfact b: date\n\nrecord r\n  x: text\n\nfact c: date\n\nfact d: date\n",
    );
}

#[test]
fn what_fields_mean_stands_in_one_column_and_below_a_field_that_leaves_no_room() {
    let many = "one of bicycles, carriages, lorries, motorcycles, omnibuses, rowing_boats, sailing_boats";
    check_behind_head(
        &format!(
            "record r\n  a: date \"the day\"\n  a_longer_name_of_a_field: yes/no \"or not\"\n  kind: {many} \"what it is about, as far as anybody knows\"\n"
        ),
        &format!(
            "record r\n  a: date                         \"the day\"\n  a_longer_name_of_a_field: yes/no   \"or not\"\n  \
             kind: {many}\n                                  \"what it is about, as far as anybody knows\"\n"
        ),
    );
}

// ---- what is too long -------------------------------------------------------------------------------------------------

#[test]
fn a_long_condition_is_broken_where_its_outermost_parts_are_joined() {
    check_behind_head(
        "recital r § 1\n  states (some resolution where topic is direction_of_work and for_year is 2014 and made_on is 2014-01-23) and \
         (some election where body is coordination_group and elected_on is 2014-01-23)\n",
        "recital r § 1\n  states (some resolution where topic is direction_of_work and for_year is 2014 and made_on is 2014-01-23)\n    \
         and (some election where body is coordination_group and elected_on is 2014-01-23)\n",
    );
    check_behind_head(
        "recital r § 1\n  states some accord where area is culture and begun_on is no later than shown_on and (concluded_on is missing \
         or concluded_on is after shown_on)\n",
        "recital r § 1\n  states some accord where area is culture and begun_on is no later than shown_on\n    \
         and (concluded_on is missing or concluded_on is after shown_on)\n",
    );
}

#[test]
fn a_long_list_is_broken_behind_its_commas() {
    check_behind_head(
        "scenario \"S\"\n  as of 2015-01-01\n  expect grant satisfied, share of ann SEK 308 641.98, share of bo SEK 308 641.97, share of \
         cecilia SEK 308 641.97, share of dan SEK 308 641.97\n",
        "scenario \"S\"\n  as of 2015-01-01\n  expect grant satisfied, share of ann SEK 308 641.98, share of bo SEK 308 641.97, \
         share of cecilia SEK 308 641.97,\n    share of dan SEK 308 641.97\n",
    );
}

#[test]
fn long_words_in_quotes_go_on_below_and_are_filled() {
    let note = "The text names no day; an explanation serves those who are to answer, and it may have to stand in the paper, or \
                it may follow while they can still act on it.";
    let (first, second) = note.split_at(note.find(" it may follow").unwrap());
    check_behind_head(
        &format!("aim a\n  note \"{}\"\n", note.replace(", and", ",\n      and")),
        &format!("aim a\n  note \"{first}\n    {}\"\n", second.trim_start()),
    );
}

#[test]
fn no_line_but_a_comment_or_one_long_word_is_wider_than_120_columns() {
    for (name, text) in all_texts() {
        for line in out(&text).lines() {
            let code = line.split("//").next().unwrap_or("").trim_end();
            let is_short = code.chars().count() <= 120;
            assert!(is_short || code.split_whitespace().any(|word| word.chars().count() > 60), "{name}: {line}");
        }
    }
}

// ---- comments ---------------------------------------------------------------------------------------------------------

#[test]
fn comments_behind_lines_stand_in_one_column_of_their_paragraph() {
    check(
        "// about it\n\n\nagreement club \"A club\" // behind\n     // alone\n  in force from 2014-01-01 // the day\n\n\
         actors board // who\n",
        "// about it\n\nagreement club \"A club\"                                        // behind\n  // alone\n  \
         in force from 2014-01-01                                     // the day\n\n\
         actors board                                                   // who\n",
    );
}

#[test]
fn a_comment_amid_a_line_breaks_it_there() {
    check_behind_head(
        "define x of r as a is yes // first\n or\n// second\nb is yes\n",
        "define x of r as a is yes                                      // first\n  or\n  // second\n  b is yes\n",
    );
}

#[test]
fn a_comment_at_the_margin_belongs_to_what_follows_and_one_further_in_to_what_stands_before() {
    check_behind_head(
        "duty a\n  board shall \"go\"\n    // of a\n// of b\nduty b\n  board shall \"go\"\n // the end\n// of the file",
        "duty a\n  board shall \"go\"\n  // of a\n\n// of b\nduty b\n  board shall \"go\"\n  // the end\n// of the file\n",
    );
}

// ---- what it does not do ----------------------------------------------------------------------------------------------

#[test]
fn what_has_mistakes_is_not_laid_out_and_the_mistakes_are_told() {
    let mut problems = Sink::default();
    let laid = lay_out(FileId(0), "agreement club\n  in force form 2014-01-01\n", Within::default(), &mut problems);
    assert!(matches!(laid, Laid::HasMistakes));
    assert!(problems.has_errors());
}

#[test]
fn lines_that_end_in_cr_lf_end_so_afterwards() {
    assert_eq!(out("agreement  c\r\n  overens 1\r\n"), "agreement c\r\n  overens 1\r\n");
}

#[test]
fn a_difference_shows_the_lines_that_change_with_three_around_them() {
    let old = "a\nb\nc\nd\ne\nf  g\nh\n\n\ni\nj\nk\nl\nm\n";
    let new = "a\nb\nc\nd\ne\nf g\nh\n\ni\nj\nk\nl\nm\n";
    let expected = "--- x\n+++ x, formatted\n@@ -3,10 +3,9 @@\n c\n d\n e\n-f  g\n+f g\n h\n \n-\n i\n j\n k\n";
    assert_eq!(difference("x", old, new), expected);
    assert_eq!(difference("x", new, new), "");
}

// ---- all of ours ------------------------------------------------------------------------------------------------------

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents whose policies are whole.
const DOCUMENTS: [&str; 5] =
    ["README.md", "docs/language.md", "docs/tutorial.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Every policy of this repository that can be read: the bundled ones, the cases, and those in the documents.
fn all_texts() -> Vec<(String, String)> {
    let files =
        ["policies", "tests/cases"].into_iter().flat_map(|folder| files_below(&root().join(folder), &["overens"]));
    let named = files.filter_map(|path| {
        let text = std::fs::read_to_string(&path).ok()?;
        Some((path.display().to_string(), text.trim_start_matches('\u{feff}').to_string()))
    });
    let in_documents = DOCUMENTS.iter().flat_map(|name| {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        let policies = blocks(&text).into_iter().filter(|block| block.language() == "overens");
        policies.map(|block| (format!("{name}:{}", block.line), block.text)).collect::<Vec<_>>()
    });
    named.chain(in_documents).filter(|(_, text)| !matches!(laid(text), Laid::HasMistakes)).collect()
}

#[test]
fn all_policies_cases_and_examples_of_the_documents_are_formatted() {
    let texts = all_texts();
    assert!(texts.len() > 500, "only {} texts were read", texts.len());
    let differences = texts.iter().map(|(name, text)| difference(name, text, &out(text)));
    let wrong: Vec<String> = differences.filter(|difference| !difference.is_empty()).collect();
    assert!(wrong.is_empty(), "{} are not formatted, mend with `overens fmt`:\n{}", wrong.len(), wrong.concat());
}

#[test]
fn made_agreements_say_the_same_and_stay_as_they_are_laid_out() {
    let many = std::env::var("OVERENS_LAYOUTS").ok().and_then(|many| many.parse().ok()).unwrap_or(200);
    for case in 0..many {
        out(&made(seed_of(7, case)).policy());
    }
}

/// The words of a policy, however they are put on lines, come out in the same way.
#[test]
fn how_words_were_put_on_lines_before_does_not_matter() {
    for (name, text) in all_texts().into_iter().filter(|(_, text)| !text.contains("//")) {
        let whole = out(&text).replace("\r\n", "\n");
        let squeezed: Vec<&str> = text.lines().map(str::trim).collect();
        let blank = |line: &&str| !line.is_empty();
        let squeezed = squeezed
            .split(|line| line.is_empty())
            .map(|lines| lines.iter().copied().filter(|line| blank(line)).collect::<Vec<_>>().join(" "));
        let squeezed: Vec<String> = squeezed.filter(|line| !line.is_empty()).collect();
        assert_eq!(out(&squeezed.join("\n\n")), whole, "{name}");
    }
}
