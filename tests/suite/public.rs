//! What is public: five modules at most, and every item that they show is documented with its parts. The compiler holds that for
//! what stands in a public module; what is shown from a hidden one is read here.

use std::path::Path;

use syn::{Attribute, Fields, Item, UseTree, Visibility};

use super::cases::files_below;

#[test]
fn at_most_five_modules_are_shown() {
    let shown: Vec<String> = library().iter().filter_map(shown_module).map(|(name, _)| name).collect();
    assert_eq!(shown, ["project", "reports", "values"]);
}

#[test]
fn everything_that_a_public_module_shows_is_documented() {
    let mut wrong = Vec::new();
    for (module, items) in library().iter().filter_map(shown_module) {
        let mut paths = Vec::new();
        for item in items.iter().flatten() {
            if let Item::Use(one) = item {
                leaves(&one.tree, &mut Vec::new(), &mut paths);
            }
        }
        wrong.extend(
            paths.iter().filter(|path| !is_documented(path)).map(|path| format!("{module}: {}", path.join("::"))),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn source() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn items(path: &Path) -> Vec<Item> {
    syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap().items
}

fn library() -> Vec<Item> {
    items(&source().join("lib.rs"))
}

/// A module that is public and not hidden, with what stands in it.
fn shown_module(item: &Item) -> Option<(String, Option<Vec<Item>>)> {
    let Item::Mod(module) = item else { return None };
    let hidden = module.attrs.iter().any(|one| one.path().is_ident("doc") && matches!(one.meta, syn::Meta::List(_)));
    let is_public = matches!(module.vis, Visibility::Public(_));
    (is_public && !hidden).then(|| (module.ident.to_string(), module.content.clone().map(|(_, items)| items)))
}

fn leaves(tree: &UseTree, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            leaves(&path.tree, before, found);
            before.pop();
        }
        UseTree::Name(name) => found.push([before.as_slice(), &[name.ident.to_string()]].concat()),
        UseTree::Group(group) => group.items.iter().for_each(|one| leaves(one, before, found)),
        UseTree::Rename(_) | UseTree::Glob(_) => panic!("what is shown is shown by its name"),
    }
}

/// Whether the type at a path, or the one that is shown there from a file below, has words on it and on all its public parts.
fn is_documented(path: &[String]) -> bool {
    let [root, module, .., name] = path else { return false };
    assert_eq!(root, "crate");
    let below = files_below(&source(), &["rs"]).into_iter().filter(|file| {
        let file = file.strip_prefix(source()).unwrap();
        file.starts_with(module) || file == Path::new(&format!("{module}.rs"))
    });
    below.flat_map(|file| items(&file)).any(|item| match &item {
        Item::Struct(one) if one.ident == *name => {
            documented(&one.attrs) && fields(&one.fields, |field| matches!(field.vis, Visibility::Public(_)))
        }
        Item::Enum(one) if one.ident == *name => {
            documented(&one.attrs) && one.variants.iter().all(|one| documented(&one.attrs))
        }
        Item::Type(one) if one.ident == *name => documented(&one.attrs),
        // Renamed where it is shown.
        Item::Use(one) => renamed(&one.tree, name),
        _ => false,
    })
}

fn renamed(tree: &UseTree, name: &str) -> bool {
    match tree {
        UseTree::Rename(one) => one.rename == name,
        UseTree::Path(path) => renamed(&path.tree, name),
        UseTree::Group(group) => group.items.iter().any(|one| renamed(one, name)),
        UseTree::Name(_) | UseTree::Glob(_) => false,
    }
}

fn fields(fields: &Fields, wanted: impl Fn(&syn::Field) -> bool) -> bool {
    // What has no name of its own is told by its type.
    let named = fields.iter().filter(|field| field.ident.is_some());
    named.filter(|field| wanted(field)).all(|field| documented(&field.attrs))
}

fn documented(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|one| one.path().is_ident("doc"))
}
