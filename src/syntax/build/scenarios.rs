//! Scenarios: facts, a day, and what is expected.

use super::expressions::money_text;
use super::{Build, P, parts, role};
use crate::source::Spanned;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl Build<'_> {
    pub fn scenario(&self, pair: P) -> Option<Scenario> {
        let span = self.span(&pair);
        let mut title = None;
        let (mut facts, mut as_of, mut with, mut without) = (Vec::new(), None, Vec::new(), Vec::new());
        let (mut given, mut expectations, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::string => title = self.quoted(part),
                Rule::scenario_facts => facts.extend(self.quoted(parts(part).next()?)),
                Rule::scenario_as_of => as_of = parts(part).next().map(|day| self.lexeme(&day)),
                Rule::scenario_with => with.extend(self.names(parts(part).next()?)),
                Rule::scenario_without => without.extend(self.names(parts(part).next()?)),
                Rule::given => given.push(self.given_line(part)?),
                Rule::expectation => expectations.push(self.expectation(part)?),
                Rule::note => notes.extend(self.quoted(parts(part).next()?)),
                _ => {}
            }
        }
        Some(Scenario { title: title?, facts, as_of, with, without, given, expectations, notes, span })
    }

    fn given_line(&self, pair: P) -> Option<Given> {
        let span = self.span(&pair);
        let what = parts(pair).next()?;
        let rule = what.as_rule();
        let mut inner = parts(what);
        let name = self.name(inner.next()?)?;
        let kind = match rule {
            Rule::given_complete => GivenKind::Complete {
                record: name,
                from: self.lexeme(&inner.next()?),
                through: self.lexeme(&inner.next()?),
            },
            Rule::given_none => {
                GivenKind::Without { record: name, id: inner.next().and_then(|key| self.subject_key(key)) }
            }
            Rule::given_fact => GivenKind::Fact { name, value: self.given(inner.next()?)? },
            _ => {
                let id = self.subject_key(inner.next()?)?;
                let fields = inner.filter_map(|field| {
                    let mut inner = field.into_inner();
                    Some((self.name(inner.next()?)?, self.given(inner.next()?)?))
                });
                GivenKind::Record { record: name, id, fields: fields.collect() }
            }
        };
        Some(Given { kind, span })
    }

    fn subject_key(&self, pair: P) -> Option<Name> {
        self.name(pair.into_inner().next()?)
    }

    /// A value, or several with their days.
    fn given(&self, pair: P) -> Option<GivenValue> {
        if pair.as_rule() != Rule::given_over_time {
            return self.given_value(pair);
        }
        let span = self.span(&pair);
        let mut inner = parts(pair);
        let mut values = Vec::new();
        while let (Some(value), Some(day)) = (inner.next(), inner.next()) {
            values.push((self.given_value(value)?, self.lexeme(&day)));
        }
        Some(GivenValue { kind: GivenValueKind::OverTime(values), span })
    }

    fn given_value(&self, pair: P) -> Option<GivenValue> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let kind = match inner.as_rule() {
            Rule::k_none => GivenValueKind::None,
            Rule::k_verdict_unknown => GivenValueKind::Unknown,
            Rule::k_yes => GivenValueKind::YesNo(true),
            Rule::k_no => GivenValueKind::YesNo(false),
            Rule::number | Rule::below_zero => GivenValueKind::Number(inner.as_str().to_string()),
            Rule::money => {
                let (currency, amount) = money_text(inner)?;
                GivenValueKind::Money { currency, amount }
            }
            Rule::given_list => {
                GivenValueKind::List(inner.into_inner().filter_map(|one| self.given_value(one)).collect())
            }
            Rule::day | Rule::imprecise | Rule::clock => GivenValueKind::Text(inner.as_str().to_string()),
            _ => GivenValueKind::Text(self.name(inner)?.it),
        };
        Some(GivenValue { kind, span })
    }

    fn expectation(&self, pair: P) -> Option<Expectation> {
        let span = self.span(&pair);
        let (mut clause, mut verdict) = (None, None);
        let (mut keys, mut details) = (Vec::new(), Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => clause = self.name(part),
                Rule::subject_key => keys.extend(self.subject_key(part)),
                Rule::verdict_word => {
                    let span = self.span(&part);
                    let word = role(part.into_inner().next()?.as_rule())?.strip_prefix("verdict_")?;
                    verdict = Some(Spanned::new(word, span));
                }
                Rule::expect_detail => {
                    let span = self.span(&part);
                    details.push(Detail { kind: self.detail(part.into_inner().next()?)?, span });
                }
                _ => {}
            }
        }
        Some(Expectation { clause: clause?, keys, verdict: verdict?, details, span })
    }

    fn detail(&self, pair: P) -> Option<DetailKind> {
        let rule = pair.as_rule();
        let flagged = pair.clone().into_inner().any(|one| matches!(one.as_rule(), Rule::k_early | Rule::k_complete));
        let mut inner = parts(pair);
        let first = inner.next()?;
        Some(match rule {
            Rule::expect_days if flagged => DetailKind::DaysEarly(first.as_str().to_string()),
            Rule::expect_days => DetailKind::DaysLate(first.as_str().to_string()),
            Rule::expect_last_day => DetailKind::LastDay(self.lexeme(&first)),
            Rule::expect_missing => DetailKind::Missing { path: Box::new(self.expr(first)?), complete: flagged },
            Rule::expect_share => {
                let (currency, amount) = money_text(inner.next()?)?;
                DetailKind::Share { of: self.subject_key(first)?, currency, amount }
            }
            Rule::expect_of => {
                let figure = |one: P| match one.as_rule() {
                    Rule::money => money_text(one).map(|(_, amount)| amount),
                    _ => Some(one.as_str().to_string()),
                };
                DetailKind::Progress { have: figure(first)?, need: figure(inner.next()?)? }
            }
            _ => DetailKind::Says(self.name(first)?),
        })
    }
}
