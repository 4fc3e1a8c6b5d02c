package org.photointerests.ui.sharecard

import android.content.Intent
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Color
import android.os.Looper
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.core.content.FileProvider
import androidx.core.content.IntentCompat
import java.io.File
import kotlin.math.abs
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.Shown
import org.photointerests.support.AppTestRunner
import org.photointerests.support.AppWalk
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.Samples
import org.photointerests.support.TestApplication
import org.photointerests.support.drawnPhoto
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private const val PHOTO_HEIGHT = 540

/** The card that is shared: what is on it, and what is not. */
@OptIn(ExperimentalTestApi::class)
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h1200dp-xhdpi")
class ShareCardTest : AppWalk() {
    /** FileProvider keeps the folders of the test before, which are gone. */
    @Before
    @After
    fun forgetFolders() {
        val kept = FileProvider::class.java.getDeclaredField("sCache")
        kept.isAccessible = true
        (kept.get(null) as MutableMap<*, *>).clear()
    }

    @Test
    fun card_isAsItsTexts_andHasNoPhotoUnlessOneIsGiven() {
        val names = listOf("Dogs", "Hiking and camping")
        val plain = ShareCard("About me", names, "Found here").draw()
        assertEquals(1080 to 1350, plain.width to plain.height)
        assertTrue(plain.sameAs(ShareCard("About me", names, "Found here").draw()))
        assertFalse(plain.sameAs(ShareCard("About me", names.take(1), "Found here").draw()))
        val photo = ShareCard("About me", names, "Found here", drawnPhoto(3)).draw()
        assertNotEquals(plain.colours(0), photo.colours(0))
        val middle = drawnPhoto(3).run { getPixel(width / 2, height / 2) }
        assertTrue(isNear(middle, photo.getPixel(photo.width / 2, PHOTO_HEIGHT / 2)))
        assertFalse(isNear(middle, plain.getPixel(photo.width / 2, PHOTO_HEIGHT / 2)))
    }

    /** As many as can be chosen, of the longest names: none is below the footer. */
    @Test
    fun card_ofManyLongNames_fits() {
        val names = List(ShareCardState.MAX_CHOSEN) { "Ballooning and parachuting, number $it" }
        val all = ShareCard("", names, "", drawnPhoto(1)).draw()
        val last = (0 until all.height).last { y ->
            (0 until all.width).any { x -> all.getPixel(x, y) == Color.WHITE }
        }
        assertTrue("$last", last < all.height - 72)
    }

    @Test
    fun sensitiveInterests_areOfferedIfShown_andNeverChosen() {
        fill()
        val sensitive = container.bundle.card.interests.filter { it.shown == Shown.ON_REQUEST }
        runBlocking { sensitive.forEach { container.database.feedback().pin(it.id) } }
        assertTrue(model().read().offered.none { it.category in sensitive })
        runBlocking { container.settings.setSensitive(true) }
        val state = model().read()
        assertTrue(state.offered.any { it.category in sensitive })
        assertTrue(state.shown.isNotEmpty())
        assertTrue(state.shown.none { it.category in sensitive })
        assertNull(state.photo)
    }

    @Test
    fun choice_endsWhereTheCardIsFull_andAPhotoGoesWithItsInterest() {
        fill()
        val model = model()
        val shown = model.read().shown.first()
        model.choosePhoto(shown.photos.first())
        assertEquals(shown.photos.first(), model.state.value?.photo)
        checkNotNull(model.state.value).shown.forEach { model.toggle(it.category.id) }
        assertEquals(emptySet<String>(), model.state.value?.chosen)
        assertNull(model.state.value?.photo)
        val full = ShareCardState(Samples.shown().interests, emptySet())
        assertFalse(full.isFull)
        val ids = full.offered.take(ShareCardState.MAX_CHOSEN).map { it.category.id }.toSet()
        assertTrue(full.copy(chosen = ids).isFull)
    }

    /** From the first screen to the share sheet: what is lent is the picture that was shown. */
    @Test
    fun share_lendsTheCardAlone() {
        fill()
        shownInterest()
        open()
        waitForNamed("Share a card")
        rule.onNodeWithContentDescription("Share a card").performClick()
        rule.waitUntilAtLeastOneExists(
            hasContentDescription("The card: ", substring = true),
            PATIENCE_MS
        )
        rule.onNodeWithText("Share").performClick()
        rule.waitUntil(PATIENCE_MS) {
            rule.waitForIdle()
            shadowOf(application).peekNextStartedActivity() != null
        }
        val chooser = shadowOf(application).nextStartedActivity
        val send = checkNotNull(
            IntentCompat.getParcelableExtra(chooser, Intent.EXTRA_INTENT, Intent::class.java)
        )
        assertEquals("image/png", send.type)
        val file = File(application.cacheDir, "exports").listFiles().orEmpty().single()
        val lent = send.clipData?.getItemAt(0)?.uri
        assertEquals("content://org.photointerests.export/profile/${file.name}", "$lent")
        val card = BitmapFactory.decodeFile(file.path)
        assertEquals(1080 to 1350, card.width to card.height)
        assertTrue(container.export.bytes() >= file.length())
        runBlocking { container.export.delete() }
        assertFalse(file.exists())
    }

    private fun model() = ShareCardViewModel(
        container.interests,
        container.errors,
        File(application.cacheDir, "exports")
    )

    /** What it reads on other threads comes back on this one, which has to get its turn. */
    private fun ShareCardViewModel.read(): ShareCardState {
        val last = System.currentTimeMillis() + PATIENCE_MS
        while (state.value == null) {
            check(System.currentTimeMillis() < last) { "nothing was read in $PATIENCE_MS ms" }
            shadowOf(Looper.getMainLooper()).idle()
            Thread.sleep(10)
        }
        return checkNotNull(state.value)
    }

    /** The photo is scaled: pixels are mixed with their neighbours. */
    private fun isNear(a: Int, b: Int) =
        listOf(Color::red, Color::green, Color::blue).all { abs(it(a) - it(b)) <= 12 }

    private fun Bitmap.colours(y: Int) = (0 until width step 40).map { getPixel(it, y) }
}
