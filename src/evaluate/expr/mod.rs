//! Expressions: what a condition or a value comes to on a day. One type asks ([`ask::Ask`]); the files beside it are what it can
//! ask about.

pub mod ask;
pub mod bounded;
pub mod conditions;
pub mod cut;
pub mod definitions;
pub mod due_day;
pub mod edges;
pub mod effects;
pub mod extremes;
pub mod form;
pub mod formality;
pub mod frame;
pub mod history;
pub mod judged;
pub mod memberships;
pub mod mentioned;
pub mod neighbour;
pub mod of_the_case;
pub mod readings;
pub mod sets;
pub mod sharers;
pub mod term_days;
pub mod terms;
pub mod values;
pub mod walk;
