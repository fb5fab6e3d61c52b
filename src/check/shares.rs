//! Costs: who bears how much of an amount, and what was billed of it.

use crate::clauses::evidence::{Untied, linked_weight};
use crate::diagnostics::codes;
use crate::model::clause::{Billed, Remainder, Rest, Shared, Sharing, SharingKey, SharingRounding, SharingWay, TiesGo};
use crate::model::expr::{Collection, Expr, ExprKind, On, Ty};
use crate::model::schema::{FieldId, RecordId};
use crate::source::Span;
use crate::syntax::tree::{self, Key, KeyOption, KeyOptionKind, Name, RemainderText, RestGoes};
use crate::value::Number;

use super::comparands::row_of;
use super::definitions::Gives;
use super::lines::Filling;
use super::scope::Found;

impl Filling<'_, '_> {
    pub(super) fn borne(&self, amount: &tree::Expr, payer: &tree::Expr, span: Span) -> Option<Sharing> {
        let (amount, payer) = (self.amount_shared(amount), self.scope.value(payer));
        let (amount, payer) = (amount?, payer?);
        if let ExprKind::Actor(actor) = payer.kind {
            let (key, among, rounding) = (self.all_by(actor), None, None);
            let shared = Shared { key, among, after_each: None, at_most: None, at_least: None, rounding };
            return Some(Sharing { amount, way: SharingWay::Shared(Box::new(shared)) });
        }
        let Some((payer, record)) = row_of(&payer) else {
            self.names().found(codes::WRONG_TYPE.at(span).say("only a record or an actor can bear a cost"));
            return None;
        };
        Some(Sharing { amount, way: SharingWay::Borne { payer, record } })
    }

    pub(super) fn shared(&self, shared: &tree::Shared, span: Span) -> Option<Sharing> {
        let amount = self.amount_shared(&shared.amount);
        if let Key::BySeparateDecision(_) = shared.key {
            return Some(Sharing { amount: amount?, way: SharingWay::SeparateDecision });
        }
        let among = match &shared.among {
            Some(set) => Some(self.among(set)?),
            None => None,
        };
        let key = self.key(&shared.key, among.as_ref().map(|(of, _)| of), span);
        let mut whole = Shared { key: key?, among, after_each: None, at_most: None, at_least: None, rounding: None };
        let amount = amount?;
        for option in &shared.options {
            self.option(option, &amount, &mut whole)?;
        }
        if let Some(rounding) = &shared.rounding {
            whole.rounding = Some(self.rounding(rounding, &amount, whole.among.as_ref().map(|(of, _)| of))?);
        }
        Some(Sharing { amount, way: SharingWay::Shared(Box::new(whole)) })
    }

    /// What is shared. A number is shared in the agreement's currency.
    fn amount_shared(&self, amount: &tree::Expr) -> Option<Expr> {
        let amount = self.scope.amount(amount)?;
        let names = self.names();
        let has_currency = names.settings.currency.is_some() || names.drafts.iter().any(|one| one.currency.is_some());
        if amount.ty == Ty::Number && !has_currency {
            names.found(
                codes::WRONG_TYPE
                    .at(amount.span)
                    .say("a number is shared in the currency of the agreement, and this agreement names none")
                    .help("add a line such as `currency SEK` to the header, or make the amount `money`".to_string()),
            );
        }
        Some(amount)
    }

    fn among(&self, set: &tree::SetOn) -> Option<(Collection, On)> {
        let of = self.scope.collection(&set.of);
        let on = match &set.on {
            Some(day) => On::Day(Box::new(self.scope.a_day(day)?)),
            None => On::Then,
        };
        Some((of?, on))
    }

    fn key(&self, key: &Key, among: Option<&Collection>, span: Span) -> Option<SharingKey> {
        match key {
            Key::Equally(span) => {
                self.needs_parties(among, *span)?;
                Some(SharingKey::Equally)
            }
            Key::InProportionTo(weight) => {
                let of = self.needs_parties(among, weight.span)?;
                let bare = self.scope.bound_to(of.record, &of.name).amount(weight)?;
                let record = self.scope.record_name(of.record);
                let way_out = format!(
                    "use a field or definition of `{record}`, count rows with a `(where …)` that ties them to each `{record}`, or share `equally`"
                );
                let linked =
                    self.of_each(&bare, of, weight.span, ("it cannot be used to share in proportion", way_out));
                linked.map(SharingKey::InProportionTo)
            }
            Key::InParts(parts) => {
                let portions = parts.iter().map(|(portion, actor)| {
                    let (portion, actor) = (self.portion(portion), self.names().actor(actor));
                    Some((portion?, actor?))
                });
                let portions = portions.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>()?;
                self.make_whole(portions.iter().map(|(portion, _)| portion), span)?;
                Some(SharingKey::InParts(portions))
            }
            Key::Mixed(parts) => {
                let portions = parts.iter().map(|(portion, key)| {
                    let (portion, key) = (self.portion(portion), self.key(key, among, span));
                    Some((portion?, key?))
                });
                let portions = portions.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>()?;
                self.make_whole(portions.iter().map(|(portion, _)| portion), span)?;
                Some(SharingKey::Mixed(portions))
            }
            Key::BySeparateDecision(span) => {
                self.names().found(
                    codes::WRONG_TYPE
                        .at(*span)
                        .say("part of a cost cannot be left to a separate decision")
                        .help("write two clauses, one for each part".to_string()),
                );
                None
            }
        }
    }

