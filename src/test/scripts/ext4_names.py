"""Names for the directories of ext4-directories.sh."""
import ctypes
import os
import random
import sys
import uuid

FILES = ["/many/file-%03d-%s" % (i, "x" * (i % 40)) for i in range(300)]
SMALL = ["/small/s%02d.txt" % i for i in range(12)]


def fill(root):
    for directory in ("many", "small", "renamed"):
        os.mkdir(root + "/" + directory)
    for name in FILES + SMALL:
        open(root + name, "w").close()
    for i in range(4):
        open(root + "/renamed/old%d" % i, "w").close()


def deletions():
    random.seed(9)
    for name in random.sample(FILES, 120) + [SMALL[i] for i in (0, 3, 4, 5, 11)]:
        print("rm " + name)
    print("unlink /renamed/old1")


def collisions(seed, root):
    """Pairs of names whose half MD4 is the same: a leaf that is split between them goes on."""
    library = ctypes.CDLL("libext2fs.so.2")
    words = (ctypes.c_uint32 * 4).from_buffer_copy(uuid.UUID(seed).bytes)
    found, minor = ctypes.c_uint32(), ctypes.c_uint32()
    seen, pairs = {}, []
    for i in range(1 << 21):
        name = b"two-names-with-the-same-hash-%07x" % i
        library.ext2fs_dirhash(1, name, len(name), words, ctypes.byref(found), ctypes.byref(minor))
        other = seen.setdefault(found.value, name)
        if other is not name:
            pairs += [other, name]
    random.seed(1)
    random.shuffle(pairs)
    os.mkdir(root + "/same")
    for name in pairs[:800]:
        open(root.encode() + b"/same/" + name, "w").close()


def folded_names():
    stems = ["Straße", "ΣΊΣΥΦΟΣ", "İstanbul", "ﬃnal", "Ångström", "ᎠᎡᎢ", "ǅ", "E\u0301te\u0301", "plain"]
    return ["%s-%03d" % (stems[i % len(stems)], i) for i in range(200)]


def casefold(work):
    """One directory of which debugfs sets the flag, and its files."""
    print("mkdir cf")
    print("sif cf flags 0x40080000")
    print("cd cf")
    open(work + "/nothing", "w").close()
    for name in folded_names():
        print("write %s/nothing %s" % (work, name))


if __name__ == "__main__":
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "casefolded":
        print("\n".join(folded_names()))
    else:
        {"fill": fill, "deletions": deletions, "collisions": collisions, "casefold": casefold}[what](*rest)
