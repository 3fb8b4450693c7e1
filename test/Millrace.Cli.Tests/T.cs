namespace Millrace.Tests; public class T{ [Fact] public void Ok() => Assert.True(true); }
