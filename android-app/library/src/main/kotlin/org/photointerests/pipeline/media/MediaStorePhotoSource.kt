package org.photointerests.pipeline.media

import android.content.ContentResolver
import android.content.Context
import android.database.ContentObserver
import android.database.Cursor
import android.net.Uri
import android.os.Build
import android.provider.MediaStore
import android.provider.MediaStore.Images.ImageColumns
import androidx.annotation.RequiresApi
import androidx.core.os.bundleOf
import java.io.FileNotFoundException
import java.io.InputStream
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.withContext
import org.photointerests.core.PhotoKey

private const val ALL_VOLUMES = "external"
private const val NEWEST_FIRST = "${ImageColumns.DATE_ADDED} DESC, ${ImageColumns._ID} DESC"

// More are filtered here: SQLite takes 999 parameters in a query.
private const val MAX_ALBUMS_IN_QUERY = 500

// Of the columns of albums.
private const val VOLUME_COLUMN = 3

// 1971: earlier are 0, -1, and seconds that were written for milliseconds.
private const val EARLIEST_MS = 31_536_000_000L
private const val DAY_MS = 86_400_000L

// Sizes up to 2 GB and times far beyond this century keep apart.
private const val SIZE_BITS = 31

/** The photos of all volumes that MediaStore has indexed. */
class MediaStorePhotoSource(
    private val context: Context,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO,
    now: () -> Long = System::currentTimeMillis
) : PhotoSource {
    private val images: Uri = MediaStore.Images.Media.getContentUri(ALL_VOLUMES)
    private val columns = PhotoColumns(now)

    override fun access(): PhotoAccess = context.photoAccess()

    override suspend fun count(excludedAlbums: List<String>): Int = withContext(dispatcher) {
        if (excludedAlbums.size <= MAX_ALBUMS_IN_QUERY) {
            query(arrayOf(ImageColumns._ID), Selection().outside(excludedAlbums))
                ?.use { reading { it.count } } ?: 0
        } else {
            val excluded = excludedAlbums.toSet()
            query(arrayOf(ImageColumns.BUCKET_ID), Selection())?.use { cursor ->
                reading {
                    var count = 0
                    while (cursor.moveToNext()) if (cursor.getString(0) !in excluded) count++
                    count
                }
            } ?: 0
        }
    }

    override suspend fun albums(): List<Album> = withContext(dispatcher) {
        query(albumColumns, Selection())?.use { reading { it.albums() } }.orEmpty()
    }

    override suspend fun volumes(): List<VolumeState>? = withContext(dispatcher) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) context.volumeStates() else null
    }

    override fun pages(pageSize: Int, excludedAlbums: List<String>): Flow<List<GalleryPhoto>> =
        flow {
            val few = excludedAlbums.takeIf { it.size <= MAX_ALBUMS_IN_QUERY }.orEmpty()
            val excluded = excludedAlbums.toSet()
            var last: PageKey? = null
            do {
                val page = page(Selection().outside(few).after(last), pageSize)
                val wanted = page.map { it.first }.filter { it.album !in excluded }
                if (wanted.isNotEmpty()) emit(wanted)
                last = page.lastOrNull()?.second
            } while (page.size == pageSize)
        }.flowOn(dispatcher)

    override fun changes(): Flow<Unit> = callbackFlow {
        val observer = object : ContentObserver(null) {
            override fun onChange(selfChange: Boolean) {
                trySend(Unit)
            }
        }
        context.contentResolver.registerContentObserver(images, true, observer)
        awaitClose { context.contentResolver.unregisterContentObserver(observer) }
    }

    override fun open(key: PhotoKey): InputStream = context.contentResolver.openInputStream(key.uri)
        ?: throw FileNotFoundException("${key.uri} is gone")

    private fun page(selection: Selection, size: Int): List<Pair<GalleryPhoto, PageKey>> =
        query(columns.names, selection, size)?.use { cursor ->
            reading {
                buildList {
                    while (this.size < size && cursor.moveToNext()) add(columns.read(cursor))
                }
            }
        }.orEmpty()

    /**
     * Null without access.
     *
     * Throws [GalleryException] where MediaStore does not answer: that is not an empty gallery.
     */
    private fun query(columns: Array<String>, selection: Selection, limit: Int? = null): Cursor? {
        if (access() == PhotoAccess.DENIED) return null
        val cursor = try {
            if (limit != null && Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
                val arguments = selection.arguments(NEWEST_FIRST, limit)
                context.contentResolver.query(images, columns, arguments, null)
            } else {
                context.contentResolver
                    .query(images, columns, selection.text, selection.values, NEWEST_FIRST)
            }
        } catch (error: SecurityException) {
            if (access() == PhotoAccess.DENIED) return null // revoked after the question above
            throw GalleryException("MediaStore refuses the photos that it may show", error)
        } catch (error: RuntimeException) {
            throw GalleryException("MediaStore failed", error)
        }
        return cursor ?: throw GalleryException("MediaStore gave no answer")
    }
}

/** MediaStore may fail in the middle of its answer too, which it gives piece by piece. */
private fun <T> reading(read: () -> T): T = try {
    read()
} catch (error: RuntimeException) {
    throw GalleryException("MediaStore broke off its answer", error)
}

