package org.photointerests

import android.content.Context
import android.content.Intent
import android.graphics.Color
import android.os.Bundle
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.activity.ComponentActivity
import androidx.activity.SystemBarStyle
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.photointerests.core.Theme
import org.photointerests.core.inTextLanguage
import org.photointerests.ui.App
import org.photointerests.ui.StartAction
import org.photointerests.ui.designsystem.PhotoInterestsTheme

/** The only window of the app. */
class MainActivity : ComponentActivity() {
    override fun attachBaseContext(base: Context) = super.attachBaseContext(base.inTextLanguage())

    override fun onCreate(savedInstanceState: Bundle?) {
        intent = intent.withoutContent()
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        val start = StartAction.of(intent.action)
        setContent { Window(start) }
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
        LaunchedEffect(dark) {
            val bars = SystemBarStyle.auto(Color.TRANSPARENT, Color.TRANSPARENT) { dark }
            enableEdgeToEdge(bars, bars)
        }
        LaunchedEffect(hidden) {
            window.setFlags(if (hidden) FLAG_SECURE else 0, FLAG_SECURE)
        }
        PhotoInterestsTheme(dark) { App(photoInterests, start) }
    }

    /**
     * Any app may start this one: the navigation shall not read its extras and links. Action and
     * categories stay: shortcuts have one of their own, and tests recognize the activity by them.
     */
    private fun Intent.withoutContent() = Intent(this@MainActivity, MainActivity::class.java)
        .setAction(action)
        .also { own -> categories?.forEach(own::addCategory) }
}
