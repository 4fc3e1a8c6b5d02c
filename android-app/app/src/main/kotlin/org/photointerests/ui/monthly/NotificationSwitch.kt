package org.photointerests.ui.monthly

import android.Manifest.permission.POST_NOTIFICATIONS
import android.content.Context
import android.content.Intent
import android.os.Build
import android.provider.Settings
import android.widget.Toast
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalContext
import androidx.core.app.NotificationManagerCompat
import org.photointerests.R

/**
 * Calls [set], and asks first for the permission that turning notifications on needs.
 *
 * Where the user has refused it, the settings of the phone open, which alone can change that.
 */
@Composable
internal fun rememberNotificationSwitch(set: (Boolean) -> Unit): (Boolean) -> Unit {
    val context = LocalContext.current
    val permission = rememberLauncherForActivityResult(RequestPermission()) { granted ->
        if (granted) set(true) else context.explain()
    }
    return { on ->
        when {
            !on || NotificationManagerCompat.from(context).areNotificationsEnabled() -> set(on)
            Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU ->
                permission.launch(POST_NOTIFICATIONS)
            else -> context.explain()
        }
    }
}

private fun Context.explain() {
    Toast.makeText(this, R.string.settings_monthly_refused, Toast.LENGTH_LONG).show()
    startActivity(
        Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS)
            .putExtra(Settings.EXTRA_APP_PACKAGE, packageName)
    )
}
