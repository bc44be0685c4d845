// Command generate fills a containerd root with many containers and snapshots, by containerd's own
// metadata store, so that its databases are what a large node has.
//
// Usage: generate ROOT CONTAINERS IMAGES LAYERS
// makes IMAGES chains of LAYERS committed snapshots and one active snapshot a container.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"

	"github.com/containerd/containerd/containers"
	"github.com/containerd/containerd/content/local"
	"github.com/containerd/containerd/images"
	"github.com/containerd/containerd/metadata"
	"github.com/containerd/containerd/namespaces"
	"github.com/containerd/containerd/snapshots"
	"github.com/containerd/containerd/snapshots/overlay"
	"github.com/gogo/protobuf/types"
	"github.com/opencontainers/go-digest"
	v1 "github.com/opencontainers/image-spec/specs-go/v1"
	"github.com/opencontainers/runtime-spec/specs-go"
	bolt "go.etcd.io/bbolt"
)

const (
	specType    = "types.containerd.io/opencontainers/runtime-spec/1/Spec"
	specMounts  = 20
	snapshotter = "overlayfs"
)

func name(kind string, number int) string {
	return digest.FromString(fmt.Sprint(kind, number)).Encoded()
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func check(err error) {
	must(0, err)
}

func imageName(number int) string {
	return fmt.Sprintf("registry.test/team/service-%d:v1", number)
}

// chain makes the snapshots of one image and returns the name of the topmost.
func chain(ctx context.Context, store snapshots.Snapshotter, image, layers int) string {
	parent := ""
	for layer := range layers {
		ref := "sha256:" + name("layer", image*layers+layer)
		label := snapshots.WithLabels(map[string]string{"containerd.io/snapshot.ref": ref})
		key := fmt.Sprintf("unpack-%d-%d", image, layer)
		must(store.Prepare(ctx, key, parent, label))
		check(store.Commit(ctx, ref, key, label))
		parent = ref
	}
	return parent
}

// The part "linux" has to be there: container-explorer 0.6.0 ends in a panic on a spec without it.
func spec(number int, id string) []byte {
	pod := fmt.Sprintf("service-%d", number)
	spec := specs.Spec{
		Version:  "1.1.0",
		Hostname: pod,
		Root:     &specs.Root{Path: "rootfs"},
		Process:  &specs.Process{Args: []string{"/usr/bin/service", "-id", id}, Cwd: "/", Env: []string{"PATH=/bin", "POD_NAME=" + pod}},
		Linux: &specs.Linux{
			CgroupsPath: fmt.Sprintf("/kubepods/burstable/pod%010d/%s", number, id),
			Namespaces:  []specs.LinuxNamespace{{Type: "pid"}, {Type: "ipc"}, {Type: "uts"}, {Type: "mount"}},
		},
	}
	for mount := range specMounts {
		spec.Mounts = append(spec.Mounts, specs.Mount{
			Destination: fmt.Sprintf("/srv/data-%d", mount),
			Source:      fmt.Sprintf("/var/lib/kubelet/pods/%010d/volumes/data-%d", number, mount),
			Type:        "bind",
			Options:     []string{"rbind", "rprivate", "ro"},
		})
	}
	return must(json.Marshal(spec))
}

func main() {
	if len(os.Args) != 5 {
		log.Fatal("usage: generate ROOT CONTAINERS IMAGES LAYERS")
	}
	root := os.Args[1]
	count, imageCount, layers := must(strconv.Atoi(os.Args[2])), must(strconv.Atoi(os.Args[3])), must(strconv.Atoi(os.Args[4]))

	directory := filepath.Join(root, "io.containerd.metadata.v1.bolt")
	check(os.MkdirAll(directory, 0o711))
	file := must(bolt.Open(filepath.Join(directory, "meta.db"), 0o644, &bolt.Options{NoSync: true, NoFreelistSync: true}))
	blobs := must(local.NewStore(filepath.Join(root, "io.containerd.content.v1.content")))
	backend := must(overlay.NewSnapshotter(filepath.Join(root, "io.containerd.snapshotter.v1."+snapshotter)))
	database := metadata.NewDB(file, blobs, map[string]snapshots.Snapshotter{snapshotter: backend})
	ctx := namespaces.WithNamespace(context.Background(), "k8s.io")
	check(database.Init(ctx))

	store := database.Snapshotter(snapshotter)
	tops := make([]string, imageCount)
	imageStore := metadata.NewImageStore(database)
	for image := range imageCount {
		tops[image] = chain(ctx, store, image, layers)
		must(imageStore.Create(ctx, images.Image{
			Name:   imageName(image),
			Target: v1.Descriptor{MediaType: v1.MediaTypeImageManifest, Digest: digest.FromString(imageName(image)), Size: 1000},
		}))
	}
	containerStore := metadata.NewContainerStore(database)
	for number := range count {
		id := name("container", number)
		must(store.Prepare(ctx, id, tops[number%imageCount]))
		must(containerStore.Create(ctx, containers.Container{
			ID:          id,
			Image:       imageName(number % imageCount),
			Snapshotter: snapshotter,
			SnapshotKey: id,
			Runtime:     containers.RuntimeInfo{Name: "io.containerd.runc.v2"},
			Spec:        &types.Any{TypeUrl: specType, Value: spec(number, id)},
			Labels: map[string]string{
				"io.cri-containerd.kind":       "container",
				"io.kubernetes.container.name": "service",
				"io.kubernetes.pod.name":       fmt.Sprintf("service-%d", number),
				"io.kubernetes.pod.namespace":  "bench",
				"io.kubernetes.pod.uid":        fmt.Sprintf("00000000-0000-4000-8000-%012d", number),
			},
		}))
	}
	check(file.Close())
	check(backend.Close())
}
