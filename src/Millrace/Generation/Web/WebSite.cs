using Millrace.Generation.Randomness;

namespace Millrace.Generation.Web;

/// <summary>The pages of a shop's web site, the most asked-for first, and where its visitors come from.</summary>
static class WebSite
{
    const string Origin = "https://www.millrace-shop.example";

    static readonly WebPage[] Fixed =
    [
        new("GET /", 18_204, false, true),
        new("GET /static/css/main.8f3a1c.css", 48_113, true, false),
        new("GET /static/js/app.41bd90.js", 183_577, true, false),
        new("GET /favicon.ico", 4_286, true, false),
        new("GET /search", 22_870, false, true),
        new("POST /login", 412, false, false),
        new("GET /cart", 9_340, false, false),
        new("POST /cart/items", 233, false, false),
        new("GET /robots.txt", 371, true, false),
        new("GET /checkout", 12_018, false, false),
        new("POST /orders", 640, false, false),
        new("GET /sitemap.xml", 91_442, true, false),
        new("GET /wp-login.php", 196, false, false) { IsMissing = true },
        new("GET /.env", 196, false, false) { IsMissing = true },
        new("GET /search/caf%C3%A9%20cr%C3%A8me", 15_221, false, false),
    ];

    static readonly string[] Words =
    [
        "oak", "river", "mill", "stone", "copper", "linen", "walnut", "harbor", "meadow", "willow", "amber", "cedar",
        "lamp", "chair", "table", "kettle", "basket", "mirror", "blanket", "shelf", "clock", "bowl", "desk", "rug",
    ];

    public static IEnumerable<WebPage> Pages(int count, SeededRandom random) =>
        Fixed.Concat(Enumerable.Range(0, int.MaxValue).Select(number => Numbered(number, random))).Take(count);

    /// <summary>Query strings with their question mark.</summary>
    public static IEnumerable<string> Queries(SeededRandom random)
    {
        string[] sorts = ["price", "name", "newest", "rating"];
        for (var i = 0; i < 64; i++)
        {
            yield return $"?page={random.Below(40) + 1}&sort={sorts[random.Below(sorts.Length)]}";
            yield return $"?q={Word(random)}+{Word(random)}";
            yield return $"?utm_source=newsletter&utm_campaign={Word(random)}-{random.Below(90) + 10}";
            yield return $"?category={Word(random)}s&max={random.Below(50) * 10}&in_stock=true";
        }
    }

    public static IEnumerable<string> Referrers(SeededRandom random)
    {
        string[] others =
        [
            "https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/", "https://t.co/Xk3vQ9aLmZ", "android-app://com.google.android.gm/",
        ];
        for (var i = 0; i < 60; i++)
        {
            yield return $"{Origin}/";
            yield return $"{Origin}/products/{Word(random)}-{Word(random)}-{random.Below(900) + 100}";
            yield return $"{Origin}/search?q={Word(random)}";
            yield return others[random.Below(others.Length)];
        }
    }

    static WebPage Numbered(int number, SeededRandom random) => (number % 8) switch
    {
        0 or 1 => new($"GET /products/{Word(random)}-{Word(random)}-{number}", 14_000 + random.Below(30_000), false, true),
        2 or 3 => new($"GET /images/products/{number:D5}.jpg", 20_000 + random.Below(240_000), true, false),
        4 => new($"GET /category/{Word(random)}s/{number}", 20_000 + random.Below(30_000), false, true),
        5 => new($"GET /api/v1/orders/{100_000 + number}", 600 + random.Below(2_000), false, false),
        6 => new($"GET /blog/2026/{random.Below(12) + 1:D2}/{Word(random)}-{Word(random)}-{number}", 9_000 + random.Below(60_000), false, false),
        _ => new($"GET /static/img/{Word(random)}-{number:x}.webp", 1_000 + random.Below(40_000), true, false),
    };

    static string Word(SeededRandom random) => Words[random.Below(Words.Length)];
}
