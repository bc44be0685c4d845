#!/bin/sh
# Makes fixtures/containerd-state.tar.gz; needs Go, root and a kernel with overlayfs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
cd "$here"
go run . "$out/var/lib/containerd"
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner -czf "$here/../../../../fixtures/containerd-state.tar.gz" var
rm -r "$out"
