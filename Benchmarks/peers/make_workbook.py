#!/usr/bin/env python3
"""The CSV export as a workbook of texts: make_workbook.py EXPORT.csv WORKBOOK.xlsx"""
import csv
import sys

import xlsxwriter

with xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True}) as workbook:
    sheet = workbook.add_worksheet("Leavers")
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file)):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
