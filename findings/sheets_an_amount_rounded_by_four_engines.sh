#!/usr/bin/env bash
# Formulas of a spreadsheet that round an amount, in four engines that reckon a sheet without a spreadsheet: formulas 1.3.4, pycel 1.0b30 and xlcalculator
# 0.5.0 (PyPI), hyperformula 3.5.0 (npm).
#
# - `ROUND(1250,-2)`, to full hundreds: halves go away from zero, 1300. pycel has 1200, and 20 for 25 to full tens; a half to whole numbers or to cents it
#   rounds as the others do.
# - `CEILING(2.1,0.05)`, up to what can be paid in coins of 0.05: 2.10, which is 42 of them. xlcalculator has 2.11, no multiple of 0.05 at all.
# - `INT(-1.5)`, down to a whole number: -2. hyperformula has -1.
# - `TEXT(0.125,"0.0%")`, a rate as a letter has it: 12.5%. hyperformula writes 0.1%, and an amount with a sign between the thousands is spoilt by its format.
#
# formulas is right each time.
#
# Seen: each formula with each engine
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv one && one/bin/pip -q install --disable-pip-version-check 'formulas==1.3.4' 'pycel==1.0b30'
python3 -m venv two && two/bin/pip -q install --disable-pip-version-check 'xlcalculator==0.5.0'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund hyperformula@3.5.0
cat > asked <<'FORMULAS'
ROUND(1250,-2)
ROUND(25,-1)
ROUND(2.5,0)
CEILING(2.1,0.05)
INT(-1.5)
TEXT(0.125,"0.0%")
TEXT(1250.5,"#,##0.00")
FORMULAS
cat > one.py <<'PY'
import formulas
import openpyxl
from pycel import ExcelCompiler

asked = open("asked").read().split()
book = openpyxl.Workbook()
for row, formula in enumerate(asked, 1):
    book.active.cell(row, 1).value = f"={formula}"
book.save("book.xlsx")
pycel = ExcelCompiler("book.xlsx")
for row, formula in enumerate(asked, 1):
    print(formula, "formulas", formulas.Parser().ast(f"={formula}")[1].compile()())
    print(formula, "pycel", pycel.evaluate(f"Sheet!A{row}"))
PY
cat > two.py <<'PY'
from xlcalculator import Evaluator, ModelCompiler

for formula in open("asked").read().split():
    if not formula.startswith("TEXT"):
        print(formula, "xlcalculator", Evaluator(ModelCompiler().read_and_parse_dict({"Sheet1!A1": f"={formula}"})).evaluate("Sheet1!A1"))
PY
cat > ask.js <<'JS'
const { HyperFormula } = require('hyperformula');
const asked = require('node:fs').readFileSync('asked', 'utf8').trim().split('\n');
const engine = HyperFormula.buildFromArray(asked.map((formula) => [`=${formula}`]), { licenseKey: 'gpl-v3' });
asked.forEach((formula, row) => console.log(formula, 'hyperformula', engine.getCellValue({ sheet: 0, row, col: 0 })));
JS
{ one/bin/python one.py; two/bin/python two.py; node ask.js; } | LC_ALL=C sort -s -t' ' -k1,1 | tee seen
diff - seen <<'SEEN'
CEILING(2.1,0.05) formulas 2.1
CEILING(2.1,0.05) pycel 2.1
CEILING(2.1,0.05) xlcalculator 2.11
CEILING(2.1,0.05) hyperformula 2.1
INT(-1.5) formulas -2
INT(-1.5) pycel -2
INT(-1.5) xlcalculator -2.0
INT(-1.5) hyperformula -1
ROUND(1250,-2) formulas 1300.0
ROUND(1250,-2) pycel 1200
ROUND(1250,-2) xlcalculator 1300.0
ROUND(1250,-2) hyperformula 1300
ROUND(2.5,0) formulas 3.0
ROUND(2.5,0) pycel 3.0
ROUND(2.5,0) xlcalculator 3.0
ROUND(2.5,0) hyperformula 3
ROUND(25,-1) formulas 30.0
ROUND(25,-1) pycel 20
ROUND(25,-1) xlcalculator 30.0
ROUND(25,-1) hyperformula 30
TEXT(0.125,"0.0%") formulas 12.5%
TEXT(0.125,"0.0%") pycel 12.5%
TEXT(0.125,"0.0%") hyperformula 0.1%
TEXT(1250.5,"#,##0.00") formulas 1,250.50
TEXT(1250.5,"#,##0.00") pycel 1,250.50
TEXT(1250.5,"#,##0.00") hyperformula 1251,##0.00
SEEN
