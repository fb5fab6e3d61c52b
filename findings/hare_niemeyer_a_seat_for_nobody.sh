#!/usr/bin/env bash
# hare-niemeyer 3.0.0 and largest-remainder-round 1.1.0 (npm): shares by largest remainders, the method that keeps the total.
#
# Two rooms for three households with equal claims: each has two thirds of a room, none a whole one, and the two rooms go to two of the three by lot.
# hare-niemeyer gives out *one*. Of what is left for equals it hands out the greater half: ten of thirteen days of leave among seven. Nor does it draw the
# lot of which its page speaks: among equals the first named has it, in every one of a thousand draws. Where one thing is left for two equals, or the
# remainders differ, the total is right, so that a test with such numbers shows nothing.
# largest-remainder-round gives out too much: 1.10 in two equal shares with two decimals is 0.56 and 0.55, which are 1.11.
#
# Seen: what each gets of what there is, and who wins the draws
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund hare-niemeyer@3.0.0 largest-remainder-round@1.1.0
cat > hare.mjs <<'JS'
import hareNiemeyer from 'hare-niemeyer';

for (const [claims, there] of [[[1, 1, 1], 2], [[1, 1, 1], 5], [[1, 1, 1], 100], [Array(7).fill(1), 13], [[40, 30, 30], 12], [[5, 3, 1], 10]]) {
  const shares = Object.values(hareNiemeyer(Object.fromEntries(claims.map((claim, n) => [`member ${n}`, claim])), there));
  console.log('hare-niemeyer', claims.join(' '), 'get', shares.sort((a, b) => b - a).join(' '), 'of', there);
}
const wins = { Anna: 0, Bo: 0 };
for (let draws = 0; draws < 1000; draws += 1) wins[hareNiemeyer({ Anna: 1, Bo: 1 }, 1).Anna === 1 ? 'Anna' : 'Bo'] += 1;
console.log('hare-niemeyer draws', JSON.stringify(wins));
JS
cat > rounds.js <<'JS'
require('largest-remainder-round');

for (const [claims, there] of [[[1, 1], 1.1], [[1, 1], 0.56], [[2, 1], 8.2], [[1, 1], 10]]) {
  console.log('largest-remainder-round', claims.join(' '), 'get', claims.spread(there, 2).join(' '), 'of', there);
}
JS
{ node hare.mjs; node rounds.js; } | tee seen
diff - seen <<'SEEN'
hare-niemeyer 1 1 1 get 1 0 0 of 2
hare-niemeyer 1 1 1 get 2 1 1 of 5
hare-niemeyer 1 1 1 get 34 33 33 of 100
hare-niemeyer 1 1 1 1 1 1 1 get 2 2 2 1 1 1 1 of 13
hare-niemeyer 40 30 30 get 5 4 3 of 12
hare-niemeyer 5 3 1 get 6 3 1 of 10
hare-niemeyer draws {"Anna":1000,"Bo":0}
largest-remainder-round 1 1 get 0.56 0.55 of 1.1
largest-remainder-round 1 1 get 0.29 0.28 of 0.56
largest-remainder-round 2 1 get 5.47 2.73 of 8.2
largest-remainder-round 1 1 get 5 5 of 10
SEEN
