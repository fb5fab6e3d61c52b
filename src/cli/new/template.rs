//! What agreements begin as. The policies are whole ones, in English, of the year 2026 and in SEK; what is chosen otherwise is put in
//! their places. Facts are kept as tables and written in the notation that was asked for.

use super::{Facts, Kind};

/// The year that the templates speak of, and their currency.
pub const YEAR: u16 = 2026;
pub const CURRENCY: &str = "SEK";

/// What is chosen of an agreement.
pub struct Choices {
    pub name: String,
    pub title: Option<String>,
    pub year: u16,
    pub currency: String,
    pub facts: Facts,
}

pub struct Template {
    pub kind: Kind,
    policy: &'static str,
    /// Which lists are complete, and from which day on.
    complete: &'static [(&'static str, &'static str)],
    tables: &'static [Table],
}

/// Records as rows: the first has the names of the fields. What is left empty is known not to be.
struct Table {
    record: &'static str,
    rows: &'static str,
}

/// The day as of which the facts are judged.
const AS_OF: &str = "2026-06-01";

pub const TEMPLATES: [Template; 5] = [
    Template {
        kind: Kind::Membership,
        policy: include_str!("templates/membership.overens"),
        complete: &[("meeting", "2026-01-01"), ("payment", "2026-01-01")],
        tables: &[
            Table {
                record: "person",
                rows: "id,name,born_on,applied_on,answered_on,admitted_on,notice_on\n\
                       anna,Anna Berg,1975-02-11,,,2025-02-01,\n\
                       bo,Bo Ek,1990-08-30,2026-03-02,2026-05-10,2026-05-15,\n",
            },
            Table {
                record: "meeting",
                rows: "id,kind,summons_sent_on,held_on\n\
                       spring,annual,2026-02-20,2026-03-21\n",
            },
            Table {
                record: "payment",
                rows: "id,person,amount,paid_on\n\
                       p1,anna,200,2026-03-02\n",
            },
        ],
    },
    Template {
        kind: Kind::Cooperation,
        policy: include_str!("templates/cooperation.overens"),
        complete: &[("association", "2025-01-01"), ("meeting", "2026-01-01"), ("report", "2026-01-01")],
        tables: &[
            Table {
                record: "association",
                rows: "id,name,joined_on,notice_on\n\
                       chess,The chess club,2025-11-10,\n\
                       choir,The choir,2025-11-10,\n\
                       theatre,The theatre group,2025-12-01,2026-05-04\n",
            },
            Table {
                record: "meeting",
                rows: "id,summons_sent_on,held_on\n\
                       winter,2026-01-15,2026-02-10\n\
                       spring,2026-04-23,2026-05-12\n",
            },
            Table {
                record: "room_hire",
                rows: "id,amount,paid_on\n\
                       january,1000,2026-01-20\n",
            },
            Table {
                record: "report",
                rows: "id,association,given_on\n\
                       r1,choir,2026-03-15\n",
            },
        ],
    },
    Template {
        kind: Kind::Funding,
        policy: include_str!("templates/funding.overens"),
        complete: &[("association", "2025-01-01"), ("payout", "2026-01-01"), ("report", "2026-01-01")],
        tables: &[
            Table {
                record: "association",
                rows: "id,name,joined_on,left_on,members\n\
                       chess,The chess club,2025-03-01,,20\n\
                       choir,The choir,2025-03-01,,40\n\
                       theatre,The theatre group,2025-09-01,,60\n",
            },
            Table {
                record: "grant",
                rows: "id,amount,decided_on\n\
                       year,90000,2026-03-10\n",
            },
            Table {
                record: "payout",
                rows: "id,grant,association,amount,paid_on\n\
                       to_chess,year,chess,20000,2026-04-02\n\
                       to_choir,year,choir,30000,2026-04-02\n\
                       to_theatre,year,theatre,40000,2026-04-14\n",
            },
            Table {
                record: "report",
                rows: "id,association,about,received,spent,given_on,paid_back_on\n\
                       of_chess,chess,A tournament,15000,15000,2026-03-31,\n\
                       of_choir,choir,Twelve concerts,25000,24000,2026-03-30,2026-04-15\n",
            },
        ],
    },
    Template {
        kind: Kind::Housing,
        policy: include_str!("templates/housing.overens"),
        complete: &[("flat", "2025-01-01"), ("meeting", "2026-01-01")],
        tables: &[
            Table {
                record: "flat",
                rows: "id,size,holder\n\
                       one,60,Anna Berg\n\
                       three,50,Cecilia Dahl\n\
                       two,70,Bo Ek\n",
            },
            Table {
                record: "fee_notice",
                rows: "id,flat,sent_on,paid_on\n\
                       one_1,one,2026-01-12,2026-02-02\n\
                       two_1,two,2026-01-12,\n",
            },
            Table {
                record: "repair",
                rows: "id,amount,paid_on\n\
                       roof,9000,2026-04-08\n",
            },
            Table {
                record: "request",
                rows: "id,flat,about,asked_on,answered_on,begun_on\n\
                       kitchen_two,two,kitchen,2026-05-20,,\n",
            },
            Table {
                record: "fault",
                rows: "id,urgent,reported_on,mended_on\n\
                       lift,yes,2026-05-04,2026-05-05\n",
            },
            Table {
                record: "meeting",
                rows: "id,kind,summons_sent_on,held_on\n\
                       spring,annual,2026-04-14,2026-05-19\n",
            },
        ],
    },
    Template {
        kind: Kind::Empty,
        policy: include_str!("templates/empty.overens"),
        complete: &[("meeting", "2026-01-01")],
        tables: &[Table {
            record: "meeting",
            rows: "id,held_on\n\
                   spring,2026-04-22\n",
        }],
    },
];

