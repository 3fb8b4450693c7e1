namespace Millrace.Queries.Results;

/// <summary>Writes rows as a Parquet file, which DuckDB writes to disk first.</summary>
public static class ParquetOutput
{
    /// <summary>Writes the rows of a query.</summary>
    /// <param name="session">The session that knows what the query asks.</param>
    /// <param name="sql">The query.</param>
    /// <param name="output">Where the file goes.</param>
    /// <exception cref="UserException">The query failed, or the file could not be written.</exception>
    public static void WriteParquet(this QuerySession session, string sql, Stream output)
    {
        var local = Path.Join(Path.GetTempPath(), $"millrace-{Guid.NewGuid():N}.parquet");
        try
        {
            using (var copied = session.Execute($"COPY ({sql.TrimEnd().TrimEnd(';')}) TO {SqlText.Literal(local)} (FORMAT parquet, COMPRESSION zstd)"))
            {
                copied.Drain();
            }

            using var written = File.OpenRead(local);
            written.CopyTo(output);
        }
        finally
        {
            File.Delete(local);
        }
    }
}
