//! What there is in the source: types with their fields, functions, methods with what they take and give, imports.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use syn::{GenericParam, ImplItem, Item, ReturnType, TraitItem, Type, TypeParamBound, UseTree};

use crate::suite::cases::files_below;

/// What is known of the type of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    /// A type or trait of this library, by its place in the index.
    Own(usize),
    /// Any other, by its name, and what it is of: `Option`, `Vec`; every row of things is a `Vec`.
    Other(String, Vec<Ty>),
    Tuple(Vec<Ty>),
    /// What it takes and what it gives.
    Closure(Vec<Ty>, Box<Ty>),
    Unknown,
}

impl Ty {
    pub fn of(name: &str, inner: Ty) -> Ty {
        Ty::Other(name.to_owned(), vec![inner])
    }

    /// What an option or a row of things is of.
    pub fn inner(&self) -> Ty {
        match self {
            Ty::Other(name, of) if name == "Map" => Ty::Tuple(of.clone()),
            Ty::Other(_, of) => of.first().cloned().unwrap_or(Ty::Unknown),
            _ => Ty::Unknown,
        }
    }
}

pub struct File {
    /// Below `src`, such as `evaluate/expr/sets.rs`.
    pub name: String,
    pub module: Vec<String>,
    pub items: Vec<Item>,
    /// Names that imports bring, each with the path it stands for.
    pub imports: Vec<(String, Vec<String>)>,
}

pub struct Own {
    pub file: usize,
    pub name: String,
    pub fields: BTreeMap<String, Ty>,
    /// Variants of an enum, with their fields by name or number.
    pub variants: BTreeMap<String, BTreeMap<String, Ty>>,
    pub is_trait: bool,
}

pub struct Function {
    pub file: usize,
    pub name: String,
    /// The type, or the trait, that it is a method of.
    pub owner: Option<usize>,
    /// The trait that it is the implementation of.
    pub of_trait: Option<usize>,
    pub takes_self: bool,
    pub takes: Vec<Ty>,
    pub gives: Ty,
}

#[derive(Default)]
pub struct Index {
    pub files: Vec<File>,
    pub types: Vec<Own>,
    pub functions: Vec<Function>,
    /// The file of each module.
    modules: BTreeMap<Vec<String>, usize>,
    types_called: BTreeMap<String, Vec<usize>>,
    pub functions_called: BTreeMap<String, Vec<usize>>,
}

/// The names that stand for types where something is read: type parameters by their bounds, and `Self`.
#[derive(Clone, Default)]
pub struct Scope {
    pub file: usize,
    pub own: Option<usize>,
    pub parameters: BTreeMap<String, Ty>,
}

