using Millrace.Mail;

namespace Millrace.Tests.Mail;

public sealed class MailAddressesTests
{
    [Fact]
    public void Addresses_are_parted_at_commas_and_told_once() =>
        Assert.Equal(["a@example.com", "b@example.com"], MailAddresses.Parse("a@example.com, Anna <b@example.com>,a@example.com", "--mail-to").Select(one => one.Address));

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    public void What_is_no_address_is_told(string text)
    {
        var error = Assert.Throws<UserException>(() => MailAddresses.Parse(text, "--mail-to"));

        Assert.Contains("is not a mail address for --mail-to. Expected something like ops@example.com.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_told() => Assert.StartsWith("--mail-to names nobody.", Assert.Throws<UserException>(() => MailAddresses.Parse(" , ", "--mail-to")).Message, StringComparison.Ordinal);
}
