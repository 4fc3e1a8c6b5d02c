package org.photointerests.kill

import android.database.Cursor
import android.os.CancellationSignal
import androidx.sqlite.db.SupportSQLiteDatabase
import androidx.sqlite.db.SupportSQLiteOpenHelper
import androidx.sqlite.db.SupportSQLiteQuery
import androidx.sqlite.db.SupportSQLiteStatement
import androidx.sqlite.db.framework.FrameworkSQLiteOpenHelperFactory
import androidx.test.core.app.ApplicationProvider
import java.io.File
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.Dispatchers
import org.photointerests.pipeline.index.PhotoDatabase

/**
 * What Room does in a coroutine of its own dies alone; else the next test of any class, in the same
 * process, would be told of it.
 */
private val dying = CoroutineExceptionHandler { _, error -> if (error !is Killed) throw error }

/** The database in a file, each statement of which is a step of [kill]. */
fun killableDatabase(file: File, kill: KillSwitch): PhotoDatabase = databaseBuilder(file)
    .setQueryCoroutineContext(Dispatchers.IO + dying)
    .openHelperFactory { KillableHelper(FrameworkSQLiteOpenHelperFactory().create(it), kill) }
    .build()

/** The database in a file of any folder. */
fun fileDatabase(file: File): PhotoDatabase = databaseBuilder(file).build()

private fun databaseBuilder(file: File) =
    PhotoDatabase.builder(ApplicationProvider.getApplicationContext(), file.path)

private class KillableHelper(
    private val helper: SupportSQLiteOpenHelper,
    private val kill: KillSwitch
) : SupportSQLiteOpenHelper by helper {
    override val writableDatabase get() = KillableConnection(helper.writableDatabase, kill)

    override val readableDatabase get() = KillableConnection(helper.readableDatabase, kill)
}

private class KillableConnection(
    private val database: SupportSQLiteDatabase,
    private val kill: KillSwitch
) : SupportSQLiteDatabase by database {
    override fun beginTransaction() {
        kill.step()
        database.beginTransaction()
    }

    override fun beginTransactionNonExclusive() {
        kill.step()
        database.beginTransactionNonExclusive()
    }

    /** Both sides of a commit; what was killed before is rolled back in the old file alone. */
    override fun endTransaction() {
        if (kill.killed) return database.endTransaction()
        try {
            kill.step()
        } finally {
            database.endTransaction()
        }
        kill.step()
    }

    override fun compileStatement(sql: String): SupportSQLiteStatement =
        KillableStatement(database.compileStatement(sql), kill)

    override fun query(query: SupportSQLiteQuery): Cursor = kill.step { database.query(query) }

    override fun query(query: SupportSQLiteQuery, cancellationSignal: CancellationSignal?): Cursor =
        kill.step { database.query(query, cancellationSignal) }

    override fun execSQL(sql: String) = kill.step { database.execSQL(sql) }
}

private class KillableStatement(
    private val statement: SupportSQLiteStatement,
    private val kill: KillSwitch
) : SupportSQLiteStatement by statement {
    override fun execute() = kill.step { statement.execute() }

    override fun executeInsert() = kill.step { statement.executeInsert() }

    override fun executeUpdateDelete() = kill.step { statement.executeUpdateDelete() }
}
