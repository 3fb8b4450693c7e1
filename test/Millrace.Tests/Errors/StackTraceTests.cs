using Millrace.Errors;

namespace Millrace.Tests.Errors;

public sealed class StackTraceTests
{
    [Theory]
    [InlineData("java", "java.net.SocketTimeoutException", "shop.Net.call, shop.Ship.lambda$send$")]
    [InlineData("dotnet", "System.TimeoutException", "Shop.Net.Call, Shop.Ship.SendAsync")]
    [InlineData("python", "ValueError", "ship.py:send, orders.py:ship")]
    [InlineData("go", "panic", "main.ship, main.main")]
    [InlineData("node", "TypeError", "send, Orders.ship")]
    [InlineData("half", "java.lang.IllegalStateException", "shop.Ship.send")]
    [InlineData("none", null, "")]
    public void A_trace_tells_the_root_cause_and_the_nearest_frames(string trace, string? type, string frames)
    {
        var text = File.ReadAllText(Path.Join(Conventions.SourceTree.Root, $"test/Millrace.Tests/Errors/Cases/{trace}.trace"));

        var read = StackTrace.Of(text);

        Assert.Equal((type, frames), (read.Type, string.Join(", ", read.Frames)));
    }

    [Fact]
    public void Line_numbers_and_generated_names_make_no_difference()
    {
        var one = StackTrace.Of("x\njava.lang.Error: 1\n  at a.B.lambda$run$12(B.java:7)\n  at a.C`1[[System.Int32]].D(C.cs:9)");
        var other = StackTrace.Of("x\njava.lang.Error: 2\n  at a.B.lambda$run$31(B.java:99)\n  at a.C`2[[System.String]].D(C.cs:1)");

        Assert.Equal(one.Frames, other.Frames);
    }

    [Fact]
    public void No_text_breaks_it()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        const string Alphabet = "at (File\"\n\r\tCaused by: Exception.Error$1<>[]`:9";
        for (var i = 0; i < 2_000; i++)
        {
            StackTrace.Of(string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => Alphabet[random.Next(Alphabet.Length)])));
        }
    }
}
