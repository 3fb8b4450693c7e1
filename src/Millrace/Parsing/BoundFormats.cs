using System.Collections.Concurrent;

namespace Millrace.Parsing;

/// <summary>
/// Formats as the settings of one run fix them, for many files: a format that does not look at a file's head is bound once, and a parser that has helped to tell one
/// file's format helps with the next. Safe for use from several threads.
/// </summary>
/// <param name="formats">The formats that there are.</param>
sealed class BoundFormats(FormatTable formats)
{
    readonly ConcurrentDictionary<LogFormat, Lazy<Bound?>> _bound = new(ReferenceEqualityComparer.Instance);

    /// <summary>The formats that there are.</summary>
    public FormatTable Formats => formats;

    /// <summary>A format fixed for a file; null where the file cannot be of it.</summary>
    /// <param name="format">The format.</param>
    /// <param name="input">The file's head and the settings, which are the same in all calls.</param>
    public Bound? Bind(LogFormat format, FormatInput input) =>
        format.DependsOnHead
            ? BindNew(format, input)
            : _bound.GetOrAdd(format, static (format, input) => new(() => BindNew(format, input)), input).Value;

    static Bound? BindNew(LogFormat format, FormatInput input) => format.Bind(input) is { } binding ? new(binding) : null;

    /// <summary>A format fixed for a file or for all of them, and parsers of it that no one is using.</summary>
    public sealed class Bound(FormatBinding binding)
    {
        readonly Stack<LineParser> _idle = [];

        public FormatBinding Binding => binding;

        /// <summary>A parser for one thread, until it is given back.</summary>
        public LineParser Take()
        {
            lock (_idle)
            {
                if (_idle.TryPop(out var parser))
                {
                    return parser;
                }
            }

            return binding.CreateParser();
        }

        /// <summary>Gives a parser back for the next file.</summary>
        public void GiveBack(LineParser parser)
        {
            lock (_idle)
            {
                _idle.Push(parser);
            }
        }
    }
}
