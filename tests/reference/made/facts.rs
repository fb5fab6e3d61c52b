//! Facts: records, and what is not given, imprecise, disputed or called off among them.

use overens::value::Day;

use super::{Given, Made, Tape};

/// A value, or what else there can be in its place. What is not given, imprecise or disputed is rare, so that verdicts come.
fn value(tape: &mut Tape, row: &mut Given, name: &str, loose: u32, of: impl Fn(&mut Tape) -> String) {
    let text = match tape.below(24) {
        0 if loose > 0 => return,
        1..=2 => "None".to_string(),
        3 if loose > 1 => format!("[(value: {}, source: \"a\"), (value: {}, source: \"b\")]", of(tape), of(tape)),
        _ => of(tape),
    };
    row.fields.push((name.to_string(), text));
}

fn date(tape: &mut Tape) -> String {
    format!("\"{}\"", tape.day())
}

fn loose_date(tape: &mut Tape, row: &mut Given, name: &str, loose: u32) {
    if loose > 0 && tape.one_in(14) {
        let text = match tape.below(3) {
            0 => format!("\"2014-{:02}\"", 1 + tape.below(12)),
            1 => "\"2014-06-28/2014-07-02\"".to_string(),
            _ => "\"2014-12-30/2015-01-02\"".to_string(),
        };
        row.fields.push((name.to_string(), text));
        return;
    }
    value(tape, row, name, loose, date);
}

/// A day on which something else happened, or one that a window may count from it; else any.
fn date_near(tape: &mut Tape, row: &mut Given, name: &str, loose: u32, of: &[Day]) {
    if of.is_empty() || !tape.one_in(3) {
        return loose_date(tape, row, name, loose);
    }
    let day = of[tape.below(u32::try_from(of.len()).unwrap()) as usize];
    let later = [0, 1, 1, 2, 14, 15, 30, 31][tape.below(8) as usize];
    row.fields.push((name.to_string(), format!("\"{}\"", day.plus_days(later))));
}

/// The days that are given exactly in a field.
fn days_of(rows: &[Given], name: &str) -> Vec<Day> {
    let fields = rows.iter().flat_map(|row| &row.fields).filter(|(field, _)| field == name);
    fields.filter_map(|(_, text)| Day::parse_iso(text.trim_matches('"')).ok()).collect()
}

