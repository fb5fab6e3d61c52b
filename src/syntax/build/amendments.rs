//! Amendments: their head, their lines and what they do.

use super::{Build, P, parts, role};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl Build<'_> {
    pub fn amendment(&self, pair: P) -> Option<Amendment> {
        let span = self.span(&pair);
        let (mut name, mut place, mut title) = (None, None, None);
        let (mut lines, mut alterations) = (Vec::new(), Vec::new());
        for part in parts(pair) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::name => name = self.name(part),
                Rule::place => place = Some(self.place(part)),
                Rule::string => title = self.quoted(part),
                Rule::repeal | Rule::replace | Rule::add | Rule::renumber | Rule::new_force | Rule::currency_of => {
                    alterations.push(Alteration { kind: self.alteration(part)?, span });
                }
                _ => lines.push(AmendmentLine { kind: self.amendment_line(part)?, span }),
            }
        }
        Some(Amendment { name: name?, place, title, lines, alterations, span })
    }

    fn amendment_line(&self, pair: P) -> Option<AmendmentLineKind> {
        let rule = pair.as_rule();
        if rule == Rule::began_before {
            let roles: Vec<_> = pair.into_inner().filter_map(|one| role(one.as_rule())).collect();
            let taken_over = roles.contains(&"is_taken_over");
            let began = if taken_over { Began::IsTakenOver } else { Began::KeepsTheOldWording };
            return Some(AmendmentLineKind::BeganBefore(began));
        }
        let mut inner = parts(pair);
        let first = inner.next()?;
        Some(match rule {
            Rule::amends => AmendmentLineKind::To(self.name(first)?),
            Rule::proposed => {
                let on = inner.next().map(|day| self.lexeme(&day));
                AmendmentLineKind::ProposedBy { who: self.name(first)?, on }
            }
            Rule::rival_of => AmendmentLineKind::RivalOf(self.names(first)),
            Rule::builds_on => AmendmentLineKind::BuildsOn(self.names(first)),
            Rule::adopted_on => AmendmentLineKind::AdoptedOn(self.lexeme(&first)),
            Rule::adopted_by => {
                let filter = match inner.next() {
                    Some(filter) => Some(self.expr(parts(filter).next()?)?),
                    None => None,
                };
                AmendmentLineKind::AdoptedBy { record: self.name(first)?, filter }
            }
            Rule::effective => AmendmentLineKind::TakesEffect(self.lexeme(&first)),
            Rule::note => AmendmentLineKind::Note(self.quoted(first)?),
            _ => return None,
        })
    }

    fn alteration(&self, pair: P) -> Option<AlterationKind> {
        let rule = pair.as_rule();
        let mut inner = parts(pair);
        if rule == Rule::new_force {
            return Some(AlterationKind::Force(match inner.next() {
                Some(end) => Some(self.force_end(end)?),
                None => None,
            }));
        }
        let first = inner.next()?;
        Some(match rule {
            Rule::repeal => AlterationKind::Repeal(self.names(first)),
            Rule::add => AlterationKind::Add(Box::new(self.clause(first)?)),
            Rule::renumber => AlterationKind::Renumber { name: self.name(first)?, place: self.place(inner.next()?) },
            Rule::currency_of => AlterationKind::Currency(self.lexeme(&first)),
            Rule::replace => {
                let (name, by) = (self.name(first)?, inner.next()?);
                match by.as_rule() {
                    Rule::value => AlterationKind::Revalue { name, by: self.value(by)? },
                    _ => AlterationKind::Replace { name, by: Box::new(self.clause(by)?) },
                }
            }
            _ => return None,
        })
    }
}
