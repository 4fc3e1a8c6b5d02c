package org.photointerests.model

/** Why a photo cannot be read. */
enum class PhotoProblem { GONE, NO_ACCESS, NOT_A_PHOTO, BROKEN, TOO_LARGE }

/** A photo that cannot be read. */
class PhotoException(val problem: PhotoProblem, cause: Throwable? = null) :
    Exception(problem.name, cause)
