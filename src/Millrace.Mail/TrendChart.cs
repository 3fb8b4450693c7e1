using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Millrace.Mail;

/// <summary>Errors over time as a picture: a bar an hour, or a bar for several where there are many hours.</summary>
static class TrendChart
{
    const int MostBars = 72;

    // Twice what is shown, for screens with fine pixels.
    const int Width = 1120;
    const int Height = 280;

    /// <summary>The first of these that there is; what the library would take by itself may be one with serifs.</summary>
    static readonly string Font = new[] { "Segoe UI", "Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans" }.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? Fonts.Sans;

    /// <summary>Draws.</summary>
    /// <param name="trend">Errors of each hour.</param>
    /// <param name="since">Where the first hour is.</param>
    public static byte[] Png(IReadOnlyList<long> trend, DateTimeOffset since)
    {
        var hoursPerBar = ((trend.Count - 1) / MostBars) + 1;
        double[] bars = [.. trend.Chunk(hoursPerBar).Select(hours => (double)hours.Sum())];
        using var plot = new Plot { ScaleFactor = 2.5 };
        plot.Font.Set(Font);
        var drawn = plot.Add.Bars(bars);
        foreach (var bar in drawn.Bars)
        {
            (bar.Size, bar.LineWidth, bar.FillColor) = (0.8, 0, Color.FromHex("#3b6fb6"));
        }

        // A bottom that holds no bar would float; ten more than the most leaves room above.
        plot.Axes.SetLimits(-0.7, bars.Length - 0.3, 0, Math.Max(1, bars.Max()) * 1.1);
        plot.Axes.Left.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TargetTickCount = 4 };
        plot.Axes.Bottom.TickGenerator = new NumericManual(Ticks(bars.Length, hoursPerBar, since));
        plot.Axes.Bottom.MajorTickStyle.Length = plot.Axes.Left.MinorTickStyle.Length = 0;
        (plot.Axes.Top.IsVisible, plot.Axes.Right.IsVisible) = (false, false);
        plot.Grid.XAxisStyle.IsVisible = false;
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    static Tick[] Ticks(int bars, int hoursPerBar, DateTimeOffset since)
    {
        var step = Math.Max(1, (bars + 4) / 5);
        var pattern = bars * hoursPerBar > 48 ? "d MMM HH':00Z'" : "HH':00Z'";
        return [.. Enumerable.Range(0, bars).Where(bar => bar % step == 0).Select(bar => new Tick(bar, since.UtcDateTime.AddHours(bar * hoursPerBar).ToString(pattern, CultureInfo.InvariantCulture)))];
    }
}
