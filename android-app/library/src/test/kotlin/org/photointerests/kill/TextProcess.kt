package org.photointerests.kill

import android.app.ActivityManager
import android.app.ApplicationExitInfo
import androidx.test.core.app.ApplicationProvider
import androidx.work.Configuration
import androidx.work.WorkManager
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.scan.ScanPasses
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.TestPacks
import org.photointerests.support.TestPhotoInterests
import org.photointerests.support.TestTexts
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowProcess

private const val FIRST_PROCESS = 1000
private const val LONG_MS = 600_000L

/**
 * A process that [AnalyzerCrashTest] starts: it scans, reads the text of photos, and tells which one
 * it reads. The photo [HARMFUL] holds it up there, until it is killed. Android knows that the process
 * before was.
 */
@RunWith(AppTestRunner::class)
@Config(application = ProcessApplication::class)
class TextProcess {
    private val application = ApplicationProvider.getApplicationContext<ProcessApplication>()
    private val number = System.getProperty("processNumber").toInt()

    @Test
    fun read() = runBlocking<Unit> {
        ShadowProcess.setPid(FIRST_PROCESS + number)
        val manager = shadowOf(application.getSystemService(ActivityManager::class.java))
        manager.addApplicationExitInfo(
            application.packageName,
            FIRST_PROCESS + number - 1,
            ApplicationExitInfo.REASON_CRASH_NATIVE,
            0
        )
        WorkManager.initialize(application, Configuration.Builder().build())
        val process = TestPhotoInterests(application)
        application.photoInterests = process
        val folder = application.noBackupFilesDir
        process.settingsFile = { File(folder, "settings.preferences_pb") }
        process.openDatabase = { fileDatabase(File(folder, "photos.db")) }
        process.fastPipeline = QuickPipeline()
        fill(process)
        val pack = TestTexts.pack(gate = System.getProperty("gate").toFloat())
        process.givenPacks = listOf(TestPacks.known(pack))
        process.packs.add { pack.inputStream() }
        ScanPasses(process).run { if (it.isAnalyzing) tell(process) }
        println(DONE)
    }

    private suspend fun fill(process: TestPhotoInterests) {
        val features = TestBundle.goldenFeatures()
        repeat(PHOTOS) {
            val key = process.source.put(it.toLong(), TestTexts.picture("German"))
            val sample = photoSample(key, features[it], it.toLong(), album = "camera")
            if (number == 1) process.database.put(sample)
        }
    }

    private fun tell(process: TestPhotoInterests) {
        process.source.onOpen = { photo ->
            println("$READS${photo.id}")
            if (photo.id == HARMFUL && System.getProperty("harmless") == null) {
                Thread.sleep(LONG_MS)
            }
        }
    }

    companion object {
        const val PHOTOS = 7
        const val HARMFUL = 4L
        const val READS = "reads "
        const val DONE = "all passes are done"
    }
}
