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
public sealed class Markup
{
    static readonly SearchValues<char> Unshown = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat([0x7f]).Concat(Enumerable.Range(0x202a, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(code => (char)code)]);

    readonly StringBuilder _text = new();

    /// <summary>Adds a template, such as <c>$"&lt;p&gt;{name}&lt;/p&gt;"</c>.</summary>
    public Markup Add([InterpolatedStringHandlerArgument("")] ref Template template) => template.Into;

    /// <summary>Adds something for each of several.</summary>
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

    /// <summary>The markup as text.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A template with its values, which the compiler hands over piece by piece.</summary>
    /// <param name="literalLength">How many characters the markup between the values has.</param>
    /// <param name="valueCount">How many values there are.</param>
    /// <param name="into">What they are added to.</param>
    [InterpolatedStringHandler]
    public readonly ref struct Template(int literalLength, int valueCount, Markup into)
    {
        /// <summary>What the template is added to.</summary>
        public Markup Into { get; } = Reserve(into, literalLength + (16 * valueCount));

        /// <summary>Markup between values.</summary>
        public void AppendLiteral(string text) => Into._text.Append(text);

        /// <summary>A text, which is escaped.</summary>
        public void AppendFormatted(string? text) => Into._text.Append(WebUtility.HtmlEncode(Shown(text)));

        /// <summary>A whole number.</summary>
        public void AppendFormatted(long number) => Into._text.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>A number with one decimal: a tenth of a pixel is as fine as a drawing needs.</summary>
        public void AppendFormatted(double number) => Into._text.Append(Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture));

        /// <summary>Markup, which goes in as it is.</summary>
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
