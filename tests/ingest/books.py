# SPDX-License-Identifier: GPL-3.0-or-later
"""Spreadsheets made by hand, part by part: .xlsx, .ods and .xls. A table is a list of rows, a row a list of
cells: None, a text, a number, a bool, or a Cell."""
import dataclasses
import datetime
import io
import struct
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Formats of cells by name, in the order of <cellXfs>.
FORMATS = ["General", "0.0%", "yyyy\\-mm\\-dd", "yyyy", "mmm\\-yy", "0.0\" %\"", "[h]:mm", "d/m/yy h:mm",
           "#,##0.00", "[$-409]0.0%;[Red]-0.0%", "h:mm:ss"]


@dataclasses.dataclass
class Cell:
    """A number shown in a format, or a formula with the value that is kept of it (None: none)."""
    value: object = None
    style: str = "General"
    formula: str = ""
    error: bool = False
    across: int = 1
    down: int = 1


def name(row, column):
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for part, data in (parts.items() if isinstance(parts, dict) else parts):
            file.writestr(part, data)
    return out.getvalue()


class Xlsx:
    """Parts of an .xlsx file, to be changed before they are zipped."""

    def __init__(self, sheets, hidden=(), hidden_rows=(), hidden_columns=(), shared=True, prefix="",
                 references=True, from_1904=False):
        self.texts, self.parts = [], {}
        self.shared, self.prefix, self.references = shared, prefix, references
        listed, related = "", ""
        for i, (title, table) in enumerate(sheets.items(), 1):
            state = ' state="hidden"' if title in hidden else ""
            listed += f'<sheet name={quoteattr(title)} sheetId="{i}"{state} r:id="rId{i}"/>'
            related += (f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" '
                        f'Target="worksheets/sheet{i}.xml"/>')
            self.parts[f"xl/worksheets/sheet{i}.xml"] = self.sheet(table, hidden_rows, hidden_columns)
        related += (f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
                    f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>')
        self.parts["[Content_Types].xml"] = ('<Types xmlns="http://schemas.openxmlformats.org/package/'
                                             '2006/content-types"/>')
        self.parts["_rels/.rels"] = self.relations(
            f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>')
        dated = '<workbookPr date1904="1"/>' if from_1904 else ""
        self.parts["xl/workbook.xml"] = (f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{dated}'
                                         f'<sheets>{listed}</sheets></workbook>')
        self.parts["xl/_rels/workbook.xml.rels"] = self.relations(related)
        self.parts["xl/sharedStrings.xml"] = (f'<sst xmlns="{MAIN}">'
                                              + "".join(f"<si>{t}</si>" for t in self.texts) + "</sst>")
        codes = "".join(f'<numFmt numFmtId="{200 + i}" formatCode={quoteattr(c)}/>'
                        for i, c in enumerate(FORMATS))
        xfs = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(FORMATS)))
        self.parts["xl/styles.xml"] = (f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellStyleXfs>'
                                       f'<xf numFmtId="9"/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>')

    @staticmethod
    def relations(inner):
        return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f"{inner}</Relationships>")

    def text(self, value):
        """A text as a part of the file: plain, or with runs and the way it is read aloud."""
        if isinstance(value, tuple):
            return ("".join(f'<r><rPr><b/></rPr><t xml:space="preserve">{escape(v)}</t></r>' for v in value)
                    + '<rPh sb="0" eb="1"><t>READ ALOUD</t></rPh>')
        return f"<t>{escape(value)}</t>"

    def cell(self, row, column, cell):
        p = self.prefix
        cell = cell if isinstance(cell, Cell) else Cell(cell)
        at = f' r="{name(row, column)}"' if self.references else ""
        at += f' s="{FORMATS.index(cell.style)}"' if cell.style != "General" else ""
        made = f"<{p}f>{escape(cell.formula)}</{p}f>" if cell.formula else ""
        value = cell.value
        if value is None:
            return f"<{p}c{at}>{made}</{p}c>" if cell.formula or self.references is False else ""
        if cell.error:
            return f'<{p}c{at} t="e">{made}<{p}v>{value}</{p}v></{p}c>'
        if isinstance(value, bool):
            return f'<{p}c{at} t="b">{made}<{p}v>{int(value)}</{p}v></{p}c>'
        if isinstance(value, (str, tuple)) and cell.formula:
            return f'<{p}c{at} t="str">{made}<{p}v>{escape(value)}</{p}v></{p}c>'
        if isinstance(value, (str, tuple)) and self.shared:
            text = self.text(value)
            if text not in self.texts:
                self.texts.append(text)
            return f'<{p}c{at} t="s"><{p}v>{self.texts.index(text)}</{p}v></{p}c>'
        if isinstance(value, (str, tuple)):
            return f'<{p}c{at} t="inlineStr"><{p}is>{self.text(value)}</{p}is></{p}c>'
        return f"<{p}c{at}>{made}<{p}v>{value!r}</{p}v></{p}c>"

    def sheet(self, table, hidden_rows=(), hidden_columns=()):
        p = self.prefix
        rows, merged = "", ""
        for i, row in enumerate(table):
            cells = "".join(self.cell(i, k, cell) for k, cell in enumerate(row))
            at = f' r="{i + 1}"' if self.references else ""
            at += ' hidden="1"' if i + 1 in hidden_rows else ""
            if cells or not self.references:
                rows += f"<{p}row{at}>{cells}</{p}row>"
            for k, cell in enumerate(row):
                if isinstance(cell, Cell) and cell.across * cell.down > 1:
                    merged += (f'<{p}mergeCell ref="{name(i, k)}:'
                               f'{name(i + cell.down - 1, k + cell.across - 1)}"/>')
        cols = "".join(f'<{p}col min="{c}" max="{c}" hidden="true"/>' for c in hidden_columns)
        cols = f"<{p}cols>{cols}</{p}cols>" if cols else ""
        merged = f"<{p}mergeCells>{merged}</{p}mergeCells>" if merged else ""
        space = f'xmlns:{p[:-1]}="{MAIN}"' if p else f'xmlns="{MAIN}"'
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<{p}worksheet {space}>{cols}'
                f"<{p}sheetData>{rows}</{p}sheetData>{merged}</{p}worksheet>")

    def bytes(self, **how):
        return zipped(self.parts, **how)


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
DAY = datetime.date(1899, 12, 30)


