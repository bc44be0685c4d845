#!/bin/sh
# Makes the class data archive of the drydock in the folder $1, from what typical commands load.
# Without it everything works, only slower: a command that fails here fails nothing. One class that is
# not in it makes a start open the jars: what is new and often used belongs into the list below.
set -eu
cd "$1" # names without a folder below: the options are split at spaces
fixtures=$2

train() { # two at a time
  run=$((${run:-0} + 1))
  DRYDOCK_JAVA_OPTS="-Xshare:off -XX:DumpLoadedClassList=class-data.$run" \
    ./drydock "$@" >/dev/null 2>&1 </dev/null &
  [ $((run % 2)) -eq 1 ] || wait || true
}

rm -rf class-data.* drydock.jsa
node=$fixtures/gke-small/node.qcow2
shop=$fixtures/checkpoints/shop-1.tar.zst
# a folder, and in it a disk that is a file system and nothing else, with a file
mkdir -p class-data.root/etc
echo word >class-data.root/etc/word
./drydock export class-data.root / --no-hash --to class-data.ext4 >/dev/null 2>&1 || true
# a dump that lies in a directory
mkdir class-data.dump
printf '\031CVT\026\061\061X\002\000\000\000\010\002' >class-data.dump/inventory.img

train --help
train list --help
train list containers "$node"
train list containers "$node" -o jsonl
train list pods "$node"
train info "$node"
train info class-data.ext4
train ls "$node" /etc
train ls class-data.ext4 /etc
train ls class-data.root /etc
train ls "$node" shop/web-0/web:/etc -o jsonl
train cat "$node" /etc/os-release
train cat class-data.ext4 /etc/word
train cat class-data.root /etc/word
train cat "$node" shop/web-0/web:/etc/passwd
train stat "$node" shop/web-0/web:/etc/passwd
train stat class-data.ext4 /etc/word
train inspect "$node" shop/web-0/web

train checkpoint show "$shop"
train checkpoint show "$fixtures/checkpoints/counter-later-podman.tar"
train checkpoint inspect "$shop"
train checkpoint inspect "$shop" -o json
train checkpoint ps "$shop"
train checkpoint triage "$shop"
train checkpoint files "$shop"
train checkpoint sockets "$shop"
train checkpoint memory "$shop"
train checkpoint memory "$shop" --search SECRET --regex "[A-Z]+=x"
train checkpoint memory class-data.dump --search SECRET

train find "$node" /etc
train find "$node" shop/web-0/web:/etc --hash -o jsonl
train whose "$node" /var/lib/kubelet
train logs "$node" shop/web-0/web
train drift "$node" shop/web-0/web
train verify "$node"
train timeline "$node"
train timeline "$node" shop/web-0/web -o jsonl
train recover "$node"
train export "$node" shop/web-0/web --to class-data.tar
train export "$node" shop/web-0/web --to class-data.shop.ext4
wait || true

# Ids number the classes of one run; classes made at run time cannot be archived by name.
cat class-data.[0-9]* | grep -v ' source: ' | sed 's/ id: .*//' | awk '!seen[$0]++' >classes.list
DRYDOCK_JAVA_OPTS="-XX:-UseSerialGC -XX:+UseG1GC -Xshare:dump -XX:SharedClassListFile=classes.list" \
  ./drydock >/dev/null 2>&1 || true
rm -rf class-data.* classes.list
