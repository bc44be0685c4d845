#!/bin/bash
# Makes fixtures/ext4-directories: directories with deleted names, with names of equal hashes, and
# casefolded ones. Needs root, e2fsprogs, Python 3 and a kernel with ext4.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../../fixtures/ext4-directories}
work=$(mktemp -d)
trap 'umount "$work/m" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$out" "$work/m" "$work/empty"
seed=01020304-0506-0708-090a-0b0c0d0e0f10
names="python3 $here/ext4_names.py"

keep() {
  gzip -9n < "$work/$1.img" > "$out/$1.img.gz"
}

# debugfs deletes as old kernels did: it wipes nothing. The kernel makes, splits and renames.
deleted() {
  local file=$work/$1.img
  truncate -s 4M "$file"
  shift
  mke2fs -q -F -b 1024 "$@" "$file"
  mount -o loop "$file" "$work/m"
  $names fill "$work/m"
  umount "$work/m"
  $names deletions > "$work/commands"
  debugfs -w -f "$work/commands" "$file" > /dev/null 2>&1
}

echo deleted
deleted deleted -t ext4 -J size=1
keep deleted
deleted deleted-no-types -t ext2 -O ^filetype,dir_index
keep deleted-no-types
$names deletions | sed -n 's/^[a-z]* //p' | sort > "$out/deleted.txt"

echo collisions
truncate -s 4M "$work/collisions.img"
mke2fs -q -F -t ext4 -b 1024 -O ^has_journal -E hash_seed=$seed "$work/collisions.img"
mount -o loop "$work/collisions.img" "$work/m"
$names collisions $seed "$work/m"
umount "$work/m"
keep collisions

echo casefold
truncate -s 4M "$work/casefold.img"
mke2fs -q -F -t ext4 -b 1024 -O casefold,^has_journal -E encoding=utf8,hash_seed=$seed "$work/casefold.img"
$names casefold "$work" > "$work/commands"
debugfs -w -f "$work/commands" "$work/casefold.img" > /dev/null 2>&1
e2fsck -fyD "$work/casefold.img" > /dev/null 2>&1 || true
e2fsck -fn "$work/casefold.img" > /dev/null
keep casefold
$names casefolded > "$out/casefold.txt"
