package org.photointerests.ui.lock

import androidx.activity.compose.LocalActivity
import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawWithContent
import androidx.lifecycle.compose.LifecycleResumeEffect
import androidx.lifecycle.compose.LifecycleStartEffect

private const val CONTENT = "content"

/**
 * [content] while it is unlocked, or while [locks] is false; else a screen to unlock it.
 *
 * The content is not composed while it is locked, so that no dialog of it can be seen and TalkBack
 * reads nothing of it. What was open is open again afterwards.
 */
@Composable
internal fun Lockable(lock: AppLock, locks: Boolean, content: @Composable () -> Unit) {
    LockWhenLeft(lock, locks)
    val saved = rememberSaveableStateHolder()
    if (locks && !lock.isUnlocked) {
        Locked(lock)
    } else {
        // The window is shown again before anything is composed: that frame is empty too.
        Box(Modifier.drawWithContent { if (!locks || lock.isUnlocked) drawContent() }) {
            saved.SaveableStateProvider(CONTENT, content)
        }
    }
}

@Composable
private fun LockWhenLeft(lock: AppLock, locks: Boolean) {
    val activity = LocalActivity.current
    val locking by rememberUpdatedState(locks)
    LifecycleStartEffect(lock) {
        // Who turns the lock on does it from within.
        if (!locking) lock.unlock()
        onStopOrDispose { if (activity?.isChangingConfigurations != true) lock.lock() }
    }
}

@Composable
private fun Locked(lock: AppLock) {
    val prompt = rememberScreenLockPrompt(lock::unlock)
    LifecycleResumeEffect(lock) {
        if (!lock.wasAsked) {
            lock.ask()
            prompt()
        }
        onPauseOrDispose {}
    }
    LockScreen(prompt)
}