def ods_cell(cell):
    cell = cell if isinstance(cell, Cell) else Cell(cell)
    value = cell.value
    at = f' table:formula="of:={escape(cell.formula)}"' if cell.formula else ""
    if cell.across * cell.down > 1:
        at += (f' table:number-columns-spanned="{cell.across}" table:number-rows-spanned="{cell.down}"')
    if value is None:
        return f"<table:table-cell{at}/>"
    if isinstance(value, bool):
        return (f'<table:table-cell{at} office:value-type="boolean" office:boolean-value='
                f'"{str(value).lower()}"><text:p>{str(value).upper()}</text:p></table:table-cell>')
    if isinstance(value, tuple):
        spans = "".join(f"<text:span>{escape(v)}</text:span>" for v in value)
        return f'<table:table-cell{at} office:value-type="string"><text:p>{spans}</text:p></table:table-cell>'
    if isinstance(value, str):
        paragraphs = "".join(f"<text:p>{escape(v)}</text:p>" for v in value.split("\n"))
        return f'<table:table-cell{at} office:value-type="string">{paragraphs}</table:table-cell>'
    if "%" in cell.style and '"' not in cell.style:
        return (f'<table:table-cell{at} office:value-type="percentage" office:value="{value!r}"><text:p>'
                f"{100 * value:.1f}%</text:p></table:table-cell>")
    if "y" in cell.style:
        day = DAY + datetime.timedelta(days=int(value))
        shown = day.year if cell.style == "yyyy" else day.isoformat()
        return (f'<table:table-cell{at} office:value-type="date" office:date-value="{day}"><text:p>{shown}'
                f"</text:p></table:table-cell>")
    return (f'<table:table-cell{at} office:value-type="float" office:value="{value!r}"><text:p>{value}'
            f"</text:p></table:table-cell>")


def ods_table(title, table, hidden=False, hidden_rows=(), hidden_columns=(), tail=True):
    width = max((len(row) for row in table), default=1)
    columns = "".join(f'<table:table-column{" table:visibility=" + chr(34) + "collapse" + chr(34) if k + 1 in hidden_columns else ""}/>'
                      for k in range(width))
    rows, covered = "", set()
    for i, row in enumerate(table):
        cells = ""
        for k, cell in enumerate(row):
            if (i, k) in covered:
                cells += "<table:covered-table-cell/>"
                continue
            cells += ods_cell(cell)
            if isinstance(cell, Cell):
                covered |= {(i + a, k + b) for a in range(cell.down) for b in range(cell.across)}
        gone = ' table:visibility="filter"' if i + 1 in hidden_rows else ""
        end = '<table:table-cell table:number-columns-repeated="16000"/>' if tail else ""
        rows += f"<table:table-row{gone}>{cells}{end}</table:table-row>"
    if tail:
        rows += ('<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
                 'table:number-columns-repeated="16384"/></table:table-row>')
    style = ' table:style-name="ta2"' if hidden else ' table:style-name="ta1"'
    return f"<table:table table:name={quoteattr(title)}{style}>{columns}{rows}</table:table>"


