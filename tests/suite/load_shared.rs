//! Fact files that serve several agreements: what only another one knows is left to it, what nobody knows is told.

use overens::{
    diagnostics::{Severity, Sink},
    facts::{Cell, Facts, Row},
    load::{self, Doubt, Other, Whose},
    model::schema::{FieldId, InTime, Need, Schema, Type},
    source::Sources,
};

use super::load_facts::{MEETING, roots, schema, told};

/// An agreement that knows meetings by their chair, a kind `referral`, and surveys.
fn national() -> Other {
    let mut schema = schema();
    let meeting = schema.records.iter_mut().find(|record| record.name == "meeting").unwrap();
    let chair = overens::model::schema::Field { name: "chair".to_owned(), ty: Type::Text, ..meeting.fields[0].clone() };
    let kind = meeting.fields.iter_mut().find(|field| field.name == "kind").unwrap();
    kind.ty = Type::OneOf(vec!["annual".to_owned(), "referral".to_owned()]);
    meeting.fields.push(chair);
    let mut survey = meeting.clone();
    (survey.name, survey.plural) = ("survey".to_owned(), Some("surveys".to_owned()));
    schema.records.push(survey);
    assert!(schema.records[0].fields.iter().all(|field| field.need == Need::Optional && field.time == InTime::Once));
    Other { schema, clauses: vec!["openness".to_owned()], doubt: None }
}

fn in_doubt() -> Other {
    let doubt = Doubt { why: "there is no policy".to_owned(), way_out: "put one there".to_owned() };
    Other { schema: Schema::default(), clauses: Vec::new(), doubt: Some(doubt) }
}

/// The facts of files for `samverkan`, with what is told; `national` is what is known of the agreement of that name.
fn read(files: &[(&str, &str)], national: &Other) -> (Facts, Vec<String>, Sink) {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let roots = roots(files, &mut sources, &mut problems);
    let others = load::others(&roots, Some("samverkan"), |name| {
        assert_eq!(name, "national");
        national.clone()
    });
    let (schema, agreement) = (schema(), Some("samverkan"));
    let facts = load::bind(&roots, &Whose { schema: &schema, agreement, others: &others }, &mut problems);
    (facts, told(&sources, &problems), problems)
}

const SHARED: &str = r#"(
  agreement: ["samverkan", "national"],
  complete: { "survey": (from: "2014-01-01", through: "2014-12-31") },
  surveys: [(id: "s")],
  meeting: [(id: "r", held_on: "2014-05-13", kind: "referral", chair: "Anna")],
  judgement: [
    (clause: "national.openness", by: "parties", on: "2015-01-22", outcome: "kept"),
    (clause: "samverkan.summons", by: "parties", on: "2015-01-22", outcome: "late"),
    (clause: "openness", by: "parties", on: "2015-01-22", outcome: "kept"),
  ],
)"#;

#[test]
fn what_only_another_agreement_of_the_file_knows_is_passed_over() {
    let (facts, told, _) = read(&[("register.ron", SHARED)], &national());
    assert_eq!(told, [""; 0]);
    let clauses: Vec<&str> = facts.judgements.iter().map(|one| one.decision.clause.as_str()).collect();
    assert_eq!(clauses, ["summons", "openness"]);
}

#[test]
fn a_word_of_another_agreement_is_known_and_is_none_of_the_words_of_this_one() {
    let (facts, _, _) = read(&[("register.ron", SHARED)], &national());
    let kind = schema().record(MEETING).unwrap().fields.iter().position(|field| field.name == "kind").unwrap();
    let kind = FieldId(u16::try_from(kind).unwrap());
    let cell = facts.cell(overens::facts::CellId { record: MEETING, row: Row(0), field: kind });
    assert!(matches!(cell, Cell::Word(word) if facts.words.text(word) == "referral"), "{cell:?}");
}

#[test]
fn what_no_agreement_of_the_file_knows_is_told_with_the_nearest_name_of_any() {
    let text = r#"(
  agreement: ["samverkan", "national"],
  complete: { "servey": (from: "2014-01-01", through: "2014-12-31") },
  survay: [],
  meeting: [(id: "r", kind: "referal", chiar: "Anna")],
  judgement: [(clause: "national.opennes", by: "parties", on: "2015-01-22", outcome: "kept")],
)"#;
    let (_, told, problems) = read(&[("register.ron", text)], &national());
    assert!(problems.has_errors());
    assert_eq!(
        told,
        [
            "register.ron:3:15 facts-unknown-record the agreement has no record `servey` | did you mean `survey`?",
            "register.ron:4:3 facts-unknown-record the agreement has no record or fact `survay` | did you mean `survey`?",
            "register.ron:5:29 facts-unknown-option `kind` cannot be `referal` | did you mean `referral`?",
            "register.ron:5:40 facts-unknown-field `meeting` has no field `chiar` | did you mean `chair`?",
            "register.ron:6:24 recorded-clause `national` has no clause `opennes` | did you mean `openness`?",
        ]
    );
}

#[test]
fn each_file_is_held_against_the_agreements_that_it_names_itself() {
    let own = r#"(agreement: "samverkan", meeting: [(id: "own", chair: "Anna")])"#;
    let (_, told, _) = read(&[("register.ron", SHARED), ("2015.ron", own)], &national());
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("2015.ron:1:48 facts-unknown-field `meeting` has no field `chair`"), "{told:#?}");
}

#[test]
fn what_may_be_another_agreements_is_left_out_with_one_warning_for_each_name() {
    let text = r#"(
  agreement: ["samverkan", "national"],
  meeting: [(id: "a", held_no: "2014-01-23", kind: "referral"), (id: "b", held_no: "2015-01-22", kind: "referral")],
  survey: [(id: "s")],
)"#;
    let (facts, told, problems) = read(&[("register.ron", text)], &in_doubt());
    assert!(!problems.has_errors(), "{told:#?}");
    assert!(problems.sorted().iter().all(|one| one.severity == Severity::Warning));
    let left_out = |what: &str, name: &str| {
        format!(
            "facts-left-out {what} is ignored: this agreement does not define `{name}`, and it is unclear whether \
             `national` does: there is no policy"
        )
    };
    let expected = [
        format!(
            "register.ron:3:23 {} | did you mean `held_on`? If not, put one there",
            left_out("`held_no` of `meeting`", "held_no")
        ),
        format!("register.ron:3:52 {} | put one there", left_out("the value of `kind`, `referral`,", "referral")),
        format!("register.ron:4:3 {} | put one there", left_out("`survey`", "survey")),
    ];
    assert_eq!(told, expected);
    assert_eq!(facts.rows(MEETING).count(), 2);
}

#[test]
fn an_agreement_that_the_file_does_not_name_leaves_nothing_out() {
    let text = r#"(agreement: "samverkan", survey: [(id: "s")])"#;
    let (_, told, _) = read(&[("register.ron", text)], &national());
    assert!(told[0].starts_with("register.ron:1:26 facts-unknown-record"), "{told:#?}");
}
