package org.photointerests.insights.interests

import java.time.YearMonth
import java.time.ZoneOffset
import kotlin.math.abs
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.index.number
import org.photointerests.support.AppTestRunner
import org.photointerests.support.DuringStep
import org.photointerests.support.PhotoSample
import org.photointerests.support.TestBundle
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.readCounts
import org.photointerests.support.slowMemoryDatabase

private val NOW = YearMonth.of(2026, 11)

/** The golden set spread over months, with the real aggregator and a real database. */
@RunWith(AppTestRunner::class)
class InterestRepositoryTest {
    private val card = TestBundle.decided.card
    private val model = InterestModel(TestBundle.bundle)
    private val database = memoryDatabase()
    private val reader = InterestRepository(database, card, model, { NOW }, photosAtOnce = 5)
    private val features = TestBundle.goldenFeatures()
    private val golden = TestBundle.floats(card.golden.set.probabilities)

    @After
    fun close() {
        database.close()
        model.close()
    }

    @Test
    fun profile_allPhotos_hasGoldenProbabilities() = runTest {
        fill()
        val profile = reader.profile(Period.All, mostPhotos = 3)
        assertEquals(features.size, profile.photos)
        assertEquals(3, profile.interests.size)
        val expected = golden.indices.filter { golden[it] >= card.thresholds.interest }
            .map { card.categories[it].id }.toSet()
        assertEquals(expected, profile.interests.map { it.category.id }.toSet())
        val probabilities = profile.interests.map { it.probability }
        assertEquals(probabilities.sortedDescending(), probabilities)
        profile.interests.forEach {
            val index = card.categories.indexOf(it.category)
            assertEquals(golden[index], it.probability, card.tolerances.probabilities.toFloat())
            assertTrue("${it.photos}", it.photos.size in 1..3)
        }
    }

    @Test
    fun profile_aPhotoThatCameWhileItWasMade_isCountedInTheNext() = runBlocking {
        val slow = slowMemoryDatabase()
        var steps = 0
        do {
            slow.media().forget("external_primary", listOf(0, 1))
            slow.put(row(0))
            var came = false
            val meanwhile = DuringStep(++steps) {
                slow.put(row(1))
                came = true
            }
            InterestRepository(slow, card, model, { NOW }, meanwhile).profile(Period.All, 1)
            val photos = InterestRepository(slow, card, model).profile(Period.All, 1).photos
            assertEquals("step $steps", if (came) 2 else 1, photos)
        } while (came)
        assertTrue("$steps", steps > 5)
        slow.close()
    }

    private fun row(id: Int) = photoSample(PhotoKey("external_primary", id.toLong()), features[id])

    @Test
    fun interest_anyOne_hasGoldenSharesLargestFirst() = runTest {
        fill()
        val contributions = TestBundle.floats(card.golden.set.contributions)
        val index = golden.indices.maxBy { golden[it] }
        val interest = checkNotNull(reader.interest(card.categories[index].id, Period.All))
        assertEquals(interest.photos.sortedByDescending { it.share }, interest.photos)
        interest.photos.forEach {
            val expected = contributions[it.key.id.toInt() * card.categories.size + index]
            assertTrue(
                "$it $expected",
                abs(expected - it.share) <= 2 * card.tolerances.probabilities
            )
        }
    }

    @Test
    fun profile_lastYear_leavesOlderPhotosOut() = runTest {
        fill()
        val inYear = features.indices.count { month(it) > NOW.minusMonths(12) }
        assertTrue("$inYear", inYear in 1 until features.size)
        assertEquals(inYear, reader.profile(Period.LastYear, 1).photos)
    }

