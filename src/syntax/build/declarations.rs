//! The header and the declarations that are no clauses.

use super::{Build, P, role};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;
use crate::value::Work;

impl Build<'_> {
    pub fn header(&self, pair: P) -> Option<Header> {
        let span = self.span(&pair);
        let mut name = None;
        let mut title = None;
        let mut lines = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = self.name(part),
                Rule::string => title = self.quoted(part),
                rule if role(rule).is_some() => {}
                _ => {
                    let span = self.span(&part);
                    lines.push(HeaderLine { kind: self.header_line(part)?, span });
                }
            }
        }
        Some(Header { name: name?, title, lines, span })
    }

    fn header_line(&self, pair: P) -> Option<HeaderKind> {
        let rule = pair.as_rule();
        if rule == Rule::in_force {
            return Some(HeaderKind::InForce(self.force(pair)?));
        }
        if rule == Rule::months_of {
            let regime = pair.into_inner().find(|one| one.as_rule() != Rule::k_months)?;
            let (span, words) = (self.span(&regime), regime.as_str());
            let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
            return Some(HeaderKind::Months(crate::source::Spanned::new(name, span)));
        }
        let mut inner = pair.into_inner().filter(|one| role(one.as_rule()).is_none());
        let first = inner.next()?;
        Some(match rule {
            Rule::language_version => HeaderKind::Version(first.as_str().to_string()),
            Rule::text_file => HeaderKind::Text(self.quoted(first)?),
            Rule::made => HeaderKind::Made(self.lexeme(&first)),
            Rule::currency_of => HeaderKind::Currency(self.lexeme(&first)),
            Rule::calendar_of => HeaderKind::Calendar(self.name(first)?),
            Rule::week_of => {
                HeaderKind::Week { from: first.as_str().to_string(), to: inner.next()?.as_str().to_string() }
            }
            Rule::fiscal_of => {
                HeaderKind::FiscalYear { day: first.as_str().to_string(), month: self.month(inner.next()?)? }
            }
            Rule::conforms => {
                let path = self.quoted(inner.next()?)?;
                let aliases = inner.filter_map(|one| self.alias(one)).collect();
                HeaderKind::Conforms(Conforms { agreement: self.name(first)?, path, aliases })
            }
            _ => return None,
        })
    }

    fn alias(&self, pair: P) -> Option<Alias> {
        let mut names = super::parts(pair);
        Some(Alias { own: self.name(names.next()?)?, stands_for: self.name(names.next()?)? })
    }

    /// `in force from D until D`, in the header or in a clause.
    pub fn force(&self, pair: P) -> Option<ForceText> {
        let span = self.span(&pair);
        let mut from = None;
        let mut end = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::day => from = Some(self.lexeme(&part)),
                Rule::force_until | Rule::force_through => end = Some(self.force_end(part)?),
                _ => {}
            }
        }
        Some(ForceText { from: from?, end, span })
    }

    /// `until D`, `through D`.
    pub fn force_end(&self, pair: P) -> Option<EndText> {
        let bound = if pair.as_rule() == Rule::force_until { Bound::Until } else { Bound::Through };
        let day = pair.into_inner().find(|one| one.as_rule() == Rule::day)?;
        Some(EndText { day: self.lexeme(&day), bound })
    }

    pub fn item(&self, pair: P) -> Option<Item> {
        Some(match pair.as_rule() {
            Rule::import => Item::Import(self.quoted(super::parts(pair).next()?)?),
            Rule::local_calendar => Item::Calendar(self.calendar(pair)?),
            Rule::record | Rule::event => Item::Record(self.record(pair)?),
            Rule::actors => Item::Actors(super::parts(pair).filter_map(|one| self.actor(one)).collect()),
            Rule::fact => Item::Fact(self.field(pair)?),
            Rule::define => Item::Define(self.define(pair)?),
            Rule::value => Item::Value(self.value(pair)?),
            Rule::clause => Item::Clause(self.clause(pair)?),
            Rule::amendment => Item::Amendment(self.amendment(pair)?),
            Rule::scenario => Item::Scenario(self.scenario(pair)?),
            _ => return None,
        })
    }

    fn calendar(&self, pair: P) -> Option<LocalCalendar> {
        let span = self.span(&pair);
        let (mut names, mut title, mut lines) = (Vec::new(), None, Vec::new());
        for part in super::parts(pair) {
            match part.as_rule() {
                Rule::name => names.extend(self.name(part)),
                Rule::string => title = self.quoted(part),
                _ => {
                    let span = self.span(&part);
                    lines.push(CalendarLine { kind: self.calendar_line(part)?, span });
                }
            }
        }
        let mut names = names.into_iter();
        Some(LocalCalendar { name: names.next()?, of: names.next()?, title, lines, span })
    }

    fn calendar_line(&self, pair: P) -> Option<CalendarLineKind> {
        let work = match pair.as_rule() {
            Rule::closed_on => Work::Closed,
            Rule::open_on => Work::Open,
            _ => {
                let mut years = super::parts(pair).map(|year| year.as_str().to_string());
                return Some(CalendarLineKind::Known { from: years.next()?, through: years.next()? });
            }
        };
        let days = super::parts(pair).map(|days| self.own_days(days)).collect::<Option<Vec<OwnDays>>>()?;
        Some(CalendarLineKind::Days(work, days))
    }

    fn own_days(&self, pair: P) -> Option<OwnDays> {
        let mut days = super::parts(pair);
        let first = days.next()?;
        if first.as_rule() == Rule::weekday_alone {
            return self.weekday_alone(first).map(OwnDays::EveryWeek);
        }
        let first = self.expr(first)?;
        Some(match days.next() {
            Some(last) => OwnDays::Through(first, self.expr(last)?),
            None => OwnDays::One(first),
        })
    }

    fn actor(&self, pair: P) -> Option<Actor> {
        let mut name = None;
        let mut title = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = self.name(part),
                _ => title = self.quoted(part),
            }
        }
        Some(Actor { name: name?, title })
    }

    fn record(&self, pair: P) -> Option<Record> {
        let span = self.span(&pair);
        let mut names = Vec::new();
        let mut plural = None;
        let mut title = None;
        let mut shape = RecordShape::Plain;
        let mut fields = Vec::new();
        let is_event = pair.as_rule() == Rule::event;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => names.extend(self.name(part)),
                Rule::plural => plural = self.name(part.into_inner().next()?),
                Rule::string => title = self.quoted(part),
                Rule::lasts => shape = self.lasts(part)?,
                Rule::k_also => shape = RecordShape::Also,
                Rule::field => fields.extend(self.field(part)),
                _ => {}
            }
        }
        let mut names = names.into_iter();
        let name = names.next()?;
        if is_event && !matches!(shape, RecordShape::Also) {
            shape = RecordShape::Event(names.next()?);
        }
        Some(Record { name, plural, title, shape, fields, span })
    }

    fn lasts(&self, pair: P) -> Option<RecordShape> {
        let mut bound = Bound::Until;
        let mut names = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_through => bound = Bound::Through,
                Rule::name => names.extend(self.name(part)),
                _ => {}
            }
        }
        let mut names = names.into_iter();
        Some(RecordShape::Lasts { from: names.next()?, to: names.next()?, bound })
    }

    fn field(&self, pair: P) -> Option<Field> {
        let span = self.span(&pair);
        let mut name = None;
        let mut ty = None;
        let mut title = None;
        let (mut over_time, mut required) = (false, false);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = self.name(part),
                Rule::field_type => ty = self.field_type(part),
                Rule::k_over_time => over_time = true,
                Rule::k_required => required = true,
                Rule::string => title = self.quoted(part),
                _ => {}
            }
        }
        Some(Field { name: name?, ty: ty?, over_time, required, title, span })
    }

    fn field_type(&self, pair: P) -> Option<FieldType> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let kind = match inner.as_rule() {
            Rule::k_yes_no => FieldTypeKind::YesNo,
            Rule::k_text => FieldTypeKind::Text,
            Rule::k_number => FieldTypeKind::Number,
            Rule::k_money => FieldTypeKind::Money,
            Rule::k_date => FieldTypeKind::Date,
            Rule::k_time => FieldTypeKind::Time,
            Rule::type_one_of => FieldTypeKind::OneOf(
                super::parts(inner).filter_map(|one| self.name(one.into_inner().next()?)).collect(),
            ),
            Rule::type_set => {
                let of = super::parts(inner).next()?;
                FieldTypeKind::SetOf(Box::new(self.inside(1, span, || self.field_type(of))?))
            }
            _ => FieldTypeKind::Record(self.name(inner)?),
        };
        Some(FieldType { kind, span })
    }

    fn define(&self, pair: P) -> Option<Define> {
        let span = self.span(&pair);
        let mut name = None;
        let mut of = None;
        let mut body = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = self.name(part),
                Rule::of_record => of = self.name(super::parts(part).next()?),
                Rule::listed => body = Some(DefineBody::Listed(self.names(super::parts(part).next()?))),
                Rule::chosen => body = Some(self.chosen(part)?),
                Rule::expr => body = Some(DefineBody::Expr(self.expr(part)?)),
                _ => {}
            }
        }
        Some(Define { name: name?, of, body: body?, span })
    }

    fn chosen(&self, pair: P) -> Option<DefineBody> {
        let mut all: Vec<Expr> = super::parts(pair).filter_map(|one| self.expr(one)).collect();
        let otherwise = all.pop()?;
        let mut cases = Vec::new();
        let mut rest = all.into_iter();
        while let (Some(value), Some(when)) = (rest.next(), rest.next()) {
            cases.push((value, when));
        }
        Some(DefineBody::Chosen { cases, otherwise })
    }

    pub fn value(&self, pair: P) -> Option<ValueItem> {
        let span = self.span(&pair);
        let mut name = None;
        let mut values = Vec::new();
        let mut last_checked = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = self.name(part),
                Rule::dated_value => {
                    let mut inner = super::parts(part);
                    let amount = self.expr(inner.next()?)?;
                    values.push((amount, inner.next().map(|day| self.lexeme(&day))));
                }
                Rule::last_checked => last_checked = super::parts(part).next().map(|day| self.lexeme(&day)),
                _ => {}
            }
        }
        Some(ValueItem { name: name?, values, last_checked, span })
    }
}
