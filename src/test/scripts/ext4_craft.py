#!/usr/bin/env python3
"""Gives unmounted images what no kernel here writes; by debugfs where it can, else in the bytes.

  ext4_craft.py WHAT IMAGE
"""
import re
import struct
import subprocess
import sys


def debugfs(image, *commands):
    out = subprocess.run(["debugfs", "-w", "-f", "-", image], input="\n".join(commands) + "\n",
                         capture_output=True, text=True, check=True)
    return out.stdout


def features(image, *names):
    debugfs(image, "feature " + " ".join(names))


def flags(image, path, more):
    word = int(re.search(r"Flags: (0x[0-9a-f]+)", debugfs(image, "stat " + path)).group(1), 16)
    debugfs(image, "sif %s flags 0x%x" % (path, word | more))


def block_of(image, path, number=0):
    return int(debugfs(image, "bmap %s %d" % (path, number)).split()[-1])


def i_block(image, path):
    dump = debugfs(image, "inode_dump -b " + path)
    lines = [bytes.fromhex("".join(line[5:45].split())) for line in dump.splitlines() if re.match(r"^[0-9a-f]{4}  ", line)]
    raw = b"".join(lines) + 4 * lines[-1]  # what is like the last line is left out
    return struct.unpack("<15I", raw[:60])


def set_i_block(image, path, words):
    names = [str(i) for i in range(12)] + ["IND", "DIND", "TIND"]
    debugfs(image, *["sif %s block[%s] 0x%x" % (path, n, w) for n, w in zip(names, words)])


def project(image):
    """Project ids and quota files; the kernel here mounts neither."""
    subprocess.run(["tune2fs", "-O", "project", image], check=True, capture_output=True)
    debugfs(image, "sif /one projid 42", "sif /dir projid 4000000000")
    flags(image, "/dir", 0x20000000)
    subprocess.run(["tune2fs", "-Q", "usrquota,grpquota,prjquota", image], check=True, capture_output=True)
    subprocess.run(["e2fsck", "-fy", image], capture_output=True)  # counts what the projects have


def odd_bits(image):
    """Every bit that means nothing to a reader, and two files on the same blocks."""
    set_i_block(image, "/twin", i_block(image, "/more"))
    flags(image, "/some", 0x8fc2e7ff & ~0x200 & ~0x800 & ~0x80000 | 0x80000000)
    features(image, "dir_prealloc", "imagic_inodes", "lazy_bg", "FEATURE_C7", "snapshot_bitmap", "stable_inodes",
             "FEATURE_R2", "FEATURE_R7", "replica", "read-only", "shared_blocks")


def verity_size(image):
    debugfs(image, "sif /verity size 9000")


def verity(image):
    features(image, "verity")
    flags(image, "/verity", 0x100000)


def extra_sizes(image):
    debugfs(image, *["sif /extra%d extra_isize %d" % (n, n) for n in (0, 4, 12, 16, 20, 24, 28)])
    flags(image, "/huge", 0x40000)
    sectors = int(re.search(r"Blockcount: (\d+)", debugfs(image, "stat /huge")).group(1))
    debugfs(image, "sif /huge blocks %d" % (sectors // 2))


def hurd(image):
    debugfs(image, "sif /one translator 77", "sif /one author 1000", "sif /dir translator 78")


def compression(image):
    flags(image, "/some", 0x204)
    features(image, "compression")


def casefold(image):
    features(image, "casefold")
    with open(image, "r+b") as f:
        f.seek(1024 + 0x27c)
        f.write(struct.pack("<HH", 1, 1))
    flags(image, "/folded", 0x40000000)


def deep_extents(image):
    """A tree of five levels for /deep, its blocks taken from /spare; four extents at its bottom."""
    size = 1024
    blocks = [block_of(image, "/spare", i) for i in range(5)]
    words = i_block(image, "/deep")
    root = struct.pack("<15I", *words)
    magic, entries, _, depth = struct.unpack("<HHHH", root[:8])
    assert magic == 0xf30a and depth == 0 and entries == 4, (entries, depth)
    with open(image, "r+b") as f:
        leaf = struct.pack("<HHHHI", 0xf30a, entries, (size - 12) // 12, 0, 0) + root[12:]
        f.seek(blocks[4] * size)
        f.write(leaf.ljust(size, b"\0"))
        for level in range(4):
            node = struct.pack("<HHHHI", 0xf30a, 1, (size - 12) // 12, 4 - level, 0)
            node += struct.pack("<IIHH", 0, blocks[level + 1], 0, 0)
            f.seek(blocks[level] * size)
            f.write(node.ljust(size, b"\0"))
    top = struct.pack("<HHHHI", 0xf30a, 1, 4, 5, 0) + struct.pack("<IIHH", 0, blocks[0], 0, 0)
    set_i_block(image, "/deep", struct.unpack("<15I", top.ljust(60, b"\0")))
    debugfs(image, "unlink /spare")


def dirdata(image):
    """Lustre's file identifiers behind the names of /identified."""
    size = 1024
    block = block_of(image, "/identified")
    features(image, "dirdata")
    with open(image, "r+b") as f:
        f.seek(block * size)
        old = f.read(size)
        found, at = [], 0
        while at < size:
            inode, length, name_length, kind = struct.unpack_from("<IHBB", old, at)
            assert length >= 8
            if inode:
                found.append((inode, old[at + 8:at + 8 + name_length], kind))
            at += length
        new = b""
        for index, (inode, name, kind) in enumerate(found):
            fid = struct.pack(">QII", 0x200000401, index + 1, 0)
            more = b"\0" + bytes([len(fid) + 1]) + fid if index != 1 else b""
            used = (8 + len(name) + len(more) + 3) & ~3
            used = size - len(new) if index == len(found) - 1 else used
            new += (struct.pack("<IHBB", inode, used, len(name), kind | (0x10 if more else 0)) + name + more).ljust(used, b"\0")
        assert len(new) == size
        f.seek(block * size)
        f.write(new)


globals()[sys.argv[1].replace("-", "_")](sys.argv[2])
