//! The page for the week: news since an earlier day, what falls due, what to ask and what to decide.

use std::path::PathBuf;

use super::terminal_agreements::{folder, overens};

const CLUB: &str = r#"agreement club "A club"
  overens 1
  in force from 2013-01-01 until further notice
  months round down

event meeting, meetings on held_on
  held_on: date
  summons_sent_on: date

event concert, concerts on held_on
  held_on: date
  accounts_sent_on: date

actors board, auditor, parties

deadline summons § 1
  for each meeting
  board shall have summons_sent_on
  at least 10 days before held_on

deadline accounts § 2
  for each concert
  board shall have accounts_sent_on
  within 30 days after held_on
  attested by auditor

judgement openness § 3
  board shall "work openly"
  every calendar year
  judged by parties
"#;

/// As of Monday 30 June. One summons is due on 5 July, one on 26 July; the one due on 26 June never went out, one went out on 25 June.
/// The auditor attested on 27 June.
const FACTS: &str = r#"(
  agreement: "club",
  as_of: "2014-06-30",
  meeting: [
    (id: "near", held_on: "2014-07-15", summons_sent_on: None),
    (id: "far", held_on: "2014-08-05", summons_sent_on: None),
    (id: "missed", held_on: "2014-07-06", summons_sent_on: None),
    (id: "sent", held_on: "2014-09-01", summons_sent_on: "2014-06-25"),
  ],
  concert: [(id: "spring", held_on: "2014-05-05", accounts_sent_on: "2014-05-20")],
  attestation: [(clause: "accounts", subject: "spring", by: "auditor", on: "2014-06-27")],
)
"#;

fn club(test: &str) -> PathBuf {
    folder(&format!("monday_{test}"), &[("club/club.overens", CLUB), ("club/facts/2014.ron", FACTS)])
}

fn page(test: &str, words: &[&str]) -> Vec<String> {
    let (exit, results, messages) = overens(&club(test), &[&["monday", "club"], words].concat());
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    results.lines().map(str::to_string).collect()
}

#[test]
fn the_page_tells_what_has_happened_what_to_do_and_what_to_decide() {
    let lines = page("whole", &[]);
    assert_eq!(
        lines,
        [
            "A club: the week",
            "as of 2014-06-30 (Monday), with what happened since 2014-06-23",
            "Since then, done",
            "  § 1 summons for sent: pending, now satisfied: summons sent 2014-06-25, 58 days early, planned for 2014-09-01",
            "Since then, newly late",
            "  § 1 summons for missed: pending, now violated: summons not sent by 2014-06-26, planned for 2014-07-06",
            "Since then, answered",
            "  § 2 accounts for spring: unknown, now satisfied: auditor attested on 2014-06-27 that it holds, 15 days early",
            "Do this week",
            "  2014-07-05 (Saturday), 5 days left: § 1 summons near, by board; done with summons_sent_on",
            "The next thirty days",
            "  2014-07-26 (Saturday), 26 days left: § 1 summons far, by board; done with summons_sent_on",
            "Ask these: nothing that an answer could settle",
            "To decide",
            "  parties, 2013-12-31: § 3 openness for 2013: work openly",
            "Money: no cost is shared",
            "quiet: 1 of 3 clauses",
        ]
    );
}

#[test]
fn a_page_for_one_party_leaves_out_what_others_do_and_decide() {
    let lines = page("party", &["--for", "parties"]);
    assert_eq!(lines[0], "A club: the week of parties");
    assert!(lines.contains(&"Do this week: nothing falls due within seven days".to_string()), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("§ 3 openness for 2013")), "{lines:?}");
    let (exit, _, messages) = overens(&club("nobody"), &["monday", "club", "--for", "bord"]);
    assert!(exit == 1 && messages.contains("board"), "{messages}");
}

#[test]
fn without_news_since_the_day_the_page_says_so() {
    let lines = page("since", &["--since", "2014-06-30"]);
    assert_eq!(lines[2], "Since then: nothing is done, newly late, answered or changed");
    let (exit, _, messages) = overens(&club("later"), &["monday", "club", "--since", "2014-07-01"]);
    assert!(exit == 2 && messages.contains("--since"), "{messages}");
}

#[test]
fn a_quiet_week_of_several_agreements_is_short_and_the_same_every_time() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    // Nothing was recorded of these in the week before their as-of days.
    let words = ["monday", "policies/national", "policies/orebro", "policies/samverkan", "policies/stockholm"];
    let (exit, results, messages) = overens(root, &words);
    assert_eq!(exit, 0, "{messages}");
    let quiet = "Since then: nothing is done, newly late, answered or changed";
    assert!(results.lines().count() < 25 && results.contains(quiet), "{results}");
    assert_eq!(overens(root, &words).1, results);
}

#[test]
fn the_page_as_html_has_a_section_for_each_heading() {
    let page = page("html", &["--format", "html"]).join("\n");
    for heading in
        ["Since then, done", "Do this week", "The next thirty days", "Ask these", "To decide", "Money", "Quiet"]
    {
        assert!(page.contains(&format!("{heading}</h2>")), "{heading}: {page}");
    }
    assert!(page.contains(
        "<li>2014-07-05 (Saturday), 5 days left: § 1 summons near, by board; done with summons_sent_on</li>"
    ));
}

#[test]
fn the_page_begins_with_what_could_not_be_judged() {
    let folder = super::forms_support::several("monday_not_judged");
    let (exit, page, _) = overens(&folder, &["monday", "all"]);
    assert_eq!(exit, 3, "{page}");
    let lines: Vec<&str> = page.lines().collect();
    assert_eq!(lines[2], "Could not be judged");
    assert!(lines[3].starts_with("  all/broken/broken.overens: all/broken/broken.overens:3:"), "{page}");
    let html = overens(&folder, &["monday", "all", "--format", "html"]).1;
    assert!(html.contains("Could not be judged</h2>\n<ul>\n<li>all/broken/broken.overens: "), "{html}");
    // Where none could be judged, the page says nothing else.
    let (exit, page, _) = overens(&folder, &["monday", "all", "none.ron"]);
    assert_eq!((exit, page.lines().count()), (5, 5), "{page}");
    assert!(page.contains("  club (all/club/club.overens): there is no file `none.ron`\n"), "{page}");
    // A day that does not fit one of them is said of that one.
    let (exit, page, _) = overens(&folder, &["monday", "all", "--since", "2030-01-01"]);
    assert!(exit == 2 && page.contains("  club (all/club/club.overens): `--since 2030-01-01` is after"), "{page}");
}