pub fn facts(tape: &mut Tape, made: &mut Made) {
    // Most cases know everything; in the others a few things are open.
    let loose = [0, 0, 1, 2][tape.below(4) as usize];
    for record in ["CLUB", "MEETING", "SEAT", "REPORT", "noise", "account", "outing", "bill", "slip", "tax", "motion"] {
        if loose == 0 || !tape.one_in(5) {
            let through = if loose > 0 && tape.one_in(5) { "2014-08-31".to_string() } else { "2015-12-31".to_string() };
            let from = if loose > 0 && tape.one_in(5) { "2014-02-01" } else { "0001-01-01" };
            made.complete.push((record.to_string(), from.to_string(), through));
        }
    }
    let row = |kind: &str, at: u32| Given { id: format!("{kind}{at}"), fields: vec![] };
    let many = |tape: &mut Tape, most: u32| tape.below(most + 1);
    let clubs = 1 + tape.below(3);
    let mut all = vec![];
    for at in 0..clubs {
        let mut one = row("k", at);
        loose_date(tape, &mut one, "joined_on", loose);
        if tape.one_in(2) {
            one.fields.push(("left_on".to_string(), "None".to_string()));
        } else {
            loose_date(tape, &mut one, "left_on", loose);
        }
        match tape.below(3) {
            0 => loose_date(tape, &mut one, "notice_on", loose),
            _ => one.fields.push(("notice_on".to_string(), "None".to_string())),
        }
        let one_of = |tape: &mut Tape, all: &[&str]| tape.pick(all);
        value(tape, &mut one, "metres", loose, |tape| tape.pick(&["1", "2", "3", "0"]));
        one.fields.push(("post".to_string(), one_of(tape, &["1", "2", "2"])));
        value(tape, &mut one, "open", loose, |tape| tape.pick(&["true", "false"]));
        let size = |tape: &mut Tape| tape.pick(&["4", "5", "9", "10", "12"]);
        let (a, b) = (size(tape), size(tape));
        let day = tape.day();
        one.fields.push((
            "size".to_string(),
            match tape.below(3) {
                0 => format!("[(from: \"2010-01-01\", value: {a}), (from: \"{day}\", value: {b})]"),
                _ => format!("[(from: \"2010-01-01\", value: {a})]"),
            },
        ));
        all.push(one);
    }
    made.records.push(("CLUB".to_string(), all));
    let club = |tape: &mut Tape| format!("\"k{}\"", tape.below(clubs));
    let meetings = many(tape, 4);
    let mut all = vec![];
    for at in 0..meetings {
        let mut one = row("m", at);
        value(tape, &mut one, "CLUB", loose, club);
        value(tape, &mut one, "kind", loose, |tape| tape.pick(&["\"annual\"", "\"extra\""]));
        for field in ["held_on", "called_on", "ended_on"] {
            loose_date(tape, &mut one, field, loose);
        }
        if tape.one_in(12) {
            one.fields.push(("cancelled_on".to_string(), date(tape)));
        }
        all.push(one);
    }
    let held = days_of(&all, "held_on");
    made.records.push(("MEETING".to_string(), all));
    let mut all = vec![];
    for at in 0..many(tape, 3) {
        let mut one = row("s", at);
        value(tape, &mut one, "holder", loose, club);
        value(tape, &mut one, "side", loose, |tape| tape.pick(&["\"north\"", "\"south\""]));
        loose_date(tape, &mut one, "taken_on", loose);
        if tape.one_in(2) {
            one.fields.push(("gone_on".to_string(), "None".to_string()));
        } else {
            loose_date(tape, &mut one, "gone_on", loose);
        }
        all.push(one);
    }
    made.records.push(("SEAT".to_string(), all));
    let mut all = vec![];
    let most = [3, 4, 4, 8][tape.below(4) as usize];
    for at in 0..many(tape, most) {
        let mut one = row("r", at);
        if meetings > 0 {
            value(tape, &mut one, "MEETING", loose, |tape| format!("\"m{}\"", tape.below(meetings)));
        } else {
            one.fields.push(("MEETING".to_string(), "None".to_string()));
        }
        value(tape, &mut one, "CLUB", loose, club);
        value(tape, &mut one, "pages", loose, |tape| tape.pick(&["1", "2", "3", "5"]));
        value(tape, &mut one, "by_whom", loose, |tape| tape.pick(&["\"BOARD\"", "\"town\""]));
        date_near(tape, &mut one, "sent_on", loose, &held);
        all.push(one);
    }
    made.records.push(("REPORT".to_string(), all));
    let mut all = vec![];
    for at in 0..many(tape, 3) {
        let mut one = row("n", at);
        date_near(tape, &mut one, "made_on", loose, &held);
        value(tape, &mut one, "loud", loose, |tape| tape.pick(&["true", "false"]));
        all.push(one);
    }
    made.records.push(("noise".to_string(), all));
    let mut all = vec![];
    for at in 0..many(tape, 2) {
        let mut one = row("v", at);
        for field in ["yes_votes", "voting", "present"] {
            value(tape, &mut one, field, loose, |tape| tape.pick(&["3", "4", "5", "8", "None"]));
        }
        all.push(one);
    }
    made.records.push(("motion".to_string(), all));
    let mut own = row("a", 0);
    loose_date(tape, &mut own, "opened_on", loose.min(1));
    let (a, b, day) = (tape.pick(&["true", "false"]), tape.pick(&["true", "false"]), tape.day());
    own.fields
        .push(("closed".to_string(), format!("[(from: \"2010-01-01\", value: {a}), (from: \"{day}\", value: {b})]")));
    let (a, b, day) = (1 + tape.below(3), 1 + tape.below(3), tape.day());
    own.fields
        .push(("limit".to_string(), format!("[(from: \"2010-01-01\", value: {a}), (from: \"{day}\", value: {b})]")));
    made.facts = own.fields;
    on_file_besides(tape, made, (clubs, loose));
    // Here and there something was called off.
    for (_, rows) in made.records.iter_mut().filter(|(record, _)| record != "MEETING" && record != "CLUB") {
        for row in rows {
            if tape.one_in(20) {
                row.fields.push(("cancelled_on".to_string(), date(tape)));
            }
        }
    }
    decisions(tape, made);
}

