#!/usr/bin/env bash
# calamine 0.38.0 (crates.io) and SheetJS 0.18.5 (npm xlsx): one writes .ods files that the other cannot read.
#
# SheetJS indents the cells of a row, so that blanks stand between their elements, which means nothing in such a file: LibreOffice
# opens it. calamine takes the blanks for a cell that is none and gives up the whole sheet, though the same rows written by SheetJS as
# .xlsx are read.
#
# Seen: the .xlsx gives 2 rows; the .ods gives the error "Expecting 'table-cell', found 'Text"
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null 2>&1
cat > make.js <<'JS'
const { utils, writeFile } = require("xlsx");
const book = utils.book_new();
utils.book_append_sheet(book, utils.aoa_to_sheet([["id", "members"], ["a", 14]]), "a");
for (const kind of ["xlsx", "ods"]) writeFile(book, `book.${kind}`);
JS
node make.js
cat > Cargo.toml <<'TOML'
[package]
name = "ask"
version = "0.0.0"
edition = "2021"
[dependencies]
calamine = "=0.38.0"
TOML
mkdir src
cat > src/main.rs <<'RS'
use calamine::{open_workbook_auto, Reader};

fn main() {
    for path in ["book.xlsx", "book.ods"] {
        match open_workbook_auto(path).map(|mut book| book.worksheet_range("a").map(|range| range.height())) {
            Ok(Ok(rows)) => println!("{path} {rows} rows"),
            Ok(Err(problem)) => println!("{path} opens; the sheet: {problem}"),
            Err(problem) => println!("{path} {problem}"),
        }
    }
}
RS
cargo run --quiet 2>/dev/null | sed 's/(.*//' | tee seen
diff - seen <<'SEEN'
book.xlsx 2 rows
book.ods Ods error: Expecting 'table-cell', found 'Text
SEEN
