//! How the records of a list are written in each notation, for findings that show it.

/// The notation of a file, by the ending of its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ListForm {
    #[default]
    Ron,
    Json,
    Yaml,
    Toml,
}

impl ListForm {
    pub fn of(name: &str) -> ListForm {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        match ending.as_str() {
            "json" => ListForm::Json,
            "yaml" | "yml" => ListForm::Yaml,
            "toml" => ListForm::Toml,
            _ => ListForm::Ron,
        }
    }

    /// A list of records.
    pub fn list(self, record: &str) -> String {
        match self {
            ListForm::Ron => format!("`{record}: [(id: \"…\", …)]`"),
            ListForm::Json => format!("`\"{record}\": [{{ \"id\": \"…\", … }}]`"),
            ListForm::Yaml => format!("`{record}:`, and below it a line `- id: …` for each record"),
            ListForm::Toml => format!("`[[{record}]]` before each record, and below it `id = \"…\"`"),
        }
    }

    /// A list of one record.
    pub fn one(self, record: &str) -> String {
        match self {
            ListForm::Ron | ListForm::Json => "put it in `[` and `]`, even if it has only one record".to_owned(),
            ListForm::Yaml => "begin the record with `- `, even if it is the only one".to_owned(),
            ListForm::Toml => format!("write `[[{record}]]` before each record, even if it is the only one"),
        }
    }

    /// A record of a list.
    pub fn record(self) -> &'static str {
        match self {
            ListForm::Ron => "`(id: \"…\", …)`",
            ListForm::Json => "`{ \"id\": \"…\", … }`",
            ListForm::Yaml => "`- id: …`",
            ListForm::Toml => "`id = \"…\"`",
        }
    }
}
