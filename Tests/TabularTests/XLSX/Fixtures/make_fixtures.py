#!/usr/bin/env python3
"""Makes the workbooks in this folder with the programs that schools' workbooks come from.

Needs Python 3 with openpyxl, xlsxwriter, polars and msoffcrypto-tool, and LibreOffice Calc (`soffice`). The people are
made up; phone numbers are from Ofcom's range for drama. The bytes differ from run to run, the cells do not.

    python3 make_fixtures.py
"""

import datetime
import pathlib
import shutil
import subprocess
import tempfile

import msoffcrypto.format.ooxml
import openpyxl
import openpyxl.cell.rich_text
import openpyxl.cell.text
import openpyxl.formatting.rule
import openpyxl.styles
import polars
import xlsxwriter

HERE = pathlib.Path(__file__).resolve().parent

HEADER = ["UPN", "ULN", "School", "Surname", "Forename", "Born", "Seen", "Phone", "Attendance", "SEN", "Sum"]
PEOPLE = [
    ["X820432110001", 1234567890, 341478, "O'Hara-Łuczak", "Zoë", datetime.date(2009, 9, 1),
     datetime.datetime(2026, 3, 1, 14, 30, 5), 7700900123, 0.955, True],
    ["X820432110002", 9999999999, 42, " Ng ", "Ann\nMarie", datetime.date(2010, 2, 28),
     datetime.datetime(2026, 3, 2), 1514960456, 1, False],
    ["X820432110003", 1000000001, 3414787, "名前", "_x0041_", datetime.date(2009, 12, 31),
     datetime.datetime(2025, 10, 26, 23, 59, 59), 7700900999, 0.1, True],
]
FORMATS = [None, None, "0000000", None, None, "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "00000000000", "0.0%", None, None]


def with_openpyxl(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Leavers"
    # Row 1 and column A are blank; a title over merged cells; the header in row 4.
    sheet["B2"] = "Leavers of 2026"
    sheet["B2"].font = openpyxl.styles.Font(bold=True)
    sheet.merge_cells("B2:L2")
    sheet["D3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    for column, name in enumerate(HEADER, 2):
        sheet.cell(4, column, name)
    for row, person in enumerate(PEOPLE, 5):
        for column, value in enumerate(person, 2):
            cell = sheet.cell(row, column, value)
            if FORMATS[column - 2]:
                cell.number_format = FORMATS[column - 2]
        # openpyxl writes no value with a formula.
        sheet.cell(row, 12, f"=C{row}+1")
    text = openpyxl.cell.text.InlineFont(b=True)
    sheet["B9"] = openpyxl.cell.rich_text.CellRichText("bold ", openpyxl.cell.rich_text.TextBlock(text, "and"), " not")
    sheet.row_dimensions[9].hidden = True
    codes = book.create_sheet("Codes")
    codes.sheet_state = "hidden"
    codes.append(["code", "meaning"])
    secret = book.create_sheet("Secret")
    secret.sheet_state = "veryHidden"
    secret["C3"] = "far"
    book.create_chartsheet("Chart")
    book.active = 1
    book.save(path)


def with_xlsxwriter(path):
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    sheet = book.add_worksheet("Leavers")
    formats = [book.add_format({"num_format": f}) if f else None for f in FORMATS]
    sheet.write_row(0, 0, HEADER)
    for row, person in enumerate(PEOPLE, 1):
        for column, value in enumerate(person):
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, (datetime.date, datetime.datetime)):
                sheet.write_datetime(row, column, value, formats[column])
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, value, formats[column])
        sheet.write_formula(row, 10, f"=B{row + 1}+1", None, person[1] + 1)
    sheet.write_formula(5, 0, '="a"&"b"', None, "ab")
    sheet.write_formula(5, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(5, 2, "=NA()", None, "#N/A")
    sheet.write_formula(5, 3, "=1=1", None, True)
    sheet.write_rich_string(5, 4, "one ", book.add_format({"bold": True}), "two", " three")
    sheet.write_string(5, 5, "tab\tand \x07 bell")
    sheet.write_number(5, 6, 0.1 + 0.2)
    sheet.write_number(5, 7, 1e-7)
    sheet.write_number(5, 8, 123456789012345678)
    sheet.write_datetime(5, 9, datetime.time(8, 45), book.add_format({"num_format": "hh:mm"}))
    sheet.write_number(5, 10, 1.5, book.add_format({"num_format": "[h]:mm"}))
    book.close()


def with_xlsxwriter_1904(path):
    book = xlsxwriter.Workbook(path, {"date_1904": True, "constant_memory": True})
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    # constant_memory writes inline strings.
    sheet.write_string(0, 0, "Born")
    sheet.write_datetime(1, 0, datetime.date(2009, 9, 1), day)
    sheet.write_number(2, 0, 0, day)
    book.close()


def with_polars(path):
    frame = polars.DataFrame(
        {name: [person[column] for person in PEOPLE] for column, name in enumerate(HEADER[:10])})
    frame.write_excel(path, worksheet="Leavers")


def with_libreoffice(source, folder):
    for kind in ("xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods:calc8"):
        with tempfile.TemporaryDirectory() as made:
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{made}/profile", "--headless", "--convert-to", kind, "--outdir",
                 made, str(source)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            ending = kind.split(":")[0]
            shutil.copy(pathlib.Path(made) / f"{source.stem}.{ending}", folder / f"libreoffice.{ending}")


def upn(number):
    body = f"3414787{21:02d}{number:03d}"
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[sum(i * int(d) for i, d in enumerate(body, 2)) % 23] + body


def uln(body):
    rest = sum(w * int(d) for w, d in zip(range(10, 1, -1), str(body))) % 11
    return body * 10 + 10 - rest if rest else uln(body + 1)


def saved_by_hand(path):
    """A report as a data manager saves it out of Arbor: title rows, days as days in one column and as texts in another,
    numbers where the report has numbers, a look-up that found nothing, a hidden sheet. Twelve pupils, all made up."""
    book = openpyxl.Workbook()
    guide = book.active
    guide.title = "Read me"
    guide["A1"] = "Year 11 leavers. Filter: on roll."
    sheet = book.create_sheet("Students")
    sheet["A1"] = "Example High School"
    sheet["A1"].font = openpyxl.styles.Font(bold=True, size=14)
    sheet["A2"] = "Year 11 leavers, printed by hand"
    sheet.merge_cells("A1:D1")
    headings = ["UPN", "ULN", "Legal Surname", "Legal Forename", "Date of Birth", "Entry Date", "Year Group",
                "School DfE No", "Telephone", "Postcode", "Home LA", "YSSA", "Intended Destination"]
    for column, name in enumerate(headings, 1):
        cell = sheet.cell(4, column, name)
        cell.font = openpyxl.styles.Font(bold=True)
        cell.fill = openpyxl.styles.PatternFill("solid", fgColor="FFDDEBF7")
    for number in range(12):
        row = 5 + number
        values = [upn(number + 1), uln(100000001 + number * 7), f"Zzsurname{chr(97 + number)}",
                  f"Qqforename{chr(97 + number)}", datetime.date(2010, 1 + number % 8, 20 - number),
                  f"0{1 + number % 9}/09/2021", 11, 3414787, 7700900100 + number, "L20 3DL", "343", "Yes", "121"]
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
        sheet.cell(row, 5).number_format = "dd/mm/yyyy"
        sheet.cell(row, 8).number_format = "0000000"
    sheet["J7"] = "#N/A"
    sheet["J7"].data_type = "e"
    sheet["A9"] = upn(5)[:-1] + "X"
    sheet["E10"] = None
    sheet["C11"].font = openpyxl.styles.Font(italic=True)
    sheet["A18"] = "Total"
    sheet["B18"] = 12
    sheet.auto_filter.ref = "A4:M16"
    sheet.freeze_panes = "A5"
    sheet.column_dimensions["C"].width = 24
    sheet.conditional_formatting.add("G5:G16", openpyxl.formatting.rule.CellIsRule(operator="greaterThan", formula=["13"]))
    codes = book.create_sheet("Look-up")
    codes.append(["UPN", "Legal Surname", "Date of Birth"])
    codes.append([upn(99), "Zzold", datetime.date(2009, 1, 1)])
    codes.sheet_state = "hidden"
    book.active = 1
    book.save(path)


def encrypted(source, path):
    with open(source, "rb") as plain, open(path, "wb") as locked:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("a password", locked)


def main():
    with_openpyxl(HERE / "openpyxl.xlsx")
    with_xlsxwriter(HERE / "xlsxwriter.xlsx")
    with_xlsxwriter_1904(HERE / "xlsxwriter-1904.xlsx")
    with_polars(HERE / "polars.xlsx")
    saved_by_hand(HERE / "Students (14).xlsx")
    with_libreoffice(HERE / "openpyxl.xlsx", HERE)
    encrypted(HERE / "xlsxwriter-1904.xlsx", HERE / "encrypted.xlsx")
    for path in sorted(HERE.glob("*.*")):
        assert path.stat().st_size < 20_000, path


if __name__ == "__main__":
    main()
