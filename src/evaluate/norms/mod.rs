//! Norms: what is tested of one instance, before people, readings and amendments are looked at.

pub mod amounts;
pub mod assignment;
pub mod beside;
pub mod bills;
pub mod case;
pub mod composition;
pub mod costs;
pub mod counted;
pub mod covered;
pub mod dated;
pub mod deeds;
pub mod due;
pub mod events;
pub mod in_the_period;
pub mod many;
pub mod payments;
pub mod pays;
pub mod rights;
pub mod room;
pub mod shares;
pub mod standing;
pub mod state;
pub mod taken;
pub mod tally;
pub mod tested;
pub mod votes;
