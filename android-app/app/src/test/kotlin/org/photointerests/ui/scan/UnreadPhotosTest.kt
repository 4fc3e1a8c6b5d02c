package org.photointerests.ui.scan

import androidx.compose.ui.test.hasScrollToKeyAction
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performScrollToKey
import app.cash.turbine.test
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.index.FailedPhoto
import org.photointerests.pipeline.index.StoreCounts
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.support.AppTestRunner
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TestApplication
import org.photointerests.support.TestWorkManager
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.testContainer
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.robolectric.annotation.Config

private const val PHOTOS = 250
private const val PAGE = 100

/** Many photos that cannot be read: they are listed page by page. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class UnreadPhotosTest {
    @get:Rule val rule = createComposeRule()

    @get:Rule val photos = ShownPhotos()

    @get:Rule val workManager = TestWorkManager()

    @Test
    fun screen_endOfTheList_asksForMore() {
        var asked = 0
        val failures =
            List(PAGE) { FailedPhoto("external_primary", it.toLong(), PhotoProblem.GONE.name) }
        val status = ScanStatus(ScanState.Idle, StoreCounts(read = 5, failed = PHOTOS), failures)
        rule.setContent {
            PhotoInterestsTheme { ScanScreen(status, ScanActions(showMore = { asked++ })) }
        }
        rule.waitForIdle()
        assertEquals(0, asked)
        rule.onAllNodes(hasScrollToKeyAction()).onFirst().performScrollToKey(PAGE)
        rule.waitForIdle()
        assertEquals(1, asked)
    }

    @Test
    fun viewModel_moreIsAskedFor_listsTheNextPage() = runBlocking {
        repeat(PHOTOS) {
            val key = PhotoKey("external_primary", it.toLong())
            testContainer.database.put(photoSample(key, null, failure = PhotoProblem.BROKEN))
        }
        val model = ScanViewModel(
            testContainer.scans,
            testContainer.photos,
            testContainer.settings,
            testContainer.errors
        )
        model.state.test {
            for (listed in listOf(PAGE, 2 * PAGE, PHOTOS)) {
                var status = awaitItem()
                while (status?.failures?.size != listed) status = awaitItem()
                model.showMore()
            }
            cancelAndIgnoreRemainingEvents()
        }
    }
}
