package org.photointerests.measure

import android.app.Application
import androidx.sqlite.db.SupportSQLiteDatabase
import androidx.test.core.app.ApplicationProvider
import kotlin.random.Random
import kotlinx.coroutines.runBlocking
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.InterestModel
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period
import org.photointerests.insights.interests.PhotoKinds
import org.photointerests.insights.similar.SimilarPhotos
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.runtime.cosineDistance
import org.photointerests.search.AlbumSearchSource
import org.photointerests.search.InterestSearchSource
import org.photointerests.search.KindSearchSource
import org.photointerests.search.MonthSearchSource
import org.photointerests.search.PhotoSearch
import org.photointerests.support.AppTestRunner
import org.photointerests.support.FakePhotoSource
import org.photointerests.support.TestBundle
import org.photointerests.support.mixed

private const val MILLISECOND = 1e6
private const val TIMES = 9
private const val MOST = 20
private const val DAY_MS = 86_400_000L
private const val PHOTOS_A_DAY = 14
private const val FIRST_MONTH = 24_000
private const val DAYS_A_MONTH = 30
private const val COPIES_EVERY = 50

/** Times searches in a gallery of very many photos; `measure -Psearch` runs it. */
@RunWith(AppTestRunner::class)
class SearchMeasurement {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val count = checkNotNull(System.getProperty("search")).toInt()
    private val bundle = TestBundle.bundle
    private val card = bundle.card
    private val database = PhotoDatabase.builder(application, "search.db").build()
    private val model = InterestModel(bundle)
    private val features = mutableListOf<ByteArray>()

    @Test
    fun manyPhotos_searches_areTimed() = runBlocking {
        fill(database.openHelper.writableDatabase)
        report("photos", count.toDouble())
        val interests = InterestRepository(database, card, model)
        interests.profile(Period.All, 1)
        val search = search(interests)
        report("first search, ms", timed { search.refresh() })
        report("kinds of all photos, ms", timed { search.update() })
        report("words brought up to date, ms", median { search.refresh() })
        val photos = mutableMapOf<String, Int>()
        for (query in listOf("dogs", "flowers 2004", "a", "mountians")) {
            val ms = median { photos[query] = search.search(query, MOST).photoCount }
            report("search for '$query', ms", ms)
            report("photos that '$query' finds", photos.getValue(query).toDouble())
        }
        val similar = SimilarPhotos(database, bundle)
        report("sketches of all photos, ms", timed { similar.similar(key(0), MOST) })
        val opened = SimilarPhotos(database, bundle)
        report(
            "similar photos, the first after a start, ms",
            timed {
                opened.similar(key(1), MOST)
            }
        )
        report("similar photos, ms", median { opened.similar(key(it), MOST) })
        report("recall at 20 of similar photos", recall(opened))
        report("duplicates, ms", median { opened.duplicates() })
        report("groups of duplicates", opened.duplicates().size.toDouble())
        database.close()
    }

    private fun search(interests: InterestRepository) = database.search().let {
        PhotoSearch(
            database,
            listOf(
                InterestSearchSource(it, card, interests),
                KindSearchSource(it, card, interests, PhotoKinds(database, card, model)),
                MonthSearchSource(it, card),
                AlbumSearchSource(it, FakePhotoSource())
            )
        )
    }

    private suspend fun recall(similar: SimilarPhotos): Double {
        val photos = features.indices step count / 20
        return photos.sumOf { photo ->
            val exact = features.indices.filter { it != photo }
                .map { it to cosineDistance(features[photo], features[it]) }
                .sortedBy { it.second }.take(MOST).map { key(it.first) }.toSet()
            similar.similar(key(photo), MOST).count { it.key in exact }
        } / (photos.count() * MOST.toDouble())
    }

    private fun fill(sql: SupportSQLiteDatabase) {
        val random = Random(1)
        val golden = TestBundle.goldenFeatures()
        sql.execSQL(
            "INSERT INTO analyzer_versions VALUES (1, 'features', ?)",
            arrayOf<Any>(card.extractorVersion)
        )
        sql.beginTransaction()
        repeat(count) { id ->
            val isCopy = id % COPIES_EVERY == 1
            features += if (isCopy) features.last() else golden.mixed(random)
            val day = id / PHOTOS_A_DAY
            val month = FIRST_MONTH + day / DAYS_A_MONTH
            sql.execSQL(
                "INSERT INTO media_items VALUES (?, 'external_primary', ?, 1, 1, ?, 0, ?, 'a', 1)",
                arrayOf<Any>(id + 1, id, day * DAY_MS + id, month)
            )
            sql.execSQL(
                "INSERT INTO features VALUES (?, 1, ?, ?)",
                arrayOf<Any>(id + 1, month, features.last())
            )
        }
        sql.setTransactionSuccessful()
        sql.endTransaction()
        sql.execSQL("ANALYZE")
    }

    private fun key(id: Int) = PhotoKey("external_primary", id.toLong())

    private inline fun timed(action: () -> Unit): Double {
        val started = System.nanoTime()
        action()
        return (System.nanoTime() - started) / MILLISECOND
    }

    private inline fun median(action: (Int) -> Unit): Double =
        (0 until TIMES).map { timed { action(it) } }.sorted()[TIMES / 2]

    private fun report(what: String, value: Double) = println("measured: $what: %.3f".format(value))
}
