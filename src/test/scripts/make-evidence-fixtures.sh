#!/bin/bash
# Makes fixtures/evidence: small disks laid out as real nodes are. Needs mke2fs, debugfs, sgdisk.
set -eu
out=${1:?directory}
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# put PATH TEXT: a file in the tree that is being laid out
put() { mkdir -p "tree$(dirname "$1")"; printf '%b' "$2" > "tree$1"; }
# fs FILE LABEL UUID LAST-MOUNTED SIZE: the tree as an ext4, then an empty tree
fs() {
  mkdir -p tree
  truncate -s "$5" "$1"
  mke2fs -q -t ext4 -b 1024 -N 64 -O ^has_journal,^resize_inode -L "$2" -U "$3" -E hash_seed="$3",root_owner=0:0 -d tree "$1"
  if [ -n "$4" ]; then debugfs -w -R "ssv last_mounted $4" "$1" 2> /dev/null; fi
  rm -rf tree
}
# disk FILE SIZE: an empty disk; part FILE NUMBER START-MIB CONTENT SGDISK-OPTIONS...
disk() { truncate -s "$2" "$1"; sgdisk -U 00000000-0000-0000-0000-00000000D15C "$1" > /dev/null; }
part() {
  file=$1 number=$2 start=$3 content=$4
  shift 4
  sectors=$(( ($(stat -c %s "$content") + 511) / 512 ))
  first=$(( start * 2048 ))
  sgdisk -n "$number:$first:$(( first + sectors - 1 ))" -u "$number:$(printf '00000000-0000-0000-0000-%012x' $(( 160 + number )))" "$@" "$file" > /dev/null
  dd if="$content" of="$file" bs=1M seek="$start" conv=notrunc status=none
}
id() { printf '11111111-0000-0000-0000-%012x' "$1"; }
pack() { gzip -9n < "$1" > "$out/$(basename "$1").gz"; }

# a root with its fstab: /var by UUID, /var/lib by LABEL, /home by PARTUUID, /srv by PARTLABEL, /opt by device, a bind,
# and three that are not there
put /etc/os-release 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
put /etc/hostname 'split-1\n'
put /etc/machine-id 'b50ae3204695df81df2264e51a2c071d\n'
put /etc/fstab "# <what> <where>\nUUID=$(id 1) / ext4 defaults 0 1\nUUID=$(id 2) /var ext4 defaults 0 2\nLABEL=varlib /var/lib ext4\n\
PARTUUID=00000000-0000-0000-0000-0000000000A4 /home auto defaults\nPARTLABEL=service\\\\040data /srv ext4 defaults\n/dev/sda6 /opt ext4 noatime 0 2\n\
/srv/engine /data none bind 0 0\nUUID=12345678-0000-0000-0000-000000000000 /lost ext4 defaults 0 2\nLABEL=spare /spare ext4 nofail 0 2\n\
/dev/nvme1n1p1 /second ext4 defaults\nserver:/export /nfs nfs defaults\ntmpfs /tmp tmpfs defaults\nLABEL=boot /boot ext4 defaults\n"
put /usr/lib/modules/6.1.0-13-amd64/modules.dep ''
put /var/hidden 'hidden by the mount\n'
put /home/hidden 'hidden by the mount\n'
fs root.img root "$(id 1)" / 1M
put /log/syslog 'of var\n'
put /lib/hidden 'hidden by the mount\n'
fs var.img '' "$(id 2)" /var 512K
put /dpkg/status 'Package: kubectl\nVersion: 9\n\nPackage: kubelet\nStatus: install ok installed\nVersion: 1.29.3-1.1\n\nPackage: containerd.io\nVersion: 1.7.2-1\n'
fs varlib.img varlib "$(id 3)" /var/lib 512K
put /analyst/notes 'of home\n'
fs home.img '' "$(id 4)" '' 512K
put /engine/mark 'of srv\n'
fs srv.img '' "$(id 5)" '' 512K
put /tool 'of opt\n'
fs opt.img '' "$(id 6)" '' 512K
put /vmlinuz 'not looked at\n'
fs boot.img boot "$(id 7)" /boot 512K
disk split.raw 10M
part split.raw 1 1 root.img
part split.raw 2 2 var.img
part split.raw 3 3 varlib.img
part split.raw 4 4 home.img
part split.raw 5 5 srv.img -c '5:service data'
part split.raw 6 6 opt.img
part split.raw 7 7 boot.img
pack split.raw

