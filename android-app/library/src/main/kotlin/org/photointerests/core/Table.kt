package org.photointerests.core

/**
 * Rows of a table that is a part of this library, each by the names of its columns.
 *
 * [path] is that of a file of tabs, whose first line names the columns.
 */
internal fun rowsOf(path: String): List<Map<String, String>> {
    val file = checkNotNull(ModelCard::class.java.getResourceAsStream(path)) { "no file $path" }
    val lines = file.bufferedReader().useLines { all -> all.filter { it.isNotEmpty() }.toList() }
    val columns = lines.first().split('\t')
    return lines.drop(1).map { line ->
        val cells = line.split('\t')
        require(cells.size == columns.size) {
            "$path: expected ${columns.size} columns, received \"$line\""
        }
        columns.zip(cells).toMap()
    }
}
