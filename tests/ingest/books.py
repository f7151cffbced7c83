# SPDX-License-Identifier: GPL-3.0-or-later
"""Spreadsheets made by hand, part by part: .xlsx and .ods. A table is a list of rows, a row a list of
cells: None, a text, a number, a bool, or a Cell."""
import dataclasses
import datetime
import io
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
