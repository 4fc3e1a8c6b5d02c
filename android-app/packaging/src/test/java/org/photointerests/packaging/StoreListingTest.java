package org.photointerests.packaging;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.Test;

/** The texts and pictures for stores: all languages whole, and within what stores take. */
public class StoreListingTest {
  private static final List<String> LANGUAGES =
      List.of("en-US", "de-DE", "fr-FR", "es-ES", "tr-TR");
  private static final Map<String, Integer> MOST_CHARACTERS =
      Map.of("title.txt", 30, "short_description.txt", 80, "full_description.txt", 4000);
  private static final int MOST_CHARACTERS_OF_CHANGES = 500;
  private static final int LEAST_SCREENSHOTS = 4;
  private static final int MOST_SCREENSHOTS = 8;
  private static final int LEAST_PIXELS = 1080;
  private static final int MOST_PIXELS = 3840;
  private static final int ICON_PIXELS = 512;
  private final Path listing = Path.of(System.getProperty("fastlane"), "metadata", "android");

  @Test
  public void languages_areThoseOfTheApp() throws IOException {
    assertEquals(new TreeSet<>(LANGUAGES), names(listing));
  }

  @Test
  public void texts_everyLanguage_areWithinTheirLengths() throws IOException {
    for (String language : LANGUAGES) {
      for (Map.Entry<String, Integer> text : MOST_CHARACTERS.entrySet()) {
        assertLength(listing.resolve(language).resolve(text.getKey()), text.getValue());
      }
    }
  }

  @Test
  public void changes_everyLanguage_describeThisVersion() throws IOException {
    int[] parts = Stream.of(System.getProperty("appVersion").split("\\."))
        .mapToInt(Integer::parseInt).toArray();
    String name = parts[0] * 10000 + parts[1] * 100 + parts[2] + ".txt";
    for (String language : LANGUAGES) {
      assertLength(listing.resolve(language).resolve("changelogs").resolve(name),
          MOST_CHARACTERS_OF_CHANGES);
    }
  }

  @Test
  public void pictures_haveTheSizesThatStoresTake() throws IOException {
    TreeSet<String> expected = names(screenshots(LANGUAGES.get(0)));
    assertTrue("" + expected,
        expected.size() >= LEAST_SCREENSHOTS && expected.size() <= MOST_SCREENSHOTS);
    for (String language : LANGUAGES) {
      assertEquals(expected, names(screenshots(language)));
      for (String name : expected) {
        BufferedImage picture = picture(screenshots(language).resolve(name));
        int shorter = Math.min(picture.getWidth(), picture.getHeight());
        int longer = Math.max(picture.getWidth(), picture.getHeight());
        String size = language + "/" + name + ": " + shorter + " x " + longer + " pixels";
        assertTrue(size, shorter >= LEAST_PIXELS && longer <= MOST_PIXELS && longer <= 2 * shorter);
      }
      BufferedImage icon = picture(listing.resolve(language).resolve("images/icon.png"));
      assertEquals(ICON_PIXELS, icon.getWidth());
      assertEquals(ICON_PIXELS, icon.getHeight());
    }
  }

  private Path screenshots(String language) {
    return listing.resolve(language).resolve("images/phoneScreenshots");
  }

  private static BufferedImage picture(Path path) throws IOException {
    return ImageIO.read(path.toFile());
  }

  private static TreeSet<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void assertLength(Path path, int most) throws IOException {
    String text = Files.readString(path, StandardCharsets.UTF_8).strip();
    assertTrue(path + ": expected 1 to " + most + " characters, received " + text.length(),
        !text.isEmpty() && text.length() <= most);
  }
}
