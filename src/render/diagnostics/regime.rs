//! The page of a regime: what `explain regime:NAME` shows.

use serde::Serialize;

use super::{json, page};
use crate::render::Colour;
use crate::value::Regime;

/// A page that says what a regime decides, and by which law.
#[derive(Serialize)]
pub struct RegimePage {
    regime: &'static str,
    law: &'static str,
    page: String,
}

impl RegimePage {
    pub fn of(regime: Regime) -> RegimePage {
        let told = regime.told();
        let wide = told.iter().map(|(what, _)| what.chars().count()).max().unwrap_or(0);
        let lines: String = told.iter().map(|(what, says)| format!("    {what:wide$}  {says}\n")).collect();
        let page = format!("# {regime}\n\nHow time is counted under `months {regime}`:\n\n{lines}");
        RegimePage { regime: regime.name(), law: regime.law(), page }
    }

    pub fn pretty(&self, colour: Colour) -> String {
        page::pretty_page(&self.page, colour)
    }

    pub fn plain(&self) -> String {
        self.page.clone()
    }

    pub fn json(&self) -> String {
        json::written(self)
    }

    /// All regimes, one a line, each with its law.
    pub fn list(pages: &[RegimePage]) -> String {
        let wide = pages.iter().map(|one| one.regime.len()).max().unwrap_or(0);
        pages.iter().map(|one| format!("{:wide$}  {}\n", one.regime, one.law)).collect()
    }

    pub fn json_list(pages: &[RegimePage]) -> String {
        json::written(&pages)
    }
}
