using System.Text;
using Millrace.App.Runs;
using Millrace.Errors;

namespace Millrace.Cli.Output;

/// <summary>Prints what a run found: as a table for people, or in a form for programs.</summary>
static class OutcomePrinter
{
    /// <summary>Prints it.</summary>
    public static void Print(RunOutcome outcome, OutputChoice output, Stream stream)
    {
        if (output.Kind != OutputKind.Table)
        {
            outcome.Write(output.Form, stream);
        }
        else if (outcome is DigestOutcome digest)
        {
            stream.Write(Encoding.UTF8.GetBytes(ErrorText.Of(digest.Digest, digest.Sources, digest.Limit)));
        }
        else
        {
            using var rows = ((ReportOutcome)outcome).Rows();
            TablePrinter.Print(rows, stream, TableView.OfReport(output, Terminal.Own(), outcome.Request.Limit));
        }
    }
}
