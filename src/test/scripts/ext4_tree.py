#!/usr/bin/env python3
"""Fills a mounted file system with every kind of file, or lists one as the kernel shows it.

  ext4_tree.py fill DIR [KIND...]   kinds: plain names holes fragments far large attributes acl
                                           big-attributes times tiny index encrypted
                                           ahead twin verity extra folded deep identified
  ext4_tree.py list DIR             JSON lines, as the nodes' listings are
"""
import ctypes
import fcntl
import hashlib
import json
import os
import random
import stat
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)


class Timestamp(ctypes.Structure):
    _fields_ = [("sec", ctypes.c_int64), ("nsec", ctypes.c_uint32), ("pad", ctypes.c_int32)]


class Statx(ctypes.Structure):
    _fields_ = [("mask", ctypes.c_uint32), ("head", ctypes.c_uint8 * 60), ("atime", Timestamp),
                ("btime", Timestamp), ("ctime", Timestamp), ("mtime", Timestamp), ("tail", ctypes.c_uint8 * 256)]


def born(path):
    out = Statx()
    if libc.statx(-100, path, 0x100, 0xfff, ctypes.byref(out)) or not out.mask & 0x800:
        return None
    return out.btime.sec * 10**9 + out.btime.nsec


def text(raw):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in raw)


def row(path, shown):
    st = os.lstat(path)
    kinds = {stat.S_IFREG: "f", stat.S_IFDIR: "d", stat.S_IFLNK: "l", stat.S_IFCHR: "c",
             stat.S_IFBLK: "b", stat.S_IFIFO: "p", stat.S_IFSOCK: "s"}
    kind = kinds[stat.S_IFMT(st.st_mode)]
    out = {"path": text(shown), "type": kind, "mode": "%04o" % stat.S_IMODE(st.st_mode), "uid": st.st_uid,
           "gid": st.st_gid, "size": st.st_size, "nlink": st.st_nlink, "ino": st.st_ino,
           "blocks": st.st_blocks, "mtime": st.st_mtime_ns, "ctime": st.st_ctime_ns, "atime": st.st_atime_ns}
    if born(path) is not None:
        out["btime"] = born(path)
    if kind in "cb":
        out["rdev"] = "%d:%d" % (os.major(st.st_rdev), os.minor(st.st_rdev))
    if kind == "l":
        out["target"] = text(os.readlink(path))
    names = os.listxattr(path, follow_symlinks=False)
    if names:
        out["xattrs"] = {n: os.getxattr(path, n, follow_symlinks=False).hex() for n in sorted(names)}
    if kind == "f" and st.st_size <= 4 << 30:
        sha = hashlib.sha256()
        with open(path, "rb") as f:
            while piece := f.read(1 << 20):
                sha.update(piece)
        out["sha256"] = sha.hexdigest()
    return out


def listing(root):
    print(json.dumps(row(root, b"/")))
    todo = [(root, b"")]
    while todo:
        directory, shown = todo.pop()
        for name in sorted(os.listdir(directory)):
            path = directory + b"/" + name
            print(json.dumps(row(path, shown + b"/" + name)))
            if stat.S_ISDIR(os.lstat(path).st_mode):
                todo.append((path, shown + b"/" + name))


def write(path, data, at=0):
    fd = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    os.pwrite(fd, data, at)
    os.close(fd)


