#!/bin/bash
# Makes fixtures/ext4-journal: small ext4 images with something to recover in their journals, and
# what the kernel makes of them. Needs root, loop devices, e2fsprogs, python3.
#
#   NAME.img.gz    the file system, copied while it was mounted (or written by debugfs)
#   expected.tsv   NAME, block size, the journal's blocks (FIRST-LAST,...), number of committed
#                  transactions (debugfs logdump), and the SHA-256 of the image after the kernel's
#                  recovery (mount -o ro), with zeros for the superblock (bytes 1024 to 2047) and for
#                  the journal itself
set -euo pipefail
out=$(realpath "${1:?usage: $0 DIRECTORY}")
work=$(mktemp -d)
mkdir -p "$work/mnt" "$out"
trap 'umount "$work/mnt" 2>/dev/null || true; rm -rf "$work"' EXIT
: > "$out/expected.tsv"

workload() { # directory, rounds, seed
  python3 - "$@" <<'P'
import os, sys
top, rounds, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
MAGIC = bytes.fromhex('c03b3998')
def fsync(path):
    fd = os.open(path, os.O_RDONLY); os.fsync(fd); os.close(fd)
for r in range(rounds):
    d = f'{top}/d{r % 7}'
    if os.path.isdir(d):
        for n in sorted(os.listdir(d)):
            os.unlink(f'{d}/{n}')
        os.rmdir(d)          # its blocks are revoked ...
    os.mkdir(d)
    for i in range(4):
        with open(f'{d}/file-{seed}-{r}-{i}', 'wb') as f:   # ... and used again as data
            f.write(MAGIC + b'escaped %d\n' % r + bytes([65 + (r + i) % 26]) * 1500 if i % 2 else b'plain %d\n' % r)
    os.symlink('target-%d' % r, f'{d}/link')
    for i in range(30 if r % 5 == 0 else 0):
        open(f'{d}/' + 'long-name-' * 6 + str(i), 'w').close()
    fsync(d)
P
}

record() { # name, image
  local name=$1 image=$2 size runs
  size=$(dumpe2fs -h "$image" 2>/dev/null | awk '/^Block size/{print $3}')
  runs=$(debugfs -R "stat <8>" "$image" 2>/dev/null | tr ',' '\n' | sed -n 's/.*([0-9]*-\?[0-9]*):\([0-9-]*\).*/\1/p' | paste -sd,)
  local transactions
  transactions=$(debugfs -R "logdump -a" "$image" 2>/dev/null | grep -c "type 2 (commit block)")
  cp --sparse=always "$image" "$work/recovered"
  local device
  device=$(losetup -f --show "$work/recovered")   # the device is writable, only the mount is not
  mount -o ro "$device" "$work/mnt"
  umount "$work/mnt"
  losetup -d "$device"
  sync -f "$work"
  local sum
  sum=$(python3 - "$work/recovered" "$size" "$runs" <<'P'
import hashlib, sys
data = bytearray(open(sys.argv[1], 'rb').read())
size = int(sys.argv[2])
data[1024:2048] = bytes(1024)
for run in sys.argv[3].split(','):
    first, last = (run.split('-') * 2)[:2]
    first, end = int(first) * size, (int(last) + 1) * size
    data[first:end] = bytes(end - first)
print(hashlib.sha256(data).hexdigest())
P
)
  gzip -9nc "$image" > "$out/$name.img.gz"
  printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$size" "$runs" "$transactions" "$sum" >> "$out/expected.tsv"
}

live() { # name, mke2fs options, mount options, rounds: the kernel writes the journal
  local name=$1 options=$2 mounted=$3 rounds=$4
  truncate -s 12M "$work/image"
  # shellcheck disable=SC2086
  mke2fs -q -F -t ext4 -U 11111111-2222-3333-4444-555555555555 -E lazy_itable_init=0,lazy_journal_init=0 $options "$work/image"
  mount -o "loop,noatime,$mounted" "$work/image" "$work/mnt"
  workload "$work/mnt" "$rounds" 1
  cp --sparse=always "$work/image" "$work/copy"
  umount "$work/mnt"
  record "$name" "$work/copy"
  rm "$work/image" "$work/copy"
}

crafted() { # name, mke2fs options, journal_open options: debugfs writes the journal
  local name=$1 options=$2 opening=$3
  truncate -s 8M "$work/image"
  # shellcheck disable=SC2086
  mke2fs -q -F -t ext4 -U 11111111-2222-3333-4444-555555555555 -J size=1 $options "$work/image"
  python3 - "$work" <<'P'
import sys
def blocks(name, *fills):
    open(f'{sys.argv[1]}/{name}', 'wb').write(b''.join((f * 1024)[:1024] for f in fills))
blocks('one', b'first ', bytes.fromhex('c03b3998') + b'magic', b'second ', b'third ')
blocks('two', b'again ', bytes.fromhex('c03b3998') + b'later')
blocks('three', b'after the revoke ')
blocks('open', b'never committed ')
P
  debugfs -w -f - "$work/image" > /dev/null 2>&1 <<D
journal_open $opening
journal_write -b 6001,6002,6003,6004 $work/one
journal_write -r 6003
journal_write -b 6002,6005 $work/two
journal_write -r 6004,6001
journal_write -b 6001 $work/three
journal_write -b 6006 -c $work/open
journal_close
D
  record "$name" "$work/image"
  rm "$work/image"
}

live plain-1k "-b 1024 -J size=1 -O ^metadata_csum,^64bit" "errors=continue" 20
live sums-v3-64bit "-b 4096 -J size=4 -O metadata_csum,64bit" "errors=continue" 20
live sums-v3-wrapped "-b 1024 -J size=1 -O metadata_csum,64bit" "errors=continue" 150
live sums-v1 "-b 1024 -J size=1 -O ^metadata_csum,^64bit" "journal_checksum" 20
live sums-v1-async "-b 1024 -J size=1 -O ^metadata_csum,64bit" "data=writeback,journal_async_commit" 20
live data-journal-escaped "-b 1024 -J size=2 -O metadata_csum,64bit" "data=journal" 20
live data-journal-plain "-b 2048 -J size=4 -O ^metadata_csum,^64bit" "data=journal" 60
crafted debugfs-v2 "-b 1024 -O ^64bit" "-c -v 2"
crafted debugfs-v2-64bit "-b 1024 -O 64bit" "-c -v 2"
crafted debugfs-v3 "-b 1024 -O ^64bit" "-c -v 3"
crafted debugfs-none-64bit "-b 1024 -O ^metadata_csum,64bit" ""
