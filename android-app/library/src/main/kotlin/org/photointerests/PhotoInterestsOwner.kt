package org.photointerests

import android.annotation.SuppressLint
import android.content.Context

/** An application that has a pipeline of its own, for instance over another gallery. */
interface PhotoInterestsOwner {
    val photoInterests: PhotoInterests
}

/** The pipeline of the app that this context belongs to: one for the whole process. */
val Context.photoInterests: PhotoInterests
    get() = (applicationContext as? PhotoInterestsOwner)?.photoInterests ?: Shared.get(this)

// It holds the application's context alone, which lives as long.
@SuppressLint("StaticFieldLeak")
private object Shared {
    private var instance: PhotoInterests? = null

    fun get(context: Context): PhotoInterests = synchronized(this) {
        instance ?: PhotoInterests(context.applicationContext).also { instance = it }
    }
}
