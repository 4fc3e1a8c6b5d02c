package org.photointerests.kill

import java.io.File
import java.util.concurrent.TimeUnit
import kotlin.random.Random
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner

private const val PHOTOS_A_KILL = 300
private const val KILLED = 128 + 9
private const val POLL_MS = 20L
private const val READ = "read "
private const val STATE = "state "

/**
 * A scan in a process of its own, which is killed by SIGKILL and begun anew, by WorkManager alone:
 * nothing of it knows that it is a test. `measure -Pkills=200` kills more often.
 */
@RunWith(AppTestRunner::class)
class ProcessKillTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val kills = if (System.getProperty("kills") == null) 1 else 6
    private val photos = PHOTOS_A_KILL * (kills + 1)
    private val random = Random(3)
    private val reads = mutableListOf<String>()
    private val file by lazy { File(folder.root, "photos.db") }

    @Test
    fun scan_killedProcesses_losesNothingAndReadsNothingTwice() {
        repeat(kills) {
            val before = if (file.exists()) contents(file) else emptyMap()
            val states = process(random.nextInt(1, 2 * PHOTOS_A_KILL))
            val now = contents(file)
            assertTrue("lost: ${before.keys - now.keys}", now.keys.containsAll(before.keys))
            assertTrue("$states", states.any { it.startsWith("Running") })
            println("killed after ${reads.size} photos, ${now.size} stored; told $states")
        }
        val states = process(killAfter = Int.MAX_VALUE)
        assertEquals("Idle at last", states.last())
        assertEquals(ChangingGallery(photos, seed = 1).expected(), contents(file))
        val again = reads.size - reads.toSet().size
        assertTrue("$again photos read twice", again <= kills)
        println("measured: processes killed: $kills")
        println("measured: photos of the killed processes: $photos")
        println("measured: photos read again after a process was killed: $again")
    }

    /** Starts a process, kills it after so many photos, and tells the states that it told. */
    private fun process(killAfter: Int): List<String> {
        val told = File.createTempFile("told", ".txt", folder.root)
        val process =
            ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(told).start()
        var killed = false
        while (!killed && !process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
            killed = told.readLines().count { it.startsWith(READ) } >= killAfter
        }
        process.destroyForcibly()
        assertTrue("no end", process.waitFor(1, TimeUnit.MINUTES))
        val lines = told.readLines()
        val expected = if (killed) KILLED else 0
        assertEquals(lines.takeLast(40).joinToString("\n"), expected, process.exitValue())
        reads += lines.filter { it.startsWith(READ) }
        return lines.filter { it.startsWith(STATE) }.map { it.removePrefix(STATE) }
    }

    private fun command() = javaCommand(
        ScanProcess::class.java,
        mapOf("scanProcess" to folder.root.path, "scanPhotos" to "$photos")
    )
}
