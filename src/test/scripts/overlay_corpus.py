"""What the kernel's overlayfs makes of every pair of operations, and what it shows then.

'overlay_corpus.py OUT [NAME...]' makes the corpora 'pairs', 'stack' and 'marks': NAME.img.xz is a
file system with all layers, NAME.json says of which of them each view was mounted, and with what
options, and NAME-VIEW.jsonl.xz is what the kernel showed in that view: a line of JSON for each path.
A listing over that of another view has those lines only that are not the same there, and of what is
not there any more a line that says 'gone'. Needs root, e2fsprogs, and a kernel with overlayfs.

Every pair is a directory of its own in the same layers:
  low         what the bottom layer has
  mid         changed by an overlay over it
  OPTIONS-a   upper layer in which the first operation was done
  OPTIONS-b   upper layer over a, in which the second was done
  OPTIONS-ab  upper layer over mid, in which both were done
"""
import ctypes
import errno
import hashlib
import json
import lzma
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile

SETS = {
    "plain": "redirect_dir=nofollow,metacopy=off,index=off",
    "redirect": "redirect_dir=on,metacopy=off,index=off",
    "metacopy": "redirect_dir=on,metacopy=on,index=off",
    "rootless": "userxattr,index=off",
    "index": "redirect_dir=on,metacopy=off,index=on,nfs_export=on",
}
PACKED = 6
DEPTHS = (2, 3, 4, 8, 16, 32, 64, 128)
LIBC = ctypes.CDLL(None, use_errno=True)
AT_FDCWD = -100
NO_FOLLOW = 0x100
ALL_FIELDS = 0xFFF
RENAME_EXCHANGE = 2



def space_of(options):
    return "user" if "userxattr" in options else "trusted"


# --- the operations: of a path, as what it is there ---


def put(path, text):
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    os.write(handle, text.encode())
    os.close(handle)


def is_dir(path):
    return os.path.isdir(path) and not os.path.islink(path)


def inside(path, name):
    """A name in a directory, or what is there itself."""
    return os.path.join(path, name) if is_dir(path) else path


def beside(path):
    """What is there to take the place of, or to change places with."""
    other = os.path.join(os.path.dirname(path), "o")
    return other if os.path.lexists(other) else os.path.join(os.path.dirname(path), "m")


