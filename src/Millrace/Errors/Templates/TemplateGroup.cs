namespace Millrace.Errors.Templates;

/// <summary>Messages that differ in nothing but what varies.</summary>
/// <param name="Id">What the group is called: sixteen hexadecimal digits that it keeps for good, also when its template becomes more general.</param>
/// <param name="Template">Its words, with <c>&lt;*&gt;</c> for what varies.</param>
/// <param name="Count">How many messages it has.</param>
public sealed record TemplateGroup(string Id, string Template, long Count);
