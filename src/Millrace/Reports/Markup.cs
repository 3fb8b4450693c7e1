using System.Buffers;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Millrace.Reports;

/// <summary>
/// HTML and SVG under construction. Every value put into a template is escaped, so that a name from a log cannot become markup;
/// only another <see cref="Markup"/> goes in as it is.
/// </summary>
sealed class Markup
{
    static readonly SearchValues<char> Unshown = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat([0x7f]).Concat(Enumerable.Range(0x202a, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(code => (char)code)]);

    readonly StringBuilder _text = new();

    public Markup Add([InterpolatedStringHandlerArgument("")] ref Template template) => template.Into;

    public Markup AddEach<T>(IEnumerable<T> items, Action<Markup, T> add)
    {
        foreach (var item in items)
        {
            add(this, item);
        }

        return this;
    }

    /// <summary>Text that is markup already: a file of the page's own.</summary>
    public Markup AddTrusted(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public override string ToString() => _text.ToString();

    [InterpolatedStringHandler]
    public readonly ref struct Template(int literalLength, int valueCount, Markup into)
    {
        public Markup Into { get; } = Reserve(into, literalLength + (16 * valueCount));

        public void AppendLiteral(string text) => Into._text.Append(text);

        public void AppendFormatted(string? text) => Into._text.Append(WebUtility.HtmlEncode(Shown(text)));

        public void AppendFormatted(long number) => Into._text.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>A tenth of a pixel is as fine as a drawing needs.</summary>
        public void AppendFormatted(double number) => Into._text.Append(Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture));

        public void AppendFormatted(Markup markup) => Into._text.Append(markup._text);

        /// <summary>Control characters have no place in HTML, and those that turn the direction of text could make a name read as another.</summary>
        static string? Shown(string? text) => text.AsSpan().IndexOfAny(Unshown) < 0
            ? text
            : string.Create(text!.Length, text, (shown, all) => all.AsSpan().ReplaceAny(shown, Unshown, '\ufffd'));

        static Markup Reserve(Markup markup, int length)
        {
            markup._text.EnsureCapacity(markup._text.Length + length);
            return markup;
        }
    }
}
