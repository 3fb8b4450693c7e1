using Millrace.Queries;

namespace Millrace.Tests.Queries;

/// <summary>What each type of DuckDB becomes as text and as JSON.</summary>
public sealed class ResultValueTests
{
    public static TheoryData<string, string, string> Values => new()
    {
        { "true", "true", "true" },
        { "127::TINYINT", "127", "127" },
        { "(-32768)::SMALLINT", "-32768", "-32768" },
        { "(-2147483648)::INTEGER", "-2147483648", "-2147483648" },
        { "9223372036854775807::BIGINT", "9223372036854775807", "9223372036854775807" },
        { "255::UTINYINT", "255", "255" },
        { "65535::USMALLINT", "65535", "65535" },
        { "4294967295::UINTEGER", "4294967295", "4294967295" },
        { "18446744073709551615::UBIGINT", "18446744073709551615", "18446744073709551615" },
        { "'-170141183460469231731687303715884105728'::HUGEINT", "-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728" },
        { "'340282366920938463463374607431768211455'::UHUGEINT", "340282366920938463463374607431768211455", "340282366920938463463374607431768211455" },
        { "0.1::FLOAT", "0.1", "0.1" },
        { "0.1::DOUBLE", "0.1", "0.1" },
        { "1e300::DOUBLE", "1E+300", "1E+300" },
        { "'nan'::DOUBLE", "NaN", "null" },
        { "'-infinity'::DOUBLE", "-Infinity", "null" },
        { "1.50::DECIMAL(4,2)", "1.50", "1.50" },
        { "-0.05::DECIMAL(9,2)", "-0.05", "-0.05" },
        { "123456789012.345::DECIMAL(18,3)", "123456789012.345", "123456789012.345" },
        { "'-12345678901234567890123456789012345678'::DECIMAL(38,0)", "-12345678901234567890123456789012345678", "-12345678901234567890123456789012345678" },
        { "TIMESTAMP '2026-11-22 10:00:00'", "2026-11-22T10:00:00Z", "\"2026-11-22T10:00:00Z\"" },
        { "TIMESTAMP '2026-11-22 10:00:00.123456'", "2026-11-22T10:00:00.123456Z", "\"2026-11-22T10:00:00.123456Z\"" },
        { "TIMESTAMPTZ '2026-11-22 10:00:00+02'", "2026-11-22T08:00:00Z", "\"2026-11-22T08:00:00Z\"" },
        { "'2026-11-22 10:00:00'::TIMESTAMP_S", "2026-11-22T10:00:00Z", "\"2026-11-22T10:00:00Z\"" },
        { "'2026-11-22 10:00:00.12'::TIMESTAMP_MS", "2026-11-22T10:00:00.12Z", "\"2026-11-22T10:00:00.12Z\"" },
        { "'2026-11-22 10:00:00.123456789'::TIMESTAMP_NS", "2026-11-22T10:00:00.123456Z", "\"2026-11-22T10:00:00.123456Z\"" },
        { "TIMESTAMP '1969-12-31 23:59:59.9'", "1969-12-31T23:59:59.9Z", "\"1969-12-31T23:59:59.9Z\"" },
        { "'infinity'::TIMESTAMP", "infinity", "\"infinity\"" },
        { "'-infinity'::TIMESTAMP", "-infinity", "\"-infinity\"" },
        { "'290000-01-01'::TIMESTAMP", "290000-01-01T00:00:00Z", "\"290000-01-01T00:00:00Z\"" },
        { "DATE '2026-11-22'", "2026-11-22", "\"2026-11-22\"" },
        { "DATE '0044-03-15 (BC)'", "-0043-03-15", "\"-0043-03-15\"" },
        { "'infinity'::DATE", "infinity", "\"infinity\"" },
        { "TIME '10:00:00.5'", "10:00:00.5", "\"10:00:00.5\"" },
        { "TIME '24:00:00'", "24:00:00", "\"24:00:00\"" },
        { "INTERVAL '14 months 3 days 4 hours 5.5 seconds'", "14 months 3 days 04:00:05.5", "\"14 months 3 days 04:00:05.5\"" },
        { "INTERVAL '-1 day'", "-1 day", "\"-1 day\"" },
        { "INTERVAL '0 seconds'", "00:00:00", "\"00:00:00\"" },
        { "'4bf92f35-77b3-4da6-a3ce-929d0e0e4736'::UUID", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736", "\"4bf92f35-77b3-4da6-a3ce-929d0e0e4736\"" },
        { "'f0000000-0000-0000-0000-000000000001'::UUID", "f0000000-0000-0000-0000-000000000001", "\"f0000000-0000-0000-0000-000000000001\"" },
        { @"'\x00\xFFa'::BLOB", "00ff61", "\"00ff61\"" },
        { "'short'", "short", "\"short\"" },
        { "'a text of more than twelve bytes, \"quoted\", é'", "a text of more than twelve bytes, \"quoted\", é", "\"a text of more than twelve bytes, \\\"quoted\\\", é\"" },
        { "''", "", "\"\"" },
        { "'{\"a\": [1, null]}'::JSON", "{\"a\": [1, null]}", "{\"a\": [1, null]}" },
        { "'b'::ENUM('a', 'b')", "b", "\"b\"" },
        { "[1, NULL, 3]", "[1,null,3]", "[1,null,3]" },
        { "[]::VARCHAR[]", "[]", "[]" },
        { "[['a'], NULL, []]", "[[\"a\"],null,[]]", "[[\"a\"],null,[]]" },
        { "{'a': 1, 'b': {'c': 'x'}}", "{\"a\":1,\"b\":{\"c\":\"x\"}}", "{\"a\":1,\"b\":{\"c\":\"x\"}}" },
        { "MAP {'k': 1, 'l': NULL}", "{\"k\":1,\"l\":null}", "{\"k\":1,\"l\":null}" },
        { "MAP {1: [TIMESTAMP '2026-11-22 10:00:00']}", "{\"1\":[\"2026-11-22T10:00:00Z\"]}", "{\"1\":[\"2026-11-22T10:00:00Z\"]}" },
        { "NULL", "NULL", "null" },
        { "NULL::INTEGER", "NULL", "null" },
        { "NULL::STRUCT(a INTEGER)", "NULL", "null" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_shown_as(string sql, string text, string json)
    {
        using var session = new QuerySession(Some.Options());

        Assert.Equal([text], session.Rows($"SELECT {sql} AS v"));
        Assert.Equal([$"{{\"v\":{json}}}"], session.Json($"SELECT {sql} AS v"));
    }

    [Fact]
    public void Values_of_many_chunks_are_those_of_their_rows()
    {
        using var session = new QuerySession(Some.Options() with { IsOrdered = true });

        var rows = session.Rows("SELECT i, CASE WHEN i % 3 > 0 THEN 'text number ' || i END, [i, i + 1], CASE WHEN i % 2 = 0 THEN {'a': i} END FROM range(10000) t(i)");

        Assert.Equal(
            Enumerable.Range(0, 10_000).Select(i => $"{i}|{(i % 3 > 0 ? $"text number {i}" : "NULL")}|[{i},{i + 1}]|{(i % 2 == 0 ? $"{{\"a\":{i}}}" : "NULL")}"),
            rows);
    }
}
