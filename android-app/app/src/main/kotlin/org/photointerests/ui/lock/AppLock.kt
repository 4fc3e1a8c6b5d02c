package org.photointerests.ui.lock

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.lifecycle.ViewModel

/** Whether the content of a window may be seen: not at first, and not after the window was left. */
class AppLock : ViewModel() {
    var isUnlocked by mutableStateOf(false)
        private set

    /** Whether the user was asked to unlock since the window was locked. */
    var wasAsked by mutableStateOf(false)
        private set

    fun unlock() {
        isUnlocked = true
    }

    fun ask() {
        wasAsked = true
    }

    fun lock() {
        // Asking may leave the window too: the user who cancels it is not asked again at once.
        if (!isUnlocked) return
        isUnlocked = false
        wasAsked = false
    }
}
