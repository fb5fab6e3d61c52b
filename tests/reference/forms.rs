//! Which forms of the language were drawn, and how often both sides decided on a clause that has them.

use std::collections::BTreeMap;

use crate::reference::compare::Opinions;
use crate::reference::made::Made;

/// A form, and what a clause that has it says, in one of these ways.
const FORMS: &[(&str, &[&str])] = &[
    (
        "deadline or duty: events",
        &["shall hold MEETING", "shall send REPORT", "should hold MEETING", "should send REPORT", "make noise"],
    ),
    ("a day in a field", &["have called_on"]),
    ("a state", &["ensure "]),
    ("prohibition", &["must not "]),
    ("permission", &["BOARD may "]),
    ("composition or state on every day", &["on every day"]),
    ("membership, demands at joining", &["requires "]),
    ("recital", &["states "]),
    ("decision", &["carried when"]),
    ("term, renewals", &["term "]),
    ("every year of a term", &["every year of"]),
    ("exception to", &["exception to"]),
    ("an exception that is a right", &["permission c0x", "permission c1x", "permission c2x"]),
    ("gives way to", &["gives way to"]),
    ("otherwise, the due day of a clause", &["otherwise "]),
    ("several consequences", &["b and c"]),
    ("one consequence of several", &[" c0e\n", " c1e\n", " c2e\n"]),
    ("cost, shares", &["is shared"]),
    ("mixed key", &[" and 2/3 ", " and 60 %"]),
    ("caps, floors, an amount each", &["each at most", "each at least", "after SEK"]),
    ("limits of each that shares", &["most its ", "least its ", "pays its "]),
    ("the rest to somebody, half up each", &["the rest to"]),
    ("borne by", &["is borne by"]),
    ("separate decision", &["by separate decision"]),
    ("billed by", &["billed by"]),
    ("pay its share", &["pay its share"]),
    ("instalments", &["instalments every"]),
    ("pay an amount", &["shall pay", "should pay"]),
    ("judgement, aim", &["judgement ", "aims to"]),
    ("judged by", &["judged by"]),
    ("attested by", &["attested by"]),
    ("as far as possible", &["as far as possible"]),
    ("waived, or with another last day", &["#waiver"]),
    ("a recorded judgement", &["#judgement"]),
    ("a recorded attestation", &["#attestation"]),
    ("decided of a bearer", &["#bearer"]),
    ("readings", &["reading one"]),
    ("counted for", &["counted for"]),
    ("moved to a working day", &["moved to"]),
    ("sets", &["came", "fare", "attend"]),
    ("fiscal year", &["fiscal year"]),
    ("a local calendar", &["local calendar"]),
    ("the edge of a part of the calendar", &["in which"]),
    ("a time that a fact tells", &["patience"]),
    ("a year of a term, during a term", &["in year ", "during c"]),
    (
        "other cycles",
        &["every calendar", "every half", "every quarter", "every four", "every month", "every week", "counted from"],
    ),
    ("if, unless", &["if ", "unless "]),
    ("several wordings", &["in force "]),
    ("amendment", &["adopted on"]),
    ("tolerances", &["tolerance"]),
    ("a term that cuts the periods of a cycle", &["\n  during c"]),
    ("weekdays of the period, the year of a day", &["of the period", "the year of"]),
    ("ties, highest first", &["highest first"]),
    ("ties by a definition", &["ties by dues"]),
    ("taken over by an amendment", &["is taken over"]),
    ("previous, next", &["previous MEETING", "next MEETING"]),
    ("X on D", &["limit on"]),
    ("throughout", &["throughout"]),
    ("count, sum, earliest, latest", &["count of", "sum of", "earliest", "latest"]),
];

#[derive(Default)]
pub struct Forms {
    drawn: BTreeMap<&'static str, (usize, Opinions)>,
}

impl Forms {
    pub fn add(&mut self, made: &Made, of: &BTreeMap<String, Opinions>) {
        for clause in &made.clauses {
            let mut text = clause.join("\n");
            let names: Vec<&str> = text.split("\n\n").filter_map(|one| one.split_whitespace().nth(1)).collect();
            let mut opinions = Opinions::default();
            for one in names.iter().filter_map(|name| of.get(*name)) {
                opinions.agreed += one.agreed;
                opinions.firm += one.firm;
                opinions.without += one.without;
            }
            let own = format!("clause: \"{}\"", names.first().unwrap_or(&""));
            let decided: String = (made.decided.iter())
                .filter(|(_, entry)| entry.starts_with(&own))
                .map(|(list, _)| format!("\n#{list}"))
                .collect();
            text += &decided;
            if made.decided.iter().any(|(_, entry)| entry.starts_with(&own) && entry.contains("bearer: ")) {
                text += "\n#bearer";
            }
            for (form, words) in FORMS {
                let (many, sum) = self.drawn.entry(form).or_default();
                if words.iter().any(|word| text.contains(word)) {
                    *many += 1;
                    sum.agreed += opinions.agreed;
                    sum.firm += opinions.firm;
                    sum.without += opinions.without;
                }
            }
        }
    }

    /// A table as the documentation prints it.
    pub fn print(&self) {
        println!("| form | drawn | verdicts compared | decided | without an opinion |");
        println!("|---|---|---|---|---|");
        for (form, _) in FORMS {
            let (many, sum) = self.drawn.get(form).copied().unwrap_or_default();
            println!("| {form} | {many} | {} | {} | {} |", sum.agreed, sum.firm, sum.without);
        }
    }
}
