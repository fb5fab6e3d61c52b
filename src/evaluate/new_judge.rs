//! A judge with all that it needs: the rule by which clauses step back lies above it, and is given to it here.

use super::instance::prevails::steps_back;
use super::judge::Judge;
use super::knowledge::world::World;
use super::trace::Trace;

/// A judge of a world, who traces what is looked at.
pub fn new_judge<'w, T: Trace>(world: World<'w>, trace: T) -> Judge<'w, T> {
    Judge::new(world, trace, steps_back)
}