def remove(path):
    if is_dir(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


def write(path):
    with open(inside(path, "x"), "ab") as file:
        file.write(b"and more\n")


def set_attribute(path):
    os.setxattr(path, "user.note", b"set", follow_symlinks=False)
    os.setxattr(path, SPACE + ".overlay.opaque", b"y", follow_symlinks=False)


def exchange(path):
    if LIBC.renameat2(AT_FDCWD, os.fsencode(path), AT_FDCWD, os.fsencode(beside(path)),
                      RENAME_EXCHANGE) != 0:
        raise OSError(ctypes.get_errno(), "renameat2", path)


def link(path):
    source = inside(path, "x")
    os.link(source, source + ".l", follow_symlinks=False)


def make_dir(path):
    os.mkdir(path)
    put(os.path.join(path, "x"), "in a new directory\n")


def anew(path, make):
    """Makes something in a directory, else in place of what is there."""
    at = inside(path, "k")
    remove(at)
    make(at)


def recreate(path):
    was_dir = is_dir(path)
    remove(path)
    if was_dir:
        os.mkdir(path)
        put(os.path.join(path, "again"), "again\n")
    else:
        put(path, "made again\n")


OPERATIONS = {
    "create": lambda p: put(inside(p, "n"), "created\n"),
    "write": write,
    "truncate": lambda p: os.truncate(p, 5000),
    "touch": lambda p: os.utime(p, ns=(10**18, 10**18 + 123456789), follow_symlinks=False),
    "chmod": lambda p: os.chmod(p, 0o4751),
    "chown": lambda p: os.chown(p, 1234, 70000, follow_symlinks=False),
    "setxattr": set_attribute,
    "unlink": lambda p: os.unlink(inside(p, "x")),
    "rmdir": shutil.rmtree,
    "mkdir": make_dir,
    "rename": lambda p: os.rename(p, p + ".r"),
    "renameover": lambda p: os.rename(p, beside(p)),
    "exchange": exchange,
    "link": link,
    "symlink": lambda p: anew(p, lambda at: os.symlink("/etc/target", at)),
    "mknod": lambda p: anew(p, lambda at: os.mknod(at, stat.S_IFCHR | 0o600, os.makedev(1, 3))),
    "recreate": recreate,
}
SPACE = "trusted"

# what a name may be for an operation, and what it is then: File, Directory, Other or missing (-)
EFFECT = {
    "create": {"D": "D", "-": "F"},
    "write": {"F": "F", "D": "D"},
    "truncate": {"F": "F"},
    "touch": {"F": "F", "D": "D", "O": "O"},
    "chmod": {"F": "F", "D": "D"},
    "chown": {"F": "F", "D": "D", "O": "O"},
    "setxattr": {"F": "F", "D": "D"},
    "unlink": {"F": "-", "D": "D", "O": "-"},
    "rmdir": {"D": "-"},
    "mkdir": {"-": "D"},
    "rename": {"F": "-", "D": "-", "O": "-"},
    "renameover": {"F": "-", "D": "-", "O": "-"},
    "exchange": {"F": "F", "D": "D", "O": "F"},
    "link": {"F": "F", "D": "D", "O": "O"},
    "symlink": {"F": "O", "D": "D", "-": "O"},
    "mknod": {"F": "O", "D": "D", "-": "O"},
    "recreate": {"F": "F", "D": "D", "-": "F"},
}


def cases():
    """(scene, first, its path, second, its path) of all that is possible."""
    for first, effects in EFFECT.items():
        for scene in "FD-":
            if scene not in effects:
                continue
            after = effects[scene]
            places = [("t", after)]
            if first == "rename":
                places.append(("t.r", scene))
            if first == "renameover":
                places.append(("o", scene))
            if scene == "D":
                child = {"rename": "t.r/x", "renameover": "o/x", "exchange": "o/x"}.get(first, "t/x")
                gone = first in ("unlink", "recreate")
                if first != "rmdir":
                    places.append((child, "-" if gone else "F"))
            for place, kind in places:
                for second, more in EFFECT.items():
                    if kind in more:
                        yield scene, first, "t", second, place
    for first, effects in EFFECT.items():
        if "F" in effects:
            for second, more in EFFECT.items():
                if "D" in more:
                    yield "D", first, "t/x", second, "t"


def case_name(case):
    scene, first, at, second, to = case
    return "-".join(["NFD"["-FD".index(scene)], first, at, second, to]).replace("/", "_")


# --- layers ---


def sh(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr}")


class Disk:
    """A file system in a file, and one overlay on it at a time."""

    def __init__(self, work, megabytes, inodes):
        self.image = os.path.join(work, "image")
        self.at = os.path.join(work, "disk")
        self.merged = os.path.join(work, "merged")
        os.mkdir(self.at)
        os.mkdir(self.merged)
        with open(self.image, "wb") as file:
            file.truncate(megabytes << 20)
        sh("mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", "-N", str(inodes), "-m", "0", "-O",
           "^has_journal,^metadata_csum,^resize_inode,inline_data", "-E", "lazy_itable_init=0",
           self.image)
        sh("mount", "-o", "loop,noatime", self.image, self.at)

    def path(self, name):
        return os.path.join(self.at, name)

    def make(self, *names):
        for name in names:
            os.mkdir(self.path(name))

    def overlay(self, options, lowers, upper=None):
        """Mounts; directories by relative names, because many must fit into a page."""
        words = "lowerdir=" + ":".join(lowers)
        if upper is not None:
            words += f",upperdir={upper},workdir=w-{upper}"
        sh("sh", "-c", 'cd "$1" && exec mount -i -t overlay -o "$2" overlay "$3"', "sh", self.at,
           words + "," + options, self.merged)
        return self

    def __enter__(self):
        return self.merged

    def __exit__(self, *_):
        sh("umount", self.merged)

    def keep(self, out):
        sh("umount", self.at)
        sh("e2fsck", "-fn", self.image)
        with open(self.image, "rb") as file, lzma.open(out, "wb", preset=PACKED) as packed:
            shutil.copyfileobj(file, packed)


# --- what the kernel shows ---


def escaped(name):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else f"\\x{b:02x}" for b in name)


def time_at(buffer, offset):
    seconds = int.from_bytes(buffer[offset:offset + 8], sys.byteorder, signed=True)
    return seconds * 10**9 + int.from_bytes(buffer[offset + 8:offset + 12], sys.byteorder)