fn on_file_besides(tape: &mut Tape, made: &mut Made, (clubs, loose): (u32, u32)) {
    let club = |tape: &mut Tape| format!("\"k{}\"", tape.below(clubs));
    let row = |kind: &str, at: u32| Given { id: format!("{kind}{at}"), fields: vec![] };
    let mut all = vec![];
    for at in 0..tape.below(4) {
        let mut one = row("y", at);
        value(tape, &mut one, "for_year", loose, |tape| tape.pick(&["2014", "2014", "2015", "2013"]));
        loose_date(tape, &mut one, "made_on", loose);
        all.push(one);
    }
    made.records.push(("account".to_string(), all));
    let mut all = vec![];
    for at in 0..tape.below(4) {
        let mut one = row("o", at);
        let came: Vec<String> = (0..clubs).filter(|_| !tape.one_in(3)).map(|at| format!("\"k{at}\"")).collect();
        one.fields.push(("came".to_string(), format!("[{}]", came.join(", "))));
        let fare: Vec<&str> = ["\"tea\"", "\"cake\"", "\"soup\""].into_iter().filter(|_| tape.one_in(2)).collect();
        one.fields.push(("fare".to_string(), format!("[{}]", fare.join(", "))));
        loose_date(tape, &mut one, "held_on", loose);
        all.push(one);
    }
    made.records.push(("outing".to_string(), all));
    let mut all = vec![];
    let bills = tape.below(3);
    for at in 0..bills {
        let mut one = row("b", at);
        one.fields.push(("payer".to_string(), club(tape)));
        one.fields.push(("amount".to_string(), tape.pick(&["100", "90", "120", "150", "None"])));
        loose_date(tape, &mut one, "received_on", loose);
        all.push(one);
    }
    let received = days_of(&all, "received_on");
    let mut taxes = vec![];
    for at in 0..tape.below(4) {
        let mut one = row("t", at);
        value(tape, &mut one, "CLUB", loose, club);
        value(tape, &mut one, "for_year", loose, |tape| tape.pick(&["2014", "2014", "2013", "2015"]));
        loose_date(tape, &mut one, "paid_on", loose);
        taxes.push(one);
    }
    made.records.push(("tax".to_string(), taxes));
    made.records.push(("bill".to_string(), all));
    let mut all = vec![];
    for at in 0..tape.below(5) {
        let mut one = row("p", at);
        value(tape, &mut one, "CLUB", loose, club);
        let bill = if bills == 0 { "None".to_string() } else { format!("\"b{}\"", tape.below(bills)) };
        one.fields.push(("bill".to_string(), bill));
        let amount = tape.pick(&["50", "30", "100", "45", "60", "33", "34", "75", "40", "20"]);
        one.fields.push(("amount".to_string(), amount));
        date_near(tape, &mut one, "paid_on", loose, &received);
        all.push(one);
    }
    made.records.push(("slip".to_string(), all));
}

/// What people decided on the clauses that are theirs; now and then a clause is waived, or its last day moved.
fn decisions(tape: &mut Tape, made: &mut Made) {
    for clause in &made.clauses {
        let text = clause.join("\n");
        let name = clause[0].split(' ').nth(1).unwrap_or("").to_string();
        let mut subjects = vec![String::new()];
        for (words, record, kind) in
            [("for each MEETING", "MEETING", "m"), ("for each SEAT", "SEAT", "s"), ("each member", "CLUB", "k")]
        {
            let many = made.records.iter().find(|(name, _)| name == record).map_or(0, |(_, rows)| rows.len());
            if text.contains(words) {
                subjects.extend((0..many).map(|at| format!(", subject: \"{kind}{at}\"")));
            }
        }
        let periods: &[&str] = match () {
            () if text.contains("every calendar year") => &["", ", period: \"2014\""],
            () if text.contains("every half-year") => &["", ", period: \"2014-H1\""],
            () if text.contains("every quarter") => &["", ", period: \"2014-Q1\"", ", period: \"2014-Q2\""],
            () => &[""],
        };
        let about = |tape: &mut Tape| {
            let subject = subjects[tape.below(u32::try_from(subjects.len()).unwrap()) as usize].clone();
            let on = tape.pick(&["2014-06-20", "2014-09-30", "2014-12-01", "2015-02-01"]);
            (
                format!("clause: \"{name}\"{subject}{}, on: \"{on}\"", tape.pick(periods)),
                tape.pick(&["town", "town", "BOARD"]),
            )
        };
        if text.contains("judged by") || (text.contains("reading one") && tape.one_in(3)) {
            for _ in 0..tape.below(3) {
                let outcome = tape.pick(&["kept", "late", "broken", "not applicable"]);
                let (about, by) = about(tape);
                made.decided.push(("judgement".to_string(), format!("{about}, by: \"{by}\", outcome: \"{outcome}\"")));
            }
        }
        if text.contains("attested by") {
            for _ in 0..tape.below(4) {
                let holds = tape.pick(&["", "", ", holds: false"]);
                let (about, by) = about(tape);
                made.decided.push(("attestation".to_string(), format!("{about}, by: \"{by}\"{holds}")));
            }
        }
        let kind = clause[0].split(' ').next().unwrap_or("");
        if matches!(kind, "duty" | "deadline") && !text.contains("amendment") && tape.one_in(8) {
            let dated = kind == "deadline" && !text.contains("every ") && tape.one_in(2);
            let until = if dated {
                tape.pick(&[", until: \"2014-10-31\"", ", until: \"2015-01-31\"", ", until: \"2015-03-15\""])
            } else {
                String::new()
            };
            let (about, by) = about(tape);
            made.decided.push(("waiver".to_string(), format!("{about}, by: \"{by}\"{until}")));
        }
    }
}
