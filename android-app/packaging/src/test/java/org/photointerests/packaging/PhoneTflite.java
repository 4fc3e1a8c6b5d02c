package org.photointerests.packaging;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import com.github.unidbg.AndroidEmulator;
import com.github.unidbg.Module;
import com.github.unidbg.arm.backend.DynarmicFactory;
import com.github.unidbg.file.FileResult;
import com.github.unidbg.linux.android.AndroidEmulatorBuilder;
import com.github.unidbg.linux.android.AndroidResolver;
import com.github.unidbg.linux.file.ByteArrayFileIO;
import com.github.unidbg.pointer.UnidbgPointer;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * TFLite's library for arm64 phones, run on this computer by unidbg, which executes its ARM code.
 *
 * <p>Called by its C interface, with XNNPACK on one thread, as the app sets it.
 */
final class PhoneTflite implements AutoCloseable {
  private static final int OLDEST_ANDROID_OF_UNIDBG = 23;
  /** A Cortex-A53: no dot products, no half floats; what the oldest 64-bit phones have. */
  private static final String PROCESSOR = String.join("\n",
      "processor\t: 0", "BogoMIPS\t: 38.40",
      "Features\t: fp asimd aes pmull sha1 sha2 crc32", "CPU implementer\t: 0x41",
      "CPU architecture: 8", "CPU variant\t: 0x0", "CPU part\t: 0xd03", "CPU revision\t: 4",
      "", "Hardware\t: Generic", "");
  private static final Map<String, String> SYSTEM_FILES = Map.of(
      "/proc/cpuinfo", PROCESSOR,
      "/sys/devices/system/cpu/possible", "0\n",
      "/sys/devices/system/cpu/present", "0\n",
      "/sys/devices/system/cpu/kernel_max", "0\n");

  private final AndroidEmulator emulator;
  private final Module library;

  PhoneTflite(File file) {
    emulator = AndroidEmulatorBuilder.for64Bit()
        .setProcessName("org.photointerests")
        .addBackendFactory(new DynarmicFactory(false))
        .build();
    emulator.getMemory().setLibraryResolver(new AndroidResolver(OLDEST_ANDROID_OF_UNIDBG));
    emulator.getSyscallHandler().addIOResolver((any, path, flags) -> {
      String content = SYSTEM_FILES.get(path);
      return content == null ? null : FileResult.success(
          new ByteArrayFileIO(flags, path, content.getBytes(StandardCharsets.US_ASCII)));
    });
    library = emulator.createDalvikVM().loadLibrary(file, true).getModule();
  }

  String version() {
    return UnidbgPointer.pointer(emulator, call("TfLiteVersion")).getString(0);
  }

  /** Output of a model of one input and one output, all bytes. */
  byte[] run(byte[] model, byte[] input, int outputBytes) {
    long interpreter = interpreter(model);
    checked("TfLiteInterpreterAllocateTensors", interpreter);
    pointer("TfLiteTensorData", call("TfLiteInterpreterGetInputTensor", interpreter, 0))
        .write(0, input, 0, input.length);
    checked("TfLiteInterpreterInvoke", interpreter);
    return pointer("TfLiteTensorData", call("TfLiteInterpreterGetOutputTensor", interpreter, 0))
        .getByteArray(0, outputBytes);
  }

  /** An input of a signature, as its bytes. */
  record Input(byte[] content, int... shape) {}

  /** Outputs by name of a signature. */
  Map<String, float[]> run(
      byte[] model, String signature, Map<String, Input> inputs,
      Map<String, Integer> outputFloats) {
    long runner =
        call("TfLiteInterpreterGetSignatureRunner", interpreter(model), text(signature));
    assertNotEquals("signature " + signature, 0, runner);
    inputs.forEach((name, input) -> {
      ByteBuffer shape = ByteBuffer.allocate(4 * input.shape().length)
          .order(ByteOrder.LITTLE_ENDIAN);
      for (int size : input.shape()) shape.putInt(size);
      checked("TfLiteSignatureRunnerResizeInputTensor",
          runner, text(name), copied(shape.array()), input.shape().length);
    });
    checked("TfLiteSignatureRunnerAllocateTensors", runner);
    inputs.forEach((name, input) -> pointer("TfLiteTensorData",
        call("TfLiteSignatureRunnerGetInputTensor", runner, text(name)))
        .write(0, input.content(), 0, input.content().length));
    checked("TfLiteSignatureRunnerInvoke", runner);
    Map<String, float[]> outputs = new TreeMap<>();
    outputFloats.forEach((name, count) -> {
      long tensor = call("TfLiteSignatureRunnerGetOutputTensor", runner, text(name));
      assertNotEquals("output " + name, 0, tensor);
      outputs.put(name, pointer("TfLiteTensorData", tensor).getFloatArray(0, count));
    });
    return outputs;
  }

  @Override
  public void close() throws IOException {
    emulator.close();
  }

  private long interpreter(byte[] model) {
    long loaded = call("TfLiteModelCreate", copied(model), model.length);
    assertNotEquals("model", 0, loaded);
    long options = call("TfLiteInterpreterOptionsCreate");
    call("TfLiteInterpreterOptionsSetNumThreads", options, 1);
    long accelerated = call("TfLiteXNNPackDelegateCreate", 0L);
    assertNotEquals("XNNPACK", 0, accelerated);
    call("TfLiteInterpreterOptionsAddDelegate", options, accelerated);
    long interpreter = call("TfLiteInterpreterCreate", loaded, options);
    assertNotEquals("interpreter", 0, interpreter);
    return interpreter;
  }

  private void checked(String function, Object... arguments) {
    assertEquals(function, 0, call(function, arguments));
  }

  private UnidbgPointer pointer(String function, long argument) {
    return UnidbgPointer.pointer(emulator, call(function, argument));
  }

  private long call(String function, Object... arguments) {
    return library.callFunction(emulator, function, arguments).longValue();
  }

  private UnidbgPointer text(String text) {
    return copied((text + "\0").getBytes(StandardCharsets.US_ASCII));
  }

  private UnidbgPointer copied(byte[] bytes) {
    UnidbgPointer memory = emulator.getMemory().malloc(bytes.length, true).getPointer();
    memory.write(0, bytes, 0, bytes.length);
    return memory;
  }
}
