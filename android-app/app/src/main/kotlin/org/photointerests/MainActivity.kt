package org.photointerests

import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import org.photointerests.ui.App
import org.photointerests.ui.theme.PhotoInterestsTheme

/** The only window of the app. */
class MainActivity : ComponentActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        setContent { PhotoInterestsTheme { App(photoInterests) } }
    }
}
