#!/usr/bin/env python3
"""Changes a mounted container as one that ran does, always in the same way. Usage: deep-changes.py ROOT NUMBER"""
import os
import random
import sys

root, number = sys.argv[1], int(sys.argv[2])
chance = random.Random(number)
files = sorted(
    os.path.join(folder, name)
    for folder, _, names in os.walk(root)
    for name in names
    if not os.path.islink(os.path.join(folder, name))
)
many = number < 3
chosen = chance.sample(files, min(1500 if many else 16, len(files)))
for place, path in enumerate(chosen):
    if place % 3:
        os.unlink(path)
    elif place % 10 == 9:
        os.chmod(path, 0o700)
    else:
        with open(path, "ab") as out:
            out.write(b"changed\n")
for place in range(5000 if many else 40):
    folder = f"{root}/var/data/run{place % 29:02}/part{place % 13:02}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/rec-{place:05}.bin", "wb") as out:
        out.write(chance.randbytes(chance.choice([0, 10, 300, 4096, 12000])))
os.symlink("/usr", f"{root}/var/data/link")
os.mkfifo(f"{root}/var/data/fifo")
