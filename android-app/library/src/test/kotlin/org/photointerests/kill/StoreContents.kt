package org.photointerests.kill

import java.io.File
import java.time.YearMonth
import kotlin.math.abs
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.photointerests.core.Thresholds
import org.photointerests.insights.interests.InterestModel
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.support.TestBundle

private const val PHOTOS_OF_INTEREST = 8

// Shares are compared for one of so many interests.
private const val STEP = 8
private val bundle = TestBundle.bundle

/** Every photo's features in a sound file, by its number; fails where SQLite finds it broken. */
fun contents(file: File): Map<Long, List<Byte>> = withDatabase(file) { database ->
    assertEquals("ok", database.integrity())
    storedPhotos(database)
}

/** Every stored photo's features, by its number. */
suspend fun storedPhotos(database: PhotoDatabase): Map<Long, List<Byte>> {
    val version = bundle.card.extractorVersion
    return database.profiles().months(version, "").flatMap { month ->
        val items = database.features().times(version, month.month).map { it.item }
        database.features().features(version, items)
    }.associate { it.mediaId to it.features.toList() }
}

fun <T> withDatabase(file: File, action: suspend (PhotoDatabase) -> T): T {
    val database = fileDatabase(file)
    return try {
        runBlocking { action(database) }
    } finally {
        database.close()
    }
}

private fun PhotoDatabase.integrity(): String =
    openHelper.writableDatabase.query("PRAGMA integrity_check").use {
        it.moveToFirst()
        it.getString(0)
    }

/** Each category's probability, and the shares of the photos behind it. */
typealias InterestNumbers = Map<String, Pair<Float, Map<Long, Float>>>

/** What the real aggregator makes of all that is stored; nothing is below its threshold. */
suspend fun profileOf(database: PhotoDatabase): InterestNumbers =
    InterestModel(bundle).use { model ->
        val card = bundle.card.copy(thresholds = Thresholds(interest = 0f, kind = null, photo = 0f))
        val reader = InterestRepository(database, card, model, { YearMonth.of(1973, 1) })
        val chosen = card.interests.filterIndexed { place, _ -> place % STEP == 0 }.toSet()
        reader.profile(Period.All, mostPhotos = 1).interests.associate { interest ->
            val id = interest.category.id
            val shares = if (interest.category in chosen) {
                reader.contributions(id, Period.All, PHOTOS_OF_INTEREST)
            } else {
                emptyList()
            }
            id to (interest.probability to shares.associate { it.key.id to it.share })
        }
    }

/** Fails where a probability or a share is further off. */
fun assertSameProfile(expected: InterestNumbers, received: InterestNumbers, tolerance: Float) {
    assertEquals(expected.keys, received.keys)
    for ((category, numbers) in expected) {
        val (probability, shares) = received.getValue(category)
        assertTrue(category, abs(numbers.first - probability) <= tolerance)
        assertEquals(category, numbers.second.size, shares.size)
        val largest = numbers.second.values.sorted().zip(shares.values.sorted())
        assertTrue("$category: $largest", largest.all { (a, b) -> abs(a - b) <= tolerance })
    }
}
