#!/usr/bin/env python3
"""What a data person would write instead, a format of its own for each authority: polars_formats.py EXPORT OUTDIR

As polars_prepare.py (shapes only), but of the six files two are CSV in different dialects, one UTF-16 with a head line and
a trailer with control totals, two workbooks, one XML. Nothing is read back. The peer for `prepare` with six formats.
"""
import sys
from xml.sax.saxutils import escape

import polars as pl

src, out = sys.argv[1], sys.argv[2]
frame = (
    pl.scan_csv(src, infer_schema=False)
    .with_columns(
        dob=pl.col("Date of Birth").str.strptime(pl.Date, "%d/%m/%Y", strict=False),
        start=pl.col("Start Date").str.strptime(pl.Date, "%d/%m/%Y", strict=False),
        ok=pl.col("UPN").str.contains(r"^[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]$")
        & pl.col("ULN").str.contains(r"^\d{10}$")
        & pl.col("Postcode").str.contains(r"^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$"),
    )
    .filter(pl.col("ok") & pl.col("dob").is_not_null())
    .select(
        "Home LA", "UPN", "ULN",
        pl.col("Legal Surname").str.to_uppercase().alias("Surname"),
        pl.col("Legal Forename").alias("Forename"),
        pl.col("dob").alias("DOB"),
        "Postcode",
        pl.col("Intended Destination").alias("IntDest"),
        pl.col("Guarantee Status").alias("Guarantee"),
        pl.col("Provider UKPRN").alias("UKPRN"), "Provider Name", "Course",
        pl.col("start").alias("Start"),
    )
    .collect(engine="streaming")
)


def part(code):
    return frame.filter(pl.col("Home LA") == code).drop("Home LA")


def texts(rows):
    return rows.with_columns(pl.col("DOB", "Start").dt.strftime("%d/%m/%Y"))


texts(part("341")).write_csv(f"{out}/341.csv", line_terminator="\r\n")

quoted = texts(part("343")).write_csv(separator=";", quote_style="always", line_terminator="\r\n")
with open(f"{out}/343.csv", "w", encoding="cp1252", newline="") as file:
    file.write(quoted)

rows = texts(part("344"))
with open(f"{out}/344.txt", "w", encoding="utf-16", newline="") as file:
    file.write("LEAVERS\t3414999\r\n")
    file.write(rows.write_csv(separator="\t", line_terminator="\r\n"))
    file.write(f"END\t{rows.height}\t{rows['ULN'].cast(pl.Int64).sum()}\r\n")

part("342").write_excel(f"{out}/342.xlsx", worksheet="Leavers")
part("340").write_excel(f"{out}/340.xlsx", worksheet="Intentions")

rows = texts(part("876"))
names = [name.replace(" ", "") for name in rows.columns]
with open(f"{out}/876.xml", "w", encoding="utf-8") as file:
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<Return><Leavers>')
    for row in rows.iter_rows():
        cells = (f"<{name}>{escape(cell)}</{name}>" for name, cell in zip(names, row) if cell)
        file.write(f"<Leaver>{''.join(cells)}</Leaver>\n")
    file.write("</Leavers></Return>\n")
