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

    /** More than a sixteenth of the picture is missing. */
    CUT_OFF,

    /** A picture of a kind whose pixels cannot be read rightly. */
    UNSUPPORTED,
    TOO_LARGE,

    /** A strip of a few pixels, or all of one colour. */
    NOTHING_TO_SEE,

    /** Reading it took longer than a photo may take. */
    TOO_SLOW,

    /** The app crashed whenever it looked at the photo. */
    CRASHED
}

/** A photo that cannot be analysed. */
class PhotoException(val problem: PhotoProblem, cause: Throwable? = null) :
    Exception(problem.name, cause)
