import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.dokka.DokkaBootstrapImpl;

/**
 * Writes the documentation of a module's public API as HTML, by Dokka, and fails where Dokka
 * warns of something, such as a link that leads nowhere.
 *
 * <p>Arguments: module's name, sources, folder to write, class path of the sources.
 */
public final class ApiDocs {
  public static void main(String[] arguments) {
    String configuration =
        """
        {"moduleName": %s, "outputDir": %s, "failOnWarning": true, "offlineMode": true,
         "suppressInheritedMembers": true,
         "sourceSets": [{
           "displayName": "main", "sourceSetID": {"scopeId": "module", "sourceSetName": "main"},
           "classpath": [%s], "sourceRoots": [%s], "reportUndocumented": false,
           "analysisPlatform": "jvm", "noJdkLink": true, "noStdlibLink": true, "jdkVersion": 17
         }]}
        """
            .formatted(
                quoted(arguments[0]), quoted(arguments[2]), classPath(arguments[3]), quoted(arguments[1]));
    List<String> warnings = new ArrayList<>();
    DokkaBootstrapImpl dokka = new DokkaBootstrapImpl();
    dokka.configure(
        configuration,
        (level, message) -> {
          if (level.equals("warn") || level.equals("error")) warnings.add(message);
        });
    try {
      dokka.generate();
    } catch (RuntimeException error) {
      if (warnings.isEmpty()) throw error;
    }
    warnings.forEach(System.err::println);
    if (!warnings.isEmpty()) System.exit(1);
    if (!Files.exists(Path.of(arguments[2], "index.html"))) {
      System.err.println("nothing was written into " + arguments[2]);
      System.exit(1);
    }
  }

  private static String classPath(String path) {
    List<String> entries = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator)) entries.add(quoted(entry));
    return String.join(", ", entries);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
