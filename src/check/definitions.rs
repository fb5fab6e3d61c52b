//! Definitions and dated values. Each is resolved when it is first needed, so that their order in the file means nothing.

use std::collections::BTreeMap;

use crate::diagnostics::codes;
use crate::model::amendment::AmendmentId;
use crate::model::expr::{Cond, CondKind, DefinitionId, Expr, ExprKind, Ty, ValueId};
use crate::model::{DatedAmount, DatedValue, Definition, DefinitionBody};
use crate::source::Span;
use crate::syntax::tree::{self, AlterationKind, DefineBody};
use crate::value::{Currency, Number};

use super::circles::Node;
use super::names::Names;
use super::scope::{Place, Scope};

/// Definitions that build on one another may be this deep: more than any agreement needs.
const DEEPEST: u32 = 32;

/// What has been resolved so far. A node that is there without a result is being resolved, or failed.
#[derive(Debug, Default)]
pub struct Memo {
    gives: BTreeMap<Node, Option<Gives>>,
    definitions: BTreeMap<DefinitionId, DefinitionBody>,
    values: BTreeMap<ValueId, DatedValue>,
}

/// What a name of a definition or value gives where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gives {
    Condition,
    Listed,
    Amount(Ty),
}

impl Names<'_> {
    /// What a definition gives; nothing when it is wrong or needs itself, which is told elsewhere.
    pub fn definition_gives(&self, id: DefinitionId) -> Option<Gives> {
        let define = *self.definitions.get(usize::from(id.0))?;
        match &define.body {
            DefineBody::Listed(_) => return Some(Gives::Listed),
            DefineBody::Expr(expr) if is_condition(expr) => return Some(Gives::Condition),
            DefineBody::Expr(_) | DefineBody::Chosen { .. } => {}
        }
        self.once(Node::Definition(id), define.name.span, || {
            let body = self.definition_body(id, define)?;
            let gives = match &body {
                DefinitionBody::Condition(_) => Gives::Condition,
                DefinitionBody::Amount { otherwise, .. } => Gives::Amount(otherwise.ty.clone()),
                DefinitionBody::Listed(_) => Gives::Listed,
            };
            self.memo.borrow_mut().definitions.insert(id, body);
            Some(gives)
        })
    }

    pub fn value_gives(&self, id: ValueId) -> Option<Ty> {
        let value = *self.values.get(usize::from(id.0))?;
        let gives = self.once(Node::Value(id), value.name.span, || {
            let dated = self.dated_value(id, value)?;
            let ty = dated.amounts.first().map(|one| one.amount.ty.clone())?;
            self.memo.borrow_mut().values.insert(id, dated);
            Some(Gives::Amount(ty))
        });
        match gives? {
            Gives::Amount(ty) => Some(ty),
            Gives::Condition | Gives::Listed => None,
        }
    }

    /// The currency of a value's amounts, as they are agreed first.
    pub fn currency_of_value(&self, id: ValueId) -> Option<Currency> {
        let memo = self.memo.borrow();
        let mut all = memo.values.get(&id)?.amounts.iter().map(|one| match one.amount.kind {
            ExprKind::Money(ref money) => Some(money.currency),
            _ => None,
        });
        let first = all.next()??;
        // An amendment may have brought another.
        all.all(|one| one == Some(first)).then_some(first)
    }

    /// What a definition gives where none of its cases is met.
    pub fn amount_defined(&self, id: DefinitionId) -> Option<Expr> {
        match self.memo.borrow().definitions.get(&id)? {
            DefinitionBody::Amount { otherwise, .. } => Some(otherwise.clone()),
            DefinitionBody::Condition(_) | DefinitionBody::Listed(_) => None,
        }
    }

    /// A finding where definitions build on one another deeper than any agreement needs, in whatever order they stand.
    pub fn definitions_too_deep(&self) {
        let needs = self.needs.borrow();
        let defined = |node: &Node| matches!(node, Node::Definition(_) | Node::Value(_));
        let mut depths: BTreeMap<Node, u32> = BTreeMap::new();
        // One more step in depth a round; what lies on a circle is never reached, and told as such.
        let mut open: Vec<Node> = needs.keys().copied().filter(defined).collect();
        let mut round = 1_u32;
        while !open.is_empty() {
            let known = |node: &Node| !defined(node) || !needs.contains_key(node) || depths.contains_key(node);
            let (met, left): (Vec<Node>, Vec<Node>) =
                open.iter().copied().partition(|node| needs.get(node).is_some_and(|to| to.keys().all(known)));
            if met.is_empty() {
                return;
            }
            round = round.saturating_add(1);
            if round > DEEPEST
                && let Some(Node::Definition(id)) = met.first()
                && let Some(define) = self.definitions.get(usize::from(id.0))
            {
                return self
                    .too_deep(define.name.span, "the chain of definitions that build on one another is too long");
            }
            depths.extend(met.into_iter().map(|node| (node, round)));
            open = left;
        }
    }

    fn once(&self, node: Node, span: Span, resolve: impl FnOnce() -> Option<Gives>) -> Option<Gives> {
        if let Some(known) = self.memo.borrow().gives.get(&node) {
            return known.clone();
        }
        if self.depth.get() >= DEEPEST {
            self.too_deep(span, "the chain of definitions that build on one another is too long");
            return None;
        }
        self.memo.borrow_mut().gives.insert(node, None);
        self.depth.set(self.depth.get().saturating_add(1));
        let gives = resolve();
        self.depth.set(self.depth.get().saturating_sub(1));
        self.memo.borrow_mut().gives.insert(node, gives.clone());
        gives
    }

    /// All definitions in order; one that is wrong keeps its number with an empty body.
    pub fn all_definitions(&self) -> Vec<Definition> {
        let each = self.definitions.iter().enumerate().map(|(at, define)| {
            let id = DefinitionId(u16::try_from(at).unwrap_or(u16::MAX));
            self.definition_gives(id);
            let known = self.memo.borrow_mut().definitions.remove(&id);
            let body = known.or_else(|| match &define.body {
                DefineBody::Expr(expr) if is_condition(expr) => self.definition_body(id, define),
                DefineBody::Listed(_) => self.definition_body(id, define),
                DefineBody::Expr(_) | DefineBody::Chosen { .. } => None,
            });
            let nothing = || DefinitionBody::Condition(Cond { kind: CondKind::Always, span: define.span });
            let of = define.of.as_ref().and_then(|of| self.schema.find_record(&of.it));
            Definition { name: define.name.it.clone(), of, body: body.unwrap_or_else(nothing), span: define.span }
        });
        each.collect()
    }

    pub fn all_values(&self) -> Vec<DatedValue> {
        let each = self.values.iter().enumerate().map(|(at, value)| {
            let id = ValueId(u16::try_from(at).unwrap_or(u16::MAX));
            self.value_gives(id);
            let known = self.memo.borrow_mut().values.remove(&id);
            known.unwrap_or_else(|| DatedValue {
                name: value.name.it.clone(),
                amounts: Vec::new(),
                last_checked: None,
                span: value.span,
            })
        });
        each.collect()
    }

    fn definition_body(&self, id: DefinitionId, define: &tree::Define) -> Option<DefinitionBody> {
        let mut scope = Scope::empty(self).within(Node::Definition(id));
        if let Some(of) = &define.of {
            scope = scope.with(self.record(of)?, &of.it, Place::Outside);
        }
        match &define.body {
            DefineBody::Listed(names) => {
                if define.of.is_none() {
                    self.found(
                        codes::WRONG_TYPE
                            .at(define.name.span)
                            .say("a list must name the record it lists")
                            .help(format!("write `define {} of RECORD as listed …`", define.name.it)),
                    );
                }
                Some(DefinitionBody::Listed(names.iter().map(|name| name.it.clone()).collect()))
            }
            DefineBody::Expr(expr) if is_condition(expr) => Some(DefinitionBody::Condition(scope.condition(expr)?)),
            DefineBody::Expr(expr) => Some(DefinitionBody::Amount { cases: Vec::new(), otherwise: scope.value(expr)? }),
            DefineBody::Chosen { cases, otherwise } => chosen(&scope, cases, otherwise),
        }
    }

    fn dated_value(&self, id: ValueId, value: &tree::ValueItem) -> Option<DatedValue> {
        let scope = Scope::empty(self).within(Node::Value(id));
        let mut amounts = self.dated_amounts(&scope, value)?;
        for (by, draft) in (0..).map(AmendmentId).zip(&self.drafts) {
            for alteration in &draft.tree.alterations {
                let AlterationKind::Revalue { name, by: new } = &alteration.kind else { continue };
                if name.it != value.name.it {
                    continue;
                }
                for mut one in self.dated_amounts(&scope, new)? {
                    // An amendment that brings another currency gives its values in that one.
                    let changed = |first: &&DatedAmount| draft.currency.is_none() || first.amount.ty != one.amount.ty;
                    if let Some(first) = amounts.first().filter(changed) {
                        scope.same_type(&first.amount, &one.amount);
                    }
                    one.from = Some(one.from.map_or(draft.effective, |from| from.max(draft.effective)));
                    amounts.push(DatedAmount { by: Some(by), ..one });
                }
            }
        }
        let last_checked = value.last_checked.as_ref().and_then(|day| self.day(day));
        Some(DatedValue { name: value.name.it.clone(), amounts, last_checked, span: value.span })
    }

    /// The amounts of one declaration, the earliest first.
    fn dated_amounts(&self, scope: &Scope, value: &tree::ValueItem) -> Option<Vec<DatedAmount>> {
        let mut amounts: Vec<DatedAmount> = Vec::new();
        for (amount, from) in &value.values {
            let from = match from {
                Some(from) => Some(self.day(from)?),
                None => None,
            };
            let amount = scope.value(amount)?;
            if let Some(before) = amounts.last() {
                scope.same_type(&before.amount, &amount);
                if from <= before.from {
                    self.found(
                        codes::ENDS_BEFORE_START
                            .at(amount.span)
                            .say(format!("the amounts of `{}` are not in order of date", value.name.it))
                            .help("put the earliest first, each with `from` and its day".to_string()),
                    );
                }
            }
            amounts.push(DatedAmount { from, amount, by: None });
        }
        Some(amounts)
    }
}

