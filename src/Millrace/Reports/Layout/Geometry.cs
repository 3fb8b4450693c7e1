namespace Millrace.Reports.Layout;

readonly record struct Point(double X, double Y)
{
    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator *(Point point, double factor) => new(point.X * factor, point.Y * factor);
}

readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double MiddleX => X + (Width / 2);

    public double MiddleY => Y + (Height / 2);

    public static Box Around(Point middle, double width, double height) => new(middle.X - (width / 2), middle.Y - (height / 2), width, height);

    /// <summary>The smallest that holds the points, a little grown so that a level line has a height.</summary>
    public static Box Of(IReadOnlyCollection<Point> points)
    {
        var (left, top) = (points.Min(point => point.X), points.Min(point => point.Y));
        return new Box(left, top, points.Max(point => point.X) - left, points.Max(point => point.Y) - top).Grown(0.1);
    }

    public Box Grown(double by) => new(X - by, Y - by, Width + (2 * by), Height + (2 * by));

    public bool Overlaps(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    public bool Holds(Point point) => point.X >= X && point.X <= Right && point.Y >= Y && point.Y <= Bottom;
}

/// <summary>A cubic Bézier curve.</summary>
readonly record struct Cubic(Point Start, Point StartPull, Point EndPull, Point End)
{
    /// <summary>Leaves and arrives level, as water does between two basins.</summary>
    public static Cubic Level(Point start, Point end)
    {
        var reach = (end.X - start.X) / 2;
        return new(start, new(start.X + reach, start.Y), new(end.X - reach, end.Y), end);
    }

    public Point At(double t)
    {
        var u = 1 - t;
        return (Start * (u * u * u)) + (StartPull * (3 * u * u * t)) + (EndPull * (3 * u * t * t)) + (End * (t * t * t));
    }
}
