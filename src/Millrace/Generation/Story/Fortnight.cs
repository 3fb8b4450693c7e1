using System.Text;
using Millrace.Generation.Lines;
using Millrace.Generation.Output;
using Millrace.Generation.Randomness;
using Millrace.Generation.Traffic;

namespace Millrace.Generation.Story;

/// <summary>
/// The log of a shop's applications over 14 days, in logback's layout, whose errors tell a known story: one is new on the last day, one is back, one rises, and the others are noise.
/// The bytes depend on the profile's end, count, seed and compression alone. In a directory there is a file for every day (UTC).
/// </summary>
public sealed class Fortnight
{
    /// <summary>Its name among the kinds on the command line.</summary>
    public const string Kind = "fortnight";

    const int FlushBytes = 1 << 20;
    const int Threads = 16;
    const long MicrosPerDay = 86_400_000_000;

    readonly LoadProfile _profile;
    readonly List<(long Micros, int Error, int Number)> _errors;
    readonly Fragments _loggers = new(StoryError.All.Select(error => $"com.millraceshop.{error.Logger} - "));
    readonly StampText _stamps = new("yyyy-MM-dd HH:mm:ss");
    readonly LineBuffer _lines = new();
    readonly TimeCurve _curve;
    readonly SeededRandom _random;

    /// <summary>Plans a fortnight that ends where a profile ends. Throws a <see cref="UserException"/> where it has fewer events than there are errors to tell of.</summary>
    public Fortnight(LoadProfile profile)
    {
        _profile = new LoadProfile(profile.End - TimeSpan.FromDays(StoryErrors.Days), profile.End) { Count = profile.Count, Seed = profile.Seed, Compress = profile.Compress };
        _curve = new TimeCurve(UnixMicros.Of(_profile.Start), UnixMicros.Of(_profile.End));
        _errors = StoryErrors.Of(_curve.StartMicros, profile.Seed);
        _random = new SeededRandom(profile.Seed, StoryError.All.Count);
        if (profile.Count < _errors.Count)
        {
            throw new UserException($"A fortnight of {profile.Count} events is too short for its {_errors.Count} errors: expected a count of {_errors.Count} at least.", UserException.Usage);
        }
    }

    /// <summary>Writes the log; once. Throws a <see cref="UserException"/> where the output cannot take it.</summary>
    public async Task<GenerationSummary> WriteAsync(GenerationOutput output, CancellationToken cancellationToken)
    {
        await using var files = new OpenFiles(output, NameOf);
        var ordinary = _profile.Count - _errors.Count;
        var walk = _curve.Walk();
        var (error, part) = (0, PartOf(_curve.StartMicros, output));
        for (var i = 0L; i <= ordinary; i++)
        {
            var micros = i < ordinary ? walk.MicrosAt((i + 0.5) / ordinary) : _curve.EndMicros;
            for (; error < _errors.Count && _errors[error].Micros <= micros; error++)
            {
                part = await FlushAsync(files, part, PartOf(_errors[error].Micros, output), cancellationToken).ConfigureAwait(false);
                AppendError(_errors[error]);
            }

            if (i < ordinary)
            {
                part = await FlushAsync(files, part, PartOf(micros, output), cancellationToken).ConfigureAwait(false);
                AppendOrdinary(micros);
            }
        }

        await FlushAsync(files, part, int.MaxValue, cancellationToken).ConfigureAwait(false);
        return new GenerationSummary(_profile.Count, files.BytesWritten, files.FilesWritten, _profile.Seed);
    }

    static int PartOf(long micros, GenerationOutput output) => output.TakesManyFiles ? (int)(micros / MicrosPerDay) : 0;

    string NameOf(FileKey key) => $"app-{DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(key.Part)):yyyy-MM-dd}.log{(_profile.Compress ? ".gz" : "")}";

    /// <summary>Hands on what there is where it is enough, or where the next line belongs to another file. Gives the next line's file.</summary>
    async ValueTask<int> FlushAsync(OpenFiles files, int part, int next, CancellationToken cancellationToken)
    {
        if (_lines.Length > 0 && (_lines.Length >= FlushBytes || next != part))
        {
            await files[new FileKey(0, part)].WriteAsync(_lines.Written, cancellationToken).ConfigureAwait(false);
            _lines.Clear();
        }

        if (next != part)
        {
            await files.CompleteBeforeAsync(next, cancellationToken).ConfigureAwait(false);
        }

        return next;
    }

    void AppendOrdinary(long micros)
    {
        var draw = _random.Next();
        AppendStart(micros, (int)(draw % Threads), "INFO "u8);
        _lines.Append(_loggers[(int)((draw >> 8) % (ulong)StoryError.All.Count)]);
        _lines.Append("Done with "u8);
        _lines.AppendNumber((long)(draw >> 40));
        _lines.Append(" after "u8);
        _lines.AppendNumber((long)((draw >> 16) % 900) + 1);
        _lines.Append(" ms\n"u8);
    }

    void AppendError((long Micros, int Error, int Number) error)
    {
        var story = StoryError.All[error.Error];
        AppendStart(error.Micros, error.Number % Threads, "ERROR"u8);
        _lines.Append(_loggers[error.Error]);
        _lines.Append(Encoding.UTF8.GetBytes(story.Message.Replace("{n}", error.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        _lines.Append((byte)'\n');
        var type = story.Logger[(story.Logger.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var method = $"com.millraceshop.{story.Logger}.handle({type}.java:{100 + error.Error})";
        var failure = new Failure(500, story.Message, $"{story.Exception}: {type}", []);
        _lines.Append(Encoding.UTF8.GetBytes(StackTraces.Of(failure, "\n", "\t", escapeQuotes: false, method)));
        _lines.Append((byte)'\n');
    }

    void AppendStart(long micros, int thread, ReadOnlySpan<byte> level)
    {
        _lines.Append(_stamps.At(micros / 1_000_000));
        _lines.Append((byte)',');
        _lines.AppendThreeDigits((int)(micros / 1000 % 1000));
        _lines.Append(" [http-nio-8080-exec-"u8);
        _lines.AppendNumber(thread + 1);
        _lines.Append("] "u8);
        _lines.Append(level);
        _lines.Append((byte)' ');
    }
}
