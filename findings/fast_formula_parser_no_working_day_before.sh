#!/usr/bin/env bash
# fast-formula-parser 1.0.19 (npm): `WORKDAY` and `EDATE`, the spreadsheet functions for working days and months, beside
# HyperFormula 3.5.0 (npm).
#
# Counted forward, working days are right. Counted backward they never begin: one, five or ten working days before a day are that day
# itself, and where it is a Saturday, a Saturday. A last day to send notice "ten working days before" falls on the day of the meeting.
# A month from 31 January is 3 March, though the function is there to stay within the month, as its sister `EOMONTH` does.
#
# Seen: each formula with both
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund fast-formula-parser@1.0.19 hyperformula@3.5.0
cat > ask.js <<'JS'
const Parser = require('fast-formula-parser');
const { HyperFormula } = require('hyperformula');
const parser = new Parser();
const sheet = HyperFormula.buildFromArray([[]], { licenseKey: 'gpl-v3' });
const cell = { sheet: 0, row: 0, col: 0 };
const text = (number) => new Date(Date.UTC(1899, 11, 30 + number)).toUTCString().slice(0, 16);
for (const formula of ['WORKDAY(DATE(2015,6,5),10)', 'WORKDAY(DATE(2015,6,19),-1)', 'WORKDAY(DATE(2015,6,19),-10)',
  'WORKDAY(DATE(2015,6,13),-1)', 'EOMONTH(DATE(2015,1,31),1)', 'EDATE(DATE(2015,1,31),1)', 'EDATE(DATE(2016,2,29),12)']) {
  sheet.setCellContents(cell, `=${formula}`);
  console.log(formula, '|', text(parser.parse(formula)), '|', text(sheet.getCellValue(cell)));
}
JS
TZ=UTC node ask.js | tee seen
diff - seen <<'SEEN'
WORKDAY(DATE(2015,6,5),10) | Fri, 19 Jun 2015 | Fri, 19 Jun 2015
WORKDAY(DATE(2015,6,19),-1) | Fri, 19 Jun 2015 | Thu, 18 Jun 2015
WORKDAY(DATE(2015,6,19),-10) | Fri, 19 Jun 2015 | Fri, 05 Jun 2015
WORKDAY(DATE(2015,6,13),-1) | Sat, 13 Jun 2015 | Fri, 12 Jun 2015
EOMONTH(DATE(2015,1,31),1) | Sat, 28 Feb 2015 | Sat, 28 Feb 2015
EDATE(DATE(2015,1,31),1) | Tue, 03 Mar 2015 | Sat, 28 Feb 2015
EDATE(DATE(2016,2,29),12) | Wed, 01 Mar 2017 | Tue, 28 Feb 2017
SEEN