@RequiresApi(Build.VERSION_CODES.Q)
private fun Context.volumeStates(): List<VolumeState>? = try {
    MediaStore.getExternalVolumeNames(this).sorted().map {
        val generation = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            MediaStore.getGeneration(this, it)
        } else {
            null
        }
        VolumeState(it, MediaStore.getVersion(this, it), generation)
    }
} catch (_: IllegalArgumentException) {
    null // a volume was taken out meanwhile
} catch (error: RuntimeException) {
    throw GalleryException("MediaStore failed", error)
}

/** A place in the newest-first order. */
private class PageKey(val addedAt: Long, val id: Long)

/** Which photos to list. */
private class Selection(
    private val conditions: List<String> = emptyList(),
    private val arguments: List<String> = emptyList()
) {
    /** For Androids whose MediaStore knows a limit. */
    @RequiresApi(Build.VERSION_CODES.R)
    fun arguments(order: String, limit: Int) = bundleOf(
        ContentResolver.QUERY_ARG_SQL_SELECTION to text,
        ContentResolver.QUERY_ARG_SQL_SELECTION_ARGS to values,
        ContentResolver.QUERY_ARG_SQL_SORT_ORDER to order,
        ContentResolver.QUERY_ARG_LIMIT to limit
    )

    val text get() = conditions.joinToString(" AND ") { "($it)" }.ifEmpty { null }
    val values get() = arguments.toTypedArray()

    fun outside(albums: List<String>): Selection = if (albums.isEmpty()) {
        this
    } else {
        val marks = albums.joinToString { "?" }
        and(
            "${ImageColumns.BUCKET_ID} IS NULL OR ${ImageColumns.BUCKET_ID} NOT IN ($marks)",
            albums
        )
    }

    /**
     * What comes after a photo in the newest-first order.
     *
     * Paging by it survives photos that come and go meanwhile, and works on Androids whose
     * MediaStore knows no limit.
     */
    fun after(place: PageKey?): Selection = if (place == null) {
        this
    } else {
        and(
            "${ImageColumns.DATE_ADDED} < ? OR " +
                "(${ImageColumns.DATE_ADDED} = ? AND ${ImageColumns._ID} < ?)",
            listOf("${place.addedAt}", "${place.addedAt}", "${place.id}")
        )
    }

    private fun and(condition: String, values: List<String>) =
        Selection(conditions + condition, arguments + values)
}

private val albumColumns = listOfNotNull(
    ImageColumns.BUCKET_ID,
    ImageColumns.BUCKET_DISPLAY_NAME,
    ImageColumns._ID,
    ImageColumns.VOLUME_NAME.takeIf { Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q }
).toTypedArray()

/** Albums of photos that come newest first. */
private fun Cursor.albums(): List<Album> {
    val counts = mutableMapOf<String, Album>()
    while (moveToNext()) {
        val id = getString(0) ?: continue
        val volume = if (columnCount > VOLUME_COLUMN) getString(VOLUME_COLUMN) else ALL_VOLUMES
        val known = counts[id]
            ?: Album(id, getString(1).orEmpty(), 0, PhotoKey(volume, getLong(2)))
        counts[id] = known.copy(photos = known.photos + 1)
    }
    return counts.values.sortedBy { it.name.lowercase() }
}

/** The columns of a photo, which differ between Androids. */
private class PhotoColumns(private val now: () -> Long) {
    private val volume =
        ImageColumns.VOLUME_NAME.takeIf { Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q }
    private val generation = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
        ImageColumns.GENERATION_MODIFIED
    } else {
        ImageColumns.DATE_MODIFIED
    }
    val names = listOfNotNull(
        ImageColumns._ID,
        ImageColumns.DATE_ADDED,
        ImageColumns.DATE_TAKEN,
        ImageColumns.SIZE,
        ImageColumns.DATE_MODIFIED,
        ImageColumns.BUCKET_ID,
        generation,
        volume
    ).distinct().toTypedArray()

    fun read(cursor: Cursor): Pair<GalleryPhoto, PageKey> {
        val id = cursor.getLong(names.indexOf(ImageColumns._ID))
        val addedAt = cursor.getLong(names.indexOf(ImageColumns.DATE_ADDED))
        val takenAtMs = cursor.getLong(names.indexOf(ImageColumns.DATE_TAKEN)) // 0 for none
        val size = cursor.getLong(names.indexOf(ImageColumns.SIZE))
        val modifiedAtS = cursor.getLong(names.indexOf(ImageColumns.DATE_MODIFIED))
        val timed = takenAtMs in EARLIEST_MS..now() + DAY_MS
        val photo = GalleryPhoto(
            PhotoKey(volume?.let { cursor.getString(names.indexOf(it)) } ?: ALL_VOLUMES, id),
            cursor.getLong(names.indexOf(generation)),
            // Screenshots and downloads have none, and some cameras write nonsense.
            if (timed) takenAtMs else addedAt * 1000,
            fileSignature = modifiedAtS.shl(SIZE_BITS) xor size,
            album = cursor.getString(names.indexOf(ImageColumns.BUCKET_ID)),
            timed = timed
        )
        return photo to PageKey(addedAt, id)
    }
}
