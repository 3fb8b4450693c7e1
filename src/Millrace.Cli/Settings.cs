using System.Text.Json;
using Millrace.Parsing;
using Millrace.Parsing.Own;
using Millrace.Sources;

namespace Millrace.Cli;

/// <summary>What <c>millrace.json</c> says: formats of the user's own, and sections that the commands which need them read.</summary>
sealed class Settings
{
    /// <summary>The sections besides <c>formats</c>.</summary>
    static readonly string[] Sections = ["lake", "errors", "mail", "schedules"];

    static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    readonly JsonElement? _root;

    Settings(FormatTable formats, JsonElement? root, string? path) => (Formats, _root, Path) = (formats, root, path);

    /// <summary>What holds where there is no file.</summary>
    public static Settings None { get; } = new(FormatTable.BuiltIn, null, null);

    /// <summary>The formats that there are.</summary>
    public FormatTable Formats { get; }

    /// <summary>The file, for messages and for what lies beside it; null where there is none.</summary>
    public string? Path { get; }

    /// <summary>Reads a file's bytes. Throws a <see cref="UserException"/> with file and line where it says what cannot be.</summary>
    public static Settings Parse(byte[] json, string path)
    {
        var formats = OwnFormats.Read(json, path, Sections);
        var bytes = json.AsMemory(json.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        using var document = JsonDocument.Parse(bytes, Lenient);
        return new Settings(formats, document.RootElement.Clone(), path);
    }

    /// <summary>A path that the file names: relative ones count from the file's own folder, wherever the command is started. Addresses of buckets stay as they are.</summary>
    public string Resolve(string path) => Path is null || ObjectAddress.IsAddress(path) ? path : System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!, path);

    /// <summary>A section by its name; null where the file does not have it.</summary>
    public JsonElement? Section(string name) => _root is { } root && root.TryGetProperty(name, out var section) ? section : null;
}
