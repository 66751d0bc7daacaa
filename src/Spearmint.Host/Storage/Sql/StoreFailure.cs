using Microsoft.Data.Sqlite;
using Npgsql;
using Spearmint.Domain;

namespace Spearmint.Host.Storage.Sql;

/// <summary>What a failure of a database means.</summary>
internal static class StoreFailure
{
    // of SQLite: a constraint, a value that is too big or of the wrong type, or one that cannot be bound comes of what is written
    private static readonly int[] LastingSqliteErrors = [18, 19, 20, 25];

    /// <summary>Whether another attempt is worth while. Classes of SQLSTATE: 22 is data, 23 a constraint, 42 a statement that is wrong, 54 a limit.</summary>
    public static bool MayPass(Exception failure) => failure switch
    {
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['4', '2', ..] or ['5', '4', ..] } => false,
        SqliteException sqlite => !LastingSqliteErrors.Contains(sqlite.SqliteErrorCode),
        _ => SinkOptions.Default.MayPass(failure),
    };

    /// <summary>Whether it comes of what was to be written, so that the rest may go without it.</summary>
    public static bool IsOfEvents(Exception failure) => !MayPass(failure) && failure is not PostgresException { SqlState: ['4', '2', ..] };
}
