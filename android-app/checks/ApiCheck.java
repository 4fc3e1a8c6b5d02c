import java.io.File;
import java.io.FileInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.PrintWriterLogger;

/**
 * Fails when classes use an API that a signature file lacks.
 *
 * <p>The android.jar that toolchain/ assembles also has what Android hides, and lint finds no
 * fault in that: this check does. Usage: ApiCheck SIGNATURE FOLDER...
 */
public class ApiCheck {
  /** Libraries of the app: each keeps to its own minSdk. */
  private static final Set<String> LIBRARIES = Set.of(
      "androidx.*", "kotlin.*", "kotlinx.*", "coil.*", "org.tensorflow.*", "org.photointerests.*",
      "com.google.common.util.concurrent.*");

  public static void main(String[] arguments) throws Exception {
    SignatureChecker checker = new SignatureChecker(
        new FileInputStream(arguments[0]), LIBRARIES, new PrintWriterLogger(System.out));
    checker.setSourcePath(Collections.emptyList());
    // Lint sees to it that callers of these ask for the version first.
    checker.setAnnotationTypes(List.of("androidx.annotation.RequiresApi"));
    for (int i = 1; i < arguments.length; i++) {
      checker.process(new File(arguments[i]));
    }
    System.exit(checker.isSignatureBroken() ? 1 : 0);
  }
}
