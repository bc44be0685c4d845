// Writes a containerd root through containerd's own metadata code (1.7) with what the nodes in
// fixtures/ do not have: a sandbox without a pause container, an index of several platforms, layers
// that a lazy puller never fetched, a device mapper's snapshots, leases with every kind of resource.
// Usage: containerdstate ROOT; the fixture is a tar of ROOT, made by make.sh.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/containerd/containerd/containers"
	"github.com/containerd/containerd/content"
	"github.com/containerd/containerd/content/local"
	"github.com/containerd/containerd/images"
	"github.com/containerd/containerd/leases"
	"github.com/containerd/containerd/metadata"
	"github.com/containerd/containerd/namespaces"
	"github.com/containerd/containerd/sandbox"
	"github.com/containerd/containerd/snapshots"
	"github.com/containerd/containerd/snapshots/overlay"
	"github.com/containerd/typeurl/v2"
	"github.com/gogo/protobuf/types"
	"github.com/opencontainers/go-digest"
	"github.com/opencontainers/image-spec/specs-go"
	v1 "github.com/opencontainers/image-spec/specs-go/v1"
	bolt "go.etcd.io/bbolt"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

type opened struct {
	ctx   context.Context
	db    *metadata.DB
	store content.Store
}

func main() {
	root := os.Args[1]
	check(os.MkdirAll(filepath.Join(root, "io.containerd.metadata.v1.bolt"), 0o711))
	file, err := bolt.Open(filepath.Join(root, "io.containerd.metadata.v1.bolt/meta.db"), 0o644, &bolt.Options{PageSize: 4096})
	check(err)
	blobs, err := local.NewStore(filepath.Join(root, "io.containerd.content.v1.content"))
	check(err)
	gcfs, err := overlay.NewSnapshotter(filepath.Join(root, "io.containerd.snapshotter.v1.gcfs/snapshotter"))
	check(err)
	// the device mapper's own metadata.db has the form that every snapshotter's has
	devmapper, err := overlay.NewSnapshotter(filepath.Join(root, "io.containerd.snapshotter.v1.devmapper"))
	check(err)
	db := metadata.NewDB(file, blobs, map[string]snapshots.Snapshotter{"gcfs": gcfs, "devmapper": devmapper})
	ctx := namespaces.WithNamespace(context.Background(), "k8s.io")
	check(db.Init(ctx))
	o := opened{ctx, db, db.ContentStore()}
	o.image()
	o.layers()
	o.sandbox()
	o.containers()
	o.leases()
	check(file.Close())
	check(gcfs.Close())
	check(devmapper.Close())
}

func (o opened) write(mediaType string, document any, platform *v1.Platform) v1.Descriptor {
	bytes, err := json.Marshal(document)
	check(err)
	d := v1.Descriptor{MediaType: mediaType, Digest: digest.FromBytes(bytes), Size: int64(len(bytes)), Platform: platform}
	check(content.WriteBlob(o.ctx, o.store, "ref-"+d.Digest.String(), strings.NewReader(string(bytes)), d))
	return d
}

func absent(mediaType, text string, platform *v1.Platform) v1.Descriptor {
	return v1.Descriptor{MediaType: mediaType, Digest: digest.FromString(text), Size: 777, Platform: platform}
}

// An index: arm64 is whole, amd64 and s390x were never fetched, one entry is an attestation.
func (o opened) image() {
	created := time.Date(2024, 2, 29, 23, 59, 59, 123456789, time.UTC)
	config := o.write(v1.MediaTypeImageConfig, v1.Image{
		Created: &created, Platform: v1.Platform{OS: "linux", Architecture: "arm64", Variant: "v8"},
		RootFS: v1.RootFS{Type: "layers", DiffIDs: []digest.Digest{digest.FromString("base"), digest.FromString("app")}},
		History: []v1.History{{Created: &created, CreatedBy: "ADD base"}, {CreatedBy: "ENV a=b", EmptyLayer: true}, {CreatedBy: "COPY app"}}}, nil)
	layer := o.write(v1.MediaTypeImageLayerGzip, "not a real layer", nil)
	manifest := o.write(v1.MediaTypeImageManifest, v1.Manifest{Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: v1.MediaTypeImageManifest,
		Config: config, Layers: []v1.Descriptor{layer, absent(v1.MediaTypeImageLayerGzip, "streamed", nil)}},
		&v1.Platform{OS: "linux", Architecture: "arm64", Variant: "v8"})
	proof := o.write(v1.MediaTypeImageManifest, v1.Manifest{Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: v1.MediaTypeImageManifest,
		Config: absent(v1.MediaTypeImageConfig, "no config", nil), Layers: []v1.Descriptor{}}, &v1.Platform{OS: "unknown", Architecture: "unknown"})
	proof.Annotations = map[string]string{"vnd.docker.reference.type": "attestation-manifest"}
	index := o.write(v1.MediaTypeImageIndex, v1.Index{Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: v1.MediaTypeImageIndex,
		Manifests: []v1.Descriptor{absent(v1.MediaTypeImageManifest, "amd64", &v1.Platform{OS: "linux", Architecture: "amd64"}), manifest,
			absent(v1.MediaTypeImageManifest, "s390x", &v1.Platform{OS: "linux", Architecture: "s390x"}), proof}}, nil)
	store := metadata.NewImageStore(o.db)
	_, err := store.Create(o.ctx, images.Image{Name: "registry.example/many:1", Target: index, Labels: map[string]string{"made": "by hand"}})
	check(err)
	_, err = store.Create(o.ctx, images.Image{Name: "registry.example/gone:1", Target: absent(v1.MediaTypeImageManifest, "gone", nil)})
	check(err)
}

