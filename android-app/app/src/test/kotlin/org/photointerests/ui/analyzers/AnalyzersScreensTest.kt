package org.photointerests.ui.analyzers

import androidx.compose.runtime.Composable
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performScrollTo
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.packs.KnownPack
import org.photointerests.packs.PackProblem
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

    @Test fun analyzers_textAdded() = shoot("analyzers-text-added", content = {
        val text = AnalyzerChoice("text", true, 840_000)
        Analyzers(Samples.analyzers() + text, packs = packs(added = true))
    }) { rule.onNodeWithText("Add a model file").performScrollTo() }

    @Test fun analyzers_speciesAdded() = shoot("analyzers-species-added", content = {
        val species = listOf("birds", "insects").map { AnalyzerChoice(it, true, 12_000) }
        val files = listOf("birds" to 3_873_011L, "insects" to 3_972_666L)
            .map { (name, bytes) -> PackChoice(KnownPack(name, "1.0.0", bytes, ""), true) }
        val all = PacksState(packs(added = false).packs + files)
        Analyzers(Samples.analyzers() + species, packs = all)
    }) { rule.onNodeWithText("Add a model file").performScrollTo() }

    @Test fun analyzers_textMissing_dark() = shoot(
        "analyzers-text-missing-dark",
        dark = true,
        content = { Analyzers(packs = packs(added = false).copy(problem = PackProblem.UNKNOWN)) }
    ) { rule.onNodeWithText("Add a model file").performScrollTo() }

    @Test
    @Config(qualifiers = "tr-$PHONE", fontScale = 2f)
    fun analyzers_textMissing_turkish_largeFont() = shoot(
        "analyzers-text-missing-turkish-large-font",
        content = { Analyzers(packs = packs(added = false)) }
    ) { rule.onNodeWithText("Model dosyası ekle").performScrollTo() }

    @Test fun analyzers_people() = shoot("analyzers-people", content = {
        val people = AnalyzerChoice("identity", false, 0)
        val pack = PackChoice(KnownPack("identity", "1.0.0", 5_950_000, ""), added = true)
        Analyzers(Samples.analyzers() + people, packs = PacksState(listOf(pack)))
    }) { rule.onNodeWithText("Add a model file").performScrollTo() }

    private fun packs(added: Boolean) =
        PacksState(listOf(PackChoice(KnownPack("text", "1.1.0", 7_440_000, ""), added)))

    @Composable
    private fun Analyzers(
        state: List<AnalyzerChoice> = Samples.analyzers(),
        access: PlaceAccess = PlaceAccess(isAllowed = true),
        packs: PacksState = PacksState()
    ) = AnalyzersScreen(state, { _, _ -> }, {}, access, packs)
}