def ods_parts(tables):
    """Parts of an .ods file of texts of tables."""
    spaces = " ".join(f'xmlns:{p}="{ODF}{p}:1.0"' for p in ("office", "table", "text", "style", "draw", "dr3d"))
    content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
               'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">'
               '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
               '<style:table-properties table:display="true"/></style:style><style:style style:name="ta2" '
               'style:family="table"><style:table-properties table:display="false"/></style:style>'
               '</office:automatic-styles><office:body><office:spreadsheet>'
               + "".join(tables) + "</office:spreadsheet></office:body></office:document-content>")
    return {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}manifest:1.0"/>'}


def ods(sheets, **how):
    return zipped(ods_parts([ods_table(title, table, **how) for title, table in sheets.items()]))


def record(kind, data=b""):
    """A record of an old workbook; what is longer than one may be goes on in others."""
    out = struct.pack("<HH", kind, min(len(data), 8224)) + data[:8224]
    for at in range(8224, len(data), 8224):
        piece = data[at:at + 8224]
        out += struct.pack("<HH", 0x3C, len(piece)) + piece
    return out


def biff_text(value, wide=True, long=True):
    """A text: BIFF8 in one byte a character where that will do, BIFF5 in Windows-1252."""
    length = struct.pack("<H" if long else "<B", len(value))
    if not wide:
        return length + value.encode("cp1252")
    try:
        return length + b"\0" + value.encode("latin-1")
    except UnicodeEncodeError:
        return length + b"\1" + value.encode("utf-16-le")


def shared_records(texts, most=8224):
    """SST, cut within a text, whose rest says anew how wide it is."""
    pieces, piece = [], struct.pack("<II", len(texts), len(texts))
    for text in texts:
        runs = isinstance(text, tuple)
        text = "".join(text) if runs else text
        wide = any(ord(c) > 255 for c in text)
        data = text.encode("utf-16-le" if wide else "latin-1")
        units = [data[k:k + 1 + wide] for k in range(0, len(data), 1 + wide)]
        piece += struct.pack("<HB", len(units), wide | (8 if runs else 0)) + (struct.pack("<H", 2) if runs else b"")
        for unit in units:
            if len(piece) + len(unit) > most:
                pieces.append(piece)
                piece = bytes([wide])
            piece += unit
        piece += bytes(8) if runs else b""
    pieces.append(piece)
    return (struct.pack("<HH", 0xFC, len(pieces[0])) + pieces[0]
            + b"".join(struct.pack("<HH", 0x3C, len(p)) + p for p in pieces[1:]))


def rk(value):
    """A number packed into 30 bits, where it can be; else None."""
    for factor, flag in ((1, 0), (100, 1)):
        whole = round(value * factor)
        if abs(whole) < 1 << 29 and whole / factor == value:
            return struct.pack("<i", whole << 2 | 2 | flag)
    bits = struct.pack("<d", value)
    return bits[4:] if bits[:4] == bytes(4) and not bits[4] & 3 else None


def biff_cell(i, k, cell, texts, wide):
    cell = cell if isinstance(cell, Cell) else Cell(cell)
    value, format_ = cell.value, 15 + FORMATS.index(cell.style)
    at = struct.pack("<HHH", i, k, format_)
    if value is None:
        return b"" if cell.style == "General" else record(0x201, at)
    if cell.formula:
        tail = struct.pack("<HIH", 0, 0, 0)
        if isinstance(value, str):
            return (record(6, at + b"\0\0\0\0\0\0\xff\xff" + tail) + record(0x207, biff_text(value, wide)))
        return record(6, at + struct.pack("<d", value) + tail)
    if cell.error or isinstance(value, bool):
        code = {"#N/A": 0x2A, "#DIV/0!": 7}[value] if cell.error else int(value)
        return record(0x205, at + bytes([code, cell.error]))
    if isinstance(value, (str, tuple)):
        if not wide:
            return record(0x204, at + biff_text(value, False))
        if value not in texts:
            texts.append(value)
        return record(0xFD, at + struct.pack("<I", texts.index(value)))
    packed = rk(value)
    return record(0x27E, at + packed) if packed else record(0x203, at + struct.pack("<d", value))


