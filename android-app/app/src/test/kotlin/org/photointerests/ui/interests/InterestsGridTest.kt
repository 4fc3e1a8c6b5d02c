package org.photointerests.ui.interests

import android.app.Application
import android.graphics.drawable.BitmapDrawable
import androidx.activity.compose.setContent
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.width
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.hasScrollToKeyAction
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollToKey
import androidx.test.core.app.ApplicationProvider
import coil.Coil
import coil.ImageLoader
import coil.decode.DataSource
import coil.fetch.DrawableResult
import coil.fetch.Fetcher
import coil.size.Dimension
import java.util.Collections
import kotlinx.coroutines.Dispatchers
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.scan.ScanState
import org.photointerests.support.AppTestRunner
import org.photointerests.support.Samples
import org.photointerests.support.TestApplication
import org.photointerests.support.drawnPhoto
import org.photointerests.ui.designsystem.MAX_THUMBNAIL_PIXELS
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.robolectric.annotation.Config

private const val INTERESTS = 100
private const val STEPS = 20

/** What the grid of interests costs while it is scrolled, and while a scan runs. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class, qualifiers = "w411dp-h891dp-xxhdpi")
class InterestsGridTest {
    @get:Rule val rule = createComposeRule()

    /** The grid reads this list whenever its content is composed again. */
    @Test
    fun scanProgress_changesTheLineAlone() {
        val month = CountingList(Samples.shown().thisMonth)
        val state = Samples.shown().copy(thisMonth = month)
        var done by mutableIntStateOf(1)
        var lines = 0
        rule.setContent {
            PhotoInterestsTheme {
                val slots = InterestsSlots { photos ->
                    lines++
                    ScanLine(ScanState.Running(Samples.progress.copy(done = done)), photos) {}
                }
                InterestsScreen(state, InterestsActions(), slots = slots)
            }
        }
        rule.waitForIdle()
        val before = month.reads to lines
        assertTrue("$before", before.first > 0)
        repeat(STEPS) {
            done++
            rule.waitForIdle()
        }
        rule.onNodeWithText("21 of", substring = true).assertExists()
        assertEquals(before.first to before.second + STEPS, month.reads to lines)
    }

    @Test
    fun hundredInterests_unfoldedAndScrolled_loadThumbnailsAlone() {
        val sides = loadedSides()
        val state = Samples.manyInterests(INTERESTS)
        rule.setContent { PhotoInterestsTheme { InterestsScreen(state, InterestsActions()) } }
        val grid = rule.onAllNodes(hasScrollToKeyAction()).onFirst()
        for (group in state.more) {
            grid.performScrollToKey("area ${group.area.id}")
            rule.onNodeWithText(group.area.names.getValue("en")).performClick()
            grid.performScrollToKey(group.interests.last().category.id)
            rule.waitForIdle()
        }
        assertTrue("${sides.size}", sides.size >= INTERESTS / 2)
        assertTrue("$sides", sides.all { it in 1..MAX_THUMBNAIL_PIXELS })
    }

    /** Larger side of each image that is loaded from now on, in pixels. */
    private fun loadedSides(): List<Int> {
        val context = ApplicationProvider.getApplicationContext<Application>()
        val sides = Collections.synchronizedList(mutableListOf<Int>())
        val loader = ImageLoader.Builder(context).dispatcher(Dispatchers.Main.immediate)
            .components {
                add(
                    Fetcher.Factory<PhotoKey> { key, options, _ ->
                        sides += listOf(options.size.width, options.size.height)
                            .maxOf { (it as? Dimension.Pixels)?.px ?: Int.MAX_VALUE }
                        Fetcher {
                            val drawn = drawnPhoto(key.id.toInt(), width = 64, height = 48)
                            val image = BitmapDrawable(context.resources, drawn)
                            DrawableResult(image, false, DataSource.MEMORY)
                        }
                    }
                )
            }.build()
        Coil.setImageLoader(loader)
        return sides
    }

    @After
    fun reset() = Coil.reset()
}

/** Counts how often it is read. */
private class CountingList<T>(private val items: List<T>) : AbstractList<T>() {
    var reads = 0
        private set

    override val size: Int get() = items.size.also { reads++ }

    override fun get(index: Int): T = items[index].also { reads++ }
}
