using System.Text;
using System.Text.Json;
using Millrace.Parsing.Lines;

namespace Millrace.Parsing.Own;

/// <summary>
/// Reads the user's own formats from JSON: <c>{ "formats": { "NAME": { "pattern": "…", "summary": "…", "service": "…", "caller": "…", "example": "…", "tail": true } } }</c>. Comments and trailing
/// commas are allowed. Everything that is wrong is a <see cref="UserException"/> with the file and the line.
/// </summary>
public static class OwnFormats
{
    static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The formats of a file.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="fileName">The file's name, for messages.</param>
    /// <param name="otherSettings">What else the file may hold, which is read elsewhere.</param>
    public static FormatTable Read(ReadOnlySpan<byte> json, string fileName, params IReadOnlyCollection<string> otherSettings)
    {
        json = json[ByteOrderMark.LengthIn(json)..];
        var reader = new Utf8JsonReader(json, Lenient);
        var formats = new List<LogFormat>();
        try
        {
            Expect(ref reader, JsonTokenType.StartObject, "an object with \"formats\"");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var setting = reader.GetString()!;
                if (otherSettings.Contains(setting))
                {
                    reader.Read();
                    reader.Skip();
                }
                else if (setting == "formats")
                {
                    ReadFormats(ref reader, formats);
                }
                else
                {
                    throw new UserException($"There is no setting '{setting}'. Expected {string.Join(", ", ["formats", .. otherSettings])}.", UserException.Usage);
                }
            }

            reader.Read();
            return new FormatTable(formats);
        }
        catch (JsonException e)
        {
            throw new UserException($"{fileName}, line {(e.LineNumber ?? 0) + 1}: this is no JSON. {FirstSentence(e.Message)}", UserException.Usage, e);
        }
        catch (UserException e)
        {
            throw new UserException($"{fileName}, line {LineAt(json, reader.TokenStartIndex)}: {e.Message}", UserException.Usage, e);
        }
    }

    static void ReadFormats(ref Utf8JsonReader reader, List<LogFormat> formats)
    {
        Expect(ref reader, JsonTokenType.StartObject, "an object with a format a name");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            Check(name, formats);
            formats.Add(ReadFormat(ref reader, name));
        }
    }

    static void Check(string name, List<LogFormat> formats)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new UserException($"'{name}' cannot name a format. Expected letters, digits, '-', '_' and '.'.", UserException.Usage);
        }

        if (name == LogFormats.Auto || LogFormats.All.Any(format => format.Name == name))
        {
            throw new UserException($"'{name}' is the name of a built-in format. Give yours another.", UserException.Usage);
        }

        if (formats.Exists(format => format.Name == name))
        {
            throw new UserException($"There are two formats called '{name}'.", UserException.Usage);
        }
    }

    static LogFormat ReadFormat(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartObject, $"an object with the pattern of '{name}'");
        var texts = new Dictionary<string, string>();
        var patternReader = reader;
        var exampleReader = reader;
        var allowsTail = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            if (key == "tail")
            {
                reader.Read();
                allowsTail = reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw new UserException("Expected true or false.", UserException.Usage);
                continue;
            }

            if (key is not ("pattern" or "summary" or "service" or "caller" or "example"))
            {
                throw new UserException($"A format has no '{key}'. Expected pattern, summary, service, caller, example or tail.", UserException.Usage);
            }

            Expect(ref reader, JsonTokenType.String, "a text");
            texts[key] = reader.GetString()!;
            CheckText(key, texts[key]);
            patternReader = key == "pattern" ? reader : patternReader;
            exampleReader = key == "example" ? reader : exampleReader;
        }

        var end = reader;
        reader = patternReader;
        var layout = OwnPattern.Compile(texts.GetValueOrDefault("pattern") ?? throw new UserException($"The format '{name}' has no pattern.", UserException.Usage), allowsTail);
        reader = exampleReader;
        var format = Make(name, texts, layout);
        reader = end;
        return format;
    }

    /// <summary>A rule that cannot be used is told at its own line.</summary>
    static void CheckText(string key, string text)
    {
        if (key is "service" or "caller")
        {
            ServiceRule.Parse(text);
        }
    }

    static LogFormat Make(string name, Dictionary<string, string> texts, Layouts.LineLayout layout)
    {
        var service = texts.TryGetValue("service", out var rule) ? ServiceRule.Parse(rule) : null;
        var caller = texts.TryGetValue("caller", out rule) ? ServiceRule.Parse(rule) : null;
        var example = texts.GetValueOrDefault("example", "");
        var format = new LogFormat(name, texts.GetValueOrDefault("summary", "a format of your own"), example, input => layout.Bind(name, input, service, caller))
        {
            CanBeDetected = OwnPattern.IsTelling(layout),
            IsOwn = true,
        };
        var parser = format.Bind(new FormatInput())!.CreateParser();
        return example.Length == 0 || parser.Parse(Encoding.UTF8.GetBytes(example)) == LineOutcome.Event
            ? format
            : throw new UserException($"The example of '{name}' is not read by its pattern: {parser.Fields.RejectReason}, at byte {parser.Fields.RejectPosition + 1}.", UserException.Usage);
    }

    static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        reader.Read();
        if (reader.TokenType != type)
        {
            throw new UserException($"Expected {what}.", UserException.Usage);
        }
    }

    static long LineAt(ReadOnlySpan<byte> json, long index) => 1 + json[..(int)Math.Min(index, json.Length)].Count((byte)'\n');

    // The runtime's message goes on with where, which is told before.
    static string FirstSentence(string message) => message[..(message.IndexOf(" LineNumber", StringComparison.Ordinal) is >= 0 and var end ? end : message.Length)];
}
