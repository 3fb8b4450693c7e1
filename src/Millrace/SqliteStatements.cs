using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Millrace;

/// <summary>Statements of SQLite with their values: <c>$1</c> stands for the first, <c>$2</c> for the second.</summary>
public static class SqliteStatements
{
    /// <summary>A statement, ready to be run.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, params object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i] ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public static void Run(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.Prepare(sql, values);
        command.ExecuteNonQuery();
    }
}
