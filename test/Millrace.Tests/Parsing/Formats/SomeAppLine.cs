using System.Globalization;
using System.Text;
using Millrace.Parsing;
using Millrace.Parsing.Formats;

namespace Millrace.Tests.Parsing.Formats;

/// <summary>What the app format reads in a line, in a form that can be compared and read: <c>time=… level=…</c>, one field a line.</summary>
static class SomeAppLine
{
    public static FormatBinding Binding { get; } = AppFormat.Format.Bind(new FormatInput())!;

    public static string Read(LineParser parser, ReadOnlySpan<byte> line)
    {
        if (parser.Parse(line) != LineOutcome.Event)
        {
            return $"reject: {parser.Fields.RejectReason}";
        }

        var text = new StringBuilder();
        for (var i = 0; i < Binding.Fields.Count; i++)
        {
            var value = parser.Fields.Values[i];
            if (value.HasValue)
            {
                var shown = i == 0 ? Time(value.Number) : Encoding.Latin1.GetString(line.Slice(value.Start, value.Length));
                text.Append(Binding.Fields[i].Name).Append('=').Append(shown).Append('\n');
            }
        }

        return text.ToString();
    }

    public static string Time(long micros) =>
        DateTime.UnixEpoch.AddTicks(micros * 10).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
}
