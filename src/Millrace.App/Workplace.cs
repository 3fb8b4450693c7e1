using System.Collections.Concurrent;
using Millrace.App.Mailing;
using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.App.Runs;
using Millrace.App.Schedules;
using Millrace.Aws;
using Millrace.Errors.Store;
using Millrace.Lake;
using Millrace.Letters;
using Millrace.Queries;
using Millrace.Sources;

namespace Millrace.App;

/// <summary>
/// Where Millrace works: the settings, and what they lead to (stores of objects, lakes, error stores, outbox, history), each opened once, when it is first
/// needed, and closed together. One
/// serves a whole process: its members may be called from any thread, and runs do not disturb each other.
/// </summary>
/// <param name="settings">The settings.</param>
/// <param name="tools">What the process gives.</param>
public sealed class Workplace(Settings settings, WorkplaceTools tools) : IAsyncDisposable
{
    readonly ConcurrentDictionary<S3Options, Lazy<S3Store>> _objects = new();
    readonly ConcurrentDictionary<(string Path, S3Options S3), Lazy<LakeTable>> _lakes = new();
    readonly SharedErrorStores _errorStores = new();
    readonly ReadAhead _readAhead = new();
    readonly Lazy<ScheduleHistory> _history = new(() => new ScheduleHistory(MailOf(settings, tools, "Schedules send mail").Outbox, tools.Clock));

    /// <summary>The settings.</summary>
    public Settings Settings => settings;

    /// <summary>Says what is now.</summary>
    public TimeProvider Clock => tools.Clock;

    internal WorkplaceTools Tools => tools;

    /// <summary>Runs a report or a search to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="listener">Hears of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found, to be written, mailed or looked at, and then disposed of.</returns>
    /// <exception cref="UserException">The request means nothing, a source cannot be read, or none of its lines can.</exception>
    public async Task<RunOutcome> RunAsync(RunRequest request, RunListener listener, CancellationToken cancellationToken) => request switch
    {
        ReportRequest { Report: Reports.SqlReport } report => await ReportRun.RunAsync(this, report, listener, cancellationToken).ConfigureAwait(false),
        ReportRequest report => await DigestRun.RunAsync(this, report, listener, cancellationToken).ConfigureAwait(false),
        SearchRequest search => await SearchRun.FindAsync(this, search, listener, cancellationToken).ConfigureAwait(false),
        _ => throw new InvalidOperationException($"{request.GetType()} is not run by anything."),
    };

    /// <summary>What a request to read means. Throws a <see cref="UserException"/> where it means nothing.</summary>
    public ReadingPlan Plan(ReadingRequest request) => ReadingPlan.Of(request, settings, tools.Clock);

    /// <summary>Opens a session that reads by a plan. Waits its turn where the number of queries is bounded.</summary>
    public async Task<OpenReading> OpenAsync(ReadingPlan plan, RunListener listener, CancellationToken cancellationToken)
    {
        var pass = tools.Gate is { } gate ? await gate.EnterAsync(cancellationToken).ConfigureAwait(false) : null;
        try
        {
            return new OpenReading(this, plan, pass, listener, cancellationToken);
        }
        catch
        {
            pass?.Dispose();
            throw;
        }
    }

    /// <summary>How sessions read by a plan, for work of the engine that opens its own.</summary>
    public QueryOptions Options(ReadingPlan plan, RunListener listener, CancellationToken cancellationToken) =>
        plan.Options(Resolver(plan.S3), rejects: null, listener, cancellationToken);

    /// <summary>Where <c>s3://</c> is, reached so.</summary>
    public S3Store Objects(S3Options options) => _objects.GetOrAdd(options, static key => new(() => new S3Store(key))).Value;

    /// <summary>A lake. Nothing of it is read yet.</summary>
    public LakeTable Lake(LakeChoice choice, S3Options options) => _lakes.GetOrAdd((choice.Path, options), key => new(() => OpenLake(key.Path, key.S3))).Value;

    /// <summary>The version of a lake that was chosen. Throws a <see cref="UserException"/> where there is no lake, or no such version.</summary>
    /// <param name="choice">The lake.</param>
    /// <param name="options">How its bucket is reached.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="filesOnly">True for a query, which asks for files alone.</param>
    public Task<LakeSnapshot> ReadLakeAsync(LakeChoice choice, S3Options options, CancellationToken cancellationToken, bool filesOnly = false) => choice.At is { } at
        ? Lake(choice, options).ReadAtAsync(at, cancellationToken)
        : Lake(choice, options).ReadAsync(cancellationToken, filesOnly);

    /// <summary>An error store, which is the caller's alone until it is given back by being disposed of.</summary>
    /// <param name="name">A file, or <c>dynamodb:TABLE</c>.</param>
    /// <param name="creates">True to make one where there is none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<BorrowedErrorStore> BorrowErrorStoreAsync(string name, bool creates, CancellationToken cancellationToken) =>
        _errorStores.BorrowAsync(name, creates, cancellationToken);

    /// <summary>Where mails are sent from. Throws a <see cref="UserException"/> where the settings do not say how.</summary>
    /// <param name="why">What needs mail, for the message: <c>--mail-to needs a mail server</c>.</param>
    public MailOffice Mail(string why) => new(this, MailOf(settings, tools, why));

    /// <summary>Which periods of schedules were covered. Throws a <see cref="UserException"/> where the settings do not say where that is kept.</summary>
    public ScheduleHistory History => _history.Value;

    /// <summary>Finds what sources stand for. What is read ahead of need has one bound for the whole process.</summary>
    internal SourceResolver Resolver(S3Options options) => new(tools.StandardInput, Objects(options), _readAhead);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_history.IsValueCreated)
        {
            _history.Value.Dispose();
        }

        await _errorStores.DisposeAsync().ConfigureAwait(false);
        foreach (var store in _objects.Values)
        {
            store.Value.Dispose();
        }
    }

    LakeTable OpenLake(string path, S3Options options) => new(
        ObjectAddress.IsAddress(path)
            ? new BucketStorage(ObjectAddress.Parse(path), Objects(options), Path.Join(Path.GetTempPath(), "millrace-lake"))
            : new DirectoryStorage(path),
        tools.Clock);

    static MailSettings MailOf(Settings settings, WorkplaceTools tools, string why) => settings.Mail(tools.Environment) ?? throw new UserException(
        $"{why}, and the settings have no section 'mail'. Add to millrace.json: \"mail\": {{\"from\": \"reports@example.com\", \"smtp\": {{\"host\": \"mail.example.com\"}}}}, or \"ses\": {{\"region\": \"eu-central-1\"}} instead of \"smtp\". 'docs/mail.md' says more.",
        UserException.Usage);
}
