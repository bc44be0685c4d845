#!/bin/sh
# Makes the class data archive of the drydock in the folder $1, from what typical commands load.
# Without it everything works, only slower: a command that fails here fails nothing.
set -eu
cd "$1" # names without a folder below: the options are split at spaces
fixtures=$2

train() { # two at a time
  run=$((${run:-0} + 1))
  DRYDOCK_JAVA_OPTS="-Xshare:off -XX:DumpLoadedClassList=class-data.$run" \
    ./drydock "$@" >/dev/null 2>&1 </dev/null &
  [ $((run % 2)) -eq 1 ] || wait || true
}

rm -f class-data.* drydock.jsa
node=$fixtures/gke-small/node.qcow2
train --help
train list --help
train list containers "$node"
train list containers "$node" -o jsonl
train info "$node"
train ls "$node" /etc
train cat "$node" /etc/os-release
train checkpoint show "$fixtures/checkpoints/shop-1.tar.zst"
train checkpoint inspect "$fixtures/checkpoints/shop-1.tar.zst"
train checkpoint memory "$fixtures/checkpoints/shop-1.tar.zst"
train checkpoint memory "$fixtures/checkpoints/shop-1.tar.zst" --search SECRET --regex "[A-Z]+=x"
# a dump that lies in a directory
mkdir class-data.dump
printf '\031CVT\026\061\061X\002\000\000\000\010\002' >class-data.dump/inventory.img
train checkpoint memory class-data.dump --search SECRET
train ls "$node" shop/web-0/web:/etc -o jsonl
train stat "$node" shop/web-0/web:/etc/passwd
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
train export "$node" shop/web-0/web --to class-data.ext4
wait || true
rm -r class-data.dump

# Ids number the classes of one run; classes made at run time cannot be archived by name.
cat class-data.[0-9]* | grep -v ' source: ' | sed 's/ id: .*//' | awk '!seen[$0]++' >classes.list
DRYDOCK_JAVA_OPTS="-XX:-UseSerialGC -XX:+UseG1GC -Xshare:dump -XX:SharedClassListFile=classes.list" \
  ./drydock >/dev/null 2>&1 || true
rm -f class-data.* classes.list
