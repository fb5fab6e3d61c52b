//! How much of everything is read and judged. Each limit can be moved; one that is reached is told, with how to move it.

use std::fmt;

use super::refusal::{Cause, Refusal};

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of a policy file.
    SourceBytes,
    /// Bytes of a fact file that is no table.
    FactBytes,
    /// Bytes of a spreadsheet, unpacked.
    UnpackedBytes,
    /// Bytes of a table that is a text.
    TableBytes,
    /// Files that a policy imports.
    Imports,
    /// Files that import one another in a chain.
    ImportDepth,
    /// Fact files.
    FactFiles,
    /// Records that facts hold.
    Records,
    /// Columns of a table.
    Columns,
    /// Bytes of a declaration of a policy.
    DeclarationBytes,
    /// Names that a policy declares.
    Declarations,
    /// Definitions of a policy.
    Definitions,
    /// Clauses of a policy.
    Clauses,
    /// Amendments of a policy.
    Amendments,
    /// Digits of a number that is calculated.
    Digits,
    /// Periods that a clause is judged for.
    Periods,
    /// Instances judged.
    Instances,
    /// Brackets inside one another in a policy.
    Depth,
    /// Brackets inside one another in a fact file.
    FactDepth,
    /// Bytes of a cell of a table.
    CellBytes,
    /// Seconds of a run of the program; the library has no clock.
    Seconds,
}

/// A row of the table of limits.
pub struct Row {
    /// Which limit it is.
    pub limit: Limit,
    /// What it is called.
    pub name: &'static str,
    /// How many, unless it is moved; nothing where there is no limit then.
    pub most: Option<u64>,
    /// How far it can be moved.
    pub highest: u64,
    /// What is counted.
    pub of: &'static str,
}

const MIB: u64 = 1 << 20;
/// Places are counted in 32 bits.
const PLACES: u64 = u32::MAX as u64;

const fn row(limit: Limit, name: &'static str, most: u64, highest: u64, of: &'static str) -> Row {
    Row { limit, name, most: Some(most), highest, of }
}

/// All limits, in the order of the reference.
pub const TABLE: [Row; 21] = [
    row(
        Limit::SourceBytes,
        "source-bytes",
        4 * MIB,
        PLACES,
        "bytes of a policy file, and of each file that it imports",
    ),
    row(
        Limit::FactBytes,
        "fact-bytes",
        16 * MIB,
        PLACES,
        "bytes of a fact file in RON, JSON, JSON Lines, YAML or TOML, of a spreadsheet, and of a report to verify",
    ),
    row(Limit::UnpackedBytes, "unpacked-bytes", 128 * MIB, PLACES, "bytes of all parts of a spreadsheet, unpacked"),
    row(Limit::TableBytes, "table-bytes", PLACES, PLACES, "bytes of a text table (such as CSV), and of a snapshot"),
    row(
        Limit::Imports,
        "imports",
        1_000,
        1_000_000,
        "files that a policy imports, directly or indirectly, with those of its amendments",
    ),
    row(Limit::ImportDepth, "import-depth", 64, 512, "files in a chain of imports, or of `files` entries"),
    row(Limit::FactFiles, "fact-files", 1_000, 1_000_000, "fact files of a run"),
    row(Limit::Records, "records", 100_000_000, PLACES, "records that the facts of an agreement hold"),
    row(Limit::Columns, "columns", 4_096, 1_000_000, "columns of a table"),
    row(
        Limit::DeclarationBytes,
        "declaration-bytes",
        256 << 10,
        PLACES,
        "bytes of a declaration: of a clause with its lines, an amendment, a scenario",
    ),
    row(
        Limit::Declarations,
        "declarations",
        20_000,
        65_000,
        "records, events, fields, options, actors and values of a policy",
    ),
    row(Limit::Definitions, "definitions", 10_000, 100_000_000, "definitions of a policy"),
    row(Limit::Clauses, "clauses", 10_000, 100_000_000, "clauses of a policy, with those of its amendments"),
    row(Limit::Amendments, "amendments", 1_000, 60_000, "amendments of a policy"),
    row(
        Limit::Instances,
        "instances",
        100_000_000,
        PLACES,
        "instances judged in each agreement; a number alone means this limit",
    ),
    row(Limit::Periods, "periods", 20_000, 4_000_000, "periods of a clause, for one subject"),
    row(Limit::Digits, "digits", 10_000, 1_000_000, "digits of a calculated number, above and below its fraction line"),
    row(Limit::Depth, "depth", 128, 160, "nested brackets in a policy"),
    row(Limit::FactDepth, "fact-depth", 64, 120, "nested brackets, lists or records in a fact file"),
    row(Limit::CellBytes, "cell-bytes", MIB, PLACES, "bytes of a cell of a table"),
    Row { limit: Limit::Seconds, name: "seconds", most: None, highest: 31_536_000, of: "seconds that a run may last" },
];

/// How much is read and judged: a number for each [`Limit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits([u64; TABLE.len()]);

impl Default for Limits {
    fn default() -> Limits {
        Limits(TABLE.each_ref().map(|row| row.most.unwrap_or(u64::MAX)))
    }
}

impl Limits {
    /// The same with one limit moved; no further than it can be.
    #[must_use]
    pub fn with(mut self, limit: Limit, most: u64) -> Limits {
        for (row, number) in TABLE.iter().zip(&mut self.0) {
            if row.limit == limit {
                *number = most.min(row.highest);
            }
        }
        self
    }

    /// How many are allowed.
    pub fn most(&self, limit: Limit) -> u64 {
        let all = TABLE.iter().zip(&self.0);
        all.filter(|(row, _)| row.limit == limit).map(|(_, most)| *most).next().unwrap_or(u64::MAX)
    }

    /// The same as a count.
    pub(crate) fn count(&self, limit: Limit) -> usize {
        usize::try_from(self.most(limit)).unwrap_or(usize::MAX)
    }

    /// Refuses what is more than a limit.
    pub(crate) fn allow(&self, limit: Limit, many: usize, of: impl fmt::Display) -> Result<(), Refusal> {
        let many = u64::try_from(many).unwrap_or(u64::MAX);
        if many <= self.most(limit) { Ok(()) } else { Err(self.reached(limit, many, of)) }
    }

    /// A limit is reached: which, and how to move it.
    pub(crate) fn reached(&self, limit: Limit, many: u64, of: impl fmt::Display) -> Refusal {
        let (name, of_what, highest) = limit.row().map_or(("", "", 0), |row| (row.name, row.of, row.highest));
        let help = match many <= highest {
            true => format!("raise it if the file is yours: `--limit {name}={many}`; {name} counts {of_what}"),
            false => format!("it cannot be raised that far; {name} counts {of_what}"),
        };
        Refusal {
            message: format!("{of}: {many} exceeds the limit `{name}` of {}", self.most(limit)),
            help: Some(help),
            cause: Cause::Limit,
        }
    }
}

impl Limit {
    pub(crate) fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.limit == self)
    }
}
