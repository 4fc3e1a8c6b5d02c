package org.photointerests.pipeline.decode

/** Markers of JPEG (ITU-T T.81, table B.1), without the byte [PREFIX] before each. */
internal object JpegMarker {
    const val PREFIX = 0xFF
    const val END = 0xD9
    const val SCAN = 0xDA
    const val APP1 = 0xE1
    const val APP2 = 0xE2
    private const val TEMPORARY = 0x01
    private const val TABLES = 0xC4
    private const val EXTENSION = 0xC8
    private const val CONDITIONING = 0xCC

    /** Whether no content follows: restarts, start, end. */
    fun isAlone(marker: Int) = marker in 0xD0..END || marker == TEMPORARY || marker == 0

    fun isFrame(marker: Int) =
        marker in 0xC0..0xCF && marker != TABLES && marker != EXTENSION && marker != CONDITIONING

    fun isProgressive(marker: Int) = isFrame(marker) && marker and 3 == 2
}
