package org.photointerests.ui.interests

import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestMultiplePermissions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.LifecycleResumeEffect
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.photointerests.pipeline.media.photoPermissions
import org.photointerests.ui.designsystem.openSystemSettings

/**
 * The screen of interests with all that it needs: photos to see, and a scan that reads them.
 *
 * [links] are the ways to other screens; what concerns access and the scan is added here. The page
 * of [chosen] is beside it.
 */
@Composable
fun InterestsRoute(
    model: InterestsViewModel,
    links: InterestsActions,
    chosen: String?,
    setUp: @Composable () -> Unit,
    suggestions: (@Composable () -> Unit)?
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
    val actions = links.copy(
        choosePhotos = { permissions.launch(photoPermissions()) },
        openSystemSettings = { context.openSystemSettings() },
        startScan = model::startScan
    )
    val isScanning by model.isScanning.collectAsStateWithLifecycle(false)
    val slots = InterestsSlots(setUp, suggestions) { photos ->
        // Read here alone: the grid is not composed again while a scan runs.
        val scan by model.scan.collectAsStateWithLifecycle()
        ScanLine(scan, photos, actions.openScan)
    }
    InterestsScreen(state, actions, asked, isScanning, chosen, slots)
}
