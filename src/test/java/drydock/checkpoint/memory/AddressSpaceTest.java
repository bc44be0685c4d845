package drydock.checkpoint.memory;

import static drydock.checkpoint.memory.TestImages.PAGE;
import static drydock.checkpoint.memory.TestImages.area;
import static drydock.checkpoint.memory.TestImages.filled;
import static drydock.checkpoint.memory.TestImages.mm;
import static drydock.checkpoint.memory.TestImages.pagemap;
import static drydock.checkpoint.memory.TestImages.pages;
import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.memory.search.PatternReader;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.proto.criu.PagemapEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {
  private static final int PARENT = 1;
  private static final int LAZY = 2;
  private static final int HERE = 4;
  private static final long BASE = 0x10000;

  private final FindingLog log = new FindingLog();

  private Memory memory(Picture... images) throws Exception {
    return memory(PictureTree.of(dir("checkpoint", images)));
  }

  private Memory memory(PictureTree archive) throws Exception {
    Checkpoint checkpoint = Checkpoint.open(archive, new byte[] {'/'}, log).get(0);
    return Memory.open(checkpoint.existingImages(), checkpoint.parents(), log);
  }

  private String kinds(AddressSpace space, long start, long pages) {
    StringBuilder text = new StringBuilder();
    for (long i = 0; i < pages; i++) {
      text.append(space.at(start + i * PAGE).kind()).append(' ');
    }
    return text.toString().strip();
  }

  private List<String> findings() {
    return log.list().stream().map(Finding::what).toList();
  }

  @Test
  void pagesComeFromWhereTheMapSays() throws Exception {
    Memory memory =
        memory(
            mm(1, area(BASE, 6, TestImages.PRIVATE), area(0x90000, 2, TestImages.OF_FILE)),
            pagemap(
                "pagemap-1.img",
                7,
                pages(BASE, 1, HERE),
                pages(BASE + 2 * PAGE, 2, HERE | LAZY),
                pages(BASE + 4 * PAGE, 1, LAZY),
                pages(0x91000, 1, HERE)),
            file("pages-7.img", filled(11, 22, 33, 44)));
    AddressSpace space = memory.space(1).orElseThrow();

    assertThat(kinds(space, BASE - PAGE, 8))
        .isEqualTo("UNMAPPED DUMPED ZERO DUMPED DUMPED LAZY ZERO UNMAPPED");
    assertThat(kinds(space, 0x90000, 2)).isEqualTo("FILE DUMPED");
    assertThat(space.known(BASE + PAGE - 1, 2 * PAGE)).hasSize(2 * PAGE).startsWith(11, 0);
    assertThat(space.known(BASE + 3 * PAGE, 2 * PAGE)).hasSize(PAGE).containsOnly(33);
    assertThat(space.known(0x91000, 9000)).hasSize(PAGE).containsOnly(44);
    assertThat(findings()).isEmpty();
  }

  @Test
  void oldMapsCountInTheNarrowField() throws Exception {
    PagemapEntry here = PagemapEntry.newBuilder().setVaddr(BASE).setCompatNrPages(1).build();
    PagemapEntry above = here.toBuilder().setVaddr(BASE + PAGE).setInParent(true).build();
    PictureTree tree =
        PictureTree.of(
            dir(
                "checkpoint",
                mm(1, area(BASE, 2, TestImages.PRIVATE)),
                pagemap("pagemap-1.img", 1, here, above),
                file("pages-1.img", filled(1)),
                link("parent", "../pre/first")),
            dir(
                "pre",
                dir(
                    "first",
                    pagemap("pagemap-1.img", 3, pages(BASE, 2, HERE)),
                    file("pages-3.img", filled(8, 9)))));
    Memory memory = memory(tree);
    AddressSpace space = memory.space(1).orElseThrow();

    assertThat(kinds(space, BASE, 2)).isEqualTo("DUMPED PARENT");
    assertThat(space.known(BASE + PAGE - 1, 2)).containsExactly(1, 9);
    assertThat(space.at(BASE + PAGE).generation()).isEqualTo(1);
    assertThat(findings()).isEmpty();
  }

  @Test
  void parentThatLeadsToItselfOrOutOfTheArchiveIsMissing() throws Exception {
    for (String target : List.of(".", "../../../etc", "nowhere")) {
      AddressSpace space =
          memory(
                  mm(1, area(BASE, 1, TestImages.PRIVATE)),
                  pagemap("pagemap-1.img", 1, pages(BASE, 1, PARENT)),
                  file("pages-1.img", ""),
                  link("parent", target))
              .space(1)
              .orElseThrow();

      assertThat(kinds(space, BASE, 1)).isEqualTo("MISSING");
    }
    assertThat(findings())
        .contains(
            "a dump that builds on itself",
            "the dump before this one is not in the archive: nowhere; --disk takes the archive"
                + " that has it");
  }

  @Test
  void overlapsAreToldAndTheFirstCounts() throws Exception {
    AddressSpace space =
        memory(
                mm(
                    1,
                    area(BASE, 4, TestImages.PRIVATE),
                    area(BASE + 2 * PAGE, 4, TestImages.PRIVATE),
                    area(BASE + 9 * PAGE, -2, TestImages.PRIVATE)),
                pagemap(
                    "pagemap-1.img",
                    1,
                    pages(BASE + PAGE, 2, HERE),
                    pages(BASE, 3, HERE),
                    pages(BASE + 2 * PAGE, 2, HERE)),
                file("pages-1.img", filled(1, 2, 3, 4, 5, 6, 7)))
            .space(1)
            .orElseThrow();

    assertThat(space.areas())
        .extracting(Area::end)
        .containsExactly(BASE + 4 * PAGE, BASE + 6 * PAGE);
    assertThat(space.known(BASE, 9 * PAGE)).hasSize(6 * PAGE);
    assertThat(space.known(BASE + 3 * PAGE - 1, 2)).containsExactly(5, 7);
    assertThat(findings())
        .contains(
            "areas overlap",
            "an area that does not end behind its start",
            "an entry of a page map lies before the end of the one before it");
  }

  @Test
  void entryInsideOfAnotherHidesNothing() throws Exception {
    AddressSpace space =
        memory(
                mm(1, area(BASE, 4, TestImages.PRIVATE)),
                pagemap("pagemap-1.img", 1, pages(BASE, 4, HERE), pages(BASE + PAGE, 1, HERE)),
                file("pages-1.img", filled(1, 2, 3, 4, 5)))
            .space(1)
            .orElseThrow();

    assertThat(kinds(space, BASE, 4)).isEqualTo("DUMPED DUMPED DUMPED DUMPED");
    assertThat(space.known(BASE + 2 * PAGE - 1, 2)).containsExactly(2, 3);
  }

  @Test
  void zerosThatAreNotStoredAreNotFoundByThemselves() throws Exception {
    Memory memory =
        memory(
            mm(1, area(BASE, 3, TestImages.PRIVATE)),
            pagemap("pagemap-1.img", 1, pages(BASE, 1, HERE), pages(BASE + 2 * PAGE, 1, HERE)),
            file("pages-1.img", filled(1, 2)));

    PatternReader reader =
        new PatternReader(List.of(StandardCharsets.ISO_8859_1), List.of(), false);
    reader.text("zeros", "\0\0");
    reader.text("longer, so that zeros before it are looked at", "\2\1\2\1\2\1\2\1");
    new MemorySearch(memory, reader.patterns(), 4, 2, log)
        .run(Set.of(), hit -> Assertions.fail("found zeros that nothing stores"));
    assertThat(found(memory, "\0\2")).containsExactly(BASE + 2 * PAGE - 1);
  }

  @Test
  void countsThatLieAreCut() throws Exception {
    AddressSpace space =
        memory(
                mm(1, area(BASE, 4, TestImages.PRIVATE)),
                pagemap(
                    "pagemap-1.img",
                    1,
                    pages(BASE, 1L << 60, HERE),
                    pages(-4096, -1, HERE),
                    pages(BASE + 1, 0, HERE)),
                file("pages-1.img", filled(1, 2)))
            .space(1)
            .orElseThrow();

    assertThat(kinds(space, BASE, 4)).isEqualTo("DUMPED DUMPED MISSING MISSING");
    assertThat(findings())
        .contains(
            "an entry of a page map reaches beyond all addresses",
            "an entry of a page map without pages",
            "pages are missing at the end of their image");
  }

  @Test
  void compressedPagesAreUnpackedBlockByBlock() throws Exception {
    byte[] noise = new byte[PAGE];
    new Random(3).nextBytes(noise);
    byte[] text =
        "all the same words, all the same words ".repeat(500).getBytes(StandardCharsets.US_ASCII);
    java.io.ByteArrayOutputStream stored = new java.io.ByteArrayOutputStream();
    byte[] packed = packed(java.util.Arrays.copyOf(text, 3 * PAGE));
    byte[] single = packed(filled(5));
    stored.writeBytes(packed);
    stored.writeBytes(single);
    stored.writeBytes(noise);
    stored.writeBytes(filled(6));
    PagemapEntry regions =
        pages(BASE, 5, HERE).toBuilder()
            .setRegionPages(3)
            .addCompressedSize(packed.length)
            .addCompressedSize(0)
            .build();
    PagemapEntry single3 =
        pages(BASE + 5 * PAGE, 2, HERE).toBuilder()
            .addCompressedSize(single.length)
            .addCompressedSize(PAGE)
            .build();
    AddressSpace space =
        memory(
                mm(1, area(BASE, 8, TestImages.PRIVATE)),
                pagemap("pagemap-1.img", 1, regions, single3, pages(BASE + 7 * PAGE, 1, HERE)),
                file("pages-1.img", stored.toByteArray()))
            .space(1)
            .orElseThrow();

    byte[] bytes = space.known(BASE, 8 * PAGE);
    assertThat(bytes).hasSize(8 * PAGE).startsWith(java.util.Arrays.copyOf(text, 3 * PAGE));
    assertThat(java.util.Arrays.copyOfRange(bytes, 3 * PAGE, 5 * PAGE)).containsOnly(0);
    assertThat(java.util.Arrays.copyOfRange(bytes, 5 * PAGE, 6 * PAGE)).containsOnly(5);
    assertThat(java.util.Arrays.copyOfRange(bytes, 6 * PAGE, 7 * PAGE)).isEqualTo(noise);
    assertThat(java.util.Arrays.copyOfRange(bytes, 7 * PAGE, 8 * PAGE)).containsOnly(6);
    assertThat(findings()).isEmpty();
  }

  private static byte[] packed(byte[] raw) throws Exception {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try (BlockLZ4CompressorOutputStream lz4 = new BlockLZ4CompressorOutputStream(out)) {
      lz4.write(raw);
    }
    return out.toByteArray();
  }

  @Test
  void brokenBlockIsAFindingAndTheOthersAreSearched() throws Exception {
    byte[] good = packed(filled('x'));
    byte[] bad = {(byte) 0xf0, (byte) 0xff, (byte) 0xff, 1, 2};
    java.io.ByteArrayOutputStream stored = new java.io.ByteArrayOutputStream();
    stored.writeBytes(bad);
    stored.writeBytes(good);
    PagemapEntry entry =
        pages(BASE, 2, HERE).toBuilder()
            .addCompressedSize(bad.length)
            .addCompressedSize(good.length)
            .build();
    Memory memory =
        memory(
            mm(1, area(BASE, 2, TestImages.PRIVATE)),
            pagemap("pagemap-1.img", 1, entry),
            file("pages-1.img", stored.toByteArray()));

    assertThat(found(memory, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")).isNotEmpty();
    assertThat(findings()).contains("a compressed block of pages cannot be unpacked");
  }

  private List<Long> found(Memory memory, String text) throws Exception {
    PatternReader reader =
        new PatternReader(List.of(StandardCharsets.ISO_8859_1), List.of(), false);
    reader.text(text, text);
    List<Long> found = new ArrayList<>();
    new MemorySearch(memory, reader.patterns(), 4, 2, log)
        .run(Set.of(), hit -> found.add(hit.owner() == null ? -1 : hit.owner().address()));
    return found;
  }

  @Test
  void matchesReachOverPagesThatLieApartInTheImageAndOverZeros() throws Exception {
    byte[] stored = filled(0, 1, 2);
    stored[PAGE - 1] = 'a';
    stored[2 * PAGE] = 'b';
    stored[2 * PAGE - 1] = 'z';
    Memory memory =
        memory(
            mm(1, area(BASE, 1, TestImages.PRIVATE), area(BASE + PAGE, 3, TestImages.PRIVATE)),
            pagemap(
                "pagemap-1.img",
                1,
                pages(BASE, 1, HERE),
                pages(BASE + 2 * PAGE, 1, HERE),
                pages(BASE + PAGE, 1, HERE)),
            file("pages-1.img", stored));

    assertThat(found(memory, "ab")).containsExactly(BASE + PAGE - 1);
    assertThat(found(memory, "z\0\0\0")).containsExactly(BASE + 3 * PAGE - 1);
    assertThat(found(memory, "\0\0\0\0\0\0\0\0a")).containsExactly(BASE + PAGE - 9);
  }

  /** Maps of random numbers never loop, run out of memory, or throw what is none of ours. */
  @Test
  void randomMapsEndSoon() {
    Random random = new Random(11);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(90),
        () -> {
          for (int round = 0; round < 300; round++) {
            PagemapEntry[] entries = new PagemapEntry[random.nextInt(20)];
            for (int i = 0; i < entries.length; i++) {
              entries[i] =
                  PagemapEntry.newBuilder()
                      .setVaddr(
                          random.nextBoolean() ? random.nextLong() : random.nextInt(99) * 4096L)
                      .setNrPages(random.nextBoolean() ? random.nextLong() : random.nextInt(5))
                      .setFlags(random.nextInt(8))
                      .setRegionPages(random.nextInt(3))
                      .addCompressedSize(random.nextInt(PAGE + 9))
                      .build();
            }
            Memory memory =
                memory(
                    mm(
                        1,
                        area(
                            random.nextInt(99) * 4096L, random.nextInt(9), 1 << random.nextInt(18)),
                        area(random.nextLong(), random.nextLong(), 1 << random.nextInt(18))),
                    pagemap("pagemap-1.img", 1, entries),
                    file("pages-1.img", filled(1, 2, 3)));
            memory.space(1).orElseThrow().pages();
            found(memory, "\1\1\1");
          }
        });
  }
}
