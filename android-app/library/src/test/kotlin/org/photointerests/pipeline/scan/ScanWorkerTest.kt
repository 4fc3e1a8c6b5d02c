package org.photointerests.pipeline.scan

import android.app.NotificationManager
import android.content.Context
import android.content.Intent
import android.os.Looper
import android.provider.MediaStore
import androidx.test.core.app.ApplicationProvider
import androidx.work.ForegroundInfo
import androidx.work.ForegroundUpdater
import androidx.work.ListenableWorker
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.testing.TestListenableWorkerBuilder
import androidx.work.testing.WorkManagerTestInitHelper
import androidx.work.workDataOf
import com.google.common.util.concurrent.ListenableFuture
import java.util.UUID
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import java.util.concurrent.Future
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.Bundle
import org.photointerests.kill.QuickPipeline
import org.photointerests.pipeline.index.StoreCounts
import org.photointerests.pipeline.media.Album
import org.photointerests.pipeline.media.GalleryException
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.pipeline.runtime.ThermalState
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FolderBundleFiles
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestWorkManager
import org.photointerests.support.drawnJpeg
import org.photointerests.support.fillUp
import org.photointerests.support.makeRoom
import org.photointerests.support.testContainer
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private const val AWAIT_ROUNDS = 400

// More than what a page of SQLite holds.
private const val PHOTOS_OF_A_PAGE = 6
private const val AWAIT_ROUND_MS = 25L

