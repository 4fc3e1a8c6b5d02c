package org.photointerests.ui.analyzers

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.app.Activity
import android.os.Build
import androidx.activity.compose.LocalActivity
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.lifecycle.compose.LifecycleResumeEffect
import org.photointerests.ui.designsystem.openSystemSettings

/**
 * Whether Android lets the app see where photos were taken.
 *
 * [ask] shows the question of the system. [askAgain] is for who refused before: where the system does
 * not ask any more, it opens the system's settings, which alone can change that.
 */
class PlaceAccess(val isAllowed: Boolean, val ask: () -> Unit = {}, val askAgain: () -> Unit = {})

/** Access as it is now, and after each return to the app; [onAllowed] is called once it is given. */
@Composable
internal fun rememberPlaceAccess(isAllowed: () -> Boolean, onAllowed: () -> Unit): PlaceAccess {
    val activity = LocalActivity.current
    var allowed by remember { mutableStateOf(isAllowed()) }
    var opensSettings by rememberSaveable { mutableStateOf(false) }
    val refresh = {
        val isNew = isAllowed() && !allowed
        allowed = isAllowed()
        if (isNew) onAllowed()
    }
    val permission = rememberLauncherForActivityResult(RequestPermission()) { granted ->
        refresh()
        if (!granted && opensSettings && activity?.isRefusalFinal() == true) {
            activity.openSystemSettings()
        }
    }
    LifecycleResumeEffect(isAllowed) {
        refresh()
        onPauseOrDispose {}
    }
    val launch = { again: Boolean ->
        opensSettings = again
        // Before Android 10 nothing is hidden.
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
            permission.launch(ACCESS_MEDIA_LOCATION)
        }
    }
    return PlaceAccess(allowed, ask = { launch(false) }, askAgain = { launch(true) })
}

/** Whether the system shows the question no more. */
private fun Activity.isRefusalFinal() = Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q &&
    !shouldShowRequestPermissionRationale(ACCESS_MEDIA_LOCATION)
