package org.photointerests.packaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.photointerests.packaging.ElfFile.Segment;

/**
 * Loads a native library as Android's linker does on a device with pages of a given size.
 *
 * <p>The linker maps whole pages of the file over whole pages of memory, so the offset and the
 * address of a segment must lie equally far into a page, and no two segments may share one. A file
 * whose headers only claim a larger alignment passes a check of p_align and fails to load.
 */
final class PageLoader {
  private final ElfFile file;
  private final int pageBytes;

  PageLoader(ElfFile file, int pageBytes) {
    this.file = file;
    this.pageBytes = pageBytes;
  }

  /** Why the library would not load, or not run, on such pages; empty where it would. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    Segment before = null;
    for (Segment each : file.loaded()) {
      String where = "segment at address 0x" + Long.toHexString(each.address());
      if (each.align() < pageBytes) {
        faults.add(where + ": expected alignment " + pageBytes + ", received " + each.align());
      }
      if ((each.offset() - each.address()) % pageBytes != 0) {
        faults.add(where + ": expected an offset equal to the address modulo " + pageBytes
            + ", received offset 0x" + Long.toHexString(each.offset()));
      }
      if (before != null && pageStart(each.address()) < pageEnd(before.end())) {
        faults.add(where + ": expected a page of its own, received one shared with the segment"
            + " before it");
      }
      before = each;
    }
    if (before == null) faults.add("expected segments to load, received none");
    file.segments.stream().filter(each -> each.type() == ElfFile.RELRO)
        .forEach(each -> checkRelro(each, faults));
    return faults;
  }

  /** The linker takes the right to write from every page that RELRO touches. */
  private void checkRelro(Segment relro, List<String> faults) {
    for (Segment each : file.loaded()) {
      if (!each.isWritable() || each.end() <= relro.address() || relro.end() <= each.address()) {
        continue;
      }
      long left = Math.max(each.address(), pageStart(relro.address()));
      long right = Math.min(each.end(), pageEnd(relro.end()));
      if (left < relro.address() || relro.end() < right) {
        faults.add("RELRO at address 0x" + Long.toHexString(relro.address())
            + ": expected whole pages, received data that must stay writable in its pages");
      }
    }
  }

  /** The memory after loading, before relocation, from the first page to the end of the last. */
  byte[] image() {
    List<Segment> loaded = file.loaded();
    long start = pageStart(loaded.get(0).address());
    long end = pageEnd(loaded.get(loaded.size() - 1).end());
    byte[] memory = new byte[Math.toIntExact(end - start)];
    for (Segment each : loaded) {
      int page = Math.toIntExact(pageStart(each.address()) - start);
      int from = Math.toIntExact(pageStart(each.offset()));
      int length = Math.toIntExact(pageEnd(each.offset() + each.fileSize()) - from);
      Arrays.fill(memory, page, Math.toIntExact(pageEnd(each.end()) - start), (byte) 0);
      int available = Math.min(Math.min(length, file.bytes.length - from), memory.length - page);
      System.arraycopy(file.bytes, from, memory, page, available);
      if (each.isWritable()) {
        int zeros = Math.toIntExact(each.fileEnd() - start);
        Arrays.fill(memory, zeros, Math.toIntExact(pageEnd(each.end()) - start), (byte) 0);
      }
    }
    return memory;
  }

  private long pageStart(long address) {
    return address / pageBytes * pageBytes;
  }

  private long pageEnd(long address) {
    return pageStart(address + pageBytes - 1);
  }
}
