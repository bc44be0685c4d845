/**
 * Whose a file of the node is: from a path back to snapshot, layer, image, container and pod.
 *
 * <pre>
 *   engines' snapshots, mounts, logs, state ──► Anchors: directories of the node, by identity
 *   path ──► Trails: the anchors on its way ──► Provenance ──► Belonging
 *                                                   ├── ImageIndex      layer, content → images
 *                                                   ├── EngineFile, PodFile   what a name stands for
 *                                                   └── ContainerView   where the container has it
 * </pre>
 *
 * <p>Directories are known by file system and inode, so that every path to them counts: Container-
 * Optimized OS has {@code /var} twice. Source of knowledge: containerd 2.2 ({@code
 * plugins/content/local}, {@code core/metadata}, {@code internal/cri/server/helpers.go}),
 * Kubernetes 1.34 ({@code pkg/kubelet/kuberuntime/helpers.go}, {@code legacy.go}, {@code
 * pkg/kubelet/kubelet_getters.go}), and the nodes in fixtures.
 */
@NullMarked
package drydock.provenance;

import org.jspecify.annotations.NullMarked;
