package org.photointerests.insights.interests

import androidx.test.core.app.ApplicationProvider
import java.io.File
import java.io.IOException
import java.io.InputStream
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.feedback
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

/** What one phone exported, on another one. */
@RunWith(AppTestRunner::class)
class ProfileImportTest {
    private val card = TestBundle.bundle.card
    private val there = memoryDatabase()
    private val here = memoryDatabase()
    private val import = ProfileImport(here.feedback(), card)

    @After
    fun close() {
        there.close()
        here.close()
    }

    @Test
    fun exported_choices_areThereAgain_andOthersStay() = runTest {
        there.feedback().pin("dogs")
        there.feedback().hide("golf")
        here.feedback().pin("golf")
        here.feedback().pin("boats")
        assertEquals(ImportedChoices(1, 1, 0), import.read(exported().byteInputStream()))
        assertEquals(
            InterestFeedback(hidden = setOf("golf"), pinned = setOf("boats", "dogs")),
            here.feedback().feedback().first()
        )
    }

    @Test
    fun interestsThatThisAppDoesNotKnow_areCountedAndLeftOut() = runTest {
        there.feedback().hide("golf")
        val other = exported().replace("\"golf\"", "\"quidditch\"")
        assertEquals(ImportedChoices(0, 0, 1), import.read(other.byteInputStream()))
        assertEquals(InterestFeedback(), here.feedback().feedback().first())
    }

    @Test
    fun otherBundle_isRefusedWithBothNames_aLaterVersionOfTheSameIsNot() = runTest {
        val own = "\"version\": \"${card.version}\""
        val later = exported().replace(own, "\"version\": \"${card.version}9\"")
        assertEquals(ImportedChoices(0, 0, 0), import.read(later.byteInputStream()))
        val major = exported().replace(own, "\"version\": \"99.0.0\"")
        val error = refused(ImportProblem.OTHER_BUNDLE, major.byteInputStream())
        assertTrue(error, "expected ${card.name} ${card.version}" in error && "99.0.0" in error)
        refused(
            ImportProblem.OTHER_BUNDLE,
            exported().replace("\"${card.name}\"", "\"another\"").byteInputStream()
        )
    }

    @Test
    fun otherFiles_areRefused_andChangeNothing() = runTest {
        here.feedback().pin("boats")
        for (text in listOf("", "[]", "no JSON", "{}", "{\"format\": 2}", "{\"format\": 1}")) {
            refused(ImportProblem.NOT_A_PROFILE, text.byteInputStream())
        }
        val old = exported().replace("\"format\": 2", "\"format\": 3")
        assertTrue("received 3" in refused(ImportProblem.OTHER_FORMAT, old.byteInputStream()))
        refused(
            ImportProblem.NOT_A_PROFILE,
            ByteArray(9 shl 20) {
                ' '.code.toByte()
            }.inputStream()
        )
        refused(
            ImportProblem.UNREADABLE,
            object : InputStream() {
                override fun read(): Int = throw IOException("gone")
            }
        )
        assertEquals(
            InterestFeedback(pinned = setOf("boats")),
            here.feedback().feedback().first()
        )
    }

    private suspend fun refused(problem: ImportProblem, file: InputStream): String = try {
        error("imported: ${import.read(file)}")
    } catch (error: ImportException) {
        assertEquals(problem, error.problem)
        error.message.orEmpty()
    }

    private suspend fun exported(): String {
        there.put(photoSample(PhotoKey("external_primary", 1), TestBundle.goldenFeatures()[0]))
        val folder = File(
            ApplicationProvider.getApplicationContext<android.app.Application>().cacheDir,
            "import"
        )
        val reader = InterestRepository(there, card, InterestModel(TestBundle.bundle))
        return ProfileExport(folder, reader, there.feedback(), card).write().readText()
    }
}
