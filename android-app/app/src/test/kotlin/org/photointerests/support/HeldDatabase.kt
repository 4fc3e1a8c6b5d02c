package org.photointerests.support

import androidx.room.Room
import androidx.test.core.app.ApplicationProvider
import java.util.concurrent.CountDownLatch
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import org.photointerests.pipeline.index.PhotoDatabase

/** A real database that can be kept from answering, as a very slow phone's. */
class HeldDatabase {
    @Volatile private var gate = CountDownLatch(0)

    fun open(): PhotoDatabase = Room
        .inMemoryDatabaseBuilder(
            ApplicationProvider.getApplicationContext(),
            PhotoDatabase::class.java
        )
        .allowMainThreadQueries()
        .setQueryExecutor { query ->
            Dispatchers.IO.asExecutor().execute {
                gate.await()
                query.run()
            }
        }
        .build()

    /** No query that comes from now on is answered before [release]. */
    fun hold() {
        gate = CountDownLatch(1)
    }

    fun release() = gate.countDown()
}
