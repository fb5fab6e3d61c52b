//! The keyword table: every word of the language by the role it plays, one column for each language.
//! The grammar's `words.pest` is made from it (a test regenerates and compares), so another language is another column.
//!
//! A role, not an English word, is the key: `by` alone stands in several roles that other languages tell apart.
//! The first spelling is the one that is written; the others are read as well.

use std::collections::BTreeMap;

/// One row: a role and its spellings in one language. Spellings of several words have one space between them.
pub struct Row {
    pub role: &'static str,
    pub spellings: &'static [&'static str],
}

const fn row(role: &'static str, spellings: &'static [&'static str]) -> Row {
    Row { role, spellings }
}

/// A language that policies can be written in.
pub struct Language {
    pub name: &'static str,
    pub rows: &'static [Row],
    /// Words that cannot be names, so that a forgotten word gets a message of its own instead of a misreading.
    pub reserved: &'static [&'static str],
}

pub const LANGUAGES: &[&Language] = &[&ENGLISH];

pub const ENGLISH: Language = Language {
    name: "english",
    rows: &[
        row("about", &["about"]),
        row("actor", &["actors", "actor"]),
        row("after", &["after"]),
        row("agreement", &["agreement"]),
        row("aims_to", &["aims to", "aim to"]),
        row("all", &["all"]),
        row("also_for", &["also for"]),
        row("among", &["among"]),
        row("and", &["and"]),
        row("april", &["April"]),
        row("are", &["are"]),
        row("as", &["as"]),
        row("as_far_as_possible", &["as far as possible"]),
        row("as_of", &["as of"]),
        row("at_any_time", &["at any time"]),
        row("at_least", &["at least"]),
        row("at_most", &["at most"]),
        row("attested_by", &["attested by"]),
        row("august", &["August"]),
        row("be", &["be"]),
        row("before", &["before"]),
        row("before_the_start", &["before the start"]),
        row("between", &["between"]),
        row("billed_by", &["billed by"]),
        row("by", &["by"]),
        row("by_separate_decision", &["by separate decision"]),
        row("calendar", &["calendar"]),
        row("calendar_year", &["calendar year"]),
        row("carried_when", &["carried when"]),
        row("complete", &["complete"]),
        row("composition", &["composition"]),
        row("cost", &["cost"]),
        row("count_of", &["count of"]),
        row("count_of_different", &["count of different"]),
        row("counted_for", &["counted for"]),
        row("counted_from", &["counted from"]),
        row("counts_in_proportion", &["counts in proportion"]),
        row("counts_not_at_all", &["counts not at all"]),
        row("counts_whole", &["counts whole"]),
        row("currency", &["currency"]),
        row("date", &["date"]),
        row("day", &["days", "day"]),
        row("days_from", &["days from"]),
        row("deadline", &["deadline"]),
        row("december", &["December"]),
        row("decided_by", &["decided by"]),
        row("decision", &["decision"]),
        row("define", &["define"]),
        row("divided_by", &["divided by"]),
        row("due_day_of", &["the due day of"]),
        row("during", &["during"]),
        row("duty", &["duty"]),
        row("each", &["each"]),
        row("each_at_least", &["each at least"]),
        row("each_at_most", &["each at most"]),
        row("each_of", &["each of"]),
        row("earliest", &["earliest"]),
        row("early", &["early"]),
        row("endlessly", &["endlessly"]),
        row("ends", &["ends"]),
        row("ensure", &["ensure"]),
        row("equally", &["equally"]),
        row("event", &["event"]),
        row("every", &["every"]),
        row("exactly", &["exactly"]),
        row("exception_to", &["exception to"]),
        row("exercised_on", &["exercised on"]),
        row("expect", &["expect"]),
        row("fact", &["fact"]),
        row("facts", &["facts"]),
        row("feast_all_saints_day", &["all saints day"]),
        row("feast_ascension_day", &["ascension day"]),
        row("feast_christmas_day", &["christmas day"]),
        row("feast_christmas_eve", &["christmas eve"]),
        row("feast_easter_day", &["easter day"]),
        row("feast_easter_monday", &["easter monday"]),
        row("feast_epiphany", &["epiphany"]),
        row("feast_good_friday", &["good friday"]),
        row("feast_labour_day", &["labour day"]),
        row("feast_midsummer_day", &["midsummer day"]),
        row("feast_midsummer_eve", &["midsummer eve"]),
        row("feast_national_day", &["national day"]),
        row("feast_new_years_day", &["new year's day"]),
        row("feast_new_years_eve", &["new year's eve"]),
        row("feast_whit_sunday", &["whit sunday"]),
        row("february", &["February"]),
        row("first_in_order", &["first in order"]),
        row("first_period", &["first period"]),
        row("fiscal_year", &["fiscal year"]),
        row("for", &["for"]),
        row("for_each", &["for each"]),
        row("four_months", &["four months"]),
        row("friday", &["Friday"]),
        row("from", &["from"]),
        row("given", &["given"]),
        row("gives_way_to", &["gives way to"]),
        row("half_of", &["half of"]),
        row("half_year", &["half-year"]),
        row("has", &["has"]),
        row("have", &["have"]),
        row("if", &["if"]),
        row("if_judged", &["if judged"]),
        row("import", &["import"]),
        row("in", &["in"]),
        row("in_force", &["in force"]),
        row("in_parts", &["in parts"]),
        row("in_proportion_to", &["in proportion to"]),
        row("in_reasonable_time", &["in reasonable time"]),
        row("in_the_first", &["in the first"]),
        row("in_writing", &["in writing"]),
        row("in_year", &["in year"]),
        row("is", &["is"]),
        row("is_borne_by", &["is borne by"]),
        row("is_shared", &["is shared"]),
        row("it", &["it"]),
        row("its", &["its"]),
        row("january", &["January"]),
        row("judged_by", &["judged by"]),
        row("judgement", &["judgement"]),
        row("july", &["July"]),
        row("june", &["June"]),
        row("largest_remainder", &["largest remainder"]),
        row("last_checked_on", &["last checked on"]),
        row("last_day", &["last day"]),
        row("last_day_of", &["the last day of"]),
        row("last_period", &["last period"]),
        row("lasts_from", &["lasts from"]),
        row("latest", &["latest"]),
        row("lay_before", &["lay before"]),
        row("less_than", &["less than"]),
        row("listed", &["listed"]),
        row("made", &["made"]),
        row("march", &["March"]),
        row("may", &["may"]),
        row("may_month", &["May"]),
        row("membership", &["membership"]),
        row("minus", &["minus"]),
        row("missing", &["missing"]),
        row("monday", &["Monday"]),
        row("money", &["money"]),
        row("month", &["months", "month"]),
        row("months", &["months"]),
        row("more_than", &["more than"]),
        row("moved_to_working_day", &["moved to the next working day"]),
        row("must_not", &["must not"]),
        row("next", &["next"]),
        row("no", &["no"]),
        row("no_earlier_than", &["no earlier than"]),
        row("no_later_than", &["no later than"]),
        row("none", &["none"]),
        row("not", &["not"]),
        row("not_stated", &["not stated"]),
        row("note", &["note"]),
        row("november", &["November"]),
        row("number", &["number"]),
        row("october", &["October"]),
        row("of", &["of"]),
        row("of_each_of", &["of each of"]),
        row("on", &["on"]),
        row("on_every_day", &["on every day"]),
        row("once", &["once"]),
        row("one_of", &["one of"]),
        row("or", &["or"]),
        row("otherwise", &["otherwise"]),
        row("over_time", &["over time"]),
        row("overens", &["overens"]),
        row("owed_to", &["owed to"]),
        row("pay_its_share_of", &["pay its share of"]),
        row("per", &["per"]),
        row("permission", &["permission"]),
        row("plus", &["plus"]),
        row("previous", &["previous"]),
        row("principle", &["principles", "principle"]),
        row("prohibition", &["prohibition"]),
        row("quarter", &["quarter"]),
        row("quorum", &["quorum"]),
        row("reading", &["reading"]),
        row("recital", &["recital"]),
        row("record", &["record"]),
        row("regime_eu", &["EU 1182/71"]),
        row("regime_refuse", &["refuse"]),
        row("regime_round_down", &["round down"]),
        row("regime_round_up", &["round up"]),
        row("regime_sweden", &["Sweden 1930:173"]),
        row("renews_for", &["renews for"]),
        row("required", &["required"]),
        row("requires", &["requires"]),
        row("rest_is_refilled", &["the rest is refilled"]),
        row("rest_stays_unshared", &["the rest stays unshared"]),
        row("restates", &["restates"]),
        row("review", &["review"]),
        row("rounded_down_to", &["rounded down to"]),
        row("rounded_to", &["rounded to"]),
        row("rounded_up_to", &["rounded up to"]),
        row("saturday", &["Saturday"]),
        row("scenario", &["scenario"]),
        row("september", &["September"]),
        row("set_of", &["set of"]),
        row("shall", &["shall"]),
        row("share_of", &["share of"]),
        row("should", &["should"]),
        row("silent", &["silent"]),
        row("some", &["some"]),
        row("started", &["started"]),
        row("starts", &["starts"]),
        row("statement", &["statements", "statement"]),
        row("states", &["states"]),
        row("sum_of", &["sum of"]),
        row("sunday", &["Sunday"]),
        row("takes_effect", &["takes effect"]),
        row("term", &["term"]),
        row("text", &["text"]),
        row("the_day", &["the day"]),
        row("the_end_of", &["the end of"]),
        row("the_nth_fifth", &["the fifth"]),
        row("the_nth_first", &["the first"]),
        row("the_nth_fourth", &["the fourth"]),
        row("the_nth_last", &["the last"]),
        row("the_nth_second", &["the second"]),
        row("the_nth_third", &["the third"]),
        row("the_period", &["the period"]),
        row("the_start_of", &["the start of"]),
        row("through", &["through"]),
        row("throughout", &["throughout"]),
        row("thursday", &["Thursday"]),
        row("ties_by", &["ties by"]),
        row("times", &["times", "time"]),
        row("to", &["to"]),
        row("together", &["together"]),
        row("tolerance", &["tolerance"]),
        row("tuesday", &["Tuesday"]),
        row("unless", &["unless"]),
        row("until", &["until"]),
        row("until_further_notice", &["until further notice"]),
        row("value", &["value"]),
        row("verb_arrange", &["arrange"]),
        row("verb_book", &["book"]),
        row("verb_give", &["give"]),
        row("verb_hold", &["hold"]),
        row("verb_invite_to", &["invite to"]),
        row("verb_join", &["join"]),
        row("verb_leave", &["leave"]),
        row("verb_make", &["make"]),
        row("verb_present", &["present"]),
        row("verb_publish", &["publish"]),
        row("verb_send", &["send"]),
        row("verdict_carried", &["carried"]),
        row("verdict_differs", &["differs from the text"]),
        row("verdict_exceeded", &["exceeded"]),
        row("verdict_late", &["late"]),
        row("verdict_needs_judgement", &["needs judgement"]),
        row("verdict_not_applicable", &["not applicable"]),
        row("verdict_not_carried", &["not carried"]),
        row("verdict_not_followed", &["not followed"]),
        row("verdict_not_used", &["not used"]),
        row("verdict_open", &["open"]),
        row("verdict_pending", &["pending"]),
        row("verdict_satisfied", &["satisfied"]),
        row("verdict_unknown", &["unknown"]),
        row("verdict_used", &["used"]),
        row("verdict_violated", &["violated"]),
        row("verdict_without_effect", &["without effect"]),
        row("wednesday", &["Wednesday"]),
        row("week", &["weeks", "week"]),
        row("week_days", &["week days"]),
        row("where", &["where"]),
        row("whole_months_from", &["whole months from"]),
        row("within", &["within"]),
        row("without_a_last_day", &["without a last day"]),
        row("work_for", &["work for"]),
        row("working_day", &["working days", "working day"]),
        row("year", &["years", "year"]),
        row("year_of", &["year of"]),
        row("yes", &["yes"]),
        row("yes_no", &["yes/no"]),
    ],
    reserved: &[
        "after", "all", "and", "at", "before", "between", "by", "each", "every", "for", "from", "has", "have", "if",
        "in", "is", "its", "may", "minus", "must", "not", "of", "on", "or", "plus", "shall", "should", "some",
        "through", "to", "unless", "until", "where", "within",
    ],
};