def biff_sheet(table, texts, wide, hidden_rows, hidden_columns):
    out = record(0x809, struct.pack("<HHHH", 0x600 if wide else 0x500, 0x10, 0, 0) + bytes(8 if wide else 0))
    for c in hidden_columns:
        out += record(0x7D, struct.pack("<HHHHHH", c - 1, c - 1, 2000, 15, 1, 0))
    for r in hidden_rows:
        out += record(0x208, struct.pack("<HHHHHHI", r - 1, 0, 1, 255, 0, 0, 0x20))
    merged = []
    for i, row in enumerate(table):
        for k, cell in enumerate(row):
            out += biff_cell(i, k, cell, texts, wide)
            if isinstance(cell, Cell) and cell.across * cell.down > 1:
                merged.append(struct.pack("<HHHH", i, i + cell.down - 1, k, k + cell.across - 1))
    if merged:
        out += record(0xE5, struct.pack("<H", len(merged)) + b"".join(merged))
    return out + record(0x0A)


def xls_stream(sheets, hidden=(), hidden_rows=(), hidden_columns=(), wide=True, most=8224, from_1904=False):
    texts, bodies = [], []
    for table in sheets.values():
        bodies.append(biff_sheet(table, texts, wide, hidden_rows, hidden_columns))
    head = record(0x809, struct.pack("<HHHH", 0x600 if wide else 0x500, 5, 0, 0) + bytes(8 if wide else 0))
    head += record(0x42, struct.pack("<H", 1200 if wide else 1252)) + record(0x22, struct.pack("<H", from_1904))
    for i, code in enumerate(FORMATS):
        head += record(0x41E, struct.pack("<H", 200 + i) + biff_text(code, wide, wide))
    for i in range(15 + len(FORMATS)):
        head += record(0xE0, struct.pack("<HH", 0, 200 + i - 15 if i >= 15 else 9) + bytes(16))
    tail = (shared_records(texts, most) if wide else b"") + record(0x0A)
    names = [biff_text(title, wide, False) for title in sheets]
    offset = len(head) + sum(10 + len(n) for n in names) + len(tail)
    for title, name_, body in zip(sheets, names, bodies):
        head += record(0x85, struct.pack("<IBB", offset, title in hidden, 0) + name_)
        offset += len(body)
    return head + tail + b"".join(bodies)


def ole(streams, padded=True):
    """A container of streams; small ones among each other in a stream of their own unless padded."""
    sectors, entries, small = [], [], b""
    chains, small_chains = [], []

    def put(data):
        first = len(sectors)
        n = max(1, -(-len(data) // 512))
        for k in range(n):
            sectors.append(data[512 * k:512 * k + 512].ljust(512, b"\0"))
            chains.append(first + k + 1 if k + 1 < n else 0xFFFFFFFE)
        return first

    for title, data in streams.items():
        data = data.ljust(4096, b"\0") if padded else data
        if len(data) >= 4096:
            entries.append((title, 2, put(data), len(data)))
        else:
            first, n = len(small) // 64, -(-len(data) // 64)
            small += data.ljust(64 * n, b"\0")
            small_chains += [first + k + 1 if k + 1 < n else 0xFFFFFFFE for k in range(n)]
            entries.append((title, 2, first, len(data)))
    root = ("Root Entry", 5, put(small) if small else 0xFFFFFFFE, len(small))
    mini = put(b"".join(struct.pack("<I", c) for c in small_chains)) if small else 0xFFFFFFFE
    directory = b""
    for i, (title, kind, first, size) in enumerate([root, *entries]):
        name_ = title.encode("utf-16-le")
        side = i + 1 if 0 < i < len(entries) else 0xFFFFFFFF
        directory += (name_.ljust(64, b"\0") + struct.pack("<HBBIII", len(name_) + 2, kind, 1, 0xFFFFFFFF, side,
                      1 if kind == 5 and entries else 0xFFFFFFFF) + bytes(36) + struct.pack("<IQ", first, size))
    at = put(directory)
    n_table = 1
    while 128 * n_table < len(sectors) + n_table:
        n_table += 1
    tables = list(range(len(sectors), len(sectors) + n_table))
    table = chains + [0xFFFFFFFD] * n_table
    table = b"".join(struct.pack("<I", c) for c in table).ljust(512 * n_table, b"\xff")
    header = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
              + struct.pack("<IIIIIIIII", 0, n_table, at, 0, 4096, mini, 1 if small else 0, 0xFFFFFFFE, 0)
              + b"".join(struct.pack("<I", t) for t in tables).ljust(436, b"\xff"))
    return header + b"".join(sectors) + table


def xls(sheets, padded=True, **how):
    stream = xls_stream(sheets, **how)
    return ole({"Workbook" if how.get("wide", True) else "Book": stream}, padded)
