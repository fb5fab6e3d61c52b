#!/usr/bin/env bash
# @dsnp/parquetjs 1.8.9 (npm; the package of the later 1.9.3 came without its code) beside hyparquet 1.33.0 (npm): amounts in a Parquet file, in a column
# of the type `DECIMAL` with two decimals.
#
# - A column of up to nine digits is written in eight bytes an amount and read back in four. It is as long as it was, but every other amount in it is 0, and
#   the later half of the amounts is gone: of 650.00 in all 129.31 is left. hyparquet reads what stands in the file. With ten digits both agree.
# - What stands there is not what was given. The amount is multiplied by a hundred in binary and cut downwards, not rounded: 19.99 is written as 19.98 and
#   1.15 as 1.14, though they have no more than two decimals. Below zero down is away from zero: -19.99 stays and -1.10 is -1.11, so that an instalment
#   and the same one taken back do not come to nothing.
#
# No error tells of either. A list of payments comes back with the right number of rows and the wrong money.
#
# Seen: what was given, and what each reads with nine digits and with ten; the sum at the end of each row
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund @dsnp/parquetjs@1.8.9 hyparquet@1.33.0
cat > ask.mjs <<'JS'
import parquet from '@dsnp/parquetjs';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';

const show = (who, amounts) => console.log(who, ...amounts, '=', amounts.reduce((sum, amount) => sum + amount, 0).toFixed(2));
const given = [19.99, 8.2, 1.15, 100, -19.99, -1.1, 41.75, 500];
show('given', given);
for (const precision of [9, 10]) {
  const path = `${precision}.parquet`;
  const schema = new parquet.ParquetSchema({ amount: { type: 'DECIMAL', precision, scale: 2 } });
  const writer = await parquet.ParquetWriter.openFile(schema, path);
  for (const amount of given) await writer.appendRow({ amount });
  await writer.close();

  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
  show(`${precision} hyparquet`, rows.map(({ amount }) => amount));
  const reader = await parquet.ParquetReader.openFile(path);
  const cursor = reader.getCursor();
  const read = [];
  for (let row = await cursor.next(); row; row = await cursor.next()) read.push(row.amount);
  show(`${precision} parquetjs`, read);
  await reader.close();
}
JS
node ask.mjs | tee seen
diff - seen <<'SEEN'
given 19.99 8.2 1.15 100 -19.99 -1.1 41.75 500 = 650.00
9 hyparquet 19.98 8.19 1.14 100 -19.99 -1.11 41.75 500 = 649.96
9 parquetjs 19.98 0 8.19 0 1.14 0 100 0 = 129.31
10 hyparquet 19.98 8.19 1.14 100 -19.99 -1.11 41.75 500 = 649.96
10 parquetjs 19.98 8.19 1.14 100 -19.99 -1.11 41.75 500 = 649.96
SEEN
