using System.Text;
using Millrace.Parsing.Json;

namespace Millrace.Tests.Parsing.Json;

public sealed class JsonExtentTests
{
    [Fact]
    public void Objects_end_where_their_brackets_are_even_outside_of_strings()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        const string Marks = "{}[]\"\\";
        for (var i = 0; i < 20_000; i++)
        {
            // Some texts are dense with marks, others have long stretches without.
            var plain = random.Next(1, 40);
            var text = "{" + string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => random.Next(plain) == 0 ? Marks[random.Next(Marks.Length)] : 'a'));

            Assert.True(EndOf(text) == JsonExtent.EndOfValue(Encoding.ASCII.GetBytes(text), 0), $"seed {seed}: {text}");
        }
    }

    [Theory]
    [InlineData("7,", 1)]
    [InlineData("true}", 4)]
    [InlineData("\"a\\\"b\" ", 6)]
    [InlineData("\"a", -1)]
    [InlineData("7", -1)]
    [InlineData("", -1)]
    [InlineData("{\"a\":\"}\"}x", 9)]
    public void Values_end_where_they_are_closed(string text, int end) => Assert.Equal(end, JsonExtent.EndOfValue(Encoding.ASCII.GetBytes(text), 0));

    static int EndOf(string text)
    {
        var (depth, isInString) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when isInString:
                    i++;
                    break;
                case '"':
                    isInString = !isInString;
                    break;
                case '{' or '[' when !isInString:
                    depth++;
                    break;
                case '}' or ']' when !isInString && --depth == 0:
                    return i + 1;
            }
        }

        return -1;
    }
}
