using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Parsing.Names;

namespace Millrace.Tests.Parsing.Formats;

/// <summary>The slow, obviously right reading of CSV lines: a char at a time, everything a string of one char a byte.</summary>
sealed partial class CsvOracle(byte[] header, IReadOnlyList<FormatField> fields, TimeZoneInfo timeZone)
{
    readonly char _delimiter = ",;\t|".First(mark => header.Count(b => b == mark) == ",;\t|".Max(other => header.Count(b => b == other)));

    /// <summary>The values of a line, null where there is none; null where the line is no event.</summary>
    public List<string?>? Read(byte[] line)
    {
        var values = Split(Encoding.Latin1.GetString(line));
        if (line.AsSpan().SequenceEqual(header) || values is null || values.Count != fields.Count)
        {
            return null;
        }

        var shown = new List<string?>();
        for (var i = 0; i < values.Count; i++)
        {
            if (!TryShow(values[i], fields[i], out var text))
            {
                return null;
            }

            shown.Add(text);
        }

        return shown;
    }

    List<string>? Split(string line)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        var isQuoted = false;
        var wasQuoted = false;
        var isEmpty = true;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (isQuoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                value.Append(c);
                i++;
            }
            else if (isQuoted && c == '"')
            {
                isQuoted = false;
                wasQuoted = true;
            }
            else if (isEmpty && !wasQuoted && !isQuoted && c == '"')
            {
                isQuoted = true;
            }
            else if (!isQuoted && c == _delimiter)
            {
                values.Add(value.ToString());
                value.Clear();
                wasQuoted = false;
                isEmpty = true;
                continue;
            }
            else if (wasQuoted)
            {
                return null;
            }
            else
            {
                value.Append(c);
            }

            isEmpty = false;
        }

        values.Add(value.ToString());
        return isQuoted ? null : values;
    }

    bool TryShow(string value, FormatField field, out string? text)
    {
        text = null;
        var content = field.Type == ColumnType.Text ? value : value.Trim(' ');
        if (content is "" or "-")
        {
            return true;
        }

        var bytes = Encoding.Latin1.GetBytes(content);
        switch (field.Type)
        {
            case ColumnType.Text:
                text = content;
                return true;
            case ColumnType.Timestamp:
                var isTime = TimeText.TryReadAny(bytes, new LocalZone(timeZone), out var micros);
                text = micros.ToString(CultureInfo.InvariantCulture);
                return isTime;
            case ColumnType.Real:
                var isReal = Real().IsMatch(content) && double.IsFinite(double.Parse(content, CultureInfo.InvariantCulture));
                text = isReal ? double.Parse(content, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture) : null;
                return isReal;
            case ColumnType.Integer when FieldNames.TryFind(field.Name, out var meaning) && meaning.Field == NamedField.Duration:
                var isDuration = DurationText.TryRead(bytes, meaning.Unit, out var duration);
                text = duration < 0 ? null : duration.ToString(CultureInfo.InvariantCulture);
                return isDuration;
            default:
                var isInteger = Integer().IsMatch(content) && long.TryParse(content, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
                text = isInteger ? long.Parse(content, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : null;
                return isInteger;
        }
    }

    [GeneratedRegex(@"\A[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Real();

    [GeneratedRegex(@"\A[+-]?[0-9]+\z")]
    private static partial Regex Integer();
}
