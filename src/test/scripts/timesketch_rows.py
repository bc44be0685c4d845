#!/usr/bin/env python3
"""What Timesketch takes of a timeline: each row that its importer would store, a JSON object a line.

Usage: timesketch_rows.py jsonl|csv FILE. Needs the packages timesketch (itself only), flask, pandas, pyyaml.
A warning of the importer ends it with status 1.
"""
import codecs
import json
import logging
import sys

from timesketch.lib import utils


class Heard(logging.Handler):
    count = 0

    def emit(self, record):
        Heard.count += 1
        print(record.getMessage(), file=sys.stderr)


logging.getLogger("timesketch").addHandler(Heard())
read = {"jsonl": utils.read_and_validate_jsonl, "csv": utils.read_and_validate_csv}[sys.argv[1]]
with codecs.open(sys.argv[2], "r", encoding="utf-8", errors="strict") as lines:
    for row in read(lines):
        kept = {name: row[name] for name in ("timestamp", "datetime", "timestamp_desc", "message")}
        print(json.dumps(kept))
sys.exit(1 if Heard.count else 0)
