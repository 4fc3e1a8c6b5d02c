package org.photointerests

import android.Manifest.permission.READ_MEDIA_VISUAL_USER_SELECTED
import android.os.Build
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.filters.SdkSuppress
import androidx.test.platform.app.InstrumentationRegistry
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assume.assumeTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.media.PhotoAccess
import org.photointerests.support.PhonePhotos

private const val PHOTOS = 3
private const val PATIENCE_MS = 20_000L

/** Since Android 14 the user may select photos: the app works with these and offers to add more. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AndroidJUnit4::class)
@SdkSuppress(minSdkVersion = Build.VERSION_CODES.UPSIDE_DOWN_CAKE)
class PartialAccessDeviceTest {
    @get:Rule val rule = createEmptyComposeRule()

    private val instrumentation = InstrumentationRegistry.getInstrumentation()
    private val context = instrumentation.targetContext
    private val container = context.photoInterests
    private val photos = PhonePhotos(context)

    @After
    fun removePhotos() = photos.removeAll()

    @Test
    fun selectedPhotos_few_areScannedAndMoreAreOffered() {
        assumeTrue("photos were allowed before", container.source.access() == PhotoAccess.DENIED)
        instrumentation.uiAutomation
            .grantRuntimePermission(context.packageName, READ_MEDIA_VISUAL_USER_SELECTED)
        assertEquals(PhotoAccess.PARTIAL, container.source.access())
        photos.insert(PHOTOS) // the app sees its own as it sees those that were selected
        runBlocking { container.scanner().scan {} }
        ActivityScenario.launch(MainActivity::class.java).use {
            val text = context.getString(R.string.access_select)
            rule.waitUntilAtLeastOneExists(hasText(text), PATIENCE_MS)
        }
    }
}
