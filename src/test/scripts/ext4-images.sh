#!/bin/bash
# Makes the images in fixtures/ext4 and the kernel's listings of them. Needs root, e2fsprogs, Python 3
# and a kernel with ext4. The images differ from run to run in times and UUIDs only. With a pattern in $only: those
# whose names fit.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../../fixtures/ext4}
work=$(mktemp -d)
trap 'umount "$work/m" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$out" "$work/m"

base="plain names holes times attributes acl"

# image NAME SIZE "KINDS" mke2fs-options...
image() {
  local name=$1 size=$2 kinds=$3
  [[ $name =~ ${only:-.} ]] || return 0
  shift 3
  echo "$name"
  local file=$work/$name.img
  truncate -s "$size" "$file"
  mke2fs -q -F "$@" "$file" 2>&1 | grep -v deprecated || true
  [ -z "${tweak:-}" ] || debugfs -w -R "$tweak" "$file" 2>/dev/null
  [ -z "${hash:-}" ] || tune2fs -E hash_alg=$hash "$file" > /dev/null
  mount -o loop,user_xattr,acl "$file" "$work/m"
  python3 "$here/ext4_tree.py" fill "$work/m" $kinds
  umount "$work/m"
  finish "$name"
}

# with what is crafted before the kernel lists it ($before), and what after ($after), for it would not mount that
finish() {
  local file=$work/$1.img
  [ -z "${before:-}" ] || python3 "$here/ext4_craft.py" "$before" "$file"
  mount -o loop,ro "$file" "$work/m"
  python3 "$here/ext4_tree.py" list "$work/m" | gzip -9n > "$out/$1.jsonl.gz"
  umount "$work/m"
  [ -z "${after:-}" ] || python3 "$here/ext4_craft.py" "$after" "$file"
  e2fsck -fn "$file" > /dev/null 2>&1 || echo "  e2fsck finds errors in $1"
  dumpe2fs -h "$file" 2>/dev/null > "$out/$1.dumpe2fs.txt" || true
  gzip -9n < "$file" > "$out/$1.img.gz"
}

# populated by mke2fs: block sizes that this machine's kernel does not mount; the truth is the source
unmountable() {
  local name=$1 size=$2
  [[ $name =~ ${only:-.} ]] || return 0
  shift 2
  echo "$name"
  rm -rf "$work/source"; mkdir "$work/source"
  python3 "$here/ext4_tree.py" fill "$work/source" plain names holes attributes index
  python3 "$here/ext4_tree.py" list "$work/source" | gzip -9n > "$out/$name.jsonl.gz"
  truncate -s "$size" "$work/$name.img"
  mke2fs -q -F "$@" -d "$work/source" "$work/$name.img" 2>&1 | grep -v -e too.big -e usable || true
  e2fsck -fn "$work/$name.img" > /dev/null 2>&1 || echo "  e2fsck finds errors in $name"
  dumpe2fs -h "$work/$name.img" 2>/dev/null > "$out/$name.dumpe2fs.txt"
  gzip -9n < "$work/$name.img" > "$out/$name.img.gz"
}

