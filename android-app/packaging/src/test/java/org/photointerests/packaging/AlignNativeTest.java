package org.photointerests.packaging;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

/** TFLite's own libraries, as published, laid out for 16 KB pages. */
public class AlignNativeTest {
  private static final int LARGE = 16384;
  private static final int SMALL = 4096;
  private final byte[] published = library("arm64-v8a");

  public AlignNativeTest() throws IOException {}

  @Test
  public void faults_publishedLibrary_loadsOnSmallPagesAlone() {
    assertEquals(List.of(), faults(published, SMALL));
    assertTrue(faults(published, LARGE).stream().anyMatch(each -> each.contains("alignment")));
  }

  @Test
  public void faults_headersThatClaimALargerAlignment_areSeenThrough() {
    byte[] claimed = published.clone();
    ByteBuffer headers = ByteBuffer.wrap(claimed).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < headers.getShort(56); i++) {
      int at = (int) headers.getLong(32) + i * headers.getShort(54);
      if (headers.getInt(at) == ElfFile.LOAD) headers.putLong(at + 48, LARGE);
    }
    List<String> faults = faults(claimed, LARGE);
    assertTrue("" + faults, faults.stream().noneMatch(each -> each.contains("alignment")));
    assertTrue("" + faults, faults.stream().anyMatch(each -> each.contains("offset")));
  }

  @Test
  public void align_arm64_loadsOnSmallAndLargePages() {
    byte[] aligned = AlignNative.align(published);
    assertEquals(List.of(), faults(aligned, LARGE));
    assertEquals(List.of(), faults(aligned, SMALL));
    assertTrue(aligned.length - published.length < LARGE);
  }

  @Test
  public void align_arm64_givesTheSameMemory() {
    ElfFile before = new ElfFile(published);
    ElfFile after = new ElfFile(AlignNative.align(published));
    byte[] expected = new PageLoader(before, SMALL).image();
    byte[] received = new PageLoader(after, LARGE).image();
    for (ElfFile.Segment each : before.loaded()) {
      // The first segment holds the program headers, which are what changes.
      int from = Math.toIntExact(each.address() == 0 ? 64L + 56 * before.segments.size()
          : each.address());
      int to = Math.toIntExact(each.end());
      assertArrayEquals(
          Arrays.copyOfRange(expected, from, to), Arrays.copyOfRange(received, from, to));
    }
  }

  @Test
  public void align_x86_64_isRefusedForItsSharedPage() throws IOException {
    byte[] x86 = library("x86_64");
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> AlignNative.align(x86));
    assertTrue(error.getMessage(), error.getMessage().contains("share a page"));
  }

  @Test
  public void align_32BitsAndOtherFiles_areRefused() throws IOException {
    byte[] arm32 = library("armeabi-v7a");
    assertThrows(IllegalArgumentException.class, () -> AlignNative.align(arm32));
    assertThrows(IllegalArgumentException.class, () -> AlignNative.align(new byte[100]));
  }

  private static List<String> faults(byte[] library, int pageBytes) {
    return new PageLoader(new ElfFile(library), pageBytes).faults();
  }

  private static byte[] library(String abi) throws IOException {
    File folder = new File(System.getProperty("publishedTflite"));
    return Files.readAllBytes(Path.of(folder.getPath(), abi, "libtensorflowlite_jni.so"));
  }
}
