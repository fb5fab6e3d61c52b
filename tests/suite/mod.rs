pub mod keywords;
pub mod syntax;
