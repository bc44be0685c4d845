package drydock.export.ext4;

import drydock.fs.Name;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Puts the extended attributes of an inode where ext4 keeps them: in the inode what fits there, the
 * rest in a block; what that has no room for goes into inodes of its own, the largest values first.
 * Not safe from several threads.
 */
final class AttributeWriter {
  private static final int BLOCK_HEADER_BYTES = 32;
  private static final int BLOCK_ROOM =
      ImageFile.BLOCK_BYTES - BLOCK_HEADER_BYTES - AttributeTable.END_BYTES;

  private final ImageFile image;
  private final Seals seals;
  private final InodeSpool inodes;
  private boolean hasValueInodes;

  AttributeWriter(ImageFile image, Seals seals, InodeSpool inodes) {
    this.image = image;
    this.seals = seals;
    this.inodes = inodes;
  }

  /** Whether there is any value with an inode of its own. */
  boolean hasValueInodes() {
    return hasValueInodes;
  }

  void write(InodeRecord record, SortedMap<Name, byte[]> attributes, List<String> notKept)
      throws IOException {
    List<Attribute> left = new ArrayList<>();
    for (Map.Entry<Name, byte[]> each : attributes.entrySet()) {
      Attribute.of(each.getKey(), each.getValue(), notKept).ifPresent(left::add);
    }
    left.sort(null);
    putIntoInode(record, left);
    Set<Attribute> apart = apart(left, notKept);
    if (!left.isEmpty()) {
      writeBlock(record, left, apart);
    }
  }

  /** Takes out of the list what has room in the inode. */
  private static void putIntoInode(InodeRecord record, List<Attribute> left) {
    int from = record.attributesAt() + 4;
    AttributeTable table = new AttributeTable(record.raw(), from, from, false);
    boolean isAny = false;
    for (Iterator<Attribute> all = left.iterator(); all.hasNext(); ) {
      Attribute attribute = all.next();
      if (table.hasRoom(attribute)) {
        table.add(attribute);
        all.remove();
        isAny = true;
      }
    }
    if (isAny) {
      ByteBuffer.wrap(record.raw())
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(record.attributesAt(), AttributeTable.MAGIC);
    }
  }

  /** Those whose values have to go elsewhere for all to fit in a block. */
  private static Set<Attribute> apart(List<Attribute> all, List<String> notKept) {
    Set<Attribute> apart = new HashSet<>();
    long needed = 0;
    for (Attribute each : all) {
      needed += each.entryBytes() + each.valueBytes();
    }
    while (needed > BLOCK_ROOM) {
      Attribute largest = null;
      for (Attribute each : all) {
        boolean isLarger = largest == null || each.valueBytes() > largest.valueBytes();
        if (each.valueBytes() > 0 && isLarger && !apart.contains(each)) {
          largest = each;
        }
      }
      if (largest != null) {
        apart.add(largest);
        needed -= largest.valueBytes();
      } else {
        Attribute last = all.remove(all.size() - 1);
        needed -= last.entryBytes();
        notKept.add("an attribute that there is no room for: " + last.shown());
      }
    }
    return apart;
  }

  private void writeBlock(InodeRecord record, List<Attribute> all, Set<Attribute> apart)
      throws IOException {
    byte[] block = new byte[ImageFile.BLOCK_BYTES];
    AttributeTable table = new AttributeTable(block, BLOCK_HEADER_BYTES, 0, true);
    for (Attribute each : all) {
      if (apart.contains(each)) {
        table.add(each, writeValue(record, each.value()), seals.value(each.value()));
      } else {
        table.add(each);
      }
    }
    ByteBuffer header = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, AttributeTable.MAGIC);
    header.putInt(4, 1); // how many inodes have this block
    header.putInt(8, 1); // how many blocks it is
    header.putInt(12, table.hash());
    long place = image.take(1);
    seals.attributes(place, block);
    image.put(place, block);
    record.attributeBlock(place);
    record.addBlocks(1);
  }

  /** The inode with the value; its blocks count as those of the inode that has the attribute. */
  private long writeValue(InodeRecord owner, byte[] value) throws IOException {
    hasValueInodes = true;
    long number = inodes.take();
    InodeRecord record = InodeRecord.ofValue(seals.value(value));
    long blocks = (value.length + ImageFile.BLOCK_BYTES - 1L) / ImageFile.BLOCK_BYTES;
    record.size(value.length);
    long place = new ExtentTree(image, seals, number, BlockRuns.whole(blocks)).write(record);
    image.put(place * ImageFile.BLOCK_BYTES, value, 0, value.length);
    inodes.put(number, record);
    owner.addBlocks(blocks);
    return number;
  }
}
