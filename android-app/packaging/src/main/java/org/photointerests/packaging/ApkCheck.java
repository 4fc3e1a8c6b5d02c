package org.photointerests.packaging;

import com.android.apksig.ApkVerifier;
import com.android.apksig.apk.ApkUtils;
import com.android.apksig.internal.apk.AndroidBinXmlParser;
import com.android.apksig.util.DataSources;
import com.android.zipflinger.Entry;
import com.android.zipflinger.ZipMap;
import java.io.File;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Fails where a released package is not what users should get, and prints what is in it.
 *
 * <p>Usage: ApkCheck APK MOST_BYTES ABI... Checked: signatures of scheme 2 and 3, the size that a
 * phone of each ABI needs, native code of these ABIs alone that loads on their pages, models
 * compressed, a profile of the start, no permission to use the network in its own manifest, and
 * that R8 shrank the code and kept what is found by name.
 */
final class ApkCheck {
  private static final String MODEL = ".tflite.packed";
  private static final String PROFILE = "assets/dexopt/baseline.prof";
  private static final String NETWORK = "android.permission.INTERNET";
  private static final String OWN = "Lorg/photointerests/([a-z]+/)*";
  private static final List<String> FOUND_BY_NAME = List.of(
      OWN + "MainActivity;",
      OWN + "ScanWorker;",
      OWN + "RescanWorker;",
      OWN + "PhotoDatabase_Impl;",
      "Lorg/tensorflow/lite/NativeInterpreterWrapper;");
  /** Nothing finds it by name, so that R8 gives it another. */
  private static final String RENAMED = OWN + "PhotoScanner;";

  private final List<String> faults = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 3) {
      throw new IllegalArgumentException(
          "expected APK MOST_BYTES ABI..., received " + List.of(arguments));
    }
    File apk = new File(arguments[0]);
    List<String> abis = List.of(arguments).subList(2, arguments.length);
    ApkCheck check = new ApkCheck();
    check.signatures(apk);
    check.permissions(apk);
    Collection<Entry> entries = ZipMap.from(apk.toPath()).getEntries().values();
    check.entries(entries, abis);
    check.sizes(apk.length(), entries, Long.parseLong(arguments[1]));
    check.faults.addAll(NativeCodeCheck.faults(apk.toPath()));
    check.code(apk);
    check.faults.forEach(fault -> System.err.println(apk.getName() + ": " + fault));
    System.exit(check.faults.isEmpty() ? 0 : 1);
  }

  /** What a phone downloads that gets the native code of its own ABI alone. */
  private void sizes(long whole, Collection<Entry> entries, long most) {
    System.out.println("measured: whole package, bytes: " + whole);
    Map<String, Long> nativeBytes = new TreeMap<>();
    for (Entry entry : entries) {
      if (!entry.getName().startsWith("lib/")) continue;
      nativeBytes.merge(entry.getName().split("/")[1], entry.getCompressedSize(), Long::sum);
    }
    long common = whole - nativeBytes.values().stream().mapToLong(Long::longValue).sum();
    nativeBytes.forEach((abi, bytes) -> {
      System.out.println("measured: package for " + abi + ", bytes: " + (common + bytes));
      expect(common + bytes <= most, "package for " + abi + ": expected at most " + most
          + " bytes, received " + (common + bytes));
    });
  }

  private void signatures(File apk) throws Exception {
    ApkVerifier.Result result = new ApkVerifier.Builder(apk).build().verify();
    expect(result.isVerified(), "expected a valid signature, received " + result.getErrors());
    expect(result.isVerifiedUsingV2Scheme(), "expected a signature of scheme 2");
    expect(result.isVerifiedUsingV3Scheme(), "expected a signature of scheme 3");
  }

  /** Reads the manifest that phones read, whatever the build files say. */
  private void permissions(File apk) throws Exception {
    TreeSet<String> asked = new TreeSet<>();
    try (RandomAccessFile file = new RandomAccessFile(apk, "r")) {
      AndroidBinXmlParser manifest =
          new AndroidBinXmlParser(ApkUtils.getAndroidManifest(DataSources.asDataSource(file)));
      int event;
      while ((event = manifest.next()) != AndroidBinXmlParser.EVENT_END_DOCUMENT) {
        if (event != AndroidBinXmlParser.EVENT_START_ELEMENT) continue;
        if (!manifest.getName().startsWith("uses-permission")) continue;
        for (int i = 0; i < manifest.getAttributeCount(); i++) {
          if (manifest.getAttributeName(i).equals("name")) {
            asked.add(manifest.getAttributeStringValue(i));
          }
        }
      }
    }
    asked.forEach(name -> System.out.println("permission: " + name));
    expect(asked.contains("android.permission.READ_MEDIA_IMAGES"),
        "expected to find permissions, received " + asked);
    expect(!asked.contains(NETWORK),
        "expected no permission to use the network, received " + asked);
  }

  private void entries(Collection<Entry> entries, List<String> expectedAbis) {
    Map<String, Long> groups = new TreeMap<>();
    TreeSet<String> abis = new TreeSet<>();
    for (Entry entry : entries) {
      String name = entry.getName();
      groups.merge(group(name), entry.getCompressedSize(), Long::sum);
      if (name.startsWith("lib/")) abis.add(name.split("/")[1]);
      if (name.endsWith(MODEL)) {
        expect(entry.isCompressed(), name + ": expected compressed, received stored as it is");
      }
    }
    expect(abis.equals(new TreeSet<>(expectedAbis)),
        "expected ABIs " + expectedAbis + ", received " + abis);
    expect(entries.stream().anyMatch(each -> each.getName().equals(PROFILE)),
        "expected a profile of the start: " + PROFILE);
    groups.forEach((name, bytes) -> System.out.println("measured: " + name + ", bytes: " + bytes));
  }

  private static String group(String name) {
    if (name.endsWith(MODEL)) return name;
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash) + "/ (rest)";
  }

  private void code(File apk) throws Exception {
    StringBuilder all = new StringBuilder();
    try (ZipFile archive = new ZipFile(apk)) {
      for (ZipEntry entry : Collections.list(archive.entries())) {
        if (entry.getName().matches("classes\\d*\\.dex")) {
          byte[] bytes = archive.getInputStream(entry).readAllBytes();
          all.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
      }
    }
    for (String type : FOUND_BY_NAME) {
      expect(Pattern.compile(type).matcher(all).find(),
          "expected a class found by name, R8 took it: " + type);
    }
    expect(!Pattern.compile(RENAMED).matcher(all).find(),
        "expected code that R8 shrank, received " + RENAMED);
  }

  private void expect(boolean holds, String fault) {
    if (!holds) faults.add(fault);
  }
}
