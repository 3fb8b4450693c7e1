using System.Runtime.CompilerServices;
using Millrace.Generation.Traffic;

namespace Millrace.Generation.Lines;

/// <summary>The text log of logback's <c>%d [%thread] %-5level %logger - %msg%n</c>, in UTC, with stack traces after most errors.</summary>
sealed class AppLayout(AppLayout.Texts app, CallTexts texts) : CallLayout
{
    readonly StampText _stamps = new("yyyy-MM-dd HH:mm:ss");

    // Without this, the first seconds run in the JIT's slow first tier, at half the speed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Append(LineBuffer lines, in Call call, long micros)
    {
        lines.Append(_stamps.At(micros / 1_000_000));
        lines.Append((byte)',');
        lines.AppendThreeDigits((int)(micros / 1000 % 1000));
        lines.Append(" [http-nio-8080-exec-"u8);
        lines.AppendNumber(CallTexts.ThreadOf(call) + 1);
        lines.Append(call.Status >= 500 ? "] ERROR "u8 : call.Status >= 400 ? "] WARN  "u8 : "] INFO  "u8);
        lines.Append(app.Loggers[call.Endpoint.Service]);
        texts.AppendMessage(lines, call);
        if (call.Failure != Call.NoFailure && call.Dice % 4 != 0)
        {
            lines.Append(app.Exceptions[call.Failure]);
        }

        lines.Append((byte)'\n');
    }

    /// <summary>The fixed stretches of a line. Safe for use from several threads.</summary>
    public sealed class Texts(ServiceMap map)
    {
        public Fragments Loggers { get; } = new(map.Services.Select(service => $"{CallTexts.LoggerOf(service)} - "));

        public Fragments Exceptions { get; } = new(Failures.All.Select(failure => "\n" + StackTraces.Of(failure, "\n", "\t", escapeQuotes: false)));
    }
}
