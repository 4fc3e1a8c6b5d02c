package org.photointerests.support

import java.io.File
import java.nio.ByteBuffer
import org.photointerests.insights.interests.InterestWords

/** The words in texts that name interests of the released bundle. */
internal object TestWords {
    val words by lazy {
        val table = File(System.getProperty("contract"), "../../$TABLE")
        InterestWords(TestBundle.bundle.card, ByteBuffer.wrap(table.readBytes()))
    }

    private const val TABLE = "photo_interests/analysis/text/interest_words.csv"
}
