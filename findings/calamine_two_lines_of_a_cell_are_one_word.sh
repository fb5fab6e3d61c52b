#!/usr/bin/env bash
# calamine, as python-calamine 0.9.1 (PyPI) has it: texts and errors in the cells of an `.ods`.
#
# A tab (`<text:tab/>`) and a line break (`<text:line-break/>`) within a text are left out, with nothing in their place: `Anna` and `Bo`
# on two lines of a cell become one name, `AnnaBo`. Blanks (`<text:s/>`) and a second paragraph stay. A cell that shows an error, as
# LibreOffice writes it (`calcext:value-type="error"`), is an empty text, which looks like a cell that nobody filled in. pyexcel-ods3 0.6.1
# reads both as they stand.
#
# Seen: AnnaBo and an empty text from calamine; two lines, a tab and #DIV/0! from pyexcel-ods3
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'python-calamine==0.9.1' 'pyexcel-ods3==0.6.1'
cat > ask.py <<'PY'
import zipfile

import pyexcel_ods3
from python_calamine import CalamineWorkbook

names = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in
    (("office", "office"), ("table", "table"), ("text", "text"))
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
cells = [
    text.format("Anna<text:line-break/>Bo"),
    text.format("Anna<text:tab/>Bo"),
    text.format('Anna<text:s text:c="2"/>Bo'),
    text.format("Anna</text:p><text:p>Bo"),
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error">'
    "<text:p>#DIV/0!</text:p></table:table-cell>",
]
rows = "".join(f"<table:table-row>{cell}</table:table-row>" for cell in cells)
body = f'<office:body><office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body>'
manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
kind = "application/vnd.oasis.opendocument.spreadsheet"
entries = "".join(
    f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>' for path, media in
    (("/", kind), ("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml"))
)
with zipfile.ZipFile("texts.ods", "w") as book:
    book.writestr("mimetype", kind)
    book.writestr("content.xml", f'<office:document-content {names} office:version="1.2">{body}</office:document-content>')
    book.writestr("styles.xml", f'<office:document-styles {names} office:version="1.2"/>')
    book.writestr("meta.xml", f'<office:document-meta {names} office:version="1.2"/>')
    book.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}">{entries}</manifest:manifest>')

print("calamine", [row[0] for row in CalamineWorkbook.from_path("texts.ods").get_sheet_by_index(0).to_python()])
print("pyexcel", [row[0] for row in pyexcel_ods3.get_data("texts.ods")["a"]])
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
calamine ['AnnaBo', 'AnnaBo', 'Anna  Bo', 'Anna\nBo', '']
pyexcel ['Anna\nBo', 'Anna\tBo', 'Anna  Bo', 'Anna\nBo', '#DIV/0!']
SEEN
