#!/bin/bash
# Makes fixtures/partition with sgdisk and sfdisk: NAME.raw.gz and NAME.txt with what sfdisk tells of each. Needs root
# (a loop device with sectors of 4096 bytes).
set -eu
out=${1:?directory}
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

listing() {
  sfdisk -J "$1" | python3 -c '
import json, sys
table = json.load(sys.stdin)["partitiontable"]
print(table["label"], table["id"].lower().removeprefix("0x"), table["sectorsize"])
for p in table["partitions"]:
    number = p["node"].removeprefix(sys.argv[1]).removeprefix("p")
    print(number, p["start"], p["size"], p["type"].lower(), p.get("uuid", "").lower() or "-", int(p.get("bootable", False)),
          p.get("attrs", "-"), "name=" + p.get("name", ""))' "$1"
}

truncate -s 16M cos.raw
sgdisk -U 7C818738-EDF0-B246-960D-0E7EE8655B06 -a 1 \
  -n 1:20480:30000 -t 1:8300 -c 1:STATE -u 1:ACE99FA6-4F25-4369-842C-B588C667B23C \
  -n 2:2048:4095 -t 2:7F00 -c 2:KERN-A -u 2:00000000-0000-0000-0000-0000000000A2 -A 2:set:56 -A 2:set:48 \
  -n 3:4096:8191 -t 3:7F01 -c 3:ROOT-A -u 3:00000000-0000-0000-0000-0000000000A3 \
  -n 4:8192:10239 -t 4:7F00 -c 4:KERN-B -u 4:00000000-0000-0000-0000-0000000000A4 -A 4:set:49 -A 4:set:52 \
  -n 5:10240:14335 -t 5:7F01 -c 5:ROOT-B -u 5:00000000-0000-0000-0000-0000000000A5 \
  -n 12:16384:20479 -t 12:EF00 -c 12:'EFI ÄÖ €' -u 12:00000000-0000-0000-0000-0000000000AC \
  -n 100:14336:14336 -t 100:7F02 -u 100:00000000-0000-0000-0000-000000000100 cos.raw > /dev/null
listing cos.raw > "$out/gpt-512.txt"
gzip -9n < cos.raw > "$out/gpt-512.raw.gz"

truncate -s 16M big.raw
loop=$(losetup --sector-size 4096 -f --show big.raw)
sgdisk -U 11111111-2222-3333-4444-555555555555 -n 1:256:1023 -t 1:8300 -c 1:data -u 1:00000000-0000-0000-0000-0000000000B1 \
  -n 2:1024:2047 -t 2:8E00 -u 2:00000000-0000-0000-0000-0000000000B2 "$loop" > /dev/null
listing "$loop" > "$out/gpt-4096.txt"
losetup -d "$loop"
gzip -9n < big.raw > "$out/gpt-4096.raw.gz"

truncate -s 64M mbr.raw
sfdisk -q mbr.raw <<'T'
label: dos
label-id: 0xdeadbeef
start=63, size=2000, type=83, bootable
start=4096, size=4096, type=82
start=10240, size=100000, type=f
start=12288, size=8192, type=83
start=22528, size=10000, type=8e
start=40960, size=1, type=83
start=112640, size=4096, type=c
T
listing mbr.raw > "$out/mbr.txt"
gzip -9n < mbr.raw > "$out/mbr.raw.gz"

# a table that was lost: file systems stand where their partitions were
truncate -s 48M lost.raw
truncate -s 12M one.raw
mkfs.ext4 -q -b 1024 -L ROOT-A -U 00000000-0000-0000-0000-0000000000E1 -E hash_seed=00000000-0000-0000-0000-0000000000E1 -O ^has_journal one.raw
truncate -s 8M two.raw
mkfs.ext4 -q -b 4096 -L data -U 00000000-0000-0000-0000-0000000000E2 -E hash_seed=00000000-0000-0000-0000-0000000000E2 -O ^has_journal two.raw
dd if=one.raw of=lost.raw bs=1M seek=3 conv=notrunc status=none
dd if=two.raw of=lost.raw bs=1M seek=33 conv=notrunc status=none
gzip -9n < lost.raw > "$out/lost.raw.gz"
