using Millrace.Generation.Randomness;

namespace Millrace.Generation.Web;

/// <summary>The programs that call a web site, with how many of the clients use each.</summary>
static class UserAgents
{
    const string WebKit = "AppleWebKit/537.36 (KHTML, like Gecko)";
    const string AppleWebKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";

    static readonly (double Weight, string Text)[] All =
    [
        .. Chrome(), .. Firefox(), .. Apple(), .. Bots(), .. Tools(),
    ];

    public static int Count => All.Length;

    public static string Text(int index) => All[index].Text;

    public static WeightedTable Weights() => new(All.Select(agent => agent.Weight).ToArray());

    static IEnumerable<(double Weight, string Text)> Chrome()
    {
        string[] systems =
        [
            "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64", "Linux; Android 10; K", "Linux; Android 14; SM-S918B",
        ];
        int[] versions = [126, 128, 129, 131];
        foreach (var (system, version) in systems.SelectMany(system => versions.Select(version => (system, version))))
        {
            var mobile = system.Contains("Android", StringComparison.Ordinal) ? "Mobile " : "";
            yield return (version / 20.0, $"Mozilla/5.0 ({system}) {WebKit} Chrome/{version}.0.0.0 {mobile}Safari/537.36");
        }

        yield return (5, $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WebKit} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0");
        yield return (2, $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WebKit} Chrome/128.0.0.0 Safari/537.36 OPR/114.0.0.0");
        yield return (2, $"Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A546B) {WebKit} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36");
    }

    static IEnumerable<(double Weight, string Text)> Firefox()
    {
        string[] systems = ["Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10.15", "X11; Ubuntu; Linux x86_64"];
        int[] versions = [115, 128, 132];
        return systems.SelectMany(system => versions.Select(version =>
            (1.5, $"Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0")));
    }

    static IEnumerable<(double Weight, string Text)> Apple()
    {
        foreach (var (major, minor) in new[] { (16, 6), (17, 5), (18, 1) })
        {
            yield return (8, $"Mozilla/5.0 (iPhone; CPU iPhone OS {major}_{minor} like Mac OS X) {AppleWebKit} Version/{major}.{minor} Mobile/15E148 Safari/604.1");
            yield return (4, $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {AppleWebKit} Version/{major}.{minor} Safari/605.1.15");
            yield return (1, $"Mozilla/5.0 (iPad; CPU OS {major}_{minor} like Mac OS X) {AppleWebKit} Version/{major}.{minor} Mobile/15E148 Safari/604.1");
        }
    }

    static IEnumerable<(double Weight, string Text)> Bots() =>
    [
        (1.2, "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
        (0.8, "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"),
        (0.4, "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)"),
        (0.4, "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"),
        (0.3, "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)"),
        (0.2, "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
    ];

    static IEnumerable<(double Weight, string Text)> Tools() =>
    [
        (0.5, "curl/8.5.0"),
        (0.3, "Wget/1.21.4"),
        (0.5, "python-requests/2.32.3"),
        (0.3, "Go-http-client/1.1"),
        (0.3, "okhttp/4.12.0"),
        (0.4, "-"),
    ];
}
