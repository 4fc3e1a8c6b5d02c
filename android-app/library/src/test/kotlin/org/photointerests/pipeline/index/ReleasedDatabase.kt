package org.photointerests.pipeline.index

import android.content.Context
import android.database.sqlite.SQLiteDatabase
import java.io.File
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** Creates a database as the app of an earlier [version] did, and [fill]s it. */
internal fun createDatabase(
    context: Context,
    name: String,
    version: Int,
    fill: (SQLiteDatabase) -> Unit
) {
    val schemas = "schemas/${PhotoDatabase::class.java.name}/$version.json"
    val schema = Json.parseToJsonElement(File(schemas).readText()).jsonObject
        .getValue("database").jsonObject
    val path = context.getDatabasePath(name).apply { parentFile?.mkdirs() }
    SQLiteDatabase.openOrCreateDatabase(path, null).use { file ->
        for (entity in schema.getValue("entities").jsonArray.map { it.jsonObject }) {
            val table = entity.getValue("tableName").jsonPrimitive.content
            val statements =
                listOf(entity) + entity["indices"]?.jsonArray.orEmpty().map { it.jsonObject }
            statements.forEach {
                val sql = it.getValue("createSql").jsonPrimitive.content
                file.execSQL(sql.replace("\${TABLE_NAME}", table))
            }
        }
        schema.getValue("setupQueries").jsonArray
            .forEach { file.execSQL(it.jsonPrimitive.content) }
        file.version = version
        fill(file)
    }
}
