#!/usr/bin/env bash
# hledger 1.25 (Debian 12): payments that come again, forecast from a periodic rule of a ledger in plain text.
#
# - `every feb 29th`, a yearly payment on the leap day. A forecast from 1 January 2016 has it on 1 March of every year, also of 2016 and 2020, which have
#   a 29 February. A forecast from 5 March 2016 has it on 28 February and, in 2020, on the 29th. One ledger has the payment on two different days, in two
#   different months, by the day from which one looks ahead.
# - `every 5th thursday`, for those who are paid by the week: where a month has four, the first Thursday of the next is taken for its fifth, seven times in
#   2015. 29 January, which is a fifth, is left out, and 1 January is there in its place. Yet `every 31st day of month`, of which one could expect the same
#   as of the fifth Thursday, is the last day of each month.
#
# Seen: a row for each rule and first day of the forecast
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export LC_ALL=C.UTF-8; mkdir -p lists/partial
apt=(apt-get -qq -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder" -o APT::Sandbox::User=root)
"${apt[@]}" update && "${apt[@]}" download hledger=1.25-2+b5 && dpkg -x hledger_*.deb .
forecast() { # RULE BEGIN END
    printf '~ %s\n    expenses  10\n    bank\n' "$1" > ledger
    echo "$1, $2:" "$(usr/bin/hledger -f ledger print --forecast="$2..$3" | grep -o '^2[0-9-]*' | xargs)"
}
{
    forecast 'every feb 29th' 2016-01-01 2021-01-01
    forecast 'every feb 29th' 2016-03-05 2021-01-01
    forecast 'every 5th thursday' 2015-01-01 2016-01-01
    forecast 'every 31st day of month' 2015-01-01 2015-07-01
} | tee seen
diff - seen <<'SEEN'
every feb 29th, 2016-01-01: 2016-03-01 2017-03-01 2018-03-01 2019-03-01 2020-03-01
every feb 29th, 2016-03-05: 2017-02-28 2018-02-28 2019-02-28 2020-02-29
every 5th thursday, 2015-01-01: 2015-01-01 2015-03-05 2015-04-02 2015-04-30 2015-06-04 2015-07-02 2015-07-30 2015-09-03 2015-10-01 2015-10-29 2015-12-03 2015-12-31
every 31st day of month, 2015-01-01: 2015-01-31 2015-02-28 2015-03-31 2015-04-30 2015-05-31 2015-06-30
SEEN
