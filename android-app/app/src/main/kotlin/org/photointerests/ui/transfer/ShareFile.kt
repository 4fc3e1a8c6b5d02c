package org.photointerests.ui.transfer

import android.content.ClipData
import android.content.Context
import android.content.Intent
import androidx.core.content.FileProvider
import java.io.File

/** Opens the system's share sheet with a file: what the user chooses there may read it, once. */
internal fun Context.shareFile(file: File, type: String) {
    val address = FileProvider.getUriForFile(this, "$packageName.export", file)
    val send = Intent(Intent.ACTION_SEND)
        .setType(type)
        .putExtra(Intent.EXTRA_STREAM, address)
        .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    send.clipData = ClipData.newRawUri(file.name, address)
    startActivity(Intent.createChooser(send, null))
}
