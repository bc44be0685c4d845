#!/bin/bash
# Makes fixtures/ext4-deleted: file systems of which the kernel deleted files, copied while some of
# these were still open, and what was known of them before. Needs root, e2fsprogs, Python 3 and a
# kernel with ext4.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../../fixtures/ext4-deleted}
work=$(mktemp -d)
trap 'umount "$work/m" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$out" "$work/m"

deleted() {
  local name=$1
  shift
  truncate -s 4M "$work/$name.img"
  mke2fs -q -F -b 1024 -N 512 "$@" "$work/$name.img"
  mount -o loop "$work/$name.img" "$work/m"
  python3 "$here/ext4_deletions.py" "$work/m" "$work/$name.img" "$work/copy" "$out/$name.jsonl"
  umount "$work/m"
  gzip -9n < "$work/copy" > "$out/$name.img.gz"
}

deleted ext2 -t ext2
deleted ext3 -t ext3 -J size=1
deleted ext4 -t ext4 -J size=1 -O ^orphan_file,^metadata_csum
deleted ext4-sums -t ext4 -J size=1 -O ^orphan_file,metadata_csum
deleted ext4-orphan-file -t ext4 -J size=1 -O orphan_file,metadata_csum

# Two files that were open when the copy was made: one of holes alone, one with a byte in a terabyte.
truncate -s 6M "$work/holes.img"
mke2fs -q -F -b 1024 -N 64 -t ext4 -J size=1 -O ^orphan_file,metadata_csum "$work/holes.img"
mount -o loop "$work/holes.img" "$work/m"
python3 - "$work/m" "$work/holes.img" "$work/copy" <<'END'
import os, shutil, sys
root, image, copy = sys.argv[1:]
held = [open(root + "/" + name, "wb") for name in ("zeros", "byte")]
held[0].truncate(200_001)
held[1].seek(1 << 39)
held[1].write(b"x")
held[1].truncate(1 << 40)
os.sync()
print([os.fstat(each.fileno()).st_ino for each in held])
os.unlink(root + "/zeros")
os.unlink(root + "/byte")
os.sync()
shutil.copyfile(image, copy)
END
umount "$work/m"
gzip -9n < "$work/copy" > "$out/held-holes.img.gz"