# no fstab: superblocks say where they were; a volume's says where its container had it
put /etc/os-release 'NAME=Plain\n'
fs root.img '' "$(id 1)" '' 512K
put /io.containerd.mark 'of containerd\n'
fs engine.img '' "$(id 2)" /var/lib/containerd 512K
put /index.php 'of a volume\n'
fs volume.img '' "$(id 3)" /var/www/html 512K
put /someone 'of home\n'
fs home.img '' "$(id 4)" /home 512K
disk mounted.raw 8M
part mounted.raw 1 1 engine.img
part mounted.raw 2 2 volume.img
part mounted.raw 3 3 home.img
part mounted.raw 4 4 root.img
pack mounted.raw

# the disk of a volume as a container had it, by itself
put /someone-else 'of a container\n'
fs volume-at-home.img '' "$(id 5)" /home 512K
pack volume-at-home.img

# Container-Optimized OS that was booted from the second slot
put /etc/os-release 'PRETTY_NAME="Container-Optimized OS, old"\n'
fs roota.img ROOT-A "$(id 1)" '' 512K
put /etc/os-release 'PRETTY_NAME="Container-Optimized OS, booted"\nBUILD_ID=2\n'
put /etc/hostname 'localhost\n'
fs rootb.img ROOT-B "$(id 2)" '' 512K
put /var/lib/containerd/io.containerd.metadata.v1.bolt/here 'of containerd\n'
put /var/lib/cloud/data/previous-hostname 'gke-pool-1\n'
put /home/kubernetes/bin/mark 'of home\n'
put /etc/hidden 'not the etc of the node\n'
fs state.img STATE "$(id 3)" /mnt/stateful_partition 1M
head -c 4096 /dev/zero > kern.img
printf 'hsqs' > squash.img
truncate -s 64K squash.img
cos() {
  disk "$1" 8M
  part "$1" 1 1 state.img -c 1:STATE
  part "$1" 2 2 kern.img -t 2:7F00 -c 2:KERN-A "${@:3:2}"
  part "$1" 3 3 roota.img -t 3:7F01 -c 3:ROOT-A
  part "$1" 4 4 kern.img -t 4:7F00 -c 4:KERN-B "${@:5}"
  part "$1" 5 5 "$2" -t 5:7F01 -c 5:ROOT-B
  pack "$1"
}
cos cos-b.raw rootb.img -A 2:set:48 -A 4:set:49 -A 4:set:56
cos cos-tries.raw rootb.img -A 2:set:49 -A 4:set:48 -A 4:set:52
cos cos-squashfs.raw squash.img -A 2:set:48 -A 4:set:49 -A 4:set:56

# Bottlerocket: an unreadable root, and the data partition on a second disk
disk bottlerocket.raw 6M
head -c 1024 /dev/zero > erofs.img
printf '\xe2\xe1\xf5\xe0' >> erofs.img
truncate -s 64K erofs.img
part bottlerocket.raw 2 1 kern.img -t 2:6b636168-7420-6568-2070-6c616e657421 -c 2:BOTTLEROCKET-BOOT-A -A 2:set:48 -A 2:set:56
part bottlerocket.raw 3 2 erofs.img -t 3:5526016a-1a97-4ea4-b39a-b7c8c6ca4502 -c 3:BOTTLEROCKET-ROOT-A
pack bottlerocket.raw
put /var/lib/containerd/io.containerd.metadata.v1.bolt/here 'of containerd\n'
put /opt/cni/bin/mark 'of opt\n'
fs data.img '' "$(id 1)" /local 512K
disk bottlerocket-data.raw 4M
part bottlerocket-data.raw 1 1 data.img -t 1:626f7474-6c65-6474-6861-726d61726b73 -c 1:BOTTLEROCKET-DATA
pack bottlerocket-data.raw
