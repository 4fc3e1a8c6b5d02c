package org.photointerests.kill

import android.content.Intent
import android.os.BatteryManager
import android.os.Looper
import android.os.SystemClock
import androidx.test.core.app.ApplicationProvider
import androidx.work.Configuration
import androidx.work.WorkManager
import java.io.File
import java.time.Duration
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.photointerests.support.TestPhotoInterests
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowLog

private const val READ_MS = 3L
private const val ROUND_MS = 10L
private const val MAX_MS = 120_000L
private val FLYING = Duration.ofSeconds(1)

/** Keeps WorkManager's own database where the next process finds it. */
class ProcessApplication : TestApplication() {
    override fun getNoBackupFilesDir() = File(checkNotNull(System.getProperty("scanProcess")))
}

/**
 * The process that [ProcessKillTest] starts and kills: it scans into a file, and tells what it reads
 * and in which state the scan is. A process after the first starts nothing: WorkManager does.
 */
@RunWith(AppTestRunner::class)
@Config(application = ProcessApplication::class)
class ScanProcess {
    private val application = ApplicationProvider.getApplicationContext<ProcessApplication>()

    @Test
    fun scan() = runBlocking<Unit> {
        ShadowLog.stream = System.out
        val folder = application.noBackupFilesDir
        val gallery = ChangingGallery(System.getProperty("scanPhotos").toInt(), seed = 1)
        val process = TestPhotoInterests(application)
        application.photoInterests = process
        process.source = gallery.source
        process.openDatabase = { fileDatabase(File(folder, "photos.db")) }
        process.fastPipeline = QuickPipeline {
            Thread.sleep(READ_MS)
            println("read $it")
        }
        @Suppress("DEPRECATION")
        application.sendStickyBroadcast(
            Intent(Intent.ACTION_BATTERY_CHANGED)
                .putExtra(BatteryManager.EXTRA_LEVEL, 90)
                .putExtra(BatteryManager.EXTRA_SCALE, 100)
        )
        // WorkManager waits a while after a process died: here that time flies.
        val clock = { System.currentTimeMillis() + SystemClock.uptimeMillis() }
        WorkManager.initialize(application, Configuration.Builder().setClock(clock).build())
        val first = process.scans.state.first()
        println("state $first")
        if (first == ScanState.Idle) process.scans.start()
        val watch = launch(Dispatchers.Default) {
            process.scans.state.collect { println("state ${it::class.simpleName}") }
        }
        val deadline = System.currentTimeMillis() + MAX_MS
        while (
            process.database.media().checkpoints().isEmpty() ||
            process.scans.state.first() != ScanState.Idle
        ) {
            shadowOf(Looper.getMainLooper()).idleFor(FLYING)
            Thread.sleep(ROUND_MS)
            check(System.currentTimeMillis() < deadline) { "the scan does not end" }
        }
        watch.cancelAndJoin() // else it may tell a state after the last one
        println("state Idle at last")
    }
}
