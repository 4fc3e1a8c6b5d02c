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
        // Any app may start this one: the navigation shall not read its extras and links.
        intent = Intent(this, MainActivity::class.java)
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        setContent { PhotoInterestsTheme { App(photoInterests) } }
    }
}
