package org.photointerests.packs

/** Why a file was not added. */
enum class PackProblem {
    /** It is none of the files that this version of the app knows. */
    UNKNOWN,

    /** The app that has the file does not give it. */
    UNREADABLE
}

/** A file is no pack that can be added, for a reason that the user can do something about. */
class PackException(val problem: PackProblem, message: String, cause: Throwable? = null) :
    Exception(message, cause)
