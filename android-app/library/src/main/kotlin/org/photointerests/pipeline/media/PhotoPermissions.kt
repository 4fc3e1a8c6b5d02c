package org.photointerests.pipeline.media

import android.Manifest.permission.READ_EXTERNAL_STORAGE
import android.Manifest.permission.READ_MEDIA_IMAGES
import android.Manifest.permission.READ_MEDIA_VISUAL_USER_SELECTED
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import android.os.Build.VERSION_CODES.TIRAMISU
import android.os.Build.VERSION_CODES.UPSIDE_DOWN_CAKE

/** The permissions to ask for; asking again with partial access reopens the picker. */
fun photoPermissions(sdk: Int = Build.VERSION.SDK_INT): Array<String> = when {
    sdk >= UPSIDE_DOWN_CAKE -> arrayOf(READ_MEDIA_IMAGES, READ_MEDIA_VISUAL_USER_SELECTED)
    sdk >= TIRAMISU -> arrayOf(READ_MEDIA_IMAGES)
    else -> arrayOf(READ_EXTERNAL_STORAGE)
}

/** What the user allows. Full access comes first: with it the partial permission is held too. */
internal fun Context.photoAccess(): PhotoAccess {
    val (full, partial) = photoPermissions().let { it.first() to it.getOrNull(1) }
    return when {
        holds(full) -> PhotoAccess.FULL
        partial != null && holds(partial) -> PhotoAccess.PARTIAL
        else -> PhotoAccess.DENIED
    }
}

private fun Context.holds(permission: String) =
    checkSelfPermission(permission) == PERMISSION_GRANTED
