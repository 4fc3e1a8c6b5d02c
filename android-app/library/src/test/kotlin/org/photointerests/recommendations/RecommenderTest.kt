package org.photointerests.recommendations

import java.time.YearMonth
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.photointerests.core.Kind
import org.photointerests.core.Named
import org.photointerests.core.PhotoKey
import org.photointerests.feedback.InterestFeedback
import org.photointerests.feedback.RejectedProduct
import org.photointerests.insights.interests.InterestModel
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.memoryDatabase
import org.photointerests.support.photoSample
import org.photointerests.support.put

private val NOW = YearMonth.of(2026, 11)
private const val ROUNDING = 0.02
private const val HOUR_MS = 3_600_000L
private const val MONTH_MS = 31L * 24 * 3600 * 1000

/** The golden set and a golden catalogue, with the real aggregator and a real database. */
@RunWith(AppTestRunner::class)
class RecommenderTest {
    @Serializable
    private class Ranked(
        val id: String,
        val score: Double,
        val match: Double,
        val interest: String,
        val probability: Float,
        val photo: Long,
        val suits: Boolean
    )

    @get:Rule val folder = TemporaryFolder()
    private val card = TestBundle.bundle.card
    private val model = InterestModel(TestBundle.bundle)
    private val database = memoryDatabase()
    private val interests = InterestRepository(database, card, model, { NOW }, photosAtOnce = 5)
    private val catalogueStore by lazy { CatalogueStore(folder.root, card) }
    private val recommender by lazy { Recommender(catalogueStore, interests, card) }
    private val expected = Json.decodeFromString<List<Ranked>>(GoldenCatalogue.ranking)

    @After
    fun close() {
        database.close()
        model.close()
    }

    @Test
    fun recommend_goldenCatalogue_isPythonsRanking() = runTest {
        fill()
        val found = recommend(top = expected.size)
        val ranked = expected.associateBy { it.id }
        assertEquals(ranked.keys, found.map { it.id }.toSet())
        // Runtimes round for int8 weights in their own ways: near ties may change places.
        found.map { ranked.getValue(it.id).score }.zipWithNext { better, worse ->
            assertTrue("$better before $worse", better >= worse * (1 - 2 * ROUNDING))
        }
        found.forEach { own ->
            val python = ranked.getValue(own.id)
            assertEquals(python.id, python.score, own.score, python.score * ROUNDING)
            assertEquals(python.id, python.match, own.match, ROUNDING)
            assertEquals(python.id, python.interest, own.interest.id)
            val allowed = card.tolerances.probabilities.toFloat()
            assertEquals(python.id, python.probability, own.probability, allowed)
            // Of a product of no known interest Python names the first photo, the app none.
            val photo = python.photo.takeIf { python.score > 0 }
            assertEquals(python.id, photo, own.photos.firstOrNull()?.id)
            assertEquals(python.id, python.suits, own.suits)
        }
    }

    @Test
    fun recommend_theBestAlone_areTheFirstOfAll() = runTest {
        fill()
        val all = recommend(top = expected.size).map { it.id }
        for (top in listOf(1, 7, 30)) {
            assertEquals(all.take(top), recommend(top).map { it.id })
        }
    }

    @Test
    fun recommend_links_leadToTheWebOrNowhere() = runTest {
        fill()
        val links = recommend(top = expected.size).mapNotNull { it.link }.toSet()
        assertEquals(setOf("https://example.org/item", "http://example.org/item?a=b#c"), links)
    }

    @Test
    fun recommend_hiddenInterest_speaksForNothing() = runTest {
        fill()
        val best = recommend(top = 1).single()
        val hidden = InterestFeedback(hidden = best.interest.owners())
        val found = recommend(top = expected.size, feedback = hidden)
        assertTrue(found.none { it.suits && it.interest == best.interest })
        assertTrue(found.indexOfFirst { it.id == best.id } > 0)
    }

    @Test
    fun recommend_wantedInterest_countsThreefold() = runTest {
        fill()
        val before = recommend(top = expected.size)
        val raised = before[10]
        val pinned = InterestFeedback(pinned = raised.interest.owners())
        val after = recommend(top = expected.size, feedback = pinned)
        val place = after.indexOfFirst { it.id == raised.id }
        assertTrue("$place", place < 10)
        assertTrue(after[place].score in raised.score * 1.5..raised.score * PINNED_WEIGHT * 1.001)
        assertTrue(after[place].suits)
        assertEquals(raised.probability, after[place].probability, 0f)
    }

    @Test
    fun recommend_manyPhotos_thoseThatSayMostDecide() = runTest {
        fill()
        val few = UserPreferenceProfileBuilder(
            interests,
            card,
            mostPhotos = 4
        ).read(InterestFeedback())
        val all = UserPreferenceProfileBuilder(interests, card).read(InterestFeedback())
        val strongest = checkNotNull(all).photos.sortedByDescending { it.strength }.take(4)
        assertEquals(
            strongest.map {
                it.key
            }.toSet(),
            checkNotNull(few).photos.map { it.key }.toSet()
        )
    }

    @Test
    fun recommend_nothingThere_saysSo() = runTest {
        assertNull(recommender.recommend(InterestFeedback(), 5))
        catalogueStore.put { GoldenCatalogue.bytes.inputStream() }
        val found = checkNotNull(recommender.recommend(InterestFeedback(), 5))
        assertEquals(0, found.best.size)
        assertEquals(expected.size, found.items)
    }

    /** The interest itself, or those that a kind counts for. */
    private fun Named.owners(): Set<String> = if (this is Kind) mainInterests else setOf(id)

    /** Ids are those of a publisher: another one's product of the same id is another product. */
    @Test
    fun recommend_rejectedProduct_isLeftOut_ofItsPublisherAlone() = runTest {
        fill()
        catalogueStore.put { GoldenCatalogue.bytes.inputStream() }
        val all = ids(emptySet())
        assertEquals(all, ids(setOf(RejectedProduct("another", all[0]))))
        assertEquals(all.drop(1), ids(setOf(RejectedProduct("", all[0]))))
    }

    private suspend fun ids(rejected: Set<RejectedProduct>) = checkNotNull(
        recommender.recommend(InterestFeedback(), expected.size, rejected)
    ).best.map { it.id }

    private suspend fun recommend(
        top: Int,
        feedback: InterestFeedback = InterestFeedback()
    ): List<Recommendation> {
        catalogueStore.put { GoldenCatalogue.bytes.inputStream() }
        return checkNotNull(recommender.recommend(feedback, top)).best
    }

    private suspend fun fill() = TestBundle.goldenFeatures().forEachIndexed { index, features ->
        val key = PhotoKey("external_primary", index.toLong())
        // An hour apart: each is an event by itself, as in Python's ranking.
        database.put(photoSample(key, features, index % 3 * MONTH_MS + index * HOUR_MS))
    }
}
