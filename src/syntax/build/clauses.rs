//! Clauses: kind, head, requirements, readings; the lines within are in `lines`.

use super::{Build, P, role};
use crate::source::Spanned;
use crate::syntax::grammar::{Rule, rule_name};
use crate::syntax::tree::*;

impl Build<'_> {
    pub fn clause(&self, pair: P) -> Option<Clause> {
        let span = self.span(&pair);
        let body = pair.into_inner().next()?;
        let kind_name = rule_name(body.as_rule());
        let mut kind = None;
        let mut head = None;
        let mut slots = Vec::new();
        let mut requirements = Vec::new();
        let mut readings = Vec::new();
        for part in body.into_inner() {
            match part.as_rule() {
                Rule::head => head = Some(self.head(part)?),
                Rule::requirement => requirements.push(self.requirement(part)?),
                Rule::reading => readings.push(self.reading(part)?),
                rule if role(rule) == Some(kind_name.as_str()) && kind.is_none() => {
                    kind = Some(Spanned::new(kind_name.clone(), self.span(&part)));
                }
                _ => slots.extend(self.slots(part)?),
            }
        }
        let (name, place, of, title) = head?;
        Some(Clause { kind: kind?, name, place, of, title, slots, requirements, readings, span })
    }

    #[allow(clippy::type_complexity)]
    fn head(&self, pair: P) -> Option<(Name, Option<Place>, Option<Name>, Option<Quoted>)> {
        let (mut name, mut place, mut of, mut title) = (None, None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = self.name(part),
                Rule::place => place = Some(self.place(part)),
                Rule::of_record => of = self.name(super::parts(part).next()?),
                _ => title = self.quoted(part),
            }
        }
        Some((name?, place, of, title))
    }

    fn requirement(&self, pair: P) -> Option<Requirement> {
        let span = self.span(&pair);
        let (mut name, mut place, mut title, mut condition) = (None, None, None, None);
        let mut slots = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_requires => {}
                Rule::name => name = self.name(part),
                Rule::place => place = Some(self.place(part)),
                Rule::string => title = self.quoted(part),
                Rule::expr => condition = self.expr(part),
                _ => slots.extend(self.slots(part)?),
            }
        }
        Some(Requirement { name: name?, place, title, condition: condition?, slots, span })
    }

    fn reading(&self, pair: P) -> Option<Reading> {
        let span = self.span(&pair);
        let mut name = None;
        let mut slots = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_reading => {}
                Rule::name => name = self.name(part),
                _ => slots.extend(self.slots(part)?),
            }
        }
        Some(Reading { name: name?, slots, span })
    }
}
