namespace Millrace.Letters;

/// <summary>How much a mail has to tell, the least first.</summary>
public enum MailNews
{
    /// <summary>Nothing happened.</summary>
    Nothing,

    /// <summary>What happened is what happens always.</summary>
    AsBefore,

    /// <summary>Something that a person should look at.</summary>
    Some,
}
