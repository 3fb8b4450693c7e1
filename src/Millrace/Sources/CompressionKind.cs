namespace Millrace.Sources;

/// <summary>How stored bytes are compressed.</summary>
public enum CompressionKind
{
    /// <summary>Not at all: lines can be read from any offset.</summary>
    None,

    /// <summary>Gzip, of one member or several.</summary>
    Gzip,

    /// <summary>Zstandard, of one frame or several.</summary>
    Zstandard,
}
