//! The register written into a folder: as the two CSV files that other engines read, and in the notations of fact files.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::{Path, PathBuf};

use super::drawn::{Drawn, Organisation, Report};
use super::twister::Twister;

const ORGANISATIONS: &str =
    "org_id,signed_on,intends_to_sign_by,joined_on,statutes,members,contact_email,activity_plan_years\n";
const REPORTS: &str = "org_id,year,annual_report_on,financial_report_on,contains_personal_data\n";

/// In which order the rows of the CSV files stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    ById,
    Shuffled,
}

/// What says of the two CSV files how they are to be read.
const MANIFEST: &str = include_str!("../../policies/county_register/csv.ron");

/// A notation of facts: two CSV files and what says how they are read, or one file with the whole register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    Csv,
    Json,
    Ron,
}

impl Notation {
    pub const ALL: [Notation; 3] = [Notation::Csv, Notation::Json, Notation::Ron];

    pub fn file(self) -> &'static str {
        match self {
            Notation::Csv => "csv.ron",
            Notation::Json => "register.json",
            Notation::Ron => "register.ron",
        }
    }
}

/// `register.csv` and `reports.csv`, and beside them what says how they are read.
pub fn csv(organisations: usize, seed: u64, order: Order, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(Notation::Csv.file()), MANIFEST)?;
    let mut register = BufWriter::new(File::create(folder.join("register.csv"))?);
    let mut reports = BufWriter::new(File::create(folder.join("reports.csv"))?);
    register.write_all(ORGANISATIONS.as_bytes())?;
    reports.write_all(REPORTS.as_bytes())?;
    let drawn = Drawn::new(organisations, seed);
    let rows =
        drawn.map(|one| (organisation_row(&one), one.reports.iter().map(|report| report_row(&one, report)).collect()));
    match order {
        Order::ById => {
            for (row, of_years) in rows {
                let of_years: Vec<String> = of_years;
                register.write_all(row.as_bytes())?;
                reports.write_all(of_years.concat().as_bytes())?;
            }
        }
        Order::Shuffled => {
            let (rows, of_years): (Vec<String>, Vec<Vec<String>>) = rows.unzip();
            let mut twister = Twister::new(seed + 1);
            register.write_all(shuffled(rows, &mut twister).concat().as_bytes())?;
            reports.write_all(shuffled(of_years.concat(), &mut twister).concat().as_bytes())?;
        }
    }
    register.flush()?;
    reports.flush()
}

fn shuffled(rows: Vec<String>, twister: &mut Twister) -> Vec<String> {
    let mut rows: Vec<(f64, String)> = rows.into_iter().map(|row| (twister.unit(), row)).collect();
    rows.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn organisation_row(one: &Organisation) -> String {
    format!(
        "{},{},{},{},{},{},{},{}\n",
        one.id,
        text(&one.signed_on),
        text(&one.intends_to_sign_by),
        one.joined_on,
        one.statutes,
        one.members,
        text(&one.contact_email),
        one.activity_plan_years
    )
}

fn report_row(of: &Organisation, one: &Report) -> String {
    let (annual, financial) = (text(&one.annual_report_on), text(&one.financial_report_on));
    format!("{},{},{annual},{financial},{}\n", of.id, one.year, one.contains_personal_data)
}

fn text(perhaps: &Option<String>) -> &str {
    perhaps.as_deref().unwrap_or("")
}

/// Writes the register in a notation; gives back the file that is to be named to overens.
pub fn facts(organisations: usize, seed: u64, notation: Notation, folder: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(notation.file());
    match notation {
        Notation::Csv => csv(organisations, seed, Order::ById, folder)?,
        Notation::Json => std::fs::write(&path, whole(organisations, seed, &JSON))?,
        Notation::Ron => std::fs::write(&path, whole(organisations, seed, &RON))?,
    }
    Ok(path)
}

fn whole(organisations: usize, seed: u64, style: &Style) -> String {
    let (mut register, mut reports) = (String::new(), String::new());
    for one in Drawn::new(organisations, seed) {
        for report in &one.reports {
            style.row(
                &mut reports,
                &[
                    ("sender", style.quoted(&one.id)),
                    ("year", report.year.to_string()),
                    ("annual_report_on", style.perhaps(&report.annual_report_on)),
                    ("financial_report_on", style.perhaps(&report.financial_report_on)),
                    ("contains_personal_data", report.contains_personal_data.to_string()),
                ],
            );
        }
        style.row(
            &mut register,
            &[
                ("id", style.quoted(&one.id)),
                ("signed_on", style.perhaps(&one.signed_on)),
                ("intends_to_sign_by", style.perhaps(&one.intends_to_sign_by)),
                ("joined_on", style.quoted(&one.joined_on)),
                ("statutes", one.statutes.to_string()),
                ("members", one.members.to_string()),
                ("contact_email", style.perhaps(&one.contact_email)),
                ("activity_plan_years", one.activity_plan_years.to_string()),
            ],
        );
    }
    style.whole(register.trim_end_matches(",\n"), reports.trim_end_matches(",\n"))
}

/// How a notation writes names, records and what is known not to be there.
struct Style {
    open: char,
    close: char,
    name: &'static str,
    none: &'static str,
}

const JSON: Style = Style { open: '{', close: '}', name: "\"", none: "null" };
const RON: Style = Style { open: '(', close: ')', name: "", none: "None" };

impl Style {
    fn quoted(&self, text: &str) -> String {
        format!("\"{text}\"")
    }

    fn perhaps(&self, text: &Option<String>) -> String {
        text.as_ref().map_or_else(|| self.none.to_owned(), |text| self.quoted(text))
    }

    fn field(&self, name: &str, value: &str) -> String {
        format!("{}{name}{}: {value}", self.name, self.name)
    }

    fn row(&self, into: &mut String, fields: &[(&str, String)]) {
        let fields: Vec<String> = fields.iter().map(|(name, value)| self.field(name, value)).collect();
        let _ = writeln!(into, "    {}{}{},", self.open, fields.join(", "), self.close);
    }

    fn whole(&self, register: &str, reports: &str) -> String {
        let span = format!(
            "{}{}, {}{}",
            self.open,
            self.field("from", "\"2008-10-23\""),
            self.field("through", "\"2020-02-15\""),
            self.close
        );
        let fields = [
            self.field("agreement", "\"county_register\""),
            self.field("as_of", "\"2020-02-15\""),
            self.field("complete", &format!("{{ \"organisation\": {span}, \"report\": {span} }}")),
            self.field("organisation", &format!("[\n{register}\n  ]")),
            self.field("report", &format!("[\n{reports}\n  ]")),
        ];
        format!("{}\n  {}\n{}\n", self.open, fields.join(",\n  "), self.close)
    }
}
