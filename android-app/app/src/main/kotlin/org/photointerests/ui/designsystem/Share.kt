package org.photointerests.ui.designsystem

import android.content.ClipData
import android.content.Context
import android.content.Intent
import android.net.Uri
import java.util.ArrayList
import org.photointerests.core.PhotoKey

/** Opens the system's share sheet with photos: what the user chooses there may read them. */
fun Context.sharePhotos(photos: Collection<PhotoKey>) {
    if (photos.isEmpty()) return
    val addresses = ArrayList<Uri>(photos.map { it.uri })
    val send = if (addresses.size == 1) {
        // Many apps take a single one alone.
        Intent(Intent.ACTION_SEND).putExtra(Intent.EXTRA_STREAM, addresses.single())
    } else {
        Intent(Intent.ACTION_SEND_MULTIPLE)
            .putParcelableArrayListExtra(Intent.EXTRA_STREAM, addresses)
    }
    send.setType("image/*").addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    // Permission to read goes with the clip alone, and the chooser takes it from there.
    send.clipData = ClipData.newRawUri(null, addresses.first()).apply {
        addresses.drop(1).forEach { addItem(ClipData.Item(it)) }
    }
    startActivity(Intent.createChooser(send, null))
}
