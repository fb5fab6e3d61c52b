//! Names whose declarations could not be read. That has been told where they stand; where they are used, nothing is wrong.

use std::collections::BTreeSet;

use crate::syntax::tree::Tree;

pub struct Lost(BTreeSet<String>);

impl Lost {
    pub fn of(trees: &[Tree]) -> Lost {
        Lost(trees.iter().flat_map(|tree| tree.lost.iter().cloned()).collect())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}
