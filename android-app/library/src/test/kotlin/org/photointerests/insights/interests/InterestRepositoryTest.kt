package org.photointerests.insights.interests

import java.time.YearMonth
import java.time.ZoneOffset
import kotlin.math.abs
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.Category
import org.photointerests.core.PhotoKey
import org.photointerests.core.Shown
import org.photointerests.feedback.feedback
import org.photointerests.pipeline.index.number
import org.photointerests.support.AppTestRunner
import org.photointerests.support.BundleFolder
import org.photointerests.support.DuringStep
import org.photointerests.support.Format1Bundle
import org.photointerests.support.PhotoSample
import org.photointerests.support.TestBundle
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put
import org.photointerests.support.readCounts
import org.photointerests.support.slowMemoryDatabase

private val NOW = YearMonth.of(2026, 11)

private const val HOUR_MS = 3_600_000L
private const val MINUTE_MS = 60_000L

/** With the bundle that ships. */
@RunWith(AppTestRunner::class)
class InterestRepositoryTest : InterestRepositoryContract(TestBundle) {
    /** Photos that come later make events longer, and shots of one moment count once. */
    @Test
    fun profile_eventsThatGrow_areThoseOfAFreshDatabase() = runTest {
        val start = NOW.atDay(3).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
        val minutes = listOf(0, 25, 8, 100, 17, 9, 101, 5000, 33, 42)
        minutes.forEachIndexed { index, minute ->
            database.put(photo(index, features[index], start + minute * MINUTE_MS))
            reader.profile(Period.All, 1)
        }
        assertSameState(0 until minutes.size, minutes.map { start + it * MINUTE_MS })
        // 0 to 42 became one event of seven photos, bit by bit.
        val weights = eventWeights(minutes.map { it * MINUTE_MS }, 10 * MINUTE_MS)
        assertEquals(listOf(1f / 7, 1f / 2, 1f), weights.distinct())
        database.media().forget("external_primary", listOf(4))
        reader.profile(Period.All, 1)
        val left = minutes.indices.filter { it != 4 }
        assertSameState(left, left.map { start + minutes[it] * MINUTE_MS })
    }

    @Test
    fun profile_photosWithoutATime_areEventsOfTheirOwn() = runTest {
        repeat(4) { database.put(photo(it, features[it], 0L, timed = it == 0)) }
        reader.profile(Period.All, 1)
        val state = database.profiles().monthStates(card.insightsVersion).single().state.floats()
        val expected = model.readout(model.accumulate(array(0..3), model.initialState()))
        assertClose(expected.probabilities, model.readout(state).probabilities)
        assertClose(checkNotNull(expected.events), checkNotNull(model.readout(state).events))
    }

    @Test
    fun monthState_ofAMonth_hasAbout27Kilobytes() = runTest {
        fill()
        reader.profile(Period.All, 1)
        val states = database.profiles().monthStates(card.insightsVersion)
        val size = 5 * (card.interests.size + card.kinds.size) * Float.SIZE_BYTES
        assertTrue("$size", size in 20_000..27_500)
        states.forEach { assertEquals(size, it.state.size) }
    }

    @Test
    fun profile_sensitiveInterest_isThereOnRequestAlone() = runTest {
        fill()
        val first = reader.profile(Period.All, 1).interests.first().category
        val sensitive = first.with(Shown.ON_REQUEST)
        val changed = card.copy(
            interests = card.interests.map { if (it == first) sensitive else it }
        )
        fun asked(on: Boolean) = InterestRepository(
            database,
            changed,
            model,
            { NOW },
            sensitive = flowOf(on)
        )
        assertEquals(
            sensitive,
            asked(true).profile(Period.All, 1).interests.first().category
        )
        assertTrue(asked(true).timeline().flatMap { it.interests }.any { it.category == sensitive })
        database.feedback().pin(first.id)
        for (hidden in listOf(asked(false), InterestRepository(database, changed, model))) {
            assertTrue(hidden.profile(Period.All, 1).interests.none { it.category == sensitive })
            val last = checkNotNull(hidden.lastProfile(Period.All))
            assertTrue(last.interests.none { it.category == sensitive })
            assertTrue(hidden.timeline().flatMap { it.interests }.none { it.category == sensitive })
            assertNull(hidden.interest(first.id, Period.All))
            assertEquals(
                emptyList<PhotoShare>(),
                hidden.contributions(first.id, Period.All, 9)
            )
        }
    }

