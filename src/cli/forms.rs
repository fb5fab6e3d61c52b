//! The forms of a report on the command line: `--format html`, `--report junit=out.xml`.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::render::report::form::Form;

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &Form::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}

/// A report that is written to a file.
#[derive(Clone, Debug)]
pub struct Filed {
    pub form: Form,
    pub path: PathBuf,
}

/// `junit=out.xml`.
pub fn parse_filed(text: &str) -> Result<Filed, String> {
    let names = || Form::ALL.map(Form::name).join(", ");
    let Some((name, path)) = text.split_once('=') else {
        return Err(format!("write the form and the file, such as `junit=out.xml`; the forms are {}", names()));
    };
    let found = Form::ALL.into_iter().find(|form| form.name() == name.trim());
    let form = found.ok_or_else(|| format!("no form is called `{name}`; there are {}", names()))?;
    match path {
        "" => Err(format!("say to which file: `{name}=FILE`")),
        "-" => Err(format!("a report goes to a file; for standard output there is `--format {name}`")),
        path => Ok(Filed { form, path: PathBuf::from(path) }),
    }
}
