package org.photointerests.pipeline.runtime

import android.app.Application
import androidx.test.core.app.ApplicationProvider
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.scan.describe
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.photointerests.support.drawnJpeg
import org.photointerests.support.testContainer
import org.robolectric.annotation.Config

@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class BenchmarkTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val container = testContainer

    @Test
    fun benchmark_galleryWithABrokenPhoto_timesEachStepOfTheOthers() = runTest {
        repeat(3) { container.source.put(it.toLong(), drawnJpeg(it)) }
        container.source.put(3, ByteArray(0))
        val result = container.benchmark()
        assertEquals(3, result.photos)
        assertTrue(result.ofGallery)
        val times = listOf(result.decodeMs, result.resizeMs, result.storeMs) +
            result.inference.map { it.milliseconds }
        assertTrue("$times", times.all { it > 0 })
        val expected = container.settings.threadChoices.map { Accelerator.CPU to it }
        assertEquals(expected, result.inference.map { it.accelerator to it.threads })
        assertFalse(application.databaseList().any { "benchmark" in it })
    }

    @Test
    fun benchmark_emptyGallery_takesTheGoldenPhotos() = runTest {
        val result = container.benchmark()
        assertEquals(container.bundle.card.golden.cases.size, result.photos)
        assertFalse(result.ofGallery)
        val lines = application.describe(result).lines()
        assertEquals("8 small sample photos, median times for one photo:", lines[1])
        assertEquals(5 + result.inference.size, lines.size)
        val threads = lines.filter { it.startsWith("recognition (CPU, ") }
        assertEquals(container.settings.threadChoices.size, threads.size)
    }
}
