#!/usr/bin/env python3
"""Runs the commands of the comparison in turn and prints one table. Called by Benchmarks/compare."""
import argparse
import datetime
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent


def measure(command, log):
    """Seconds, peak resident megabytes and exit status of a command."""
    with open(log, "wb") as output:
        began = time.monotonic()
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
    return seconds, usage.ru_maxrss / 1024, child.returncode


def main():
    parser = argparse.ArgumentParser()
    for name in ("runs", "rows", "peer-rows", "workbook-rows"):
        parser.add_argument(f"--{name}", type=int, required=True)
    for name in ("work", "leaverlink"):
        parser.add_argument(f"--{name}", required=True)
    given = parser.parse_args()
    work = pathlib.Path(given.work)
    plain, errors = work / f"plain-{given.rows}.csv", work / f"errors-{given.rows}.csv"
    workbook = work / f"plain-{given.workbook_rows}.xlsx"

    def prepare(export, configuration="leaverlink.yaml"):
        configuration = HERE / "config" / configuration
        return [given.leaverlink, "prepare", "--config", str(configuration), str(export), "--out", "OUT"]

    def peer(script, *arguments):
        return [sys.executable, str(HERE / "peers" / script), *map(str, arguments)]

    # Name, rows, command; OUT stands for an empty directory of its own.
    commands = [
        ("polars_prepare.py", given.rows, peer("polars_prepare.py", plain, "OUT")),
        ("leaverlink prepare", given.rows, prepare(plain)),
        ("leaverlink prepare, --errors", given.rows, prepare(errors)),
        ("polars_formats.py", given.rows, peer("polars_formats.py", plain, "OUT")),
        ("leaverlink prepare, six formats", given.rows, prepare(plain, "formats.yaml")),
        ("Frictionless, equal schema", given.peer_rows, peer("frictionless_schema.py", work / f"plain-{given.peer_rows}.csv")),
        ("leaverlink prepare, workbook", given.workbook_rows, prepare(workbook)),
        ("openpyxl, reading only", given.workbook_rows, peer("read_workbook.py", "openpyxl", workbook)),
        ("polars, reading only", given.workbook_rows, peer("read_workbook.py", "polars", workbook)),
    ]
    results = {name: [] for name, _, _ in commands}
    reached = None
    for turn in range(given.runs):
        for number, (name, rows, command) in enumerate(commands):
            out, log = work / f"out-{number}", work / f"log-{number}"
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            seconds, megabytes, status = measure([str(out) if part == "OUT" else part for part in command], log)
            print(f"run {turn + 1}: {name}: {seconds:.2f} s", file=sys.stderr)
            if status != 0:
                sys.exit(f"{name} ended with {status}; see {log}")
            results[name].append((seconds, megabytes))
            if name == "leaverlink prepare":
                reached = sum(int(number) for number in re.findall(r"^wrote .*: (\d+) pupils?\b", log.read_text(), re.M)) / rows
    base = statistics.median(seconds for seconds, _ in results["polars_prepare.py"]) / given.rows
    print(f"{datetime.date.today()}, {platform.machine()}, {os.cpu_count()} processors, median of {given.runs} runs\n")
    print("| command | rows | seconds | peak MB | time a row, polars_prepare.py = 1 |")
    print("|---|---:|---:|---:|---:|")
    for name, rows, _ in commands:
        seconds = statistics.median(one for one, _ in results[name])
        megabytes = max(one for _, one in results[name])
        print(f"| {name} | {rows:,} | {seconds:.2f} | {megabytes:,.0f} | {seconds / rows / base:.2f} |")
    formats = [statistics.median(one for one, _ in results[name])
               for name in ("leaverlink prepare, six formats", "polars_formats.py")]
    print(f"\nWith six formats leaverlink takes {formats[0] / formats[1]:.2f} times as long as polars_formats.py.")
    print(f"{reached:.2%} of the rows of the plain export reached a return.")


main()
