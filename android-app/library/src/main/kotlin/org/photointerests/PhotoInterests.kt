package org.photointerests

import android.content.Context
import android.os.Build
import androidx.datastore.core.handlers.ReplaceFileCorruptionHandler
import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import androidx.datastore.preferences.core.emptyPreferences
import androidx.datastore.preferences.preferencesDataStoreFile
import androidx.room.Room
import androidx.work.WorkManager
import java.io.File
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withContext
import org.photointerests.gallery.Album
import org.photointerests.gallery.MediaStorePhotoSource
import org.photointerests.gallery.PhotoPlaces
import org.photointerests.gallery.PhotoSource
import org.photointerests.interests.InterestReader
import org.photointerests.interests.ProfileExport
import org.photointerests.model.AssetBundleFiles
import org.photointerests.model.Bundle
import org.photointerests.model.InterestModel
import org.photointerests.recommendations.CatalogueShelf
import org.photointerests.recommendations.Recommender
import org.photointerests.scan.AcceleratorCheck
import org.photointerests.scan.AcceleratorGuard
import org.photointerests.scan.Benchmark
import org.photointerests.scan.BenchmarkResult
import org.photointerests.scan.Heat
import org.photointerests.scan.ModelPhotoReader
import org.photointerests.scan.PhotoReader
import org.photointerests.scan.PhotoScanner
import org.photointerests.scan.ScanController
import org.photointerests.scan.heat
import org.photointerests.store.ExcludedAlbum
import org.photointerests.store.Fault
import org.photointerests.store.Faults
import org.photointerests.store.PhotoDatabase
import org.photointerests.store.Settings
import org.photointerests.store.StoredBytes
import org.photointerests.store.writtenBytes

private const val BENCHMARK_FILE = "benchmark.db"

/**
 * The pipeline of an app, from its gallery to interests: [scans] reads the photos, [interests] tells
 * what they speak for. All lives as long as the app, and is made when it is first asked for.
 */
open class PhotoInterests(private val context: Context) {
    open val source: PhotoSource by lazy { MediaStorePhotoSource(context) }

    val places: PhotoPlaces by lazy { PhotoPlaces(context) }

    open val bundle: Bundle by lazy { Bundle(AssetBundleFiles(context.assets)) }

    open val database: PhotoDatabase by lazy {
        PhotoDatabase.open(context) { faults.report(Fault.STORAGE_DAMAGED) }
    }

    open val settings: Settings by lazy {
        // Choices in a damaged file are lost: those that the app began with hold again.
        val anew = ReplaceFileCorruptionHandler { emptyPreferences() }
        Settings(
            PreferenceDataStoreFactory.create(anew) {
                context.preferencesDataStoreFile("settings")
            }
        )
    }

    /** What screens show instead of what cannot be read or written. */
    val faults = Faults()

    /** Measures what the extractor can run on, and chooses. */
    val accelerators: AcceleratorGuard by lazy {
        val system = "${Build.FINGERPRINT} ${Build.VERSION.SDK_INT} ${appVersion()}"
        AcceleratorGuard(AcceleratorCheck(bundle, settings, system), bundle, settings, system)
    }

    /** How warm the phone is; a scan spares a warm one. */
    open val heat: Flow<Heat> get() = context.heat()

    val scans: ScanController by lazy { ScanController(WorkManager.getInstance(context), settings) }

    val interests: InterestReader by lazy {
        InterestReader(database, bundle.card, InterestModel(bundle))
    }

    /** The products to suggest, if the user has chosen some. */
    val shelf: CatalogueShelf by lazy {
        CatalogueShelf(File(context.filesDir, "catalogue"), bundle.card)
    }

    val recommender: Recommender by lazy { Recommender(shelf, interests, bundle.card) }

    /** The profile as a file to share. */
    val export: ProfileExport by lazy {
        ProfileExport(
            File(context.cacheDir, "exports"),
            interests,
            database.choices(),
            bundle.card
        )
    }

    /**
     * Keeps an album from being read, now and later, and deletes what was made of its photos.
     *
     * What was read before version 3 of the database leaves with the scan that this starts.
     */
    suspend fun exclude(album: Album) {
        database.choices().exclude(ExcludedAlbum(album.id, album.name))
        scans.startUnlessPaused()
    }

    /** Has an album read again, unless the user paused. */
    suspend fun include(album: Album) {
        database.choices().include(album.id)
        scans.startUnlessPaused()
    }

    /** Times reading photos, step by step; what it writes is deleted. */
    suspend fun benchmark(): BenchmarkResult = try {
        val open = {
            Room.databaseBuilder(context, PhotoDatabase::class.java, BENCHMARK_FILE).build()
        }
        Benchmark(bundle, source, accelerators, settings.threadChoices, open).run()
    } finally {
        context.deleteDatabase(BENCHMARK_FILE)
    }

    suspend fun scanner(): PhotoScanner = withContext(Dispatchers.Default) {
        PhotoScanner(
            source,
            database.photos(),
            bundle.card.extractorVersion,
            ::openReader,
            heat = heat
        )
    }

    open suspend fun openReader(): PhotoReader {
        val choices = settings.choices.first()
        return ModelPhotoReader(bundle.card.input, accelerators.open(choices))
    }

    private fun appVersion() =
        context.packageManager.getPackageInfo(context.packageName, 0).lastUpdateTime

    /** Sizes of all that is stored, as the files are just now. */
    fun storedBytes(): StoredBytes {
        val database = context.getDatabasePath(PhotoDatabase.FILE).path
        val photos = listOf("", "-wal", "-shm").sumOf { File(database + it).length() }
        val settings = context.preferencesDataStoreFile("settings").length()
        val known = photos + settings + shelf.bytes() + export.bytes()
        val other = (context.writtenBytes() - known).coerceAtLeast(0)
        return StoredBytes(photos, settings, shelf.bytes(), export.bytes(), other)
    }

    /**
     * Deletes all that this app knows: photos' features, the user's words, products, what
     * was exported, settings.
     *
     * Once begun it goes through to its end, even if the screen that asked for it is left meanwhile.
     */
    suspend fun deleteEverything() = withContext(NonCancellable) {
        scans.stop()
        withContext(Dispatchers.IO) { database.clearAllTables() }
        shelf.remove()
        export.delete()
        settings.clear()
    }
}