    @Test
    fun profile_interestThatIsEvidenceAlone_isNeverThere() = runTest {
        fill()
        val first = reader.profile(Period.All, 1).interests.first().category
        val never = first.with(Shown.NEVER)
        val changed = card.copy(interests = card.interests.map { if (it == first) never else it })
        val asked =
            InterestRepository(database, changed, model, { NOW }, sensitive = flowOf(true))
        assertTrue(asked.profile(Period.All, 1).interests.none { it.category == never })
        features.indices.mapNotNull { asked.photo(key(it)) }.forEach { found ->
            assertTrue(found.findings.none { it.category == never })
        }
    }

    private fun Category.with(shown: Shown) = copy(shown = shown)

    /** Breeds, dishes and things: as `describe` lists them. */
    @Test
    fun photo_stored_saysWhichKindsItSurelyShows_withoutThoseOfWhatIsNotSeen() = runTest {
        fill()
        val seen = card.interests.filter { it.shown == Shown.ALWAYS }.map { it.id }.toSet()
        val answer = model.predict(array(features.indices), withKinds = true)
        val onPhotos = checkNotNull(answer.photoKinds)
        var kinds = 0
        for (index in features.indices) {
            val found = kindsOf(index)
            val expected = card.kinds.zip(onPhotos[index].asList())
                .filter { (kind, value) ->
                    value >= card.thresholds.photo && seen.containsAll(kind.mainInterests)
                }
            assertEquals(expected.map { it.first }.toSet(), found.map { it.kind }.toSet())
            assertEquals(found.sortedByDescending { it.probability }, found)
            kinds += found.size
        }
        assertTrue("$kinds", kinds > 0)
        val (index, kind) = features.indices.firstNotNullOf { index ->
            kindsOf(index).map { it.kind }.find { it.interests.isNotEmpty() }?.let { index to it }
        }
        database.feedback().reject(kind.mainInterests.first(), listOf(key(index)))
        assertTrue(kindsOf(index).none { it.kind == kind })
    }

    private suspend fun kindsOf(index: Int) = checkNotNull(reader.photo(key(index))).kinds

    private fun array(rows: Iterable<Int>) = rows.map { features[it] }.toTypedArray()

    /** The only month's state against that of its photos, read at once with their weights. */
    private suspend fun assertSameState(rows: Iterable<Int>, times: List<Long>) {
        val state = database.profiles().monthStates(card.insightsVersion).single().state.floats()
        val weights = eventWeights(times, 10 * MINUTE_MS)
        val fresh = model.accumulate(array(rows), model.initialState(), weights)
        assertClose(fresh, state)
    }

    private fun assertClose(expected: FloatArray, received: FloatArray) =
        expected.indices.forEach { assertEquals("$it", expected[it], received[it], 2e-5f) }
}

/** With a bundle of format 1. */
@RunWith(AppTestRunner::class)
class Format1RepositoryTest : InterestRepositoryContract(Format1Bundle)

