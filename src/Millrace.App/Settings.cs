using System.Text.Json;
using Millrace.App.Schedules;
using Millrace.Errors;
using Millrace.Lake.Retention;
using Millrace.Letters;
using Millrace.Parsing;
using Millrace.Parsing.Own;
using Millrace.Sources;

namespace Millrace.App;

/// <summary>What <c>millrace.json</c> says: formats of the user's own, and sections that are read when somebody needs them.</summary>
public sealed class Settings
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "millrace.json";

    static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    static readonly string[] Sections = ["lake", "errors", "mail", "schedules"];

    readonly JsonElement? _root;

    Settings(FormatTable formats, JsonElement? root, string? path) => (Formats, _root, Path) = (formats, root, path);

    /// <summary>What holds where there is no file.</summary>
    public static Settings None { get; } = new(FormatTable.BuiltIn, null, null);

    /// <summary>The formats that there are.</summary>
    public FormatTable Formats { get; }

    /// <summary>The file, as it was named or found; null where there is none.</summary>
    public string? Path { get; }

    /// <summary>True where the file was named rather than found, so that a command that repeats a run must name it too.</summary>
    public bool IsNamed { get; private init; }

    /// <summary>
    /// The settings of a file. Throws a <see cref="UserException"/> where it cannot be read, and one with file and line where it cannot be used.
    /// </summary>
    public static Settings Read(string path) => Parse(ReadFile(path), path, isNamed: true);

    /// <summary>The settings of the file in a folder, or in the nearest folder above it that has one; else <see cref="None"/>.</summary>
    public static Settings Find(string folder) => Nearest(folder) is { } path ? Parse(ReadFile(path), path, isNamed: false) : None;

    /// <summary>The settings of a file's bytes. Throws a <see cref="UserException"/> with file and line where they cannot be used.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="path">The file, for messages and for paths that are relative to it.</param>
    /// <param name="isNamed">True where somebody named the file.</param>
    public static Settings Parse(byte[] json, string path, bool isNamed = true)
    {
        var formats = OwnFormats.Read(json, path, Sections);
        var bytes = json.AsMemory(json.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        using var document = JsonDocument.Parse(bytes, Lenient);
        return new Settings(formats, document.RootElement.Clone(), path) { IsNamed = isNamed };
    }

    /// <summary>
    /// A path that the file names: relative ones count from the file's own folder, wherever the process was started. Addresses of buckets stay as they are.
    /// </summary>
    public string Resolve(string path) => Path is null || ObjectAddress.IsAddress(path) ? path : System.IO.Path.Combine(Folder, path);

    /// <summary>The lake that the file names: <c>{"lake": {"path": "…"}}</c>; null where it names none.</summary>
    public string? Lake => LakeSection() is { } section
        ? section.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String
            ? Resolve(path.GetString()!)
            : throw Wrong("The section 'lake' has no path. Expected {\"path\": \"DIRECTORY or s3://bucket/prefix\"}.")
        : null;

    /// <summary>The rules for old events of the lake, as they are written; none where the file has none.</summary>
    public IReadOnlyList<RetentionRule> Retention =>
        LakeSection() is { } section && section.TryGetProperty("retain", out var retain) ? RetentionSettings.Parse(retain, Path!) : [];

    /// <summary>What the file says of errors. The path of a store counts from the file.</summary>
    public ErrorSettings Errors
    {
        get
        {
            var errors = Section("errors") is { } section ? ErrorSettings.Parse(section, Path!) : ErrorSettings.None;
            return errors.Store is { } store && !ErrorStores.IsTable(store) ? errors with { Store = Resolve(store) } : errors;
        }
    }

    /// <summary>How mails leave; null where the file does not say.</summary>
    /// <param name="environment">Gives the variables that hold user and password.</param>
    public MailSettings? Mail(Func<string, string?> environment) => Section("mail") is { } section ? MailSettings.Parse(section, Path!, environment) : null;

    /// <summary>The schedules. Throws a <see cref="UserException"/> where the file has none.</summary>
    public IReadOnlyList<Schedule> Schedules => Section("schedules") is { } section
        ? ScheduleSettings.Parse(section, this)
        : throw new UserException("The settings have no section 'schedules'. 'docs/mail.md' tells how to set one up.", UserException.Usage);

    string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path!))!;

    JsonElement? LakeSection() => Section("lake") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } section when section.EnumerateObject().All(one => one.Name is "path" or "retain") => section,
        _ => throw Wrong("The section 'lake' has an unknown setting. Expected {\"path\": \"DIRECTORY or s3://bucket/prefix\"}, optionally with \"retain\": [rules]."),
    };

    JsonElement? Section(string name) => _root is { } root && root.TryGetProperty(name, out var section) ? section : null;

    UserException Wrong(string what) => new($"{Path}: {what}", UserException.Usage);

    static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The file of settings '{path}' cannot be read: {e.Message}", UserException.Usage, e);
        }
    }

    static string? Nearest(string? folder)
    {
        for (; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (System.IO.Path.Join(folder, FileName) is var path && File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
