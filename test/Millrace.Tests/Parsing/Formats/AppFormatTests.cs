using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Parsing;
using Millrace.Parsing.Formats;

namespace Millrace.Tests.Parsing.Formats;

public sealed class AppFormatTests
{
    const string Continuation = "reject: a continuation line without an event above it";

    [Theory]
    // log4j and logback
    [InlineData("2026-11-22 10:00:00,123 [main] INFO  com.x.Logger - message", "2026-11-22 10:00:00.123", "INFO", "main", "com.x.Logger", "message")]
    [InlineData("10:00:00.123 [main] INFO com.x.Logger - message", null, "INFO", "main", "com.x.Logger", "message")]
    [InlineData("2026-11-22 10:00:00,123 [main] [] WARN  com.x.Logger - ", "2026-11-22 10:00:00.123", "WARN", "main", "com.x.Logger", "")]
    [InlineData("2026-11-22 10:00:00,123 [http-1] [req-7] WARN  com.x.Logger - slow", "2026-11-22 10:00:00.123", "WARN", "http-1", "com.x.Logger", "slow")]
    [InlineData("2026-11-22 10:00:00,123 DEBUG [akka.actor.default-1] com.x.Logger: a: b", "2026-11-22 10:00:00.123", "DEBUG", "akka.actor.default-1", "com.x.Logger", "a: b")]
    [InlineData("2026-11-22 10:00:00,123 | INFO  | qtp-1 | com.x.Logger | 55 - bundle | message", "2026-11-22 10:00:00.123", "INFO", "qtp-1", "com.x.Logger", "55 - bundle | message")]
    // Hadoop, Spark, ZooKeeper, HDFS, OpenStack, Cassandra, Kafka, Elasticsearch
    [InlineData("2015-10-18 18:01:47,978 INFO [main] org.apache.X: Created it", "2015-10-18 18:01:47.978", "INFO", "main", "org.apache.X", "Created it")]
    [InlineData("17/06/09 20:10:40 INFO executor.X: msg: more", "2017-06-09 20:10:40", "INFO", null, "executor.X", "msg: more")]
    [InlineData("2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:2181:FastLeaderElection@774] - Notification time out: 3200", "2015-07-29 17:41:44.747", "INFO", "QuorumPeer[myid=1]/0:0:2181", "FastLeaderElection", "Notification time out: 3200")]
    [InlineData("081109 203615 148 INFO dfs.DataNode$PacketResponder: PacketResponder 1", "2008-11-09 20:36:15", "INFO", null, "dfs.DataNode$PacketResponder", "PacketResponder 1")]
    [InlineData("2017-05-16 00:00:00.008 25746 INFO nova.osapi_compute.wsgi.server [req-38101a0b] GET", "2017-05-16 00:00:00.008", "INFO", null, "nova.osapi_compute.wsgi.server", "[req-38101a0b] GET")]
    [InlineData("INFO  [main] 2026-11-22 10:00:00,123 CassandraDaemon.java:123 - Hostname: x", "2026-11-22 10:00:00.123", "INFO", "main", "CassandraDaemon.java:123", "Hostname: x")]
    [InlineData("[2026-11-22 10:00:00,123] INFO [KafkaServer id=0] started (kafka.server.KafkaServer)", "2026-11-22 10:00:00.123", "INFO", null, "kafka.server.KafkaServer", "[KafkaServer id=0] started (kafka.server.KafkaServer)")]
    [InlineData("[2026-11-22T10:00:00,123][INFO ][o.e.n.Node               ] [node-1] failed: abc", "2026-11-22 10:00:00.123", "INFO", null, "o.e.n.Node", "[node-1] failed: abc")]
    // Serilog, NLog, .NET
    [InlineData("2026-11-22 10:00:00.123 +01:00 [INF] Started: all of it", "2026-11-22 09:00:00.123", "INF", null, null, "Started: all of it")]
    [InlineData("2026-11-22 10:00:00.123 +00:00 [ERR] My.App.Orders: failed", "2026-11-22 10:00:00.123", "ERR", null, "My.App.Orders", "failed")]
    [InlineData("[10:00:00 WRN] Disk: full", null, "WRN", null, null, "Disk: full")]
    [InlineData("[2026-11-22 10:00:00 INF My.App.Orders] done", "2026-11-22 10:00:00", "INF", null, "My.App.Orders", "done")]
    [InlineData("2026-11-22 10:00:00.1234|INFO|My.Logger|message|with bars", "2026-11-22 10:00:00.1234", "INFO", null, "My.Logger", "message|with bars")]
    [InlineData("2026-11-22 10:00:00.1234|12|INFO|My.Logger|message", "2026-11-22 10:00:00.1234", "INFO", "12", "My.Logger", "message")]
    [InlineData("2026-11-22 10:00:00.1234|Warn|12|Logger|message", "2026-11-22 10:00:00.1234", "Warn", "12", "Logger", "message")]
    [InlineData("2026-11-22 10:00:00.1234|INFO|two words|x", "2026-11-22 10:00:00.1234", "INFO", null, null, "two words|x")]
    [InlineData("info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://localhost", null, "info", null, "Microsoft.Hosting.Lifetime", "Now listening on: http://localhost")]
    [InlineData("2016-09-28 04:30:30, Info                  CBS    Loaded Servicing Stack", "2016-09-28 04:30:30", "Info", null, null, "CBS    Loaded Servicing Stack")]
    // Python
    [InlineData("2026-11-22 10:00:00,123 - shop.orders - WARNING - late - very", "2026-11-22 10:00:00.123", "WARNING", null, "shop.orders", "late - very")]
    [InlineData("2026-11-22 10:00:00,123 - INFO - done - all", "2026-11-22 10:00:00.123", "INFO", null, null, "done - all")]
    [InlineData("2026-11-22 10:00:00,123 ERROR root: failed", "2026-11-22 10:00:00.123", "ERROR", null, "root", "failed")]
    [InlineData("2026-11-22 10:00:00,123 [ERROR] root: failed", "2026-11-22 10:00:00.123", "ERROR", null, "root", "failed")]
    [InlineData("2026-11-22 10:00:00,123:INFO:root:failed", "2026-11-22 10:00:00.123", "INFO", null, "root", "failed")]
    [InlineData("WARNING:root:message: x", null, "WARNING", null, "root", "message: x")]
    [InlineData("2026-11-22 10:00:00.123 | INFO     | __main__:<module>:3 - hello", "2026-11-22 10:00:00.123", "INFO", null, "__main__:<module>:3", "hello")]
    [InlineData("[I 2026-11-22 10:00:00.123 ServerApp] Serving", "2026-11-22 10:00:00.123", "I", null, "ServerApp", "Serving")]
    // Go, Rust, Ruby, PHP, Node
    [InlineData("2026/11/22 10:00:00 listening on :8080", "2026-11-22 10:00:00", null, null, null, "listening on :8080")]
    [InlineData("2026/11/22 10:00:00 main.go:23: Error opening", "2026-11-22 10:00:00", null, null, null, "main.go:23: Error opening")]
    [InlineData("2026-11-22T10:00:00.123Z\tINFO\tapi\tmain.go:12\tstarted\t{\"a\":1}", "2026-11-22 10:00:00.123", "INFO", null, "api", "main.go:12\tstarted\t{\"a\":1}")]
    [InlineData("[2026-11-22T10:00:00Z INFO  crate::module] started", "2026-11-22 10:00:00", "INFO", null, "crate::module", "started")]
    [InlineData("2026-11-22T10:00:00.123456Z  WARN crate::module: slow", "2026-11-22 10:00:00.123456", "WARN", null, "crate::module", "slow")]
    [InlineData("I, [2026-11-22T10:00:00.123456 #4711]  INFO -- web: started", "2026-11-22 10:00:00.123456", "INFO", null, "web", "started")]
    [InlineData("[2026-11-22T10:00:00.123456+00:00] local.ERROR: failed {\"a\":1} []", "2026-11-22 10:00:00.123456", "ERROR", null, "local", "failed {\"a\":1} []")]
    [InlineData("[22-Nov-2026 10:00:00] NOTICE: fpm is running", "2026-11-22 10:00:00", "NOTICE", null, null, "fpm is running")]
    [InlineData("22-Nov-2026 10:00:00.123 INFO [main] org.apache.catalina.startup.Catalina.start Server startup", "2026-11-22 10:00:00.123", "INFO", "main", null, "org.apache.catalina.startup.Catalina.start Server startup")]
    [InlineData("2026-11-22T10:00:00.123Z error: failed: x", "2026-11-22 10:00:00.123", "error", null, null, "failed: x")]
    [InlineData("[2026-11-22T10:00:00.123] [INFO] default - started", "2026-11-22 10:00:00.123", "INFO", null, "default", "started")]
    [InlineData("[2026-11-22 10:00:00] warning low on memory", "2026-11-22 10:00:00", "warning", null, null, "low on memory")]
    [InlineData("[2026-11-22 10:00:00 +0000] [12] [INFO] Starting gunicorn 21.2.0", "2026-11-22 10:00:00", "INFO", "12", null, "Starting gunicorn 21.2.0")]
    public void Layouts_are_read(string line, string? time, string? level, string? thread, string? logger, string message)
    {
        var read = Read(line);

        Assert.Equal((time, level, thread, logger, message), (Value(read, "time"), Value(read, "severity"), Value(read, "thread"), Value(read, "source"), Value(read, "text")));
    }

