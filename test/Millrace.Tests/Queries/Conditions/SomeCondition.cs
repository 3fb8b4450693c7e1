using System.Globalization;
using System.Net;
using Millrace.Events;

namespace Millrace.Tests.Queries.Conditions;

/// <summary>Conditions and values at random, close enough to each other to meet now and then.</summary>
sealed class SomeCondition(int seed)
{
    static readonly string[] Texts =
    [
        "", "a", "b", "ab", "A", "orders", "Orders", "it's", "say \"hi\", you", "\\", "x\\\"y", "größer", "😀", "\uFFFD", "ä", "a\u0308", " a ",
        "NULL", "50%", "a_b", "=", "~", "!", "new\nline", "\t",
    ];
    static readonly string[] Levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "warn", "AUDIT", "", "Warnung"];
    static readonly string[] Addresses =
    [
        "10.0.0.1", "10.255.1.2", "192.168.0.1", "198.51.100.7", "198.51.100.70", "::ffff:10.0.0.1", "::ffff:c633:6407", "2001:db8::1",
        "2001:DB8:0:0::2", "2001:db9::1", "::", "::1", "fe80::1%eth0",
        "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:192.0.2.1", "unknown", "", "10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.1.2", "[::1]", ":", ":::", "1:::2",
        "::1::", "10.0.0.1:80", "::g", "12345::", "%", "::%",
    ];

    static readonly string[] Networks =
    [
        "10.0.0.0/8", "10.0.0.1/8", "192.168.0.0/16", "198.51.100.0/26", "0.0.0.0/0", "2001:db8::/32", "2001:db8::/127", "::/0", "::1/128",
        "10.0.0.1/32", "::ffff:10.0.0.0/104", "fe80::/10",
    ];
    static readonly string[] Numbers =
    [
        "0", "1", "-1", "5", "50", "404", "499", "500", "503", "599", "600", "1000", "1023", "1024", "1500", "250000", "1000000", "1000001",
        "90000000", "3600000000", "9223372036854775807", "-9223372036854775808", "9223372036854775806",
    ];

    static readonly string[] Durations =
    [
        "0", "1us", "1.5us", "0.5ms", "1ms", "250ms", "1s", "1.5 s", "1.5m", "2min", "1h", "1000µs", "9999999999999999h", "-1s", "+1s",
    ];
    static readonly string[] Sizes = ["1B", "1kB", "1KiB", "1.5kb", "0.0001kB", "1MB", "1 MiB", "1GB", "9999999999GiB", "-1kB"];
    static readonly string[] Signs = ["=", "!=", ">", ">=", "<", "<=", "~", "!~"];

    readonly Random _random = new(seed);

    /// <summary>A column of each kind, by the names that conditions have for them.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "service", "status", "bytes", "duration", "duration_us", "level", "client_ip", "host", "attributes", "line",
    ];

    public string? Value(string column) => _random.Next(8) == 0 ? null : Of(column) switch
    {
        EventColumn.Level => Pick(Levels),
        EventColumn.ClientIp or EventColumn.Host => _random.Next(4) == 0 ? Address() : Pick(Addresses),
        var other when other.Type() == ColumnType.Integer => _random.Next(4) == 0 ? $"{_random.NextInt64(-2000, 2_000_000)}" : Pick(Numbers),
        _ => string.Concat(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(Texts))),
    };

    /// <summary>A condition that can be read.</summary>
    public string Text(string column)
    {
        var sign = Pick(Signs[..(column == "duration" ? 6 : 8)]);
        var isList = !sign.StartsWith('<') && !sign.StartsWith('>');
        var isEmpty = sign is "=" or "!=" && _random.Next(8) == 0;
        var items = isEmpty ? "" : string.Join(Pick([",", ", ", " , "]), Enumerable.Range(0, isList ? _random.Next(1, 4) : 1).Select(_ => Item(column, sign)));
        return $"{Pick(["", "", "", "!", "not ", " NOT  ! "])}{column}{Pick(["", " "])}{sign}{Pick(["", " "])}{items}";
    }

    /// <summary>A condition that was hit by something.</summary>
    public string Garbled()
    {
        var text = Text(Pick([.. Columns]));
        for (var i = _random.Next(4); i > 0; i--)
        {
            var at = _random.Next(text.Length + 1);
            var hit = Pick([",", "\"", "\\", "=", "!", "~", ">", "x", "9", "/", " ", "\0", "é", "not "]);
            text = string.Concat(text.AsSpan(0, at), hit, text.AsSpan(Math.Min(text.Length, at + _random.Next(3))));
        }

        return text;
    }

    string Item(string column, string sign)
    {
        var (of, contains) = (Of(column), sign.EndsWith('~'));
        if (of.Type() == ColumnType.Integer)
        {
            return contains ? _random.Next(100).ToString(CultureInfo.InvariantCulture)
                : column == "status" && sign is "=" or "!=" && _random.Next(3) == 0 ? $"{_random.Next(1, 10)}xx"
                : column == "duration" || (column == "duration_us" && _random.Next(2) == 0) ? Pick(Durations)
                : column == "bytes" && _random.Next(2) == 0 ? Pick(Sizes)
                : Pick(Numbers);
        }

        if (of == EventColumn.Level && !contains)
        {
            return sign is not ("=" or "!=") ? Pick(["warn", "ERROR", "\"Info\"", "trace", "FATAL"])
                : _random.Next(2) == 0 ? Quoted(Pick(Levels))
                : Pick(["warn", "Warning", "ERR", "fatal", "AUDIT", "debug"]);
        }

        if (of is EventColumn.ClientIp or EventColumn.Host && sign is "=" or "!=" && _random.Next(2) == 0)
        {
            return _random.Next(3) == 0 ? $"{Address()}/{_random.Next(33)}" : Pick(Networks);
        }

        var text = Value(column) ?? "a";
        var isBare = text.Length > 0 && text.Trim() == text && text.AsSpan().IndexOfAny(",\"/~=>\0") < 0;
        return isBare && _random.Next(2) == 0 ? text : Quoted(contains && text.Length == 0 ? "a" : text);
    }

    string Address()
    {
        var bytes = new byte[_random.Next(3) == 0 ? 16 : 4];
        _random.NextBytes(bytes);
        bytes.AsSpan(_random.Next(bytes.Length)..).Fill((byte)_random.Next(2));
        return new IPAddress(bytes).ToString();
    }

    static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static EventColumn Of(string name) => name == "duration" ? EventColumn.DurationUs
        : EventColumns.TryFind(name, out var column) ? column
        : throw new ArgumentException(name);

    T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
