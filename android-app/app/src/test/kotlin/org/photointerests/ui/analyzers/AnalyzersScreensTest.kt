package org.photointerests.ui.analyzers

import androidx.compose.runtime.Composable
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.pipeline.scan.AnalyzerChoice
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PHONE
import org.photointerests.support.Samples
import org.photointerests.support.ScreenPictures
import org.photointerests.support.TestApplication
import org.robolectric.annotation.Config

/** Pictures of what can be looked for in photos; compared with the committed ones. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = PHONE)
class AnalyzersScreensTest : ScreenPictures() {
    @Test fun analyzers() = shoot("analyzers") { Analyzers() }

    @Test fun analyzers_off_dark() = shoot("analyzers-off-dark", dark = true) {
        Analyzers(Samples.analyzers().map { it.copy(on = false) })
    }

    @Test
    @Config(qualifiers = "de-$PHONE")
    fun analyzers_german() = shoot("analyzers-german") { Analyzers() }

    @Test
    @Config(fontScale = 2f)
    fun analyzers_largeFont() = shoot("analyzers-large-font") { Analyzers() }

    @Test fun analyzers_placesHidden() = shoot("analyzers-places-hidden") {
        Analyzers(access = PlaceAccess(isAllowed = false))
    }

    @Composable
    private fun Analyzers(
        state: List<AnalyzerChoice> = Samples.analyzers(),
        access: PlaceAccess = PlaceAccess(isAllowed = true)
    ) = AnalyzersScreen(state, { _, _ -> }, {}, access)
}
