package org.photointerests.ui

import android.app.Application
import android.graphics.Bitmap
import android.graphics.Canvas
import androidx.activity.compose.setContent
import androidx.compose.foundation.layout.Box
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onRoot
import androidx.test.core.app.ApplicationProvider
import java.io.File
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.R
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.support.AppTestRunner
import org.photointerests.support.Samples
import org.photointerests.support.ShownPhotos
import org.photointerests.support.TestApplication
import org.photointerests.support.saveStoreScreen
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.photointerests.ui.interest.InterestActions
import org.photointerests.ui.interest.InterestScreen
import org.photointerests.ui.interest.InterestState
import org.photointerests.ui.interests.InterestsActions
import org.photointerests.ui.interests.InterestsScreen
import org.photointerests.ui.interests.InterestsSlots
import org.photointerests.ui.interests.ScanLine
import org.photointerests.ui.privacy.PrivacyScreen
import org.photointerests.ui.suggestions.SuggestionsActions
import org.photointerests.ui.suggestions.SuggestionsScreen
import org.photointerests.ui.timeline.TimelineScreen
import org.robolectric.annotation.Config

// Nine by sixteen: stores take nothing longer than twice its width.
private const val PHONE = "w405dp-h720dp-xxhdpi"
private const val ICON_PIXELS = 512
private val LISTINGS = listOf("en-US", "de-DE", "fr-FR", "es-ES", "tr-TR")

/**
 * The pictures that stores show, in the language of a [listing]; STORES.md says how they get to where
 * stores look.
 */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
abstract class StoreScreens(private val listing: String) {
    @get:Rule val rule = createComposeRule()

    @get:Rule val photos = ShownPhotos()

    @Test fun interests() = shoot("1-interests") { Interests() }

    @Test fun interest() = shoot("2-interest") { Interest() }

    @Test fun timeline() = shoot("3-timeline") { Timeline() }

    @Test fun suggestions() = shoot("4-suggestions") { Suggestions() }

    @Test fun privacy() = shoot("5-privacy") { PrivacyScreen(Samples.privacy, {}) }

    @Composable
    private fun Interests() = At(TopLevelDestination.INTERESTS) {
        val slots = InterestsSlots { ScanLine(ScanState.Idle, it) {} }
        InterestsScreen(Samples.shown(), InterestsActions(), slots = slots)
    }

    @Composable
    private fun Interest() = InterestScreen(
        InterestState(Samples.detail(), months = Samples.monthly()),
        InterestActions()
    )

    @Composable
    private fun Timeline() = At(TopLevelDestination.TIMELINE) {
        TimelineScreen(Samples.timeline(), Samples.trips(), {}) {}
    }

    @Composable
    private fun Suggestions() = SuggestionsScreen(Samples.suggestions(), SuggestionsActions())

    @Composable
    private fun At(place: TopLevelDestination, content: @Composable () -> Unit) =
        WithNavigation(place, {}) { modifier -> Box(modifier) { content() } }

    private fun shoot(name: String, content: @Composable () -> Unit) {
        rule.setContent {
            PhotoInterestsTheme(darkTheme = false, dynamic = false) { Surface { content() } }
        }
        photos.waitUntilLoaded(rule)
        rule.onRoot().saveStoreScreen("$listing/images/phoneScreenshots/$name")
    }
}

@Config(qualifiers = PHONE)
class EnglishStoreScreensTest : StoreScreens("en-US")

@Config(qualifiers = "de-$PHONE")
class GermanStoreScreensTest : StoreScreens("de-DE")

@Config(qualifiers = "fr-$PHONE")
class FrenchStoreScreensTest : StoreScreens("fr-FR")

@Config(qualifiers = "es-$PHONE")
class SpanishStoreScreensTest : StoreScreens("es-ES")

@Config(qualifiers = "tr-$PHONE")
class TurkishStoreScreensTest : StoreScreens("tr-TR")

/** The icon that stores show. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = PHONE)
class StoreIconTest {
    /** The middle of the launcher's icon: the rest is for the shapes that phones give it. */
    @Test fun icon() {
        val context = ApplicationProvider.getApplicationContext<Application>()
        val bitmap = Bitmap.createBitmap(ICON_PIXELS, ICON_PIXELS, Bitmap.Config.ARGB_8888)
        val canvas = Canvas(bitmap)
        canvas.drawColor(context.getColor(R.color.launcher_background))
        checkNotNull(context.getDrawable(R.drawable.ic_launcher_foreground)).apply {
            setBounds(-ICON_PIXELS / 4, -ICON_PIXELS / 4, ICON_PIXELS * 5 / 4, ICON_PIXELS * 5 / 4)
        }.draw(canvas)
        for (language in LISTINGS) {
            val file = File(checkNotNull(System.getProperty("storeScreens")), "$language/images")
                .apply { mkdirs() }.resolve("icon.png")
            file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
        }
    }
}
