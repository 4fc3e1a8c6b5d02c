package org.photointerests.support

import androidx.room.Room
import androidx.test.core.app.ApplicationProvider
import org.photointerests.gallery.PhotoKey
import org.photointerests.model.PhotoProblem
import org.photointerests.store.PhotoDatabase
import org.photointerests.store.PhotoRow
import org.photointerests.store.monthOf
import org.photointerests.store.number

/** A real database that lasts as long as its test. */
fun memoryDatabase(): PhotoDatabase = Room
    .inMemoryDatabaseBuilder(ApplicationProvider.getApplicationContext(), PhotoDatabase::class.java)
    .allowMainThreadQueries()
    .build()

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
