#!/usr/bin/env python3
"""What Timesketch takes of a timeline: each row that its importer would store, a JSON object a line.

Usage: timesketch_rows.py jsonl|csv FILE. Needs the packages timesketch (itself only), flask, pandas, pyyaml.
"""
import json
import sys

from timesketch.lib import utils

read = {"jsonl": utils.read_and_validate_jsonl, "csv": utils.read_and_validate_csv}[sys.argv[1]]
with open(sys.argv[2], "r", encoding="utf-8", errors="replace") as lines:  # as its tasks.py does
    for row in read(lines):
        kept = {name: row[name] for name in ("timestamp", "datetime", "timestamp_desc", "message")}
        print(json.dumps(kept))
