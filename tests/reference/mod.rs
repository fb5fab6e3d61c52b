//! A second semantics, as plain as it can be: an agreement is judged in worlds where everything is known, day by day, and
//! what is unknown is tried value by value. Slow on purpose; it shares with the product only what was read and compiled.

pub mod alike;
pub mod amounts;
pub mod ask;
pub mod case;
pub mod compare;
pub mod costs;
pub mod deeds;
pub mod instalments;
pub mod instances;
pub mod judge;
pub mod known;
pub mod laws;
pub mod made;
pub mod people;
pub mod periods;
pub mod reckon;
pub mod rights;
pub mod rows;
pub mod sanctions;
pub mod shrink;
pub mod standing;
pub mod votes;
pub mod world;
pub mod yields;
