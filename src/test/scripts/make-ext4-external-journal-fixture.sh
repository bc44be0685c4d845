#!/bin/bash
# Makes fixtures/ext4-external-journal: file systems whose journal lies on another device, both copied while
# mounted, and what the kernel shows once it has recovered them. Needs root, loop devices, e2fsprogs, python3.
#
#   NAME.img.gz       the file system          NAME.journal.gz  the device with its journal
#   NAME.jsonl.gz     the kernel's listing after recovery
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$(realpath "${1:-$here/../../../fixtures/ext4-external-journal}")
work=$(mktemp -d)
mkdir -p "$work/m" "$out"
trap 'umount "$work/m" 2>/dev/null || true; rm -rf "$work"' EXIT

workload() { # directory
  python3 - "$1" <<'P'
import os, sys
top = sys.argv[1]
MAGIC = bytes.fromhex('c03b3998')
for r in range(25):
    d = f'{top}/d{r % 5}'
    if os.path.isdir(d):
        for n in sorted(os.listdir(d)):
            os.unlink(f'{d}/{n}')
        os.rmdir(d)          # its blocks are revoked ...
    os.mkdir(d)
    for i in range(4):
        with open(f'{d}/file-{r}-{i}', 'wb') as f:   # ... and used again as data
            f.write(MAGIC + b'escaped %d\n' % r + bytes([65 + (r + i) % 26]) * 1500 if i % 2 else b'plain %d\n' % r)
        os.setxattr(f'{d}/file-{r}-{i}', 'user.round', b'%d' % r)
    os.symlink('target-%d' % r, f'{d}/link')
    fd = os.open(d, os.O_RDONLY); os.fsync(fd); os.close(fd)
P
}

pair() { # name, block size, mke2fs options of the file system, mount options
  local name=$1 block=$2 options=$3 mounted=$4 disk journal
  echo "$name"
  truncate -s 12M "$work/fs"; truncate -s $((block * 1600)) "$work/journal"
  journal=$(losetup -f --show "$work/journal")
  mke2fs -q -F -b "$block" -O journal_dev "$journal"
  # shellcheck disable=SC2086
  mke2fs -q -F -t ext4 -b "$block" -E lazy_itable_init=0 -J device="$journal" $options "$work/fs"
  disk=$(losetup -f --show "$work/fs")
  mount -o "noatime,journal_path=$journal,$mounted" "$disk" "$work/m"
  workload "$work/m"
  cp --sparse=always "$work/fs" "$work/fs-copy"; cp --sparse=always "$work/journal" "$work/journal-copy"
  umount "$work/m"; losetup -d "$disk"; losetup -d "$journal"
  gzip -9nc "$work/fs-copy" > "$out/$name.img.gz"; gzip -9nc "$work/journal-copy" > "$out/$name.journal.gz"
  disk=$(losetup -f --show "$work/fs-copy"); journal=$(losetup -f --show "$work/journal-copy")
  mount -o "ro,journal_path=$journal" "$disk" "$work/m"
  python3 "$here/ext4_tree.py" list "$work/m" | gzip -9n > "$out/$name.jsonl.gz"
  umount "$work/m"; losetup -d "$disk"; losetup -d "$journal"
  rm "$work"/fs* "$work"/journal*
}

pair external-4k 4096 "-O metadata_csum,64bit" "errors=continue"
pair external-1k 1024 "-O ^metadata_csum,^64bit" "errors=continue"
pair external-data 1024 "-O metadata_csum,64bit" "data=journal"
ls -l "$out"
