#!/usr/bin/env bash
# num2words 0.5.14 (PyPI): numbers and amounts in words, as cheques and agreements have them, where the words outweigh the figures.
#
# - In Azerbaijani the one before `min`, thousand, is left out wherever it stands, not only in a plain thousand: 11000 has the words of 10000, 21000 those
#   of 20000. In Turkish it is the same with `bin` where the number goes on after the thousands: 101001 has the words of 100001, though 101000 is right.
# - Amounts in Turkish: all below one lira are `bedelsiz`, free of charge. 1.15 has fourteen kuruş, 19.99 ninety-eight, and 301661.10 nine; an exact
#   `Decimal` above one lira is `lira`, with no number. The same amounts in German, in euro, are right.
# - In Persian 8.05 is eight and a half, as 8.5 is.
# In Swedish, German, Finnish and Polish all whole numbers tried have words of their own.
#
# Seen: how many of the whole numbers tried share their words with another, and the first two; amounts of money
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'num2words==0.5.14'
cat > ask.py <<'PY'
from decimal import Decimal
from num2words import num2words

tried = [*range(2000), *(thousand * 1000 + one for thousand in range(2, 1000) for one in (0, 1))]
for language in ("az", "tr", "sv", "de", "fi", "pl"):
    words = {}
    for number in tried:
        words.setdefault(num2words(number, lang=language), []).append(number)
    shared = [(text, numbers) for text, numbers in words.items() if len(numbers) > 1]
    print(language, sum(len(numbers) for _, numbers in shared), *shared[0] if shared else "")
for text in ("0.29", "1.15", "19.99", "301661.10"):
    print(text, *(num2words(kind(text), lang="tr", to="currency") for kind in (float, Decimal)))
    print(text, num2words(Decimal(text), lang="de", to="currency", currency="EUR"))
print("fa 8.05", num2words(Decimal("8.05"), lang="fa") == num2words(Decimal("8.5"), lang="fa"))
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
az 396 on min [10000, 11000]
tr 180 yüzbinbir [100001, 101001]
sv 0
de 0
fi 0
pl 0
0.29 bedelsiz bedelsiz
0.29 null Euro und neunundzwanzig Cent
1.15 birliraondörtkuruş lira
1.15 ein Euro und fünfzehn Cent
19.99 ondokuzliradoksansekizkuruş lira
19.99 neunzehn Euro und neunundneunzig Cent
301661.10 üçyüzbinaltıyüzaltmışbirliradokuzkuruş lira
301661.10 dreihunderteinstausendsechshunderteinundsechzig Euro und zehn Cent
fa 8.05 True
SEEN