    @Test
    fun timeline_everyMonth_isWhatItsPhotosSay() = runTest {
        fill()
        val timeline = reader.timeline()
        assertEquals(timeline.sortedByDescending { it.month }, timeline)
        assertEquals(features.size, timeline.sumOf { it.photos })
        for (month in timeline) {
            val rows = features.filterIndexed { index, _ -> month(index) == month.month }
            val alone = model.predict(rows.toTypedArray()).probabilities
            month.interests.forEach {
                assertEquals(alone[card.categories.indexOf(it.category)], it.probability, 1e-4f)
            }
            val profile = reader.profile(Period.Month(month.month), 1)
            assertEquals(profile.interests.map { it.category }, month.interests.map { it.category })
        }
    }

    @Test
    fun profile_afterAnyChange_isThatOfAFreshDatabase() = runTest {
        fill()
        reader.profile(Period.All, mostPhotos = 3)
        database.media().forget("external_primary", listOf(2, 7))
        database.put(row(4, features[0], generation = 2)) // edited
        // Its date was mended.
        database.put(row(11, features[11], month = NOW.minusMonths(30), generation = 2))
        database.put(row(99, features[5], month = NOW)) // new
        val changed = reader.profile(Period.All, mostPhotos = 3)
        val months = database.profiles().months(card.extractorVersion, "")
        val stored = database.features()
        val fresh = memoryDatabase()
        months.flatMap { stored.features(card.extractorVersion, it.month, -1, 1000) }.forEach {
            fresh.put(photoSample(it.key, it.features, it.takenAtMs))
        }
        val expected = InterestRepository(fresh, card, model, { NOW }).profile(Period.All, 3)
        fresh.close()
        assertEquals(expected.photos, changed.photos)
        assertEquals(expected.interests.map { it.category }, changed.interests.map { it.category })
        expected.interests.zip(changed.interests).forEach { (one, other) ->
            assertEquals(one.probability, other.probability, 1e-5f)
            assertEquals(one.photos.map { it.key }.toSet(), other.photos.map { it.key }.toSet())
            assertEquals(one.photos.first().share, other.photos.first().share, 1e-5f)
        }
    }

    @Test
    fun profile_hiddenInterest_isNeitherThereNorInTheTimeline() = runTest {
        fill()
        val first = reader.profile(Period.All, 1).interests.first().category
        database.feedback().hide(first.id)
        assertTrue(reader.profile(Period.All, 1).interests.none { it.category == first })
        assertTrue(
            checkNotNull(reader.lastProfile(Period.All)).interests.none {
                it.category ==
                    first
            }
        )
        assertTrue(reader.timeline().flatMap { it.interests }.none { it.category == first })
        database.feedback().clearFeedback(first.id)
        assertEquals(first, reader.profile(Period.All, 1).interests.first().category)
    }

    @Test
    fun profile_wantedInterest_comesFirstWithItsOwnProbability() = runTest {
        fill()
        val before = reader.profile(Period.All, 3).interests
        val last = before.last()
        database.feedback().pin(last.category.id)
        val after = reader.profile(Period.All, 3).interests
        assertEquals(last.copy(pinned = true), after.first())
        assertEquals(before.dropLast(1), after.drop(1))
        assertEquals(after, checkNotNull(reader.lastProfile(Period.All)).interests)
    }

    @Test
    fun profile_wantedInterestThatPhotosDoNotShow_isThereNonetheless() = runTest {
        fill()
        val unlikely = card.categories[golden.indices.minBy { golden[it] }]
        database.feedback().pin(unlikely.id)
        val found = reader.profile(Period.All, 3).interests
        assertEquals(4, found.size)
        assertEquals(unlikely, found.first().category)
        assertTrue(found.first().probability < card.thresholds.interest)
        // It stays when all is read anew.
        database.put(row(0, features[1], generation = 2))
        assertEquals(unlikely, reader.profile(Period.All, 3).interests.first().category)
        database.feedback().clearFeedback(unlikely.id)
        assertTrue(reader.profile(Period.All, 3).interests.none { it.category == unlikely })
    }

