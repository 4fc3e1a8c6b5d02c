package org.photointerests.support

import androidx.room.Room
import androidx.test.core.app.ApplicationProvider
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import org.photointerests.gallery.PhotoKey
import org.photointerests.model.PhotoProblem
import org.photointerests.store.PhotoDatabase
import org.photointerests.store.PhotoRow
import org.photointerests.store.monthOf
import org.photointerests.store.number

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

/** A row as a scan would write it. */
fun photoRow(
    key: PhotoKey,
    features: ByteArray?,
    takenAtMs: Long = 0,
    extractor: String = TestBundle.bundle.card.extractorVersion,
    failure: PhotoProblem? = null,
    generation: Long = 1,
    stamp: Long = generation,
    album: String? = null
) = PhotoRow(
    key.volume,
    key.id,
    generation,
    takenAtMs,
    monthOf(takenAtMs, java.time.ZoneOffset.UTC).number(),
    extractor,
    features,
    failure,
    stamp,
    album
)
