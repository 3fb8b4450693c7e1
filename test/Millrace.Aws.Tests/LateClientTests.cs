namespace Millrace.Aws.Tests;

public sealed class LateClientTests
{
    [Fact]
    public async Task A_client_that_could_not_be_made_is_tried_again()
    {
        var attempts = 0;
        using var client = new LateClient<MemoryStream>(() => ++attempts == 1 ? throw new UserException("There are no credentials.") : Task.FromResult(new MemoryStream()));

        Assert.Equal("There are no credentials.", (await Assert.ThrowsAsync<UserException>(() => client.GetAsync(default))).Message);
        var made = await client.GetAsync(default);

        Assert.Same(made, await client.GetAsync(default));
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_client_whose_making_was_given_up_is_tried_again()
    {
        var attempts = 0;
        using var client = new LateClient<MemoryStream>(() => ++attempts == 1 ? Task.FromCanceled<MemoryStream>(new CancellationToken(canceled: true)) : Task.FromResult(new MemoryStream()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(default));

        Assert.NotNull(await client.GetAsync(default));
    }

    [Fact]
    public async Task All_who_ask_at_the_same_time_share_an_attempt_and_its_failure()
    {
        var attempts = 0;
        var attempt = new TaskCompletionSource<MemoryStream>();
        using var client = new LateClient<MemoryStream>(() =>
        {
            Interlocked.Increment(ref attempts);
            return attempt.Task;
        });
        var asked = Enumerable.Range(0, 20).Select(_ => Task.Run(() => client.GetAsync(default))).ToList();
        using var stop = new CancellationTokenSource();
        var impatient = client.GetAsync(stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        attempt.SetException(new UserException("There are no credentials."));

        foreach (var one in asked)
        {
            await Assert.ThrowsAsync<UserException>(() => one);
        }

        // Tasks that began after the failure have tried again, each at most once.
        Assert.InRange(attempts, 1, 20);
    }
}