    fn needs_parties<'c>(&self, among: Option<&'c Collection>, span: Span) -> Option<&'c Collection> {
        if among.is_none() {
            self.names().found(
                codes::AMONG_MISSING
                    .at(span)
                    .say("this does not say among whom the cost is shared")
                    .help("add `among …`, such as `equally among party on invoiced_on`".to_string()),
            );
        }
        among
    }

    fn portion(&self, expr: &tree::Expr) -> Option<Number> {
        match self.scope.number_value(expr)?.kind {
            ExprKind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Fixed portions have to add up to the whole.
    fn make_whole<'n>(&self, portions: impl Iterator<Item = &'n Number>, span: Span) -> Option<()> {
        let sum: Number = portions.sum();
        if sum == Number::ONE {
            return Some(());
        }
        let percent = sum.times(&Number::from(100));
        self.names().found(
            codes::SHARES_NOT_WHOLE
                .at(span)
                .say(format!("the parts add up to {percent} %, not to 100 %"))
                .help("make the parts add up to 100 %".to_string()),
        );
        None
    }

    fn option(&self, option: &KeyOption, whole: &Expr, into: &mut Shared) -> Option<()> {
        let (among, span) = (into.among.as_ref().map(|(of, _)| of), option.span);
        let amount_of = |amount: &tree::Expr| match option.its {
            true => self.amount_of_each(amount, whole, among),
            false => {
                self.is_no_field_of_each(amount, among)?;
                self.amount_like(amount, whole)
            }
        };
        match &option.kind {
            KeyOptionKind::After(amount) => into.after_each = Some(amount_of(amount)?),
            KeyOptionKind::AtLeast(amount) => into.at_least = Some(amount_of(amount)?),
            KeyOptionKind::AtMost(amount, rest) => {
                let amount = amount_of(amount)?;
                let rest = match rest {
                    Some(RestGoes::Refilled) => Rest::Refilled,
                    Some(RestGoes::StaysUnshared) => Rest::StaysUnshared,
                    Some(RestGoes::To(name)) => Rest::To(self.names().actor(name)?),
                    None => {
                        self.names().found(
                            codes::REST_GOES
                                .at(span)
                                .say("with `each at most`, part of the cost can remain unpaid, and this does not say what happens to it")
                                .help("add `, the rest is refilled`, `, the rest stays unshared` or `, the rest to ACTOR`".to_string()),
                        );
                        return None;
                    }
                };
                into.at_most = Some((amount, rest));
            }
        }
        Some(())
    }

    /// The same of each that shares: a field or a definition of its record, or what is counted of it.
    fn amount_of_each(&self, amount: &tree::Expr, whole: &Expr, among: Option<&Collection>) -> Option<Expr> {
        let of = self.needs_parties(among, amount.span)?;
        let bare = self.scope.bound_to(of.record, &of.name).amount(amount)?;
        self.scope.same_type(whole, &bare)?;
        let record = self.scope.record_name(of.record);
        let way_out = format!("leave out `its`, or name a field or definition of `{record}`");
        self.of_each(&bare, of, amount.span, ("it is not an amount of its own", way_out))
    }

    /// What is another amount for each that shares, tied to it; a finding where it is the same for all.
    fn of_each(&self, bare: &Expr, of: &Collection, at: Span, (so, way_out): (&str, String)) -> Option<Expr> {
        match linked_weight(&self.names().schema, bare, of) {
            Ok(linked) => Some(linked),
            Err(Untied::Several(finding)) => {
                self.names().found(*finding);
                None
            }
            Err(Untied::SameForAll) => {
                let said = format!("this is the same for every `{}`, so {so}", of.name);
                self.names().found(codes::SAME_FOR_ALL.at(at).say(said).help(way_out));
                None
            }
        }
    }

    /// A name that nothing here has but each that shares: it is said with `its`.
    fn is_no_field_of_each(&self, amount: &tree::Expr, among: Option<&Collection>) -> Option<()> {
        let (tree::ExprKind::Name(name), Some(of)) = (&amount.kind, among) else { return Some(()) };
        let own = self.scope.bound_to(of.record, &of.name).with_something_unknown();
        if self.scope.with_something_unknown().amount(amount).is_some() || own.amount(amount).is_none() {
            return Some(());
        }
        let each = &of.name;
        self.names().found(
            codes::UNKNOWN_NAME
                .at(amount.span)
                .say(format!("`{name}` is an amount of each `{each}`"))
                .help(format!("write `its` before it: `each at most its {name}`, `each at least its {name}` or `each first pays its {name}`")),
        );
        None
    }

    /// An amount of the same sort and currency as the whole.
    fn amount_like(&self, amount: &tree::Expr, whole: &Expr) -> Option<Expr> {
        let amount = self.scope.amount(amount)?;
        self.scope.same_type(whole, &amount)?;
        Some(amount)
    }

    fn rounding(&self, text: &tree::RoundingText, whole: &Expr, among: Option<&Collection>) -> Option<SharingRounding> {
        let unit = self.amount_like(&text.unit, whole)?;
        self.scope.more_than_nothing(&unit)?;
        if let (Some(RemainderText::HalfUpEach(_)), Some((by, _))) = (&text.remainder, &text.ties_by) {
            self.names().found(
                codes::CLASHING_LINES
                    .at(by.span)
                    .say("each share is rounded on its own, so there are no ties")
                    .help("remove `ties by`".to_string()),
            );
            return None;
        }
        let remainder = match &text.remainder {
            Some(RemainderText::FirstInOrder) => Remainder::FirstInOrder,
            Some(RemainderText::HalfUpEach(name)) => Remainder::HalfUpEach(self.names().actor(name)?),
            Some(RemainderText::Largest) | None => Remainder::Largest,
        };
        let ties_by = match (&text.ties_by, among) {
            (Some((name, go)), Some(of)) => {
                let go = match go {
                    tree::TiesGo::LowestFirst => TiesGo::LowestFirst,
                    tree::TiesGo::HighestFirst => TiesGo::HighestFirst,
                };
                Some((self.order_by(of, name)?, go))
            }
            (Some(_), None) | (None, _) => None,
        };
        Some(SharingRounding { unit, remainder, ties_by })
    }

    /// What ties go by: a field or a definition of each that shares, of which one is more than another.
    fn order_by(&self, of: &Collection, name: &Name) -> Option<Expr> {
        let scope = self.scope.bound_to(of.record, &of.name);
        let own = scope.find(&name.it, name.span).filter(|found| match found {
            Found::Field(field) => field.row.mentions(of.var),
            Found::Defined(_, Some(row)) => row.mentions(of.var),
            Found::Defined(_, None) | Found::Row(_, _) | Found::Value(_) | Found::Actor(_) => false,
        });
        let Some(own) = own else {
            self.names().no_field(of.record, name);
            return None;
        };
        let condition = match &own {
            Found::Defined(id, _) => matches!(self.names().definition_gives(*id)?, Gives::Condition | Gives::Listed),
            Found::Field(_) | Found::Row(_, _) | Found::Value(_) | Found::Actor(_) => false,
        };
        let order = if condition { None } else { Some(scope.value_of(own, name.span)?) };
        match order {
            Some(order) if matches!(order.ty, Ty::Day | Ty::Number | Ty::Money | Ty::Text) => Some(order),
            Some(_) | None => {
                self.names().found(
                    codes::WRONG_TYPE
                        .at(name.span)
                        .say(format!("`{}` gives no order, so ties cannot go by it", name.it))
                        .help("name a field or a definition that is a number, an amount, a day or a text".to_string()),
                );
                None
            }
        }
    }

    pub(super) fn field_of(&self, record: RecordId, name: &Name) -> Option<FieldId> {
        let found = self.names().schema.record(record)?.find_field(&name.it);
        if found.is_none() {
            self.names().no_field(record, name);
        }
        found
    }

    pub(super) fn billed(&self, billed: &tree::Billed) -> Option<Billed> {
        let bills = self.scope.collection(&billed.by)?;
        let to = self.field_of(bills.record, &billed.to);
        let for_what = self.field_of(bills.record, &billed.for_what);
        let amount = self.field_of(bills.record, &billed.amount);
        let (to, for_what, amount) = (to?, for_what?, amount?);
        let record = bills.record;
        self.is_amount(record, amount, billed.amount.span)?;
        Some(Billed { bills, to, for_what, amount })
    }

    pub(super) fn is_amount(&self, record: RecordId, field: FieldId, span: Span) -> Option<()> {
        use crate::model::schema::Type;
        match self.names().schema.field(record, field).map(|field| &field.ty) {
            Some(Type::Money | Type::Number) => Some(()),
            Some(
                Type::Text | Type::YesNo | Type::Date | Type::Time | Type::OneOf(_) | Type::Ref(_) | Type::SetOf(_),
            )
            | None => {
                let (of, field) = (self.scope.record_name(record), self.names().schema.field(record, field));
                let field = field.map_or("", |field| field.name.as_str());
                self.names().found(
                    codes::WRONG_TYPE
                        .at(span)
                        .say(format!("`{field}` of `{of}` is not an amount"))
                        .help("name a field of type `money` or `number`".to_string()),
                );
                None
            }
        }
    }
}
