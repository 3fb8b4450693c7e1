using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Millrace.Tests.Parsing.Conformance;

/// <summary>Compares an event with what a case expects. Only keys that the peer asserts are looked at.</summary>
static partial class ConformanceComparison
{
    /// <summary>What differs, one sentence a key.</summary>
    public static IEnumerable<string> Differences(ConformanceCase one, JsonElement expected, IReadOnlyDictionary<string, string> actual)
    {
        var hasMethod = expected.TryGetProperty("method", out var method) && method.ValueKind != JsonValueKind.Null;
        foreach (var key in expected.EnumerateObject())
        {
            var wanted = key.Value.ValueKind == JsonValueKind.Null ? null : key.Value.ToString();
            var (column, isSame) = Compare(one, key.Name, wanted, hasMethod, actual);
            if (!isSame)
            {
                yield return $"{key.Name}: expected {wanted ?? "NULL"}, {column} is {actual.GetValueOrDefault(column, "NULL")}";
            }
        }
    }

    static (string Column, bool IsSame) Compare(ConformanceCase one, string key, string? wanted, bool hasMethod, IReadOnlyDictionary<string, string> actual)
    {
        var column = ColumnOf(one, key);
        var value = actual.GetValueOrDefault(column);
        return (column, key switch
        {
            _ when wanted is null => value is null,
            "start" or "end" when one.Format == "aws_vpc_flow" => value == DateTimeOffset.FromUnixTimeSeconds(long.Parse(wanted, CultureInfo.InvariantCulture)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            "timestamp" => value is not null && IsSameTime(wanted, value),
            "target" => IsSameTarget(wanted, hasMethod, actual),
            "request_time_s" => value == ((long)(decimal.Parse(wanted, CultureInfo.InvariantCulture) * 1_000_000)).ToString(CultureInfo.InvariantCulture),
            "client" => value == WithoutPort(wanted),
            "user_agent" or "referer" => value == wanted || value == Uri.UnescapeDataString(wanted),
            _ => value == wanted || (actual.GetValueOrDefault(key) is { } own && IsSameNumber(wanted, own)),
        });
    }

    /// <summary>The column that holds what a key of the neutral form means.</summary>
    static string ColumnOf(ConformanceCase one, string key) => key switch
    {
        // CrowdSec takes the time at which the balancer received a request; the record's own time is when it answered.
        "timestamp" when one.Format == "aws-alb" => "request_creation_time",
        "client" or "client_raw" => "client_ip",
        "target" => "path",

        // The fields of a flow log that event columns hold.
        "srcaddr" => "client_ip",
        "start" => "timestamp",
        "referer" => "referrer",
        "user_agent_raw" => "user_agent",
        "request_time_s" => "duration_us",
        _ => key,
    };

    /// <summary>Some peers keep whole seconds: what they give is compared.</summary>
    static bool IsSameTime(string wanted, string value) => wanted.Contains('.', StringComparison.Ordinal) ? value == wanted : Fraction().Replace(value, "") == wanted;

    /// <summary>
    /// A target is held as path and query. Text that is no request line, which some peers give as the target, has neither, and no method.
    /// </summary>
    static bool IsSameTarget(string wanted, bool hasMethod, IReadOnlyDictionary<string, string> actual)
    {
        var path = actual.GetValueOrDefault("path");
        if (!hasMethod && !wanted.StartsWith('/') && !wanted.StartsWith("http", StringComparison.Ordinal))
        {
            return path is null && !actual.ContainsKey("method") && actual["raw"].Contains(wanted, StringComparison.Ordinal);
        }

        var local = Authority().Replace(wanted, "");
        local = local.Length == 0 || local[0] == '?' ? "/" + local : local;
        return (path + (actual.TryGetValue("query", out var query) ? "?" + query : "")) == local.TrimEnd('?');
    }

    static bool IsSameNumber(string wanted, string value) =>
        value == wanted || (decimal.TryParse(wanted, CultureInfo.InvariantCulture, out var one) && decimal.TryParse(value, CultureInfo.InvariantCulture, out var other) && one == other);

    /// <summary>Some peers leave the port with the address.</summary>
    static string WithoutPort(string client) => !IPAddress.TryParse(client, out _) && IPEndPoint.TryParse(client, out var end) ? end.Address.ToString() : client;

    [GeneratedRegex(@"\.[0-9]+(?=Z$)")]
    private static partial Regex Fraction();

    [GeneratedRegex("^[a-z]+://[^/?#]*")]
    private static partial Regex Authority();
}
