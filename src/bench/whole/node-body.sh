#!/bin/sh
# The body file of a whole disk by drydock, fls, dfimagetools and plaso's filestat, in turns.
# Usage: node-body.sh ROUNDS PLASO-ROUNDS DISK.raw PYTHON
# PYTHON: a virtual environment with plaso and dfimagetools. fls takes one partition at a time: all
# that mmls and fsstat know as ext are its share, or the whole disk.
set -e
rounds=$1 slow=$2 disk=$3 python=$4
here=$(dirname "$0")
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT

mmls "$disk" 2>/dev/null | awk '$1 ~ /:$/ && $2 ~ /^[0-9]+$/ { print $3 + 0 }' | while read -r sector; do
  if fsstat -o "$sector" "$disk" 2>/dev/null | grep -q 'File System Type: Ext'; then
    echo "fls -r -m / -o $sector '$disk'"
  fi
done >"$scratch/fls.sh"
[ -s "$scratch/fls.sh" ] || echo "fls -r -m / '$disk'" >"$scratch/fls.sh"

cat >"$scratch/plaso.sh" <<END
rm -f '$scratch'/store.plaso
exec '$python'/bin/log2timeline --single_process --status_view none -q -u \
  --logfile '$scratch'/log --parsers filestat --hashers none --partitions all --volumes all \
  --storage_file '$scratch'/store.plaso '$disk'
END

drydock="drydock=$here/../../../target/drydock timeline $disk"
"$here"/compare.py -n "$rounds" "fls=sh $scratch/fls.sh" "$drydock" \
  "dfimagetools=$python/bin/list_file_entries --partitions all --volumes all $disk"
[ "$slow" = 0 ] || "$here"/compare.py -n "$slow" "$drydock" "plaso filestat=sh $scratch/plaso.sh"
