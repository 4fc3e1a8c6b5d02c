package org.photointerests.ui.fault

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.material3.Button
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.store.Fault
import org.photointerests.ui.Message

/** Says what keeps the app from working, and what helps. */
@Composable
fun FaultScreen(fault: Fault, onTryAgain: () -> Unit) = Surface {
    Message(
        R.drawable.ic_broken_photo,
        stringResource(fault.title()),
        stringResource(fault.text()),
        Modifier.safeDrawingPadding()
    ) {
        if (fault != Fault.MODEL_DAMAGED) {
            Button(onTryAgain) { Text(stringResource(R.string.fault_try_again)) }
        }
    }
}

@StringRes
private fun Fault.title(): Int = when (this) {
    Fault.STORAGE_FULL -> R.string.fault_storage_full
    Fault.STORAGE_DAMAGED -> R.string.fault_storage_damaged
    Fault.STORAGE_UNREADABLE -> R.string.fault_storage_unreadable
    Fault.MODEL_DAMAGED -> R.string.fault_model_damaged
}

@StringRes
private fun Fault.text(): Int = when (this) {
    Fault.STORAGE_FULL -> R.string.fault_storage_full_text
    Fault.STORAGE_DAMAGED -> R.string.fault_storage_damaged_text
    Fault.STORAGE_UNREADABLE -> R.string.fault_storage_unreadable_text
    Fault.MODEL_DAMAGED -> R.string.fault_model_damaged_text
}