/// The grammar of the words: one rule `k_ROLE` a role, longest spelling first, and the rule `reserved`.
pub fn words_grammar() -> String {
    let mut text = String::from(
        "// Made from the keyword table (src/syntax/keywords.rs); a test compares. Do not edit by hand.\n\
         edge = _{ !XID_CONTINUE }\n\
         gap = _{ (WHITESPACE | COMMENT)+ }\n",
    );
    for row in ENGLISH.rows {
        let mut spellings: Vec<&str> = row.spellings.to_vec();
        spellings.sort_by_key(|one| std::cmp::Reverse(one.len()));
        let ways: Vec<String> = spellings.iter().map(|one| spelling(one)).collect();
        let ways = if ways.len() == 1 { ways.concat() } else { format!("({})", ways.join(" | ")) };
        text.push_str(&format!("k_{} = ${{ {ways} ~ edge }}\n", row.role));
    }
    text.push_str(&format!("reserved = @{{ ({}) ~ edge }}\n", by_first_letter(ENGLISH.reserved)));
    text
}

/// Alternatives grouped by their first letter, the longer words first: every name is held against them.
fn by_first_letter(words: &[&str]) -> String {
    let mut groups: BTreeMap<char, Vec<&str>> = BTreeMap::new();
    for word in words {
        let mut letters = word.chars();
        if let Some(first) = letters.next() {
            groups.entry(first).or_default().push(letters.as_str());
        }
    }
    let group = |(first, mut rests): (char, Vec<&str>)| {
        rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        let rests: Vec<String> = rests.iter().map(|rest| format!("\"{rest}\"")).collect();
        format!("\"{first}\" ~ ({})", rests.join(" | "))
    };
    groups.into_iter().map(group).collect::<Vec<_>>().join(" | ")
}

fn spelling(words: &str) -> String {
    let parts: Vec<String> = words.split(' ').map(|word| format!("\"{word}\"")).collect();
    parts.join(" ~ gap ~ ")
}

/// All spellings of a role in English.
pub fn spellings(role: &str) -> &'static [&'static str] {
    ENGLISH.rows.iter().find(|row| row.role == role).map_or(&[], |row| row.spellings)
}

/// How a role is written in English, for messages: `k_at_least` is "at least".
pub fn written(role: &str) -> Option<&'static str> {
    spellings(role).first().copied()
}
