using System.Buffers.Text;
using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Csv;

/// <summary>Reads the values of CSV columns.</summary>
static class CsvValue
{
    /// <summary>Reads a value that is not text as the number of a <see cref="FieldValue"/>; false where it is not well-formed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, CsvColumn column, LocalZone zone, out long number)
    {
        switch (column.Kind)
        {
            case CsvValueKind.Time:
                return TimeText.TryReadAny(text, zone, out number);
            case CsvValueKind.Duration:
                return DurationText.TryRead(text, column.Unit, out number);
            case CsvValueKind.Integer:
                return Utf8Parser.TryParse(text, out number, out var length) && length == text.Length;
            default:
                var isRead = Utf8Parser.TryParse(text, out double real, out length) && length == text.Length && double.IsFinite(real);
                number = BitConverter.DoubleToInt64Bits(real);
                return isRead;
        }
    }

    /// <summary>True for nothing and <c>-</c>: NULL in SQL.</summary>
    public static bool IsNone(ReadOnlySpan<byte> text) => text.IsEmpty || text is [(byte)'-'];
}