impl Index {
    pub fn of_the_library() -> Index {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let read = |path: PathBuf| {
            let name = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
            (name, std::fs::read_to_string(&path).unwrap())
        };
        let texts: Vec<(String, String)> = files_below(&folder, &["rs"]).into_iter().map(read).collect();
        Index::read(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }

    pub fn read<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> Index {
        let mut index = Index::default();
        for (name, text) in texts {
            let parsed = syn::parse_file(text).unwrap_or_else(|problem| panic!("{name}: {problem}"));
            let parts = name.trim_end_matches(".rs").split('/').map(str::to_owned);
            let module = parts.filter(|part| !matches!(part.as_str(), "mod" | "lib" | "main")).collect();
            let mut file = File { name: name.to_owned(), module, items: parsed.items, imports: Vec::new() };
            for item in &file.items {
                if let Item::Use(import) = item {
                    branches(&import.tree, &mut Vec::new(), &file.module, &mut file.imports);
                }
            }
            index.modules.entry(file.module.clone()).or_insert(index.files.len());
            index.files.push(file);
        }
        index.name_types();
        index.fill_types();
        index.read_functions();
        index
    }

    fn name_types(&mut self) {
        for (file, one) in self.files.iter().enumerate() {
            for item in &one.items {
                let (name, is_trait) = match item {
                    Item::Struct(one) => (&one.ident, false),
                    Item::Enum(one) => (&one.ident, false),
                    Item::Trait(one) => (&one.ident, true),
                    _ => continue,
                };
                let at = self.types.len();
                self.types_called.entry(name.to_string()).or_default().push(at);
                let (fields, variants) = (BTreeMap::new(), BTreeMap::new());
                self.types.push(Own { file, name: name.to_string(), fields, variants, is_trait });
            }
        }
    }

    fn fill_types(&mut self) {
        let mut filled = Vec::new();
        for (file, one) in self.files.iter().enumerate() {
            for item in &one.items {
                let (name, generics) = match item {
                    Item::Struct(one) => (&one.ident, &one.generics),
                    Item::Enum(one) => (&one.ident, &one.generics),
                    _ => continue,
                };
                let Some(at) = self.type_called(file, &[name.to_string()]) else { continue };
                let scope = self.scope(&Scope { file, own: Some(at), ..Scope::default() }, generics);
                let fields = |fields: &syn::Fields| {
                    let each = fields.iter().enumerate().map(|(number, field)| {
                        let name = field.ident.as_ref().map_or(number.to_string(), ToString::to_string);
                        (name, self.ty(&scope, &field.ty))
                    });
                    each.collect::<BTreeMap<_, _>>()
                };
                match item {
                    Item::Struct(one) => filled.push((at, fields(&one.fields), BTreeMap::new())),
                    Item::Enum(one) => {
                        let each = one.variants.iter().map(|one| (one.ident.to_string(), fields(&one.fields)));
                        filled.push((at, BTreeMap::new(), each.collect()));
                    }
                    _ => {}
                }
            }
        }
        for (at, fields, variants) in filled {
            (self.types[at].fields, self.types[at].variants) = (fields, variants);
        }
    }

    fn read_functions(&mut self) {
        let mut all = Vec::new();
        for (file, one) in self.files.iter().enumerate() {
            for item in &one.items {
                let here = Scope { file, ..Scope::default() };
                match item {
                    Item::Fn(one) => all.push(self.function(&here, &one.sig, None)),
                    Item::Impl(one) => {
                        let scope = self.scope_of_impl(file, one);
                        let of_trait = one.trait_.as_ref().and_then(|(_, path, _)| self.path_type(file, path));
                        for item in &one.items {
                            if let ImplItem::Fn(method) = item {
                                all.push(self.function(&scope, &method.sig, of_trait));
                            }
                        }
                    }
                    Item::Trait(one) => {
                        let own = self.type_called(file, &[one.ident.to_string()]);
                        let scope = self.scope(&Scope { own, ..here }, &one.generics);
                        for item in &one.items {
                            if let TraitItem::Fn(method) = item {
                                all.push(self.function(&scope, &method.sig, None));
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        for (at, function) in all.iter().enumerate() {
            self.functions_called.entry(function.name.clone()).or_default().push(at);
        }
        self.functions = all;
    }

    fn function(&self, scope: &Scope, signature: &syn::Signature, of_trait: Option<usize>) -> Function {
        let scope = self.scope(scope, &signature.generics);
        let typed = signature.inputs.iter().filter_map(|input| match input {
            syn::FnArg::Typed(one) => Some(self.ty(&scope, &one.ty)),
            syn::FnArg::Receiver(_) => None,
        });
        Function {
            file: scope.file,
            name: signature.ident.to_string(),
            owner: scope.own,
            of_trait,
            takes_self: signature.receiver().is_some(),
            takes: typed.collect(),
            gives: self.given(&scope, &signature.output),
        }
    }

    fn given(&self, scope: &Scope, output: &ReturnType) -> Ty {
        match output {
            ReturnType::Default => Ty::Tuple(Vec::new()),
            ReturnType::Type(_, ty) => self.ty(scope, ty),
        }
    }

    pub fn scope_of_impl(&self, file: usize, item: &syn::ItemImpl) -> Scope {
        let scope = self.scope(&Scope { file, ..Scope::default() }, &item.generics);
        let own = match self.ty(&scope, &item.self_ty) {
            Ty::Own(own) => Some(own),
            _ => None,
        };
        Scope { own, ..scope }
    }

    /// With type parameters, each by the first trait that it has to have.
    pub fn scope(&self, outer: &Scope, generics: &syn::Generics) -> Scope {
        let mut scope = outer.clone();
        let mut add = |name: String, bounds: Vec<&TypeParamBound>| {
            let ty = self.bound(&scope.clone(), bounds.into_iter());
            if ty != Ty::Unknown || !scope.parameters.contains_key(&name) {
                scope.parameters.insert(name, ty);
            }
        };
        for parameter in &generics.params {
            if let GenericParam::Type(one) = parameter {
                add(one.ident.to_string(), one.bounds.iter().collect());
            }
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            if let syn::WherePredicate::Type(one) = predicate
                && let Type::Path(path) = &one.bounded_ty
                && let Some(name) = path.path.get_ident()
            {
                add(name.to_string(), one.bounds.iter().collect());
            }
        }
        scope
    }

    fn bound<'b>(&self, scope: &Scope, mut bounds: impl Iterator<Item = &'b TypeParamBound>) -> Ty {
        let first =
            bounds.find_map(|bound| if let TypeParamBound::Trait(one) = bound { Some(&one.path) } else { None });
        first.map_or(Ty::Unknown, |path| self.path(scope, path))
    }

    /// A type as it is written, without references and boxes.
    pub fn ty(&self, scope: &Scope, ty: &Type) -> Ty {
        match ty {
            Type::Reference(one) => self.ty(scope, &one.elem),
            Type::Paren(one) => self.ty(scope, &one.elem),
            Type::Slice(one) => Ty::of("Vec", self.ty(scope, &one.elem)),
            Type::Array(one) => Ty::of("Vec", self.ty(scope, &one.elem)),
            Type::Tuple(one) => Ty::Tuple(one.elems.iter().map(|one| self.ty(scope, one)).collect()),
            Type::ImplTrait(one) => self.bound(scope, one.bounds.iter()),
            Type::TraitObject(one) => self.bound(scope, one.bounds.iter()),
            Type::Path(one) => self.path(scope, &one.path),
            _ => Ty::Unknown,
        }
    }

    fn path(&self, scope: &Scope, path: &syn::Path) -> Ty {
        let names: Vec<String> = path.segments.iter().map(|one| one.ident.to_string()).collect();
        let Some(last) = path.segments.last() else { return Ty::Unknown };
        let name = last.ident.to_string();
        if names.len() == 1 {
            if name == "Self" {
                return scope.own.map_or(Ty::Unknown, Ty::Own);
            }
            if let Some(ty) = scope.parameters.get(&name) {
                return ty.clone();
            }
        }
        let mut of = Vec::new();
        match &last.arguments {
            syn::PathArguments::AngleBracketed(arguments) => {
                for argument in &arguments.args {
                    match argument {
                        syn::GenericArgument::Type(ty) => of.push(self.ty(scope, ty)),
                        syn::GenericArgument::AssocType(one) if one.ident == "Item" => of.push(self.ty(scope, &one.ty)),
                        _ => {}
                    }
                }
            }
            syn::PathArguments::Parenthesized(one) => {
                let takes = one.inputs.iter().map(|input| self.ty(scope, input)).collect();
                return Ty::Closure(takes, Box::new(self.given(scope, &one.output)));
            }
            syn::PathArguments::None => {}
        }
        match name.as_str() {
            "Box" | "Rc" | "Arc" | "Cow" => of.pop().unwrap_or(Ty::Unknown),
            "Vec" | "BTreeSet" | "HashSet" | "Iterator" | "VecDeque" | "IntoIterator" | "DoubleEndedIterator" => {
                Ty::Other("Vec".to_owned(), of)
            }
            "BTreeMap" | "HashMap" => Ty::Other("Map".to_owned(), of),
            _ => self.type_called(scope.file, &names).map_or(Ty::Other(name, of), Ty::Own),
        }
    }

    pub fn path_type(&self, file: usize, path: &syn::Path) -> Option<usize> {
        let names: Vec<String> = path.segments.iter().map(|one| one.ident.to_string()).collect();
        self.type_called(file, &names)
    }

    /// The type that a path names in a file.
    pub fn type_called(&self, file: usize, path: &[String]) -> Option<usize> {
        let full = self.full_path(file, path);
        let all = self.types_called.get(full.last()?)?;
        let module = &full[..full.len() - 1];
        let same = all.iter().find(|at| self.files[self.types[**at].file].module == module);
        // A name that a module passes on from one within it.
        let within = || all.iter().find(|at| self.files[self.types[**at].file].module.starts_with(module));
        let brought = full != path || path.len() > 1;
        let found = same.or_else(|| if brought { within() } else { None });
        let here = || all.iter().find(|at| self.types[**at].file == file);
        found.or_else(here).copied()
    }

    /// From the root of the library, as far as the file's imports and modules tell.
    pub fn full_path(&self, file: usize, path: &[String]) -> Vec<String> {
        let file = &self.files[file];
        let Some(first) = path.first() else { return Vec::new() };
        let brought = file.imports.iter().find(|(name, _)| name == first).map(|(_, stands)| stands.clone());
        if let Some(mut full) = brought {
            full.extend_from_slice(&path[1..]);
            return full;
        }
        rooted(path, &file.module)
    }

    /// The file of a module, or of the module that an item is in.
    pub fn file_of(&self, path: &[String]) -> Option<usize> {
        (1..=path.len()).rev().find_map(|end| self.modules.get(&path[..end]).copied())
    }
}

/// A path that begins at the root, at the file's own module, or at one above.
fn rooted(path: &[String], module: &[String]) -> Vec<String> {
    let mut base = match path.first().map(String::as_str) {
        Some("crate") => Vec::new(),
        _ => module.to_vec(),
    };
    for part in path {
        match part.as_str() {
            "crate" | "self" => {}
            "super" => drop(base.pop()),
            _ => base.push(part.clone()),
        }
    }
    base
}

fn branches(tree: &UseTree, before: &mut Vec<String>, module: &[String], found: &mut Vec<(String, Vec<String>)>) {
    let mut add = |before: &[String], last: &syn::Ident, called: &syn::Ident| {
        let mut path = before.to_vec();
        if last != "self" {
            path.push(last.to_string());
        }
        let called = if called == "self" { path.last().cloned().unwrap_or_default() } else { called.to_string() };
        found.push((called, rooted(&path, module)));
    };
    match tree {
        UseTree::Path(one) => {
            before.push(one.ident.to_string());
            branches(&one.tree, before, module, found);
            before.pop();
        }
        UseTree::Name(one) => add(before, &one.ident, &one.ident),
        UseTree::Rename(one) => add(before, &one.ident, &one.rename),
        UseTree::Group(one) => one.items.iter().for_each(|tree| branches(tree, before, module, found)),
        UseTree::Glob(_) => found.push(("*".to_owned(), rooted(before, module))),
    }
}
