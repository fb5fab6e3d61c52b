//! Scenarios: what a policy alone can tell about them. Whether they come out as expected, running them shows.

use crate::syntax::tree::Tree;

use super::names::Names;

impl Names<'_> {
    /// Looks at all scenarios of the files.
    pub fn scenarios(&self, _trees: &[Tree]) {}
}
