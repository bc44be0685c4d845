#!/usr/bin/env python3
"""Writes an OCI image layout, as an archive, of one image of many layers, always the same one.

Usage: deep-container.py FILES LAYERS BYTES > layout.tar

FILES files of about BYTES on average (0: all are empty) are spread over LAYERS layers. Half of the
files are text, the others as programs and compressed data are. Above the first layer each one also
replaces and deletes files of those below, and every fifth makes a directory opaque.
"""
import gzip
import hashlib
import io
import json
import random
import sys
import tarfile

EPOCH = 1_735_689_600
POOL = 16 << 20
IMAGE = "registry.test/team/deep:v1"
CAPABILITY = "\x01\x00\x00\x02\x00\x20" + "\x00" * 14


class Bytes:
    """Contents of any length: places in a pool of text, of programs and of what is packed."""

    def __init__(self, chance):
        self.random = chance
        words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randrange(2, 11))) for _ in range(4000)]
        text = " ".join(chance.choices(words, k=POOL // 6)).encode()[: POOL // 2]
        pieces = [chance.randbytes(24) + bytes(chance.randrange(0, 40)) for _ in range(2000)]
        program = b"".join(chance.choices(pieces, k=POOL // 150))[: POOL // 4]
        self.pools = [text, text, program, chance.randbytes(POOL // 4)]

    def of(self, size):
        pool = self.random.choice(self.pools)
        begin = self.random.randrange(len(pool))
        found = pool[begin : begin + size]
        while len(found) < size:
            found += pool[: size - len(found)]
        return found


class Layer:
    def __init__(self):
        self.bytes = io.BytesIO()
        self.tar = tarfile.open(fileobj=self.bytes, mode="w", format=tarfile.PAX_FORMAT)
        self.seen = set()

    def put(self, name, data=None, mode=0o644, kind=tarfile.REGTYPE, link="", attributes=None):
        if name in self.seen:
            return
        self.parents(name)
        self.seen.add(name)
        entry = tarfile.TarInfo(name)
        entry.type, entry.mode, entry.linkname = kind, mode, link
        entry.mtime = EPOCH + len(self.seen)
        entry.size = len(data or b"")
        entry.pax_headers = attributes or {}
        self.tar.addfile(entry, io.BytesIO(data) if data else None)

    def parents(self, name):
        above = name.rpartition("/")[0]
        if above and above not in self.seen:
            self.put(above, mode=0o755, kind=tarfile.DIRTYPE)


class Image:
    def __init__(self, files, layers, size):
        self.random = random.Random(5)
        self.contents = Bytes(self.random)
        self.files, self.layers, self.size = files, layers, size
        self.names = []
        self.directories = []

    def length(self):
        # most files are small and most bytes are in few files, as in images
        return min(int(self.random.lognormvariate(0, 1.8) * self.size / 5.05), 64 << 20) if self.size else 0

    def layer(self, number):
        layer = Layer()
        if number:
            self.change(layer, number)
        count = self.files // self.layers
        directory = f"usr/lib/part-{number:02}"
        for each in range(count):
            if each % 12 == 0:
                directory = f"usr/lib/part-{number:02}/d{each // 1200:03}/module-{each // 12:05}"
                self.directories.append(directory)
            name = f"{directory}/file-{each:05}.{self.random.choice(['py', 'so', 'json', 'h'])}"
            self.file(layer, name, each)
        layer.tar.close()
        return layer.bytes.getvalue()

    def file(self, layer, name, each):
        if each % 33 == 32:
            layer.put(name, kind=tarfile.SYMTYPE, mode=0o777, link=f"../module-{each // 24:05}/target")
            return
        mode = 0o755 if each % 10 == 0 else 0o644
        attributes = {"SCHILY.xattr.security.capability": CAPABILITY} if each % 500 == 7 else None
        layer.put(name, self.contents.of(self.length()), mode=mode, attributes=attributes)
        if each % 200 == 100:
            layer.put(name + ".link", kind=tarfile.LNKTYPE, link=name)
        self.names.append(name)

    def change(self, layer, number):
        if number % 5 == 0:
            gone = self.directories.pop(self.random.randrange(len(self.directories)))
            layer.put(f"{gone}/.wh..wh..opq")
            layer.put(f"{gone}/after-{number}", b"only this is left\n")
            self.names = [name for name in self.names if not name.startswith(gone + "/")]
        for name in self.random.sample(self.names, min(30, len(self.names))):
            if self.random.random() < 0.5:
                above, _, last = name.rpartition("/")
                layer.put(f"{above}/.wh.{last}")
                self.names.remove(name)
            else:
                layer.put(name, self.contents.of(self.length()), mode=0o600)


class Layout:
    def __init__(self, out):
        self.tar = tarfile.open(fileobj=out, mode="w|", bufsize=1 << 20)

    def add(self, name, data):
        entry = tarfile.TarInfo(name)
        entry.size = len(data)
        self.tar.addfile(entry, io.BytesIO(data))

    def blob(self, data, kind, **more):
        digest = hashlib.sha256(data).hexdigest()
        self.add("blobs/sha256/" + digest, data)
        return {"mediaType": "application/vnd.oci.image." + kind, "digest": "sha256:" + digest, "size": len(data), **more}


def main():
    files, layers, size = map(int, sys.argv[1:4])
    image = Image(files, layers, size)
    layout = Layout(sys.stdout.buffer)
    packed, plain = [], []
    for number in range(layers):
        data = image.layer(number)
        plain.append("sha256:" + hashlib.sha256(data).hexdigest())
        packed.append(layout.blob(gzip.compress(data, 1, mtime=0), "layer.v1.tar+gzip"))
    history = [{"created": "2025-01-01T00:00:00Z", "created_by": f"layer {number}"} for number in range(layers)]
    config = {"architecture": "amd64", "os": "linux", "config": {"Cmd": ["/bin/sh"]}, "history": history}
    config["rootfs"] = {"type": "layers", "diff_ids": plain}
    config = layout.blob(json.dumps(config).encode(), "config.v1+json")
    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config, "layers": packed}
    named = {"io.containerd.image.name": IMAGE, "org.opencontainers.image.ref.name": "v1"}
    manifest = layout.blob(json.dumps(manifest).encode(), "manifest.v1+json", annotations=named)
    layout.add("index.json", json.dumps({"schemaVersion": 2, "manifests": [manifest]}).encode())
    layout.add("oci-layout", json.dumps({"imageLayoutVersion": "1.0.0"}).encode())
    layout.tar.close()


main()
