package org.photointerests.support

import android.content.ContentProvider
import android.content.ContentValues
import android.net.Uri
import android.os.ParcelFileDescriptor
import java.io.File
import java.io.FileNotFoundException
import org.robolectric.Robolectric

private const val AUTHORITY = "org.photointerests.test.documents"

/** Another app that gives files, as those do which the system's file picker shows. */
class DocumentsProvider : ContentProvider() {
    private val files = mutableMapOf<Uri, File>()

    /** Has it give a file, and returns its address. */
    fun put(name: String, content: ByteArray): Uri = uri(name).also {
        files[it] = File.createTempFile("document", null).apply { writeBytes(content) }
    }

    fun uri(name: String): Uri = Uri.parse("content://$AUTHORITY/$name")

    override fun onCreate() = true

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        val file = files[uri] ?: throw FileNotFoundException("$uri is gone")
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.parseMode(mode))
    }

    override fun getType(uri: Uri) = "application/octet-stream"

    override fun query(
        uri: Uri,
        projection: Array<String>?,
        selection: String?,
        arguments: Array<String>?,
        order: String?
    ) = null

    override fun insert(uri: Uri, values: ContentValues?) = null

    override fun delete(uri: Uri, selection: String?, arguments: Array<String>?) = 0

    override fun update(
        uri: Uri,
        values: ContentValues?,
        selection: String?,
        arguments: Array<String>?
    ) = 0

    companion object {
        fun create(): DocumentsProvider =
            Robolectric.buildContentProvider(DocumentsProvider::class.java).create(AUTHORITY).get()
    }
}
