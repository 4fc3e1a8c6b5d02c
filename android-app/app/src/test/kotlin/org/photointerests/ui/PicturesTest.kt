package org.photointerests.ui

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Test

/** The committed pictures are those that tests draw: none is left of a screen that is gone. */
class PicturesTest {
    @Test
    fun committedPictures_areDrawnByTests() {
        // Those for stores are no part of the documents.
        val drawn = File("src/test/kotlin").walk()
            .filter { it.extension == "kt" && !it.name.startsWith("Store") }
            .flatMap { file -> calls.findAll(file.readText()).map { it.groupValues[1] } }
            .toSortedSet()
        val committed = checkNotNull(File("../../docs/screens").list())
            .filter { it.endsWith(".png") }
            .map { it.removeSuffix(".png") }
        assertEquals(drawn, committed.toSortedSet())
    }

    private val calls = Regex("""(?:shoot|compareScreen)\(\s*"([^"]+)"""")
}
