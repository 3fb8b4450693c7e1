using Millrace.Generation.Lines;
using Millrace.Generation.Output;
using Millrace.Generation.Randomness;
using Millrace.Generation.Traffic;

namespace Millrace.Generation;

/// <summary>Writes logs of one kind that look like a load profile. The bytes depend on the kind and the profile alone.</summary>
public sealed class LogGenerator
{
    readonly LogKind _kind;
    readonly LoadProfile _profile;
    readonly ServiceMap _services;

    readonly Func<int, string> _nameOf;

    LogGenerator(LogKind kind, LoadProfile profile, Func<int, string>? nameOf)
    {
        (_kind, _profile) = (kind, profile);
        _nameOf = nameOf ?? UsualName;
        _services = new ServiceMap(profile);
    }

    /// <summary>
    /// A generator of a kind. Throws a <see cref="UserException"/> where the profile names a service or an endpoint that there is not.
    /// </summary>
    public static LogGenerator Create(LogKind kind, LoadProfile profile) => new(kind, profile, nameOf: null);

    /// <summary>A generator whose files in a directory have names of the caller's, by number.</summary>
    internal static LogGenerator Create(LogKind kind, LoadProfile profile, Func<int, string> nameOf) => new(kind, profile, nameOf);

    /// <summary>
    /// Writes all events. Files that were complete before a failure or a cancellation stay. Throws a <see cref="UserException"/> where the
    /// output cannot take them.
    /// </summary>
    /// <param name="output">Where they go.</param>
    /// <param name="progress">Told the number of events written so far, from time to time.</param>
    /// <param name="clock">What a rate is measured by; the system's clock when null.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public async Task<GenerationSummary> WriteAsync(
        GenerationOutput output, IProgress<long>? progress, TimeProvider? clock, CancellationToken cancellationToken)
    {
        if (_profile.Files > 1 && !output.TakesManyFiles)
        {
            throw new UserException($"{_profile.Files} files need a directory, but {output.Name} is one file.", UserException.Usage);
        }

        var splitsByService = _kind == LogKind.Service && output.TakesManyFiles;
        var plan = new BlockPlan(_profile.Count, splitsByService ? 1 : _profile.Files);
        await using var files = new OpenFiles(output, splitsByService ? ServiceFile : key => _nameOf(key.Part));
        var pacer = _profile.LinesPerSecond is { } rate ? new LinePacer(rate, clock ?? TimeProvider.System) : null;
        await new BlockWriter(files, pacer, progress).WriteAsync(plan, Renderer(splitsByService), cancellationToken);
        return new GenerationSummary(_profile.Count, files.BytesWritten, files.FilesWritten, _profile.Seed);
    }

    string Suffix => _profile.Compress ? ".gz" : "";

    string ServiceFile(FileKey key) => $"{_services.Services[key.Service]}-{DateOnly.FromDayNumber(key.Part):yyyy-MM-dd}.log{Suffix}";

    string UsualName(int file)
    {
        var number = _profile.Files > 1 ? $"-{file + 1:D4}" : "";
        return $"{_kind.ToString().ToLowerInvariant()}{number}.{(_kind == LogKind.Json ? "json" : "log")}{Suffix}";
    }

    BlockRenderer Renderer(bool splitsByService)
    {
        var curve = new TimeCurve(UnixMicros.Of(_profile.Start), UnixMicros.Of(_profile.End));
        if (_kind == LogKind.Combined)
        {
            return new CombinedLines(_profile, curve);
        }

        var texts = new CallTexts(_services, _profile);
        return new CallLines(_profile, curve, texts, NewLayout(texts), splitsByService);
    }

    Func<CallLayout> NewLayout(CallTexts texts)
    {
        switch (_kind)
        {
            case LogKind.Json:
                var json = new JsonLayout.Texts(_services, texts);
                return () => new JsonLayout(json, texts);
            case LogKind.Service:
                var service = new ServiceLayout.Texts(_services);
                return () => new ServiceLayout(service, texts);
            default:
                var app = new AppLayout.Texts(_services);
                return () => new AppLayout(app, texts);
        }
    }
}
