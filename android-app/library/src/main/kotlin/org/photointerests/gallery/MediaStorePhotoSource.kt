package org.photointerests.gallery

import android.content.Context
import android.database.ContentObserver
import android.database.Cursor
import android.net.Uri
import android.os.Build
import android.provider.MediaStore
import android.provider.MediaStore.Images.ImageColumns
import androidx.annotation.RequiresApi
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

private const val ALL_VOLUMES = "external"
private const val NEWEST_FIRST = "${ImageColumns.DATE_ADDED} DESC, ${ImageColumns._ID} DESC"

// Sizes up to 2 GB and times far beyond this century keep apart.
private const val SIZE_BITS = 31

/** The photos of all volumes that MediaStore has indexed. */
class MediaStorePhotoSource(
    private val context: Context,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO
) : PhotoSource {
    private val images: Uri = MediaStore.Images.Media.getContentUri(ALL_VOLUMES)
    private val columns = PhotoColumns()

    override fun access(): PhotoAccess = context.photoAccess()

    override suspend fun count(excludedAlbums: List<String>): Int = withContext(dispatcher) {
        query(arrayOf(ImageColumns._ID), Selection().outside(excludedAlbums))
            ?.use { reading { it.count } } ?: 0
    }

    override suspend fun albums(): List<Album> = withContext(dispatcher) {
        query(arrayOf(ImageColumns.BUCKET_ID, ImageColumns.BUCKET_DISPLAY_NAME), Selection())
            ?.use { reading { it.albums() } }.orEmpty()
    }

    override suspend fun volumes(): List<VolumeState>? = withContext(dispatcher) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) context.volumeStates() else null
    }

    override fun pages(pageSize: Int, excludedAlbums: List<String>): Flow<List<GalleryPhoto>> =
        flow {
            var last: Place? = null
            do {
                val page = page(Selection().outside(excludedAlbums).after(last), pageSize)
                if (page.isNotEmpty()) emit(page.map { it.first })
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

    private fun page(selection: Selection, size: Int): List<Pair<GalleryPhoto, Place>> =
        query(columns.names, selection)?.use { cursor ->
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
    private fun query(columns: Array<String>, selection: Selection): Cursor? {
        if (access() == PhotoAccess.DENIED) return null
        val cursor = try {
            context.contentResolver
                .query(images, columns, selection.text, selection.values, NEWEST_FIRST)
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

@RequiresApi(Build.VERSION_CODES.R)
private fun Context.volumeStates(): List<VolumeState>? = try {
    MediaStore.getExternalVolumeNames(this).sorted().map {
        VolumeState(it, MediaStore.getVersion(this, it), MediaStore.getGeneration(this, it))
    }
} catch (_: IllegalArgumentException) {
    null // a volume was taken out meanwhile
} catch (error: RuntimeException) {
    throw GalleryException("MediaStore failed", error)
}

/** A place in the newest-first order. */
private class Place(val addedAt: Long, val id: Long)

/** Which photos to list. */
private class Selection(
    private val conditions: List<String> = emptyList(),
    private val arguments: List<String> = emptyList()
) {
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
    fun after(place: Place?): Selection = if (place == null) {
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

private fun Cursor.albums(): List<Album> {
    val counts = mutableMapOf<String, Album>()
    while (moveToNext()) {
        val id = getString(0) ?: continue
        val known = counts[id] ?: Album(id, getString(1).orEmpty(), 0)
        counts[id] = known.copy(photos = known.photos + 1)
    }
    return counts.values.sortedBy { it.name.lowercase() }
}

/** The columns of a photo, which differ between Androids. */
private class PhotoColumns {
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

    fun read(cursor: Cursor): Pair<GalleryPhoto, Place> {
        val id = cursor.getLong(names.indexOf(ImageColumns._ID))
        val addedAt = cursor.getLong(names.indexOf(ImageColumns.DATE_ADDED))
        val taken = names.indexOf(ImageColumns.DATE_TAKEN)
        val size = cursor.getLong(names.indexOf(ImageColumns.SIZE))
        val modifiedAtS = cursor.getLong(names.indexOf(ImageColumns.DATE_MODIFIED))
        val photo = GalleryPhoto(
            PhotoKey(volume?.let { cursor.getString(names.indexOf(it)) } ?: ALL_VOLUMES, id),
            cursor.getLong(names.indexOf(generation)),
            // Screenshots and downloads were taken by nobody.
            if (cursor.isNull(taken)) addedAt * 1000 else cursor.getLong(taken),
            stamp = modifiedAtS.shl(SIZE_BITS) xor size,
            album = cursor.getString(names.indexOf(ImageColumns.BUCKET_ID))
        )
        return photo to Place(addedAt, id)
    }
}
