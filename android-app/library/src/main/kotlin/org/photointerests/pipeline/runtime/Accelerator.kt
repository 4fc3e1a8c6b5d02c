package org.photointerests.pipeline.runtime

import android.os.Build
import org.tensorflow.lite.Delegate
import org.tensorflow.lite.Interpreter

private const val GPU_DELEGATE = "org.tensorflow.lite.gpu.GpuDelegate"

/** What the extractor runs on. The aggregator is tiny and always runs on the CPU. */
enum class Accelerator {
    /** XNNPACK, with as many threads as the settings say. */
    CPU,

    /** Android's Neural Networks API: deprecated since Android 15, and slower on some phones. */
    NNAPI,

    /** Only in builds that have TFLite's GPU library, which the released one leaves out. */
    GPU;

    /** Whether this phone and this build offer it. */
    fun isAvailable(): Boolean = when (this) {
        CPU -> true
        NNAPI ->
            Build.VERSION.SDK_INT in
                Build.VERSION_CODES.O_MR1..Build.VERSION_CODES.UPSIDE_DOWN_CAKE
        GPU -> runCatching { Class.forName(GPU_DELEGATE) }.isSuccess
    }

    internal fun options(threads: Int): Interpreter.Options {
        val options = Interpreter.Options().setNumThreads(threads)
        when (this) {
            CPU -> options.setUseXNNPACK(true)
            NNAPI -> options.setUseNNAPI(true)
            GPU -> options.addDelegate(newGpuDelegate())
        }
        return options
    }
}

private fun newGpuDelegate(): Delegate = try {
    Class.forName(GPU_DELEGATE).getDeclaredConstructor().newInstance() as Delegate
} catch (error: ReflectiveOperationException) {
    throw IllegalStateException("this build has no GPU library", error)
}
