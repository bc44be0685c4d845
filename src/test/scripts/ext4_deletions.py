"""Makes and deletes files on a mounted file system: 'ext4_deletions.py MOUNTPOINT IMAGE COPY TRUTH'.

Some stay open while IMAGE, which the file system lies in, is copied to COPY. TRUTH gets a line of
JSON for each file that was deleted, and one for what was renamed."""
import hashlib
import json
import os
import shutil
import sys

mount, image, copy, truth = sys.argv[1:5]
records = []


def content(name, size):
    block = hashlib.sha256(name.encode()).hexdigest() + "\n"
    return (block * (size // len(block) + 1))[:size].encode()


def make(path, size):
    whole = os.path.join(mount, path)
    os.makedirs(os.path.dirname(whole), exist_ok=True)
    with open(whole, "wb") as file:
        file.write(content(path, size))


def tell(kind, path, **more):
    whole = os.path.join(mount, path)
    stat = os.lstat(whole)
    record = {"kind": kind, "path": "/" + path, "inode": stat.st_ino, "size": stat.st_size,
              "modified": stat.st_mtime_ns, "type": "directory" if os.path.isdir(whole) else "file"}
    if record["type"] == "file":
        with open(whole, "rb") as file:
            record["sha256"] = hashlib.sha256(file.read()).hexdigest()
    records.append(dict(record, **more))


def remove(kind, path):
    tell(kind, path)
    os.remove(os.path.join(mount, path))


def remove_tree(path):
    for folder, _, files in os.walk(os.path.join(mount, path), topdown=False):
        for name in sorted(files):
            remove("tree", os.path.relpath(os.path.join(folder, name), mount))
        tell("tree", os.path.relpath(folder, mount))
        os.rmdir(folder)


for i in range(8):
    make(f"plain/p{i}", 100 + 1500 * i)
    make(f"held/h{i}", 700 * i + 1)
    make(f"tree/a{i}/b/c{i}", 3000)
make("reused/large", 60_000)
make("renamed/old", 2000)
for i in range(120):
    make(f"many/a-name-that-fills-blocks-{i:03}", 10)
os.sync()
for i in (1, 3, 4, 6):
    remove("plain", f"plain/p{i}")
for i in range(20, 100, 3):
    remove("many", f"many/a-name-that-fills-blocks-{i:03}")
remove_tree("tree")
os.rename(os.path.join(mount, "renamed/old"), os.path.join(mount, "renamed/new"))
tell("renamed", "renamed/new", was="/renamed/old")
remove("reused", "reused/large")
os.sync()
for i in range(200):
    if os.statvfs(mount).f_bavail < 850:
        break
    make(f"reused/over{i}", 100_000)
    os.sync()
held = []
for i in (2, 5):
    held.append(open(os.path.join(mount, f"held/h{i}"), "rb"))
    remove("held", f"held/h{i}")
os.sync()
shutil.copyfile(image, copy)
for file in held:
    file.close()
with open(truth, "w") as out:
    for record in records:
        out.write(json.dumps(record, sort_keys=True) + "\n")
