using Millrace.Letters;

namespace Millrace.Tests.Letters;

public sealed class MailAddressesTests
{
    [Fact]
    public void Addresses_are_parted_at_commas_and_told_once() =>
        Assert.Equal(["a@example.com", "b@example.com"], MailAddresses.Parse("a@example.com, Anna <b@example.com>,,a@example.com", "--mail-to").Select(one => one.Address));

    [Fact]
    public void A_comma_between_quotes_belongs_to_a_name()
    {
        var addresses = MailAddresses.Parse("\"Ops, Team\" <ops@example.com>, a@example.com,\"B \\\" , C\" <b@example.com>", "--mail-to");

        Assert.Equal(["ops@example.com", "a@example.com", "b@example.com"], addresses.Select(one => one.Address));
        Assert.Equal(["Ops, Team", ""], addresses.Take(2).Select(one => one.DisplayName));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@")]
    [InlineData("@example.com")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("Anna a@example.com")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("\"Ops, Team <ops@example.com>, a@example.com")]
    [InlineData("a@example.com b@example.com")]
    public void What_is_no_address_is_told(string text)
    {
        var error = Assert.Throws<UserException>(() => MailAddresses.Parse(text, "--mail-to"));

        Assert.Contains("is not a mail address for --mail-to. Expected something like ops@example.com.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_are_not_one() => Assert.Throws<UserException>(() => MailAddresses.ParseOne("a@example.com, B <b@example.com>", "'from'"));

    [Fact]
    public void Nobody_is_told() => Assert.StartsWith("--mail-to names nobody.", Assert.Throws<UserException>(() => MailAddresses.Parse(" , ", "--mail-to")).Message, StringComparison.Ordinal);
}