def row(path):
    """All fields of a path; 'struct statx' has the time of birth, which Python does not tell."""
    raw = ctypes.create_string_buffer(256)
    if LIBC.statx(AT_FDCWD, path, NO_FOLLOW, ALL_FIELDS, raw) != 0:
        return {"error": errno.errorcode[ctypes.get_errno()]}
    buffer = raw.raw
    found = os.lstat(path)
    kind = {stat.S_IFREG: "f", stat.S_IFDIR: "d", stat.S_IFLNK: "l", stat.S_IFCHR: "c",
            stat.S_IFBLK: "b", stat.S_IFIFO: "p", stat.S_IFSOCK: "s"}[stat.S_IFMT(found.st_mode)]
    fields = {"type": kind, "mode": f"{stat.S_IMODE(found.st_mode):04o}", "uid": found.st_uid,
              "gid": found.st_gid, "size": found.st_size, "nlink": found.st_nlink,
              "mtime": found.st_mtime_ns, "ctime": found.st_ctime_ns, "btime": time_at(buffer, 80)}
    if kind in "cb":
        fields["rdev"] = f"{os.major(found.st_rdev)}:{os.minor(found.st_rdev)}"
    if kind == "l":
        fields["target"] = escaped(os.readlink(path))
    if kind == "f":
        with open(path, "rb") as file:
            fields["sha256"] = hashlib.sha256(file.read()).hexdigest()
    xattrs = {name: os.getxattr(path, name, follow_symlinks=False).hex()
              for name in os.listxattr(path, follow_symlinks=False)}
    if xattrs:
        fields["xattrs"] = xattrs
    return fields


def listing(root):
    """Fields by path. What is listed but cannot be looked up has an error."""
    rows = {}
    todo = [b"/"]
    while todo:
        path = todo.pop()
        whole = os.fsencode(root) + path
        fields = row(whole)
        rows[escaped(path)] = fields
        if fields.get("type") == "d":
            todo += [os.path.join(path, name) for name in os.listdir(whole)]
    return rows


class Views:
    """The listings of a set."""

    def __init__(self, out, name):
        self.out, self.name, self.rows, self.told = out, name, {}, {}

    def add(self, view, disk, options, layers, upper=False, over=None, before=None):
        """Mounts and lists; BEFORE is the view that its topmost layer changed."""
        lowers, top = (layers[1:], layers[0]) if upper else (layers, None)
        with disk.overlay(options, lowers, top) as root:
            rows = listing(root)
        self.rows[view] = rows
        self.told[view] = {"layers": layers, "over": over, "before": before, "paths": len(rows),
                           "options": options, "space": space_of(options)}
        below = self.rows.get(over, {})
        lines = [{"path": p, **rows[p]} for p in sorted(rows) if below.get(p) != rows[p]]
        lines += [{"path": p, "gone": True} for p in sorted(below) if p not in rows]
        text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
        path = os.path.join(self.out, f"{self.name}-{view}.jsonl.xz")
        with lzma.open(path, "wb", preset=PACKED) as packed:
            packed.write(text.encode())

    def keep(self, **more):
        with open(os.path.join(self.out, self.name + ".json"), "w", encoding="ascii") as file:
            json.dump({"views": self.told, **more}, file, indent=1, sort_keys=True)
            file.write("\n")


def do(root, case, which):
    scene, first, at, second, to = case
    operation, place = (first, at) if which == 0 else (second, to)
    path = os.path.join(root, case_name(case), place)
    try:
        OPERATIONS[operation](path)
        return None
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error.errno))


def make_scene(root, scene):
    os.mkdir(root)
    if scene == "D":
        for name in ("t", "t/s", "o"):
            os.mkdir(os.path.join(root, name))
        for name in ("t/x", "t/s/z"):
            put(os.path.join(root, name), "below\n")
    else:
        if scene == "F":
            put(os.path.join(root, "t"), "below\n")
        put(os.path.join(root, "o"), "other\n")


def pairs(work, out):
    """All pairs of operations, with each set of mount options."""
    disk = Disk(work, 44, 44000)
    disk.make("low", "mid", "w-mid")
    every = list(cases())
    for case in every:
        make_scene(os.path.join(disk.path("low"), case_name(case)), case[0])
    with disk.overlay(SETS["plain"], ["low"], "mid") as root:
        for case in every:
            if case[0] == "D":
                where = os.path.join(root, case_name(case), "t")
                put(os.path.join(where, "m"), "middle\n")
                write(where)
    views = Views(out, "pairs")
    refused = {}
    linked = [case for case in every if "link" in case]
    for name, options in SETS.items():
        # an index changes nothing but what becomes of hard links
        pairs_with(disk, name, options, linked if name == "index" else every, views, refused)
    disk.keep(os.path.join(out, "pairs.img.xz"))
    views.keep(cases=len(every), refused=refused)


