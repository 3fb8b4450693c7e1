using System.Globalization;
using System.Text.RegularExpressions;

namespace Millrace.Generation;

/// <summary>The latency of one endpoint itself, without the calls that it makes: a log-normal distribution.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The endpoint's path, with its ids as <c>{id}</c>.</param>
/// <param name="Median">Half of the requests are faster.</param>
/// <param name="Spread">The standard deviation of the natural logarithm: 0.3 is steady, 1 has a long tail.</param>
public sealed partial record EndpointLatency(string Service, string Method, string Path, TimeSpan Median, double Spread)
{
    const double DefaultSpread = 0.5;

    /// <summary>
    /// Reads <c>SERVICE METHOD PATH=MEDIANms</c> with an optional <c>,SPREAD</c>, as in <c>payment-service POST /payments=180ms,0.6</c>.
    /// Throws a <see cref="UserException"/>.
    /// </summary>
    public static EndpointLatency Parse(string text)
    {
        var match = Layout().Match(text);
        if (!match.Success)
        {
            throw new UserException(
                $"Cannot read the latency '{text}'; expected SERVICE METHOD PATH=MEDIANms, as in 'payment-service POST /payments=180ms,0.6'.",
                UserException.Usage);
        }

        string Part(int group) => match.Groups[group].Value;
        var median = TimeSpan.FromMilliseconds(Number(Part(4)));
        return new(Part(1), Part(2), Part(3), median, match.Groups[5].Success ? Number(Part(5)) : DefaultSpread);
    }

    static double Number(string digits) => double.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\S+) ([A-Z]+) (/\S*)=([0-9]{1,7}(?:\.[0-9]{1,3})?)ms(?:,([0-2](?:\.[0-9]{1,3})?))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Layout();
}
