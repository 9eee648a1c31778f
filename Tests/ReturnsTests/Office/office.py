"""A tracking team's own tools over what leaverlink writes: openpyxl for workbooks, Python's csv for text.

    office.py template FILE                  makes a workbook as an authority would give it
    office.py filled TEMPLATE FILLED ROWS    what was filled in is there, all else is as it was (ROWS: JSON)
    office.py rows FILE SHEET FIRST          prints the rows of a sheet from a row on, as JSON
    office.py csv FILE ENCODING DELIMITER    prints the rows of a text file, as JSON
"""
import csv, datetime, json, sys
import openpyxl
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

HEADINGS = ["UPN", "Surname", "Date of birth", "Activity", "Hours", "Note"]


def template(path):
    book = openpyxl.Workbook()
    front = book.active
    front.title = "Read me first"
    front["A1"] = "How to fill in this workbook"
    front["A1"].font = Font(bold=True, size=16, color="FF7030A0")
    front.merge_cells("A1:D1")
    front["A3"] = "Do not change the headings. One row a pupil."
    front["A3"].alignment = Alignment(wrap_text=True)
    front.column_dimensions["A"].width = 48
    data = book.create_sheet("Leaver data")
    data["A1"] = "School"
    data["A2"] = "Number of pupils by formula"
    data["B2"] = "=COUNTA(A7:A1000)"
    data["B2"].fill = PatternFill("solid", fgColor="FFDDEBF7")
    for column, heading in enumerate(HEADINGS, 1):
        cell = data.cell(6, column, heading)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor="FF1F4E78")
        sample = data.cell(7, column, "SAMPLE" if column != 3 else datetime.date(2000, 1, 1))
        sample.number_format = "dd mmm yyyy" if column == 3 else "0.0" if column == 5 else "@"
        sample.border = Border(bottom=Side(style="thin", color="FF999999"))
        sample.protection = Protection(locked=False)
    data["H7"] = '=IF(D7="","",D7&"!")'
    data.freeze_panes = "A7"
    data.column_dimensions["B"].width = 30
    choices = DataValidation(type="list", formula1='"210,230,310"', allow_blank=True)
    choices.add("D7:D1000")
    data.add_data_validation(choices)
    data.conditional_formatting.add(
        "E7:E1000", CellIsRule(operator="lessThan", formula=["10"], fill=PatternFill("solid", bgColor="FFFFC7CE")))
    table = Table(displayName="Leavers", ref="A6:F7")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    data.add_table(table)
    totals = book.create_sheet("Totals")
    totals["A1"] = "In college"
    totals["B1"] = '=COUNTIF(\'Leaver data\'!D7:D1000,"230")'
    book.save(path)


def style(cell):
    return [repr(x) for x in (cell.font, cell.fill, cell.border, cell.alignment, cell.number_format, cell.protection)]


def filled(before, after, rows):
    old, new, rows = openpyxl.load_workbook(before), openpyxl.load_workbook(after), json.load(open(rows))
    assert old.sheetnames == new.sheetnames, new.sheetnames
    written = {}
    for number, row in enumerate(rows):
        for column, value in enumerate(row, 1):
            written[("Leaver data", 7 + number, column)] = value
    written[("Leaver data", 1, 2)] = "Example High School"
    for name in old.sheetnames:
        left, right = old[name], new[name]
        assert left.merged_cells.ranges == right.merged_cells.ranges, name
        assert left.freeze_panes == right.freeze_panes, name
        for key in set(left.column_dimensions) | set(right.column_dimensions):
            assert left.column_dimensions[key].width == right.column_dimensions[key].width, (name, key)
        rules = [sorted((str(r.sqref), v.formula1) for v in s.data_validations.dataValidation for r in [v]) for s in (left, right)]
        assert rules[0] == rules[1], (name, rules)
        assert [str(r.sqref) for r in left.conditional_formatting] == [str(r.sqref) for r in right.conditional_formatting]
        for row in range(1, max(left.max_row, right.max_row) + 1):
            for column in range(1, max(left.max_column, right.max_column) + 1):
                place = (name, row, column)
                cell = right.cell(row, column)
                model = left.cell(7 if place in written and row > 7 else row, column)
                assert style(model) == style(cell), (place, "style")
                if place not in written:
                    assert left.cell(row, column).value == cell.value, (place, cell.value)
                    continue
                value = cell.value
                if isinstance(value, datetime.datetime):
                    value = value.date().isoformat()
                assert value == (None if written[place] == "" else written[place]), (place, value, written[place])
    table = new["Leaver data"].tables["Leavers"]
    assert table.ref == "A6:F%d" % (6 + len(rows)), table.ref
    assert table.autoFilter is None or table.autoFilter.ref == table.ref, table.autoFilter.ref
    assert new.calculation.fullCalcOnLoad, "formulas are to be calculated when it is opened"
    print("as it was")


def rows(path, sheet, first):
    found = []
    for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=int(first), values_only=True):
        found.append([v.date().isoformat() if isinstance(v, datetime.datetime) else v for v in row])
    print(json.dumps(found, ensure_ascii=True))


def text(path, encoding, delimiter):
    with open(path, encoding=encoding, newline="") as file:
        print(json.dumps(list(csv.reader(file, delimiter=delimiter)), ensure_ascii=True))


{"template": template, "filled": filled, "rows": rows, "csv": text}[sys.argv[1]](*sys.argv[2:])