def pairs_with(disk, name, options, every, views, refused):
    global SPACE
    SPACE = space_of(options)
    a, b, ab = name + "-a", name + "-b", name + "-ab"
    disk.make(a, b, ab, "w-" + a, "w-" + b, "w-" + ab)
    for upper, lowers, steps in ((a, ["mid", "low"], [0]), (b, [a, "mid", "low"], [1]),
                                 (ab, ["mid", "low"], [0, 1])):
        with disk.overlay(options, lowers, upper) as root:
            for case in every:
                for step in steps:
                    error = do(root, case, step)
                    if error:
                        counts = refused.setdefault(upper, {})
                        counts[error] = counts.get(error, 0) + 1
    base = name + "-base"
    views.add(base, disk, options, ["mid", "low"], over=None if name == "plain" else "plain-base")
    views.add(ab, disk, options, [ab, "mid", "low"], True, base, base)
    views.add(a, disk, options, [a, "mid", "low"], False, base, base)
    views.add(b, disk, options, [b, a, "mid", "low"], True, a, a)


def stack(work, out):
    """A stack of 128 layers, each with some changes."""
    chance = random.Random(128)
    options = SETS["metacopy"]
    disk = Disk(work, 12, 6000)
    deepest = DEPTHS[-1]
    names = [str(i) for i in range(deepest)]
    disk.make(*names, *["w-" + name for name in names[1:]])
    where = os.path.join
    for letter in "abcdefgh":
        make_scene(where(disk.path("0"), letter), "D")
    views = Views(out, "stack")
    over = None
    for i in range(1, deepest):
        with disk.overlay(options, names[i - 1::-1], names[i]) as root:
            for _ in range(20):
                place = where(root, chance.choice("abcdefgh"), chance.choice("to"))
                place += chance.choice(["", "", "/x", "/s", "/s/z", ".r", "/k"])
                try:
                    OPERATIONS[chance.choice(list(OPERATIONS))](place)
                except OSError:
                    pass
        if i + 1 in DEPTHS:
            below = f"below{i + 1:03}" if i > 1 else None
            if below:
                views.add(below, disk, options, names[i - 1::-1], over=over)
            over = f"of{i + 1:03}"
            views.add(over, disk, options, names[i::-1], True, below, below)
    disk.keep(os.path.join(out, "stack.img.xz"))
    views.keep()


def marked(work, out):
    """Marks that this kernel reads but does not write itself, set by hand."""
    disk = Disk(work, 4, 600)
    views = Views(out, "marks")
    for space, options in (("trusted", SETS["metacopy"]), ("user", SETS["rootless"])):
        layers = [f"{space}-{i}" for i in range(3)]
        disk.make(*layers)
        top, middle, low = map(disk.path, layers)
        mark = space + ".overlay."

        def whiteout(path):
            put(path, "")
            os.setxattr(path, mark + "whiteout", b"y")

        for name in ("marked", "unmarked", "inner", "deep", "opaque", "full", "mixed"):
            for layer in (top, middle, low):
                os.mkdir(os.path.join(layer, name))
            for child in ("a", "b", "c"):
                put(os.path.join(low, name, child), "below\n")
        for name in ("marked", "deep", "full", "mixed"):
            os.setxattr(os.path.join(top, name), mark + "opaque", b"x")
        for name in ("marked", "unmarked"):
            whiteout(os.path.join(top, name, "a"))
        os.mkdir(os.path.join(low, "deep", "d"))
        put(os.path.join(low, "deep", "d", "z"), "hidden\n")
        whiteout(os.path.join(top, "deep", "d"))
        os.setxattr(os.path.join(middle, "inner"), mark + "opaque", b"x")
        whiteout(os.path.join(middle, "inner", "b"))
        put(os.path.join(top, "inner", "b"), "back again\n")
        os.setxattr(os.path.join(top, "opaque"), mark + "opaque", b"y")
        whiteout(os.path.join(middle, "opaque", "b"))
        put(os.path.join(top, "full", "a"), "not empty\n")
        os.setxattr(os.path.join(top, "full", "a"), mark + "whiteout", b"y")
        whiteout(os.path.join(top, "mixed", "a"))
        os.mknod(os.path.join(top, "mixed", "b"), stat.S_IFCHR, 0)
        os.setxattr(os.path.join(top, "mixed"), mark + "overlay.opaque", b"x")
        views.add(space, disk, options, layers)
    disk.keep(os.path.join(out, "marks.img.xz"))
    views.keep()


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    os.umask(0o022)
    makers = {"pairs": pairs, "stack": stack, "marks": marked}
    for name in sys.argv[2:] or makers:
        work = tempfile.mkdtemp()
        try:
            makers[name](work, out)
        finally:
            for at in ("merged", "disk"):
                subprocess.run(["umount", os.path.join(work, at)], capture_output=True, check=False)
            shutil.rmtree(work)


main()
