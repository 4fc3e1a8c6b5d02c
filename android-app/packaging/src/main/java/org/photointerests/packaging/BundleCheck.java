package org.photointerests.packaging;

import com.android.tools.build.bundletool.BundleToolMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fails where an app bundle is not valid, or where what a store would send to a phone is larger
 * than it may be or has native code that does not load there.
 *
 * <p>Usage: BundleCheck BUNDLE AAPT2 FOLDER MOST_BYTES ABI... The packages that a store would make
 * of it go to FOLDER, unsigned.
 */
final class BundleCheck {
  private static final int NEWEST_SDK = 36;
  private static final int DENSITY = 420;

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 5) {
      throw new IllegalArgumentException(
          "expected BUNDLE AAPT2 FOLDER MOST_BYTES ABI..., received " + List.of(arguments));
    }
    Path bundle = Path.of(arguments[0]);
    Path folder = Path.of(arguments[2]);
    // Its commands end this process where they fail.
    BundleToolMain.main(new String[] {"validate", "--bundle=" + bundle});
    Path all = folder.resolve("all.apks");
    BundleToolMain.main(new String[] {
        "build-apks", "--bundle=" + bundle, "--output=" + all, "--aapt2=" + arguments[1]});
    List<String> faults = new ArrayList<>();
    for (String abi : List.of(arguments).subList(4, arguments.length)) {
      Path ofAbi = folder.resolve(abi);
      Files.createDirectories(ofAbi);
      extract(all, abi, ofAbi);
      faults.addAll(check(abi, ofAbi, Long.parseLong(arguments[3])));
    }
    faults.forEach(fault -> System.err.println(bundle.getFileName() + ": " + fault));
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private static void extract(Path all, String abi, Path folder) throws Exception {
    Path phone = folder.resolve("phone.json");
    Files.writeString(phone, """
        {"supportedAbis": ["%s"], "supportedLocales": ["de"], "screenDensity": %d, "sdkVersion": %d}
        """.formatted(abi, DENSITY, NEWEST_SDK));
    BundleToolMain.main(new String[] {
        "extract-apks", "--apks=" + all, "--output-dir=" + folder, "--device-spec=" + phone});
  }

  private static List<String> check(String abi, Path folder, long most) throws Exception {
    List<String> faults = new ArrayList<>();
    long bytes = 0;
    try (Stream<Path> apks = Files.list(folder)) {
      for (Path apk : apks.filter(each -> each.toString().endsWith(".apk")).sorted().toList()) {
        bytes += Files.size(apk);
        for (String fault : NativeCodeCheck.faults(apk)) {
          faults.add(abi + ": " + apk.getFileName() + ": " + fault);
        }
      }
    }
    System.out.println("measured: bundle for " + abi + ", bytes: " + bytes);
    if (bytes == 0) faults.add(abi + ": expected packages for a phone, received none");
    if (bytes > most) {
      faults.add(abi + ": expected at most " + most + " bytes, received " + bytes);
    }
    return faults;
  }
}
