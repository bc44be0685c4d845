#!/bin/bash
# Makes fixtures/ext4-journal/fast-commits*.img.gz: ext4 images copied while mounted, their last
# changes in fast commits only, and fast-commits*.jsonl: every file after the kernel's own recovery.
# Special files and symlinks are not among them: the kernel makes full commits of those.
# Needs root, loop devices, e2fsprogs, python3, a kernel with fast commits (5.10; made with 6.18).
set -euo pipefail
out=$(realpath "${1:?usage: $0 DIRECTORY}")
work=$(mktemp -d)
mkdir -p "$work/mnt" "$out"
trap 'umount "$work/mnt" 2>/dev/null || true; rm -rf "$work"' EXIT

cat > "$work/change.py" <<'P'
import os, subprocess, sys
top, inline = sys.argv[1], sys.argv[2] == 'inline'
p = lambda name: f'{top}/{name}'
def write(name, data):
    with open(p(name), 'wb') as f: f.write(data)
def fsync(name):
    fd = os.open(p(name), os.O_RDONLY); os.fsync(fd); os.close(fd)
def commit():                        # fsync of a file that is new in this transaction commits all
    with open(p('append'), 'ab') as f:
        f.write(b'x' * 2500); f.flush(); os.fsync(f.fileno())
for name, size in dict(append=5, cut=20000, gone=3000, moved=2000, linked=1, hole=40000, replaced=3000,
                       mode=4, reused=9000, shrunk=9000, sparse=1).items():
    write(name, name[:1].encode() * size)
for name in 'dir', 'emptied', 'to': os.mkdir(p(name))
for i in range(60): write('dir/many-%d' % i, b'')
write('emptied/file', b'e')
os.sync()
write('full', b'in a full commit'); os.sync()
commit()
os.truncate(p('cut'), 3000); commit()
write('new', b'new file' * 400); commit()
os.mkdir(p('newdir')); write('newdir/child', b'child' * 500); os.mkdir(p('newdir/deeper')); write('newdir/deeper/x', b'x'); commit()
os.unlink(p('gone')); os.rename(p('moved'), p('to/moved2')); os.link(p('linked'), p('dir/second')); commit()
if not inline:
    subprocess.check_call(['fallocate', '-p', '-o', '8192', '-l', '12288', p('hole')]); commit()
    subprocess.check_call(['fallocate', '-l', '60000', p('preallocated')])
    with open(p('preallocated'), 'r+b') as f: f.seek(20000); f.write(b'middle')
    commit()
    with open(p('sparse'), 'r+b') as f:
        for i in range(12): f.seek(i * 16384); f.write(b'island %d' % i)
    commit()
write('tmp', b'R' * 6000); fsync('tmp'); os.rename(p('tmp'), p('replaced')); commit()
os.chmod(p('mode'), 0o4711); os.chown(p('mode'), 1234, 70000); os.utime(p('mode'), ns=(10**18, 10**18 + 5)); commit()
for i in range(20): write('dir/' + 'long' * 50 + str(i), b'n%d' % i)
for i in range(0, 60, 2): os.unlink(p('dir/many-%d' % i))
commit()
os.unlink(p('reused')); write('again', b'again' * 300); commit()
os.unlink(p('emptied/file')); os.rmdir(p('emptied')); commit()
P
cat > "$work/list.py" <<'P'
import hashlib, json, os, stat, sys
top = sys.argv[1]
def row(path):
    s = os.lstat(path)
    kind = {stat.S_IFDIR: 'd', stat.S_IFREG: 'f'}[stat.S_IFMT(s.st_mode)]
    r = dict(path=path[len(top):] or '/', type=kind, mode='%04o' % stat.S_IMODE(s.st_mode), uid=s.st_uid, gid=s.st_gid,
             size=s.st_size, nlink=s.st_nlink, ino=s.st_ino, mtime=s.st_mtime_ns, ctime=s.st_ctime_ns)
    if kind == 'f': r['sha256'] = hashlib.sha256(open(path, 'rb').read()).hexdigest()
    print(json.dumps(r))
row(top)
for d, ds, fs in sorted(os.walk(top)):
    for n in sorted(ds + fs): row(os.path.join(d, n))
P

fast() { # name, mke2fs options, plain or inline
  local name=$1 options=$2 device
  truncate -s 32M "$work/image"
  # shellcheck disable=SC2086
  mke2fs -q -F -t ext4 -U 11111111-2222-3333-4444-555555555555 -E lazy_itable_init=0 -J size=8,fast_commit_size=256 $options "$work/image"
  mount -o loop,noatime "$work/image" "$work/mnt"
  python3 "$work/change.py" "$work/mnt" "${@:3}"
  cp --sparse=always "$work/image" "$work/copy"
  umount "$work/mnt"
  gzip -9nc "$work/copy" > "$out/$name.img.gz"
  device=$(losetup -f --show "$work/copy")
  mount -o noatime "$device" "$work/mnt"    # a read-only mount cannot replay fast commits
  python3 "$work/list.py" "$work/mnt" > "$out/$name.jsonl"
  umount "$work/mnt"
  losetup -d "$device"
}

fast fast-commits "-b 1024 -O fast_commit,metadata_csum,64bit" plain
fast fast-commits-plain "-b 4096 -O fast_commit,^metadata_csum,^64bit" plain
fast fast-commits-inline "-b 1024 -O fast_commit,metadata_csum,64bit,inline_data" inline
