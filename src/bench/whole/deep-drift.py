#!/usr/bin/env python3
"""Tells, in JSON lines, what every container of deep-container.sh changed, by what the kernel shows.

Usage: deep-drift.py ROOT FILE.mounts

Mounts each container and what it began with, walks both, and hashes both sides of each file whose
metadata differ. Needs root; ROOT is where the disk is mounted.
"""
import hashlib
import json
import os
import stat
import subprocess
import sys
import tempfile

FIELDS = "st_mode st_uid st_gid st_size st_mtime_ns st_rdev".split()


def digest(path):
    whole = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()


def walk(top):
    found = {"/": os.lstat(top)}
    for folder, directories, names in os.walk(top):
        for name in directories + names:
            path = os.path.join(folder, name)
            found[path[len(top) :]] = os.lstat(path)
    return found


def side(top, path, status):
    if status is None:
        return None
    known = {field: getattr(status, field) for field in FIELDS}
    if stat.S_ISREG(status.st_mode):
        known["sha256"] = digest(top + path)
    return known


def shown(status):
    return [getattr(status, field) for field in FIELDS if field != "st_size" or not stat.S_ISDIR(status.st_mode)]


def compare(container, began, now):
    first, last = walk(began), walk(now)
    for path in sorted(first.keys() | last.keys()):
        before, after = first.get(path), last.get(path)
        if before and after and shown(before) == shown(after):
            continue
        row = {"container": container, "path": path, "lower": side(began, path, before), "upper": side(now, path, after)}
        print(json.dumps(row))


def main():
    root, mounts = sys.argv[1:3]
    mount = os.path.join(os.path.dirname(os.path.abspath(__file__)), "deep-mount.sh")
    with tempfile.TemporaryDirectory() as work:
        began, now = work + "/began", work + "/now"
        os.mkdir(began)
        os.mkdir(now)
        for name in sorted(os.listdir(mounts)):
            container, kind = name.split(".")
            if kind == "upper":
                described = os.path.join(os.path.abspath(mounts), container)
                subprocess.run([mount, root, described, began, "lower"], check=True)
                subprocess.run([mount, root, described, now], check=True)
                compare(container, began, now)
                subprocess.run(["umount", began, now], check=True)


main()
