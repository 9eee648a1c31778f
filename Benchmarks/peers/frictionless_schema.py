#!/usr/bin/env python3
"""Frictionless with the checks that it has: frictionless_schema.py EXPORT

The shapes of polars_prepare.py as constraints of a schema, and that UPNs are unique. It has no check letters, no check
digits and no code sets by date; it writes nothing.
"""
import sys

from frictionless import Schema, system, validate

PATTERNS = {
    "UPN": r"[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]",
    "ULN": r"\d{10}",
    "Postcode": r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}",
}
DATES = ("Date of Birth", "Leaving Date", "Start Date")
CODES = {
    "Sex": ["F", "M"],
    "SEN Status": ["N", "K", "E"],
    "YSSA": ["YES", "NO"],
    "Home LA": ["340", "341", "342", "343", "344", "876"],
    "Intended Destination": ["111", "121", "211", "311", "321", "411", "511", "611"],
}


def field(name):
    if name in DATES:
        return {"name": name, "type": "date", "format": "%d/%m/%Y"}
    constraints = {}
    if name in PATTERNS:
        constraints["pattern"] = PATTERNS[name]
    if name in CODES:
        constraints["enum"] = CODES[name]
    if name == "UPN":
        constraints["unique"] = True
    return {"name": name, "type": "string", "constraints": constraints}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        names = file.readline().rstrip("\r\n").split(",")
    schema = Schema.from_descriptor({"fields": [field(name) for name in names]})
    with system.use_context(trusted=True):
        report = validate(sys.argv[1], schema=schema)
    print(report.stats["errors"], "errors")


main()
