namespace Millrace.Reports.Layout;

/// <summary>The measures of a drawing, in CSS pixels at full size.</summary>
sealed record CardStyle
{
    /// <summary>Above this, cards shrink to a name and a count.</summary>
    public const int MostFullCards = 60;

    /// <summary>Room for loops above a card.</summary>
    public const double LoopRoom = 30;

    /// <summary>Between the drawing and its edge.</summary>
    public const double Margin = 28;

    public required bool IsCompact { get; init; }

    public required double NameSize { get; init; }

    /// <summary>What a card has beside its name.</summary>
    public required double NameInset { get; init; }

    public required double MinWidth { get; init; }

    public required double MaxWidth { get; init; }

    public required double Height { get; init; }

    /// <summary>Between two cards of a column.</summary>
    public required double Gap { get; init; }

    /// <summary>Between an edge that passes a column and what is above and below it.</summary>
    public required double BendGap { get; init; }

    public required double MinColumnGap { get; init; }

    public required double MaxColumnGap { get; init; }

    public required double ThinnestEdge { get; init; }

    public required double ThickestEdge { get; init; }

    public static CardStyle For(int cardCount) => cardCount > MostFullCards ? Compact : Full;

    static CardStyle Full { get; } = new()
    {
        IsCompact = false,
        NameSize = 15,
        NameInset = 70,
        MinWidth = 224,
        MaxWidth = 256,
        Height = 64,
        Gap = 30,
        BendGap = 9,
        MinColumnGap = 96,
        MaxColumnGap = 230,
        ThinnestEdge = 1.5,
        ThickestEdge = 11,
    };

    static CardStyle Compact { get; } = new()
    {
        IsCompact = true,
        NameSize = 12,
        NameInset = 70,
        MinWidth = 130,
        MaxWidth = 200,
        Height = 28,
        Gap = 12,
        BendGap = 3,
        MinColumnGap = 90,
        MaxColumnGap = 170,
        ThinnestEdge = 1,
        ThickestEdge = 6,
    };
}
