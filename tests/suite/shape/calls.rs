//! Who calls whom: every body is walked, with what is known of the types in it.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Block, Expr, ImplItem, Item, Pat, Stmt, TraitItem};

use super::index::{Index, Scope, Ty};

/// A call from one file to another, by the places of both, and what is called.
pub type Call = (usize, usize, String);

#[derive(Default)]
pub struct Calls {
    pub calls: BTreeSet<Call>,
    /// Methods on a receiver whose type is not known, that only a method of the library can be: counted as calls of each of
    /// that name.
    pub guessed: BTreeSet<Call>,
}

pub fn calls(index: &Index, within: &str) -> Calls {
    let mut found = Calls::default();
    for (file, one) in index.files.iter().enumerate().filter(|(_, file)| file.name.starts_with(within)) {
        let here = Scope { file, ..Scope::default() };
        for item in &one.items {
            match item {
                Item::Fn(one) => walk(index, &mut found, within, &here, (&one.sig, &one.block)),
                Item::Impl(one) => {
                    let scope = index.scope_of_impl(file, one);
                    for item in &one.items {
                        if let ImplItem::Fn(method) = item {
                            walk(index, &mut found, within, &scope, (&method.sig, &method.block));
                        }
                    }
                }
                Item::Trait(one) => {
                    let own = index.type_called(file, &[one.ident.to_string()]);
                    let scope = index.scope(&Scope { own, ..here.clone() }, &one.generics);
                    for item in &one.items {
                        if let TraitItem::Fn(method) = item
                            && let Some(body) = &method.default
                        {
                            walk(index, &mut found, within, &scope, (&method.sig, body));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found
}

fn walk(index: &Index, found: &mut Calls, within: &str, scope: &Scope, (signature, body): (&syn::Signature, &Block)) {
    let scope = index.scope(scope, &signature.generics);
    let mut walker = Walker { index, found, within, names: vec![BTreeMap::new()], scope };
    for input in &signature.inputs {
        match input {
            syn::FnArg::Receiver(_) => {
                let own = walker.scope.own.map_or(Ty::Unknown, Ty::Own);
                walker.name("self", own);
            }
            syn::FnArg::Typed(one) => {
                let ty = index.ty(&walker.scope, &one.ty);
                walker.bind(&one.pat, ty);
            }
        }
    }
    walker.block(body);
}

struct Walker<'i> {
    index: &'i Index,
    found: &'i mut Calls,
    within: &'i str,
    scope: Scope,
    /// What is bound, the innermost last.
    names: Vec<BTreeMap<String, Ty>>,
}

impl<'ast> Visit<'ast> for Walker<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.ty(expr);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.block(block);
    }

    fn visit_item_fn(&mut self, one: &'ast syn::ItemFn) {
        let scope = Scope { own: None, ..self.scope.clone() };
        walk(self.index, self.found, self.within, &scope, (&one.sig, &one.block));
    }
}

impl Walker<'_> {
    fn name(&mut self, name: &str, ty: Ty) {
        self.names.last_mut().unwrap().insert(name.to_owned(), ty);
    }

    fn named(&self, name: &str) -> Option<Ty> {
        self.names.iter().rev().find_map(|names| names.get(name)).cloned()
    }

    fn apart<R>(&mut self, look: impl FnOnce(&mut Self) -> R) -> R {
        self.names.push(BTreeMap::new());
        let found = look(self);
        self.names.pop();
        found
    }

    fn block(&mut self, block: &Block) -> Ty {
        self.apart(|walker| {
            let mut last = Ty::Tuple(Vec::new());
            for statement in &block.stmts {
                last = match statement {
                    Stmt::Local(local) => {
                        let mut ty = Ty::Unknown;
                        if let Some(init) = &local.init {
                            ty = walker.ty(&init.expr);
                            if let Some((_, otherwise)) = &init.diverge {
                                walker.ty(otherwise);
                            }
                        }
                        walker.bind(&local.pat, ty);
                        Ty::Unknown
                    }
                    Stmt::Expr(expr, semi) => {
                        let ty = walker.ty(expr);
                        if semi.is_some() { Ty::Unknown } else { ty }
                    }
                    Stmt::Macro(one) => walker.in_macro(&one.mac),
                    Stmt::Item(item) => {
                        visit::visit_item(walker, item);
                        Ty::Unknown
                    }
                };
            }
            last
        })
    }

    // ---- patterns ---------------------------------------------------------------------------------------------------------

    fn bind(&mut self, pat: &Pat, ty: Ty) {
        match pat {
            Pat::Ident(one) => {
                if let Some((_, inner)) = &one.subpat {
                    self.bind(inner, ty.clone());
                }
                self.name(&one.ident.to_string(), ty);
            }
            Pat::Type(one) => {
                let mut stated = self.index.ty(&self.scope, &one.ty);
                // `Vec<_>` says less than what it was made of.
                if let Ty::Other(_, of) = &stated
                    && of.iter().all(|of| *of == Ty::Unknown)
                {
                    stated = ty;
                }
                self.bind(&one.pat, stated);
            }
            Pat::Reference(one) => self.bind(&one.pat, ty),
            Pat::Paren(one) => self.bind(&one.pat, ty),
            Pat::Or(one) => one.cases.iter().for_each(|case| self.bind(case, ty.clone())),
            Pat::Slice(one) => one.elems.iter().for_each(|one| self.bind(one, ty.inner())),
            Pat::Tuple(one) => {
                let parts = if let Ty::Tuple(parts) = ty { parts } else { Vec::new() };
                for (at, one) in one.elems.iter().enumerate() {
                    self.bind(one, parts.get(at).cloned().unwrap_or(Ty::Unknown));
                }
            }
            Pat::TupleStruct(one) => {
                let last = one.path.segments.last().unwrap().ident.to_string();
                let fields = self.fields_of(&one.path, &ty);
                for (at, one) in one.elems.iter().enumerate() {
                    let field = match last.as_str() {
                        "Some" | "Ok" => ty.inner(),
                        _ => fields.get(&at.to_string()).cloned().unwrap_or(Ty::Unknown),
                    };
                    self.bind(one, field);
                }
            }
            Pat::Struct(one) => {
                let fields = self.fields_of(&one.path, &ty);
                for field in &one.fields {
                    let name = match &field.member {
                        syn::Member::Named(name) => name.to_string(),
                        syn::Member::Unnamed(at) => at.index.to_string(),
                    };
                    self.bind(&field.pat, fields.get(&name).cloned().unwrap_or(Ty::Unknown));
                }
            }
            _ => {}
        }
    }

    /// The fields of the struct or the variant that a pattern names.
    fn fields_of(&self, path: &syn::Path, of: &Ty) -> BTreeMap<String, Ty> {
        let names: Vec<String> = path.segments.iter().map(|one| one.ident.to_string()).collect();
        let last = names.last().unwrap();
        let own = match (self.own_path(&names[..names.len() - 1]), of) {
            (Some(own), _) => Some(own),
            (None, Ty::Own(own)) => Some(*own),
            (None, _) => self.own_path(&names),
        };
        let Some(own) = own.map(|own| &self.index.types[own]) else { return BTreeMap::new() };
        own.variants.get(last).unwrap_or(&own.fields).clone()
    }

    fn own_path(&self, names: &[String]) -> Option<usize> {
        match names {
            [only] if only == "Self" => self.scope.own,
            names => self.index.type_called(self.scope.file, names),
        }
    }

    // ---- expressions ------------------------------------------------------------------------------------------------------

    fn ty(&mut self, expr: &Expr) -> Ty {
        match expr {
            Expr::Path(one) => self.of_path(&one.path).0,
            Expr::Paren(one) => self.ty(&one.expr),
            Expr::Group(one) => self.ty(&one.expr),
            Expr::Reference(one) => self.ty(&one.expr),
            Expr::Unary(one) => self.ty(&one.expr),
            Expr::Cast(one) => {
                self.ty(&one.expr);
                self.index.ty(&self.scope, &one.ty)
            }
            Expr::Try(one) => self.ty(&one.expr).inner(),
            Expr::Field(one) => {
                let base = self.ty(&one.base);
                let name = match &one.member {
                    syn::Member::Named(name) => name.to_string(),
                    syn::Member::Unnamed(at) => at.index.to_string(),
                };
                match base {
                    Ty::Own(own) => self.index.types[own].fields.get(&name).cloned().unwrap_or(Ty::Unknown),
                    Ty::Tuple(parts) => {
                        name.parse().ok().and_then(|at: usize| parts.get(at)).cloned().unwrap_or(Ty::Unknown)
                    }
                    _ => self.field_of_one_type(&name),
                }
            }
            Expr::Index(one) => {
                self.ty(&one.index);
                self.ty(&one.expr).inner()
            }
            Expr::Tuple(one) => Ty::Tuple(one.elems.iter().map(|one| self.ty(one)).collect()),
            Expr::Array(one) => {
                let all: Vec<Ty> = one.elems.iter().map(|one| self.ty(one)).collect();
                Ty::of("Vec", all.into_iter().find(|ty| *ty != Ty::Unknown).unwrap_or(Ty::Unknown))
            }
            Expr::Struct(one) => {
                one.fields.iter().for_each(|field| drop(self.ty(&field.expr)));
                if let Some(rest) = &one.rest {
                    self.ty(rest);
                }
                let names: Vec<String> = one.path.segments.iter().map(|one| one.ident.to_string()).collect();
                let own = self.own_path(&names).or_else(|| self.own_path(&names[..names.len() - 1]));
                own.map_or(Ty::Unknown, Ty::Own)
            }
            Expr::Block(one) => self.block(&one.block),
            Expr::Const(one) => self.block(&one.block),
            Expr::If(one) => self.apart(|walker| {
                walker.ty(&one.cond);
                let ty = walker.block(&one.then_branch);
                let other = one.else_branch.as_ref().map_or(Ty::Unknown, |(_, other)| walker.ty(other));
                if ty == Ty::Unknown { other } else { ty }
            }),
            // Binds within the condition that it stands in.
            Expr::Let(one) => {
                let ty = self.ty(&one.expr);
                self.bind(&one.pat, ty);
                Ty::Unknown
            }
            Expr::Match(one) => {
                let of = self.ty(&one.expr);
                let mut found = Ty::Unknown;
                for arm in &one.arms {
                    let ty = self.apart(|walker| {
                        walker.bind(&arm.pat, of.clone());
                        if let Some((_, guard)) = &arm.guard {
                            walker.ty(guard);
                        }
                        walker.ty(&arm.body)
                    });
                    found = if found == Ty::Unknown { ty } else { found };
                }
                found
            }
            Expr::ForLoop(one) => self.apart(|walker| {
                let of = walker.ty(&one.expr).inner();
                walker.bind(&one.pat, of);
                walker.block(&one.body)
            }),
            Expr::While(one) => self.apart(|walker| {
                walker.ty(&one.cond);
                walker.block(&one.body)
            }),
            Expr::Closure(_) => self.closure(expr, &[]),
            Expr::Call(one) => self.call(one),
            Expr::MethodCall(one) => self.method_call(one),
            Expr::Macro(one) => self.in_macro(&one.mac),
            other => {
                visit::visit_expr(self, other);
                Ty::Unknown
            }
        }
    }

    /// A field that only one type has, or that is of one type in all that have it.
    fn field_of_one_type(&self, name: &str) -> Ty {
        let inside = |file: usize| self.index.files[file].name.starts_with(self.within);
        let mut all = self.index.types.iter().filter(|own| inside(own.file)).filter_map(|own| own.fields.get(name));
        let Some(first) = all.next() else { return Ty::Unknown };
        if all.all(|ty| ty == first) { first.clone() } else { Ty::Unknown }
    }

    /// The type of a name or path, and the function that it is. That it is named is as good as a call.
    fn of_path(&mut self, path: &syn::Path) -> (Ty, Option<usize>) {
        let names: Vec<String> = path.segments.iter().map(|one| one.ident.to_string()).collect();
        if let [only] = names.as_slice()
            && let Some(ty) = self.named(only)
        {
            return (ty, None);
        }
        let (last, before) = names.split_last().unwrap();
        if let Some(own) = self.own_path(before) {
            let functions = self.methods(own, last);
            functions.iter().for_each(|function| self.calls(*function, false));
            return match functions.first() {
                Some(function) => (self.index.functions[*function].gives.clone(), Some(*function)),
                None => (Ty::Own(own), None),
            };
        }
        // A type parameter or `Self` where it is a trait's.
        if let [of] = before
            && let Some(Ty::Own(own)) = self.scope.parameters.get(of).cloned()
        {
            let functions = self.methods(own, last);
            functions.iter().for_each(|function| self.calls(*function, false));
            return (functions.first().map_or(Ty::Unknown, |it| self.index.functions[*it].gives.clone()), None);
        }
        let full = self.index.full_path(self.scope.file, &names);
        let (last, module) = full.split_last().unwrap();
        let all = self.index.functions_called.get(last).cloned().unwrap_or_default();
        let free: Vec<usize> = all.into_iter().filter(|at| self.index.functions[*at].owner.is_none()).collect();
        let is_in = |at: &usize, deep: bool| {
            let own = &self.index.files[self.index.functions[*at].file].module;
            if deep { own.starts_with(module) } else { own == module }
        };
        let found = free.iter().find(|at| is_in(at, false)).or_else(|| {
            let passed_on = full.len() > 1 && full != names;
            free.iter().find(|at| passed_on && is_in(at, true))
        });
        match found {
            Some(function) => {
                self.calls(*function, false);
                (self.index.functions[*function].gives.clone(), Some(*function))
            }
            None => (self.own_path(&names).map_or(Ty::Unknown, Ty::Own), None),
        }
    }

    /// The methods of a type or trait that have a name. One of a trait is every implementor's.
    fn methods(&self, own: usize, name: &str) -> Vec<usize> {
        let all = self.index.functions_called.get(name).map_or(&[][..], Vec::as_slice);
        let fits = |at: &&usize| {
            let function = &self.index.functions[**at];
            function.owner == Some(own) || (self.index.types[own].is_trait && function.of_trait == Some(own))
        };
        let found: Vec<usize> = all.iter().filter(fits).copied().collect();
        if !found.is_empty() || self.index.types[own].is_trait {
            return found;
        }
        // One that the trait itself gives to every type that has it.
        let traits = self.index.functions.iter().filter(|it| it.owner == Some(own)).filter_map(|it| it.of_trait);
        let traits: BTreeSet<usize> = traits.collect();
        all.iter()
            .filter(|at| self.index.functions[**at].owner.is_some_and(|it| traits.contains(&it)))
            .copied()
            .collect()
    }

    fn calls(&mut self, function: usize, guessed: bool) {
        let to = &self.index.functions[function];
        let inside = self.index.files[to.file].name.starts_with(self.within);
        if to.file != self.scope.file && inside {
            let call = (self.scope.file, to.file, to.name.clone());
            if guessed {
                self.found.guessed.insert(call)
            } else {
                self.found.calls.insert(call)
            };
        }
    }

    fn call(&mut self, one: &syn::ExprCall) -> Ty {
        let Expr::Path(path) = &*one.func else {
            let gives = match self.ty(&one.func) {
                Ty::Closure(_, gives) => *gives,
                _ => Ty::Unknown,
            };
            one.args.iter().for_each(|argument| drop(self.ty(argument)));
            return gives;
        };
        let last = path.path.segments.last().unwrap().ident.to_string();
        let (ty, function) = self.of_path(&path.path);
        let takes = match (function, &ty) {
            (Some(at), _) => {
                let function = &self.index.functions[at];
                // Called by its path, a method is given its receiver as any other argument.
                let receiver = function.takes_self.then(|| function.owner.map_or(Ty::Unknown, Ty::Own));
                receiver.into_iter().chain(function.takes.iter().cloned()).collect()
            }
            (None, Ty::Closure(takes, _)) => takes.clone(),
            (None, _) => Vec::new(),
        };
        let mut given = Vec::new();
        for (at, argument) in one.args.iter().enumerate() {
            given.push(self.argument(argument, takes.get(at)));
        }
        let first = given.first().cloned().unwrap_or(Ty::Unknown);
        match (ty, last.as_str()) {
            (Ty::Closure(_, gives), _) if function.is_none() => *gives,
            (Ty::Unknown, "Some" | "Ok") => Ty::of("Option", first),
            (Ty::Unknown, "take" | "replace" | "from" | "clone" | "new") => first,
            (ty, _) => ty,
        }
    }

    fn argument(&mut self, argument: &Expr, wanted: Option<&Ty>) -> Ty {
        match (argument, wanted) {
            (Expr::Closure(_), Some(Ty::Closure(takes, _))) => self.closure(argument, takes),
            _ => self.ty(argument),
        }
    }

    /// What a closure gives, where it takes this.
    fn closure(&mut self, closure: &Expr, takes: &[Ty]) -> Ty {
        let Expr::Closure(closure) = closure else {
            let ty = self.ty(closure);
            return if let Ty::Closure(_, gives) = ty { *gives } else { ty };
        };
        self.apart(|walker| {
            for (at, pat) in closure.inputs.iter().enumerate() {
                walker.bind(pat, takes.get(at).cloned().unwrap_or(Ty::Unknown));
            }
            let takes = closure.inputs.iter().map(|pat| match pat {
                Pat::Type(one) => walker.index.ty(&walker.scope, &one.ty),
                _ => Ty::Unknown,
            });
            let takes = takes.collect();
            let gives = walker.ty(&closure.body);
            Ty::Closure(takes, Box::new(gives))
        })
    }

    fn method_call(&mut self, one: &syn::ExprMethodCall) -> Ty {
        let of = self.ty(&one.receiver);
        let name = one.method.to_string();
        if let Ty::Own(own) = of {
            let functions = self.methods(own, &name);
            let first = functions.first().map(|at| &self.index.functions[*at]);
            let (takes, gives) = first.map_or((Vec::new(), None), |it| (it.takes.clone(), Some(it.gives.clone())));
            functions.iter().for_each(|function| self.calls(*function, false));
            for (at, argument) in one.args.iter().enumerate() {
                self.argument(argument, takes.get(at));
            }
            return match (gives, name.as_str()) {
                (Some(gives), _) => gives,
                (None, "clone" | "as_ref" | "as_mut" | "to_owned" | "max" | "min" | "by_ref") => Ty::Own(own),
                // Something that is gone over.
                (None, _) => Ty::Unknown,
            };
        }
        if of == Ty::Unknown && !OF_EVERY_ROW.contains(&name.as_str()) {
            let inside = |at: &&usize| {
                let function = &self.index.functions[**at];
                function.takes_self && self.index.files[function.file].name.starts_with(self.within)
            };
            let all = self.index.functions_called.get(&name).map_or(&[][..], Vec::as_slice);
            let all: Vec<usize> = all.iter().filter(inside).copied().collect();
            all.iter().for_each(|function| self.calls(*function, true));
            let takes = all.first().map_or(Vec::new(), |it| self.index.functions[*it].takes.clone());
            let gives = all.first().map_or(Ty::Unknown, |it| self.index.functions[*it].gives.clone());
            let same = all.iter().all(|it| self.index.functions[*it].gives == gives);
            for (at, argument) in one.args.iter().enumerate() {
                self.argument(argument, takes.get(at));
            }
            return if same { gives } else { Ty::Unknown };
        }
        self.of_another(&of, one)
    }

    /// A method of the standard library on an option or a row of things.
    fn of_another(&mut self, of: &Ty, one: &syn::ExprMethodCall) -> Ty {
        let name = one.method.to_string();
        let inner = of.inner();
        let takes = match name.as_str() {
            "fold" | "try_fold" => vec![Ty::Unknown, inner.clone()],
            _ => vec![inner.clone(), inner.clone()],
        };
        let mut given = Vec::new();
        for argument in &one.args {
            given.push(match argument {
                Expr::Closure(_) => self.closure(argument, &takes),
                _ => self.ty(argument),
            });
        }
        let made = |given: Option<&Ty>| match given {
            Some(Ty::Closure(_, gives)) => (**gives).clone(),
            Some(other) => other.clone(),
            None => Ty::Unknown,
        };
        let head = if let Ty::Other(head, _) = of { head.as_str() } else { "" };
        match name.as_str() {
            "map" => Ty::of(if head == "Option" { "Option" } else { "Vec" }, made(given.first())),
            "and_then" => made(given.first()),
            "filter_map" | "flat_map" => Ty::of("Vec", made(given.first()).inner()),
            "find_map" => Ty::of("Option", made(given.first()).inner()),
            "map_or" | "map_or_else" => match made(given.get(1)) {
                Ty::Unknown => made(given.first()),
                ty => ty,
            },
            "fold" | "try_fold" => match given.first().cloned().unwrap_or(Ty::Unknown) {
                Ty::Unknown => made(given.get(1)),
                ty => ty,
            },
            "then" | "then_some" => Ty::of("Option", made(given.first())),
            "flatten" => match inner {
                Ty::Other(_, of) => Ty::of("Vec", of.first().cloned().unwrap_or(Ty::Unknown)),
                _ => Ty::Unknown,
            },
            "unwrap_or" | "unwrap_or_default" | "unwrap_or_else" | "expect" | "unwrap" | "or_default" | "or_insert"
            | "or_insert_with" | "max_of" => match inner {
                Ty::Unknown => made(given.first()),
                ty => ty,
            },
            "get" | "get_mut" | "remove" if head == "Map" => match of {
                Ty::Other(_, of) => Ty::of("Option", of.get(1).cloned().unwrap_or(Ty::Unknown)),
                _ => Ty::Unknown,
            },
            "entry" => match of {
                Ty::Other(_, of) => Ty::of("Option", of.get(1).cloned().unwrap_or(Ty::Unknown)),
                _ => Ty::Unknown,
            },
            "values" | "values_mut" | "into_values" => match of {
                Ty::Other(_, of) => Ty::of("Vec", of.get(1).cloned().unwrap_or(Ty::Unknown)),
                _ => Ty::Unknown,
            },
            "keys" | "into_keys" => match of {
                Ty::Other(_, of) => Ty::of("Vec", of.first().cloned().unwrap_or(Ty::Unknown)),
                _ => Ty::Unknown,
            },
            "get" | "get_mut" | "first" | "last" | "first_mut" | "last_mut" | "next" | "next_back" | "find" | "pop"
            | "nth" | "max" | "min" | "max_by_key" | "min_by_key" | "reduce" | "peek" => Ty::of("Option", inner),
            "zip" => Ty::of("Vec", Ty::Tuple(vec![inner, given.first().map_or(Ty::Unknown, Ty::inner)])),
            "enumerate" => Ty::of("Vec", Ty::Tuple(vec![Ty::Other("usize".to_owned(), Vec::new()), inner])),
            "lock" => Ty::of("Option", inner),
            "is_some" | "is_none" | "is_empty" | "any" | "all" | "contains" | "contains_key" | "len" | "count" => {
                Ty::Other("plain".to_owned(), Vec::new())
            }
            // Options, rows and iterators over them are of the same all the way.
            _ => of.clone(),
        }
    }

    fn in_macro(&mut self, one: &syn::Macro) -> Ty {
        use syn::parse::{ParseStream, Parser};
        use syn::punctuated::Punctuated;
        let matches = |input: ParseStream| {
            let of: Expr = input.parse()?;
            input.parse::<syn::Token![,]>()?;
            let pat = Pat::parse_multi_with_leading_vert(input)?;
            let guard: Option<Expr> =
                if input.parse::<Option<syn::Token![if]>>()?.is_some() { Some(input.parse()?) } else { None };
            input.parse::<Option<syn::Token![,]>>()?;
            Ok((of, pat, guard))
        };
        if one.path.is_ident("matches")
            && let Ok((of, pat, guard)) = matches.parse2(one.tokens.clone())
        {
            return self.apart(|walker| {
                let ty = walker.ty(&of);
                walker.bind(&pat, ty);
                if let Some(guard) = &guard {
                    walker.ty(guard);
                }
                Ty::Other("plain".to_owned(), Vec::new())
            });
        }
        let listed = Punctuated::<Expr, syn::Token![,]>::parse_terminated;
        let repeated = |input: ParseStream| {
            let of: Expr = input.parse()?;
            input.parse::<syn::Token![;]>()?;
            Ok(vec![of, input.parse()?])
        };
        let all: Vec<Expr> = match listed.parse2(one.tokens.clone()) {
            Ok(all) => all.into_iter().collect(),
            Err(_) => repeated.parse2(one.tokens.clone()).unwrap_or_default(),
        };
        let types: Vec<Ty> = all.iter().map(|expr| self.ty(expr)).collect();
        if one.path.is_ident("vec") {
            return Ty::of("Vec", types.into_iter().next().unwrap_or(Ty::Unknown));
        }
        Ty::Unknown
    }
}

/// What options, iterators, texts and numbers have: called on something of which nothing is known, it is taken to be theirs.
const OF_EVERY_ROW: &[&str] = &[
    "all",
    "and",
    "and_then",
    "any",
    "as_mut",
    "as_ref",
    "borrow",
    "chain",
    "clone",
    "collect",
    "contains",
    "copied",
    "count",
    "default",
    "entry",
    "enumerate",
    "extend",
    "filter",
    "filter_map",
    "find",
    "find_map",
    "first",
    "flat_map",
    "flatten",
    "fold",
    "get",
    "get_mut",
    "insert",
    "into_iter",
    "is_empty",
    "is_none",
    "is_some",
    "is_some_and",
    "iter",
    "iter_mut",
    "last",
    "len",
    "map",
    "map_or",
    "max",
    "min",
    "new",
    "next",
    "or",
    "or_else",
    "or_insert",
    "pop",
    "position",
    "push",
    "remove",
    "retain",
    "rev",
    "skip",
    "take",
    "then",
    "to_string",
    "unwrap_or",
    "unwrap_or_default",
    "zip",
];
