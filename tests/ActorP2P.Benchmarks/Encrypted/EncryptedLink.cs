namespace ActorP2P.Benchmarks;

/// <summary>One way of sending bytes within this process, both ends of which it pays for.</summary>
internal abstract class EncryptedLink : IAsyncDisposable
{
    /// <summary>Sends messages until the time is over and the other end has counted them all.</summary>
    /// <returns>The number of messages.</returns>
    public abstract Task<long> SendAsync(TimeSpan duration);

    public abstract ValueTask DisposeAsync();
}