/** The golden set spread over months, with the real aggregator and a real database. */
abstract class InterestRepositoryContract(files: BundleFolder) {
    protected val card = files.decided.card
    protected val model = InterestModel(files.bundle)
    protected val database = memoryDatabase()
    protected val reader = InterestRepository(database, card, model, { NOW }, photosAtOnce = 5)
    protected val features = files.goldenFeatures()
    private val golden = model.predict(features.toTypedArray())

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
        val order = profile.interests.map { it.order }
        assertEquals(order.sortedDescending(), order)
        profile.interests.forEach {
            val index = card.interests.indexOf(it.category)
            val probability = golden.readout.probabilities[index]
            assertTrue("$probability", probability >= card.thresholds.interest)
            assertEquals(probability, it.probability, card.tolerances.probabilities.toFloat())
            assertTrue("${it.photos}", it.photos.size <= 3)
        }
        assertTrue(profile.interests.any { it.photos.isNotEmpty() })
    }

    /** All photos that show it, the clearest first, and the months that they are of. */
    @Test
    fun interest_anyOne_hasAllPhotosThatShowIt() = runTest {
        fill()
        for ((index, category) in card.interests.withIndex()) {
            if (category.shown != Shown.ALWAYS) continue
            val onPhotos = golden.photoProbabilities.map { it[index] }
            val expected = onPhotos.indices.filter { onPhotos[it] >= card.thresholds.photo }
            val found = checkNotNull(reader.interest(category.id, Period.All))
            val months = expected.map { month(it) }.distinct()
            assertEquals(Strength(expected.size, months.size), found.strength)
            if (expected.isEmpty()) continue
            assertEquals(expected.sortedByDescending { onPhotos[it] }.map(::key), found.photos)
            val newest = months.max()
            val ofMonth = checkNotNull(reader.interest(category.id, Period.Month(newest)))
            assertEquals(expected.count { month(it) == newest }, ofMonth.strength.photos)
            val inTimeline = reader.timeline().single { it.month == newest }
                .interests.find { it.category == category }
            inTimeline?.let { assertEquals(ofMonth.strength.photos, it.photos) }
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

    protected fun row(id: Int) = photo(id, features[id], takenAtMs = 0)

    @Test
    fun contributions_anyOne_areGoldenSharesLargestFirst() = runTest {
        fill()
        val index = card.interests.indexOf(reader.profile(Period.All, 1).interests[0].category)
        val photos = reader.contributions(card.interests[index].id, Period.All, most = 5)
        assertTrue("$photos", photos.size in 1..5)
        assertEquals(photos.sortedByDescending { it.share }, photos)
        photos.forEach {
            val expected = golden.contributions[it.key.id.toInt()][index]
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
            val alone = model.predict(rows.toTypedArray()).readout.probabilities
            month.interests.forEach {
                assertEquals(alone[card.interests.indexOf(it.category)], it.probability, 1e-4f)
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
        // What is new looks like a photo that went: two of one likeness would tie.
        database.put(row(4, features[2], generation = 2)) // edited
        // Its date was mended.
        database.put(row(11, features[11], month = NOW.minusMonths(30), generation = 2))
        database.put(row(99, features[7], month = NOW)) // new
        val changed = reader.profile(Period.All, mostPhotos = 3)
        val months = database.profiles().months(card.extractorVersion, "")
        val stored = database.features()
        val fresh = memoryDatabase()
        months.flatMap { month ->
            val items = stored.times(card.extractorVersion, month.month).map { it.item }
            stored.features(card.extractorVersion, items)
        }.forEach { fresh.put(photo(it.mediaId.toInt(), it.features, it.takenAtMs)) }
        val expected = InterestRepository(fresh, card, model, { NOW }).profile(Period.All, 3)
        fresh.close()
        assertEquals(expected.photos, changed.photos)
        assertEquals(expected.interests.map { it.category }, changed.interests.map { it.category })
        expected.interests.zip(changed.interests).forEach { (one, other) ->
            assertEquals(one.probability, other.probability, 1e-5f)
            assertEquals(one.strength, other.strength)
            assertEquals(one.photos.toSet(), other.photos.toSet())
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
        val unlikely = card.interests.filter { it.shown == Shown.ALWAYS }
            .minBy { golden.readout.probabilities[card.interests.indexOf(it)] }
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
        val models = card.insightsVersion
        val before = database.profiles().monthStates(models).single { it.month == NOW.number() }
        // Features that no photo has: were the month read again, its state would be another.
        database.openHelper.writableDatabase.execSQL(
            "UPDATE features SET features = zeroblob(${card.features.dimension}) WHERE month = ?",
            arrayOf<Any>(NOW.number())
        )
        val later = NOW.atDay(20).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
        database.put(photo(99, features[5], later))
        reader.profile(Period.All, 1)
        val after = database.profiles().monthStates(models).single { it.month == NOW.number() }
        assertEquals(before.photos + 1, after.photos)
        val expected = model.accumulate(arrayOf(features[5]), before.state.floats())
        assertTrue(expected.contentEquals(after.state.floats()))
    }

    @Test
    fun profile_photosOfAVolumeThatIsTakenOut_comeBackWithIt() = runTest {
        fill()
        val volume = PhotoKey("1234-5678", 1)
        database.put(
            photoSample(
                volume,
                features[3],
                takenAtMs = 86_400_000L * 365 * 50,
                extractor = card.extractorVersion
            )
        )
        val all = reader.profile(Period.All, 1)
        database.media().hideVolumes(listOf(volume.volume))
        assertEquals(all.photos - 1, reader.profile(Period.All, 1).photos)
        assertEquals(features.size, database.readCounts(card.extractorVersion).read)
        database.media().hideVolumes(emptyList())
        assertEquals(all, reader.profile(Period.All, 1))
    }

    @Test
    fun photo_stored_saysWhatIsOnIt() = runTest {
        fill()
        var findings = 0
        for (index in features.indices) {
            val found = checkNotNull(reader.photo(key(index))).findings.map { it.category.id }
            findings += found.size
            val expected = card.interests.zip(golden.photoProbabilities[index].asList())
                .filter { (it, value) ->
                    it.shown == Shown.ALWAYS && value >= card.thresholds.photo
                }
            assertEquals(expected.map { it.first.id }.toSet(), found.toSet())
        }
        assertEquals(3, findings)
    }

    /** The newest photo is gone and another one there, before anything was computed again. */
    @Test
    fun profile_newestPhotoThatIsReplaced_isThatOfAFreshDatabase() = runTest {
        val others = 0 until 4
        for (index in others) database.put(row(index, features[index], NOW))
        database.put(row(4, features[4], NOW))
        reader.profile(Period.All, 1)
        database.media().forget("external_primary", listOf(4))
        database.put(row(5, features[5], NOW))
        val replaced = checkNotNull(reader.evidence()).probabilities
        database.clearAllTables()
        for (index in others + 5) database.put(row(index, features[index], NOW))
        val fresh = checkNotNull(reader.evidence()).probabilities
        for (index in fresh.indices) assertEquals(fresh[index], replaced[index], 2e-5f)
    }

    /** A month has photos of its own: of different interests first, and others where these are few. */
    @Test
    fun timeline_everyMonth_hasItsOwnPhotos() = runTest {
        fill()
        for (month in reader.timeline()) {
            val own = features.indices.filter { month(it) == month.month }.map(::key)
            assertEquals("${month.month}", minOf(3, own.size), month.covers.size)
            assertTrue("$month", own.containsAll(month.covers))
            assertEquals(month.covers.distinct(), month.covers)
            val first = month.interests.firstOrNull { it.photos > 0 } ?: continue
            val period = Period.Month(month.month)
            val clearest = reader.interest(first.category.id, period)?.photos?.first()
            assertEquals(clearest, month.covers.first())
            assertEquals(month.trends, reader.trends(month.month))
        }
    }

    @Test
    fun everything_noPhotos_isEmpty() = runTest {
        assertEquals(Profile(0, emptyList()), reader.profile(Period.All, 3))
        assertEquals(emptyList<MonthProfile>(), reader.timeline())
        assertNull(reader.photo(key(0)))
        assertNull(reader.interest("no such id", Period.All))
        val interest = reader.interest(card.interests.first().id, Period.All)
        assertEquals(emptyList<PhotoKey>(), checkNotNull(interest).photos)
        assertEquals(Strength(0, 0), interest.strength)
    }

    protected suspend fun fill() = features.forEachIndexed { index, features ->
        database.put(row(index, features))
    }

    private fun row(
        index: Int,
        features: ByteArray,
        month: YearMonth = month(index),
        generation: Long = 1
    ): PhotoSample {
        // An hour apart: each is an event by itself.
        val takenAt = month.atDay(3).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
        return photo(index, features, takenAt + index * HOUR_MS, generation)
    }

    protected fun photo(
        index: Int,
        features: ByteArray,
        takenAtMs: Long,
        generation: Long = 1,
        timed: Boolean = true
    ): PhotoSample = photoSample(
        key(index),
        features,
        takenAtMs,
        card.extractorVersion,
        generation = generation,
        timed = timed
    )

    private fun month(index: Int) = NOW.minusMonths((index % 5) * 4L)

    protected fun key(index: Int) = PhotoKey("external_primary", index.toLong())
}
