package org.photointerests.ui.interests

import android.Manifest.permission.ACCESS_MEDIA_LOCATION
import android.Manifest.permission.POST_NOTIFICATIONS
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.provider.Settings
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestMultiplePermissions
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.asPaddingValues
import androidx.compose.foundation.layout.statusBars
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.LifecycleResumeEffect
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.photointerests.insights.interests.Period
import org.photointerests.pipeline.media.photoPermissions

/** The screen of interests with all that it needs: photos to see, and a scan that reads them. */
@Composable
fun InterestsRoute(
    model: InterestsViewModel,
    onOpenScan: () -> Unit,
    onOpenInterest: (categoryId: String, period: Period) -> Unit
) {
    val state by model.state.collectAsStateWithLifecycle()
    var asked by rememberSaveable { mutableStateOf(false) }
    val permissions = rememberLauncherForActivityResult(RequestMultiplePermissions()) {
        asked = true
        model.startScanIfAllowed()
    }
    LifecycleResumeEffect(model) {
        model.refreshAccess()
        onPauseOrDispose {}
    }
    val context = LocalContext.current
    val actions = InterestsActions(
        choosePhotos = { permissions.launch(permissionsToAsk()) },
        openSystemSettings = { context.openSystemSettings() },
        startScan = model::startScan,
        openScan = onOpenScan,
        choosePeriod = model::choose,
        openInterest = { id ->
            val period = (state as? InterestsState.Shown)?.period ?: Period.All
            onOpenInterest(id, period)
        }
    )
    InterestsScreen(state, actions, asked, WindowInsets.statusBars.asPaddingValues())
}

private fun permissionsToAsk(): Array<String> = buildList {
    addAll(photoPermissions())
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) add(ACCESS_MEDIA_LOCATION)
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) add(POST_NOTIFICATIONS)
}.toTypedArray()

private fun Context.openSystemSettings() = startActivity(
    Intent(
        Settings.ACTION_APPLICATION_DETAILS_SETTINGS,
        Uri.fromParts("package", packageName, null)
    )
)
