package org.photointerests.scan

import java.security.MessageDigest
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.model.Accelerator
import org.photointerests.model.Bundle
import org.photointerests.model.FeatureExtractor
import org.photointerests.model.ModelCard
import org.photointerests.store.Choices
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FolderBundleFiles
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.testContainer
import org.robolectric.annotation.Config

private const val SYSTEM = "android 15, app 1"
private const val UPDATED = "android 16, app 1"
private const val MILLISECOND_NS = 1_000_000L

/**
 * On this computer every accelerator is the processor: right, and as fast as the test says. The
 * Android is one that still offers NNAPI.
 */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, sdk = [29])
class AcceleratorGuardTest {
    private val settings = testContainer.settings
    private val bundle = TestBundle.bundle
    private val automatic = Choices(null, threads = 1, paused = false)
    private val opened = mutableListOf<Accelerator>()
    private var milliseconds = mapOf(Accelerator.CPU to 9L, Accelerator.NNAPI to 4L)
    private var nnapiBundle = bundle

    @Test
    fun open_automatic_takesTheFastestThatIsRight() = runTest {
        assertEquals(Accelerator.NNAPI, open())
        val trials = checkNotNull(guard().report.first()).trials
        assertEquals(
            listOf(Verdict.RIGHT, Verdict.RIGHT, Verdict.ABSENT),
            trials.map {
                it.verdict
            }
        )
        assertEquals(listOf(9f, 4f, null), trials.map { it.milliseconds })
        assertTrue("$trials", trials.take(2).all { checkNotNull(it.cosineDistance) < 1e-3 })
    }

    @Test
    fun open_processorIsFaster_takesIt() = runTest {
        milliseconds = mapOf(Accelerator.CPU to 3L, Accelerator.NNAPI to 4L)
        assertEquals(Accelerator.CPU, open())
    }

    @Test
    fun open_chosenByUser_takesItThoughSlower() = runTest {
        milliseconds = mapOf(Accelerator.CPU to 3L, Accelerator.NNAPI to 4L)
        assertEquals(Accelerator.NNAPI, open(automatic.copy(accelerator = Accelerator.NNAPI)))
        assertEquals(Accelerator.CPU, open(automatic.copy(accelerator = Accelerator.CPU)))
    }

    @Test
    fun open_wrongFeatures_areNeverUsed() = runTest {
        nnapiBundle = damagedBundle()
        assertEquals(Accelerator.CPU, open())
        assertEquals(Accelerator.CPU, open(automatic.copy(accelerator = Accelerator.NNAPI)))
        val trial = checkNotNull(guard().report.first()).trials[1]
        assertEquals(Verdict.WRONG, trial.verdict)
        assertTrue("$trial", checkNotNull(trial.cosineDistance) > 0.01)
    }

    @Test
    fun open_secondTime_measuresNothing() = runTest {
        open()
        opened.clear()
        assertEquals(Accelerator.NNAPI, open())
        assertEquals(emptyList<Accelerator>(), opened)
    }

    @Test
    fun open_afterAnUpdate_measuresAnew() = runTest {
        open()
        assertNull(guard(UPDATED).report.first())
        opened.clear()
        open(system = UPDATED)
        assertEquals(listOf(Accelerator.CPU, Accelerator.NNAPI), opened)
        assertNotNull(guard(UPDATED).report.first())
    }

    @Test
    fun open_crashedWhileMeasured_leavesItAloneUntilAnUpdate() = runTest {
        assertTrue(settings.beginTrial(Accelerator.NNAPI, SYSTEM)) // and the app was gone
        assertEquals(Accelerator.CPU, open())
        assertEquals(Verdict.CRASHED, verdict())
        assertEquals(listOf(Accelerator.CPU), opened)
        assertEquals(Accelerator.NNAPI, open(system = UPDATED))
    }

    @Test
    fun open_crashedLater_isSaid() = runTest {
        assertEquals(Accelerator.NNAPI, open())
        assertTrue(settings.beginTrial(Accelerator.NNAPI, SYSTEM)) // and the app was gone
        assertEquals(Accelerator.CPU, open())
        assertEquals(Verdict.CRASHED, verdict())
    }

    @Test
    fun checkAgain_crashedBefore_triesItAgain() = runTest {
        settings.beginTrial(Accelerator.NNAPI, SYSTEM)
        open()
        guard().checkAgain(threads = 1)
        assertEquals(Verdict.RIGHT, verdict())
        assertEquals(Accelerator.NNAPI, open())
    }

    @Test
    fun open_reportOfAnotherApp_isMadeAnew() = runTest {
        settings.setAcceleratorReport("{\"of\": \"another version\"}")
        assertEquals(Accelerator.NNAPI, open())
    }

    @Test
    fun choices_saved_areRead() = runTest {
        assertNull(settings.choices.first().accelerator)
        settings.setAccelerator(Accelerator.CPU)
        settings.setThreads(2)
        settings.setOnlyCharging(true)
        val expected = Choices(Accelerator.CPU, 2, paused = false, onlyCharging = true)
        assertEquals(expected, settings.choices.first())
        settings.setAccelerator(null)
        assertNull(settings.choices.first().accelerator)
        assertFalse(settings.choices.first().paused)
    }

    private suspend fun verdict() = checkNotNull(guard().report.first()).verdict(Accelerator.NNAPI)

    private suspend fun open(choices: Choices = automatic, system: String = SYSTEM): Accelerator =
        guard(system).open(choices).use { it.accelerator }

    private fun guard(system: String = SYSTEM): AcceleratorGuard {
        var time = 0L
        // Each look at the clock is half an extraction.
        val clock = {
            time += milliseconds.getValue(opened.last()) * MILLISECOND_NS
            time
        }
        val check = AcceleratorCheck(bundle, settings, system, clock) { accelerator, threads ->
            opened += accelerator
            val of = if (accelerator == Accelerator.NNAPI) nnapiBundle else bundle
            FeatureExtractor(of, accelerator, threads)
        }
        return AcceleratorGuard(check, bundle, settings, system)
    }

    /** A bundle whose weights are not what the golden features were made with. */
    private fun damagedBundle(): Bundle {
        val name = bundle.card.extractor.file
        val weights = TestBundle.bytes(name)
        // Within the last layer, whether the network has one end or two.
        for (at in weights.size * 17 / 20 until weights.size * 18 / 20) {
            weights[at] =
                (at % 100).toByte()
        }
        val sha256 = MessageDigest.getInstance("SHA-256").digest(weights)
            .joinToString("") { "%02x".format(it) }
        val card = TestBundle.bytes(ModelCard.FILE).decodeToString()
            .replace(bundle.card.files.getValue(name).sha256, sha256)
        val replaced = mapOf(name to weights, ModelCard.FILE to card.toByteArray())
        return Bundle(FolderBundleFiles(TestBundle.folder, replaced))
    }
}
