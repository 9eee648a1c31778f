#!/usr/bin/env python3
"""Reads every cell of a workbook and does nothing with it: read_workbook.py openpyxl|polars WORKBOOK.xlsx"""
import sys


def with_openpyxl(path):
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    return sum(1 for _ in sheet.iter_rows(values_only=True))


def with_polars(path):
    import polars

    return polars.read_excel(path, engine="calamine", infer_schema_length=0).height + 1


print({"openpyxl": with_openpyxl, "polars": with_polars}[sys.argv[1]](sys.argv[2]), "rows")
