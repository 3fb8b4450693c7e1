using Millrace.Parsing.Glog;

namespace Millrace.Parsing.Formats;

/// <summary>Google's glog: <c>I20261122 10:00:00.123456 1234 file.cc:12] text</c>; before version 0.5 without the year, which is then counted back from now.</summary>
static class GlogFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "glog",
        "C++ programs that log through glog",
        "W20261122 10:00:00.123456  1234 orders.cc:17] order 17 came twice",
        input => GlogLines.Bind("glog", mayHaveYear: true, input));
}
