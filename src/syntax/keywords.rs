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
    pub place: Place,
}

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the beginning of a declaration: what follows a mistake is looked for by these words.
    Declaration,
    Within,
}

const fn of(role: &'static str, spellings: &'static [&'static str]) -> Row {
    Row { role, spellings, place: Place::Within }
}

const fn begins(role: &'static str, spellings: &'static [&'static str]) -> Row {
    Row { role, spellings, place: Place::Declaration }
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
        of("a_public_holiday", &["a public holiday"]),
        of("a_working_day", &["a working day"]),
        of("about", &["about"]),
        begins("actor", &["actors", "actor"]),
        of("add", &["add"]),
        of("adopted_by", &["adopted by"]),
        of("adopted_on", &["adopted on"]),
        of("after", &["after"]),
        begins("agreement", &["agreement"]),
        begins("aim", &["aim"]),
        of("aims_to", &["aims to", "aim to"]),
        of("all", &["all"]),
        of("also", &["also"]),
        of("also_for", &["also for"]),
        begins("amendment", &["amendment"]),
        of("among", &["among"]),
        of("and", &["and"]),
        of("april", &["April"]),
        of("are", &["are"]),
        of("as", &["as"]),
        of("as_far_as_possible", &["as far as possible"]),
        of("as_of", &["as of"]),
        of("at_any_time", &["at any time"]),
        of("at_least", &["at least"]),
        of("at_most", &["at most"]),
        of("attested_by", &["attested by"]),
        of("august", &["August"]),
        of("be", &["be"]),
        of("before", &["before"]),
        of("before_the_start", &["before the start"]),
        of("between", &["between"]),
        of("billed_by", &["billed by"]),
        of("builds_on", &["builds on"]),
        of("by", &["by"]),
        of("by_separate_decision", &["by separate decision"]),
        of("calendar", &["calendar"]),
        of("calendar_year", &["calendar year"]),
        of("carried_when", &["carried when"]),
        of("clear_day", &["clear days", "clear day"]),
        of("closed_on", &["closed on"]),
        of("complete", &["complete"]),
        begins("composition", &["composition"]),
        of("conforms_to", &["conforms to"]),
        begins("cost", &["cost"]),
        of("count_of", &["count of"]),
        of("count_of_different", &["count of different"]),
        of("counted_for", &["counted for"]),
        of("counted_from", &["counted from"]),
        of("counts_in_proportion", &["counts in proportion"]),
        of("counts_not_at_all", &["counts not at all"]),
        of("counts_whole", &["counts whole"]),
        of("currency", &["currency"]),
        of("date", &["date"]),
        of("day", &["days", "day"]),
        of("days_from", &["days from"]),
        begins("deadline", &["deadline"]),
        of("december", &["December"]),
        of("decided_by", &["decided by"]),
        begins("decision", &["decision"]),
        begins("define", &["define"]),
        of("divided_by", &["divided by"]),
        of("due_day_of", &["the due day of"]),
        of("during", &["during"]),
        begins("duty", &["duty"]),
        of("each", &["each"]),
        of("each_at_least", &["each at least"]),
        of("each_at_least_its", &["each at least its"]),
        of("each_at_most", &["each at most"]),
        of("each_at_most_its", &["each at most its"]),
        of("each_first_pays_its", &["each first pays its"]),
        of("each_of", &["each of"]),
        of("earliest", &["earliest"]),
        of("early", &["early"]),
        of("end_of_month_after", &["the last day of the month after", "the end of the month after"]),
        of("endlessly", &["endlessly"]),
        of("ends", &["ends"]),
        of("ensure", &["ensure"]),
        of("equally", &["equally"]),
        begins("event", &["event"]),
        of("every", &["every"]),
        of("exactly", &["exactly"]),
        of("exception_to", &["exception to"]),
        of("exercised_on", &["exercised on"]),
        of("expect", &["expect"]),
        begins("fact", &["fact"]),
        of("facts", &["facts"]),
        of("feast_all_saints_day", &["all saints day"]),
        of("feast_ascension_day", &["ascension day"]),
        of("feast_boxing_day", &["second day of christmas", "boxing day"]),
        of("feast_christmas_day", &["christmas day"]),
        of("feast_christmas_eve", &["christmas eve"]),
        of("feast_easter_day", &["easter day"]),
        of("feast_easter_eve", &["easter eve"]),
        of("feast_easter_monday", &["easter monday"]),
        of("feast_epiphany", &["epiphany"]),
        of("feast_good_friday", &["good friday"]),
        of("feast_labour_day", &["labour day"]),
        of("feast_midsummer_day", &["midsummer day"]),
        of("feast_midsummer_eve", &["midsummer eve"]),
        of("feast_national_day", &["national day"]),
        of("feast_new_years_day", &["new year's day"]),
        of("feast_new_years_eve", &["new year's eve"]),
        of("feast_whit_monday", &["whit monday"]),
        of("feast_whit_sunday", &["whit sunday"]),
        of("february", &["February"]),
        of("first_in_order", &["first in order"]),
        of("first_period", &["first period"]),
        of("fiscal_year", &["fiscal year"]),
        of("for", &["for"]),
        of("for_each", &["for each"]),
        of("formerly", &["formerly"]),
        of("four_months", &["four months"]),
        of("friday", &["Friday"]),
        of("from", &["from"]),
        of("given", &["given"]),
        of("gives_way_to", &["gives way to"]),
        of("half_of", &["half of"]),
        of("half_up_each", &["half up each"]),
        of("half_year", &["half-year"]),
        of("half_year_in_which", &["the half-year in which"]),
        of("has", &["has"]),
        of("has_only", &["has only"]),
        of("have", &["have"]),
        of("highest_first", &["highest first"]),
        of("if", &["if"]),
        of("if_judged", &["if judged"]),
        begins("import", &["import"]),
        of("in", &["in"]),
        of("in_calendar_year", &["in calendar year"]),
        of("in_force", &["in force"]),
        of("in_parts", &["in parts"]),
        of("in_proportion_to", &["in proportion to"]),
        of("in_reasonable_time", &["in reasonable time"]),
        of("in_the_first", &["in the first"]),
        of("in_writing", &["in writing"]),
        of("in_year", &["in year"]),
        of("instalments", &["instalments", "equal instalments"]),
        of("is", &["is"]),
        of("is_borne_by", &["is borne by"]),
        of("is_shared", &["is shared"]),
        of("is_taken_over", &["is taken over"]),
        of("it", &["it"]),
        of("its", &["its"]),
        of("january", &["January"]),
        of("judged_by", &["judged by"]),
        begins("judgement", &["judgement"]),
        of("july", &["July"]),
        of("june", &["June"]),
        of("keeps_the_old_wording", &["keeps the old wording"]),
        of("known_from", &["known from"]),
        of("largest_remainder", &["largest remainder"]),
        of("last_checked_on", &["last checked on"]),
        of("last_day", &["last day"]),
        of("last_day_of", &["the last day of"]),
        of("last_period", &["last period"]),
        of("lasts_from", &["lasts from"]),
        of("latest", &["latest"]),
        of("lay_before", &["lay before"]),
        of("less_than", &["less than", "fewer than"]),
        of("lies", &["lies"]),
        of("listed", &["listed"]),
        begins("local_calendar", &["local calendar"]),
        of("made", &["made"]),
        of("march", &["March"]),
        of("may", &["may"]),
        of("may_month", &["May"]),
        begins("membership", &["membership"]),
        of("minus", &["minus"]),
        of("missing", &["missing"]),
        of("monday", &["Monday"]),
        of("money", &["money"]),
        of("month", &["months", "month"]),
        of("month_in_which", &["the month in which"]),
        of("months", &["months"]),
        of("more_than", &["more than"]),
        of("moved_to_next_working_day", &["moved to the next working day"]),
        of("moved_to_previous_working_day", &["moved to the previous working day"]),
        of("must_not", &["must not"]),
        of("next", &["next"]),
        of("no", &["no"]),
        of("no_earlier_than", &["no earlier than"]),
        of("no_later_than", &["no later than"]),
        of("none", &["none"]),
        of("not", &["not"]),
        of("not_stated", &["not stated"]),
        of("note", &["note"]),
        of("november", &["November"]),
        of("number", &["number"]),
        of("october", &["October"]),
        of("of", &["of"]),
        of("of_each_of", &["of each of"]),
        of("on", &["on"]),
        of("on_every_day", &["on every day"]),
        of("once", &["once"]),
        of("one_of", &["one of"]),
        of("open_on", &["open on"]),
        of("or", &["or"]),
        of("otherwise", &["otherwise"]),
        of("over_time", &["over time"]),
        of("overens", &["overens"]),
        of("owed_to", &["owed to"]),
        of("pay_its_share_of", &["pay its share of"]),
        of("per", &["per"]),
        begins("permission", &["permission"]),
        of("plus", &["plus"]),
        of("previous", &["previous"]),
        of("principle", &["principles", "principle"]),
        begins("prohibition", &["prohibition"]),
        of("proposed_by", &["proposed by"]),
        of("quarter", &["quarter"]),
        of("quarter_in_which", &["the quarter in which"]),
        of("quorum", &["quorum"]),
        of("reading", &["reading"]),
        begins("recital", &["recital"]),
        begins("record", &["record"]),
        of("regime_refuse", &["refuse"]),
        of("regime_round_down", &["round down"]),
        of("regime_round_up", &["round up"]),
        of("renews_for", &["renews for"]),
        of("renumber", &["renumber"]),
        of("repeal", &["repeal"]),
        of("replace", &["replace"]),
        of("required", &["required"]),
        of("requires", &["requires"]),
        of("rest_is_refilled", &["the rest is refilled"]),
        of("rest_on_the_first", &["the rest on the first"]),
        of("rest_on_the_last", &["the rest on the last"]),
        of("rest_stays_unshared", &["the rest stays unshared"]),
        of("rest_to", &["the rest to"]),
        of("restates", &["restates"]),
        begins("review", &["review"]),
        of("rival_of", &["rival of"]),
        of("rounded_down_to", &["rounded down to"]),
        of("rounded_to", &["rounded to"]),
        of("rounded_up_to", &["rounded up to"]),
        of("same_days_as", &["same days as"]),
        of("saturday", &["Saturday"]),
        begins("scenario", &["scenario"]),
        of("september", &["September"]),
        of("set_of", &["set of"]),
        of("shall", &["shall"]),
        of("share_of", &["share of"]),
        of("should", &["should"]),
        begins("silent", &["silent"]),
        of("some", &["some"]),
        of("started", &["started"]),
        of("starts", &["starts"]),
        of("statement", &["statements", "statement"]),
        of("states", &["states"]),
        of("sum_of", &["sum of"]),
        of("sunday", &["Sunday"]),
        of("takes_effect", &["takes effect"]),
        begins("term", &["term"]),
        of("text", &["text"]),
        of("the_day", &["the day"]),
        of("the_earliest_of", &["the earliest of"]),
        of("the_end_of", &["the end of"]),
        of("the_latest_of", &["the latest of"]),
        of("the_nth_fifth", &["the fifth"]),
        of("the_nth_first", &["the first"]),
        of("the_nth_fourth", &["the fourth"]),
        of("the_nth_last", &["the last"]),
        of("the_nth_second", &["the second"]),
        of("the_nth_third", &["the third"]),
        of("the_period", &["the period"]),
        of("the_start_of", &["the start of", "the first day of"]),
        of("the_weekday_of", &["the weekday of"]),
        of("the_year_of", &["the year of"]),
        of("then", &["then"]),
        of("through", &["through"]),
        of("throughout", &["throughout"]),
        of("thursday", &["Thursday"]),
        of("ties_by", &["ties by"]),
        of("time", &["time"]),
        of("times", &["times", "time"]),
        of("to", &["to"]),
        of("together", &["together"]),
        of("tolerance", &["tolerance"]),
        of("tuesday", &["Tuesday"]),
        of("unless", &["unless"]),
        of("until", &["until"]),
        of("until_further_notice", &["until further notice"]),
        begins("value", &["value"]),
        of("verb_arrange", &["arrange"]),
        of("verb_attend", &["attend"]),
        of("verb_book", &["book"]),
        of("verb_give", &["give"]),
        of("verb_hold", &["hold"]),
        of("verb_invite_to", &["invite to"]),
        of("verb_join", &["join"]),
        of("verb_leave", &["leave"]),
        of("verb_make", &["make"]),
        of("verb_pay", &["pay"]),
        of("verb_present", &["present"]),
        of("verb_publish", &["publish"]),
        of("verb_send", &["send"]),
        of("verdict_carried", &["carried"]),
        of("verdict_differs", &["differs from the text"]),
        of("verdict_exceeded", &["exceeded"]),
        of("verdict_late", &["late"]),
        of("verdict_needs_judgement", &["needs judgement"]),
        of("verdict_not_applicable", &["not applicable"]),
        of("verdict_not_carried", &["not carried"]),
        of("verdict_not_followed", &["not followed"]),
        of("verdict_not_used", &["not used"]),
        of("verdict_open", &["open"]),
        of("verdict_pending", &["pending"]),
        of("verdict_satisfied", &["satisfied"]),
        of("verdict_unknown", &["unknown"]),
        of("verdict_used", &["used"]),
        of("verdict_violated", &["violated"]),
        of("verdict_without_effect", &["without effect"]),
        of("wednesday", &["Wednesday"]),
        of("week", &["weeks", "week"]),
        of("week_days", &["week days"]),
        of("what_began_before", &["what began before"]),
        of("where", &["where"]),
        of("whole_months_from", &["whole months from"]),
        of("with", &["with"]),
        of("within", &["within"]),
        of("without", &["without"]),
        of("without_a_last_day", &["without a last day"]),
        of("work_for", &["work for"]),
        of("working_day", &["working days", "working day"]),
        of("working_days_from", &["working days from"]),
        of("year", &["years", "year"]),
        of("year_in_which", &["the year in which"]),
        of("year_of", &["year of"]),
        of("yes", &["yes"]),
        of("yes_no", &["yes/no"]),
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

/// The row of a role; the rows stand in the order of their roles.
pub fn row(role: &str) -> Option<&'static Row> {
    let at = ENGLISH.rows.binary_search_by(|row| row.role.cmp(role)).ok()?;
    ENGLISH.rows.get(at)
}

/// All spellings of a role in English.
pub fn spellings(role: &str) -> &'static [&'static str] {
    row(role).map_or(&[], |row| row.spellings)
}

/// How a role is written in English, for messages: `k_at_least` is "at least".
pub fn written(role: &str) -> Option<&'static str> {
    spellings(role).first().copied()
}