fn chosen(scope: &Scope, cases: &[(tree::Expr, tree::Expr)], otherwise: &tree::Expr) -> Option<DefinitionBody> {
    let otherwise_value = scope.value(otherwise);
    let mut checked = Vec::new();
    let mut whole = true;
    for (amount, condition) in cases {
        match (scope.condition(condition), scope.value(amount)) {
            (Some(condition), Some(amount)) => checked.push((condition, amount)),
            (_, _) => whole = false,
        }
    }
    let otherwise = otherwise_value?;
    for (_, amount) in &checked {
        scope.same_type(&otherwise, amount);
    }
    whole.then_some(DefinitionBody::Amount { cases: checked, otherwise })
}

/// Whether the words ask something, rather than give an amount.
pub fn is_condition(expr: &tree::Expr) -> bool {
    use tree::ExprKind as K;
    match &expr.kind {
        K::And(_) | K::Or(_) | K::Mixed(_, _) | K::Not(_) | K::AllHave { .. } | K::AllAre { .. } => true,
        K::Some(_) | K::No(_) | K::Compare(_, _) => true,
        K::Number(_)
        | K::Money { .. }
        | K::Percent(_)
        | K::Fraction(_)
        | K::Text(_)
        | K::Day(_)
        | K::Period(_)
        | K::Told(_) => false,
        K::Yes | K::No_ | K::None_ | K::It | K::Name(_) | K::Its(_) | K::Of(_, _) | K::Previous(_) | K::Next(_) => {
            false
        }
        K::Time(_)
        | K::OfDay(_, _)
        | K::YearDay { .. }
        | K::LastDayOf(_)
        | K::StartOf(_)
        | K::EndOf(_)
        | K::DueDayOf(_)
        | K::EarliestOf(_)
        | K::LatestOf(_)
        | K::EffectOf(_) => false,
        K::NotStated
        | K::TheDay(_)
        | K::Plus(_, _)
        | K::Minus(_, _)
        | K::Times(_, _)
        | K::DividedBy(_, _)
        | K::CountOf(_) => false,
        K::CountOfDifferent(_, _) | K::SumOf(_, _) | K::Earliest(_, _) | K::Latest(_, _) | K::DaysFrom(_, _) => false,
        K::WorkingDaysFrom(_, _) => false,
        K::WholeMonthsFrom(_, _) | K::Portion(_, _) | K::Per { .. } | K::Rounded { .. } => false,
        K::OnDay { of, .. } => is_condition(of),
    }
}

/// A number as an expression.
pub fn plain_number(number: Number, span: Span) -> Expr {
    Expr { kind: ExprKind::Number(number), ty: Ty::Number, span }
}
