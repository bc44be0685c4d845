#!/usr/bin/env python3
"""Fills a directory with COUNT files and directories, always the same ones.

Usage: many-inodes.py DIRECTORY COUNT layers|directories|files
"""
import os
import random
import sys

SIZES = [0, 50, 400, 1500, 3000, 5000, 9000, 20000]
STEMS = ["lib", "file", "module", "conf", "x"]
ENDS = ["so", "py", "conf", "js", "txt", "pyc"]


class Layers:
    def __init__(self, top, count):
        self.random = random.Random(4)
        self.bytes = self.random.randbytes(max(SIZES))
        self.left = count
        self.top = top

    def made(self):
        self.left -= 1
        return self.left > 0

    def file(self, path):
        if self.random.random() < 0.06:
            os.symlink("../target-%d" % self.left, path)
            return
        with open(path, "wb") as out:
            if self.random.random() < 0.3:
                out.write(self.bytes[: self.random.choice(SIZES)])

    def directory(self, path, depth):
        os.mkdir(path)
        for number in range(self.random.randrange(6, 18)):
            if not self.made():
                return
            stem = self.random.choice(STEMS)
            middle = self.random.randrange(10 ** self.random.randrange(2, 12))
            self.file(f"{path}/{stem}-{middle}{number}.{self.random.choice(ENDS)}")
        for number in range(self.random.randrange(0, 4 if depth > 2 else 6) if depth < 6 else 0):
            if not self.made():
                return
            self.directory(f"{path}/dir{self.random.randrange(1000)}-{number}", depth + 1)

    def fill(self):
        os.mkdir(self.top + "/snapshots")
        layer = 0
        while self.left > 0:
            layer += 1
            os.mkdir(f"{self.top}/snapshots/{layer}")
            self.made()
            self.directory(f"{self.top}/snapshots/{layer}/fs", 0)
            self.made()


def main():
    top, count, shape = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if shape == "layers":
        Layers(top, count).fill()
        return
    os.mkdir(top + "/many")
    for number in range(count):
        if shape == "directories":
            os.mkdir(f"{top}/many/container-{number:07}")
        else:
            os.close(os.open(f"{top}/many/file-{number:07}", os.O_CREAT | os.O_WRONLY, 0o644))


main()
