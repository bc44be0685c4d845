#!/bin/sh
# Mounts at TARGET, as overlayfs, a container of the disk that is mounted at ROOT: as it is, or
# with "lower" only what it began with, with "write" to be changed. MOUNTS is FILE.mounts/ID of deep-container.sh.
# Usage: deep-mount.sh ROOT MOUNTS TARGET [lower|write]
set -eu
lower=$(cat "$2.lower")
upper=$(cat "$2.upper")
target=$(readlink -f "$3")
case ${4:-} in
  lower) options=ro,lowerdir=$lower ;;
  write) options=lowerdir=$lower,upperdir=$upper,workdir=${upper%fs}work ;;
  *) options=ro,lowerdir=$upper:$lower ;;
esac
cd "$1/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots" # short names: the options' limit is a page
exec mount -t overlay overlay -o "$options" "$target"
