package org.photointerests.model

/** A photo that cannot be read; the message says why, in one line. */
class PhotoException(message: String, cause: Throwable? = null) : Exception(message, cause)
