package org.photointerests

import android.content.Context
import android.content.Intent
import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import org.photointerests.core.inTextLanguage
import org.photointerests.ui.App
import org.photointerests.ui.designsystem.PhotoInterestsTheme

/** The only window of the app. */
class MainActivity : ComponentActivity() {
    override fun attachBaseContext(base: Context) = super.attachBaseContext(base.inTextLanguage())

    override fun onCreate(savedInstanceState: Bundle?) {
        intent = intent.withoutContent()
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        setContent { PhotoInterestsTheme { App(photoInterests) } }
    }

    /**
     * Any app may start this one: the navigation shall not read its extras and links. Action and
     * categories stay, by which tests recognize the activity that they started.
     */
    private fun Intent.withoutContent() = Intent(this@MainActivity, MainActivity::class.java)
        .setAction(action)
        .also { own -> categories?.forEach(own::addCategory) }
}
