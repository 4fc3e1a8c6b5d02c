package org.photointerests.kill

import java.io.File
import java.util.concurrent.TimeUnit
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.pipeline.analysis.text.TextAnalyzer
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.index.AnalysisState
import org.photointerests.pipeline.index.MAX_CRASHES
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestTexts

private const val POLL_MS = 20L
private const val KILLED = 128 + 9
private const val MOST_STARTS = 6

/** A photo that ends the process while its text is read; SIGKILL is what ends it here. */
@RunWith(AppTestRunner::class)
class AnalyzerCrashTest {
    @get:Rule
    val folder = TemporaryFolder()
    private val file by lazy { File(folder.root, "photos.db") }
    private var starts = 0

    @Test
    fun photoThatEndsTheProcess_isPassedOver_andReadByAnotherVersion() {
        TestTexts.files
        val harmful = TextProcess.HARMFUL.toString()
        var last = start()
        while (last.last() != TextProcess.DONE && starts < MOST_STARTS) last = start()
        assertEquals(TextProcess.DONE, last.last())
        assertTrue("$starts", starts - 1 >= MAX_CRASHES)
        // It was among four first, and alone then; what waited behind it is all that is left.
        assertEquals(setOf("${TextProcess.READS}3"), last.dropLast(1).toSet())
        val others = (0 until TextProcess.PHOTOS).map { it.toLong() } - TextProcess.HARMFUL
        assertEquals(others.toSet(), read())
        val (state, attempts, reason) = status()
        assertEquals("${AnalysisState.FAILED}", state)
        assertEquals("$MAX_CRASHES", attempts)
        assertEquals(PhotoProblem.CRASHED.name, reason)
        // What reads by other rules may well read it.
        val other = start("gate" to "-1", "harmless" to "true")
        assertEquals(TextProcess.DONE, other.last())
        assertTrue("$other", TextProcess.READS + harmful in other)
        assertEquals((others + TextProcess.HARMFUL).toSet(), read())
    }

    /** Starts a process, kills it once it reads the photo, and tells what it told. */
    private fun start(vararg more: Pair<String, String>): List<String> {
        val properties = mapOf(
            "scanProcess" to folder.root.path,
            "processNumber" to "${++starts}",
            "gate" to "0"
        ) + more
        val told = File.createTempFile("told", ".txt", folder.root)
        val process = ProcessBuilder(javaCommand(TextProcess::class.java, properties))
            .redirectErrorStream(true).redirectOutput(told).start()
        val isHarmful = "harmless" !in properties
        var killed = false
        while (!killed && !process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
            killed = isHarmful && "${TextProcess.READS}${TextProcess.HARMFUL}" in told.readLines()
        }
        process.destroyForcibly()
        assertTrue("no end", process.waitFor(1, TimeUnit.MINUTES))
        val lines = told.readLines()
        val expected = if (killed) KILLED else 0
        assertEquals(lines.takeLast(40).joinToString("\n"), expected, process.exitValue())
        return lines.filter { it.startsWith(TextProcess.READS) || it == TextProcess.DONE }
    }

    /** Photos whose text is stored. */
    private fun read(): Set<Long> = rows(
        "SELECT DISTINCT m.media_id FROM text_lines t JOIN media_items m ON m.item = t.item"
    ).map { it.single().toLong() }.toSet()

    private fun status(): List<String> = rows(
        "SELECT s.state, s.attempts, s.reason FROM analysis_status s JOIN media_items m " +
            "ON m.item = s.item WHERE s.analyzer = '${TextAnalyzer.NAME}' " +
            "AND m.media_id = ${TextProcess.HARMFUL}"
    ).single()

    private fun rows(sql: String): List<List<String>> = withDatabase(file) { database ->
        database.openHelper.writableDatabase.query(sql).use { cursor ->
            buildList {
                while (cursor.moveToNext()) add(List(cursor.columnCount) { cursor.getString(it) })
            }
        }
    }
}
