package org.photointerests.sample

import android.os.Looper
import android.view.ViewGroup
import android.widget.TextView
import androidx.test.core.app.ActivityScenario
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Period
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestWorkManager
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.testContainer
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private const val PATIENCE_MS = 20_000L

@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class SampleActivityTest {
    @get:Rule val workManager = TestWorkManager()

    @After
    fun close() = testContainer.database.close()

    @Test
    fun names_photosThatWereRead_areThoseOfTheProfile() {
        val expected = runBlocking {
            TestBundle.goldenFeatures().forEachIndexed { id, features ->
                val key = PhotoKey("external_primary", id.toLong())
                testContainer.database.put(photoSample(key, features))
            }
            testContainer.interests.profile(Period.All, 1)
        }.interests.map { it.category.names.getValue("en") }
        assertTrue(expected.isNotEmpty())
        ActivityScenario.launch(SampleActivity::class.java).use { scenario ->
            assertEquals(expected, scenario.namesOnceThere())
        }
    }

    private fun ActivityScenario<SampleActivity>.namesOnceThere(): List<String> {
        val deadline = System.currentTimeMillis() + PATIENCE_MS
        var shown = ""
        while (shown.isEmpty() && System.currentTimeMillis() < deadline) {
            shadowOf(Looper.getMainLooper()).idle()
            onActivity { activity ->
                val content = activity.findViewById<ViewGroup>(android.R.id.content)
                shown = (content.getChildAt(0) as TextView).text.toString()
            }
        }
        return shown.lines()
    }
}
