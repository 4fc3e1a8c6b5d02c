package org.photointerests.pipeline.runtime

import android.content.Context
import android.os.Build
import android.os.PowerManager
import android.util.Log
import androidx.annotation.RequiresApi
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flowOf

private const val TAG = "Heat"

/** How warm the phone says it is: a [MODERATE] one is read on slowly, a [SEVERE] one left to cool. */
enum class ThermalState { NOMINAL, MODERATE, SEVERE }

/** The phone's thermalState from now on; always [ThermalState.NOMINAL] before Android 10, which does not report. */
fun Context.thermalState(): Flow<ThermalState> = if (Build.VERSION.SDK_INT >=
    Build.VERSION_CODES.Q
) {
    thermalStatus().conflate().distinctUntilChanged()
} else {
    flowOf(ThermalState.NOMINAL)
}

@RequiresApi(Build.VERSION_CODES.Q)
private fun Context.thermalStatus(): Flow<ThermalState> = callbackFlow {
    val power = checkNotNull(getSystemService(PowerManager::class.java))
    val listener = PowerManager.OnThermalStatusChangedListener { trySend(thermalStateOf(it)) }
    val listening = try {
        trySend(thermalStateOf(power.currentThermalStatus))
        power.addThermalStatusListener(listener)
        true
    } catch (error: RuntimeException) {
        Log.i(TAG, "this phone does not report its thermalState", error)
        trySend(ThermalState.NOMINAL)
        false
    }
    awaitClose { if (listening) power.removeThermalStatusListener(listener) }
}

@RequiresApi(Build.VERSION_CODES.Q)
private fun thermalStateOf(status: Int): ThermalState = when {
    status >= PowerManager.THERMAL_STATUS_SEVERE -> ThermalState.SEVERE
    status >= PowerManager.THERMAL_STATUS_MODERATE -> ThermalState.MODERATE
    else -> ThermalState.NOMINAL
}
