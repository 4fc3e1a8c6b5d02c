package org.photointerests.ui.suggestions

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.OpenDocument
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalResources
import androidx.core.net.toUri
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import java.io.FileNotFoundException
import java.io.InputStream
import org.photointerests.R
import org.photointerests.core.PhotoKey
import org.photointerests.ui.designsystem.Snackbars
import org.photointerests.ui.open

// Phones know no type of file for catalogues.
private val ANY_FILE = arrayOf("*/*")

/** Products that come with the app. */
private const val SAMPLE = "sample.catalogue"

/** The screen of suggestions with the system's file picker and the way to the browser. */
@Composable
fun SuggestionsRoute(
    model: SuggestionsViewModel,
    snackbars: Snackbars,
    onBack: (() -> Unit)?,
    onOpenPhoto: (PhotoKey) -> Unit
) {
    val state by model.state.collectAsStateWithLifecycle()
    val context = LocalContext.current
    val resources = LocalResources.current
    val files = context.applicationContext
    val picker = rememberLauncherForActivityResult(OpenDocument()) { document ->
        if (document != null) model.choose { files.openDocument(document) }
    }
    val actions = SuggestionsActions(
        choose = { picker.launch(ANY_FILE) },
        chooseSample = { model.choose { files.assets.open(SAMPLE) } },
        remove = model::remove,
        openLink = { context.openInBrowser(it) },
        openPhoto = onOpenPhoto,
        reject = {
            val text = resources.getString(R.string.suggestions_rejected, it.title)
            snackbars.offer(model.reject(it, text))
        },
        back = onBack
    )
    SuggestionsScreen(state, actions)
}

private fun Context.openDocument(document: Uri): InputStream =
    contentResolver.openInputStream(document) ?: throw FileNotFoundException("$document is gone")

/** The one thing that leaves this phone, and only when it is asked for: an address. */
private fun Context.openInBrowser(link: String) {
    try {
        startActivity(
            Intent(Intent.ACTION_VIEW, link.toUri()).addCategory(Intent.CATEGORY_BROWSABLE)
        )
    } catch (_: ActivityNotFoundException) {
        // A phone without a browser.
    }
}