    @Test
    fun lastProfile_nothingChanged_isTheSame() = runTest {
        assertNull(reader.lastProfile(Period.All))
        fill()
        val profile = reader.profile(Period.All, mostPhotos = 3)
        assertEquals(profile, reader.lastProfile(Period.All))
        assertEquals(profile, reader.profile(Period.All, mostPhotos = 3))
        database.media().forget("external_primary", listOf(0))
        assertEquals(profile, reader.lastProfile(Period.All))
        assertEquals(profile.photos - 1, reader.profile(Period.All, mostPhotos = 3).photos)
        assertEquals(profile.photos - 1, checkNotNull(reader.lastProfile(Period.All)).photos)
        assertNull(reader.lastProfile(Period.LastYear))
    }

    /** The work for a new photo is that photo, however many the month has. */
    @Test
    fun profile_newPhoto_isAddedToItsMonthsState() = runTest {
        fill()
        reader.profile(Period.All, 1)
        val models = "${card.extractorVersion} ${card.aggregatorVersion}"
        val before = database.profiles().monthStates(models).single { it.month == NOW.number() }
        // Features that no photo has: were the month read again, its state would be another.
        database.openHelper.writableDatabase.execSQL(
            "UPDATE features SET features = zeroblob(${card.features.dimension}) WHERE month = ?",
            arrayOf<Any>(NOW.number())
        )
        database.put(row(99, features[5], month = NOW))
        reader.profile(Period.All, 1)
        val after = database.profiles().monthStates(models).single { it.month == NOW.number() }
        assertEquals(before.photos + 1, after.photos)
        val expected = model.accumulate(arrayOf(features[5]), before.state.floats())
        assertTrue(expected.contentEquals(after.state.floats()))
    }

    @Test
    fun profile_photosOfAVolumeThatIsTakenOut_comeBackWithIt() = runTest {
        fill()
        val card = PhotoKey("1234-5678", 1)
        database.put(photoSample(card, features[3], takenAtMs = 86_400_000L * 365 * 50))
        val all = reader.profile(Period.All, 1)
        database.media().hideVolumes(listOf(card.volume))
        assertEquals(all.photos - 1, reader.profile(Period.All, 1).photos)
        assertEquals(features.size, database.readCounts().read)
        database.media().hideVolumes(emptyList())
        assertEquals(all, reader.profile(Period.All, 1))
    }

    @Test
    fun photo_stored_saysWhatIsOnIt() = runTest {
        fill()
        var findings = 0
        val onPhotos = TestBundle.floats(card.golden.set.photoProbabilities).toList()
            .chunked(card.categories.size)
        for (index in features.indices) {
            val found = checkNotNull(reader.photo(key(index))).findings.map { it.category.id }
            findings += found.size
            val expected = onPhotos[index].withIndex().filter { it.value >= card.thresholds.photo }
            assertEquals(expected.map { card.categories[it.index].id }.toSet(), found.toSet())
        }
        assertEquals(3, findings)
    }

    @Test
    fun everything_noPhotos_isEmpty() = runTest {
        assertEquals(Profile(0, emptyList()), reader.profile(Period.All, 3))
        assertEquals(emptyList<MonthProfile>(), reader.timeline())
        assertNull(reader.photo(key(0)))
        assertNull(reader.interest("no such id", Period.All))
        val interest = reader.interest(card.categories.first().id, Period.All)
        assertEquals(emptyList<PhotoShare>(), checkNotNull(interest).photos)
    }

    private suspend fun fill() = features.forEachIndexed { index, features ->
        database.put(row(index, features))
    }

    private fun row(
        index: Int,
        features: ByteArray,
        month: YearMonth = month(index),
        generation: Long = 1
    ): PhotoSample {
        val takenAt = month.atDay(3).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
        return photoSample(key(index), features, takenAt, generation = generation)
    }

    private fun month(index: Int) = NOW.minusMonths((index % 5) * 4L)

    private fun key(index: Int) = PhotoKey("external_primary", index.toLong())
}