    [Theory]
    [InlineData("2026-11-22T10:00:00.123Z  INFO 12345 --- [main] c.e.App : started", "", "12345", "", "main", "c.e.App")]
    [InlineData("2026-11-22T10:00:00.123+01:00  INFO 12345 --- [shop] [           main] c.e.App                : started", "shop", "12345", "", "main", "c.e.App")]
    [InlineData("2026-11-22 10:00:00.123  INFO [shop,4bf92f3577b34da6a3ce929d0e0e4736,00f067aa0ba902b7] 1 --- [nio-1] c.e.App : started", "shop", "1", "4bf92f3577b34da6a3ce929d0e0e4736", "nio-1", "c.e.App")]
    [InlineData("2026-11-22T10:00:00.123Z  INFO 1 --- [shop] [nio-1] [4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7] c.e.App : started", "shop", "1", "4bf92f3577b34da6a3ce929d0e0e4736", "nio-1", "c.e.App")]
    [InlineData("2026-11-22T10:00:00.123Z  INFO 1 --- [nio-1] [                                                 ] c.e.App : started", "", "1", "", "nio-1", "c.e.App")]
    [InlineData("2026-11-22T10:00:00.123Z  INFO 1 --- [ost-startStop-1] o.a.c.c.C.[Tomcat].[localhost].[/]       : started", "", "1", "", "ost-startStop-1", "o.a.c.c.C.[Tomcat].[localhost].[/]")]
    public void Spring_lines_tell_application_process_and_trace(string line, string service, string pid, string trace, string thread, string logger)
    {
        var read = Read(line);

        Assert.Equal((service, pid, trace, thread, logger, "started"), (Value(read, "app") ?? "", Value(read, "pid") ?? "", Value(read, "trace") ?? "", Value(read, "thread") ?? "", Value(read, "source") ?? "", Value(read, "text") ?? ""));
    }

