package org.photointerests.ui.setup

import android.Manifest.permission.POST_NOTIFICATIONS
import android.os.Build
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import org.photointerests.PhotoInterests
import org.photointerests.feedback.feedback
import org.photointerests.ui.settings

/** The steps before the first scan; the last asks for the notification that it has explained. */
@Composable
internal fun SetUpRoute(container: PhotoInterests) {
    val model = viewModel {
        SetUpViewModel(
            container.source,
            container.database.feedback(),
            container.scans,
            container.settings,
            container.errors
        )
    }
    val state by model.state.collectAsStateWithLifecycle()
    // A scan runs without it too.
    val notifications = rememberLauncherForActivityResult(RequestPermission()) { model.finish() }
    val actions = SetUpActions(
        model::setRead,
        model::setAutoScan,
        model::setOnlyCharging,
        finish = {
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
                notifications.launch(POST_NOTIFICATIONS)
            } else {
                model.finish()
            }
        }
    )
    SetUpScreen(state, actions)
}
