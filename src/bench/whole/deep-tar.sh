#!/bin/sh
# A container of the disk FILE as a tar archive in turns: by drydock (a launcher), without hashes and with
# them, and by the kernel's overlay mount and GNU tar; wall and CPU seconds and KB of each of N rounds.
# ROOT: the disk mounted. Needs root, GNU time; writes to a directory on the tmpfs /dev/shm.
# Usage: deep-tar.sh N FILE ID ROOT DRYDOCK
set -eu
here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd -P)
work=$(mktemp -d -p /dev/shm)
mkdir "$work/merged"
trap 'umount "$work/merged" 2>/dev/null || true; rm -rf "$work"' EXIT
timed() { # LABEL COMMAND...
  label=$1
  shift
  rm -f "$work"/x.tar*
  command time -f "$label %e %U %S %M" -a -o "$work/times" chrt -r 5 "$@" >/dev/null 2>&1
}
peer() { printf '"%s/deep-mount.sh" "%s" "%s.mounts/%s" "%s/merged" && tar -C "%s/merged" --xattrs -cf "%s/x.tar" .' \
  "$here" "$4" "$2" "$3" "$work" "$work" "$work"; }
for _ in $(seq "$1"); do
  timed "mount-and-tar" sh -c "$(peer "$@")"
  umount "$work/merged"
  timed "no-hash" "$5" export "$2" "$3" --no-hash --to "$work/x.tar"
  timed "hash" "$5" export "$2" "$3" --to "$work/x.tar"
done
sort "$work/times"
