#!/bin/sh
# Makes FILE, an ext4 file system of COUNT inodes (700000) in directories of about a dozen files, as
# the layers of container images are. Needs mke2fs and Python, but no root; takes half a minute and,
# for a while, as many inodes below TMPDIR (a tmpfs is best).
# With "directories" or "files" it holds one directory of COUNT subdirectories or empty files: those
# the kernel must make, because mke2fs takes hours for them, so they need root.
# Usage: many-inodes.sh FILE [COUNT [layers|directories|files]]
set -eu
image=$1
count=${2:-700000}
shape=${3:-layers}
here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd -P)
tree=$(mktemp -d)
cleanup() {
  mountpoint -q "$tree" && umount "$tree"
  rm -rf "$tree"
}
trap cleanup EXIT
inodes=$((count + count / 4 + 1000))
size=$((count / 50 + 2000))M
rm -f "$image"
if [ "$shape" = layers ]; then
  python3 "$here/many-inodes.py" "$tree" "$count" "$shape"
  mke2fs -q -t ext4 -N $inodes -d "$tree" "$image" $size
else
  mke2fs -q -t ext4 -O large_dir -N $inodes "$image" $size
  mount -o loop "$image" "$tree"
  python3 "$here/many-inodes.py" "$tree" "$count" "$shape"
fi
