package org.photointerests.sample

import android.os.Bundle
import android.widget.TextView
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts.RequestMultiplePermissions
import androidx.lifecycle.lifecycleScope
import kotlinx.coroutines.launch
import org.photointerests.insights.interests.Period
import org.photointerests.photoInterests
import org.photointerests.pipeline.media.photoPermissions

/** Asks for the photos, has them read, and names the interests found so far. */
class SampleActivity : ComponentActivity() {
    private val askAndScan = registerForActivityResult(RequestMultiplePermissions()) {
        lifecycleScope.launch { photoInterests.scans.start() }
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        val names = TextView(this).also(::setContentView)
        lifecycleScope.launch {
            photoInterests.scans.state.collect {
                val found = photoInterests.interests.profile(Period.All, mostPhotos = 1).interests
                names.text = found.joinToString("\n") { it.category.names.getValue("en") }
            }
        }
        askAndScan.launch(photoPermissions())
    }
}