// Two image layers that were streamed and one that was unpacked, under a container's own.
func (o opened) layers() {
	s := o.db.Snapshotter("gcfs")
	parent := ""
	for i, name := range []string{"streamed-0", "streamed-1", "unpacked"} {
		labels := map[string]string{}
		if strings.HasPrefix(name, "streamed") {
			labels["containerd.io/snapshot/remote"] = "true"
		}
		key := fmt.Sprintf("extract-%d", i)
		mounts, err := s.Prepare(o.ctx, key, parent, snapshots.WithLabels(labels))
		check(err)
		if name == "unpacked" {
			for _, option := range mounts[0].Options {
				if path, found := strings.CutPrefix(option, "upperdir="); found {
					check(os.WriteFile(filepath.Join(path, "unpacked.txt"), []byte("here\n"), 0o644))
				}
			}
		}
		check(s.Commit(o.ctx, name, key, snapshots.WithLabels(labels)))
		parent = name
	}
	_, err := s.Prepare(o.ctx, "lazy", parent)
	check(err)
	_, err = o.db.Snapshotter("devmapper").Prepare(o.ctx, "thin", "")
	check(err)
}

// A pod in a virtual machine: the sandbox API's record, and no pause container.
func (o opened) sandbox() {
	box := sandbox.Sandbox{ID: "vm-sandbox", Labels: map[string]string{"io.kubernetes.pod.name": "vm-0"},
		Runtime: sandbox.RuntimeOpts{Name: "io.containerd.kata.v2"},
		Spec:    &types.Any{TypeUrl: "types.containerd.io/opencontainers/runtime-spec/1/Spec", Value: []byte(`{"hostname":"vm-0"}`)},
		Extensions: map[string]typeurl.Any{"metadata": &types.Any{TypeUrl: "github.com/containerd/cri/pkg/store/sandbox/Metadata",
			Value: []byte(`{"Version":"v1","Metadata":{"ID":"vm-sandbox","Name":"vm-0_shop_uid-7_2","Config":{"metadata":{"name":"vm-0","uid":"uid-7","namespace":"shop","attempt":2},` +
				`"hostname":"vm-0","log_directory":"/var/log/pods/shop_vm-0_uid-7","labels":{"app":"vm"},"annotations":{"a":"b"},` +
				`"linux":{"security_context":{"namespace_options":{"network":2}}}},"IP":"10.0.0.9","AdditionalIPs":["fd00::9"],"RuntimeHandler":"kata"}}`)}}}
	_, err := metadata.NewSandboxStore(o.db).Create(o.ctx, box)
	check(err)
}

func (o opened) containers() {
	spec := &types.Any{TypeUrl: "types.containerd.io/opencontainers/runtime-spec/1/Spec", Value: []byte(`{"ociVersion":"1.1.0","process":{"args":["/app"],"env":["A=1"]}}`)}
	store := metadata.NewContainerStore(o.db)
	for _, c := range []containers.Container{
		{ID: "lazy", Image: "registry.example/many:1", Snapshotter: "gcfs", SnapshotKey: "lazy", SandboxID: "vm-sandbox", Spec: spec,
			Runtime: containers.RuntimeInfo{Name: "io.containerd.kata.v2", Options: &types.Any{TypeUrl: "runtimeoptions.v1.Options", Value: []byte("\x12\x0a/etc/k.cfg")}},
			Extensions: map[string]typeurl.Any{"example.unknown": &types.Any{TypeUrl: "example.com/Unknown", Value: []byte{8, 1, 0xff}}}},
		{ID: "thin", Image: "registry.example/gone:1", Snapshotter: "devmapper", SnapshotKey: "thin", Spec: spec, Runtime: containers.RuntimeInfo{Name: "io.containerd.runc.v2"}},
		{ID: "bare", Image: "", Spec: spec, Runtime: containers.RuntimeInfo{Name: "io.containerd.runc.v2"}},
	} {
		_, err := store.Create(o.ctx, c)
		check(err)
	}
}

func (o opened) leases() {
	manager := metadata.NewLeaseManager(o.db)
	lease, err := manager.Create(o.ctx, leases.WithID("holder"), leases.WithLabels(map[string]string{"why": "test"}))
	check(err)
	for _, r := range []leases.Resource{
		{ID: digest.FromString("gone").String(), Type: "content"},
		{ID: "some-ingest", Type: "ingests"},
		{ID: "lazy", Type: "snapshots/gcfs"},
		{ID: "thin", Type: "snapshots/devmapper"},
	} {
		check(manager.AddResource(o.ctx, lease, r))
	}
	writer, err := o.store.Writer(leases.WithLease(o.ctx, "holder"), content.WithRef("layer-in-flight"),
		content.WithDescriptor(v1.Descriptor{Digest: digest.FromString("in flight"), Size: 1000}))
	check(err)
	_, err = writer.Write([]byte("only the first bytes"))
	check(err)
	check(writer.Close())
}
