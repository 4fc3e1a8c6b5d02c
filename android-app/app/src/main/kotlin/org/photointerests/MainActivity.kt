package org.photointerests

import android.content.Context
import android.content.Intent
import android.graphics.Color
import android.os.Build
import android.os.Bundle
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.activity.ComponentActivity
import androidx.activity.SystemBarStyle
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.annotation.RequiresApi
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.photointerests.core.Theme
import org.photointerests.core.inTextLanguage
import org.photointerests.ui.App
import org.photointerests.ui.StartAction
import org.photointerests.ui.designsystem.PhotoInterestsTheme
import org.photointerests.ui.lock.AppLock
import org.photointerests.ui.lock.Lockable

/** The only window of the app. */
class MainActivity : ComponentActivity() {
    private val lock by viewModels<AppLock>()

    override fun attachBaseContext(base: Context) = super.attachBaseContext(base.inTextLanguage())

    override fun onCreate(savedInstanceState: Bundle?) {
        intent = intent.withoutContent()
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        val start = StartAction.of(intent.action)
        setContent { Window(start) }
    }

    override fun onStop() {
        super.onStop()
        // Choices of the user are on the home screen too.
        photoInterests.reportChange()
    }

    /** The app as the user wants it to look, and to be seen by others. */
    @Composable
    private fun Window(start: StartAction?) {
        val choices by photoInterests.settings.choices.collectAsStateWithLifecycle(null)
        val dark = when (choices?.theme) {
            Theme.LIGHT -> false
            Theme.DARK -> true
            else -> isSystemInDarkTheme()
        }
        val hidden = choices?.hideInRecents == true
        val locks = choices?.appLock
        LaunchedEffect(dark) {
            val bars = SystemBarStyle.auto(Color.TRANSPARENT, Color.TRANSPARENT) { dark }
            enableEdgeToEdge(bars, bars)
        }
        LaunchedEffect(hidden, locks) { setHidden(hidden, locks == true) }
        PhotoInterestsTheme(dark) {
            // Nothing is shown before it is known whether it may be.
            if (locks == null) {
                Surface(Modifier.fillMaxSize()) {}
            } else {
                Lockable(lock, locks) { App(photoInterests, start) }
            }
        }
    }

    /** Keeps the list of recent apps from showing the window; [hidden] keeps screenshots out too. */
    private fun setHidden(hidden: Boolean, locked: Boolean) {
        val canHidePreview = Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU
        if (canHidePreview) setPreviewShown(!hidden && !locked)
        val secure = hidden || (locked && !canHidePreview)
        window.setFlags(if (secure) FLAG_SECURE else 0, FLAG_SECURE)
    }

    @RequiresApi(Build.VERSION_CODES.TIRAMISU)
    private fun setPreviewShown(shown: Boolean) = setRecentsScreenshotEnabled(shown)

    /**
     * Any app may start this one: the navigation shall not read its extras and links. Action and
     * categories stay: shortcuts have one of their own, and tests recognize the activity by them.
     */
    private fun Intent.withoutContent() = Intent(this@MainActivity, MainActivity::class.java)
        .setAction(action)
        .also { own -> categories?.forEach(own::addCategory) }
}
