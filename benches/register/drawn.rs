//! The register, drawn at random from a seed: organisations and their reports, one organisation after another.
//! In which notation it is written, others know.

use chrono::{Days, NaiveDate};

use super::twister::Twister;

pub const FIRST_YEAR: u16 = 2010;
pub const YEARS: usize = 10;

#[derive(Clone)]
pub struct Organisation {
    pub id: String,
    pub signed_on: Option<String>,
    pub intends_to_sign_by: Option<String>,
    pub joined_on: String,
    pub statutes: bool,
    pub members: u32,
    pub contact_email: Option<String>,
    pub activity_plan_years: usize,
    pub reports: Vec<Report>,
}

#[derive(Clone)]
pub struct Report {
    pub year: u16,
    pub annual_report_on: Option<String>,
    pub financial_report_on: Option<String>,
    pub contains_personal_data: bool,
}

/// So many organisations, the same for the same seed.
pub struct Drawn {
    twister: Twister,
    wanted: usize,
    so_far: usize,
    joined: Vec<String>,
    signed: Vec<String>,
    intends: Vec<String>,
    reported: Vec<Vec<String>>,
}

impl Drawn {
    pub fn new(organisations: usize, seed: u64) -> Drawn {
        let years = (FIRST_YEAR..).take(YEARS);
        Drawn {
            twister: Twister::new(seed),
            wanted: organisations,
            so_far: 0,
            joined: days((2009, 2, 5), (2009, 12, 31)),
            signed: days((2008, 10, 23), (2009, 12, 31)),
            intends: days((2009, 3, 1), (2009, 9, 30)),
            reported: years.map(|year| i32::from(year) + 1).map(|after| days((after, 1, 1), (after, 5, 31))).collect(),
        }
    }

    fn organisation(&mut self, number: usize) -> Organisation {
        let id = format!("org{number:07}");
        let joined_on = one_of(&mut self.twister, &self.joined);
        let (mut signed_on, mut intends_to_sign_by) = (None, None);
        if self.twister.unit() < 0.90 {
            signed_on = Some(one_of(&mut self.twister, &self.signed));
        } else if self.twister.unit() < 0.50 {
            intends_to_sign_by = Some(one_of(&mut self.twister, &self.intends));
        }
        let statutes = self.twister.unit() < 0.97;
        let members = (self.twister.unit() * 100_000_f64.ln()).exp() as u32;
        let contact_email = (self.twister.unit() < 0.85).then(|| format!("post@{id}.example"));
        Organisation {
            id,
            signed_on,
            intends_to_sign_by,
            joined_on,
            statutes,
            members: members.clamp(1, 100_000),
            contact_email,
            activity_plan_years: self.twister.below(7),
            reports: (FIRST_YEAR..).zip(0..YEARS).map(|(year, at)| self.report(year, at)).collect(),
        }
    }

    fn report(&mut self, year: u16, at: usize) -> Report {
        let (twister, days) = (&mut self.twister, &self.reported[at]);
        let mut perhaps = || (twister.unit() < 0.92).then(|| one_of(twister, days));
        let (annual_report_on, financial_report_on) = (perhaps(), perhaps());
        Report { year, annual_report_on, financial_report_on, contains_personal_data: self.twister.unit() < 0.01 }
    }
}

impl Iterator for Drawn {
    type Item = Organisation;

    fn next(&mut self) -> Option<Organisation> {
        if self.so_far == self.wanted {
            return None;
        }
        self.so_far += 1;
        Some(self.organisation(self.so_far))
    }
}

fn one_of(twister: &mut Twister, days: &[String]) -> String {
    days[twister.below(days.len())].clone()
}

fn days(first: (i32, u32, u32), last: (i32, u32, u32)) -> Vec<String> {
    let [first, last] = [first, last].map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap());
    let all = (0..).map(|later| first + Days::new(later));
    all.take_while(|day| *day <= last).map(|day| day.to_string()).collect()
}
