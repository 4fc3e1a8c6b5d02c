package org.photointerests.ui.people

import android.os.Looper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.support.AppTestRunner
import org.photointerests.support.PATIENCE_MS
import org.photointerests.support.TestApplication
import org.photointerests.support.TestBundle
import org.photointerests.support.TestPeople
import org.photointerests.support.TestWorkManager
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.testContainer
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

private val FACE = Box(0.4f, 0.3f, 0.2f, 0.3f)

/** What becomes of a group, over the real library and a real database. */
@RunWith(AppTestRunner::class)
@Config(application = TestApplication::class)
class PersonViewModelTest {
    @get:Rule val workManager = TestWorkManager()
    private val container = testContainer
    private val groups get() = container.peopleGroups
    private val watching = CoroutineScope(Dispatchers.Default + Job())

    @After
    fun stop() = watching.cancel()

    @Test
    fun photos_areThoseOfThePerson_theNewestFirst_andOthersAreBeside() {
        addPeople()
        val model = model(all().first().id)
        val state = model.await { it.photos.isNotEmpty() }
        assertEquals(listOf(2, 1, 0).map(::key), state.photos)
        assertEquals(listOf(2), state.others.map { it.photos })
    }

    @Test
    fun selected_canBeTakenOut_unlessTheyAreAll_andJoinedAgain() {
        addPeople()
        val id = all().first().id
        val model = model(id)
        model.await { it.photos.size == 3 }
        model.toggle(key(0))
        assertTrue(model.await { it.selected.size == 1 }.canSplit)
        model.toggle(key(1))
        model.toggle(key(2))
        assertFalse(model.await { it.selected.size == 3 }.canSplit)
        model.toggle(key(2))
        model.await { it.selected.size == 2 }
        val split = model.splitSelected("done")
        runBlocking { split.run() }
        assertEquals(listOf(key(2)), model.await { it.photos.size == 1 }.photos)
        assertTrue(model.await { it.selected.isEmpty() }.others.any { it.photos == 2 })
        runBlocking { split.undo() }
        model.await { it.photos.size == 3 }
    }

    @Test
    fun name_isGiven_isKnownForOthers_andTakenAway() {
        addPeople()
        val (first, second) = all().map { it.id }
        val model = model(first)
        model.name("  Zoë ")
        assertEquals("Zoë", model.await { it.person?.name != null }.person?.name)
        val other = model(second)
        val state = other.await { it.others.any { known -> known.name != null } }
        assertEquals(first, state.namesake("zoe ")?.id)
        assertNull(state.namesake("Zo"))
        assertNull(state.namesake(""))
        other.nameAndJoin("Zoë", first)
        val joined = other.await { it.person?.photos == 5 }
        assertEquals("Zoë", joined.person?.name)
        assertNull(model.await { it.person == null }.person)
        other.name("")
        other.await { it.person?.name == null }
    }

    @Test
    fun forgotten_isGone_andAskingTwiceDoesNoHarm() {
        addPeople()
        val model = model(all().first().id)
        model.await { it.person != null }
        var left = 0
        model.forget { left++ }
        model.await { it.person == null && it.photos.isEmpty() }
        model.forget { left++ }
        waitUntil { left == 2 }
        assertNull(container.errors.state.value)
        assertEquals(listOf(2), all().map { it.photos })
    }

    private fun all() = runBlocking { groups.all.first() }

    private fun key(photo: Int) = PhotoKey("external_primary", photo.toLong())

    private fun model(id: Long) = PersonViewModel(groups, container.errors, id)
        .also { model -> watching.launch { model.state.collect {} } }

    /** Somebody on three photos, and somebody on two. */
    private fun addPeople() = runBlocking {
        listOf(1, 1, 1, 2, 2).forEachIndexed { photo, person ->
            val features = TestBundle.goldenFeatures()[photo]
            container.database.put(photoSample(key(photo), features, takenAtMs = photo * 1000L))
            TestPeople.put(container.database, key(photo), FACE, person)
        }
    }

    /** What the model reads comes back on this thread, which has to get its turn. */
    private fun PersonViewModel.await(condition: (PersonState) -> Boolean): PersonState {
        val found = watching.async { state.filterNotNull().first(condition) }
        waitUntil { found.isCompleted }
        return runBlocking { found.await() }
    }

    private fun waitUntil(condition: () -> Boolean) {
        val last = System.currentTimeMillis() + PATIENCE_MS
        while (!condition()) {
            check(System.currentTimeMillis() < last) { "nothing happened in $PATIENCE_MS ms" }
            shadowOf(Looper.getMainLooper()).idle()
            Thread.sleep(10)
        }
    }
}
