#![allow(dead_code)]
#[path = "suite"]
mod suite {
    mod load_csv;
    mod load_facts;
    mod load_sheets;
    mod load_tables;
    mod load_bind;
    mod load_formats;
    mod load_given;
}
