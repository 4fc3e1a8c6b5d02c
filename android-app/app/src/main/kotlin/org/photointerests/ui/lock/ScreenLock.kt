package org.photointerests.ui.lock

import android.app.Activity
import android.app.KeyguardManager
import android.content.Context
import android.hardware.biometrics.BiometricManager.Authenticators.BIOMETRIC_WEAK
import android.hardware.biometrics.BiometricManager.Authenticators.DEVICE_CREDENTIAL
import android.hardware.biometrics.BiometricPrompt
import android.os.Build
import android.os.CancellationSignal
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.StartActivityForResult
import androidx.annotation.RequiresApi
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import org.photointerests.R

private val Context.keyguard get() = getSystemService(KeyguardManager::class.java)

/** Whether the phone has a PIN, a pattern or a password: without one there is nothing to ask for. */
internal fun Context.hasScreenLock(): Boolean = keyguard.isDeviceSecure

/**
 * What asks for a fingerprint, a face or the phone's screen lock, and then calls [onSuccess].
 *
 * A phone without a screen lock asks for nothing: to remove the lock, the user has already given it.
 */
@Composable
internal fun rememberScreenLockPrompt(onSuccess: () -> Unit): () -> Unit {
    val context = LocalContext.current
    val title = stringResource(R.string.lock_prompt)
    val succeed by rememberUpdatedState(onSuccess)
    val confirm = rememberLauncherForActivityResult(StartActivityForResult()) {
        if (it.resultCode == Activity.RESULT_OK) succeed()
    }
    return {
        when {
            !context.hasScreenLock() -> succeed()
            Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q -> context.prompt(title) { succeed() }
            else -> confirm.launch(context.confirmation(title))
        }
    }
}

// What comes in its place begins with Android 10.
@Suppress("DEPRECATION")
private fun Context.confirmation(title: String) =
    keyguard.createConfirmDeviceCredentialIntent(title, null)

@RequiresApi(Build.VERSION_CODES.Q)
private fun Context.prompt(title: String, onSuccess: () -> Unit) {
    BiometricPrompt.Builder(this).setTitle(title).allowScreenLock().build()
        .authenticate(CancellationSignal(), mainExecutor, OnSuccess(onSuccess))
}

@RequiresApi(Build.VERSION_CODES.Q)
private class OnSuccess(private val action: () -> Unit) : BiometricPrompt.AuthenticationCallback() {
    override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult?) = action()
}

@RequiresApi(Build.VERSION_CODES.Q)
@Suppress("DEPRECATION")
private fun BiometricPrompt.Builder.allowScreenLock() =
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
        setAllowedAuthenticators(BIOMETRIC_WEAK or DEVICE_CREDENTIAL)
    } else {
        setDeviceCredentialAllowed(true)
    }
