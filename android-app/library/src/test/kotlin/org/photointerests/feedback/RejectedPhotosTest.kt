package org.photointerests.feedback

import java.time.YearMonth
import java.time.ZoneOffset
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.InterestModel
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period
import org.photointerests.insights.interests.PhotoOrder
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.support.AppTestRunner
import org.photointerests.support.BundleFolder
import org.photointerests.support.DuringStep
import org.photointerests.support.Format1Bundle
import org.photointerests.support.TestBundle
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.slowMemoryDatabase

private val NOW = YearMonth.of(2026, 11)
private const val HOUR_MS = 3_600_000L
private const val DELTA = 2e-5f

/** Photos of which the user says that they do not show an interest, with the bundle that ships. */
@RunWith(AppTestRunner::class)
class RejectedPhotosTest : RejectedPhotosContract(TestBundle) {
    /** Each photo is an event by itself: its probability is all that it counted for. */
    @Test
    fun rejectedPhoto_countsForNothingInItsInterest() = runTest {
        fill()
        val interest = top()
        val index = card.interests.indexOf(interest.category)
        val photo = interest.photos.first()
        val shown = model.predict(arrayOf(features[photo.id.toInt()])).photoProbabilities.single()
        database.feedback().reject(interest.category.id, listOf(photo))
        val changed = checkNotNull(reader.interest(interest.category.id, Period.All))
        assertEquals(interest.order - shown[index], changed.order, 1e-3f)
    }

    /** A photo of the same event that comes later takes nothing back. */
    @Test
    fun rejectedPhoto_whoseEventGrows_staysRejected() = runTest {
        fill()
        val interest = top()
        val photo = interest.photos.first()
        database.feedback().reject(interest.category.id, listOf(photo))
        reader.profile(Period.All, 1)
        val index = photo.id.toInt()
        val later = PhotoKey("external_primary", 1000)
        database.put(photoSample(later, features[index], takenAt(index) + 1, version))
        val grown = probabilities()
        database.media().forget("external_primary", listOf(1000))
        database.put(photoSample(later, features[index], takenAt(index) + 1, version))
        assertClose(grown, probabilities())
        assertFalse(photo in photosOf(interest))
        assertTrue(later in photosOf(interest))
    }
}

/** With a bundle of format 1, which knows no events. */
@RunWith(AppTestRunner::class)
class RejectedPhotosFormat1Test : RejectedPhotosContract(Format1Bundle)

abstract class RejectedPhotosContract(folder: BundleFolder) {
    private val bundle = folder.decided
    protected val card = bundle.card
    protected val version = card.extractorVersion
    protected val model = InterestModel(bundle)
    protected val features = folder.goldenFeatures()
    protected val database = memoryDatabase()
    protected val reader = InterestRepository(database, card, model, { NOW })

    @After
    fun close() {
        database.close()
        model.close()
    }

    @Test
    fun reject_photo_leavesItsInterest_andNoOther() = runTest {
        fill()
        val before = probabilities()
        val interest = top()
        val photo = interest.photos.first()
        database.feedback().reject(interest.category.id, listOf(photo))
        assertFalse(photo in photosOf(interest))
        val strength = checkNotNull(reader.interest(interest.category.id, Period.All)).strength
        assertEquals(interest.strength.photos - 1, strength.photos)
        val after = probabilities()
        assertTrue("$after", after.getValue(interest.category.id) < before.getValue(interest))
        assertClose(before - interest.category.id, after - interest.category.id)
        val found = checkNotNull(reader.photo(photo)).findings.map { it.category }
        assertFalse("$found", interest.category in found)
        val shares = reader.contributions(interest.category.id, Period.All, features.size)
        assertFalse("$shares", shares.any { it.key == photo })
        assertEquals(0f, onPhoto(photo)[card.interests.indexOf(interest.category)], 0f)
    }

    @Test
    fun restore_photo_isWhereItWas() = runTest {
        fill()
        val before = reader.profile(Period.All, features.size)
        val numbers = probabilities()
        val interest = before.interests.first()
        database.feedback().reject(interest.category.id, interest.photos)
        assertTrue(photosOf(interest).none { it in interest.photos })
        database.feedback().restore(interest.category.id, interest.photos)
        assertEquals(before, reader.profile(Period.All, features.size))
        assertClose(numbers, probabilities())
        assertEquals(emptyList<RejectedPhoto>(), database.feedback().rejected().first())
    }

