package org.photointerests.packaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A native library's program headers: what a linker maps, and where. */
final class ElfFile {
  static final int LOAD = 1;
  static final int RELRO = 0x6474e552;
  static final int WRITABLE = 2;

  private static final int MAGIC = 0x464c457f;
  private static final int LITTLE_ENDIAN = 1;

  /** One program header; offset, sizes and align in bytes. */
  record Segment(
      int type, int flags, long offset, long address, long fileSize, long memorySize, long align) {
    long end() {
      return address + memorySize;
    }

    long fileEnd() {
      return address + fileSize;
    }

    boolean isWritable() {
      return (flags & WRITABLE) != 0;
    }
  }

  final byte[] bytes;
  final boolean is64Bit;
  final List<Segment> segments;

  /**
   * Reads the headers.
   *
   * @throws IllegalArgumentException where these are not the bytes of a little-endian ELF file
   */
  ElfFile(byte[] bytes) {
    this.bytes = bytes;
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 64 || in.getInt(0) != MAGIC || bytes[5] != LITTLE_ENDIAN) {
      throw new IllegalArgumentException(
          "expected a little-endian ELF file, received " + bytes.length + " other bytes");
    }
    is64Bit = bytes[4] == 2;
    long table = is64Bit ? in.getLong(32) : in.getInt(28);
    int entrySize = in.getShort(is64Bit ? 54 : 42);
    int count = in.getShort(is64Bit ? 56 : 44);
    List<Segment> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = Math.toIntExact(table) + i * entrySize;
      found.add(is64Bit ? segment64(in, at) : segment32(in, at));
    }
    segments = List.copyOf(found);
  }

  /** The segments that a linker maps, in the order of their addresses. */
  List<Segment> loaded() {
    return segments.stream().filter(each -> each.type() == LOAD).toList();
  }

  private static Segment segment64(ByteBuffer in, int at) {
    return new Segment(in.getInt(at), in.getInt(at + 4), in.getLong(at + 8), in.getLong(at + 16),
        in.getLong(at + 32), in.getLong(at + 40), in.getLong(at + 48));
  }

  private static Segment segment32(ByteBuffer in, int at) {
    return new Segment(in.getInt(at), in.getInt(at + 24), word(in, at + 4), word(in, at + 8),
        word(in, at + 16), word(in, at + 20), word(in, at + 28));
  }

  private static long word(ByteBuffer in, int at) {
    return Integer.toUnsignedLong(in.getInt(at));
  }
}
