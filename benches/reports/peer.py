"""Writes what hecha wrote, with a library from PyPI: `peer.py xlsxwriter|openpyxl|python-docx FOLDER`.

Reads `large.xlsx` or `large.docx` first and times only the writing, each cell with a shared style of its column's kind as
in hecha's. Prints one line: name, median in milliseconds, peak in megabytes beyond what was read.
"""

import io
import statistics
import sys
import time

TIMES = 3


def resident(name):
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(name):
                return int(line.split()[1])
    return 0


def sheets(path):
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book]


def by_xlsxwriter(data):
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    header = book.add_format({"bold": True, "border": 1, "bg_color": "#1F4E78", "font_color": "white"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    for title, rows in data:
        page = book.add_worksheet(title)
        for at, row in enumerate(rows):
            style = header if at == 0 else body
            for column, value in enumerate(row):
                if value is None:
                    page.write_blank(at, column, None, style)
                elif isinstance(value, str):
                    page.write_string(at, column, value, style)
                else:
                    page.write_number(at, column, value, style)
        page.freeze_panes(1, 3)
        page.autofilter(0, 0, len(rows), max(len(rows[0]) - 1, 0))
    book.close()
    return buffer.getvalue()


def by_openpyxl(data):
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.remove(book.active)
    side = Side(style="thin")
    border = Border(left=side, right=side, top=side, bottom=side)
    header = NamedStyle("header", font=Font(bold=True), fill=PatternFill("solid", fgColor="1F4E78"), border=border)
    body = NamedStyle("body", alignment=Alignment(wrap_text=True, vertical="top"), border=border, number_format="@")
    for title, rows in data:
        page = book.create_sheet(title)
        for at, row in enumerate(rows, 1):
            style = header if at == 1 else body
            for column, value in enumerate(row, 1):
                cell = page.cell(at, column, value)
                cell.style = style
        page.freeze_panes = "D2"
        page.auto_filter.ref = page.dimensions
    book.save(buffer)
    return buffer.getvalue()


def blocks(path):
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    found = []
    document = docx.Document(path)
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            found.append(("p", Paragraph(element, document).text))
        elif element.tag.endswith("}tbl"):
            found.append(("t", [[cell.text for cell in row.cells] for row in Table(element, document).rows]))
    return found


def by_python_docx(data):
    import docx

    buffer = io.BytesIO()
    document = docx.Document()
    for kind, value in data:
        if kind == "p":
            document.add_paragraph(value)
            continue
        table = document.add_table(rows=len(value), cols=len(value[0]))
        table.style = "Table Grid"
        # All cells at once: asking for them one by one takes the square of the time.
        cells = iter(table._cells)
        for row in value:
            for text in row:
                next(cells).text = text
    document.save(buffer)
    return buffer.getvalue()


PEERS = {
    "xlsxwriter": ("large.xlsx", sheets, by_xlsxwriter),
    "openpyxl": ("large.xlsx", sheets, by_openpyxl),
    "python-docx": ("large.docx", blocks, by_python_docx),
}


def main():
    name, folder = sys.argv[1:]
    file, read, write = PEERS[name]
    data = read(f"{folder}/{file}")
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")
    before = resident("VmRSS")
    times, size = [], 0
    for _ in range(TIMES):
        start = time.perf_counter()
        size = len(write(data))
        times.append((time.perf_counter() - start) * 1000)
    peak = (resident("VmHWM") - before) / 1024
    print(f"{name} {statistics.median(times):.1f} {peak:.1f} ({size} bytes)")


main()
