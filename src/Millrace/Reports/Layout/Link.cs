namespace Millrace.Reports.Layout;

/// <summary>An edge by the indexes of its nodes. Heavier links are turned around last.</summary>
readonly record struct Link(int Source, int Target, double Weight);
