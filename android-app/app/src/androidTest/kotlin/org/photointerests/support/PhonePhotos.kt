package org.photointerests.support

import android.Manifest.permission.READ_EXTERNAL_STORAGE
import android.Manifest.permission.READ_MEDIA_IMAGES
import android.content.ContentValues
import android.content.Context
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.os.Build
import android.provider.MediaStore
import androidx.test.platform.app.InstrumentationRegistry

private const val PREFIX = "photo-interests-test-"

/** Drawn photos in the phone's own MediaStore, known by their names; and the leave to see them. */
class PhonePhotos(private val context: Context) {
    fun allow() = InstrumentationRegistry.getInstrumentation().uiAutomation
        .grantRuntimePermission(context.packageName, readPermission())

    fun insert(count: Int) = repeat(count) { index ->
        val values = ContentValues().apply {
            put(MediaStore.Images.Media.DISPLAY_NAME, "$PREFIX$index.jpg")
            put(MediaStore.Images.Media.MIME_TYPE, "image/jpeg")
        }
        val resolver = context.contentResolver
        val collection = MediaStore.Images.Media.EXTERNAL_CONTENT_URI
        val uri = checkNotNull(resolver.insert(collection, values))
        checkNotNull(resolver.openOutputStream(uri)).use {
            drawn(index).compress(Bitmap.CompressFormat.JPEG, 85, it)
        }
    }

    fun removeAll() {
        context.contentResolver.delete(
            MediaStore.Images.Media.EXTERNAL_CONTENT_URI,
            "${MediaStore.Images.Media.DISPLAY_NAME} LIKE ?",
            arrayOf("$PREFIX%")
        )
    }

    private fun drawn(index: Int): Bitmap =
        Bitmap.createBitmap(1200, 900, Bitmap.Config.ARGB_8888).also {
            Canvas(it).drawColor(Color.HSVToColor(floatArrayOf(index * 50f % 360, 0.7f, 0.9f)))
        }

    private fun readPermission() = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
        READ_MEDIA_IMAGES
    } else {
        READ_EXTERNAL_STORAGE
    }
}