    [Theory]
    [InlineData("\tat com.x.Y(Y.java:1)")]
    [InlineData("Caused by: java.lang.IllegalStateException: no")]
    [InlineData("java.lang.NullPointerException")]
    [InlineData("Error: connect ECONNREFUSED")]
    [InlineData("ERROR: relation \"x\" does not exist")]
    [InlineData("2026-11-22 10:00:00")]
    [InlineData("2026-11-22 10:00:00   ")]
    [InlineData("2026-13-22 10:00:00 INFO x - y")]
    [InlineData("2026-11-22 25:00:00 INFO x - y")]
    [InlineData("2026-11-22 10:00:00,foo,bar")]
    [InlineData("10:00:00.123 no level here")]
    [InlineData("203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 1")]
    [InlineData("[main] INFO without a time")]
    [InlineData("    ... 23 more")]
    [InlineData("-")]
    public void A_line_without_a_head_continues_the_event_above(string line)
    {
        var parser = SomeAppLine.Binding.CreateParser();
        var bytes = Encoding.UTF8.GetBytes(line);

        Assert.False(parser.StartsEvent(bytes));
        Assert.Equal(Continuation, SomeAppLine.Read(parser, bytes));
    }

    [Fact]
    public void The_message_holds_all_lines_of_the_event()
    {
        var read = Read("2026-11-22 10:00:00,123 [main] ERROR com.x.Y - failed\r\njava.lang.X: no\r\n\tat com.x.Z(Z.java:1)");

        Assert.EndsWith("text=failed\r\njava.lang.X: no\r\n\tat com.x.Z(Z.java:1)\n", read, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_line_is_the_head()
    {
        Assert.Equal("time=2026-11-22 10:00:00\ntext=no level\nINFO x - y\n", Read("2026-11-22 10:00:00 no level\nINFO x - y"));
    }

    [Fact]
    public void Times_without_a_zone_are_of_the_given_zone()
    {
        var binding = AppFormat.Format.Bind(new FormatInput { TimeZone = TimeZoneInfo.CreateCustomTimeZone("two", TimeSpan.FromHours(2), "two", "two") })!;

        var read = SomeAppLine.Read(binding.CreateParser(), "17/06/09 20:10:40 INFO executor.X: msg"u8);

        Assert.StartsWith("time=2017-06-09 18:10:40\n", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hadoop", 2000)]
    [InlineData("Spark", 2000)]
    [InlineData("Zookeeper", 2000)]
    [InlineData("HDFS", 2000)]
    public void Every_event_of_shared_data_is_read_as_it_was_labelled(string system, int expected)
    {
        var folder = SharedData.Folder("loghub", system);
        var lines = File.ReadAllText(Path.Combine(folder, $"{system}_2k.log"), Encoding.Latin1).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var labels = File.ReadAllText(Path.Combine(folder, $"{system}_2k.log_structured.csv"), Encoding.Latin1).Split('\n').Select(Cells).ToList();
        var (level, content) = (labels[0].IndexOf("Level"), labels[0].IndexOf("Content"));

        var read = lines.Select(Read).Select(text => (Value(text, "severity"), Value(text, "text")?.TrimEnd()));

        Assert.Equal(labels.Skip(1).Take(lines.Length).Select(cells => ((string?)cells[level], (string?)cells[content])), read);
        Assert.Equal(expected, lines.Length);
    }

    static List<string> Cells(string row) =>
        [.. Regex.Matches(row.TrimEnd('\r'), "(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))").Select(cell => cell.Groups[1].Success ? cell.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : cell.Groups[2].Value)];

    [Fact]
    public void Parser_equals_the_slow_reader_on_mutations_of_every_layout()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var slow = new SlowAppReader();
        var parser = SomeAppLine.Binding.CreateParser();
        var lines = typeof(AppFormatTests).GetMethods().SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .Select(data => data.Data[0]!.ToString()!).Select(Encoding.Latin1.GetBytes).ToList();

        foreach (var line in lines.Concat(lines.SelectMany(line => Enumerable.Range(0, 300).Select(_ => SomeMutation.Of(line, lines, random)))))
        {
            var expected = slow.Read(line);

            Assert.True(expected == SomeAppLine.Read(parser, line), $"Seed {seed}, line {Encoding.Latin1.GetString(line)}\nexpected\n{expected}\nread\n{SomeAppLine.Read(parser, line)}");
            var end = Array.IndexOf(line, (byte)'\n');
            Assert.Equal(!expected.StartsWith("reject", StringComparison.Ordinal), parser.StartsEvent(end < 0 ? line : line.AsSpan(0, end)));
        }
    }

    static string Read(string line) => SomeAppLine.Read(SomeAppLine.Binding.CreateParser(), Encoding.Latin1.GetBytes(line));

    static string? Value(string read, string field)
    {
        var start = read.StartsWith(field + "=", StringComparison.Ordinal) ? 0 : read.IndexOf($"\n{field}=", StringComparison.Ordinal) + 1;
        if (!read[start..].StartsWith(field + "=", StringComparison.Ordinal))
        {
            return null;
        }

        var value = read[(start + field.Length + 1)..];
        return field == "text" ? value[..^1] : value[..value.IndexOf('\n', StringComparison.Ordinal)];
    }
}
