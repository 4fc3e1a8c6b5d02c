package org.photointerests.support

import android.os.Bundle
import android.os.Parcel
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import java.time.Instant
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Rule
import org.photointerests.MainActivity
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.Period
import org.robolectric.Robolectric

private const val HOUR_MS = 3_600_000L

/** A test that walks through the real window, with the real models and a real database. */
@OptIn(ExperimentalTestApi::class)
abstract class AppWalk {
    @get:Rule val rule = createEmptyComposeRule()

    @get:Rule val photos = ShownPhotos()

    @get:Rule val workManager = TestWorkManager()
    protected val container = testContainer
    protected val application = ApplicationProvider.getApplicationContext<TestApplication>()
    protected var window: ActivityScenario<MainActivity>? = null

    /**
     * Ends the view models. The database stays open, as it does in the app: what they were reading
     * just now would fail on a closed one, and in the middle of the next test.
     */
    @After
    fun close() {
        window?.close()
    }

    /** The real window, over the container that this test has filled. */
    protected fun open() {
        window = ActivityScenario.launch(MainActivity::class.java)
    }

    /**
     * Does [before] in a window, and [after] in the one that the system opens once it has ended the
     * app: no view model is left, and what was saved is bytes that nobody can change any more.
     */
    protected fun acrossProcessDeath(before: () -> Unit, after: () -> Unit) {
        val parcel = Parcel.obtain()
        Robolectric.buildActivity(MainActivity::class.java).use { first ->
            first.setup()
            before()
            val saved = Bundle()
            first.pause().stop().saveInstanceState(saved)
            parcel.writeBundle(saved)
        }
        parcel.setDataPosition(0)
        val saved = checkNotNull(parcel.readBundle(MainActivity::class.java.classLoader))
        Robolectric.buildActivity(MainActivity::class.java).use { second ->
            second.setup(saved)
            after()
        }
    }

    protected fun openSettings() {
        waitForNamed("Settings")
        rule.onNodeWithContentDescription("Settings").performClick()
    }

    protected fun openWhatToLookFor() {
        openSettings()
        waitFor("What to look for")
        rule.onNodeWithText("What to look for").performScrollTo().performClick()
    }

    protected fun waitFor(text: String, substring: Boolean = false) =
        rule.waitUntilAtLeastOneExists(hasText(text, substring = substring), PATIENCE_MS)

    protected fun waitForNamed(name: String, substring: Boolean = false) = rule
        .waitUntilAtLeastOneExists(hasContentDescription(name, substring = substring), PATIENCE_MS)

    protected fun key(photo: Int) = PhotoKey("external_primary", photo.toLong())

    /** The golden set as photos, an hour apart: each is an event by itself. */
    protected fun fill(album: String? = null) = runBlocking {
        val takenAt = Instant.parse("2026-08-10T10:00:00Z").toEpochMilli()
        TestBundle.goldenFeatures().forEachIndexed { index, features ->
            val at = takenAt + index * HOUR_MS
            container.database.put(photoSample(key(index), features, at, album = album))
        }
    }

    /**
     * One that a photo shows clearly, pinned: the thresholds of the test's bundle are passed by three
     * interests of the whole set and by three on photos, which need not be the same.
     */
    protected fun shownInterest(): Interest = runBlocking {
        val shown = TestBundle.goldenFeatures().indices.firstNotNullOf { index ->
            container.interests.photo(key(index))?.findings?.firstOrNull()
        }
        container.database.feedback().pin(shown.category.id)
        container.interests.profile(Period.All, 1).interests.first()
    }
}
