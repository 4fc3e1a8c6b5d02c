package org.photointerests.scan

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

/** How warm the phone says it is: a [WARM] one is read on slowly, a [HOT] one left to cool. */
enum class Heat { COOL, WARM, HOT }

/** The phone's heat from now on; always [Heat.COOL] before Android 10, which does not tell. */
fun Context.heat(): Flow<Heat> = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
    thermalStatus().conflate().distinctUntilChanged()
} else {
    flowOf(Heat.COOL)
}

@RequiresApi(Build.VERSION_CODES.Q)
private fun Context.thermalStatus(): Flow<Heat> = callbackFlow {
    val power = checkNotNull(getSystemService(PowerManager::class.java))
    val listener = PowerManager.OnThermalStatusChangedListener { trySend(heatOf(it)) }
    val listening = try {
        trySend(heatOf(power.currentThermalStatus))
        power.addThermalStatusListener(listener)
        true
    } catch (error: RuntimeException) {
        Log.i(TAG, "this phone does not tell its heat", error)
        trySend(Heat.COOL)
        false
    }
    awaitClose { if (listening) power.removeThermalStatusListener(listener) }
}

@RequiresApi(Build.VERSION_CODES.Q)
private fun heatOf(status: Int): Heat = when {
    status >= PowerManager.THERMAL_STATUS_SEVERE -> Heat.HOT
    status >= PowerManager.THERMAL_STATUS_MODERATE -> Heat.WARM
    else -> Heat.COOL
}
