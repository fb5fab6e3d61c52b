//! The order of a clause's lines, and lines that stand twice.

use std::collections::BTreeMap;

use crate::diagnostics::codes;
use crate::source::Span;
use crate::syntax::tree::{CutPeriod, Slot, SlotKind};

use super::names::Names;

/// Where a line stands in a clause. The order of the variants is the order of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Scope,
    Act,
    Count,
    Cycle,
    Window,
    Condition,
    Rest,
}

impl Rank {
    fn words(self) -> &'static str {
        match self {
            Rank::Scope => "what it applies to (`for each …`)",
            Rank::Act => "who does what",
            Rank::Count => "how many times",
            Rank::Cycle => "how often (`every …`)",
            Rank::Window => "when",
            Rank::Condition => "under what condition (`if`, `unless`)",
            Rank::Rest => "something else",
        }
    }
}

pub(super) fn rank(kind: &SlotKind) -> Rank {
    match kind {
        SlotKind::ForEach { .. } | SlotKind::AlsoFor { .. } => Rank::Scope,
        SlotKind::Does(_) | SlotKind::Numbered { .. } | SlotKind::Limited { .. } | SlotKind::States(_) => Rank::Act,
        SlotKind::Carried(_) | SlotKind::Quorum(_) | SlotKind::Length { .. } | SlotKind::Starts(_) => Rank::Act,
        SlotKind::Ends(_) | SlotKind::Renewal { .. } | SlotKind::Shared(_) | SlotKind::BorneBy { .. } => Rank::Act,
        SlotKind::Billed(_) | SlotKind::Lasting { .. } | SlotKind::SameDaysAs(_) => Rank::Act,
        SlotKind::Count(_) => Rank::Count,
        SlotKind::Cycle(_) | SlotKind::CutShort { .. } | SlotKind::OnEveryDay => Rank::Cycle,
        SlotKind::Timing(_) => Rank::Window,
        SlotKind::If(_) | SlotKind::Unless(_) | SlotKind::IfJudged { .. } => Rank::Condition,
        SlotKind::Exercised(_) | SlotKind::Effect { .. } | SlotKind::Inside { .. } | SlotKind::InForce(_) => Rank::Rest,
        SlotKind::ExceptionTo(_) | SlotKind::Otherwise(_) | SlotKind::GivesWayTo(_) | SlotKind::OwedTo(_) => Rank::Rest,
        SlotKind::InWriting | SlotKind::To(_) | SlotKind::Principles(_) | SlotKind::Moved(_) => Rank::Rest,
        SlotKind::Note(_) | SlotKind::Restates { .. } | SlotKind::AsFarAsPossible | SlotKind::LayBefore { .. } => {
            Rank::Rest
        }
        SlotKind::Formerly(_) => Rank::Rest,
        SlotKind::JudgedBy(_) | SlotKind::AttestedBy(_) | SlotKind::CountedFor(_) | SlotKind::Statements(_) => {
            Rank::Rest
        }
    }
}

/// What a line says, by the form that was written.
fn says(kind: &SlotKind) -> String {
    match (kind, rank(kind), once(kind)) {
        (SlotKind::CutShort { which: CutPeriod::First, .. }, ..) => {
            "how a first period counts (`first period counts …`)".to_string()
        }
        (SlotKind::CutShort { which: CutPeriod::Last, .. }, ..) => {
            "how a last period counts (`last period counts …`)".to_string()
        }
        (SlotKind::OnEveryDay, ..) => "on which days it is checked (`on every day`)".to_string(),
        (_, Rank::Rest, Some(what)) => format!("something else ({what})"),
        (_, rank, _) => rank.words().to_string(),
    }
}

/// Brings lines into the order in which they are to stand.
pub fn sort_lines(lines: &mut [Slot]) {
    lines.sort_by_key(|line| rank(&line.kind));
}

