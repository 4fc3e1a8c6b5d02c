package org.photointerests.insights.similar

import kotlin.random.Random
import kotlinx.coroutines.test.runTest
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.runtime.cosineDistance
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle
import org.photointerests.support.memoryDatabase
import org.photointerests.support.mixed
import org.photointerests.support.photoSample
import org.photointerests.support.put

private const val MOST = 10

/** Photos whose features are mixtures of those of real ones. */
@RunWith(AppTestRunner::class)
class SimilarPhotosTest {
    private val database = memoryDatabase()
    private val bundle = TestBundle.bundle
    private val similar = SimilarPhotos(database, bundle)
    private val random = Random(3)
    private val golden = TestBundle.goldenFeatures()

    @After
    fun close() = database.close()

    @Test
    fun similar_areThoseOfAllCompared() = runTest {
        val features = List(300) { golden.mixed(random) }
        fill(features)
        for (photo in 0 until 300 step 37) {
            val expected = (features.indices - photo)
                .sortedBy { cosineDistance(features[photo], features[it]) }.take(MOST)
            val found = similar.similar(key(photo), MOST)
            assertEquals(expected.map(::key), found.map { it.key })
            assertEquals(
                expected.map { 1 - cosineDistance(features[photo], features[it]) },
                found.map { it.cosine }
            )
        }
    }

    /** Where there are more photos than candidates, hardly any is missed. */
    @Test
    fun similar_fromFewerCandidatesThanPhotos_areNearlyAllFound() = runTest {
        val features = List(1500) { golden.mixed(random) }
        fill(features)
        val few = SimilarPhotos(database, bundle, candidates = 150)
        var found = 0
        for (photo in 0 until 1500 step 75) {
            val expected = (features.indices - photo)
                .sortedBy { cosineDistance(features[photo], features[it]) }.take(MOST)
            found += few.similar(key(photo), MOST).count { it.key in expected.map(::key) }
        }
        println("measured: recall at 10 of a tenth of 1,500 photos: ${found / 200.0}")
        assertTrue("$found of 200", found >= 180)
    }

    @Test
    fun similar_isSymmetric_andACopyIsTheMostSimilar() = runTest {
        val features = List(60) { golden.mixed(random) }
        fill(features + listOf(features[5]))
        val first = similar.similar(key(5), 60)
        assertEquals(key(60) to 1.0, first.first().key to round(first.first().cosine))
        for (other in listOf(0, 17, 60)) {
            val there = first.single { it.key == key(other) }.cosine
            val back = similar.similar(key(other), 60).single { it.key == key(5) }.cosine
            assertEquals(there, back, 1e-12)
        }
    }

    @Test
    fun similar_leastCosine_andUnknownPhotos_leaveOthersOut() = runTest {
        fill(List(40) { golden.mixed(random) })
        val all = similar.similar(key(1), 40)
        val least = all[7].cosine
        assertEquals(all.take(8), similar.similar(key(1), 40, least))
        assertTrue(all.none { it.key == key(1) })
        assertEquals(emptyList<SimilarPhoto>(), similar.similar(key(999), 40))
    }

    @Test
    fun similar_photosThatComeAndGo_areFollowed() = runTest {
        fill(List(20) { golden.mixed(random) })
        val best = similar.similar(key(3), 1).single().key
        database.media().forget(best.volume, listOf(best.id))
        assertTrue(similar.similar(key(3), 20).none { it.key == best })
        val copy = checkNotNull(
            database.features().features(bundle.card.extractorVersion, "external_primary", 3)
        ).features
        put(77, copy)
        assertEquals(key(77), similar.similar(key(3), 1).single().key)
        database.media().hideVolumes(listOf("external_primary"))
        assertEquals(emptyList<SimilarPhoto>(), similar.similar(key(3), 20))
    }

    @Test
    fun duplicates_copiesAndNearCopies_areGroupedByThemselves() = runTest {
        val features = List(200) { golden.random() }
        fill(features)
        put(300, features[8])
        put(301, features[8].noisy(2))
        put(302, features[90].noisy(1))
        val groups = similar.duplicates().map { it.toSet() }
        assertTrue("$groups", setOf(key(8), key(300), key(301)) in groups)
        assertTrue("$groups", setOf(key(90), key(302)) in groups)
        for (group in groups) {
            assertTrue(
                "$group",
                group.any { first ->
                    group.all { near(first, it) }
                }
            )
        }
    }

    /** Thousands of copies of one picture are one group, and take no more than others. */
    @Test
    fun duplicates_manyCopiesOfOne_areOneGroup() = runTest {
        val one = golden.random()
        fill(List(2000) { one })
        assertEquals(listOf(2000), similar.duplicates().map { it.size })
    }

    private suspend fun near(one: PhotoKey, other: PhotoKey): Boolean {
        val (a, b) = listOf(one, other).map {
            val version = bundle.card.extractorVersion
            checkNotNull(database.features().features(version, it.volume, it.id)).features
        }
        return 1 - cosineDistance(a, b) >= DUPLICATE_COSINE
    }

    private fun List<ByteArray>.random() = mixed(random)

    private fun ByteArray.noisy(most: Int) = ByteArray(size) {
        ((this[it].toInt() and 255) + random.nextInt(-most, most + 1)).coerceIn(0, 255).toByte()
    }

    private fun round(cosine: Double) = Math.round(cosine * 1e9) / 1e9

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())

    private suspend fun fill(features: List<ByteArray>) =
        features.forEachIndexed { id, it -> put(id, it) }

    private suspend fun put(id: Int, features: ByteArray) =
        database.put(photoSample(key(id), features, takenAtMs = id.toLong()))
}
