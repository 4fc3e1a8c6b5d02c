package org.photointerests.core

import java.nio.ByteBuffer
import java.nio.ByteOrder

/** Memory that native code reads and writes in place, in the byte order of the phone. */
internal fun directBuffer(bytes: Int): ByteBuffer =
    ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder())
