package org.photointerests.ui.transfer

import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.CreateDocument
import androidx.activity.result.contract.ActivityResultContracts.OpenDocument
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.collectAsStateWithLifecycle

private const val TYPE = "application/json"
private const val FILE = "photo-interests.json"

/** The page of files of profiles, with the system's pickers that it needs. */
@Composable
fun TransferRoute(model: TransferViewModel, onBack: () -> Unit) {
    val state by model.state.collectAsStateWithLifecycle()
    val context = LocalContext.current
    val resolver = context.contentResolver
    val create = rememberLauncherForActivityResult(CreateDocument(TYPE)) { address ->
        if (address != null) model.save { resolver.openOutputStream(address, "wt") }
    }
    val open = rememberLauncherForActivityResult(OpenDocument()) { address ->
        if (address != null) model.import { resolver.openInputStream(address) }
    }
    val actions = TransferActions(
        onBack,
        save = { create.launch(FILE) },
        share = { model.share { context.shareFile(it, TYPE) } },
        // Other apps may call a JSON file by another type.
        import = { open.launch(arrayOf(TYPE, "text/*", "application/octet-stream")) }
    )
    TransferScreen(state, actions)
}
