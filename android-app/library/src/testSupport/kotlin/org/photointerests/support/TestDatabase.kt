package org.photointerests.support

import androidx.room.Room
import androidx.test.core.app.ApplicationProvider
import java.time.ZoneOffset
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.flow.first
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.AnalysisRows
import org.photointerests.pipeline.analysis.features.FeatureRow
import org.photointerests.pipeline.analysis.features.FeaturesAnalyzer
import org.photointerests.pipeline.decode.PhotoProblem
import org.photointerests.pipeline.index.AnalysisResult
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.index.ScanIndex
import org.photointerests.pipeline.media.GalleryPhoto

private const val SLOW_MS = 3L

/** A real database that lasts as long as its test. */
fun memoryDatabase(): PhotoDatabase = inMemory().build()

/** One that no query is so fast of that the coroutine which waits for it just goes on. */
fun slowMemoryDatabase(): PhotoDatabase = inMemory()
    .setQueryExecutor { query ->
        Dispatchers.IO.asExecutor().execute {
            Thread.sleep(SLOW_MS)
            query.run()
        }
    }
    .build()

private fun inMemory() = Room
    .inMemoryDatabaseBuilder(ApplicationProvider.getApplicationContext(), PhotoDatabase::class.java)
    .allowMainThreadQueries()

/** A photo as a scan would store it. */
class PhotoSample(
    val photo: GalleryPhoto,
    val features: ByteArray?,
    val extractor: String,
    val failure: PhotoProblem?
)

fun photoSample(
    key: PhotoKey,
    features: ByteArray?,
    takenAtMs: Long = 0,
    extractor: String = TestBundle.bundle.card.extractorVersion,
    failure: PhotoProblem? = null,
    generation: Long = 1,
    fileSignature: Long = generation,
    album: String? = null,
    timed: Boolean = true
) = PhotoSample(
    GalleryPhoto(key, generation, takenAtMs, fileSignature, album, timed),
    features,
    extractor,
    failure
)

/** Stores a photo by the steps of a scan, in the time zone UTC. */
suspend fun PhotoDatabase.put(sample: PhotoSample) {
    val index = ScanIndex(this) { ZoneOffset.UTC }
    val analyzer = FeaturesAnalyzer(sample.extractor, features()) { error("not opened") }
    val analyzers = index.register(listOf(analyzer))
    val rows = sample.features?.let { bytes ->
        AnalysisRows { features().insert(FeatureRow(it.item, it.version, it.month, bytes)) }
    }
    for (started in index.start(listOf(sample.photo), analyzers)) {
        index.finish(started, analyzers.map { AnalysisResult(it, rows, sample.failure) })
    }
}

suspend fun PhotoDatabase.readCounts(extractor: String = TestBundle.bundle.card.extractorVersion) =
    media().counts(FeaturesAnalyzer.NAME, extractor).first()

suspend fun PhotoDatabase.failures(extractor: String = TestBundle.bundle.card.extractorVersion) =
    media().failures(FeaturesAnalyzer.NAME, extractor, limit = 1000).first()
