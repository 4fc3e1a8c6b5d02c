package org.photointerests.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.photointerests.packaging.ElfFile.Segment;

/**
 * Lays a 64-bit library that was linked for 4 KB pages out for 16 KB pages, where its addresses
 * allow that.
 *
 * <p>Every address stays, so no code changes: bytes move in the file until each segment's offset
 * equals its address within a page, and writable segments that share a page become one. RELRO keeps
 * the whole pages that it covers. Usage: AlignNative IN OUT.
 */
final class AlignNative {
  static final int PAGE_BYTES = 16384;

  private static final int NO_BITS = 8;
  private static final int HEADER_TABLE = 32;
  private static final int HEADER_SIZE = 54;
  private static final int SECTION_TABLE = 40;
  private static final int SECTION_SIZE = 58;
  private static final int SECTION_COUNT = 60;
  private static final Segment EMPTY = new Segment(0, 0, 0, 0, 0, 0, 0);

  private record Move(long from, long size, long to) {}

  private final ElfFile file;
  private final ByteBuffer in;
  private final List<Move> moves = new ArrayList<>();
  private ByteBuffer out;

  private AlignNative(ElfFile file) {
    this.file = file;
    in = ByteBuffer.wrap(file.bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("expected IN OUT, received " + List.of(arguments));
    }
    Path out = Path.of(arguments[1]);
    Files.createDirectories(out.getParent());
    Files.write(out, align(Files.readAllBytes(Path.of(arguments[0]))));
  }

  /**
   * The same library for 16 KB pages.
   *
   * @throws IllegalArgumentException where code and data share a page of that size, where these are
   *     not the bytes of a 64-bit library, or where the result would not load
   */
  static byte[] align(byte[] library) {
    ElfFile file = new ElfFile(library);
    if (!file.is64Bit) throw new IllegalArgumentException("expected a 64-bit ELF file");
    byte[] aligned = new AlignNative(file).laidOut();
    List<String> faults = new PageLoader(new ElfFile(aligned), PAGE_BYTES).faults();
    if (!faults.isEmpty()) throw new IllegalArgumentException(String.join("\n", faults));
    return aligned;
  }

  private byte[] laidOut() {
    List<Segment> placed = placeSegments();
    Segment last = placed.get(placed.size() - 1);
    long end = last.offset() + last.fileSize();
    out = ByteBuffer.allocate(Math.toIntExact(end) + in.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    for (Move move : moves) copy(move.from, move.size, move.to);
    writeHeaders(placed);
    return Arrays.copyOf(out.array(), writeSections(end));
  }

  private List<Segment> placeSegments() {
    List<Segment> placed = new ArrayList<>();
    for (Segment each : file.loaded()) {
      Segment last = placed.isEmpty() ? EMPTY : placed.get(placed.size() - 1);
      boolean shared = !placed.isEmpty()
          && each.address() / PAGE_BYTES <= (last.end() - 1) / PAGE_BYTES;
      if (shared && last.flags() != each.flags()) {
        throw new IllegalArgumentException("segments of different permissions share a page at 0x"
            + Long.toHexString(each.address()));
      }
      if (shared) {
        long to = last.offset() + each.address() - last.address();
        moves.add(new Move(each.offset(), each.fileSize(), to));
        placed.set(placed.size() - 1, new Segment(last.type(), last.flags(), last.offset(),
            last.address(), each.fileEnd() - last.address(), each.end() - last.address(),
            PAGE_BYTES));
      } else {
        long end = last.offset() + last.fileSize();
        long to = end + Math.floorMod(each.address() - end, (long) PAGE_BYTES);
        moves.add(new Move(each.offset(), each.fileSize(), to));
        placed.add(new Segment(each.type(), each.flags(), to, each.address(), each.fileSize(),
            each.memorySize(), PAGE_BYTES));
      }
    }
    return placed;
  }

  /** In the old order; segments that became one leave empty headers at the end. */
  private void writeHeaders(List<Segment> placed) {
    List<Segment> all = new ArrayList<>();
    List<Segment> left = new ArrayList<>(placed);
    for (Segment each : file.segments) {
      if (each.type() == ElfFile.LOAD) {
        if (!left.isEmpty()) all.add(left.remove(0));
      } else if (each.type() == ElfFile.RELRO) {
        long size = each.end() / PAGE_BYTES * PAGE_BYTES - each.address();
        if (each.address() % PAGE_BYTES == 0 && size > 0) all.add(moved(each, size));
      } else {
        all.add(moved(each, each.memorySize()));
      }
    }
    while (all.size() < file.segments.size()) all.add(EMPTY);
    int at = Math.toIntExact(moved(in.getLong(HEADER_TABLE), 0));
    for (Segment each : all) {
      out.putInt(at, each.type()).putInt(at + 4, each.flags());
      out.putLong(at + 8, each.offset()).putLong(at + 16, each.address());
      out.putLong(at + 24, each.address()).putLong(at + 32, each.fileSize());
      out.putLong(at + 40, each.memorySize()).putLong(at + 48, each.align());
      at += in.getShort(HEADER_SIZE);
    }
  }

  private Segment moved(Segment each, long memorySize) {
    long fileSize = Math.min(each.fileSize(), memorySize);
    long offset = fileSize > 0 ? moved(each.offset(), fileSize) : each.offset();
    return new Segment(each.type(), each.flags(), offset, each.address(), fileSize, memorySize,
        each.align());
  }

  /** Writes what no segment holds, and the table of sections; returns where the file ends. */
  private int writeSections(long endOfSegments) {
    int table = Math.toIntExact(in.getLong(SECTION_TABLE));
    int count = in.getShort(SECTION_COUNT);
    int size = in.getShort(SECTION_SIZE);
    long end = endOfSegments;
    long[] offsets = new long[count];
    for (int i = 0; i < count; i++) {
      int at = table + i * size;
      int type = in.getInt(at + 4);
      long offset = in.getLong(at + 24);
      long length = in.getLong(at + 32);
      boolean isMapped = in.getLong(at + 16) != 0;
      if (type == NO_BITS) {
        offset = Math.min(offset, endOfSegments);
      } else if (isMapped) {
        offset = moved(offset, length);
      } else if (type != 0) {
        long to = up(end, Math.max(1, in.getLong(at + 48)));
        copy(offset, length, to);
        end = to + length;
        offset = to;
      }
      offsets[i] = offset;
    }
    int to = Math.toIntExact(up(end, 8));
    for (int i = 0; i < count; i++) {
      copy(table + (long) i * size, size, to + (long) i * size);
      out.putLong(to + i * size + 24, offsets[i]);
    }
    out.putLong(SECTION_TABLE, to);
    return to + count * size;
  }

  private long moved(long offset, long size) {
    for (Move move : moves) {
      if (move.from <= offset && offset + size <= move.from + move.size) {
        return offset - move.from + move.to;
      }
    }
    throw new IllegalArgumentException("no segment holds offset 0x" + Long.toHexString(offset));
  }

  private void copy(long from, long size, long to) {
    System.arraycopy(in.array(), (int) from, out.array(), (int) to, (int) size);
  }

  private static long up(long value, long step) {
    return (value + step - 1) / step * step;
  }
}
