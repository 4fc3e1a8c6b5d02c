package org.photointerests.scan

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.model.Accelerator
import org.photointerests.store.Choices
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.testContainer
import org.robolectric.annotation.Config

private const val SYSTEM = "android 15, app 1"

/** On this computer every accelerator is the processor: right, and as fast as the test says. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class AcceleratorGuardTest {
    private val settings = testContainer.settings
    private val chosen = Choices(Accelerator.NNAPI, threads = 1, paused = false)

    @Test
    fun open_rightAndFaster_takesIt() = runTest {
        assertEquals(Accelerator.NNAPI, opened(candidateNs = 1, processorNs = 2))
    }

    @Test
    fun open_slower_staysWithTheProcessor() = runTest {
        assertEquals(Accelerator.CPU, opened(candidateNs = 3, processorNs = 2))
    }

    @Test
    fun open_doesNotOpen_staysWithTheProcessor() = runTest {
        val gpu = chosen.copy(accelerator = Accelerator.GPU)
        assertEquals(Accelerator.CPU, opened(candidateNs = 1, processorNs = 2, choices = gpu))
    }

    @Test
    fun open_crashedBefore_leavesItAloneUntilAnUpdate() = runTest {
        assertTrue(settings.beginTrial(Accelerator.NNAPI, SYSTEM)) // and the app was gone
        assertEquals(Accelerator.CPU, opened(candidateNs = 1, processorNs = 2))
        assertFalse(settings.beginTrial(Accelerator.NNAPI, SYSTEM))
        val updated = "android 16, app 1"
        assertEquals(Accelerator.NNAPI, opened(1, 2, system = updated))
    }

    @Test
    fun open_trialThatEnded_mayBeRepeated() = runTest {
        repeat(2) { assertEquals(Accelerator.NNAPI, opened(candidateNs = 1, processorNs = 2)) }
    }

    @Test
    fun choices_saved_areRead() = runTest {
        settings.setAccelerator(Accelerator.CPU)
        settings.setThreads(2)
        assertEquals(Choices(Accelerator.CPU, 2, paused = false), settings.choices.first())
    }

    private suspend fun opened(
        candidateNs: Long,
        processorNs: Long,
        choices: Choices = chosen,
        system: String = SYSTEM
    ): Accelerator {
        var calls = 0
        var time = 0L
        // The candidate is timed first: five runs of two looks at the clock each.
        val clock = {
            time += if (calls++ < 10) candidateNs else processorNs
            time
        }
        return AcceleratorGuard(TestBundle.bundle, settings, system, clock).open(choices)
            .use { it.accelerator }
    }
}
