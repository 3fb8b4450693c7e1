namespace Millrace.Queries.Dialects;

/// <summary>Athena engine version 3, which is Trino.</summary>
sealed class AthenaDialect : SqlDialect
{
    protected override string ThisYear => "CAST(year(current_date) AS varchar)";

    public override string TextType => "varchar";

    public override string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public override string Text(string value) => $"nullif(nullif({value}, ''), '-')";

    protected override string Time(string value, string pattern) => Utc($"try(parse_datetime({value}, {Literal(pattern)}))");

    protected override string FirstOfList(string value) => $"try(json_extract_scalar({value}, '$[0]'))";

    protected override string IsoTime(string value) => Utc($"try(from_iso8601_timestamp(replace(replace({value}, ' ', 'T'), ',', '.')))");

    protected override string EpochTime(string value) =>
        Utc($"from_unixtime_nanos(CAST({Count(value)} * CASE WHEN {Count(value)} < 1e11 THEN 1000000000 WHEN {Count(value)} < 1e14 THEN 1000000 WHEN {Count(value)} < 1e17 THEN 1000 ELSE 1 END AS bigint))");

    protected override string SumOfSeconds(string value) =>
        $"CASE WHEN regexp_like({value}, '[0-9]') THEN reduce(regexp_split({value}, ' *[,:] *'), CAST(0 AS bigint), (sum, one) -> sum + coalesce(CAST(floor({Count("one")} * 1000000) AS bigint), 0), sum -> sum) END";

    static string Utc(string time) => $"CAST({time} AT TIME ZONE 'UTC' AS timestamp(6))";
}