@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class ScanWorkerTest {
    @get:Rule val workManager = TestWorkManager(keepsThreads = true)
    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val container = testContainer
    private val counts = container.photos.counts

    @After
    fun close() = container.database.close()

    @Test
    fun doWork_photos_readsThemAndSucceeds() = runBlocking {
        repeat(3) { container.source.put(it.toLong(), drawnJpeg(it)) }
        assertEquals(ListenableWorker.Result.success(), worker().doWork())
        assertEquals(StoreCounts(3, 0), counts.first())
    }

    @Test
    fun doWork_photoThatComesMeanwhile_isReadToo() = runBlocking {
        container.source.put(1, drawnJpeg(1))
        container.source.onOpen = {
            container.source.onOpen = {}
            container.source.put(2, drawnJpeg(2))
        }
        worker().doWork()
        assertEquals(StoreCounts(2, 0), counts.first())
    }

    @Test
    fun doWork_done_watchesForChangesAndTheDay() = runBlocking {
        worker().doWork()
        val work = WorkManager.getInstance(context)
        val change = work.getWorkInfosForUniqueWork("changed-photos").get().single()
        assertEquals(WorkInfo.State.ENQUEUED, change.state)
        val trigger = change.constraints.contentUriTriggers.single()
        assertEquals(MediaStore.Images.Media.EXTERNAL_CONTENT_URI, trigger.uri)
        assertTrue(trigger.isTriggeredForDescendants)
        val daily = work.getWorkInfosForUniqueWork("daily-scan").get().single()
        assertEquals(WorkInfo.State.ENQUEUED, daily.state)
        container.scans.stop()
        val stopped = work.getWorkInfosForUniqueWork("changed-photos").get().single()
        assertEquals(WorkInfo.State.CANCELLED, stopped.state)
    }

    @Test
    fun doWork_noAccess_failsAndSaysWhy() = runBlocking {
        container.source.allowed = PhotoAccess.DENIED
        val result = worker().doWork()
        assertTrue("$result", result is ListenableWorker.Result.Failure)
        assertEquals("NO_ACCESS", result.outputData.getString(FAILURE))
    }

    @Test
    fun doWork_unexpectedError_isTriedAgainButNotForEver() = runBlocking {
        container.source.put(1, drawnJpeg(1))
        container.source.onOpen = { throw NoSuchMethodException("a error of ours") }
        repeat(2) { assertEquals(ListenableWorker.Result.retry(), worker().doWork()) }
        assertTrue(worker().doWork() is ListenableWorker.Result.Failure)
    }

    /** WorkManager counts how often a scan was begun: interruptions are no failures. */
    @Test
    fun doWork_errorAfterManyInterruptions_isTriedAgain() = runBlocking {
        container.source.onList = { throw GalleryException("no answer") }
        assertEquals(ListenableWorker.Result.retry(), worker(attempt = 20).doWork())
        container.source.onList = {}
        assertEquals(ListenableWorker.Result.success(), worker(attempt = 21).doWork())
        container.source.onList = { throw GalleryException("no answer") }
        container.source.put(1, drawnJpeg(1))
        repeat(2) { assertEquals(ListenableWorker.Result.retry(), worker(attempt = 22).doWork()) }
    }

    @Test
    fun doWork_fullDisk_failsAtOnceAndSaysWhy() = runBlocking {
        repeat(PHOTOS_OF_A_PAGE) { container.source.put(it.toLong(), drawnJpeg(it)) }
        container.database.fillUp()
        val result = worker(attempt = 0).doWork()
        assertEquals("STORAGE_FULL", result.outputData.getString(FAILURE))
        val kept = counts.first().read
        container.database.makeRoom()
        container.source.opened.clear()
        worker().doWork()
        assertEquals(StoreCounts(PHOTOS_OF_A_PAGE, 0), counts.first())
        assertEquals(PHOTOS_OF_A_PAGE - kept, container.source.opened.size)
    }

    @Test
    fun doWork_damagedModel_failsAtOnceAndSaysWhy() = runBlocking {
        container.source.put(1, drawnJpeg(1))
        val name = TestBundle.bundle.card.extractor.file
        val damaged = FolderBundleFiles(TestBundle.folder, mapOf(name to ByteArray(1000)))
        container.givenBundle = { Bundle(damaged) }
        val result = worker(attempt = 0).doWork()
        assertEquals("MODEL_DAMAGED", result.outputData.getString(FAILURE))
    }

    @Test
    fun doWork_galleryDoesNotAnswer_isTriedAgainAndThenSaysWhy() = runBlocking {
        container.source.onList = { throw GalleryException("no answer") }
        repeat(2) { assertEquals(ListenableWorker.Result.retry(), worker().doWork()) }
        val result = worker().doWork()
        assertEquals("GALLERY", result.outputData.getString(FAILURE))
    }

    @Test
    fun controller_wholeLife_tellsEachState() = runBlocking {
        val scans = container.scans
        assertEquals(ScanState.Idle, scans.state.first())
        container.source.put(1, drawnJpeg(1))
        scans.start()
        assertEquals(ScanState.Waiting(WaitReason.SOON), scans.state.first())
        scans.pause()
        assertEquals(ScanState.Paused, await { it == ScanState.Paused })
        assertEquals(StoreCounts(0, 0), counts.first())
        scans.start()
        letRun()
        await { it == ScanState.Idle }
        assertEquals(StoreCounts(1, 0), counts.first())
        scans.stop()
        assertEquals(ScanState.Idle, scans.state.first())
    }

    @Test
    fun controller_failedScan_tellsWhy() = runBlocking<Unit> {
        container.source.allowed = PhotoAccess.DENIED
        container.scans.start()
        letRun()
        await { it == ScanState.Failed(ScanFailure.NO_ACCESS) }
    }

    @Test
    fun controller_pausedByUser_isNotStartedByTheDay() = runBlocking {
        container.scans.pause()
        container.scans.startAutomatically()
        assertEquals(ScanState.Paused, container.scans.state.first())
    }

    @Test
    fun controller_onlyCharging_waitsForTheCharger() = runBlocking<Unit> {
        container.scans.start()
        assertEquals(ScanState.Waiting(WaitReason.SOON), container.scans.state.first())
        container.scans.setOnlyCharging(true)
        await { it == ScanState.Waiting(WaitReason.CHARGER) }
        val infos = WorkManager.getInstance(context).getWorkInfosForUniqueWork("scan").get()
        val waiting = infos.single { it.state == WorkInfo.State.ENQUEUED }
        assertTrue(waiting.constraints.requiresCharging())
        assertTrue(waiting.constraints.requiresBatteryNotLow())
        container.scans.setOnlyCharging(false)
        await { it == ScanState.Waiting(WaitReason.SOON) }
    }

    @Test
    fun doWork_foregroundTimeIsSpent_goesOnWithoutANotification() = runBlocking {
        container.source.put(1, drawnJpeg(1))
        container.settings.setForegroundSpentAt(System.currentTimeMillis())
        val foregrounds = mutableListOf<ForegroundInfo>()
        val updater = ForegroundUpdater { _, _, info ->
            foregrounds += info
            Done()
        }
        fun build() = TestListenableWorkerBuilder<ScanWorker>(context)
            .setForegroundUpdater(updater).build()
        assertEquals(ListenableWorker.Result.success(), build().doWork())
        assertEquals(0, foregrounds.size)
        assertEquals(StoreCounts(1, 0), counts.first())
        container.scans.start() // the user is back
        build().doWork()
        assertEquals(1, foregrounds.size)
    }

    /** Started in the background, where Android refuses a foreground service. */
    @Test
    fun doWork_foregroundIsRefused_leavesNoNotification() = runBlocking {
        container.source.put(1, drawnJpeg(1))
        val refused = ForegroundUpdater { _, _, _ -> error("not allowed in the background") }
        val worker = TestListenableWorkerBuilder<ScanWorker>(context)
            .setForegroundUpdater(refused).build()
        assertEquals(ListenableWorker.Result.success(), worker.doWork())
        assertEquals(StoreCounts(1, 0), counts.first())
        assertEquals(emptyList<Any>(), notifications())
    }

    @Test
    fun doWork_ended_cancelsItsNotification() = runBlocking {
        container.source.put(1, drawnJpeg(1))
        worker().doWork()
        assertEquals(emptyList<Any>(), notifications())
    }

    @Test
    fun stop_endsAutomaticScans_untilTheyAreSwitchedOn() = runBlocking {
        container.source.put(1, drawnJpeg(1), album = "shots")
        container.scans.start()
        container.scans.stop()
        assertFalse(container.settings.choices.first().autoScan)
        container.exclude(Album("shots", "Screenshots", 1))
        assertEquals(ScanState.Idle, container.scans.state.first())
        assertTrue(watching().isEmpty())
        container.scans.setAutoScan(true)
        assertEquals(2, watching().size)
        container.include(Album("shots", "Screenshots", 1))
        assertEquals(ScanState.Waiting(WaitReason.SOON), container.scans.state.first())
    }

    @Test
    fun start_whileStopped_scansOnceAndWatchesNothing() = runBlocking {
        container.scans.stop()
        container.scans.start()
        assertEquals(ScanState.Waiting(WaitReason.SOON), container.scans.state.first())
        assertTrue(watching().isEmpty())
    }

    /** The trigger fires while the second pass runs: it is armed again, and nothing is missed. */
    @Test
    fun doWork_photoThatComesInTheSecondPass_isReadToo() = runBlocking {
        container.fastPipeline = QuickPipeline()
        container.source.put(1, byteArrayOf(1))
        container.source.onOpen = { key ->
            if (key.id < 3) container.source.put(key.id + 1, byteArrayOf(1))
            if (key.id == 2L) fireTrigger()
        }
        container.scans.start()
        letRun()
        awaitRead(2)
        // The scan that the trigger asked for follows.
        await { it is ScanState.Waiting }
        letRun()
        await { it == ScanState.Idle }
        assertEquals(StoreCounts(3, 0), counts.first())
        assertEquals(2, watching().size)
    }

    @Test
    fun waitReason_everyStopReason_isNamed() {
        val reasons = mapOf(
            WorkInfo.STOP_REASON_NOT_STOPPED to WaitReason.SOON,
            WorkInfo.STOP_REASON_QUOTA to WaitReason.QUOTA,
            WorkInfo.STOP_REASON_APP_STANDBY to WaitReason.STANDBY,
            WorkInfo.STOP_REASON_BACKGROUND_RESTRICTION to WaitReason.RESTRICTED,
            WorkInfo.STOP_REASON_USER to WaitReason.STOPPED_BY_USER,
            WorkInfo.STOP_REASON_DEVICE_STATE to WaitReason.DEVICE_STATE,
            WorkInfo.STOP_REASON_PREEMPT to WaitReason.SYSTEM,
            WorkInfo.STOP_REASON_FOREGROUND_SERVICE_TIMEOUT to WaitReason.DEFERRED,
            WorkInfo.STOP_REASON_TIMEOUT to WaitReason.DEFERRED,
            WorkInfo.STOP_REASON_CONSTRAINT_BATTERY_NOT_LOW to WaitReason.LOW_BATTERY
        )
        for ((reason, expected) in reasons) {
            val info = WorkInfo(
                UUID.randomUUID(),
                WorkInfo.State.ENQUEUED,
                emptySet(),
                stopReason = reason
            )
            assertEquals("$reason", expected, waitReasonOf(info))
        }
    }

    @Test
    fun data_namesOfAnotherVersion_areNoCrash() {
        val data = workDataOf("failure" to "MOON_IS_FULL", "thermalState" to "HOT", "total" to 3)
        assertEquals(ScanFailure.ERROR, data.toFailure())
        assertEquals(ThermalState.NOMINAL, checkNotNull(data.toProgress()).thermalState)
    }

    @Test
    fun doWork_stoppedByTheTimeLimit_isRemembered() = runBlocking {
        repeat(50) { container.source.put(it.toLong(), drawnJpeg(it)) }
        val worker = worker()
        val work = launch(Dispatchers.Default) { worker.doWork() }
        while (counts.first().read == 0) delay(5)
        worker.stop(WorkInfo.STOP_REASON_FOREGROUND_SERVICE_TIMEOUT)
        work.cancelAndJoin()
        val spent = System.currentTimeMillis() - container.settings.foregroundSpentAtMs()
        assertTrue("$spent ms", spent in 0..60_000)
    }

    @Test
    fun receiver_pauseOfNotification_pauses() = runBlocking<Unit> {
        container.scans.start()
        ScanActionReceiver().onReceive(context, Intent(ScanActionReceiver.PAUSE))
        await { it == ScanState.Paused }
    }

    @Test
    fun notification_progress_showsCountRateAndTimeLeft() {
        val notification = ScanNotification(context)
        notification.foreground(null)
        notification.update(
            ScanProgress(done = 120, total = 1000, failed = 1, photosPerSecond = 4f)
        )
        val manager = context.getSystemService(NotificationManager::class.java)
        val shown = shadowOf(manager).allNotifications.single()
        val text = shown.extras.getCharSequence("android.text").toString()
        assertEquals("120 of 1,000 · 4.0 photos/s · about 4 minutes left", text)
        assertEquals(listOf("Pause", "Stop"), shown.actions.map { "${it.title}" })
    }

    /** All photos are scanned, but scenes and places are not: "5 of 5" would say that it is over. */
    @Test
    fun notification_analyzing_saysWhatIsDoneAndWhatFollows() {
        val notification = ScanNotification(context)
        notification.foreground(null)
        val progress =
            ScanProgress(done = 5, total = 5, failed = 0, photosPerSecond = 4f, isAnalyzing = true)
        assertEquals(progress, progress.toData().toProgress())
        notification.update(progress)
        val shown = notifications().single().extras
        assertEquals("Looking closer at your photos", "${shown.getCharSequence("android.title")}")
        assertEquals(
            "Your interests are up to date. Scenes, places and more follow.",
            "${shown.getCharSequence("android.text")}"
        )
        assertTrue(shown.getBoolean("android.progressIndeterminate"))
    }

    @Test
    fun doWork_photosScanned_reportsThatAnalyzersFollow() = runBlocking {
        container.source.put(1, drawnJpeg(1))
        val reports = mutableListOf<ScanProgress>()
        ScanPasses(container).run { reports += it }
        assertEquals(listOf(true), reports.map { it.isAnalyzing }.takeLast(1))
        assertFalse(reports.first().isAnalyzing)
        assertEquals(1, reports.last().total)
    }

    @Test
    fun deleteEverything_screenLeftMeanwhile_goesThrough() = runBlocking {
        container.source.put(1, drawnJpeg(1))
        worker().doWork()
        val untouched = container.settings.choices.first()
        container.settings.setThreads(untouched.threads / 2)
        val deletion = launch(start = CoroutineStart.UNDISPATCHED) { container.deleteEverything() }
        deletion.cancelAndJoin()
        assertEquals(StoreCounts(0, 0), counts.first())
        assertEquals(untouched, container.settings.choices.first())
    }

    @Test
    fun deleteEverything_afterAScan_leavesNothing() = runBlocking {
        container.source.put(1, drawnJpeg(1))
        worker().doWork()
        container.settings.setThreads(1)
        container.deleteEverything()
        assertEquals(StoreCounts(0, 0), counts.first())
        assertEquals(4, container.settings.choices.first().threads)
    }

    /** A photo is in work when the user deletes everything: it is not stored afterwards. */
    @Test
    fun deleteEverything_photoInWork_waitsForIt() = runBlocking {
        val opened = CompletableDeferred<Unit>()
        container.fastPipeline = QuickPipeline()
        container.source.put(1, byteArrayOf(1))
        lateinit var deletion: Job
        container.source.onOpen = {
            opened.complete(Unit)
            while (!deletion.isActive) Thread.sleep(1)
        }
        deletion = launch(Dispatchers.Default, CoroutineStart.LAZY) { container.deleteEverything() }
        val work = launch(Dispatchers.Default) { worker().doWork() }
        opened.await()
        deletion.start()
        work.cancelAndJoin()
        deletion.join()
        assertEquals(StoreCounts(0, 0), counts.first())
    }

    private fun notifications() =
        shadowOf(context.getSystemService(NotificationManager::class.java)).allNotifications

    /** Work that starts scans by itself. */
    private fun watching() = listOf("changed-photos", "daily-scan").flatMap { name ->
        WorkManager.getInstance(context).getWorkInfosForUniqueWork(name).get()
            .filter { !it.state.isFinished }
    }

    /** Lets the work run that waits for a change of the gallery, to its end. */
    private fun fireTrigger() {
        val work = WorkManager.getInstance(context)
        val change = work.getWorkInfosForUniqueWork("changed-photos").get()
            .single { it.state == WorkInfo.State.ENQUEUED }
        checkNotNull(WorkManagerTestInitHelper.getTestDriver(context))
            .setAllConstraintsMet(change.id)
        repeat(AWAIT_ROUNDS) {
            if (work.getWorkInfoById(change.id).get()?.state?.isFinished != false) return
            Thread.sleep(AWAIT_ROUND_MS)
        }
        throw AssertionError("the trigger does not end")
    }

    private fun worker(attempt: Int = 0): ScanWorker =
        TestListenableWorkerBuilder<ScanWorker>(context).setRunAttemptCount(attempt).build()

    /** Tells WorkManager that the battery is not low. */
    private fun letRun() {
        val infos = WorkManager.getInstance(context).getWorkInfosForUniqueWork("scan")
        val id = infos.get(5, TimeUnit.SECONDS).single { it.state == WorkInfo.State.ENQUEUED }.id
        checkNotNull(WorkManagerTestInitHelper.getTestDriver(context)).setAllConstraintsMet(id)
    }

    private fun awaitRead(photos: Int) {
        repeat(AWAIT_ROUNDS) {
            shadowOf(Looper.getMainLooper()).idle()
            if (runBlocking { counts.first() }.read >= photos) return
            Thread.sleep(AWAIT_ROUND_MS)
        }
        throw AssertionError("read: ${runBlocking { counts.first() }}")
    }

    /** Lets WorkManager's threads work, and the main one, on which it starts workers. */
    private fun await(wanted: (ScanState) -> Boolean): ScanState {
        repeat(AWAIT_ROUNDS) {
            shadowOf(Looper.getMainLooper()).idle()
            val state = runBlocking { container.scans.state.first() }
            if (wanted(state)) return state
            Thread.sleep(AWAIT_ROUND_MS)
        }
        throw AssertionError("last seen: ${runBlocking { container.scans.state.first() }}")
    }
}

/** What was done at once. */
private class Done(private val done: Future<Void> = CompletableFuture.completedFuture(null)) :
    ListenableFuture<Void>,
    Future<Void> by done {
    override fun addListener(listener: Runnable, executor: Executor) = executor.execute(listener)
}
