using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.Scanning;

namespace Millrace.Queries.DuckDb;

/// <summary>
/// The table functions <c>logs()</c> and <c>rejects()</c>: DuckDB asks for columns and rows, a <see cref="LogScan"/> gives them. Every callback catches
/// everything and ends in set_error, since an exception that left it would end the process.
/// </summary>
sealed unsafe class LogsFunction(LogTablePlanner planner, ScanKind kind, int threads, TextNumbers? numbers, Action<Exception> onFailure)
{
    static readonly string[] Parameters = ["format", "since", "until", "service", "caller", "tz"];

    /// <summary>Makes the function known to a connection.</summary>
    public void Register(nint connection)
    {
        var function = Native.CreateTableFunction();
        var any = Native.CreateLogicalType(DuckDbType.Any);
        var text = Native.CreateLogicalType(DuckDbType.Varchar);
        try
        {
            Native.TableFunctionSetName(function, kind == ScanKind.Events ? "logs" : "rejects");
            Native.TableFunctionAddParameter(function, any);
            foreach (var parameter in Parameters)
            {
                Native.TableFunctionAddNamedParameter(function, parameter, parameter is "since" or "until" ? any : text);
            }

            Native.TableFunctionSetExtraInfo(function, Native.Keep(this), &Native.Release);
            Native.TableFunctionSetBind(function, &Bind);
            Native.TableFunctionSetInit(function, &Init);
            Native.TableFunctionSetLocalInit(function, &InitThread);
            Native.TableFunctionSetFunction(function, &Fill);
            Native.TableFunctionSupportsProjectionPushdown(function, true);
            if (Native.RegisterTableFunction(connection, function) != Native.Success)
            {
                throw new InvalidOperationException("DuckDB did not take the logs() function.");
            }
        }
        finally
        {
            Native.DestroyLogicalType(ref any);
            Native.DestroyLogicalType(ref text);
            Native.DestroyTableFunction(ref function);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Bind(nint info)
    {
        LogsFunction? function = null;
        try
        {
            function = Native.Target<LogsFunction>(Native.BindGetExtraInfo(info));
            var table = function.Plan(info);
            foreach (var column in function.ColumnsOf(table))
            {
                function.AddColumn(info, column);
            }

            Native.BindSetBindData(info, Native.Keep(new Bound(function, table)), &Native.Release);
        }
        catch (Exception e)
        {
            function?.Failed(e);
            Native.BindSetError(info, e.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Init(nint info)
    {
        var bound = Native.Target<Bound>(Native.InitGetBindData(info));
        try
        {
            var all = bound.Function.ColumnsOf(bound.Table);
            var columns = new OutputColumn[Native.InitGetColumnCount(info)];
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i] = all[(int)Native.InitGetColumnIndex(info, (ulong)i)];
            }

            Native.InitSetMaxThreads(info, (ulong)bound.Function.ThreadCount);
            Native.InitSetInitData(info, Native.Keep(new Running(bound, columns)), &Native.Release);
        }
        catch (Exception e)
        {
            bound.Function.Failed(e);
            Native.InitSetError(info, e.Message);
        }
    }

    // A thread's state is made by its first Fill, because the scan that it joins cannot be reached from here.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void InitThread(nint info) => Native.InitSetInitData(info, Native.Keep(new ThreadState()), &Native.Release);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Fill(nint info, nint chunk)
    {
        var running = Native.Target<Running>(Native.FunctionGetInitData(info));
        try
        {
            var thread = Native.Target<ThreadState>(Native.FunctionGetLocalInitData(info));
            var worker = thread.Worker ??= running.Scan.CreateWorker(running.Columns, running.Bound.Function.Kind);
            var vectors = stackalloc VectorSink.Vector[running.Columns.Length];
            VectorSink.Load(chunk, new Span<VectorSink.Vector>(vectors, running.Columns.Length));
            var sink = new VectorSink(vectors);
            var rows = running.Bound.Function.Numbers is { } numbers ? FillNumbers(worker, new TextNumberSink(sink, vectors, running.Numbered, numbers), running.Capacity) : worker.Fill(ref sink, running.Capacity);
            Native.DataChunkSetSize(chunk, (ulong)rows);
        }
        catch (Exception e)
        {
            running.Bound.Function.Failed(e);
            Native.FunctionSetError(info, e.Message);
        }
    }

    static int FillNumbers(ScanWorker worker, TextNumberSink sink, int capacity) => worker.Fill(ref sink, capacity);

    ScanKind Kind => kind;

    TextNumbers? Numbers => numbers;

    int ThreadCount => threads;

    void Failed(Exception e) => onFailure(e);

    IReadOnlyList<OutputColumn> ColumnsOf(LogTable table) => kind == ScanKind.Events ? table.Columns : ScanWorker.RejectColumns;

    LogTable Plan(nint info)
    {
        var sources = NativeValue.Texts(Native.BindGetParameter(info, 0));
        var zone = Named(info, "tz") is { } name ? TimeZones.Find(name) : null;
        return planner.Plan(new LogTableCall
        {
            Sources = sources,
            Format = Named(info, "format"),
            Since = Instant(info, "since") is { } since ? planner.Instant(since, "since", zone, isEnd: false) : null,
            Until = Instant(info, "until") is { } until ? planner.Instant(until, "until", zone, isEnd: true) : null,
            Service = Named(info, "service") is { } service ? ServiceRule.Parse(service) : null,
            Caller = Named(info, "caller") is { } caller ? ServiceRule.Parse(caller) : null,
            TimeZone = zone,
        });
    }

    static string? Instant(nint info, string name) => NativeValue.Instant(Native.BindGetNamedParameter(info, name));

    static string? Named(nint info, string name) => NativeValue.Text(Native.BindGetNamedParameter(info, name));

    void AddColumn(nint info, OutputColumn column)
    {
        var type = Native.CreateLogicalType(column.Type switch
        {
            _ when column.Column is { } own && numbers?.Holds(own) == true => DuckDbType.UInteger,
            ColumnType.Integer => DuckDbType.BigInt,
            ColumnType.Real => DuckDbType.Double,
            ColumnType.Timestamp => DuckDbType.Timestamp,
            ColumnType.Boolean => DuckDbType.Boolean,
            _ => DuckDbType.Varchar,
        });
        if (column.Type == ColumnType.Json)
        {
            Native.LogicalTypeSetAlias(type, "JSON");
        }

        Native.BindAddResultColumn(info, column.Name, type);
        Native.DestroyLogicalType(ref type);
    }

    /// <summary>What bind leaves behind. Holds nothing open, for it may outlive the query.</summary>
    sealed record Bound(LogsFunction Function, LogTable Table);

    /// <summary>One execution.</summary>
    sealed class Running(Bound bound, OutputColumn[] columns) : IDisposable
    {
        public Bound Bound { get; } = bound;

        public OutputColumn[] Columns { get; } = columns;

        /// <summary>The columns that are written as numbers; null for the others.</summary>
        public EventColumn?[] Numbered { get; } = [.. columns.Select(column => column.Column is { } own && bound.Function.Numbers?.Holds(own) == true ? own : (EventColumn?)null)];

        public LogScan Scan { get; } = new(bound.Table.Files, bound.Table.Options);

        public int Capacity { get; } = (int)Native.VectorSize();

        public void Dispose() => Scan.Dispose();
    }

    /// <summary>One thread of an execution.</summary>
    sealed class ThreadState
    {
        public ScanWorker? Worker { get; set; }
    }
}
