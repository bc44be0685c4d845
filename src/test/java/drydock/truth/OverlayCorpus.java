package drydock.truth;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.OpenOptions;
import drydock.fs.ext4.Ext4Format;
import drydock.overlay.Layer;
import drydock.overlay.Marks;
import drydock.overlay.OverlayTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tukaani.xz.XZInputStream;

/**
 * Layers that a kernel made and how it showed them, as {@code src/test/scripts/overlay_corpus.py}
 * writes them: in {@code fixtures/overlay}, or in a folder just made.
 */
public final class OverlayCorpus {
  /** What is kept. */
  public static final Path FIXTURES =
      Path.of(System.getProperty("fixtures", "fixtures")).resolve("overlay");

  /**
   * One way in which layers were mounted.
   *
   * @param before the view of the layers without the topmost; null where none was mounted
   */
  public record View(
      String name, List<String> layers, String options, String space, String over, String before) {}

  private final Path folder;
  private final String name;
  private final FileTree disk;
  private final FindingLog log;
  private final Map<String, View> views = new TreeMap<>();
  private final Map<String, KernelListing> listings = new HashMap<>();

  private OverlayCorpus(Path folder, String name, FileTree disk, FindingLog log) {
    this.folder = folder;
    this.name = name;
    this.disk = disk;
    this.log = log;
  }

  public static OverlayCorpus open(Path folder, String name, FindingLog log) throws IOException {
    byte[] image;
    try (InputStream file = Files.newInputStream(folder.resolve(name + ".img.xz"));
        InputStream in = new XZInputStream(file)) {
      image = in.readAllBytes();
    }
    ArraySource source = new ArraySource(image, Origin.of(name));
    FileTree disk = new Ext4Format().open(source, OpenOptions.DEFAULT, log);
    OverlayCorpus corpus = new OverlayCorpus(folder, name, disk, log);
    corpus.readViews();
    return corpus;
  }

  private void readViews() throws IOException {
    String json = Files.readString(folder.resolve(name + ".json"), StandardCharsets.UTF_8);
    JsonObject all = JsonParser.parseString(json).getAsJsonObject().getAsJsonObject("views");
    for (String view : all.keySet()) {
      JsonObject told = all.getAsJsonObject(view);
      views.put(
          view,
          new View(
              view,
              strings(told.getAsJsonArray("layers")),
              string(told, "options"),
              string(told, "space"),
              string(told, "over"),
              string(told, "before")));
    }
  }

  private static String string(JsonObject told, String field) {
    JsonElement value = told.get(field);
    return value.isJsonNull() ? null : value.getAsString();
  }

  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>();
    array.forEach(each -> strings.add(each.getAsString()));
    return strings;
  }

  public List<View> views() {
    return List.copyOf(views.values());
  }

  public View view(String view) {
    return views.get(view);
  }

  /** Our view of the same layers. */
  public OverlayTree merged(View view) throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (String layer : view.layers()) {
      layers.add(new Layer(layer, new Lookup(disk).find("/" + layer).node()));
    }
    Marks marks = view.space().equals("user") ? Marks.USER : Marks.TRUSTED;
    return OverlayTree.of(layers, marks, log);
  }

  /** What the kernel showed. */
  public KernelListing kernel(View view) throws IOException {
    KernelListing known = listings.get(view.name());
    if (known == null) {
      Path file = folder.resolve(name + "-" + view.name() + ".jsonl.xz");
      known =
          view.over() == null
              ? KernelListing.read(file)
              : kernel(views.get(view.over())).changedBy(file);
      listings.put(view.name(), known);
    }
    return known;
  }
}