impl Choices {
    /// A text of the templates with the chosen years and currency: the year itself, the one before and the one after.
    fn put_into(&self, text: &str) -> String {
        // By way of signs that stand in no template, so that no year is taken for another.
        let years = [(-1_i32, '\u{1}'), (0, '\u{2}'), (1, '\u{3}')];
        let shifted = |year: u16, by: i32| i32::from(year).saturating_add(by);
        let mut text = text.to_string();
        for (by, mark) in years {
            text = text.replace(&shifted(YEAR, by).to_string(), &mark.to_string());
        }
        for (by, mark) in years {
            text = text.replace(mark, &shifted(self.year, by).to_string());
        }
        text.replace(CURRENCY, &self.currency)
    }
}

impl Template {
    pub fn policy(&self, choices: &Choices) -> String {
        let text = choices.put_into(self.policy);
        let Some((before, head, after)) = parted(&text) else { return text };
        let title = choices.title.as_deref().map_or_else(
            || head.split_once('"').map_or(String::new(), |(_, title)| format!("\"{title}")),
            |title| format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"")),
        );
        format!("{before}agreement {} {title}\n{after}", choices.name)
    }

    /// The fact files, by their paths in the folder.
    pub fn facts(&self, choices: &Choices) -> Vec<(String, String)> {
        let as_of = choices.put_into(AS_OF);
        let complete = self.complete.iter().map(|(record, from)| {
            format!("\"{record}\": (from: \"{}\", through: \"{as_of}\")", choices.put_into(from))
        });
        let complete: Vec<String> = complete.map(|one| format!("    {one},\n")).collect();
        let head = format!(
            "(\n  agreement: \"{}\",\n  // The as-of date.\n  as_of: \"{as_of}\",\n  \
             // Everything that happened in these periods is listed: what is not listed did not happen.\n  complete: {{\n{}  }},\n",
            choices.name,
            complete.concat()
        );
        let main = format!("facts/{}.ron", choices.year);
        match choices.facts {
            Facts::Ron => {
                let records = self.tables.iter().map(|table| in_ron(table, choices));
                vec![(main, format!("{head}{})\n", records.collect::<String>()))]
            }
            Facts::Csv => {
                let entry = |table: &Table| {
                    format!("    (record: \"{0}\", path: \"{0}.csv\", empty: \"none\"),\n", table.record)
                };
                let entries = self.tables.iter().map(entry).collect::<String>();
                let text =
                    format!("{head}  // An empty cell means that there is none.\n  files: [\n{entries}  ],\n)\n");
                let tables = self
                    .tables
                    .iter()
                    .map(|table| (format!("facts/{}.csv", table.record), choices.put_into(table.rows)));
                std::iter::once((main, text)).chain(tables).collect()
            }
        }
    }

    /// The page that says what there is, and what to do next.
    pub fn page(&self, choices: &Choices) -> String {
        let (name, year) = (&choices.name, choices.year);
        let title = choices.title.clone().or_else(|| Some(parted(self.policy)?.1.split('"').nth(1)?.to_string()));
        let facts = match choices.facts {
            Facts::Ron => format!("- `facts/{year}.ron`: what has happened"),
            Facts::Csv => format!(
                "- `facts/{year}.ron`: the as-of date, and the tables that hold what has happened\n\
                 - `facts/*.csv`: the tables; any spreadsheet opens them"
            ),
        };
        format!(
            "# {}\n\n\
             - `{name}.overens`: the policy: the agreement, clause by clause, and scenarios that test it\n\
             {facts}\n\
             - `snapshots/`: the accepted verdicts\n\n\
             Everything here is an example. To make it yours:\n\n\
             1. `overens eval {name}` judges it: what needs action, what is due next, what is missing.\n\
             2. Change a clause or add your own, with its section in your text.\n   \
             `overens check {name}` reports every error and what to write instead.\n\
             3. Write a scenario on each side of every boundary.\n   \
             `overens test {name}` runs them and reports verdicts that differ from the accepted ones.\n\
             4. `overens review {name}` shows what differs and why; accept what is right.\n\
             5. `overens fmt {name}` formats the policy; `overens why CLAUSE {name}` explains a verdict.\n",
            title.unwrap_or_else(|| name.clone()),
        )
    }
}

/// The text before the line of the agreement, that line, and the text behind it.
fn parted(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.find("agreement sample")?;
    let (before, rest) = text.split_at_checked(at)?;
    let (head, after) = rest.split_once('\n')?;
    Some((before, head, after))
}

fn in_ron(table: &Table, choices: &Choices) -> String {
    let rows = choices.put_into(table.rows);
    let mut rows = rows.lines();
    let names: Vec<&str> = rows.next().unwrap_or("").split(',').collect();
    let record = |row: &str| {
        let fields: Vec<String> =
            names.iter().zip(row.split(',')).map(|(name, cell)| format!("{name}: {}", value(cell))).collect();
        format!("    ({}),\n", fields.join(", "))
    };
    format!("  {}: [\n{}  ],\n", table.record, rows.map(record).collect::<String>())
}

/// How a cell is written in RON.
fn value(cell: &str) -> String {
    match cell {
        "" => "None".to_string(),
        "yes" => "true".to_string(),
        "no" => "false".to_string(),
        number if number.bytes().all(|digit| digit.is_ascii_digit()) => number.to_string(),
        words => format!("\"{words}\""),
    }
}
