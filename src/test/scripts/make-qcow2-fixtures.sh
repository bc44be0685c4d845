#!/bin/bash
# Makes fixtures/qcow2 with QEMU's own programs: NAME.qcow2.gz, other files of chains, and expected.txt with what
# qemu-img reads out of each (name, size, SHA-256 of the raw disk). Needs qemu-img, qemu-io, python3.
set -eu
out=${1:?directory}
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# 3 MiB and three sectors: text, a few random pieces, long zeros
python3 - <<'P'
import random
r = random.Random(7)
size = (3 << 20) + 1536
d = bytearray(size)
d[0:512] = b'boot sector!' * 42 + b'\0' * 8
for at in range(70000, 400000, 4096):
    d[at:at + 3000] = (b'line %08d of a text that repeats\n' % at * 100)[:3000]
for at in (1 << 20, (1 << 20) + 131072 + 700, (2 << 20) - 100, size - 900):
    piece = bytes(r.randrange(256) for _ in range(800))
    d[at:at + 800] = piece
open('base.raw', 'wb').write(d)
P
q() { qemu-img "$@" > /dev/null; }
io() { file=$1; shift; for c in "$@"; do qemu-io -f qcow2 -c "$c" "$file" > /dev/null; done; }

q convert -O qcow2 -o compat=0.10 base.raw v2.qcow2
q convert -O qcow2 -c -o compat=0.10 base.raw v2-zlib.qcow2
q convert -O qcow2 base.raw v3.qcow2
q convert -O qcow2 -c base.raw v3-zlib.qcow2
q convert -O qcow2 -c -o compression_type=zstd base.raw v3-zstd.qcow2
for size in 512 1k 4k 256k 1M 2M; do
  q convert -O qcow2 -o cluster_size=$size base.raw cluster-$size.qcow2
  q convert -O qcow2 -c -o cluster_size=$size base.raw cluster-$size-zlib.qcow2
done
q convert -O qcow2 -c -o cluster_size=512,compression_type=zstd base.raw cluster-512-zstd.qcow2
q convert -O qcow2 -c -o cluster_size=2M,compression_type=zstd base.raw cluster-2M-zstd.qcow2
q convert -O qcow2 -o refcount_bits=1 base.raw refcount-1.qcow2
q convert -O qcow2 -o refcount_bits=64,lazy_refcounts=on base.raw refcount-64.qcow2

q convert -O qcow2 -o extended_l2=on base.raw extended.qcow2
q convert -O qcow2 -c -o extended_l2=on,cluster_size=16k base.raw extended-16k-zlib.qcow2
q create -f qcow2 -o extended_l2=on,cluster_size=128k extended-pieces.qcow2 1M
io extended-pieces.qcow2 'write -P 0x11 4k 4k' 'write -P 0x22 20k 8k' 'write -z 24k 4k' 'write -P 0x33 200k 100k' \
  'write -z 512k 128k' 'write -P 0x44 600k 1k' 'discard 210k 30k'

q create -f qcow2 -o preallocation=metadata preallocated.qcow2 4M
io preallocated.qcow2 'write -P 0x55 1M 100k'
q create -f qcow2 zeros.qcow2 2M
io zeros.qcow2 'write -P 0x66 0 1M' 'write -z 128k 256k' 'discard 512k 128k'
q create -f qcow2 empty.qcow2 10M
q create -f qcow2 terabytes.qcow2 8T
io terabytes.qcow2 'write -P 0x77 3T 70k' 'write -P 0x78 8795556151296 512'

# top over middle over a shorter raw one
head -c 1300480 base.raw > chain-base.raw
q create -f qcow2 -b chain-base.raw -F raw chain-middle.qcow2 2M
io chain-middle.qcow2 'write -P 0x81 100k 70k' 'write -z 1M 64k' 'write -P 0x82 1900k 30k'
q create -f qcow2 -o extended_l2=on -b chain-middle.qcow2 -F qcow2 chain-top.qcow2 5M
io chain-top.qcow2 'write -P 0x91 128k 6k' 'write -z 160k 4k' 'write -P 0x92 4M 10k' 'write -z 1990k 200k'
q create -f qcow2 -b v3-zstd.qcow2 -F qcow2 over-shorter.qcow2 2M
q create -f qcow2 -o compat=0.10 -b v3-zlib.qcow2 -F qcow2 over-v2.qcow2
io over-v2.qcow2 'write -P 0xa1 64k 100'

cp zeros.qcow2 snapshots.qcow2
q snapshot -c before snapshots.qcow2
io snapshots.qcow2 'write -P 0xb1 700k 300k'
q snapshot -c 'second one' snapshots.qcow2
io snapshots.qcow2 'write -P 0xb2 0 70k'

q create -f qcow2 -o data_file=external.raw external-data.qcow2 1M
q create -f qcow2 --object secret,id=s,data=x -o encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=10 luks-all.qcow2 1M
head -c 262144 luks-all.qcow2 > luks.qcow2
q create -f qcow2 circle-a.qcow2 1M
q create -f qcow2 -b circle-a.qcow2 -F qcow2 circle-b.qcow2 1M
q rebase -u -f qcow2 -b circle-b.qcow2 -F qcow2 circle-a.qcow2
q create -f qcow2 -u -b nbd://10.0.0.1/disk -F raw over-network.qcow2 1M
q create -f qcow2 -u -b 'json:{"driver":"null-co"}' -F raw over-json.qcow2 1M
q create -f qcow2 -u -b gone.qcow2 -F qcow2 over-missing.qcow2 1M
cp v3.qcow2 unknown-feature.qcow2
printf '\x40' | dd of=unknown-feature.qcow2 bs=1 seek=79 conv=notrunc status=none

rm -f "$out"/*
readable="v2 v2-zlib v3 v3-zlib v3-zstd $(ls cluster-*.qcow2 | sed 's/.qcow2//' | tr '\n' ' ') refcount-1 refcount-64 extended extended-16k-zlib
  extended-pieces preallocated zeros empty chain-middle chain-top over-shorter over-v2 snapshots"
for name in $readable; do
  qemu-img convert -f qcow2 -O raw $name.qcow2 $name.out
  echo "$name $(stat -c %s $name.out) $(sha256sum < $name.out | cut -d' ' -f1)"
done > "$out/expected.txt"
for name in $readable terabytes external-data luks circle-a circle-b over-network over-json over-missing unknown-feature; do
  gzip -9n < $name.qcow2 > "$out/$name.qcow2.gz"
done
gzip -9n < chain-base.raw > "$out/chain-base.raw.gz"
