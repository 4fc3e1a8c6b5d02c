package org.photointerests.pipeline.runtime

import java.security.MessageDigest
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.Bundle
import org.photointerests.core.Choices
import org.photointerests.core.ModelCard
import org.photointerests.pipeline.analysis.features.FeatureExtractor
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
class AcceleratorSelectorTest {
    private val settings = testContainer.settings
    private val bundle = TestBundle.bundle
    private val automatic = Choices(null, threads = 1, paused = false)
    private val opened = mutableListOf<Accelerator>()
    private var milliseconds = mapOf(Accelerator.CPU to 9L, Accelerator.NNAPI to 4L)
    private var nnapiBundle = bundle
    private var lastEnd = ProcessEnd.CRASHED
    private var onOpen: (Accelerator) -> Unit = {}

    @Test
    fun open_automatic_takesTheFastestThatIsRight() = runTest {
        assertEquals(Accelerator.NNAPI, open())
        val trials = checkNotNull(runReporting().report.first()).trials
        assertEquals(
            listOf(Verdict.PASSED, Verdict.PASSED, Verdict.UNAVAILABLE),
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
        val trial = checkNotNull(runReporting().report.first()).trials[1]
        assertEquals(Verdict.FAILED, trial.verdict)
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
        assertNull(runReporting(UPDATED).report.first())
        opened.clear()
        open(system = UPDATED)
        assertEquals(listOf(Accelerator.CPU, Accelerator.NNAPI), opened)
        assertNotNull(runReporting(UPDATED).report.first())
    }

    @Test
    fun open_crashedWhileMeasured_leavesItAloneUntilAnUpdate() = runTest {
        crash()
        assertEquals(Accelerator.CPU, open())
        assertEquals(Verdict.CRASHED, verdict())
        assertEquals(listOf(Accelerator.CPU), opened)
        assertEquals(Accelerator.NNAPI, open(system = UPDATED))
    }

    @Test
    fun open_crashedLater_isSaid() = runTest {
        assertEquals(Accelerator.NNAPI, open())
        crash()
        assertEquals(Accelerator.CPU, open())
        assertEquals(Verdict.CRASHED, verdict())
    }

    /** The user pauses the scan, or Android ends the process for its memory. */
    @Test
    fun open_interruptedWhileMeasured_isNoCrash() = runTest {
        crash()
        lastEnd = ProcessEnd.INTERRUPTED
        assertEquals(Accelerator.NNAPI, open())
        assertEquals(Verdict.PASSED, verdict())
    }

    @Test
    fun open_cancelledWhileMeasured_isNoCrash() = runBlocking {
        val trial = launch(Dispatchers.Default, CoroutineStart.LAZY) { open() }
        onOpen = { if (it == Accelerator.NNAPI) trial.cancel() }
        trial.join()
        onOpen = {}
        assertEquals(Accelerator.NNAPI, open())
        assertEquals(Verdict.PASSED, verdict())
    }

    @Test
    fun checkAgain_crashedBefore_triesItAgain() = runTest {
        crash()
        open()
        runReporting().checkAgain(threads = 1)
        assertEquals(Verdict.PASSED, verdict())
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

    /** As a process leaves it that crashes in a trial. */
    private suspend fun crash() = settings.setTrialProcess("${Accelerator.NNAPI} $SYSTEM", 1)

    private suspend fun verdict() =
        checkNotNull(runReporting().report.first()).verdict(Accelerator.NNAPI)

    private suspend fun open(choices: Choices = automatic, system: String = SYSTEM): Accelerator =
        runReporting(system).open(choices).use { it.accelerator }

    private fun runReporting(system: String = SYSTEM): AcceleratorSelector {
        var time = 0L
        // Each look at the clock is half an extraction.
        val clock = {
            time += milliseconds.getValue(opened.last()) * MILLISECOND_NS
            time
        }
        val trials = TrialLog(settings, system) { lastEnd }
        val check = AcceleratorCheck(bundle, trials, system, clock) { accelerator, threads ->
            opened += accelerator
            onOpen(accelerator)
            val of = if (accelerator == Accelerator.NNAPI) nnapiBundle else bundle
            FeatureExtractor(of, accelerator, threads)
        }
        return AcceleratorSelector(check, trials, bundle, settings)
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
