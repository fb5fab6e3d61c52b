#!/usr/bin/env bash
# Prints a policy of so many clauses of mixed kinds (1,000 unless told), always the same for the same number.
set -euo pipefail
clauses=${1:-1000}

cat <<'POLICY'
agreement generated "A generated agreement of sports clubs"
  in force from 2014-01-01
  currency SEK
  months round down

record club
  name: text
  members: number
  joined_on: date
  left_on: date
  open: yes/no

event meeting on held_on
  club: club
  kind: one of annual, extra, open
  held_on: date
  called_on: date

event bill on sent_on
  amount: money
  sent_on: date

actors board, town

membership member § 1 of club "Who is a member"
  from joined_on until left_on

POLICY

for ((number = 1; number < clauses; number++)); do
  case $((number % 7)) in
    0) echo -e 'deadline c%d § %d.1 "Meeting %d is held in time"\n  board shall hold meeting where kind is annual\n  every calendar year\n  by 28 February\n  note "28 February as written, in leap years too."\n\n' ;;
    1) echo -e 'deadline c%d § %d.2 "Call %d goes out a month ahead"\n  for each meeting where kind is annual and called_on is after 2014-02-03\n  board shall have called_on\n  at least 1 month before held_on\n\n' ;;
    2) echo -e 'duty c%d § %d.3 "Members meet, case %d"\n  each member shall hold meeting where kind is open or extra\n  at least 2 times\n  every half-year\n\n' ;;
    3) echo -e 'duty c%d § %d.4 "Clubs are open, case %d"\n  each club should ensure open is yes\n  unless members is less than 10\n\n' ;;
    4) echo -e 'judgement c%d § %d.5 "Kindness, case %d"\n  board shall "work kindly"\n  every calendar year\n  judged by town\n\n' ;;
    5) echo -e 'prohibition c%d § %d.6 "No extra meeting without a call, case %d"\n  board must not hold meeting where kind is extra and called_on is missing\n\n' ;;
    6) echo -e 'cost c%d § %d.7 "Bills are shared, case %d"\n  for each bill where amount is more than SEK 0\n  amount is shared equally among member on sent_on\n  rounded to SEK 0.01, largest remainder\n\n' ;;
  esac | sed "s/%d/$number/g"
done
