using System.Globalization;
using System.Net.Mail;
using System.Text;
using Millrace.App.Reading;
using Millrace.Letters;
using Millrace.Mail;
using Millrace.Queries;
using Millrace.Tests.Sources.Arrivals;

namespace Millrace.App.Tests;

/// <summary>A workplace with a folder, a clock that stands, and a mail server that keeps what it is given.</summary>
sealed class SomeWorkplace : IAsyncDisposable, IMailSender
{
    readonly TemporaryFolder _folder = new();

    public SomeWorkplace(string settings = "", QueryGate? gate = null)
    {
        var json = $$"""{ "mail": { "from": "reports@example.com", "smtp": { "host": "127.0.0.1" } }{{(settings.Length > 0 ? ", " + settings : "")}} }""";
        Settings = Settings.Parse(Encoding.UTF8.GetBytes(json), Path.Join(Folder, Settings.FileName), isNamed: false);
        Workplace = new Workplace(Settings, new WorkplaceTools
        {
            Clock = Clock,
            Environment = _ => null,
            Composer = new MailComposer(),
            OpenSmtp = _ => this,
            Gate = gate,
        });
    }

    /// <summary>What is "now".</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public SetClock Clock { get; } = new(Now);

    public Settings Settings { get; }

    public Workplace Workplace { get; }

    public string Folder => _folder.Path;

    /// <summary>True where the mail server takes nothing.</summary>
    public bool IsServerDown { get; set; }

    /// <summary>The letters that were handed over.</summary>
    public List<Letter> Sent { get; } = [];

    /// <summary>What was said.</summary>
    public List<string> Said { get; } = [];

    public RunListener Listener => new()
    {
        Say = sentence =>
        {
            lock (Said)
            {
                Said.Add(sentence);
            }
        },
    };

    /// <summary>Writes a file. Returns its path.</summary>
    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>A call of one service by another, so many minutes before now, as a line of JSON.</summary>
    public static string Call(double minutesAgo, string service = "orders", string caller = "web", int status = 200, int milliseconds = 20, string level = "INFO", string message = "done") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"timestamp":"{{Now.AddMinutes(-minutesAgo):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","service":"{{service}}","caller":"{{caller}}","method":"GET","path":"/items/7","status":{{status}},"duration_ms":{{milliseconds}},"level":"{{level}}","message":"{{message}}"}""") + "\n";

    public Task<IReadOnlyList<Delivery>> TryAsync(Letter letter, IReadOnlyList<MailAddress> recipients, CancellationToken cancellationToken)
    {
        if (IsServerDown)
        {
            return Task.FromResult(Delivery.OfAll(recipients, DeliveryState.Failed, "The server is down."));
        }

        Sent.Add(letter);
        return Task.FromResult(Delivery.OfAll(recipients, DeliveryState.Sent, ""));
    }

    public async ValueTask DisposeAsync()
    {
        await Workplace.DisposeAsync();
        _folder.Dispose();
    }
}
