#!/bin/sh
# Makes FILE, a sparse disk of an ext4 file system with a containerd root: five containers of one image
# of LAYERS layers (40) with FILES files (70000) of about BYTES bytes (15700; 0: empty) together, filled by
# a live containerd, and changed through mounts of the kernel. FILE.mounts/ID.lower and ID.upper name
# the layers of each container. Needs root, containerd with ctr, Python; takes a minute, a million files five.
# Usage: deep-container.sh FILE [FILES [BYTES [LAYERS]]]
set -eu
mkdir -p "$1.mounts"
disk=$(readlink -f "$1")
files=${2:-70000}
bytes=${3:-15700}
layers=${4:-40}
here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd -P)
work=$(mktemp -d)
daemon=
cleanup() {
  [ -z "$daemon" ] || { kill "$daemon"; wait "$daemon" || true; }
  ! mountpoint -q "$work/merged" || umount "$work/merged"
  ! mountpoint -q "$work/root" || umount "$work/root"
  rm -rf "$work"
}
trap cleanup EXIT
mkdir "$work/root" "$work/merged"
rm -f "$disk"
truncate -s $((files * (bytes * 2 + 4096) / 1000000 + 2000))M "$disk"
mke2fs -q -t ext4 -L STATE -N $((files * 5 / 4 + 40000)) "$disk"
mount -o loop "$disk" "$work/root"
store=$work/root/var/lib/containerd
mkdir -p "$store" "$work/root/home"
printf 'version = 2\nroot = "%s"\nstate = "%s/run"\n[grpc]\n  address = "%s/socket"\n' "$store" "$work" "$work" > "$work/config.toml"
containerd -c "$work/config.toml" -l warn 2> "$work/log" &
daemon=$!
control() { ctr -a "$work/socket" -n k8s.io "$@"; }
for _ in $(seq 100); do [ -S "$work/socket" ] && break; sleep .1; done
python3 "$here/deep-container.py" "$files" "$layers" "$bytes" | control images import - > /dev/null
for number in 1 2 3 4 5; do
  id=$(printf 'container-%d' "$number" | sha256sum | cut -c1-64)
  control containers create --label io.cri-containerd.kind=container \
    --label "io.kubernetes.container.name=deep-$number" --label "io.kubernetes.pod.name=deep-$number" \
    --label io.kubernetes.pod.namespace=bench --label "io.kubernetes.pod.uid=00000000-0000-4000-8000-00000000000$number" \
    registry.test/team/deep:v1 "$id" > /dev/null
  control snapshots mounts "$work/merged" "$id" > "$work/mount"
  for side in lower upper; do
    tr ' ,' '\n\n' < "$work/mount" | sed -n "s|$store/[^:]*/snapshots/||g; s/^${side}dir=//p" > "$disk.mounts/$id.$side"
  done
  "$here/deep-mount.sh" "$work/root" "$disk.mounts/$id" "$work/merged" write
  python3 "$here/deep-changes.py" "$work/merged" "$number"
  umount "$work/merged"
done