    /** As after a restart: nothing of it is in memory alone. */
    @Test
    fun reject_anotherRepository_followsIt() = runTest {
        fill()
        val interest = top()
        database.feedback().reject(interest.category.id, interest.photos.take(1))
        val expected = reader.profile(Period.All, features.size)
        val restarted = InterestRepository(database, card, model, { NOW })
        assertEquals(expected, restarted.profile(Period.All, features.size))
        assertEquals(expected, restarted.lastProfile(Period.All))
    }

    @Test
    fun reject_photoThatIsForgotten_leavesNothingBehind() = runTest {
        fill()
        val interest = top()
        val photo = interest.photos.first()
        database.feedback().reject(interest.category.id, listOf(photo))
        database.media().forget(photo.volume, listOf(photo.id))
        assertEquals(emptyList<RejectedPhoto>(), database.feedback().rejected().first())
        // One that the index does not have is none to say anything of.
        database.feedback().reject(interest.category.id, listOf(photo))
        assertEquals(emptyList<RejectedPhoto>(), database.feedback().rejected().first())
    }

    /** Whatever is being computed while the user says it, what is stored then is not of before. */
    @Test
    fun reject_whileAProfileIsComputed_isInTheNext() = runTest {
        val slow = slowMemoryDatabase()
        fill(slow)
        val interest = top(slow)
        val feedback = slow.feedback()
        var steps = 0
        do {
            feedback.restore(interest.category.id, interest.photos)
            var said = false
            val meanwhile = DuringStep(++steps) {
                feedback.reject(interest.category.id, interest.photos.take(1))
                said = true
            }
            InterestRepository(slow, card, model, { NOW }, meanwhile).profile(Period.All, 1)
            val now = InterestRepository(slow, card, model, { NOW })
                .interest(interest.category.id, Period.All)
            val left = interest.photos.size - if (said) 1 else 0
            assertEquals("step $steps", left, checkNotNull(now).strength.photos)
        } while (said)
        slow.close()
    }

    @Test
    fun interest_byDate_hasTheNewestFirst_andMonthlyAddsUp() = runTest {
        fill()
        val interest = top()
        val id = interest.category.id
        val byDate = checkNotNull(reader.interest(id, Period.All, order = PhotoOrder.DATE)).photos
        assertEquals(interest.photos.toSet(), byDate.toSet())
        assertEquals(byDate.sortedByDescending { takenAt(it.id.toInt()) }, byDate)
        val monthly = reader.monthly(id)
        assertEquals(interest.strength.photos, monthly.sumOf { it.photos })
        assertEquals(interest.strength.months, monthly.size)
        assertEquals(monthly.sortedBy { it.month }, monthly)
    }

    /** The interest that most photos show, pinned: the whole set may show others more clearly. */
    protected suspend fun top(of: PhotoDatabase = database): Interest {
        val repository = InterestRepository(of, card, model, { NOW })
        val id = features.indices
            .flatMap { repository.photo(photoKey(it))?.findings.orEmpty() }
            .groupingBy { it.category.id }.eachCount().maxBy { it.value }.key
        of.feedback().pin(id)
        return repository.profile(Period.All, features.size).interests
            .first { it.category.id == id }
    }

    private fun photoKey(index: Int) = PhotoKey("external_primary", index.toLong())

    protected suspend fun photosOf(interest: Interest): List<PhotoKey> =
        checkNotNull(reader.interest(interest.category.id, Period.All)).photos

    /** By the ids of all interests, whether they are shown or not. */
    protected suspend fun probabilities(): Map<String, Float> =
        card.interests.zip(checkNotNull(reader.evidence()).probabilities.asList())
            .associate { (interest, probability) -> interest.id to probability }

    private fun Map<String, Float>.getValue(interest: Interest) = getValue(interest.category.id)

    protected fun assertClose(expected: Map<String, Float>, received: Map<String, Float>) {
        assertEquals(expected.keys, received.keys)
        for ((id, value) in expected) assertEquals(id, value, received.getValue(id), DELTA)
    }

    private suspend fun onPhoto(photo: PhotoKey): FloatArray {
        var found = FloatArray(0)
        checkNotNull(reader.evidence()).forEachPhoto { key, _, onPhoto ->
            if (key == photo) found = onPhoto
        }
        return found
    }

    protected fun takenAt(index: Int): Long = NOW.minusMonths((index % 5) * 4L).atDay(3)
        .atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + index * HOUR_MS

    protected suspend fun fill(into: PhotoDatabase = database) =
        features.forEachIndexed { index, bytes ->
            into.put(photoSample(photoKey(index), bytes, takenAt(index), version))
        }
}
