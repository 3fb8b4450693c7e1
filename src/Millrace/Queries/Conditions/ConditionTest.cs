using System.Buffers.Text;
using System.Text;
using Millrace.Queries.DuckDb;

namespace Millrace.Queries.Conditions;

/// <summary>
/// What a condition asks of a value, before negation. A column holds numbers or texts; texts are compared by their bytes, which is how DuckDB compares them.
/// </summary>
abstract class ConditionTest
{
    /// <summary>True for the test that no value passes and NULL does.</summary>
    public virtual bool IsForNothing => false;

    public virtual bool Passes(long number) => false;

    public virtual bool Passes(ReadOnlySpan<byte> utf8) => false;

    /// <summary>The same in SQL; NULL where the value is NULL.</summary>
    /// <param name="value">The SQL of the value.</param>
    public abstract string Sql(string value);

    /// <summary>What no value passes.</summary>
    protected static string Never(string value) => $"{value} <> {value}";

    static string Any(IEnumerable<string> tests) => tests.ToArray() is [var one] ? one : $"({string.Join(" OR ", tests)})";

    static byte[][] Encode(IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    /// <summary>There is no value.</summary>
    public sealed class Nothing : ConditionTest
    {
        public override bool IsForNothing => true;

        public override string Sql(string value) => $"{value} IS NULL";
    }

    /// <summary>The number lies in one of the ranges.</summary>
    public sealed class InRanges(IReadOnlyList<NumberRange> ranges) : ConditionTest
    {
        readonly NumberRange[] _ranges = [.. ranges];

        public override bool Passes(long number)
        {
            foreach (ref readonly var range in _ranges.AsSpan())
            {
                if (range.Holds(number))
                {
                    return true;
                }
            }

            return false;
        }

        public override string Sql(string value) => Any(_ranges.Select(range => range.Sql(value) ?? Never(value)));
    }

    /// <summary>The text, or the digits of the number, contain one of these.</summary>
    public sealed class Contains(IReadOnlyList<string> parts) : ConditionTest
    {
        const int LongestNumber = 20;

        readonly byte[][] _parts = Encode(parts);

        public override bool Passes(long number)
        {
            Span<byte> digits = stackalloc byte[LongestNumber];
            Utf8Formatter.TryFormat(number, digits, out var length);
            return Passes(digits[..length]);
        }

        public override bool Passes(ReadOnlySpan<byte> utf8)
        {
            foreach (var part in _parts)
            {
                if (utf8.IndexOf(part) >= 0)
                {
                    return true;
                }
            }

            return false;
        }

        public override string Sql(string value) => Any(parts.Select(part => $"contains(CAST({value} AS VARCHAR), {SqlText.Literal(part)})"));
    }

    /// <summary>The text is one of these, or an address in one of these networks.</summary>
    public sealed class OneOf(IReadOnlyList<string> texts, IReadOnlyList<string> networks) : ConditionTest
    {
        readonly byte[][] _texts = Encode(texts);
        readonly Network[] _networks = [.. Encode(networks).Select(Network.Read)];

        public override bool Passes(ReadOnlySpan<byte> utf8)
        {
            foreach (var text in _texts)
            {
                if (utf8.SequenceEqual(text))
                {
                    return true;
                }
            }

            return _networks.Length > 0 && NetworkAddress.TryRead(utf8, out var address) && Network.AnyHolds(_networks, address);
        }

        public override string Sql(string value) => texts.Count + networks.Count == 0 ? Never(value) : Any(Parts(value));

        IEnumerable<string> Parts(string value)
        {
            if (texts.Count > 0)
            {
                yield return texts is [var one] ? $"{value} = {SqlText.Literal(one)}" : $"{value} IN ({string.Join(", ", texts.Select(SqlText.Literal))})";
            }

            if (networks.Count > 0)
            {
                yield return $"{NetworkFunction.Name}({value}, {SqlText.Literal(string.Join(',', networks))})";
            }
        }
    }

    /// <summary>The text comes before or after another, by the order of their bytes.</summary>
    public sealed class Ordered(string sign, string text) : ConditionTest
    {
        readonly byte[] _text = Encoding.UTF8.GetBytes(text);

        public override bool Passes(ReadOnlySpan<byte> utf8)
        {
            var order = utf8.SequenceCompareTo(_text);
            return sign switch
            {
                ">" => order > 0,
                ">=" => order >= 0,
                "<" => order < 0,
                _ => order <= 0,
            };
        }

        public override string Sql(string value) => $"{value} {sign} {SqlText.Literal(text)}";
    }
}
