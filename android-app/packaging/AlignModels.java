import com.android.apksig.ApkSigner;
import com.android.zipflinger.Entry;
import com.android.zipflinger.ZipArchive;
import com.android.zipflinger.ZipSource;
import java.io.File;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the models of a package on page boundaries, where they can be mapped as they are, and signs
 * it anew.
 *
 * <p>Android's build plugin and its zipalign do so for native code alone. Usage: AlignModels APK OUT
 * KEYSTORE TYPE ALIAS, with the passwords of keystore and key in the environment.
 */
public class AlignModels {
  /** Of the largest pages that phones have. */
  private static final long PAGE_BYTES = 16384;
  private static final long WORD_BYTES = 4;
  private static final int MIN_SDK = 26;

  public static void main(String[] arguments) throws Exception {
    Path apk = Path.of(arguments[0]);
    Path out = Path.of(arguments[1]);
    Path unsigned = Files.createTempFile(out.getParent(), "aligned", ".apk");
    Path signed = Files.createTempFile(out.getParent(), "signed", ".apk");
    try {
      align(apk, unsigned);
      sign(unsigned, signed, signer(new File(arguments[2]), arguments[3], arguments[4]));
      Files.move(signed, out, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unsigned);
      Files.deleteIfExists(signed);
    }
  }

  private static void align(Path apk, Path out) throws Exception {
    Files.delete(out);
    ZipSource source = new ZipSource(apk);
    for (Entry entry : source.entries().values()) {
      String name = entry.getName();
      long alignment = name.endsWith(".so") || name.endsWith(".tflite") ? PAGE_BYTES : WORD_BYTES;
      source.select(name, name, ZipSource.COMPRESSION_NO_CHANGE, alignment);
    }
    try (ZipArchive archive = new ZipArchive(out)) {
      archive.add(source);
    }
  }

  private static ApkSigner.SignerConfig signer(File file, String type, String alias)
      throws Exception {
    KeyStore keys = KeyStore.getInstance(type);
    try (FileInputStream content = new FileInputStream(file)) {
      keys.load(content, System.getenv("STORE_PASSWORD").toCharArray());
    }
    PrivateKey key = (PrivateKey) keys.getKey(alias, System.getenv("KEY_PASSWORD").toCharArray());
    if (key == null) throw new IllegalArgumentException(file + ": expected a key named " + alias);
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate one : keys.getCertificateChain(alias)) chain.add((X509Certificate) one);
    return new ApkSigner.SignerConfig.Builder(alias, key, chain).build();
  }

  private static void sign(Path apk, Path out, ApkSigner.SignerConfig signer) throws Exception {
    new ApkSigner.Builder(List.of(signer))
        .setInputApk(apk.toFile())
        .setOutputApk(out.toFile())
        .setMinSdkVersion(MIN_SDK)
        .setV1SigningEnabled(false)
        .setV2SigningEnabled(true)
        .setV3SigningEnabled(true)
        .setV4SigningEnabled(false)
        .setAlignmentPreserved(true)
        .build()
        .sign();
  }
}
