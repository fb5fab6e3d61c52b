#!/usr/bin/env bash
# @accordproject/ergo-compiler, -engine and -cli 0.24.0 (npm): Ergo, the language of the Accord Project for clauses of agreements, on periods.
#
# Beside durations (days, hours) Ergo has periods (months, quarters, years), so that a term of months can follow the calendar. In the engine that runs a
# contract a month is thirty days, a quarter ninety and a year 365: three months from 1 July 2015 lead to 29 September; twelve months and a year from
# 1 January 2015 lead to two different days; ten years from it, with three leap days, to 29 December 2024. The interactive `ergotop` of the same
# version, where one tries an expression before it goes into a contract, reckons by the calendar: 1 October, one and the same day, 1 January 2025. A month
# from 31 January is 2 March in the one and 3 March in the other, 28 February in neither. Between two days both look at the number of the month alone:
# from 31 January to 1 February is a month, from 1 to 31 January is none.
#
# Seen: each expression in a contract that the engine runs, then in `ergotop`
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @accordproject/ergo-compiler@0.24.0 @accordproject/ergo-engine@0.24.0 @accordproject/ergo-cli@0.24.0
cat > expressions <<'ERGO'
addPeriod(dateTime("2015-07-01"), Period{ amount: 3, unit: months })
addPeriod(dateTime("2015-01-01"), Period{ amount: 12, unit: months })
addPeriod(dateTime("2015-01-01"), Period{ amount: 4, unit: quarters })
addPeriod(dateTime("2015-01-01"), Period{ amount: 1, unit: years })
addPeriod(dateTime("2015-01-01"), Period{ amount: 10, unit: years })
addPeriod(dateTime("2015-01-31"), Period{ amount: 1, unit: months })
diffPeriodAs(dateTime("2015-02-01"), dateTime("2015-01-31"), ~org.accordproject.time.PeriodUnit.months)
diffPeriodAs(dateTime("2015-01-31"), dateTime("2015-01-01"), ~org.accordproject.time.PeriodUnit.months)
ERGO
cat > ask.js <<'JS'
const { readFileSync } = require('node:fs');
const { LogicManager } = require('@accordproject/ergo-compiler');
const { VMEngine } = require('@accordproject/ergo-engine');

const asked = readFileSync('expressions', 'utf8').trim().split('\n');
const only = (start) => asked.filter((line) => line.startsWith(start)).join(',\n');
const imports = ['contract', 'runtime', 'time'].map((name) => `import org.accordproject.${name}.*`).join('\n');
const logic = new LogicManager('es6');
logic.getModelManager().addCTOModel(`namespace org.example
${imports}
asset Terms extends Clause {}
transaction Ask extends Request {}
transaction Answer extends Response { o DateTime[] days o Period[] periods }`, 'model.cto', true);
logic.addLogicFile(`namespace org.example
${imports}
contract Terms over Terms {
  clause ask(request : Ask) : Answer { return Answer{ days: [${only('add')}], periods: [${only('diff')}] } }
}`, 'logic.ergo');
const [contract, request, state] = ['example.Terms', 'example.Ask', 'accordproject.runtime.State'].map((name) => ({ $class: `org.${name}` }));
contract.clauseId = contract.$identifier = state.$identifier = '1';
new VMEngine().compileAndTrigger(logic, contract, request, state, '2015-01-01T00:00:00Z', 0).then(({ response }) => {
  const answers = [...response.days.map((day) => day.slice(0, 10)), ...response.periods.map(({ amount, unit }) => `${amount} ${unit}`)];
  answers.forEach((answer) => console.log('engine', answer));
});
JS
node ask.js | tee seen
{ echo 'import org.accordproject.time.*'; sed 's/^/return /' expressions; } | npx ergotop | sed -n 's/.*Response. \(.*\) :.*/ergotop \1/p' | tee -a seen
diff - seen <<'SEEN'
engine 2015-09-29
engine 2015-12-27
engine 2015-12-27
engine 2016-01-01
engine 2024-12-29
engine 2015-03-02
engine 1 months
engine 0 months
ergotop dateTime("10/01/2015")
ergotop dateTime("01/01/2016")
ergotop dateTime("01/01/2016")
ergotop dateTime("01/01/2016")
ergotop dateTime("01/01/2025")
ergotop dateTime("03/03/2015")
ergotop Period{amount: 1, unit: months}
ergotop Period{amount: 0, unit: months}
SEEN
