package org.photointerests.pipeline.decode

/** Why a photo cannot be analysed; the names are stored. */
enum class PhotoProblem {
    /** There is no such file. */
    GONE,

    NO_ACCESS,

    /** Reading the file failed, for instance since a memory card was busy. */
    UNREADABLE,

    NOT_A_PHOTO,
    BROKEN,
    TOO_LARGE,

    /** The app crashed whenever it looked at the photo. */
    CRASHED
}

/** A photo that cannot be analysed. */
class PhotoException(val problem: PhotoProblem, cause: Throwable? = null) :
    Exception(problem.name, cause)
