package org.photointerests.pipeline.analysis.text

import org.photointerests.core.AnalyzerCard
import org.photointerests.core.ModelCard
import org.photointerests.core.PhotoKey
import org.photointerests.insights.interests.InterestWords

/** Reads the text of photos; [card] is that of the analyzer, null while its models are not there. */
class PhotoTexts internal constructor(
    private val rows: TextDao,
    private val bundle: ModelCard,
    private val words: InterestWords,
    private val card: () -> AnalyzerCard?
) {
    /** The lines of a photo in the order of reading; none where it is not analysed yet. */
    suspend fun ofPhoto(key: PhotoKey): List<TextLine> {
        val version = version() ?: return emptyList()
        return rows.ofPhoto(version, key.volume, key.id).map { it.line() }
    }

    /** What is written on photos about an interest, by its id; null where nothing is. */
    suspend fun mentions(interest: String): TextMentions? {
        val version = version() ?: return null
        val photos = rows.photos(version, interest).map { it.key }.ifEmpty { return null }
        return TextMentions(rows.words(version, interest), photos)
    }

    private fun version() = card()?.let { TextAnalyzer.versionOf(it, bundle, words) }
}
