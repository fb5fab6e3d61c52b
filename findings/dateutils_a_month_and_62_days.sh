#!/usr/bin/env bash
# dateutils 0.4.10 (Debian 12): `dateutils.ddiff`, the time between two days as a script asks for it, in months and days.
#
# From 31 January to 1 March 2015 one would say 29 days, as no month is full, or a month and a day, as `dateutils.dadd` of the same package has it, which
# comes to 1 March with `1mo1d`. ddiff says a month and 62 days, or, asked for weeks as well, a month, eight weeks and six days. The same happens on 1 and 2
# March to whatever began on the last days of a month: from the end of 2015 to 1 March 2016 it is two months and 63 days. On 28 February and from 3 March
# on nothing of it is to be seen, and in no other month. Interest or rent for the months and the days left over is reckoned for two months too many, on
# the day after February, when much falls due. In days alone, `%d`, the answer is 29.
#
# Seen: pairs of days, what ddiff says of them and where dadd comes to with that; then 31 January to 1 March with weeks and in days, and dadd from it
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; mkdir -p lists/partial
apt=(apt-get -qq -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder" -o APT::Sandbox::User=root)
"${apt[@]}" update && "${apt[@]}" download dateutils=0.4.10-1 && dpkg -x dateutils_*.deb .
while read -r from to; do
    said=$(usr/bin/dateutils.ddiff "$from" "$to" -f '%mmo %dd')
    # shellcheck disable=SC2086  # months and days are two words
    echo "$from $to ddiff $said leads to $(usr/bin/dateutils.dadd "$from" $said)"
done <<'DAYS' | tee seen
2015-01-31 2015-02-28
2015-01-31 2015-03-01
2015-01-31 2015-03-02
2015-01-31 2015-03-03
2015-01-31 2015-05-01
2014-12-30 2015-03-01
2015-12-31 2016-03-01
DAYS
{
    usr/bin/dateutils.ddiff 2015-01-31 2015-03-01 -f '%m months %w weeks %d days'
    usr/bin/dateutils.ddiff 2015-01-31 2015-03-01 -f '%d days'
    usr/bin/dateutils.dadd 2015-01-31 1mo 1d
} | tee -a seen
diff - seen <<'SEEN'
2015-01-31 2015-02-28 ddiff 0mo 28d leads to 2015-02-28
2015-01-31 2015-03-01 ddiff 1mo 62d leads to 2015-05-01
2015-01-31 2015-03-02 ddiff 1mo 63d leads to 2015-05-02
2015-01-31 2015-03-03 ddiff 1mo 0d leads to 2015-02-28
2015-01-31 2015-05-01 ddiff 3mo 0d leads to 2015-04-30
2014-12-30 2015-03-01 ddiff 2mo 63d leads to 2015-05-02
2015-12-31 2016-03-01 ddiff 2mo 63d leads to 2016-05-02
1 months 8 weeks 6 days
29 days
2015-03-01
SEEN
