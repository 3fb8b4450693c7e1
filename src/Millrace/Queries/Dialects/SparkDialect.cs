namespace Millrace.Queries.Dialects;

/// <summary>Spark SQL 3.5 and later.</summary>
sealed class SparkDialect : SqlDialect
{
    protected override string ThisYear => "CAST(year(current_date()) AS STRING)";

    public override string TextType => "STRING";

    public override string Identifier(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    public override string Text(string value) => $"nullif(nullif({value}, ''), '-')";

    protected override string Time(string value, string pattern) => $"try_to_timestamp({value}, {Literal(pattern)})";

    protected override string FirstOfList(string value) => $"get_json_object({value}, '$[0]')";

    protected override string IsoTime(string value) => $"try_cast(replace({value}, ',', '.') AS TIMESTAMP)";

    protected override string EpochTime(string value) =>
        $"timestamp_micros(CAST({Count(value)} * CASE WHEN {Count(value)} < 1e11 THEN 1000000 WHEN {Count(value)} < 1e14 THEN 1000 WHEN {Count(value)} < 1e17 THEN 1 ELSE 0.001 END AS BIGINT))";

    protected override string SumOfSeconds(string value) =>
        $"CASE WHEN {value} RLIKE '[0-9]' THEN aggregate(split({value}, ' *[,:] *'), CAST(0 AS BIGINT), (sum, one) -> sum + coalesce(CAST(floor({Count("one")} * 1000000) AS BIGINT), 0)) END";
}
