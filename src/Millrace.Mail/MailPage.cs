using Millrace.Reports;

namespace Millrace.Mail;

/// <summary>What the HTML of every mail begins with. It loads nothing, and sets no colour of letters or ground, so that clients that turn mails dark can.</summary>
static class MailPage
{
    /// <summary>Begins a page.</summary>
    public static Markup Begin(string title)
    {
        var html = new Markup();
        html.Add($$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{{title}}</title>
            </head>
            <body style="margin:0;padding:16px;font:15px/1.45 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">

            """);
        return html;
    }
}
