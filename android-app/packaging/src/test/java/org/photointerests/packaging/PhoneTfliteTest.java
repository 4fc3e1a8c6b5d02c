package org.photointerests.packaging;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The library that the package ships to arm64 phones, on the bundle's golden files. */
public class PhoneTfliteTest {
  private static final Path BUNDLE = Path.of(System.getProperty("bundle"));
  private static PhoneTflite phone;
  private static Map<String, Object> card;

  @BeforeClass
  @SuppressWarnings("unchecked")
  public static void load() throws IOException {
    card = new Gson().fromJson(Files.readString(BUNDLE.resolve("card.json")), Map.class);
    phone = new PhoneTflite(new File(System.getProperty("phoneLibrary")));
  }

  @AfterClass
  public static void close() throws IOException {
    phone.close();
  }

  @Test
  public void version_isThatOfTheCatalog() {
    assertEquals(System.getProperty("tfliteVersion"), phone.version());
  }

  @Test
  public void extractor_everyGoldenPhoto_givesPythonsBytes() throws IOException {
    byte[] model = read((String) at("extractor", "file"));
    List<Map<String, String>> cases = at("golden", "cases");
    assertTrue("golden cases", cases.size() >= 8);
    for (Map<String, String> each : cases) {
      byte[] expected = read(each.get("features"));
      byte[] received = phone.run(model, read(each.get("pixels")), expected.length);
      assertArrayEquals(each.get("image"), expected, received);
    }
  }

  @Test
  public void aggregator_goldenSet_isWithinTolerance() throws IOException {
    Map<String, Object> aggregator = at("aggregator");
    byte[] model = read((String) aggregator.getOrDefault("int8_file", aggregator.get("file")));
    Map<String, String> set = at("golden", "set");
    double tolerance = ((Number) at("tolerances", "probabilities")).doubleValue();
    int columns = ((Number) at("features", "dimension")).intValue();
    Map<String, float[]> expected = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (String name : set.keySet()) {
      if (name.equals("features") || name.equals("weights")) continue;
      expected.put(name, floats(set.get(name)));
      counts.put(name, expected.get(name).length);
    }
    byte[] features = read(set.get("features"));
    int photos = features.length / columns;
    Map<String, PhoneTflite.Input> inputs = new TreeMap<>();
    inputs.put("features", new PhoneTflite.Input(features, photos, columns));
    if (set.containsKey("weights")) {
      inputs.put("weights", new PhoneTflite.Input(read(set.get("weights")), photos));
    }
    Map<String, float[]> received = phone.run(model, "predict", inputs, counts);
    expected.forEach((name, values) -> {
      System.out.println("phone's library, " + name + ": differs by "
          + largestDifference(values, received.get(name)) + " at most");
      assertArrayEquals(name, values, received.get(name), (float) tolerance);
    });
  }

  private static float largestDifference(float[] left, float[] right) {
    float largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs(left[i] - right[i]));
    }
    return largest;
  }

  private static float[] floats(String name) throws IOException {
    byte[] bytes = read(name);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  @SuppressWarnings("unchecked")
  private static <T> T at(String... path) {
    Object value = card;
    for (String key : path) value = ((Map<String, Object>) value).get(key);
    return (T) value;
  }

  private static byte[] read(String name) throws IOException {
    return Files.readAllBytes(BUNDLE.resolve(name));
  }
}