image revision-0 4M "plain names holes far" -t ext2 -r 0 -b 1024 -O none
image ext2-1k 8M "$base far large index" -t ext2 -b 1024 -I 128
image ext2-no-types 4M "plain names index" -t ext2 -b 1024 -O ^filetype,dir_index
hash=tea image ext3-2k-tea 8M "$base far index" -t ext3 -b 2048 -I 128 -J size=2 -E hash_seed=01020304-0506-0708-090a-0b0c0d0e0f10
hash=legacy image ext3-legacy-hash 6M "plain index" -t ext3 -b 1024 -I 256 -J size=1
hash=tea image ext4-tea-hash 6M "plain index" -t ext4 -b 1024 -J size=1
tweak="set_super_value flags 2" image ext4-unsigned-hash 6M "plain index" -t ext4 -b 1024 -J size=1
image ext4-4k 16M "$base large fragments index" -t ext4 -b 4096 -J size=4
image ext4-1k 16M "$base large fragments index" -t ext4 -b 1024 -J size=1 -O metadata_csum_seed,orphan_file
image ext4-uninit-bg 16M "$base fragments index" -t ext4 -b 1024 -J size=1 -O ^metadata_csum,uninit_bg,^64bit -g 2048
image ext4-no-sums 8M "$base index" -t ext4 -b 1024 -J size=1 -O ^metadata_csum,^uninit_bg,^64bit,^flex_bg
image ext4-meta-bg 16M "$base index" -t ext4 -b 1024 -g 256 -N 1024 -J size=1 -O meta_bg,^resize_inode
image ext4-sparse-super2 16M "$base" -t ext4 -b 1024 -g 1024 -J size=1 -O sparse_super2,^resize_inode
image ext4-bigalloc 16M "$base fragments index" -t ext4 -b 1024 -C 16384 -J size=1 -O bigalloc
image ext4-inline 16M "$base tiny index" -t ext4 -b 4096 -I 256 -J size=4 -O inline_data
image ext4-inline-1k-inodes 16M "$base tiny" -t ext4 -b 4096 -I 1024 -J size=4 -O inline_data
image ext4-ea-inode 8M "$base big-attributes" -t ext4 -b 1024 -J size=1 -O ea_inode
image ext4-large-dir 8M "plain index" -t ext4 -b 1024 -J size=1 -O large_dir -I 512
image ext4-encrypted 8M "plain encrypted" -t ext4 -b 1024 -J size=1 -O encrypt
unmountable ext4-64k 24M -t ext4 -b 65536 -O ^has_journal -N 1300
unmountable ext4-16k-block-pointers 8M -t ext4 -b 16384 -O ^has_journal,^extent,^64bit -N 1300
unmountable ext4-8k 8M -t ext4 -b 8192 -O ^has_journal -N 1300
unmountable ext4-16k 16M -t ext4 -b 16384 -O ^has_journal,bigalloc -C 65536 -N 1300
unmountable ext4-32k 16M -t ext4 -b 32768 -O ^has_journal -I 512 -N 1300
image ext4-2k 8M "$base ahead index" -t ext4 -b 2048 -g 4096 -J size=2 -O ^sparse_super,^flex_bg,^resize_inode
image ext4-128-inodes 8M "$base ahead" -t ext4 -b 1024 -I 128 -J size=1 -O metadata_csum,^huge_file
image ext4-4k-inodes 16M "$base ahead" -t ext4 -b 4096 -I 4096 -N 200 -J size=4
image ext4-mmp 4M "plain" -t ext4 -b 1024 -J size=1 -O mmp -E mmp_update_interval=1
after=project image ext4-project-quota 4M "plain" -t ext4 -b 1024 -I 256 -J size=1
after=odd-bits image ext4-odd-bits 4M "plain twin" -t ext4 -b 1024 -O ^has_journal,^dir_index
before=verity-size after=verity image ext4-verity 4M "plain verity" -t ext4 -b 4096 -O ^has_journal
before=extra-sizes image ext4-extra-sizes 4M "plain extra" -t ext4 -b 1024 -I 256 -J size=1
after=hurd image ext2-hurd 4M "plain names" -t ext2 -b 1024 -o hurd
after=compression image ext2-compression 4M "plain" -t ext2 -b 1024
after=casefold image ext4-casefold 4M "plain folded" -t ext4 -b 1024 -O ^has_journal,^metadata_csum,stable_inodes
before=deep-extents image ext4-deep-extents 4M "plain deep" -t ext4 -b 1024 -O ^has_journal,^metadata_csum
after=dirdata image ext4-dirdata 4M "plain identified" -t ext4 -b 1024 -O ^has_journal,^metadata_csum,^dir_index
ls -l "$out" | awk '{s += $5} END {print s " bytes"}'
