namespace Millrace.Mail;

/// <summary>A column of a result that is mailed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNumber">True where its values are numbers, which stand to the right and cannot be formulas.</param>
sealed record MailColumn(string Name, bool IsNumber);
