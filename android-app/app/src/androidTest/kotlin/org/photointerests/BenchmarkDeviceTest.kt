package org.photointerests

import android.app.Instrumentation
import android.os.Bundle
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.scan.describe

/** Prints what the settings screen shows of this phone's speed, and of its accelerators. */
@RunWith(AndroidJUnit4::class)
class BenchmarkDeviceTest {
    private val instrumentation = InstrumentationRegistry.getInstrumentation()
    private val context = instrumentation.targetContext

    @Test
    fun benchmark_thisPhone_printsItsFigures() = runBlocking {
        val pipeline = context.photoInterests
        val report = pipeline.accelerators.checkAgain(pipeline.settings.threadChoices.last())
        val result = pipeline.benchmark()
        print(report.trials.joinToString("\n") + "\n" + context.describe(result))
        assertTrue("$result", result.inference.isNotEmpty())
    }

    private fun print(text: String) {
        val printed = Bundle()
        printed.putString(Instrumentation.REPORT_KEY_STREAMRESULT, "\n$text\n")
        instrumentation.sendStatus(0, printed)
    }
}