/// What a line is called; `None` for lines that may stand several times.
pub(super) fn once(kind: &SlotKind) -> Option<&'static str> {
    Some(match kind {
        SlotKind::AlsoFor { .. } | SlotKind::If(_) | SlotKind::Unless(_) | SlotKind::IfJudged { .. } => return None,
        SlotKind::Note(_) | SlotKind::Principles(_) | SlotKind::Statements(_) | SlotKind::Formerly(_) => return None,
        SlotKind::ForEach { .. } => "for each",
        SlotKind::Does(_) => "bearer and act",
        SlotKind::Numbered { .. } => "number",
        SlotKind::Limited { .. } => "limit",
        SlotKind::OnEveryDay => "on every day",
        SlotKind::Count(_) => "count",
        SlotKind::Cycle(_) => "cycle",
        SlotKind::CutShort { which: CutPeriod::First, .. } => "first period",
        SlotKind::CutShort { which: CutPeriod::Last, .. } => "last period",
        SlotKind::Timing(_) => "window",
        SlotKind::Lasting { .. } => "membership's days",
        SlotKind::Exercised(_) => "exercised on",
        SlotKind::Effect { .. } => "takes effect",
        SlotKind::Inside { .. } => "scope of a permission",
        SlotKind::States(_) => "states",
        SlotKind::Carried(_) => "carried when",
        SlotKind::Quorum(_) => "quorum",
        SlotKind::Length { .. } => "length",
        SlotKind::Starts(_) => "starts",
        SlotKind::Ends(_) => "ends",
        SlotKind::Renewal { .. } => "renewal",
        SlotKind::SameDaysAs(_) => "same days as",
        SlotKind::Shared(_) | SlotKind::BorneBy { .. } => "sharing",
        SlotKind::Billed(_) => "billed by",
        SlotKind::InForce(_) => "in force",
        SlotKind::ExceptionTo(_) => "exception to",
        SlotKind::Otherwise(_) => "otherwise",
        SlotKind::GivesWayTo(_) => "gives way to",
        SlotKind::OwedTo(_) => "owed to",
        SlotKind::InWriting => "in writing",
        SlotKind::To(_) => "to",
        SlotKind::Moved(_) => "moved to a working day",
        SlotKind::Restates { .. } => "restates",
        SlotKind::AsFarAsPossible => "as far as possible",
        SlotKind::LayBefore { .. } => "lay before",
        SlotKind::JudgedBy(_) => "judged by",
        SlotKind::AttestedBy(_) => "attested by",
        SlotKind::CountedFor(_) => "counted for",
    })
}

impl Names<'_> {
    /// Looks at the lines as they were written.
    pub(super) fn well_ordered(&self, slots: &[Slot]) {
        let mut told: BTreeMap<&str, Span> = BTreeMap::new();
        let mut furthest: Option<(Rank, &Slot)> = None;
        let mut in_order = true;
        for slot in slots {
            if let Some(what) = once(&slot.kind) {
                self.stands_once(what, slot.span, &mut told);
            }
            let own = rank(&slot.kind);
            match furthest {
                Some((before, other)) if own < before && in_order => {
                    self.out_of_order(slot, other);
                    in_order = false;
                }
                Some((before, _)) if own <= before => {}
                Some(_) | None if stands_anywhere(&slot.kind) => {}
                Some(_) | None => furthest = Some((own, slot)),
            }
        }
    }

    fn stands_once<'w>(&self, what: &'w str, span: Span, told: &mut BTreeMap<&'w str, Span>) {
        let Some(first) = told.insert(what, span) else { return };
        let (wrong, way_out) = match what {
            "for each" => ("this clause has two `for each` lines".to_string(), "add another subject with `also for …`"),
            "exception to" => (
                "this clause has two `exception to` lines, but a clause can be an exception to only one other"
                    .to_string(),
                "keep one of them, and write `gives way to` with this clause's name in the clause that the other line names",
            ),
            "otherwise" => (
                "this clause has two `otherwise` lines".to_string(),
                "name all that becomes due in one line, such as `otherwise reminder and late_fee`",
            ),
            _ => (
                format!("this clause has two lines for the same thing: {what}"),
                "remove one of them, or write two clauses",
            ),
        };
        self.found(codes::REPEATED_LINE.at(span).say(wrong).also(first, "the first line").help(way_out.to_string()));
    }

    fn out_of_order(&self, slot: &Slot, before: &Slot) {
        self.found(
            codes::SLOT_ORDER
                .at(slot.span)
                .say(format!("this line says {}; it must come before the line that says {}", says(&slot.kind), says(&before.kind)))
                .also(before.span, "move it before this line")
                .help("the order is: what it applies to, who does what, how many times, how often, when, `if` and `unless`, the rest".to_string()),
        );
    }
}

/// `owed to`, `to` and `in writing` belong to the act's own sentence and may follow it directly; `formerly` belongs to the
/// clause's name and may follow that.
fn stands_anywhere(kind: &SlotKind) -> bool {
    matches!(kind, SlotKind::OwedTo(_) | SlotKind::To(_) | SlotKind::InWriting | SlotKind::Formerly(_))
}
