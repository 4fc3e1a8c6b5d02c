package org.photointerests.macrobenchmark

import androidx.benchmark.macro.BaselineProfileMode
import androidx.benchmark.macro.CompilationMode
import androidx.benchmark.macro.FrameTimingMetric
import androidx.benchmark.macro.StartupMode
import androidx.benchmark.macro.StartupTimingMetric
import androidx.benchmark.macro.junit4.MacrobenchmarkRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

private const val RUNS = 10

/** Milliseconds from a tap to the first frame, and of each frame while scrolling. */
@RunWith(AndroidJUnit4::class)
class StartBenchmark {
    @get:Rule val rule = MacrobenchmarkRule()

    @Test
    fun coldStart_withoutProfile() = measureColdStart(CompilationMode.None())

    @Test
    fun coldStart_withProfile() =
        measureColdStart(CompilationMode.Partial(BaselineProfileMode.Require))

    @Test
    fun homeList_scrolled() = rule.measureRepeated(
        packageName = APP,
        metrics = listOf(FrameTimingMetric()),
        iterations = RUNS,
        setupBlock = {
            allowPhotos()
            openHomeList()
        }
    ) {
        scrollHomeList()
    }

    private fun measureColdStart(mode: CompilationMode) = rule.measureRepeated(
        packageName = APP,
        metrics = listOf(StartupTimingMetric()),
        compilationMode = mode,
        startupMode = StartupMode.COLD,
        iterations = RUNS,
        setupBlock = { allowPhotos() }
    ) {
        openHomeList()
    }
}
