#!/usr/bin/env python3
"""Makes an ext4 image of names, targets and times that readers of timelines may stumble over.

Usage: hostile_timeline.py IMAGE. Needs e2fsprogs.
"""
import os
import subprocess
import sys
import tempfile

NAMES = [
    "a\nb", "a\n0|c|1|r", "|", "a|", "\\", "\\\\", "\\|", "\\x0a", "\\x7c", "\\x5cx0a", "a\\",
    "%41", "%7c", "%", "\x1b[2J", '"', "'", "a,b", "a:b", " a", "a ", " ", "a -> b", " -> ", "->",
    "-> a", "a ->", "a \\x2d> b", "a (deleted)", "a (deleted-realloc)", "(deleted)", "#", "\r",
    "\t", "\x01", "\x7f", "\u0085", "\u00a0", "\u2028", "\u202e", "\ufeff", "\U0001f600", "\u00e9",
]
RAW = [b"\xff", b"\x80", b"\x85", b"\xc2", b"\xc0\xaf", b"\xed\xa0\x80", b"\\\x80", b"a\xe2\x82"]

# Seconds from 1970 on and nanoseconds; the years 1901 to 2446 are all that ext4 has.
TIMES = [
    (0, 0), (0, 1), (-1, 999999999), (-1, 0), (-1, 500000000), (-2, 1), (-(1 << 31), 0),
    ((1 << 31) - 1, 999999999), (1 << 31, 0), (1 << 32, 5), (9999999999, 999999999),
    (10000000000, 0), (15032385535, 999999999), (1763771129, 999999999), (1763771129, 123456789),
]


def stored(seconds, nanos):
    """The two 32-bit halves that ext4 has of a time."""
    low = seconds & 0xFFFFFFFF
    signed = low - (1 << 32) if low >> 31 else low
    return low, nanos << 2 | (seconds - signed) >> 32 & 3


def commands():
    for i, time in enumerate(TIMES):
        for j, field in enumerate(("atime", "mtime", "ctime", "crtime")):
            low, extra = stored(*TIMES[(i + j * (i % 3)) % len(TIMES)])
            yield f"set_inode_field /times/{i} {field} 0x{low:08x}"
            yield f"set_inode_field /times/{i} {field}_extra 0x{extra:08x}"
    for name in ("gone -> x", "gone", "gone link -> y", "gone (deleted)"):
        yield f'rm "/gone/{name}"'


def main(image):
    with tempfile.TemporaryDirectory() as tree:
        root = os.fsencode(tree)
        for folder in (b"names", b"links", b"times", b"gone"):
            os.mkdir(os.path.join(root, folder))
        names = [name.encode() for name in NAMES] + RAW
        for i, name in enumerate(names):
            open(os.path.join(root, b"names", name), "w").close()
            os.symlink(names[-1 - i], os.path.join(root, b"links", name))
        for i in range(len(TIMES)):
            open(os.path.join(root, b"times", b"%d" % i), "w").close()
        for name in (b"gone -> x", b"gone", b"gone (deleted)"):
            open(os.path.join(root, b"gone", name), "w").close()
        os.symlink(b"to -> z", os.path.join(root, b"gone", b"gone link -> y"))
        subprocess.run(
            ["mke2fs", "-q", "-F", "-t", "ext4", "-I", "256", "-d", tree, image, "4M"], check=True
        )
    script = "\n".join(commands()) + "\n"
    run = subprocess.run(
        ["debugfs", "-w", "-f", "-", image], input=script, text=True, capture_output=True
    )
    wrong = [line for line in run.stderr.splitlines() if not line.startswith("debugfs ")]
    if run.returncode or wrong:
        sys.exit("\n".join(wrong))


main(sys.argv[1])
