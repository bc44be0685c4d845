package drydock.runtime.containerd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table that {@code ctr} printed: columns under the words of its first line. */
final class CtrTable {
  private CtrTable() {}

  /** Its rows by the columns' names, which must be those of its first line. */
  static List<Map<String, String>> parse(String text, String... columns) {
    List<String> lines = text.lines().toList();
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (!line.isBlank()) {
        rows.add(
            lines.get(0).indexOf('\t') >= 0
                ? byTabs(line, columns)
                : byPlace(lines.get(0), line, columns));
      }
    }
    return rows;
  }

  private static Map<String, String> byTabs(String line, String... columns) {
    String[] cells = line.split("\t+", -1);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      row.put(columns[i], i < cells.length ? cells[i].strip() : "");
    }
    return row;
  }

  private static Map<String, String> byPlace(String head, String line, String... columns) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      int from = head.indexOf(columns[i]);
      int to = i + 1 < columns.length ? head.indexOf(columns[i + 1]) : line.length();
      row.put(
          columns[i],
          from >= line.length() ? "" : line.substring(from, Math.min(to, line.length())).strip());
    }
    return row;
  }

  /** Labels as ctr prints them: {@code a=b,c=d}, or a dash for none. */
  static String labels(Map<String, String> labels) {
    List<String> parts = new ArrayList<>();
    labels.forEach((key, value) -> parts.add(key + "=" + value));
    Collections.sort(parts);
    return parts.isEmpty() ? "-" : String.join(",", parts);
  }
}
