//! Instances: which there are, when each began, whom it reaches, and what comes of judging one.

pub mod before_acts;
pub mod binding;
pub mod breach_day;
pub mod counterpart;
pub mod daily;
pub mod due;
pub mod due_in;
pub mod figures;
pub mod force;
pub mod instances;
pub mod judging;
pub mod leaned;
pub mod life;
pub mod other;
pub mod people;
pub mod periods;
pub mod precedence;
pub mod prevails;
pub mod reach;
pub mod ruling;
pub mod sanction;
pub mod short_period;
pub mod term_behind;
pub mod trying;
pub mod watched;
pub mod weighing;
