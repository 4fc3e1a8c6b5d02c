package org.tensorflow.lite;

import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.SignatureRunner;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/**
 * Stands in for TFLite's Interpreter in tests on this computer: the calls that the app makes, over
 * the real TFLite for Linux (JavaCPP's build).
 *
 * <p>Test classes come first on the class path, so this shadows the class for Android, whose native
 * library exists for Android alone. Signatures and errors are those of that class.
 */
public final class Interpreter implements AutoCloseable {
  /** The options that the app sets; accelerators do not exist here. */
  public static final class Options {
    private int threads = 1;

    public Options() {}

    public Options setNumThreads(int threads) {
      this.threads = threads;
      return this;
    }

    public Options setUseXNNPACK(boolean use) {
      return this;
    }

    public Options setUseNNAPI(boolean use) {
      return this;
    }

    public Options addDelegate(Delegate delegate) {
      throw new UnsupportedOperationException("no delegates on this computer");
    }
  }

  private final BytePointer bytes;
  private final FlatBufferModel model;
  private final BuiltinOpResolver resolver = new BuiltinOpResolver();
  private final InterpreterBuilder builder;
  private final org.bytedeco.tensorflowlite.Interpreter real;

  public Interpreter(ByteBuffer buffer, Options options) {
    ByteBuffer copy = buffer.duplicate();
    ((Buffer) copy).rewind();
    byte[] content = new byte[copy.remaining()];
    copy.get(content);
    bytes = new BytePointer(content); // must live as long as the model
    model = FlatBufferModel.VerifyAndBuildFromBuffer(bytes, content.length, null, null);
    if (model == null || model.isNull()) throw new IllegalArgumentException("not a TFLite model");
    builder = new InterpreterBuilder(model, resolver);
    builder.SetNumThreads(options.threads);
    real = new org.bytedeco.tensorflowlite.Interpreter((Pointer) null);
    if (builder.apply(real) != 0) throw new IllegalArgumentException("cannot create interpreter");
    check(real.AllocateTensors(), "AllocateTensors");
  }

  public void run(Object input, Object output) {
    write(input, real.tensor(real.inputs().get(0)));
    check(real.Invoke(), "Invoke");
    read(real.tensor(real.outputs().get(0)), output);
  }

  public void resizeInput(int index, int[] shape) {
    check(real.ResizeInputTensor(real.inputs().get(index), shape), "ResizeInputTensor");
    check(real.AllocateTensors(), "AllocateTensors");
  }

  public void runSignature(Map<String, Object> inputs, Map<String, Object> outputs, String key) {
    SignatureRunner runner = real.GetSignatureRunner(key);
    if (runner == null || runner.isNull()) {
      throw new IllegalArgumentException("Input error: Signature " + key + " not found.");
    }
    inputs.forEach((name, value) -> {
      if (runner.input_tensor(name) == null) throw unknown("input", name);
      // As TFLite: a buffer says nothing of a shape, and must fit the one that is there.
      if (!(value instanceof Buffer)) {
        check(runner.ResizeInputTensor(name, shape(value)), "ResizeInputTensor");
      }
    });
    check(runner.AllocateTensors(), "AllocateTensors");
    inputs.forEach((name, value) -> write(value, runner.input_tensor(name)));
    check(runner.Invoke(), "Invoke");
    outputs.forEach((name, value) -> {
      if (runner.output_tensor(name) == null) throw unknown("output", name);
      read(runner.output_tensor(name), value);
    });
  }

  @Override
  public void close() {
    real.close();
    builder.close();
    model.close();
    bytes.close();
  }

  private static ByteBuffer raw(TfLiteTensor tensor) {
    BytePointer data = new BytePointer(tensor.data().data()).capacity(tensor.bytes());
    return data.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  private static void write(Object from, TfLiteTensor tensor) {
    ByteBuffer to = raw(tensor);
    if (from instanceof ByteBuffer) {
      ByteBuffer source = ((ByteBuffer) from).duplicate();
      ((Buffer) source).rewind();
      sameSize(source.remaining(), to.remaining());
      to.put(source);
    } else {
      put(from, to);
      sameSize(to.position(), to.capacity());
    }
  }

  private static void read(TfLiteTensor tensor, Object to) {
    ByteBuffer from = raw(tensor);
    if (to instanceof ByteBuffer) {
      sameSize(((ByteBuffer) to).remaining(), from.remaining());
      ((ByteBuffer) to).put(from);
    } else {
      sameSize(4L * count(to), from.remaining());
      getFloats(from, to);
    }
  }

  private static void put(Object array, ByteBuffer to) {
    if (array instanceof byte[]) {
      to.put((byte[]) array);
    } else if (array instanceof float[]) {
      for (float value : (float[]) array) to.putFloat(value);
    } else {
      for (int i = 0; i < Array.getLength(array); i++) put(Array.get(array, i), to);
    }
  }

  private static void getFloats(ByteBuffer from, Object array) {
    if (array instanceof float[]) {
      for (int i = 0; i < ((float[]) array).length; i++) ((float[]) array)[i] = from.getFloat();
    } else {
      for (int i = 0; i < Array.getLength(array); i++) getFloats(from, Array.get(array, i));
    }
  }

  private static int[] shape(Object array) {
    int length = Array.getLength(array);
    if (array instanceof float[] || array instanceof byte[]) return new int[] {length};
    int[] rest = shape(Array.get(array, 0));
    int[] all = new int[rest.length + 1];
    all[0] = length;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private static long count(Object array) {
    long product = 1;
    for (int size : shape(array)) product *= size;
    return product;
  }

  private static void sameSize(long given, long wanted) {
    if (given != wanted) {
      throw new IllegalArgumentException(given + " bytes given, " + wanted + " wanted");
    }
  }

  private static IllegalArgumentException unknown(String kind, String name) {
    return new IllegalArgumentException("the signature has no " + kind + " " + name);
  }

  private static void check(int status, String call) {
    if (status != 0) throw new IllegalArgumentException(call + " failed with status " + status);
  }
}
