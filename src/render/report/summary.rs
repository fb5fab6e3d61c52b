//! What a report comes to, in plain sentences: how each clause came out, what falls due on which day, and what each cost shares out.
//! Nobody has a line of their own.

use std::fmt::{self, Write};

use super::counted;
use super::plain::{amendment, cited, head, say};
use super::several::{Among, Number, Several};
use crate::report::{ClauseCounts, CostSum, DueDay, short};

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    for one in &all.reports {
        if all.number == Number::Several {
            say(&one.report.head.title, out)?;
        }
        body(one, out)?;
        if all.number == Number::Several {
            writeln!(out)?;
        }
    }
    all.not_judged.iter().try_for_each(|one| say(&one.words(), out))?;
    if all.number == Number::Several {
        say(&format!("{}: {}", all.agreements(), counted(&all.counts(), ", ")), out)?;
    }
    writeln!(out, "exit {}", all.exit)
}

fn body(among: &Among, out: &mut dyn Write) -> fmt::Result {
    let report = among.report;
    head(report, out)?;
    let sums = among.rows.sums();
    let mut lines: Vec<String> = report.clauses.iter().map(clause).collect();
    lines.extend(sums.due_days.iter().map(due));
    lines.extend(sums.costs.iter().map(cost));
    lines.extend(report.amendments.iter().map(|one| amendment(one, among.sources())));
    lines.extend(report.cut_at.map(|cut| cut.to_string()));
    lines.push(counted(&report.counts, ", "));
    lines.iter().try_for_each(|line| say(line, out))
}

fn clause(clause: &ClauseCounts) -> String {
    format!("{}: {}", cited(clause.place.as_deref(), &clause.clause), counted(&clause.counts, ", "))
}

fn due(due: &DueDay) -> String {
    format!("due {}: {}, {}", due.day, cited(due.place.as_deref(), &due.clause), short::times(due))
}

fn cost(cost: &CostSum) -> String {
    let of = cost.period.as_ref().map_or_else(String::new, |of| format!(" for {of}"));
    let times = if cost.times > 1 { format!(" in {} costs", cost.times) } else { String::new() };
    let clause = cited(cost.place.as_deref(), &cost.clause);
    format!("shares: {clause}{of}: {}{times} among {}, digest {}", cost.amount, cost.among, cost.digest)
}
