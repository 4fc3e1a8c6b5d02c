package org.photointerests.packaging;

import com.android.zipflinger.Entry;
import com.android.zipflinger.ZipMap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Whether every native library of a package loads, from within the package, on the pages that
 * devices of its ABI have: up to 16 KB for 64 bits, 4 KB for 32 bits, since devices with larger
 * pages run 64-bit code alone.
 */
final class NativeCodeCheck {
  private static final int LARGE_PAGE_BYTES = 16384;
  private static final int SMALL_PAGE_BYTES = 4096;

  private NativeCodeCheck() {}

  /** Each fault with the name of its library; empty where all load. Prints their hashes. */
  static List<String> faults(Path apk) throws IOException, GeneralSecurityException {
    List<String> faults = new ArrayList<>();
    try (RandomAccessFile file = new RandomAccessFile(apk.toFile(), "r")) {
      for (Entry entry : ZipMap.from(apk).getEntries().values()) {
        String name = entry.getName();
        if (!name.startsWith("lib/") || !name.endsWith(".so")) continue;
        if (entry.isCompressed()) {
          faults.add(name + ": expected stored as it is, received compressed");
          continue;
        }
        byte[] bytes = new byte[Math.toIntExact(entry.getUncompressedSize())];
        long offset = entry.getPayloadLocation().first;
        file.seek(offset);
        file.readFully(bytes);
        System.out.println("sha256: " + name + " " + sha256(bytes));
        ElfFile library = new ElfFile(bytes);
        int pageBytes = library.is64Bit ? LARGE_PAGE_BYTES : SMALL_PAGE_BYTES;
        if (offset % pageBytes != 0) {
          faults.add(name + ": expected on a boundary of " + pageBytes + " bytes in the package,"
              + " received at " + offset);
        }
        for (String fault : new PageLoader(library, pageBytes).faults()) {
          faults.add(name + ": " + fault);
        }
      }
    }
    return faults;
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
