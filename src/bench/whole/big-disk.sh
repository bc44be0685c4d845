#!/bin/sh
# Makes FILE, a sparse disk of 40 GiB with the partitions of a COS node and, on its partition 1, a
# containerd root of 10,000 containers, 500 images and 20,000 snapshots. Needs root and Go.
# Usage: big-disk.sh FILE
set -eu
disk=$1
here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd -P)
start=8704000
work=$(mktemp -d)
device=
cleanup() {
  mountpoint -q "$work/root" && umount "$work/root"
  [ -z "$device" ] || losetup -d "$device"
  rm -rf "$work"
}
trap cleanup EXIT

(cd "$here/generate" && go build -o "$work/generate" .)
rm -f "$disk"
truncate -s 40G "$disk"
sgdisk -a 1 -o \
  -n 2:20480:53247 -t 2:7f00 -c 2:KERN-A -n 3:4509696:8703999 -t 3:7f01 -c 3:ROOT-A \
  -n 1:$start:0 -t 1:8300 -c 1:STATE "$disk" >/dev/null
sectors=$(sgdisk -i 1 "$disk" | awk '/Partition size/ { print $3 }')
device=$(losetup --show -f -o $((start * 512)) --sizelimit $((sectors * 512)) "$disk")
mkfs.ext4 -q -L STATE "$device"
mkdir "$work/root"
mount "$device" "$work/root"
mkdir -p "$work/root/var/lib/containerd" "$work/root/home"
"$work/generate" "$work/root/var/lib/containerd" 10000 500 20