def noise(count, seed):
    """Bytes that are nowhere the same and yet compress well."""
    piece = random.Random(seed).randbytes(24)
    return b"".join(piece + struct.pack("<Q", i) for i in range(count // 32 + 1))[:count]


def plain(d):
    write(d + b"/empty", b"")
    write(d + b"/one", b"one line\n")
    write(d + b"/some", noise(5000, 1))
    write(d + b"/more", noise(70000, 2))
    os.mkdir(d + b"/dir")
    os.mkdir(d + b"/dir/inner")
    write(d + b"/dir/inner/file", b"deep\n")
    os.link(d + b"/one", d + b"/dir/linked")
    for length in (1, 58, 59, 60, 61, 200, 900):
        os.symlink(b"t" * length, d + b"/link%d" % length)
    os.mknod(d + b"/old-device", 0o600 | stat.S_IFCHR, os.makedev(1, 3))
    os.mknod(d + b"/new-device", 0o640 | stat.S_IFBLK, os.makedev(300, 70000))
    os.mknod(d + b"/whiteout", stat.S_IFCHR, 0)
    os.mkfifo(d + b"/pipe")
    os.mknod(d + b"/socket", 0o755 | stat.S_IFSOCK)
    write(d + b"/special", b"x")
    os.chown(d + b"/special", 70001, 4294967294)
    os.chmod(d + b"/special", 0o6755)
    os.chmod(d + b"/dir/inner", 0o1777)


def names(d):
    os.mkdir(d + b"/names")
    for name in (b"\xff\xfe", "\u00e4\u00f6".encode(), b"with\nnewline", b"back\\slash", b"n" * 255, b"...", b".hidden", b"\x01"):
        write(d + b"/names/" + name, name)


def holes(d):
    write(d + b"/sparse", b"end", 3_000_000)
    write(d + b"/sparse", b"middle", 1_000_000)
    os.truncate(d + b"/sparse", 5_000_000)
    fd = os.open(d + b"/reserved", os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        os.posix_fallocate(fd, 0, 300_000)
        os.pwrite(fd, b"written" * 1000, 100_000)
    except OSError:
        pass
    os.close(fd)


def fragments(d):
    block = os.statvfs(d).f_bsize
    fd = os.open(d + b"/fragments", os.O_WRONLY | os.O_CREAT, 0o644)
    for i in range(700):
        os.pwrite(fd, noise(64, i), i * 2 * block)
        if i % 50 == 0:
            os.fsync(fd)
    os.close(fd)


def far(d):
    """Data behind single, double and triple indirect blocks."""
    for i, at in enumerate((0, 11 << 10, 13 << 10, 280 << 10, 70 << 20)):
        write(d + b"/far", b"at %d" % at, at)


def large(d):
    write(d + b"/large", b"behind four gigabytes", (4 << 30) + 12345)


def attributes(d):
    write(d + b"/attributes", b"a")
    p = d + b"/attributes"
    os.setxattr(p, "user.note", b"short")
    os.setxattr(p, "user.empty", b"")
    os.setxattr(p, "user.binary", bytes(range(256)))
    os.setxattr(p, "trusted.overlay.opaque", b"y")
    os.setxattr(p, "trusted.overlay.redirect", b"/else/where")
    os.setxattr(p, "security.capability", bytes.fromhex("0100000200040000000000000000000000000000"))
    for i in range(3):
        q = d + b"/shared%d" % i
        write(q, b"")
        os.setxattr(q, "user.shared", b"s" * 400)
    os.mkdir(d + b"/attributes-dir")
    os.setxattr(d + b"/attributes-dir", "trusted.overlay.opaque", b"y")
    os.setxattr(d + b"/link60", "trusted.note", b"of a link", follow_symlinks=False)
    os.setxattr(d + b"/link58", "trusted.note", b"f" * 300, follow_symlinks=False)


def acl(d):
    entries = [(1, 7, -1), (2, 5, 1234), (4, 5, -1), (8, 4, 80000), (16, 5, -1), (32, 4, -1)]
    value = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *e) for e in entries)
    write(d + b"/acl", b"")
    os.setxattr(d + b"/acl", "system.posix_acl_access", value)
    os.mkdir(d + b"/acl-dir")
    os.setxattr(d + b"/acl-dir", "system.posix_acl_default", value)
    write(d + b"/acl-dir/child", b"")


def big_attributes(d):
    for i, size in enumerate((3000, 9000, 60000)):
        p = d + b"/big%d" % i
        write(p, b"")
        os.setxattr(p, "user.big", noise(size, 77 + i))
        os.setxattr(p, "user.small", b"beside")
    os.symlink(b"short", d + b"/big-link")
    os.setxattr(d + b"/big-link", "trusted.big", noise(7000, 99), follow_symlinks=False)


def times(d):
    for i, seconds in enumerate((-1, -2**31, 0, 1, 2**31 - 1, 2**31, 2**32, 2**33 + 5, 2**34 - 2**31 - 1)):
        p = d + b"/time%d" % i
        write(p, b"")
        os.utime(p, ns=(seconds * 10**9 + 123456789, seconds * 10**9 + 987654321))


def tiny(d):
    """Around what fits into an inode."""
    for size in (1, 59, 60, 61, 80, 100, 130, 160, 161, 200, 400, 800, 900):
        write(d + b"/tiny%d" % size, noise(size, size))
    for count in (0, 1, 3, 4, 5, 8, 20):
        os.mkdir(d + b"/tiny-dir%d" % count)
        for i in range(count):
            write(d + b"/tiny-dir%d/e%d" % (count, i), b"")
    os.unlink(d + b"/tiny-dir5/e0")
    write(d + b"/tiny-attributes", b"z" * 70)
    os.setxattr(d + b"/tiny-attributes", "user.note", b"beside inline data")


def index(d):
    """Enough long names for a hash tree of two levels where blocks have 1 KiB."""
    os.mkdir(d + b"/index")
    name = d + b"/index/" + b"long-" * 40 + b"%04d"
    for i in range(900):
        os.link(d + b"/one", name % i)
    for i in range(0, 900, 7):
        os.unlink(name % i)
    os.mkdir(d + b"/index-bytes")
    for i in range(200):
        write(d + b"/index-bytes/" + bytes([0xc3, 0x80 + i % 64]) * (i // 8 + 1) + b"%d" % i, b"")


def ahead(d):
    """Blocks laid out and not written: behind the end, in the middle, and freed again."""
    for name, mode, at, count in ((b"behind", 1, 9000, 40000), (b"unwritten", 0, 0, 30000), (b"punched", 3, 8192, 16384)):
        p = d + b"/ahead-" + name
        write(p, noise(50000 if mode == 3 else 9000, mode + 5))
        fd = os.open(p, os.O_RDWR)
        assert libc.fallocate(fd, mode, ctypes.c_int64(at), ctypes.c_int64(count)) == 0
        os.close(fd)


def twin(d):
    write(d + b"/twin", noise(70000, 2))


def verity(d):
    """A file of 9,000 bytes with its Merkle tree and descriptor where the kernel puts them; the size comes later."""
    block, content = 4096, noise(9000, 3)
    leaves = [content[i:i + block].ljust(block, b"\0") for i in range(0, len(content), block)]
    tree = b"".join(hashlib.sha256(leaf).digest() for leaf in leaves).ljust(block, b"\0")
    descriptor = struct.pack("<BBBBIQ", 1, 1, 12, 0, 0, len(content)) + hashlib.sha256(tree).digest().ljust(64, b"\0")
    descriptor = descriptor.ljust(256, b"\0")
    write(d + b"/verity", content)
    write(d + b"/verity", tree + descriptor.ljust(block - 4, b"\0") + struct.pack("<I", len(descriptor)), 65536)


def extra(d):
    for size in (0, 4, 12, 16, 20, 24, 28):
        write(d + b"/extra%d" % size, b"extra")
        os.utime(d + b"/extra%d" % size, ns=((2**33 + size) * 10**9 + 123456789, (2**32 + size) * 10**9 + 987654321))
    write(d + b"/huge", noise(70000, 4))


def folded(d):
    os.mkdir(d + b"/folded")
    for name in ("Stra\u00dfe", "CASE", "Mixed Case.txt", "\u00c5ngstr\u00f6m", "plain"):
        write(d + b"/folded/" + name.encode(), name.encode())


def deep(d):
    for i in (0, 20, 40, 60):
        write(d + b"/deep", noise(1024, i), i * 1024)
    write(d + b"/spare", noise(5 * 1024, 9))
    os.mkdir(d + b"/after")


def identified(d):
    os.mkdir(d + b"/identified")
    for i in range(12):
        write(d + b"/identified/%s%d" % (b"n" * i, i), b"%d" % i)
    os.symlink(b"n1", d + b"/identified/link")


def encrypted(d):
    """A directory whose names need a key; the key is forgotten with the mount."""
    os.mkdir(d + b"/encrypted")
    top, fd = os.open(d, os.O_RDONLY), os.open(d + b"/encrypted", os.O_RDONLY)
    key = bytearray(struct.pack("<II32sII32s", 2, 0, b"", 64, 0, b"") + bytes(range(64)))
    fcntl.ioctl(top, 0xc0506617, key, True)
    fcntl.ioctl(fd, 0x800c6613, struct.pack("<BBBBB3s16s", 2, 1, 4, 3, 0, b"", bytes(key[8:24])))
    os.close(fd)
    os.close(top)
    for i in range(40):
        os.symlink(b"target%d" % i, d + b"/encrypted/link%d" % i)
        os.mkdir(d + b"/encrypted/" + b"long" * 45 + b"%d" % i)
    os.symlink(b"longer" * 40, d + b"/encrypted/long-link")


def main():
    command, directory = sys.argv[1], os.fsencode(sys.argv[2])
    if command == "list":
        listing(directory)
        return
    for kind in sys.argv[3:]:
        globals()[kind.replace("-", "_")](directory)


main()
