package org.photointerests.core

import android.content.Context
import java.io.File

/** How many bytes there are of what, in the folder of this app. */
data class StoredBytes(
    val photos: Long,
    val settings: Long,
    val catalogue: Long,
    val export: Long,
    val models: Long,
    val other: Long
) {
    val all: Long get() = photos + settings + catalogue + export + models + other
}

/** All files that the app has written, whatever for; links to elsewhere are not followed. */
internal fun Context.writtenBytes(): Long = dataDir.walkTopDown()
    .onEnter { it == dataDir || it.isOwn() }
    .filter { it.isFile && it.isOwn() }
    .sumOf { it.length() }

private fun File.isOwn() = File(parentFile?.canonicalFile, name) == canonicalFile
