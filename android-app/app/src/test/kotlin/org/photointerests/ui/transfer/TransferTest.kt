package org.photointerests.ui.transfer

import android.os.Looper
import androidx.compose.ui.test.ComposeTimeoutException
import androidx.compose.ui.test.junit4.v2.createComposeRule
import java.io.ByteArrayOutputStream
import java.io.FileNotFoundException
import java.io.OutputStream
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.feedback.feedback
import org.photointerests.insights.interests.ImportProblem
import org.photointerests.insights.interests.ImportedChoices
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.testContainer
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** Files of profiles, out and in again. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class TransferTest {
    @get:Rule val rule = createComposeRule()
    private val container = testContainer
    private val feedback = container.database.feedback()
    private val model by lazy {
        TransferViewModel(container.export, container.profileImport, container.errors)
    }

    @Test
    fun savedFile_importedLater_hasTheChoices() = runBlocking {
        // A profile of no photos lists no interest, nor a pinned one.
        val photo = PhotoKey("external_primary", 1)
        container.database.put(photoSample(photo, TestBundle.goldenFeatures().first()))
        feedback.pin("dogs")
        feedback.hide("golf")
        val file = ByteArrayOutputStream()
        model.save { file }
        waitFor(TransferState.Saved)
        feedback.clearFeedback("dogs")
        feedback.clearFeedback("golf")
        model.import { file.toByteArray().inputStream() }
        waitFor(TransferState.Imported(ImportedChoices(pinned = 1, hidden = 1, unknown = 0)))
        val choices = feedback.feedback().first()
        assertEquals(setOf("golf") to setOf("dogs"), choices.hidden to choices.pinned)
    }

    @Test
    fun placesThatCannotBeOpened_areNamed() {
        model.save { throw FileNotFoundException("gone") }
        waitFor(TransferState.NotSaved)
        model.import { null }
        waitFor(TransferState.Refused(ImportProblem.UNREADABLE))
        model.save { null as OutputStream? }
        waitFor(TransferState.NotSaved)
        model.import { throw SecurityException("revoked") }
        waitFor(TransferState.Refused(ImportProblem.UNREADABLE))
    }

    private fun waitFor(state: TransferState) {
        try {
            rule.waitUntil(PATIENCE_MS) {
                shadowOf(Looper.getMainLooper()).idle()
                model.state.value == state
            }
        } catch (error: ComposeTimeoutException) {
            val received = "${model.state.value}, error ${container.errors.state.value}"
            throw AssertionError("expected $state, received $received", error)
        }
    }
}
